//! 账户与会话: who may come in, and until when.

use crate::actor::{self, Role};
use crate::desk::Happened;
use crate::grant;
use crate::{Account, Actor, Desk, Error, Organisation, Person, Result};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use sha2::{Digest, Sha256};
use vocabulary::{Id, Moment};

/// A session is forgotten after this many seconds without a request.
pub const IDLE_SECONDS: i64 = 8 * 3600;

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
    let password = argon2::Argon2::default().hash_password(new.password.as_bytes()).map_err(|e| Error::Wrong(format!("密码无法保存：{e}")))?;
    let id = desk.insert(
        "accounts",
        &["name", "shown", "role", "scope", "person", "password", "entered"],
        &[
            new.name.into(),
            new.shown.into(),
            new.role.id().into(),
            new.scope.map(|s| s.number()).into(),
            new.person.map(|p| p.number()).into(),
            password.to_string().into(),
            entry.into(),
        ],
    )?;
    Ok(Id::new(id))
}

/// What a login looks up before the slow part: do [`matches`] outside of any transaction.
pub struct Found {
    pub id: Id<Account>,
    password: String,
}

pub fn named(desk: &Desk, name: &str) -> Result<Option<Found>> {
    let row = desk.first("select id, password from accounts where name = $1 and closed is null", &[name.into()])?;
    Ok(row.map(|r| Found { id: Id::new(r.int(0)), password: r.text(1).into() }))
}

/// Does the password fit? Takes as long for a name that nobody has.
pub fn matches(found: Option<&Found>, password: &str) -> bool {
    // A hash of nothing in particular, with the same cost.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Yk6bNG0vSx5A8w5gRzJ0mKyEwzlqkN8S0hlCEl8bG4c";
    let stored = found.map_or(NOBODY, |f| f.password.as_str());
    let fits = PasswordHash::new(stored).is_ok_and(|hash| argon2::Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    fits && found.is_some()
}

/// Opens a session; the answer is the cookie's secret, of which only a hash is kept. Not in the journal of records.
pub fn open_session(desk: &mut Desk, account: Id<Account>) -> Result<String> {
    store::fail::point("session.begin")?;
    let secret: [u8; 32] = rand::random();
    let token: String = secret.iter().map(|b| format!("{b:02x}")).collect();
    let now = desk.moment.to_string();
    desk.insert("sessions", &["token", "account", "since", "seen"], &[hash(&token).into(), account.number().into(), now.as_str().into(), now.as_str().into()])?;
    Ok(token)
}

pub fn close_session(desk: &mut Desk, token: &str) -> Result<()> {
    store::fail::point("session.end")?;
    let now = desk.moment.to_string();
    desk.execute("update sessions set closed = $1 where token = $2 and closed is null", &[now.into(), hash(token).into()])?;
    Ok(())
}

/// Who comes with this cookie; nobody when the session is unknown, closed or idle too long.
pub fn of_session(desk: &Desk, token: &str) -> Result<Option<Actor>> {
    let oldest = Moment(desk.moment.0 - IDLE_SECONDS).to_string();
    let row = desk.first(
        "select a.id, a.shown, a.role, a.person, o.path
           from sessions s
           join accounts a on a.id = s.account and a.closed is null
           left join organisation_details o on o.organisation = a.scope and o.superseded is null and o.until_day is null
          where s.token = $1 and s.closed is null and s.seen > $2",
        &[hash(token).into(), oldest.into()],
    )?;
    let Some(r) = row else { return Ok(None) };
    let role = Role::from_id(r.text(2)).unwrap_or(Role::Recorded);
    actor::seated(desk, Id::new(r.int(0)), r.text(1), role, r.opt_text(4), r.opt_int(3).map(Id::new)).map(Some)
}

/// The actor that an open account makes, for work without a session: calendar feeds, digests.
pub fn actor(desk: &Desk, account: Id<Account>) -> Result<Option<Actor>> {
    let row = desk.first(
        "select a.id, a.shown, a.role, a.person, o.path from accounts a
           left join organisation_details o on o.organisation = a.scope and o.superseded is null and o.until_day is null
          where a.id = $1 and a.closed is null",
        &[account.number().into()],
    )?;
    let Some(r) = row else { return Ok(None) };
    let role = Role::from_id(r.text(2)).unwrap_or(Role::Recorded);
    actor::seated(desk, account, r.text(1), role, r.opt_text(4), r.opt_int(3).map(Id::new)).map(Some)
}

/// Notes that the session was used; called at most once a minute or so by the door.
pub fn seen(desk: &mut Desk, token: &str) -> Result<()> {
    store::fail::point("session.seen")?;
    let now = desk.moment.to_string();
    desk.execute("update sessions set seen = $1 where token = $2 and closed is null", &[now.into(), hash(token).into()])?;
    Ok(())
}

fn hash(token: &str) -> String {
    Sha256::digest(token.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
