//! The calendar address and the daily digest: generic words, one a day.

use super::world::worlds;
use affairs::duty;
use registry::account::{self, NewAccount};
use registry::{AsOf, Role};
use vocabulary::day;

#[test]
fn a_calendar_tells_titles_and_days_and_never_who_or_where() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 20));
        let account = w.write(|desk| Ok(account::add(desk, NewAccount { name: "zhishu", shown: "王大山", role: Role::BranchSecretary, scope: Some(w.village), person: None, password: "x" })?));
        let first = w.write(|desk| duty::open_feed(desk, account, [1; 24]));
        let token = w.write(|desk| duty::open_feed(desk, account, [2; 24]));
        assert_eq!(w.read(|desk| duty::feed_of(desk, &first)), None, "{db}: a new address ends the old one");
        assert_eq!(w.read(|desk| duty::feed_of(desk, &token)), Some(account), "{db}");
        let actor = w.read(|desk| Ok(account::actor(desk, account)?)).unwrap();
        let text = w.office.read(&actor, AsOf::default(), |desk| Ok::<_, affairs::Error>(duty::calendar(&duty::mine(desk, day!(2026 - 03 - 01), day!(2026 - 04 - 30))?, desk.moment))).unwrap();
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{db}");
        assert!(text.contains("SUMMARY:主题党日\r\n") && text.contains("DTSTART;VALUE=DATE:20260327"), "{db}: {text}");
        assert!(text.lines().all(|l| l.len() <= 75), "{db}");
        for secret in ["大王庄", "王大山", "李小河", "生活困难"] {
            assert!(!text.contains(secret), "{db}: {secret}");
        }
        w.write(|desk| duty::close_feed(desk, account));
        assert_eq!(w.read(|desk| duty::feed_of(desk, &token)), None, "{db}");
    }
}

#[test]
fn one_digest_a_day() {
    for (db, mut w) in worlds() {
        w.on(day!(2026 - 03 - 28));
        let account = w.write(|desk| Ok(account::add(desk, NewAccount { name: "zhishu", shown: "王大山", role: Role::BranchSecretary, scope: Some(w.village), person: None, password: "x" })?));
        let actor = w.secretary();
        let made: Vec<bool> = (0..3).map(|_| w.office.write(&actor, |desk| duty::make_digests(desk, account)).unwrap()).collect();
        assert_eq!(made, [true, false, false], "{db}");
        let lines = w.office.read(&actor, AsOf::default(), |desk| duty::digest(desk)).unwrap().lines;
        assert!(lines.iter().any(|l| l == "逾期：主题党日 1 项"), "{db}: {lines:?}");
    }
}
