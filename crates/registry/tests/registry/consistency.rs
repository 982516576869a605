//! 档案核查: one case a rule, each beside a record that fits together.

use registry::rows::{Appraisal, Details, Education, Membership, ResumeLine, Tenure};
use registry::source::{self, NewSource};
use registry::{Actor, Desk, Error, Person, Result, consistency, dated, person, testing};
use std::collections::BTreeSet;
use vocabulary::{Id, identity};

use crate::office::{date, entry, held};

/// What is on record of one person.
struct Life {
    details: Details,
    memberships: Vec<Membership>,
    educations: Vec<Education>,
    lines: Vec<ResumeLine>,
    tenures: Vec<Tenure>,
    appraisals: Vec<Appraisal>,
    /// Somebody else has the same number.
    twin: bool,
    /// The second file says so.
    other_file: Option<fn(&mut Details)>,
}

fn number(first: &str) -> String {
    format!("{first}{}", identity::check_digit(first).expect("17 digits"))
}

fn line(kind: &str, from: &str, until: Option<&str>, text: &str) -> ResumeLine {
    ResumeLine { order_no: 1, kind: kind.into(), from_day: Some(date(from)), until_day: until.map(date), text: text.into(), notes: String::new() }
}

fn appraised(year: i64) -> Appraisal {
    Appraisal { year, grade: "称职".into(), from_day: date(&format!("{year}-12-31")) }
}

/// Nothing to say of it on 2026-11-22.
fn sound() -> Life {
    Life {
        details: Details {
            name: "李明".into(),
            sex: Some("男".into()),
            born: Some(date("1985-04-12")),
            id_number: Some(number("99000019850412001")),
            joined_work: Some(date("2007-07")),
            official_kind: Some("公务员".into()),
            official_state: Some("现职".into()),
            ..Details::default()
        },
        memberships: vec![Membership { party: "中共党员".into(), from_day: Some(date("2006-06")), until_day: None }],
        educations: vec![Education {
            mode: "全日制".into(),
            education: Some("大学".into()),
            degree: None,
            school: Some("云岭农业大学".into()),
            major: None,
            major_group: None,
            school_text: None,
            started: Some(date("2003-09")),
            from_day: Some(date("2007-07")),
            highest: true,
        }],
        lines: vec![
            line("学习", "2003-09", Some("2007-07"), "云岭农业大学学生"),
            line("工作", "2007-07", Some("2021-03"), "青云镇干部"),
            line("工作", "2021-03", None, "青云镇副镇长"),
        ],
        tenures: vec![held(None, None, "青云镇副镇长", "2021-03", None)],
        appraisals: [2023, 2024, 2025].map(appraised).into(),
        twin: false,
        other_file: None,
    }
}

fn brought(desk: &mut Desk, name: &str) -> Result<()> {
    let file = source::keep(desk, &NewSource { name, kind: "lrmx", checksum: name, bytes: None })?;
    desk.brought_by(Some(file.number()));
    Ok(())
}

fn entered(desk: &mut Desk, life: &Life) -> Result<Id<Person>> {
    brought(desk, "甲.lrmx")?;
    let entry = entry(desk)?;
    let id = person::add(desk, life.details.clone(), entry)?;
    if life.twin {
        person::add(desk, Details { name: "李鸣".into(), ..life.details.clone() }, entry)?;
    }
    for row in &life.memberships {
        dated::add(desk, id, row, entry)?;
    }
    for row in &life.educations {
        dated::add(desk, id, row, entry)?;
    }
    for (at, row) in life.lines.iter().enumerate() {
        dated::add(desk, id, &ResumeLine { order_no: at as i64 + 1, ..row.clone() }, entry)?;
    }
    for row in &life.tenures {
        dated::add(desk, id, row, entry)?;
    }
    for row in &life.appraisals {
        dated::add(desk, id, row, entry)?;
    }
    if let Some(says) = life.other_file {
        brought(desk, "乙.lrmx")?;
        amended(desk, id, says)?;
    }
    desk.brought_by(None);
    Ok(id)
}

fn amended(desk: &mut Desk, id: Id<Person>, says: impl Fn(&mut Details)) -> Result<()> {
    let old = person::find(desk, id)?;
    let mut new = old.row;
    says(&mut new);
    person::amend(desk, id, old.id, new)
}

