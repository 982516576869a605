//! Party organisations founded from nothing; what was entered wrongly taken back; bulletins that stay as they were.

use crate::browser::{Browser, County};
use registry::rows::Details;
use registry::{Actor, AsOf, Role, branch, member, organisation, person};
use vocabulary::day;

fn encoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

fn form(pairs: &[(&str, &str)]) -> String {
    pairs.iter().map(|(k, v)| format!("{k}={}", encoded(v))).collect::<Vec<_>>().join("&")
}

/// A county with 青云县, 青云镇 and 大王庄村, and with these people.
fn bare(people: &[&str]) -> County {
    let county = County::empty();
    county
        .office
        .write(&Actor::program(), |desk| {
            let unit = |desk: &mut registry::Desk, name: &str, kind: &str, parent| {
                let new = organisation::NewUnit { parent, name: name.into(), kind: Some(kind.into()), from_day: Some(day!(1990 - 01 - 01).into()), ..Default::default() };
                organisation::add(desk, new)
            };
            let top = unit(desk, "青云县", "其他机构", None)?;
            let town = unit(desk, "青云镇", "镇", Some(top))?;
            unit(desk, "大王庄村", "村", Some(town))?;
            let entry = desk.record(registry::desk::Happened { act: "person.add", subject: "person", number: None, says: "录入".into() })?;
            for name in people {
                person::add(desk, Details { name: (*name).into(), ..Details::default() }, entry)?;
            }
            Ok::<_, registry::Error>(())
        })
        .unwrap();
    county
}

async fn posted(browser: &mut Browser, path: &str, pairs: &[(&str, &str)]) -> String {
    let answer = browser.post(path, &form(pairs)).await;
    assert_eq!(answer.status, 303, "{path}: {}", answer.body);
    answer.location
}

