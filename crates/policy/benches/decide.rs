//! A decision costs at most 100 µs; measured over every role and action.

use criterion::{Criterion, criterion_group, criterion_main};
use policy::{Ask, Class, Ground, Role, decide};
use std::hint::black_box;

fn decisions(criterion: &mut Criterion) {
    let asks: Vec<Ask> = Role::ALL
        .into_iter()
        .flat_map(|role| policy::actions().iter().map(move |action| Ask { ground: Ground::Stated, ..Ask::plain(role, action, Class::S2) }))
        .collect();
    criterion.bench_function(&format!("{} decisions", asks.len()), |b| b.iter(|| asks.iter().filter(|a| decide(black_box(a)).allowed()).count()));
}

criterion_group!(benches, decisions);
criterion_main!(benches);
