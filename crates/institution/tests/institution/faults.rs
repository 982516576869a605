//! What a faulty file says: where, what, and how to mend it.

use crate::folder;
use institution::book::files_under;
use institution::check::check_files;
use institution::{Book, Fault, Files};
use miette::Diagnostic;

/// What ships, with `from` replaced by `to` in one file.
fn with(path: &str, from: &str, to: &str) -> Files {
    let mut files = files_under(&folder()).unwrap();
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    *text = text.replacen(from, to, 1);
    files
}
/// A folder with a dictionary of its own and these rules.
fn small(rules: &str) -> Files {
    let mut files = files_under(&folder()).unwrap();
    files.retain(|path, _| !path.contains('/'));
    files.insert("leave/institution.toml".into(), HEAD.into());
    files.insert("leave/rules.toml".into(), rules.into());
    files
}
const HEAD: &str = r#"
id = "leave"
title = "试写"
systems = ["A8"]
version = "1"
filed_by = "干部科"
review_by = 2027-01-01
summary = "试写"
source = { document = "试行办法" }
"#;

fn faults(files: &Files) -> Vec<Fault> {
    Book::from_files(files).expect_err("should be faulty").0
}
fn only(files: &Files) -> Fault {
    let mut all = faults(files);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.pop().unwrap()
}
fn rendered(fault: &Fault) -> String {
    let mut text = String::new();
    miette::NarratableReportHandler::new().render_report(&mut text, fault as &dyn Diagnostic).unwrap();
    text
}

#[test]
fn a_fact_that_is_not_in_the_dictionary_is_pointed_at_with_the_one_that_was_meant() {
    let fault = only(&small(
        "[[rule]]\nid = \"a\"\nsays = \"甲\"\nsource = { document = \"试行办法\" }\nweight = \"refuse\"\n\
         requires = { fact = \"tenure.months_as_deputi\", at_least = 24 }\n",
    ));
    assert_eq!(fault.place(), "institutions/leave/rules.toml:6:21");
    assert_eq!(fault.says, "事实 `tenure.months_as_deputi` 不在事实字典中");
    assert_eq!(fault.mend.as_deref(), Some("是不是 `tenure.months_as_deputy`？"));
    assert_eq!(fault.help.as_deref(), Some("每个事实只在 institutions/facts.toml 里命名一次"));
    let report = rendered(&fault);
    assert!(report.contains("requires = { fact = \"tenure.months_as_deputi\""), "{report}");
    assert!(report.contains("是不是 `tenure.months_as_deputy`？"), "{report}");
}

#[test]
fn a_rule_without_citation_does_not_load() {
    let fault = only(&small(
        "[[rule]]\nid = \"a\"\nsays = \"甲\"\nweight = \"refuse\"\nrequires = { fact = \"age\", at_most = 60 }\n",
    ));
    assert_eq!(fault.place(), "institutions/leave/rules.toml:1:1");
    assert_eq!(fault.says, "没有写依据 `source`");
    assert_eq!(fault.mend.as_deref(), Some("补上 source = { document = \"…\", article = \"第…条\" }"));
}

#[test]
fn a_value_of_the_wrong_type_is_pointed_at() {
    let fault = only(&small(
        "[[rule]]\nid = \"a\"\nsays = \"甲\"\nsource = { document = \"试行办法\" }\nweight = \"refuse\"\n\
         requires = { fact = \"age\", at_most = \"三十五\" }\n",
    ));
    assert_eq!(fault.place(), "institutions/leave/rules.toml:6:38");
    assert_eq!(fault.says, "“年龄”（`age`）是数，这里是文字 \"三十五\"");
}

#[test]
fn a_code_that_is_not_in_its_table_offers_the_one_that_was_meant() {
    let fault = only(&small(
        "[[rule]]\nid = \"a\"\nsays = \"甲\"\nsource = { document = \"试行办法\" }\nweight = \"refuse\"\n\
         forbids = { fact = \"appraisal.grade_1\", is = \"合格\" }\n",
    ));
    assert_eq!(fault.place(), "institutions/leave/rules.toml:6:46");
    assert_eq!(fault.mend.as_deref(), Some("是不是 `称职`？"));
}

