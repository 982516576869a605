//! 封存: values and files that only the key opens (AEAD). A sealed text is a token that stands between two control
//! characters, so that it is found again wherever SQL has put it: alone, or joined to others.

use crate::key::Secret;
use crate::{Error, Profile, Result};
use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit, Nonce, Payload};
use aes_gcm::{Aes256Gcm, AesGcm};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use zeroize::Zeroizing;

/// Begin and end of a token. No form and no file of ours carries them.
pub const OPEN: char = '\u{1e}';
pub const CLOSE: char = '\u{1f}';
/// Begin of a sealed file.
const MAGIC: &[u8; 4] = b"\x1ezr1";
const NONCE: usize = 12;

type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

enum Cipher {
    Intl(Box<Aes256Gcm>),
    Gm(Box<Sm4Gcm>),
}

impl Cipher {
    fn seal(&self, nonce: &[u8; NONCE], about: &[u8], plain: &[u8]) -> Vec<u8> {
        let payload = Payload { msg: plain, aad: about };
        let sealed = match self {
            Cipher::Intl(cipher) => cipher.encrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload),
            Cipher::Gm(cipher) => cipher.encrypt(&Nonce::<Sm4Gcm>::from(*nonce), payload),
        };
        match sealed {
            Ok(sealed) => sealed,
            Err(_) => unreachable!("only a message of more than 64 GB fails"),
        }
    }
    fn open(&self, nonce: &[u8; NONCE], about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload { msg: sealed, aad: about };
        match self {
            Cipher::Intl(cipher) => cipher.decrypt(&Nonce::<Aes256Gcm>::from(*nonce), payload).ok(),
            Cipher::Gm(cipher) => cipher.decrypt(&Nonce::<Sm4Gcm>::from(*nonce), payload).ok(),
        }
    }
}

/// What a token held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Int(i64),
}

pub struct Sealer {
    ciphers: Vec<(u32, Cipher)>,
}

impl Sealer {
    /// `None` without a key.
    pub(crate) fn new(profile: Profile, keys: &[(u32, Secret)]) -> Option<Sealer> {
        let cipher = |secret: &Secret| match profile {
            Profile::Intl => Aes256Gcm::new_from_slice(&secret[..]).ok().map(|c| Cipher::Intl(Box::new(c))),
            // SM4 takes 16 bytes.
            Profile::Gm => Sm4Gcm::new_from_slice(&secret[..16]).ok().map(|c| Cipher::Gm(Box::new(c))),
        };
        let mut ciphers = Vec::with_capacity(keys.len());
        for (number, secret) in keys {
            ciphers.push((*number, cipher(secret)?));
        }
        ciphers.sort_by_key(|(number, _)| *number);
        (!ciphers.is_empty()).then_some(Sealer { ciphers })
    }

    /// A sealer of one key of its own: a ballot's.
    pub fn of_key(profile: Profile, key: &[u8; 32]) -> Sealer {
        match Sealer::new(profile, &[(1, Zeroizing::new(*key))]) {
            Some(sealer) => sealer,
            None => unreachable!("one key is there"),
        }
    }

    /// Number of the key that seals.
    pub fn newest(&self) -> u32 {
        self.ciphers.last().map_or(0, |(n, _)| *n)
    }
    fn with(&self, number: u32) -> Result<&Cipher> {
        self.ciphers.iter().find(|(n, _)| *n == number).map(|(_, c)| c).ok_or(Error::NoKey(number))
    }

    fn seal_bytes(&self, plain: &[u8]) -> (u32, Vec<u8>) {
        let number = self.newest();
        let nonce: [u8; NONCE] = rand::random();
        let Ok(cipher) = self.with(number) else { unreachable!("the newest is there") };
        let mut out = nonce.to_vec();
        out.extend(cipher.seal(&nonce, &number.to_be_bytes(), plain));
        (number, out)
    }
    fn open_bytes(&self, number: u32, sealed: &[u8]) -> Result<Vec<u8>> {
        let cipher = self.with(number)?;
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(Error::Broken)?;
        cipher.open(nonce, &number.to_be_bytes(), sealed).ok_or(Error::Broken)
    }

