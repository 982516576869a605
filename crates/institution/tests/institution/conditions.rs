//! Every test of the closed set: true, false, and what cannot be judged.

use crate::dictionary;
use institution::{Condition, FactSet};
use serde_json::{Value as Json, json};
use vocabulary::{Date, Truth, Value};

fn read(json: Json) -> Condition {
    Condition::from_json(dictionary(), &json).unwrap_or_else(|why| panic!("{json}: {why}"))
}
fn refused(json: Json) -> String {
    Condition::from_json(dictionary(), &json).expect_err("should be refused")
}
fn date(text: &str) -> Value {
    Value::Date(text.parse::<Date>().unwrap())
}
fn number(low: i64, high: i64) -> Value {
    Value::Between { at: low, low, high }
}

/// Asks `test` of one fact with each value in turn; `-` unknown, `y` true, `n` false.
fn answers(fact: &str, test: Json, values: Vec<Option<Value>>) -> String {
    let mut json = test;
    json["fact"] = fact.into();
    let condition = read(json);
    let of = |value: Option<Value>| {
        let mut facts = FactSet::new(dictionary());
        facts.set(dictionary().fact(fact).unwrap().index, value);
        letter(condition.evaluate(dictionary(), &facts))
    };
    values.into_iter().map(of).collect()
}
fn letter(truth: Truth) -> char {
    match truth {
        Truth::True => 'y',
        Truth::False => 'n',
        Truth::Unknown => '-',
    }
}

#[test]
fn text_is_compared_exactly_and_searched_by_part() {
    let values = || vec![Some("青云镇党委书记".into()), Some("县农业局局长".into()), None];
    assert_eq!(answers("post", json!({"is": "县农业局局长"}), values()), "ny-");
    assert_eq!(answers("post", json!({"is_not": "县农业局局长"}), values()), "yn-");
    assert_eq!(answers("post", json!({"contains": "书记"}), values()), "yn-");
    assert_eq!(answers("post", json!({"starts_with": "青云镇"}), values()), "yn-");
    assert_eq!(answers("organisation.path", json!({"within": {"root": "青云县/乡镇"}}), vec![
        Some("青云县/乡镇/青云镇".into()),
        Some("青云县/县直".into()),
    ]), "yn");
    assert_eq!(answers("post", json!({"known": true}), values()), "yyn");
    assert_eq!(answers("post", json!({"known": false}), values()), "nny");
}

#[test]
fn a_number_known_within_bounds_is_unknown_only_where_the_bounds_disagree() {
    let values = || vec![Some(23.into()), Some(24.into()), Some(number(23, 25)), Some(number(24, 30)), Some(number(0, 11)), None];
    assert_eq!(answers("level.months", json!({"at_least": 24}), values()), "ny-yn-");
    assert_eq!(answers("level.months", json!({"at_most": 24}), values()), "yy--y-");
    assert_eq!(answers("level.months", json!({"is": 24}), values()), "ny--n-");
    assert_eq!(answers("level.months", json!({"is_not": 24}), values()), "yn--y-");
    assert_eq!(answers("level.months", json!({"one_of": [23, 24]}), values()), "yy--n-");
    assert_eq!(answers("level.months", json!({"at_least": 24, "at_most": 36}), values()), "ny-yn-");
}

#[test]
fn a_date_known_to_the_month_is_unknown_only_where_the_month_decides_nothing() {
    let values = || vec![
        Some(date("1982-04-17")), Some(date("1982-04")), Some(date("1982")), Some(date("1983-01")), Some(date("1981")), None,
    ];
    assert_eq!(answers("born", json!({"at_least": "1982-04-17"}), values()), "y--yn-");
    assert_eq!(answers("born", json!({"at_most": "1982-04-17"}), values()), "y--ny-");
    assert_eq!(answers("born", json!({"at_least": "1982-04"}), values()), "yy-yn-");
    assert_eq!(answers("born", json!({"at_most": "1982"}), values()), "yyyny-");
    assert_eq!(answers("born", json!({"is": "1982-04"}), values()), "yy-nn-");
    assert_eq!(answers("born", json!({"is": "1982-04-17"}), values()), "y--nn-");
    assert_eq!(answers("born", json!({"within": {"from": "1982-01-01", "until": "1983-01-01"}}), values()), "yyynn-");
    assert_eq!(answers("born", json!({"within": {"from": "1982-04-10", "until": "1982-04-17"}}), values()), "n--nn-");
    assert_eq!(answers("born", json!({"one_of": ["1981", "1983-01"]}), values()), "nnnyy-");
}

