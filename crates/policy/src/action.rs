//! 动作: one line of the table of rights. Read once from the files in `data/`.

use crate::{Class, Purpose, Role, State};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What an action does to its thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 公用: open to whoever comes
    Public,
    /// 本人: only what is one's own
    Own,
    /// 查看
    See,
    /// 办理
    Write,
    /// 导出
    Export,
    /// 批准
    Approve,
    /// 管理
    Administer,
}

/// What an action is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    Door,
    /// One's own record.
    #[serde(rename = "self")]
    Itself,
    Person,
    Organisation,
    Procedure,
    Appraisal,
    Ticket,
    Account,
    Ballot,
    Case,
    Duty,
    Ledger,
    Import,
    Journal,
    System,
}

/// How far a role's right reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    Any,
    County,
    Unit,
    Branch,
    Own,
    /// As the unit, and only with an approved ticket.
    Ticketed,
}

impl Reach {
    pub fn says(self) -> &'static str {
        match self {
            Reach::Any => "不限",
            Reach::County => "全县",
            Reach::Unit => "本单位及下级",
            Reach::Branch => "本支部",
            Reach::Own => "本人的",
            Reach::Ticketed => "本单位及下级，凭查阅单",
        }
    }
}

/// 动作
#[derive(Clone, Debug, serde::Serialize)]
pub struct Action {
    pub id: String,
    pub title: String,
    pub on: Thing,
    pub kind: Kind,
    /// The highest class that it ever shows or changes.
    pub upto: Class,
    /// Needs the actor to show again who they are.
    pub step_up: bool,
    /// Takes sealed things without reading them: a ballot box.
    pub seals: bool,
    /// The doing itself is the purpose: an examination is for an appointment.
    pub purpose: Option<Purpose>,
    pub roles: BTreeMap<&'static str, Reach>,
    pub states: Vec<State>,
    pub routes: Vec<String>,
    /// Words of the command line.
    pub words: Vec<String>,
    pub source: String,
    #[serde(skip)]
    reaches: [Option<Reach>; 16],
}

