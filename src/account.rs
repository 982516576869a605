//! `account add`: the first accounts of an office, while nobody is there who could ask and agree on a page.

use crate::command::AccountWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, office, output};
use policy::Role;
use registry::account::external::{self, Kind};
use registry::account::{self, NewAccount};
use registry::{Actor, AsOf, organisation};
use std::io::BufRead;

/// Letters of a password, the fewest.
const PASSWORD_LEAST: usize = 15;

pub fn run(settings: &Settings, json: bool, words: AccountWords) -> Answer {
    let (name, role, shown, scope) = match words {
        AccountWords::Add { name, role, shown, scope } => (name, role, shown, scope),
        AccountWords::Link { name, oidc, ldap } => return link(settings, json, &name, oidc, ldap),
    };
    let role = Role::from_id(&role).filter(|r| *r != Role::Program).ok_or_else(|| {
        let all: Vec<String> = Role::ALL.iter().map(|r| format!("{}（{}）", r.id(), r.says())).collect();
        Stop::wrong_use(format!("没有角色“{role}”，可写：{}", all.join("、")))
    })?;
    let office = office::open(settings)?;
    // From here on two persons on the page are needed for every role (A4).
    let ready = office.read(&Actor::program(), AsOf::default(), |desk| {
        let sql = "select count(*) from accounts where closed is null and role in ('security_admin', 'head')";
        Ok::<_, registry::Error>(desk.one(sql, &[])?.int(0) >= 2 && desk.first("select 1 from accounts where closed is null and role = 'security_admin'", &[])?.is_some())
    })?;
    if ready {
        return Err(Stop::refused("已有安全管理员和另一位批准人：开户和授权请在网页“账户与授权”里由两个人办理"));
    }
    let password = password()?;
    let scope_id = match &scope {
        None => None,
        Some(unit) => {
            let found = office.read(&Actor::program(), AsOf::default(), |desk| organisation::named(desk, unit))?;
            Some(found.ok_or_else(|| Stop::refused(format!("没有机构“{unit}”")))?.id)
        }
    };
    let shown = shown.unwrap_or_else(|| name.clone());
    let new = NewAccount { name: &name, shown: &shown, role, scope: scope_id, person: None, password: &password };
    office.write(&Actor::program(), |desk| {
        if desk.first("select 1 from accounts where name = $1 and closed is null", &[name.as_str().into()])?.is_some() {
            return Err(registry::Error::Wrong(format!("登录名 {name} 已有人用")));
        }
        let id = account::add(desk, new)?;
        account::password::was_given(desk, id)
    })?;
    if json {
        output::json(&serde_json::json!({ "name": name, "shown": shown, "role": role.id(), "scope": scope }))?;
    } else {
        output::line(&format!("已开户：{name}（{}）", role.says()))?;
    }
    Ok(End::Done)
}

/// Who vouches is who the settings name; the account keeps its rights, whoever vouches.
fn link(settings: &Settings, json: bool, name: &str, oidc: Option<String>, ldap: Option<String>) -> Answer {
    let missing = |table: &str| Stop::wrong_use(format!("zhiren.toml 里还没有 [login.{table}]"));
    let (kind, issuer, subject) = match (oidc, ldap) {
        (Some(subject), _) => (Kind::Oidc, settings.door.oidc.as_ref().ok_or_else(|| missing("oidc"))?.issuer.clone(), subject),
        (None, subject) => (Kind::Ldap, settings.door.ldap.as_ref().ok_or_else(|| missing("ldap"))?.url.clone(), subject.unwrap_or_default()),
    };
    let office = office::open(settings)?;
    office.write(&Actor::program(), |desk| {
        let found = account::named(desk, name)?.ok_or_else(|| registry::Error::NotFound(format!("账户 {name}")))?;
        external::link(desk, found.id, kind, &issuer, &subject)
    })?;
    if json {
        output::json(&serde_json::json!({ "name": name, "kind": kind.says(), "issuer": issuer, "subject": subject }))?;
    } else {
        output::line(&format!("{name} 已对应到{}“{subject}”", kind.says()))?;
    }
    Ok(End::Done)
}

/// From the environment, or one line of standard input: never a word on the command line, which others can see.
fn password() -> Result<String, Stop> {
    let typed = match std::env::var("ZHIREN_NEW_PASSWORD") {
        Ok(password) => password,
        Err(_) => {
            eprintln!("请输入初始密码（至少 {PASSWORD_LEAST} 个字），回车：");
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    if typed.chars().count() < PASSWORD_LEAST {
        return Err(Stop::refused(format!("密码至少 {PASSWORD_LEAST} 个字；可放在环境变量 ZHIREN_NEW_PASSWORD 里")));
    }
    Ok(typed)
}
