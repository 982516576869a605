//! 查源: which export a leaked file comes from.

use crate::{Error, Result};
use document::Mark;
use document::mark::{Agreement, Texts, attribute};
use registry::rights::{self, Export};
use registry::Desk;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// How the export was known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The file is just as it left.
    Checksum,
    /// The code behind its end.
    Code,
    /// The hidden mark of its texts.
    Texts,
}

/// The export, or how near the nearest ones come.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attribution {
    pub export: Option<Export>,
    pub by: Option<By>,
    /// Texts that can carry a mark, and how many agree with the export found.
    pub texts: usize,
    pub agree: usize,
    /// When none is found: the nearest, with the share that agrees.
    pub nearest: Vec<(i64, f64)>,
}

pub fn attribution(desk: &Desk, name: &str, bytes: &[u8]) -> Result<Attribution> {
    let all = rights::candidates(desk)?;
    let marks: Vec<Mark> = all.iter().map(|(_, key)| Mark::of(*key)).collect();
    let found = |at: usize, by: By, texts: usize, agree: usize| Attribution { export: all.get(at).map(|(e, _)| e.clone()), by: Some(by), texts, agree, nearest: vec![] };
    let checksum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    if let Some(at) = all.iter().position(|(e, _)| e.checksum.as_deref() == Some(&checksum)) {
        return Ok(found(at, By::Checksum, 0, 0));
    }
    if let Some(at) = marks.iter().position(|m| m.sealed(bytes)) {
        return Ok(found(at, By::Code, 0, 0));
    }
    if bytes.starts_with(b"%PDF-") {
        return Ok(Attribution { export: None, by: None, texts: 0, agree: 0, nearest: vec![] });
    }
    let mut texts = Texts::default();
    for row in exchange::texts::rows(name, bytes).map_err(|e| Error::Wrong(e.to_string()))? {
        row.iter().for_each(|text| texts.add(text));
    }
    Ok(match attribute(&marks, &texts) {
        Ok((at, Agreement { agree, of })) => found(at, By::Texts, of, agree),
        Err(nearest) => Attribution {
            export: None,
            by: None,
            texts: texts.len(),
            agree: 0,
            nearest: nearest.into_iter().filter_map(|(at, a)| Some((all.get(at)?.0.number, a.share()))).collect(),
        },
    })
}
