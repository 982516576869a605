//! 第二因素: what an account has besides its password.

use super::totp::Key;
use super::{Found, recovery};
use crate::desk::Happened;
use crate::{Account, Desk, Error, Result};
use vocabulary::{Citation, Finding, Findings, Id, Moment, Outcome, Weight};

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 动态码
    Totp,
    /// 通行密钥
    Passkey,
}

impl Kind {
    pub fn id(self) -> &'static str {
        match self {
            Kind::Totp => "totp",
            Kind::Passkey => "passkey",
        }
    }
    pub fn says(self) -> &'static str {
        match self {
            Kind::Totp => "动态码",
            Kind::Passkey => "通行密钥",
        }
    }
}

/// One factor that its owner still has. Recovery codes are counted apart.
#[derive(Clone, Debug)]
pub struct Factor {
    pub id: i64,
    pub kind: Kind,
    pub label: String,
    pub since: String,
    pub used: Option<String>,
    pub secret: String,
    step: i64,
}

pub fn of(desk: &Desk, account: Id<Account>) -> Result<Vec<Factor>> {
    let rows = desk.rows(
        "select id, kind, label, since, used, secret, step from factors
          where account = $1 and kind <> 'recovery' and closed is null order by id",
        &[account.number().into()],
    )?;
    let factor = |r: &store::Row| Factor {
        id: r.int(0),
        kind: if r.text(1) == "totp" { Kind::Totp } else { Kind::Passkey },
        label: r.text(2).into(),
        since: r.text(3).into(),
        used: r.opt_string(4),
        secret: r.text(5).into(),
        step: r.int(6),
    };
    Ok(rows.iter().map(factor).collect())
}

/// A factor that was shown to work; `step` is the time step that showed it, for a code.
pub fn add(desk: &mut Desk, account: Id<Account>, kind: Kind, label: &str, secret: &str, step: i64, now: Moment) -> Result<i64> {
    let says = format!("登记了{}“{label}”", kind.says());
    let entry = desk.record(Happened { act: "account.factor", subject: "account", number: Some(account.number()), says })?;
    desk.insert(
        "factors",
        &["account", "kind", "label", "secret", "step", "since", "entered"],
        &[account.number().into(), kind.id().into(), label.into(), secret.into(), step.into(), now.to_string().into(), entry.into()],
    )
}

/// Takes a factor away. The last one stays where one is `required`.
pub fn remove(desk: &mut Desk, found: &Found, id: i64, required: bool, now: Moment) -> Result<Outcome<()>> {
    let all = of(desk, found.id)?;
    let factor = all.iter().find(|f| f.id == id).ok_or_else(|| Error::NotFound("这个第二因素".into()))?;
    if required && all.len() == 1 && found.sees_others() {
        return Ok(Outcome::Refused(Findings::new(vec![Finding {
            rule: "last-factor".into(),
            weight: Weight::Refuse,
            says: format!("{}能看到他人的记录，至少要保留一个第二因素", found.role.says()),
            citation: Citation {
                document: "信息安全技术 网络安全等级保护基本要求（GB/T 22239-2019）".into(),
                article: Some("8.1.4.1 身份鉴别".into()),
                item: None,
            },
            saw: vec![],
            due: None,
            next: Some("先登记新的，再取消旧的".into()),
            unsure: false,
        }])));
    }
    let says = format!("取消了{}“{}”", factor.kind.says(), factor.label);
    desk.record(Happened { act: "account.factor_removed", subject: "account", number: Some(found.id.number()), says })?;
    desk.execute("update factors set closed = $1 where id = $2 and closed is null", &[now.to_string().into(), id.into()])?;
    Ok(Outcome::Done(()))
}

/// 手机丢了: all factors and recovery codes go; a new one is set up at the next login. Whoever calls writes the journal.
pub fn reset(desk: &mut Desk, account: Id<Account>, now: Moment) -> Result<()> {
    desk.execute("update factors set closed = $1 where account = $2 and closed is null", &[now.to_string().into(), account.number().into()])?;
    Ok(())
}

/// Is `typed` the present code of one of the account's apps? Each code is taken once.
pub fn take_code(desk: &mut Desk, account: Id<Account>, typed: &str, now: Moment) -> Result<bool> {
    for factor in of(desk, account)?.iter().filter(|f| f.kind == Kind::Totp) {
        let key = Key::read(&factor.secret).ok_or_else(|| corrupt(factor))?;
        let Some(step) = key.step_of(typed, now, factor.step) else { continue };
        let taken = desk.execute(
            "update factors set step = $1, used = $2 where id = $3 and step < $1 and closed is null",
            &[step.into(), now.to_string().into(), factor.id.into()],
        )?;
        return Ok(taken == 1);
    }
    Ok(false)
}

fn corrupt(factor: &Factor) -> Error {
    Error::Corrupt { table: "factors", row: factor.id, column: "secret", value: "（不显示）".into() }
}

/// A code of an app, or else one of the codes on paper. Answers what it was.
pub fn take(desk: &mut Desk, account: Id<Account>, typed: &str, now: Moment) -> Result<Option<&'static str>> {
    if take_code(desk, account, typed, now)? {
        return Ok(Some("动态码"));
    }
    Ok(recovery::spend(desk, account, typed, now)?.then_some("恢复码"))
}

/// A passkey was used: what the library wants kept of it (its counter) is written back.
pub fn used(desk: &mut Desk, id: i64, secret: Option<&str>, now: Moment) -> Result<()> {
    desk.execute(
        "update factors set used = $1, secret = coalesce($2, secret) where id = $3 and closed is null",
        &[now.to_string().into(), desk.closed("factors", "secret", secret), id.into()],
    )?;
    Ok(())
}
