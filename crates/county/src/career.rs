//! 任职经历: from the first day of work to today's post, step by step.

use crate::chance::Chance;
use crate::milestone::{self, Milestones, Now};
use crate::month::{Calendar, Month};
use crate::post::{self, Grade, Post};
use crate::seat::{Seat, State};
use crate::tree::Unit;
use crate::tree::department::Staff;
use vocabulary::Date;

/// One stretch of a career.
#[derive(Clone, Debug)]
pub struct Step {
    pub from: Date,
    pub until: Option<Date>,
    /// Empty for work outside the county's organisations.
    pub unit: Option<usize>,
    pub post: Option<usize>,
    pub title: String,
    pub grade: Grade,
    pub role: &'static str,
    pub leading: bool,
    /// 任职 挂职; `None`: in the résumé only.
    pub kind: Option<&'static str>,
    /// Held beside the step before it.
    pub beside: bool,
}

/// The county as careers see it.
pub struct Offices<'a> {
    pub units: &'a [Unit],
    pub posts: &'a mut [Post],
    /// First post of each unit, and one past the last.
    pub first_post: &'a [usize],
    pub civil: &'a [usize],
    pub towns: &'a [usize],
}

/// A career in months; dates come at the end.
struct Path<'a, 'b> {
    offices: &'a mut Offices<'b>,
    chance: &'a mut Chance,
    seat: &'a Seat,
    rural: bool,
    now: Now,
    steps: Vec<(Month, Month, Step)>,
}

pub fn draw(offices: &mut Offices, seat: &Seat, m: &Milestones, calendar: Calendar, now: Now, chance: &mut Chance) -> Vec<Step> {
    let unit = &offices.units[seat.unit];
    let staff = unit.staff;
    // Shares of the sources: about three leaders of four have worked in a town, two chiefs of three.
    let rural = unit.is_town() || chance.percent(if seat.grade.is_leader() { 58 } else { 26 });
    let mut path = Path { offices, chance, seat, rural, now, steps: Vec::new() };
    match staff {
        Staff::Village => path.villager(m),
        Staff::Teacher | Staff::Doctor => path.professional(m),
        _ => path.official(m),
    }
    path.current(m, calendar)
}

/// The written life of a named person.
pub fn written(offices: &Offices, seat: &Seat, now: Now) -> Vec<Step> {
    let Some(notable) = seat.notable else { return Vec::new() };
    let dated = notable.dated(now);
    let mut out: Vec<Step> = Vec::new();
    for (at, (from, fixed)) in dated.iter().enumerate() {
        let last = at + 1 == dated.len();
        let post = if last { seat.post } else { None };
        out.push(Step {
            from: *from,
            until: dated.get(at + 1).map(|(next, _)| *next),
            unit: offices.units.iter().position(|u| u.key == fixed.unit && !fixed.unit.is_empty()),
            post,
            title: fixed.title.to_owned(),
            grade: fixed.grade,
            role: fixed.role,
            leading: fixed.grade.is_leader(),
            kind: Some("任职"),
            beside: false,
        });
    }
    if let Some(step) = out.last().cloned() {
        out.extend(second(offices, seat, &step));
    }
    out
}

fn second(offices: &Offices, seat: &Seat, first: &Step) -> Option<Step> {
    let at = seat.second?;
    let post = &offices.posts[at];
    let grade = if post.grade == Grade::CountyChief { Grade::CountyChief } else { first.grade };
    Some(Step { unit: Some(post.unit), post: Some(at), title: post.title.clone(), role: post.role, grade, leading: true, beside: true, ..first.clone() })
}

/// Cuts `[from, until)` into pieces of about `least`–`most` months.
fn cut(chance: &mut Chance, from: Month, until: Month, least: i32, most: i32) -> Vec<(Month, Month)> {
    let mut out = Vec::new();
    let mut at = from;
    while at < until {
        let length = chance.between(least, most);
        let next = if at.plus(length).months_to(until) < least { until } else { at.plus(length) };
        out.push((at, next));
        at = next;
    }
    out
}

impl Path<'_, '_> {
    fn push(&mut self, (from, until): (Month, Month), unit: Option<usize>, post: Option<usize>, title: String, grade: Grade, role: &'static str) {
        if let Some((_, end, last)) = self.steps.last_mut().filter(|(_, end, last)| *end == from && last.post == post && last.title == title) {
            debug_assert_eq!(last.grade, grade);
            *end = until;
            return;
        }
        let leading = post.map_or(grade.is_leader(), |at| self.offices.posts[at].leading);
        let step = Step { from: from.date(), until: None, unit, post, title, grade, role, leading, kind: Some("任职"), beside: false };
        self.steps.push((from, until, step));
    }

