//! 会话: what a browser may do until when. Of the cookie's secret only a hash is kept.

use super::{Role, hash, secret};
use crate::{Account, Desk, Result};
use vocabulary::{Id, Moment};

/// How far the login has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The password was right; the second factor is still to come.
    Factor,
    /// The password must be changed first.
    Password,
    /// A second factor must be set up first.
    Enrol,
    Open,
}

impl Stage {
    pub fn id(self) -> &'static str {
        match self {
            Stage::Factor => "factor",
            Stage::Password => "password",
            Stage::Enrol => "enrol",
            Stage::Open => "open",
        }
    }
    fn from_id(id: &str) -> Stage {
        [Stage::Open, Stage::Password, Stage::Enrol].into_iter().find(|s| s.id() == id).unwrap_or(Stage::Factor)
    }
}

/// Why a session came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    Logout,
    /// Its owner, or the security administrator, ended it.
    Killed,
    /// The password or a factor was changed elsewhere.
    Changed,
    /// The account was closed.
    Closed,
}

impl Why {
    fn id(self) -> &'static str {
        match self {
            Why::Logout => "logout",
            Why::Killed => "killed",
            Why::Changed => "changed",
            Why::Closed => "closed",
        }
    }
}

/// Where somebody comes from, as far as the request tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whence {
    /// Network address.
    pub address: Option<String>,
    /// `Chrome · Windows`
    pub browser: Option<String>,
}

/// 会话 as the door sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: i64,
    pub account: Id<Account>,
    pub role: Role,
    pub stage: Stage,
    /// Did this person prove to be themselves within the last [`PROVED_SECONDS`]?
    pub proved: bool,
    /// What the login was proved with so far.
    pub means: String,
}

impl Session {
    /// Open by one proof alone, though the role has come to see others since.
    pub fn is_half(&self) -> bool {
        self.stage == Stage::Open && super::sees_others(self.role) && !self.means.contains('、')
    }
}

/// A proof of being oneself is good for so long.
pub const PROVED_SECONDS: i64 = 600;
/// A login must be finished within so many seconds.
pub const HALFWAY_SECONDS: i64 = 900;

/// After so many seconds without a request, and after so many in all, the session is over.
pub fn limits(role: Role) -> (i64, i64) {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 3600;
    match role {
        // Whoever looks after the doors or the journal comes for a short while.
        Role::SystemAdmin | Role::SecurityAdmin | Role::AuditAdmin | Role::Auditor => (15 * MINUTE, 4 * HOUR),
        // One's own record is often looked at on a machine that others use.
        Role::Recorded | Role::Resident => (15 * MINUTE, 2 * HOUR),
        _ => (30 * MINUTE, 12 * HOUR),
    }
}

pub struct Opening<'a> {
    pub account: Id<Account>,
    pub stage: Stage,
    /// What proved it: 密码, 统一身份认证 …
    pub means: &'a str,
    pub from: &'a Whence,
}

/// Opens a session; the answer is the cookie's secret.
pub fn open(desk: &mut Desk, opening: Opening, now: Moment) -> Result<String> {
    store::fail::point("session.begin")?;
    let token = secret();
    let at = now.to_string();
    desk.insert(
        "sessions",
        &["token", "account", "since", "seen", "stage", "proved", "address", "browser", "means"],
        &[
            hash(&token).into(),
            opening.account.number().into(),
            at.as_str().into(),
            at.as_str().into(),
            opening.stage.id().into(),
            at.as_str().into(),
            opening.from.address.as_deref().into(),
            opening.from.browser.as_deref().into(),
            opening.means.into(),
        ],
    )?;
    Ok(token)
}

/// The session of this cookie; none when it is unknown, closed, idle or open too long, or its account is closed.
pub fn of(desk: &Desk, token: &str, now: Moment) -> Result<Option<Session>> {
    let row = desk.first(
        "select s.id, s.account, a.role, s.stage, s.proved, s.since, s.seen, s.means
           from sessions s join accounts a on a.id = s.account and a.closed is null
          where s.token = $1 and s.closed is null",
        &[hash(token).into()],
    )?;
    let Some(r) = row else { return Ok(None) };
    let (role, stage) = (Role::from_id(r.text(2)).unwrap_or(Role::Recorded), Stage::from_id(r.text(3)));
    let before = |seconds: i64| Moment(now.0 - seconds).to_string();
    let (idle, whole) = if stage == Stage::Open { limits(role) } else { (HALFWAY_SECONDS, HALFWAY_SECONDS) };
    if r.text(5) <= before(whole).as_str() || r.text(6) <= before(idle).as_str() {
        return Ok(None);
    }
    let proved = stage == Stage::Open && r.opt_text(4).is_some_and(|at| at > before(PROVED_SECONDS).as_str());
    Ok(Some(Session { id: r.int(0), account: Id::new(r.int(1)), role, stage, proved, means: r.text(7).into() }))
}

/// Notes that the session was used; the door calls it at most once a minute.
pub fn seen(desk: &mut Desk, token: &str, now: Moment) -> Result<()> {
    store::fail::point("session.seen")?;
    desk.execute("update sessions set seen = $1 where token = $2 and closed is null", &[now.to_string().into(), hash(token).into()])?;
    Ok(())
}

