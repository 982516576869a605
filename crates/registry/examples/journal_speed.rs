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
    single(&office, &program);
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

/// One row a transaction, in turns with and without journal, policy and sealing: what they add to a write.
fn single(office: &registry::Office, program: &Actor) {
    let texts = ["522301198204174418", "健康", "配偶在本县中学任教", "2024年12月受到党内警告处分"];
    office.store.write(|tx| tx.batch("create table measured (id integer primary key, a text, b text, c text, d text)")).expect("a table");
    let ask = policy::Ask::plain(program.role, policy::action("person.edit"), policy::Class::S2);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for n in 0..400 {
        let began = Instant::now();
        let bare = office.store.write(|tx| tx.insert("measured", &["a", "b", "c", "d"], &texts.map(Into::into)).map(|_| ()));
        bare.expect("written");
        without.push(began.elapsed().as_secs_f64() * 1e3);
        let began = Instant::now();
        let whole = office.write(program, |desk| {
            std::hint::black_box(policy::decide(&ask));
            let closed = texts.map(|text| desk.closed("person_details", "remark", text));
            desk.record(Happened { act: "person.revise", subject: "person", number: Some(n), says: "修改基本信息".into() })?;
            desk.insert("measured", &["a", "b", "c", "d"], &closed).map(|_| ())
        });
        whole.expect("written");
        with.push(began.elapsed().as_secs_f64() * 1e3);
    }
    for (name, all) in [("without", &mut without), ("with", &mut with)] {
        all.sort_by(f64::total_cmp);
        println!("a write of four values {name} journal, policy and sealing: median {:.2} ms, p95 {:.2} ms", all[200], all[380]);
    }
    println!("they add {:.2} ms at the median, {:.2} ms at p95", with[200] - without[200], with[380] - without[380]);
}
