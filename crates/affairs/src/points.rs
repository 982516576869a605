//! 党员积分: earned by what an institution lists, spent on what it lists. Double entry, never negative; a voucher is taken
//! once. What earns how much, up to how much, and what it buys are data of `points.toml`.

use crate::duty::refusal;
use crate::{Error, Result};
use institution::points::{Earning, Goods, Points, Record};
use registry::desk::Happened;
use registry::{Desk, Member, member};
use sha2::{Digest, Sha256};
use vocabulary::{Citation, Day, Finding, Findings, Id, Outcome};

/// One line of an account.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// Its move.
    pub id: i64,
    pub on: String,
    pub reason: String,
    pub points: i64,
    /// It takes another back, or was taken back itself.
    pub undone: bool,
}

/// What a partner sees: never whose it is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Voucher {
    pub goods: String,
    pub partner: String,
    pub points: i64,
    pub until: String,
    pub spent_at: Option<String>,
    /// The office took it back.
    pub taken_back: bool,
    pub expired: bool,
}

/// One line of the list from which the office chooses.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Choice {
    pub key: String,
    /// `参加清洁家园，30 分（每月至多 60 分）`
    pub says: String,
}

/// What earns points on the desk's day.
pub fn earnings(desk: &Desk) -> Vec<Choice> {
    let day = desk.day();
    let in_force = desk.book.earnings().filter(|(_, e)| e.in_force.holds_on(day));
    in_force.map(|(_, e)| Choice { key: e.key.to_string(), says: format!("{}，{} 分{}", e.title, e.points, bracketed(&[e.most.in_words("分")])) }).collect()
}

/// What points buy on the desk's day.
pub fn goods(desk: &Desk) -> Vec<Choice> {
    let day = desk.day();
    let in_force = desk.book.goods().filter(|(_, g)| g.in_force.holds_on(day));
    let said = in_force.map(|(_, g)| {
        let stock = Some(g.stock.in_words("份")).filter(|s| !s.is_empty()).map(|s| format!("全县{s}")).unwrap_or_default();
        let each = Some(g.most.in_words("份")).filter(|s| !s.is_empty()).map(|s| format!("每人{s}")).unwrap_or_default();
        Choice { key: g.key.to_string(), says: format!("{}，{}，{} 分{}", g.title, g.partner, g.points, bracketed(&[each, stock])) }
    });
    said.collect()
}

fn bracketed(parts: &[String]) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    if said.is_empty() { String::new() } else { format!("（{}）", said.join("；")) }
}

/// The account's sum.
pub fn balance(desk: &Desk, id: Id<Member>) -> Result<i64> {
    Ok(desk.one("select coalesce(cast(sum(points) as bigint), 0) from point_lines where member = $1", &[id.number().into()])?.int(0))
}

/// Newest first.
pub fn lines(desk: &Desk, id: Id<Member>) -> Result<Vec<Line>> {
    member::find(desk, id)?;
    let rows = desk.rows(
        "select m.id, m.on_day, m.reason, l.points, coalesce(m.undoes, u.id) from point_lines l join point_moves m on m.id = l.move left join point_moves u on u.undoes = m.id
          where l.member = $1 order by l.id desc limit 200",
        &[id.number().into()],
    )?;
    Ok(rows.iter().map(|r| Line { id: r.int(0), on: r.text(1).into(), reason: r.text(2).into(), points: r.int(3), undone: r.opt_int(4).is_some() }).collect())
}

/// What a choice that nobody offers is answered with; the article is the institution's own.
fn unknown(desk: &Desk, rule: &str, what: &str) -> Result<Findings> {
    let of = desk.book.institutions.iter().find_map(|i| i.points.as_ref()).ok_or_else(|| Error::NotFound("积分办法".into()))?;
    Ok(Findings::new(vec![refusal(rule, format!("积分办法里没有这个{what}"), &of.source, format!("从列表中选择{what}"))]))
}

/// 得分 for an item of the institution, done on `on`.
pub fn earn(desk: &mut Desk, id: Id<Member>, item: &str, on: Day) -> Result<Outcome<i64>> {
    let who = member::find(desk, id)?;
    let Some((points, item)) = desk.book.earnings().find(|(_, e)| *e.key == *item) else { return Ok(Outcome::Refused(unknown(desk, "item", "得分项")?)) };
    let mut found = Vec::new();
    if on > desk.today {
        found.push(refusal("day-ahead", format!("填写的日期 {on} 还没有到"), &item.source, "做了以后再登记"));
    }
    found.extend(against(desk, id, points, Wanted::Earn(item), on)?);
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}得 {} 分：{}（{on}）", who.name, item.points, item.title);
    let new = Move { member: id, points: item.points, reason: &item.title, item: &item.key, on, undoes: None };
    written(desk, &new, &says).map(Outcome::Done)
}