#[test]
fn a_misspelt_key_and_a_missing_one_are_both_said_at_once() {
    let all = faults(&small(
        "[[rule]]\nid = \"a\"\nsay = \"甲\"\nsource = { document = \"试行办法\" }\nweight = \"refuze\"\n\
         requires = { fact = \"age\", at_most = 60 }\n",
    ));
    let said: Vec<String> = all.iter().map(|f| format!("{} {} {}", f.place(), f.says, f.mend.as_deref().unwrap_or(""))).collect();
    assert_eq!(said, [
        "institutions/leave/rules.toml:1:1 规则缺少 `says` `say` 是不是应写成 `says`？",
        "institutions/leave/rules.toml:5:10 `weight` 没有 `refuze` 这个写法 是不是 `refuse`？",
        "institutions/leave/rules.toml:3:1 规则没有 `say` 这一项 是不是 `says`？",
    ]);
}

#[test]
fn what_is_no_toml_is_said_with_its_place() {
    let fault = only(&small("[[rule]]\nid = \n"));
    assert!(fault.place().starts_with("institutions/leave/rules.toml:2:"), "{}", fault.place());
    assert!(fault.says.starts_with("不是合法的 TOML"));
}

#[test]
fn two_wordings_of_one_rule_may_not_be_in_force_together() {
    let rule = |from: &str, until: &str| format!(
        "[[rule]]\nid = \"a\"\nsays = \"甲\"\nsource = {{ document = \"试行办法\" }}\nweight = \"refuse\"\n\
         requires = {{ fact = \"age\", at_most = 60 }}\nin_force = {{ from = {from}{until} }}\n"
    );
    let touching = rule("2019-03-03", ", until = 2027-01-01") + &rule("2027-01-01", "");
    assert!(Book::from_files(&small(&touching)).is_ok());
    let overlapping = rule("2019-03-03", "") + &rule("2027-01-01", "");
    assert_eq!(only(&small(&overlapping)).says, "规则 `a` 写了两次");
}

#[test]
fn an_example_that_does_not_hold_points_at_the_example() {
    let mut files = small(
        "[[rule]]\nid = \"a\"\nsays = \"甲\"\nsource = { document = \"试行办法\" }\nweight = \"refuse\"\n\
         requires = { fact = \"age\", at_most = 60 }\n",
    );
    files.insert(
        "leave/examples.toml".into(),
        "\n[[example]]\nname = \"六十一岁\"\non = 2026-11-22\nfacts = { age = 60 }\nexpect = [\"a\"]\n".into(),
    );
    let report = check_files(&files);
    let fault = report.faults.last().unwrap();
    assert_eq!(fault.place(), "institutions/leave/examples.toml:2:1");
    assert_eq!(fault.says, "例“六十一岁”不成立：`a` 应为“不符合”，规则没有这样说");
    assert_eq!(fault.mend.as_deref(), Some("改规则，或改这个例"));
    assert_eq!(report.institutions[0].failed, 1);
}

#[test]
fn a_weakened_rule_is_caught_by_its_examples() {
    for (from, to) in [
        ("at_least = 60 }", "at_least = 48 }"),
        ("{ fact = \"inspection.team_size\", at_least = 2 }", "{ fact = \"inspection.team_size\", at_least = 1 }"),
        ("part = \"2/3\"", "part = \"1/2\""),
        ("more_than_part = { of = \"meeting.should_attend\"", "more_than_part = { of = \"meeting.present\""),
        ("working_days = 5", "working_days = 6"),
        ("same_as = \"npc.appointed\"", "same_as = \"decision.day\""),
    ] {
        let report = check_files(&with("selection/rules.toml", from, to));
        assert!(!report.is_sound(), "nobody noticed {from} → {to}");
    }
}

#[test]
fn a_step_may_not_be_moved_and_a_paper_must_be_described() {
    let fault = only(&with("selection/procedure.toml", "after = \"inspection\"", "after = \"recommendation\""));
    assert_eq!(fault.mend.as_deref(), Some("改为 after = \"inspection\""));
    let fault = only(&with("selection/procedure.toml", "\"four-checks-record\"", "\"four-check-record\""));
    assert_eq!(fault.mend.as_deref(), Some("是不是 `four-checks-record`？"));
}

#[test]
fn a_ledger_lists_only_facts_of_its_own_subject() {
    let fault = only(&with("registry/ledgers.toml", "\"reserve.since\"", "\"seat.vacant\""));
    assert_eq!(fault.says, "“空缺数”（`seat.vacant`）说的不是这个台账的对象");
}

