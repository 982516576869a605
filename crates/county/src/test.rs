//! The county as the office would check it. Most tests look at one planted county of 5,000 people.

#![allow(clippy::zero_prefixed_literal, reason = "a day reads as it is written")]

use crate::month::Month;
use crate::{Plan, Planted, plant, retirement};
use std::path::PathBuf;
use std::sync::OnceLock;
use store::{Migration, Place, Row, Store, Tx};
use vocabulary::{Date, Day, day, identity};

const MIGRATIONS: [Migration; 1] = [Migration { number: 1, name: "registry", text: include_str!("../../../migrations/0001_registry.sql") }];
const TODAY: Day = day!(2026 - 11 - 22);
const TABLES: [&str; 20] = [
    "organisations", "organisation_details", "posts", "post_details", "persons", "person_details", "photos", "tenures", "resume_lines", "ranks",
    "memberships", "educations", "qualifications", "appraisals", "awards", "sanctions", "trainings", "relatives", "pools", "form_texts",
];

struct Fresh(PathBuf);
impl Drop for Fresh {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}

fn fresh(name: &str) -> (Fresh, Store) {
    let path = std::env::temp_dir().join(format!("zhiren-county-{}-{name}.db", std::process::id()));
    let file = Fresh(path.clone());
    let store = Store::open(Place::File(path)).unwrap();
    store.migrate(&MIGRATIONS).unwrap();
    (file, store)
}

fn planted(store: &Store, plan: &Plan) -> crate::Result<Planted> {
    store.write(|tx| plant(tx, plan, &mut |_, _| {}))
}

/// The full county, planted once for all tests of this program.
fn county() -> &'static Store {
    static COUNTY: OnceLock<(Store, Planted)> = OnceLock::new();
    &COUNTY
        .get_or_init(|| {
            let (file, store) = fresh("full");
            let planted = planted(&store, &Plan::on(TODAY)).unwrap();
            // The open connections keep the file alive after its name is gone.
            drop(file);
            (store, planted)
        })
        .0
}

fn rows(store: &Store, sql: &str) -> Vec<Row> {
    // The writing connection stays open, also after the name of the file is gone.
    store.write(|tx: &mut Tx| tx.rows(sql, &[])).unwrap()
}
fn count(store: &Store, sql: &str) -> i64 {
    rows(store, sql)[0].int(0)
}
fn share(store: &Store, part: &str, of: &str) -> f64 {
    count(store, part) as f64 / count(store, of) as f64
}
fn hash(store: &Store) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for table in TABLES.iter().chain(&["journal"]) {
        for row in rows(store, &format!("select * from {table} order by id")) {
            hasher.update(format!("{row:?}"));
        }
    }
    hasher.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

#[test]
fn the_same_plan_gives_the_same_bytes_and_another_seed_gives_others() {
    let small = Plan { people: 300, ..Plan::on(TODAY) };
    let stores: Vec<(Fresh, Store)> = ["one", "two", "three"].iter().map(|n| fresh(n)).collect();
    planted(&stores[0].1, &small).unwrap();
    planted(&stores[1].1, &small).unwrap();
    planted(&stores[2].1, &Plan { seed: 2, ..small }).unwrap();
    assert_eq!(hash(&stores[0].1), hash(&stores[1].1));
    assert_ne!(hash(&stores[0].1), hash(&stores[2].1));
    // The written lives do not hang on the seed.
    let lives = "select t.title, t.from_day, t.until_day, d.born, d.pinyin from tenures t join person_details d on d.person = t.person where d.superseded is null \
                 and d.name in ('李明', '王建国', '陈晓燕', '赵海波', '周喆', '郑伟', '尉迟明') order by d.name, t.from_day, t.id";
    assert_eq!(rows(&stores[0].1, lives), rows(&stores[2].1, lives));
}

#[test]
fn qingyun_is_the_same_beside_other_counties() {
    let (_a, alone) = fresh("alone");
    let (_b, beside) = fresh("beside");
    planted(&alone, &Plan::on(TODAY)).unwrap();
    let two = planted(&beside, &Plan { people: 5_600, ..Plan::on(TODAY) }).unwrap();
    assert_eq!((two.counties, two.people), (2, 5_600));
    for sql in ["select name, born, id_number from person_details where person <= 5000 and corrects is null order by person", "select * from tenures where person <= 5000 order by id"] {
        assert_eq!(rows(&alone, sql), rows(&beside, sql), "{sql}");
    }
    assert_eq!(count(&beside, "select count(*) from persons"), 5_600);
    assert_eq!(rows(&beside, "select path from organisation_details where name = '第二县'")[0].text(0).matches('/').count(), 3);
}

