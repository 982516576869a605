//! 票箱: T-45 (nobody meddles unseen), T-47 (nobody is linked to a paper), T-48 (nothing follows from what is published).
//! The long tier (`ZHIREN_TORTURE=1`) takes the numbers of the safety plan.

use affairs::ballot::{self, Asked, Ballot, Found, GroupTotals, Item, Opening, Roll, Shown, Totals, published};
use affairs::Error;
use rand::{Rng, RngExt, SeedableRng};
use registry::testing::{Guard, offices};
use registry::{Account, Actor, AsOf, Desk, Office, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vocabulary::{Id, Outcome};

fn long(usual: usize, torture: usize) -> usize {
    std::env::var("ZHIREN_TORTURE").map_or(usual, |_| torture)
}

/// `n` accounts that can vote; their password opens nothing.
fn voters(office: &Office, n: usize) -> Vec<Id<Account>> {
    office
        .write(&Actor::program(), |desk| {
            let entry = desk.record(registry::desk::Happened { act: "test", subject: "test", number: None, says: "开户".into() })?;
            (0..n)
                .map(|i| {
                    let columns = ["name", "shown", "role", "password", "entered"];
                    let values = [format!("v{i}").into(), format!("参加人{i}").into(), "leader".into(), "x".into(), entry.into()];
                    desk.insert("accounts", &columns, &values).map(Id::new)
                })
                .collect::<Result<Vec<_>, registry::Error>>()
        })
        .unwrap()
}

fn actor(account: Id<Account>) -> Actor {
    Actor { account: Some(account), shown: "参加人".into(), role: Role::Leader, ..Actor::program() }
}

fn opened(office: &Office, kind: &str, items: &[&str], voters: &[Id<Account>], groups: usize) -> Id<Ballot> {
    let opening = Opening {
        institution: "selection".into(),
        kind: kind.into(),
        title: "青云镇领导班子年度测评".into(),
        items: items.iter().map(|i| Asked { label: (*i).to_owned(), ..Asked::default() }).collect(),
        voters: voters.iter().enumerate().map(|(at, v)| Roll { account: *v, group: format!("第{}组", at % groups), without: vec![] }).collect(),
        procedure: None,
    };
    match office.write(&Actor::program(), |desk| ballot::open(desk, &opening)).unwrap() {
        Outcome::Done(id) => id,
        Outcome::Refused(why) => panic!("{why:?}"),
    }
}

fn cast(office: &Office, id: Id<Ballot>, voter: Id<Account>, answers: &[usize], comment: &str) -> Outcome<String> {
    let answers: Vec<Option<usize>> = answers.iter().map(|a| Some(*a)).collect();
    office.write(&actor(voter), |desk| ballot::cast(desk, id, &answers, comment)).unwrap()
}

/// Casts, and it is taken.
fn put(office: &Office, id: Id<Ballot>, voter: Id<Account>, answers: &[usize], comment: &str) {
    assert_eq!(rule_of(cast(office, id, voter, answers, comment)), "done");
}

fn close(office: &Office, id: Id<Ballot>) -> Outcome<()> {
    office.write(&Actor::program(), |desk| ballot::close(desk, id)).unwrap()
}

fn rule_of<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Outcome::Done(_) => "done".into(),
        Outcome::Refused(why) => why.iter().next().unwrap().rule.to_string(),
    }
}

fn look<T>(office: &Office, work: impl FnOnce(&registry::Desk) -> Result<T, Error>) -> T {
    office.read(&Actor::program(), AsOf::default(), work).unwrap()
}

