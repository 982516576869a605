//! 投票: one paper into the box, in the place of an earlier one. The roll learns the day, the journal that a paper came.

use super::{Ballot, Key, find, refused};
use crate::{Error, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use registry::Desk;
use vocabulary::{Id, Outcome};

/// What is sealed. The place stands in it, so that a copy in another place does not count.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Paper {
    pub(super) place: String,
    pub(super) group: String,
    /// By item: number of the answer; nothing where the voter is recused.
    pub answers: Vec<Option<usize>>,
    pub comment: String,
}

/// Answers 回执: a hash by which the voter finds the paper in the list of the close. It says nothing of what was voted.
pub fn cast(desk: &mut Desk, id: Id<Ballot>, answers: &[Option<usize>], comment: &str) -> Result<Outcome<String>> {
    let found = find(desk, id)?;
    let rule = &found.rule;
    let Some(voter) = found.voter(desk.actor.account) else {
        return refused("ballot-not-on-roll", "参加人名册里没有您", &rule.source, "如有疑问，请联系组织投票的人");
    };
    if found.closed.is_some() {
        return refused("ballot-closed", "投票已经结束", &rule.source, "");
    }
    let asked = |at: &usize| !voter.without.contains(at);
    let whole = (0..found.items.len()).filter(asked).all(|at| answers.get(at).is_some_and(|a| a.is_some_and(|n| n < rule.answers.len())));
    if !whole || answers.len() != found.items.len() {
        return refused("ballot-incomplete", "还有没表明意见的", &rule.source, "每一项都选一种意见，再投票");
    }
    let answers: Vec<Option<usize>> = (0..found.items.len()).map(|at| answers[at].filter(|_| asked(&at))).collect();
    let key = Key::of(desk, id)?;
    let place = key.place(desk, voter.account.number());
    let comment = if rule.comments_from.is_some() { comment.trim().chars().take(500).collect() } else { String::new() };
    let paper = Paper { place: place.clone(), group: voter.group.clone(), answers, comment };
    let mut plain = serde_json::to_vec(&paper).map_err(|e| Error::Wrong(e.to_string()))?;
    // All papers are of one length, whatever was answered.
    plain.resize(plain.len().next_multiple_of(2048), b' ');
    let sealed = STANDARD.encode(key.sealer(desk).seal_file(&plain));
    let there = desk.first("select sealed from ballot_papers where place = $1 and ballot = $2", &[place.as_str().into(), id.number().into()])?;
    let Some(there) = there else {
        return Err(Error::Wrong("票箱里没有您的位置：票箱被动过，请立即告知组织投票的人".into()));
    };
    // A first paper looks in the journal as one that replaces another.
    let instead = match there.text(0) {
        "" => vault::hex(&rand::random::<[u8; 32]>()),
        old => key.gone(desk, &key.tag(desk, &receipt(desk, old))),
    };
    let sql = "update ballot_papers set sealed = $1 where place = $2 and ballot = $3";
    desk.execute(sql, &[sealed.as_str().into(), place.into(), id.number().into()])?;
    let account = voter.account.number();
    let today = desk.today.to_string();
    desk.execute("update ballot_roll set voted = $1 where ballot = $2 and account = $3", &[today.into(), id.number().into(), account.into()])?;
    let receipt = receipt(desk, &sealed);
    let detail = serde_json::json!({ "paper": key.tag(desk, &receipt), "instead": instead });
    desk.took("ballot.cast", "ballot", id.number(), "票箱收到一张票".into(), Some(detail))?;
    desk.forget();
    Ok(Outcome::Done(receipt))
}

/// Hash of a sealed paper: what the list of the close holds.
pub(super) fn receipt(desk: &Desk, sealed: &str) -> String {
    vault::hex(&desk.keys.profile.hash(&[sealed.as_bytes()]))
}
