//! 密钥文件: one small text outside of the data directory. It holds what signs checkpoints, what seals values (one key a
//! number, the newest seals, the older ones still open) and what makes the blind index.

use crate::seal::Sealer;
use crate::{Error, Hash, Profile, Result, from_hex, hex};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

pub(crate) type Secret = Zeroizing<[u8; 32]>;

/// SM2 signatures name who signs; this is the name that GB/T 32918 gives when nobody chose another.
const DISTINGUISHED: &str = "1234567812345678";
const FIRST_LINE: &str = "zhiren key 1";

/// All keys of a site.
pub struct Keys {
    pub profile: Profile,
    sign: Secret,
    index: Secret,
    seal: Vec<(u32, Secret)>,
    signer: Signer,
    sealer: Sealer,
}

impl Keys {
    /// Fresh keys.
    pub fn generate(profile: Profile) -> Keys {
        loop {
            // Not every 32 bytes are an SM2 key; nearly all are.
            if let Ok(keys) = Keys::of(profile, Zeroizing::new(rand::random()), Zeroizing::new(rand::random()), vec![(1, Zeroizing::new(rand::random()))]) {
                return keys;
            }
        }
    }

    /// Keys that a test can count on: everybody knows them.
    pub fn for_tests(profile: Profile) -> Keys {
        let secret = |n: u8| Zeroizing::new([n; 32]);
        match Keys::of(profile, secret(1), secret(2), vec![(1, secret(3))]) {
            Ok(keys) => keys,
            Err(e) => unreachable!("{e}"),
        }
    }

    fn of(profile: Profile, sign: Secret, index: Secret, seal: Vec<(u32, Secret)>) -> Result<Keys> {
        let signer = Signer::new(profile, &sign).ok_or(Error::KeyFile { line: 0, why: "签名钥匙不合用".into() })?;
        let sealer = Sealer::new(profile, &seal).ok_or(Error::KeyFile { line: 0, why: "没有封存钥匙".into() })?;
        Ok(Keys { profile, sign, index, seal, signer, sealer })
    }

    /// The text of the file.
    pub fn write(&self) -> Zeroizing<String> {
        let mut out = format!("{FIRST_LINE}\nprofile {}\nsign {}\nindex {}\n", self.profile.id(), hex(&*self.sign), hex(&*self.index));
        for (number, secret) in &self.seal {
            out.push_str(&format!("seal {number} {}\n", hex(&**secret)));
        }
        Zeroizing::new(out)
    }

    pub fn read(text: &str) -> Result<Keys> {
        let wrong = |line: usize, why: &str| Error::KeyFile { line: line + 1, why: why.into() };
        let (mut profile, mut sign, mut index, mut seal) = (None, None, None, Vec::new());
        for (at, line) in text.lines().enumerate() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let secret = |text: &str| {
                from_hex(text).and_then(|b| <[u8; 32]>::try_from(b).ok()).map(Zeroizing::new).ok_or_else(|| wrong(at, "应为 64 位十六进制"))
            };
            match words.as_slice() {
                _ if at == 0 && line == FIRST_LINE => {}
                [] => {}
                ["profile", id] => profile = Some(Profile::from_id(id).ok_or_else(|| wrong(at, "profile 应为 intl 或 gm"))?),
                ["sign", text] => sign = Some(secret(text)?),
                ["index", text] => index = Some(secret(text)?),
                ["seal", number, text] => {
                    let number = number.parse().map_err(|_| wrong(at, "钥匙编号应为数字"))?;
                    seal.push((number, secret(text)?));
                }
                _ => return Err(wrong(at, "不认识这一行")),
            }
        }
        match (profile, sign, index) {
            (Some(profile), Some(sign), Some(index)) if !seal.is_empty() => Keys::of(profile, sign, index, seal),
            _ => Err(wrong(0, "缺少 profile、sign、index 或 seal")),
        }
    }

    /// One more sealing key, by which everything is sealed from now on.
    pub fn rotated(&self) -> Result<Keys> {
        let mut seal = self.seal.clone();
        seal.push((self.sealer.newest() + 1, Zeroizing::new(rand::random())));
        Keys::of(self.profile, self.sign.clone(), self.index.clone(), seal)
    }

    /// Only the newest sealing key: when nothing is sealed by an older one any more.
    pub fn without_older(&self) -> Result<Keys> {
        let newest = self.sealer.newest();
        let seal = self.seal.iter().filter(|(n, _)| *n == newest).cloned().collect();
        Keys::of(self.profile, self.sign.clone(), self.index.clone(), seal)
    }

    pub fn signer(&self) -> &Signer {
        &self.signer
    }
    pub fn sealer(&self) -> &Sealer {
        &self.sealer
    }

    /// Blind index: the same text gives the same code, and without the key nobody can tell which text it was.
    pub fn index(&self, what: &str, text: &str) -> String {
        let mut message = what.as_bytes().to_vec();
        message.push(0);
        message.extend(text.as_bytes());
        hex(&self.profile.keyed(&*self.index, &message)[..16])
    }
}

