//! 干部: what of a record is S0 and S1. Above that, the page and its consultation ticket.

use super::caller::{Caller, Told, tag};
use super::problem::{Halt, Problem};
use crate::Stop;
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use institution::dictionary::Class;
use registry::dated::{self, Stored};
use registry::rows::{Details, Tenure};
use registry::tenure::{self as tenures_of, Appointment};
use registry::{Desk, Person, person};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use vocabulary::{Date, Day, Finding, Id, Outcome};

/// Longest list that is answered at once.
pub const MOST: usize = 200;

/// 第几页
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// 姓名、拼音、简拼或职务
    #[serde(default)]
    pub q: String,
    /// 至多几条，1 到 200
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<usize>,
    /// 从第几条起
    #[param(minimum = 0, maximum = 1000000)]
    pub offset: Option<usize>,
}

/// Refuses what the description does not allow.
pub fn paging(limit: Option<usize>, offset: Option<usize>) -> Result<(usize, usize), Stop> {
    let (limit, offset) = (limit.unwrap_or(50), offset.unwrap_or(0));
    if !(1..=MOST).contains(&limit) || offset > 1_000_000 {
        return Err(Stop::Wrong(format!("limit 为 1 到 {MOST}，offset 为 0 到 1000000")));
    }
    Ok((limit, offset))
}

#[derive(Serialize, ToSchema)]
pub struct PersonBrief {
    pub id: i64,
    pub name: String,
    pub sex: String,
    /// `1985-04`
    pub born: String,
    pub post: String,
}

#[derive(Serialize, ToSchema)]
pub struct PeoplePage {
    pub people: Vec<PersonBrief>,
    /// The offset of the next page; none when this is the last.
    pub next: Option<usize>,
}

/// 查找干部（只在可见范围内）
#[utoipa::path(get, path = "/api/v1/people", params(Search), responses((status = 200, body = PeoplePage), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json")))]
pub async fn search(caller: Caller, Query(search): Query<Search>) -> Result<Json<PeoplePage>, Halt> {
    let (limit, offset) = paging(search.limit, search.offset)?;
    caller
        .read(move |desk| {
            let mut found = person::search_from(desk, &search.q, offset, limit + 1)?;
            let next = (found.len() > limit).then_some(offset + limit);
            found.truncate(limit);
            let people = found.into_iter().map(|b| PersonBrief {
                id: b.id.number(),
                name: b.name,
                sex: b.sex,
                born: b.born,
                post: b.post,
            });
            Ok(PeoplePage {
                people: people.collect(),
                next,
            })
        })
        .await
}

#[derive(Serialize, ToSchema)]
pub struct PersonRecord {
    pub id: i64,
    /// Version: the ETag, and what `If-Match` asks for.
    pub version: i64,
    pub name: String,
    pub sex: Option<String>,
    pub born: Option<String>,
    pub ethnicity: Option<String>,
    pub native_place: Option<String>,
    pub birth_place: Option<String>,
    pub joined_work: Option<String>,
    pub speciality: Option<String>,
    pub official_kind: Option<String>,
    pub official_state: Option<String>,
    pub managed_by: Option<String>,
}

fn record(stored: Stored<Details>) -> PersonRecord {
    let text = |date: Option<Date>| date.map(|d| d.to_string());
    let d = stored.row;
    PersonRecord {
        id: stored.person.number(),
        version: stored.id,
        name: d.name,
        sex: d.sex,
        born: text(d.born),
        ethnicity: d.ethnicity,
        native_place: d.native_place,
        birth_place: d.birth_place,
        joined_work: text(d.joined_work),
        speciality: d.speciality,
        official_kind: d.official_kind,
        official_state: d.official_state,
        managed_by: d.managed_by,
    }
}

/// 一名干部的基本信息（S0、S1 级内容）
#[utoipa::path(get, path = "/api/v1/people/{id}", params(("id" = i64, Path, minimum = 1), ("as_of" = Option<String>, Query, description = "截至哪一天", format = Date), ("if-none-match" = Option<String>, Header)), responses((status = 200, body = PersonRecord), (status = 304), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn show(caller: Caller, Path(id): Path<i64>) -> Told {
    let Json(record) = caller
        .read(move |desk| Ok(record(person::find(desk, Id::new(id))?)))
        .await?;
    let tag = tag(record.version);
    if caller.header("if-none-match") == Some(tag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    Ok(([(header::ETAG, tag)], Json(record)).into_response())
}

