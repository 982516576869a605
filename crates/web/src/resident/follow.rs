//! 查进度: with number and code, sent in the form and never in an address.

use crate::cases::parts;
use crate::ctx::blocking;
use crate::page::Sample;
use crate::{Answer, Form, Guest, Page, Stop};
use affairs::case::{self, Followed};
use axum::extract::Multipart;
use institution::case::{Act, Stage};
use registry::{AsOf, Desk};
use serde::Serialize;
use vocabulary::{Id, Moment, Outcome};

#[derive(Clone, Debug, Serialize)]
pub struct StartPage {
    /// What can be reported here, the usual one first: id, title and more in the resident's words.
    pub systems: Vec<(String, String, String)>,
    pub number: String,
    pub mistake: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FollowPage {
    pub followed: Followed,
    pub code: String,
    pub mistakes: Vec<String>,
    pub done: String,
}

fn start_page(desk: &Desk, number: &str, mistake: &str) -> StartPage {
    let mut open: Vec<_> = case::systems(desk).map(|(_, system)| system).filter(|s| s.open_door).collect();
    open.sort_by_key(|s| !s.first_at_door);
    let systems = open.into_iter().map(|s| {
        let (title, says) = s.door_says.split_once('：').unwrap_or((&s.noun, &s.door_says));
        (s.id.to_string(), title.to_owned(), says.to_owned())
    });
    StartPage { systems: systems.collect(), number: number.into(), mistake: mistake.into() }
}

pub async fn start(guest: Guest) -> Answer {
    let app = guest.app.clone();
    let page = blocking(move || app.office.read(&case::resident(), AsOf::default(), |desk| Ok::<_, Stop>(start_page(desk, "", "")))).await?;
    super::page(guest, &page)
}

/// Number and code as they were sent; the same words for a wrong code and for a number that is not there.
async fn opened(guest: &Guest, number: &str, code: &str) -> Result<Followed, Stop> {
    let now = guest.app.office.clock.now().0;
    let key: String = number.chars().filter(char::is_ascii_digit).collect();
    if guest.app.pace.rests(&key, now) {
        return Err(Stop::Wrong("查询码连续输错，请十分钟后再试".into()));
    }
    let (app, number, code) = (guest.app.clone(), number.to_owned(), code.to_owned());
    let found = blocking(move || app.office.read(&case::resident(), AsOf::default(), |desk| Ok::<_, Stop>(case::followed(desk, &number, &code)?))).await;
    if matches!(found, Err(Stop::NotFound(_))) {
        guest.app.pace.wrong(&key, now);
    }
    found
}

async fn shown(guest: Guest, number: String, code: String, mistakes: Vec<String>, done: &str) -> Answer {
    match opened(&guest, &number, &code).await {
        Ok(followed) => super::page(guest, &FollowPage { followed, code, mistakes, done: done.into() }),
        Err(Stop::NotFound(_)) => {
            let app = guest.app.clone();
            let says = "没有找到。请核对回执号和六位查询码";
            let page = blocking(move || app.office.read(&case::resident(), AsOf::default(), |desk| Ok::<_, Stop>(start_page(desk, &number, says)))).await?;
            super::page(guest, &page)
        }
        Err(stop) => Err(stop),
    }
}

pub async fn show(guest: Guest, form: Form) -> Answer {
    shown(guest, form.text("number").to_owned(), form.text("code").to_owned(), vec![], "").await
}

pub async fn rate(guest: Guest, form: Form) -> Answer {
    heard(guest, form, Act::Rate, "谢谢，您的评价已经记下").await
}
pub async fn reopen(guest: Guest, form: Form) -> Answer {
    heard(guest, form, Act::Reopen, "已经重新办理").await
}

async fn heard(guest: Guest, form: Form, act: Act, done: &str) -> Answer {
    let (number, code) = (form.text("number").to_owned(), form.text("code").to_owned());
    let (word, says) = (form.text("word").to_owned(), form.text("says").to_owned());
    opened(&guest, &number, &code).await?;
    let (app, n, k) = (guest.app.clone(), number.clone(), code.clone());
    let outcome = blocking(move || app.office.write(&case::resident(), |desk| Ok::<_, Stop>(case::heard(desk, &n, &k, act, &word, &says)?))).await?;
    match outcome {
        Outcome::Done(_) => shown(guest, number, code, vec![], done).await,
        Outcome::Refused(findings) => shown(guest, number, code, findings.iter().map(|f| f.says.clone()).collect(), "").await,
    }
}

pub async fn photo(guest: Guest, sent: Multipart) -> Answer {
    let (pairs, files) = parts(sent).await?;
    let form = Form::new(pairs);
    let (number, code) = (form.text("number").to_owned(), form.text("code").to_owned());
    opened(&guest, &number, &code).await?;
    if files.is_empty() {
        return shown(guest, number, code, vec!["没有选择照片".into()], "").await;
    }
    let (app, n, k) = (guest.app.clone(), number.clone(), code.clone());
    let kept = blocking(move || {
        app.office.write(&case::resident(), |desk| {
            for file in &files {
                case::attach(desk, &n, &k, file)?;
            }
            Ok::<_, Stop>(())
        })
    });
    match kept.await {
        Ok(()) => shown(guest, number, code, vec![], "照片收到了").await,
        Err(Stop::Wrong(says)) => shown(guest, number, code, vec![says], "").await,
        Err(stop) => Err(stop),
    }
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "resident/start.html";
    fn samples() -> Vec<Sample<Self>> {
        let usual = StartPage { systems: vec![("whistle-and-report".into(), "诉求".into(), "身边的烦心事：路灯、停车".into()), ("claims".into(), "清单事项".into(), String::new())], number: String::new(), mistake: String::new() };
        let wrong = StartPage { number: "CS0000012".into(), mistake: "没有找到。请核对回执号和六位查询码".into(), ..usual.clone() };
        vec![Sample::guest(usual.clone()), Sample { name: "empty", ..Sample::guest(StartPage { systems: vec![], ..usual }) }, Sample { name: "wrong", ..Sample::guest(wrong) }]
    }
}

impl Page for FollowPage {
    const TEMPLATE: &'static str = "resident/receipt.html";
    fn samples() -> Vec<Sample<Self>> {
        let moment: Moment = "2026-11-20 09:10".parse().unwrap_or(Moment(0));
        let followed = Followed {
            id: Id::new(12),
            receipt: "CS0000012".into(),
            noun: "诉求".into(),
            words: "2号楼电梯坏了三天没人修".into(),
            reported: moment,
            stage: Stage::Answered,
            stage_says: "已答复，请您评价",
            due: Some(moment),
            late: true,
            paused: true,
            steps: vec![case::FollowedStep { at: moment, says: "收到您反映的事".into() }],
            answer: Some("电梯已修好".into()),
            rating: None,
            ratings: ["好", "较好", "一般", "较差"].map(str::to_owned).to_vec(),
            may_rate: true,
            may_reopen: true,
            photos: 2,
            looks: 1,
        };
        let page = FollowPage { followed, code: "481516".into(), mistakes: vec!["已重办 2 次".into()], done: String::new() };
        let fresh = Followed { answer: None, may_rate: false, may_reopen: false, late: false, paused: false, looks: 0, stage: Stage::Unsorted, stage_says: "已收到，正在看", ..page.followed.clone() };
        vec![Sample::guest(page.clone()), Sample { name: "fresh", ..Sample::guest(FollowPage { followed: fresh, mistakes: vec![], done: "照片收到了".into(), ..page }) }]
    }
}
