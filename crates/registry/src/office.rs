//! 办公室: the open store, the institutions in force and the clock. Every operation begins here.

use crate::facts::standing;
use crate::once::{self, Submission};
use crate::{Actor, AsOf, Desk, Error, MIGRATIONS, Result};
use institution::Book;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use store::{Place, Store};
use vocabulary::{Clock, Day};

pub struct Office {
    pub store: Store,
    pub book: Book,
    pub clock: Clock,
    /// Highest journal number committed here: what answers kept in memory are keyed by.
    head: AtomicI64,
    /// Where first answers led, to be noted with the next write: key and address.
    answered: Mutex<Vec<(String, String)>>,
}

impl Office {
    /// Opens the database, brings its schema up to date and the standing table to today.
    pub fn open(place: Place, book: Book, clock: Clock) -> Result<Office> {
        Office::open_with(place, book, clock, MIGRATIONS)
    }

    /// As [`Office::open`], with the migrations of further rooms.
    pub fn open_with(place: Place, book: Book, clock: Clock, migrations: &[store::Migration]) -> Result<Office> {
        let store = Store::open(place)?;
        store.migrate(migrations)?;
        store::fail::point("office.prepare")?;
        let office = Office { store, book, clock, head: AtomicI64::new(0), answered: Mutex::default() };
        office.store.write(|tx| standing::prepare(tx, &office.book.dictionary, office.clock.today()))?;
        office.look_at_head()?;
        Ok(office)
    }

    pub fn today(&self) -> Day {
        self.clock.today()
    }

    /// What is known by now, as a number that grows with every write.
    pub fn head(&self) -> i64 {
        self.head.load(Ordering::Acquire)
    }

    fn look_at_head(&self) -> Result<()> {
        let head: i64 = self.store.read(|tx| Ok::<_, store::Error>(tx.one("select coalesce(max(id), 0) from journal", &[])?.int(0)))?;
        self.head.fetch_max(head, Ordering::AcqRel);
        Ok(())
    }

    /// A desk that reads.
    pub fn read<T, E>(&self, actor: &Actor, as_of: AsOf, work: impl FnOnce(&Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        self.store.read(|tx| {
            let desk = Desk::new(tx, &self.book, actor, self.clock, as_of)?;
            work(&desk)
        })
    }

    /// A desk that writes: one transaction, whose touched people are brought up to date in the standing table at its end.
    pub fn write<T, E>(&self, actor: &Actor, work: impl FnOnce(&mut Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        let (answer, head) = self.store.write(|tx| {
            standing::roll(tx, &self.book.dictionary, self.clock.today())?;
            store::fail::point("office.roll")?;
            let mut desk = Desk::new(tx, &self.book, actor, self.clock, AsOf::default())?;
            let answer = work(&mut desk)?;
            let head = desk.close()?;
            Ok::<_, E>((answer, head))
        })?;
        self.head.fetch_max(head, Ordering::AcqRel);
        Ok(answer)
    }

    /// A look at what is S2 or above. The same desk as [`Office::read`]'s, in a transaction that can note the look
    /// ([`Desk::consulted`]): when the note cannot be written nothing is shown.
    pub fn consult<T, E>(&self, actor: &Actor, as_of: AsOf, work: impl FnOnce(&Desk) -> std::result::Result<T, E>) -> std::result::Result<T, E>
    where
        E: From<Error> + From<store::Error>,
    {
        self.store.write(|tx| {
            let desk = Desk::new(tx, &self.book, actor, self.clock, as_of)?;
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
}
