//! 上墙: the screen in the hall and the poster with its code. Counts only: no name, no words of anybody.

use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Guest, Page, Shared, Stop};
use affairs::case::{self, Filter, UnitFigures};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::routing::get;
use institution::case::Stage;
use registry::{Actor, AsOf, Desk, Organisation};
use serde::Serialize;
use vocabulary::{Id, Moment};

pub fn routes() -> Router<Shared> {
    Router::new().route("/wall/accounts/{institution}", get(crate::matters::open_account)).route("/wall/{id}", get(show)).route("/wall/{id}/poster", get(poster))
}

#[derive(Clone, Debug, Serialize)]
pub struct WallPage {
    pub id: i64,
    pub name: String,
    pub at: Moment,
    /// This half-year.
    pub all: UnitFigures,
    /// 响应率 解决率 满意率
    pub rates: Vec<(&'static str, String)>,
    pub open: usize,
    pub stages: Vec<(&'static str, usize)>,
    pub classes: Vec<(String, i64, i64)>,
    pub departments: Vec<(String, i64, String)>,
    /// Steps of the work, in order.
    pub flow: Vec<&'static str>,
    /// Organisations on the way up.
    pub chart: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PosterPage {
    pub name: String,
    pub address: String,
    pub code: Code,
}

/// 二维码 as one path of squares.
#[derive(Clone, Debug, Serialize)]
pub struct Code {
    pub size: usize,
    pub path: String,
}

impl Code {
    pub fn of(text: &str) -> Result<Code, Stop> {
        let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).map_err(|e| Stop::Broken(format!("qr: {e}")))?;
        let width = code.width();
        let mut path = String::new();
        for (at, colour) in code.to_colors().into_iter().enumerate() {
            if colour == qrcode::Color::Dark {
                path.push_str(&format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
            }
        }
        // Four squares of quiet around it, as the standard asks.
        Ok(Code { size: width + 8, path })
    }
}

async fn read<T: Send + 'static>(guest: &Guest, work: impl FnOnce(&Desk) -> Result<T, Stop> + Send + 'static) -> Result<T, Stop> {
    let app = guest.app.clone();
    blocking(move || app.office.read(&Actor::program(), AsOf::default(), work)).await
}

pub async fn show(guest: Guest, Path(id): Path<Id<Organisation>>) -> Answer {
    let page = read(&guest, move |desk| WallPage::of(desk, id)).await?;
    guest.page(&page)
}

pub async fn poster(guest: Guest, Path(id): Path<Id<Organisation>>, headers: HeaderMap) -> Answer {
    let unit = read(&guest, move |desk| Ok(case::unit(desk, id)?)).await?;
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("127.0.0.1");
    let scheme = if guest.app.settings.https { "https" } else { "http" };
    let address = format!("{scheme}://{host}/r/report?place={}", unit.id);
    let code = Code::of(&address)?;
    guest.page(&PosterPage { name: unit.name, address, code })
}

impl WallPage {
    fn of(desk: &Desk, id: Id<Organisation>) -> Result<WallPage, Stop> {
        let unit = case::unit(desk, id)?;
        let (_, from, until) = case::half_year(desk.today);
        let figures = case::figures(desk, &Filter { place: Some(id.number()), from: Some(from), until: Some(until), closed: true, ..Filter::default() })?;
        let lines = case::lines(desk, &Filter { place: Some(id.number()), ..Filter::default() })?;
        let percent = |t: Option<i64>| t.map_or("—".to_owned(), |t| format!("{}.{}%", t / 10, t % 10));
        let rates = ["响应率", "解决率", "满意率"].into_iter().zip(figures.all.rates().map(percent)).collect();
        let mut chart = Vec::new();
        for number in unit.path.split('/').filter_map(|n| n.parse().ok()) {
            chart.push(case::unit(desk, Id::new(number))?.name);
        }
        let open = lines.iter().filter(|l| l.stage.waits()).count();
        let stages = Stage::ALL.iter().take(7).map(|s| (s.says(), lines.iter().filter(|l| l.stage == *s).count())).collect();
        Ok(WallPage {
            id: id.number(),
            name: unit.name,
            at: desk.moment,
            rates,
            open,
            stages,
            classes: figures.classes.iter().take(8).map(|(title, f)| (title.clone(), f.received, f.answered)).collect(),
            departments: figures.departments.iter().take(8).map(|f| (f.name.clone(), f.received, percent(f.rates()[0]))).collect(),
            all: figures.all,
            flow: vec!["居民反映", "社区受理", "吹哨", "部门报到", "办理", "答复", "居民评价", "销号"],
            chart,
        })
    }
}

impl Page for WallPage {
    const TEMPLATE: &'static str = "wall/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = WallPage {
            id: 40,
            name: "青云镇东关社区".into(),
            at: "2026-11-22 09:00".parse().unwrap_or(Moment(0)),
            all: UnitFigures { received: 65, answered: 58, answered_in_time: 50, ..UnitFigures::default() },
            rates: vec![("响应率", "92.3%".into()), ("解决率", "89.2%".into()), ("满意率", "95.0%".into())],
            open: 7,
            stages: vec![("待分类", 1), ("办理中", 6)],
            classes: vec![("物业与停车".into(), 30, 28)],
            departments: vec![("县住房和城乡建设局".into(), 20, "95.0%".into())],
            flow: vec!["居民反映", "社区受理", "吹哨"],
            chart: vec!["青云县".into(), "青云镇".into(), "青云镇东关社区".into()],
        };
        let empty = WallPage { classes: vec![], departments: vec![], all: UnitFigures::default(), ..usual.clone() };
        vec![Sample::guest(usual), Sample { name: "empty", ..Sample::guest(empty) }]
    }
}

impl Page for PosterPage {
    const TEMPLATE: &'static str = "wall/poster.html";
    fn samples() -> Vec<Sample<Self>> {
        let address = "http://127.0.0.1:8080/r/report?place=40";
        let code = Code::of(address).unwrap_or(Code { size: 1, path: String::new() });
        vec![Sample::guest(PosterPage { name: "青云镇东关社区".into(), address: address.into(), code })]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_on_the_poster_says_the_address() {
        let code = Code::of("http://127.0.0.1:8080/r/report?place=40").unwrap();
        assert!(code.size > 21 && code.path.starts_with("M4 4h1v1h-1z"), "the finder begins in the corner");
    }
}
