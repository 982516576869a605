//! Papers of a procedure, as PDF and as Word.

use crate::exchange::part;
use crate::picture::{assert_looks_as_approved, embedded_faces, words};
use document::Fonts;
use document::paper::{
    self, AppointmentNotice, Block, Candidate, Decision, Exception, Paper, PaperTable, PublicNotice, Roster,
    RosterGroup, RosterRow, Signature, Slate, SlateGroup, SlateRow, TalkRecord,
};

fn pdf(paper: &Paper) -> Vec<u8> {
    paper::pdf(Fonts::embedded().unwrap(), paper).unwrap()
}

/// For the eye: a Word file beside the pictures.
fn keep(name: &str, docx: &[u8]) {
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), docx).unwrap();
}

fn public_notice() -> PublicNotice {
    PublicNotice {
        place: "中共青云县委组织部".into(),
        period: "2026年11月23日至2026年11月27日".into(),
        working_days: 5,
        candidates: vec![
            Candidate {
                name: "李明".into(),
                sex: "男".into(),
                ethnicity: "汉族".into(),
                born: "1985年4月".into(),
                party: "中共党员".into(),
                schooling: "省委党校研究生".into(),
                current_post: "青云县青云镇党委副书记、镇长".into(),
                proposed_post: "乡镇党委书记".into(),
                exception: None,
            },
            Candidate {
                name: "赵喆".into(),
                sex: "女".into(),
                ethnicity: "满族".into(),
                born: "1992年8月".into(),
                party: "中共党员".into(),
                schooling: "研究生".into(),
                current_post: "青云县柳树乡党委委员、副乡长".into(),
                proposed_post: "县直单位正职".into(),
                exception: Some(Exception {
                    facts: "任现职级满一年三个月".into(),
                    reason: "在抗洪抢险关键时刻经受住考验、表现突出".into(),
                }),
            },
        ],
        office: "中共青云县委组织部干部监督室".into(),
        phones: vec!["000-12380".into(), "000-5550101".into()],
        mail: "qingyun12380@example.invalid".into(),
        address: "青云县人民路1号".into(),
        signed_by: "中共青云县委组织部".into(),
        signed_on: "2026年11月22日".into(),
        ..PublicNotice::default()
    }
}

#[test]
fn a_public_notice_follows_the_standard() {
    let notice = public_notice().paper();
    let bytes = pdf(&notice);
    assert_looks_as_approved("public-notice", &bytes);
    let text = words("public-notice", &bytes);
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(
        text.contains("属破格提拔") && text.contains("—1—") && !text.contains("—2—"),
        "{text}"
    );
    let faces = embedded_faces("public-notice", &bytes);
    assert_eq!(
        faces,
        ["FandolFang-Regular", "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"]
    );
    let docx = paper::docx(&notice).unwrap();
    keep("public-notice.docx", &docx);
    let xml = part(&docx, "word/document.xml");
    assert!(xml.contains("仿宋_GB2312") && xml.contains("w:line=\"579\"") && xml.contains("w:top=\"2098\""));
}

#[test]
fn an_appointment_notice_names_each_decision() {
    let decision = |name: &str, appointed: &str, probation: &str, removed: &str| Decision {
        name: name.into(),
        appointed: appointed.into(),
        probation: probation.into(),
        removed: removed.into(),
    };
    let notice = AppointmentNotice {
        issuer: "中共青云县委".into(),
        number: "青干〔2026〕12号".into(),
        addressee: "各乡镇党委，县直各部门党组（党委）".into(),
        decided_on: "2026年11月20日".into(),
        decided_by: "县委常委会会议".into(),
        decisions: vec![
            decision("李明", "青云镇党委书记", "", "青云镇镇长"),
            decision("赵喆", "县妇女联合会主席", "试用期一年", ""),
            decision("王建国", "", "", "青云镇党委书记"),
        ],
        signed_on: "2026年11月22日".into(),
    };
    assert_looks_as_approved("appointment-notice", &pdf(&notice.paper()));
}

#[test]
fn a_talk_record_leaves_room_to_sign() {
    let talk = TalkRecord {
        person: "李明".into(),
        post: "拟任青云镇党委书记".into(),
        held_on: "2026年11月28日".into(),
        place: "县委组织部谈话室".into(),
        speakers: vec!["县委常委、组织部部长周伟".into(), "县委组织部副部长吴敏".into()],
        recorder: "陈科员".into(),
        said: vec!["一是旗帜鲜明讲政治，二是抓班子带队伍，三是廉洁自律，自觉接受监督。".into()],
        ..TalkRecord::default()
    };
    assert_looks_as_approved("talk-record", &pdf(&talk.paper()));
}