/// A rule, and what is otherwise with the person of whom it speaks.
type Case = (&'static str, fn(&mut Life));

const CASES: [Case; 24] = [
    ("birth-missing", |l| l.details.born = None),
    ("id-number-missing", |l| l.details.id_number = None),
    ("id-number-faulty", |l| l.details.id_number = Some("990000198504120011".into())),
    ("birth-differs", |l| l.details.born = Some(date("1985-05"))),
    ("sex-differs", |l| l.details.sex = Some("女".into())),
    ("id-number-shared", |l| l.twin = true),
    ("sources-differ", |l| l.other_file = Some(|d| d.ethnicity = Some("白族".into()))),
    ("work-before-16", |l| {
        l.details.joined_work = Some(date("2000-07"));
        l.lines[0] = line("工作", "2000-07", Some("2007-07"), "青云公社通讯员");
    }),
    ("work-in-future", |l| l.details.joined_work = Some(date("2027-01"))),
    ("work-missing", |l| l.details.joined_work = None),
    ("party-before-18", |l| l.memberships[0].from_day = Some(date("2002-06"))),
    ("party-date-missing", |l| l.memberships[0].from_day = None),
    ("education-missing", |l| l.educations.clear()),
    ("education-backwards", |l| l.educations[0].started = Some(date("2008-09"))),
    ("education-too-early", |l| (l.educations[0].started, l.educations[0].from_day) = (None, Some(date("1998-07")))),
    ("resume-missing", |l| l.lines.clear()),
    ("resume-open-in-middle", |l| l.lines[1].until_day = None),
    ("resume-gap", |l| l.lines[1].until_day = Some(date("2020-12"))),
    ("resume-overlap", |l| l.lines[1].until_day = Some(date("2022-06"))),
    ("resume-begins-late", |l| l.details.joined_work = Some(date("2006-07"))),
    ("two-main-posts", |l| l.tenures.push(held(None, None, "青云镇党委委员", "2021-03", None))),
    ("resume-and-tenure-differ", |l| {
        l.tenures[0].from_day = date("2022-05");
        l.lines[2].text = "青云镇党委委员".into();
    }),
    ("appraisal-missing", |l| l.appraisals.retain(|a| a.year != 2024)),
    ("status-missing", |l| l.details.official_kind = None),
];

#[test]
fn each_rule_speaks_of_its_own_case_and_of_nothing_else() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let id = entered(desk, &sound())?;
                assert_eq!(consistency::check(desk, id)?.rules(), Vec::<&str>::new(), "{database}: all fits together");
                for (at, (rule, otherwise)) in CASES.iter().enumerate() {
                    let mut life = sound();
                    // Each with a number of their own: the place of birth differs.
                    life.details.id_number = Some(number(&format!("9900{:02}19850412001", at + 1)));
                    if *rule == "sources-differ" {
                        life.details.ethnicity = Some("汉族".into());
                    }
                    otherwise(&mut life);
                    let id = entered(desk, &life)?;
                    assert_eq!(consistency::check(desk, id)?.rules(), [*rule], "{database}");
                }
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn every_rule_has_a_case() {
    let source = include_str!("../../src/consistency.rs");
    let rules: BTreeSet<&str> = source.split(".say(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(CASES.iter().map(|(rule, _)| *rule).collect::<BTreeSet<_>>(), rules);
}

#[test]
fn two_files_that_differ_are_told_until_somebody_decides() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let said = |desk: &Desk, id| -> Result<Vec<String>> {
                    Ok(consistency::check(desk, id)?.iter().filter(|f| f.rule == "sources-differ").map(|f| f.says.clone()).collect())
                };
                let id = entered(desk, &Life { details: Details { born: Some(date("1985-04")), ..sound().details }, ..sound() })?;
                brought(desk, "乙.xlsx")?;
                amended(desk, id, |d| d.born = Some(date("1985-04-12")))?;
                assert_eq!(said(desk, id)?, Vec::<String>::new(), "{database}: a day within the month says more, not otherwise");
                amended(desk, id, |d| d.health = Some("健康".into()))?;
                brought(desk, "丙.lrmx")?;
                amended(desk, id, |d| d.born = Some(date("1984-04-12")))?;
                assert_eq!(said(desk, id)?, ["出生年月：“乙.xlsx”记为 1985-04-12，“丙.lrmx”记为 1984-04-12"], "{database}");

                let joined = dated::of::<Membership>(desk, id)?.remove(0);
                let number = entry(desk)?;
                dated::replace(desk, joined.id, id, &Membership { from_day: Some(date("2007-07")), ..joined.row }, number)?;
                assert_eq!(said(desk, id)?.last().map(String::as_str), Some("入党时间：“甲.lrmx”记为 2006-06，“丙.lrmx”记为 2007-07"), "{database}");

                desk.brought_by(None);
                amended(desk, id, |d| d.born = Some(date("1985-04-12")))?;
                assert_eq!(said(desk, id)?.len(), 1, "{database}: the birth is decided by hand, the party is not");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}
