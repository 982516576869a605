//! 职数: whom a file puts into a post, beside who holds it and whom the file takes out of it.

use crate::change::Write;
use crate::held::Held;
use crate::index::Index;
use crate::Result;
use exchange::{Fault, Place};
use registry::dated::Noun;
use registry::rows::Tenure;
use registry::{Desk, post};
use std::collections::{BTreeMap, HashMap};
use store::Param;
use vocabulary::{Date, Day, Id};

/// What one record does to the posts: +1 takes a seat, -1 gives one up.
pub(crate) type Moves = Vec<(i64, i64)>;

/// The seats that these rows take and give up on `day`.
pub(crate) fn moves(writes: &[Write], held: Option<&Held>, day: Day) -> Moves {
    let mut moves: HashMap<i64, i64> = HashMap::new();
    let given_up = |id: i64| held?.tenures.iter().find(|t| t.id == id).and_then(|t| seat(t.row.post, &t.row.kind, Some(t.row.from_day), t.row.until_day, day));
    for write in writes {
        let (taken, gone) = match write {
            Write::Put { table, replaces, params } if table.name == Tenure::TABLE => (seat_of(params, day), replaces.and_then(given_up)),
            Write::Withdraw { table, id } if table.name == Tenure::TABLE => (None, given_up(*id)),
            _ => continue,
        };
        for (post, by) in taken.map(|p| (p, 1)).into_iter().chain(gone.map(|p| (p, -1))) {
            *moves.entry(post).or_default() += by;
        }
    }
    moves.into_iter().filter(|(_, by)| *by != 0).collect()
}

/// The post of a row that holds a seat on `day`.
fn seat(post: Option<i64>, kind: &str, from: Option<Date>, until: Option<Date>, day: Day) -> Option<i64> {
    let now = from.is_none_or(|f| f.earliest() <= day) && until.is_none_or(|u| u.earliest() > day);
    post.filter(|_| kind == "任职" && now)
}

/// The same of a row that is about to be written.
fn seat_of(params: &[Param], day: Day) -> Option<i64> {
    let column = |name: &str| Tenure::COLUMNS.iter().position(|c| *c == name).and_then(|at| params.get(at));
    let text = |name| match column(name) {
        Some(Param::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    let date = |name| text(name).and_then(|t| t.parse::<Date>().ok());
    let post = match column("post") {
        Some(Param::Int(post)) => Some(*post),
        _ => None,
    };
    seat(post, &text("kind").unwrap_or_default(), date("from_day"), date("until_day"), day)
}

/// The seats that a whole file moves.
#[derive(Default)]
pub(crate) struct Seats {
    /// By post: how many people more, and the records that take a seat.
    posts: BTreeMap<i64, (i64, Vec<(u32, Place)>)>,
    /// Who held the posts before anything was written.
    held: HashMap<i64, i64>,
}

impl Seats {
    /// Before the batch is written: what it will do.
    pub fn meet<'e>(&mut self, desk: &Desk, examined: impl Iterator<Item = (u32, &'e Place, &'e Moves)>) -> Result<()> {
        let mut unknown = Vec::new();
        for (number, place, moves) in examined {
            for (post, by) in moves {
                if !self.held.contains_key(post) && !unknown.contains(&Id::new(*post)) {
                    unknown.push(Id::new(*post));
                }
                let (more, takers) = self.posts.entry(*post).or_default();
                *more += by;
                if *by > 0 {
                    takers.push((number, place.clone()));
                }
            }
        }
        self.held.extend(unknown.iter().map(|p| (p.number(), 0)));
        for chunk in unknown.chunks(500) {
            for holder in post::holders(desk, chunk)? {
                *self.held.entry(holder.post.number()).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Whoever takes a seat of a post that will have more people than seats, by number of the record.
    pub fn overfull(self, index: &Index) -> Vec<(u32, Fault)> {
        let mut found = Vec::new();
        for (id, (more, takers)) in self.posts {
            let Some(post) = index.post(id) else { continue };
            let held = self.held.get(&id).copied().unwrap_or(0);
            if held + more <= post.seats {
                continue;
            }
            let says = format!("{}职数为 {}，现任 {held} 人，导入后为 {} 人，超过职数", post.title, post.seats, held + more);
            for (number, place) in takers {
                found.push((number, Fault::finding(place, &post.title, says.clone(), "核对任免职时间；确要超配的，先调整职数或登记现任的免职")));
            }
        }
        found.sort_by_key(|(number, _)| *number);
        found
    }
}
