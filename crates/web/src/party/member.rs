//! 一名党员: where the relation is, moving it, dues, what the branch owes them.

use crate::duties::Row;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, answer};
use affairs::{duty, points};
use axum::extract::Path;
use axum::http::StatusCode;
use institution::Subject;
use registry::branch;
use registry::member::{self, Comrade, Transfer};
use registry::{Desk, Member};
use serde::Serialize;
use vocabulary::{Finding, Id, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct MemberPage {
    pub comrade: Comrade,
    pub branch: String,
    pub owed: Vec<Row>,
    pub paid: Vec<String>,
    pub transfers: Vec<Transfer>,
    /// Where the relation can go.
    pub targets: Vec<(String, String)>,
    pub balance: i64,
    pub points: Vec<points::Line>,
    /// The code of a voucher that was exchanged just now; shown once.
    pub voucher: Option<String>,
    pub may: bool,
    pub on_probation: bool,
    /// 党小组 of the branch: number and name.
    pub groups: Vec<(String, String)>,
    pub cares: Vec<String>,
    /// Why a membership ends.
    pub endings: Vec<String>,
    /// 得分项 and 兑换项 of the institution: key and words.
    pub earnings: Vec<(String, String)>,
    pub goods: Vec<(String, String)>,
    pub form: Typed,
    /// The form that was refused, by the end of its address; the heading above its findings.
    pub at: &'static str,
    pub refused: &'static str,
    pub findings: Vec<Finding>,
}

pub async fn show(c: Ctx, Path(id): Path<Id<Member>>) -> Answer {
    let voucher = crate::ctx::pairs(&c.asked.query).into_iter().find(|(n, _)| n == "voucher").map(|(_, v)| v).filter(|v| v.len() == 12 && v.bytes().all(|b| b.is_ascii_alphanumeric()));
    let page = c.read(move |desk| MemberPage::of(desk, id)).await?;
    c.page(&MemberPage { voucher, may: c.may_now("party.work"), ..page })
}

impl MemberPage {
    fn of(desk: &Desk, id: Id<Member>) -> Result<MemberPage, Stop> {
        let comrade = member::find(desk, id)?;
        let day = desk.day();
        let units = duty::units(desk, Subject::Member, &[id.number()])?;
        let owed = duty::of_units(desk, Subject::Member, &units, day.plus_days(-366), day.plus_days(90))?;
        let targets = branch::addresses(desk)?.into_iter().filter(|(id, _)| *id != comrade.branch);
        Ok(MemberPage {
            branch: branch::find(desk, comrade.branch)?.name,
            owed: owed.iter().rev().map(Row::of).collect(),
            paid: member::paid(desk, comrade.branch, day.year())?.into_iter().filter(|(m, _)| *m == id).map(|(_, month)| month).collect(),
            transfers: member::transfers(desk, comrade.branch)?.into_iter().filter(|t| t.member == id).collect(),
            targets: targets.map(|(id, name)| (id.to_string(), name)).collect(),
            endings: super::tree::kinds(desk, "membership_ending"),
            balance: points::balance(desk, id)?,
            points: points::lines(desk, id)?.into_iter().take(20).collect(),
            voucher: None,
            may: false,
            on_probation: comrade.kind == member::PROBATION,
            groups: branch::children(desk, Some(comrade.branch))?.into_iter().filter(|p| p.kind == branch::GROUP).map(|p| (p.id.to_string(), p.name)).collect(),
            cares: super::tree::kinds(desk, "care_kind"),
            earnings: points::earnings(desk).into_iter().map(|c| (c.key, c.says)).collect(),
            goods: points::goods(desk).into_iter().map(|c| (c.key, c.says)).collect(),
            form: Typed::with([
                ("on", desk.today.to_string()),
                ("confirmed", desk.today.to_string()),
                ("done", desk.today.to_string()),
                ("month", day.to_string()[..7].to_owned()),
                ("amount", yuan(comrade.fee)),
                ("group", comrade.grouped.map(|g| g.to_string()).unwrap_or_default()),
                ("care", comrade.care.clone().unwrap_or_default()),
                ("fee", yuan(comrade.fee)),
            ]),
            at: "",
            refused: "",
            findings: vec![],
            comrade,
        })
    }
}

/// 分 as they are typed: `10.50`; nothing for none.
fn yuan(fee: Option<i64>) -> String {
    fee.map(|fen| format!("{}.{:02}", fen / 100, fen % 100)).unwrap_or_default()
}

/// Which form of the page was sent, and what is said when it does nothing.
struct Sent {
    at: &'static str,
    refused: &'static str,
    form: Typed,
}

impl Sent {
    fn new(at: &'static str, refused: &'static str, form: &Form) -> Sent {
        Sent { at, refused, form: form.typed() }
    }

    /// On to `to`; or the page with the form as it was typed.
    async fn answer<T>(self, c: Ctx, id: Id<Member>, outcome: Outcome<T>, to: impl FnOnce(T) -> String) -> Answer {
        match outcome {
            Outcome::Done(done) => Ok(answer::see(&to(done))),
            Outcome::Refused(findings) => self.again(c, id, findings.into_iter().collect()).await,
        }
    }

    async fn again(self, c: Ctx, id: Id<Member>, findings: Vec<Finding>) -> Answer {
        let mut page = c.read(move |desk| MemberPage::of(desk, id)).await?;
        page.form.values.extend(self.form.values);
        page.form.mistakes = self.form.mistakes;
        c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &MemberPage { findings, may: true, at: self.at, refused: self.refused, ..page })
    }
}

