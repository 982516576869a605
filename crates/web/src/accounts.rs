//! 账户与授权: who has which role, what waits for a second person, and taking a role away. Nothing of anybody's record.

use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop};
use axum::extract::Path;
use axum::http::StatusCode;
use policy::Role;
use registry::account::{self, NewAccount};
use registry::grant::{self, Asked, Grant, Held, Wish};
use registry::{Account, Actor, AsOf, Organisation, Person, organisation};
use serde::Serialize;
use vocabulary::{Id, Outcome};

const MOST: i64 = 200;
/// Open sessions that are listed, the one used last first.
const MOST_SESSIONS: usize = 500;
/// Letters of a first password, which its owner changes.
const PASSWORD_LEAST: usize = 15;

#[derive(Clone, Debug, Serialize)]
pub struct AccountsPage {
    pub accounts: Vec<Held>,
    pub grants: Vec<Asked>,
    pub may_ask: bool,
    pub may_decide: bool,
    /// See who is signed in, and end it.
    pub may_end: bool,
}

/// 正在登录的: every open session of every account.
#[derive(Clone, Debug, Serialize)]
pub struct SessionsPage {
    pub sessions: Vec<account::session::Somebodys>,
    /// The account of who looks: their own are ended on their own page.
    pub own: Option<Id<Account>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct AccountPage {
    pub account: Held,
    pub grants: Vec<Asked>,
    pub may_ask: bool,
    pub may_revoke: bool,
    /// End sessions, take factors away.
    pub may_end: bool,
    pub sessions: Vec<account::session::Listed>,
    pub factors: usize,
}

/// One form for both: a new account with its first role, or a role for one that is there.
#[derive(Clone, Debug, Serialize)]
pub struct WishPage {
    /// Empty for a new account.
    pub account: Option<Held>,
    pub roles: Vec<(&'static str, &'static str)>,
    pub form: Typed,
}

fn roles() -> Vec<(&'static str, &'static str)> {
    Role::ALL.map(|r| (r.id(), r.says())).to_vec()
}

pub async fn list(c: Ctx) -> Answer {
    let (accounts, grants) = c.read(|desk| Ok((grant::held(desk)?, grant::latest(desk, MOST)?))).await?;
    c.page(&AccountsPage { accounts, grants, may_ask: c.may("account.ask"), may_decide: c.may("account.approve"), may_end: c.may("account.sessions") })
}

pub async fn sessions(c: Ctx) -> Answer {
    let now = c.app.now();
    let sessions = c.read(move |desk| Ok(account::session::everybodys(desk, now, MOST_SESSIONS)?)).await?;
    c.page(&SessionsPage { sessions, own: c.actor.account })
}

async fn held(c: &Ctx, id: Id<Account>) -> Result<Held, Stop> {
    let all = c.read(|desk| Ok(grant::held(desk)?)).await?;
    all.into_iter().find(|h| h.account == id).ok_or_else(|| Stop::NotFound("这个账户".into()))
}

pub async fn show(c: Ctx, Path(id): Path<Id<Account>>) -> Answer {
    let account = held(&c, id).await?;
    let grants = c.read(move |desk| Ok(grant::latest(desk, MOST)?.into_iter().filter(|g| g.account == id).collect())).await?;
    let other = c.actor.account != Some(id);
    let may_revoke = other && account.role != Role::Recorded.id() && c.may("account.revoke");
    let may_end = other && c.may("account.sessions");
    let now = c.app.now();
    let (sessions, factors) = c
        .read(move |desk| {
            let Some(found) = account::numbered(desk, id)?.filter(|_| may_end) else { return Ok((vec![], 0)) };
            Ok((account::session::list(desk, id, found.role, now)?, account::factor::of(desk, id)?.len()))
        })
        .await?;
    c.page(&AccountPage { may_ask: other && c.may("account.ask"), may_revoke, may_end, sessions, factors, account, grants })
}

pub async fn new(c: Ctx) -> Answer {
    c.page(&WishPage { account: None, roles: roles(), form: Typed::default() })
}

pub async fn wish(c: Ctx, Path(id): Path<Id<Account>>) -> Answer {
    let account = held(&c, id).await?;
    c.page(&WishPage { account: Some(account), roles: roles(), form: Typed::default() })
}

/// What was typed about the role itself.
struct Wished {
    role: Role,
    scope: Option<Id<Organisation>>,
    reason: String,
}

/// The unit is looked up by its name: who administers accounts sees no list of organisations.
async fn unit(c: &Ctx, name: Option<String>) -> Result<Unit, Stop> {
    let Some(name) = name else { return Ok(Unit::Nothing) };
    let app = c.app.clone();
    let found = crate::ctx::blocking(move || {
        app.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Stop>(organisation::named(desk, &name)?.map(|u| u.id)))
    })
    .await?;
    Ok(found.map_or(Unit::Unknown, Unit::Found))
}

