//! 青云县, small: one county committee of twelve, one town, one bureau, and three people who are proposed.

use affairs::procedure::{self, Completion, Member, Proposal, ProposedItem, Vote};
use affairs::{Error, Item, Procedure};
use registry::organisation::NewUnit;
use registry::post::NewSeat;
use registry::rows::{Appraisal, Details, Education, Membership, RankHeld, Relative, ResumeLine, Tenure};
use registry::testing::{Guard, offices_with};
use registry::{Actor, AsOf, Desk, Office, Organisation, Person, Post, dated, organisation, person, post};
use vocabulary::{Clock, Date, Day, Id, Outcome, day};

/// The office on one database, and who and what is in it.
pub struct County {
    pub office: Office,
    pub people: Vec<(String, Id<Person>)>,
    pub posts: Vec<(String, Id<Post>)>,
    pub units: Vec<(String, Id<Organisation>)>,
    _guard: Guard,
}

pub const COMMITTEE: [&str; 12] = [
    "沈文涛",
    "何静",
    "韩东升",
    "高远",
    "郑国栋",
    "王建国",
    "苏敏",
    "马德林",
    "单志远",
    "仇卫东",
    "尉迟明",
    "丁一",
];
/// The day on which the journeys begin: a Tuesday.
pub const BEGIN: Day = day!(2026 - 09 - 01);

