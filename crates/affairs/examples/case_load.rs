//! How many reports a second are taken, with nothing lost, and how fast a community sees its board among 50,000 open cases.
//!
//! `cargo run -p affairs --example case_load -- [seconds] [open cases]`

use affairs::case::{self, Doing, Filter, Report};
use institution::case::Act;
use registry::organisation::{self, NewUnit};
use registry::{Actor, AsOf, Office, Organisation};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use vocabulary::{Clock, Id, Outcome};

const COMMUNITIES: usize = 250;
/// Phones that send at the same time.
const PHONES: u64 = 8;

fn main() -> Result<(), affairs::Error> {
    let mut words = std::env::args().skip(1).filter_map(|w| w.parse::<u64>().ok());
    let (seconds, open) = (words.next().unwrap_or(60), words.next().unwrap_or(50_000));
    let clock = Clock::Fixed("2026-11-23 09:00".parse().map_err(|_| affairs::Error::Wrong("clock".into()))?);
    let (_, office, _guard) = registry::testing::sqlite(affairs::MIGRATIONS, clock);
    let office = Arc::new(office);
    let (places, department) = tree(&office)?;
    taken(&office, &places, seconds)?;
    fill(&office, &places, department, open)?;
    boards(&office, &places)
}

fn tree(office: &Office) -> Result<(Vec<Id<Organisation>>, Id<Organisation>), affairs::Error> {
    office.write(&Actor::program(), |desk| {
        let unit = |parent, name: String, kind: &str| NewUnit { parent, short_name: name.clone(), name, kind: Some(kind.into()), ..NewUnit::default() };
        let root = organisation::add(desk, unit(None, "青云县".into(), "其他机构"))?;
        let department = organisation::add(desk, unit(Some(root), "县住房和城乡建设局".into(), "县政府部门"))?;
        let town = organisation::add(desk, unit(Some(root), "青云镇".into(), "镇"))?;
        let mut places = Vec::new();
        for n in 0..COMMUNITIES {
            places.push(organisation::add(desk, unit(Some(town), format!("第{n}社区"), "社区"))?);
        }
        Ok::<_, affairs::Error>((places, department))
    })
}

fn report(place: Id<Organisation>, key: String) -> Report {
    Report {
        system: "whistle-and-report".into(),
        way: "居民扫码".into(),
        words: "2号楼电梯坏了三天没人修，老人下不了楼".into(),
        place: Some(place),
        name: "田桂兰".into(),
        phone: "13900000001".into(),
        key,
        ..Report::default()
    }
}

/// Phones send one after another, each its own transaction that is on disk before it is answered.
fn taken(office: &Arc<Office>, places: &[Id<Organisation>], seconds: u64) -> Result<(), affairs::Error> {
    let (answered, slowest) = (AtomicU64::new(0), AtomicU64::new(0));
    let until = Instant::now() + Duration::from_secs(seconds);
    std::thread::scope(|scope| {
        for phone in 0..PHONES {
            let (answered, slowest) = (&answered, &slowest);
            scope.spawn(move || {
                let mut n = 0;
                while Instant::now() < until {
                    let begun = Instant::now();
                    let place = places[(phone as usize + n) % places.len()];
                    let taken = office.write(&case::resident(), |desk| case::report(desk, &report(place, format!("{phone}-{n}"))));
                    if matches!(taken, Ok(Outcome::Done(_))) {
                        answered.fetch_add(1, Ordering::Relaxed);
                        slowest.fetch_max(begun.elapsed().as_millis() as u64, Ordering::Relaxed);
                    }
                    n += 1;
                }
            });
        }
    });
    let answered = answered.into_inner();
    let kept = office.store.read(|tx| tx.one("select count(*) from cases", &[]))?.int(0);
    println!("taken: {answered} reports in {seconds} s = {} a second, slowest {} ms, kept {kept}, lost {}", answered / seconds.max(1), slowest.into_inner(), answered as i64 - kept);
    Ok(())
}

fn fill(office: &Office, places: &[Id<Organisation>], department: Id<Organisation>, open: u64) -> Result<(), affairs::Error> {
    let have = office.store.read(|tx| tx.one("select count(*) from cases", &[]))?.int(0) as u64;
    let mut n = have;
    while n < open {
        let end = open.min(n + 1_000);
        office.write(&Actor::program(), |desk| {
            for at in n..end {
                let Outcome::Done(receipt) = case::report(desk, &report(places[at as usize % places.len()], format!("fill-{at}")))? else { continue };
                if at % 4 > 0 {
                    let _ = case::act(desk, receipt.id, Doing::of(Act::Sort).word("property"))?;
                }
                if at % 4 > 1
                    && let Outcome::Done(part) = case::act(desk, receipt.id, Doing::of(Act::Whistle).unit(department))?
                    && at % 4 > 2
                {
                    let _ = case::act(desk, receipt.id, Doing::of(Act::Claim).part(part))?;
                }
            }
            Ok::<_, affairs::Error>(())
        })?;
        n = end;
    }
    println!("filled: {n} open cases");
    Ok(())
}

fn boards(office: &Office, places: &[Id<Organisation>]) -> Result<(), affairs::Error> {
    let mut times: Vec<u128> = Vec::new();
    let mut lines = 0;
    for place in places.iter().cycle().take(200) {
        let path = office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, affairs::Error>(case::unit(desk, *place)?.path))?;
        let worker = Actor { sees: registry::Sees::Below(path), role: registry::Role::CommunityWorker, ..Actor::program() };
        let begun = Instant::now();
        lines = office.read(&worker, AsOf::default(), |desk| {
            let lines = case::lines(desk, &Filter::default())?;
            // As the page does: counted by who lies below.
            std::hint::black_box(case::below(desk, &lines, Some(place.number()))?);
            Ok::<_, affairs::Error>(lines.len())
        })?;
        times.push(begun.elapsed().as_micros());
    }
    times.sort_unstable();
    println!("board of a community ({lines} open of all): p50 {} µs, p95 {} µs", times[100], times[190]);
    let begun = Instant::now();
    let all = office.read(&Actor::program(), AsOf::default(), |desk| case::lines(desk, &Filter::default()))?.len();
    println!("board of the county ({all} open): {} ms", begun.elapsed().as_millis());
    Ok(())
}
