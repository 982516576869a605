//! `zhiren`: the program. Every command is a file; each reads its words, calls one operation and prints the answer.

mod account;
mod acting;
mod backup;
mod check;
mod command;
mod demo;
mod demo_party;
mod examine;
mod exports;
mod facts;
mod form;
mod import;
mod journal;
mod key;
mod ledger;
mod marked;
mod office;
mod output;
mod person;
mod rights;
mod serve;
mod settings;
mod verify;
mod purge;

use clap::Parser;
use command::{Command, Zhiren};
use std::process::ExitCode;

/// How a command ends: 0 done, 1 refused with reasons, 2 wrong use.
pub enum End {
    Done,
    Refused,
}

/// Anything that stops a command, already in words for whoever typed it.
pub struct Stop {
    pub says: String,
    pub wrong_use: bool,
}

impl Stop {
    pub fn refused(says: impl Into<String>) -> Stop {
        Stop { says: says.into(), wrong_use: false }
    }
    pub fn wrong_use(says: impl Into<String>) -> Stop {
        Stop { says: says.into(), wrong_use: true }
    }
}

impl<E: std::error::Error> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::refused(error.to_string())
    }
}

pub type Answer = Result<End, Stop>;

fn main() -> ExitCode {
    listen();
    let words = Zhiren::parse();
    match run(words) {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Refused) => ExitCode::from(1),
        Err(stop) => {
            eprintln!("{}", stop.says);
            ExitCode::from(if stop.wrong_use { 2 } else { 1 })
        }
    }
}

/// What goes wrong and who was let in or refused is told on standard error, for whatever keeps the logs of the machine: numbers
/// and addresses, never what was typed.
fn listen() {
    use tracing_subscriber::EnvFilter;
    let filter = std::env::var("ZHIREN_LOG").ok().and_then(|words| EnvFilter::try_new(words).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new("warn,security=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).compact();
    // A second one in the same program would be a test's own.
    log.try_init().ok();
}

fn run(words: Zhiren) -> Answer {
    let settings = settings::Settings::read(&words)?;
    let json = words.json;
    match words.command {
        Command::Demo(demo) => demo::run(&settings, demo),
        Command::Serve(serve) => serve::run(&settings, serve.listen),
        Command::Import(import) => import::run(&settings, json, import),
        Command::Ledger(ledger) => ledger::run(&settings, json, ledger),
        Command::Person(person) => person::run(&settings, json, person),
        Command::Examine(examine) => examine::run(&settings, json, examine),
        Command::Form(form) => form::run(&settings, json, form),
        Command::Rights => rights::run(json),
        Command::Account(account) => account::run(&settings, json, account),
        Command::Exports(words) => exports::run(&settings, json, words),
        Command::Openapi => {
            println!("{}", web::openapi().to_pretty_json()?);
            Ok(End::Done)
        }
        Command::Facts(facts) => facts::run(&settings, json, facts),
        Command::Check(check) => check::run(&settings, json, check),
        Command::Backup(backup) => backup::backup(&settings, json, &backup),
        Command::Restore(restore) => backup::restore(&settings, json, &restore),
        Command::Verify(verify) => verify::run(&settings, json, &verify),
        Command::Purge(words) => purge::run(&settings, json, words),
        Command::Rebuild => backup::rebuild(&settings, json),
        Command::Journal(journal) => journal::run(&settings, json, journal),
        Command::Key(words) => key::run(&settings, json, words),
        Command::Config(config) => settings::show(&settings, json, config),
    }
}
