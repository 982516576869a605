//! 制度的版本: texts of an institution kept by what they say. What began under them goes on under them.

use crate::desk::Happened;
use crate::{Desk, Error, Result};
use institution::Institution;
use institution::institution::Texts;
use sha2::{Digest, Sha256};

/// One edition that this office has worked under.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Edition {
    pub checksum: String,
    pub version: String,
    /// Moment from which it was so.
    pub since: String,
    /// Procedures that began under it and have not ended.
    pub running: i64,
}

/// What the texts say, in short: names and texts, each with its length, so that nothing can be moved between them.
pub fn checksum(texts: &Texts) -> String {
    let mut digest = Sha256::new();
    for (name, text) in texts {
        for part in [name, text] {
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part.as_bytes());
        }
    }
    digest.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// Keeps the texts of `institution`, unless they are kept. Answers their checksum.
pub fn keep(desk: &mut Desk, institution: &Institution) -> Result<String> {
    let checksum = checksum(&institution.texts);
    let kept = "select 1 from institution_editions where institution = $1 and checksum = $2";
    if desk.first(kept, &[(&*institution.id).into(), checksum.as_str().into()])?.is_some() {
        return Ok(checksum);
    }
    let says = format!("收存《{}》{} 版的文本", institution.title, institution.version);
    let entry = desk.record(Happened { act: "edition.keep", subject: "institution", number: None, says })?;
    let files = serde_json::to_string(&*institution.texts).map_err(|e| Error::Wrong(e.to_string()))?;
    let columns = ["checksum", "institution", "version", "files", "since", "entered"];
    let values =
        [checksum.as_str().into(), (&*institution.id).into(), (&*institution.version).into(), files.into(), desk.moment.to_string().into(), entry.into()];
    desk.insert("institution_editions", &columns, &values)?;
    Ok(checksum)
}

/// Every institution in force, kept: what a program does when it opens the office, so that changes can be told later.
pub fn keep_all(desk: &mut Desk) -> Result<()> {
    let book = desk.book;
    for institution in &book.institutions {
        keep(desk, institution)?;
    }
    Ok(())
}

/// The editions of one institution, the latest first.
pub fn of(desk: &Desk, institution: &str) -> Result<Vec<Edition>> {
    let rows = desk.rows(
        "select e.checksum, e.version, e.since,
                (select count(*) from procedures p where p.edition = e.checksum and p.institution = e.institution
                    and not exists (select 1 from procedure_endings n where n.procedure = p.id and n.item is null))
           from institution_editions e where e.institution = $1 order by e.id desc",
        &[institution.into()],
    )?;
    Ok(rows.iter().map(|r| Edition { checksum: r.text(0).into(), version: r.text(1).into(), since: r.text(2).into(), running: r.int(3) }).collect())
}

/// The institution as these texts say it, made ready once; the one in force when it says the same.
pub fn read<'a>(desk: &Desk<'a, '_>, id: &str, checksum: &str) -> Result<&'a Institution> {
    let book = desk.book;
    if let Some(same) = book.institution(id).filter(|i| self::checksum(&i.texts) == checksum) {
        return Ok(same);
    }
    if let Some(ready) = book.editions.get(id, checksum) {
        return Ok(ready);
    }
    let row = desk.first("select files, version from institution_editions where institution = $1 and checksum = $2", &[id.into(), checksum.into()])?;
    let row = row.ok_or_else(|| Error::NotFound(format!("制度 `{id}` 的这一版文本")))?;
    let corrupt = || Error::Corrupt { table: "institution_editions", row: 0, column: "files", value: checksum.into() };
    let texts: Texts = serde_json::from_str(row.text(0)).map_err(|_| corrupt())?;
    let read = Institution::from_texts(id, &texts, &book.dictionary, book.calendar.clone());
    let institution = read.map_err(|faults| Error::Wrong(format!("制度 `{id}` 的 {} 版现在读不懂了，办理中的程序不能继续：{faults}。请恢复事实字典里删去的内容", row.text(1))))?;
    Ok(book.editions.put(id, checksum, institution))
}
