//! 在办: work that takes longer than a page may wait. It goes on when she looks elsewhere, and tells when it is done.

use crate::ctx::Ctx;
use crate::page::Sample;
use crate::{Answer, Page, Shared, Stop, answer, locked};
use axum::extract::Path;
use axum::response::IntoResponse;
use registry::{Account, Actor};
use serde::Serialize;
use std::any::Any;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use vocabulary::Id;

/// What is done is remembered this long, seconds.
const KEPT_SECONDS: i64 = 3_600;

type Result<T> = std::result::Result<T, Stop>;
type Anything = Arc<dyn Any + Send + Sync>;

/// Everything that runs or has just ended, by its name.
#[derive(Default)]
pub struct Jobs {
    all: Mutex<BTreeMap<String, Arc<Job>>>,
}

pub struct Job {
    pub name: String,
    pub title: String,
    /// Its page: where to look while it runs and when it is done.
    pub address: String,
    account: Option<Id<Account>>,
    begun: i64,
    progress: Progress,
    end: Mutex<End>,
}

enum End {
    Running,
    Done(Anything),
    Failed(Stop),
}

/// How much is done, and of how much once that is known.
#[derive(Default)]
pub struct Progress {
    done: AtomicU64,
    of: AtomicU64,
}

impl Progress {
    pub fn tell(&self, done: u64, of: Option<u64>) {
        self.done.store(done, Ordering::Relaxed);
        if let Some(of) = of {
            self.of.store(of, Ordering::Relaxed);
        }
    }
}

/// Where a job stands.
pub enum Standing<T> {
    /// Nothing of that name was begun, or it is forgotten.
    None,
    Running,
    Done(Arc<T>),
    Failed(Stop),
}

impl Jobs {
    fn find(&self, name: &str, actor: &Actor) -> Option<Arc<Job>> {
        locked(&self.all).get(name).filter(|j| j.account == actor.account).cloned()
    }

    pub fn standing<T: Any + Send + Sync>(&self, name: &str, actor: &Actor) -> Standing<T> {
        let Some(job) = self.find(name, actor) else { return Standing::None };
        match &*locked(&job.end) {
            End::Running => Standing::Running,
            End::Failed(stop) => Standing::Failed(stop.clone()),
            End::Done(thing) => thing.clone().downcast::<T>().map_or(Standing::None, Standing::Done),
        }
    }

    /// What runs for this account, for pages that list it.
    pub fn running(&self, actor: &Actor) -> Vec<JobPage> {
        let all = locked(&self.all);
        let mine = all.values().filter(|j| j.account == actor.account && matches!(*locked(&j.end), End::Running));
        mine.map(|job| JobPage::of(job)).collect()
    }

    pub fn forget(&self, name: &str) {
        locked(&self.all).remove(name);
    }

    fn add(&self, job: Arc<Job>) {
        let mut all = locked(&self.all);
        let old = |j: &Job| job.begun - j.begun > KEPT_SECONDS && !matches!(*locked(&j.end), End::Running);
        all.retain(|_, j| !old(j));
        all.insert(job.name.clone(), job);
    }
}

/// Begins `work` under `name`; what runs already under that name goes on instead.
pub fn begin<T: Any + Send + Sync>(
    c: &Ctx,
    name: String,
    title: String,
    address: String,
    work: impl FnOnce(&Shared, &Actor, &Progress) -> Result<T> + Send + 'static,
) {
    let jobs = &c.app.jobs;
    if let Some(job) = jobs.find(&name, &c.actor)
        && matches!(*locked(&job.end), End::Running)
    {
        return;
    }
    let begun = c.app.office.clock.now().0;
    let (account, end) = (c.actor.account, Mutex::new(End::Running));
    let job = Arc::new(Job { name, title, address, account, begun, progress: Progress::default(), end });
    jobs.add(job.clone());
    let (app, actor) = (c.app.clone(), c.actor.clone());
    tokio::spawn(async move {
        let worker = job.clone();
        let ended = crate::ctx::blocking(move || work(&app, &actor, &worker.progress)).await;
        *locked(&job.end) = match ended {
            Ok(thing) => End::Done(Arc::new(thing)),
            Err(stop) => {
                if let Stop::Broken(why) = &stop {
                    tracing::error!(job = job.name, why, "job failed");
                }
                End::Failed(stop)
            }
        };
    });
}

/// Keeps what was computed otherwise, so that the next page finds it.
pub fn keep<T: Any + Send + Sync>(c: &Ctx, name: String, thing: Arc<T>) {
    let begun = c.app.office.clock.now().0;
    let end = Mutex::new(End::Done(thing));
    c.app.jobs.add(Arc::new(Job { name, title: String::new(), address: String::new(), account: c.actor.account, begun, progress: Progress::default(), end }));
}

/// What the reader sees of a running job.
#[derive(Clone, Debug, Serialize)]
pub struct JobPage {
    pub name: String,
    pub title: String,
    pub address: String,
    pub done: u64,
    /// 0: not known yet.
    pub of: u64,
}

impl JobPage {
    fn of(job: &Job) -> JobPage {
        JobPage {
            name: job.name.clone(),
            title: job.title.clone(),
            address: job.address.clone(),
            done: job.progress.done.load(Ordering::Relaxed),
            of: job.progress.of.load(Ordering::Relaxed),
        }
    }
}

impl Page for JobPage {
    const TEMPLATE: &'static str = "jobs/show.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = JobPage { name: "preview-1".into(), title: "正在读“2026年度任免表.zip”并与在册记录对照".into(), address: "/imports/1".into(), done: 212, of: 500 };
        let begun = JobPage { done: 0, of: 0, ..page.clone() };
        let full = JobPage { title: crate::samples::LONG_TITLE.into(), done: 99_999, of: 100_000, ..page.clone() };
        vec![Sample::usual(page), Sample::empty(begun), Sample::overfull(full)]
    }
}

/// The page of a job that runs; `None` when nothing of that name does.
pub fn page(c: &Ctx, name: &str) -> Option<JobPage> {
    let job = c.app.jobs.find(name, &c.actor)?;
    matches!(*locked(&job.end), End::Running).then(|| JobPage::of(&job))
}

/// Asked every second while it runs; afterwards its own page says what came of it.
pub async fn show(c: Ctx, Path(name): Path<String>) -> Answer {
    let Some(job) = c.app.jobs.find(&name, &c.actor) else { return Err(Stop::NotFound("这项在办的工作".into())) };
    match page(&c, &name) {
        Some(page) => c.part("jobs/progress.html", &page),
        None if c.asked.partial => Ok(([("hx-redirect", job.address.clone())], "").into_response()),
        None => Ok(answer::see(&job.address)),
    }
}