#[test]
fn a_full_database_and_a_tiny_county_are_refused() {
    let (_file, store) = fresh("refused");
    let few = planted(&store, &Plan { people: 40, ..Plan::on(TODAY) });
    assert!(matches!(few, Err(crate::Error::TooFew { asked: 40, .. })), "{few:?}");
    planted(&store, &Plan { people: 300, ..Plan::on(TODAY) }).unwrap();
    assert!(matches!(planted(&store, &Plan::on(TODAY)), Err(crate::Error::NotEmpty)));
    let early = Plan { day: day!(2020 - 01 - 01), ..Plan::on(TODAY) };
    assert!(matches!(planted(&fresh("early").1, &early), Err(crate::Error::TooEarly(_))));
}

#[test]
fn the_county_has_its_size() {
    let store = county();
    assert_eq!(count(store, "select count(*) from persons"), 5_000);
    assert_eq!(count(store, "select count(*) from person_details where superseded is null"), 5_000);
    let kinds = |kind: &str| count(store, &format!("select count(*) from organisation_details where kind = '{kind}'"));
    assert_eq!((kinds("村"), kinds("社区"), kinds("镇") + kinds("乡") + kinds("街道")), (210, 40, 12));
    assert!(count(store, "select count(*) from organisations") > 300);
    assert_eq!(count(store, "select count(*) from photos"), 4_999, "everybody but 郑伟");
    assert!(count(store, "select max(length(bytes)) from photos") <= 4096);
    assert!((10..=14).contains(&count(store, "select count(*) from journal where act = 'person.correct'")));
}

#[test]
fn every_row_refers_to_rows_that_exist() {
    let store = county();
    assert!(rows(store, "pragma foreign_key_check").is_empty());
    for (table, column, to) in [
        ("tenures", "post", "posts"), ("tenures", "organisation", "organisations"), ("person_details", "unit", "organisations"),
        ("organisation_details", "parent", "organisations"),
    ] {
        let sql = format!("select count(*) from {table} where {column} is not null and {column} not in (select id from {to})");
        assert_eq!(count(store, &sql), 0, "{table}.{column}");
    }
    for table in TABLES {
        assert_eq!(count(store, &format!("select count(*) from {table} where entered not in (select id from journal)")), 0, "{table}");
    }
}

#[test]
fn no_period_ends_before_it_begins_and_nothing_lies_ahead() {
    periods_are_right(county(), TODAY);
}

fn periods_are_right(store: &Store, today: Day) {
    for table in ["tenures", "ranks", "memberships", "sanctions", "trainings", "pools", "resume_lines"] {
        let turned = rows(store, &format!("select id, person, from_day, until_day from {table} where until_day is not null and until_day < from_day limit 3"));
        assert!(turned.is_empty(), "{table}: {turned:?}");
    }
    for table in ["tenures", "ranks", "memberships", "sanctions", "trainings", "pools", "appraisals", "awards", "educations", "qualifications"] {
        let ahead = rows(store, &format!("select id, person, from_day from {table} where from_day > '{today}' limit 3"));
        assert!(ahead.is_empty(), "{table}: {ahead:?}");
    }
}

#[test]
fn other_days_sizes_and_seeds_stand_as_well() {
    for (n, (people, seed, today)) in
        [(300, 7, day!(2024 - 01 - 01)), (700, 8, day!(2025 - 03 - 31)), (1_500, 9, day!(2027 - 12 - 01)), (400, 10, day!(2026 - 02 - 28))].into_iter().enumerate()
    {
        let (_file, store) = fresh(&format!("other{n}"));
        let done = planted(&store, &Plan { people, seed, ..Plan::on(today) }).unwrap();
        assert_eq!(count(&store, "select count(*) from persons"), people as i64);
        assert!(done.corrections > 6, "{done:?}");
        assert!(rows(&store, "pragma foreign_key_check").is_empty());
        periods_are_right(&store, today);
        seats_are_enough(&store);
        for notable in crate::notable::NOTABLES {
            let found = count(&store, &format!("select count(distinct person) from person_details where name = '{}'", notable.name));
            assert_eq!(found, 1, "{} on {today}", notable.name);
        }
    }
}

