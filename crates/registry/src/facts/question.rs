//! What is asked: of whom, as of which day, as known when. Turns facts into SQL.

use super::{Answer, Implementation, implementation, template};
use institution::dictionary::RunningMatters;
use institution::{Dictionary, Fact, Kind, Subject};
use store::Param;
use vocabulary::Day;

/// 提问: one question to the tables. Collects the parameters of the statement that it helps to write.
pub struct Question<'d> {
    pub dictionary: &'d Dictionary,
    /// When it was so.
    pub day: Day,
    /// When it was known: a journal number; `None` is "as we know it now".
    pub known: Option<i64>,
    /// Read today's kept answers instead of computing them.
    pub standing: bool,
    /// Only these subjects, when few are asked: said inside, where the database cannot push it to. The list as SQL
    /// says it, numbers or places: `1, 2, 3` or `$1, $2`.
    pub only: Option<String>,
    pub params: Vec<Param>,
    /// How many of the inner steps stand as columns below the expression that is being written.
    below: usize,
}

/// Steps that many facts lean on, computed once a row in nested selects; each layer may use the ones before.
const STEPS: [&[&str]; 2] = [&["~tenure.main"], &["level", "organisation.ref", "post.ref"]];

/// More rows than there are: a limit keeps both databases from copying a step's expression into every place that uses it.
const ALL: &str = "limit 9000000000000000000";

/// A count whose precision is open is asked three times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bound {
    /// As if every date were its earliest day: what is shown and sorted.
    At,
    Low,
    High,
}

impl<'d> Question<'d> {
    pub fn new(dictionary: &'d Dictionary, day: Day, known: Option<i64>, standing: bool) -> Question<'d> {
        Question { dictionary, day, known, standing, only: None, params: Vec::new(), below: STEPS.len() }
    }

    /// A fresh `$n` for `value`.
    pub fn bind(&mut self, value: impl Into<Param>) -> String {
        self.params.push(value.into());
        format!("${}", self.params.len())
    }

    /// From-clause that makes one row `s` of every subject.
    pub fn from(&self, subject: Subject) -> String {
        match subject {
            Subject::Official if self.standing => "standing s".into(),
            Subject::Official => self.officials(),
            Subject::Post => template::expand(self, subject, "posts s join post_details d on d.post = s.id and [now d]"),
            Subject::Organisation => {
                template::expand(self, subject, "organisations s join organisation_details d on d.organisation = s.id and [now d]")
            }
            // One table each: a million of them are asked in one pass.
            Subject::Branch => template::expand(self, subject, "(select * from branch_details d where [now d]) d"),
            Subject::Member => template::expand(self, subject, "(select * from member_details d where [now d]) d"),
            Subject::Charge => template::expand(self, subject, "(select * from charge_details d where [now d]) d"),
            Subject::Proposal | Subject::Procedure => unreachable!("said by the procedure, not by a table"),
        }
    }

    /// `s` with its steps as columns, and the details `d`.
    fn officials(&self) -> String {
        let only = match &self.only {
            Some(list) if self.below == STEPS.len() => format!(" where s.id in ({list})"),
            _ => String::new(),
        };
        let known = template::known(self, "d");
        let mut inner = format!("(select s.id, d.id as detail from persons s join person_details d on d.person = s.id and {known}{only} {ALL})");
        let mut columns = vec!["s.id".to_owned(), "s.detail".to_owned()];
        for (below, steps) in STEPS.iter().enumerate() {
            let layer = Question { below, ..Question::new(self.dictionary, self.day, self.known, false) };
            let mut select = columns.clone();
            for step in *steps {
                select.push(format!("{} as {}", layer.value(Subject::Official, step), column(step)));
                columns.push(format!("s.{}", column(step)));
            }
            inner = format!("(select {} from {inner} s join person_details d on d.id = s.detail {ALL})", select.join(", "));
        }
        format!("{inner} s join person_details d on d.id = s.detail")
    }

    /// Does this fact stand as a column below?
    fn is_step(&self, id: &str) -> bool {
        STEPS[..self.below].iter().any(|layer| layer.contains(&id))
    }

    /// Row `t` was so on the day, as known then.
    pub fn now_filter(&self, t: &str) -> String {
        template::expand(self, Subject::Official, &format!("[now {t}]"))
    }

    /// Row `t` as known then.
    pub fn known_filter(&self, t: &str) -> String {
        template::known(self, t)
    }

    /// The subject's number.
    pub fn id(&self, subject: Subject) -> &'static str {
        match subject {
            Subject::Official if self.standing => "s.person",
            Subject::Branch => "d.branch",
            Subject::Member => "d.member",
            Subject::Charge => "d.charge",
            _ => "s.id",
        }
    }