/// What is given is changed; an empty text takes a value back.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    #[schema(min_length = 1)]
    pub name: Option<String>,
    pub sex: Option<String>,
    /// `1985-04` or `1985-04-12`
    pub born: Option<String>,
    pub ethnicity: Option<String>,
    pub native_place: Option<String>,
    pub birth_place: Option<String>,
    pub joined_work: Option<String>,
    pub speciality: Option<String>,
    pub official_kind: Option<String>,
    pub official_state: Option<String>,
    pub managed_by: Option<String>,
}

impl PersonChange {
    fn over(&self, desk: &Desk, old: &Details) -> Result<Details, Stop> {
        let text = |new: &Option<String>, old: &Option<String>| {
            new.as_ref()
                .map_or(old.clone(), |t| Some(t.trim().to_owned()).filter(|t| !t.is_empty()))
        };
        let date = |new: &Option<String>, old: Option<Date>, label: &str| match new.as_deref().map(str::trim) {
            None => Ok(old),
            Some("") => Ok(None),
            Some(text) => Date::read(text)
                .map(Some)
                .map_err(|_| Stop::Wrong(format!("{label}“{text}”读不懂，请写成 1982-04 或 1982-04-17"))),
        };
        let code = |table: &str, new: &Option<String>, old: &Option<String>, label: &str| match (
            new.as_deref().map(str::trim),
            desk.dictionary().table(table),
        ) {
            (None, _) => Ok(old.clone()),
            (Some(""), _) => Ok(None),
            (Some(text), Some(table)) => table
                .read(text)
                .map(|c| Some(c.name.to_string()))
                .ok_or_else(|| Stop::Wrong(format!("{label}“{text}”不在代码表中"))),
            (Some(text), None) => Ok(Some(text.to_owned())),
        };
        let name = text(&self.name, &Some(old.name.clone())).ok_or_else(|| Stop::Wrong("请填写姓名".into()))?;
        Ok(Details {
            name,
            sex: code("sex", &self.sex, &old.sex, "性别")?,
            born: date(&self.born, old.born, "出生年月")?,
            ethnicity: code("ethnicity", &self.ethnicity, &old.ethnicity, "民族")?,
            native_place: text(&self.native_place, &old.native_place),
            birth_place: text(&self.birth_place, &old.birth_place),
            joined_work: date(&self.joined_work, old.joined_work, "参加工作时间")?,
            speciality: text(&self.speciality, &old.speciality),
            official_kind: code("official_kind", &self.official_kind, &old.official_kind, "人员类别")?,
            official_state: code(
                "official_state",
                &self.official_state,
                &old.official_state,
                "人员管理状态",
            )?,
            managed_by: code("managed_by", &self.managed_by, &old.managed_by, "管理类别")?,
            ..old.clone()
        })
    }
}

/// 修改基本信息：须带 If-Match，版本已变的不改
#[utoipa::path(patch, path = "/api/v1/people/{id}", params(("id" = i64, Path, minimum = 1), ("if-match" = String, Header, pattern = "^\"[0-9]{1,19}\"$", description = "所依据的版本，即 ETag"), ("idempotency-key" = String, Header)), request_body = PersonChange, responses((status = 200, body = PersonRecord), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 412, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json"), (status = 428, body = Problem, content_type = "application/problem+json")))]
pub async fn amend(caller: Caller, Path(id): Path<i64>, Json(change): Json<PersonChange>) -> Told {
    writes(&caller)?;
    if change.name.as_ref().is_some_and(|n| n.trim().is_empty()) {
        return Err(Stop::Wrong("请填写姓名".into()).into());
    }
    let id = Id::<Person>::new(id);
    let sent = serde_json::to_value(&change).unwrap_or_default();
    let present = move |desk: &Desk| Ok(person::find(desk, id)?.id);
    caller
        .once_over(&sent, present, move |desk| {
            let now = person::find(desk, id)?;
            let new = change.over(desk, &now.row)?;
            if new != now.row {
                person::amend(desk, id, now.id, new)?;
            }
            Ok(record(person::find(desk, id)?))
        })
        .await
}

/// Whoever may not write is told so before anything else.
pub fn writes(caller: &Caller) -> Result<(), Halt> {
    if caller.c.actor.may_write() {
        Ok(())
    } else {
        Err(Stop::Forbidden(format!("{}不能修改记录", caller.c.actor.role.says())).into())
    }
}

#[derive(Serialize, ToSchema)]
pub struct TenureRecord {
    pub id: i64,
    pub post: Option<i64>,
    pub organisation: Option<i64>,
    pub title: String,
    pub kind: String,
    pub main: bool,
    pub level: Option<String>,
    pub from: String,
    pub until: Option<String>,
    pub paper: Option<String>,
}

