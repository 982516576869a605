//! How many people a second: the selection rules as data, and the same rules written by hand.
//!
//! By hand twice: from the same fact set, as any program here would have to, and from a struct of bare numbers, which is
//! the floor. All say the same; the bench asserts it before it measures.
//! Run: `cargo bench -p institution`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use institution::{Book, Dictionary, FactSet, Institution};
use std::hint::black_box;
use std::path::PathBuf;
use vocabulary::{Day, Value, day};

const ON: Day = day!(2026 - 11 - 22);

/// 乡科级正职 proposed as 县处级副职, everything on record and in order.
const GOOD: &[(&str, Fact)] = &[
    ("level", Fact::Text("乡科级正职")),
    ("seat.level", Fact::Text("县处级副职")),
    ("work_months", Fact::Number(240)),
    ("base.months", Fact::Number(96)),
    ("tenure.months_as_chief", Fact::Number(40)),
    ("tenure.posts_at_level", Fact::Number(2)),
    ("education", Fact::Text("大学")),
    ("training.met", Fact::Yes(true)),
    ("proposal.statutory_qualification_needed", Fact::Yes(false)),
    ("proposal.party_post", Fact::Yes(false)),
    ("party", Fact::Text("中共党员")),
    ("integrity.political_breach", Fact::Yes(false)),
    ("appraisal.grade_1", Fact::Text("优秀")),
    ("integrity.canvassing", Fact::Yes(false)),
    ("family.has_spouse", Fact::Yes(true)),
    ("family.spouse_emigrated", Fact::Yes(false)),
    ("sanction.open", Fact::Yes(false)),
    ("integrity.after_effect", Fact::Yes(false)),
    ("integrity.under_review", Fact::Yes(false)),
    ("proposal.over_seats", Fact::Yes(false)),
    ("proposal.kin_conflict", Fact::Yes(false)),
    ("proposal.chief_of_county_or_town", Fact::Yes(false)),
    ("proposal.term_rule_post", Fact::Yes(false)),
];

#[derive(Clone, Copy)]
enum Fact {
    Text(&'static str),
    Number(i64),
    Yes(bool),
}

fn fact_set(dictionary: &Dictionary) -> FactSet {
    let mut set = FactSet::new(dictionary);
    for (id, fact) in GOOD {
        let value = match fact {
            Fact::Text(text) => Value::text(text),
            Fact::Number(n) => Value::Number(*n),
            Fact::Yes(yes) => Value::Yes(*yes),
        };
        set.set(dictionary.fact(id).expect("a fact of the dictionary").index, Some(value));
    }
    set
}

/// The facts of one proposal as a programmer would keep them.
#[derive(Clone, Default)]
struct ByHand {
    level: Option<u8>,
    target: Option<u8>,
    from_rank: bool,
    exception: bool,
    work_months: Option<i64>,
    base_months: Option<i64>,
    months_as_deputy: Option<i64>,
    months_as_chief: Option<i64>,
    level_months: Option<i64>,
    posts_at_level: Option<i64>,
    education: Option<u8>,
    training_met: Option<bool>,
    training_special: Option<bool>,
    qualification_needed: Option<bool>,
    qualification: Option<bool>,
    party_post: Option<bool>,
    member: Option<bool>,
    party_months: Option<i64>,
    party_required: Option<i64>,
    political: Option<bool>,
    grade_low: Option<bool>,
    canvassing: Option<bool>,
    special_post: Option<bool>,
    spouse: Option<bool>,
    spouse_left: Option<bool>,
    children_left: Option<bool>,
    sanction_open: Option<bool>,
    after_effect: Option<bool>,
    under_review: Option<bool>,
    over_seats: Option<bool>,
    kin: Option<bool>,
    chief_of_town: Option<bool>,
    home_area: Option<bool>,
    term_rule: Option<bool>,
    terms: Option<i64>,
}

type Verdicts = Vec<(u8, Option<bool>)>;

/// Kleene's and; an answer of `Some(true)` means that the rule is broken.
fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}
fn or(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    and(a.map(|x| !x), b.map(|x| !x)).map(|x| !x)
}

