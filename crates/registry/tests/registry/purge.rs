//! T-24: what is purged is gone from every byte, the journal still verifies, and an older backup is purged again before
//! anybody works in it. T-88: every class is proposed when its time is over, and not before.

use crate::lasting::back;
use crate::office::{date, held, town};
use registry::desk::Happened;
use registry::lasting::{self, Until};
use registry::purge::{self, Asked, Basis, Scope, Subject};
use registry::rows::*;
use registry::source::NewSource;
use registry::testing::{self, TODAY, offices};
use registry::{Actor, AsOf, Desk, Error, MIGRATIONS, Office, Person, Result, Role, account, dated, person, register, source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{Param, Place};
use vocabulary::{Clock, Day, Id, Outcome, day};

/// Two who are not one: 何部长 asks, 沈静 confirms.
fn two(office: &Office) -> (Actor, Actor) {
    let add = |name: &str, shown: &str, role: Role| {
        office
            .write(&Actor::program(), |desk| {
                account::add(desk, account::NewAccount { name, shown, role, scope: None, person: None, password: "qingyun-2026-qingyun" })?;
                Ok::<_, Error>(registry::actor::named(desk, name)?.expect("just opened"))
            })
            .unwrap()
    };
    (add("he", "何部长", Role::Head), add("shen", "沈静", Role::SecurityAdmin))
}

fn asked(office: &Office, who: &Actor, scope: &Scope, basis: Basis) -> Outcome<Id<purge::Purge>> {
    office.write(who, |desk| purge::ask(desk, scope, Some(basis), "到期清理")).unwrap()
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(done) => done,
        Outcome::Refused(findings) => panic!("{:?}", findings.into_iter().map(|f| f.says).collect::<Vec<_>>()),
    }
}

fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Outcome::Done(done) => panic!("{done:?}"),
        Outcome::Refused(findings) => findings.into_iter().map(|f| f.rule).collect(),
    }
}

fn confirmed(office: &Office, who: &Actor, id: Id<purge::Purge>) {
    done(office.write(who, |desk| purge::decide(desk, id, true, "")).unwrap());
    office.purged().unwrap();
}

/// Somebody whose every readable word is one that nobody else has.
fn plant(desk: &mut Desk, n: usize, words: &mut Vec<String>) -> Result<Id<Person>> {
    let mut next = |kind: &str| {
        let word = format!("PURGE{n:04}{kind}{:06X}", (n as u64 * 0x9E37_79B9 + kind.len() as u64) & 0xFF_FFFF);
        words.push(word.clone());
        word
    };
    let (name, school) = (next("NAME"), next("SCHOOL"));
    let file = format!("{name}.lrmx");
    let bytes = next("FILE").into_bytes();
    let source = source::keep(desk, &NewSource { name: &file, kind: "lrmx", checksum: &format!("{n:064x}"), bytes: Some(&bytes) })?;
    desk.brought_by(Some(source.number()));
    let entry = desk.record(Happened { act: "import.apply", subject: "source", number: Some(source.number()), says: format!("导入 {file}") })?;
    desk.brought_by(None);
    let id = person::add(desk, Details { name: name.clone(), native_place: Some(next("PLACE")), remark: Some(next("REMARK")), ..Details::default() }, entry)?;
    let entry = desk.record(Happened { act: "tenure.begin", subject: "person", number: Some(id.number()), says: format!("{name}任{}", next("POST")) })?;
    dated::add(desk, id, &held(None, None, &next("TITLE"), "2010", Some("2020-05")), entry)?;
    dated::add(desk, id, &ResumeLine { text: next("RESUME"), ..resume(&school) }, entry)?;
    let relative = Relative { relation: "妻子".into(), name: next("WIFE"), born: None, party: None, work: next("WORK"), order_no: 1 };
    dated::add(desk, id, &relative, entry)?;
    desk.insert("photos", &["person", "kind", "checksum", "bytes", "entered"], &[id.number().into(), "png".into(), "x".into(), Param::Bytes(next("PHOTO").into_bytes().into()), entry.into()])?;
    Ok(id)
}

