//! 算法: which hash, signature and cipher a site uses; chosen once, when its keys are made.

use sha2::{Digest as _, Sha256};

pub type Hash = [u8; 32];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// SHA-256, Ed25519, AES-256-GCM
    Intl,
    /// SM3, SM2, SM4-GCM (国密)
    Gm,
}

impl Profile {
    pub fn id(self) -> &'static str {
        match self {
            Profile::Intl => "intl",
            Profile::Gm => "gm",
        }
    }
    pub fn from_id(id: &str) -> Option<Profile> {
        [Profile::Intl, Profile::Gm].into_iter().find(|p| p.id() == id)
    }
    pub fn says(self) -> &'static str {
        match self {
            Profile::Intl => "SHA-256、Ed25519、AES-256-GCM",
            Profile::Gm => "国密 SM3、SM2、SM4-GCM",
        }
    }

    /// Hash of the parts, one after the other.
    pub fn hash(self, parts: &[&[u8]]) -> Hash {
        match self {
            Profile::Intl => {
                let mut hasher = Sha256::new();
                parts.iter().for_each(|p| hasher.update(p));
                hasher.finalize().into()
            }
            Profile::Gm => {
                use sm3::Digest as _;
                let mut hasher = sm3::Sm3::new();
                parts.iter().for_each(|p| hasher.update(p));
                hasher.finalize().into()
            }
        }
    }

    /// Keyed hash (HMAC).
    pub fn keyed(self, key: &[u8], text: &[u8]) -> Hash {
        use hmac::{Hmac, KeyInit, Mac};
        match self {
            Profile::Intl => {
                let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { unreachable!("HMAC takes keys of any length") };
                mac.update(text);
                mac.finalize().into_bytes().into()
            }
            Profile::Gm => {
                let Ok(mut mac) = Hmac::<sm3::Sm3>::new_from_slice(key) else { unreachable!("HMAC takes keys of any length") };
                mac.update(text);
                mac.finalize().into_bytes().into()
            }
        }
    }
}