#[tokio::test(crate = "crate::walk")]
async fn a_party_is_founded_from_nothing_and_its_members_are_enrolled_confirmed_and_changed() {
    let county = bare(&["李明", "王芳", "赵强", "赵强"]);
    let mut officer = county.logged_in("officer").await;
    assert!(officer.get("/party").await.body.contains("设立没有上级的党组织"));
    let wrong = officer.post("/party", &form(&[("above", ""), ("name", "青云镇党委"), ("kind", "党委"), ("in", "没有这个镇"), ("founded", "1995-07-01")])).await;
    assert!(wrong.status == 422 && wrong.body.contains("没有找到单位“没有这个镇”") && wrong.body.contains("value=\"青云镇党委\""), "{}", wrong.body);
    let above = posted(&mut officer, "/party", &[("above", ""), ("name", "青云镇党委"), ("kind", "党委"), ("in", "青云镇"), ("founded", "1995-07-01"), ("elected", "2026-03-01"), ("years", "5")]).await;
    let number = above.rsplit('/').next().unwrap().to_owned();
    let page = officer.get(&above).await;
    assert!(page.body.contains("本届至 2031-03-01") && page.body.contains("设立下属党组织") && !page.body.contains("编入党员"), "{}", page.body);

    let new = |name: &'static str, kind: &'static str, founded: &'static str, above: &str| form(&[("above", above), ("name", name), ("kind", kind), ("in", "大王庄村"), ("founded", founded)]);
    let ahead = officer.post("/party", &new("大王庄村党支部", "党支部", "2026-12-01", &number)).await;
    assert!(ahead.status == 422 && ahead.body.contains("2026-12-01 还没有到"), "{}", ahead.body);
    let alone = officer.post("/party", &new("第一党小组", "党小组", "2026-01-01", &number)).await;
    assert!(alone.status == 422 && alone.body.contains("党小组划分在党支部里"), "{}", alone.body);
    let done = officer.post("/party", &new("大王庄村党支部", "党支部", "2020-01-01", &number)).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let branch = done.location;
    let twice = officer.post("/party", &new("大王庄村党支部", "党支部", "2020-01-01", &number)).await;
    assert!(twice.status == 422 && twice.body.contains("已经有一个“大王庄村党支部”"), "{}", twice.body);
    let id = branch.rsplit('/').next().unwrap().to_owned();
    let group = posted(&mut officer, "/party", &[("above", &id), ("name", "大王庄村党支部第一党小组"), ("kind", "党小组"), ("in", "大王庄村"), ("founded", "2026-01-01")]).await;
    let group = group.rsplit('/').next().unwrap().to_owned();

    let enrol = format!("{branch}/members");
    let comrade = |who: &str, kind: &str, joined: &str, since: &str, fee: &str| form(&[("who", who), ("as", kind), ("group", ""), ("joined", joined), ("since", since), ("fee", fee)]);
    for (typed, says) in [
        (comrade("无此人", "正式党员", "2007-07-01", "2026-11-22", ""), "没有找到“无此人”"),
        (comrade("赵强", "正式党员", "2007-07-01", "2026-11-22", ""), "有 2 人叫“赵强”"),
        (comrade("李明", "正式党员", "2007-07-01", "2026-12-22", ""), "2026-12-22 还没有到"),
        (comrade("李明", "预备党员", "", "2026-11-22", ""), "预备党员要写明入党日期"),
        (comrade("李明", "正式党员", "2007-07-01", "2026-11-22", "x"), "金额读不懂"),
    ] {
        let answer = officer.post(&enrol, &typed).await;
        assert!(answer.status == 422 && answer.body.contains(says), "{says}: {}", answer.body);
    }
    let member = posted(&mut officer, &enrol, &[("who", "李明"), ("as", "预备党员"), ("group", &group), ("joined", "2025-11-20"), ("since", "2025-11-20"), ("fee", "10.5")]).await;
    let again = officer.post(&enrol, &comrade("李明", "正式党员", "2007-07-01", "2026-11-22", "")).await;
    assert!(again.status == 422 && again.body.contains("李明已经是党员，组织关系在大王庄村党支部"), "{}", again.body);
    let page = officer.get(&member).await;
    assert!(page.body.contains("预备党员") && page.body.contains("转为正式党员") && page.body.contains("10.50"), "{}", page.body);
    for (on, says) in [("2026-11-19", "到 2026-11-20 才满"), ("2026-11-23", "2026-11-23 还没有到")] {
        let early = officer.post(&format!("{member}/confirmation"), &form(&[("confirmed", on)])).await;
        assert!(early.status == 422 && early.body.contains(says), "{}", early.body);
    }
    posted(&mut officer, &format!("{member}/confirmation"), &[("confirmed", "2026-11-20")]).await;
    let twice = officer.post(&format!("{member}/confirmation"), &form(&[("confirmed", "2026-11-21")])).await;
    assert!(twice.status == 422 && twice.body.contains("李明已经是正式党员"), "{}", twice.body);
    posted(&mut officer, &format!("{member}/changes"), &[("group", ""), ("care", "生活困难"), ("fee", "12")]).await;
    let page = officer.get(&member).await;
    assert!(page.body.contains("生活困难") && page.body.contains("12.00") && page.body.contains("正式党员"), "{}", page.body);
    let same = officer.post(&format!("{member}/changes"), &form(&[("group", ""), ("care", "生活困难"), ("fee", "12")])).await;
    assert!(same.status == 422 && same.body.contains("没有改动"), "{}", same.body);
    // Nothing of the past was written over.
    let before = officer.get(&format!("{member}?as_of=2026-11-01")).await;
    assert!(before.body.contains("预备党员") && before.body.contains("10.50"), "{}", before.body);

    // A branch secretary divides a branch into groups and enrols, and founds no branch.
    county.account("zhishu", Role::BranchSecretary, None);
    let mut secretary = county.logged_in("zhishu").await;
    let refused = secretary.post("/party", &new("又一个党支部", "党支部", "2026-01-01", &number)).await;
    assert!(refused.status == 403 && refused.body.contains("由上级党委设立"), "{} {}", refused.status, refused.body);
}

