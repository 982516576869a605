//! The year of 青云镇 played through by a handed-in clock, with its figures at the end.

use super::street::street;
use affairs::case::{self, Doing, Filter, NewFile, Receipt};
use institution::case::Act;
use vocabulary::{Clock, Day, Moment, Outcome, day};

#[test]
fn the_year_of_the_street_comes_out_as_it_was() {
    let mut street = street();
    let housing = street.unit("县住房和城乡建设局");
    for week in 0..48 {
        let calendar = street.office.book.calendar.clone();
        let working = move |mut day: Day| {
            while !calendar.is_working_day(day).unwrap() {
                day = day.next();
            }
            day
        };
        let monday = working(day!(2026 - 1 - 5).plus_days(week * 7));
        let on = |street: &mut super::street::Street, day: Day, hour: i64| street.office.clock = Clock::Fixed(Moment(Moment::at_start_of(day).0 + hour * 3600));
        let heard = |street: &super::street::Street, receipt: &Receipt, act: Act, word: &str| {
            let outcome = street.write(&case::resident(), |desk| case::heard(desk, &receipt.number, &receipt.code, act, word, "没有解决"));
            assert!(matches!(outcome, Outcome::Done(_)), "{week}: {:?}", outcome.refusals());
        };
        on(&mut street, monday, 9);
        let receipt = street.reported(&format!("第{week}周的事"));
        let id = receipt.id;
        street.does("东关", id, Doing::of(Act::Sort).word("property"));
        let holder = if week % 4 == 2 { "镇里" } else { "东关" };
        if week % 4 == 2 {
            street.does("东关", id, Doing::of(Act::Raise).says("涉及两个社区"));
        }
        let part = street.does(holder, id, Doing::of(Act::Whistle).unit(housing));
        let twin = (week % 4 == 3).then(|| street.reported(&format!("第{week}周的事，我也来说")));
        if let Some(twin) = &twin {
            street.does("东关", twin.id, Doing { into: Some(id), ..Doing::of(Act::Merge) });
        }
        // 4 working hours to claim; every fourth is two working days late.
        let claimed = if week % 4 == 1 { working(working(monday.next()).next()) } else { monday };
        on(&mut street, claimed, 11);
        street.does("住建", id, Doing::of(Act::Claim).part(part));
        // 3 working days to answer; what was raised is answered ten days later.
        let answered = if week % 4 == 2 { working(monday.plus_days(10)) } else { claimed };
        on(&mut street, answered, 15);
        street.does("住建", id, Doing::of(Act::Reply).part(part).says("已办"));
        street.does(holder, id, Doing::of(Act::Answer).says("办好了"));
        on(&mut street, working(answered.next()), 10);
        match week % 4 {
            0 => {
                heard(&street, &receipt, Act::Rate, "好");
                let files = vec![NewFile { name: "a.jpg".into(), bytes: vec![0xFF, 0xD8, 0xFF, 1] }];
                street.does("东关二", id, Doing { files, ..Doing::of(Act::SignOff) });
            }
            1 => heard(&street, &receipt, Act::Rate, "一般"),
            2 => {
                heard(&street, &receipt, Act::Rate, "较差");
                heard(&street, &receipt, Act::Reopen, "");
                street.does(holder, id, Doing::of(Act::Answer).says("重新修好"));
                heard(&street, &receipt, Act::Rate, "较好");
            }
            _ => heard(&street, twin.as_ref().unwrap(), Act::Rate, "好"),
        }
    }
    street.now("2026-12-31 09:00");
    let year = Filter { from: Some(day!(2026 - 1 - 1)), until: Some(day!(2027 - 1 - 1)), closed: true, ..Filter::default() };
    let figures = street.read(&street.officer(), |desk| case::figures(desk, &year));
    let all = &figures.all;
    assert_eq!((all.received, all.answered, all.closed, all.merged, all.raised, all.reopened), (60, 60, 12, 12, 12, 12));
    // Of what was raised on 28 September the three working days end after the holiday, on 8 October: in time.
    assert_eq!(all.answered_in_time, 60 - 12 + 1);
    assert_eq!((all.rated, all.content, all.solved), (48, 36, 48));
    assert_eq!(all.rates(), [Some(750), Some(1000), Some(750)]);
    let housing = &figures.departments[0];
    assert_eq!((housing.received, housing.claims_due, housing.claimed_in_time), (48, 48, 36));
    // Every figure opens exactly its rows.
    for (counted, figure) in [("received", all.received), ("reopened", all.reopened), ("answered_in_time", all.answered_in_time), ("content", all.content)] {
        let rows = street.read(&street.officer(), |desk| case::lines(desk, &Filter { counted: Some(counted.into()), ..year.clone() }));
        assert_eq!(rows.len() as i64, figure, "{counted}");
    }
}