#[test]
fn a_vote_from_the_opening_to_the_published_result() {
    for (name, office, _guard) in offices() {
        let all = voters(&office, 12);
        let id = opened(&office, "assessment", &["冯建平", "罗晓梅"], &all, 1);
        let answers = [[0, 1], [1, 1], [2, 0], [0, 2], [1, 3], [2, 0], [3, 1], [0, 2], [1, 0], [2, 2], [3, 3], [3, 3]];
        let mut receipts = BTreeSet::new();
        for (voter, answers) in all.iter().zip(answers) {
            let Outcome::Done(receipt) = cast(&office, id, *voter, &answers, "意见") else { panic!("{name}") };
            receipts.insert(receipt);
        }
        // The last one thinks again; only that counts, and the first receipt is worth nothing.
        let Outcome::Done(last) = cast(&office, id, all[11], &[0, 0], "改了主意") else { panic!("{name}") };
        assert!(look(&office, |desk| ballot::publish(desk, id)).is_none(), "{name}: nothing before the close");
        assert_eq!(rule_of(close(&office, id)), "done", "{name}");
        let result = look(&office, |desk| ballot::publish(desk, id)).unwrap();
        assert_eq!(result.valid, Some(12), "{name}");
        assert_eq!(result.items[0].shown, Shown::Counts(vec![4, 3, 3, 2]), "{name}");
        assert_eq!(result.items[1].shown, Shown::Counts(vec![4, 3, 3, 2]), "{name}");
        assert_eq!(result.comments.len(), 12, "{name}");
        assert_eq!(look(&office, |desk| ballot::check(desk, id)), Vec::<String>::new(), "{name}");
        let detail = office.store.read(|tx| tx.one("select detail from journal where act = 'ballot.commit'", &[])).unwrap().text(0).to_owned();
        assert!(detail.contains(&last), "{name}: the receipt is in the list");
        assert_eq!(receipts.iter().filter(|r| detail.contains(r.as_str())).count(), 11, "{name}: all but the one that was taken back");
        let key = office.store.read(|tx| tx.one("select tally_key from ballots", &[])).unwrap();
        assert_eq!(key.opt_text(0), None, "{name}: the key is destroyed");
        let reason = office.store.read(|tx| tx.one("select reason from checkpoints order by id desc limit 1", &[])).unwrap();
        assert_eq!(reason.text(0), "表决结束", "{name}");
        assert!(office.verify(&[]).unwrap().whole(), "{name}");
        assert_eq!(rule_of(cast(&office, id, all[0], &[0, 0], "")), "ballot-closed", "{name}");
        assert_eq!(rule_of(close(&office, id)), "ballot-closed", "{name}");
    }
}

#[test]
fn who_may_not_and_what_is_not_whole_is_refused_with_its_article() {
    let (_, office, _guard) = offices().remove(0);
    let all = voters(&office, 6);
    let few = Opening { institution: "selection".into(), kind: "assessment".into(), title: "x".into(), items: vec![Asked { label: "甲".into(), ..Asked::default() }], voters: vec![Roll { account: all[0], group: String::new(), without: vec![] }], procedure: None };
    assert_eq!(rule_of(office.write(&Actor::program(), |desk| ballot::open(desk, &few)).unwrap()), "ballot-voters");
    let id = opened(&office, "assessment", &["甲", "乙"], &all[..5], 1);
    assert_eq!(rule_of(cast(&office, id, all[5], &[0, 0], "")), "ballot-not-on-roll");
    assert_eq!(rule_of(cast(&office, id, all[0], &[0], "")), "ballot-incomplete");
    assert_eq!(rule_of(cast(&office, id, all[0], &[0, 4], "")), "ballot-incomplete");
    match cast(&office, id, all[5], &[0, 0], "") {
        Outcome::Refused(why) => assert!(why.iter().next().unwrap().citation.document.contains("条例")),
        Outcome::Done(_) => panic!(),
    }
    let statutory = opened(&office, "decision", &["任免方案"], &all[..3], 1);
    for (voter, answer) in all[..3].iter().zip([0, 0, 1]) {
        put(&office, statutory, *voter, &[answer], "");
    }
    assert_eq!(rule_of(close(&office, statutory)), "done");
    let result = look(&office, |desk| ballot::publish(desk, statutory)).unwrap();
    assert_eq!(result.items[0].shown, Shown::Counts(vec![2, 1, 0]), "a vote whose rules ask for the counts has them, however few");
}

