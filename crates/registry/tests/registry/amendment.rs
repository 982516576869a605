//! Changing a record: correcting is not changing, what was so stays, and every change can be taken back.

use registry::amendment::{Amendment, Made, changed, make, undo};
use registry::part::reading::{self, Texts};
use registry::part::{self, Of, Verb, Whose, held};
use registry::rows::{Education, RankHeld, Relative, ResumeLine, Tenure};
use registry::{Actor, Desk, Error, Person, Result, dated, draft, organisation, person, post, testing, AsOf};
use vocabulary::{Id, Outcome, Weight, day};

use crate::office::{date, somebody, town};

/// What a form would send.
pub struct Sent<'a> {
    pub whose: Whose,
    pub part: &'a str,
    pub verb: Verb,
    pub row: Option<i64>,
    pub typed: &'a [(&'a str, &'a str)],
    pub on: &'a str,
    pub basis: &'a str,
}

impl Default for Sent<'_> {
    fn default() -> Self {
        Sent { whose: Whose { of: Of::Person, number: 0 }, part: "details", verb: Verb::Add, row: None, typed: &[], on: "", basis: "" }
    }
}

pub fn send(desk: &mut Desk, sent: Sent) -> Result<Outcome<Made>> {
    let part = part::find(sent.whose.of, sent.part).expect("a part");
    let texts: Texts = sent.typed.iter().map(|(c, v)| (c.to_string(), v.to_string())).collect();
    let old = sent.row.map(|row| held::find(desk, part, sent.whose, row)).transpose()?;
    let (values, mistakes) = reading::read(desk, part, sent.verb, &texts, old.as_ref().map(|o| &o.values))?;
    assert_eq!(mistakes, [], "what is typed can be read");
    let on = Some(sent.on).filter(|d| !d.is_empty()).map(date);
    make(desk, &Amendment { part, whose: sent.whose, verb: sent.verb, row: sent.row, values, on, basis: sent.basis.into() })
}

fn tenures(desk: &Desk, id: Id<Person>) -> Result<Vec<(String, String, String)>> {
    let said = |t: dated::Stored<Tenure>| (t.row.title, t.row.from_day.to_string(), t.row.until_day.map(|d| d.to_string()).unwrap_or_default());
    Ok(dated::of::<Tenure>(desk, id)?.into_iter().map(said).collect())
}

#[test]
fn every_part_names_its_columns_and_can_be_written_by_its_verbs() {
    for of in Of::ALL {
        for part in part::all(of) {
            for field in part.fields {
                assert!(part.columns.contains(&field.column), "{}.{}", part.table, field.column);
            }
            assert!(part.named_by.iter().all(|c| part.columns.contains(c)), "{}", part.id);
            assert_eq!(part::find(of, part.id).map(|p| p.table), Some(part.table), "{} is found by its address", part.id);
        }
    }
}

