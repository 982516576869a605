//! The papers are filled from what is on record.

use crate::county::{counties, happened};
use affairs::form;
use document::{Block, Layout};
use registry::rows::{Award, FormText, ResumeLine, Tenure};
use registry::{Actor, AsOf, dated};
use vocabulary::{Date, Day, day};

#[test]
fn the_appointment_form_is_filled_from_the_rows_and_the_line() {
    for (_, county) in counties() {
        let mut item = county.proposed("周喆", "县农业农村局副局长");
        item.reason = "工作需要".into();
        let id = county.opened(vec![item]);
        let line = county.items(id)[0];
        let person = county.person("周喆");
        let form = county.read(|desk| form::appointment_form(desk, person, Some(line), Layout::Reform2025));
        assert_eq!(
            (form.name.as_str(), form.sex.as_str(), form.born.as_str()),
            ("周喆", "女", "199211")
        );
        assert_eq!(
            (form.party_joined.as_str(), form.work_started.as_str()),
            ("200706", "200807")
        );
        assert_eq!(
            (form.full_time.schooling.as_str(), form.full_time.degree.as_str()),
            ("大学", "农学学士")
        );
        assert_eq!(
            (form.full_time.school.as_str(), form.full_time.degree_school.as_str()),
            ("云岭农业大学农学专业", "")
        );
        assert_eq!(
            (form.current_post.as_str(), form.proposed_post.as_str()),
            ("青云镇政府科员", "县农业农村局副局长")
        );
        assert_eq!(
            (form.removed_post.as_str(), form.reason.as_str()),
            ("青云镇政府科员", "工作需要")
        );
        assert_eq!(form.appraisals, "2023年、2024年称职，2025年优秀。");
        assert_eq!(form.honours, "无");
        assert_eq!(form.resume, "2014.09--         青云镇政府科员");
        let family: Vec<&str> = form.family.iter().map(|r| r.relation.as_str()).collect();
        assert_eq!(family, ["丈夫", "父亲"]);
        assert_eq!(
            (form.submitted_by.as_str(), form.age_day.as_str()),
            ("中共青云县委组织部", "202609")
        );
        let batch = county.read(|desk| form::batch(desk, &[person, county.person("李明")], Layout::Old));
        assert_eq!(
            batch.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
            ["周喆", "李明"]
        );
    }
}

#[test]
fn slate_notice_and_decision_say_who_goes_where() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let slate = county.read(|desk| form::slate(desk, id));
        assert_eq!(slate.groups[0].head, "县农业农村局");
        assert_eq!(
            slate.groups[0].rows[0].proposal,
            "任县农业农村局副局长，免青云镇政府科员"
        );
        assert!(
            slate.note.contains("县农业农村局：班子 1 人调整为 2 人"),
            "{}",
            slate.note
        );

        county.walk(id, "appointment");
        let notice = county.read(|desk| form::public_notice(desk, id));
        assert_eq!((notice.place.as_str(), notice.working_days), ("青云县", 5));
        assert_eq!(notice.period, "2026年9月18日至2026年9月24日");
        assert_eq!(notice.candidates[0].born, "1992年11月");
        let (day, appointment) = county.usual(id, "appointment");
        county.on(day);
        county.done(id, "appointment", &appointment);
        let decision = county.read(|desk| form::appointment_notice(desk, id));
        assert_eq!(decision.decided_on, "2026年9月17日");
        assert_eq!(decision.decisions[0].probation, "试用期一年");
        assert_eq!(decision.decisions[0].removed, "青云镇政府科员");
        let talk = county.read(|desk| form::talk_record(desk, id, county.items(id)[0]));
        assert_eq!((talk.person.as_str(), talk.held_on.as_str()), ("周喆", "2026年9月29日"));
        let roster = county.read(|desk| form::roster(desk, &[county.person("周喆"), county.person("赵海波")]));
        assert_eq!(roster.groups[0].unit, "县农业农村局");
        assert_eq!(roster.groups[0].rows.len(), 2);

        let votes = county.read(|desk| form::paper(desk, id, "vote-count", None));
        let table = votes
            .blocks
            .iter()
            .find_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
            .unwrap();
        assert_eq!(table.rows[0][2..], ["12", "12", "12", "0", "0"]);
    }
}

