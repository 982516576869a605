//! 程序材料: written here or filed as they came.

use super::Completion;
use super::gate::refusal;
use super::line::Lines;
use super::recorded::Recorded;
use crate::{Error, Item, Procedure, Result};
use registry::Desk;
use sha2::{Digest, Sha256};
use store::Row;
use vocabulary::{Findings, Id, Outcome};

/// A paper to be put on file at the present step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewPaper {
    /// Id of `papers.toml`.
    pub kind: String,
    /// None: for the whole slate.
    pub item: Option<Id<Item>>,
    /// Empty: the title of its kind.
    pub title: String,
    pub file_name: Option<String>,
    #[serde(skip)]
    pub bytes: Option<Vec<u8>>,
    pub content: Option<String>,
}

/// A paper on file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FiledPaper {
    pub id: i64,
    pub step: String,
    pub item: Option<Id<Item>>,
    pub kind: String,
    pub title: String,
    pub file_name: Option<String>,
    pub actor: String,
    /// Moment of filing.
    pub at: String,
    #[serde(skip)]
    pub bytes: Option<Vec<u8>>,
    pub content: Option<String>,
}

impl NewPaper {
    pub fn text(kind: &str, content: &str) -> NewPaper {
        NewPaper {
            kind: kind.to_owned(),
            item: None,
            title: String::new(),
            file_name: None,
            bytes: None,
            content: Some(content.to_owned()),
        }
    }
    pub fn file(kind: &str, file_name: &str, bytes: Vec<u8>) -> NewPaper {
        NewPaper {
            kind: kind.to_owned(),
            item: None,
            title: String::new(),
            file_name: Some(file_name.to_owned()),
            bytes: Some(bytes),
            content: None,
        }
    }
    pub fn of(mut self, item: Id<Item>) -> NewPaper {
        self.item = Some(item);
        self
    }
}

/// Files a paper at the present step. The same bytes of the same kind again change nothing.
pub fn file(desk: &mut Desk, id: Id<Procedure>, paper: &NewPaper) -> Result<Outcome<()>> {
    let recorded = Recorded::find(desk, id)?;
    let Some(at) = Lines::read(desk, &recorded, desk.today)?.present(&recorded, desk) else {
        let says = "程序已经终止或办结，不再收材料".to_owned();
        return Ok(Outcome::Refused(Findings::new(vec![refusal(
            "procedure-ended",
            says,
            &recorded.institution.source,
            "",
        )])));
    };
    let step = recorded.institution.steps[at].id.to_string();
    let entry = Completion {
        papers: vec![paper.clone()],
        ..Completion::on(desk.today)
    };
    super::note(desk, id, &step, &entry)
}

const COLUMNS: &str = "id, step, item, kind, title, file_name, actor, at, content";

/// All papers on file, in the order of filing, without the bytes of files.
pub fn papers(desk: &Desk, id: Id<Procedure>) -> Result<Vec<FiledPaper>> {
    Recorded::find(desk, id)?;
    let sql = format!("select {COLUMNS} from procedure_papers where procedure = $1 and superseded is null order by id");
    Ok(desk.rows(&sql, &[id.number().into()])?.iter().map(filed).collect())
}

/// One paper with its bytes.
pub fn paper(desk: &Desk, id: Id<Procedure>, paper: i64) -> Result<FiledPaper> {
    Recorded::find(desk, id)?;
    let sql = format!("select {COLUMNS}, bytes from procedure_papers where procedure = $1 and id = $2");
    let row = desk.first(&sql, &[id.number().into(), paper.into()])?;
    let row = row.ok_or_else(|| Error::NotFound("这份材料".into()))?;
    Ok(FiledPaper {
        bytes: row.bytes(9).map(<[u8]>::to_vec),
        ..filed(&row)
    })
}

fn filed(row: &Row) -> FiledPaper {
    FiledPaper {
        id: row.int(0),
        step: row.text(1).to_owned(),
        item: row.opt_int(2).map(Id::new),
        kind: row.text(3).to_owned(),
        title: row.text(4).to_owned(),
        file_name: row.opt_string(5),
        actor: row.text(6).to_owned(),
        at: row.text(7).to_owned(),
        content: row.opt_string(8),
        bytes: None,
    }
}

/// Writes the row.
pub(crate) fn put(desk: &mut Desk, recorded: &Recorded, step: &str, new: &NewPaper, journal: i64) -> Result<()> {
    let bytes: &[u8] = match (&new.bytes, &new.content) {
        (Some(bytes), _) => bytes,
        (None, Some(text)) => text.as_bytes(),
        (None, None) => &[],
    };
    let checksum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    let item = new.item.map(|i| i.number());
    let same = "select 1 from procedure_papers where procedure = $1 and step = $2 and kind = $3 and checksum = $4
                   and coalesce(item, 0) = $5 and superseded is null";
    let params = [
        recorded.id.number().into(),
        step.into(),
        (&new.kind).into(),
        (&checksum).into(),
        item.unwrap_or(0).into(),
    ];
    if desk.first(same, &params)?.is_some() {
        return Ok(());
    }
    let title = match new.title.trim() {
        "" => recorded
            .institution
            .paper(&new.kind)
            .map_or_else(|| new.kind.clone(), |p| p.title.to_string()),
        title => title.to_owned(),
    };
    let values = [
        recorded.id.number().into(),
        step.into(),
        item.into(),
        (&new.kind).into(),
        title.into(),
        new.file_name.as_deref().into(),
        checksum.into(),
        new.bytes.as_deref().into(),
        new.content.as_deref().into(),
        desk.actor.shown.as_str().into(),
        desk.moment.to_string().into(),
        journal.into(),
    ];
    let columns = [
        "procedure",
        "step",
        "item",
        "kind",
        "title",
        "file_name",
        "checksum",
        "bytes",
        "content",
        "actor",
        "at",
        "entered",
    ];
    desk.insert("procedure_papers", &columns, &values)?;
    Ok(())
}
