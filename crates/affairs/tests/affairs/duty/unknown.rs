//! A system that the code has never heard of: files only, worked through from the first line to the ledger.

use super::world::worlds;
use crate::own::OwnSystem;
use affairs::duty::{self, Completion};
use institution::Subject;
use registry::ledger::{self, Enquiry};
use vocabulary::{Outcome, day};

const HEAD: &str = r#"
id = "river-watch"
title = "河长巡河"
systems = ["X1"]
version = "2026-01"
in_force = { from = 2026-01-01 }
filed_by = "青云镇"
review_by = 2027-01-01
summary = "村级河长每周三巡河，遇节假日顺延。"
source = { document = "青云镇河长制实施办法" }
"#;
const DUTIES: &str = r#"
[[duty]]
id = "patrol"
title = "巡河"
of = "organisation"
where = { fact = "unit.kind", is = "村" }
who = "村级河长"
cadence = { weekday = 3, moved = "next" }
opens_days_before = 2
make_up_days = 3
excuse = { reasons = ["汛期封控"], approver = "镇级河长" }
published = true
minutes = 3
source = { document = "青云镇河长制实施办法", article = "第四条" }
fields = [
  { id = "water", label = "水质", type = "choice", required = true, options = ["清", "浑", "有异味"] },
  { id = "rubbish", label = "清理垃圾（袋）", type = "number" },
  { id = "note", label = "发现的问题", type = "lines" },
]

[[example]]
name = "周三没有巡，周五补，算逾期补办"
duty = "patrol"
on = 2026-03-07
facts = { "unit.kind" = "村" }
done = { "2026-03-04" = 2026-03-06 }
expect = { "2026-03-04" = "late", "2026-03-11" = "ahead" }

[[example]]
name = "镇里没有这项任务"
duty = "patrol"
on = 2026-03-07
facts = { "unit.kind" = "镇" }
owes_nothing = true
"#;
const LEDGERS: &str = r#"
[[ledger]]
id = "river-villages"
title = "巡河村名册"
of = "organisation"
systems = ["X1"]
says = "有河长的村"
where = { fact = "unit.kind", is = "村" }
columns = ["unit.name", "unit.kind"]
sort = ["unit.order"]
totals = [{ label = "村" }]
"#;

#[test]
fn a_system_of_files_alone_is_checked_owed_done_refused_excused_counted_and_listed() {
    for (db, mut w) in worlds() {
        w.office.book = OwnSystem { id: "river-watch", files: &[("institution.toml", HEAD), ("duties.toml", DUTIES), ("ledgers.toml", LEDGERS)], facts: "" }.book();
        // Owed by each village, by nobody else; Wednesday 4 March has passed.
        w.on(day!(2026 - 03 - 05));
        let key = "river-watch/patrol";
        let late = w.read(|desk| duty::overdue(desk, duty::find(desk, key)?, None, 20));
        assert_eq!(late.iter().map(|o| o.unit_title.as_str()).collect::<Vec<_>>(), ["大王庄村", "石门村"], "{db}");
        let unit = w.village.number();
        let refused = w.hand_in(&Completion::of(key, unit, "2026-03-04", day!(2026 - 03 - 05)).field("water", "黄").field("rubbish", "三"));
        assert_eq!(refused.refusals(), ["field.water", "field.rubbish"], "{db}");
        let done = w.hand_in(&Completion::of(key, unit, "2026-03-04", day!(2026 - 03 - 05)).field("water", "清").field("rubbish", "3"));
        assert!(matches!(done, Outcome::Done(_)), "{db}: {done:?}");
        assert_eq!(w.standing(key, unit, "2026-03-04"), "逾期补办", "{db}");
        let id = w.write(|desk| duty::ask_excuse(desk, key, w.other.number(), "2026-03-04", "汛期封控", "")).done().unwrap();
        let head = registry::Actor { shown: "镇长".into(), ..registry::Actor::program() };
        assert!(w.office.write(&head, |desk| duty::decide_excuse(desk, id, true, "同意")).unwrap().done().is_some(), "{db}");
        let counts = w.read(|desk| duty::count(desk, duty::find(desk, key)?, "/"));
        assert_eq!(counts.values().sum::<i64>(), 0, "{db}");
        let shown = w.read(|desk| duty::published(desk, Subject::Organisation, unit, day!(2026 - 01 - 01)));
        assert_eq!(shown.len(), 1, "{db}");
        assert_eq!(shown[0].fields, [("水质".to_owned(), "清".to_owned()), ("清理垃圾（袋）".to_owned(), "3".to_owned())], "{db}");
        // 1 October 2026 is a Thursday; Wednesday 7 October lies in the holiday and goes to the 8th.
        let slots = w.read(|desk| duty::of_units(desk, Subject::Organisation, &duty::units(desk, Subject::Organisation, &[unit])?, day!(2026 - 10 - 05), day!(2026 - 10 - 10)));
        let patrol: Vec<_> = slots.iter().filter(|o| &*o.duty == key).map(|o| (o.slot.key.as_str(), o.slot.due)).collect();
        assert_eq!(patrol, [("2026-10-07", day!(2026 - 10 - 08))], "{db}");
        let ledger = w.office.book.ledger("river-villages").unwrap().clone();
        let enquiry = Enquiry { of: ledger.of, tests: ledger.filter.clone().unwrap(), words: vec![], columns: vec![], sort: vec![], group: None };
        assert_eq!(w.read(|desk| Ok(ledger::count(desk, &enquiry)?)), 2, "{db}");
    }
}
