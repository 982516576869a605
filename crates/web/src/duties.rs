//! 任务: my list and calendar, handing one in, excuses, who is overdue, what is published, the calendar feed.

mod calendar;
mod events;
mod excuses;
mod feed;
mod hand_in;
mod list;
mod one;
mod overview;
mod published;
mod row;
mod rows;
mod sample;

pub use calendar::{CalendarPage, show as calendar};
pub use events::{EventsPage, create as add_event, show as events};
pub use excuses::{ExcusesPage, ask, decide, show as excuses};
pub use feed::{close as close_feed, open as open_feed, show as feed};
pub use hand_in::{create as hand_in, draft, make_up};
pub(crate) use list::keep_digest;
pub use list::{ListPage, show as list};
pub use one::{OnePage, letter, photo, show as one, withdraw};
pub use overview::{OverduePage, OverviewPage, overdue, show as overview};
pub use published::{PublishedPage, show as published};

pub use row::Row;
pub use rows::{RowsPage, show as rows};

/// For the samples of other pages that list duties.
pub fn sample_row() -> Row {
    sample::row("主题党日", "青云镇大王庄村党支部", institution::duty::Standing::Open)
}
