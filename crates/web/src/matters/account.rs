//! 公开账目: what came in and went out, for the office and, without anything but sums and places, on the wall.

use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Ctx, Guest, Page, Stop};
use affairs::matter::{self, Account, AccountLine};
use axum::extract::Path;
use registry::{Actor, AsOf, Desk, organisation};
use serde::Serialize;
use vocabulary::Id;

#[derive(Clone, Debug, Serialize)]
pub struct AccountPage {
    #[serde(flatten)]
    pub account: Account,
    /// Names of the lines' organisations, in their order.
    pub units: Vec<String>,
}

/// The same on the wall.
#[derive(Clone, Debug, Serialize)]
pub struct OpenAccountPage {
    #[serde(flatten)]
    pub page: AccountPage,
    pub today: vocabulary::Day,
}

impl AccountPage {
    fn of(desk: &Desk, id: &str) -> Result<AccountPage, Stop> {
        let account = matter::account(desk, id)?;
        let units = organisation::all(desk)?;
        let name = |n: i64| units.iter().find(|u| u.id.number() == n).map(|u| u.short_name.clone()).unwrap_or_default();
        Ok(AccountPage { units: account.lines.iter().map(|l| name(l.unit)).collect(), account })
    }
}

pub async fn show(c: Ctx, Path(id): Path<String>) -> Answer {
    let page = c.read(move |desk| AccountPage::of(desk, &id)).await?;
    c.page(&page)
}

/// Without a login: days, sums and places; no matter's title, no word of anybody.
pub async fn open(guest: Guest, Path(id): Path<String>) -> Answer {
    let app = guest.app.clone();
    let work = move |desk: &Desk| Ok::<_, Stop>(OpenAccountPage { page: AccountPage::of(desk, &id)?, today: desk.today });
    let page = blocking(move || app.office.read(&Actor::program(), AsOf::default(), work)).await?;
    guest.page(&page)
}

fn sample(n: usize) -> AccountPage {
    let line = |amount: i64| AccountLine { on: "2026-05-10".into(), amount, unit: 90, matter: Id::new(4) };
    let lines: Vec<AccountLine> = (0..n).flat_map(|_| [line(-5_000), line(230_000)]).collect();
    AccountPage {
        units: lines.iter().map(|_| "青云镇大王庄村".to_owned()).collect(),
        account: Account { institution: "relief-fund".into(), title: "助困基金账目".into(), unit: "元".into(), income: 230_000 * n as i64, spent: 5_000 * n as i64, balance: 225_000 * n as i64, lines },
    }
}

impl Page for AccountPage {
    const TEMPLATE: &'static str = "matters/account.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![Sample::usual(sample(1)), Sample::empty(sample(0)), Sample::overfull(sample(60)), Sample::reader(sample(1))]
    }
}

impl Page for OpenAccountPage {
    const TEMPLATE: &'static str = "wall/account.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = |n| OpenAccountPage { page: sample(n), today: vocabulary::day!(2026 - 11 - 22) };
        vec![Sample::guest(page(2)), Sample { name: "empty", ..Sample::guest(page(0)) }]
    }
}