/// What was typed as the unit.
enum Unit {
    Nothing,
    Unknown,
    Found(Id<Organisation>),
}

fn typed(form: &Form, unit: Unit) -> Option<Wished> {
    let role = Role::from_id(form.text("role")).filter(|r| *r != Role::Program);
    if role.is_none() {
        form.mistake("role", "请选择角色");
    }
    let scope = match unit {
        Unit::Nothing => None,
        Unit::Found(id) => Some(id),
        Unit::Unknown => {
            form.mistake("scope", "没有这个单位，请写机构全称或简称");
            None
        }
    };
    let reason = form.required("reason", "授权理由");
    role.filter(|_| form.is_right()).map(|role| Wished { role, scope, reason })
}

/// 开户: the account itself has no right at all until the second person agrees to the role.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let unit = unit(&c, form.optional("scope")).await?;
    let (name, shown) = (form.required("name", "登录名"), form.required("shown", "显示的姓名"));
    let password = form.text("password").to_owned();
    if password.chars().count() < PASSWORD_LEAST {
        form.mistake("password", format!("初始密码至少 {PASSWORD_LEAST} 个字，本人首次登录后修改"));
    }
    let person = form.number::<i64>("person", "干部编号").map(Id::<Person>::new);
    let wished = typed(&form, unit);
    if let Some(role) = wished {
        let done = c
            .write(move |desk| {
                if let Some(person) = person
                    && desk.first("select 1 from persons where id = $1", &[person.number().into()])?.is_none()
                {
                    return Err(Stop::Wrong("没有这个编号的干部".into()));
                }
                if desk.first("select 1 from accounts where name = $1 and closed is null", &[name.as_str().into()])?.is_some() {
                    return Err(Stop::Wrong(format!("登录名 {name} 已有人用，请换一个")));
                }
                let new = NewAccount { name: &name, shown: &shown, role: Role::Recorded, scope: None, person, password: &password };
                let id = account::add(desk, new)?;
                account::password::was_given(desk, id)?;
                match grant::ask(desk, &Wish { account: id, role: role.role, scope: role.scope, reason: &role.reason })? {
                    Outcome::Done(_) => Ok(id),
                    // Nothing of it is kept: the account goes with the wish.
                    Outcome::Refused(findings) => Err(Stop::refused("没有开户。", findings)),
                }
            })
            .await?;
        return Ok(see(&format!("/accounts/{done}")));
    }
    let mut typed = form.typed();
    typed.values.remove("password");
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &WishPage { account: None, roles: roles(), form: typed })
}

pub async fn ask(c: Ctx, Path(id): Path<Id<Account>>, form: Form) -> Answer {
    let account = held(&c, id).await?;
    let unit = unit(&c, form.optional("scope")).await?;
    let wished = typed(&form, unit);
    if let Some(role) = wished {
        let asked = c.write(move |desk| Ok(grant::ask(desk, &Wish { account: id, role: role.role, scope: role.scope, reason: &role.reason })?)).await?;
        return match asked {
            Outcome::Done(_) => Ok(see(&format!("/accounts/{id}"))),
            Outcome::Refused(findings) => Err(Stop::refused("不能提请这项授权。", findings)),
        };
    }
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &WishPage { account: Some(account), roles: roles(), form: form.typed() })
}

pub async fn decide(c: Ctx, Path(id): Path<Id<Grant>>, form: Form) -> Answer {
    let (agreed, reason) = (form.text("agreed") == "1", form.text("reason").to_owned());
    match c.write(move |desk| Ok(grant::decide(desk, id, agreed, &reason)?)).await? {
        Outcome::Done(()) => Ok(see("/accounts")),
        Outcome::Refused(findings) => Err(Stop::refused("这项授权不能这样决定。", findings)),
    }
}