/// What a proof changes in a session.
pub struct Step<'a> {
    pub stage: Stage,
    /// Was something proved just now?
    pub proved: bool,
    /// By what, in addition to what is written there.
    pub means: &'a str,
}

/// A step forward, under a new secret: the old one is worth nothing from here on. None when there is no such session.
pub fn rotate(desk: &mut Desk, token: &str, step: &Step, now: Moment) -> Result<Option<String>> {
    let new = secret();
    let changed = desk.execute(
        "update sessions set token = $1, stage = $2, seen = $3,
                proved = case when $4 = 1 then $3 else proved end,
                means = case when $5 = '' then means else coalesce(means || '、', '') || $5 end
          where token = $6 and closed is null",
        &[
            hash(&new).into(),
            step.stage.id().into(),
            now.to_string().into(),
            step.proved.into(),
            step.means.into(),
            hash(token).into(),
        ],
    )?;
    Ok((changed == 1).then_some(new))
}

pub fn end(desk: &mut Desk, token: &str, now: Moment, why: Why) -> Result<()> {
    store::fail::point("session.end")?;
    desk.execute(
        "update sessions set closed = $1, ended = $2 where token = $3 and closed is null",
        &[now.to_string().into(), why.id().into(), hash(token).into()],
    )?;
    Ok(())
}

/// Ends one session of this account by its number; false when there is none.
pub fn end_one(desk: &mut Desk, account: Id<Account>, id: i64, now: Moment, why: Why) -> Result<bool> {
    let ended = desk.execute(
        "update sessions set closed = $1, ended = $2 where id = $3 and account = $4 and closed is null",
        &[now.to_string().into(), why.id().into(), id.into(), account.number().into()],
    )?;
    Ok(ended == 1)
}

/// Ends every session of the account, but for the one with number `except`.
pub fn end_all(desk: &mut Desk, account: Id<Account>, except: Option<i64>, now: Moment, why: Why) -> Result<u64> {
    desk.execute(
        "update sessions set closed = $1, ended = $2 where account = $3 and id <> $4 and closed is null",
        &[now.to_string().into(), why.id().into(), account.number().into(), except.unwrap_or(0).into()],
    )
}

/// An open session, as its owner is shown it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    pub id: i64,
    pub since: String,
    pub seen: String,
    pub address: Option<String>,
    pub browser: Option<String>,
    pub means: Option<String>,
}

/// The open sessions of an account, the one used last first.
pub fn list(desk: &Desk, account: Id<Account>, role: Role, now: Moment) -> Result<Vec<Listed>> {
    let (idle, whole) = limits(role);
    let rows = desk.rows(
        "select id, since, seen, address, browser, means from sessions
          where account = $1 and closed is null and stage = 'open' and seen > $2 and since > $3
          order by seen desc, id desc",
        &[account.number().into(), Moment(now.0 - idle).to_string().into(), Moment(now.0 - whole).to_string().into()],
    )?;
    let text = |r: &store::Row, at| r.opt_string(at);
    Ok(rows.iter().map(|r| Listed { id: r.int(0), since: r.text(1).into(), seen: r.text(2).into(), address: text(r, 3), browser: text(r, 4), means: text(r, 5) }).collect())
}

/// Somebody's open session, as who looks after the doors is shown it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Somebodys {
    pub account: Id<Account>,
    pub shown: String,
    pub role: &'static str,
    pub session: Listed,
}

/// The open sessions of every account, the one used last first, at most `most`. One that its role's limits have ended is
/// not among them, whoever has not come back to learn of it.
pub fn everybodys(desk: &Desk, now: Moment, most: usize) -> Result<Vec<Somebodys>> {
    let rows = desk.rows(
        "select s.id, s.since, s.seen, s.address, s.browser, s.means, s.account, a.shown, a.role
           from sessions s join accounts a on a.id = s.account and a.closed is null
          where s.closed is null and s.stage = 'open'
          order by s.seen desc, s.id desc",
        &[],
    )?;
    let lives = |r: &&store::Row| {
        let (idle, whole) = limits(Role::from_id(r.text(8)).unwrap_or(Role::Recorded));
        r.text(2) > Moment(now.0 - idle).to_string().as_str() && r.text(1) > Moment(now.0 - whole).to_string().as_str()
    };
    let one = |r: &store::Row| Somebodys {
        account: Id::new(r.int(6)),
        shown: r.text(7).into(),
        role: Role::from_id(r.text(8)).unwrap_or(Role::Recorded).says(),
        session: Listed { id: r.int(0), since: r.text(1).into(), seen: r.text(2).into(), address: r.opt_string(3), browser: r.opt_string(4), means: r.opt_string(5) },
    };
    Ok(rows.iter().filter(lives).take(most).map(one).collect())
}

/// Whose session of this number it is, while it is open.
pub fn whose(desk: &Desk, id: i64) -> Result<Option<Id<Account>>> {
    Ok(desk.first("select account from sessions where id = $1 and closed is null", &[id.into()])?.map(|r| Id::new(r.int(0))))
}