fn resume(notes: &str) -> ResumeLine {
    ResumeLine { order_no: 1, kind: "工作".into(), from_day: Some(date("2010")), until_day: Some(date("2020")), text: String::new(), notes: notes.into() }
}

fn found(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w == needle)
}

/// All bytes of the database's files; of a server, every row as it is kept.
fn everything(office: &Office) -> Vec<u8> {
    let mut all = Vec::new();
    match office.store.place() {
        Place::File(path) => {
            for entry in std::fs::read_dir(path.parent().unwrap()).unwrap().flatten() {
                if entry.path().is_file() {
                    all.extend(std::fs::read(entry.path()).unwrap());
                }
            }
        }
        Place::Postgres(_) => {
            let names = "select tablename from pg_tables where schemaname = current_schema()";
            let tables: Vec<String> = office.store.read(|tx| tx.rows(names, &[])).unwrap().iter().map(|r| r.text(0).to_owned()).collect();
            for table in tables {
                let take = |row: store::Row| {
                    all.extend(row.text(0).as_bytes());
                    Ok::<(), store::Error>(())
                };
                office.store.read(|tx: &mut store::Tx| tx.each_as_kept(&format!("select t::text from {table} t"), &[], take)).unwrap();
            }
        }
    }
    all
}

fn open(place: &Place, clock: Clock, list: &Path) -> Office {
    let mut office = Office::open_keyed(place.clone(), testing::book(), clock, MIGRATIONS, vault::Keys::for_tests(vault::Profile::Intl)).unwrap();
    office.purge_list = Some(list.to_owned());
    office
}

