//! 反映人身份: the only file that reads or writes who reported. Seen by those who take and answer the case, with a reason
//! that goes into the journal before anything is shown; never by who is named in it or by their line, up or down.

use super::record::Held;
use super::{Record, sight, subject};
use crate::{Case, Error, Result};
use institution::Class;
use institution::case::Act;
use registry::{Consultation, Desk};
use vocabulary::Id;

#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Reporter {
    pub name: String,
    pub phone: String,
}

pub(super) fn keep(desk: &mut Desk, case: i64, name: &str, phone: &str, entry: i64) -> Result<()> {
    desk.insert("case_reporters", &["case_id", "name", "phone", "entered"], &[case.into(), name.into(), phone.into(), entry.into()])?;
    Ok(())
}

/// May this actor learn who reported, if a reason is given? The case itself must be visible.
pub fn may_look(desk: &Desk, record: &Record) -> Result<bool> {
    let system = super::system(desk, &record.system)?.1;
    let sight = sight(desk)?;
    let role = desk.actor.role.id();
    let takes = system.may(Act::Answer, role) && record.life.holder_is_covered(desk, &sight)?;
    let handles = system.may(Act::Reply, role) && record.handled_by(desk, &sight)?;
    if !(takes || handles) {
        return Ok(false);
    }
    let lines = subject::lines(desk, record.id)?;
    let mut own: Vec<String> = sight.path.into_iter().collect();
    if let Some(person) = desk.actor.person {
        let rows = desk.rows(
            "select o.path from tenures t join organisation_details o on o.organisation = t.organisation and o.superseded is null
              where t.person = $1 and t.superseded is null and t.until_day is null",
            &[person.number().into()],
        )?;
        own.extend(rows.iter().map(|r| r.text(0).to_owned()));
    }
    // The same organisation, one below it, or one above it.
    Ok(!own.iter().any(|own| lines.iter().any(|line| line.starts_with(own.as_str()) || own.starts_with(line.as_str()))))
}

/// Shows who reported. Needs a desk that can note the look; the reason is part of the note.
pub fn reveal(desk: &Desk, id: Id<Case>, reason: &str) -> Result<Reporter> {
    let record = super::find(desk, id)?;
    if reason.trim().is_empty() {
        return Err(Error::Wrong("查看反映人须写明事由，事由会被记录".into()));
    }
    if !may_look(desk, &record)? {
        // The same words whether or not a reporter is there.
        return Err(Error::NotFound("反映人信息".into()));
    }
    let part = format!("反映人身份 {}", record.receipt);
    desk.consulted(&Consultation { people: &[], parts: &[&part], class: Class::S3, purpose: reason.trim(), ticket: None })?;
    let row = desk.first("select name, phone from case_reporters where case_id = $1", &[id.number().into()])?;
    Ok(row.map_or(Reporter { name: String::new(), phone: String::new() }, |r| Reporter { name: r.text(0).into(), phone: r.text(1).into() }))
}

/// How often somebody has looked up who reported: told to the reporter.
pub fn looks(desk: &Desk, receipt: &str) -> Result<i64> {
    let sql = "select count(*) from consultations where parts = $1";
    let parts = serde_json::json!([format!("反映人身份 {receipt}")]).to_string();
    Ok(desk.one(sql, &[parts.into()])?.int(0))
}
