//! 封: a backup is sealed whole with the office's key, so that a lost medium says nothing. Each frame carries its place
//! and what it belongs to inside the seal: frames can be neither changed about nor moved into another backup.

use std::sync::Arc;
use store::archive::Seal;
use store::{Error, Result};
use vault::Keys;

pub struct Sealed(pub Arc<Keys>);

impl Seal for Sealed {
    fn key_id(&self) -> String {
        self.0.index("backup", "which key").chars().take(16).collect()
    }
    fn seal(&self, number: u64, bound: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        Ok(self.0.sealer().seal_file(&[&number.to_be_bytes()[..], bound, plain].concat()))
    }
    fn open(&self, number: u64, bound: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
        let opened = match self.0.sealer().open_file(sealed) {
            Err(vault::Error::NoKey(n)) => return Err(Error::WrongKey(format!("第 {n} 把"))),
            Err(_) | Ok(None) => return Err(Error::Damaged("有一段被改过".into())),
            Ok(Some(opened)) => opened,
        };
        let place = [&number.to_be_bytes()[..], bound].concat();
        match opened.strip_prefix(&place[..]) {
            Some(plain) => Ok(plain.to_vec()),
            None => Err(Error::Damaged("有一段不在它的位置".into())),
        }
    }
}