#[test]
fn nobody_sits_where_no_seat_is() {
    let store = county();
    seats_are_enough(store);
    let seats = count(store, "select sum(seats) from post_details where leading = 1");
    let held = count(store, "select count(*) from tenures t join post_details p on p.post = t.post where p.leading = 1 and t.until_day is null and t.kind = '任职' and t.superseded is null");
    let empty = (seats - held) as f64 / seats as f64;
    assert!((0.02..0.07).contains(&empty), "{empty} of {seats} leading seats are empty");
}

fn seats_are_enough(store: &Store) {
    let sql = "select t.post, t.from_day, t.until_day, p.seats, p.title from tenures t join post_details p on p.post = t.post where t.superseded is null order by t.post, t.from_day";
    let tenures = rows(store, sql);
    for held in tenures.chunk_by(|a, b| a.int(0) == b.int(0)) {
        for start in held {
            let at = start.text(1);
            let sitting = held.iter().filter(|h| h.text(1) <= at && h.opt_text(2).is_none_or(|u| u > at)).count() as i64;
            assert!(sitting <= start.int(3), "{} on {at}: {sitting} of {}", start.text(4), start.int(3));
        }
    }
}

#[test]
fn id_numbers_are_right_and_tell_birth_and_sex() {
    let store = county();
    let people = rows(store, "select id_number, born, sex, name from person_details where superseded is null and id_number is not null");
    let mut others = 0;
    for person in &people {
        let told = identity::read(person.text(0)).unwrap_or_else(|fault| panic!("{}: {fault}", person.text(3)));
        assert!(person.text(0).starts_with("990000"));
        assert_eq!(told.female, person.text(2) == "女", "{}", person.text(3));
        others += usize::from(!told.born.to_string().starts_with(person.text(1)));
    }
    assert!((5..80).contains(&others), "{others} births disagree on purpose");
    assert_eq!(count(store, "select count(distinct id_number) from person_details where superseded is null"), people.len() as i64);
}

#[test]
fn nobody_in_office_is_past_the_age_limit_or_a_child() {
    let store = county();
    let sql = "select born, sex, retirement_limit, joined_work, name, person from person_details where superseded is null and official_state = '现职' and length(born) >= 7";
    let mut early = 0;
    for person in rows(store, sql) {
        let born: Date = person.text(0).parse().unwrap();
        let limit = person.opt_int(2).map_or(retirement::limit(person.text(1) == "女"), |l| l as i32);
        let retires = retirement::month_of(Month::of(born.earliest()), limit);
        assert!(retires >= Month::of(TODAY), "{} {} {retires:?}", person.text(4), born);
        let joined: Date = person.text(3).parse().unwrap();
        early += usize::from(born.earliest().years_until(joined.latest()) < 16);
    }
    assert!(early < 60, "{early} began work as children");
    for (grade, least) in [("乡科级副职", 27), ("乡科级正职", 30), ("县处级副职", 36)] {
        let young = rows(
            store,
            &format!("select d.name, d.born, r.from_day from ranks r join person_details d on d.person = r.person and d.superseded is null where r.rank = '{grade}' \
                      and cast(substr(r.from_day, 1, 4) as bigint) - cast(substr(d.born, 1, 4) as bigint) < {least} limit 3"),
        );
        assert!(young.is_empty(), "{grade}: {young:?}");
    }
}