/// 任职经历
#[utoipa::path(get, path = "/api/v1/people/{id}/tenures", params(("id" = i64, Path, minimum = 1)), responses((status = 200, body = Vec<TenureRecord>), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json")))]
pub async fn tenures(caller: Caller, Path(id): Path<i64>) -> Result<Json<Vec<TenureRecord>>, Halt> {
    let id = Id::<Person>::new(id);
    caller
        .read(move |desk| {
            person::find(desk, id)?;
            let all = dated::of::<Tenure>(desk, id)?;
            Ok(all
                .into_iter()
                .map(|t| TenureRecord {
                    id: t.id,
                    post: t.row.post,
                    organisation: t.row.organisation,
                    title: t.row.title,
                    kind: t.row.kind,
                    main: t.row.main,
                    level: t.row.level,
                    from: t.row.from_day.to_string(),
                    until: t.row.until_day.map(|d| d.to_string()),
                    paper: t.row.paper,
                })
                .collect())
        })
        .await
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTenure {
    pub post: i64,
    /// `2026-11-22`
    #[schema(format = Date)]
    pub from: String,
    /// 任职文号
    #[serde(default)]
    pub paper: String,
    #[serde(default)]
    pub main: bool,
}

#[derive(Serialize, ToSchema)]
pub struct Made {
    pub id: i64,
}

fn day(text: &str, label: &str) -> Result<Day, Stop> {
    text.parse()
        .map_err(|_| Stop::Wrong(format!("{label}“{text}”不是日期，请写成 2026-11-22")))
}

/// What was seen of a fact above S1 is said on the page, after a consultation; here only that a rule speaks.
pub fn tellable(desk: &Desk, mut findings: Vec<Finding>) -> Vec<Finding> {
    for finding in &mut findings {
        finding
            .saw
            .retain(|saw| desk.dictionary().fact(&saw.fact).is_some_and(|f| f.class < Class::S2));
    }
    findings
}

/// A refusal with every finding, as on the page.
pub fn done<T>(desk: &Desk, outcome: Outcome<T>, says: &str) -> Result<T, Stop> {
    match outcome {
        Outcome::Done(done) => Ok(done),
        Outcome::Refused(findings) => Err(Stop::Refused {
            says: says.into(),
            findings: tellable(desk, findings.into_iter().collect()),
        }),
    }
}

/// 任职：职数不足、已任此职的不办，说明每条理由
#[utoipa::path(post, path = "/api/v1/people/{id}/tenures", params(("id" = i64, Path, minimum = 1), ("idempotency-key" = String, Header)), request_body = NewTenure, responses((status = 201, body = Made), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn begin(caller: Caller, Path(id): Path<i64>, Json(new): Json<NewTenure>) -> Told {
    writes(&caller)?;
    let from = day(&new.from, "任职时间")?;
    let appointment = Appointment {
        person: Id::new(id),
        post: Id::new(new.post),
        from,
        paper: new.paper.clone(),
        way: None,
        probation_until: None,
        main: new.main,
    };
    caller
        .once(&new, StatusCode::CREATED, move |desk| {
            let outcome = tenures_of::begin(desk, &appointment)?;
            Ok(Made {
                id: done(desk, outcome, "没有任职")?,
            })
        })
        .await
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndOfTenure {
    /// 不再任职的第一天：`2026-11-22`
    #[schema(format = Date)]
    pub until: String,
    /// 免职文号
    #[serde(default)]
    pub paper: String,
    /// 免职原因
    #[serde(default)]
    pub reason: String,
}

/// 免职
#[utoipa::path(post, path = "/api/v1/people/{id}/tenures/{tenure}/end", params(("id" = i64, Path, minimum = 1), ("tenure" = i64, Path, minimum = 1), ("idempotency-key" = String, Header)), request_body = EndOfTenure, responses((status = 201, body = Made), (status = 400, body = Problem, content_type = "application/problem+json"), (status = 401, body = Problem, content_type = "application/problem+json"), (status = 403, body = Problem, content_type = "application/problem+json"), (status = 404, body = Problem, content_type = "application/problem+json"), (status = 409, body = Problem, content_type = "application/problem+json"), (status = 415, body = Problem, content_type = "application/problem+json"), (status = 422, body = Problem, content_type = "application/problem+json")))]
pub async fn end(caller: Caller, Path((id, tenure)): Path<(i64, i64)>, Json(end): Json<EndOfTenure>) -> Told {
    writes(&caller)?;
    let until = day(&end.until, "免职时间")?;
    let (paper, reason) = (end.paper.clone(), end.reason.clone());
    caller
        .once(&end, StatusCode::CREATED, move |desk| {
            let outcome = tenures_of::end(desk, Id::new(id), tenure, until, &paper, &reason)?;
            Ok(Made {
                id: done(desk, outcome, "没有免职")?,
            })
        })
        .await
}