#[test]
fn a_step_is_counted_from_a_ballot_that_there_is_into_facts_that_are_numbers() {
    let step = "institutions/selection/procedure.toml";
    let one = |from: &str, to: &str| {
        let fault = only(&with("selection/procedure.toml", from, to));
        assert!(fault.place().starts_with(step), "{}", fault.place());
        (fault.says, fault.mend.unwrap_or_default())
    };
    let (says, mend) = one("kind = \"decision\"", "kind = \"decisions\"");
    assert_eq!((says.as_str(), mend.as_str()), ("没有表决 `decisions`", "是不是 `decision`？"));
    let (says, mend) = one("{ answer = \"缓议\"", "{ answer = \"弃权\"");
    assert_eq!((says.as_str(), mend.as_str()), ("选票上没有意见“弃权”", "选票上有：同意、不同意、缓议"));
    let (says, _) = one("fact = \"vote.agree\" }, { answer", "fact = \"decision.day\" }, { answer");
    assert_eq!(says, "票数是数，“党委讨论决定日”是日期");
    let (says, _) = one("value = \"无记名投票\"", "value = \"抽签\"");
    assert_eq!(says, "“表决方式”没有“抽签”");
}

#[test]
fn a_ballot_goes_not_below_the_least_numbers() {
    let says = |from: &str, to: &str| only(&with("selection/ballots.toml", from, to)).says;
    assert_eq!(says("at_least = 5", "at_least = 4"), "`at_least` 不得小于 5");
    assert_eq!(says("comments_from = 10", "comments_from = 9"), "`comments_from` 不得小于 10");
}

#[test]
fn a_campaign_names_steps_fields_kinds_and_levels_that_are_there() {
    let one = |from: &str, to: &str| {
        let fault = only(&with("rectification/matter.toml", from, to));
        assert!(fault.place().starts_with("institutions/rectification/matter.toml:"), "{}", fault.place());
        (fault.says, fault.mend.unwrap_or_default())
    };
    assert!(one("passes = \"acceptance.passed\"", "passes = \"acceptance.team\"").0.contains("没有 `acceptance.team`"));
    assert_eq!(one("from_stars = \"screening.origin\"", "from_stars = \"screening.origins\"").1, "是不是 `screening.origin`？");
    assert_eq!(one("released_by = \"sign-off\"", "released_by = \"signoff\"").1, "是不是 `sign-off`？");
    assert_eq!(one("kind = \"第一书记\"", "kind = \"第一书计\"").1, "是不是 `第一书记`？");
    assert_eq!(one("kinds = [\"村\", ", "kinds = [\"屯\", ").0, "代码表里没有“屯”");
    assert!(one("names = \"{}党组织整顿\"", "names = \"党组织整顿\"").0.contains("写成一个 {}"));
    let fault = only(&with("alliance/matter.toml", "only_if = \"slip.urgent\"", "only_if = \"slip.wanted\""));
    assert!(fault.says.contains("`slip.wanted`"), "{}", fault.says);
    let fault = only(&with("rectification/matter.toml", "{ id = \"passed\", label = \"是否通过\", type = \"yes_no\", required = true }", "{ id = \"passed\", label = \"是否通过\", type = \"yes_no\" }"));
    assert!(fault.says.contains("要写 required = true"), "{}", fault.says);
    let fault = only(&with("alliance/matter.toml", "title = \"落实反馈\"\n", "title = \"落实反馈\"\nunless = \"slip.urgent\"\n"));
    assert!(fault.says.contains("`result` 不能写 unless"), "{}", fault.says);
    let fault = only(&with("facts.toml", "until = \"sign-off\"", "until = \"signed-off\""));
    assert!(fault.says.contains("“正在整顿的村”"), "{}", fault.says);
    let fault = only(&with("facts.toml", "matters = { institution = \"rectification\"", "matters = { institution = \"x' or 1\""));
    assert!(fault.says.contains("小写字母"), "{}", fault.says);
    let fault = only(&with("selection/procedure.toml", "[[step]]\nid = \"initiation\"", "[[step]]\ntasks = \"done\"\nid = \"initiation\""));
    assert!(fault.says.contains("只用于 matter.toml"), "{}", fault.says);
}