/// 兑换: points go, a voucher comes. `secret` is what is printed on it; only its hash is kept.
pub fn exchange(desk: &mut Desk, id: Id<Member>, goods: &str, secret: &str) -> Result<Outcome<i64>> {
    let who = member::find(desk, id)?;
    let Some((points, goods)) = desk.book.goods().find(|(_, g)| *g.key == *goods) else { return Ok(Outcome::Refused(unknown(desk, "goods", "兑换项")?)) };
    let today = desk.today;
    let found = against(desk, id, points, Wanted::Exchange(goods), today)?;
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let new = Move { member: id, points: -goods.points, reason: &format!("兑换{}", goods.title), item: &goods.key, on: today, undoes: None };
    let moved = written(desk, &new, &format!("{}兑换{}（{} 分）", who.name, goods.title, goods.points))?;
    let entry = desk.one("select entered from point_moves where id = $1", &[moved.into()])?.int(0);
    let until = today.plus_days(goods.good_for_days).to_string();
    let columns = ["code", "member", "move", "goods", "partner", "points", "until_day", "entered"];
    let values = [hash(secret).into(), id.number().into(), moved.into(), (&*goods.title).into(), (&*goods.partner).into(), goods.points.into(), until.into(), entry.into()];
    desk.insert("point_vouchers", &columns, &values).map(Outcome::Done).map_err(Error::from)
}