impl Action {
    /// How far `role` may go with it; nowhere when empty.
    pub fn reach(&self, role: Role) -> Option<Reach> {
        self.reaches[role as usize]
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    title: String,
    on: Thing,
    kind: Kind,
    upto: Class,
    #[serde(default)]
    step_up: bool,
    #[serde(default)]
    seals: bool,
    purpose: Option<Purpose>,
    states: Option<Vec<String>>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    county: Vec<String>,
    #[serde(default)]
    unit: Vec<String>,
    #[serde(default)]
    branch: Vec<String>,
    #[serde(default)]
    own: Vec<String>,
    #[serde(default)]
    ticketed: Vec<String>,
    #[serde(default)]
    routes: Vec<String>,
    #[serde(default)]
    words: Vec<String>,
    source: String,
}

const FILES: [(&str, &str); 6] = [
    ("everybody.toml", include_str!("../data/everybody.toml")),
    ("records.toml", include_str!("../data/records.toml")),
    ("procedures.toml", include_str!("../data/procedures.toml")),
    ("tickets.toml", include_str!("../data/tickets.toml")),
    ("office.toml", include_str!("../data/office.toml")),
    ("administration.toml", include_str!("../data/administration.toml")),
];

struct Table {
    actions: Vec<Action>,
    by_id: HashMap<String, usize>,
    by_route: HashMap<String, usize>,
    by_word: HashMap<String, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| match read() {
    Ok(table) => table,
    // The files are part of the program and read in every test: this is a fault of the build, not of the office.
    Err(fault) => panic!("权限表：{fault}"),
});

fn read() -> Result<Table, String> {
    let mut table = Table { actions: vec![], by_id: HashMap::new(), by_route: HashMap::new(), by_word: HashMap::new() };
    for (file, text) in FILES {
        let lines: toml::map::Map<String, toml::Value> = text.parse::<toml::Table>().map_err(|e| format!("{file}: {e}"))?;
        for (id, line) in lines {
            let line: Line = line.try_into().map_err(|e| format!("{file} [{id}]: {e}"))?;
            let at = table.actions.len();
            let action = Action::of(id.clone(), line).map_err(|e| format!("{file} [{id}]: {e}"))?;
            if table.by_id.insert(id.clone(), at).is_some() {
                return Err(format!("{file} [{id}]: 写了两次"));
            }
            // An address that two actions claim belongs to the first; a test finds it.
            for route in &action.routes {
                table.by_route.entry(route.clone()).or_insert(at);
            }
            for word in &action.words {
                table.by_word.entry(word.clone()).or_insert(at);
            }
            table.actions.push(action);
        }
    }
    Ok(table)
}

impl Action {
    fn of(id: String, line: Line) -> Result<Action, String> {
        let mut roles = BTreeMap::new();
        let mut reaches = [None; 16];
        let lists = [
            (Reach::Any, &line.any),
            (Reach::County, &line.county),
            (Reach::Unit, &line.unit),
            (Reach::Branch, &line.branch),
            (Reach::Own, &line.own),
            (Reach::Ticketed, &line.ticketed),
        ];
        for (reach, names) in lists {
            for role in names.iter().map(|n| named(n)).collect::<Result<Vec<_>, _>>()?.concat() {
                if reaches[role as usize].replace(reach).is_some() {
                    return Err(format!("{} 写了两次", role.id()));
                }
                roles.insert(role.id(), reach);
            }
        }
        let states = match line.states {
            None => usual(line.kind),
            Some(names) => names
                .iter()
                .map(|n| State::ALL.into_iter().find(|s| format!("{s:?}").to_lowercase() == *n).ok_or(format!("没有状态 {n}")))
                .collect::<Result<_, _>>()?,
        };
        Ok(Action {
            id,
            title: line.title,
            on: line.on,
            kind: line.kind,
            upto: line.upto,
            step_up: line.step_up,
            seals: line.seals,
            purpose: line.purpose,
            roles,
            states,
            routes: line.routes,
            words: line.words,
            source: line.source,
            reaches,
        })
    }
}

/// States in which a kind of action is done when its line does not say otherwise.
fn usual(kind: Kind) -> Vec<State> {
    match kind {
        Kind::Public => State::ALL.to_vec(),
        Kind::Own | Kind::See => vec![State::Draft, State::Open, State::Closed, State::Archived],
        Kind::Export => vec![State::Open, State::Closed, State::Archived],
        Kind::Write => vec![State::Draft, State::Open],
        Kind::Approve => vec![State::Open],
        Kind::Administer => vec![State::Draft, State::Open, State::Closed],
    }
}

fn named(name: &str) -> Result<Vec<Role>, String> {
    let some = |pick: fn(Role) -> bool| Role::ALL.into_iter().filter(|r| pick(*r)).collect();
    Ok(match name {
        "@all" => Role::ALL.to_vec(),
        "@office" => some(Role::of_the_office),
        "@business" => some(|r| !r.stands_apart()),
        id => vec![Role::from_id(id).filter(|r| *r != Role::Program).ok_or(format!("没有角色 {id}"))?],
    })
}

/// Every action, in the order of the files.
pub fn actions() -> &'static [Action] {
    &TABLE.actions
}

/// The action of this id; a name that the table lacks is a fault of the program, found by its tests.
pub fn action(id: &str) -> &'static Action {
    match TABLE.by_id.get(id) {
        Some(at) => &TABLE.actions[*at],
        None => panic!("权限表里没有动作 {id}"),
    }
}

/// What `GET /officials/{id}` is; nothing when the table does not know the address.
pub fn of_route(method: &str, path: &str) -> Option<&'static Action> {
    let method = if method == "HEAD" { "GET" } else { method };
    TABLE.by_route.get(&format!("{method} {path}")).map(|at| &TABLE.actions[*at])
}

/// What a word of the command line is: `person show`.
pub fn of_word(word: &str) -> Option<&'static Action> {
    TABLE.by_word.get(word).map(|at| &TABLE.actions[*at])
}

/// Every address that the table knows, `GET /officials/{id}`.
pub fn routes() -> impl Iterator<Item = &'static str> {
    TABLE.actions.iter().flat_map(|a| a.routes.iter().map(String::as_str))
}