#[test]
fn what_a_ledger_an_account_stars_and_a_report_name_must_be_there() {
    let fault = only(&with("relief-fund/matter.toml", "sum = \"pay.amount\"", "sum = \"pay.amout\""));
    assert!(fault.says.contains("没有填写项 `pay.amout`") && fault.mend.as_deref() == Some("是不是 `pay.amount`？"), "{fault:?}");
    let fault = only(&with("relief-fund/matter.toml", "{ label = \"元\", sum = \"pay.amount\" }", "{ label = \"元\", sum = \"pay.how\" }"));
    assert!(fault.says.contains("`pay.how` 不是数字"), "{}", fault.says);
    let fault = only(&with("relief-fund/matter.toml", "amount = \"book.amount\"", "amount = \"book.sum\""));
    assert!(fault.says.contains("`fund-income` 的 `book.sum`") && fault.place().starts_with("institutions/relief-fund/matter.toml:"), "{fault:?}");
    let fault = only(&with("rectification/stars.toml", "duty = \"party-life/theme-day\"", "duty = \"party-life/theme-dai\""));
    assert!(fault.says.contains("没有任务 `party-life/theme-dai`") && fault.place().starts_with("institutions/rectification/stars.toml:"), "{fault:?}");
    let fault = only(&with("party-life/reports.toml", "党员 {members} 名", "党员 {member} 名"));
    assert!(fault.says.contains("没有数字 `member`") && fault.mend.as_deref() == Some("是不是 `members`？"), "{fault:?}");
    let fault = only(&with("party-life/reports.toml", "matters = \"volunteering\", sum = \"held.hours\"", "matters = \"volunteering\", sum = \"held.hour\""));
    assert!(fault.says.contains("`held.hour`"), "{}", fault.says);
    let fault = only(&with("delegates/duties.toml", "equals = \"present\"", "equals = \"conclusion\""));
    assert!(fault.says.contains("没有数字填写项 `conclusion`"), "{}", fault.says);
}

#[test]
fn points_registers_and_matches_that_name_what_is_not_there_are_pointed_at() {
    let fault = only(&with("points/points.toml", "earn = \"theme-day\"\nexpect = [\"all-month\"]", "earn = \"theme-dai\"\nexpect = [\"all-month\"]"));
    assert!(fault.says.contains("没有得分项 `theme-dai`") && fault.mend.as_deref() == Some("是不是 `theme-day`？"), "{fault:?}");
    let fault = only(&with("points/points.toml", "points = 200\npartner", "points = 0\npartner"));
    assert!(fault.says.contains("`points` 应大于零"), "{}", fault.says);
    let fault = only(&with("points/points.toml", "id = \"repair\"", "id = \"wash\""));
    assert!(fault.says.contains("`wash` 写了两次"), "{}", fault.says);
    let fault = only(&with("volunteering/matter.toml", "from = \"volunteering/teams\"", "from = \"volunteering/team\""));
    assert!(fault.says.contains("没有名册 `volunteering/team`") && fault.place().starts_with("institutions/volunteering/matter.toml:"), "{fault:?}");
    let fault = only(&with("whistle-and-report/register.toml", "\"liaison\", \"program\"", "\"liason\", \"program\""));
    assert!(fault.says.contains("没有岗位 `liason`") && fault.mend.as_deref() == Some("是不是 `liaison`？"), "{fault:?}");
    let fault = only(&with("whistle-and-report/register.toml", "{ id = \"name\", label = \"姓名\", type = \"text\", required = true }", "{ id = \"name\", label = \"姓名\", type = \"text\", required = true, class = \"S2\" }"));
    assert!(fault.says.contains("第一个填写项是名称"), "{}", fault.says);
    let fault = only(&with("claims/case.toml", "with = [\"resource\", \"service\"]", "with = [\"resource\", \"servise\"]"));
    assert!(fault.says.contains("没有类别 `servise`") && fault.mend.as_deref() == Some("是不是 `service`？"), "{fault:?}");
    let fault = only(&with("selection/procedure.toml", "{ fact = \"initiation.opinion\", required = true }", "{ fact = \"initiation.opinion\", required = true, from = \"volunteering/teams\" }"));
    assert!(fault.says.contains("只用于 matter.toml"), "{}", fault.says);
}

/// An example that does not hold is told with what came out instead.
#[test]
fn an_example_of_points_a_register_or_a_match_is_held_against_the_file() {
    for (path, from, to, says) in [
        ("points/points.toml", "most = { month = 60, year = 300 }", "most = { month = 90, year = 300 }", "应当因 `item-month` 不办"),
        ("volunteering/register.toml", "expect = [\"field.lead\", \"field.people\"]", "expect = [\"field.lead\"]", "`field.people` 说"),
        ("claims/case.toml", "\"电视\", ", "", "应为“家电维修”"),
    ] {
        let report = check_files(&with(path, from, to));
        assert_eq!(report.faults.len(), 1, "{path}: {:?}", report.faults);
        assert!(report.faults[0].says.contains(says), "{path}: {}", report.faults[0].says);
    }
}

