//! T-46: what is S2 or above leaves no trace that can be read without the key; and what is sealed can still be asked.

use crate::office::{date, entry, somebody};
use institution::{Class, Condition, Operator, Subject};
use registry::facts::{about, implementation, is_sealed};
use registry::ledger::{self, Enquiry, Sort};
use registry::rows::*;
use registry::testing::{self, TODAY, book, offices};
use registry::{Actor, AsOf, Desk, Error, MIGRATIONS, Office, Person, Result, dated, lasting, person};
use std::sync::Arc;
use store::{Param, Place, Store};
use vault::{Keys, Profile};
use vocabulary::{Clock, Id, Value};

/// Unique markers: 200 in the end, in every kind of field.
struct Canaries(Vec<String>);

impl Canaries {
    fn next(&mut self) -> String {
        let marker = format!("CANARY{:04}Q{:06X}", self.0.len(), (self.0.len() as u64 * 0x9E37_79B9 + 0x51) & 0xFF_FFFF);
        self.0.push(marker.clone());
        marker
    }
}

fn plant(desk: &mut Desk, canaries: &mut Canaries) -> Result<Id<Person>> {
    let entry = entry(desk)?;
    let mut next = || canaries.next();
    let details = Details {
        name: "李明".into(),
        id_number: Some(next()),
        health: Some(next()),
        remark: Some(next()),
        spouse_emigrated: Some(true),
        ..Details::default()
    };
    let id = person::add(desk, details, entry)?;
    let relative = Relative { relation: "妻子".into(), name: next(), born: None, party: Some(next()), work: next(), order_no: 1 };
    dated::add(desk, id, &relative, entry)?;
    let sanction = Sanction { name: next(), kind: None, organ: Some(next()), from_day: date("2026-01-01"), until_day: None };
    dated::add(desk, id, &sanction, entry)?;
    let award = Award { name: next(), kind: None, organ: Some(next()), from_day: Some(date("2020-01")), until_day: None };
    dated::add(desk, id, &award, entry)?;
    let form = FormText { field: "JiangChengQingKuang".into(), text: next() };
    dated::add(desk, id, &form, entry)?;
    let bytes = |marker: String| Param::Bytes([b"\x89PNG", marker.as_bytes(), &[0; 40]].concat().into());
    let photo = bytes(next());
    desk.insert("photos", &["person", "kind", "checksum", "bytes", "entered"], &[id.number().into(), "png".into(), "x".into(), photo, entry.into()])?;
    let source = bytes(next());
    desk.insert("sources", &["name", "kind", "checksum", "received", "bytes"], &["a.lrmx".into(), "lrmx".into(), "y".into(), "2026".into(), source])?;
    let draft = [("remark".to_owned(), next())].into();
    registry::draft::keep(desk, Id::new(entry), &format!("/officials/{id}/edit"), &draft)?;
    others(desk, id, entry, &mut next)?;
    Ok(id)
}

