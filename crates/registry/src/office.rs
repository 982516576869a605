//! 办公室: the open store, the institutions in force and the clock. Every operation begins here.

use crate::desk::Happened;
use crate::facts::standing;
use crate::journal;
use crate::journal::checkpoint::{self, Head};
use crate::journal::verify::{self, Verdict};
use crate::once::{self, Submission};
use crate::sealing::{self, Sealing};
use crate::{Actor, AsOf, Desk, Error, Result};
use institution::Book;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Place, Store};
use vault::Keys;
use vocabulary::{Clock, Day};

/// A server's rewrite keeps what a connection that is just being opened may still see: the second one, with the next write,
/// meets other connections.
const REWRITES: u8 = 2;
/// Where keys and papers lie that a close destroys.
const BALLOT_TABLES: [&str; 2] = ["ballots", "ballot_papers"];

/// 办公室, as every operation finds it.
pub struct Office {
    pub store: Store,
    pub book: Book,
    pub clock: Clock,
    pub keys: Arc<Keys>,
    /// Folder outside of the data directory to which signed heads of the journal go.
    pub checkpoints: Option<PathBuf>,
    /// List of what was purged, beside the key file: it outlives the database.
    pub purge_list: Option<PathBuf>,
    /// Highest journal number committed here: what answers kept in memory are keyed by.
    head: AtomicI64,
    /// Where first answers led, to be noted with the next write: key and address.
    answered: Mutex<Vec<(String, String)>>,
    /// Pages that were to be given up are still there.
    unforgotten: AtomicBool,
    /// Tables that a server has still to write anew,
    /// and how many times more.
    unrenewed: Mutex<BTreeMap<&'static str, u8>>,
}

impl Office {
    /// Opens the database, brings its schema up to date, its journal under the tree and the standing table to today.
    /// Refuses keys that are not this database's.
    pub fn open_keyed(place: Place, book: Book, clock: Clock, migrations: &[store::Migration], keys: impl Into<Arc<Keys>>) -> Result<Office> {
        let keys = keys.into();
        let store = Store::open(place)?.keeping(Arc::new(Sealing(keys.clone())));
        let office = Office { store, book, clock, keys, checkpoints: None, purge_list: None, head: AtomicI64::new(0), answered: Mutex::default(), unforgotten: AtomicBool::new(false), unrenewed: Mutex::default() };
        office.store.migrate_and(migrations, |tx| {
            store::fail::point("office.prepare")?;
            journal::prepare(tx, &office.keys)?;
            let sealed = sealing::prepare(tx, &office.keys)?;
            standing::prepare(tx, &office.book.dictionary, office.clock.today())?;
            if sealed {
                standing::rebuild(tx, &office.book.dictionary, office.clock.today())?;
            }
            Ok::<_, Error>(())
        })?;
        office.look_at_head()?;
        office.renew_after_start()?;
        Ok(office)
    }

    /// An office of a test or a measurement, with keys that everybody knows.
    #[cfg(feature = "testing")]
    pub fn open(place: Place, book: Book, clock: Clock) -> Result<Office> {
        Office::open_with(place, book, clock, crate::MIGRATIONS)
    }
    /// As [`Office::open`], with the migrations of further rooms.
    #[cfg(feature = "testing")]
    pub fn open_with(place: Place, book: Book, clock: Clock, migrations: &[store::Migration]) -> Result<Office> {
        Office::open_keyed(place, book, clock, migrations, Keys::for_tests(vault::Profile::Intl))
    }

    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// What is known by now, as a number that grows with every write.
    pub fn head(&self) -> i64 {
        self.head.load(Ordering::Acquire)
    }

    fn look_at_head(&self) -> Result<()> {
        let head: i64 = self.store.read(|tx| Ok::<_, store::Error>(tx.one("select coalesce((select written from journal_tree where id = 1), 0)", &[])?.int(0)))?;
        self.head.fetch_max(head, Ordering::AcqRel);
        Ok(())
    }