enum Signing {
    Intl(Box<ed25519_dalek::SigningKey>),
    Gm(Box<sm2::dsa::SigningKey>),
}

/// What signs.
pub struct Signer {
    key: Signing,
    verifier: Verifier,
}

impl Signer {
    fn new(profile: Profile, secret: &Secret) -> Option<Signer> {
        let (key, public) = match profile {
            Profile::Intl => {
                let key = ed25519_dalek::SigningKey::from_bytes(secret);
                let public = key.verifying_key().to_bytes().to_vec();
                (Signing::Intl(Box::new(key)), public)
            }
            Profile::Gm => {
                let key = sm2::dsa::SigningKey::from_slice(DISTINGUISHED, &secret[..]).ok()?;
                let public = key.verifying_key().to_sec1_bytes().to_vec();
                (Signing::Gm(Box::new(key)), public)
            }
        };
        Some(Signer { key, verifier: Verifier::new(profile, public)? })
    }
    /// 64 bytes.
    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        match &self.key {
            Signing::Intl(key) => {
                use ed25519_dalek::Signer;
                key.sign(message).to_bytes().to_vec()
            }
            Signing::Gm(key) => {
                use sm2::dsa::signature::Signer;
                key.sign(message).to_bytes().to_vec()
            }
        }
    }
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }
}

enum Verifying {
    Intl(Box<ed25519_dalek::VerifyingKey>),
    Gm(Box<sm2::dsa::VerifyingKey>),
}

/// What everybody may have: it tells a signature of the site from any other.
pub struct Verifier {
    pub profile: Profile,
    key: Verifying,
    public: Vec<u8>,
    origin: String,
}

impl Verifier {
    fn new(profile: Profile, public: Vec<u8>) -> Option<Verifier> {
        let key = match profile {
            Profile::Intl => Verifying::Intl(Box::new(ed25519_dalek::VerifyingKey::from_bytes(&public.as_slice().try_into().ok()?).ok()?)),
            Profile::Gm => Verifying::Gm(Box::new(sm2::dsa::VerifyingKey::from_sec1_bytes(DISTINGUISHED, &public).ok()?)),
        };
        let origin = format!("zhiren-{}", &hex(&profile.hash(&[&public]))[..16]);
        Some(Verifier { profile, key, public, origin })
    }

    /// Name of the log: from the key, so that two sites never share one.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// First four bytes of H(origin ‖ \n ‖ kind ‖ public key).
    pub fn key_id(&self) -> [u8; 4] {
        let kind: &[u8] = match self.profile {
            Profile::Intl => &[1],
            Profile::Gm => b"\xffsm2",
        };
        let hash: Hash = self.profile.hash(&[self.origin.as_bytes(), b"\n", kind, &self.public]);
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// One line for the auditor: `zhiren-… intl BASE64`.
    pub fn line(&self) -> String {
        format!("{} {} {}", self.origin, self.profile.id(), STANDARD.encode(&self.public))
    }
    pub fn from_line(line: &str) -> Option<Verifier> {
        let [origin, profile, public] = line.split_whitespace().collect::<Vec<_>>().try_into().ok()?;
        let verifier = Verifier::new(Profile::from_id(profile)?, STANDARD.decode(public).ok()?)?;
        (verifier.origin == origin).then_some(verifier)
    }

    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.key {
            Verifying::Intl(key) => ed25519_dalek::Signature::from_slice(signature).is_ok_and(|s| key.verify_strict(message, &s).is_ok()),
            Verifying::Gm(key) => {
                use sm2::dsa::signature::Verifier;
                sm2::dsa::Signature::try_from(signature).is_ok_and(|s| key.verify(message, &s).is_ok())
            }
        }
    }
}
