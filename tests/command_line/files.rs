//! Files in and files out: forms, exports, imports, backups.

use crate::program::{Folder, county, zhiren};
use std::path::Path;

fn text(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn forms_are_written_as_pdf_word_and_lrmx_one_or_many() {
    let folder = Folder::new();
    let write = |words: &[&str], name: &str| {
        let path = folder.path(name);
        let mut all = vec!["form", "任免审批表"];
        all.extend(words);
        let shown = text(&path);
        all.extend(["-o", &shown]);
        let ended = zhiren(county(), &all);
        assert_eq!(ended.status, 0, "{name}: {}{}", ended.out, ended.err);
        std::fs::read(path).expect("the file")
    };
    assert!(write(&["李明", "周喆", "陈晓燕"], "three.pdf").starts_with(b"%PDF"));
    assert!(write(&["李明", "--old"], "old.pdf").starts_with(b"%PDF"));
    assert!(write(&["李明", "--format", "docx"], "one.docx").starts_with(b"PK"));
    assert!(write(&["李明", "周喆", "--format", "lrmx"], "two.zip").starts_with(b"PK"));
    let lrmx = String::from_utf8(write(&["李明", "--format", "lrmx"], "one.lrmx")).expect("text");
    assert!(lrmx.contains("<XingMing>李明</XingMing>") && lrmx.contains("<ChuShengNianYue>19850412</ChuShengNianYue>") || lrmx.contains("<ChuShengNianYue>198504</ChuShengNianYue>"), "{}", &lrmx[..400]);
    let many = zhiren(county(), &["form", "任免审批表", "李明", "周喆", "--format", "docx", "-o", &text(&folder.path("x.docx"))]);
    assert_eq!(many.status, 2, "{}", many.err);
}

#[test]
fn a_form_that_left_the_house_comes_back_without_a_change() {
    let folder = Folder::new();
    let file = text(&folder.path("李明.lrmx"));
    assert_eq!(zhiren(county(), &["form", "任免审批表", "李明", "--format", "lrmx", "-o", &file]).status, 0);
    let preview = zhiren(county(), &["--json", "import", &file, "--preview"]);
    let json = preview.json();
    assert_eq!(json[0]["summary"]["records"], 1, "{}", preview.out);
    assert_eq!(json[0]["summary"]["new"], 0, "he is known: {}", preview.out);
}

#[test]
fn a_ledger_is_exported_as_workbook_csv_and_pdf() {
    let folder = Folder::new();
    for (format, begins) in [("xlsx", &b"PK"[..]), ("pdf", b"%PDF"), ("csv", "\u{feff}".as_bytes())] {
        let path = folder.path(&format!("young.{format}"));
        let ended = zhiren(county(), &["--purpose", "daily", "ledger", "run", "young", "--format", format, "-o", &text(&path)]);
        assert_eq!(ended.status, 0, "{}", ended.err);
        assert!(std::fs::read(path).expect("the file").starts_with(begins), "{format}");
    }
}

#[test]
fn a_ledger_taken_out_at_the_command_line_has_its_groups_and_its_totals() {
    let folder = Folder::new();
    let path = folder.path("roster.csv");
    let ended = zhiren(county(), &["--purpose", "daily", "ledger", "run", "roster", "--format", "csv", "-o", &text(&path)]);
    assert_eq!(ended.status, 0, "{}", ended.err);
    let csv = std::fs::read_to_string(&path).expect("the file");
    let lines: Vec<&str> = csv.lines().map(|l| l.trim_matches(|c| c == ',' || c == '"')).collect();
    assert!(lines.contains(&"青云镇"), "a heading wherever the unit changes: {}", lines[..12].join("\n"));
    let count = zhiren(county(), &["--json", "ledger", "run", "roster"]).json()["count"].to_string();
    let totals = lines.iter().find(|l| l.starts_with("合计：")).expect("合计");
    assert!(totals.starts_with(&format!("合计：人数 {count}")) && totals.contains("平均年龄"), "{totals}");
    let shown = zhiren(county(), &["--purpose", "daily", "ledger", "run", "roster"]);
    assert!(shown.out.trim_end().lines().last().is_some_and(|l| l.starts_with("合计：人数")), "the terminal shows them as well");
}

#[test]
fn an_account_and_a_rebuild_answer_as_json_when_asked() {
    let empty = Folder::new();
    let made = zhiren(&empty.0, &["--json", "account", "add", "office", "--role", "officer", "--shown", "王主任"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let json = made.json();
    assert_eq!((&json["name"], &json["shown"], &json["role"]), (&"office".into(), &"王主任".into(), &"officer".into()), "{json}");
    let rebuilt = zhiren(&empty.0, &["--json", "rebuild"]);
    assert_eq!((rebuilt.status, rebuilt.json()["day"].as_str().map(str::to_owned)), (0, Some("2026-11-22".to_owned())), "{}", rebuilt.err);
}

#[test]
fn an_import_is_previewed_then_written_once_and_never_twice() {
    let folder = Folder::new();
    let forms = text(&folder.path("forms.zip"));
    assert_eq!(zhiren(county(), &["form", "任免审批表", "李明", "周喆", "陈晓燕", "--format", "lrmx", "-o", &forms]).status, 0);
    let empty = Folder::new();
    let nobody = zhiren(&empty.0, &["import", &forms, "--preview"]);
    assert!(nobody.status == 1 && nobody.err.contains("--account"), "who acts must be said: {}", nobody.err);
    assert_eq!(zhiren(&empty.0, &["account", "add", "office", "--role", "officer"]).status, 0);
    let zhiren = |data: &Path, words: &[&str]| zhiren(data, &[&["--account", "office"], words].concat());
    let preview = zhiren(&empty.0, &["--json", "import", &forms, "--preview"]).json();
    assert_eq!(preview[0]["summary"]["new"], 3);
    let people = || zhiren(&empty.0, &["--json", "ledger", "run", "roster"]).json()["count"].as_i64();
    assert_eq!(people(), Some(0), "a preview writes nothing");
    assert_eq!(zhiren(&empty.0, &["import", &forms]).status, 0);
    let shown = zhiren(&empty.0, &["person", "show", "李明"]);
    assert!(shown.out.contains("1985.04"), "{}", shown.out);
    let again = zhiren(&empty.0, &["--json", "import", &forms]).json();
    assert_eq!(again[0]["summary"]["new"], 0, "{again}");
    assert_eq!(again[0]["summary"]["changed"], 0, "{again}");
}

/// 本系统填的表带出去又带回来: what was not edited is no change, in every one of the forms.
#[test]
fn forms_that_we_filled_in_come_back_as_they_went() {
    let folder = Folder::new();
    let forms = text(&folder.path("forms.zip"));
    let roster = zhiren(county(), &["--json", "ledger", "run", "roster"]).json();
    let numbers: Vec<String> = roster["rows"].as_array().expect("rows").iter().take(300).map(|r| r["number"].to_string()).collect();
    assert!(numbers.len() >= 200, "{} people", numbers.len());
    let mut words = vec!["--purpose", "appointment", "form", "任免审批表"];
    words.extend(numbers.iter().map(String::as_str));
    words.extend(["--format", "lrmx", "-o", &forms]);
    assert_eq!(zhiren(county(), &words).status, 0);
    let preview = |file: &str| zhiren(county(), &["--purpose", "appointment", "--json", "import", file, "--preview"]).json();
    let seen = preview(&forms);
    assert_eq!(seen[0]["summary"]["same"], numbers.len(), "{}", changed(&seen));

    // One cell of one form is edited: that cell and nothing else.
    let one = text(&folder.path("one.lrmx"));
    assert_eq!(zhiren(county(), &["--purpose", "appointment", "form", "任免审批表", &numbers[0], "--format", "lrmx", "-o", &one]).status, 0);
    let form = std::fs::read_to_string(&one).expect("the form");
    let (before, rest) = form.split_once("<JianKangZhuangKuang>").expect("the element");
    let (_, after) = rest.split_once("</JianKangZhuangKuang>").expect("its end");
    std::fs::write(&one, format!("{before}<JianKangZhuangKuang>一般</JianKangZhuangKuang>{after}")).expect("written");
    let seen = preview(&one);
    let changes = seen[0]["records"][0]["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), 1, "{}", changed(&seen));
    assert_eq!((&changes[0]["field"], &changes[0]["new"]), (&"健康状况".into(), &"一般".into()));
}

/// The first changes of a preview, for the message of a failure.
fn changed(preview: &serde_json::Value) -> String {
    let records = preview[0]["records"].as_array().map_or(&[][..], Vec::as_slice);
    let all = records.iter().flat_map(|r| r["changes"].as_array().map_or(&[][..], Vec::as_slice));
    all.take(12).map(|c| format!("{}: {} → {}", c["field"], c["old"], c["new"])).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_backup_brings_everything_back_and_a_damaged_one_touches_nothing() {
    let folder = Folder::new();
    assert_eq!(zhiren(&folder.0, &["demo", "--plant-only", "--people", "300"]).status, 0);
    let roster = || zhiren(&folder.0, &["--json", "ledger", "run", "roster"]).out;
    let before = roster();
    let backup = text(&folder.path("backup.db"));
    assert_eq!(zhiren(&folder.0, &["backup", &backup]).status, 0);
    assert_eq!(zhiren(&folder.0, &["backup", &backup]).status, 1, "never over another backup");
    let damaged = folder.path("damaged.db");
    let mut bytes = std::fs::read(&backup).expect("the backup");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0x5a);
    std::fs::write(&damaged, bytes).expect("written");
    let refused = zhiren(&folder.0, &["restore", &text(&damaged), "--replace"]);
    assert_eq!(refused.status, 1, "{}{}", refused.out, refused.err);
    assert_eq!(roster(), before, "nothing was touched");
    assert_eq!(zhiren(&folder.0, &["restore", &backup]).status, 1, "not over data without being told");
    for name in ["zhiren.db", "zhiren.db-wal", "zhiren.db-shm"] {
        std::fs::remove_file(folder.path(name)).ok();
    }
    let restored = zhiren(&folder.0, &["restore", &backup]);
    assert_eq!(restored.status, 0, "{}{}", restored.out, restored.err);
    assert_eq!(roster(), before);
}

#[test]
fn the_same_words_work_on_postgresql() {
    let server = std::env::var("ZHIREN_TEST_POSTGRES").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432".into());
    let name = format!("zhiren_command_{}", std::process::id());
    let sql = |text: &str| {
        let ended = std::process::Command::new("psql").args([&format!("{server}/postgres"), "-qc", text]).output().expect("psql");
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    };
    sql(&format!("create database {name} template template0 lc_collate 'C' lc_ctype 'C.UTF-8' encoding 'UTF8'"));
    let folder = Folder::new();
    let url = format!("{server}/{name}");
    let answer = std::panic::catch_unwind(|| {
        let planted = zhiren(&folder.0, &["--database", &url, "demo", "--plant-only", "--people", "400"]);
        assert_eq!(planted.status, 0, "{}{}", planted.out, planted.err);
        let sqlite = Folder::new();
        assert_eq!(zhiren(&sqlite.0, &["demo", "--plant-only", "--people", "400"]).status, 0);
        for ledger in ["roster", "seats", "seniority", "retirement", "appraisal"] {
            let there = zhiren(&folder.0, &["--database", &url, "--json", "ledger", "run", ledger]).out;
            let here = zhiren(&sqlite.0, &["--json", "ledger", "run", ledger]).out;
            assert_eq!(there, here, "{ledger}: both databases list the same people in the same order");
        }
    });
    sql(&format!("drop database {name} with (force)"));
    answer.unwrap_or_else(|fault| std::panic::resume_unwind(fault));
}

#[test]
fn a_file_that_left_names_who_took_it_out_even_after_it_was_changed() {
    let folder = Folder::new();
    let path = folder.path("roster.csv");
    let taken = zhiren(county(), &["ledger", "run", "roster", "--format", "csv", "-o", &text(&path)]);
    assert_eq!(taken.status, 0, "{}", taken.err);
    let who = |path: &Path| zhiren(county(), &["--account", "shenji", "exports", "who", &text(path)]);
    let whole = who(&path);
    assert!(whole.status == 0 && whole.out.contains("一字不差"), "{}{}", whole.out, whole.err);
    let lines = std::fs::read_to_string(&path).expect("the file");
    let third: Vec<&str> = lines.lines().skip(1).take(200).collect();
    let cut = folder.path("cut.csv");
    std::fs::write(&cut, third.into_iter().rev().collect::<Vec<_>>().join("\n")).expect("written");
    let part = who(&cut);
    assert!(part.status == 0 && part.out.contains("处相符"), "{}{}", part.out, part.err);
    std::fs::write(&cut, "姓名,职务\n李明,青云镇镇长\n").expect("written");
    let unknown = who(&cut);
    assert!(unknown.status == 1 && unknown.out.contains("查不出"), "{}{}", unknown.out, unknown.err);
    let refused = zhiren(county(), &["exports", "who", &text(&cut)]);
    assert_eq!(refused.status, 1, "an officer does not audit: {}", refused.out);
}
