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
    pub month: String,
    pub balance: i64,
    pub points: Vec<points::Line>,
    /// The code of a voucher that was exchanged just now; shown once.
    pub voucher: Option<String>,
    pub may: bool,
    pub on_probation: bool,
    pub today: String,
    /// 党小组 of the branch: number and name.
    pub groups: Vec<(String, String)>,
    pub cares: Vec<String>,
    /// Why a membership ends.
    pub endings: Vec<String>,
    pub form: Typed,
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
            month: day.to_string()[..7].to_owned(),
            balance: points::balance(desk, id)?,
            points: points::lines(desk, id)?.into_iter().take(20).collect(),
            voucher: None,
            may: false,
            on_probation: comrade.kind == member::PROBATION,
            today: desk.today.to_string(),
            groups: branch::children(desk, Some(comrade.branch))?.into_iter().filter(|p| p.kind == branch::GROUP).map(|p| (p.id.to_string(), p.name)).collect(),
            cares: super::tree::kinds(desk, "care_kind"),
            form: Typed::with([("on", desk.today.to_string())]),
            findings: vec![],
            comrade,
        })
    }
}

fn done<T>(outcome: Outcome<T>, to: &str, says: &str) -> Answer {
    match outcome {
        Outcome::Done(_) => Ok(answer::see(to)),
        Outcome::Refused(findings) => Err(Stop::refused(says, findings)),
    }
}

pub async fn send(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let to = form.number("to", "转往").map(Id::new).ok_or_else(|| Stop::Wrong("请选择转往哪个党支部".into()))?;
    let outcome = c.write(move |desk| Ok(member::send(desk, id, to)?)).await?;
    done(outcome, &format!("/party/members/{id}"), "没有转出。")
}

pub async fn receive(c: Ctx, Path(id): Path<i64>, form: Form) -> Answer {
    let refused = (form.text("decision") == "refuse").then(|| form.text("why").to_owned());
    if refused.as_deref() == Some("") {
        return Err(Stop::Wrong("退回要写明原因".into()));
    }
    let back = form.text("back").to_owned();
    let outcome = c.write(move |desk| Ok(member::receive(desk, id, refused.as_deref())?)).await?;
    done(outcome, if back.starts_with("/party/") { &back } else { "/party" }, "没有接收。")
}

pub async fn pay(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let month = form.text("month").to_owned();
    let amount = fen(form.text("amount")).ok_or_else(|| Stop::Wrong("金额读不懂，请写成 10.5".into()))?;
    let outcome = c.write(move |desk| Ok(member::pay(desk, id, &month, amount)?)).await?;
    done(outcome, &format!("/party/members/{id}"), "没有登记党费。")
}

/// 转正.
pub async fn confirm(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let on = form.day("on", "转正日期").ok_or_else(|| Stop::Wrong("转正日期读不懂，请写成 2026-11-22".into()))?;
    let outcome = c.write(move |desk| Ok(member::confirm(desk, id, on)?)).await?;
    done(outcome, &format!("/party/members/{id}"), "没有转正。")
}

/// 党小组、关怀、月党费.
pub async fn change(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let group = form.number("group", "党小组").map(Id::new);
    let care = form.optional("care");
    let fee = form.optional("fee").map(|text| fen(&text));
    if fee == Some(None) {
        return Err(Stop::Wrong("金额读不懂，请写成 10.5".into()));
    }
    let outcome = c.write(move |desk| Ok(member::change(desk, id, group, care.as_deref(), fee.flatten())?)).await?;
    done(outcome, &format!("/party/members/{id}"), "没有改。")
}

/// 终止: the member is the branch's no more; its page says why.
pub async fn end(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let ending = form.required("ending", "原因");
    let on = form.day("on", "日期");
    if on.is_none() && form.text("on").is_empty() {
        form.mistake("on", "请填写日期，写成 2026-11-22");
    }
    let document = form.text("document").to_owned();
    let typed = form.typed();
    let mut findings = vec![];
    if form.is_right() {
        let outcome = c
            .write(move |desk| {
                let branch = member::find(desk, id)?.branch;
                let departure = member::Departure { ending, on: on.unwrap_or(desk.today), document };
                Ok(match member::end(desk, id, &departure)? {
                    Outcome::Done(()) => Outcome::Done(branch),
                    Outcome::Refused(findings) => Outcome::Refused(findings),
                })
            })
            .await?;
        match outcome {
            Outcome::Done(branch) => return Ok(answer::see(&format!("/party/{branch}"))),
            Outcome::Refused(refused) => findings = refused.into_iter().collect(),
        }
    }
    let page = c.read(move |desk| MemberPage::of(desk, id)).await?;
    c.page_as(StatusCode::UNPROCESSABLE_ENTITY, &MemberPage { form: typed, findings, may: true, ..page })
}

/// 得分.
pub async fn earn(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let count = form.number::<i64>("points", "分值").ok_or_else(|| Stop::Wrong("分值读不懂，请写数字".into()))?;
    let reason = form.text("reason").to_owned();
    let outcome = c.write(move |desk| Ok(points::earn(desk, id, count, &reason)?)).await?;
    done(outcome, &format!("/party/members/{id}"), "没有登记得分。")
}

/// 兑换: the code is shown once, to be written on the voucher.
pub async fn exchange(c: Ctx, Path(id): Path<Id<Member>>, form: Form) -> Answer {
    let count = form.number::<i64>("points", "分值").ok_or_else(|| Stop::Wrong("分值读不懂，请写数字".into()))?;
    let (goods, partner) = (form.required("goods", "兑换什么"), form.required("partner", "合作商户"));
    if !form.is_right() {
        return Err(Stop::Wrong("请填写兑换什么和在哪家兑换".into()));
    }
    // No 0, O, 1, I: the code is read aloud and typed.
    const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let drawn: [u8; 12] = rand::random();
    let code: String = drawn.iter().map(|b| char::from(SIGNS[usize::from(*b) % SIGNS.len()])).collect();
    let printed = code.clone();
    let outcome = c.write(move |desk| Ok(points::exchange(desk, id, count, &goods, &partner, &printed)?)).await?;
    done(outcome, &format!("/party/members/{id}?voucher={code}"), "没有兑换。")
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
            month: "2026-11".into(),
            balance: 120,
            points: vec![points::Line { on: "2026-10-29".into(), reason: "参加主题党日".into(), points: 10 }],
            voucher: None,
            on_probation: false,
            today: "2026-11-22".into(),
            groups: vec![("13".into(), "第一党小组".into())],
            cares: vec!["老党员".into(), "生活困难".into()],
            endings: vec!["转出县外".into(), "去世".into()],
            form: Typed::with([("on", "2026-11-22".to_owned())]),
            findings: vec![],
        };
        let probation = |page: MemberPage| MemberPage { on_probation: true, comrade: Comrade { kind: "预备党员".into(), ..page.comrade.clone() }, ..page };
        let usual = page("李明");
        let empty = MemberPage { owed: vec![], paid: vec![], targets: vec![], ..usual.clone() };
        let refused = MemberPage { findings: crate::samples::findings(), form: Typed::with([("ending", "退党".to_owned()), ("on", "2026-12-22".to_owned())]), ..usual.clone() };
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
