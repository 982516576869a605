//! 积分: what is done earns so many points up to so many a month, a quarter and a year; points buy what partners give. Data of
//! `points.toml`. The file judges, the office counts.

use crate::fault::{Fault, Spot};
use crate::reading::{Fields, Sheet};
use crate::source::{InForce, citation, in_force, known_id};
use std::sync::Arc;
use vocabulary::{Citation, Day, Finding, Weight};

/// 积分办法
#[derive(Clone, Debug)]
pub struct Points {
    pub title: Arc<str>,
    /// All items together, in points.
    pub most: Limits,
    pub earnings: Vec<Earning>,
    pub goods: Vec<Goods>,
    pub source: Citation,
}

/// 得分项
#[derive(Clone, Debug)]
pub struct Earning {
    /// `points/clean-up`
    pub key: Arc<str>,
    pub id: Arc<str>,
    pub title: Arc<str>,
    pub points: i64,
    /// What has to have been done for it.
    pub counts: Arc<str>,
    /// Of one member, in points.
    pub most: Limits,
    pub in_force: InForce,
    pub source: Citation,
}

/// 可兑换的
#[derive(Clone, Debug)]
pub struct Goods {
    /// `points/repair`
    pub key: Arc<str>,
    pub id: Arc<str>,
    pub title: Arc<str>,
    /// Where it is taken.
    pub partner: Arc<str>,
    pub points: i64,
    /// How long its voucher is good.
    pub good_for_days: i64,
    /// Of one member, in pieces.
    pub most: Limits,
    /// Of all members together, in pieces.
    pub stock: Limits,
    pub in_force: InForce,
    pub source: Citation,
}

/// At most so many in the month, the quarter, the year of a day; what is not written is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    pub month: Option<i64>,
    pub quarter: Option<i64>,
    pub year: Option<i64>,
}

/// One limit with the days over which it is counted, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// `month`
    pub id: &'static str,
    /// `当月`
    pub says: &'static str,
    pub from: Day,
    pub to: Day,
    pub most: i64,
}

impl Limits {
    /// The limits that count on `day`.
    pub fn on(self, day: Day) -> impl Iterator<Item = Limit> {
        let first = |month| Day::of(day.year(), month, 1).unwrap_or(day);
        let quarter = (day.month() - 1) / 3 * 3 + 1;
        let all = [("month", "当月", self.month, first(day.month()), 1), ("quarter", "当季", self.quarter, first(quarter), 3), ("year", "当年", self.year, first(1), 12)];
        all.into_iter().filter_map(|(id, says, most, from, months)| Some(Limit { id, says, from, to: from.plus_months(months).plus_days(-1), most: most? }))
    }

    /// `每月至多 30 分，每年至多 100 分`; empty without limits.
    pub fn in_words(self, unit: &str) -> String {
        let all = [("每月", self.month), ("每季", self.quarter), ("每年", self.year)];
        let said: Vec<String> = all.into_iter().filter_map(|(says, most)| Some(format!("{says}至多 {} {unit}", most?))).collect();
        said.join("，")
    }

    fn read(fields: &Fields, key: &'static str) -> Limits {
        let Some(table) = fields.maybe(key).and_then(|node| Fields::of(node, "上限", fields.sheet)) else { return Limits::default() };
        let number = |key: &'static str| {
            let most = table.maybe_number(key);
            if most.is_some_and(|n| n <= 0) {
                table.sheet.fault(table.at.clone(), "上限应大于零".into(), None, Some("没有上限的不写"));
            }
            most
        };
        let limits = Limits { month: number("month"), quarter: number("quarter"), year: number("year") };
        table.finish();
        limits
    }
}

/// What the office has on record, asked by [`Points::earn`] and [`Points::exchange`].
pub struct Record<'r> {
    /// Points that the member earned with one item, or with all, on these days.
    pub earned: &'r dyn Fn(Option<&str>, Day, Day) -> i64,
    /// Pieces of these goods that the member took on these days.
    pub taken: &'r dyn Fn(&str, Day, Day) -> i64,
    /// Pieces of these goods that all members took on these days.
    pub given: &'r dyn Fn(&str, Day, Day) -> i64,
    pub balance: i64,
}

impl Points {
    pub fn earning(&self, id: &str) -> Option<&Earning> {
        self.earnings.iter().find(|e| &*e.id == id)
    }
    pub fn goods(&self, id: &str) -> Option<&Goods> {
        self.goods.iter().find(|g| &*g.id == id)
    }

