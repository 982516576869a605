//! 事件订阅: who is told of changes, what was sent and what did not arrive. Looked after by the system administrator, who
//! sees no record here: numbers and kinds only.

mod sender;

pub use sender::Sender;

use crate::answer::see;
use crate::form::Typed;
use crate::page::Sample;
use crate::{Answer, Ctx, Form, Page, Stop, samples};
use axum::extract::Path;
use axum::http::StatusCode;
use registry::opening::hook::{self, Delivery, Hook, KINDS, Kind, NewHook, delivery};
use serde::Serialize;

/// Deliveries that the page shows.
const SHOWN: i64 = 200;

#[derive(Clone, Debug, Serialize)]
pub struct HooksPage {
    pub hooks: Vec<Hook>,
    pub kinds: Vec<Choice>,
    pub form: Typed,
}

/// A kind that may be ticked.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    #[serde(flatten)]
    pub kind: Kind,
    pub ticked: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct HookPage {
    pub hook: Hook,
    pub deliveries: Vec<Delivery>,
    /// The key of a subscription just made; shown this once.
    pub secret: Option<String>,
    pub tries: i64,
}

fn choices(ticked: &[String]) -> Vec<Choice> {
    KINDS
        .into_iter()
        .map(|kind| Choice {
            ticked: ticked.iter().any(|t| t == kind.id),
            kind,
        })
        .collect()
}

/// All subscriptions.
pub async fn list(c: Ctx) -> Answer {
    let hooks = c.read(|desk| Ok(hook::list(desk)?)).await?;
    c.page(&HooksPage {
        hooks,
        kinds: choices(&[]),
        form: Typed::default(),
    })
}

/// A new one; its page shows the key, this once.
pub async fn create(c: Ctx, form: Form) -> Answer {
    let (name, address) = (form.required("name", "用途"), form.required("address", "地址"));
    if let Some(fault) = hook::fault(&address).filter(|_| !address.is_empty()) {
        form.mistake("address", fault);
    }
    let kinds: Vec<String> = form.many("kind").map(str::to_owned).collect();
    if kinds.is_empty() {
        form.mistake("kind", "请选择送哪几种事件");
    }
    if !form.is_right() {
        let hooks = c.read(|desk| Ok(hook::list(desk)?)).await?;
        return c.page_as(
            StatusCode::UNPROCESSABLE_ENTITY,
            &HooksPage {
                hooks,
                kinds: choices(&kinds),
                form: form.typed(),
            },
        );
    }
    let page = c
        .write(move |desk| {
            let (id, secret) = hook::make(desk, &NewHook { name, address, kinds })?;
            Ok(HookPage {
                hook: hook::find(desk, id)?,
                deliveries: vec![],
                secret: Some(secret),
                tries: delivery::TRIES,
            })
        })
        .await?;
    c.page(&page)
}

/// One of them, and what was sent to it.
pub async fn show(c: Ctx, Path(id): Path<i64>) -> Answer {
    let page = c
        .read(move |desk| {
            Ok(HookPage {
                hook: hook::find(desk, id)?,
                deliveries: delivery::list(desk, id, SHOWN)?,
                secret: None,
                tries: delivery::TRIES,
            })
        })
        .await?;
    c.page(&page)
}

/// Nothing more is sent to it.
pub async fn end(c: Ctx, Path(id): Path<i64>) -> Answer {
    c.write(move |desk| Ok(hook::end(desk, id)?)).await?;
    Ok(see(&format!("/hooks/{id}")))
}

/// 再送, or 不再送.
pub async fn decide(c: Ctx, Path((id, number)): Path<(i64, i64)>, form: Form) -> Answer {
    let drop = match form.text("act") {
        "again" => false,
        "drop" => true,
        _ => return Err(Stop::Wrong("请选择再送或不再送".into())),
    };
    c.write(move |desk| Ok(delivery::decide(desk, id, number, drop)?))
        .await?;
    Ok(see(&format!("/hooks/{id}")))
}

fn sample() -> Hook {
    Hook {
        id: 2,
        name: "人社局工资系统：任免后取花名册".into(),
        address: "https://gongzi.qingyun.example/zhiren".into(),
        kinds: KINDS.iter().take(2).map(|k| k.says.to_owned()).collect(),
        since: "2026-11-02T09:00:00+08:00".into(),
        closed: None,
        waiting: 3,
        delivered: 120,
        dropped: 1,
        error: Some("对方答复 503".into()),
    }
}

impl Page for HooksPage {
    const TEMPLATE: &'static str = "hooks/list.html";
    fn samples() -> Vec<Sample<Self>> {
        let (hook, form) = (sample(), Typed::default);
        let quiet = Hook {
            id: 1,
            waiting: 0,
            dropped: 0,
            error: None,
            ..hook.clone()
        };
        let ended = Hook {
            closed: Some("2026-11-20T09:00:00+08:00".into()),
            ..quiet.clone()
        };
        let long = Hook {
            name: samples::LONG_TITLE.into(),
            address: format!("https://gongzi.qingyun.example/{}", "x".repeat(400)),
            error: Some("对方的证书核对不通过".repeat(10)),
            ..hook.clone()
        };
        let wrong = || {
            let form = Form::new(vec![
                ("name".into(), "工资".into()),
                ("address".into(), "http://gongzi.qingyun.example".into()),
            ]);
            form.mistake(
                "address",
                hook::fault("http://gongzi.qingyun.example").unwrap_or_default(),
            );
            form.mistake("kind", "请选择送哪几种事件");
            form.typed()
        };
        vec![
            Sample::usual(HooksPage {
                hooks: vec![hook, quiet, ended],
                kinds: choices(&["tenure".into()]),
                form: form(),
            }),
            Sample::empty(HooksPage {
                hooks: vec![],
                kinds: choices(&[]),
                form: form(),
            }),
            Sample::overfull(HooksPage {
                hooks: vec![long; 30],
                kinds: choices(&[]),
                form: wrong(),
            }),
        ]
    }
}

impl Page for HookPage {
    const TEMPLATE: &'static str = "hooks/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let at = |time: &str| format!("2026-11-22T{time}+08:00");
        let sent = Delivery {
            id: 7,
            entry: 4711,
            kind: "tenure.begin".into(),
            happened: at("09:00:00"),
            due: at("09:00:00"),
            tries: 1,
            tried: Some(at("09:00:02")),
            error: None,
            delivered: Some(at("09:00:02")),
            dropped: None,
        };
        let waiting = Delivery {
            id: 8,
            entry: 4712,
            due: at("09:21:20"),
            tries: 7,
            error: Some("对方答复 503".into()),
            delivered: None,
            ..sent.clone()
        };
        let fresh = Delivery {
            id: 9,
            tries: 0,
            tried: None,
            error: None,
            ..waiting.clone()
        };
        let dropped = Delivery {
            id: 6,
            tries: 20,
            dropped: Some(at("09:00:02")),
            error: Some("对方拒绝连接".repeat(20)),
            ..waiting.clone()
        };
        let page = HookPage {
            hook: sample(),
            deliveries: vec![fresh, waiting.clone(), sent, dropped],
            secret: None,
            tries: delivery::TRIES,
        };
        vec![
            Sample::usual(page.clone()),
            Sample::empty(HookPage {
                hook: Hook {
                    waiting: 0,
                    delivered: 0,
                    dropped: 0,
                    error: None,
                    ..sample()
                },
                deliveries: vec![],
                secret: Some(format!("whsec_{}", "A".repeat(43))),
                ..page.clone()
            }),
            Sample::overfull(HookPage {
                deliveries: vec![waiting; 200],
                ..page
            }),
        ]
    }
}