#[test]
fn a_correction_replaces_and_a_change_leaves_what_was_so_until_its_day() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                town(desk)?;
                let id = somebody(desk, "李明", Some("1985-04"))?;
                let whose = Whose::person(id);
                let add = [("ladder", "职级"), ("rank", "二级主任科员"), ("from_day", "2021-03")];
                let made = send(desk, Sent { whose, part: "ranks", typed: &add, ..Sent::default() })?.done().expect("entered");
                let row = held::of(desk, part::find(Of::Person, "ranks").unwrap(), whose)?[0].id;
                let again = send(desk, Sent { whose, part: "ranks", typed: &add, ..Sent::default() })?;
                assert_eq!(again.refusals()[0], "already-recorded", "{database}");

                let without = send(desk, Sent { whose, part: "ranks", verb: Verb::Correct, row: Some(row), typed: &[("from_day", "2021-04")], ..Sent::default() })?;
                assert_eq!(without.refusals(), ["basis-missing"], "{database}: a correction rests on something");
                let corrected = Sent { whose, part: "ranks", verb: Verb::Correct, row: Some(row), typed: &[("from_day", "2021-04")], basis: "职级审批表", ..Sent::default() };
                let corrected = send(desk, corrected)?.done().expect("corrected");
                let now = dated::of::<RankHeld>(desk, id)?;
                assert_eq!((now.len(), now[0].row.from_day.to_string().as_str(), now[0].corrects), (1, "2021-04", Some(row)), "{database}");
                let says = desk.one("select says from journal where id = $1", &[corrected.entry.into()])?;
                assert_eq!(says.text(0), "更正李明的职务层次与职级“二级主任科员”：起始时间 2021-03 → 2021-04。依据：职级审批表");

                let stale = send(desk, Sent { whose, part: "ranks", verb: Verb::Withdraw, row: Some(row), basis: "误录", ..Sent::default() });
                assert!(matches!(stale, Err(Error::Changed(_))), "{database}: the row she saw is held no more");

                let row = now[0].id;
                let early = Sent { whose, part: "ranks", verb: Verb::Change, row: Some(row), typed: &[("rank", "一级主任科员")], on: "2020-01", ..Sent::default() };
                assert_eq!(send(desk, early)?.refusals(), ["ends-before-it-begins"], "{database}");
                let changed = Sent { whose, part: "ranks", verb: Verb::Change, row: Some(row), typed: &[("rank", "一级主任科员")], on: "2024-06", ..Sent::default() };
                send(desk, changed)?.done().expect("changed");
                let mut all: Vec<_> = dated::of::<RankHeld>(desk, id)?.into_iter().map(|r| (r.row.rank, r.row.from_day.to_string(), r.row.until_day.map(|d| d.to_string()))).collect();
                all.sort_by(|a, b| a.1.cmp(&b.1));
                assert_eq!(all, [("二级主任科员".into(), "2021-04".into(), Some("2024-06".into())), ("一级主任科员".into(), "2024-06".into(), None)], "{database}");
                assert_eq!(changed::by(desk, whose, made.entry)?[0].what, "新增");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn what_is_undone_is_as_it_was_and_a_later_change_stands_in_the_way() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let place = town(desk)?;
                let id = somebody(desk, "李明", Some("1985-04"))?;
                let whose = Whose::person(id);
                let typed = [("post", "青云镇镇长"), ("kind", "任职"), ("from_day", "2024-03"), ("main", "1"), ("paper", "青任〔2024〕2号")];
                let begun = send(desk, Sent { whose, part: "tenures", typed: &typed, ..Sent::default() })?.done().expect("begun");
                assert_eq!(tenures(desk, id)?, [("青云镇镇长".into(), "2024-03".into(), String::new())], "{database}");
                let posts = desk.one("select t.organisation, t.leading from tenures t where t.person = $1", &[id.number().into()])?;
                assert_eq!((posts.int(0), posts.yes(1)), (place.town.number(), true), "{database}: what the post knows");
                assert_eq!(dated::of::<RankHeld>(desk, id)?[0].row.rank, "乡科级正职", "{database}: the level follows");
                assert_eq!(dated::of::<ResumeLine>(desk, id)?[0].row.text, "青云镇镇长", "{database}: the 简历 goes on");

                let row = dated::of::<Tenure>(desk, id)?[0].id;
                let ended = Sent { whose, part: "tenures", verb: Verb::End, row: Some(row), typed: &[("end_paper", "青任〔2026〕9号")], on: "2026-10-09", ..Sent::default() };
                let ended = send(desk, ended)?.done().expect("ended");
                let first = undo::make(desk, whose, begun.entry)?;
                assert_eq!(first.refusals(), ["changed-since"], "{database}");
                undo::make(desk, whose, ended.entry)?.done().expect("undone");
                assert_eq!(tenures(desk, id)?, [("青云镇镇长".into(), "2024-03".into(), String::new())], "{database}");
                Ok::<_, Error>(())
            })
            .unwrap();
        let (id, rows) = office
            .read(&Actor::program(), AsOf::default(), |desk| {
                let id = person::who(desk, "李明")?;
                Ok::<_, Error>((id, desk.one("select count(*) from tenures", &[])?.int(0)))
            })
            .unwrap();
        assert_eq!(rows, 3, "{database}: begun, ended, as it was; nothing is overwritten for {id}");
    }
}

