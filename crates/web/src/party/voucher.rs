//! 兑换券: what a partner sees behind the code, and taking it. No login: the code is the key, and it shows no name.

use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Guest, Page, Stop, answer};
use affairs::points::{self, Voucher};
use axum::extract::Path;
use registry::{Actor, AsOf};
use serde::Serialize;
use vocabulary::Outcome;

#[derive(Clone, Debug, Serialize)]
pub struct VoucherPage {
    pub code: String,
    pub voucher: Voucher,
}

/// Codes are twelve signs of this length; anything else is not looked up.
fn readable(code: &str) -> Result<(), Stop> {
    if code.len() == 12 && code.bytes().all(|b| b.is_ascii_alphanumeric()) { Ok(()) } else { Err(Stop::NotFound("这个页面".into())) }
}

pub async fn show(g: Guest, Path(code): Path<String>) -> Answer {
    readable(&code)?;
    let (app, wanted) = (g.app.clone(), code.clone());
    let found = blocking(move || app.office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Stop>(points::voucher(desk, &wanted)?))).await?;
    let voucher = found.ok_or_else(|| Stop::NotFound("这个页面".into()))?;
    g.page(&VoucherPage { code, voucher })
}

pub async fn spend(g: Guest, Path(code): Path<String>) -> Answer {
    readable(&code)?;
    let (app, wanted) = (g.app.clone(), code.clone());
    let outcome = blocking(move || {
        let till = Actor { shown: "合作商户".into(), ..Actor::program() };
        app.office.write(&till, |desk| Ok::<_, Stop>(points::spend(desk, &wanted)?))
    })
    .await?;
    match outcome {
        Outcome::Done(()) => Ok(answer::see(&format!("/vouchers/{code}"))),
        Outcome::Refused(findings) => Err(Stop::refused("没有核销。", findings)),
    }
}

impl Page for VoucherPage {
    const TEMPLATE: &'static str = "party/voucher.html";
    fn samples() -> Vec<Sample<Self>> {
        let voucher = |spent: Option<&str>, goods: &str| VoucherPage {
            code: "AB12CD34EF56".into(),
            voucher: Voucher { goods: goods.into(), partner: "城关维修铺".into(), points: 200, until: "2027-05-21".into(), spent_at: spent.map(str::to_owned), taken_back: false, expired: false },
        };
        let mut taken_back = voucher(Some("2026-11-22T10:00:00+08:00"), "维修券20元");
        taken_back.voucher.taken_back = true;
        vec![Sample::guest(voucher(None, "维修券20元")), Sample::guest(taken_back), Sample::guest(voucher(Some("2026-11-22T10:00:00+08:00"), crate::samples::LONG_TITLE))]
    }
}
