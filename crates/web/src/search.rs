//! 搜索: one box for people, posts and organisations; what it does not find by name, it asks as a ledger.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, answer, href, samples};
use affairs::case;
use axum::extract::Query;
use registry::organisation::{self, Unit};
use registry::person::{self, Brief};
use registry::post::{self, Seat};
use registry::{Desk, Result};
use serde::{Deserialize, Serialize};

const SUGGESTED: (usize, usize, usize) = (7, 4, 4);
const FOUND: (usize, usize, usize) = (60, 30, 30);

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct SearchPage {
    pub q: String,
    pub people: Vec<Brief>,
    pub posts: Vec<Seat>,
    pub units: Vec<Unit>,
    /// The same words as a ledger; empty for who may not ask one.
    pub ledger: String,
    /// Not all people of that name are listed.
    pub more: bool,
}

impl SearchPage {
    fn of(desk: &Desk, q: &str, most: (usize, usize, usize)) -> Result<SearchPage> {
        let asks = policy::may_ever(desk.actor.role, policy::action("ledger.see"));
        let ledger = if asks { format!("/ledgers/new?q={}", href::encode(q)) } else { String::new() };
        if q.is_empty() {
            return Ok(SearchPage { q: String::new(), people: vec![], posts: vec![], units: vec![], ledger, more: false });
        }
        let named = !q.is_ascii();
        // `shen wen tao` is one name.
        let name = if named { q.to_owned() } else { q.split_whitespace().collect() };
        let mut people = person::search(desk, &name, most.0 + 1)?;
        let more = people.len() > most.0;
        people.truncate(most.0);
        Ok(SearchPage {
            people,
            more,
            posts: if named { post::search(desk, q, most.1)? } else { vec![] },
            units: if named { organisation::search(desk, q, most.2)? } else { vec![] },
            q: q.to_owned(),
            ledger,
        })
    }
    fn is_empty(&self) -> bool {
        self.people.is_empty() && self.posts.is_empty() && self.units.is_empty()
    }
}

/// Enter: the case of that receipt, the one person of that name, else what was found, else the words as a ledger.
pub async fn show(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let q = asked.q.trim().to_owned();
    let words = q.clone();
    let cases = c.may("case.see");
    let (case, page) = c
        .read(move |desk| {
            let case = if cases { case::with_receipt(desk, &words)? } else { None };
            Ok((case, SearchPage::of(desk, &words, FOUND)?))
        })
        .await?;
    if let Some(case) = case {
        return Ok(answer::see(&format!("/cases/{case}")));
    }
    let mut same = page.people.iter().filter(|p| p.name == q);
    if let (Some(one), None) = (same.next(), same.next()) {
        return Ok(answer::see(&c.to(&href::official(one.id))));
    }
    if page.is_empty() && !q.is_empty() && !page.ledger.is_empty() {
        return Ok(answer::see(&c.to(&page.ledger)));
    }
    c.page(&page)
}

/// As somebody types.
pub async fn suggest(c: Ctx, Query(asked): Query<Asked>) -> Answer {
    let q = asked.q.trim().to_owned();
    let page = c.read(move |desk| Ok(SearchPage::of(desk, &q, SUGGESTED)?)).await?;
    c.part("search/suggestions.html", &page)
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "search/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let brief = |name: &str, post: &str| Brief {
            id: vocabulary::Id::new(7),
            name: name.into(),
            sex: "男".into(),
            born: "1982-04".into(),
            post: post.into(),
        };
        let page = SearchPage {
            q: "李".into(),
            people: vec![brief("李明", "青云镇副镇长")],
            posts: vec![samples::seat("青云镇镇长")],
            units: vec![],
            ledger: "/ledgers/new?q=x".into(),
            more: false,
        };
        let empty = SearchPage { q: String::new(), people: vec![], posts: vec![], units: vec![], ledger: String::new(), more: false };
        let full = SearchPage { people: (0..60).map(|_| brief(samples::LONG_NAME, samples::LONG_TITLE)).collect(), more: true, ..page.clone() };
        vec![Sample::usual(page), Sample::empty(empty), Sample::overfull(full)]
    }
}