/// What other rooms keep: a case, a meeting's roll, an excuse, a second factor.
fn others(desk: &mut Desk, id: Id<Person>, entry: i64, next: &mut impl FnMut() -> String) -> Result<()> {
    let t = |s: &str| Param::from(s);
    let unique = format!("{id}");
    let case = ["system", "version", "way", "place", "place_words", "words", "reported", "key", "code", "actor", "entered"];
    let values = [t("x"), t("x"), t("x"), 1.into(), next().into(), next().into(), t("2026"), unique.as_str().into(), t("c"), t("x"), entry.into()];
    let case = desk.insert("cases", &case, &values)?;
    desk.insert("case_reporters", &["case_id", "name", "phone", "entered"], &[case.into(), next().into(), next().into(), entry.into()])?;
    let mark = ["slot", "unit", "kind", "on_day", "due", "data", "explained", "actor", "at", "entered"];
    let slot = desk.insert("duty_occurrences", &["duty", "occurrence"], &[t("d"), unique.as_str().into()])?;
    let mark = desk.insert("duty_marks", &mark, &[slot.into(), id.number().into(), t("done"), t("2026"), t("2026"), t("{}"), t(""), t("x"), t("2026"), entry.into()])?;
    let roll = ["mark", "order_no", "name", "kind", "present", "why", "entered"];
    desk.insert("duty_roll", &roll, &[mark.into(), 1.into(), t("李明"), t("应到"), 0.into(), next().into(), entry.into()])?;
    let file = Param::Bytes(next().into_bytes().into());
    desk.insert("duty_files", &["mark", "field", "name", "kind", "checksum", "bytes", "entered"], &[mark.into(), t("f"), t("n"), t("k"), t("c"), file, entry.into()])?;
    let excuse = ["duty", "occurrence", "unit", "due", "reason", "note", "asked_by", "asked_on", "opinion", "entered"];
    desk.insert("duty_excuses", &excuse, &[t("d"), t("o"), 1.into(), t("2026"), t("r"), next().into(), t("x"), t("2026"), next().into(), entry.into()])?;
    let new = registry::account::NewAccount { name: &unique, shown: "周敏", role: registry::Role::Officer, scope: None, person: None, password: "qingyun-2026" };
    let account = registry::account::add(desk, new)?;
    let (now, secret) = (desk.moment, next());
    let factor = registry::account::factor::add(desk, account, registry::account::factor::Kind::Totp, "手机", &next(), 0, now)?;
    registry::account::factor::used(desk, factor, Some(&secret), now)?;
    Ok(())
}

/// The marker and what it becomes in other spellings.
fn spellings(marker: &str) -> Vec<Vec<u8>> {
    use base64::Engine;
    let raw = marker.as_bytes().to_vec();
    let hex = vault::hex(&raw);
    let wide = |big: bool| marker.bytes().flat_map(|b| if big { [0, b] } else { [b, 0] }).collect::<Vec<u8>>();
    let mut all = vec![raw.clone(), hex.to_uppercase().into_bytes(), hex.into_bytes(), wide(true), wide(false)];
    // Base64 of the marker at any of the three places within three bytes.
    for lead in 0..3 {
        let text = base64::engine::general_purpose::STANDARD_NO_PAD.encode([&vec![b'x'; lead][..], &raw].concat());
        let (from, to) = ([0, 2, 3][lead], text.len() - 2);
        all.push(text.as_bytes()[from..to].to_vec());
    }
    all
}

fn found(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

/// All bytes that somebody with the disk has: the database's files, or every row of the server as it is kept.
fn everything(office: &Office) -> Vec<u8> {
    match office.store.place() {
        Place::File(path) => {
            let mut all = Vec::new();
            for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    all.extend(std::fs::read(path).unwrap());
                }
            }
            all
        }
        Place::Postgres(_) => {
            let names = "select tablename from pg_tables where schemaname = current_schema()";
            let tables: Vec<String> = office.store.read(|tx| tx.rows(names, &[])).unwrap().iter().map(|r| r.text(0).to_owned()).collect();
            let mut all = Vec::new();
            for table in tables {
                let rows = |tx: &mut store::Tx| {
                    tx.each_as_kept(&format!("select t::text from {table} t"), &[], |row| {
                        all.extend(row.text(0).as_bytes());
                        Ok::<(), store::Error>(())
                    })
                };
                office.store.read(rows).unwrap();
            }
            all
        }
    }
}