    /// A server that was stopped between a close and its rewrite makes up for it with the first write.
    fn renew_after_start(&self) -> Result<()> {
        if self.store.dialect() != store::Dialect::Postgres {
            return Ok(());
        }
        let closed = self.store.read(|tx| {
            // An office of fewer rooms has no ballots.
            let there = tx.first("select count(*) from pg_tables where schemaname = current_schema() and tablename in ('ballots', 'ballot_papers')", &[])?.is_some_and(|row| row.int(0) == 2);
            Ok::<_, store::Error>(there && tx.first("select id from ballots where closed is not null limit 1", &[])?.is_some())
        })?;
        if closed {
            let mut tables = self.unrenewed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            tables.extend(BALLOT_TABLES.map(|table| (table, 1)));
            self.unforgotten.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// A desk that reads.
    pub fn read<T, E>(&self, actor: &Actor, as_of: AsOf, work: impl FnOnce(&Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        self.store.read(|tx| {
            let desk = Desk::new(tx, &self.book, actor, self.clock, as_of, &self.keys)?;
            work(&desk)
        })
    }

    /// A desk that writes: one transaction, whose touched people are brought up to date in the standing table at its end.
    pub fn write<T, E>(&self, actor: &Actor, work: impl FnOnce(&mut Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        let (answer, closed) = self.store.write(|tx| {
            tx.hold("journal_tree")?;
            standing::roll(tx, &self.book.dictionary, self.clock.today())?;
            store::fail::point("office.roll")?;
            let mut desk = Desk::new(tx, &self.book, actor, self.clock, AsOf::default(), &self.keys)?;
            let answer = work(&mut desk)?;
            let closed = desk.close()?;
            Ok::<_, E>((answer, closed))
        })?;
        self.head.fetch_max(closed.head, Ordering::AcqRel);
        if let Some(made) = closed.made {
            self.leave(&made);
        }
        // A long look of somebody else holds the earlier pages; then the next write gives them up.
        let mut tables = self.unrenewed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        tables.extend(closed.renew.iter().map(|table| (*table, REWRITES)));
        if closed.forget || self.unforgotten.load(Ordering::Acquire) {
            let asked: Vec<&str> = tables.keys().copied().collect();
            let gone = match self.store.forget(&asked) {
                Err(halted @ store::Error::Halted(_)) => return Err(halted.into()),
                gone => gone.inspect_err(|error| tracing::warn!(%error, "写入日志没有收起")).unwrap_or(false),
            };
            if gone {
                tables.retain(|_, left| {
                    *left -= 1;
                    *left > 0
                });
            }
            self.unforgotten.store(!gone || !tables.is_empty(), Ordering::Release);
        }
        Ok(answer)
    }

    /// A look at what is S2 or above. The same desk as [`Office::read`]'s, in a transaction that can note the look
    /// ([`Desk::consulted`]): when the note cannot be written nothing is shown.
    pub fn consult<T, E>(&self, actor: &Actor, as_of: AsOf, work: impl FnOnce(&Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        self.store.write(|tx| {
            tx.hold("journal_tree")?;
            let desk = Desk::new(tx, &self.book, actor, self.clock, as_of, &self.keys)?;
            work(&desk)
        })
    }

    /// As [`Office::write`], but the same sending of a form does its work once: a repeat is `Error::Again`.
    pub fn write_once<T, E>(&self, actor: &Actor, sent: &Submission, work: impl FnOnce(&mut Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        let (answer, wrote) = self.write(actor, |desk| {
            once::refuse_repeat(desk, sent)?;
            let answer = work(desk)?;
            let entered = desk.head();
            if entered > 0 {
                once::note(desk, sent, entered)?;
                let earlier = std::mem::take(&mut *self.answered.lock().unwrap_or_else(PoisonError::into_inner));
                for (key, address) in earlier {
                    once::answered(desk, &key, &address)?;
                }
            }
            Ok::<_, E>((answer, entered > 0))
        })?;
        if wrote {
            sent.claim();
        }
        Ok(answer)
    }

    /// Where the first answer to this form led.
    pub fn answered(&self, key: &str, address: &str) {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner).push((key.to_owned(), address.to_owned()));
    }

    /// Brings the standing table to today if the day has turned since the last write.
    pub fn turn_the_day(&self) -> Result<()> {
        self.store.write(|tx| standing::roll(tx, &self.book.dictionary, self.clock.today()))?;
        Ok(())
    }

    /// Everything that is sealed is sealed anew with the newest key; answers how many values.
    pub fn reseal(&self) -> Result<u64> {
        let sealed = self.write(&Actor::program(), |desk| {
            let sealed = sealing::seal_all(desk.tx(), &self.keys)?;
            let says = format!("换用第 {} 把封存钥匙，重新封存 {sealed} 处", self.keys.sealer().newest());
            desk.record(Happened { act: "key.rotate", subject: "key", number: None, says })?;
            Ok::<_, Error>(sealed)
        })?;
        // The standing table holds copies of what was sealed.
        self.store.write(|tx| standing::rebuild(tx, &self.book.dictionary, self.today()))?;
        Ok(sealed)
    }

    /// What was purged stands on the list beside the key file, and leaves no trace in the database.
    pub fn purged(&self) -> Result<()> {
        self.keep_purge_list().map(|_| ())
    }

    /// The database's statistics hold samples of what was there: they are taken anew before the freed pages are cut away.
    /// A purge that was cut off before it came so far is scrubbed at the next start.
    fn scrub(&self) -> Result<()> {
        if self.store.read(|tx| tx.first("select 1 from settings where name = $1", &[crate::purge::UNSCRUBBED.into()]))?.is_none() {
            return Ok(());
        }
        self.store.write(|tx| tx.analyze())?;
        self.store.scrub()?;
        self.store.write(|tx| tx.execute("delete from settings where name = $1", &[crate::purge::UNSCRUBBED.into()]))?;
        Ok(())
    }

    /// Before anybody works: the list and the database are brought together. What an older copy holds again goes again, and
    /// leaves no trace.
    pub fn keep_purge_list(&self) -> Result<crate::purge::list::Kept> {
        let kept = match &self.purge_list {
            Some(file) => crate::purge::list::keep(self, file)?,
            None => crate::purge::list::Kept::default(),
        };
        self.scrub()?;
        Ok(kept)
    }

    /// Signs where the journal stands, and lets the head leave the house.
    pub fn checkpoint(&self, reason: &str) -> Result<Head> {
        let head = self.store.write(|tx| {
            tx.hold("journal_tree")?;
            checkpoint::make(tx, &self.keys, self.clock.now(), reason)
        })?;
        self.leave(&head);
        Ok(head)
    }

    /// Today's signed head, when today has none yet.
    pub fn checkpoint_daily(&self) -> Result<Option<Head>> {
        let last = self.store.read(checkpoint::last_daily)?;
        let today = self.today().to_string();
        if last.is_some_and(|at| at.starts_with(&today)) { Ok(None) } else { self.checkpoint("每日").map(Some) }
    }

    /// The record is made; that its copy could not leave is told, not hidden and no reason to lose the work.
    fn leave(&self, head: &Head) {
        let Some(folder) = &self.checkpoints else { return };
        if let Err(error) = checkpoint::leave(folder, &self.keys, head) {
            tracing::error!(folder = %folder.display(), %error, "检查点没有写到库外");
        }
    }

    /// Computes the whole journal anew; checkpoints of the folder are held against it, and further notes (name, text).
    pub fn verify(&self, further: &[(String, String)]) -> Result<Verdict> {
        let mut outside = further.to_vec();
        if let Some(folder) = &self.checkpoints {
            let left = checkpoint::left_in(folder).map_err(|e| Error::Wrong(format!("{}读不出来：{e}", folder.display())))?;
            outside.extend(left.into_iter().map(|(path, note)| (path.display().to_string(), note)));
        }
        let verdict = self.store.read(|tx| verify::verify(tx, &self.keys, &outside))?;
        let now = self.clock.now().to_string();
        self.store.write(|tx| verify::keep(tx, &now, &verdict))?;
        Ok(verdict)
    }
}