    /// What stands against these points for something done on `on`; empty when they may be written down.
    pub fn earn(&self, item: &Earning, on: Day, record: &Record) -> Vec<Finding> {
        let mut found = Vec::new();
        if !item.in_force.holds_on(on) {
            found.push(refusal("not-in-force", format!("“{}”在 {on} 不能得分", item.title), &item.source, "核对日期，或选别的得分项"));
        }
        for limit in item.most.on(on) {
            let has = (record.earned)(Some(&item.id), limit.from, limit.to);
            if has + item.points > limit.most {
                let says = format!("“{}”{}至多 {} 分，已有 {has} 分，再得 {} 分就超过了", item.title, limit.says, limit.most, item.points);
                found.push(refusal(&format!("item-{}", limit.id), says, &item.source, "超过的不再得分"));
            }
        }
        for limit in self.most.on(on) {
            let has = (record.earned)(None, limit.from, limit.to);
            if has + item.points > limit.most {
                let says = format!("各项合计{}至多 {} 分，已有 {has} 分，再得 {} 分就超过了", limit.says, limit.most, item.points);
                found.push(refusal(&format!("all-{}", limit.id), says, &self.source, "超过的不再得分"));
            }
        }
        found
    }

    /// What stands against this exchange on `on`.
    pub fn exchange(&self, goods: &Goods, on: Day, record: &Record) -> Vec<Finding> {
        let mut found = Vec::new();
        if !goods.in_force.holds_on(on) {
            found.push(refusal("not-in-force", format!("{}在 {on} 不能兑换", goods.title), &goods.source, "选别的"));
        }
        if record.balance < goods.points {
            found.push(refusal("not-enough", format!("现有 {} 分，{}要 {} 分", record.balance, goods.title, goods.points), &goods.source, "积分不能透支"));
        }
        for limit in goods.most.on(on) {
            let has = (record.taken)(&goods.id, limit.from, limit.to);
            if has >= limit.most {
                found.push(refusal(&format!("most-{}", limit.id), format!("{}每人{}至多 {} 份，已兑 {has} 份", goods.title, limit.says, limit.most), &goods.source, "选别的"));
            }
        }
        for limit in goods.stock.on(on) {
            let has = (record.given)(&goods.id, limit.from, limit.to);
            if has >= limit.most {
                found.push(refusal(&format!("stock-{}", limit.id), format!("{}{}共 {} 份，已兑完", goods.title, limit.says, limit.most), &goods.source, "选别的，或等下一期"));
            }
        }
        found
    }
}

fn refusal(rule: &str, says: String, citation: &Citation, next: &str) -> Finding {
    Finding { rule: rule.into(), weight: Weight::Refuse, says, citation: citation.clone(), saw: vec![], due: None, next: Some(next.into()), unsure: false }
}

/// 例: what a member has done and taken so far, one more, and what must be said.
#[derive(Clone, Debug)]
pub struct PointsExample {
    pub name: Arc<str>,
    on: Day,
    /// Item, day: earned once each.
    earned: Vec<(Arc<str>, Day)>,
    /// Goods, day, by this member?
    taken: Vec<(Arc<str>, Day, bool)>,
    earn: Option<Arc<str>>,
    exchange: Option<Arc<str>>,
    expect: Vec<Arc<str>>,
    spot: Spot,
}

impl PointsExample {
    /// What does not come out as expected; empty when it holds.
    pub fn run(&self, points: Option<&Points>) -> Vec<String> {
        let Some(points) = points else { return vec!["文件夹里没有 points.toml".into()] };
        let within = |day: Day, from: Day, to: Day| from <= day && day <= to;
        let worth = |id: &str| points.earning(id).map_or(0, |e| e.points);
        let spent: i64 = self.taken.iter().filter(|(.., own)| *own).filter_map(|(id, ..)| points.goods(id)).map(|g| g.points).sum();
        let record = Record {
            earned: &|item, from, to| self.earned.iter().filter(|(id, on)| item.is_none_or(|i| i == &**id) && within(*on, from, to)).map(|(id, _)| worth(id)).sum(),
            taken: &|goods, from, to| self.taken.iter().filter(|(id, on, own)| *own && goods == &**id && within(*on, from, to)).count() as i64,
            given: &|goods, from, to| self.taken.iter().filter(|(id, on, _)| goods == &**id && within(*on, from, to)).count() as i64,
            balance: self.earned.iter().map(|(id, _)| worth(id)).sum::<i64>() - spent,
        };
        let earn = self.earn.as_ref().and_then(|id| points.earning(id)).map(|item| points.earn(item, self.on, &record));
        let exchange = self.exchange.as_ref().and_then(|id| points.goods(id)).map(|goods| points.exchange(goods, self.on, &record));
        let said: Vec<Finding> = earn.into_iter().chain(exchange).flatten().collect();
        let missing = self.expect.iter().filter(|e| !said.iter().any(|f| f.rule == ***e)).map(|e| format!("应当因 `{e}` 不办，没有这样说"));
        let extra = said.iter().filter(|f| !self.expect.iter().any(|e| f.rule == **e)).map(|f| format!("`{}` 说“{}”，例里没有", f.rule, f.says));
        missing.chain(extra).collect()
    }
    pub(crate) fn fault(&self, wrong: &[String]) -> Fault {
        let says = format!("例“{}”不成立：{}", self.name, wrong.join("；"));
        Fault::at(self.spot.clone(), says, Some("改积分办法，或改这个例".into()), Some("例由懂政策的人写，办法必须合乎例"))
    }
}

