//! The typed conditions as SQL. SQL's null is the third truth: a list shows who surely satisfies the tests.

use super::question::{Bound, Question, earliest, once};
use crate::{Actor, Sees};
use institution::condition::Operator;
use institution::{Condition, Fact, Kind, Subject, Test};
use vocabulary::Value;

impl Question<'_> {
    /// A boolean SQL expression; null where the condition cannot be judged.
    pub fn condition(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => self.joined(parts, " and ", "1 = 1"),
            Condition::Any(parts) => self.joined(parts, " or ", "1 = 0"),
            Condition::Not(part) => format!("(not {})", self.condition(part)),
            Condition::Test(test) => self.test(test),
        }
    }

    fn joined(&mut self, parts: &[Condition], word: &str, empty: &str) -> String {
        if parts.is_empty() {
            return format!("({empty})");
        }
        let parts: Vec<String> = parts.iter().map(|p| self.condition(p)).collect();
        format!("({})", parts.join(word))
    }

    fn test(&mut self, test: &Test) -> String {
        let dictionary = self.dictionary;
        let fact = &dictionary.facts[test.fact];
        let value = self.value(fact.subject, &fact.id);
        // Only whether it is there can be told of what is sealed; `ledger::sealed` keeps the rest from coming here.
        if super::is_sealed(&fact.id) && !matches!(test.is, Operator::Known(_)) {
            debug_assert!(false, "{} is sealed and cannot be compared in SQL", fact.id);
            return "(null = 1)".into();
        }
        match &test.is {
            Operator::Known(true) => format!("({value} is not null)"),
            Operator::Known(false) => format!("({value} is null)"),
            Operator::Is(wanted) => self.equals(fact, &value, wanted),
            Operator::IsNot(wanted) => format!("(not {})", self.equals(fact, &value, wanted)),
            Operator::OneOf(wanted) => {
                let parts: Vec<String> = wanted.iter().map(|w| self.equals(fact, &value, w)).collect();
                if parts.is_empty() { "(1 = 0)".into() } else { format!("({})", parts.join(" or ")) }
            }
            Operator::AtLeast(bound) => self.at_least(fact, &value, bound),
            Operator::AtMost(bound) => self.at_most(fact, &value, bound),
            Operator::WithinGroup(group) => {
                let names = dictionary.table_of(fact).map(|t| t.within(group)).unwrap_or_default();
                self.in_list(&value, &names)
            }
            Operator::WithinDates(from, until) => {
                let (from, until) = (from.earliest(), until.earliest());
                once(&value, |value| {
                    surely(
                        &format!("{} >= '{from}' and {}", earliest(value), before(value, until)),
                        &format!("{} or {} >= '{until}'", before(value, from), earliest(value)),
                    )
                })
            }
            Operator::StartsWith(text) => {
                let n = text.chars().count();
                format!("(substr({value}, 1, {n}) = {})", self.bind(&**text))
            }
            Operator::Contains(text) => {
                let text = self.bind(&**text);
                once(&value, |value| format!("(replace({value}, {text}, '') <> {value})"))
            }
            Operator::AtLeastPart { of, part, .. } => self.part(fact, *of, *part, ">="),
            Operator::MoreThanPart { of, part, .. } => self.part(fact, *of, *part, ">"),
            Operator::AtLeastFact(of, _) => self.compare(fact, *of, ">="),
            Operator::AtMostFact(of, _) => self.compare(fact, *of, "<="),
            Operator::IsFact(of, _) => self.compare(fact, *of, "="),
        }
    }

    fn in_list(&mut self, value: &str, names: &[&str]) -> String {
        if names.is_empty() { "(1 = 0)".into() } else { format!("({value} in {})", quoted(names)) }
    }

    fn bounds(&self, fact: &Fact) -> Option<(String, String)> {
        self.has_bounds(fact).then(|| {
            (self.bounded(fact.subject, &fact.id, Bound::Low), self.bounded(fact.subject, &fact.id, Bound::High))
        })
    }

    fn equals(&mut self, fact: &Fact, value: &str, wanted: &Value) -> String {
        match wanted {
            Value::Date(date) => once(value, |value| {
                surely(
                    &format!("{} >= '{}' and {}", earliest(value), date.earliest(), before(value, date.latest().next())),
                    &format!("{} or {} > '{}'", before(value, date.earliest()), earliest(value), date.latest()),
                )
            }),
            Value::Number(_) | Value::Between { .. } => {
                let n = wanted.number().unwrap_or(0);
                match self.bounds(fact) {
                    Some((low, high)) => surely(&format!("{low} = {n} and {high} = {n}"), &format!("{low} > {n} or {high} < {n}")),
                    None => format!("({value} = {n})"),
                }
            }
            Value::Yes(yes) => format!("({value} = {})", i64::from(*yes)),
            Value::Text(text) => format!("({value} = {})", self.bind(&**text)),
        }
    }

    fn at_least(&mut self, fact: &Fact, value: &str, bound: &Value) -> String {
        match (fact.kind, bound) {
            (Kind::Code, Value::Text(name)) => self.height(fact, value, name, true),
            (_, Value::Date(date)) => {
                let day = date.earliest();
                once(value, |value| surely(&format!("{} >= '{day}'", earliest(value)), &before(value, day)))
            }
            _ => {
                let n = bound.number().unwrap_or(0);
                match self.bounds(fact) {
                    Some((low, high)) => surely(&format!("{low} >= {n}"), &format!("{high} < {n}")),
                    None => format!("({value} >= {n})"),
                }
            }
        }
    }

    fn at_most(&mut self, fact: &Fact, value: &str, bound: &Value) -> String {
        match (fact.kind, bound) {
            (Kind::Code, Value::Text(name)) => self.height(fact, value, name, false),
            (_, Value::Date(date)) => {
                let day = date.latest();
                once(value, |value| surely(&before(value, day.next()), &format!("{} > '{day}'", earliest(value))))
            }
            _ => {
                let n = bound.number().unwrap_or(0);
                match self.bounds(fact) {
                    Some((low, high)) => surely(&format!("{high} <= {n}"), &format!("{low} > {n}")),
                    None => format!("({value} <= {n})"),
                }
            }
        }
    }

    /// A code without height is neither high nor low: null.
    fn height(&mut self, fact: &Fact, value: &str, name: &str, at_least: bool) -> String {
        let Some(table) = self.dictionary.table_of(fact) else { return "(null = 1)".into() };
        let Some(wanted) = table.code(name).and_then(|c| c.height) else { return "(null = 1)".into() };
        let (mut yes, mut no) = (Vec::new(), Vec::new());
        for code in &table.values {
            match code.height {
                Some(h) if (at_least && h >= wanted) || (!at_least && h <= wanted) => yes.push(&*code.name),
                Some(_) => no.push(&*code.name),
                None => {}
            }
        }
        let (yes, no) = (quoted(&yes), quoted(&no));
        once(value, |value| surely(&format!("{value} in {yes}"), &format!("{value} in {no}")))
    }

    fn part(&mut self, fact: &Fact, of: usize, (over, under): (i64, i64), sign: &str) -> String {
        let other = self.dictionary.facts[of].clone();
        let (value, whole) = (self.value(fact.subject, &fact.id), self.value(other.subject, &other.id));
        if self.bounds(fact).is_none() && self.bounds(&other).is_none() {
            return format!("({value} * {under} {sign} {whole} * {over})");
        }
        let (low, high) = self.bounds(fact).unwrap_or((value.clone(), value));
        let (least, most) = self.bounds(&other).unwrap_or((whole.clone(), whole));
        surely(
            &format!("{low} * {under} {sign} {most} * {over}"),
            &format!("not ({high} * {under} {sign} {least} * {over})"),
        )
    }

    fn compare(&mut self, fact: &Fact, of: usize, sign: &str) -> String {
        let other = self.dictionary.facts[of].clone();
        let (a, b) = (self.value(fact.subject, &fact.id), self.value(other.subject, &other.id));
        match fact.kind {
            Kind::Date => {
                let (al, ah) = (earliest(&a), super::question::latest(&a));
                let (bl, bh) = (earliest(&b), super::question::latest(&b));
                match sign {
                    ">=" => surely(&format!("{al} >= {bh}"), &format!("{ah} < {bl}")),
                    "<=" => surely(&format!("{ah} <= {bl}"), &format!("{al} > {bh}")),
                    _ => surely(&format!("{al} = {ah} and {bl} = {bh} and {al} = {bl}"), &format!("{ah} < {bl} or {al} > {bh}")),
                }
            }
            Kind::Number => {
                let (al, ah) = self.bounds(fact).unwrap_or((a.clone(), a));
                let (bl, bh) = self.bounds(&other).unwrap_or((b.clone(), b));
                match sign {
                    ">=" => surely(&format!("{al} >= {bh}"), &format!("{ah} < {bl}")),
                    "<=" => surely(&format!("{ah} <= {bl}"), &format!("{al} > {bh}")),
                    _ => surely(&format!("{al} = {ah} and {bl} = {bh} and {al} = {bl}"), &format!("{ah} < {bl} or {al} > {bh}")),
                }
            }
            Kind::Code if sign != "=" => {
                let table = fact.table.as_deref().unwrap_or_default().to_owned();
                let (a, b) = (self.heights(&table, &a), self.heights(&table, &b));
                format!("({a} {sign} {b})")
            }
            _ => format!("({a} {sign} {b})"),
        }
    }

    fn heights(&self, table: &str, value: &str) -> String {
        let mut out = format!("(case {value}");
        let mut any = false;
        for code in self.dictionary.table(table).map(|t| t.values.as_slice()).unwrap_or_default() {
            if let Some(h) = code.height {
                any = true;
                out.push_str(&format!(" when {} then {h}", super::template::quote(&code.name)));
            }
        }
        if any { out + " end)" } else { "cast(null as bigint)".into() }
    }

    /// What `subject` may be seen by whoever asks; put into every from-clause's where.
    pub fn visible(&mut self, subject: Subject, actor: &Actor) -> String {
        let within = self.within(subject, &actor.sees);
        if subject != Subject::Official || actor.recused.is_empty() || matches!(actor.sees, Sees::Oneself(_)) {
            return within;
        }
        // 回避: one's own record and those of relatives are not among those that one's role opens.
        let recused: Vec<String> = actor.recused.iter().map(ToString::to_string).collect();
        format!("({within} and {} not in ({}))", self.id(subject), recused.join(", "))
    }

    fn below(&mut self, path_of: &str, path: &str) -> String {
        // '0' follows '/': everything that begins with the path lies between.
        let end = format!("{}0", path.trim_end_matches('/'));
        format!("({path_of} >= {} and {path_of} < {})", self.bind(path), self.bind(end))
    }

    fn within(&mut self, subject: Subject, sees: &Sees) -> String {
        match (sees, subject) {
            (Sees::Everything, _) => "1 = 1".into(),
            (Sees::Nothing, _) => "1 = 0".into(),
            (Sees::Below(path), subject) => {
                let path_of = match subject {
                    Subject::Official => self.value(subject, "organisation.path"),
                    Subject::Organisation | Subject::Branch | Subject::Member | Subject::Charge => "d.path".to_owned(),
                    _ => super::template::expand(
                        self,
                        subject,
                        "(select o.path from organisation_details o where o.organisation = d.organisation and [now o])",
                    ),
                };
                self.below(&path_of, path)
            }
            (Sees::Work(path), Subject::Organisation) => self.below("d.path", path),
            (Sees::Work(path), Subject::Charge) => {
                let own = path.trim_matches('/').rsplit('/').next().and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
                format!("({} or d.organisation = {own})", self.below("d.path", path))
            }
            (Sees::Work(_), _) => "1 = 0".into(),
            (Sees::Oneself(person), Subject::Official) => format!("{} = {}", self.id(subject), person.number()),
            (Sees::Oneself(person), Subject::Member) => format!("d.member in (select m.id from members m where m.person = {person})"),
            (Sees::Oneself(person), Subject::Charge) => format!("d.person = {person}"),
            (Sees::Oneself(_), _) => "1 = 0".into(),
        }
    }
}

/// Some day that `date` can mean lies before `day`, whichever it is: its last day does.
fn before(date: &str, day: vocabulary::Day) -> String {
    // Exact although no month has a 99th day: `day` is a real day, so only the month decides.
    format!("substr({date} || '-99-99', 1, 10) < '{day}'")
}

/// `('a', 'b')`; a list of nobody when empty.
fn quoted(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|n| super::template::quote(n)).collect();
    if quoted.is_empty() { "(null)".into() } else { format!("({})", quoted.join(", ")) }
}

/// True when surely so, false when surely not, null between.
fn surely(yes: &str, no: &str) -> String {
    format!("((case when {yes} then 1 when {no} then 0 end) = 1)")
}