#[test]
fn two_hundred_at_once_are_one_paper_and_a_close_loses_none() {
    for (name, office, _guard) in offices() {
        let all = voters(&office, 8);
        let office = Arc::new(office);
        let id = opened(&office, "assessment", &["甲"], &all, 1);
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let (office, voter) = (office.clone(), all[0]);
                std::thread::spawn(move || (0..long(8, 25)).for_each(|n| assert_eq!(rule_of(cast(&office, id, voter, &[n % 4], "")), "done")))
            })
            .collect();
        threads.into_iter().for_each(|t| t.join().unwrap());
        let counted = office.store.read(|tx| tx.one("select (select count(*) from ballot_papers where sealed <> ''), (select count(*) from ballot_roll where voted is not null), (select count(*) from journal where act = 'ballot.cast')", &[])).unwrap();
        let sent = 8 * long(8, 25) as i64;
        assert_eq!([counted.int(0), counted.int(1), counted.int(2)], [1, 1, sent], "{name}: one paper, one mark, and an entry for each that came");
        for round in 0..long(4, 100) {
            let id = opened(&office, "decision", &["甲"], &all, 1);
            let casting: Vec<_> = all
                .iter()
                .map(|voter| {
                    let (office, voter) = (office.clone(), *voter);
                    std::thread::spawn(move || rule_of(cast(&office, id, voter, &[0], "")) == "done")
                })
                .collect();
            assert_eq!(rule_of(close(&office, id)), "done", "{name} {round}");
            let taken = casting.into_iter().filter(|_| true).map(|t| t.join().unwrap()).filter(|done| *done).count() as i64;
            let result = look(&office, |desk| ballot::publish(desk, id)).unwrap();
            assert_eq!(result.valid, Some(taken), "{name} {round}: counted or refused, never both and never neither");
        }
    }
}

/// Ways to meddle; those from the first [`WHILE_OPEN`] on need a closed box.
const WAYS: usize = 15;
const WHILE_OPEN: usize = 13;

