//! `purge due`, `purge list`, `purge ask`, `purge confirm`: what may be kept no longer. Two persons, here as in the browser.

use crate::command::PurgeWords;
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, office, output};
use registry::account::{self, password};
use registry::purge::{self, Basis, Scope};
use registry::{Actor, AsOf, Office};
use std::io::BufRead;
use vocabulary::{Id, Outcome};

pub fn run(settings: &Settings, json: bool, words: PurgeWords) -> Answer {
    let office = office::open(settings)?;
    match words {
        PurgeWords::Due => due(&office, settings, json),
        PurgeWords::List => list(&office, settings, json),
        PurgeWords::Ask { rule, person, basis, reason } => {
            let acting = acting::at(&office, settings, "purge ask")?;
            prove(&office, settings)?;
            let basis = Basis::from_id(&basis).ok_or_else(|| {
                let all: Vec<String> = Basis::ALL.iter().map(|b| format!("{}：{}", b.id(), b.says())).collect();
                Stop::wrong_use(format!("没有依据“{basis}”，可写：{}", all.join("；")))
            })?;
            let scope = match person {
                Some(number) => Scope::Person(Id::new(number)),
                None => Scope::Rule(rule.unwrap_or_default()),
            };
            let asked = office.write(&acting.actor, |desk| purge::ask(desk, &scope, Some(basis), &reason))?;
            let id = done(asked)?;
            output::line(&format!("已提请，编号 {id}；由另一个人确认：zhiren --account 登录名 purge confirm {id}"))?;
            Ok(End::Done)
        }
        PurgeWords::Confirm { id, refuse } => {
            let acting = acting::at(&office, settings, "purge confirm")?;
            prove(&office, settings)?;
            let (agreed, reason) = (refuse.is_none(), refuse.unwrap_or_default());
            done(office.write(&acting.actor, |desk| purge::decide(desk, Id::new(id), agreed, &reason))?)?;
            if agreed {
                office.purged()?;
            }
            output::line(if agreed { "已清除" } else { "已记为不同意" })?;
            Ok(End::Done)
        }
    }
}

fn done<T>(outcome: Outcome<T>) -> Result<T, Stop> {
    match outcome {
        Outcome::Done(done) => Ok(done),
        Outcome::Refused(findings) => {
            let says: Vec<String> = findings.into_iter().map(|f| format!("{}（{}）", f.says, f.citation)).collect();
            Err(Stop::refused(says.join("；")))
        }
    }
}

/// One person who sits at the console could name two accounts; so each proves itself by its password.
fn prove(office: &Office, settings: &Settings) -> Result<(), Stop> {
    let typed = match std::env::var("ZHIREN_PASSWORD") {
        Ok(typed) => typed,
        Err(_) => {
            output::note(&format!("{} 的密码：", settings.account));
            let mut line = String::new();
            std::io::stdin().lock().read_line(&mut line)?;
            line.trim_end_matches(['\r', '\n']).to_owned()
        }
    };
    let found = office.read(&Actor::program(), AsOf::default(), |desk| account::named(desk, &settings.account))?;
    if password::matches(found.as_ref(), &typed) { Ok(()) } else { Err(Stop::refused("密码不对")) }
}

fn due(office: &Office, settings: &Settings, json: bool) -> Answer {
    let acting = acting::at(office, settings, "purge due")?;
    let all = office.read(&acting.actor, AsOf::default(), purge::due)?;
    if json {
        output::json(&all)?;
    } else {
        let rows: Vec<Vec<String>> = all.into_iter().map(|d| vec![d.rule.into(), d.title.into(), d.until, d.rows.to_string(), if d.waiting { "等确认" } else { "" }.into()]).collect();
        output::table(&["编号", "内容", "截至", "行数", "状态"], &rows)?;
    }
    Ok(End::Done)
}

fn list(office: &Office, settings: &Settings, json: bool) -> Answer {
    let acting = acting::at(office, settings, "purge list")?;
    let all = office.read(&acting.actor, AsOf::default(), |desk| purge::latest(desk, 1_000))?;
    if json {
        output::json(&all)?;
    } else {
        let state = |agreed: Option<bool>| match agreed {
            None => "等确认",
            Some(true) => "已清除",
            Some(false) => "不同意",
        };
        let rows: Vec<Vec<String>> =
            all.into_iter().map(|p| vec![p.id.to_string(), p.title, p.rows.to_string(), p.asker, p.at.chars().take(16).collect(), state(p.agreed).into(), p.decider.unwrap_or_default()]).collect();
        output::table(&["编号", "内容", "行数", "提请", "时间", "状态", "确认"], &rows)?;
    }
    Ok(End::Done)
}