fn back(id: Id<Member>) -> String {
    format!("/party/members/{id}")
}

/// 介绍信.
pub async fn send(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let to = form.number::<i64>("to", "转往").map(Id::new);
    if to.is_none() && form.text("to").is_empty() {
        form.mistake("to", "请选择转往哪个党支部");
    }
    let sent = Sent::new("transfer", "没有开具", &form);
    let Some(to) = to else { return sent.again(c, id, vec![]).await };
    let outcome = c.write(move |desk| Ok(member::send(desk, id, to)?)).await?;
    sent.answer(c, id, outcome, |_| back(id)).await
}

pub async fn receive(c: Ctx, Path(id): Path<i64>, form: Form) -> Answer {
    let refused = (form.text("decision") == "refuse").then(|| form.text("why").to_owned());
    if refused.as_deref() == Some("") {
        return Err(Stop::Wrong("退回要写明原因".into()));
    }
    let back = form.text("back").to_owned();
    let outcome = c.write(move |desk| Ok(member::receive(desk, id, refused.as_deref())?)).await?;
    match outcome {
        Outcome::Done(_) => Ok(answer::see(if back.starts_with("/party/") { &back } else { "/party" })),
        Outcome::Refused(findings) => Err(Stop::refused("没有接收。", findings)),
    }
}

/// 党费.
pub async fn pay(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let (month, text) = (form.required("month", "月份"), form.required("amount", "金额"));
    let amount = fen(&text);
    if amount.is_none() && !text.is_empty() {
        form.mistake("amount", "金额读不懂，请写成 10.5");
    }
    let sent = Sent::new("fees", "没有登记党费", &form);
    let Some(amount) = amount.filter(|_| form.is_right()) else { return sent.again(c, id, vec![]).await };
    let outcome = c.write(move |desk| Ok(member::pay(desk, id, &month, amount)?)).await?;
    sent.answer(c, id, outcome, |_| back(id)).await
}

/// 转正.
pub async fn confirm(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let on = day(&form, "confirmed", "转正日期");
    let sent = Sent::new("confirmation", "没有转正", &form);
    let Some(on) = on else { return sent.again(c, id, vec![]).await };
    let outcome = c.write(move |desk| Ok(member::confirm(desk, id, on)?)).await?;
    sent.answer(c, id, outcome, |_| back(id)).await
}

/// A day that has to be there.
fn day(form: &Form, name: &str, label: &str) -> Option<vocabulary::Day> {
    if form.text(name).is_empty() {
        form.mistake(name, format!("请填写{label}，写成 2026-11-22"));
    }
    form.day(name, label)
}

/// 党小组、关怀、月党费.
pub async fn change(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let group = form.number("group", "党小组").map(Id::new);
    let care = form.optional("care");
    let fee = form.optional("fee").map(|text| fen(&text));
    if fee == Some(None) {
        form.mistake("fee", "金额读不懂，请写成 10.5");
    }
    let sent = Sent::new("changes", "没有改", &form);
    if !form.is_right() {
        return sent.again(c, id, vec![]).await;
    }
    let outcome = c.write(move |desk| Ok(member::change(desk, id, group, care.as_deref(), fee.flatten())?)).await?;
    sent.answer(c, id, outcome, |_| back(id)).await
}

/// 终止: the member is the branch's no more; its page says why.
pub async fn end(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let ending = form.required("ending", "原因");
    let on = day(&form, "on", "日期");
    let document = form.text("document").to_owned();
    let sent = Sent::new("ending", "没有终止", &form);
    let Some(on) = on.filter(|_| form.is_right()) else { return sent.again(c, id, vec![]).await };
    let outcome = c
        .write(move |desk| {
            let branch = member::find(desk, id)?.branch;
            Ok(match member::end(desk, id, &member::Departure { ending, on, document })? {
                Outcome::Done(()) => Outcome::Done(branch),
                Outcome::Refused(findings) => Outcome::Refused(findings),
            })
        })
        .await?;
    sent.answer(c, id, outcome, |branch| format!("/party/{branch}")).await
}

/// 得分: an item of the institution, and the day on which it was done.
pub async fn earn(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let item = form.required("item", "得分项");
    let on = day(&form, "done", "哪一天");
    let sent = Sent::new("points", "没有登记得分", &form);
    let Some(on) = on.filter(|_| form.is_right()) else { return sent.again(c, id, vec![]).await };
    let outcome = c.write(move |desk| Ok(points::earn(desk, id, &item, on)?)).await?;
    sent.answer(c, id, outcome, |_| back(id)).await
}