/// One meddling by raw SQL, of kind `way`. `earlier`: papers that were replaced, by place. `false`: the draw changed nothing.
fn meddle(tx: &mut store::Tx, rng: &mut impl Rng, id: Id<Ballot>, way: usize, earlier: &BTreeMap<String, String>) -> bool {
    let n = id.number();
    let rows = tx.rows(&format!("select place, sealed from ballot_papers where ballot = {n} and sealed <> '' order by place"), &[]).unwrap();
    let mut one = || rows[rng.random_range(0..rows.len())].text(0).to_owned();
    let (full, other, count) = (one(), one(), rows.len());
    let run = |tx: &mut store::Tx, sql: &str| tx.execute(sql, &[]).unwrap() > 0;
    let at = rng.random_range(0..200);
    match way {
        // One letter of the paper.
        0 => run(tx, &format!("update ballot_papers set sealed = substr(sealed, 1, {at}) || case substr(sealed, {at} + 1, 1) when 'A' then 'B' else 'A' end || substr(sealed, {at} + 2) where place = '{full}'")),
        1 => run(tx, &format!("update ballot_papers set sealed = '' where place = '{full}'")),
        2 => run(tx, &format!("delete from ballot_papers where place = '{full}'")),
        3 if full != other => run(tx, &format!("update ballot_papers set sealed = (select o.sealed from ballot_papers o where o.place = '{other}') where place = '{full}'")),
        4 => run(tx, &format!("insert into ballot_papers (place, ballot, sealed, entered) select '{:064x}', ballot, sealed, entered from ballot_papers where place = '{full}'", count)),
        5 => run(tx, &format!("update ballot_roll set voted = null where id = (select min(id) from ballot_roll where ballot = {n} and voted is not null)")),
        6 => run(tx, &format!("delete from ballot_roll where id = (select min(id) from ballot_roll where ballot = {n} and voted is not null)")),
        // Paper and mark both away: as if nobody had come.
        7 => {
            run(tx, &format!("update ballot_papers set sealed = '' where place = '{full}'"))
                && run(tx, &format!("update ballot_roll set voted = null where id = (select max(id) from ballot_roll where ballot = {n} and voted is not null)"))
        }
        // The paper that somebody put in before thinking again: sealed by the right key, for the right place.
        8 => {
            let place = earlier.keys().nth(rng.random_range(0..earlier.len())).unwrap();
            run(tx, &format!("update ballot_papers set sealed = '{}' where place = '{place}'", earlier[place]))
        }
        // What was voted on, and under which rule.
        9 => run(tx, &format!("update ballot_items set label = '乙{at}' where ballot = {n}")),
        10 => run(tx, &format!("update ballot_roll set voters = '第{at}组，另' where ballot = {n} and id = (select max(id) from ballot_roll where ballot = {n})")),
        11 => run(tx, &format!("update ballots set rule = replace(rule, 'guarded', 'statutory') where id = {n}")),
        // Two papers change places.
        12 if full != other => {
            let sealed = |place: &str| rows.iter().find(|r| r.text(0) == place).unwrap().text(1).to_owned();
            run(tx, &format!("update ballot_papers set sealed = '{}' where place = '{other}'", sealed(&full)))
                && run(tx, &format!("update ballot_papers set sealed = '{}' where place = '{full}'", sealed(&other)))
        }
        13 => {
            let seven = format!(r#"{{"valid":7,"groups":[{{"name":"第0组","counts":[[7,0,0,{at}]]}}],"comments":[]}}"#);
            let result = tx.closed("ballots", "result", seven);
            tx.execute(&format!("update ballots set result = $1 where id = {n}"), &[result]).unwrap() > 0
        }
        14 => run(tx, &format!("update ballots set closed = closed - 1 where id = {n}")),
        _ => false,
    }
}

/// T-45: 1,000 of 1,000. While a box is open whoever closes it finds out, and so does whoever checks; afterwards the check.
#[test]
fn every_meddling_with_a_box_is_found() {
    for (name, office, _guard) in offices() {
        let all = voters(&office, 8);
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(45);
        for closed in [false, true] {
            let id = opened(&office, "assessment", &["甲"], &all, 1);
            let papers = |office: &Office| -> BTreeMap<String, String> {
                let rows = office.store.read(|tx| tx.rows(&format!("select place, sealed from ballot_papers where ballot = {} and sealed <> ''", id.number()), &[])).unwrap();
                rows.iter().map(|r| (r.text(0).to_owned(), r.text(1).to_owned())).collect()
            };
            for voter in &all[..7] {
                put(&office, id, *voter, &[rng.random_range(0..4)], "");
            }
            let before = papers(&office);
            for voter in &all[..3] {
                put(&office, id, *voter, &[rng.random_range(0..4)], "");
            }
            let now = papers(&office);
            let earlier: BTreeMap<String, String> = before.into_iter().filter(|(place, sealed)| now[place] != *sealed).collect();
            assert_eq!(earlier.len(), 3);
            assert_eq!(look(&office, ballot::check_all), [], "{name}: whole as it lies");
            if closed {
                assert_eq!(rule_of(close(&office, id)), "done");
            }
            let ways = if closed { WAYS } else { WHILE_OPEN };
            let mut found = 0;
            while found < long(ways * 4, 500) {
                let undone = office.write(&Actor::program(), |desk| {
                    if !meddle(desk.tx(), &mut rng, id, found % ways, &earlier) {
                        return Err(Error::Wrong("nothing changed".into()));
                    }
                    let checked = !ballot::check(desk, id)?.is_empty();
                    let seen = if closed { checked } else { checked || rule_of(ballot::close(desk, id)?) != "done" };
                    Err::<(), _>(Error::Wrong(if seen { "found" } else { "NOT FOUND" }.into()))
                });
                match undone.unwrap_err().to_string().as_str() {
                    "found" => found += 1,
                    "nothing changed" => {}
                    other => panic!("{name}, closed {closed}, way {}: {other}", found % ways),
                }
            }
            assert_eq!(look(&office, |desk| ballot::check(desk, id)), Vec::<String>::new(), "{name}: nothing of it remained");
        }
        // A whole box that is taken away leaves its opening in the journal.
        let gone = office.write(&Actor::program(), |desk| {
            for table in ["ballot_papers", "ballot_items", "ballot_roll"] {
                desk.tx().batch(&format!("delete from {table} where ballot = 2"))?;
            }
            desk.tx().batch("delete from ballots where id = 2")?;
            Err::<(), _>(Error::Wrong(format!("{}", ballot::check_all(desk)?.len())))
        });
        assert_eq!(gone.unwrap_err().to_string(), "1", "{name}");
    }
}

/// All that lies in the database about ballots from number `from` on, as somebody with the disk reads it.
fn snapshot(office: &Office, from: Id<Ballot>) -> Vec<String> {
    let mut all = Vec::new();
    let journal = format!("select * from journal where subject = 'ballot' and id >= (select entered from ballots where id = {from})");
    let of = |table: &str| format!("select * from {table} where ballot >= {from}");
    for sql in [format!("select * from ballots where id >= {from}"), of("ballot_roll"), of("ballot_papers"), journal] {
        let look = |tx: &mut store::Tx| {
            tx.each_as_kept(&sql, &[], |row| {
                all.push(format!("{row:?}"));
                Ok::<(), store::Error>(())
            })
        };
        office.store.read(look).unwrap();
    }
    all
}

#[test]
fn nobody_is_linked_to_what_they_wrote() {
    let (_, office, _guard): (_, _, Guard) = offices().remove(0);
    let n = 10;
    let all = voters(&office, n);
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(47);
    let elections = long(40, 2_000);
    let (mut by_order, mut by_place) = (0usize, 0usize);
    for _ in 0..elections {
        let id = opened(&office, "assessment", &["甲"], &all, 1);
        let mut order: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            order.swap(at, rng.random_range(0..=at));
        }
        // The attacker has the database after each cast, so he knows whose place is whose and who came when.
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for voter in &order {
            let papers = |office: &Office| office.store.read(|tx| tx.rows("select place, sealed from ballot_papers where ballot = $1", &[id.number().into()])).unwrap();
            let before: BTreeMap<String, String> = papers(&office).iter().map(|r| (r.text(0).into(), r.text(1).into())).collect();
            put(&office, id, all[*voter], &[rng.random_range(0..4)], &format!("写的人是{voter}"));
            for row in papers(&office) {
                if before.get(row.text(0)).map(String::as_str) != Some(row.text(1)) {
                    places.insert(row.text(0).into(), *voter);
                }
            }
        }
        assert_eq!(places.len(), n);
        let shot = snapshot(&office, id).join("\n");
        assert!(!shot.contains("写的人是"), "no paper can be read while the box is closed");
        assert_eq!(rule_of(close(&office, id)), "done");
        let comments = look(&office, |desk| ballot::publish(desk, id)).unwrap().comments;
        let says = |at: usize, who: usize| comments[at] == format!("写的人是{who}");
        by_order += order.iter().enumerate().filter(|(at, who)| says(*at, **who)).count();
        by_place += places.values().enumerate().filter(|(at, who)| says(*at, **who)).count();
        assert!(!snapshot(&office, id).join("\n").contains("写的人是"), "nor afterwards");
    }
    assert!(!snapshot(&office, Id::new(1)).join("\n").contains("写的人是"), "of none of them");
    let guesses = (elections * n) as f64;
    let most = guesses / n as f64 + 3.0 * (guesses * 0.1 * 0.9).sqrt();
    println!("{elections} elections: by order {by_order}, by place {by_place} of {guesses} guesses, chance {}, most {most:.0}", guesses / n as f64);
    assert!((by_order as f64) <= most && (by_place as f64) <= most, "by order {by_order}, by place {by_place} of {guesses}, most {most}");
}

