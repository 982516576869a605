//! The table of rights, cell by cell.

use policy::{Role, actions, matrix};
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn every_cell_is_as_a_second_evaluator_reads_it() {
    let letters = matrix::letters();
    assert!(letters.len() > 20_000_000, "{}", letters.len());
    let out = second(&letters);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stdout));
}

#[test]
fn one_cell_that_differs_is_found() {
    let mut letters = matrix::letters();
    for (nth, cell) in [0, letters.len() / 3, letters.len() - 1].into_iter().enumerate() {
        letters[cell] = if letters[cell] == b'A' { b'r' } else { b'A' };
        let out = second(&letters);
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        assert!(!out.status.success() && said.contains(&format!(" {} differ", nth + 1)), "{said}");
    }
    letters.pop();
    assert!(!second(&letters).status.success(), "one cell fewer");
}

/// How the cells are walked and what the letters mean, for somebody who has not read the policy.
fn walk() -> String {
    use policy::{Class, Ground, Reason, Relation, Scope, State, Verdict};
    let line = |name: &str, values: Vec<String>| format!("axis {name} {}\n", values.join(" "));
    let mut said = line("role", Role::ALL.iter().map(|r| r.id().to_owned()).collect());
    said += &line("action", matrix::sorted().iter().map(|a| a.id.clone()).collect());
    said += &line("scope", Scope::ALL.iter().map(|v| format!("{v:?}")).collect());
    said += &line("relation", Relation::ALL.iter().map(|v| format!("{v:?}")).collect());
    said += &line("class", Class::ALL.iter().map(|v| format!("{v:?}")).collect());
    said += &line("state", State::ALL.iter().map(|v| format!("{v:?}")).collect());
    said += &line("ground", Ground::ALL.iter().map(|v| format!("{v:?}")).collect());
    said += "axis many no yes\naxis proved no yes\n";
    let refused = [
        Reason::Sealed, Reason::Role, Reason::Class, Reason::NotOwn, Reason::Named, Reason::Recusal, Reason::Scope, Reason::State,
    ];
    let needs = [Verdict::NeedsPurpose, Verdict::NeedsTicket, Verdict::NeedsApproval, Verdict::NeedsStepUp];
    for verdict in refused.into_iter().map(Verdict::Refused).chain(needs).chain([Verdict::Allowed]) {
        let name = match verdict {
            Verdict::Refused(reason) => format!("{reason:?}"),
            other => format!("{other:?}"),
        };
        said += &format!("letter {} {name}\n", char::from(verdict.letter()));
    }
    said + "\n"
}

fn second(letters: &[u8]) -> std::process::Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/policy/second.py");
    let mut child = Command::new("python3").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(walk().as_bytes()).unwrap();
    stdin.write_all(letters).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[test]
fn every_action_says_who_how_far_and_by_which_article() {
    for action in actions() {
        assert!(!action.roles.is_empty() && !action.title.is_empty() && action.source.chars().count() > 4, "{}", action.id);
        assert!(!action.states.is_empty(), "{}", action.id);
        assert!(action.id.split('.').count() == 2, "{}", action.id);
    }
}

#[test]
fn an_address_and_a_word_belong_to_one_action() {
    let mut seen = std::collections::BTreeSet::new();
    for action in actions() {
        for key in action.routes.iter().chain(&action.words) {
            assert!(seen.insert(key), "{key} 写了两次，第二次在 {}", action.id);
        }
    }
}

#[test]
fn who_stands_apart_has_no_action_on_a_record() {
    use policy::Thing::{Appraisal, Case, Duty, Import, Ledger, Organisation, Person, Procedure, Ticket};
    for action in actions().iter().filter(|a| a.kind != policy::Kind::Public) {
        let record = matches!(action.on, Person | Organisation | Procedure | Appraisal | Import | Ledger | Ticket | Case | Duty);
        for role in Role::ALL.into_iter().filter(|r| r.stands_apart()) {
            assert!(!record || action.reach(role).is_none(), "{} {}", role.id(), action.id);
        }
    }
}