#[test]
fn two_hundred_markers_are_nowhere_to_be_read() {
    for (name, office, guard) in offices() {
        let mut canaries = Canaries(vec![]);
        let people = office.write(&Actor::program(), |desk| (0..15).map(|_| plant(desk, &mut canaries)).collect::<Result<Vec<_>>>()).unwrap();
        assert!(canaries.0.len() >= 200 - 5, "{}", canaries.0.len());
        // Changed once more, so that freed pages and older versions are looked at as well.
        office
            .write(&Actor::program(), |desk| {
                let old = person::find(desk, people[0])?;
                let details = Details { health: Some(canaries.next()), ..old.row };
                person::amend(desk, people[0], old.id, details)
            })
            .unwrap();
        let mark = office.write(&Actor::program(), registry::rights::secret).unwrap();
        canaries.0.push(mark);
        assert!(canaries.0.len() >= 350, "{}", canaries.0.len());
        let backup = guard.folder().join("all.backup");
        lasting::backup(&office, "青云县", &backup, None, &mut |_| {}).unwrap();
        let mut all = everything(&office);
        all.extend(std::fs::read(backup).unwrap());
        assert!(found(&all, "李明".as_bytes()), "{name}: the search itself finds what is in the clear");
        for marker in &canaries.0 {
            for spelling in spellings(marker) {
                assert!(!found(&all, &spelling), "{name}: {marker} as {:?}", String::from_utf8_lossy(&spelling));
            }
        }
        // And yet who may see it sees it.
        let shown = office.read(&Actor::program(), AsOf::default(), |desk| dated::of::<Relative>(desk, people[3])).unwrap();
        assert!(shown[0].row.name.starts_with("CANARY"), "{name}");
        let details = office.read(&Actor::program(), AsOf::default(), |desk| person::find(desk, people[3])).unwrap().row;
        assert_eq!((details.spouse_emigrated, details.children_emigrated), (Some(true), None), "{name}");
        let who = office.read(&Actor::program(), AsOf::default(), |desk| person::who(desk, &details.id_number.clone().unwrap().to_lowercase()));
        assert_eq!(who.unwrap(), people[3], "{name}: found by the blind index");
    }
}

fn healthy(desk: &mut Desk, name: &str, health: Option<&str>, number: &str) -> Result<Id<Person>> {
    let id = somebody(desk, name, Some("1980-01"))?;
    let entry = entry(desk)?;
    let old = person::find(desk, id)?;
    let details = Details { health: health.map(str::to_owned), id_number: Some(number.into()), spouse_emigrated: Some(name == "丙"), ..old.row };
    person::revise(desk, id, old.id, details, entry)?;
    Ok(id)
}

#[test]
fn lists_over_sealed_facts_answer_as_over_others() {
    for (name, office, _guard) in offices() {
        let ids = office
            .write(&Actor::program(), |desk| {
                Ok::<_, Error>([
                    healthy(desk, "甲", Some("健康"), "990000198001010030")?,
                    healthy(desk, "乙", Some("一般"), "990000198001010010")?,
                    healthy(desk, "丙", None, "990000198001010020")?,
                ])
            })
            .unwrap();
        let dictionary = &office.book.dictionary;
        let fact = |id: &str| dictionary.fact(id).unwrap();
        let test = |id: &str, is: Operator| Condition::test(fact(id), is);
        let ask = |tests: Condition, sort: Vec<Sort>| Enquiry { of: Subject::Official, tests, words: vec![], columns: vec![fact("health").index], sort, group: None };
        let is = |text: &str| Operator::Is(Value::text(text));
        let by_number = |descending| vec![Sort { fact: fact("id_number").index, descending }];
        let cases = [
            (test("health", is("健康")), by_number(false), vec![ids[0]]),
            (Condition::Not(Box::new(test("health", is("健康")))), by_number(false), vec![ids[1]]),
            (test("health", Operator::Known(false)), by_number(false), vec![ids[2]]),
            (Condition::Any(vec![test("health", is("一般")), test("name", is("甲"))]), by_number(false), vec![ids[1], ids[0]]),
            (Condition::All(vec![test("health", Operator::Contains("康".into())), test("name", is("乙"))]), by_number(false), vec![]),
            (test("family.spouse_emigrated", Operator::Is(Value::Yes(true))), by_number(false), vec![ids[2]]),
            (Condition::All(vec![]), by_number(false), vec![ids[1], ids[2], ids[0]]),
            (Condition::All(vec![]), by_number(true), vec![ids[0], ids[2], ids[1]]),
            (Condition::All(vec![]), vec![Sort { fact: fact("health").index, descending: false }], vec![ids[1], ids[0], ids[2]]),
        ];
        for as_of in [AsOf::default(), AsOf { day: Some(TODAY.plus_days(-3)), known_on: None }] {
            office
                .read(&Actor::program(), as_of, |desk| {
                    for (tests, sort, wanted) in &cases {
                        let enquiry = ask(tests.clone(), sort.clone());
                        let wanted: Vec<i64> = wanted.iter().map(|id| id.number()).collect();
                        assert_eq!(ledger::numbers(desk, &enquiry)?.to_vec(), wanted, "{name} {tests:?}");
                        assert_eq!(ledger::count(desk, &enquiry)?, wanted.len() as i64, "{name}");
                        let mut lines = Vec::new();
                        ledger::each_line(desk, &enquiry, |line| {
                            lines.push(line.number);
                            Ok::<(), Error>(())
                        })?;
                        assert_eq!(lines, wanted, "{name}");
                    }
                    let groups = ledger::groups(desk, &ask(Condition::All(vec![]), vec![]), fact("health").index)?;
                    assert_eq!(groups.iter().map(|g| g.count).sum::<i64>(), 3, "{name}");
                    assert!(groups.iter().any(|g| g.value == Some(Value::text("健康")) && g.count == 1), "{name}: {groups:?}");
                    Ok::<_, Error>(())
                })
                .unwrap();
        }
    }
}

