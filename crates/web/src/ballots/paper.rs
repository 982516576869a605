//! 选票: for a phone, large, one question a block. After it the receipt, which proves that the paper lies in the box.

use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use affairs::ballot::{self, Ballot};
use axum::extract::Path;
use axum::http::StatusCode;
use serde::Serialize;
use std::sync::Arc;
use vocabulary::{Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct PaperPage {
    pub id: Id<Ballot>,
    pub title: String,
    pub question: String,
    pub items: Vec<String>,
    /// 回避: places on the paper, from 0, that this voter is not asked.
    pub without: Vec<usize>,
    pub answers: Vec<Arc<str>>,
    pub comments: bool,
    pub closed: bool,
    /// Has a paper of this voter's in the box.
    pub voted: bool,
    /// Typed so far: by item, number of the answer.
    pub chosen: Vec<Option<usize>>,
    pub comment: String,
    pub receipt: Option<String>,
    pub mistakes: Vec<String>,
}

async fn page(c: &Ctx, id: Id<Ballot>) -> Result<PaperPage, Stop> {
    let account = c.actor.account;
    c.read(move |desk| {
        let found = ballot::find(desk, id)?;
        // Who is not on the roll is not told that there is a vote.
        let voter = found.voter(account).ok_or_else(|| Stop::NotFound("这次投票".into()))?;
        let rule = &found.rule;
        Ok(PaperPage {
            id,
            question: rule.question.to_string(),
            items: found.items.iter().map(|i| i.label.clone()).collect(),
            without: voter.without.clone(),
            answers: rule.answers.clone(),
            comments: rule.comments_from.is_some(),
            closed: found.closed.is_some(),
            voted: voter.voted,
            chosen: vec![],
            comment: String::new(),
            receipt: None,
            mistakes: vec![],
            title: found.title.clone(),
        })
    })
    .await
}

pub async fn paper(c: Ctx, Path(id): Path<Id<Ballot>>) -> Answer {
    let page = page(&c, id).await?;
    c.page(&page)
}

pub async fn cast(c: Ctx, Path(id): Path<Id<Ballot>>, form: Form) -> Answer {
    let items = page(&c, id).await?.items.len();
    let chosen: Vec<Option<usize>> = (0..items).map(|at| form.text(&format!("item-{at}")).parse().ok()).collect();
    let comment = form.text("comment").to_owned();
    let (answers, words) = (chosen.clone(), comment.clone());
    // Sent twice it is the same paper in the same place.
    let outcome = c.write_unmarked(move |desk| Ok(ballot::cast(desk, id, &answers, &words)?)).await?;
    let page = page(&c, id).await?;
    match outcome {
        Outcome::Done(receipt) => c.page(&PaperPage { receipt: Some(receipt), ..page }),
        Outcome::Refused(why) => {
            let mistakes = why.iter().map(|f| format!("{}（{}）。{}", f.says, f.citation, f.next.as_deref().unwrap_or(""))).collect();
            c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &PaperPage { chosen, comment, mistakes, ..page })
        }
    }
}

impl Page for PaperPage {
    const TEMPLATE: &'static str = "ballots/paper.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = PaperPage {
            id: Id::new(1),
            title: "青云镇领导班子2026年度民主测评".into(),
            question: "请对每一位作出评价".into(),
            items: vec!["冯建平（镇长）".into(), "罗晓梅（副镇长）".into()],
            without: vec![],
            answers: ["优秀", "称职", "基本称职", "不称职"].map(Into::into).to_vec(),
            comments: true,
            closed: false,
            voted: false,
            chosen: vec![],
            comment: String::new(),
            receipt: None,
            mistakes: vec![],
        };
        let wrong = PaperPage { without: vec![0], chosen: vec![Some(1), None], mistakes: vec!["还有没表明意见的".into()], ..page.clone() };
        let done = PaperPage { receipt: Some("ab".repeat(32)), voted: true, ..page.clone() };
        vec![Sample::usual(page.clone()), Sample::overfull(wrong), Sample::reader(done), Sample::empty(PaperPage { closed: true, ..page })]
    }
}
