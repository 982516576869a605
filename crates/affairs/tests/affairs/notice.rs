//! The notice over the holidays of 2026.

use crate::county::counties;
use affairs::procedure::{self, Completion, MissingKind};
use vocabulary::{Day, day};

fn last_day(decided: Day, posted: Day, today: Day) -> (Option<Day>, Option<String>, Vec<String>) {
    let (_, mut county) = counties().swap_remove(0);
    let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
    county.walk(id, "discussion");
    county.on(today);
    let (_, discussion) = county.usual(id, "discussion");
    let discussion = Completion {
        done_on: decided,
        ..discussion
    }
    .field("decision.day", &decided.to_string());
    county.done(id, "discussion", &discussion);
    let posting = Completion::on(today).field("notice.posted", &posted.to_string());
    county
        .write(|desk| procedure::note(desk, id, "notice", &posting))
        .done()
        .unwrap();
    let state = county.state(id);
    let step = state.present_step().unwrap();
    let notice = step.notice.clone().unwrap();
    let says = step.missing.iter().filter_map(|m| m.finding.next.clone()).collect();
    (notice.last_day, notice.cannot, says)
}

#[test]
fn five_working_days_over_the_national_day_end_on_the_working_saturday() {
    let day = day!(2026 - 09 - 28);
    assert_eq!(last_day(day, day, day).0, Some(day!(2026 - 10 - 10)));
}

#[test]
fn posted_before_the_mid_autumn_the_working_sunday_counts() {
    let day = day!(2026 - 09 - 18);
    assert_eq!(last_day(day, day, day).0, Some(day!(2026 - 09 - 24)));
}

#[test]
fn a_year_without_its_calendar_is_not_guessed() {
    let day = day!(2026 - 12 - 30);
    let (last, cannot, missing) = last_day(day, day, day);
    assert_eq!(last, None);
    assert!(
        cannot
            .as_deref()
            .is_some_and(|c| c.contains("2027年工作日安排尚未录入")),
        "{cannot:?}"
    );
    assert!(
        missing.iter().any(|n| n.contains("2027年工作日安排尚未录入")),
        "{missing:?}"
    );
}

#[test]
fn the_gate_opens_only_after_the_last_day() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        county.walk(id, "notice");
        let (_, notice) = county.usual(id, "notice");
        county.on(day!(2026 - 09 - 24));
        let on_the_last_day = Completion {
            done_on: day!(2026 - 09 - 24),
            ..notice.clone()
        };
        assert_eq!(
            county.complete(id, "notice", &on_the_last_day).refusals(),
            ["notice-over"]
        );
        county.on(day!(2026 - 09 - 25));
        county.done(
            id,
            "notice",
            &Completion {
                done_on: day!(2026 - 09 - 25),
                ..notice
            },
        );
    }
}

#[test]
fn a_notice_that_is_too_short_is_refused() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        county.walk(id, "notice");
        let (day, notice) = county.usual(id, "notice");
        county.on(day);
        let short = notice.field("notice.last_day", "2026-09-23");
        assert_eq!(
            county.complete(id, "notice", &short).refusals(),
            ["notice-five-working-days"]
        );
        let waiting = county.read(procedure::waiting);
        assert_eq!(waiting[0].step, "notice");
        let missing = county.state(id).present_step().unwrap().missing.clone();
        assert!(missing.iter().any(|m| m.kind == MissingKind::Paper));
    }
}

#[test]
fn over_the_spring_festival_the_last_day_is_the_twenty_seventh() {
    let book = registry::testing::book();
    let last = book.calendar.add_working_days(day!(2026 - 02 - 13), 5);
    assert_eq!(last, Ok(day!(2026 - 02 - 27)));
}
