//! 台账的保存: a definition is data; shipped ones come with the institutions, the office adds its own.

use crate::desk::Happened;
use crate::ledger::{Enquiry, Sort};
use crate::{Desk, Error, Ledger, Result};
use institution::ledger::{Counted, Total};
use institution::{Book, Condition, Dictionary, Subject};
use serde_json::{Value as Json, json};
use vocabulary::Id;

/// One ledger as it stands in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedLedger {
    /// Short name in addresses and on the command line: `roster`, `my-12`.
    pub name: String,
    pub title: String,
    pub enquiry: Enquiry,
    /// Row number; `None` for a shipped one.
    pub id: Option<Id<Ledger>>,
    /// Catalogue rows that it carries.
    pub systems: Vec<String>,
    /// Headings that the ledger itself words, by fact.
    pub labels: Vec<(usize, String)>,
    /// 合计
    pub totals: Vec<Total>,
}

/// An enquiry as JSON: what addresses, saved ledgers and exports carry.
pub fn to_json(dictionary: &Dictionary, enquiry: &Enquiry) -> Json {
    let id = |i: &usize| dictionary.facts[*i].id.to_string();
    json!({
        "of": enquiry.of,
        "where": enquiry.tests.to_json(),
        "words": enquiry.words,
        "columns": enquiry.columns.iter().map(id).collect::<Vec<_>>(),
        "sort": enquiry.sort.iter().map(|s| format!("{}{}", if s.descending { "-" } else { "" }, id(&s.fact))).collect::<Vec<_>>(),
        "group": enquiry.group.as_ref().map(id),
    })
}

/// Reads it back; whatever the dictionary does not know is named.
pub fn from_json(dictionary: &Dictionary, json: &Json) -> Result<Enquiry> {
    let index = |id: &str| dictionary.fact(id).map(|f| f.index).ok_or_else(|| Error::Wrong(format!("事实 `{id}` 不在事实字典中")));
    let texts = |key: &str| -> Vec<&str> { json[key].as_array().into_iter().flatten().filter_map(Json::as_str).collect() };
    let of: Subject = match &json["of"] {
        Json::Null => Subject::Official,
        of => serde_json::from_value(of.clone()).map_err(|_| Error::Wrong(format!("台账的对象 {of} 读不懂")))?,
    };
    let tests = match &json["where"] {
        Json::Null => Condition::All(vec![]),
        tests => Condition::from_json(dictionary, tests).map_err(|e| Error::Wrong(e.to_string()))?,
    };
    let columns: Vec<usize> = texts("columns").into_iter().map(index).collect::<Result<_>>()?;
    let sort = texts("sort")
        .into_iter()
        .map(|s| Ok(Sort { fact: index(s.trim_start_matches('-'))?, descending: s.starts_with('-') }))
        .collect::<Result<_>>()?;
    let group = json["group"].as_str().filter(|g| !g.is_empty()).map(index).transpose()?;
    let enquiry = Enquiry { of, tests, words: texts("words").into_iter().map(str::to_owned).collect(), columns, sort, group };
    let mut asked = enquiry.columns.clone();
    enquiry.tests.facts(&mut asked);
    asked.extend(enquiry.sort.iter().map(|s| s.fact));
    asked.extend(enquiry.group);
    match asked.iter().map(|i| &dictionary.facts[*i]).find(|f| f.subject != of) {
        Some(fact) => Err(Error::Wrong(format!("“{}”说的不是这个台账的对象", fact.name))),
        None => Ok(enquiry),
    }
}

/// The ledgers that come with the institutions.
pub fn shipped(book: &Book) -> Vec<SavedLedger> {
    let one = |ledger: &institution::Ledger| SavedLedger {
        name: ledger.id.to_string(),
        title: ledger.title.to_string(),
        enquiry: Enquiry {
            of: ledger.of,
            tests: ledger.filter.clone().unwrap_or(Condition::All(vec![])),
            words: vec![],
            columns: ledger.columns.iter().map(|c| c.fact).collect(),
            sort: ledger.sort.iter().map(|s| Sort { fact: s.fact, descending: s.descending }).collect(),
            group: ledger.group,
        },
        id: None,
        systems: ledger.systems.iter().map(|s| s.to_string()).collect(),
        labels: ledger.columns.iter().filter_map(|c| Some((c.fact, c.label.as_ref()?.to_string()))).collect(),
        totals: ledger.totals.clone(),
    };
    book.ledgers().map(one).collect()
}

/// A shipped ledger or one of the office's own, by its name in addresses or its title.
pub fn named(desk: &Desk, name: &str) -> Result<SavedLedger> {
    let mut all = shipped(desk.book);
    all.extend(own(desk)?);
    all.into_iter()
        .find(|l| l.name == name || l.title == name)
        .ok_or_else(|| Error::NotFound(format!("台账“{name}”，`zhiren ledger list` 列出全部")))
}