/// The database's own answer to a fact, as it is kept.
#[test]
fn the_list_of_sealed_facts_is_what_is_sealed() {
    let (_, office, _guard) = testing::sqlite(MIGRATIONS, Clock::on(TODAY));
    let mut canaries = Canaries(vec![]);
    office.write(&Actor::program(), |desk| plant(desk, &mut canaries)).unwrap();
    for standing in [true, false] {
        let question = registry::facts::Question::new(&office.book.dictionary, TODAY, None, standing);
        for fact in office.book.dictionary.of(Subject::Official) {
            let sql = format!("select {} from {}", question.value(Subject::Official, &fact.id), question.from(Subject::Official));
            let mut closed = false;
            let look = |tx: &mut store::Tx| {
                tx.each_as_kept(&sql, &[], |row| {
                    closed |= row.opt_text(0).is_some_and(|t| t.contains('\u{1e}'));
                    Ok::<(), store::Error>(())
                })
            };
            office.store.read(look).unwrap();
            if closed {
                assert!(is_sealed(&fact.id), "{} comes out closed and must not be compared in SQL", fact.id);
            }
        }
    }
}

/// Texts of S2 and above that are not sealed, with the reason.
const IN_THE_CLEAR: &[(&str, &[&str], &str)] = &[
    ("appraisals", &["grade"], "等次出自固定的六种，名册要数"),
    ("awards", &["kind"], "种类出自固定的表，名册要数"),
    ("sanctions", &["kind"], "种类出自固定的表，名册要数"),
    ("relatives", &["relation", "name_index"], "称谓出自固定的表；索引是带钥匙的散列"),
    ("person_details", &["id_number_index"], "带钥匙的散列"),
    ("pools", &["kind"], "库名"),
    ("form_texts", &["field"], "表格的栏名"),
    ("sources", &["name", "kind", "checksum"], "文件名按姓名起，S1；校验值"),
    ("accounts", &["password"], "argon2id 散列，没有钥匙也打不开"),
    ("sessions", &["token"], "随机数的散列"),
    ("duty_feeds", &["token"], "随机数的散列"),
    ("api_tokens", &["token"], "随机数的散列"),
    ("factors", &["kind", "label"], "种类和本人起的名"),
    ("drafts", &["page"], "页面地址"),
    ("procedures", &["institution", "version", "title", "actor", "edition"], "批次名称、经办人，S1"),
    ("procedure_items", &["leaves"], "编号"),
    ("procedure_endings", &["kind", "actor"], "固定的几种、经办人"),
    ("procedure_steps", &["step", "actor"], "步骤编号、经办人"),
    ("procedure_papers", &["step", "kind", "title", "file_name", "checksum", "actor"], "文书的名目"),
    ("procedure_votes", &["step"], "步骤编号；票数按规定公布"),
    ("procedure_roll", &["step", "name", "post"], "会议名单，姓名职务是 S1"),
    ("procedure_recusals", &["step", "name"], "姓名是 S1"),
    ("procedure_answers", &["rule", "kind", "approver", "actor"], "规则编号、经办人"),
    ("procedure_effects", &["step", "kind"], "固定的几种"),
    ("submissions", &["key", "print", "answer"], "随机数、散列和本站地址"),
    ("corrections", &["kind", "noun", "field", "label"], "栏名"),
    ("correction_papers", &["name", "checksum"], "文件名和校验值"),
    ("correction_decisions", &["shown"], "经办人"),
    ("statements", &["noun", "field", "label", "fact"], "栏名"),
    ("case_files", &["name", "kind", "checksum", "actor"], "文件名、校验值、经办人"),
    ("duty_roll", &["name", "kind"], "姓名是 S1"),
    ("duty_files", &["field", "name", "kind", "checksum"], "栏名、文件名和校验值"),
    ("duty_excuses", &["duty", "occurrence", "reason", "asked_by", "decision", "decided_by"], "固定的几种理由、经办人"),
    ("duty_events", &["kind", "title"], "事项名称，不涉及人"),
    ("member_fees", &["month", "actor"], "月份、经办人"),
    ("ballot_items", &["label"], "票面上的姓名和职务，S1"),
    ("ballot_roll", &["shown", "voters", "without", "voted"], "名册：谁可以投、投了没有；哪一天，没有内容"),
    ("ballot_papers", &["place", "sealed"], "带钥匙的散列；票另由票箱的钥匙封存"),
    ("point_moves", &["reason", "item", "actor"], "积分的事由和项目出自固定的表、经办人"),
    ("point_vouchers", &["code", "goods", "partner"], "散列、物品"),
];

