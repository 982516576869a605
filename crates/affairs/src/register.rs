//! 名册: what organisations keep a list of. Entries are added, changed and ended from a day on, and the last deed is taken
//! back; nothing is overwritten. What is listed, by whom and of which organisations is data of `register.toml`.

use crate::{Error, Fields, Result};
use institution::register::{Register, RegisterField};
use registry::desk::Happened;
use registry::{Desk, Organisation, organisation};
use store::Row;
use vocabulary::{Day, Finding, Findings, Id, Outcome};

/// 名册中的一行, as the number of an entry.
pub enum RegisterEntry {}

/// One entry as it stands on the desk's day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Entry {
    pub id: Id<RegisterEntry>,
    pub register: String,
    pub unit: Id<Organisation>,
    pub path: String,
    pub title: String,
    /// By field, without what is S2.
    pub data: Fields,
    /// What is S2; empty unless it was asked for.
    pub guarded: Fields,
    pub from_day: String,
    pub until_day: Option<String>,
    pub why: Option<String>,
}

/// One period of an entry, or one that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Past {
    pub data: Fields,
    pub from_day: String,
    pub until_day: Option<String>,
    pub why: Option<String>,
    pub actor: String,
    /// The journal's sentence that ended its being so recorded; empty while it is.
    pub superseded: Option<String>,
}

/// Which entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Of the organisation at this path and those below it.
    pub below: Option<String>,
    /// Also those that are no more.
    pub ended: bool,
    /// With what is S2: whoever asks notes the look.
    pub guarded: bool,
}

/// The registers in force on the desk's day.
pub fn registers<'a>(desk: &Desk<'a, '_>) -> impl Iterator<Item = &'a Register> {
    let day = desk.day();
    desk.book.registers().filter(move |r| r.in_force.holds_on(day))
}

/// By its key; refused in words when the institution does not have it.
pub fn register<'a>(desk: &Desk<'a, '_>, key: &str) -> Result<&'a Register> {
    desk.book.register(key).ok_or_else(|| Error::NotFound(format!("名册“{key}”")))
}

/// May this desk write in it?
pub fn may_write(desk: &Desk, register: &Register) -> bool {
    register.writes.iter().any(|role| **role == *desk.actor.role.id())
}

const COLUMNS: &str = "e.id, e.register, e.unit, e.path, d.title, d.data, d.from_day, d.until_day, d.why";

fn filled(text: &str, row: i64, column: &'static str) -> Result<Fields> {
    if text.is_empty() {
        return Ok(Fields::new());
    }
    serde_json::from_str(text).map_err(|_| Error::Corrupt { table: "register_details", row, column })
}

fn entry(row: &Row) -> Result<Entry> {
    let id = row.int(0);
    Ok(Entry {
        id: Id::new(id),
        register: row.text(1).into(),
        unit: Id::new(row.int(2)),
        path: row.text(3).into(),
        title: row.text(4).into(),
        data: filled(row.text(5), id, "data")?,
        guarded: filled(&row.opt_string(9).unwrap_or_default(), id, "guarded")?,
        from_day: row.text(6).into(),
        until_day: row.opt_string(7),
        why: row.opt_string(8),
    })
}

/// What the desk sees of a register on its day, as known then, in the order of the tree.
pub fn list(desk: &Desk, key: &str, asked: &Asked) -> Result<Vec<Entry>> {
    let guarded = if asked.guarded { "d.guarded" } else { "null" };
    let Some((tests, params)) = tests(desk, key, asked)? else { return Ok(vec![]) };
    desk.rows(&format!("select {COLUMNS}, {guarded} {tests} order by e.path, d.title, e.id"), &params)?.iter().map(entry).collect()
}

/// How many there are.
pub fn count(desk: &Desk, key: &str, asked: &Asked) -> Result<i64> {
    let Some((tests, params)) = tests(desk, key, asked)? else { return Ok(0) };
    Ok(desk.one(&format!("select count(*) {tests}"), &params)?.int(0))
}

