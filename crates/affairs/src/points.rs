//! 党员积分: earned by what was done, spent on vouchers of partners. Double entry, never negative; a voucher is taken once.

use crate::duty::refusal;
use crate::{Error, Result};
use registry::desk::Happened;
use registry::{Desk, Member, member};
use sha2::{Digest, Sha256};
use vocabulary::{Citation, Day, Findings, Id, Outcome};

/// How long a voucher is good.
const GOOD_FOR_DAYS: i64 = 180;

/// One line of an account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    pub on: String,
    pub reason: String,
    pub points: i64,
}

/// What a partner sees: never whose it is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Voucher {
    pub goods: String,
    pub partner: String,
    pub points: i64,
    pub until: String,
    pub spent_at: Option<String>,
    pub expired: bool,
}

fn source() -> Citation {
    Citation { document: "青云县党员积分管理办法（演示）".into(), article: None, item: None }
}

/// The account's sum.
pub fn balance(desk: &Desk, id: Id<Member>) -> Result<i64> {
    Ok(desk.one("select coalesce(cast(sum(points) as bigint), 0) from point_lines where member = $1", &[id.number().into()])?.int(0))
}

/// Newest first.
pub fn lines(desk: &Desk, id: Id<Member>) -> Result<Vec<Line>> {
    member::find(desk, id)?;
    let rows = desk.rows("select m.on_day, m.reason, l.points from point_lines l join point_moves m on m.id = l.move where l.member = $1 order by l.id desc limit 200", &[id.number().into()])?;
    Ok(rows.iter().map(|r| Line { on: r.text(0).into(), reason: r.text(1).into(), points: r.int(2) }).collect())
}

/// 得分 for something that was done.
pub fn earn(desk: &mut Desk, id: Id<Member>, points: i64, reason: &str) -> Result<Outcome<i64>> {
    let who = member::find(desk, id)?;
    let mut found = Vec::new();
    if !(1..=500).contains(&points) {
        found.push(refusal("points", format!("一次得分应在 1 到 500 之间，不是 {points}"), &source(), "核对分值"));
    }
    if reason.trim().is_empty() {
        found.push(refusal("reason", "没有写明得分事由".into(), &source(), "写明做了什么"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    move_points(desk, id, points, reason.trim(), &format!("{}得 {points} 分：{}", who.name, reason.trim())).map(Outcome::Done)
}

/// 兑换: points go, a voucher comes. `secret` is what is printed on it; only its hash is kept.
pub fn exchange(desk: &mut Desk, id: Id<Member>, points: i64, goods: &str, partner: &str, secret: &str) -> Result<Outcome<i64>> {
    let who = member::find(desk, id)?;
    lock(desk, id)?;
    let has = balance(desk, id)?;
    let mut found = Vec::new();
    if points <= 0 {
        found.push(refusal("points", "兑换的分值应大于零".into(), &source(), "核对分值"));
    } else if has < points {
        found.push(refusal("not-enough", format!("现有 {has} 分，兑换要 {points} 分"), &source(), "积分不能透支"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let moved = move_points(desk, id, -points, &format!("兑换{goods}"), &format!("{}兑换{goods}（{points} 分）", who.name))?;
    let entry = desk.one("select entered from point_moves where id = $1", &[moved.into()])?.int(0);
    let until = desk.today.plus_days(GOOD_FOR_DAYS).to_string();
    let columns = ["code", "member", "move", "goods", "partner", "points", "until_day", "entered"];
    let values = [hash(secret).into(), id.number().into(), moved.into(), goods.into(), partner.into(), points.into(), until.into(), entry.into()];
    desk.insert("point_vouchers", &columns, &values).map(Outcome::Done).map_err(Error::from)
}

/// Who holds the code sees the voucher.
pub fn voucher(desk: &Desk, secret: &str) -> Result<Option<Voucher>> {
    let row = desk.first(
        "select v.goods, v.partner, v.points, v.until_day, s.at from point_vouchers v left join point_spendings s on s.voucher = v.id where v.code = $1",
        &[hash(secret).into()],
    )?;
    Ok(row.map(|r| Voucher {
        goods: r.text(0).into(),
        partner: r.text(1).into(),
        points: r.int(2),
        until: r.text(3).into(),
        spent_at: r.opt_string(4),
        expired: r.text(3).parse::<Day>().is_ok_and(|d| d < desk.today),
    }))
}

/// 核销: once. Two at the same moment: the database lets one pass.
pub fn spend(desk: &mut Desk, secret: &str) -> Result<Outcome<()>> {
    let seen = voucher(desk, secret)?.ok_or_else(|| Error::NotFound("这张券".into()))?;
    let mut found = Vec::new();
    if let Some(at) = &seen.spent_at {
        found.push(refusal("spent", format!("这张券已于 {} 用过", at[..16].replace('T', " ")), &source(), "一张券只用一次"));
    } else if seen.expired {
        found.push(refusal("expired", format!("这张券的有效期到 {}", seen.until), &source(), "请持券人向支部说明"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let id = desk.one("select id from point_vouchers where code = $1", &[hash(secret).into()])?.int(0);
    let entry = desk.noted(Happened { act: "points.spend", subject: "voucher", number: Some(id), says: format!("核销{}（{}）", seen.goods, seen.partner) })?;
    let at = desk.moment.to_string();
    match desk.insert("point_spendings", &["voucher", "at", "entered"], &[id.into(), at.into(), entry.into()]) {
        Ok(_) => Ok(Outcome::Done(())),
        Err(registry::Error::Store(e)) if e.is_conflict() => Err(registry::Error::Changed("这张券".into()).into()),
        Err(other) => Err(other.into()),
    }
}

/// Two lines that cancel; the move's number.
fn move_points(desk: &mut Desk, id: Id<Member>, points: i64, reason: &str, says: &str) -> Result<i64> {
    let entry = desk.record(Happened { act: "points.move", subject: "member", number: Some(id.number()), says: says.to_owned() })?;
    let (today, actor) = (desk.today.to_string(), desk.actor.shown.clone());
    let moved = desk.insert("point_moves", &["reason", "on_day", "actor", "entered"], &[reason.into(), today.into(), actor.into(), entry.into()])?;
    for (member, points) in [(Some(id.number()), points), (None, -points)] {
        desk.insert("point_lines", &["move", "member", "points", "entered"], &[moved.into(), member.into(), points.into(), entry.into()])?;
    }
    Ok(moved)
}

/// One exchange of a member after the other; SQLite has one writer anyway.
fn lock(desk: &mut Desk, id: Id<Member>) -> Result<()> {
    if desk.dialect() == store::Dialect::Postgres {
        desk.rows("select id from members where id = $1 for update", &[id.number().into()])?;
    }
    Ok(())
}

fn hash(secret: &str) -> String {
    Sha256::digest(secret.trim().to_uppercase().as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