#[test]
fn while_it_is_open_two_worlds_look_the_same() {
    let mut seen = Vec::new();
    for answer in [0usize, 3] {
        let (_, office, _guard) = offices().remove(0);
        let all = voters(&office, 6);
        let id = opened(&office, "assessment", &["甲"], &all, 2);
        for voter in &all[..5] {
            put(&office, id, *voter, &[answer], if answer == 0 { "好" } else { "很长很长的一段意见" });
        }
        let found = look(&office, |desk| ballot::find(desk, id));
        let lengths: Vec<usize> = office.store.read(|tx| tx.rows("select sealed from ballot_papers where sealed <> ''", &[])).unwrap().iter().map(|r| r.text(0).len()).collect();
        seen.push((serde_json::to_string(&found).unwrap(), lengths));
    }
    assert_eq!(seen[0], seen[1]);
}

/// Every way in which a text may lie in a file.
fn forms(text: &str) -> Vec<Vec<u8>> {
    use base64::Engine;
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let mut all = vec![
        text.as_bytes().to_vec(),
        vault::hex(text.as_bytes()).into_bytes(),
        utf16.iter().flat_map(|u| u.to_le_bytes()).collect(),
        utf16.iter().flat_map(|u| u.to_be_bytes()).collect(),
    ];
    // Base64 looks different at each of three offsets; what the neighbours touch is left off.
    for offset in 0..3 {
        let padded = [vec![b' '; offset], text.as_bytes().to_vec()].concat();
        let encoded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(padded);
        let inner = encoded.as_bytes();
        all.push(inner[offset.div_ceil(3) * 4..inner.len() - 4].to_vec());
    }
    all
}

