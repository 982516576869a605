//! 任职: the post says what the post knows; seats are counted over the whole period.

use super::Control::{Box, Code, Date, Number, One, Post, Text};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, date, field, finding, held, needed, number, otherwise, text};
use crate::dated::Noun;
use crate::rows::Tenure;
use crate::{Desk, Result, post, tenure};
use store::Param;
use vocabulary::{Date as Day, Finding, Id, Weight};

pub const PART: Part = Part {
    id: "tenures",
    noun: "tenure",
    title: "任职",
    of: Of::Person,
    table: Tenure::TABLE,
    columns: Tenure::COLUMNS,
    order: Tenure::ORDER,
    corrects: true,
    single: false,
    fields: &[
        field("post", "岗位（在册的）", Post),
        super::Field { hint: "空着就用岗位的全称；不在册的岗位在这里写全称", ..field("title", "职务名称", Text) },
        needed("kind", "任职方式", One(&["任职", "挂职", "兼职", "学习"])),
        needed("from_day", "任职时间", Date),
        field("until_day", "免职时间", Date),
        field("level", "职务层次", Code("level")),
        field("role", "班子成员类别", Code("member_kind")),
        field("leading", "领导职务", Box),
        field("main", "主职务", Box),
        field("way", "选拔任用方式", Code("appointment_way")),
        field("paper", "任职文号", Text),
        field("end_paper", "免职文号", Text),
        field("end_reason", "免职原因", Code("removal_kind")),
        field("probation_until", "试用期满", Date),
        field("order_no", "排序", Number),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::Change, Verb::End, Verb::Withdraw],
    named_by: &["title"],
    own: Own { complete, check, follow },
};

fn complete(desk: &Desk, whose: Whose, values: &mut Values) -> Result<()> {
    otherwise(values, "kind", "任职");
    if let Some(id) = number(values, "post") {
        let seat = post::find(desk, Id::new(id))?;
        otherwise(values, "title", &seat.title);
        values.insert("organisation", seat.organisation.number().into());
        otherwise(values, "level", seat.level.as_deref());
        otherwise(values, "role", seat.role.as_deref());
        if seat.leading {
            values.insert("leading", true.into());
        }
        otherwise(values, "order_no", seat.order_no);
    }
    otherwise(values, "main", false);
    if number(values, "order_no").is_none() {
        let last = desk.one("select coalesce(max(order_no), 0) from tenures where person = $1 and superseded is null", &[whose.number.into()])?;
        values.insert("order_no", Param::from(last.int(0) + 1));
    }
    Ok(())
}

fn check(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    if matches!(intended.verb, Verb::End | Verb::Withdraw) {
        return Ok(vec![]);
    }
    let mut found = Vec::new();
    if text(intended.new, "title").is_none() {
        found.push(finding(Weight::Refuse, "post-missing", "没有写任什么职务".into(), "选一个岗位，或写职务名称"));
    }
    if text(intended.new, "kind").as_deref() == Some("任职") {
        found.extend(seats(desk, intended)?);
        found.extend(main_posts(desk, intended)?);
    }
    Ok(found)
}

/// As many may hold a post at once as it has seats. Only a row that takes a seat it did not take before is refused.
fn seats(desk: &Desk, intended: &Intended) -> Result<Option<Finding>> {
    let (Some(id), Some(from)) = (number(intended.new, "post"), date(intended.new, "from_day")) else { return Ok(None) };
    let until = date(intended.new, "until_day");
    if intended.old.is_some_and(|o| number(&o.values, "post") == Some(id) && within(date(&o.values, "from_day"), date(&o.values, "until_day"), from, until)) {
        return Ok(None);
    }
    let seat = post::find(desk, Id::new(id))?;
    let others = desk.rows(
        "select t.from_day, t.until_day, n.name from tenures t join person_details n on n.person = t.person and n.superseded is null
          where t.post = $1 and t.kind = '任职' and t.superseded is null and t.id <> $2",
        &[id.into(), intended.old.map_or(0, |o| o.id).into()],
    )?;
    let day = |row: &store::Row, at: usize| row.opt_text(at).and_then(|d| d.parse::<Day>().ok());
    // The fullest moment is the beginning of one of them.
    let overlap: Vec<(Day, Option<Day>, &str)> = others
        .iter()
        .filter_map(|r| Some((day(r, 0)?, day(r, 1), r.text(2))))
        .filter(|(f, u, _)| until.is_none_or(|until| f.earliest() < until.earliest()) && u.is_none_or(|u| u.earliest() > from.earliest()))
        .collect();
    let moments = overlap.iter().map(|o| o.0.earliest().max(from.earliest())).chain([from.earliest()]);
    let at = |moment| overlap.iter().filter(move |(f, u, _)| f.earliest() <= moment && u.is_none_or(|u| u.earliest() > moment));
    let Some(fullest) = moments.max_by_key(|m| at(*m).count()) else { return Ok(None) };
    let names: Vec<&str> = at(fullest).map(|o| o.2).collect();
    if (names.len() as i64) < seat.seats {
        return Ok(None);
    }
    let says = format!("{}职数为 {}，{fullest} 已有 {} 人任职（{}），没有空缺", seat.title, seat.seats, names.len(), names.join("、"));
    Ok(Some(Finding {
        citation: vocabulary::Citation { document: "党政领导干部选拔任用工作条例".into(), article: None, item: None },
        ..finding(Weight::Refuse, "no-seat-left", says, "先登记现任的免职时间，或先调整职数")
    }))
}

fn within(from: Option<Day>, until: Option<Day>, inner: Day, inner_until: Option<Day>) -> bool {
    let ends = match (until, inner_until) {
        (None, _) => true,
        (Some(until), Some(inner)) => inner.earliest() <= until.earliest(),
        (Some(_), None) => false,
    };
    from.is_some_and(|f| f.earliest() <= inner.earliest()) && ends
}

fn main_posts(desk: &Desk, intended: &Intended) -> Result<Option<Finding>> {
    if number(intended.new, "main") != Some(1) || date(intended.new, "until_day").is_some() {
        return Ok(None);
    }
    let others = held::of(desk, intended.part, intended.whose)?;
    let open = |h: &&held::Held| number(&h.values, "main") == Some(1) && date(&h.values, "until_day").is_none() && text(&h.values, "kind").as_deref() == Some("任职");
    let other = others.iter().filter(|h| intended.old.is_none_or(|o| o.id != h.id)).find(open);
    Ok(other.map(|h| {
        let title = text(&h.values, "title").unwrap_or_default();
        finding(Weight::Warn, "two-main-posts", format!("{title}也是主职务，没有免职时间"), "只保留一个主职务：先登记前一职务的免职时间，或更正主职务")
    }))
}

/// A post that begins now goes on in the level held and in the 简历, as an appointment does.
fn follow(desk: &mut Desk, intended: &Intended, entry: i64) -> Result<()> {
    let new = intended.new;
    let begins = intended.verb == Verb::Add && date(new, "until_day").is_none() && text(new, "kind").as_deref() == Some("任职");
    let Some(from) = date(new, "from_day").filter(|_| begins) else { return Ok(()) };
    let person = Id::new(intended.whose.number);
    let title = text(new, "title").unwrap_or_default();
    if number(new, "main") == Some(1) {
        tenure::level_follows(desk, person, text(new, "level").as_deref(), from, text(new, "paper"), entry)?;
    }
    if tenure::resume_may_follow(desk, person, from)? {
        tenure::resume_follows(desk, person, &title, from, entry)?;
    }
    Ok(())
}
