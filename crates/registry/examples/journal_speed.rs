//! How long the journal takes to write and to verify: `cargo run -p registry --all-features --example journal_speed [entries]`.

use registry::desk::Happened;
use registry::{Actor, MIGRATIONS, testing};
use std::time::Instant;
use vocabulary::Clock;

fn main() {
    let entries: usize = std::env::args().nth(1).map_or(1_000_000, |n| n.parse().expect("a number"));
    let (_, office, _guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    let program = Actor::program();
    let record = |desk: &mut registry::Desk, n: usize| {
        desk.record(Happened { act: "person.revise", subject: "person", number: Some(n as i64), says: format!("修改第 {n} 人的基本信息：健康状况、出生地") }).map(|_| ())
    };
    let began = Instant::now();
    for batch in 0..entries.div_ceil(10_000) {
        office.write(&program, |desk| (batch * 10_000..((batch + 1) * 10_000).min(entries)).try_for_each(|n| record(desk, n))).expect("written");
    }
    let each = began.elapsed().as_secs_f64() * 1e6 / entries as f64;
    println!("{entries} entries written, {each:.1} µs each");
    let mut single: Vec<f64> = (0..300)
        .map(|n| {
            let began = Instant::now();
            office.write(&program, |desk| record(desk, n)).expect("written");
            began.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    single.sort_by(f64::total_cmp);
    println!("one entry a transaction: median {:.2} ms, p95 {:.2} ms", single[150], single[285]);
    let began = Instant::now();
    let bare = office.store.write(|tx| {
        (0..1_000).try_for_each(|n: i64| {
            tx.insert("journal", &["at", "actor", "act", "subject", "number", "says"], &["x".into(), "x".into(), "x".into(), "x".into(), n.into(), "x".into()]).map(|_| ())
        })?;
        let each = began.elapsed().as_secs_f64() * 1e6 / 1e3;
        println!("a bare row without proof: {each:.1} µs");
        Err::<(), _>(store::Error::NoRow("taken back".into()))
    });
    assert!(bare.is_err());
    office.checkpoint("手动").expect("signed");
    let began = Instant::now();
    let verdict = office.verify(&[]).expect("a verdict");
    println!("{} entries verified in {:.2} s: {}", verdict.size, began.elapsed().as_secs_f64(), verdict.says());
    let began = Instant::now();
    let proof = office.store.read(|tx| registry::journal::proof::prove(tx, &office.keys, 7)).expect("proved");
    println!("one proof of {} nodes in {:.1} ms", proof.map_or(0, |p| p.path.len()), began.elapsed().as_secs_f64() * 1e3);
}
