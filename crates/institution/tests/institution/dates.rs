//! T-38: the calendar against five thousand answers that were reckoned apart from it (fixtures/dates/make.py).

use vocabulary::Day;

#[test]
fn five_thousand_days_are_what_another_calendar_says() {
    let path = crate::folder().join("../fixtures/dates/dates.csv");
    let table = std::fs::read_to_string(path).expect("the table");
    let calendar = &crate::book().calendar;
    let day = |text: &str| text.parse::<Day>().unwrap_or_else(|e| panic!("{text}: {e}"));
    let mut seen = std::collections::BTreeMap::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let [what, from, by, expected] = cells[..] else { panic!("{line}") };
        let from = day(from);
        let number = || by.parse::<i64>().unwrap_or_else(|e| panic!("{line}: {e}"));
        let answer = match what {
            "plus_months" => from.plus_months(number() as i32).to_string(),
            "months_until" => from.months_until(day(by)).to_string(),
            "weekday" => from.weekday().to_string(),
            "plus_days" => from.plus_days(number()).to_string(),
            "add_working_days" => calendar.add_working_days(from, number() as u16).map_or_else(|e| e.to_string(), |d| d.to_string()),
            "working_days_between" => calendar.working_days_between(from, day(by)).map_or_else(|e| e.to_string(), |n| n.to_string()),
            other => panic!("{other}"),
        };
        assert_eq!(answer, expected, "{line}");
        *seen.entry(what).or_insert(0) += 1;
    }
    assert_eq!(seen.values().sum::<u32>(), 5000);
    assert_eq!(seen.len(), 6);
}