/// `from` and `where` of a look at a register; nothing where nothing is seen.
fn tests(desk: &Desk, key: &str, asked: &Asked) -> Result<Option<(String, Vec<store::Param>)>> {
    register(desk, key)?;
    let (low, high) = match desk.actor.own_path() {
        None if desk.actor.whole() => ("/".to_owned(), "0".to_owned()),
        Some(path) => between(path),
        None => return Ok(None),
    };
    let (from, to) = asked.below.as_deref().map_or_else(|| (low.clone(), high.clone()), between);
    let known = desk.question_of_rows().known_filter("d");
    let day = desk.day().to_string();
    let when = if asked.ended {
        // Of what is no more, the last that was recorded of it.
        let later = format!("select 1 from register_details l where l.entry = e.id and l.from_day > d.from_day and l.from_day <= $6 and {}", desk.question_of_rows().known_filter("l"));
        format!("d.from_day <= $6 and not exists ({later})")
    } else {
        "d.from_day <= $6 and (d.until_day is null or d.until_day > $6)".to_owned()
    };
    let tests = format!(
        "from register_entries e join register_details d on d.entry = e.id
          where e.register = $1 and e.path >= $2 and e.path < $3 and e.path >= $4 and e.path < $5 and {when} and {known}"
    );
    Ok(Some((tests, vec![key.into(), low.into(), high.into(), from.into(), to.into(), day.into()])))
}

/// A path and everything below it, as a half-open span of text.
fn between(path: &str) -> (String, String) {
    (path.to_owned(), format!("{}0", path.trim_end_matches('/')))
}

/// One entry: as it stands on the day, or as it last stood.
pub fn find(desk: &Desk, id: Id<RegisterEntry>, guarded: bool) -> Result<Entry> {
    let missing = || Error::NotFound("名册中的这一项".into());
    let row = desk.first("select register, path from register_entries where id = $1", &[id.number().into()])?.ok_or_else(missing)?;
    let asked = Asked { below: Some(row.text(1).into()), ended: true, guarded };
    list(desk, row.text(0), &asked)?.into_iter().find(|e| e.id == id).ok_or_else(missing)
}

/// Everything that was ever recorded of an entry, the latest first; without what is S2.
pub fn history(desk: &Desk, id: Id<RegisterEntry>) -> Result<Vec<Past>> {
    find(desk, id, false)?;
    let rows = desk.rows(
        "select d.data, d.from_day, d.until_day, d.why, d.actor, j.says from register_details d left join journal j on j.id = d.superseded where d.entry = $1 order by d.id desc",
        &[id.number().into()],
    )?;
    rows.iter().map(|r| Ok(Past { data: filled(r.text(0), id.number(), "data")?, from_day: r.text(1).into(), until_day: r.opt_string(2), why: r.opt_string(3), actor: r.text(4).into(), superseded: r.opt_string(5) })).collect()
}

/// What may be chosen on `day` where a field says `from`: entries of the organisation, of those above it and of those below it.
pub fn choices(desk: &Desk, key: &str, path: &str, day: Day) -> Result<Vec<String>> {
    let known = desk.question_of_rows().known_filter("d");
    let sql = format!(
        "select e.path, d.title from register_entries e join register_details d on d.entry = e.id
          where e.register = $1 and d.from_day <= $2 and (d.until_day is null or d.until_day > $2) and {known} order by e.path desc, d.title"
    );
    let rows = desk.rows(&sql, &[key.into(), day.to_string().into()])?;
    let mut out: Vec<String> = Vec::new();
    for row in rows.iter().filter(|r| path.starts_with(r.text(0)) || r.text(0).starts_with(path)) {
        if !out.iter().any(|t| t == row.text(1)) {
            out.push(row.text(1).to_owned());
        }
    }
    Ok(out)
}

/// What is wrong on `day` with a field that names an entry of another register.
pub(crate) fn unlisted(desk: &Desk, key: &str, path: &str, day: Day, text: &str) -> Result<Option<String>> {
    if text.trim().is_empty() || choices(desk, key, path, day)?.iter().any(|t| t == text.trim()) {
        return Ok(None);
    }
    let title = register(desk, key)?.title.clone();
    Ok(Some(format!("{day} 的{title}里没有“{}”", text.trim())))
}

