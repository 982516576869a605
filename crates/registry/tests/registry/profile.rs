//! T-85: nobody is profiled. No column and no fact scores a person, infers what they believe or follows where they are; a
//! number about a person has a reason; and nothing that the office can ask across people reads who reported, who looked or
//! who logged in.

use registry::register;
use registry::testing::{TODAY, book, sqlite};
use registry::MIGRATIONS;
use vocabulary::Clock;

/// Words of what must not be kept, in names of columns and facts and in what people read.
const FORBIDDEN: &[&str] = &[
    "score", "credit", "loyal", "mood", "emotion", "sentiment", "belief", "religion", "faith", "risk", "profile", "personality", "latitude", "longitude", "gps",
    "location", "geo", "face", "fingerprint", "iris", "voice", "keystroke", "idle", "active_minutes", "screen_time", "browsing", "predict", "infer",
];
const FORBIDDEN_SAID: &[&str] = &["信仰", "宗教", "忠诚度", "情绪", "画像", "信用分", "人脸", "指纹", "定位", "轨迹", "风险评分", "思想动态", "预测"];

/// Numbers about a person, each with what it is for. A new one fails until somebody has said why.
const NUMBERS: &[(&str, &[&str], &str)] = &[
    ("person_details", &["unit", "retirement_limit", "spouse_emigrated_before", "children_emigrated_before", "has_children_before"], "统计关系所在单位、法定年龄界限；移居情况迁出后的空列"),
    ("tenures", &["post", "organisation", "leading", "main", "order_no"], "岗位、机构，是否领导职务、主职务，次序"),
    ("resume_lines", &["order_no"], "次序"),
    ("educations", &["highest"], "表上印哪一个学历"),
    ("appraisals", &["year"], "考核年度；等次是文字，出自《公务员考核规定》"),
    ("trainings", &["hours", "days"], "学时：《干部教育培训工作条例》"),
    ("relatives", &["order_no"], "次序"),
    ("accounts", &["scope", "closed", "must_change"], "账户的范围和状态"),
    ("procedure_items", &["procedure", "order_no", "post"], "方案中的次序和拟任岗位"),
    ("procedure_roll", &["procedure", "order_no", "present"], "会议的次序和到会"),
    ("tickets", &["reader", "second"], "查阅的两个人"),
    ("consulted", &["consultation"], "查阅留痕"),
    ("corrections", &["number", "account"], "更正申请的行号和账户"),
    ("correction_decisions", &["correction", "appeal", "accepted", "account"], "答复"),
    ("statements", &["number", "account"], "本人说明的行号和账户"),
    ("duty_marks", &["slot", "unit"], "到期事项和单位"),
    ("duty_roll", &["mark", "order_no", "present"], "到会"),
    ("branch_committee", &["branch"], "支部"),
    ("charge_details", &["charge", "organisation", "place"], "包联的地方"),
    ("case_subjects", &["case_id", "organisation", "told"], "被反映的单位，是否写明"),
    ("ballot_items", &["ballot", "order_no", "line"], "票面的次序"),
    ("purges", &["rows", "asker", "asker_person", "entry"], "清除的行数和经办"),
];
/// Of every row, whatever it is about.
const OF_EVERY_ROW: &[&str] = &["id", "person", "entered", "superseded", "corrects"];

fn columns() -> Vec<(String, String, bool)> {
    let (_, office, _guard) = sqlite(MIGRATIONS, Clock::on(TODAY));
    let sql = "select m.name, p.name, p.type from sqlite_master m join pragma_table_info(m.name) p where m.type = 'table' and m.name not like 'sqlite_%' and m.name not like 'standing%' order by 1, p.cid";
    let rows = office.store.read(|tx| tx.rows(sql, &[])).unwrap();
    rows.iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned(), r.text(2).to_lowercase().contains("int"))).collect()
}

fn forbidden(name: &str) -> bool {
    name.split(['_', '.']).any(|part| FORBIDDEN.iter().any(|word| part.starts_with(word)))
}

#[test]
fn no_column_and_no_fact_scores_or_follows_a_person() {
    assert!(forbidden("person.loyalty_score") && forbidden("gps_track") && !forbidden("interface") && !forbidden("legal_basis"));
    let all = columns();
    // Which hashes the journal is made with, and by which headings a kind of file is known, is called so; nobody's finger.
    for (table, column, _) in all.iter().filter(|(table, ..)| !["journal_tree", "mappings"].contains(&table.as_str())) {
        assert!(!forbidden(table) && !forbidden(column), "{table}.{column}");
        let said = register::find(table, column).map_or("", |c| c.says);
        assert!(!FORBIDDEN_SAID.iter().any(|word| said.contains(word)), "{table}.{column}：{said}");
    }
    let book = book();
    for fact in &book.dictionary.facts {
        assert!(!forbidden(&fact.id), "{}", fact.id);
        assert!(!FORBIDDEN_SAID.iter().any(|word| fact.name.contains(word)), "{}：{}", fact.id, fact.name);
    }
    assert!(all.len() > 400 && book.dictionary.facts.len() > 100, "{} {}", all.len(), book.dictionary.facts.len());
}

#[test]
fn every_number_about_a_person_has_a_reason() {
    let all = columns();
    let mut missing = vec![];
    for (table, column, number) in &all {
        let about_people = all.iter().any(|(t, c, _)| t == table && c == "person");
        if !about_people || !number || OF_EVERY_ROW.contains(&column.as_str()) {
            continue;
        }
        let reasoned = NUMBERS.iter().any(|(t, columns, _)| t == table && columns.contains(&column.as_str()));
        if !reasoned || register::find(table, column).is_none_or(|c| c.purpose.is_empty()) {
            missing.push(format!("{table}.{column}"));
        }
    }
    assert!(missing.is_empty(), "关于人的数要写明为什么：{missing:?}");
    for (table, columns, _) in NUMBERS {
        for column in *columns {
            assert!(all.iter().any(|(t, c, _)| t == table && c == column), "{table}.{column} is no column");
        }
    }
}

/// Whatever a ledger, a search or a rule asks across people is a fact; no fact reads these tables.
#[test]
fn nothing_that_is_asked_across_people_reads_reporters_looks_or_logins() {
    const NEVER: [&str; 12] = [
        "case_reporters", "case_subjects", "cases", "consulted", "consultations", "sign_ins", "sessions", "browsers", "statements", "corrections", "drafts", "procedure_votes",
    ];
    let book = book();
    let question = registry::facts::Question::new(&book.dictionary, TODAY, None, false);
    let mut looked = 0;
    for fact in &book.dictionary.facts {
        if !registry::facts::is_answered(fact) {
            continue;
        }
        let sql = question.value(fact.subject, &fact.id);
        let words: Vec<&str> = sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
        for table in NEVER {
            assert!(!words.contains(&table), "{} reads {table}", fact.id);
        }
        looked += 1;
    }
    assert!(looked > 80, "{looked}");
}