    fn official(&mut self, m: &Milestones) {
        let first_step = m.reached[0].unwrap_or(m.since).min(m.since);
        self.staff_years(m.joined, first_step);
        const LADDER: [Grade; 4] = [Grade::Deputy, Grade::Chief, Grade::CountyDeputy, Grade::CountyChief];
        for (at, grade) in LADDER.iter().enumerate() {
            let Some(from) = m.reached[at] else { break };
            let until = m.reached.get(at + 1).copied().flatten().unwrap_or(m.since).min(m.since);
            for piece in cut(self.chance, from, until, 26, 62) {
                self.leading_piece(piece, *grade);
            }
        }
    }

    /// 科员 and head of a section, in one or several organisations.
    fn staff_years(&mut self, from: Month, until: Month) {
        let home = self.seat.unit;
        let own = matches!(self.offices.units[home].staff, Staff::Police | Staff::Judge | Staff::Prosecutor | Staff::Company | Staff::Institution);
        let mut at = None;
        let pieces = cut(self.chance, from, until, 34, 84);
        let count = pieces.len();
        for (n, piece) in pieces.into_iter().enumerate() {
            let unit = match at {
                Some(unit) if self.chance.percent(50) => unit,
                _ if own || (n + 1 == count && !self.seat.grade.is_leader() && self.chance.percent(60)) => home,
                _ if self.rural && (n + 1 == count || self.chance.percent(60)) => self.chance.pick(self.offices.towns),
                _ => self.chance.pick(self.offices.civil),
            };
            if n == 0 && !own && self.chance.percent(9) {
                let school = format!("{}中心小学教师", self.offices.units[self.chance.pick(self.offices.towns)].short);
                self.push(piece, None, None, school, Grade::Staff, "其他成员");
                continue;
            }
            self.staff_piece(piece, unit, n > 0 && at == Some(unit));
            at = Some(unit);
        }
    }

    fn staff_piece(&mut self, piece: (Month, Month), unit: usize, stayed: bool) {
        let short = self.offices.units[unit].short.clone();
        let sections = post::sections(&self.offices.units[unit]);
        let headed = self.steps.iter().any(|(_, _, step)| step.grade == Grade::Section);
        let upward = self.seat.grade > Grade::Staff && !self.steps.is_empty() && (headed || stayed || self.chance.percent(30));
        if upward && !sections.is_empty() {
            let range = self.offices.first_post[unit]..self.offices.first_post[unit + 1];
            let start = self.chance.below(range.len().max(1));
            let found = range.clone().chain(range).skip(start).find(|at| {
                let post = &mut self.offices.posts[*at];
                post.grade == Grade::Section && post.claim(piece.0, piece.1)
            });
            if let Some(at) = found {
                let title = self.offices.posts[at].title.clone();
                return self.push(piece, Some(unit), Some(at), title, Grade::Section, "其他成员");
            }
        }
        let word = early(self.offices.units[unit].staff);
        let title = match sections {
            // Once head of a section, nobody goes back to be called 科员.
            _ if headed => format!("{short}四级主任科员"),
            [] => format!("{short}{word}"),
            _ => format!("{short}{}{word}", self.chance.pick(sections)),
        };
        let grade = if headed { Grade::Section } else { Grade::Staff };
        self.push(piece, Some(unit), None, title, grade, "其他成员");
    }

    fn leading_piece(&mut self, piece: (Month, Month), grade: Grade) {
        let seat_in_town = self.offices.units[self.seat.unit].is_town();
        let town = grade <= Grade::Chief && self.rural && self.chance.percent(if seat_in_town { 68 } else { 52 });
        if grade >= Grade::CountyDeputy && self.chance.percent(55) {
            let title = if grade == Grade::CountyChief { "清溪县县长" } else { self.chance.pick(&["清溪县副县长", "白石县委常委、宣传部部长", "云岭市农业农村局副局长", "安平县副县长"]) };
            return self.push(piece, None, None, title.to_owned(), grade, if grade == Grade::CountyChief { "正职" } else { "副职" });
        }
        let units = self.offices.units;
        let found = post::claim(self.offices.posts, units, self.chance, grade, town, piece.0, piece.1);
        // No seat was free then: the office is remembered, the post is not matched.
        let at = found.or_else(|| {
            let start = self.chance.below(self.offices.posts.len());
            let posts = &self.offices.posts;
            (start..posts.len()).chain(0..start).find(|at| posts[*at].grade == grade && posts[*at].leading && units[posts[*at].unit].is_town() == town)
        });
        let Some(at) = at else { return };
        let (title, unit, role) = (self.offices.posts[at].title.clone(), self.offices.posts[at].unit, self.offices.posts[at].role);
        self.push(piece, Some(unit), found, title, grade, role);
    }

    fn professional(&mut self, m: &Milestones) {
        let unit = &self.offices.units[self.seat.unit];
        let (kind, word) = if unit.staff == Staff::Teacher { ("学校", "教师") } else { ("医院", "医师") };
        let peers: Vec<usize> = (0..self.offices.units.len()).filter(|u| self.offices.units[*u].kind == kind).collect();
        let since = m.since.max(m.joined);
        for piece in cut(self.chance, m.joined, since, 40, 130) {
            let at = self.chance.pick(&peers);
            let title = format!("{}{word}", self.offices.units[at].short);
            self.push(piece, Some(at), None, title, Grade::Staff, "其他成员");
        }
    }