#[test]
fn a_code_is_compared_by_its_height_and_one_without_height_cannot_be_judged() {
    let values = || vec![
        Some("研究生".into()), Some("省委党校大学".into()), Some("大专".into()), Some("不在表里".into()), None,
    ];
    assert_eq!(answers("education", json!({"at_least": "大学"}), values()), "yyn--");
    assert_eq!(answers("education", json!({"at_most": "大学"}), values()), "nyy--");
    assert_eq!(answers("education", json!({"within": "大学"}), values()), "nynn-");
    assert_eq!(answers("education", json!({"is": "大专"}), values()), "nnyn-");
    assert_eq!(answers("education", json!({"one_of": ["研究生", "大专"]}), values()), "ynyn-");
    assert_eq!(answers("appraisal.grade_1", json!({"at_least": "称职"}), vec![Some("不定等次".into())]), "-");
}

#[test]
fn a_yes_or_no_without_record_is_neither() {
    assert_eq!(answers("reserve", json!({"is": true}), vec![Some(true.into()), Some(false.into()), None]), "yn-");
    assert_eq!(answers("reserve", json!({"is_not": true}), vec![Some(true.into()), Some(false.into()), None]), "ny-");
}

fn two(first: (&str, Option<Value>), second: (&str, Option<Value>), test: Json) -> char {
    let mut facts = FactSet::new(dictionary());
    for (id, value) in [first, second] {
        facts.set(dictionary().fact(id).unwrap().index, value);
    }
    letter(read(test).evaluate(dictionary(), &facts))
}

#[test]
fn a_part_of_another_number_is_counted_without_rounding() {
    let quorum = json!({"fact": "meeting.present", "at_least_part": {"of": "meeting.should_attend", "part": "2/3"}});
    let held = |present: Option<Value>, should: Option<Value>| {
        two(("meeting.present", present), ("meeting.should_attend", should), quorum.clone())
    };
    assert_eq!(held(Some(8.into()), Some(12.into())), 'y');
    assert_eq!(held(Some(7.into()), Some(11.into())), 'n', "7 of 11 is less than two thirds");
    assert_eq!(held(Some(number(7, 9)), Some(12.into())), '-');
    assert_eq!(held(Some(8.into()), None), '-');
    let passed = json!({"fact": "vote.agree", "more_than_part": {"of": "meeting.should_attend", "part": "1/2"}});
    let vote = |agree: i64| two(("vote.agree", Some(agree.into())), ("meeting.should_attend", Some(12.into())), passed.clone());
    assert_eq!((vote(6), vote(7)), ('n', 'y'));
}

#[test]
fn two_facts_are_compared_by_every_possibility() {
    let test = json!({"fact": "notice.last_day", "at_least_fact": "notice.least_until"});
    let ended = |last: Option<Value>, least: Option<Value>| {
        two(("notice.last_day", last), ("notice.least_until", least), test.clone())
    };
    assert_eq!(ended(Some(date("2026-09-24")), Some(date("2026-09-24"))), 'y');
    assert_eq!(ended(Some(date("2026-09-23")), Some(date("2026-09-24"))), 'n');
    assert_eq!(ended(Some(date("2026-09")), Some(date("2026-09-24"))), '-');
    assert_eq!(ended(Some(date("2026-10")), Some(date("2026-09-24"))), 'y');
    assert_eq!(ended(None, Some(date("2026-09-24"))), '-');
    let level = |how: &str, a: &str, b: &str| {
        let test = json!({"fact": "proposal.target_level", how: "proposal.current_level"});
        two(("proposal.target_level", Some(a.into())), ("proposal.current_level", Some(b.into())), test)
    };
    assert_eq!(level("at_least_fact", "乡科级正职", "乡科级副职"), 'y');
    assert_eq!(level("at_most_fact", "乡科级正职", "乡科级副职"), 'n');
    assert_eq!(level("at_most_fact", "其他层次", "乡科级副职"), '-');
    assert_eq!(level("is_fact", "乡科级副职", "乡科级副职"), 'y');
}

