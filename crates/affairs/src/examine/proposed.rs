//! The facts of one proposal: what is on record of the person and the post, and what follows from the two.

use crate::Fields;
use crate::Result;
use crate::known::{about_on, state};
use institution::{Dictionary, Fact, FactSet, Institution, Subject};
use registry::post::Seat;
use registry::rows::Relative;
use registry::{Desk, Person, Post, dated, organisation, post};
use std::collections::BTreeMap;
use vocabulary::{Day, Id, Value};

/// Who is proposed for what, and how the slate around it moves the post's seats.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proposed {
    pub person: Id<Person>,
    pub post: Option<Id<Post>>,
    /// The day as of which the registry is read.
    pub on: Day,
    /// Holders who leave the post with the same slate, and others who come to it.
    pub leave: i64,
    pub come: i64,
}

impl Proposed {
    pub fn alone(person: Id<Person>, post: Option<Id<Post>>, on: Day) -> Proposed {
        Proposed {
            person,
            post,
            on,
            leave: 0,
            come: 0,
        }
    }
}

/// Facts, and where those come from that no table of the registry holds.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub facts: FactSet,
    /// By fact index: `由拟任岗位得出`, `讨论决定时登记`.
    pub said: BTreeMap<usize, String>,
    /// Which post the facts of posts are about.
    pub post: Option<Id<Post>>,
}

impl Known {
    /// Puts stated facts over what is known. Answers what could not be read.
    pub fn lay_over(&mut self, dictionary: &Dictionary, stated: &Fields, origin: &str) -> Vec<String> {
        for (id, text) in stated {
            if let (Some(fact), false) = (dictionary.fact(id), text.trim().is_empty()) {
                self.said.insert(fact.index, origin.to_owned());
            }
        }
        state(dictionary, &mut self.facts, stated)
    }
    pub fn set(&mut self, dictionary: &Dictionary, id: &str, value: impl Into<Value>, origin: &str) {
        if let Some(fact) = dictionary.fact(id) {
            self.facts.set(fact.index, Some(value.into()));
            self.said.insert(fact.index, origin.to_owned());
        }
    }
    pub fn get(&self, dictionary: &Dictionary, id: &str) -> Option<&Value> {
        self.facts.get(dictionary.fact(id)?.index)
    }
}

const FROM_POST: &str = "由拟任岗位得出";
const FROM_RECORD: &str = "由本人记录和拟任岗位得出";

/// What the registry and the post say. A person or a post that the desk may not see is not found.
pub(crate) fn known(desk: &Desk, institution: &Institution, proposed: &Proposed) -> Result<Known> {
    let dictionary = desk.dictionary();
    registry::person::find(desk, proposed.person)?;
    let mut known = Known {
        facts: FactSet::new(dictionary),
        said: BTreeMap::new(),
        post: proposed.post,
    };
    let needed = needed(institution, dictionary);
    read(
        desk,
        &mut known,
        Subject::Official,
        proposed.person.number(),
        &needed,
        proposed.on,
    )?;
    married(desk, &mut known, proposed.person)?;
    if let Some(id) = proposed.post {
        let seat = post::find(desk, id)?;
        read(desk, &mut known, Subject::Post, id.number(), &needed, proposed.on)?;
        of_the_post(desk, &mut known, &seat, proposed)?;
        of_both(dictionary, &mut known, &seat);
        probation_follows(dictionary, institution, &mut known, proposed.on);
    }
    Ok(known)
}

/// 试用期 is for promotions: who comes on the same level has none, whatever the post（条例第四十二条）.
fn probation_follows(dictionary: &Dictionary, institution: &Institution, known: &mut Known, on: Day) {
    let all = institution.derive(&known.facts, on);
    let step = dictionary
        .fact("proposal.step")
        .and_then(|f| all.get(f.index))
        .and_then(Value::as_text);
    let promotions = dictionary
        .table("proposal_step")
        .map(|t| t.within("提任"))
        .unwrap_or_default();
    if step.is_some_and(|step| !promotions.contains(&step)) {
        known.set(dictionary, "proposal.probation_post", false, "不是提任，没有试用期");
    }
}

/// Everything that rules, gates and steps of the institution may ask.
fn needed<'d>(institution: &Institution, dictionary: &'d Dictionary) -> Vec<&'d Fact> {
    let mut found = institution.facts_needed();
    for step in &institution.steps {
        for condition in step.applies.iter().chain(&step.gate) {
            condition.facts(&mut found);
        }
    }
    for paper in &institution.papers {
        found.extend(&paper.required);
    }
    let also = [
        "level",
        "level.months",
        "rank",
        "post.leading",
        "party",
        "probation.until",
        "seat.level",
    ];
    found.extend(also.iter().filter_map(|id| dictionary.fact(id)).map(|f| f.index));
    found.sort_unstable();
    found.dedup();
    found.iter().filter_map(|index| dictionary.facts.get(*index)).collect()
}

