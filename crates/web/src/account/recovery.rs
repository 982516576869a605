//! 恢复码: shown once.

use super::factors::may_change;
use crate::login::Holder;
use crate::page::Sample;
use crate::{Answer, Page, Stop};
use registry::account::session::Stage;
use registry::account::{factor, recovery};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct RecoveryPage {
    pub codes: Vec<String>,
    pub back: String,
}

impl Page for RecoveryPage {
    const TEMPLATE: &'static str = "account/recovery.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = RecoveryPage { codes: vec!["ABCD-EFGH-JKLM-NPQR".into(); 10], back: "/account".into() };
        vec![Sample::usual(page.clone()), Sample::guest(page)]
    }
}

pub async fn create(holder: Holder) -> Answer {
    let holder = holder.at(&[Stage::Open])?;
    may_change(&holder)?;
    let (account, now) = (holder.found.id, holder.app().now());
    let codes = holder
        .write(move |desk| {
            if factor::of(desk, account)?.is_empty() {
                return Err(Stop::Wrong("还没有登记第二因素，用不着恢复码".into()));
            }
            Ok(recovery::renew(desk, account, now)?)
        })
        .await?;
    holder.page(&RecoveryPage { codes, back: "/account".into() })
}
