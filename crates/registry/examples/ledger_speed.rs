//! How a ledger's generated SQL compares with the same question written by hand, on the same file:
//! `cargo run --profile dev -p registry --features testing --example ledger_speed -- DATABASE [DAY]`.
//!
//! The hand-written statement is the best we know: one scan of the standing table, the costly tests last, top fifty.

use institution::Condition;
use registry::ledger::{self, Enquiry};
use registry::{Actor, AsOf, Desk, Office, saved, testing};
use serde_json::json;
use std::time::{Duration, Instant};
use vocabulary::{Clock, Day};

const ROUNDS: usize = 7;
const PAGE: usize = 50;

fn main() {
    let mut words = std::env::args().skip(1);
    let file = words.next().expect("the database file");
    let day: Day = words.next().map_or(testing::TODAY, |d| d.parse().expect("a day"));
    let office = Office::open(store::Place::File(file.into()), testing::book(), Clock::on(day)).expect("an office");
    office
        .read(&Actor::program(), AsOf::default(), |desk| {
            let people = desk.one("select count(*) from standing", &[])?.int(0);
            let enquiry = enquiry(desk);
            let (mut ours, mut by_hand, mut found) = (Vec::new(), Vec::new(), (vec![], vec![]));
            for _ in 0..ROUNDS {
                let (took, numbers) = timed(|| first_page(desk, &enquiry));
                ours.push(took);
                found.0 = numbers?;
                let (took, numbers) = timed(|| hand_written(desk, day));
                by_hand.push(took);
                found.1 = numbers?;
            }
            assert_eq!(found.0, found.1, "both find the same people in the same order");
            let (ours, by_hand) = (median(ours), median(by_hand));
            println!("people {people}, found on the first page {}", found.0.len());
            println!("ledger      {:>8.1} ms", ours.as_secs_f64() * 1e3);
            println!("by hand     {:>8.1} ms", by_hand.as_secs_f64() * 1e3);
            println!("ratio       {:>8.2}", ours.as_secs_f64() / by_hand.as_secs_f64());
            Ok::<_, registry::Error>(())
        })
        .expect("measured");
}

/// Ten tests, sorted, in the order an officer would say them.
fn enquiry(desk: &Desk) -> Enquiry {
    let json = json!({
        "of": "official",
        "where": { "all": [
            { "fact": "sex", "is": "女" },
            { "fact": "age", "at_most": 45 },
            { "fact": "party", "within": "中共" },
            { "fact": "education", "at_least": "大学" },
            { "fact": "organisation.kind", "within": "乡镇" },
            { "fact": "level", "is": "乡科级副职" },
            { "fact": "level.months", "at_least": 24 },
            { "fact": "appraisal.grade_1", "at_least": "称职" },
            { "fact": "sanction.open", "is": false },
            { "fact": "training.hours_5y", "at_least": 100 },
        ] },
        "columns": ["name", "sex", "born", "education", "post", "level.since", "appraisal.grade_1"],
        "sort": ["organisation.order", "post.order"],
    });
    let enquiry = saved::from_json(desk.dictionary(), &json).expect("an enquiry");
    assert!(matches!(&enquiry.tests, Condition::All(parts) if parts.len() == 10));
    enquiry
}

fn first_page(desk: &Desk, enquiry: &Enquiry) -> registry::Result<Vec<i64>> {
    let numbers = ledger::numbers(desk, enquiry)?;
    let lines = ledger::lines(desk, enquiry, &numbers[..numbers.len().min(PAGE)])?;
    Ok(lines.iter().map(|l| l.number).collect())
}

fn hand_written(desk: &Desk, day: Day) -> registry::Result<Vec<i64>> {
    let high: Vec<String> = desk
        .dictionary()
        .table("education")
        .and_then(|t| t.split_at("大学"))
        .map(|(high, _)| high.iter().map(|n| format!("'{n}'")).collect())
        .unwrap_or_default();
    // Born at the latest 46 years ago plus a day; at the level since two years ago; both known to the month at least.
    let youngest = day.plus_months(-46 * 12);
    let since = day.plus_months(-24);
    let five_years = day.plus_months(-60);
    let sql = format!(
        "select s.person, s.name, s.sex, s.born, s.education, s.post, s.level_since, s.appraisal_grade_1
           from standing s
          where s.sex = '女' and s.born > '{youngest}' and s.party in ('中共党员', '预备党员')
            and s.education in ({}) and s.organisation_kind in ('镇', '乡') and s.level = '乡科级副职'
            and s.level_since <= '{since}' and s.appraisal_grade_1 in ('优秀', '称职') and s.sanction_open = 0
            and (select sum(t.hours) from trainings t where t.person = s.person and t.superseded is null
                    and t.from_day > '{five_years}' and t.from_day <= '{day}') >= 100
          order by s.organisation_order is null, s.organisation_order, s.post_order is null, s.post_order, s.person
          limit {PAGE}",
        high.join(", "),
    );
    Ok(desk.rows(&sql, &[])?.iter().map(|r| r.int(0)).collect())
}

fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let begin = Instant::now();
    let answer = work();
    (begin.elapsed(), answer)
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}
