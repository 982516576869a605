//! 状态: where one occurrence stands on a day. Read from what was done, never kept.

use super::{Duty, Slot};
use vocabulary::Day;

/// What is on file of one occurrence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// Held or done on this day.
    Done(Day),
    /// 经批准免办.
    Excused,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 逾期: due, not done, can still be made up.
    Overdue,
    /// 待办: may be done now.
    Open,
    /// 未到: later.
    Ahead,
    /// 未办: not done and past making up.
    Missed,
    /// 补办: done after it was due.
    Late,
    /// 按期.
    Done,
    /// 免办.
    Excused,
}

impl Standing {
    pub fn says(self) -> &'static str {
        match self {
            Standing::Overdue => "逾期",
            Standing::Open => "待办",
            Standing::Ahead => "未到",
            Standing::Missed => "未办",
            Standing::Late => "逾期补办",
            Standing::Done => "按期",
            Standing::Excused => "免办",
        }
    }
    /// `refuse`, `warn`, `done`, `plain`: the colour beside the word.
    pub fn tone(self) -> &'static str {
        match self {
            Standing::Overdue | Standing::Missed => "refuse",
            Standing::Late | Standing::Open => "warn",
            Standing::Done => "done",
            Standing::Ahead | Standing::Excused => "plain",
        }
    }
    pub(crate) const ALL: [(&'static str, Standing); 7] = [
        ("overdue", Standing::Overdue),
        ("open", Standing::Open),
        ("ahead", Standing::Ahead),
        ("missed", Standing::Missed),
        ("late", Standing::Late),
        ("done", Standing::Done),
        ("excused", Standing::Excused),
    ];

    pub fn of(slot: &Slot, mark: Option<Mark>, today: Day) -> Standing {
        match mark {
            Some(Mark::Excused) => Standing::Excused,
            Some(Mark::Done(on)) if on > slot.due => Standing::Late,
            Some(Mark::Done(_)) => Standing::Done,
            None if today < slot.opens => Standing::Ahead,
            None if today <= slot.due => Standing::Open,
            None if today <= slot.closes => Standing::Overdue,
            None => Standing::Missed,
        }
    }
}

impl Duty {
    /// Why something that was held on `on` cannot count for `slot`; the article is the duty's.
    pub fn cannot_count(&self, slot: &Slot, on: Day, today: Day) -> Option<(&'static str, String, String)> {
        if on > today {
            let says = format!("填写的日期 {on} 还没有到，今天是 {today}");
            return Some(("day-ahead", says, "开展以后再填写".into()));
        }
        if on < slot.opens {
            let says = format!("{on} 早于可以办理的第一天 {}", slot.opens);
            return Some(("too-early", says, format!("核对日期；{} 起开展的才算这一次", slot.opens)));
        }
        if on > slot.closes {
            let says = match self.make_up {
                Some(_) => format!("{on} 已过补办期限 {}", slot.closes),
                None => format!("{on} 晚于应办日 {}，这一项不补办", slot.due),
            };
            return Some(("too-late", says, "这一次按未办记载；可以填写原因，向批准人申请免办".into()));
        }
        None
    }
}
