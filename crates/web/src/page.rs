//! 页面: templates, the frame around each of them, and the samples that prove them.

use crate::assets::Assets;
use crate::filters;
use crate::{Stop, locked, menu};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value, context};
use rust_embed::RustEmbed;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::{Duration, Instant};
use vocabulary::Day;

/// A page: what its template needs. The template's path is the page's address.
pub trait Page: Serialize {
    const TEMPLATE: &'static str;
    /// Usual, empty, overfull (rare characters, names of forty), as of another day, without permission: whichever can be.
    fn samples() -> Vec<Sample<Self>>
    where
        Self: Sized;
}

/// A page with made-up content, and how it is looked at.
pub struct Sample<P> {
    pub name: &'static str,
    pub page: P,
    pub frame: Frame,
}

impl<P> Sample<P> {
    pub fn with(name: &'static str, page: P) -> Sample<P> {
        Sample { name, page, frame: Frame::sample() }
    }
    pub fn usual(page: P) -> Sample<P> {
        Sample::with("usual", page)
    }
    pub fn empty(page: P) -> Sample<P> {
        Sample::with("empty", page)
    }
    pub fn overfull(page: P) -> Sample<P> {
        Sample::with("overfull", page)
    }
    /// Looked at as of a day long past: nothing can be changed there.
    pub fn another_day(page: P) -> Sample<P> {
        let mut sample = Sample::with("another-day", page);
        sample.frame.day = vocabulary::day!(2021 - 6 - 30);
        sample.frame.other_day = true;
        sample.frame.carry = "as_of=2021-06-30".into();
        if let Some(actor) = &mut sample.frame.actor {
            actor.may_write = false;
        }
        sample
    }
    /// Looked at by somebody who may only read.
    pub fn reader(page: P) -> Sample<P> {
        let mut sample = Sample::with("reader", page);
        if let Some(actor) = &mut sample.frame.actor {
            actor.may_write = false;
            actor.role = "单位人事干部";
        }
        sample
    }
    /// Looked at before the login.
    pub fn guest(page: P) -> Sample<P> {
        Sample { name: "guest", page, frame: Frame::bare(vocabulary::day!(2026 - 11 - 22)) }
    }
}

/// What surrounds every page: `frame` in templates.
#[derive(Serialize)]
pub struct Frame {
    /// Whose office: `青云县委组织部`.
    pub office: String,
    /// What day it really is.
    pub today: Day,
    /// The day asked about.
    pub day: Day,
    pub known_on: Option<Day>,
    /// Is another day looked at, or what was known on another day?
    pub other_day: bool,
    pub actor: Option<Seated>,
    pub menu: Vec<menu::Shown>,
    /// May people, posts and units be searched, and ledgers be asked?
    pub searches: bool,
    pub ledgers: bool,
    pub csrf: String,
    pub path: String,
    /// What keeps the day asked about in an address: `as_of=2024-06-01`.
    pub carry: String,
    /// The other pairs of the address, for forms that come back to it.
    pub kept: Vec<(String, String)>,
    /// What the search box holds.
    pub words: String,
    /// 大字显示.
    pub large: bool,
    /// What is told once, on the first page after a login.
    pub told: Vec<String>,
}

/// Who sits there.
#[derive(Serialize, Clone)]
pub struct Seated {
    pub shown: String,
    pub role: &'static str,
    pub may_write: bool,
}

impl Frame {
    /// Nobody is there yet.
    pub fn bare(today: Day) -> Frame {
        Frame {
            office: String::new(),
            today,
            day: today,
            known_on: None,
            other_day: false,
            actor: None,
            menu: vec![],
            searches: false,
            ledgers: false,
            csrf: String::new(),
            path: "/".into(),
            carry: String::new(),
            kept: vec![],
            words: String::new(),
            large: false,
            told: vec![],
        }
    }

    pub(crate) fn sample() -> Frame {
        let actor = registry::Actor { role: registry::Role::Officer, ..registry::Actor::program() };
        Frame {
            office: "青云县委组织部".into(),
            actor: Some(Seated { shown: "王主任".into(), role: "组织部干部", may_write: true }),
            menu: menu::shown(&actor, "/"),
            searches: true,
            ledgers: true,
            csrf: "0123456789abcdef".into(),
            ..Frame::bare(vocabulary::day!(2026 - 11 - 22))
        }
    }
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../templates"]
struct Files;

/// All templates. While developing, or when a folder is given, they are read again from disk after a second.
pub struct Pages {
    environment: RwLock<Environment<'static>>,
    folder: Option<PathBuf>,
    read: Mutex<Instant>,
}

impl Pages {
    pub fn new(folder: Option<PathBuf>, assets: Arc<Assets>) -> Pages {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_syntax(syntax());
        let place = folder.clone();
        environment.set_loader(move |name| source(place.as_deref(), name));
        filters::add(&mut environment, assets);
        Pages { environment: RwLock::new(environment), folder, read: Mutex::new(Instant::now()) }
    }

    pub fn render<P: Page>(&self, page: &P, frame: &Frame) -> Result<String, Stop> {
        self.look_again();
        let environment = self.environment.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(environment.get_template(P::TEMPLATE)?.render(content(page, frame))?)
    }

    /// Only the template `part`, which the page itself includes: what htmx puts into the page that is already there.
    pub fn render_part<P: Page>(&self, page: &P, part: &str, frame: &Frame) -> Result<String, Stop> {
        self.look_again();
        let environment = self.environment.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(environment.get_template(part)?.render(content(page, frame))?)
    }

    fn look_again(&self) {
        if !(cfg!(debug_assertions) || self.folder.is_some()) {
            return;
        }
        let mut read = locked(&self.read);
        if read.elapsed() > Duration::from_secs(1) {
            *read = Instant::now();
            self.environment.write().unwrap_or_else(std::sync::PoisonError::into_inner).clear_templates();
        }
    }
}

fn content<P: Page>(page: &P, frame: &Frame) -> Value {
    context! { frame => Value::from(Serde(frame)), ..Value::from(Serde(page)) }
}

/// A line that holds only a tag leaves no trace in the page.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default()
}

fn source(folder: Option<&std::path::Path>, name: &str) -> Result<Option<String>, Error> {
    if let Some(folder) = folder
        && !name.split('/').any(|part| part == "..")
        && let Ok(text) = std::fs::read_to_string(folder.join(name))
    {
        return Ok(Some(text));
    }
    let Some(file) = Files::get(name) else { return Ok(None) };
    String::from_utf8(file.data.into_owned()).map(Some).map_err(|_| Error::new(ErrorKind::BadSerialization, "template is not UTF-8"))
}

/// Renders every sample of `P` and answers what came out, by its name: for `check`, and for tests.
pub fn every_sample<P: Page>(pages: &Pages, out: &mut Vec<Rendered>) {
    for sample in P::samples() {
        let html = pages.render(&sample.page, &sample.frame).map_err(|stop| match stop {
            Stop::Broken(why) => why,
            other => format!("{other:?}"),
        });
        out.push(Rendered { template: P::TEMPLATE, sample: sample.name, html });
    }
}

/// One sample of one page, rendered; or why it could not be.
pub struct Rendered {
    pub template: &'static str,
    pub sample: &'static str,
    pub html: Result<String, String>,
}
