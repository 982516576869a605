//! 干部: one record per person, entered once, with its history.

use crate::dated::{self, Noun, Stored};
use crate::desk::Happened;
use crate::facts;
use crate::rows::Details;
use crate::{Desk, Error, Person, Result, journal, sealing, spelling};
use institution::Subject;
use vocabulary::Id;

/// The record that this desk may see; a stranger's is not found.
pub fn find(desk: &Desk, id: Id<Person>) -> Result<Stored<Details>> {
    let mut question = desk.question();
    let visible = question.visible(Subject::Official, desk.actor);
    let sql = format!("select 1 from {} where {} = {id} and {visible}", question.from(Subject::Official), question.id(Subject::Official));
    if desk.first(&sql, &question.params)?.is_none() {
        return Err(Error::NotFound("这名干部".into()));
    }
    find_unrestricted(desk, id)
}

/// The record whoever asks: only for work that the program does for somebody who may see it. Callers are listed in a test.
pub fn find_unrestricted(desk: &Desk, id: Id<Person>) -> Result<Stored<Details>> {
    dated::of::<Details>(desk, id)?.pop().ok_or_else(|| Error::NotFound("这名干部".into()))
}

/// A new person. Pinyin and the rest that follows from the name is filled in.
pub fn add(desk: &mut Desk, mut details: Details, entry: i64) -> Result<Id<Person>> {
    name_follows(&mut details);
    let id = Id::new(desk.insert("persons", &["entered"], &[entry.into()])?);
    dated::add(desk, id, &details, entry)?;
    Ok(id)
}

/// New details in the place of version `based_on` (its row id). Refuses when somebody changed the record meanwhile.
pub fn revise(desk: &mut Desk, id: Id<Person>, based_on: i64, mut details: Details, entry: i64) -> Result<()> {
    name_follows(&mut details);
    dated::replace(desk, based_on, id, &details, entry).map(|_| ()).map_err(|e| match e {
        Error::Changed(_) => Error::Changed(format!("{}的基本信息", details.name)),
        other => other,
    })
}

/// The same as an operation of its own, with its journal entry.
pub fn amend(desk: &mut Desk, id: Id<Person>, based_on: i64, details: Details) -> Result<()> {
    let old = find(desk, id)?;
    let says = format!("修改{}的基本信息：{}", old.row.name, differences(&old.row, &details).join("、"));
    let entry = desk.record(Happened { act: "person.revise", subject: "person", number: Some(id.number()), says })?;
    revise(desk, id, based_on, details, entry)
}

/// Chinese names of the fields that differ.
pub fn differences(old: &Details, new: &Details) -> Vec<&'static str> {
    let (a, b) = (old.params(), new.params());
    Details::COLUMNS.iter().zip(a.iter().zip(&b)).filter(|(_, (a, b))| a != b).filter_map(|(c, _)| field_name(c)).collect()
}

/// What people call a column of the details; `None` for what only follows from the name.
pub fn field_name(column: &str) -> Option<&'static str> {
    Some(match column {
        "name" => "姓名",
        "sex" => "性别",
        "born" => "出生年月",
        "id_number" => "身份证号",
        "ethnicity" => "民族",
        "native_place" => "籍贯",
        "birth_place" => "出生地",
        "growth_place" => "成长地",
        "health" => "健康状况",
        "joined_work" => "参加工作时间",
        "party_text" => "入党时间文字",
        "speciality" => "熟悉专业有何专长",
        "official_kind" => "人员类别",
        "official_state" => "人员管理状态",
        "managed_by" => "管理类别",
        "unit" => "统计关系所在单位",
        "retirement_limit" => "改革前任职年龄界限",
        "spouse_emigrated" => "配偶移居国（境）外",
        "children_emigrated" => "子女均移居国（境）外",
        "has_children" => "有无子女",
        "remark" => "备注",
        _ => return None,
    })
}

/// Where the value that `column` has today was first said: the oldest version of the unbroken run that holds it.
pub fn origin(desk: &Desk, id: Id<Person>, column: &str) -> Result<Option<String>> {
    let Some(at) = Details::COLUMNS.iter().position(|c| *c == column) else { return Ok(None) };
    let versions = dated::history::<Details>(desk, id)?;
    let mut entered = None;
    let mut value = None;
    for version in versions {
        let now = version.row.params().swap_remove(at);
        if value.as_ref() != Some(&now) {
            value = Some(now);
            entered = Some(version.entered);
        }
    }
    entered.map_or(Ok(None), |e| journal::origin(desk, e))
}