fn against(desk: &Desk, register: &Register, unit: &organisation::Unit, from: Day, fields: &Fields) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    if !may_write(desk, register) {
        found.push(register.refusal("who", format!("{}不登记{}", desk.actor.role.says(), register.noun), "请由登记的单位办理"));
    }
    found.extend(register.against(unit.kind.as_deref().unwrap_or_default(), fields));
    for RegisterField { field, .. } in &register.fields {
        let text = fields.get(&*field.id).map_or("", String::as_str);
        if let Some(other) = &field.chosen_from
            && let Some(says) = unlisted(desk, other, &unit.path, from, text)?
        {
            found.push(register.refusal(&format!("field.{}", field.id), says, "从列表中选择，或先登记"));
        }
    }
    Ok(found)
}

/// An entry of the same name that the organisation keeps already.
fn twin(desk: &Desk, register: &Register, unit: Id<Organisation>, title: &str, but: Option<Id<RegisterEntry>>) -> Result<Option<Finding>> {
    let there = desk.first(
        "select 1 from register_entries e join register_details d on d.entry = e.id and d.superseded is null and d.until_day is null where e.register = $1 and e.unit = $2 and d.title = $3 and e.id <> $4",
        &[(&*register.key).into(), unit.number().into(), title.into(), but.map_or(0, |b| b.number()).into()],
    )?;
    Ok(there.map(|_| register.refusal("there-already", format!("“{title}”已在{}里", register.title), "在原来的一项里改")))
}

fn title<'f>(register: &Register, fields: &'f Fields) -> &'f str {
    register.name().and_then(|f| fields.get(&*f.id)).map_or("", |t| t.trim())
}

/// 登记 an entry of `unit`, from `from` on.
pub fn add(desk: &mut Desk, key: &str, unit: Id<Organisation>, from: Day, fields: &Fields) -> Result<Outcome<Id<RegisterEntry>>> {
    let register = register(desk, key)?;
    let place = organisation::find(desk, unit)?;
    let mut found = against(desk, register, &place, from, fields)?;
    found.extend(register.against_days(from, None, desk.today));
    if !register.in_force.holds_on(desk.today) {
        found.push(register.refusal("not-in-force", format!("{}今天不在施行期", register.title), "核对制度"));
    }
    found.extend(twin(desk, register, unit, title(register, fields), None)?);
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}登记{}“{}”（{from} 起）", place.short_name, register.noun, title(register, fields));
    let entered = desk.record(Happened { act: "register.add", subject: "organisation", number: Some(unit.number()), says })?;
    let id = desk.insert("register_entries", &["register", "unit", "path", "entered"], &[key.into(), unit.number().into(), place.path.into(), entered.into()])?;
    let row = New { act: "add", from: from.to_string(), until: None, why: None };
    put(desk, register, id, &row, fields, entered)?;
    Ok(Outcome::Done(Id::new(id)))
}

/// 变更 from `from` on; of the very day on which it begins: what was written was wrong. What is protected and left empty
/// stays as it was, unless its field is among `removed`; everything else that is left empty is no more.
pub fn change(desk: &mut Desk, id: Id<RegisterEntry>, from: Day, fields: &Fields, removed: &[String]) -> Result<Outcome<()>> {
    let old = find(desk, id, true)?;
    let register = register(desk, &old.register)?;
    let place = organisation::find(desk, old.unit)?;
    let mut found = not_removed(register, &old, fields, removed);
    let fields = &kept(register, &old, fields, removed);
    found.extend(against(desk, register, &place, from, fields)?);
    let begun = day(&old, &old.from_day)?;
    found.extend(ended(register, &old));
    found.extend(register.against_days(from, None, desk.today));
    if from < begun {
        found.push(register.refusal("before", format!("变更日 {from} 在这一项的起始日 {begun} 之前"), "核对日期"));
    }
    found.extend(twin(desk, register, old.unit, title(register, fields), Some(id))?);
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let mut says = if from == begun { format!("更正{}“{}”", register.noun, old.title) } else { format!("变更{}“{}”（{from} 起）", register.noun, old.title) };
    for f in register.fields.iter().filter(|f| removed.contains(&f.field.id.to_string())) {
        says.push_str(&format!("，去掉{}", f.field.label));
    }
    let entered = superseded(desk, &old, "register.change", says)?;
    if from > begun {
        let before = New { act: "change", from: old.from_day.clone(), until: Some(from.to_string()), why: None };
        put(desk, register, id.number(), &before, &whole(&old), entered)?;
    }
    let row = New { act: "change", from: from.to_string(), until: None, why: None };
    put(desk, register, id.number(), &row, fields, entered)?;
    Ok(Outcome::Done(()))
}