#[test]
fn a_paper_whose_facts_are_missing_says_which() {
    for (_, county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        let made = county
            .office
            .read(&registry::Actor::program(), registry::AsOf::default(), |desk| {
                form::paper(desk, id, "recommendation-report", None)
            });
        assert_eq!(
            made.unwrap_err().to_string(),
            "《民主推荐情况报告》还不能制作，缺少周喆的民主推荐日、推荐类别"
        );
    }
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn a_form_of_another_day_says_nothing_that_came_later() {
    for (name, county) in counties() {
        let person = county.person("周喆");
        county.write(|desk| {
            let entry = desk.record(happened("补录"))?;
            let first = dated::of::<ResumeLine>(desk, person)?.remove(0);
            let next = ResumeLine { order_no: 2, from_day: Some(date("2025-03")), text: "青云镇党政办公室主任".into(), ..first.row.clone() };
            dated::withdraw::<ResumeLine>(desk, first.id, person, entry)?;
            dated::add(desk, person, &ResumeLine { until_day: Some(date("2025-03")), ..first.row }, entry)?;
            dated::add(desk, person, &next, entry)?;
            let post = dated::of::<Tenure>(desk, person)?.remove(0);
            dated::replace(desk, post.id, person, &Tenure { until_day: Some(date("2025-03")), ..post.row.clone() }, entry)?;
            dated::add(desk, person, &Tenure { title: "青云镇党政办公室主任".into(), from_day: date("2025-03"), ..post.row }, entry)?;
            let award = Award { name: "全县优秀公务员".into(), kind: None, organ: None, from_day: Some(date("2025-07")), until_day: None };
            dated::add(desk, person, &award, entry)?;
            Ok(())
        });
        let asked = |day: Day| county.office.read(&Actor::program(), AsOf::on(day), |desk| form::appointment_form(desk, person, None, Layout::Old)).unwrap();
        let then = asked(day!(2024 - 06 - 01));
        assert_eq!((then.age_day.as_str(), then.filled_on.as_str()), ("202406", "20240601"), "{name}");
        assert_eq!(then.appraisals, "2023年称职。", "{name}");
        assert_eq!(then.resume, "2014.09--         青云镇政府科员", "{name}");
        assert_eq!((then.current_post.as_str(), then.honours.as_str()), ("青云镇政府科员", "无"), "{name}");
        let before = asked(day!(2007 - 01 - 01));
        assert_eq!((before.party_joined.as_str(), before.full_time.schooling.as_str()), ("", ""), "{name}: neither in the party nor graduated");
        let today = county.read(|desk| form::appointment_form(desk, person, None, Layout::Old));
        assert_eq!(today.resume, "2014.09--2025.03  青云镇政府科员\n2025.03--         青云镇党政办公室主任", "{name}");
        assert_eq!(today.honours, "2025.07，获全县优秀公务员。", "{name}");

        let head = |day| county.office.read(&Actor::program(), AsOf::on(day), |desk| form::roster(desk, &[person])).unwrap();
        let roster = head(day!(2024 - 06 - 01));
        assert_eq!((roster.day.as_str(), roster.groups[0].rows[0].current_post.as_str()), ("2024年6月1日", "青云镇政府科员"), "{name}");
    }
}

#[test]
fn a_wording_of_a_later_year_gives_way_to_what_the_rows_say_of_the_day() {
    for (name, county) in counties() {
        let person = county.person("周喆");
        county.write(|desk| {
            let entry = desk.record(happened("补录"))?;
            let text = FormText { field: "JiangChengQingKuang".into(), text: "2019年记三等功；2025年嘉奖。".into() };
            dated::add(desk, person, &text, entry)?;
            Ok(())
        });
        let honours = |day| county.office.read(&Actor::program(), AsOf::on(day), |desk| form::appointment_form(desk, person, None, Layout::Old)).unwrap().honours;
        assert_eq!(honours(day!(2026 - 01 - 01)), "2019年记三等功；2025年嘉奖。", "{name}");
        assert_eq!(honours(day!(2024 - 06 - 01)), "无", "{name}");
    }
}

#[test]
fn what_an_imported_form_proposed_stands_until_a_procedure_proposes() {
    for (name, county) in counties() {
        let person = county.person("周喆");
        county.write(|desk| {
            let entry = desk.record(happened("导入"))?;
            for (field, text) in [("NiRenZhiWu", "县供销社副主任"), ("NiMianZhiWu", "青云镇政府科员"), ("RenMianLiYou", "轮岗交流"), ("ChengBaoDanWei", "县供销社党组")] {
                dated::add(desk, person, &FormText { field: field.into(), text: text.into() }, entry)?;
            }
            Ok(())
        });
        let said = |form: document::AppointmentForm| [form.proposed_post, form.removed_post, form.reason, form.submitted_by];
        let alone = county.read(|desk| form::appointment_form(desk, person, None, Layout::Old));
        assert_eq!(said(alone), ["县供销社副主任", "青云镇政府科员", "轮岗交流", "县供销社党组"], "{name}");
        let mut item = county.proposed("周喆", "县农业农村局副局长");
        item.reason = "工作需要".into();
        let id = county.opened(vec![item]);
        let line = county.items(id)[0];
        let proposed = county.read(|desk| form::appointment_form(desk, person, Some(line), Layout::Old));
        assert_eq!(said(proposed), ["县农业农村局副局长", "青云镇政府科员", "工作需要", "中共青云县委组织部"], "{name}");
    }
}

#[test]
fn without_a_resume_the_posts_tell_it_and_the_form_says_so() {
    for (name, county) in counties() {
        let (person, with) = (county.person("李明"), county.person("周喆"));
        county.write(|desk| {
            let entry = desk.record(happened("补录"))?;
            let now = dated::of::<Tenure>(desk, person)?.remove(0).row;
            let earlier = |title: &str, main| Tenure { post: None, title: title.into(), main, from_day: date("2019-03"), until_day: Some(date("2023-06")), ..now.clone() };
            for row in [earlier("青云镇人武部部长", false), earlier("青云镇党委委员", true)] {
                dated::add(desk, person, &row, entry)?;
            }
            Ok(())
        });
        let form = county.read(|desk| form::appointment_form(desk, person, None, Layout::Old));
        assert_eq!(form.resume, "2019.03--2023.06  青云镇党委委员、青云镇人武部部长\n2023.06--         青云镇副镇长", "{name}");
        let remarks: Vec<String> = form.remarks().iter().map(ToString::to_string).collect();
        assert_eq!(remarks, ["李明“简历”：没有简历记载，由任职记载排成，请核对"], "{name}");
        let printed = document::appointment_form::pdf(document::Fonts::of_site().unwrap(), document::appointment_form::FormStyle::default(), &form).unwrap();
        assert!(printed.remarks.contains(&form.remarks()[0]), "{name}: {:?}", printed.remarks);
        let form = county.read(|desk| form::appointment_form(desk, with, None, Layout::Old));
        assert!(!form.resume_from_tenures && form.remarks().is_empty(), "{name}");
    }
}
