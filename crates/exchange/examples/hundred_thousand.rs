//! How long and how much memory a hundred thousand people take: `cargo run --release -p exchange --example hundred_thousand`.

use std::ops::ControlFlow;
use std::time::Instant;

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let path = std::env::temp_dir().join("zhiren-hundred-thousand.xlsx");
    if std::env::args().nth(2).is_none() {
        let began = Instant::now();
        let units = (0..12).map(exchange::sample::unit);
        let written = exchange::sample::write_national_workbook(&path, units, exchange::sample::people(count));
        let size = std::fs::metadata(&path).map_or(0, |m| m.len());
        println!(
            "wrote {written:?} in {:?}, {} MB; memory {}",
            began.elapsed(),
            size >> 20,
            memory()
        );
    } else {
        let began = Instant::now();
        let (mut people, mut rows, mut faults) = (0, 0, 0);
        let reading = exchange::visit_path(&path, &exchange::Options::default(), &mut |_| {}, &mut |item| {
            if let exchange::Item::Person(person) = item {
                people += 1;
                rows += person.tenures.len() + person.levels.len() + person.educations.len() + person.family.len();
                faults += person.faults.len();
            }
            ControlFlow::Continue(())
        });
        println!(
            "read {people} people, {rows} rows, {faults} faults in {:?}; memory {}",
            began.elapsed(),
            memory()
        );
        if let Err(error) = reading {
            println!("{error}");
        }
    }
}

/// Highest resident memory so far, as the kernel tells it.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .unwrap_or("unknown")
        .replace("VmHWM:", "")
        .trim()
        .to_owned()
}