/// What is protected is not shown to be typed over: left empty, it stays as it was, unless it is removed.
fn kept(register: &Register, old: &Entry, fields: &Fields, removed: &[String]) -> Fields {
    let mut all = fields.clone();
    let stays = |id: &str| !removed.iter().any(|r| r == id) && fields.get(id).is_none_or(|t| t.trim().is_empty());
    for f in register.fields.iter().filter(|f| f.guarded && stays(&f.field.id)) {
        all.extend(old.guarded.get_key_value(&*f.field.id).map(|(k, v)| (k.clone(), v.clone())));
    }
    all
}

/// Why something cannot be removed. What is protected and required is left to the register's own rule: it is then lacking.
fn not_removed(register: &Register, old: &Entry, fields: &Fields, removed: &[String]) -> Vec<Finding> {
    let mut found = Vec::new();
    for id in removed {
        let Some(RegisterField { field, .. }) = register.fields.iter().find(|f| f.guarded && *f.field.id == **id) else {
            found.push(register.refusal("no-such-field", format!("{}没有受保护的填写项 `{id}`", register.title), "刷新页面后再填"));
            continue;
        };
        let rule = format!("field.{id}");
        if fields.get(id).is_some_and(|t| !t.trim().is_empty()) {
            found.push(register.refusal(&rule, format!("“{}”既填了新的，又要去掉", field.label), "两样留一样"));
        } else if !old.guarded.contains_key(id) {
            found.push(register.refusal(&rule, format!("没有登记过“{}”", field.label), "不用去掉"));
        }
    }
    found
}