#[tokio::test(crate = "crate::walk")]
async fn a_matter_and_a_duty_are_taken_back_at_their_page_with_a_reason() {
    let county = bare(&["李明"]);
    let town = "青云镇";
    let branch = county
        .office
        .write(&Actor::program(), |desk| {
            let village = organisation::named(desk, "大王庄村")?.unwrap().id;
            let new = branch::NewParty { parent: None, organisation: village, name: "大王庄村党支部".into(), kind: "党支部".into(), elected_on: None, term_years: None, order_no: 1, from_day: day!(1990 - 01 - 01).into() };
            let branch = branch::add(desk, &new)?;
            let comrade = member::NewComrade { person: person::who(desk, "李明")?, branch, grouped: None, kind: "正式党员".into(), joined: None, fee: None, from: day!(2020 - 01 - 01) };
            member::add(desk, &comrade)?;
            Ok::<_, registry::Error>(branch.number())
        })
        .unwrap();
    // `me` is the person on record.
    county.account("me", Role::Recorded, Some(1));
    let mut officer = county.logged_in("officer").await;
    let matter = posted(&mut officer, "/matters", &[("institution", "decisions"), ("unit", town), ("title", "便民服务中心改造")]).await;
    posted(&mut officer, &format!("{matter}/steps/topic"), &[("on", "2026-11-20"), ("f-kind", "重大项目"), ("f-reason", "年久失修"), ("f-amount", "1200")]).await;
    let page = officer.get(&matter).await;
    assert!(page.body.contains("填错了，撤回这一步") && page.body.contains("撤回这件事项"), "{}", page.body);
    let bare = officer.post(&format!("{matter}/steps/topic/withdrawal"), &form(&[("why", "")])).await;
    assert!(bare.status == 422 && bare.body.contains("没有写明撤回的原因"), "{} {}", bare.status, bare.body);
    posted(&mut officer, &format!("{matter}/steps/topic/withdrawal"), &[("why", "金额多写了一个零")]).await;
    let page = officer.get(&matter).await;
    assert!(page.body.contains("<s>2026-11-20") && page.body.contains("金额多写了一个零"), "{}", page.body);
    posted(&mut officer, &format!("{matter}/withdrawal"), &[("why", "资金另有来源")]).await;
    let page = officer.get(&matter).await;
    assert!(page.body.contains("撤回原因：资金另有来源") && !page.body.contains("撤回这件事项"), "{}", page.body);

    let key = "party-life/theme-day";
    county
        .office
        .write(&Actor::program(), |desk| {
            let roll = affairs::duty::expected(desk, affairs::duty::find(desk, key)?, branch, day!(2026 - 10 - 27))?;
            let mut given = affairs::duty::Completion::of(key, branch, "2026-10-27", day!(2026 - 10 - 27)).field("theme", "错的主题").field("done", "打扫村道");
            given.roll = roll;
            affairs::duty::complete(desk, &given)?.done().unwrap();
            Ok::<_, affairs::Error>(())
        })
        .unwrap();
    let address = format!("/duties/branch/{branch}/{key}?of=2026-10-27");
    let withdrawal = format!("/duties/branch/{branch}/{key}/withdrawal?of=2026-10-27");
    assert!(officer.get(&address).await.body.contains("填错了，撤回重填"));
    assert_eq!(officer.post(&withdrawal, &form(&[("why", "")])).await.status, 422);
    posted(&mut officer, &withdrawal, &[("why", "主题写错")]).await;
    let page = officer.get(&address).await;
    assert!(page.body.contains("撤回的记录") && page.body.contains("错的主题") && page.body.contains("主题写错") && !page.body.contains("填错了，撤回重填"), "{}", page.body);
    let mut recorded = county.logged_in("me").await;
    assert!(matches!(recorded.post(&withdrawal, &form(&[("why", "x")])).await.status, 403 | 404), "what is not one's own");
    // A member reads what the own branch publishes, though the branch's own pages are not theirs.
    county.office.write(&Actor::program(), |desk| {
        let mut given = affairs::duty::Completion::of(key, branch, "2026-10-27", day!(2026 - 10 - 27)).field("theme", "秋收帮扶").field("done", "打扫村道");
        given.roll = affairs::duty::expected(desk, affairs::duty::find(desk, key)?, branch, day!(2026 - 10 - 27))?;
        affairs::duty::complete(desk, &given)?.done().unwrap();
        Ok::<_, affairs::Error>(())
    }).unwrap();
    let list = recorded.get("/duties").await;
    assert!(list.body.contains(&format!("/duties/published/branch/{branch}")), "{}", list.body);
    let published = recorded.get(&format!("/duties/published/branch/{branch}")).await;
    assert!(published.status == 200 && published.body.contains("秋收帮扶") && published.body.contains("李明") && !published.body.contains("错的主题"), "{}", published.body);
    assert_eq!(recorded.get(&format!("/party/{branch}")).await.status, 404);
}