#[test]
fn two_hundred_purged_people_are_nowhere_and_come_back_from_no_backup() {
    for (at, (name, mut office, guard)) in offices().into_iter().enumerate() {
        let list = guard.folder().join("zhiren.purges");
        office.purge_list = Some(list.clone());
        let (he, shen) = two(&office);
        let mut words = vec![];
        // On the slower of the two a tenth shows the same.
        let people = if at == 0 { 200 } else { 20 };
        let ids: Vec<Id<Person>> = office.write(&Actor::program(), |desk| (0..people).map(|n| plant(desk, n, &mut words)).collect::<Result<_>>()).unwrap();
        let mut stays = vec![];
        let other = office.write(&Actor::program(), |desk| plant(desk, 9_999, &mut stays)).unwrap();
        let names: Vec<&String> = words.iter().filter(|w| w.contains("NAME")).collect();
        let before = everything(&office);
        assert!(names.iter().all(|w| found(&before, w.as_bytes())), "{name}: the search finds what is there");
        let early = guard.folder().join("early.backup");
        lasting::backup(&office, "青云县", &early, None, &mut |_| {}).unwrap();
        office.checkpoint("手动").unwrap();

        for id in &ids {
            let purge = done(asked(&office, &he, &Scope::Person(*id), Basis::Unlawful));
            done(office.write(&shen, |desk| purge::decide(desk, purge, true, "")).unwrap());
        }
        office.purged().unwrap();
        let nowhere = |office: &Office, what: &str| {
            let all = everything(office);
            for word in &words {
                assert!(!found(&all, word.as_bytes()), "{name}, {what}: {word}");
            }
            assert!(found(&all, stays[0].as_bytes()), "{name}, {what}: who was not purged is there");
        };
        nowhere(&office, "after the purge");
        let late = guard.folder().join("late.backup");
        lasting::backup(&office, "青云县", &late, None, &mut |_| {}).unwrap();
        let bytes = std::fs::read(&late).unwrap();
        assert!(!words.iter().any(|word| found(&bytes, word.as_bytes())), "{name}: a new backup");
        let bytes = std::fs::read(&list).unwrap();
        assert!(!words.iter().any(|word| found(&bytes, word.as_bytes())), "{name}: the list names numbers");
        let verdict = office.verify(&[]).unwrap();
        assert!(verdict.whole(), "{name}: {}", verdict.says());
        assert_eq!(lasting::against(&office, &mut std::fs::File::open(&early).unwrap(), None, 9).unwrap(), Vec::<String>::new(), "{name}: what was purged is missed by nobody");
        office
            .read(&Actor::program(), AsOf::default(), |desk| {
                assert!(person::find(desk, ids[0]).is_err(), "{name}");
                assert_eq!(person::find(desk, other)?.row.name, stays[0], "{name}");
                let standing = desk.rows("select person from standing", &[])?;
                assert_eq!(standing.iter().map(|r| r.int(0)).collect::<Vec<_>>(), [other.number()], "{name}");
                Ok::<_, Error>(())
            })
            .unwrap();

        // The older backup holds them all; the list beside the key does not forget.
        let place = office.store.place().clone();
        drop(office);
        for (backup, until) in [(&early, Until::Whole), (&late, Until::Whole), (&late, Until::Sequence(ids.len() as i64))] {
            back(backup, &place, until.clone(), true, None).unwrap();
            // What was there before lies aside under another name, to be destroyed by whoever restores.
            if let Place::File(path) = &place {
                for entry in std::fs::read_dir(path.parent().unwrap()).unwrap().flatten().filter(|e| e.file_name().to_string_lossy().contains("before-restore")) {
                    std::fs::remove_file(entry.path()).unwrap();
                }
            }
            let office = open(&place, Clock::on(TODAY), &list);
            let kept = office.keep_purge_list().unwrap();
            let all = everything(&office);
            assert!(!words.iter().any(|word| found(&all, word.as_bytes())), "{name}: restored {until:?}: {kept:?}");
            let verdict = office.verify(&[]).unwrap();
            assert!(verdict.whole(), "{name} {until:?}: {}", verdict.says());
            assert_eq!(office.keep_purge_list().unwrap(), purge::list::Kept::default(), "{name}: once is enough");
            if backup == &early {
                assert_eq!(kept.replayed, ids.len(), "{name}");
                // Whoever bears a purged number later is another: nothing of theirs goes.
                let new = office.write(&Actor::program(), |desk| plant(desk, 8_888, &mut vec![])).unwrap();
                drop(office);
                let office = open(&place, Clock::on(TODAY), &list);
                assert_eq!(office.keep_purge_list().unwrap().rows, 0, "{name}");
                assert!(office.read(&Actor::program(), AsOf::default(), |desk| person::find(desk, new)).is_ok(), "{name}");
            }
        }
    }
}

/// Of every place in a SQLite file where `needle` lies: is it the unused middle of a page of a tree, between the numbers of
/// its cells and the cells?
fn in_the_unused_middle(file: &[u8], needle: &[u8]) -> Vec<bool> {
    let number = |at: usize| usize::from(u16::from_be_bytes([file[at], file[at + 1]]));
    let size = number(16);
    let places = (0..file.len() - needle.len()).filter(|at| file[*at..].starts_with(needle));
    let in_middle = |at: usize| {
        let page = at / size * size;
        // A leaf of a table or of an index; the first page has the file's own head before it.
        let head = if page == 0 { 100 } else { 0 } + page;
        let (cells, content) = (number(head + 3), number(head + 5));
        matches!(file[head], 10 | 13) && (head + 8 + 2 * cells..page + content).contains(&at)
    };
    places.map(in_middle).collect()
}