fn read(desk: &Desk, known: &mut Known, of: Subject, number: i64, needed: &[&Fact], on: Day) -> Result<()> {
    let facts: Vec<&Fact> = needed.iter().filter(|f| f.subject == of).copied().collect();
    if facts.is_empty() {
        return Ok(());
    }
    if let Some(row) = about_on(desk, of, number, &facts, on)? {
        for (fact, value) in facts.iter().zip(row.values) {
            known.facts.set(fact.index, value);
        }
    }
    Ok(())
}

/// 有配偶, from the family on record; nothing is said of a person without family rows.
fn married(desk: &Desk, known: &mut Known, person: Id<Person>) -> Result<()> {
    if known.get(desk.dictionary(), "family.has_spouse").is_some() {
        return Ok(());
    }
    let family = dated::of::<Relative>(desk, person)?;
    if !family.is_empty() {
        let spouse = |r: &Relative| ["妻子", "丈夫", "配偶", "妻", "夫"].contains(&r.relation.trim());
        let has = family.iter().any(|r| spouse(&r.row));
        known.set(desk.dictionary(), "family.has_spouse", has, "由家庭主要成员得出");
    }
    Ok(())
}

fn of_the_post(desk: &Desk, known: &mut Known, seat: &Seat, proposed: &Proposed) -> Result<()> {
    let dictionary = desk.dictionary();
    let unit = organisation::find(desk, seat.organisation)?;
    let kind = unit.kind.as_deref().unwrap_or("");
    let within = |group: &str| {
        dictionary
            .table("organisation_kind")
            .is_some_and(|t| t.within(group).contains(&kind))
    };
    let chief = seat.role.as_deref() == Some("正职");
    let elected = seat.term_years.is_some();
    let holders = post::holders(desk, &[seat.id])?;
    let others = holders.iter().filter(|h| h.person != proposed.person).count() as i64;
    let over = others - proposed.leave + proposed.come + 1 > seat.seats;
    let nature = match (elected, seat.leading) {
        (true, _) => "选任制领导职务",
        (false, true) => "委任制领导职务",
        (false, false) => "职级",
    };
    let mut set = |id: &str, value: Value| known.set(dictionary, id, value, FROM_POST);
    set("proposal.post_nature", nature.into());
    set("proposal.probation_post", (seat.probation && !elected).into());
    set("proposal.over_seats", over.into());
    set("proposal.term_rule_post", elected.into());
    set("proposal.party_post", is_party_post(seat, kind).into());
    set(
        "proposal.department_post",
        ["县委部门", "县政府部门"].contains(&kind).into(),
    );
    set(
        "proposal.chief_of_place",
        (chief && ["县委", "县政府"].contains(&kind)).into(),
    );
    set(
        "proposal.chief_of_county_or_town",
        (chief && (["县委", "县政府"].contains(&kind) || within("乡镇"))).into(),
    );
    set("special_post", seat.special.into());
    Ok(())
}

/// 党的领导职务: a secretary or a member of a committee of the party; 团委书记 and village posts are none.
fn is_party_post(seat: &Seat, kind: &str) -> bool {
    let title = &seat.title;
    let party = ["党委", "党组", "党工委", "县委", "纪委", "党支部", "党总支"]
        .iter()
        .any(|w| title.contains(w));
    !title.contains('团') && (party || (title.contains("书记") && !title.contains("书记员")) || kind == "县委")
}

/// What follows from the person's record and the post together.
fn of_both(dictionary: &Dictionary, known: &mut Known, seat: &Seat) {
    let text = |known: &Known, id: &str| known.get(dictionary, id).and_then(Value::as_text).map(str::to_owned);
    let height = |table: &str, name: Option<&str>| dictionary.table(table)?.code(name?)?.height;
    let leading = known.get(dictionary, "post.leading").cloned();
    let target = height("level", seat.level.as_deref());
    // 领导职务与职级的对应关系：乡科级副职对应四级主任科员，至厅局级正职对应一级巡视员（并行规定第九条，凭记忆，须核对）。
    let held = height("rank", text(known, "rank").as_deref()).map(|h| if h == 12 { 8 } else { (h + 1) / 2 + 1 });
    match (leading, target, held) {
        (Some(Value::Yes(false)), Some(target), Some(held)) => {
            known.set(
                dictionary,
                "proposal.from_rank",
                seat.leading && held >= target,
                FROM_RECORD,
            );
        }
        (Some(Value::Yes(true)), ..) => known.set(dictionary, "proposal.from_rank", false, FROM_RECORD),
        _ => {}
    }
    let probation = known.get(dictionary, "probation.until").is_some();
    known.set(dictionary, "exception.in_probation", probation, FROM_RECORD);
    if let Some(months) = known.get(dictionary, "level.months").cloned() {
        known.set(
            dictionary,
            "exception.months_since_promotion",
            months,
            "由任现职务层次时间得出",
        );
    }
}
