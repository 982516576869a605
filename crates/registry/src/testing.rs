//! Offices for tests: the same sentence is tried on both databases. Only with the feature `testing`.
//!
//! ```text
//! for (name, office, _guard) in registry::testing::offices() { … }
//! ```

use crate::{MIGRATIONS, Office};
use institution::Book;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use store::{Migration, Place};
use vocabulary::{Clock, Day, day};

/// The day on which the offices of tests stand.
pub const TODAY: Day = day!(2026 - 11 - 22);

/// Where the PostgreSQL of tests is; the environment variable of this name says otherwise.
const SERVER: &str = "ZHIREN_TEST_POSTGRES";
const USUAL_SERVER: &str = "postgres://postgres@127.0.0.1:5432";

/// Takes its office's database away when it is dropped: its own file or database, by name.
pub struct Guard(Kept);

enum Kept {
    Folder(PathBuf),
    Database { server: String, name: String },
}

impl Guard {
    /// A folder of this office's own, for files of the test; gone with the guard.
    pub fn folder(&self) -> PathBuf {
        let folder = match &self.0 {
            Kept::Folder(folder) => folder.join("files"),
            Kept::Database { name, .. } => std::env::temp_dir().join(name),
        };
        std::fs::create_dir_all(&folder).expect("a folder for test files");
        folder
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        match &self.0 {
            Kept::Folder(folder) => {
                std::fs::remove_dir_all(folder).ok();
            }
            Kept::Database { server, name } => {
                std::fs::remove_dir_all(std::env::temp_dir().join(name)).ok();
                // `force`, because a test drops its guard before its office.
                if let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls) {
                    client.batch_execute(&format!("drop database if exists {name} with (force)")).ok();
                }
            }
        }
    }
}

/// An empty office on SQLite and one on PostgreSQL, standing on [`TODAY`].
pub fn offices() -> Vec<(&'static str, Office, Guard)> {
    offices_with(MIGRATIONS, Clock::on(TODAY))
}

/// The same with the migrations of further rooms, on a day of one's own.
pub fn offices_with(migrations: &[Migration], clock: Clock) -> Vec<(&'static str, Office, Guard)> {
    let mut offices = vec![sqlite(migrations, clock)];
    offices.extend(postgresql(migrations, clock));
    offices
}

/// Only the embedded database: for tests whose sentence has nothing to do with the dialect.
pub fn sqlite(migrations: &[Migration], clock: Clock) -> (&'static str, Office, Guard) {
    let (place, guard) = sqlite_place();
    let office = Office::open_with(place, book(), clock, migrations).expect("an office on SQLite");
    ("SQLite", office, guard)
}

fn postgresql(migrations: &[Migration], clock: Clock) -> Option<(&'static str, Office, Guard)> {
    let (place, guard) = postgresql_place()?;
    let office = Office::open_with(place, book(), clock, migrations).expect("an office on PostgreSQL");
    Some(("PostgreSQL", office, guard))
}

/// Databases with nothing in them, one of each kind: where a backup may go.
pub fn places() -> Vec<(&'static str, Place, Guard)> {
    let (place, guard) = sqlite_place();
    let mut places = vec![("SQLite", place, guard)];
    places.extend(postgresql_place().map(|(place, guard)| ("PostgreSQL", place, guard)));
    places
}

pub fn sqlite_place() -> (Place, Guard) {
    let folder = std::env::temp_dir().join(unique());
    (Place::File(folder.join("zhiren.db")), Guard(Kept::Folder(folder)))
}

/// None (and a line that says so) where no server answers; a server that was named must answer.
pub fn postgresql_place() -> Option<(Place, Guard)> {
    let (client, server) = server()?;
    Some(database(client, server, "template template0 lc_collate 'C' lc_ctype 'C.UTF-8' encoding 'UTF8'"))
}

/// A database of its own that holds what stands at `place`, where nobody may be at work.
pub fn copy_of(place: &Place) -> (Place, Guard) {
    match place {
        Place::File(file) => {
            let (copy, guard) = sqlite_place();
            let (Place::File(to), Kept::Folder(folder)) = (&copy, &guard.0) else { unreachable!("a place of SQLite is a file in a folder") };
            std::fs::create_dir_all(folder).expect("a folder for the copy");
            std::fs::copy(file, to).expect("a copy of the database");
            (copy, guard)
        }
        Place::Postgres(url) => {
            let (client, server) = server().expect("the server that holds the original");
            let name = url.rsplit('/').next().expect("a database's name ends its address");
            database(client, server, &format!("template {name}"))
        }
    }
}

fn server() -> Option<(postgres::Client, String)> {
    let named = std::env::var(SERVER).ok();
    let server = named.clone().unwrap_or_else(|| USUAL_SERVER.to_owned());
    match postgres::Client::connect(&server, postgres::NoTls) {
        Ok(client) => Some((client, server)),
        Err(error) if named.is_none() => {
            eprintln!("没有 PostgreSQL 可用，这条测试只在 SQLite 上做：{error}");
            None
        }
        Err(error) => panic!("{SERVER}={server}: {error}"),
    }
}

fn database(mut client: postgres::Client, server: String, from: &str) -> (Place, Guard) {
    let name = unique();
    client.batch_execute(&format!("create database {name} {from}")).expect("a database of this test's own");
    (Place::Postgres(format!("{server}/{name}")), Guard(Kept::Database { server, name }))
}

/// The institutions as they stand in this checkout.
pub fn book() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions");
    Book::from_dir(&folder).unwrap_or_else(|faults| panic!("{faults}"))
}

fn unique() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("zhiren_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
