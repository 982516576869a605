//! 账户: who may come in. Passwords, further factors, sessions and what was tried each have a file of their own.
//!
//! Moments are handed in as `now`: the door goes by the machine's clock, also where an office stands on another day.

pub mod common;
pub mod external;
pub mod factor;
pub mod guess;
pub mod known;
pub mod password;
pub mod recovery;
pub mod session;
pub mod sign_in;
pub mod totp;

use crate::actor::{self, Role};
use crate::desk::Happened;
use crate::grant;
use crate::{Account, Actor, Desk, Error, Organisation, Person, Result};
use session::{Opening, Stage};
use sha2::{Digest, Sha256};
use vocabulary::{Id, Moment};

/// 开户.
pub struct NewAccount<'a> {
    pub name: &'a str,
    pub shown: &'a str,
    pub role: Role,
    pub scope: Option<Id<Organisation>>,
    pub person: Option<Id<Person>>,
    pub password: &'a str,
}

pub fn add(desk: &mut Desk, new: NewAccount) -> Result<Id<Account>> {
    grant::one_person_one_account(desk, new.name, new.person)?;
    let says = format!("为{}（{}）开户", new.shown, new.role.says());
    let entry = desk.record(Happened { act: "account.add", subject: "account", number: None, says })?;
    store::fail::point("account.add")?;
    let id = desk.insert(
        "accounts",
        &["name", "shown", "role", "scope", "person", "password", "entered"],
        &[
            new.name.into(),
            new.shown.into(),
            new.role.id().into(),
            new.scope.map(|s| s.number()).into(),
            new.person.map(|p| p.number()).into(),
            password::hash(new.password)?.into(),
            entry.into(),
        ],
    )?;
    Ok(Id::new(id))
}

/// 销户: nobody comes in with it from the next request on.
pub fn close(desk: &mut Desk, id: Id<Account>, now: Moment) -> Result<()> {
    let found = numbered(desk, id)?.ok_or_else(|| Error::NotFound("这个账户".into()))?;
    let says = format!("注销账户 {}（{}）", found.name, found.shown);
    let entry = desk.record(Happened { act: "account.close", subject: "account", number: Some(id.number()), says })?;
    desk.execute("update accounts set closed = $1 where id = $2 and closed is null", &[entry.into(), id.number().into()])?;
    session::end_all(desk, id, None, now, session::Why::Closed)?;
    Ok(())
}

/// An open account, with what the door must know of it.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: Id<Account>,
    pub name: String,
    pub shown: String,
    pub role: Role,
    pub must_change: bool,
    /// When the password was last chosen; empty for accounts older than that column.
    pub password_set: Option<String>,
    pub(crate) password: String,
}

impl Found {
    /// At the desk where this person looks after the own account: what is written there is their own, whatever the role.
    pub fn oneself(&self) -> Actor {
        Actor { account: Some(self.id), shown: self.shown.clone(), ..Actor::program() }
    }
    /// Does this role look into the records of others? Then a password alone does not open the door.
    pub fn sees_others(&self) -> bool {
        sees_others(self.role)
    }
}

pub fn sees_others(role: Role) -> bool {
    !matches!(role, Role::Recorded | Role::Resident)
}

const FOUND: &str = "select id, name, shown, role, must_change, password_set, password from accounts where closed is null";

pub fn named(desk: &Desk, name: &str) -> Result<Option<Found>> {
    Ok(desk.first(&format!("{FOUND} and name = $1"), &[name.into()])?.map(found))
}

pub fn numbered(desk: &Desk, id: Id<Account>) -> Result<Option<Found>> {
    Ok(desk.first(&format!("{FOUND} and id = $1"), &[id.number().into()])?.map(found))
}

/// Every open account, in the order of their names.
pub fn all(desk: &Desk) -> Result<Vec<Found>> {
    Ok(desk.rows(&format!("{FOUND} order by name"), &[])?.into_iter().map(found).collect())
}

fn found(r: store::Row) -> Found {
    Found {
        id: Id::new(r.int(0)),
        name: r.text(1).into(),
        shown: r.text(2).into(),
        role: Role::from_id(r.text(3)).unwrap_or(Role::Recorded),
        must_change: r.yes(4),
        password_set: r.opt_string(5),
        password: r.text(6).into(),
    }
}

/// The actor that an open account makes, as its scope and person stand at this moment.
pub fn actor(desk: &Desk, account: Id<Account>) -> Result<Option<Actor>> {
    let row = desk.first(
        "select a.id, a.shown, a.role, a.person, o.path
           from accounts a
           left join organisation_details o on o.organisation = a.scope and o.superseded is null and o.until_day is null
          where a.id = $1 and a.closed is null",
        &[account.number().into()],
    )?;
    let Some(r) = row else { return Ok(None) };
    let role = Role::from_id(r.text(2)).unwrap_or(Role::Recorded);
    actor::seated(desk, Id::new(r.int(0)), r.text(1), role, r.opt_text(4), r.opt_int(3).map(Id::new)).map(Some)
}

/// A session that is open at once, on the desk's own clock: for tests and measurements.
pub fn open_session(desk: &mut Desk, account: Id<Account>) -> Result<String> {
    let now = desk.moment;
    session::open(desk, Opening { account, stage: Stage::Open, means: "密码", from: &session::Whence::default() }, now)
}

/// What is kept of a secret that is long and random: a table of hashes helps nobody.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// 256 bits as 64 signs.
pub fn secret() -> String {
    let bytes: [u8; 32] = rand::random();
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