#[tokio::test(crate = "crate::walk")]
async fn every_number_of_a_bulletin_and_of_a_report_that_is_over_opens_as_many_rows() {
    let county = County::planted();
    let mut officer = county.logged_in("officer").await;
    let page = officer.get("/campaigns/rectification/bulletin?month=2026-10").await;
    assert!(page.status == 200 && page.body.contains("数字截至 2026-10-31"), "{}", page.body);
    let special = officer.get("/reports/rectification/special?from=2026-10-01").await;
    let mut opened = 0;
    let links = |body: &str| body.split("href=\"").skip(1).filter_map(|part| part.split_once("\">")).map(|(href, rest)| (href.replace("&amp;", "&"), rest.split("</a>").next().unwrap_or_default().to_owned())).collect::<Vec<_>>();
    for (href, number) in links(&page.body).into_iter().chain(links(&special.body)).filter(|(href, _)| href.starts_with("/duties/rows/")) {
        assert!(href.ends_with("&as_of=2026-10-31"), "{href}");
        let behind = officer.get(&href).await;
        assert!(behind.status == 200 && behind.body.replace(',', "").contains(&format!(" {number} 次</h1>")), "{href} says {number}: {}", behind.body);
        opened += 1;
    }
    assert!(opened > 20, "{opened}");
    assert_eq!(officer.get("/campaigns/rectification/bulletin?month=2027-01").await.status, 400, "not yet");
    assert!(officer.get("/campaigns/rectification/bulletin/2026-10.docx").await.bytes.starts_with(b"PK"));
    let year = officer.get("/reports/whistle-and-report/year").await;
    assert!(year.status == 200 && year.body.contains("吹哨报到年度结果") && year.body.contains("双向评价"), "{}", year.body);
    let ratings = links(&year.body).into_iter().find(|(href, _)| href.starts_with("/reports/ratings/")).expect("a figure that opens the ratings");
    let behind = officer.get(&ratings.0).await;
    assert!(behind.status == 200 && behind.body.contains("双向评价"), "{}", behind.body);
    let tasks = links(&special.body).into_iter().find(|(href, _)| href.starts_with("/tasks?light=done&of=rectification&from=2026-10-01")).expect("tasks of the plans and the month");
    assert_eq!(officer.get(&tasks.0).await.status, 200);
}

#[tokio::test(crate = "crate::walk")]
async fn a_branch_past_its_term_is_told_in_writing_and_owes_an_answer() {
    let county = bare(&["李明"]);
    let branch = county
        .office
        .write(&Actor::program(), |desk| {
            let village = organisation::named(desk, "大王庄村")?.unwrap().id;
            let new = branch::NewParty { parent: None, organisation: village, name: "大王庄村党支部".into(), kind: "党支部".into(), elected_on: Some(day!(2021 - 09 - 10).into()), term_years: Some(5), order_no: 1, from_day: day!(1990 - 01 - 01).into() };
            branch::add(desk, &new)
        })
        .unwrap();
    let mut officer = county.logged_in("officer").await;
    let page = officer.get(&format!("/party/{branch}")).await;
    assert!(page.body.contains("任期届满整改"), "{}", page.body);
    let address = format!("/duties/branch/{branch}/party-life/term-over");
    let page = officer.get(&format!("{address}?of=2026-09-10")).await;
    assert!(page.status == 200 && page.body.contains("2026-10-10") && page.body.contains("逾期") && page.body.contains("函 PDF"), "{}", page.body);
    assert!(officer.get(&format!("{address}/letter/pdf")).await.bytes.starts_with(b"%PDF-"));
    let docx = officer.get(&format!("{address}/letter/docx")).await;
    assert!(docx.status == 200 && docx.bytes.starts_with(b"PK"));
    assert_eq!(officer.get(&format!("{address}/letter/txt")).await.status, 404);
    assert_eq!(officer.get(&format!("/duties/branch/{branch}/party-life/theme-day/letter/pdf")).await.status, 404, "a duty without a letter");
    // Elected anew, it owes nothing of the old term.
    county.office.write(&Actor::program(), |desk| branch::elect(desk, branch, day!(2026 - 11 - 20).into(), &[])).unwrap();
    assert_eq!(officer.get(&format!("{address}?of=2026-09-10")).await.status, 404);
}