/// Days, moments and the days' neighbours say nothing by themselves.
fn is_a_day(column: &str) -> bool {
    column.ends_with("_day") || column.ends_with("_on") || matches!(column, "at" | "since" | "used" | "closed" | "due" | "received" | "opened" | "made_up")
}

/// Every text and file of the schema whose class is S2 or above is sealed, or stands above with its reason.
#[test]
fn every_column_of_s2_is_sealed_or_argued() {
    let (_, office, _guard) = testing::sqlite(MIGRATIONS, Clock::on(TODAY));
    let sql = "select m.name, p.name, p.type from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'standing%' order by 1, p.cid";
    let rows = office.store.read(|tx| tx.rows(sql, &[])).unwrap();
    let mut open = vec![];
    for row in &rows {
        let (table, column) = (row.text(0), row.text(1));
        let is_text = !row.text(2).eq_ignore_ascii_case("bigint") && !row.text(2).eq_ignore_ascii_case("integer");
        if !is_text || is_a_day(column) || registry::register::find(table, column).is_none_or(|c| c.class < 2) {
            continue;
        }
        let sealed = registry::sealing::SEALED.iter().any(|(t, columns)| *t == table && columns.contains(&column));
        if !sealed && !IN_THE_CLEAR.iter().any(|(t, columns, _)| *t == table && columns.contains(&column)) {
            open.push(format!("{table}.{column}"));
        }
    }
    assert!(open.is_empty(), "既没有封存，也没有说明：{open:?}");
    for (table, columns) in registry::sealing::SEALED {
        for column in *columns {
            assert!(rows.iter().any(|r| (r.text(0), r.text(1)) == (*table, *column)), "{table}.{column} is no column");
        }
    }
}

