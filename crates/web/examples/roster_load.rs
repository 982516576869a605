//! 花名册测速: plants people, asks for the filtered roster over loopback, prints p95, pages a second and bytes. Stops itself.
//!
//! `cargo run --release -p web --example roster_load -- [people] [seconds]`; the folder is named by `ZHIREN_DATA` and is
//! kept when it is, so that a large county is planted once.

use registry::account::{self, NewAccount};
use registry::Role;
use registry::{Actor, Office};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Place;
use vocabulary::{Clock, day};

const CLIENTS: usize = 8;
/// The filtered roster (women below 37 with a degree), and further pages of the whole.
const PAGES: [&str; 4] = [
    "/ledgers/roster?q=%E5%A5%B3%2036%E5%B2%81%E4%BB%A5%E4%B8%8B%20%E5%A4%A7%E5%AD%A6%E4%BB%A5%E4%B8%8A",
    "/ledgers/roster",
    "/ledgers/roster?from=5000",
    "/ledgers/roster?q=%E4%B9%A1%E9%95%87%20%E5%85%9A%E5%A4%96",
];

type Failed = Box<dyn std::error::Error + Send + Sync>;

fn main() -> Result<(), Failed> {
    let mut words = std::env::args().skip(1);
    let people: u64 = words.next().map_or(Ok(100_000), |n| n.parse())?;
    let seconds: u64 = words.next().map_or(Ok(10), |n| n.parse())?;
    let kept = std::env::var_os("ZHIREN_DATA").map(PathBuf::from);
    let folder = kept.clone().unwrap_or_else(|| std::env::temp_dir().join(format!("zhiren_load_{}", std::process::id())));
    let book = institution::Book::from_dir(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../institutions")))?;
    let clock = Clock::on(day!(2026 - 11 - 22));
    let office = Office::open(Place::File(folder.join("zhiren.db")), book, clock)?;
    plant(&office, people)?;
    let token = enter(&office)?;
    let office = Arc::new(office);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let router = web::router(office, web::Settings::default());
    let server = runtime.spawn(web::serve(listener, router, async {
        stopped.await.ok();
    }));
    measure(address, &token, Duration::from_secs(seconds))?;
    guarded(address, &token)?;
    stop.send(()).ok();
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(5), server).await }).ok();
    if kept.is_none() {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

fn plant(office: &Office, people: u64) -> Result<(), Failed> {
    let there = office.store.read(|tx| Ok::<_, store::Error>(tx.one("select count(*) from persons", &[])?.int(0)))?;
    if there > 0 {
        return Ok(());
    }
    let begun = Instant::now();
    let (day, moment) = (office.today(), office.clock.now());
    let plan = county::Plan { people, seed: 1, day, moment, strokes: registry::spelling::strokes };
    office.store.write(|tx| county::plant(tx, &plan, &mut |_, _| {}))?;
    office.store.write(|tx| registry::facts::standing::rebuild(tx, &office.book.dictionary, day))?;
    println!("种 {people} 人用时 {:.1} 秒", begun.elapsed().as_secs_f64());
    Ok(())
}

fn enter(office: &Office) -> Result<String, Failed> {
    let program = Actor::program();
    let name = format!("load-{}", office.clock.now().0 + i64::from(std::process::id()));
    let new = NewAccount { name: &name, shown: "测速", role: Role::Officer, scope: None, person: None, password: "only-for-measuring" };
    let id = office.write(&program, |desk| account::add(desk, new))?;
    Ok(office.write(&program, |desk| account::open_session(desk, id))?)
}

/// One connection that stays open, as a browser keeps it.
struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    fn to(address: SocketAddr, token: &str) -> Result<Client, Failed> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client { stream: BufReader::new(stream), token: token.to_owned() })
    }

    /// Bytes of the page; anything but 200 is a failure.
    fn get(&mut self, path: &str) -> Result<usize, Failed> {
        let ask = format!("GET {path} HTTP/1.1\r\nhost: zhiren\r\ncookie: zhiren={}\r\n\r\n", self.token);
        self.answer(path, &ask, " 200 ")
    }
    fn post(&mut self, path: &str, form: &str) -> Result<usize, Failed> {
        let head = "content-type: application/x-www-form-urlencoded";
        let ask = format!("POST {path} HTTP/1.1\r\nhost: zhiren\r\ncookie: zhiren={}\r\n{head}\r\ncontent-length: {}\r\n\r\n{form}", self.token, form.len());
        self.answer(path, &ask, " 303 ")
    }
    fn answer(&mut self, path: &str, ask: &str, expected: &str) -> Result<usize, Failed> {
        self.stream.get_mut().write_all(ask.as_bytes())?;
        let mut status = String::new();
        self.stream.read_line(&mut status)?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            if line.trim().is_empty() {
                break;
            }
            if let Some(n) = line.to_lowercase().strip_prefix("content-length:") {
                length = n.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        if !status.contains(expected) {
            return Err(format!("{path}: {status}{}", String::from_utf8_lossy(&body)).into());
        }
        Ok(length)
    }
}

