//! T-11a: every fail point with every failure. The record is as before or as after, never between; what was
//! acknowledged is there; the same step done again arrives.

mod day;
mod released;

use day::{Folder, STEPS, Step, after, before};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Mutex;
use store::fail;

/// Fail points are the process's: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Also the victim of `abort`: told by the environment which step to do where.
#[test]
fn a_step_without_a_failure_arrives() {
    if let (Ok(step), Ok(folder)) = (std::env::var("ZHIREN_VICTIM_STEP"), std::env::var("ZHIREN_VICTIM_FOLDER")) {
        let step = STEPS.into_iter().find(|s| format!("{s:?}") == step).expect("a step");
        step.run(std::path::Path::new(&folder)).expect("the failure comes first");
        println!("acknowledged");
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(|p| p.into_inner());
    for step in STEPS {
        let folder = Folder::planted();
        step.run(&folder.0).unwrap_or_else(|e| panic!("{step:?}: {e}"));
        assert_eq!(step.state(&folder.0), after(step), "{step:?}");
        assert_ne!(before(step), after(step), "{step:?} would not show");
    }
}

#[test]
fn every_point_with_every_failure_leaves_the_record_before_or_after() {
    if std::env::var("ZHIREN_VICTIM_STEP").is_ok() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(|p| p.into_inner());
    let mut tried: BTreeSet<&str> = BTreeSet::new();
    for step in STEPS {
        let folder = Folder::planted();
        fail::set("");
        step.run(&folder.0).unwrap_or_else(|e| panic!("{step:?}: {e}"));
        for point in fail::passed() {
            // Points of the store are passed by every step; two of them show what there is to show.
            if point.starts_with("store.") && !matches!(step, Step::Amend | Step::Restore) || point == "desk.open" && step != Step::Amend {
                continue;
            }
            tried.insert(point);
            for failure in ["error", "panic", "delay:3", "abort"] {
                meet(step, point, failure);
            }
        }
    }
    let left: Vec<&&str> = fail::POINTS.iter().filter(|p| !tried.contains(**p)).collect();
    assert!(left.is_empty(), "no step passes {left:?}");
    assert!(fail::POINTS.len() >= 30);
}

fn meet(step: Step, point: &str, failure: &str) {
    let says = format!("{step:?}, {point}={failure}");
    let folder = Folder::planted();
    let acknowledged = if failure == "abort" {
        let output = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "a_step_without_a_failure_arrives", "--nocapture"])
            .env("ZHIREN_VICTIM_STEP", format!("{step:?}"))
            .env("ZHIREN_VICTIM_FOLDER", &folder.0)
            .env("ZHIREN_FAIL", format!("{point}={failure}"))
            .output()
            .expect("the victim runs");
        assert!(!output.status.success(), "{says}: the victim lives");
        String::from_utf8_lossy(&output.stdout).contains("acknowledged")
    } else {
        fail::set(&format!("{point}={failure}"));
        let answer = catch_unwind(AssertUnwindSafe(|| step.run(&folder.0)));
        fail::set("");
        match (failure, answer) {
            ("error", Ok(Ok(()))) => panic!("{says}: the error was swallowed"),
            ("panic", Ok(_)) => panic!("{says}: the panic was swallowed"),
            ("delay:3", Ok(Err(e))) => panic!("{says}: {e}"),
            (_, answer) => matches!(answer, Ok(Ok(()))),
        }
    };
    let state = step.state(&folder.0);
    if acknowledged {
        assert_eq!(state, after(step), "{says}: acknowledged, but not there");
    } else {
        assert!(state == before(step) || state == after(step), "{says}: between\n{state:?}\n{:?}\n{:?}", before(step), after(step));
    }
    step.again(&folder.0).unwrap_or_else(|e| panic!("{says}, done again: {e}"));
    assert_eq!(step.state(&folder.0), after(step), "{says}, done again");
}
