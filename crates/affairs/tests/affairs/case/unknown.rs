//! A system that the code has never heard of: files only.

use super::street::at;
use crate::own::OwnSystem;
use affairs::case::{self, Doing, Report};
use institution::case::Act;
use registry::account::{self, NewAccount};
use registry::actor::Role;
use registry::organisation::{self, NewUnit};
use registry::{Actor, AsOf, Sees};
use vocabulary::{Clock, Outcome};

const HEAD: &str = r#"
id = "five-visits"
title = "五访五问"
systems = ["F10"]
version = "1"
in_force = { from = 2026-01-01 }
filed_by = "乡里"
review_by = 2027-12-31
summary = "只有文件，没有代码。"
source = { document = "本乡五访五问办法" }
"#;
const CASE: &str = r#"
noun = "访问事项"
prefix = "WF"
ways = ["入户"]
ratings = ["满意", "不满意"]
bad_ratings = ["不满意"]
unrated_after = { days = 3 }
reopen_most = 1
source = { document = "本乡五访五问办法" }
[[asks]]
act = "report"
fields = [
  { id = "rooms", label = "漏雨的房间", type = "number", required = true },
  { id = "since", label = "漏了多久", type = "choice", options = ["今年", "更早"] },
]
[[asks]]
act = "answer"
fields = [{ id = "tiles", label = "换了几片瓦", type = "number" }]
[[level]]
title = "村"
kinds = ["村"]
[[may]]
acts = ["report", "sort", "whistle", "claim", "reply", "answer", "rate", "sign_off"]
roles = ["branch_secretary"]
[[class]]
id = "roof"
title = "房顶漏雨"
claim_within = { hours = 5 }
answer_within = { working_days = 1 }
departments = ["村委会"]
source = { document = "本乡五访五问办法" }
"#;
const EXAMPLES: &str = r#"
[[example]]
name = "一个工作日"
class = "roof"
deeds = [
  { at = "2026-11-20 10:00", act = "report", role = "branch_secretary" },
  { at = "2026-11-20 10:00", act = "sort", role = "branch_secretary" },
]
expect = { due = "2026-11-23 18:00" }
"#;

#[test]
fn a_county_adds_a_system_by_writing_files_and_works_it_through() {
    let own = OwnSystem { id: "five-visits", files: &[("institution.toml", HEAD), ("case.toml", CASE), ("case-examples.toml", EXAMPLES)], facts: "" };
    for (_, mut office, _guard) in registry::testing::offices_with(affairs::MIGRATIONS, Clock::Fixed(at("2026-11-20 10:00"))) {
        office.book = own.book();
        let actor = office
            .write(&Actor::program(), |desk| {
                let unit = NewUnit { name: "柳林村".into(), kind: Some("村".into()), ..NewUnit::default() };
                let unit = organisation::add(desk, unit)?;
                let new = NewAccount { name: "书记", shown: "书记", role: Role::BranchSecretary, scope: Some(unit), person: None, password: "Qingyun-Zhiren-2026-试" };
                let account = account::add(desk, new)?;
                Ok::<_, registry::Error>((account, unit))
            })
            .map(|(account, unit)| {
                (Actor { account: Some(account), shown: "书记".into(), role: Role::BranchSecretary, sees: Sees::Nothing, person: None, recused: vec![] }, unit)
            })
            .unwrap();
        let (actor, village) = actor;
        let done = office
            .write(&actor, |desk| {
                let report = Report { system: "five-visits".into(), way: "入户".into(), words: "西屋漏雨".into(), place: Some(village), ..Report::default() };
                let asked = |rooms: &str, since: &str| Report { fields: [("rooms", rooms), ("since", since), ("tiles", "3")].map(|(k, v)| (k.to_owned(), v.to_owned())).into(), ..report.clone() };
                assert_eq!(case::report(desk, &report)?.refusals(), ["field.rooms"], "what the file asks of a report is asked");
                assert_eq!(case::report(desk, &asked("两间", "去年"))?.refusals(), ["field.rooms", "field.since"], "all at once");
                let Outcome::Done(receipt) = case::report(desk, &asked(" 2 ", "更早"))? else { panic!("refused") };
                let mut act = |doing: Doing| case::act(desk, receipt.id, doing).map(|o| o.refusals().iter().map(ToString::to_string).collect::<Vec<_>>());
                assert_eq!(act(Doing::of(Act::Sort).word("roof"))?, [""; 0]);
                assert_eq!(act(Doing::of(Act::Answer).says("已换瓦"))?, [""; 0]);
                assert_eq!(act(Doing::of(Act::Raise).says("难"))?, ["not-entrusted", "not-at-this-stage", "no-higher-level"]);
                assert_eq!(act(Doing::of(Act::Rate).word("好"))?, ["unknown-rating"], "its own words of rating");
                assert_eq!(act(Doing::of(Act::Rate).word("满意"))?, [""; 0]);
                assert_eq!(act(Doing::of(Act::SignOff))?, [""; 0], "this system asks for no evidence");
                Ok::<_, affairs::Error>(receipt)
            })
            .unwrap();
        assert!(done.number.starts_with("WF"));
        let record = office.read(&actor, AsOf::default(), |desk| case::find(desk, done.id)).unwrap();
        assert_eq!(record.life.stage.says(), "已销号");
        let told: Vec<(&str, &str)> = record.deeds[0].data.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        assert_eq!(told, [("rooms", "2"), ("since", "更早")], "as it was asked of a report, nothing else");
        // What a reporter was asked is theirs, as their words are: on the disk it is not to be read.
        let mut kept = String::new();
        let sql = "select data from case_deeds where data is not null";
        office.store.read(|tx| tx.each_as_kept(sql, &[], |row| { kept.push_str(row.text(0)); Ok::<(), store::Error>(()) })).unwrap();
        assert!(!kept.is_empty() && !kept.contains("更早"), "{kept}");
        let figures = office.read(&actor, AsOf::default(), |desk| case::figures(desk, &case::Filter { system: Some("five-visits".into()), closed: true, ..case::Filter::default() })).unwrap();
        assert_eq!(figures.said[0].counts, [("更早".to_owned(), 1)], "and what was chosen is counted");
    }
}
