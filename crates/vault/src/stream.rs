//! 流: a file of any length sealed piece by piece, so that neither the whole of it lies in memory nor any of it in the
//! clear on the disk. Each piece carries its place, the last says that it is the last: none can be moved or cut off.

use crate::seal::Sealer;
use std::io::{self, Read, Write};

/// Bytes of one piece in the clear.
const PIECE: usize = 1 << 20;
/// What stands before the content of a piece: its number, and whether it is the last.
const HEAD: usize = 9;

/// Seals what is written to it. Without [`Sealing::finish`] what was written cannot be opened.
pub struct Sealing<'s, W: Write> {
    sealer: &'s Sealer,
    out: W,
    held: Vec<u8>,
    number: u64,
}

impl<'s, W: Write> Sealing<'s, W> {
    pub fn new(sealer: &'s Sealer, out: W) -> Sealing<'s, W> {
        Sealing { sealer, out, held: Vec::with_capacity(PIECE), number: 0 }
    }

    fn piece(&mut self, last: bool) -> io::Result<()> {
        let head = [&self.number.to_be_bytes()[..], &[u8::from(last)]].concat();
        let sealed = self.sealer.seal_file(&[&head[..], &self.held].concat());
        let length = u32::try_from(sealed.len()).map_err(io::Error::other)?;
        self.out.write_all(&length.to_be_bytes())?;
        self.out.write_all(&sealed)?;
        self.held.clear();
        self.number += 1;
        Ok(())
    }

    /// The last piece; hands back what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.piece(true)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealing<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.len() == PIECE {
            self.piece(false)?;
        }
        let fits = bytes.len().min(PIECE - self.held.len());
        self.held.extend_from_slice(&bytes[..fits]);
        Ok(fits)
    }
    /// A piece goes out when it is full: what is held stays held.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Opens a sealed stream into `out`; refuses one that was touched or cut.
pub fn open(sealer: &Sealer, mut from: impl Read, out: &mut impl Write) -> io::Result<u64> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, crate::Error::Broken);
    let mut length = [0; 4];
    for number in 0_u64.. {
        from.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length) as usize;
        if length > PIECE + 1024 {
            return Err(broken());
        }
        let mut sealed = vec![0; length];
        from.read_exact(&mut sealed)?;
        let plain = sealer.open_file(&sealed).map_err(io::Error::other)?.ok_or_else(broken)?;
        let (head, content) = plain.split_at_checked(HEAD).ok_or_else(broken)?;
        if head[..8] != number.to_be_bytes() {
            return Err(broken());
        }
        out.write_all(content)?;
        if head[8] == 1 {
            return if from.read(&mut [0])? == 0 { Ok(number + 1) } else { Err(broken()) };
        }
    }
    Err(broken())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Profile;

    fn sealed(sealer: &Sealer, plain: &[u8], step: usize) -> Vec<u8> {
        let mut writer = Sealing::new(sealer, Vec::new());
        for part in plain.chunks(step) {
            writer.write_all(part).unwrap();
        }
        writer.finish().unwrap()
    }

    #[test]
    fn a_file_of_any_length_comes_back_and_none_that_was_touched() {
        for profile in [Profile::Intl, Profile::Gm] {
            let sealer = Sealer::of_key(profile, &[7; 32]);
            for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5] {
                let plain: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
                let kept = sealed(&sealer, &plain, 70_001);
                let mut back = Vec::new();
                open(&sealer, &kept[..], &mut back).unwrap();
                assert!(back == plain, "{length}");
                assert!(!kept.windows(32).any(|w| plain.len() > 64 && w == &plain[16..48]));
            }
            let kept = sealed(&sealer, &vec![1; 2 * PIECE + 9], PIECE);
            let first = 4 + u32::from_be_bytes(*kept.first_chunk().unwrap()) as usize;
            let refused = |bytes: &[u8]| open(&sealer, bytes, &mut Vec::new()).is_err();
            assert!(refused(&kept[..first]), "cut after a piece");
            assert!(refused(&kept[..kept.len() - 1]), "cut in a piece");
            assert!(refused(&kept[first..]), "without its beginning");
            assert!(refused(&[&kept[..first], &kept[..]].concat()), "a piece twice");
            assert!(refused(&[&kept[..], &[0]].concat()), "something behind the end");
            let mut turned = kept.clone();
            turned[first + 40] ^= 1;
            assert!(refused(&turned), "a bit turned");
            assert!(open(&Sealer::of_key(profile, &[8; 32]), &kept[..], &mut Vec::new()).is_err(), "another key");
        }
    }
}