    fn villager(&mut self, m: &Milestones) {
        let unit = self.seat.unit;
        let served = m.since.plus(-self.chance.between(0, 96)).max(m.joined);
        if served > m.joined {
            let work = self.chance.pick(&["在本村务农", "在外务工", "在本村务农、经营农资店", "在云岭市务工", "从事种植养殖"]);
            self.push((m.joined, served), None, None, work.to_owned(), Grade::Village, "其他成员");
            if let Some((_, _, step)) = self.steps.last_mut() {
                step.kind = None;
            }
        }
        if m.since > served {
            let title = format!("{}{}", self.offices.units[unit].short, self.chance.pick(if m.female { &["村民小组组长", "文书", "妇联主席"] } else { &["村民小组组长", "文书", "民兵连连长"] }));
            self.push((served, m.since), Some(unit), None, title, Grade::Village, "其他成员");
        }
    }

    /// The post that somebody held last, if its seat was free then.
    fn former_post(&mut self, m: &Milestones) -> Option<usize> {
        let until = m.until?;
        let mut range = self.offices.first_post[self.seat.unit]..self.offices.first_post[self.seat.unit + 1];
        range.find(|at| self.offices.posts[*at].grade == self.seat.grade && self.offices.posts[*at].claim(m.since, until))
    }

    /// Today's post on top, and dates for all.
    fn current(mut self, m: &Milestones, calendar: Calendar) -> Vec<Step> {
        let seat = *self.seat;
        let unit = &self.offices.units[seat.unit];
        let former = if seat.state == State::Serving { None } else { self.former_post(m) };
        let (title, role, leading) = match seat.post.or(former) {
            Some(at) => (self.offices.posts[at].title.clone(), self.offices.posts[at].role, self.offices.posts[at].leading),
            None if seat.grade == Grade::Staff => (staff_title(unit, m, self.now, self.chance), "其他成员", false),
            None => former_title(self.offices, &seat),
        };
        // The same work under the same name is one tenure.
        while self.steps.last().is_some_and(|(_, _, step)| step.title == title && step.post.is_none() && seat.post.is_none()) {
            self.steps.pop();
        }
        let from = if seat.grade == Grade::Staff { m.joined } else { m.since };
        let from = from.max(self.steps.last().map_or(m.joined, |(_, until, _)| *until));
        self.steps.push((from, m.until.unwrap_or(from), Step {
            from: from.date(), until: None, unit: Some(seat.unit), post: seat.post.or(former), title, grade: seat.grade, role, leading, kind: Some("任职"), beside: false,
        }));
        let last = self.steps.len() - 1;
        let mut out: Vec<Step> = Vec::with_capacity(self.steps.len() + 1);
        for (at, (from, until, step)) in self.steps.into_iter().enumerate() {
            let ended = if at == last { m.until } else { Some(until) };
            out.push(Step { from: calendar.date(from), until: ended.map(|u| calendar.date(u)), ..step });
        }
        let extra = out.last().and_then(|step| second(self.offices, &seat, step));
        out.extend(extra);
        out
    }
}

/// The post somebody left who is no longer in office: as it is called, without a seat.
fn former_title(offices: &Offices, seat: &Seat) -> (String, &'static str, bool) {
    let range = offices.first_post[seat.unit]..offices.first_post[seat.unit + 1];
    let post = offices.posts[range].iter().find(|p| p.grade == seat.grade);
    post.map_or((offices.units[seat.unit].short.clone(), "其他成员", false), |p| (p.title.clone(), p.role, p.leading))
}

fn staff_title(unit: &Unit, m: &Milestones, now: Now, chance: &mut Chance) -> String {
    let sections = post::sections(unit);
    let word = match unit.staff {
        Staff::Doctor if m.female && chance.percent(55) => "护士",
        Staff::Judge | Staff::Prosecutor if milestone::staff(unit.staff, m, now) == Staff::Civil => "书记员",
        other => plain(other),
    };
    if sections.is_empty() || matches!(unit.staff, Staff::Teacher | Staff::Doctor) {
        return format!("{}{word}", unit.short);
    }
    format!("{}{}{word}", unit.short, chance.pick(sections))
}

/// What somebody was called at the beginning.
fn early(staff: Staff) -> &'static str {
    match staff {
        Staff::Judge | Staff::Prosecutor => "书记员",
        other => plain(other),
    }
}

/// What somebody without a post is called.
pub fn plain(staff: Staff) -> &'static str {
    match staff {
        Staff::Police => "民警",
        Staff::Judge => "法官",
        Staff::Prosecutor => "检察官",
        Staff::Enforcement => "执法人员",
        Staff::Institution => "工作人员",
        Staff::Teacher => "教师",
        Staff::Doctor => "医师",
        Staff::Company => "职员",
        Staff::Village => "委员",
        Staff::None | Staff::Civil | Staff::Body | Staff::Participating => "科员",
    }
}