/// The county on both databases, on the same day.
pub fn counties() -> Vec<(&'static str, County)> {
    offices_with(affairs::MIGRATIONS, Clock::on(BEGIN))
        .into_iter()
        .map(|(name, office, guard)| (name, County::plant(office, guard)))
        .collect()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

impl County {
    fn plant(office: Office, guard: Guard) -> County {
        let mut county = County {
            office,
            people: vec![],
            posts: vec![],
            units: vec![],
            _guard: guard,
        };
        let actor = Actor::program();
        let (people, posts, units) = county
            .office
            .write(&actor, |desk| {
                let mut all = Planted::default();
                all.grow(desk)?;
                Ok::<_, Error>((all.people, all.posts, all.units))
            })
            .unwrap();
        (county.people, county.posts, county.units) = (people, posts, units);
        county
    }

    /// It is now this day.
    pub fn on(&mut self, day: Day) -> &mut County {
        self.office.clock = Clock::on(day);
        self
    }
    pub fn write<T>(&self, work: impl FnOnce(&mut Desk) -> Result<T, Error>) -> T {
        self.try_write("王主任", work).unwrap()
    }
    pub fn try_write<T>(&self, who: &str, work: impl FnOnce(&mut Desk) -> Result<T, Error>) -> Result<T, Error> {
        let actor = Actor {
            shown: who.into(),
            ..Actor::program()
        };
        self.office.write(&actor, work)
    }
    pub fn read<T>(&self, work: impl FnOnce(&Desk) -> Result<T, Error>) -> T {
        self.office.read(&Actor::program(), AsOf::default(), work).unwrap()
    }
    pub fn person(&self, name: &str) -> Id<Person> {
        self.people
            .iter()
            .find(|(n, _)| n == name)
            .unwrap_or_else(|| panic!("{name}"))
            .1
    }
    pub fn post(&self, title: &str) -> Id<Post> {
        self.posts
            .iter()
            .find(|(t, _)| t == title)
            .unwrap_or_else(|| panic!("{title}"))
            .1
    }
    pub fn unit(&self, name: &str) -> Id<Organisation> {
        self.units
            .iter()
            .find(|(n, _)| n == name)
            .unwrap_or_else(|| panic!("{name}"))
            .1
    }
    pub fn current(&self, name: &str) -> Vec<(i64, String)> {
        let person = self.person(name);
        let held = self.read(|desk| Ok(registry::tenure::current(desk, person)?));
        held.into_iter().map(|t| (t.id, t.row.title)).collect()
    }

    /// `name` for `post`, leaving every current post, with everything stated that people must state.
    pub fn proposed(&self, name: &str, post: &str) -> ProposedItem {
        let leaves: Vec<i64> = self.current(name).iter().map(|(id, _)| *id).collect();
        STATED.iter().fold(
            ProposedItem::appoint(self.person(name), self.post(post)).leaving(&leaves),
            |item, (fact, value)| item.stating(fact, value),
        )
    }
    pub fn open(&self, items: Vec<ProposedItem>) -> Outcome<Id<Procedure>> {
        let proposal = Proposal {
            institution: "selection".into(),
            title: String::new(),
            items,
        };
        self.write(|desk| procedure::open(desk, &proposal))
    }
    pub fn opened(&self, items: Vec<ProposedItem>) -> Id<Procedure> {
        match self.open(items) {
            Outcome::Done(id) => id,
            Outcome::Refused(findings) => panic!("{:#?}", findings),
        }
    }
    pub fn complete(&self, id: Id<Procedure>, step: &str, completion: &Completion) -> Outcome<()> {
        self.write(|desk| procedure::complete(desk, id, step, completion))
    }
    pub fn done(&self, id: Id<Procedure>, step: &str, completion: &Completion) {
        if let Outcome::Refused(findings) = self.complete(id, step, completion) {
            let says: Vec<String> = findings
                .iter()
                .map(|f| format!("{} {} → {:?}", f.rule, f.says, f.next))
                .collect();
            panic!("{step}: {says:#?}");
        }
    }
    pub fn state(&self, id: Id<Procedure>) -> procedure::State {
        self.read(|desk| procedure::state(desk, id))
    }
    pub fn items(&self, id: Id<Procedure>) -> Vec<Id<Item>> {
        self.state(id).items.iter().map(|i| i.id).collect()
    }

    /// Walks the usual way up to and without `until`; each step on its day.
    pub fn walk(&mut self, id: Id<Procedure>, until: &str) {
        for step in [
            "initiation",
            "recommendation",
            "inspection",
            "consultation",
            "discussion",
            "notice",
            "talk",
            "appointment",
        ] {
            if step == until {
                return;
            }
            if self
                .state(id)
                .step(step)
                .is_some_and(|s| s.status == procedure::Status::NotAsked)
            {
                continue;
            }
            let (day, completion) = self.usual(id, step);
            self.on(day);
            self.done(id, step, &completion);
        }
    }

    /// What is usually entered at a step, and on which day.
    pub fn usual(&self, id: Id<Procedure>, step: &str) -> (Day, Completion) {
        let (day, fields, papers): (Day, &[(&str, &str)], &[&str]) = match step {
            "initiation" => (day!(2026 - 09 - 01), INITIATION, &["initiation-opinion"]),
            "recommendation" => (day!(2026 - 09 - 04), RECOMMENDATION, &["recommendation-report"]),
            "inspection" => (
                day!(2026 - 09 - 10),
                INSPECTION,
                &[
                    "inspection-preview",
                    "inspection-report",
                    "integrity-opinion",
                    "four-checks-record",
                ],
            ),
            "consultation" => (day!(2026 - 09 - 14), CONSULTATION, &["opinion-request"]),
            "discussion" => (
                day!(2026 - 09 - 17),
                DISCUSSION,
                &["meeting-slate", "appointment-form", "vote-count"],
            ),
            "notice" => (day!(2026 - 09 - 28), NOTICE, &["public-notice", "notice-result"]),
            "talk" => (day!(2026 - 09 - 29), TALK, &["talk-record"]),
            "appointment" => (day!(2026 - 09 - 30), APPOINTMENT, &["appointment-notice"]),
            "probation" => (day!(2027 - 09 - 30), PROBATION, &["probation-appraisal"]),
            other => panic!("{other}"),
        };
        let mut completion = Completion::on(day);
        for (id, text) in fields {
            completion = completion.field(id, text);
        }
        for paper in papers {
            completion = completion.paper(paper, "（正文）");
        }
        if step == "discussion" {
            completion.roll = self.roll(12);
            completion.votes = self.votes(id, 12, 0, 0);
        }
        (day, completion)
    }

    /// The committee, the first `present` of them there.
    pub fn roll(&self, present: usize) -> Vec<Member> {
        let mut roll = self.read(procedure::deciding_body);
        assert_eq!(roll.len(), 12, "the committee is prefilled");
        for (at, member) in roll.iter_mut().enumerate() {
            if at >= present {
                member.present = false;
                member.why = "外出学习".into();
            }
        }
        roll
    }
    pub fn votes(&self, id: Id<Procedure>, agree: i64, against: i64, defer: i64) -> Vec<Vote> {
        let state = self.state(id);
        state
            .open_items()
            .map(|i| Vote {
                item: i.id,
                agree,
                against,
                defer,
            })
            .collect()
    }
}

const STATED: &[(&str, &str)] = &[
    ("training.met", "是"),
    ("proposal.statutory_qualification_needed", "否"),
    ("proposal.kin_conflict", "否"),
    ("proposal.dual_managed", "否"),
    ("proposal.audit_needed", "否"),
    ("prior_report.needed", "否"),
    ("integrity.political_breach", "否"),
    ("integrity.canvassing", "否"),
    ("integrity.under_review", "否"),
    ("integrity.after_effect", "否"),
];
const INITIATION: &[(&str, &str)] = &[
    ("initiation.day", "2026-09-01"),
    ("initiation.opinion", "班子缺员，建议补充"),
    ("initiation.in_seats", "是"),
    ("initiation.checked", "是"),
];
const RECOMMENDATION: &[(&str, &str)] = &[
    ("recommendation.held", "是"),
    ("recommendation.day", "2026-09-04"),
    ("recommendation.kind", "定向推荐"),
    ("recommendation.at_renewal", "否"),
    ("recommendation.talks_first", "是"),
    ("recommendation.posts", "1"),
    ("recommendation.names_offered", "2"),
    ("recommendation.meeting_skipped", "否"),
    ("recommendation.by_leader", "否"),
    ("recommendation.npc_post", "否"),
];
const INSPECTION: &[(&str, &str)] = &[
    ("candidate.fixed_on", "2026-09-07"),
    ("recommendation.same_post", "是"),
    ("candidate.by_votes_alone", "否"),
    ("candidate.low_recognition", "否"),
    ("candidate.other_unsuitable", "否"),
    ("inspection.from", "2026-09-08"),
    ("inspection.preview", "是"),
    ("inspection.team_size", "3"),
    ("inspection.leader_experienced", "是"),
    ("inspection.recusal", "是"),
    ("inspection.interview", "是"),
    ("check.file", "是"),
    ("check.personal_matters", "是"),
    ("check.discipline_opinion", "是"),
    ("check.complaints", "是"),
    ("inspection.material", "是"),
    ("integrity.conclusion", "无问题"),
    ("integrity.unit_signed", "是"),
    ("integrity.discipline_signed", "是"),
];
const CONSULTATION: &[(&str, &str)] = &[("consultation.done", "是"), ("consultation.leader_asked", "是")];
const DISCUSSION: &[(&str, &str)] = &[
    ("decision.day", "2026-09-17"),
    ("meeting.on_agenda", "是"),
    ("meeting.adhoc", "否"),
    ("meeting.introduced", "是"),
    ("meeting.each_spoke", "是"),
    ("meeting.chief_last", "是"),
    ("meeting.disagreement", "否"),
    ("vote.form", "无记名投票"),
    ("redeliberation.asked", "否"),
];
const NOTICE: &[(&str, &str)] = &[("notice.posted", "2026-09-18"), ("notice.objection", "否")];
const TALK: &[(&str, &str)] = &[("talk.held", "是"), ("talk.day", "2026-09-29")];
const APPOINTMENT: &[(&str, &str)] = &[("appointment.by", "党委"), ("appointment.issued", "2026-09-30")];
const PROBATION: &[(&str, &str)] = &[
    ("probation.absent_months", "0"),
    ("probation.moved", "否"),
    ("probation.result", "胜任"),
];

#[derive(Default)]
struct Planted {
    people: Vec<(String, Id<Person>)>,
    posts: Vec<(String, Id<Post>)>,
    units: Vec<(String, Id<Organisation>)>,
    /// Organisation of each post, in their order.
    homes: Vec<Id<Organisation>>,
}

impl Planted {
    fn grow(&mut self, desk: &mut Desk) -> Result<(), Error> {
        let county = self.unit(desk, None, "青云县", "县委县政府", 1)?;
        let committee = self.unit(desk, Some(county), "中共青云县委", "县委", 2)?;
        let town = self.unit(desk, Some(county), "青云镇", "镇", 3)?;
        let bureau = self.unit(desk, Some(county), "县农业农村局", "县政府部门", 4)?;
        self.unit(desk, Some(county), "中共青云县委组织部", "县委部门", 5)?;
        self.seat(desk, committee, ("县委常委", "副职", "县处级副职"), 12, false)?;
        self.seat(desk, town, ("青云镇副镇长", "副职", "乡科级副职"), 2, false)?;
        self.seat(desk, town, ("青云镇党委组织委员", "副职", "乡科级副职"), 1, false)?;
        self.seat(desk, bureau, ("县农业农村局局长", "正职", "乡科级正职"), 1, false)?;
        self.seat(desk, bureau, ("县农业农村局副局长", "副职", "乡科级副职"), 2, true)?;
        for name in COMMITTEE {
            self.official(desk, name, "男", "1975-03", "县委常委", "县处级副职", "2021-08-10")?;
        }
        self.official(
            desk,
            "李明",
            "男",
            "1985-04-12",
            "青云镇副镇长",
            "乡科级副职",
            "2023-06-01",
        )?;
        self.official(
            desk,
            "陈晓燕",
            "女",
            "1990-08",
            "青云镇党委组织委员",
            "乡科级副职",
            "2021-06-11",
        )?;
        self.official(
            desk,
            "赵海波",
            "男",
            "1978-02",
            "县农业农村局局长",
            "乡科级正职",
            "2021-06-25",
        )?;
        let clerk = self.official(desk, "周喆", "女", "1992-11", "", "科员级", "2016-09-01")?;
        let entry = desk.record(happened("补录"))?;
        let line = ResumeLine {
            order_no: 1,
            kind: "工作".into(),
            from_day: Some(date("2014-09")),
            until_day: None,
            text: "青云镇政府科员".into(),
            notes: String::new(),
        };
        dated::add(desk, clerk, &line, entry)?;
        Ok(())
    }

    fn unit(
        &mut self,
        desk: &mut Desk,
        parent: Option<Id<Organisation>>,
        name: &str,
        kind: &str,
        order: i64,
    ) -> Result<Id<Organisation>, Error> {
        let short = name.trim_start_matches("中共青云").to_owned();
        let new = NewUnit {
            parent,
            name: name.into(),
            short_name: short,
            kind: Some(kind.into()),
            order_no: order,
            from_day: Some(date("2000-01-01")),
            ..NewUnit::default()
        };
        let id = organisation::add(desk, new)?;
        self.units.push((name.into(), id));
        Ok(id)
    }

    fn seat(
        &mut self,
        desk: &mut Desk,
        unit: Id<Organisation>,
        (title, role, level): (&str, &str, &str),
        seats: i64,
        probation: bool,
    ) -> Result<(), Error> {
        let new = NewSeat {
            name: title.into(),
            title: title.into(),
            role: Some(role.into()),
            leading: true,
            level: Some(level.into()),
            seats,
            probation,
            order_no: self.posts.len() as i64 + 1,
            from_day: Some(date("2000-01-01")),
            ..NewSeat::default()
        };
        self.posts.push((title.into(), post::add(desk, unit, new)?));
        self.homes.push(unit);
        Ok(())
    }

    #[allow(clippy::too_many_arguments)]
    fn official(
        &mut self,
        desk: &mut Desk,
        name: &str,
        sex: &str,
        born: &str,
        title: &str,
        level: &str,
        since: &str,
    ) -> Result<Id<Person>, Error> {
        let entry = desk.record(happened(&format!("录入{name}")))?;
        let details = Details {
            name: name.into(),
            sex: Some(sex.into()),
            born: Some(date(born)),
            ethnicity: Some("汉族".into()),
            native_place: Some("云岭青云".into()),
            joined_work: Some(date("2008-07")),
            official_state: Some("现职".into()),
            spouse_emigrated: Some(false),
            children_emigrated: Some(false),
            ..Details::default()
        };
        let id = person::add(desk, details, entry)?;
        let at = self.posts.iter().position(|(t, _)| t == title);
        let post = at.map(|at| self.posts[at].1);
        let home = at.map(|at| self.homes[at].number());
        let tenure = Tenure {
            post: post.map(|p| p.number()),
            organisation: home,
            title: if title.is_empty() {
                "青云镇政府科员".into()
            } else {
                title.into()
            },
            kind: "任职".into(),
            role: post.map(|_| {
                if title.ends_with("局长") && !title.ends_with("副局长") {
                    "正职".into()
                } else {
                    "副职".into()
                }
            }),
            leading: Some(post.is_some()),
            level: Some(level.into()),
            main: true,
            order_no: 1,
            way: None,
            paper: None,
            end_paper: None,
            end_reason: None,
            probation_until: None,
            from_day: date(since),
            until_day: None,
        };
        dated::add(desk, id, &tenure, entry)?;
        let held = RankHeld {
            ladder: "职务层次".into(),
            rank: level.into(),
            paper: None,
            from_day: date(since),
            until_day: None,
        };
        dated::add(desk, id, &held, entry)?;
        let party = Membership {
            party: "中共党员".into(),
            from_day: Some(date("2007-06")),
            until_day: None,
        };
        dated::add(desk, id, &party, entry)?;
        let school = Education {
            mode: "全日制".into(),
            education: Some("大学".into()),
            degree: Some("农学学士".into()),
            school: Some("云岭农业大学".into()),
            major: Some("农学".into()),
            major_group: Some("农业".into()),
            school_text: Some("云岭农业大学农学专业".into()),
            started: None,
            from_day: Some(date("2008-06")),
            highest: true,
        };
        dated::add(desk, id, &school, entry)?;
        for year in [2023, 2024, 2025] {
            let grade = if year == 2025 { "优秀" } else { "称职" };
            dated::add(
                desk,
                id,
                &Appraisal {
                    year,
                    grade: grade.into(),
                    from_day: date(&format!("{year}-12-31")),
                },
                entry,
            )?;
        }
        for (order, (relation, kin, born)) in [
            ("父亲", "某父", "1950-01"),
            (if sex == "男" { "妻子" } else { "丈夫" }, "某某", "1986-05"),
        ]
        .iter()
        .enumerate()
        {
            let relative = Relative {
                relation: (*relation).into(),
                name: format!("{name}{kin}"),
                born: Some(date(born)),
                party: Some("群众".into()),
                work: "云岭市务农".into(),
                order_no: order as i64 + 1,
            };
            dated::add(desk, id, &relative, entry)?;
        }
        self.people.push((name.into(), id));
        Ok(id)
    }
}

pub fn happened(says: &str) -> registry::desk::Happened<'static> {
    registry::desk::Happened {
        act: "person.add",
        subject: "person",
        number: None,
        says: says.to_owned(),
    }
}