fn examine_by_hand(p: &ByHand) -> Verdicts {
    let mut found = Vec::new();
    let mut rule = |number: u8, broken: Option<bool>| {
        if broken != Some(false) {
            found.push((number, broken));
        }
    };
    let up = p.level.zip(p.target).map(|(level, target)| i16::from(target) - i16::from(level));
    let chief = p.target.map(|t| t % 2 == 0);
    let promoted = if p.from_rank { Some(false) } else { up.map(|u| u >= 1) };
    let county = p.target.map(|t| t >= 5);
    let county_only = p.target.map(|t| t == 5 || t == 6);
    let plain = Some(!p.exception);
    let deputy_to_chief = and(up.map(|u| u == 1 && !p.from_rank), chief);
    let upper_deputy = and(up.map(|u| u == 1 && !p.from_rank), p.level.map(|l| l % 2 == 0));
    let first = and(up.map(|u| u == 1 && !p.from_rank), p.target.map(|t| t == 3));
    let below = |value: Option<i64>, least: i64| value.map(|v| v < least);
    rule(1, and(and(promoted, county_only), and(plain, below(p.work_months, 60))));
    rule(2, and(and(promoted, county_only), and(plain, below(p.base_months, 24))));
    rule(3, and(and(promoted, county), and(plain, below(p.posts_at_level, 2))));
    rule(4, and(and(deputy_to_chief, county), and(plain, below(p.months_as_deputy, 24))));
    rule(5, and(and(upper_deputy, county), and(plain, below(p.months_as_chief, 36))));
    rule(6, and(and(deputy_to_chief, p.target.map(|t| t == 4)), and(plain, below(p.months_as_deputy, 24))));
    rule(7, and(first, and(plain, below(p.level_months, 36))));
    rule(8, and(and(promoted, p.target.map(|t| t <= 6)), and(plain, p.education.map(|e| e < 50))));
    rule(9, and(and(promoted, p.target.map(|t| t >= 7)), and(plain, p.education.map(|e| e < 60))));
    rule(10, and(promoted, or(p.training_met, p.training_special).map(|met| !met)));
    rule(11, and(p.qualification_needed, p.qualification.map(|q| !q)));
    rule(12, and(p.party_post, p.member.map(|m| !m)));
    let required = Some(p.party_required.is_some());
    rule(13, and(and(p.party_post, required), p.party_months.zip(p.party_required).map(|(m, r)| m < r)));
    rule(14, and(up.map(|u| u >= 0), Some(p.from_rank)));
    rule(15, and(up.map(|u| u >= 1), and(up.map(|u| u > 1), plain)));
    rule(16, and(up.map(|u| u >= 1), up.map(|u| u >= 3)));
    rule(17, p.political);
    rule(18, p.grade_low);
    rule(19, p.canvassing);
    let left = or(and(p.spouse, p.spouse_left), and(p.spouse.map(|s| !s), p.children_left));
    rule(20, and(p.special_post.map_or(Some(true), |s| Some(!s)), left));
    rule(21, p.sanction_open);
    rule(22, p.after_effect);
    rule(23, p.under_review);
    rule(24, p.over_seats);
    rule(25, p.kin);
    rule(26, and(p.chief_of_town, p.home_area));
    rule(27, and(p.term_rule, p.terms.map(|t| t >= 2)));
    found
}

fn by_hand() -> ByHand {
    ByHand {
        level: Some(4),
        target: Some(5),
        work_months: Some(240),
        base_months: Some(96),
        months_as_chief: Some(40),
        posts_at_level: Some(2),
        education: Some(60),
        training_met: Some(true),
        qualification_needed: Some(false),
        party_post: Some(false),
        member: Some(true),
        political: Some(false),
        grade_low: Some(false),
        canvassing: Some(false),
        spouse: Some(true),
        spouse_left: Some(false),
        sanction_open: Some(false),
        after_effect: Some(false),
        under_review: Some(false),
        over_seats: Some(false),
        kin: Some(false),
        chief_of_town: Some(false),
        term_rule: Some(false),
        ..ByHand::default()
    }
}

/// Where the facts stand, looked up once.
struct Places(Vec<usize>);

const READ: [&str; 35] = [
    "level", "seat.level", "proposal.from_rank", "exception.used", "work_months", "base.months",
    "tenure.months_as_deputy", "tenure.months_as_chief", "level.months", "tenure.posts_at_level", "education",
    "training.met", "training.special_reason", "proposal.statutory_qualification_needed",
    "proposal.statutory_qualification", "proposal.party_post", "party", "party.months",
    "proposal.party_months_required", "integrity.political_breach", "appraisal.grade_1", "integrity.canvassing",
    "special_post", "family.has_spouse", "family.spouse_emigrated", "family.children_emigrated", "sanction.open",
    "integrity.after_effect", "integrity.under_review", "proposal.over_seats", "proposal.kin_conflict",
    "proposal.chief_of_county_or_town", "proposal.home_area", "proposal.term_rule_post", "proposal.post_terms_served",
];

