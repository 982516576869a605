//! The parsers: what comes out of files, out of the browser, out of a county's own institutions, out of a backup.

use crate::{fuzz, root, seeds};
use exchange::{Options, mapping, read_bytes};
use std::ops::ControlFlow;

/// Reads a file under a name with this ending, guesses its columns and applies them.
fn file(ending: &str) -> impl Fn(&[u8]) {
    let name = format!("甲.{ending}");
    let options = Options { unpacked_bytes: 64 << 20, entries: 500, ..Options::default() };
    move |bytes| {
        let Ok(reading) = read_bytes(&name, bytes, &options) else { return };
        for table in reading.files.iter().flat_map(|f| &f.rosters) {
            let columns = mapping::guess(table, &mapping::usual_facts());
            let _ = mapping::apply(table, &columns, &mut |_| ControlFlow::Continue(()));
        }
    }
}

const XML: &[&str] = &["<", "</", "]]>", "<![CDATA[", "<!DOCTYPE a [<!ENTITY b \"bbbb\">]>", "&b;", "&#0;", "&#x110000;", "<Item>", "</Person>", "<?xml version=\"1.0\" encoding=\"GB2312\"?>", "198213", "2020.02--2030.13"];

#[test]
fn lrmx() {
    fuzz("lrmx", seeds("lrmx", &["fixtures/corpus"], &["lrmx", "xml"]), XML, file("lrmx"));
}

#[test]
fn lrm() {
    fuzz("lrm", seeds("lrm", &["fixtures/corpus"], &["lrm"]), &["\"@\"", "@#", "\r\n", "198213", "，"], file("lrm"));
}

#[test]
fn workbooks() {
    fuzz("xlsx", seeds("xlsx", &["fixtures/corpus"], &["xlsx", "xls"]), &["PK\u{3}\u{4}", "xl/workbook.xml"], file("xlsx"));
}

#[test]
fn csv_in_every_encoding() {
    fuzz("csv", seeds("csv", &["fixtures/corpus"], &["csv", "txt"]), &["\"", ",", "\t", "\n", "姓名", "出生年月", "=cmd|' /C calc'!A0"], file("csv"));
}

#[test]
fn archives() {
    fuzz("zip", seeds("zip", &["fixtures/corpus"], &["zip"]), &["../", "C:\\", "PK\u{1}\u{2}", "PK\u{5}\u{6}", "CON"], file("zip"));
}

#[test]
fn values_of_a_record() {
    let seeds = ["110101198504121234", "1985-04", "1985年4月12日", "198213", "2020.02--2021.03", "三级调研员(2020.03)", "女 36岁以下 大学以上"];
    let seeds = seeds.iter().map(|s| s.as_bytes().to_vec()).collect();
    fuzz("values", seeds, &["19", "13", "月", "X", "——", "至今", "岁"], |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let _ = vocabulary::identity::read(&text);
        let _ = vocabulary::Date::read(&text);
        let _ = text.parse::<vocabulary::Day>();
        let _ = text.parse::<vocabulary::Date>();
    });
}

#[test]
fn words_of_a_search() {
    let book = institution::Book::from_dir(&root().join("institutions")).unwrap_or_else(|faults| panic!("{faults}"));
    let seeds = ["女 36岁以下 大学以上 乡镇 党外", "任现职满三年", "1985年以后出生 副科级", "zs", "李明", "2020年以来优秀"];
    let seeds = seeds.iter().map(|s| s.as_bytes().to_vec()).collect();
    fuzz("words", seeds, &["岁", "以上", "以下", "不", "99999999999", "年"], |bytes| {
        let text: String = String::from_utf8_lossy(bytes).chars().take(500).collect();
        let _ = book.words.understand(&text, &book.dictionary);
    });
}

#[test]
fn bodies_of_forms() {
    let seeds = [&b"name=%E6%9D%8E&born=1985-04&csrf=00&once=0123456789abcdef"[..], b"a=1&a=2&b", b"%%%=&=&&"];
    fuzz("form", seeds.iter().map(|s| s.to_vec()).collect(), &["%", "%e", "&", "=", "+", "%00", "as_of=2024-13-01"], |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let form = web::Form::new(web::ctx::pairs(&text));
        let _ = (form.text("name"), form.date("born", "出生年月"), form.number::<i64>("a", "数"), form.typed());
        let _ = web::ctx::days_asked(&text);
    });
}

#[test]
fn institutions_of_a_county() {
    let folder = root().join("institutions");
    let files = institution::book::files_under(&folder).expect("institutions");
    let dictionary = institution::Book::from_files(&files).unwrap_or_else(|faults| panic!("{faults}")).dictionary;
    let seeds: Vec<Vec<u8>> = files.values().map(|text| text.as_bytes().to_vec()).filter(|b| b.len() < 20_000).collect();
    let one = files.keys().find(|k| k.ends_with("rules.toml")).expect("rules").clone();
    let facts: std::collections::BTreeMap<_, _> = files.iter().filter(|(k, _)| !k.contains('/')).map(|(k, v)| (k.clone(), v.clone())).collect();
    fuzz("institution", seeds, &["[[rule]]", "{", "}", "=", "\"\"\"", "at_least", "2026-13-41", "all = [", "fact = \"age\""], |bytes| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let mut files = facts.clone();
        files.insert(one.clone(), text.clone());
        let _ = institution::Book::from_files(&files);
        if let Ok(json) = serde_json::from_str(&text) {
            let _ = institution::Condition::from_json(&dictionary, &json);
        }
    });
}

#[test]
fn backups() {
    let head = r#"{"made":"2026-11-22T09:00:00+08:00","office":"青云县","program":"0.1.0","schema":[[1,"00"]],"known":1,"sealed":null,"nonce":"00"}"#;
    let text = "{\"table\":{\"name\":\"persons\",\"columns\":[\"id\",\"entered\"],\"key\":[\"id\"],\"parents\":[]}}\n[1,1]\n";
    let mut seed = format!("ZHIREN BACKUP 1\n{head}\n").into_bytes();
    seed.extend(u32::try_from(text.len()).unwrap_or(0).to_be_bytes());
    seed.extend(text.as_bytes());
    seed.extend([0; 36]);
    fuzz("backup", vec![seed], &["ZHIREN BACKUP 2\n", "\u{0}\u{0}\u{0}\u{0}", "{\"end\":", "[1,{\"b\":\"AA==\"}]\n", "\u{7f}\u{7f}\u{7f}\u{7f}"], |bytes| {
        let _ = store::archive::examine(&mut &bytes[..], None);
        let _ = store::archive::head(&mut &bytes[..]);
    });
}
