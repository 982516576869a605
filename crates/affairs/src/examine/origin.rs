//! Where a value was read: the row or the file that brought it.

use super::Known;
use crate::Result;
use registry::dated::{self, Noun};
use registry::origin::Origin;
use registry::rows::Details;
use registry::{Desk, Person, person};
use std::collections::BTreeMap;
use vocabulary::{Findings, Id};

/// Puts an origin to every `Saw` that has a value. What is on record of the person is asked once for all of them.
pub(crate) fn give_origins(desk: &Desk, person: Id<Person>, known: &Known, findings: &mut Findings) -> Result<()> {
    let mut record: Option<Record> = None;
    for saw in findings
        .iter_mut()
        .flat_map(|f| &mut f.saw)
        .filter(|s| s.value.is_some() && s.origin.is_none())
    {
        let said = desk.dictionary().fact(&saw.fact).and_then(|f| known.said.get(&f.index));
        if let Some(said) = said {
            saw.origin = Some(said.clone());
            continue;
        }
        let record = match &record {
            Some(record) => record,
            None => record.insert(Record::read(desk, person)?),
        };
        saw.origin = record.of_fact(known, &saw.fact);
    }
    Ok(())
}

/// When each column of the details and each kind of rows was entered, and what was said of it.
struct Record {
    columns: BTreeMap<&'static str, i64>,
    rows: BTreeMap<&'static str, i64>,
    says: BTreeMap<i64, Origin>,
}

impl Record {
    fn read(desk: &Desk, id: Id<Person>) -> Result<Record> {
        let mut columns: BTreeMap<&str, (i64, store::Param)> = BTreeMap::new();
        for version in dated::history::<Details>(desk, id)? {
            for (column, value) in Details::COLUMNS.iter().zip(version.row.params()) {
                // The oldest version of the unbroken run that holds the value.
                if columns.get(column).is_none_or(|(_, held)| *held != value) {
                    columns.insert(column, (version.entered, value));
                }
            }
        }
        let columns: BTreeMap<&str, i64> = columns.into_iter().map(|(c, (entered, _))| (c, entered)).collect();
        let one = |(label, table, only): &(&str, &str, &str)| {
            format!("select '{label}', max(t.entered) from {table} t where t.person = {id} and t.superseded is null {only}")
        };
        let sql = TABLES.iter().map(one).collect::<Vec<_>>().join(" union all ");
        let mut rows = BTreeMap::new();
        for row in desk.rows(&sql, &[])? {
            let label = TABLES.iter().find(|t| t.0 == row.text(0)).map(|t| t.0);
            if let (Some(label), Some(entered)) = (label, row.opt_int(1)) {
                rows.insert(label, entered);
            }
        }
        let entered: Vec<i64> = columns.values().chain(rows.values()).copied().collect();
        Ok(Record { columns, rows, says: registry::origin::of(desk, &entered)? })
    }

    fn of_fact(&self, known: &Known, fact: &str) -> Option<String> {
        let said = |entered: &i64| self.says.get(entered).map(|o| o.says.clone());
        if let Some(column) = column(fact) {
            let label = person::field_name(column).unwrap_or("基本信息");
            return self.columns.get(column).and_then(said).map(|o| format!("{label}：{o}"));
        }
        if fact.starts_with("seat.") {
            return known.post.map(|post| format!("岗位表第 {post} 号岗位"));
        }
        let label = label(fact)?;
        match self.rows.get(label) {
            Some(entered) => said(entered).map(|o| format!("{label}：{o}")),
            // The level may follow from the tenure itself.
            None if ["职务层次", "职级"].contains(&label) => self.of_fact(known, "post"),
            None => None,
        }
    }
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
const TABLES: [(&str, &str, &str); 10] = [
    ("职务层次", "ranks", "and t.ladder = '职务层次'"),
    ("职级", "ranks", "and t.ladder = '职级'"),
    ("任职", "tenures", ""),
    ("年度考核", "appraisals", ""),
    ("政治面貌", "memberships", ""),
    ("学历学位", "educations", ""),
    ("处分处理", "sanctions", ""),
    ("培训", "trainings", ""),
    ("奖励", "awards", ""),
    ("优秀年轻干部库", "pools", ""),
];

fn label(fact: &str) -> Option<&'static str> {
    let begins = |word: &str| fact == word || fact.starts_with(&format!("{word}."));
    Some(if begins("level") {
        "职务层次"
    } else if begins("rank") {
        "职级"
    } else if ["post", "tenure", "base", "term", "probation"]
        .iter()
        .any(|w| begins(w))
        || fact == "township_experience"
    {
        "任职"
    } else if begins("appraisal") {
        "年度考核"
    } else if begins("party") {
        "政治面貌"
    } else if begins("education") || begins("degree") {
        "学历学位"
    } else if begins("sanction") {
        "处分处理"
    } else if begins("training") {
        "培训"
    } else if begins("awards") {
        "奖励"
    } else if begins("reserve") {
        "优秀年轻干部库"
    } else {
        return None;
    })
}
