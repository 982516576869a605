//! A small county in a temporary folder, served for looking at: `cargo run -p web --example serve [people] [port]`.
//!
//! Accounts (password `青云`): `officer`, `hr` (人事干部 of one town), `me` (the first person on record).

use registry::account::{self, NewAccount};
use registry::Role;
use registry::{Actor, AsOf, Error, MIGRATIONS, Office};
use std::path::Path;
use std::sync::Arc;
use store::{Place, Store};
use vocabulary::{Clock, Id, day};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut asked = std::env::args().skip(1);
    let people = asked.next().map_or(Ok(300), |n| n.parse())?;
    let port: u16 = asked.next().map_or(Ok(8091), |n| n.parse())?;
    let folder = std::env::temp_dir().join(format!("zhiren-web-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let office = Arc::new(planted(&folder, people)?);
    accounts(&office)?;
    let settings = web::Settings { office_name: "青云县委组织部".into(), ..web::Settings::default() };
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        println!("http://127.0.0.1:{port}  (process {})", std::process::id());
        web::serve(listener, web::router(office, settings), std::future::pending()).await
    })?;
    Ok(())
}

fn planted(folder: &Path, people: u64) -> Result<Office, Failure> {
    let place = Place::File(folder.join("county.db"));
    let store = Store::open(place.clone())?;
    store.migrate(MIGRATIONS)?;
    let plan = county::Plan { people, ..county::Plan::on(day!(2026 - 11 - 22)) };
    store.write(|tx| county::plant(tx, &plan, &mut |_, _| {}))?;
    drop(store);
    let institutions = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../institutions");
    let book = institution::Book::from_dir(&institutions)?;
    Ok(Office::open(place, book, Clock::on(day!(2026 - 11 - 22)))?)
}

fn accounts(office: &Office) -> Result<(), Failure> {
    office.write(&Actor::program(), |desk| {
        let town = registry::organisation::named(desk, "青云镇")?.map(|unit| unit.id);
        let account = |name, shown, role, scope, person| NewAccount { name, shown, role, scope, person, password: "青云" };
        account::add(desk, account("officer", "王主任", Role::Officer, None, None))?;
        account::add(desk, account("hr", "赵干事", Role::UnitHr, town, None))?;
        account::add(desk, account("me", "本人", Role::Recorded, None, Some(Id::new(1))))?;
        Ok::<_, Error>(())
    })?;
    let people: i64 = office.read(&Actor::program(), AsOf::default(), |desk| Ok::<_, Error>(desk.one("select count(*) from persons", &[])?.int(0)))?;
    println!("{people} people");
    Ok(())
}
