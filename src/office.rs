//! Opens the office that a command works in.

use crate::Stop;
use crate::settings::Settings;
use institution::{Book, Files};
use registry::Office;
use rust_embed::RustEmbed;

/// The institutions that the program carries.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/institutions"]
#[include = "*.toml"]
struct Carried;

/// The texts of the institutions in force, by path inside the folder.
pub fn files(settings: &Settings) -> Result<Files, Stop> {
    match &settings.institutions {
        Some(folder) => Ok(institution::book::files_under(folder)?),
        None => Ok(Carried::iter()
            .filter_map(|path| {
                let text = String::from_utf8(Carried::get(&path)?.data.into_owned()).ok()?;
                Some((path.to_string(), text))
            })
            .collect()),
    }
}

pub fn book(settings: &Settings) -> Result<Book, Stop> {
    Book::from_files(&files(settings)?).map_err(|faults| Stop::refused(crate::check::graphically(&faults.0)))
}

pub fn open(settings: &Settings) -> Result<Office, Stop> {
    let keys = crate::key::open(settings)?;
    let mut office = Office::open_keyed(settings.place.clone(), book(settings)?, settings.clock, affairs::MIGRATIONS, keys)?;
    office.checkpoints = settings.checkpoints.clone();
    office.purge_list = Some(settings.purge_list.clone());
    let kept = office.keep_purge_list()?;
    if kept.replayed > 0 {
        crate::output::note(&format!("这个数据库早于 {} 次清除，已按清除清单再次清除 {} 行", kept.replayed, kept.rows));
    }
    Ok(office)
}