/// Codes out of a closed table, days, counts and yes or no about an office's own act: decision 0017 says why.
const PLAIN: [&str; 18] = [
    "appraisal.grade_1", "appraisal.grade_2", "appraisal.grade_3", "appraisal.grade_4", "appraisal.grade_5", "appraisal.last", "appraisal.last_year",
    "awards.count", "sanction.open", "sanction.until", "family.has_spouse", "reserve", "reserve.since", "special_post", "appraisal", "awards", "sanctions", "training",
];

#[test]
fn what_is_s2_is_sealed_or_argued() {
    let book = book();
    for fact in book.dictionary.of(Subject::Official) {
        if fact.class >= Class::S2 && implementation(Subject::Official, &fact.id).is_some() {
            assert!(is_sealed(&fact.id) || PLAIN.contains(&&*fact.id), "{}（{:?}）既没有封存，也没有在 0017 里说明", fact.id, fact.class);
        }
    }
}

#[test]
fn what_was_in_the_clear_is_sealed_at_the_first_start_and_sealed_anew_at_a_rotation() {
    for (name, place, _guard) in testing::places() {
        let store = Store::open(place.clone()).unwrap();
        store.migrate(MIGRATIONS).unwrap();
        store
            .write(|tx| {
                tx.execute("insert into persons (id, entered) values (1, 1)", &[])?;
                tx.execute(
                    "insert into person_details (person, name, pinyin, initials, strokes, id_number, health, spouse_emigrated_before, entered) \
                     values (1, '李明', '', '', '', '990000198001010010', '一般', 1, 1)",
                    &[],
                )?;
                tx.execute("insert into journal (at, actor, act, subject, says) values ('2026', '程序', 'a', 'b', 'c')", &[])
            })
            .unwrap();
        drop(store);
        let keys = Keys::generate(Profile::Gm);
        let rotated = Arc::new(keys.rotated().unwrap());
        let newest_only = rotated.without_older().unwrap();
        let raw = |office: &Office| {
            let mut out = Vec::new();
            let sql = "select d.id_number, d.health, d.spouse_emigrated, d.spouse_emigrated_before, s.health from person_details d join standing s on s.person = d.person";
            let look = |tx: &mut store::Tx| {
                tx.each_as_kept(sql, &[], |row| {
                    out.push(row);
                    Ok::<(), store::Error>(())
                })
            };
            office.store.read(look).unwrap();
            out.remove(0)
        };
        let open = |keys: Arc<Keys>| Office::open_keyed(place.clone(), book(), Clock::on(TODAY), MIGRATIONS, keys).unwrap();
        let office = open(keys.into());
        let row = raw(&office);
        for at in [0, 1, 2, 4] {
            assert_eq!(vault::seal::Sealer::key_of(row.text(at)), Some(1), "{name}: column {at}");
        }
        assert_eq!(*row.param(3), Param::Null, "{name}: the number that was there is gone");
        drop(office);
        let office = open(rotated);
        assert_eq!(office.reseal().unwrap(), 3, "{name}");
        let row = raw(&office);
        for at in [0, 1, 2, 4] {
            assert_eq!(vault::seal::Sealer::key_of(row.text(at)), Some(2), "{name}: column {at}");
        }
        drop(office);
        let office = open(Arc::new(newest_only));
        office
            .read(&Actor::program(), AsOf::default(), |desk| {
                let id = person::who(desk, "990000198001010010")?;
                let details = person::find(desk, id)?.row;
                assert_eq!((details.health.as_deref(), details.spouse_emigrated), (Some("一般"), Some(true)), "{name}");
                let facts: Vec<_> = ["health", "family.spouse_emigrated"].iter().map(|f| desk.dictionary().fact(f).unwrap()).collect();
                let values = about(desk, Subject::Official, &[id.number()], &facts)?.remove(0).values;
                assert_eq!(values, [Some(Value::text("一般")), Some(Value::Yes(true))], "{name}");
                Ok::<_, Error>(())
            })
            .unwrap();
        assert!(office.verify(&[]).unwrap().whole(), "{name}");
    }
}