/// The usual columns of the roster, and after them one that is protected or one that is not.
const COLUMNS: &str = "/ledgers/roster?columns=name,sex,ethnicity,native_place,born,joined_work,party.text,post,post.since,level,level.since,rank,";

/// What journal, policy and sealing add to a page: the same roster in turns with a plain column more, and with a sealed one,
/// whose every look is an entry of the journal, written before the page is shown.
fn guarded(address: SocketAddr, token: &str) -> Result<(), Failed> {
    let mut client = Client::to(address, token)?;
    let csrf = web::ctx::Asked { secret: token.to_owned(), ..Default::default() }.csrf();
    client.post("/ledgers/roster/purpose", &format!("csrf={csrf}&purpose=appointment"))?;
    let (mut plain, mut sealed) = (Vec::new(), Vec::new());
    for round in 0..220 {
        for (column, all) in [("age", &mut plain), ("id_number", &mut sealed)] {
            let begun = Instant::now();
            client.get(&format!("{COLUMNS}{column}"))?;
            if round >= 20 {
                all.push(begun.elapsed());
            }
        }
    }
    for (says, all) in [("不受保护的一栏", &mut plain), ("身份证号一栏（启封、写日志）", &mut sealed)] {
        all.sort();
        println!("花名册加{says}：中位 {:.2?}，p95 {:.2?}", all[100], all[190]);
    }
    let ask = policy::Ask::plain(Role::Officer, policy::action("ledger.see"), policy::Class::S2);
    let begun = Instant::now();
    for _ in 0..1_000_000 {
        std::hint::black_box(policy::decide(std::hint::black_box(&ask)));
    }
    println!("一次权限判断 {:.0} 纳秒", begun.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

fn measure(address: SocketAddr, token: &str, time: Duration) -> Result<(), Failed> {
    let mut client = Client::to(address, token)?;
    for path in PAGES {
        let mut each = Vec::new();
        let mut bytes = 0;
        let first = Instant::now();
        client.get(path)?;
        let first = first.elapsed();
        for _ in 0..60 {
            let begun = Instant::now();
            bytes = client.get(path)?;
            each.push(begun.elapsed());
        }
        each.sort();
        println!("{path}\n  初次 {first:.1?}，再次中位 {:.1?}，p95 {:.1?}，{} kB", each[30], each[56], bytes / 1000);
    }
    let until = Instant::now() + time;
    let workers: Vec<_> = (0..CLIENTS)
        .map(|n| {
            let token = token.to_owned();
            std::thread::spawn(move || -> Result<Vec<Duration>, Failed> {
                let mut client = Client::to(address, &token)?;
                let mut each = Vec::new();
                for path in PAGES.iter().cycle().skip(n) {
                    let begun = Instant::now();
                    if begun >= until {
                        break;
                    }
                    client.get(path)?;
                    each.push(begun.elapsed());
                }
                Ok(each)
            })
        })
        .collect();
    let mut all = Vec::new();
    for worker in workers {
        all.extend(worker.join().map_err(|_| "a client fell over")??);
    }
    all.sort();
    let pages = all.len() as f64 / time.as_secs_f64();
    println!("{CLIENTS} 个客户：每秒 {pages:.0} 页，中位 {:.1?}，p95 {:.1?}", all[all.len() / 2], all[all.len() * 95 / 100]);
    Ok(())
}