    /// The SQL of a fact's value. A fact that counts matters says so itself; another one of the dictionary without
    /// implementation is unknown to everybody.
    pub fn value(&self, subject: Subject, id: &str) -> String {
        self.bounded(subject, id, Bound::At)
    }

    pub fn bounded(&self, subject: Subject, id: &str, bound: Bound) -> String {
        match implementation(subject, id) {
            Some(implementation) => self.implemented(subject, implementation, bound),
            None => match self.dictionary.fact(id).and_then(|f| f.matters.as_ref()) {
                Some(of) => template::expand(self, subject, &running(of)),
                None => "null".into(),
            },
        }
    }

    fn implemented(&self, subject: Subject, implementation: &Implementation, bound: Bound) -> String {
        let official = subject == Subject::Official;
        if official && ((self.standing && implementation.kept) || (!self.standing && self.is_step(implementation.id))) {
            return format!("s.{}", column(implementation.id));
        }
        let whole = |inner: String| format!("({inner})");
        match implementation.answer {
            Answer::Sql(sql) => template::expand(self, subject, sql),
            Answer::MonthsSince(fact) => whole(self.since(subject, fact, bound)),
            Answer::YearsSince(fact) => whole(format!("{} / 12", self.since(subject, fact, bound))),
            Answer::MonthsUntil(fact) => once(&self.value(subject, fact), |date| {
                let end = if bound == Bound::High { latest(date) } else { earliest(date) };
                once(&end, |end| months_between(&format!("'{}'", self.day), end))
            }),
            Answer::Covered(condition) => self.covered(subject, condition, bound),
        }
    }

    fn since(&self, subject: Subject, fact: &str, bound: Bound) -> String {
        once(&self.value(subject, fact), |date| {
            if bound == Bound::Low {
                return once(&latest(date), |begin| months_to_day(begin, self.day));
            }
            let total = i64::from(self.day.year()) * 12 + i64::from(self.day.month());
            let (month, after) = earliest_parts(date, self.day.day());
            let last = self.day.day() == vocabulary::day::days_in_month(self.day.year(), self.day.month());
            let months = if last { format!("{total} - {month}") } else { format!("{total} - {month} - {after}") };
            format!("(case when {months} < 0 then 0 else {months} end)")
        })
    }

    /// Union of the tenures `t` that satisfy `condition`, by gaps and islands.
    fn covered(&self, subject: Subject, condition: &str, bound: Bound) -> String {
        let (begin, end) = match bound {
            Bound::At => (earliest("t.from_day"), earliest("t.until_day")),
            Bound::Low => (latest("t.from_day"), earliest("t.until_day")),
            Bound::High => (earliest("t.from_day"), latest("t.until_day")),
        };
        let day = self.day;
        let until = format!("(case when t.until_day is null or {end} > '{day}' then '{day}' else {end} end)");
        let id = self.id(subject);
        let known = template::known(self, "t");
        let condition = template::expand(self, subject, condition);
        format!(
            "(case when exists (select 1 from tenures t where t.person = {id} and {known}) then coalesce((\
             select cast(sum({months}) as bigint) from (select min(b) as b, max(e) as e from (\
             select b, e, sum(starts) over (order by b, e rows unbounded preceding) as island from (\
             select b, e, case when b <= max(e) over (order by b, e rows between unbounded preceding and 1 preceding) then 0 else 1 end as starts from (\
             select {begin} as b, {until} as e from tenures t where t.person = {id} and {known} and {condition}\
             ) a where b < e) x) y group by island) z), 0) end)",
            months = months_between("b", "e"),
        )
    }

