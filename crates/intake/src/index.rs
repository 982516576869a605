//! 机构岗位索引: names of organisations and posts, to find them at the head of a title.

use crate::Result;
use institution::Subject;
use registry::organisation::{self, Unit};
use registry::Desk;
use std::collections::HashMap;

/// A post that a title may name.
#[derive(Clone, Debug)]
pub(crate) struct KnownPost {
    pub id: i64,
    pub name: String,
    pub title: String,
    pub role: Option<String>,
    pub leading: bool,
    pub level: Option<String>,
    pub order_no: i64,
    /// 职数
    pub seats: i64,
}

#[derive(Default)]
pub(crate) struct Index {
    pub units: HashMap<i64, Unit>,
    by_name: HashMap<String, i64>,
    by_code: HashMap<String, i64>,
    posts: HashMap<i64, Vec<KnownPost>>,
    posts_by_title: HashMap<String, (i64, usize)>,
    /// Names that stand before others' names in full titles: 青云县, 中共青云县.
    prefixes: Vec<String>,
    /// Units that the file has brought so far.
    pub met: u32,
}

/// Organisation and post that a title names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Placed<'i> {
    pub organisation: Option<i64>,
    pub post: Option<&'i KnownPost>,
}

impl Index {
    pub fn load(desk: &Desk) -> Result<Index> {
        let mut index = Index::default();
        for unit in organisation::all(desk)? {
            index.add_unit(unit);
        }
        let question = desk.question_of_rows();
        let sql = format!(
            "select d.post, d.organisation, d.name, d.title, d.role, d.leading, d.level, d.order_no, d.seats from {} order by d.order_no, d.post",
            question.from(Subject::Post),
        );
        for row in desk.rows(&sql, &question.params)? {
            let post = KnownPost {
                id: row.int(0),
                name: row.text(2).into(),
                title: row.text(3).into(),
                role: row.opt_string(4),
                leading: row.yes(5),
                level: row.opt_string(6),
                order_no: row.int(7),
                seats: row.int(8),
            };
            let organisation = row.int(1);
            let all = index.posts.entry(organisation).or_default();
            index.posts_by_title.entry(post.title.clone()).or_insert((organisation, all.len()));
            all.push(post);
        }
        Ok(index)
    }

    pub fn add_unit(&mut self, unit: Unit) {
        let id = unit.id.number();
        for name in [&unit.name, &unit.short_name] {
            if !name.is_empty() {
                self.by_name.entry(name.clone()).or_insert(id);
            }
        }
        if let Some(code) = unit.code.as_ref().filter(|c| !c.is_empty()) {
            self.by_code.entry(code.clone()).or_insert(id);
        }
        if unit.parent.is_none() {
            let place = unit.short_name.trim_start_matches("中共").trim_end_matches("委员会").trim_end_matches("人民政府").trim_end_matches('委').to_owned();
            self.prefixes.extend([format!("中共{place}"), place]);
        }
        self.units.insert(id, unit);
    }

    /// A unit that was shown under a number of our own has got its real one.
    pub fn renumber(&mut self, from: i64, unit: Unit) {
        let to = unit.id.number();
        self.units.remove(&from);
        for id in self.by_name.values_mut().chain(self.by_code.values_mut()) {
            if *id == from {
                *id = to;
            }
        }
        self.units.insert(to, unit);
    }

    pub fn named(&self, name: &str) -> Option<i64> {
        self.by_name.get(name.trim()).copied()
    }
    pub fn coded(&self, code: &str) -> Option<i64> {
        self.by_code.get(code.trim()).copied()
    }
    pub fn short_name(&self, id: i64) -> Option<&str> {
        self.units.get(&id).map(|u| u.short_name.as_str())
    }

    pub fn post_title(&self, id: i64) -> Option<&str> {
        self.post(id).map(|p| p.title.as_str())
    }
    pub fn post(&self, id: i64) -> Option<&KnownPost> {
        self.posts.values().flatten().find(|p| p.id == id)
    }

    /// The longest known name at the head of `title`, and what follows it.
    pub fn at_head<'t>(&self, title: &'t str) -> Option<(i64, &'t str)> {
        self.forms(title).into_iter().find_map(|text| {
            let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
            ends.rev().find_map(|end| {
                let (head, rest) = text.split_at_checked(end)?;
                self.by_name.get(head).map(|id| (*id, rest))
            })
        })
    }

    /// What the title names; `beside` is the organisation of the title before it (`青云镇党委副书记、镇长`).
    pub fn place(&self, title: &str, beside: Option<i64>) -> Placed<'_> {
        for text in self.forms(title) {
            if let Some((organisation, at)) = self.posts_by_title.get(text) {
                return Placed { organisation: Some(*organisation), post: self.posts.get(organisation).and_then(|p| p.get(*at)) };
            }
        }
        match self.at_head(title) {
            Some((organisation, rest)) => Placed { organisation: Some(organisation), post: self.post_in(organisation, rest) },
            None => match beside {
                Some(organisation) => match self.post_in(organisation, title) {
                    Some(post) => Placed { organisation: Some(organisation), post: Some(post) },
                    None => Placed { organisation: Some(organisation), post: None },
                },
                None => Placed::default(),
            },
        }
    }

    pub fn post_in(&self, organisation: i64, name: &str) -> Option<&KnownPost> {
        let name = name.trim();
        self.posts.get(&organisation)?.iter().find(|p| p.name == name || p.title == name)
    }

    /// The title as written, and without the county's own name before it.
    fn forms<'t>(&self, title: &'t str) -> Vec<&'t str> {
        let title = title.trim();
        let mut forms = vec![title];
        forms.extend(self.prefixes.iter().filter(|p| !p.is_empty()).filter_map(|p| title.strip_prefix(p.as_str())).filter(|t| !t.is_empty()));
        forms.extend(title.strip_prefix("中共"));
        forms
    }
}
