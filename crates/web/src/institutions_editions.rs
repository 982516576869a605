//! 版本之间改了什么: the editions of an institution side by side, in the words of their pages.

use super::InstitutionPage;
use institution::Institution;
use registry::edition::{self, Edition};
use registry::{Desk, Result};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, Serialize)]
pub struct ShownEdition {
    pub version: String,
    pub since: String,
    /// Procedures that go on under it.
    pub running: i64,
    /// It is the one in force here.
    pub current: bool,
    /// Against the edition before; empty for the first.
    pub changes: Vec<Difference>,
    pub first: bool,
}

/// One rule, step or paper that is new, gone or worded otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// 规则 程序 材料 由人判断 题头
    pub kind: &'static str,
    pub name: String,
    pub old: String,
    pub new: String,
}

pub fn of(desk: &Desk, now: &Institution) -> Result<Vec<ShownEdition>> {
    let kept = edition::of(desk, &now.id)?;
    let current = edition::checksum(&now.texts);
    let words = |edition: &Edition| match edition::read(desk, &now.id, &edition.checksum) {
        Ok(institution) => Ok(Some(worded(desk, institution))),
        // An edition that the dictionary does not know any more is named; what it said cannot be laid beside another.
        Err(registry::Error::Wrong(_)) => Ok(None),
        Err(error) => Err(error),
    };
    let all: Vec<Option<Words>> = kept.iter().map(words).collect::<Result<_>>()?;
    let shown = kept.iter().enumerate().map(|(at, edition)| {
        let before = all.get(at + 1);
        ShownEdition {
            version: edition.version.clone(),
            since: edition.since.get(..10).unwrap_or(&edition.since).to_owned(),
            running: edition.running,
            current: edition.checksum == current,
            changes: match (before, &all[at]) {
                (Some(Some(before)), Some(after)) => differences(before, after),
                _ => vec![],
            },
            first: before.is_none(),
        }
    });
    Ok(shown.collect())
}

/// What an edition says: kind and name → its words.
type Words = BTreeMap<(&'static str, String), (String, String)>;

fn worded(desk: &Desk, institution: &Institution) -> Words {
    let page = InstitutionPage::of(institution, desk.dictionary(), &desk.book.calendar, desk.today);
    let mut out = Words::new();
    let mut put = |kind, id: String, name: String, says: String| {
        let mut id = id;
        while out.contains_key(&(kind, id.clone())) {
            id.push('+');
        }
        out.insert((kind, id), (name, says));
    };
    put("题头", String::new(), page.head.title.clone(), format!("{} 版，{}", page.head.version, page.head.summary));
    for rule in page.rules {
        let when = rule.applies.map(|a| format!("当{a}时，")).unwrap_or_default();
        put("规则", rule.id, rule.says.clone(), format!("{}：{}；{when}要求：{}", rule.weight.says(), rule.says, rule.requires));
    }
    for judged in page.judged {
        put("由人判断", judged.says.clone(), judged.says.clone(), judged.says);
    }
    for (at, step) in page.steps.into_iter().enumerate() {
        let lists = [("填写", step.fields), ("材料", step.papers)].map(|(label, all)| if all.is_empty() { String::new() } else { format!("；{label}：{}", all.join("、")) });
        let gate = step.gate.map(|g| format!("；完成条件：{g}")).unwrap_or_default();
        put("程序", step.title.clone(), step.title, format!("第 {} 步，{}，{}{}{}{gate}", at + 1, step.who, step.says, lists[0], lists[1]));
    }
    for paper in page.papers {
        put("材料", paper.title.clone(), paper.title, format!("{}；须先有：{}", paper.says, paper.required.join("、")));
    }
    out
}

fn differences(before: &Words, after: &Words) -> Vec<Difference> {
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter_map(|key| {
            let (old, new) = (before.get(key), after.get(key));
            if old == new {
                return None;
            }
            let says = |words: Option<&(String, String)>| words.map(|w| w.1.clone()).unwrap_or_default();
            let name = new.or(old).map(|w| w.0.clone()).unwrap_or_default();
            Some(Difference { kind: key.0, name, old: says(old), new: says(new) })
        })
        .collect()
}