#[test]
fn a_long_paper_runs_over_pages_with_heads_and_tables() {
    let text = "考察组坚持党管干部原则，坚持事业为上、人岗相适、人事相宜，采取个别谈话、发放征求意见表、民主测评、实地走访、\
                查阅干部人事档案和工作资料等方法，广泛深入地了解情况，“听其言、观其行、察其德”。";
    let mut blocks = Vec::new();
    for number in ["一", "二", "三", "四"] {
        blocks.push(Block::Heading {
            level: 1,
            text: format!("{number}、考察工作情况"),
        });
        blocks.push(Block::Heading {
            level: 2,
            text: "（一）谈话情况".into(),
        });
        blocks.extend((0..3).map(|_| Block::Paragraph(text.into())));
    }
    blocks.push(Block::Table(PaperTable {
        heads: vec!["序号".into(), "谈话对象".into(), "谈话人数".into(), "备注".into()],
        widths: vec![1, 4, 2, 3],
        rows: (1..=9)
            .map(|n| {
                vec![
                    n.to_string(),
                    "乡镇班子成员、中层干部、村（社区）党组织书记".into(),
                    "12".into(),
                    String::new(),
                ]
            })
            .collect(),
    }));
    let paper = Paper {
        secrecy: Some("内部资料　注意保存".into()),
        title: "关于李明同志拟任青云县青云镇党委书记的考察情况报告".into(),
        addressee: Some("县委组织部部务会：".into()),
        blocks,
        signature: Some(Signature {
            by: vec!["青云县委组织部考察组".into()],
            day: String::new(),
        }),
        note: Some("（联系人：陈科员，电话：000-5550101）".into()),
        ..Paper::default()
    };
    assert_looks_as_approved("long-paper", &pdf(&paper));
    keep("long-paper.docx", &paper::docx(&paper).unwrap());
}

fn slate() -> Slate {
    let row = |name: &str, proposal: &str| SlateRow {
        name: name.into(),
        born: "1985.04".into(),
        education_and_title: "省委党校研究生\n农艺师".into(),
        current_post: "青云县青云镇党委副书记、镇长".into(),
        proposal: proposal.into(),
        opinion: String::new(),
    };
    let group = |head: &str, rows| SlateGroup {
        head: head.into(),
        rows,
    };
    Slate {
        office: "中共青云县委组织部".into(),
        day: "2026年11月22日".into(),
        groups: vec![
            group(
                "一、乡镇",
                vec![
                    row("李明", "任青云县青云镇党委书记，免青云县青云镇镇长"),
                    row("欧阳长宁", "任青云县青云镇镇长（试用期一年）"),
                ],
            ),
            group("二、县直单位", vec![row("赵喆", "任青云县妇女联合会主席")]),
        ],
        note: "说明：以上人选均已按规定完成动议、民主推荐、考察程序。".into(),
        ..Slate::default()
    }
}

#[test]
fn a_slate_is_marked_and_numbers_people_through() {
    assert_looks_as_approved("slate", &slate().pdf(Fonts::embedded().unwrap()).unwrap());
    let docx = slate().docx().unwrap();
    keep("slate.docx", &docx);
    let xml = part(&docx, "word/document.xml");
    assert!(xml.contains("注意保密") && xml.contains("w:orient=\"landscape\"") && xml.contains("拟任免职务"));
    assert_eq!(
        xml.matches("<w:tblHeader />").count(),
        1,
        "the head is repeated on every page"
    );
}

#[test]
fn a_roster_counts_its_people() {
    let row = |name: &str, post: &str| RosterRow {
        name: name.into(),
        current_post: post.into(),
        sex: "男".into(),
        ethnicity: "汉族".into(),
        native_place: "河北青云".into(),
        born: "1985.04".into(),
        work_started: "2007.08".into(),
        party_joined: "2006.12".into(),
        full_time: "大学\n青云农业大学农学专业".into(),
        in_service: "省委党校研究生\n省委党校经济管理专业".into(),
        in_post_since: "2023.06".into(),
        in_rank_since: "2023.06".into(),
    };
    let people = |n: usize| (0..n).map(|_| row("李明", "青云县青云镇党委副书记、镇长")).collect();
    let roster = Roster {
        day: "2026年11月22日".into(),
        filled_by: "陈科员".into(),
        groups: vec![
            RosterGroup {
                unit: "青云镇".into(),
                rows: people(9),
            },
            RosterGroup {
                unit: "柳树乡".into(),
                rows: people(7),
            },
        ],
        ..Roster::default()
    };
    assert_looks_as_approved("roster", &roster.pdf(Fonts::embedded().unwrap()).unwrap());
    keep("roster.docx", &roster.docx().unwrap());
}