#[tokio::test(crate = "crate::walk")]
async fn a_task_stands_in_the_list_of_the_person_who_answers_for_it() {
    let county = bare(&["李明", "赵强", "赵强"]);
    let person = county.office.read(&Actor::program(), AsOf::default(), |desk| person::who(desk, "李明")).unwrap();
    county.account("liming", Role::Recorded, Some(person.number()));
    county.account("other", Role::Recorded, None);
    let mut officer = county.logged_in("officer").await;
    let task = |owner: &str| form(&[("unit", "大王庄村"), ("problem", "活动场所漏雨"), ("measure", "修缮"), ("owner", owner), ("due", "2026-11-30")]);
    let asked = officer.post("/tasks", &task("赵强")).await;
    assert!(asked.status == 422 && asked.body.contains("有 2 人叫“赵强”"), "{}", asked.body);
    assert_eq!(officer.post("/tasks", &task("村委会全体")).await.status, 303, "words stay words");
    assert_eq!(officer.post("/tasks", &task("镇党委 李明")).await.status, 303);
    let list = officer.get("/tasks").await;
    assert!(list.body.contains(&format!("/officials/{person}")) && list.body.contains("<summary class=\"quiet\">完成…</summary>"), "{}", list.body);
    let mut liming = county.logged_in("liming").await;
    let own = liming.get("/duties").await;
    assert!(own.body.contains("活动场所漏雨") && own.body.contains("临近时限：重点任务 1 项"), "{}", own.body);
    assert_eq!(liming.post("/duties/tasks/1", &form(&[("on", "2026-11-22"), ("evidence", "照片")])).await.status, 404, "not theirs");
    assert_eq!(liming.post("/duties/tasks/2", &form(&[("on", "2026-11-22"), ("evidence", "")])).await.status, 422);
    posted(&mut liming, "/duties/tasks/2", &[("on", "2026-11-22"), ("evidence", "修缮照片存村部")]).await;
    assert!(!liming.get("/duties").await.body.contains("活动场所漏雨"));
    assert!(officer.get("/tasks?light=done").await.body.contains("修缮照片存村部"));
}