pub(crate) fn read_points(sheet: &Sheet, folder: &str, whole: InForce) -> (Option<Points>, Vec<PointsExample>) {
    let root = sheet.parse();
    let Some(file) = root.as_ref().and_then(|root| Fields::of(root, "积分文件", sheet)) else { return (None, vec![]) };
    let head = file.need("points").and_then(|node| Fields::of(node, "积分办法", sheet));
    let voucher_days = head.as_ref().and_then(|h| positive(h, "voucher_days"));
    let mut earnings: Vec<Earning> = Vec::new();
    for fields in file.rows("earn", "得分项") {
        earnings.extend(read_earning(&fields, folder, whole));
        fields.finish();
    }
    let mut goods: Vec<Goods> = Vec::new();
    for fields in file.rows("goods", "兑换项") {
        goods.extend(read_goods(&fields, folder, whole, voucher_days));
        fields.finish();
    }
    let ids: Vec<&Arc<str>> = earnings.iter().map(|e| &e.id).chain(goods.iter().map(|g| &g.id)).collect();
    for (n, id) in ids.iter().enumerate().filter(|(n, id)| ids[..*n].contains(id)) {
        sheet.fault(file.at.clone(), format!("`{id}` 写了两次（第 {} 项）", n + 1), None, Some("得分项和兑换项的 id 各不相同"));
    }
    let examples = file.rows("example", "例").into_iter().filter_map(|fields| read_example(fields, &earnings, &goods)).collect();
    file.finish();
    let points = head.and_then(|head| {
        let points = Points { title: head.text("title"), most: Limits::read(&head, "most"), earnings, goods, source: citation(&head)? };
        head.finish();
        Some(points)
    });
    (points, examples)
}

/// Above nothing, or a fault.
fn positive(fields: &Fields, key: &'static str) -> Option<i64> {
    fields.need(key)?;
    let number = fields.maybe_number(key);
    if number.is_some_and(|n| n <= 0) {
        fields.sheet.fault(fields.at.clone(), format!("`{key}` 应大于零"), None, None);
    }
    number
}

fn read_earning(fields: &Fields, folder: &str, whole: InForce) -> Option<Earning> {
    let id = fields.text("id");
    Some(Earning {
        key: format!("{folder}/{id}").into(),
        id,
        title: fields.text("title"),
        points: positive(fields, "points")?,
        counts: fields.text("counts"),
        most: Limits::read(fields, "most"),
        in_force: in_force(fields, whole),
        source: citation(fields)?,
    })
}

fn read_goods(fields: &Fields, folder: &str, whole: InForce, voucher_days: Option<i64>) -> Option<Goods> {
    let id = fields.text("id");
    let own = fields.maybe("good_for_days").and_then(|_| positive(fields, "good_for_days"));
    Some(Goods {
        key: format!("{folder}/{id}").into(),
        id,
        title: fields.text("title"),
        partner: fields.text("partner"),
        points: positive(fields, "points")?,
        good_for_days: own.or(voucher_days)?,
        most: Limits::read(fields, "most"),
        stock: Limits::read(fields, "stock"),
        in_force: in_force(fields, whole),
        source: citation(fields)?,
    })
}

fn read_example(fields: Fields, earnings: &[Earning], goods: &[Goods]) -> Option<PointsExample> {
    let (earning, good): (Vec<&str>, Vec<&str>) = (earnings.iter().map(|e| &*e.id).collect(), goods.iter().map(|g| &*g.id).collect());
    let (mut earned, mut taken) = (Vec::new(), Vec::new());
    for row in fields.rows("has", "已有的") {
        let times = row.maybe_number("times").unwrap_or(1).max(0) as usize;
        let day = row.day("on");
        let item = known_id(&row, "item", "得分项", earning.iter().copied());
        let piece = known_id(&row, "goods", "兑换项", good.iter().copied());
        let others = row.yes("by_others");
        for day in day.into_iter().flat_map(|day| std::iter::repeat_n(day, times)) {
            earned.extend(item.clone().map(|id| (id, day)));
            taken.extend(piece.clone().map(|id| (id, day, !others)));
        }
        row.finish();
    }
    let example = PointsExample {
        name: fields.text("name"),
        on: fields.day("on")?,
        earned,
        taken,
        earn: known_id(&fields, "earn", "得分项", earning.iter().copied()),
        exchange: known_id(&fields, "exchange", "兑换项", good.iter().copied()),
        expect: fields.texts("expect"),
        spot: fields.sheet.spot(fields.at.clone()),
    };
    if example.earn.is_some() == example.exchange.is_some() {
        fields.sheet.fault(fields.at.clone(), "例写 earn 或 exchange 中的一个".into(), None, None);
    }
    fields.finish();
    Some(example)
}