#[test]
fn a_seat_that_is_taken_refuses_over_the_whole_period_and_the_past_is_free() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                town(desk)?;
                let (first, second) = (somebody(desk, "李明", None)?, somebody(desk, "王芳", None)?);
                let chief = |from, until| [("post", "青云镇镇长"), ("kind", "任职"), ("from_day", from), ("until_day", until)];
                let go = |desk: &mut Desk, id, typed: &[(&str, &str)]| send(desk, Sent { whose: Whose::person(id), part: "tenures", typed, ..Sent::default() });
                assert!(go(desk, first, &chief("2020-01", ""))?.done().is_some());
                assert_eq!(go(desk, second, &chief("2023-01", ""))?.refusals(), ["no-seat-left"], "{database}");
                assert_eq!(go(desk, second, &chief("2019-06", "2020-06"))?.refusals(), ["no-seat-left"], "{database}: half a year together");
                assert!(go(desk, second, &chief("2016-01", "2020-01"))?.done().is_some(), "{database}: one after another");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn a_new_person_is_entered_once_and_the_founding_can_be_taken_back() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let typed = [("name", "周小满"), ("sex", "女"), ("born", "1990-05"), ("id_number", "990000199005120020")];
                let number = format!("99000019900512002{}", vocabulary::identity::check_digit("99000019900512002").expect("17 digits"));
                let typed: Vec<(&str, &str)> = typed.iter().map(|(c, v)| if *c == "id_number" { (*c, number.as_str()) } else { (*c, *v) }).collect();
                let made = send(desk, Sent { typed: &typed, ..Sent::default() })?.done().expect("entered");
                assert_eq!(person::find(desk, Id::new(made.whose.number))?.row.initials, "zxm", "{database}");
                assert_eq!(send(desk, Sent { typed: &typed, ..Sent::default() })?.refusals(), ["id-number-shared"], "{database}");
                let people = desk.one("select count(*) from persons", &[])?.int(0);
                assert_eq!(people, 1, "{database}: a refused person leaves nothing");
                undo::make(desk, made.whose, made.entry)?.done().expect("undone");
                assert!(person::find(desk, Id::new(made.whose.number)).is_err(), "{database}");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn lines_of_the_resume_stand_in_the_order_of_time_and_one_education_is_the_highest() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let id = somebody(desk, "李明", Some("1985-04"))?;
                let whose = Whose::person(id);
                for (from, until, text) in [("2010-07", "2015-03", "青云镇干部"), ("2015-03", "", "青云镇农业综合服务中心主任"), ("2006-09", "2010-07", "云岭农业大学学生")] {
                    let typed = [("kind", "工作"), ("from_day", from), ("until_day", until), ("text", text)];
                    send(desk, Sent { whose, part: "resume_lines", typed: &typed, ..Sent::default() })?.done().expect("entered");
                }
                let lines: Vec<_> = dated::of::<ResumeLine>(desk, id)?.into_iter().map(|l| l.row.text).collect();
                assert_eq!(lines, ["云岭农业大学学生", "青云镇干部", "青云镇农业综合服务中心主任"], "{database}");

                for (education, from) in [("大学专科", "2006-07"), ("大学本科", "2010-07")] {
                    let typed = [("mode", "全日制"), ("education", education), ("from_day", from), ("school", "云岭农业大学农学系"), ("major", "农学"), ("highest", "1")];
                    let made = send(desk, Sent { whose, part: "educations", typed: &typed, ..Sent::default() })?;
                    made.done().expect("entered");
                }
                let highest: Vec<_> = dated::of::<Education>(desk, id)?.into_iter().filter(|e| e.row.highest).collect();
                assert_eq!(highest.len(), 1, "{database}");
                assert_eq!(highest[0].row.school_text.as_deref(), Some("云岭农业大学农学系农学专业"), "{database}");

                let wife = [("relation", "妻子"), ("name", "王芳"), ("work", "青云县第一中学教师")];
                send(desk, Sent { whose, part: "relatives", typed: &wife, ..Sent::default() })?.done().expect("entered");
                let row = dated::of::<Relative>(desk, id)?[0].id;
                let moved = Sent { whose, part: "relatives", verb: Verb::Change, row: Some(row), typed: &[("work", "青云县教育局科员")], on: "2026-09-01", ..Sent::default() };
                let made = send(desk, moved)?.done().expect("changed");
                let lines = changed::by(desk, whose, made.entry)?;
                assert_eq!((lines.len(), lines[0].lines[0].old.as_str(), lines[0].lines[0].new.as_str()), (1, "青云县第一中学教师", "青云县教育局科员"));
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn an_organisation_is_renamed_from_a_day_moved_with_what_is_below_and_dissolved_when_empty() {
    for (database, office, _guard) in testing::offices() {
        let (bureau, centre) = office
            .write(&Actor::program(), |desk| {
                let place = town(desk)?;
                let bureau = Whose::organisation(place.bureau);
                let under = [("name", "县农技中心"), ("parent", "县农业农村局"), ("from_day", "2010")];
                let centre = send(desk, Sent { whose: Whose { of: Of::Organisation, number: 0 }, typed: &under, ..Sent::default() })?.done().expect("founded").whose;
                let row = |desk: &Desk, whose: Whose| Ok::<_, Error>(held::of(desk, whose.of.root(), whose)?.pop().expect("a row").id);
                let before = Sent { whose: bureau, verb: Verb::End, row: Some(row(desk, bureau)?), on: "2026-11-01", ..Sent::default() };
                assert_eq!(send(desk, before)?.refusals(), ["has-organisations-below"], "{database}");
                let renamed = [("name", "县农业农村和水利局"), ("parent", "青云镇")];
                send(desk, Sent { whose: bureau, verb: Verb::Change, row: Some(row(desk, bureau)?), typed: &renamed, on: "2026-06-01", ..Sent::default() })?.done().expect("changed");
                let below = send(desk, Sent { whose: centre, part: "details", verb: Verb::Change, row: Some(row(desk, bureau)?), on: "2026-06-01", ..Sent::default() });
                assert!(matches!(below, Err(Error::NotFound(_))), "{database}: another's row is not found");
                let id = Id::new(centre.number);
                let path = organisation::find(desk, id)?.path;
                assert_eq!(path, format!("/{}/{}/{}/{}/", place.county, place.town, place.bureau, id), "{database}: it moved along");

                let post = [("organisation", "县农技中心"), ("name", "主任"), ("seats", "1"), ("from_day", "2020-01")];
                let seat = send(desk, Sent { whose: Whose { of: Of::Post, number: 0 }, typed: &post, ..Sent::default() })?.done().expect("set up").whose;
                assert_eq!(post::find(desk, Id::new(seat.number))?.title, "县农技中心主任", "{database}");
                let person = somebody(desk, "李明", None)?;
                let begins = [("post", "县农技中心主任"), ("kind", "任职"), ("from_day", "2024-01")];
                send(desk, Sent { whose: Whose::person(person), part: "tenures", typed: &begins, ..Sent::default() })?.done().expect("begun");
                for whose in [centre, seat] {
                    let ends = send(desk, Sent { whose, verb: Verb::End, row: Some(row(desk, whose)?), on: "2026-11-01", ..Sent::default() })?;
                    assert!(matches!(ends.refusals()[..], ["has-people"] | ["post-is-held"]), "{database}");
                }
                let tenure = dated::of::<Tenure>(desk, person)?[0].id;
                send(desk, Sent { whose: Whose::person(person), part: "tenures", verb: Verb::End, row: Some(tenure), on: "2026-10-01", ..Sent::default() })?.done().expect("ended");
                send(desk, Sent { whose: centre, verb: Verb::End, row: Some(row(desk, centre)?), on: "2026-11-01", ..Sent::default() })?.done().expect("dissolved");
                assert!(post::find(desk, Id::new(seat.number)).is_err(), "{database}: its posts went with it");
                Ok::<_, Error>((place.bureau, id))
            })
            .unwrap();
        let then = office.read(&Actor::program(), AsOf::on(day!(2026 - 05 - 31)), |desk| {
            Ok::<_, Error>((organisation::find(desk, bureau)?.name, organisation::find(desk, centre)?.path.len()))
        });
        assert_eq!(then.unwrap().0, "县农业农村局", "{database}: it was called so until the day");
    }
}