/// 退出: from `until` on it is no more.
pub fn end(desk: &mut Desk, id: Id<RegisterEntry>, until: Day, why: &str) -> Result<Outcome<()>> {
    let old = find(desk, id, true)?;
    let register = register(desk, &old.register)?;
    let mut found: Vec<Finding> = ended(register, &old).into_iter().collect();
    if !may_write(desk, register) {
        found.push(register.refusal("who", format!("{}不登记{}", desk.actor.role.says(), register.noun), "请由登记的单位办理"));
    }
    found.extend(register.against_days(day(&old, &old.from_day)?, Some(until), desk.today));
    if why.trim().is_empty() {
        found.push(register.refusal("why", "没有写明原因".into(), "写明原因"));
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let says = format!("{}“{}”自 {until} 起退出：{}", register.noun, old.title, why.trim());
    let entered = superseded(desk, &old, "register.end", says)?;
    let row = New { act: "end", from: old.from_day.clone(), until: Some(until.to_string()), why: Some(why.trim().to_owned()) };
    put(desk, register, id.number(), &row, &whole(&old), entered)?;
    Ok(Outcome::Done(()))
}

/// 撤回 the last deed: what it superseded stands again. A deed that was taken back is not taken back once more: it is done
/// again.
pub fn undo(desk: &mut Desk, id: Id<RegisterEntry>, why: &str) -> Result<Outcome<()>> {
    let old = find(desk, id, false)?;
    let register = register(desk, &old.register)?;
    let last = desk.one("select coalesce(max(entered), 0) from register_details where entry = $1 and superseded is null", &[id.number().into()])?.int(0);
    let brought = desk.rows("select act from register_details where entry = $1 and entered = $2 and superseded is null", &[id.number().into(), last.into()])?;
    let act = brought.first().map(|r| r.text(0).to_owned()).unwrap_or_default();
    let mut found = Vec::new();
    if !may_write(desk, register) {
        found.push(register.refusal("who", format!("{}不登记{}", desk.actor.role.says(), register.noun), "请由登记的单位办理"));
    }
    if why.trim().is_empty() {
        found.push(register.refusal("why", "没有写明撤回的原因".into(), "写明原因后再撤回"));
    }
    if act == "undo" {
        found.push(register.refusal("undone", "最后一次登记已经撤回".into(), "要再改的，重新登记"));
    }
    // What would stand again may have been registered anew meanwhile.
    let again = desk.rows("select title from register_details where entry = $1 and superseded = $2 and until_day is null", &[id.number().into(), last.into()])?;
    for row in &again {
        found.extend(twin(desk, register, old.unit, row.text(0), Some(id))?);
    }
    if !found.is_empty() {
        return Ok(Outcome::Refused(Findings::new(found)));
    }
    let deed = [("add", "登记"), ("change", "变更"), ("end", "退出")].into_iter().find(|(id, _)| *id == act).map_or("登记", |(_, says)| says);
    let says = format!("撤回{}“{}”的{deed}：{}", register.noun, old.title, why.trim());
    let entered = desk.record(Happened { act: "register.undo", subject: "register", number: Some(id.number()), says })?;
    let (number, actor) = (id.number(), desk.actor.shown.clone());
    let gone = desk.execute("update register_details set superseded = $1 where entry = $2 and entered = $3 and superseded is null", &[entered.into(), number.into(), last.into()])?;
    if gone == 0 {
        return Err(registry::Error::Changed("名册中的这一项".into()).into());
    }
    let before = desk.rows("select title, data, guarded, from_day, until_day, why from register_details where entry = $1 and superseded = $2 order by id", &[number.into(), last.into()])?;
    for row in &before {
        let values = [number.into(), "undo".into(), row.text(0).into(), row.text(1).into(), row.opt_string(2).into(), row.text(3).into(), row.opt_string(4).into(), row.opt_string(5).into(), (&actor).into(), entered.into()];
        desk.insert("register_details", &WRITTEN, &values)?;
    }
    Ok(Outcome::Done(()))
}

const WRITTEN: [&str; 10] = ["entry", "act", "title", "data", "guarded", "from_day", "until_day", "why", "actor", "entered"];

struct New {
    act: &'static str,
    from: String,
    until: Option<String>,
    why: Option<String>,
}

fn ended(register: &Register, old: &Entry) -> Option<Finding> {
    old.until_day.as_ref().map(|until| register.refusal("ended", format!("“{}”已于 {until} 退出", old.title), "要再用的，重新登记"))
}

fn whole(old: &Entry) -> Fields {
    old.data.clone().into_iter().chain(old.guarded.clone()).collect()
}

fn day(old: &Entry, text: &str) -> Result<Day> {
    text.parse().map_err(|_| Error::Corrupt { table: "register_details", row: old.id.number(), column: "from_day" })
}

/// The row that stands gives way; the entry's number.
fn superseded(desk: &mut Desk, old: &Entry, act: &str, says: String) -> Result<i64> {
    let entered = desk.record(Happened { act, subject: "register", number: Some(old.id.number()), says })?;
    let gone = desk.execute("update register_details set superseded = $1 where entry = $2 and superseded is null and until_day is null", &[entered.into(), old.id.number().into()])?;
    if gone == 0 {
        return Err(registry::Error::Changed("名册中的这一项".into()).into());
    }
    Ok(entered)
}

fn put(desk: &mut Desk, register: &Register, id: i64, new: &New, fields: &Fields, entered: i64) -> Result<()> {
    let part = |guarded: bool| -> Fields {
        let of = register.fields.iter().filter(|f| f.guarded == guarded);
        of.filter_map(|f| Some((f.field.id.to_string(), fields.get(&*f.field.id)?.trim().to_owned()))).filter(|(_, t)| !t.is_empty()).collect()
    };
    let text = |fields: &Fields| serde_json::to_string(fields).unwrap_or_else(|_| "{}".into());
    let (open, guarded) = (part(false), part(true));
    let actor = desk.actor.shown.clone();
    let values = [
        id.into(),
        new.act.into(),
        title(register, fields).into(),
        text(&open).into(),
        (!guarded.is_empty()).then(|| text(&guarded)).into(),
        new.from.as_str().into(),
        new.until.clone().into(),
        new.why.clone().into(),
        actor.into(),
        entered.into(),
    ];
    desk.insert("register_details", &WRITTEN, &values)?;
    Ok(())
}
