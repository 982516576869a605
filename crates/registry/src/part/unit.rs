//! 机构: founded, renamed or moved from a day on, dissolved when nobody and nothing is left in it.

use super::Control::{Code, Date, Number, Organisation, Text};
use super::{Intended, Of, Own, Part, Values, Verb, Whose, date, field, finding, held, needed, number, otherwise, text};
use crate::{Desk, Error, Result, organisation};
use store::Param;
use vocabulary::{Finding, Id, Weight};

pub const PART: Part = Part {
    id: "details",
    noun: "organisation",
    title: "机构",
    of: Of::Organisation,
    table: "organisation_details",
    columns: &["parent", "path", "name", "short_name", "kind", "level", "code", "team_size", "order_no", "from_day", "until_day"],
    order: "t.from_day, t.id",
    corrects: true,
    single: true,
    fields: &[
        needed("name", "机构名称", Text),
        super::Field { hint: "岗位名称以它开头，如“青云镇”；空着就用机构名称", ..field("short_name", "机构简称", Text) },
        field("parent", "上级机构", Organisation),
        field("kind", "机构类别", Code("organisation_kind")),
        field("level", "机构级别", Code("organisation_level")),
        field("code", "机构编码", Text),
        field("team_size", "领导职数", Number),
        field("order_no", "排序", Number),
        needed("from_day", "设立时间", Date),
    ],
    verbs: &[Verb::Add, Verb::Correct, Verb::Change, Verb::End],
    named_by: &["name"],
    own: Own { complete, check, follow },
};

fn complete(desk: &Desk, whose: Whose, values: &mut Values) -> Result<()> {
    otherwise(values, "short_name", text(values, "name"));
    let above = match number(values, "parent") {
        Some(parent) => organisation::find(desk, Id::new(parent))?.path,
        None => "/".into(),
    };
    values.insert("path", format!("{above}{}/", whose.number).into());
    if number(values, "order_no").is_none() {
        // Behind everything below the same parent.
        let last = desk.one("select coalesce(max(order_no), 0) from organisation_details where superseded is null and substr(path, 1, length($1)) = $1", &[above.as_str().into()])?;
        values.insert("order_no", Param::from(last.int(0) + 1));
    }
    Ok(())
}

fn check(desk: &Desk, intended: &Intended) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let whose = intended.whose.number;
    if intended.verb == Verb::End {
        found.extend(still_there(desk, whose, date(intended.new, "until_day").map(|d| d.to_string()).unwrap_or_default())?);
        return Ok(found);
    }
    let path = text(intended.new, "path").unwrap_or_default();
    let above = path.strip_suffix(&format!("{whose}/")).unwrap_or(&path);
    if above.contains(&format!("/{whose}/")) {
        found.push(finding(Weight::Refuse, "below-itself", "机构不能设在自己下面".into(), "另选上级机构"));
    }
    let name = text(intended.new, "name").unwrap_or_default();
    let same = desk.rows(
        "select d.organisation from organisation_details d where d.superseded is null and d.until_day is null and d.name = $1 and d.organisation <> $2",
        &[name.as_str().into(), whose.into()],
    )?;
    if !same.is_empty() {
        found.push(finding(Weight::Warn, "name-taken", format!("已有名为{name}的机构（编号 {}）", same[0].int(0)), "确认不是同一机构"));
    }
    Ok(found)
}

/// What keeps an organisation from being dissolved on `day`.
fn still_there(desk: &Desk, number: i64, day: String) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let below = desk.one(
        "select count(*) from organisation_details where superseded is null and parent = $1 and (until_day is null or until_day > $2)",
        &[number.into(), day.as_str().into()],
    )?;
    if below.int(0) > 0 {
        found.push(finding(Weight::Refuse, "has-organisations-below", format!("还有 {} 个下属机构", below.int(0)), "先撤销或划转下属机构"));
    }
    let people = desk.rows(
        "select distinct n.name from tenures t join person_details n on n.person = t.person and n.superseded is null
          where t.superseded is null and t.organisation = $1 and t.kind = '任职' and (t.until_day is null or t.until_day > $2) order by n.name",
        &[number.into(), day.as_str().into()],
    )?;
    if !people.is_empty() {
        let names: Vec<&str> = people.iter().take(5).map(|r| r.text(0)).collect();
        found.push(finding(Weight::Refuse, "has-people", format!("还有 {} 人在此任职（{}{}）", people.len(), names.join("、"), if people.len() > 5 { "等" } else { "" }), "先登记他们的免职时间"));
    }
    Ok(found)
}

/// Organisations below move along; posts end with their organisation.
fn follow(desk: &mut Desk, intended: &Intended, entry: i64) -> Result<()> {
    match (intended.verb, intended.old) {
        (Verb::End, _) => end_posts(desk, intended, entry),
        (Verb::Correct | Verb::Change, Some(old)) if text(&old.values, "path") != text(intended.new, "path") => move_below(desk, intended, old, entry),
        _ => Ok(()),
    }
}

fn end_posts(desk: &mut Desk, intended: &Intended, entry: i64) -> Result<()> {
    let part = Of::Post.root();
    let posts = desk.rows("select distinct post from post_details where superseded is null and until_day is null and organisation = $1", &[intended.whose.number.into()])?;
    for row in &posts {
        let whose = Whose { of: Of::Post, number: row.int(0) };
        for post in held::of(desk, part, whose)? {
            if date(&post.values, "until_day").is_some() {
                continue;
            }
            let mut ended = post.values.clone();
            ended.insert("until_day", intended.new.get("until_day").cloned().unwrap_or(Param::Null));
            held::supersede(desk, part, whose, post.id, entry)?;
            held::insert(desk, part, whose, &ended, entry, Some(post.id))?;
        }
    }
    Ok(())
}

fn move_below(desk: &mut Desk, intended: &Intended, old: &held::Held, entry: i64) -> Result<()> {
    let (was, is) = (text(&old.values, "path").unwrap_or_default(), text(intended.new, "path").unwrap_or_default());
    let sql = "select organisation from organisation_details where superseded is null and until_day is null and organisation <> $1 and substr(path, 1, length($2)) = $2 order by length(path)";
    let below = desk.rows(sql, &[intended.whose.number.into(), was.as_str().into()])?;
    for row in &below {
        let whose = Whose { of: Of::Organisation, number: row.int(0) };
        let unit = held::of(desk, intended.part, whose)?.pop().ok_or_else(|| Error::Changed("下属机构".into()))?;
        let path = text(&unit.values, "path").unwrap_or_default();
        let mut moved = unit.values.clone();
        moved.insert("path", format!("{is}{}", path.strip_prefix(&was).unwrap_or_default()).into());
        held::supersede(desk, intended.part, whose, unit.id, entry)?;
        if let (Verb::Change, Some(from)) = (intended.verb, intended.new.get("from_day")) {
            let mut ended = unit.values.clone();
            ended.insert("until_day", from.clone());
            held::insert(desk, intended.part, whose, &ended, entry, Some(unit.id))?;
            moved.insert("from_day", from.clone());
            held::insert(desk, intended.part, whose, &moved, entry, None)?;
        } else {
            held::insert(desk, intended.part, whose, &moved, entry, Some(unit.id))?;
        }
    }
    Ok(())
}