#[test]
fn the_shares_are_like_the_sources() {
    let store = county();
    let people = "select count(*) from person_details where superseded is null";
    let near = |name: &str, found: f64, low: f64, high: f64| assert!((low..=high).contains(&found), "{name}: {found:.3}");
    near("women", share(store, &format!("{people} and sex = '女'"), people), 0.25, 0.32);
    near("minorities", share(store, &format!("{people} and ethnicity <> '汉族'"), people), 0.08, 0.12);
    near("party", share(store, "select count(*) from memberships where party in ('中共党员', '预备党员')", people), 0.81, 0.89);
    // `superseded is null` is what the indexes are built for.
    let leaders = "select count(distinct t.person) from tenures t join post_details p on p.post = t.post and p.superseded is null \
                   join person_details d on d.person = t.person and d.superseded is null \
                   join organisation_details o on o.organisation = p.organisation and o.superseded is null \
                   where p.leading = 1 and t.until_day is null and t.superseded is null and p.level in ('乡科级正职', '乡科级副职') and o.kind not in ('学校', '医院')";
    let rural = "and exists (select 1 from tenures x join organisation_details y on y.organisation = x.organisation and y.superseded is null \
                 where x.person = t.person and y.kind in ('镇', '乡', '街道'))";
    near("rural experience", share(store, &format!("{leaders} {rural}"), leaders), 0.68, 0.80);
    let town = format!("{leaders} and o.kind in ('镇', '乡', '街道')");
    near("young in towns", share(store, &format!("{town} and d.born > '1990-11'"), &town), 0.20, 0.33);
    let graded = "select count(*) from appraisals where superseded is null";
    near("excellent", share(store, &format!("{graded} and grade = '优秀'"), graded), 0.12, 0.20);
    let hours = "select count(*) from tenures s where s.until_day is null and s.superseded is null and s.level in ('乡科级正职', '乡科级副职') and s.main = 1";
    let enough = "and (select sum(t.hours) from trainings t where t.person = s.person and t.superseded is null and t.from_day between '2025' and '2026') >= 90";
    near("90 hours", share(store, &format!("{hours} {enough}"), hours), 0.6, 0.9);
}

#[test]
fn the_named_people_are_who_they_are() {
    let store = county();
    let today = |name: &str| {
        let sql = format!("select t.title, t.from_day, d.person, d.pinyin, t.level, t.probation_until from tenures t join person_details d on d.person = t.person and d.superseded is null \
                           where d.name = '{name}' and t.until_day is null and t.superseded is null order by t.main desc, t.order_no");
        rows(store, &sql)
    };
    let titles = |name: &str| today(name).iter().map(|r| r.text(0).to_owned()).collect::<Vec<_>>().join("、");
    assert_eq!(titles("李明"), "青云镇副镇长");
    assert_eq!(today("李明")[0].text(1), "2023-06-01");
    assert_eq!(today("李明")[0].text(4), "乡科级副职");
    assert_eq!(titles("王建国"), "县委常委、县委组织部部长");
    assert_eq!(titles("何静"), "县委副书记、县长");
    assert_eq!(titles("陈晓燕"), "青云镇党委委员、组织委员");
    assert_eq!(titles("阿依古丽·买买提"), "县文旅局副局长");
    assert_eq!(titles("赵海波"), "县农业农村局局长");
    assert_eq!(today("单志远")[0].text(3), "shan zhi yuan");
    assert_eq!(titles("周喆"), "县发展和改革局副局长");
    assert_eq!(today("钱进")[0].text(5), TODAY.plus_days(40).to_string());
    let members = rows(store, "select count(*) from tenures t join organisation_details o on o.organisation = t.organisation where o.short_name = '县委' and t.until_day is null");
    assert_eq!(members[0].int(0), 11, "the standing committee in full");
    let sun = rows(store, "select born, retirement_limit from person_details where name = '孙丽华'");
    let born: Date = sun[0].text(0).parse().unwrap();
    let days = retirement::month_of(Month::of(born.earliest()), 55).day(1).number() - TODAY.number();
    assert!((0..=90).contains(&days), "到龄 in {days} days");
    let liu = "select count(*) from sanctions s join person_details d on d.person = s.person where d.name = '刘志强' and s.until_day > '2026-11-22'";
    assert_eq!(count(store, liu), 1);
    assert_eq!(rows(store, "select born, id_number from person_details where name = '郑伟'")[0].text(0), "1988");
}

#[test]
fn what_was_known_before_a_correction_can_still_be_read() {
    let store = county();
    let born = rows(store, "select a.born, b.born, a.superseded, b.entered from person_details a join person_details b on b.corrects = a.id where a.born <> b.born");
    assert!(!born.is_empty());
    for pair in &born {
        assert_eq!(pair.int(2), pair.int(3));
        assert_eq!(pair.text(0), "1981-01");
    }
}

#[test]
fn a_resume_has_no_gap_but_on_purpose() {
    let store = county();
    let lines = rows(store, "select person, from_day, until_day, text from resume_lines order by person, order_no");
    let mut gaps = 0;
    for life in lines.chunk_by(|a, b| a.int(0) == b.int(0)) {
        gaps += usize::from(life.windows(2).any(|w| w[0].opt_text(2).is_some_and(|u| u[..7].cmp(&w[1].text(1)[..7.min(w[1].text(1).len())]).is_ne())));
    }
    assert!((1..110).contains(&gaps), "{gaps} résumés do not join up");
}
