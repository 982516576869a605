//! 事项台账: what an institution's matters come to; every sum opens the matters it counts.

use crate::page::Sample;
use crate::{Answer, Ctx, Page, Stop};
use affairs::matter::{self, Asked, Ledger, LedgerRow, Total};
use axum::extract::{Path, Query};
use registry::{Desk, organisation};
use serde::{Deserialize, Serialize};
use vocabulary::{Day, Id};

#[derive(Clone, Debug, Serialize)]
pub struct LedgerPage {
    #[serde(flatten)]
    pub ledger: Ledger,
    /// Names of the rows' organisations, in the rows' order; and the rows' addresses.
    pub units: Vec<String>,
    pub hrefs: Vec<String>,
    pub from: String,
    pub until: String,
    /// Title of the step that was asked for.
    pub step: String,
    /// 账目
    pub account: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    step: String,
}

pub async fn show(c: Ctx, Path(id): Path<String>, Query(asked): Query<Wanted>) -> Answer {
    let page = c.read(move |desk| LedgerPage::of(desk, &id, &asked)).await?;
    c.page(&page)
}

impl LedgerPage {
    fn of(desk: &Desk, id: &str, asked: &Wanted) -> Result<LedgerPage, Stop> {
        let day = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<Day>().map(Some).map_err(|_| Stop::Wrong(format!("“{text}”不是日期，请写成 2026-07-01"))),
        };
        let filter = Asked { step: Some(asked.step.clone()).filter(|s| !s.is_empty()), from: day(&asked.from)?, until: day(&asked.until)?, below: None };
        let ledger = matter::ledger(desk, id, &filter)?;
        let institution = desk.book.institution(id);
        let units = organisation::all(desk)?;
        let name = |n: i64| units.iter().find(|u| u.id.number() == n).map(|u| u.short_name.clone()).unwrap_or_default();
        Ok(LedgerPage {
            units: ledger.rows.iter().map(|r| name(r.unit)).collect(),
            hrefs: ledger.rows.iter().map(|r| matter::address(r.id)).collect(),
            step: institution.and_then(|i| i.matter.iter().find(|s| *s.id == *asked.step)).map(|s| s.title.to_string()).unwrap_or_default(),
            account: institution.is_some_and(|i| i.account.is_some()),
            from: asked.from.clone(),
            until: asked.until.clone(),
            ledger,
        })
    }
}

impl Page for LedgerPage {
    const TEMPLATE: &'static str = "matters/ledger.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |title: &str| LedgerRow { id: Id::new(3), title: title.into(), unit: 90, path: "/2/90/".into(), at: "见效".into(), opened: "2026-03-02".into(), cells: vec!["村企共建".into(), "38".into()] };
        let page = |titles: Vec<&str>| LedgerPage {
            units: titles.iter().map(|_| "青云镇大王庄村".to_owned()).collect(),
            hrefs: titles.iter().map(|_| "/matters/3".to_owned()).collect(),
            ledger: Ledger {
                institution: "collective-economy".into(),
                title: "集体经济与村企共建台账".into(),
                heads: vec!["种类".into(), "到位（万元）".into()],
                totals: vec![Total { label: "个项目".into(), value: titles.len() as i64, step: "plan".into() }, Total { label: "万元投入".into(), value: 38 * titles.len() as i64, step: "money".into() }],
                rows: titles.into_iter().map(row).collect(),
            },
            from: String::new(),
            until: String::new(),
            step: String::new(),
            account: true,
        };
        vec![Sample::usual(page(vec!["粮食烘干房"])), Sample::empty(page(vec![])), Sample::overfull(page(vec![crate::samples::LONG_TITLE; 40])), Sample::reader(page(vec!["粮食烘干房"]))]
    }
}
