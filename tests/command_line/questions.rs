//! Ledgers, people, examinations, the dictionary.

use crate::program::{Folder, county, zhiren};

#[test]
fn the_same_seed_plants_the_same_county() {
    let ledger = |seed: &str| {
        let folder = Folder::new();
        assert_eq!(zhiren(&folder.0, &["demo", "--plant-only", "--people", "400", "--seed", seed]).status, 0);
        zhiren(&folder.0, &["--json", "ledger", "run", "roster"]).out
    };
    let first = ledger("7");
    assert_eq!(first, ledger("7"));
    assert_ne!(first, ledger("8"));
}

#[test]
fn a_county_is_not_planted_over_another() {
    let again = zhiren(county(), &["demo", "--plant-only"]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("已有数据"), "{}", again.err);
}

#[test]
fn every_shipped_ledger_runs_and_counts_what_the_list_says() {
    let list = zhiren(county(), &["--json", "ledger", "list"]).json();
    let list = list.as_array().expect("a list");
    for title in ["干部花名册", "优秀年轻干部", "女少非干部", "农业专业干部", "法律专业干部", "经济专业干部", "年度考核", "职数与空缺", "同职级任职年限", "到龄与任期"] {
        assert!(list.iter().any(|l| l["title"].as_str().is_some_and(|t| t.contains(title))), "{title}");
    }
    for ledger in list {
        let id = ledger["id"].as_str().expect("an id");
        let run = zhiren(county(), &["--json", "--purpose", "daily", "ledger", "run", id]).json();
        assert_eq!(run["count"], ledger["count"], "{id}");
        assert!(run["count"].as_i64() > Some(0), "{id}");
    }
}

#[test]
fn a_ledger_of_another_day_is_another_list() {
    let count = |day: &str| zhiren(county(), &["--json", "ledger", "run", "roster", "--as-of", day]).json()["rows"].to_string();
    assert_ne!(count("2023-01-01"), count("2026-11-22"));
}

#[test]
fn a_person_is_found_by_name_and_shown() {
    let shown = zhiren(county(), &["person", "show", "李明"]);
    assert_eq!(shown.status, 0, "{}", shown.err);
    assert!(shown.out.contains("青云镇副镇长") && shown.out.contains("1985.04（41岁）"), "{}", shown.out);
    let nobody = zhiren(county(), &["person", "show", "查无此人"]);
    assert_eq!((nobody.status, nobody.err.contains("没有找到")), (1, true), "{}", nobody.err);
}

#[test]
fn a_full_post_refuses_with_its_article_and_exit_status_1() {
    let ended = zhiren(county(), &["examine", "李明", "--for", "青云镇党委副书记、镇长"]);
    assert_eq!(ended.status, 1, "{}{}", ended.out, ended.err);
    assert!(ended.out.contains("〔不符合〕") && ended.out.contains("《党政领导干部选拔任用工作条例》"), "{}", ended.out);
    assert!(ended.out.contains("须由人判断"), "{}", ended.out);
}

#[test]
fn stated_facts_are_judged_and_a_missing_fact_is_neither_pass_nor_fail() {
    let folder = Folder::new();
    let judge = |facts: &str| {
        let file = folder.path("facts.json");
        std::fs::write(&file, facts).expect("written");
        zhiren(&folder.0, &["--json", "examine", "--facts", &file.display().to_string(), "--institution", "selection", "--on", "2026-11-22"])
    };
    let chief = r#"{"proposal.step": "副职提任正职", "proposal.target_level": "县处级正职", "proposal.current_level": "县处级副职", "tenure.months_as_deputy": MONTHS}"#;
    let weights = |ended: &crate::program::Ended| -> Vec<(String, String)> {
        let json = ended.json();
        let all = json["findings"].as_array().expect("findings");
        let deputy = all.iter().filter(|f| f["saw"].to_string().contains("tenure.months_as_deputy"));
        deputy.map(|f| (f["weight"].as_str().unwrap_or("").into(), f["citation"]["article"].as_str().unwrap_or("").into())).collect()
    };
    let short = judge(&chief.replace("MONTHS", "23"));
    assert_eq!(short.status, 1);
    assert!(weights(&short).iter().any(|(w, a)| w == "refuse" && a == "第八条"), "{:?}", weights(&short));
    let enough = judge(&chief.replace("MONTHS", "24"));
    assert!(weights(&enough).iter().all(|(w, _)| w != "refuse"), "{:?}", weights(&enough));
    let unknown = judge(&chief.replace("MONTHS", "null"));
    assert!(weights(&unknown).iter().any(|(w, _)| w == "cannot_judge"), "{:?}", weights(&unknown));
    let wrong = judge(r#"{"tenure.months_as_deputi": 3}"#);
    assert_eq!(wrong.status, 1);
    assert!(wrong.err.contains("tenure.months_as_deputi"), "{}", wrong.err);
}

#[test]
fn the_dictionary_is_printed_with_type_and_unit() {
    let facts = zhiren(county(), &["facts", "副职岗位"]);
    assert!(facts.out.contains("tenure.months_as_deputy") && facts.out.contains("月"), "{}", facts.out);
    let all = zhiren(county(), &["--json", "facts"]).json();
    assert!(all.as_array().is_some_and(|a| a.len() > 200 && a.iter().all(|f| f["layer"].is_string() && f["class"].is_string())));
}

#[test]
fn wrong_use_ends_with_2_and_settings_say_where_they_come_from() {
    assert_eq!(zhiren(county(), &["ledger", "run"]).status, 2);
    assert_eq!(zhiren(county(), &["examine", "李明"]).status, 2);
    assert_eq!(zhiren(county(), &["ledger", "run", "roster", "--format", "xlsx"]).status, 2);
    assert_eq!(zhiren(county(), &["--database", "mysql://x", "ledger", "list"]).status, 2);
    let config = zhiren(county(), &["config", "show"]);
    assert!(config.out.contains("命令行") && config.out.contains("默认"), "{}", config.out);
}
