//! T-21: a damaged, foreign or newer backup is refused with its reason, and the target is not touched.

use crate::lasting::{back, history};
use rand::{RngExt, SeedableRng};
use registry::lasting::{self, Until};
use registry::{MIGRATIONS, testing};
use sha2::{Digest, Sha256};
use store::archive::Seal;
use store::{Error, Place, Result};
use vocabulary::Clock;

/// A seal good enough to find out that a key is wrong and a frame was changed: a keystream and a sum, both keyed.
struct Locked(&'static str);

impl Locked {
    fn stream(&self, number: u64, bound: &[u8], length: usize) -> Vec<u8> {
        (0..length.div_ceil(32))
            .flat_map(|block| Sha256::digest([self.0.as_bytes(), bound, &number.to_be_bytes(), &block.to_be_bytes()].concat()).to_vec())
            .take(length)
            .collect()
    }
    fn tag(&self, number: u64, bound: &[u8], bytes: &[u8]) -> Vec<u8> {
        Sha256::digest([self.0.as_bytes(), bound, &number.to_be_bytes(), bytes].concat()).to_vec()
    }
}

impl Seal for Locked {
    fn key_id(&self) -> String {
        format!("{:x}", Sha256::digest(self.0)[0])
    }
    fn seal(&self, number: u64, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let mut out: Vec<u8> = plain.iter().zip(self.stream(number, bound, plain.len())).map(|(a, b)| a ^ b).collect();
        out.extend(self.tag(number, bound, &out));
        Ok(out)
    }
    fn open(&self, number: u64, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        let (bytes, tag) = sealed.split_at(sealed.len().saturating_sub(32));
        if tag != self.tag(number, bound, bytes) {
            return Err(Error::Damaged("一段被改过".into()));
        }
        Ok(bytes.iter().zip(self.stream(number, bound, bytes.len())).map(|(a, b)| a ^ b).collect())
    }
}

#[test]
fn a_damaged_backup_is_refused_and_the_target_is_byte_for_byte_what_it_was() {
    let seed = 20_261_122;
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(seed);
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    history(&mut office);
    let whole = guard.folder().join("whole.backup");
    lasting::backup(&office, "青云县", &whole, None, &mut |_| {}).unwrap();
    let bytes = std::fs::read(&whole).unwrap();

    let (target, _kept) = testing::sqlite_place();
    back(&whole, &target, Until::Whole, false, None).unwrap();
    let Place::File(path) = &target else { unreachable!() };
    let before = std::fs::read(path).unwrap();

    let damaged = guard.folder().join("damaged.backup");
    let refused = |what: String, bytes: &[u8]| {
        std::fs::write(&damaged, bytes).unwrap();
        let answer = back(&damaged, &target, Until::Whole, true, None);
        assert!(answer.is_err(), "seed {seed}: {what} was taken: {answer:?}");
        assert!(std::fs::read(path).unwrap() == before, "seed {seed}: {what} touched the target");
    };
    for number in 0..50 {
        let length = bytes.len() * number / 50;
        refused(format!("cut at {length}"), &bytes[..length]);
    }
    for _ in 0..200 {
        let (at, bit) = (random.random_range(0..bytes.len()), random.random_range(0..8));
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << bit;
        refused(format!("bit {bit} of byte {at}"), &flipped);
    }
    let with = |from: &str, to: &str| String::from_utf8_lossy(&bytes[..4096]).replacen(from, to, 1).into_bytes();
    refused("a newer format".into(), &with("ZHIREN BACKUP 1", "ZHIREN BACKUP 2"));
    refused("an older format".into(), &with("ZHIREN BACKUP 1", "ZHIREN BACKUP 0"));
    refused("more behind the end".into(), &[&bytes[..], b"x"].concat());
    refused("nothing".into(), b"");
    refused("another file".into(), &vec![b'\n'; 100_000]);
    let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 1, "nothing is left lying about: {left:?}");
}

#[test]
fn a_backup_of_a_newer_schema_or_another_history_is_refused_untouched() {
    for (database, target, _kept) in testing::places() {
        let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
        history(&mut office);
        let newer = guard.folder().join("newer.backup");
        office.store.write(|tx| tx.execute("insert into migrations values (9999, 'later', '00')", &[])).unwrap();
        lasting::backup(&office, "青云县", &newer, None, &mut |_| {}).unwrap();
        let refused = back(&newer, &target, Until::Whole, false, None);
        assert!(matches!(refused, Err(registry::Error::Store(Error::Newer(9999)))), "{database}: {refused:?}");
        let other = guard.folder().join("other.backup");
        office.store.write(|tx| tx.batch("delete from migrations where number = 9999; update migrations set checksum = '00' where number = 2")).unwrap();
        lasting::backup(&office, "青云县", &other, None, &mut |_| {}).unwrap();
        let refused = back(&other, &target, Until::Whole, false, None);
        assert!(matches!(refused, Err(registry::Error::Store(Error::MigrationDiffers { number: 2, .. }))), "{database}: {refused:?}");
    }
}

#[test]
fn a_sealed_backup_opens_with_its_own_key_alone() {
    let (_, mut office, guard) = testing::sqlite(MIGRATIONS, Clock::on(testing::TODAY));
    history(&mut office);
    let (right, wrong) = (Locked("right"), Locked("wrong"));
    let sealed = guard.folder().join("sealed.backup");
    lasting::backup(&office, "青云县", &sealed, Some(&right), &mut |_| {}).unwrap();
    let bytes = std::fs::read(&sealed).unwrap();
    assert!(!bytes.windows("李明".len()).any(|w| w == "李明".as_bytes()), "no name is readable");
    for (who, seal) in [("another key", Some(&wrong as &dyn Seal)), ("no key", None)] {
        let (place, _kept) = testing::sqlite_place();
        let refused = back(&sealed, &place, Until::Whole, false, seal);
        assert!(matches!(refused, Err(registry::Error::Store(Error::WrongKey(_)))), "{who}: {refused:?}");
    }
    // Frames changed about, with a sum that fits: only the seal can tell.
    let mut swapped = bytes.clone();
    let end = swapped.len() - 32;
    swapped[end - 100] ^= 1;
    let sum = Sha256::digest(&swapped[..end]);
    swapped[end..].copy_from_slice(&sum);
    let forged = guard.folder().join("forged.backup");
    std::fs::write(&forged, swapped).unwrap();
    let refused = back(&forged, &testing::sqlite_place().0, Until::Whole, false, Some(&right));
    assert!(matches!(refused, Err(registry::Error::Store(Error::Damaged(_)))), "{refused:?}");
    for (to, place, _kept) in testing::places() {
        back(&sealed, &place, Until::Whole, false, Some(&right)).unwrap_or_else(|e| panic!("{to}: {e}"));
    }
}
