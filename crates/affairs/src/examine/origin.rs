//! Where a value was read: the row or the file that brought it.

use super::Known;
use crate::Result;
use registry::{Desk, Person, journal, person};
use vocabulary::{Findings, Id};

/// Puts an origin to every `Saw` that has a value.
pub(crate) fn give_origins(desk: &Desk, person: Id<Person>, known: &Known, findings: &mut Findings) -> Result<()> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    for saw in findings
        .iter_mut()
        .flat_map(|f| &mut f.saw)
        .filter(|s| s.value.is_some() && s.origin.is_none())
    {
        let said = desk.dictionary().fact(&saw.fact).and_then(|f| known.said.get(&f.index));
        saw.origin = match (said, found.iter().find(|(fact, _)| *fact == saw.fact)) {
            (Some(said), _) => Some(said.clone()),
            (None, Some((_, origin))) => origin.clone(),
            (None, None) => {
                let origin = of_fact(desk, person, known, &saw.fact)?;
                found.push((saw.fact.clone(), origin.clone()));
                origin
            }
        };
    }
    Ok(())
}

fn of_fact(desk: &Desk, id: Id<Person>, known: &Known, fact: &str) -> Result<Option<String>> {
    if let Some(column) = column(fact) {
        let label = person::field_name(column).unwrap_or("基本信息");
        return Ok(person::origin(desk, id, column)?.map(|o| format!("{label}：{o}")));
    }
    if fact.starts_with("seat.") {
        return Ok(known.post.map(|post| format!("岗位表第 {post} 号岗位")));
    }
    let Some((label, table, only)) = table(fact) else {
        return Ok(None);
    };
    let sql = format!("select max(t.entered) from {table} t where t.person = $1 and t.superseded is null {only}");
    let Some(entered) = desk.one(&sql, &[id.number().into()])?.opt_int(0) else {
        // The level may follow from the tenure itself.
        return if table == "ranks" {
            of_fact(desk, id, known, "post")
        } else {
            Ok(None)
        };
    };
    Ok(journal::origin(desk, entered)?.map(|o| format!("{label}：{o}")))
}

/// Column of the details that a fact is read from.
fn column(fact: &str) -> Option<&'static str> {
    Some(match fact {
        "name" => "name",
        "sex" => "sex",
        "born" | "age" => "born",
        f if f.starts_with("retirement.") => "born",
        "id_number" => "id_number",
        "ethnicity" => "ethnicity",
        "native_place" => "native_place",
        "birth_place" => "birth_place",
        "health" => "health",
        "joined_work" | "work_years" | "work_months" => "joined_work",
        "party.text" => "party_text",
        "speciality" => "speciality",
        "official_kind" => "official_kind",
        "official_state" => "official_state",
        "managed_by" => "managed_by",
        "family.spouse_emigrated" => "spouse_emigrated",
        "family.children_emigrated" => "children_emigrated",
        _ => return None,
    })
}

/// What the rows are called, their table, and which of them.
fn table(fact: &str) -> Option<(&'static str, &'static str, &'static str)> {
    let begins = |word: &str| fact == word || fact.starts_with(&format!("{word}."));
    Some(if begins("level") {
        ("职务层次", "ranks", "and t.ladder = '职务层次'")
    } else if begins("rank") {
        ("职级", "ranks", "and t.ladder = '职级'")
    } else if ["post", "tenure", "base", "term", "probation"]
        .iter()
        .any(|w| begins(w))
        || fact == "township_experience"
    {
        ("任职", "tenures", "")
    } else if begins("appraisal") {
        ("年度考核", "appraisals", "")
    } else if begins("party") {
        ("政治面貌", "memberships", "")
    } else if begins("education") || begins("degree") {
        ("学历学位", "educations", "")
    } else if begins("sanction") {
        ("处分处理", "sanctions", "")
    } else if begins("training") {
        ("培训", "trainings", "")
    } else if begins("awards") {
        ("奖励", "awards", "")
    } else if begins("reserve") {
        ("优秀年轻干部库", "pools", "")
    } else {
        return None;
    })
}