/// 撤回 of points that were entered wrongly, or of a voucher that was not used.
pub async fn undo(c: Ctx, Path((id, number)): Path<(Id<Member>, i64)>, form: Form) -> Answer {
    let why = form.text("why").to_owned();
    let sent = Sent::new("withdrawal", "没有撤回", &form);
    let outcome = c.write(move |desk| Ok(points::undo(desk, id, number, &why)?)).await?;
    sent.answer(c, id, outcome, |_| back(id)).await
}

/// 兑换: the code is shown once, to be written on the voucher.
pub async fn exchange(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let goods = form.required("goods", "兑换什么");
    let sent = Sent::new("vouchers", "没有兑换", &form);
    if !form.is_right() {
        return sent.again(c, id, vec![]).await;
    }
    // No 0, O, 1, I: the code is read aloud and typed.
    const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let drawn: [u8; 12] = rand::random();
    let code: String = drawn.iter().map(|b| char::from(SIGNS[usize::from(*b) % SIGNS.len()])).collect();
    let printed = code.clone();
    let outcome = c.write(move |desk| Ok(points::exchange(desk, id, &goods, &printed)?)).await?;
    sent.answer(c, id, outcome, |_| format!("/party/members/{id}?voucher={code}")).await
}

/// `10.5` 元 as 分; no floating point near money.
pub(super) fn fen(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let part = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        2 => part.parse::<i64>().ok()?,
        _ => return None,
    };
    let whole = whole.parse::<i64>().ok().filter(|w| (0..100_000).contains(w))?;
    Some(whole * 100 + part)
}

impl Page for MemberPage {
    const TEMPLATE: &'static str = "party/member.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = |name: &str| MemberPage {
            may: true,
            comrade: Comrade {
                id: Id::new(4),
                person: Id::new(7),
                name: name.into(),
                branch: Id::new(12),
                grouped: Some(Id::new(13)),
                path: "/2/90/".into(),
                kind: "正式党员".into(),
                joined: Some(vocabulary::day!(2007 - 07 - 01).into()),
                care: None,
                fee: Some(1050),
                from_day: "2007-07-01".into(),
            },
            branch: "青云镇大王庄村党支部".into(),
            owed: vec![crate::duties::sample_row()],
            paid: vec!["2026-01".into(), "2026-02".into()],
            transfers: vec![],
            targets: vec![("3".into(), "柳河镇机关党支部".into())],
            balance: 120,
            points: vec![points::Line { id: 7, on: "2026-10-29".into(), reason: "参加主题党日".into(), points: 10, undone: false }, points::Line { id: 6, on: "2026-10-28".into(), reason: "讲党课".into(), points: 20, undone: true }],
            voucher: None,
            on_probation: false,
            groups: vec![("13".into(), "第一党小组".into())],
            cares: vec!["老党员".into(), "生活困难".into()],
            endings: vec!["转出县外".into(), "去世".into()],
            earnings: vec![("points/clean-up".into(), "参加清洁家园，30 分（每月至多 60 分）".into())],
            goods: vec![("points/repair".into(), "维修券20元，城关维修铺，200 分（全县每年至多 500 份）".into())],
            form: Typed::with([("on", "2026-11-22".to_owned()), ("confirmed", "2026-11-22".to_owned()), ("done", "2026-11-22".to_owned()), ("month", "2026-11".to_owned()), ("amount", "10.50".to_owned()), ("group", "13".to_owned()), ("care", String::new()), ("fee", "10.50".to_owned())]),
            at: "",
            refused: "",
            findings: vec![],
        };
        let probation = |page: MemberPage| MemberPage { on_probation: true, comrade: Comrade { kind: "预备党员".into(), ..page.comrade.clone() }, ..page };
        let usual = page("李明");
        let empty = MemberPage { owed: vec![], paid: vec![], targets: vec![], points: vec![], earnings: vec![], goods: vec![], balance: 0, ..usual.clone() };
        let mut refused = MemberPage { findings: crate::samples::findings(), at: "ending", refused: "没有终止", ..usual.clone() };
        refused.form.values.extend([("ending".to_owned(), "退党".to_owned()), ("on".to_owned(), "2026-12-22".to_owned())]);
        vec![Sample::usual(usual.clone()), Sample::usual(refused), Sample::usual(probation(usual.clone())), Sample::empty(empty), Sample::overfull(page(crate::samples::LONG_NAME)), Sample::another_day(usual.clone()), Sample::reader(usual)]
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn yuan_are_read_without_floating_point() {
        let read: Vec<_> = ["10.5", "0.07", "12", "1.234", "-3", "x"].iter().map(|t| super::fen(t)).collect();
        assert_eq!(read, [Some(1050), Some(7), Some(1200), None, None, None]);
    }
}