pub async fn revoke(c: Ctx, Path(id): Path<Id<Account>>, form: Form) -> Answer {
    let reason = form.text("reason").to_owned();
    match c.write(move |desk| Ok(grant::revoke(desk, id, &reason)?)).await? {
        Outcome::Done(()) => Ok(see(&format!("/accounts/{id}"))),
        Outcome::Refused(findings) => Err(Stop::refused("不能收回。", findings)),
    }
}

fn sample(name: &str, role: Role) -> Held {
    Held {
        account: Id::new(4),
        name: name.into(),
        shown: "青云镇 组织人事 吴倩".into(),
        role: role.id(),
        role_says: role.says(),
        scope: Some("青云镇".into()),
        closed: false,
        seen: Some("2026-11-22T09:30:00+08:00".into()),
    }
}
fn sample_grant(agreed: Option<bool>) -> Asked {
    Asked {
        id: Id::new(9),
        account: Id::new(4),
        shown: "青云镇 组织人事 吴倩".into(),
        role: "leader".into(),
        role_says: "单位负责人",
        scope: Some("青云镇".into()),
        reason: "任青云镇镇长".into(),
        asker: "安全管理员 郑凯".into(),
        at: "2026-11-22T09:30:00+08:00".into(),
        agreed,
        decider: agreed.map(|_| "组织部 何部长".into()),
        decision: None,
    }
}

impl Page for AccountsPage {
    const TEMPLATE: &'static str = "accounts/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let accounts = vec![sample("renshi", Role::UnitHr), sample("xitong", Role::SystemAdmin)];
        let usual = AccountsPage { accounts: accounts.clone(), grants: vec![sample_grant(None), sample_grant(Some(true))], may_ask: true, may_decide: true, may_end: true };
        vec![
            Sample::usual(usual.clone()),
            Sample::empty(AccountsPage { accounts: vec![], grants: vec![], may_ask: false, may_decide: false, may_end: false }),
            Sample::overfull(AccountsPage { accounts: vec![accounts[0].clone(); 60], ..usual }),
        ]
    }
}
impl Page for SessionsPage {
    const TEMPLATE: &'static str = "accounts/sessions.html";
    fn samples() -> Vec<Sample<Self>> {
        let session = account::session::Listed {
            id: 12,
            since: "2026-11-22T08:31:00+08:00".into(),
            seen: "2026-11-22T09:30:00+08:00".into(),
            address: Some("10.3.0.7".into()),
            browser: Some("Chrome · Linux".into()),
            means: None,
        };
        let one = |account, shown: &str, role: Role| account::session::Somebodys { account: Id::new(account), shown: shown.into(), role: role.says(), session: session.clone() };
        let usual = SessionsPage { sessions: vec![one(7, "青云镇 人事", Role::UnitHr), one(3, "安全管理员 郑凯", Role::SecurityAdmin)], own: Some(Id::new(3)) };
        let long = account::session::Somebodys { shown: crate::samples::LONG_NAME.into(), ..usual.sessions[0].clone() };
        vec![
            Sample::usual(usual),
            Sample::empty(SessionsPage { sessions: vec![], own: None }),
            Sample::overfull(SessionsPage { sessions: vec![long; 60], own: None }),
        ]
    }
}
impl Page for AccountPage {
    const TEMPLATE: &'static str = "accounts/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = AccountPage { account: sample("renshi", Role::UnitHr), grants: vec![sample_grant(Some(true))], may_ask: true, may_revoke: true, may_end: true, sessions: vec![], factors: 1 };
        vec![Sample::usual(usual.clone()), Sample::empty(AccountPage { grants: vec![], may_ask: false, may_revoke: false, may_end: false, ..usual })]
    }
}
impl Page for WishPage {
    const TEMPLATE: &'static str = "accounts/wish.html";
    fn samples() -> Vec<Sample<Self>> {
        let form = Form::new(vec![]);
        form.mistake("role", "请选择角色");
        vec![
            Sample::usual(WishPage { account: Some(sample("renshi", Role::UnitHr)), roles: roles(), form: Typed::default() }),
            Sample::with("new", WishPage { account: None, roles: roles(), form: form.typed() }),
        ]
    }
}