    /// Does a count of this fact have bounds that differ?
    pub fn has_bounds(&self, fact: &Fact) -> bool {
        fact.kind == Kind::Number
            && implementation(fact.subject, &fact.id).is_some_and(|i| !matches!(i.answer, Answer::Sql(_)))
    }
}

/// Matters of the organisation and of those below it that have neither ended nor reached a step: what the dictionary says.
fn running(of: &RunningMatters) -> String {
    let reached = of.until.as_ref().map_or_else(String::new, |step| {
        format!(" and not exists (select 1 from matter_steps x where x.matter = m.id and x.step = '{step}' and x.done_on <= {{day}} and [known x])")
    });
    format!(
        "(select count(*) from matters m where m.institution = '{}' and substr(m.path, 1, length(d.path)) = d.path and m.opened <= {{day}} \
         and not exists (select 1 from matter_endings e where e.matter = m.id and e.on_day <= {{day}} and [known e]){reached})",
        of.institution
    )
}

/// `write` says its argument several times: an expression that is more than a column is computed once and named.
pub fn once(expression: &str, write: impl FnOnce(&str) -> String) -> String {
    let column = expression.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_');
    if column {
        return write(expression);
    }
    // The limit and the where keep SQLite from copying the expression back into every place.
    format!("(select {} from (select {expression} as v limit 1) x where x.v is not null)", write("x.v"))
}

/// Column of the standing table.
pub fn column(id: &str) -> String {
    id.trim_start_matches('~').replace('.', "_")
}

/// First day that a date text can mean.
pub fn earliest(date: &str) -> String {
    format!("substr({date} || '-01-01', 1, 10)")
}

/// Last day that a date text can mean.
pub fn latest(date: &str) -> String {
    format!(
        "(case length({date}) when 10 then {date} when 7 then {date} || '-' || {last} else {date} || '-12-31' end)",
        last = last_of_month(date),
    )
}

/// `28`…`31` for the month of a date text that has one.
fn last_of_month(date: &str) -> String {
    let year = format!("cast(substr({date}, 1, 4) as bigint)");
    format!(
        "(case substr({date}, 6, 2) when '02' then \
         (case when ({year} % 4 = 0 and {year} % 100 <> 0) or {year} % 400 = 0 then '29' else '28' end) \
         when '04' then '30' when '06' then '30' when '09' then '30' when '11' then '30' else '31' end)"
    )
}

fn month_number(date: &str) -> String {
    format!("(cast(substr({date}, 1, 4) as bigint) * 12 + cast(substr({date}, 6, 2) as bigint))")
}

/// Months since the year 0 of the earliest day of a date text, and whether its day lies after `day` of the month.
fn earliest_parts(date: &str, day: u8) -> (String, String) {
    let month = format!("(cast(substr({date}, 1, 4) as bigint) * 12 + cast(substr({date} || '-01', 6, 2) as bigint))");
    (month, format!("(case when substr({date}, 9, 2) > '{day:02}' then 1 else 0 end)"))
}

/// Whole months between two full days in SQL; the same arithmetic as `Day::months_until`.
pub fn months_between(begin: &str, end: &str) -> String {
    let full = format!("({} - {})", month_number(end), month_number(begin));
    let short = format!("(case when substr({end}, 9, 2) < substr({begin}, 9, 2) and substr({end}, 9, 2) < {} then 1 else 0 end)", last_of_month(end));
    format!("(case when {full} - {short} < 0 then 0 else {full} - {short} end)")
}

/// The same until a day that is known when the statement is written: cheap enough for a million rows.
pub fn months_to_day(begin: &str, day: Day) -> String {
    let total = i64::from(day.year()) * 12 + i64::from(day.month());
    let full = format!("({total} - {})", month_number(begin));
    let short = if day.day() == vocabulary::day::days_in_month(day.year(), day.month()) {
        "0".to_owned()
    } else {
        format!("(case when substr({begin}, 9, 2) > '{:02}' then 1 else 0 end)", day.day())
    };
    format!("(case when {full} - {short} < 0 then 0 else {full} - {short} end)")
}