fn lies(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

/// A26: after a second vote nothing of the first is in the file, its log or a backup, in whatever form; nor its seal. After
/// the close neither is the key.
#[test]
fn what_was_taken_back_is_nowhere() {
    let (_, office, _guard) = offices().remove(0);
    let store::Place::File(path) = office.store.place().clone() else { panic!("SQLite comes first") };
    let all = voters(&office, 6);
    let id = opened(&office, "assessment", &["甲"], &all, 1);
    let canary = "受人指使写下的意见QX7731ZK";
    put(&office, id, all[0], &[3], canary);
    let first = office.store.read(|tx| tx.one("select sealed from ballot_papers where sealed <> ''", &[])).unwrap().text(0).to_owned();
    let key = as_kept(&office, "select tally_key from ballots").remove(0);
    // The search finds what is there.
    let files = |office: &Office| -> Vec<Vec<u8>> {
        let backup = path.with_extension("backup");
        let _ = std::fs::remove_file(&backup);
        registry::lasting::backup(office, "青云县", &backup, None, &mut |_| {}).unwrap();
        let beside = ["", "-wal", "-shm"].map(|end| std::path::PathBuf::from(format!("{}{end}", path.display())));
        beside.iter().chain([&backup]).filter_map(|p| std::fs::read(p).ok()).collect()
    };
    assert!(files(&office).iter().any(|f| lies(f, &first.as_bytes()[..200])) && files(&office).iter().any(|f| lies(f, key.as_bytes())));
    put(&office, id, all[0], &[0], "自己的意见");
    for voter in &all[1..] {
        put(&office, id, *voter, &[1], "");
    }
    for file in files(&office) {
        assert!(!lies(&file, &first.as_bytes()[..200]), "the first paper is gone, sealed as it was");
        assert!(forms(canary).iter().chain(&forms("自己的意见")).all(|form| !lies(&file, form)));
    }
    assert_eq!(rule_of(close(&office, id)), "done");
    for file in files(&office) {
        assert!(!lies(&file, key.as_bytes()), "the key is gone");
        assert!(forms(canary).iter().all(|form| !lies(&file, form)));
    }
}

/// The first column as the database keeps it, sealed.
fn as_kept(office: &Office, sql: &str) -> Vec<String> {
    let mut out = Vec::new();
    let take = |row: store::Row| {
        out.push(row.text(0).to_owned());
        Ok::<(), store::Error>(())
    };
    office.store.read(|tx| tx.each_as_kept(sql, &[], take)).unwrap();
    out
}

/// A row that moves when its neighbour grows leaves a copy in the unused middle of its old page, which nobody zeroes: no
/// key of a closed box and no paper that was taken back outlives its row there.
#[test]
fn no_row_that_moved_leaves_a_key_or_a_paper_behind() {
    let (_, office, _guard) = offices().remove(0);
    let store::Place::File(path) = office.store.place().clone() else { panic!("SQLite comes first") };
    let all = voters(&office, 6);
    let mut dice = rand_chacha::ChaCha8Rng::seed_from_u64(39);
    let mut open: Vec<Id<Ballot>> = (0..long(24, 200)).map(|_| opened(&office, "assessment", &["甲", "乙"], &all, 1)).collect();
    let mut gone = as_kept(&office, "select tally_key from ballots");
    let whole = || -> String {
        let beside = ["", "-wal"].map(|end| std::path::PathBuf::from(format!("{}{end}", path.display())));
        beside.iter().filter_map(|p| std::fs::read(p).ok()).map(|b| String::from_utf8_lossy(&b).into_owned()).collect()
    };
    assert!(gone.len() == open.len() && gone.iter().all(|key| whole().contains(key)), "the search finds what is there");
    while !open.is_empty() {
        let id = open.swap_remove(dice.random_range(0..open.len()));
        put(&office, id, all[0], &[0, 1], "先写的");
        put(&office, id, all[1], &[1, 1], "");
        gone.extend(as_kept(&office, &format!("select sealed from ballot_papers where ballot = {} and sealed <> ''", id.number())));
        put(&office, id, all[0], &[2, 1], "后写的");
        put(&office, id, all[1], &[2, 2], "");
        assert_eq!(rule_of(close(&office, id)), "done");
    }
    let whole = whole();
    let left = gone.iter().filter(|text| whole.contains(&text[..80.min(text.len())])).count();
    assert_eq!(left, 0, "of {} keys and papers", gone.len());
}

/// A server keeps what was overwritten in its tables until it recycles them: after the close they hold no key and no paper
/// that was replaced, and neither do its statistics.
#[test]
fn a_server_keeps_no_overwritten_paper_and_no_key_in_its_tables() {
    let server = |office: &Office| matches!(office.store.place(), store::Place::Postgres(_));
    let Some((_, office, _guard)) = offices().into_iter().find(|(_, office, _)| server(office)) else { return };
    let all = voters(&office, 6);
    let lies = |text: &str| {
        let part = &text[..80.min(text.len())];
        office.store.write(|tx| tx.execute("checkpoint", &[])).unwrap();
        let sql = "with ours as materialized (select oid, relname::text as name from pg_class where relname in ('ballots', 'ballot_papers', 'pg_statistic') or oid in (select reltoastrelid from pg_class where relname in ('ballots', 'ballot_papers'))) select name from ours where position(convert_to($1, 'UTF8') in pg_read_binary_file(pg_relation_filepath(oid))) > 0";
        let found: Vec<String> = office.store.read(|tx| tx.rows(sql, &[part.into()])).unwrap().iter().map(|r| r.text(0).to_owned()).collect();
        found
    };
    // A rewrite keeps what any connection may still see, one that is just being opened to another database too: it is done
    // again with the next write, and the next close takes what both left.
    let clean = (0..20).any(|_| {
        let id = opened(&office, "assessment", &["甲"], &all, 1);
        let key = as_kept(&office, &format!("select tally_key from ballots where id = {}", id.number())).remove(0);
        let paper = format!("select sealed from ballot_papers where ballot = {} and sealed <> ''", id.number());
        put(&office, id, all[0], &[3], "受人指使");
        let first = as_kept(&office, &paper).remove(0);
        for voter in &all {
            put(&office, id, *voter, &[0], "自己的意见");
        }
        assert!(!lies(&key).is_empty() && !lies(&first).is_empty(), "the search finds what is there: the key, and the replaced paper in a dead row");
        assert_eq!(rule_of(close(&office, id)), "done");
        note(&office);
        lies(&key).is_empty() && lies(&first).is_empty()
    });
    assert!(clean, "no close of twenty gave up its key and its replaced paper");

    // Somebody looks at the box for as long as the rewrite waits, and the program stops: the first write of the next start makes up.
    let clean = (0..20).any(|_| {
        let id = opened(&office, "assessment", &["甲"], &all, 1);
        let key = as_kept(&office, &format!("select tally_key from ballots where id = {}", id.number())).remove(0);
        for voter in &all {
            put(&office, id, *voter, &[0], "");
        }
        office.store.read(|tx| {
            tx.rows("select id from ballots", &[])?;
            assert_eq!(rule_of(close(&office, id)), "done");
            Ok::<_, store::Error>(())
        })
        .unwrap();
        assert!(!lies(&key).is_empty(), "it could not be written anew");
        let again = Office::open(office.store.place().clone(), registry::testing::book(), office.clock).unwrap();
        note(&again);
        lies(&key).is_empty()
    });
    assert!(clean, "no start of twenty made up for a rewrite");
}

/// A write that has nothing to do with the box.
fn note(office: &Office) {
    let entry = |desk: &mut Desk| desk.record(registry::desk::Happened { act: "test", subject: "test", number: None, says: "写一笔".into() });
    office.write(&Actor::program(), entry).unwrap();
}

#[test]
fn who_is_recused_is_not_asked_and_not_counted() {
    for (name, office, _guard) in offices() {
        let all = voters(&office, 3);
        let item = |label: &str| Asked { label: label.into(), ..Asked::default() };
        let roll = |at: usize| Roll { account: all[at], group: String::new(), without: if at == 0 { vec![1] } else { vec![] } };
        let opening = Opening { institution: "selection".into(), kind: "decision".into(), title: "任免".into(), items: vec![item("甲"), item("乙")], voters: (0..3).map(roll).collect(), procedure: None };
        let Outcome::Done(id) = office.write(&Actor::program(), |desk| ballot::open(desk, &opening)).unwrap() else { panic!("{name}") };
        let put = |voter: usize, answers: &[Option<usize>]| rule_of(office.write(&actor(all[voter]), |desk| ballot::cast(desk, id, answers, "")).unwrap());
        assert_eq!(put(0, &[Some(0), Some(0)]), "done", "{name}: an answer that was not asked is not taken");
        assert_eq!(put(1, &[Some(0), None]), "ballot-incomplete", "{name}");
        assert_eq!(put(1, &[Some(0), Some(1)]), "done", "{name}");
        assert_eq!(put(2, &[Some(1), Some(0)]), "done", "{name}");
        assert_eq!(rule_of(close(&office, id)), "done", "{name}");
        let result = look(&office, |desk| ballot::publish(desk, id)).unwrap();
        assert_eq!(result.items[0].shown, Shown::Counts(vec![2, 1, 0]), "{name}");
        assert_eq!(result.items[1].shown, Shown::Counts(vec![1, 1, 0]), "{name}");
    }
}

/// All ways to spread `n` papers over `answers`.
fn spreads(n: i64, answers: usize) -> Vec<Vec<i64>> {
    if answers == 1 {
        return vec![vec![n]];
    }
    (0..=n).flat_map(|first| spreads(n - first, answers - 1).into_iter().map(move |mut rest| { rest.insert(0, first); rest })).collect()
}

fn together(parts: &[Vec<Vec<i64>>]) -> Vec<Vec<Vec<i64>>> {
    parts.iter().fold(vec![vec![]], |all, next| all.iter().flat_map(|w| next.iter().map(move |g| [w.clone(), vec![g.clone()]].concat())).collect())
}

#[test]
fn nothing_follows_from_what_is_published_even_for_three_who_tell_each_other() {
    let book = registry::testing::book();
    let rule = book.institution("selection").unwrap().ballots.iter().find(|b| &*b.id == "assessment").unwrap();
    let items = vec![Item { id: 1, person: None, line: None, label: "甲".into() }];
    let mut found = Found { id: Id::new(1), institution: "selection".into(), rule: rule.clone(), title: String::new(), opened: String::new(), closed: Some(1), entered: 1, by: None, procedure: None, items, roll: vec![] };
    let mut shown = 0;
    let sizes: Vec<Vec<i64>> = (4..=9).map(|n| vec![n]).chain([vec![5, 4], vec![6, 3], vec![3, 3, 3], vec![5, 2, 2], vec![2, 3]]).collect();
    for sizes in sizes {
        for answers in 2..=4 {
            found.rule = rule.clone();
            found.rule.answers.truncate(answers);
            let worlds = together(&sizes.iter().map(|n| spreads(*n, answers)).collect::<Vec<_>>());
            let mut by_output: BTreeMap<String, Vec<&Vec<Vec<i64>>>> = BTreeMap::new();
            for world in &worlds {
                let groups = world.iter().enumerate().map(|(at, counts)| GroupTotals { name: format!("第{at}组"), counts: vec![counts.clone()] }).collect();
                let totals = Totals { valid: sizes.iter().sum(), groups, comments: vec![] };
                let output = published::of(&found, &totals);
                shown += usize::from(matches!(output.items[0].shown, Shown::Counts(_)));
                by_output.entry(serde_json::to_string(&output).unwrap()).or_default().push(world);
            }
            let cells = sizes.len() * answers;
            let known = 3.min(sizes.iter().sum::<i64>() - 1);
            for (output, worlds) in &by_output {
                for held in spreads(known, cells) {
                    let fits = |world: &&&Vec<Vec<i64>>| world.iter().flatten().zip(&held).all(|(w, h)| w >= h);
                    let possible: Vec<_> = worlds.iter().filter(fits).collect();
                    for (group, size) in sizes.iter().enumerate() {
                        let of_group = group * answers..(group + 1) * answers;
                        if possible.is_empty() || *size == held[of_group.clone()].iter().sum::<i64>() {
                            continue;
                        }
                        let left: BTreeSet<usize> = (0..answers).filter(|a| possible.iter().any(|w| w[group][*a] > held[of_group.start + a])).collect();
                        assert!(left.len() > 1, "{sizes:?}, {answers} answers: who holds {held:?} knows the others of group {group} from {output}");
                    }
                }
            }
        }
    }
    assert!(shown > 0, "some counts are published, or the test proves nothing");
}
