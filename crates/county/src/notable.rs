//! The named people of 青云县: their lives are written here and do not change with the seed. Who they are: see the
//! table in the crate's own doc comment.

use crate::milestone::{Milestones, Now, School};
use crate::month::Month;
use crate::post::Grade;
use crate::retirement;
use crate::schooling::{AGRONOMY, Major};
use crate::seat::{Seat, State};
use crate::tree::Unit;
use vocabulary::{Date, Day};

/// What is odd about somebody, on purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    None,
    /// Reaches the age limit within 90 days.
    RetiresSoon,
    /// Probation ends within 60 days.
    ProbationEnds,
    /// A sanction is open.
    Sanctioned,
    /// In the pool of outstanding young officials.
    Pool,
    /// Almost nothing is on record.
    Sparse,
}

/// One step of a fixed life; an empty `from` is reckoned from the day.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    pub from: &'static str,
    pub title: &'static str,
    pub unit: &'static str,
    pub grade: Grade,
    pub role: &'static str,
}

/// 固定人物.
#[derive(Clone, Copy, Debug)]
pub struct Notable {
    pub name: &'static str,
    pub female: bool,
    pub born: &'static str,
    pub ethnicity: &'static str,
    pub party: &'static str,
    pub party_joined: &'static str,
    pub school: School,
    pub major: Major,
    pub unit: &'static str,
    /// Post and seat; `None`: staff without a post.
    pub seat: Option<(&'static str, i64)>,
    pub steps: &'static [Fixed],
    pub mark: Mark,
}

use Grade::{Chief, CountyChief, CountyDeputy, Deputy, Section, Staff};
use School::{College, Master, University};

const fn f(from: &'static str, title: &'static str, unit: &'static str, grade: Grade, role: &'static str) -> Fixed {
    Fixed { from, title, unit, grade, role }
}

const ADMINISTRATION: Major = ("行政管理", "党政管理", "管理学");
const LAW: Major = ("法学", "法律", "法学");
const CHINESE: Major = ("汉语言文学", "文史宣传", "文学");
const ACCOUNTING: Major = ("会计学", "经济", "管理学");

/// Somebody of 汉族 in the Party: most of them.
#[allow(clippy::too_many_arguments, reason = "one line of a table")]
const fn n(
    name: &'static str, female: bool, born: &'static str, party_joined: &'static str, school: School, major: Major, unit: &'static str,
    seat: (&'static str, i64), steps: &'static [Fixed],
) -> Notable {
    Notable { name, female, born, ethnicity: "汉族", party: "中共党员", party_joined, school, major, unit, seat: Some(seat), steps, mark: Mark::None }
}

pub const NOTABLES: &[Notable] = &[
    n("沈文涛", false, "1973-05-18", "1996-06", University, ADMINISTRATION, "县委", ("书记", 0), &[
        f("1995-08", "青云镇科员", "青云镇", Staff, "其他成员"), f("2002-03", "枫林镇副镇长", "枫林镇", Deputy, "副职"),
        f("2006-11", "枫林镇党委副书记、镇长", "枫林镇", Chief, "正职"), f("2013-06", "云岭市发展和改革委员会副主任", "", CountyDeputy, "副职"),
        f("2019-05", "县长", "县政府", CountyChief, "正职"), f("2021-07-16", "县委书记", "县委", CountyChief, "正职"),
    ]),
    n("何静", true, "1976-09-02", "1998-12", Master, ("经济学", "经济", "经济学"), "县委", ("副书记", 0), &[
        f("2001-07", "云岭市财政局科员", "", Staff, "其他成员"), f("2006-04", "云岭市财政局预算科副科长", "", Deputy, "副职"),
        f("2010-09", "云岭市财政局预算科科长", "", Chief, "正职"), f("2015-12", "清溪县副县长", "", CountyDeputy, "副职"),
        f("2021-07-20", "县委副书记", "县委", CountyChief, "正职"),
    ]),
    n("韩东升", false, "1975-02-11", "1999-07", University, CHINESE, "县委", ("专职副书记", 0), &[
        f("1997-08", "柳河镇科员", "柳河镇", Staff, "其他成员"), f("2004-05", "柳河镇党委委员、组织委员", "柳河镇", Deputy, "副职"),
        f("2009-10", "柳河镇党委书记", "柳河镇", Chief, "正职"), f("2016-11", "县委常委", "县委", CountyDeputy, "副职"),
        f("2021-08-10", "县委副书记", "县委", CountyDeputy, "副职"),
    ]),
    n("高远", false, "1977-11-23", "2001-07", University, ("土木工程", "规划建设", "工学"), "县委", ("常委", 0), &[
        f("2000-08", "县住房和城乡建设局科员", "县住房和城乡建设局", Staff, "其他成员"), f("2008-03", "双溪镇副镇长", "双溪镇", Deputy, "副职"),
        f("2012-06", "双溪镇党委书记", "双溪镇", Chief, "正职"), f("2021-08-10", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    n("郑国栋", false, "1974-08-30", "1997-06", University, LAW, "县委", ("常委", 1), &[
        f("1996-08", "云岭市人民检察院书记员", "", Staff, "其他成员"), f("2005-03", "云岭市纪委监察综合室副主任", "", Deputy, "副职"),
        f("2011-05", "云岭市纪委第三纪检监察室主任", "", Chief, "正职"), f("2020-12-08", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    n("王建国", false, "1976-03-15", "1998-07", University, ADMINISTRATION, "县委", ("常委", 2), &[
        f("1998-08", "石桥镇科员", "石桥镇", Staff, "其他成员"), f("2003-04", "县委组织部干部股股长", "县委组织部", Section, "其他成员"),
        f("2006-09", "县委组织部副部长", "县委组织部", Deputy, "副职"), f("2011-12", "马鞍镇党委书记", "马鞍镇", Chief, "正职"),
        f("2021-09-03", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    n("苏敏", true, "1979-06-08", "2002-07", University, CHINESE, "县委", ("常委", 3), &[
        f("2001-08", "县第一中学教师", "县第一中学", Staff, "其他成员"), f("2009-03", "团县委副书记", "团县委", Deputy, "副职"),
        f("2013-04", "团县委书记", "团县委", Chief, "正职"), f("2022-03-11", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    Notable { ethnicity: "回族", ..n("马德林", false, "1975-12-19", "1999-06", University, LAW, "县委", ("常委", 4), &[
        f("1998-08", "县民政局科员", "县民政局", Staff, "其他成员"), f("2006-05", "白沙镇党委副书记", "白沙镇", Deputy, "副职"),
        f("2011-11", "县民政局局长", "县民政局", Chief, "正职"), f("2021-08-10", "县委常委", "县委", CountyDeputy, "副职"),
    ]) },
    n("单志远", false, "1974-10-05", "1996-11", University, LAW, "县委", ("常委", 5), &[
        f("1996-09", "县公安局民警", "县公安局", Staff, "其他成员"), f("2004-08", "县公安局副局长", "县公安局", Deputy, "副职"),
        f("2010-03", "县司法局局长", "县司法局", Chief, "正职"), f("2021-08-10", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    n("仇卫东", false, "1980-01-27", "2000-05", University, ("军事管理", "其他专业", "军事学"), "县委", ("常委", 6), &[
        f("2002-07", "云岭军分区干事", "", Staff, "其他成员"), f("2010-06", "云岭军分区副科长", "", Deputy, "副职"),
        f("2015-06", "云岭军分区科长", "", Chief, "正职"), f("2022-08-19", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    n("尉迟明", false, "1981-04-14", "2004-06", Master, CHINESE, "县委", ("常委", 7), &[
        f("2006-07", "县委办公室科员", "县委办公室", Staff, "其他成员"), f("2012-03", "县委办公室副主任", "县委办公室", Deputy, "副职"),
        f("2016-09", "龙泉镇党委书记", "龙泉镇", Chief, "正职"), f("2023-03-07", "县委常委", "县委", CountyDeputy, "副职"),
    ]),
    n("李明", false, "1985-04-12", "2007-06", University, AGRONOMY, "青云镇", ("副镇长", 0), &[
        f("2008-08", "石桥镇大王庄村党支部书记助理", "石桥镇", Staff, "其他成员"), f("2011-09", "石桥镇科员", "石桥镇", Staff, "其他成员"),
        f("2016-05", "青云镇农业综合服务中心主任", "青云镇", Section, "其他成员"), f("2023-06-01", "青云镇副镇长", "青云镇", Deputy, "副职"),
    ]),
    Notable { mark: Mark::Pool, ..n("陈晓燕", true, "1990-08-21", "2011-12", University, CHINESE, "青云镇", ("党委委员、组织委员", 0), &[
        f("2012-08", "柳河镇科员", "柳河镇", Staff, "其他成员"), f("2017-03", "县委组织部组织股股长", "县委组织部", Section, "其他成员"),
        f("2021-06-11", "青云镇党委委员、组织委员", "青云镇", Deputy, "副职"),
    ]) },
    Notable { ethnicity: "维吾尔族", party: "无党派", party_joined: "", ..n("阿依古丽·买买提", true, "1983-07-09", "", University, ("旅游管理", "企业管理", "管理学"), "县文旅局", ("副局长", 0), &[
        f("2006-08", "县文旅局科员", "县文旅局", Staff, "其他成员"), f("2014-04", "县文旅局办公室主任", "县文旅局", Section, "其他成员"),
        f("2019-10", "县文旅局副局长", "县文旅局", Deputy, "副职"),
    ]) },
    n("赵海波", false, "1978-02-26", "2003-07", University, AGRONOMY, "县农业农村局", ("局长", 0), &[
        f("2000-08", "县农业农村局农技推广中心技术员", "县农业农村局", Staff, "其他成员"), f("2009-03", "清水乡副乡长", "清水乡", Deputy, "副职"),
        f("2016-05", "清水乡党委副书记、乡长", "清水乡", Chief, "正职"), f("2021-06-25", "县农业农村局局长", "县农业农村局", Chief, "正职"),
    ]),
    n("周喆", false, "1988-11-03", "2010-05", Master, ("经济学", "经济", "经济学"), "县发展和改革局", ("副局长", 0), &[
        f("2013-07", "县发展和改革局科员", "县发展和改革局", Staff, "其他成员"), f("2018-06", "望江镇副镇长", "望江镇", Deputy, "副职"),
        f("2022-09-14", "县发展和改革局副局长", "县发展和改革局", Deputy, "副职"),
    ]),
    Notable { mark: Mark::Sanctioned, ..n("刘志强", false, "1979-01-16", "2004-06", University, ("土木工程", "规划建设", "工学"), "县交通运输局", ("副局长", 0), &[
        f("2001-08", "县交通运输局科员", "县交通运输局", Staff, "其他成员"), f("2011-04", "县交通运输局办公室主任", "县交通运输局", Section, "其他成员"),
        f("2017-08", "县交通运输局副局长", "县交通运输局", Deputy, "副职"),
    ]) },
    Notable { mark: Mark::RetiresSoon, ..n("孙丽华", true, "", "1997-06", College, ACCOUNTING, "县统计局", ("局长", 0), &[
        f("1994-08", "县统计局科员", "县统计局", Staff, "其他成员"), f("2006-03", "县统计局副局长", "县统计局", Deputy, "副职"),
        f("2017-11", "县统计局局长", "县统计局", Chief, "正职"),
    ]) },
    Notable { mark: Mark::ProbationEnds, ..n("钱进", false, "1989-12-02", "2011-06", University, ACCOUNTING, "县财政局", ("副局长", 0), &[
        f("2012-08", "县财政局科员", "县财政局", Staff, "其他成员"), f("2018-03", "县财政局规划财务股股长", "县财政局", Section, "其他成员"),
        f("", "县财政局副局长", "县财政局", Deputy, "副职"),
    ]) },
    Notable { party: "", party_joined: "", seat: None, mark: Mark::Sparse, ..n("郑伟", false, "1988-01-01", "", College, ADMINISTRATION, "石桥镇", ("", 0), &[
        f("2015", "石桥镇科员", "石桥镇", Staff, "其他成员"),
    ]) },
];

pub fn in_seat(unit: &str, post: &str, number: i64) -> Option<&'static Notable> {
    NOTABLES.iter().find(|n| n.unit == unit && n.seat == Some((post, number)))
}

/// Those who work without a post.
pub fn without_post(units: &[Unit]) -> Vec<Seat> {
    let seat = |n: &'static Notable| {
        let unit = units.iter().position(|u| u.key == n.unit)?;
        Some(Seat { unit, post: None, second: None, grade: Grade::Staff, state: State::Serving, notable: Some(n) })
    };
    NOTABLES.iter().filter(|n| n.seat.is_none()).filter_map(seat).collect()
}

/// Is this the name of one of them? Nobody else in 青云县 has it, so that a search by name finds one.
pub fn is_taken(name: &str) -> bool {
    NOTABLES.iter().any(|n| n.name == name)
}

impl Notable {
    pub fn number(&self) -> u64 {
        NOTABLES.iter().position(|n| n.name == self.name).unwrap_or(0) as u64
    }

    /// The steps with their dates.
    pub fn dated(&self, now: Now) -> Vec<(Date, Fixed)> {
        let reckoned: Date = now.day.plus_months(-12).plus_days(40).into();
        self.steps.iter().map(|s| (s.from.parse().unwrap_or(reckoned), *s)).collect()
    }

    pub fn milestones(&self, now: Now) -> Milestones {
        let born = match (self.mark, self.born.parse::<Day>()) {
            (Mark::RetiresSoon, _) | (_, Err(_)) => retirement::born_to_retire_in(Month::of(now.day).plus(2), retirement::limit(self.female)).day(17),
            (_, Ok(born)) => born,
        };
        let steps = self.dated(now);
        let month = |date: Date| Month::of(date.earliest());
        let first = |grade| steps.iter().find(|(_, s)| s.grade >= grade).map(|(from, _)| month(*from));
        let joined = steps.first().map_or(now.ceiling, |(from, _)| month(*from));
        let finished = Month::new(joined.year(), 7).min(joined);
        Milestones {
            female: self.female,
            born,
            school: self.school,
            finished,
            joined,
            reached: [first(Grade::Deputy), first(Grade::Chief), first(Grade::CountyDeputy), first(Grade::CountyChief)],
            since: steps.last().map_or(joined, |(from, _)| month(*from)),
            until: None,
            limit: (self.female && steps.last().is_some_and(|(_, s)| s.grade >= Grade::CountyDeputy)).then_some(60),
        }
    }
}