/// The office's own ledgers, and this account's.
pub fn own(desk: &Desk) -> Result<Vec<SavedLedger>> {
    let account = desk.actor.account.map_or(-1, |a| a.number());
    let rows = desk.rows(
        "select id, name, title, definition from ledgers where superseded is null and (account is null or account = $1) order by id",
        &[account.into()],
    )?;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let corrupt = || Error::Corrupt { table: "ledgers", row: row.int(0), column: "definition", value: row.text(3).into() };
        let json: Json = serde_json::from_str(row.text(3)).map_err(|_| corrupt())?;
        // A ledger whose fact has left the dictionary stays in the list of none: it is reported by `check`.
        if let Ok(enquiry) = from_json(desk.dictionary(), &json) {
            let totals = usual_totals(desk.dictionary(), enquiry.of);
            out.push(SavedLedger { name: row.text(1).into(), title: row.text(2).into(), enquiry, id: Some(Id::new(row.int(0))), systems: vec![], labels: vec![], totals });
        }
    }
    Ok(out)
}

/// Keeps a ledger under `title`. Answers its name in addresses. One of that title that this account keeps already is changed:
/// its address stays, what it was stays in the history.
pub fn keep(desk: &mut Desk, title: &str, enquiry: &Enquiry, everybody: bool) -> Result<String> {
    let title = title.trim();
    if title.is_empty() {
        return Err(Error::Wrong("请给台账起个名字".into()));
    }
    let entry = desk.record(Happened { act: "ledger.keep", subject: "ledger", number: None, says: format!("保存台账“{title}”") })?;
    let account = if everybody { None } else { desk.actor.account.map(|a| a.number()) };
    let definition = to_json(desk.dictionary(), enquiry).to_string();
    let before = desk.first(
        "select id, name from ledgers where superseded is null and title = $1 and coalesce(account, 0) = $2 order by id desc limit 1",
        &[title.into(), account.unwrap_or(0).into()],
    )?;
    if let Some(row) = &before {
        desk.execute("update ledgers set superseded = $1 where id = $2", &[entry.into(), row.int(0).into()])?;
    }
    let name = before.map_or_else(|| format!("own-{entry}"), |row| row.text(1).to_owned());
    desk.insert(
        "ledgers",
        &["name", "title", "definition", "account", "entered"],
        &[name.as_str().into(), title.into(), definition.into(), account.into(), entry.into()],
    )?;
    Ok(name)
}

/// Takes a ledger off the list; its definition stays in the history.
pub fn drop(desk: &mut Desk, name: &str) -> Result<()> {
    let entry = desk.record(Happened { act: "ledger.drop", subject: "ledger", number: None, says: format!("撤下台账 {name}") })?;
    let account = desk.actor.account.map_or(-1, |a| a.number());
    let changed = desk.execute(
        "update ledgers set superseded = $1 where name = $2 and superseded is null and (account is null or account = $3)",
        &[entry.into(), name.into(), account.into()],
    )?;
    if changed == 0 { Err(Error::NotFound("这个台账".into())) } else { Ok(()) }
}

/// Puts a ledger that was taken off back on the list, as it was: a new row, the history stays.
pub fn restore(desk: &mut Desk, name: &str) -> Result<()> {
    let entry = desk.record(Happened { act: "ledger.restore", subject: "ledger", number: None, says: format!("恢复台账 {name}") })?;
    let account = desk.actor.account.map_or(-1, |a| a.number());
    let added = desk.execute(
        "insert into ledgers (name, title, definition, account, entered)
         select l.name, l.title, l.definition, l.account, $1 from ledgers l
          where l.id = (select max(id) from ledgers where name = $2 and superseded is not null and (account is null or account = $3))
            and not exists (select 1 from ledgers o where o.name = l.name and o.superseded is null)",
        &[entry.into(), name.into(), account.into()],
    )?;
    if added == 0 { Err(Error::NotFound("这个台账".into())) } else { Ok(()) }
}

/// Figures that an office asks of any list.
pub fn usual_totals(dictionary: &Dictionary, of: Subject) -> Vec<Total> {
    let rows = |label: &str| Total { label: label.into(), count: Counted::Rows };
    let sum = |label: &str, id: &str| dictionary.fact(id).map(|f| Total { label: label.into(), count: Counted::Sum(f.index) });
    let within = |label: &str, tests: serde_json::Value| {
        Condition::from_json(dictionary, &tests).ok().map(|c| Total { label: label.into(), count: Counted::Where(c) })
    };
    let mut totals = vec![rows(unit_of(of).0)];
    match of {
        Subject::Official => {
            totals.extend(within("女", json!({"fact": "sex", "is": "女"})));
            totals.extend(within("少数民族", json!({"fact": "ethnicity", "within": "少数民族"})));
            totals.extend(within("党外", json!({"fact": "party", "within": "党外"})));
            totals.extend(dictionary.fact("age").map(|f| Total { label: "平均年龄".into(), count: Counted::Average(f.index) }));
        }
        Subject::Post => {
            totals.extend(sum("职数", "seat.seats"));
            totals.extend(sum("实有", "seat.holders"));
            totals.extend(sum("空缺", "seat.vacant"));
        }
        Subject::Branch => totals.extend(sum("党员", "branch.members")),
        Subject::Member | Subject::Charge => {}
        _ => {
            totals.extend(sum("职数", "unit.seats"));
            totals.extend(sum("实有", "unit.holders"));
        }
    }
    totals
}

/// What is counted, and its measure word: `人数`, `人`.
pub fn unit_of(of: Subject) -> (&'static str, &'static str) {
    match of {
        Subject::Post => ("岗位", "个"),
        Subject::Organisation => ("机构", "个"),
        Subject::Branch => ("党组织", "个"),
        Subject::Member => ("党员", "人"),
        Subject::Charge => ("包联责任", "项"),
        _ => ("人数", "人"),
    }
}