    /// A token: begin, number of the key, a point, base64, end. Its length tells the text's only to 16 bytes.
    pub fn seal(&self, value: &Value) -> String {
        let mut plain = Zeroizing::new(Vec::with_capacity(48));
        match value {
            Value::Text(text) => {
                plain.push(b't');
                plain.extend(text.as_bytes());
            }
            Value::Int(n) => {
                plain.push(b'i');
                plain.extend(n.to_be_bytes());
            }
        }
        plain.push(0x80);
        let padded = plain.len().next_multiple_of(16);
        plain.resize(padded, 0);
        let (number, sealed) = self.seal_bytes(&plain);
        format!("{OPEN}{number}.{}{CLOSE}", STANDARD_NO_PAD.encode(sealed))
    }

    fn open_token(&self, inner: &str) -> Result<Value> {
        let (number, sealed) = inner.split_once('.').ok_or(Error::Broken)?;
        let number = number.parse().map_err(|_| Error::Broken)?;
        let sealed = STANDARD_NO_PAD.decode(sealed).map_err(|_| Error::Broken)?;
        let plain = Zeroizing::new(self.open_bytes(number, &sealed)?);
        let end = plain.iter().rposition(|b| *b == 0x80).ok_or(Error::Broken)?;
        match plain[..end].split_first() {
            Some((b't', text)) => String::from_utf8(text.to_vec()).map(Value::Text).map_err(|_| Error::Broken),
            Some((b'i', n)) => Ok(Value::Int(i64::from_be_bytes(n.try_into().map_err(|_| Error::Broken)?))),
            _ => Err(Error::Broken),
        }
    }

    /// A text as the database gave it: every token in it is opened. `None` when there is none.
    pub fn open(&self, text: &str) -> Result<Option<Value>> {
        if !text.contains(OPEN) {
            return Ok(None);
        }
        let (mut out, mut rest) = (String::with_capacity(text.len()), text);
        while let Some((before, inner, after)) = next(rest) {
            let value = self.open_token(inner)?;
            if before.is_empty() && after.is_empty() && out.is_empty() {
                return Ok(Some(value));
            }
            out.push_str(before);
            match value {
                Value::Text(text) => out.push_str(&text),
                Value::Int(n) => out.push_str(&n.to_string()),
            }
            rest = after;
        }
        out.push_str(rest);
        Ok(Some(Value::Text(out)))
    }

    /// Number of the key by which a text is sealed; `None` when it is in the clear.
    pub fn key_of(text: &str) -> Option<u32> {
        next(text).and_then(|(_, inner, _)| inner.split_once('.')?.0.parse().ok())
    }

    /// A whole file.
    pub fn seal_file(&self, bytes: &[u8]) -> Vec<u8> {
        let (number, sealed) = self.seal_bytes(bytes);
        let mut out = MAGIC.to_vec();
        out.extend(number.to_be_bytes());
        out.extend(sealed);
        out
    }
    /// The file as it was; `None` when it is in the clear.
    pub fn open_file(&self, bytes: &[u8]) -> Result<Option<Vec<u8>>> {
        match Sealer::key_of_file(bytes) {
            Some(number) => self.open_bytes(number, &bytes[8..]).map(Some),
            None => Ok(None),
        }
    }
    pub fn key_of_file(bytes: &[u8]) -> Option<u32> {
        let number = bytes.strip_prefix(MAGIC)?.first_chunk::<4>()?;
        Some(u32::from_be_bytes(*number))
    }
}

/// What stands before the first token, inside it and after it.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once(OPEN)?;
    let (inner, after) = rest.split_once(CLOSE)?;
    Some((before, inner, after))
}