#[test]
fn a_draft_is_its_writers_own_and_others_are_only_told_of_it() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let (mine, hers) = (Id::new(1), Id::new(2));
                for (name, shown) in [("a", "王主任"), ("b", "李科长")] {
                    desk.insert("accounts", &["name", "shown", "role", "password", "entered"], &[name.into(), shown.into(), "officer".into(), "-".into(), 0.into()])?;
                }
                let page = "/officials/1/edit?verb=correct";
                let typed = |text: &str| [("health".to_owned(), text.to_owned())].into();
                draft::keep(desk, mine, page, &typed("健康"))?;
                draft::keep(desk, mine, page, &typed("一般"))?;
                assert_eq!(draft::of(desk, mine, page)?.expect("kept").content["health"], "一般", "{database}");
                assert_eq!(draft::of(desk, hers, page)?, None, "{database}");
                assert_eq!(draft::others(desk, hers, page)?.len(), 1, "{database}");
                assert_eq!(draft::others(desk, mine, page)?, [], "{database}");
                draft::drop(desk, mine, page)?;
                assert_eq!(draft::of(desk, mine, page)?, None, "{database}");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn an_id_number_that_looks_wrong_is_told_and_only_what_is_no_such_number_is_refused() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                let digit = |first: &str| vocabulary::identity::check_digit(first).expect("17 digits");
                let right = format!("99000019900512002{}", digit("99000019900512002"));
                let wrong = format!("99000019900512002{}", if digit("99000019900512002") == '1' { '2' } else { '1' });
                let boy = format!("99000019900512003{}", digit("99000019900512003"));
                let person = |number: &'static str| [("name", "周小满"), ("sex", "女"), ("born", "1990-05"), ("id_number", number)];
                let rules = |made: &Made| -> Vec<String> {
                    assert!(made.findings.iter().all(|f| f.weight == Weight::Warn), "{database}: told, and no more");
                    made.findings.iter().map(|f| f.rule.clone()).collect()
                };
                let leak = |text: String| -> &'static str { text.leak() };
                let (right, wrong, boy) = (leak(right), leak(wrong), leak(boy));

                let made = send(desk, Sent { typed: &person(wrong), ..Sent::default() })?.done().expect("a wrong check digit is taken");
                assert_eq!(rules(&made), ["id-number-faulty"], "{database}");
                let whose = made.whose;
                assert_eq!(person::find(desk, Id::new(whose.number))?.row.id_number.as_deref(), Some(wrong), "{database}");
                let mut correct = |number: &'static str| {
                    let row = held::of(desk, part::find(Of::Person, "details").unwrap(), whose)?[0].id;
                    send(desk, Sent { whose, verb: Verb::Correct, row: Some(row), typed: &[("id_number", number)], basis: "身份证", ..Sent::default() }).map(|o| o.done().expect("corrected"))
                };
                assert_eq!(rules(&correct(boy)?), ["sex-differs"], "{database}: the number of a man");
                let other = format!("99000019880512002{}", digit("99000019880512002"));
                assert_eq!(rules(&correct(leak(other))?), ["birth-differs"], "{database}: born two years before");
                assert_eq!(rules(&correct("990000199013120020")?), ["id-number-faulty"], "{database}: there is no 13th month");
                assert_eq!(rules(&correct(right)?), Vec::<String>::new(), "{database}");

                let part = part::find(Of::Person, "details").unwrap();
                for (typed, says) in [("9900001990051200", "18 位"), ("99000019900512A020", "不是数字")] {
                    let texts = Texts::from([("id_number".to_owned(), typed.to_owned())]);
                    let (_, mistakes) = reading::read(desk, part, Verb::Correct, &texts, None)?;
                    assert!(mistakes.iter().any(|m| m.column == "id_number" && m.says.contains(says)), "{database}: {mistakes:?}");
                }

                let second = somebody(desk, "周小半", Some("1990-05"))?;
                let row = held::of(desk, part, Whose::person(second))?[0].id;
                let shared = Sent { whose: Whose::person(second), verb: Verb::Correct, row: Some(row), typed: &[("id_number", right), ("sex", "女")], basis: "身份证", ..Sent::default() };
                let shared = send(desk, shared)?.done().expect("a doubted number on two records is for people to clear up");
                assert_eq!(rules(&shared), ["id-number-shared"], "{database}: told once");
                assert!(shared.findings.iter().any(|f| f.says.contains("周小满")), "{database}: and with whom");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused_whichever_end_was_typed() {
    for (database, office, _guard) in testing::offices() {
        office
            .write(&Actor::program(), |desk| {
                town(desk)?;
                let id = somebody(desk, "李明", Some("1985-04"))?;
                let whose = Whose::person(id);
                let typed = [("post", "青云镇镇长"), ("kind", "任职"), ("from_day", "2021-03"), ("until_day", "2024-05")];
                send(desk, Sent { whose, part: "tenures", typed: &typed, ..Sent::default() })?.done().expect("held and given up");
                let row = dated::of::<Tenure>(desk, id)?[0].id;
                let correct = |desk: &mut Desk, typed: &[(&str, &str)]| send(desk, Sent { whose, part: "tenures", verb: Verb::Correct, row: Some(row), typed, basis: "任免文件", ..Sent::default() });
                let early = correct(desk, &[("until_day", "2020-12")])?;
                assert_eq!(early.refusals(), ["ends-before-it-begins"], "{database}");
                assert_eq!(correct(desk, &[("from_day", "2024-06")])?.refusals(), ["ends-before-it-begins"], "{database}");
                assert!(correct(desk, &[("until_day", "2021")])?.done().is_some(), "{database}: some day of that year");

                let school = [("mode", "全日制"), ("education", "大学本科"), ("started", "2003-09"), ("from_day", "2007-07"), ("school", "云岭农业大学")];
                send(desk, Sent { whose, part: "educations", typed: &school, ..Sent::default() })?.done().expect("entered");
                let row = dated::of::<Education>(desk, id)?[0].id;
                let late = Sent { whose, part: "educations", verb: Verb::Correct, row: Some(row), typed: &[("started", "2008-09")], basis: "毕业证书", ..Sent::default() };
                assert_eq!(send(desk, late)?.refusals(), ["ends-before-it-begins"], "{database}");

                let both = Texts::from([("from_day".to_owned(), "2024-06".to_owned()), ("until_day".to_owned(), "2024-05".to_owned())]);
                let (_, mistakes) = reading::read(desk, part::find(Of::Person, "tenures").unwrap(), Verb::Correct, &both, None)?;
                assert_eq!(mistakes.iter().map(|m| m.says.as_str()).collect::<Vec<_>>(), ["免职时间（2024-05）早于任职时间（2024-06）"], "{database}");
                Ok::<_, Error>(())
            })
            .unwrap();
    }
}
