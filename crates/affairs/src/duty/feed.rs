//! 日历订阅: an address with a secret, and what a calendar reads there. Titles are the institution's own: no unit, no person.

use super::Owed;
use crate::Result;
use institution::duty::Standing;
use registry::{Account, Desk};
use sha2::{Digest, Sha256};
use vocabulary::{Id, Moment};

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// A new address in place of the old one; only a hash of its secret is kept.
pub fn open_feed(desk: &mut Desk, account: Id<Account>, secret: [u8; 24]) -> Result<String> {
    close_feed(desk, account)?;
    let token: String = secret.iter().map(|b| format!("{b:02x}")).collect();
    let since = desk.moment.to_string();
    desk.insert("duty_feeds", &["account", "token", "since"], &[account.number().into(), hash(&token).into(), since.into()])?;
    Ok(token)
}

/// The address stops working.
pub fn close_feed(desk: &mut Desk, account: Id<Account>) -> Result<()> {
    let now = desk.moment.to_string();
    desk.execute("update duty_feeds set closed = $1 where account = $2 and closed is null", &[now.into(), account.number().into()])?;
    Ok(())
}

/// Whose address this is.
pub fn feed_of(desk: &Desk, token: &str) -> Result<Option<Id<Account>>> {
    let row = desk.first("select f.account from duty_feeds f join accounts a on a.id = f.account and a.closed is null where f.token = $1 and f.closed is null", &[hash(token).into()])?;
    Ok(row.map(|r| Id::new(r.int(0))))
}

/// RFC 5545: one all-day event an occurrence that is not settled yet, lines folded at 75 bytes.
pub fn calendar(owed: &[Owed], now: Moment) -> String {
    let stamp = now.to_string();
    let stamp = format!("{}T{}", stamp[..10].replace('-', ""), stamp[11..19].replace(':', ""));
    let mut out = String::new();
    let mut line = |text: &str| {
        let mut width = 0;
        for c in text.chars() {
            if width + c.len_utf8() > 74 {
                out.push_str("\r\n ");
                width = 1;
            }
            width += c.len_utf8();
            out.push(c);
        }
        out.push_str("\r\n");
    };
    for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhiren//duties//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:知人任务"] {
        line(fixed);
    }
    for o in owed.iter().filter(|o| matches!(o.standing, Standing::Open | Standing::Ahead | Standing::Overdue)) {
        line("BEGIN:VEVENT");
        // The same occurrence keeps its name from day to day; it tells nothing of the unit.
        line(&format!("UID:{}@zhiren", &hash(&format!("{}/{}/{}", o.duty, o.unit, o.slot.key))[..24]));
        line(&format!("DTSTAMP:{stamp}"));
        line(&format!("DTSTART;VALUE=DATE:{}", o.slot.due.to_string().replace('-', "")));
        line(&format!("DTEND;VALUE=DATE:{}", o.slot.due.next().to_string().replace('-', "")));
        line(&format!("SUMMARY:{}{}", escaped(&o.title), if o.standing == Standing::Overdue { "（逾期）" } else { "" }));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}