const LEVELS: [&str; 12] = [
    "办事员", "科员级", "乡科级副职", "乡科级正职", "县处级副职", "县处级正职", "厅局级副职", "厅局级正职", "省部级副职",
    "省部级正职", "国家级副职", "国家级正职",
];

/// The same facts read by hand out of the fact set.
fn read_by_hand(facts: &FactSet, places: &Places) -> ByHand {
    let get = |i: usize| facts.get(places.0[i]);
    let yes = |i: usize| match get(i) {
        Some(Value::Yes(yes)) => Some(*yes),
        _ => None,
    };
    let number = |i: usize| get(i).and_then(Value::number);
    let text = |i: usize| get(i).and_then(Value::as_text);
    let level = |i: usize| text(i).and_then(|t| LEVELS.iter().position(|l| *l == t)).map(|h| h as u8 + 1);
    let education = |text: &str| match text {
        "研究生" | "中央党校研究生" | "省委党校研究生" => 70,
        "研究生班" => 65,
        "大学" | "中央党校大学" | "省委党校大学" => 60,
        "大学普通班" => 55,
        "大专" | "中央党校大专" | "省委党校大专" => 50,
        _ => 10,
    };
    ByHand {
        level: level(0),
        target: level(1),
        from_rank: yes(2).unwrap_or(false),
        exception: yes(3).unwrap_or(false),
        work_months: number(4),
        base_months: number(5),
        months_as_deputy: number(6),
        months_as_chief: number(7),
        level_months: number(8),
        posts_at_level: number(9),
        education: text(10).map(education),
        training_met: yes(11),
        training_special: yes(12),
        qualification_needed: yes(13),
        qualification: yes(14),
        party_post: yes(15),
        member: text(16).map(|t| t == "中共党员"),
        party_months: number(17),
        party_required: number(18),
        political: yes(19),
        grade_low: text(20).map(|t| matches!(t, "基本称职" | "不称职")),
        canvassing: yes(21),
        special_post: yes(22),
        spouse: yes(23),
        spouse_left: yes(24),
        children_left: yes(25),
        sanction_open: yes(26),
        after_effect: yes(27),
        under_review: yes(28),
        over_seats: yes(29),
        kin: yes(30),
        chief_of_town: yes(31),
        home_area: yes(32),
        term_rule: yes(33),
        terms: number(34),
    }
}

fn people(c: &mut Criterion) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../institutions");
    let book = Book::from_dir(&folder).unwrap_or_else(|faults| panic!("{faults}"));
    let selection: &Institution = book.institution("selection").expect("ships");
    let dictionary = &book.dictionary;
    let good = fact_set(dictionary);
    let young = good.clone().with(dictionary, "work_months", 59);
    let hand = by_hand();
    assert!(selection.examine(dictionary, &good, ON).is_empty());
    assert!(examine_by_hand(&hand).is_empty());
    assert_eq!(selection.examine(dictionary, &young, ON).rules(), ["work-five-years"]);

    let places = Places(READ.iter().map(|id| dictionary.fact(id).expect(id).index).collect());
    assert!(examine_by_hand(&read_by_hand(&good, &places)).is_empty());
    assert_eq!(examine_by_hand(&read_by_hand(&young, &places)), [(1, Some(true))]);
    let nothing = FactSet::new(dictionary);

    let mut group = c.benchmark_group("people");
    group.throughput(Throughput::Elements(1));
    group.bench_function("struct by hand, in order", |b| b.iter(|| examine_by_hand(black_box(&hand))));
    group.bench_function("facts by hand, in order", |b| {
        b.iter(|| examine_by_hand(&read_by_hand(black_box(&good), &places)));
    });
    group.bench_function("as data, in order", |b| b.iter(|| selection.examine(dictionary, black_box(&good), ON)));
    group.bench_function("as data, one refusal", |b| b.iter(|| selection.examine(dictionary, black_box(&young), ON)));
    group.bench_function("as data, weighed, nothing known", |b| b.iter(|| selection.weigh(black_box(&nothing), ON).len()));
    group.bench_function("as data, every rule and reason, nothing known", |b| {
        b.iter(|| selection.examine_all(dictionary, black_box(&nothing), ON));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .warm_up_time(std::time::Duration::from_millis(300))
        .measurement_time(std::time::Duration::from_secs(1))
        .sample_size(20);
    targets = people
}
criterion_main!(benches);