/// Why a purge writes the file anew: rows that a growing or shrinking tree has moved leave a copy in the page they came from,
/// and `secure_delete` does not see it. Without the control, which finds such copies, this would show nothing.
#[test]
fn what_a_row_left_behind_when_it_moved_is_gone_when_the_file_is_written_anew() {
    use rand::{RngExt, SeedableRng};
    let folder = std::env::temp_dir().join(format!("zhiren-moved-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (mut left, mut elsewhere) = (0, 0);
    for seed in 0..24 {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
        let path = folder.join(format!("{seed}.db"));
        let store = store::Store::open(Place::File(path.clone())).unwrap();
        let mut ids: Vec<i64> = (0..200).collect();
        for at in (1..ids.len()).rev() {
            ids.swap(at, rng.random_range(0..=at));
        }
        store
            .write(|tx| {
                tx.batch("create table t (id integer primary key, name text not null, content text not null)")?;
                for id in 0..220 {
                    let name = if id < 200 { format!("PURGED{id:04}") } else { format!("STAYS{id:04}") };
                    let content = "x".repeat(rng.random_range(100..1_800));
                    tx.execute("insert into t (id, name, content) values ($1, $2, $3)", &[id.into(), name.as_str().into(), content.as_str().into()])?;
                }
                Ok::<_, store::Error>(())
            })
            .unwrap();
        store.write(|tx| ids.iter().try_for_each(|id| tx.execute("delete from t where id = $1", &[(*id).into()]).map(|_| ()))).unwrap();
        assert!(store.forget(&[]).unwrap());
        let found = in_the_unused_middle(&std::fs::read(&path).unwrap(), b"PURGED");
        left += usize::from(!found.is_empty());
        elsewhere += found.iter().filter(|middle| !**middle).count();
        store.scrub().unwrap();
        let file = std::fs::read(&path).unwrap();
        assert!(!self::found(&file, b"PURGED"), "seed={seed}");
        assert!(self::found(&file, b"STAYS0219"), "seed={seed}");
    }
    println!("{left} of 24 files kept a copy of a row that was deleted");
    assert!(left > 0, "nothing was ever left behind: the file need not be written anew");
    assert_eq!(elsewhere, 0, "what is left lies where rows were moved from");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn one_asks_another_confirms_and_nobody_purges_what_goes_on() {
    for (name, office, _guard) in offices() {
        let (he, shen) = two(&office);
        let mut words = vec![];
        let (gone, in_office) = office
            .write(&Actor::program(), |desk| {
                let town = town(desk)?;
                let (gone, in_office) = (plant(desk, 1, &mut words)?, plant(desk, 2, &mut words)?);
                let entry = crate::office::entry(desk)?;
                dated::add(desk, in_office, &held(Some(town.deputy), Some(town.town), "青云镇副镇长", "2024", None), entry)?;
                Ok::<_, Error>((gone, in_office))
            })
            .unwrap();
        assert_eq!(refused(asked(&office, &he, &Scope::Person(in_office), Basis::Unlawful)), ["purge-in-office"], "{name}");
        let says_name = office.write(&he, |desk| purge::ask(desk, &Scope::Person(gone), None, &words[0])).unwrap();
        assert_eq!(refused(says_name), ["purge-basis", "purge-reason-names"], "{name}");
        let purge = done(asked(&office, &he, &Scope::Person(gone), Basis::Withdrawn));
        assert_eq!(refused(asked(&office, &he, &Scope::Person(gone), Basis::Withdrawn)), ["purge-waiting"], "{name}");
        let by = |who: &Actor, agreed| office.write(who, |desk| purge::decide(desk, purge, agreed, "")).unwrap();
        assert_eq!(refused(by(&he, true)), ["purge-two-persons"], "{name}");
        assert_eq!(refused(by(&shen, false)), ["purge-reason"], "{name}");
        let hold = done(office.write(&he, |desk| purge::hold(desk, &Subject::Person(gone), "诉讼尚未结束")).unwrap());
        assert_eq!(refused(by(&shen, true)), ["purge-held"], "{name}");
        office.write(&he, |desk| purge::lift(desk, hold)).unwrap();
        office
            .write(&Actor::program(), |desk| {
                let entry = crate::office::entry(desk)?;
                dated::add(desk, gone, &held(None, None, "又补录的一段", "2005", Some("2006")), entry)
            })
            .unwrap();
        assert_eq!(refused(by(&shen, true)), ["purge-changed"], "{name}: what is confirmed is what was asked");
        let why = office.write(&shen, |desk| purge::decide(desk, purge, false, "重新提请")).unwrap();
        done(why);
        let purge = done(asked(&office, &he, &Scope::Person(gone), Basis::Withdrawn));
        confirmed(&office, &shen, purge);
        let shown: Asked = office.read(&he, AsOf::default(), |desk| purge::find(desk, purge)).unwrap();
        assert_eq!((shown.agreed, shown.decider.as_deref()), (Some(true), Some("沈静")), "{name}");
        let again = office.write(&shen, |desk| purge::decide(desk, purge, true, ""));
        assert!(matches!(again, Err(Error::Changed(_))), "{name}");
        let certificate = office.read(&Actor::program(), AsOf::default(), |desk| registry::journal::numbered(desk, shown.entry.unwrap())).unwrap().unwrap();
        assert!(certificate.act == "purge.confirm" && certificate.actor == "沈静", "{name}: {certificate:?}");
    }
}

#[test]
fn a_list_that_another_wrote_is_refused() {
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(TODAY));
    let list = guard.folder().join("zhiren.purges");
    office.purge_list = Some(list.clone());
    let (he, shen) = two(&office);
    let id = office.write(&Actor::program(), |desk| plant(desk, 1, &mut vec![])).unwrap();
    let purge = done(asked(&office, &he, &Scope::Person(id), Basis::Unlawful));
    confirmed(&office, &shen, purge);
    let whole = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, whole.replacen("\"delete\"", "\"empty\"", 1)).unwrap();
    assert!(office.keep_purge_list().unwrap_err().to_string().contains("不是本单位的钥匙写的"));
    // A line that broke off is written anew.
    std::fs::write(&list, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(office.keep_purge_list().unwrap().noted, 1);
    assert_eq!(std::fs::read_to_string(&list).unwrap(), whole);
}

/// Tables that the program looks after by itself, with when.
const BY_ITSELF: &[(&str, &str)] = &[("submissions", "七日"), ("guesses", "三十日"), ("drafts", "三十日"), ("api_answers", "三十日"), ("hook_deliveries", "送达后九十日")];

#[test]
fn every_period_of_the_register_has_a_rule() {
    let ruled: BTreeSet<&str> = purge::rules().iter().flat_map(|r| r.tables.iter().map(String::as_str)).collect();
    for column in register::all() {
        let ends = ["年", "日", "清除", "在职期间"].iter().any(|word| column.retention.contains(word));
        let for_ever = column.retention.contains("长期") || column.retention.contains("180日）") || column.retention == "随记录保存";
        if ends && !for_ever {
            let known = ruled.contains(column.table) || BY_ITSELF.iter().any(|(table, _)| *table == column.table);
            assert!(known, "{}.{}：“{}”没有对应的保存期限规则", column.table, column.column, column.retention);
        }
    }
}

#[test]
fn every_column_that_names_a_person_is_purged_or_argued() {
    let (_, office, _guard) = testing::sqlite(MIGRATIONS, Clock::on(TODAY));
    let sql = "select m.name, p.name from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table' and (p.name = 'person' or p.name like '%_person' or p.name = 'reader') order by 1, 2";
    for row in office.store.read(|tx| tx.rows(sql, &[])).unwrap() {
        let (table, column) = (row.text(0), row.text(1));
        let goes = column == "person" && (purge::OF_PERSON.contains(&table) || purge::CHILDREN.iter().any(|(t, _)| *t == table));
        let stays = purge::KEPT.iter().any(|(t, c, _)| (*t, *c) == (table, column)) || (table, column) == ("tickets", "reader");
        assert!(goes || stays, "{table}.{column}");
    }
}

/// One row in every table that a rule is about, ended on the same day, with what it belongs to.
fn aging(desk: &mut Desk, ended: Day) -> Result<()> {
    let entry = desk.record(Happened { act: "test", subject: "test", number: None, says: "种下".into() })?;
    let (day, moment) = (ended.to_string(), format!("{ended}T09:00:00+08:00"));
    let id = person::add(desk, Details { name: "吴桂英".into(), ..Details::default() }, entry)?;
    dated::add(desk, id, &held(None, None, "青云镇副镇长", "2010", Some(&day)), entry)?;
    dated::add(desk, id, &Relative { relation: "丈夫".into(), name: "郑强".into(), born: None, party: None, work: "务农".into(), order_no: 1 }, entry)?;
    dated::add(desk, id, &PoolEntry { kind: "后备干部".into(), from_day: date("2009"), until_day: Some(date("2012")) }, entry)?;
    let person: Param = id.number().into();
    let e: Param = entry.into();
    let mut put = |table: &str, columns: &[&str], values: &[Param]| desk.insert(table, columns, values);
    let t = |s: &str| Param::from(s);
    let case = put("cases", &["system", "version", "way", "place", "place_words", "words", "reported", "key", "code", "actor", "entered"], &[t("x"), t("x"), t("x"), 1.into(), t("a"), t("b"), t(&moment), t("k"), t("c"), t("x"), e.clone()])?;
    put("case_reporters", &["case_id", "name", "phone", "entered"], &[case.into(), t("钱二"), t("1"), e.clone()])?;
    put("case_files", &["case_id", "name", "kind", "checksum", "at", "actor", "entered"], &[case.into(), t("a"), t("b"), t("c"), t(&moment), t("x"), e.clone()])?;
    put("case_subjects", &["case_id", "person", "told", "entered"], &[case.into(), person.clone(), 1.into(), e.clone()])?;
    for act in ["report", "sign_off"] {
        put("case_deeds", &["case_id", "act", "at", "word", "says", "leads", "evidence", "actor", "entered"], &[case.into(), t(act), t(&moment), t(""), t("说明"), 0.into(), 0.into(), t("x"), e.clone()])?;
    }
    let slot = put("duty_occurrences", &["duty", "occurrence"], &[t("d"), t("2010")])?;
    let mark = put("duty_marks", &["slot", "unit", "kind", "on_day", "due", "data", "explained", "actor", "at", "entered"], &[slot.into(), 1.into(), t("done"), t(&day), t(&day), t("{\"a\":\"b\"}"), t(""), t("x"), t(&moment), e.clone()])?;
    put("duty_roll", &["mark", "order_no", "person", "name", "kind", "present", "why", "entered"], &[mark.into(), 1.into(), person.clone(), t("吴桂英"), t("应到"), 0.into(), t("病假"), e.clone()])?;
    put("duty_files", &["mark", "field", "name", "kind", "checksum", "entered"], &[mark.into(), t("f"), t("n"), t("k"), t("c"), e.clone()])?;
    put("duty_excuses", &["duty", "occurrence", "unit", "due", "reason", "note", "asked_by", "asked_on", "entered"], &[t("d"), t("o"), 1.into(), t(&day), t("r"), t("n"), t("x"), t(&day), e.clone()])?;
    put("duty_events", &["kind", "on_day", "title", "entered"], &[t("k"), t(&day), t("t"), e.clone()])?;
    let charge = put("charges", &["entered"], &[e.clone()])?;
    put("charge_details", &["charge", "kind", "person", "who", "place", "path", "placed", "from_day", "until_day", "entered"], &[charge.into(), t("k"), person.clone(), t("吴桂英"), 1.into(), t("/1/"), t("p"), t("2010"), t(&day), e.clone()])?;
    let matter = put("matters", &["institution", "version", "title", "unit", "path", "year", "opened", "actor", "entered"], &[t("i"), t("v"), t("t"), 1.into(), t("/1/"), 2010.into(), t(&day), t("x"), e.clone()])?;
    put("matter_steps", &["matter", "step", "done_on", "data", "actor", "at", "entered"], &[matter.into(), t("s"), t(&day), t("{\"a\":\"b\"}"), t("x"), t(&moment), e.clone()])?;
    put("matter_endings", &["matter", "result", "on_day", "actor", "entered"], &[matter.into(), t("通过"), t(&day), t("x"), e.clone()])?;
    let task = put("tasks", &["unit", "entered"], &[1.into(), e.clone()])?;
    put("task_details", &["task", "path", "problem", "measure", "owner", "due", "done_on", "evidence", "entered"], &[task.into(), t("/1/"), t("p"), t("m"), t("o"), t(&day), t(&day), t("e"), e.clone()])?;
    let listed = put("register_entries", &["register", "unit", "path", "entered"], &[t("volunteering/teams"), 1.into(), t("/1/"), e.clone()])?;
    // What gave way goes with what stands: a telephone that was changed is no less one.
    put("register_details", &["entry", "act", "title", "data", "guarded", "from_day", "actor", "entered", "superseded"], &[listed.into(), t("add"), t("邻里修修队"), t("{\"lead\":\"赵强\"}"), t("{\"phone\":\"13800000001\"}"), t("2010-01-01"), t("x"), e.clone(), e.clone()])?;
    put("register_details", &["entry", "act", "title", "data", "guarded", "from_day", "until_day", "actor", "entered"], &[listed.into(), t("end"), t("邻里修修队"), t("{\"lead\":\"赵强\"}"), t("{\"phone\":\"13800000000\"}"), t("2010-01-01"), t(&day), t("x"), e.clone()])?;
    let branch = put("branches", &["entered"], &[e.clone()])?;
    let member = put("members", &["person", "entered"], &[person, e.clone()])?;
    let _ = branch;
    put("member_fees", &["member", "month", "amount", "paid_on", "actor", "entered"], &[member.into(), t("2010-01"), 100.into(), t(&day), t("x"), e.clone()])?;
    put("mutual_ratings", &["period", "rater", "rated", "word", "says", "at", "actor", "entered"], &[t("p"), 1.into(), 2.into(), t("好"), t(""), t(&moment), t("x"), e.clone()])?;
    let account = put("accounts", &["name", "shown", "role", "password", "closed", "entered"], &[t("wu"), t("吴桂英"), t("recorded"), t("$argon2id$"), e.clone(), e.clone()])?;
    put("external_logins", &["account", "kind", "issuer", "subject", "entered"], &[account.into(), t("oidc"), t("i"), t("s"), e.clone()])?;
    put("factors", &["account", "kind", "label", "secret", "since", "closed", "entered"], &[account.into(), t("totp"), t("l"), t("s"), t(&moment), t(&moment), e.clone()])?;
    let token = put("api_tokens", &["account", "name", "token", "scopes", "since", "until", "closed", "entered"], &[account.into(), t("n"), t("t"), t("read"), t(&moment), t("2040-01-01"), t(&moment), e.clone()])?;
    put("api_answers", &["token", "name", "request", "status", "body", "at", "entered"], &[token.into(), t("n"), t("r"), 200.into(), t("{}"), t(&moment), 0.into()])?;
    let hook = put("hooks", &["name", "address", "secret", "kinds", "since", "closed", "entered"], &[t("n"), t("https://a.example/"), t("s"), t("person"), t(&moment), t(&moment), e.clone()])?;
    put("hook_deliveries", &["hook", "entered", "due", "tries", "delivered"], &[hook.into(), e.clone(), t(&moment), 1.into(), t(&moment)])?;
    put("duty_feeds", &["account", "token", "since", "closed"], &[account.into(), t("t"), t(&moment), t(&moment)])?;
    put("sessions", &["token", "account", "since", "seen", "closed"], &[t("t"), account.into(), t(&moment), t(&moment), t(&moment)])?;
    put("browsers", &["account", "token", "since", "seen"], &[account.into(), t("t"), t(&moment), t(&moment)])?;
    put("sign_ins", &["account", "at", "means", "went"], &[account.into(), t(&moment), t("密码"), t("in")])?;
    put("duty_digests", &["account", "day", "lines", "made"], &[account.into(), t(&day), t("[]"), t(&moment)])?;
    Ok(())
}

/// Ten years by the clock, a day before each period is over and on the day: what is proposed, and that it goes.
#[test]
fn each_class_is_purged_when_its_time_is_over_and_held_when_it_must_be() {
    for (name, mut office, _guard) in offices() {
        let ended = day!(2026 - 12 - 01);
        office.clock = Clock::on(ended);
        let (he, shen) = two(&office);
        office.write(&Actor::program(), |desk| aging(desk, ended)).unwrap();
        let due = |office: &Office| office.read(&he, AsOf::default(), purge::due).unwrap();
        let mut by_months: BTreeMap<i32, BTreeSet<&str>> = BTreeMap::new();
        for rule in purge::rules() {
            by_months.entry(rule.months).or_default().insert(&rule.id);
        }
        let mut purged = 0;
        for (months, rules) in &by_months {
            let over = ended.plus_months(*months);
            office.clock = Clock::on(over.plus_days(-1));
            let early: Vec<_> = due(&office).iter().map(|d| d.rule).filter(|r| rules.contains(r)).collect();
            assert!(early.is_empty() || *months == 0, "{name}: before its time: {early:?}");
            office.clock = Clock::on(over);
            let found: BTreeSet<_> = due(&office).iter().map(|d| d.rule).collect();
            assert_eq!(&found, rules, "{name}: after {months} months");
            for rule in rules {
                let scope = Scope::Rule((*rule).to_owned());
                let hold = done(office.write(&he, |desk| purge::hold(desk, &Subject::Rule((*rule).to_owned()), "巡察期间")).unwrap());
                assert!(due(&office).iter().all(|d| d.rule != *rule), "{name}: {rule} is held");
                assert_eq!(refused(asked(&office, &he, &scope, Basis::PeriodOver)), ["purge-nothing"], "{name}");
                office.write(&he, |desk| purge::lift(desk, hold)).unwrap();
                let purge = done(asked(&office, &he, &scope, Basis::PeriodOver));
                confirmed(&office, &shen, purge);
                purged += 1;
            }
            assert_eq!(due(&office), vec![], "{name}: done once, nothing is found again after {months} months");
        }
        assert_eq!(purged, purge::rules().len(), "{name}");
        let left = office
            .read(&he, AsOf::default(), |desk| {
                let word = |sql: &str| desk.one(sql, &[]).map(|r| r.text(0).to_owned());
                let none = |table: &str| desk.one(&format!("select count(*) from {table}"), &[]).map(|r| r.int(0));
                assert_eq!((none("relatives")?, none("case_reporters")?, none("duty_files")?, none("member_fees")?, none("factors")?), (0, 0, 0, 0, 0), "{name}");
                assert_eq!(none("register_details where guarded is not null or data <> '{}'")?, 0, "{name}");
                Ok::<_, Error>([word("select words from cases")?, word("select name from duty_roll")?, word("select data from matter_steps")?, word("select password from accounts where name = 'wu'")?, word("select title || data || coalesce(guarded, '') from register_details")?])
            })
            .unwrap();
        assert_eq!(left, ["（已清除）", "（已清除）", "{}", "", "（已清除）{}"], "{name}: what others refer to is empty");
        assert!(office.verify(&[]).unwrap().whole(), "{name}");
    }
}