#[tokio::test(crate = "crate::walk")]
async fn a_member_leaves_and_a_branch_is_dissolved_at_their_pages() {
    let county = bare(&["李明", "王芳"]);
    let mut officer = county.logged_in("officer").await;
    let found = |name: &'static str, place: &'static str| [("above", ""), ("name", name), ("kind", "党支部"), ("in", place), ("founded", "2020-01-01")];
    let branch = posted(&mut officer, "/party", &found("大王庄村党支部", "大王庄村")).await;
    let heir = posted(&mut officer, "/party", &found("青云镇机关党支部", "青云镇")).await;
    let enrol = |who: &'static str| [("who", who), ("as", "正式党员"), ("group", ""), ("joined", "2007-07-01"), ("since", "2020-01-01"), ("fee", "")];
    let liming = posted(&mut officer, &format!("{branch}/members"), &enrol("李明")).await;
    let wangfang = posted(&mut officer, &format!("{branch}/members"), &enrol("王芳")).await;
    let ending = format!("{liming}/ending");
    let bare = officer.post(&ending, &form(&[("ending", "转出县外"), ("on", "2026-11-20"), ("document", "")])).await;
    assert!(bare.status == 422 && bare.body.contains("没有填写文号") && bare.body.contains("value=\"2026-11-20\""), "{}", bare.body);
    assert_eq!(posted(&mut officer, &ending, &[("ending", "转出县外"), ("on", "2026-11-20"), ("document", "组介〔2026〕7号")]).await, branch);
    let page = officer.get(&branch).await;
    assert!(page.body.contains("已离开的党员 1") && page.body.contains("组介〔2026〕7号") && page.body.contains("/cases/rehoming?from="), "{}", page.body);
    assert_eq!(officer.get(&liming).await.status, 404);

    let dissolution = format!("{branch}/dissolution");
    let to = heir.rsplit('/').next().unwrap();
    let nowhere = officer.post(&dissolution, &form(&[("ending", "村并入社区"), ("document", "青组〔2026〕12号"), ("until", "2026-11-22"), ("heir", ""), ("left", "由机关支部接着办")])).await;
    assert!(nowhere.status == 422 && nowhere.body.contains("还有 1 名党员没有去处") && nowhere.body.contains("value=\"村并入社区\""), "{}", nowhere.body);
    let done = posted(&mut officer, &dissolution, &[("ending", "村并入社区"), ("document", "青组〔2026〕12号"), ("until", "2026-11-22"), ("heir", to), ("left", "由机关支部接着办")]).await;
    assert_eq!(done, "/party#dissolved");
    let tree = officer.get("/party").await;
    assert!(tree.body.contains("大王庄村党支部：村并入社区，青组〔2026〕12号，党员编入青云镇机关党支部"), "{}", tree.body);
    assert!(officer.get(&wangfang).await.body.contains("青云镇机关党支部"));
    let rehoming = officer.get(&format!("/cases/rehoming?from={}", encoded("大王庄村"))).await;
    assert!(rehoming.body.contains("value=\"大王庄村\""), "{}", rehoming.body);
    county.account("zhishu", Role::BranchSecretary, None);
    let mut secretary = county.logged_in("zhishu").await;
    assert_eq!(secretary.post(&format!("{heir}/dissolution"), &form(&[("ending", "x"), ("document", "y"), ("until", "2026-11-22")])).await.status, 403);
}

/// The record of a meeting is written down once: what was refused is there when she comes back from elsewhere.
#[tokio::test(crate = "crate::walk")]
async fn a_refused_record_of_a_meeting_is_kept_as_a_draft() {
    let county = bare(&["李明"]);
    let branch = county
        .office
        .write(&Actor::program(), |desk| {
            let village = organisation::named(desk, "大王庄村")?.unwrap().id;
            let new = branch::NewParty { parent: None, organisation: village, name: "大王庄村党支部".into(), kind: "党支部".into(), elected_on: None, term_years: None, order_no: 1, from_day: day!(1990 - 01 - 01).into() };
            branch::add(desk, &new)
        })
        .unwrap();
    let mut officer = county.logged_in("officer").await;
    let address = format!("/duties/branch/{branch}/party-life/theme-day?of=2026-11-27");
    let (path, of) = address.split_once('?').unwrap();
    let parts = "--b\r\ncontent-disposition: form-data; name=\"on\"\r\n\r\nsoon\r\n--b\r\ncontent-disposition: form-data; name=\"f-theme\"\r\n\r\nHARVEST\r\n--b--\r\n";
    let refused = officer.parts(&format!("{path}?{of}"), parts).await;
    assert!(refused.status == 422 && refused.body.contains("HARVEST") && refused.body.contains("读不懂"), "{}", refused.status);
    let page = officer.get(&address).await.body;
    assert!(page.contains("HARVEST") && page.contains("草稿存于 2026-11-22"));
    let kept = officer.post(&format!("{path}/draft?{of}"), "on=2026-11-22&f-theme=SOWING").await;
    assert!(kept.status == 200 && kept.body.starts_with("草稿存于 2026-11-22"), "{} {}", kept.status, kept.body);
    assert!(officer.get(&address).await.body.contains("SOWING"));
}