/// 撤回 a move that was entered wrongly, with a reason: a counter-entry of the same day and item. Points that were spent
/// since are not there to be taken; a voucher that was taken at the shop stays.
pub fn undo(desk: &mut Desk, id: Id<Member>, number: i64, why: &str) -> Result<Outcome<i64>> {
    let who = member::find(desk, id)?;
    let row = desk.first(
        "select m.reason, m.item, m.on_day, l.points, coalesce(m.undoes, u.id), v.id, s.at from point_lines l join point_moves m on m.id = l.move left join point_moves u on u.undoes = m.id
           left join point_vouchers v on v.move = m.id left join point_spendings s on s.voucher = v.id where m.id = $1 and l.member = $2",
        &[number.into(), id.number().into()],
    )?;
    let row = row.ok_or_else(|| Error::NotFound("这笔积分".into()))?;
    let (reason, item, points) = (row.text(0).to_owned(), row.opt_string(1).unwrap_or_default(), row.int(3));
    let on: Day = row.text(2).parse().map_err(|_| Error::Corrupt { table: "point_moves", row: number, column: "on_day" })?;
    let source = cited(desk, &item);
    let mut found = Vec::new();
    if why.trim().is_empty() {
        found.push(refusal("why", "没有写明撤回的原因".into(), &source, "写明原因后再撤回"));
    }
    if row.opt_int(4).is_some() {
        found.push(refusal("undone", "这笔积分已经撤回".into(), &source, "无须再撤"));
    } else if row.opt_string(6).is_some() {
        found.push(refusal("spent", "这张券已经在商户用过".into(), &source, "用过的券不能撤回"));
    } else {
        let has = balance(desk, id)?;
        if has < points {
            found.push(refusal("spent-already", format!("现有 {has} 分，撤回这 {points} 分就不够了"), &source, "积分不能透支：先撤回没有用的兑换券"));
        }
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let new = Move { member: id, points: -points, reason: &format!("撤回：{reason}"), item: &item, on, undoes: Some(number) };
    let moved = written(desk, &new, &format!("撤回{}的“{reason}”（{points} 分）：{}", who.name, why.trim()))?;
    if let Some(voucher) = row.opt_int(5) {
        let entry = desk.one("select entered from point_moves where id = $1", &[moved.into()])?.int(0);
        let at = desk.moment.to_string();
        desk.insert("point_spendings", &["voucher", "at", "why", "entered"], &[voucher.into(), at.into(), why.trim().into(), entry.into()])?;
    }
    Ok(Outcome::Done(moved))
}

/// The article of an item; of the scheme for one that is listed no longer.
fn cited(desk: &Desk, item: &str) -> Citation {
    let earning = desk.book.earnings().find(|(_, e)| *e.key == *item).map(|(_, e)| e.source.clone());
    let goods = || desk.book.goods().find(|(_, g)| *g.key == *item).map(|(_, g)| g.source.clone());
    let whole = || desk.book.institutions.iter().find_map(|i| i.points.as_ref()).map(|p| p.source.clone());
    earning.or_else(goods).or_else(whole).unwrap_or(Citation { document: "积分办法".into(), article: None, item: None })
}

enum Wanted<'a> {
    Earn(&'a Earning),
    Exchange(&'a Goods),
}

/// What the institution has against it, held against this year's moves. The longest limit is a year.
fn against(desk: &Desk, id: Id<Member>, points: &Points, wanted: Wanted, on: Day) -> Result<Vec<Finding>> {
    let (first, last) = (format!("{}-01-01", on.year()), format!("{}-12-31", on.year()));
    let key = match &wanted {
        Wanted::Earn(item) => &item.key,
        Wanted::Exchange(goods) => &goods.key,
    };
    let folder = key.split('/').next().unwrap_or_default();
    // A counter-entry carries item and day of what it takes back, so that both come to nothing.
    let earned = desk.rows(
        "select m.item, m.on_day, l.points from point_lines l join point_moves m on m.id = l.move left join point_vouchers v on v.move = coalesce(m.undoes, m.id)
          where l.member = $1 and v.id is null and m.on_day >= $2 and m.on_day <= $3 and m.item >= $4 and m.item < $5",
        &[id.number().into(), (&first).into(), (&last).into(), format!("{folder}/").into(), format!("{folder}0").into()],
    )?;
    let pieces = desk.rows(
        "select m.item, m.on_day, v.member from point_vouchers v join point_moves m on m.id = v.move
          where m.item = $1 and m.on_day >= $2 and m.on_day <= $3 and not exists (select 1 from point_moves u where u.undoes = m.id)",
        &[(&**key).into(), first.into(), last.into()],
    )?;
    let within = |day: &str, from: Day, to: Day| day >= from.to_string().as_str() && day <= to.to_string().as_str();
    let count = |item: &str, from: Day, to: Day, own: bool| {
        pieces.iter().filter(|r| r.text(0).ends_with(&format!("/{item}")) && within(r.text(1), from, to) && (!own || r.int(2) == id.number())).count() as i64
    };
    let record = Record {
        earned: &|item, from, to| {
            let of = |key: &str| item.is_none_or(|i| key.strip_prefix(folder).is_some_and(|rest| rest.strip_prefix('/') == Some(i)));
            earned.iter().filter(|r| of(r.text(0)) && within(r.text(1), from, to)).map(|r| r.int(2)).sum()
        },
        taken: &|item, from, to| count(item, from, to, true),
        given: &|item, from, to| count(item, from, to, false),
        balance: balance(desk, id)?,
    };
    Ok(match wanted {
        Wanted::Earn(item) => points.earn(item, on, &record),
        Wanted::Exchange(goods) => points.exchange(goods, on, &record),
    })
}

/// Who holds the code sees the voucher.
pub fn voucher(desk: &Desk, secret: &str) -> Result<Option<Voucher>> {
    let row = desk.first(
        "select v.goods, v.partner, v.points, v.until_day, s.at, s.why from point_vouchers v left join point_spendings s on s.voucher = v.id where v.code = $1",
        &[hash(secret).into()],
    )?;
    Ok(row.map(|r| Voucher {
        goods: r.text(0).into(),
        partner: r.text(1).into(),
        points: r.int(2),
        until: r.text(3).into(),
        spent_at: r.opt_string(4),
        taken_back: r.opt_string(5).is_some(),
        expired: r.text(3).parse::<Day>().is_ok_and(|d| d < desk.today),
    }))
}

/// 核销: once. Two at the same moment: the database lets one pass.
pub fn spend(desk: &mut Desk, secret: &str) -> Result<Outcome<()>> {
    let seen = voucher(desk, secret)?.ok_or_else(|| Error::NotFound("这张券".into()))?;
    let mut found = Vec::new();
    let row = desk.one("select v.id, m.item from point_vouchers v join point_moves m on m.id = v.move where v.code = $1", &[hash(secret).into()])?;
    let (id, source) = (row.int(0), cited(desk, &row.opt_string(1).unwrap_or_default()));
    if seen.taken_back {
        found.push(refusal("taken-back", "这张券已由支部撤回".into(), &source, "请持券人向支部说明"));
    } else if let Some(at) = &seen.spent_at {
        found.push(refusal("spent", format!("这张券已于 {} 用过", at[..16].replace('T', " ")), &source, "一张券只用一次"));
    } else if seen.expired {
        found.push(refusal("expired", format!("这张券的有效期到 {}", seen.until), &source, "请持券人向支部说明"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let entry = desk.noted(Happened { act: "points.spend", subject: "voucher", number: Some(id), says: format!("核销{}（{}）", seen.goods, seen.partner) })?;
    let at = desk.moment.to_string();
    match desk.insert("point_spendings", &["voucher", "at", "entered"], &[id.into(), at.into(), entry.into()]) {
        Ok(_) => Ok(Outcome::Done(())),
        Err(registry::Error::Store(e)) if e.is_conflict() => Err(registry::Error::Changed("这张券".into()).into()),
        Err(other) => Err(other.into()),
    }
}

struct Move<'a> {
    member: Id<Member>,
    points: i64,
    reason: &'a str,
    item: &'a str,
    on: Day,
    undoes: Option<i64>,
}

/// Two lines that cancel; the move's number.
fn written(desk: &mut Desk, new: &Move, says: &str) -> Result<i64> {
    let entry = desk.record(Happened { act: "points.move", subject: "member", number: Some(new.member.number()), says: says.to_owned() })?;
    let actor = desk.actor.shown.clone();
    let item = Some(new.item).filter(|i| !i.is_empty());
    let values = [new.reason.into(), new.on.to_string().into(), item.into(), new.undoes.into(), actor.into(), entry.into()];
    let moved = desk.insert("point_moves", &["reason", "on_day", "item", "undoes", "actor", "entered"], &values)?;
    for (member, points) in [(Some(new.member.number()), new.points), (None, -new.points)] {
        desk.insert("point_lines", &["move", "member", "points", "entered"], &[moved.into(), member.into(), points.into(), entry.into()])?;
    }
    Ok(moved)
}

fn hash(secret: &str) -> String {
    Sha256::digest(secret.trim().to_uppercase().as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}
