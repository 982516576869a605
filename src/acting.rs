//! 以谁的身份: a word of the command line passes the same policy and writes the same journal as the browser. It acts as the
//! account that `--account` or the setting `account` names; words of system administration need none.

use crate::Stop;
use crate::settings::Settings;
use policy::{Action, Ask, Class, Ground, Kind, Purpose, Thing, decide};
use registry::consultation::Consultation;
use registry::desk::Happened;
use registry::{Actor, AsOf, Desk, Office, Person, actor};
use vocabulary::Id;

/// Who acts, what the table of rights calls the word, and the purpose that was stated.
pub struct Acting {
    pub actor: Actor,
    action: &'static Action,
    purpose: Option<Purpose>,
}

/// A word that looks after the machine and shows no record.
fn of_the_system(action: &Action) -> bool {
    action.on == Thing::System && matches!(action.kind, Kind::Administer | Kind::See)
}

/// Refuses when nobody is named who may use `word`.
pub fn at(office: &Office, settings: &Settings, word: &str) -> Result<Acting, Stop> {
    let action = policy::of_word(word).ok_or_else(|| Stop::refused(format!("权限表里没有“{word}”这个词")))?;
    let purpose = purpose(&settings.purpose)?;
    if settings.account.is_empty() {
        if of_the_system(action) {
            return Ok(Acting { actor: Actor::program(), action, purpose });
        }
        return Err(Stop::refused(format!(
            "“{}”要以一个账户的身份办：加 --account 登录名，或在 {} 里写 account = \"登录名\"。还没有账户时，先用 zhiren account add 开户",
            action.title,
            settings.data.join("zhiren.toml").display()
        )));
    }
    let named = office.read(&Actor::program(), AsOf::default(), |desk| actor::named(desk, &settings.account))?;
    let actor = named.ok_or_else(|| Stop::refused(format!("没有账户“{}”，或已停用", settings.account)))?;
    if !policy::may_ever(actor.role, action) {
        return Err(Stop::refused(format!("{}（{}）没有“{}”的职权，见 zhiren rights", actor.shown, actor.role.says(), action.title)));
    }
    Ok(Acting { actor, action, purpose })
}

/// By its id or by what it says.
fn purpose(text: &str) -> Result<Option<Purpose>, Stop> {
    if text.is_empty() {
        return Ok(None);
    }
    let found = Purpose::from_id(text).or_else(|| Purpose::ALL.into_iter().find(|p| p.says().contains(text)));
    let all: Vec<String> = Purpose::ALL.iter().map(|p| format!("{}（{}）", p.id(), p.says())).collect();
    found.map(Some).ok_or_else(|| Stop::wrong_use(format!("没有“{text}”这种用途，可写：{}", all.join("、"))))
}

impl Acting {
    /// The highest class that this word may show: what is personal needs `--purpose`.
    pub fn open(&self) -> Class {
        let ground = if self.purpose.is_some() { Ground::Stated } else { Ground::None };
        // Who sits at the machine's own console has proved who they are to the machine.
        let ask = |class| Ask { ground, stepped_up: true, ..Ask::plain(self.actor.role, self.action, class) };
        [Class::S2, Class::S1].into_iter().find(|class| decide(&ask(*class)).allowed()).unwrap_or(Class::S0)
    }

    /// Notes a look at what is protected, before it is printed.
    pub fn note(&self, desk: &Desk, people: &[Id<Person>], parts: &[&str]) -> Result<(), Stop> {
        let purpose = self.action.purpose.or(self.purpose).map_or("", Purpose::says);
        desk.consulted(&Consultation { people, parts, class: Class::S2, purpose, ticket: None })?;
        Ok(())
    }
}

/// A word of system administration is in the journal too, by the name that the machine knows its user by.
pub fn told(office: &Office, act: &str, says: &str) -> Result<(), Stop> {
    let user = std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_else(|_| "系统".into());
    let actor = Actor { shown: format!("命令行（{user}）"), ..Actor::program() };
    office.write(&actor, |desk| desk.record(Happened { act, subject: "system", number: None, says: says.into() }))?;
    Ok(())
}

/// Says beside the answer, not within it, what was left out.
pub fn withheld(names: &[String]) {
    if !names.is_empty() {
        eprintln!("未显示受保护的内容：{}；加 --purpose 用途 后可以查看，会被记录", names.join("、"));
    }
}