/// 例 tell what happened, and the working days after it.
#[test]
fn an_example_of_what_happened_is_held_against_the_calendar() {
    let files = with("party-life/duties.toml", "due = { \"全国组织工作会议\" = 2026-10-19 }", "due = { \"全国组织工作会议\" = 2026-10-16 }");
    let report = check_files(&files);
    assert_eq!(report.faults.len(), 1, "{:?}", report.faults);
    assert!(report.faults[0].says.contains("应办日应为 2026-10-16，算出来是 2026-10-19"), "{}", report.faults[0].says);
}

#[test]
fn what_a_visit_brings_and_what_an_act_asks_name_things_that_are_there() {
    let fault = only(&with("care/duties.toml", "system = \"whistle-and-report\"", "system = \"whistle-and-reports\""));
    assert!(fault.says.contains("没有诉求制度 `whistle-and-reports`") && fault.place().starts_with("institutions/care/duties.toml:"), "{fault:?}");
    let fault = only(&with("care/duties.toml", "way = \"领导走访\"", "way = \"领导路过\""));
    assert!(fault.says.contains("没有来源方式 `领导路过`"), "{}", fault.says);
    let fault = only(&with("care/duties.toml", "problem = { field = \"problem\"", "problem = { field = \"problems\""));
    assert_eq!(fault.mend.as_deref(), Some("是不是 `problem`？"), "{fault:?}");
    let fault = only(&with("tracing/case.toml", "act = \"reply\"", "act = \"replay\""));
    assert_eq!(fault.mend.as_deref(), Some("是不是 `reply`？"), "{fault:?}");
    let fault = only(&with("tracing/case.toml", "{ id = \"style\", ", "{ id = \"thought\", "));
    assert!(fault.says.contains("`thought` 写了两次"), "{}", fault.says);
}

/// A report asks at the desk of who writes it down; where somebody reports who cannot fill it in, nothing is required.
#[test]
fn what_a_report_must_say_is_asked_of_nobody_who_cannot_say_it() {
    const ASKS: &str = "[[asks]]\nact = \"report\"\nfields = [{ id = \"rooms\", label = \"几间\", type = \"number\", required = true }]\n[[level]]";
    let fault = only(&with("concerns/case.toml", "[[level]]", ASKS));
    assert!(fault.says.contains("`rooms` 不能必填：open_door 的门口只问要反映的事"), "{}", fault.says);
    let optional = with("concerns/case.toml", "[[level]]", &ASKS.replace(", required = true", ""));
    assert!(Book::from_files(&optional).is_ok());
    let mut files = with("grid/case.toml", "[[level]]", ASKS);
    assert!(Book::from_files(&files).is_ok(), "a grid worker writes the visit down at the desk");
    let duties = files.get_mut("care/duties.toml").unwrap();
    *duties = duties.replacen("system = \"whistle-and-report\", way = \"领导走访\"", "system = \"grid\", way = \"入户走访\"", 1);
    let fault = only(&files);
    assert!(fault.says.contains("`grid` 的登记必须填“几间”") && fault.place().starts_with("institutions/care/duties.toml:"), "{fault:?}");
}

#[test]
fn a_letter_says_only_what_a_case_has_and_its_addressee_may_read() {
    let fault = only(&with("letters/case.toml", "于{due}前书面答复", "于{dues}前书面答复"));
    assert_eq!((fault.says.as_str(), fault.mend.as_deref()), ("函件里没有 `dues` 这一项", Some("是不是 `due`？")));
    let fault = only(&with("whistle-and-report/case.toml", "您于{reported}反映的", "您于{claim_due}反映的"));
    assert_eq!(fault.says, "给反映人的函件里没有 `claim_due`");
    let fault = only(&with("letters/case.toml", "to = \"department\"", "to = \"departments\""));
    assert_eq!(fault.mend.as_deref(), Some("是不是 `department`？"));
}

#[test]
fn who_looks_after_a_level_is_a_charge_that_is_there() {
    let fault = only(&with("grid/case.toml", "charge = \"网格员\"", "charge = \"网格园\""));
    assert_eq!((fault.says.as_str(), fault.mend.as_deref()), ("代码表里没有“网格园”", Some("是不是 `网格员`？")));
}
