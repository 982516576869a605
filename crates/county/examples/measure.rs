//! How long planting takes: `cargo run -p county --example measure -- PEOPLE PLACE`, PLACE being a new file or a
//! `postgres://` address of an empty database.

use county::{Plan, plant};
use store::{Migration, Place, Store};
use vocabulary::day;

const MIGRATIONS: [Migration; 1] =
    [Migration { number: 1, name: "registry", text: include_str!("../../../migrations/0001_registry.sql") }];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut words = std::env::args().skip(1);
    let people = words.next().map_or(Ok(5_000), |n| n.parse())?;
    let place = words.next().ok_or("say where: a new file, or postgres://…")?;
    let place = if place.starts_with("postgres") { Place::Postgres(place) } else { Place::File(place.into()) };
    let store = Store::open(place)?;
    store.migrate(&MIGRATIONS)?;
    let begun = std::time::Instant::now();
    let plan = Plan { people, ..Plan::on(day!(2026 - 11 - 22)) };
    let planted = store.write(|tx| plant(tx, &plan, &mut |_, _| {}))?;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("");
    println!("{planted:?} in {:?}, {peak}", begun.elapsed());
    Ok(())
}
