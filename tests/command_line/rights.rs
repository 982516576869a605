//! The same policy at the command line: who acts, what is left out, what is noted.

use crate::program::{county, zhiren};

#[test]
fn a_word_acts_as_an_account_and_an_account_without_the_right_is_refused() {
    for (name, words) in [
        ("shenji", &["person", "show", "李明"][..]),
        ("xitong", &["ledger", "run", "roster"]),
        ("anquan", &["examine", "李明", "--for", "青云镇镇长"]),
        ("liming", &["person", "show", "李明"]),
        ("zhibu", &["ledger", "list"]),
        ("renshi", &["import", "Cargo.toml", "--preview"]),
    ] {
        let ended = zhiren(county(), &[&["--account", name], words].concat());
        assert!(ended.status == 1 && ended.err.contains("没有“") && ended.out.is_empty(), "{name}: {}{}", ended.out, ended.err);
    }
    let nobody = zhiren(county(), &["--account", "nobody", "ledger", "list"]);
    assert!(nobody.status == 1 && nobody.err.contains("没有账户"), "{}", nobody.err);
    let unit = zhiren(county(), &["--account", "renshi", "person", "show", "王建国"]);
    assert!(unit.status == 1 && unit.err.contains("没有找到"), "a stranger of the unit: {}", unit.err);
}

#[test]
fn what_is_protected_needs_a_purpose_which_is_noted() {
    let folded = zhiren(county(), &["person", "show", "李明"]);
    assert!(!folded.out.contains("990000") && folded.err.contains("未显示受保护的内容") && folded.err.contains("身份证号"), "{}", folded.err);
    let json = zhiren(county(), &["--json", "person", "show", "李明"]).json();
    let facts = json["facts"].as_object().expect("facts");
    let dictionary = zhiren(county(), &["--json", "facts"]).json();
    for fact in dictionary.as_array().expect("a list").iter().filter(|f| f["subject"] == "official") {
        let id = fact["id"].as_str().expect("an id");
        let class = fact["class"].as_str().expect("a class");
        assert_eq!(facts.contains_key(id), class < "S2", "{id} is {class}: the fields are those of the table");
    }
    let open = zhiren(county(), &["--purpose", "appointment", "person", "show", "李明"]);
    assert!(open.out.contains("990000"), "{}{}", open.out, open.err);
    let young = zhiren(county(), &["ledger", "run", "young"]);
    assert!(young.status == 1 && young.err.contains("--purpose"), "{}", young.err);
    let wrong = zhiren(county(), &["--purpose", "curiosity", "ledger", "run", "young"]);
    assert!(wrong.status == 2 && wrong.err.contains("没有“curiosity”这种用途"), "{}", wrong.err);
}

#[test]
fn the_table_of_rights_is_printed_for_tools() {
    let table = zhiren(county(), &["--json", "rights"]).json();
    let table = table.as_array().expect("a list");
    assert!(table.len() > 60 && table.iter().all(|a| a["source"].is_string() && a["roles"].is_object()));
}

#[test]
fn the_first_accounts_are_opened_here_and_the_others_by_two_persons() {
    let more = zhiren(county(), &["account", "add", "extra", "--role", "officer"]);
    assert!(more.status == 1 && more.err.contains("两个人"), "{}", more.err);
}