#[test]
fn conditions_join_as_kleene_says() {
    let known_no = json!({"fact": "reserve", "is": true});
    let unknown = json!({"fact": "special_post", "is": true});
    let facts = FactSet::new(dictionary()).with(dictionary(), "reserve", false);
    let ask = |json: Json| letter(read(json).evaluate(dictionary(), &facts));
    assert_eq!(ask(json!({"all": [known_no, unknown]})), 'n');
    assert_eq!(ask(json!({"any": [known_no, unknown]})), '-');
    assert_eq!(ask(json!({"any": [{"not": known_no}, unknown]})), 'y');
    assert_eq!(ask(json!({"not": unknown})), '-');
    assert_eq!(ask(json!({"all": []})), 'y');
    assert_eq!(ask(json!({"any": []})), 'n');
}

#[test]
fn what_was_saved_is_read_back_the_same() {
    for json in [
        json!({"fact": "sex", "is": "女"}),
        json!({"fact": "ethnicity", "is_not": "汉族"}),
        json!({"fact": "party", "within": "党外"}),
        json!({"fact": "born", "within": {"from": "1985-01", "until": "1990-01-01"}}),
        json!({"fact": "post", "contains": "书记"}),
        json!({"fact": "organisation.path", "starts_with": "青云县/乡镇"}),
        json!({"fact": "photo", "known": false}),
        json!({"fact": "meeting.present", "at_least_part": {"of": "meeting.should_attend", "part": "2/3"}}),
        json!({"fact": "notice.last_day", "at_least_fact": "notice.least_until"}),
        json!({"all": [{"fact": "age", "at_most": 36}, {"not": {"any": [{"fact": "education", "at_least": "大学"}]}}]}),
    ] {
        let condition = read(json.clone());
        assert_eq!(condition.to_json(), json);
        assert_eq!(read(condition.to_json()), condition);
    }
}

#[test]
fn a_condition_reads_as_the_office_says_it() {
    let says = |json: Json| read(json).in_words(dictionary());
    assert_eq!(says(json!({"fact": "sex", "is": "女"})), "性别为女");
    assert_eq!(says(json!({"fact": "age", "at_most": 36})), "年龄不超过36岁");
    assert_eq!(says(json!({"fact": "education", "at_least": "大学"})), "最高学历不低于大学");
    assert_eq!(says(json!({"fact": "organisation.kind", "within": "乡镇"})), "机构类别属于乡镇");
    assert_eq!(
        says(json!({"all": [{"fact": "appraisal.grade_1", "is": "优秀"}, {"any": [{"fact": "reserve", "is": true}, {"fact": "age", "at_most": 35}]}]})),
        "上年度考核为优秀，且（优秀年轻干部库：是，或年龄不超过35岁）"
    );
    assert_eq!(
        says(json!({"fact": "vote.agree", "more_than_part": {"of": "meeting.should_attend", "part": "1/2"}})),
        "同意票超过应到会人数的1/2"
    );
}

#[test]
fn what_cannot_be_read_is_said_with_the_mend() {
    assert_eq!(refused(json!({"fact": "agee", "at_most": 36})), "事实 `agee` 不在事实字典中，是不是 `age`？");
    assert_eq!(refused(json!({"fact": "年龄", "at_most": 36})), "事实 `年龄` 不在事实字典中，是不是 `age`？");
    assert_eq!(refused(json!({"fact": "age", "at_mos": 36})), "没有 `at_mos` 这种判断，是不是 `at_most`？");
    assert_eq!(refused(json!({"fact": "sex", "is": "女性"})), "“性别”的代码表里没有 `女性`，是不是 `女`？");
    assert_eq!(refused(json!({"fact": "age", "is": "三十"})), "“年龄”（`age`）是数，这里是文字 \"三十\"");
    assert_eq!(refused(json!({"fact": "sex", "at_least": "女"})), "“性别”的代码 `女` 没有高低，不能用 `at_least`");
    assert_eq!(refused(json!({"fact": "party", "within": "党外人士"})), "“政治面貌”的代码表里没有组 `党外人士`");
    assert!(refused(json!({"some": []})).starts_with("条件里没有 `some`"));
}
