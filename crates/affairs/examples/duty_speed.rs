//! Duties of a million units over a year on SQLite: who is overdue today, and the counts by tree.
//!
//! `cargo run --release -p affairs --all-features --example duty_speed -- [units]`; prints a quarter, a half and the whole.

use affairs::duty;
use registry::{Actor, AsOf, Office};
use std::path::Path;
use std::time::{Duration, Instant};
use store::{Place, Store};
use vocabulary::{Clock, Day};

const DUTY: &str = "party-life/theme-day";

fn main() {
    if let Some(file) = std::env::args().nth(1).filter(|a| a.parse::<i64>().is_err()) {
        return overview(Path::new(&file));
    }
    let most: i64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    println!("| 单位 | 一年的已办记录 | 今天谁逾期（前 200） | 逾期按乡镇计数 | 当月应办、已办按乡镇 |");
    println!("|---|---|---|---|---|");
    for units in [most / 4, most / 2, most] {
        measure(units);
    }
}

/// What the overview asks of a county that lies in `file`, by duty.
fn overview(file: &Path) {
    let book = institution::Book::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions")).expect("the institutions");
    let keys = file.parent().expect("a folder").with_extension("key");
    let keys = vault::Keys::read(&std::fs::read_to_string(keys).expect("the keys beside the folder")).expect("keys");
    let clock = Clock::on(Day::of(2026, 11, 29).expect("a day"));
    let office = Office::open_keyed(Place::File(file.to_owned()), book, clock, affairs::MIGRATIONS, keys).expect("an office");
    let actor = office.read(&Actor::program(), AsOf::default(), |desk| registry::actor::named(desk, "zuzhi")).expect("accounts").expect("an officer");
    office
        .read(&actor, AsOf::default(), |desk| {
            println!("| 事项 | 逾期 | 一年的应办、已办 |\n|---|---|---|");
            for d in duty::in_force(desk, desk.day()) {
                let at = Instant::now();
                let late: i64 = duty::count(desk, d, "/")?.values().sum();
                let counted = at.elapsed();
                let at = Instant::now();
                let owed: i64 = duty::tally(desk, d, Day::of(2026, 1, 1).unwrap_or(desk.day()), desk.day(), "/")?.values().map(|t| t.owed).sum();
                println!("| {} | {late}：{:.3} s | {owed}：{:.3} s |", d.key, counted.as_secs_f64(), at.elapsed().as_secs_f64());
            }
            Ok::<_, affairs::Error>(())
        })
        .expect("an answer");
}

fn measure(units: i64) {
    let folder = std::env::temp_dir().join(format!("zhiren-duty-speed-{}-{units}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let place = Place::File(folder.join("duties.db"));
    let today = Day::of(2026, 11, 29).expect("a day");
    let store = Store::open(place.clone()).expect("a store");
    store.migrate(affairs::MIGRATIONS).expect("a schema");
    let marks = plant(&store, units);
    drop(store);
    let book = institution::Book::from_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions")).expect("the institutions");
    let office = Office::open(place, book, Clock::on(today)).expect("an office");
    let (mut list, mut count, mut month) = (vec![], vec![], vec![]);
    let mut overdue = 0;
    for _ in 0..3 {
        office
            .read(&Actor::program(), AsOf::default(), |desk| {
                let d = duty::find(desk, DUTY)?;
                let at = Instant::now();
                assert_eq!(duty::overdue(desk, d, None, 200)?.len(), 200);
                list.push(at.elapsed());
                let at = Instant::now();
                let counts = duty::count(desk, d, "/1/")?;
                count.push(at.elapsed());
                overdue = counts.values().sum::<i64>();
                assert!(counts.len() >= 12);
                let at = Instant::now();
                duty::tally(desk, d, Day::of(2026, 11, 1).unwrap_or(today), today, "/1/")?;
                month.push(at.elapsed());
                Ok::<_, affairs::Error>(())
            })
            .expect("an answer");
    }
    let middle = |times: &mut Vec<Duration>| {
        times.sort();
        format!("{:.2} s", times[1].as_secs_f64())
    };
    println!("| {units} | {marks} | {} | {}（{overdue} 逾期） | {} |", middle(&mut list), middle(&mut count), middle(&mut month));
    std::fs::remove_dir_all(&folder).ok();
}

/// Branches in twelve towns; nineteen of twenty held every theme day of the year.
fn plant(store: &Store, units: i64) -> i64 {
    let marked = |unit: i64, month: i64| (unit * 31 + month * 17) % 20 != 0;
    store
        .write(|tx| {
            let branch = |n: i64| {
                let path = format!("/1/{}/{}/", 2 + n * 12 / (units + 1), 100 + n);
                vec![n.into(), n.into(), (100 + n).into(), path.into(), "党支部".into(), "党支部".into(), n.into(), "1990".into(), 1.into()]
            };
            tx.insert_all("branches", &["id", "entered"], &mut (1..=units).map(|n| vec![n.into(), 1.into()]))?;
            tx.insert_all("branch_details", &["id", "branch", "organisation", "path", "name", "kind", "order_no", "from_day", "entered"], &mut (1..=units).map(branch))?;
            let mut count = 0;
            for month in 1..=11i64 {
                let key = format!("2026-{month:02}-27");
                let slot = tx.insert("duty_occurrences", &["duty", "occurrence"], &[DUTY.into(), key.as_str().into()])?;
                let mark = |n: i64| vec![slot.into(), n.into(), "done".into(), key.as_str().into(), key.as_str().into(), "{}".into(), "".into(), "程序".into(), key.as_str().into(), 1.into()];
                let columns = ["slot", "unit", "kind", "on_day", "due", "data", "explained", "actor", "at", "entered"];
                count += tx.insert_all("duty_marks", &columns, &mut (1..=units).filter(|n| marked(*n, month)).map(mark))?;
            }
            tx.analyze()?;
            Ok::<_, store::Error>(count as i64)
        })
        .expect("planted")
}