fn name_follows(details: &mut Details) {
    details.name = details.name.trim().to_owned();
    (details.pinyin, details.initials) = spelling::spell(&details.name);
    details.strokes = spelling::strokes(&details.name);
}

/// A line of a pick list.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Brief {
    pub id: Id<Person>,
    pub name: String,
    pub sex: String,
    pub born: String,
    pub post: String,
}

/// People whose name, pinyin, initials or post begins with or contains `words`; the best fits first.
pub fn search(desk: &Desk, words: &str, most: usize) -> Result<Vec<Brief>> {
    search_from(desk, words, 0, most)
}

/// As [`search`], without the first `after` of them.
pub fn search_from(desk: &Desk, words: &str, after: usize, most: usize) -> Result<Vec<Brief>> {
    let mut question = desk.question();
    let of = Subject::Official;
    let visible = question.visible(of, desk.actor);
    let (name, pinyin, initials, post) =
        (question.value(of, "name"), question.value(of, "name.pinyin"), question.value(of, "name.initials"), question.value(of, "post"));
    let (id, sex, born) = (question.id(of), question.value(of, "sex"), question.value(of, "born"));
    let from = question.from(of);
    let mut tests = vec![visible];
    // Without a word there is no rank: a bare 0 in an order is the number of a column.
    let mut rank = String::new();
    for word in words.split_whitespace() {
        let whole = question.bind(word);
        let mut any = vec![format!("replace({name}, {whole}, '') <> {name}"), format!("replace({post}, {whole}, '') <> {post}")];
        if word.is_ascii() {
            let lower = word.to_lowercase();
            let n = lower.len();
            let begin = question.bind(lower);
            any.push(format!("substr({initials}, 1, {n}) = {begin}"));
            any.push(format!("substr(replace({pinyin}, ' ', ''), 1, {n}) = {begin}"));
            rank.push_str(&format!("(case when {initials} = {begin} then 0 else 1 end) + "));
        } else {
            rank.push_str(&format!("(case when {name} = {whole} then 0 when replace({name}, {whole}, '') <> {name} then 1 else 2 end) + "));
        }
        if is_number(word) {
            let index = question.bind(sealing::id_number_index(desk.keys, word));
            any.push(format!("exists (select 1 from person_details n where n.person = {id} and n.superseded is null and n.id_number_index = {index})"));
        }
        tests.push(format!("({})", any.join(" or ")));
    }
    let rank = if rank.is_empty() { rank } else { format!("{rank}0, ") };
    let sql = format!(
        "select {id}, {name}, {sex}, {born}, {post} from {from} where {} order by {rank}{}, 1 limit {most} offset {after}",
        tests.join(" and "),
        question.value(of, "organisation.order"),
    );
    Ok(desk
        .rows(&sql, &question.params)?
        .iter()
        .map(|r| Brief {
            id: Id::new(r.int(0)),
            name: r.text(1).into(),
            sex: r.text(2).into(),
            born: r.text(3).into(),
            post: r.text(4).into(),
        })
        .collect())
}

/// Could it be an ID number, of either length?
fn is_number(word: &str) -> bool {
    word.len() >= 15 && word.is_ascii()
}

/// WHO of the command line: a number, an ID number, or a name that only one visible person has.
pub fn who(desk: &Desk, who: &str) -> Result<Id<Person>> {
    if let Ok(number) = who.parse::<i64>()
        && who.len() < 15
    {
        let id = Id::new(number);
        return find(desk, id).map(|_| id);
    }
    let by_number = is_number(who);
    let (column, value) = if by_number { ("id_number_index", sealing::id_number_index(desk.keys, who)) } else { ("name", who.to_owned()) };
    let known = desk.question_of_rows().known_filter("d");
    let rows = desk.rows(&format!("select d.person from person_details d where d.{column} = $1 and {known}"), &[value.into()])?;
    let mut visible = Vec::new();
    for row in rows {
        let id = Id::new(row.int(0));
        if find(desk, id).is_ok() {
            visible.push(id);
        }
    }
    match visible.as_slice() {
        [one] => Ok(*one),
        [] => Err(Error::NotFound(format!("“{who}”"))),
        several => {
            let numbers: Vec<String> = several.iter().map(|id| id.to_string()).collect();
            Err(Error::Wrong(format!("有 {} 人叫“{who}”，请用编号：{}", several.len(), numbers.join("、"))))
        }
    }
}

/// The facts of one person, all of the dictionary's, for a page that shows everything.
pub fn facts_of(desk: &Desk, id: Id<Person>, facts: &[&institution::Fact]) -> Result<Option<facts::FactRow>> {
    Ok(facts::about(desk, Subject::Official, &[id.number()], facts)?.into_iter().next())
}
