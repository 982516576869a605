//! 密码: two rules for choosing one, its hash, its age.

use super::{Found, common};
use crate::desk::Happened;
use crate::{Account, Desk, Error, Result};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use vocabulary::{Citation, Finding, Findings, Id, Moment, Outcome, Weight};

/// 密码规则: one for the whole site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Profile {
    /// 等级保护三级: composed of three kinds of signs, changed every ninety days.
    #[default]
    Dengbao3,
    /// OWASP ASVS: long, never rotated, composed as one likes.
    Asvs,
}

/// More is not read: hashing a whole book would keep the door busy.
const LONGEST: usize = 256;

impl Profile {
    pub fn from_id(id: &str) -> Option<Profile> {
        [Profile::Dengbao3, Profile::Asvs].into_iter().find(|p| p.id() == id)
    }
    pub fn id(self) -> &'static str {
        match self {
            Profile::Dengbao3 => "dengbao3",
            Profile::Asvs => "asvs",
        }
    }
    /// Signs that a password has at least.
    pub fn shortest(self) -> usize {
        match self {
            Profile::Dengbao3 => 12,
            Profile::Asvs => 15,
        }
    }
    /// Kinds of signs that it is made of at least.
    fn kinds(self) -> usize {
        match self {
            Profile::Dengbao3 => 3,
            Profile::Asvs => 1,
        }
    }
    /// Days after which it is changed.
    pub fn days(self) -> Option<i64> {
        match self {
            Profile::Dengbao3 => Some(90),
            Profile::Asvs => None,
        }
    }
    /// The rule, for whoever has to choose.
    pub fn says(self) -> &'static str {
        match self {
            Profile::Dengbao3 => "至少 12 个字，大写字母、小写字母、数字、符号中至少三种；不能是常见的密码，不能只由姓名、单位名拼成；90 天更换一次。",
            Profile::Asvs => "至少 15 个字，可以是一句只有自己知道的话；不能是常见的密码，不能只由姓名、单位名拼成；不要求定期更换。",
        }
    }
    fn source(self, item: &str) -> Citation {
        let (document, article) = match self {
            Profile::Dengbao3 => ("信息安全技术 网络安全等级保护基本要求（GB/T 22239-2019）", "8.1.4.1 身份鉴别"),
            Profile::Asvs => ("OWASP 应用安全验证标准 5.0", item),
        };
        Citation { document: document.into(), article: Some(article.into()), item: None }
    }
}

/// Everything that speaks against choosing `password`; `place` are the words that anybody here would try.
pub fn examine(profile: Profile, password: &str, place: &[String]) -> Findings {
    let length = password.chars().count();
    let mut all = Vec::new();
    let mut refuse = |rule: &str, says: String, item: &str| {
        let citation = profile.source(item);
        all.push(Finding { rule: rule.into(), weight: Weight::Refuse, says, citation, saw: vec![], due: None, next: None, unsure: false });
    };
    if length < profile.shortest() {
        refuse("password-short", format!("密码至少 {} 个字，现在是 {length} 个", profile.shortest()), "6.2.1");
    }
    if length > LONGEST {
        refuse("password-long", format!("密码最多 {LONGEST} 个字，现在是 {length} 个"), "6.2.9");
    }
    if kinds(password) < profile.kinds() {
        refuse("password-kinds", "密码要有大写字母、小写字母、数字、符号中的至少三种".into(), "");
    }
    if length <= LONGEST && common::guessable(password, place) {
        refuse("password-common", "这个密码容易猜到：由常见的词、键盘顺序、日期或姓名单位名拼成，请换一个只有自己想得到的".into(), "6.2.4");
    }
    Findings::new(all)
}

fn kinds(password: &str) -> usize {
    let tests: [fn(char) -> bool; 4] =
        [|c| c.is_ascii_lowercase(), |c| c.is_ascii_uppercase(), |c| c.is_ascii_digit(), |c| !c.is_ascii_alphanumeric()];
    tests.into_iter().filter(|test| password.chars().any(test)).count()
}

/// The words that anybody would try for this account in this office: as written, and in pinyin.
pub fn place_words(found: &Found, office: &str) -> Vec<String> {
    let mut words = vec!["zhiren".to_owned(), "知人".to_owned(), found.name.clone()];
    let bare = ["县委", "市委", "区委", "组织部", "县", "市", "区"].iter().fold(office.to_owned(), |name, part| name.replace(part, " "));
    let names = found.shown.split_whitespace().chain(bare.split_whitespace()).chain([office]);
    for name in names {
        words.push(name.to_owned());
        words.push(crate::spelling::spell(name).0.replace(' ', ""));
    }
    words
}

/// Argon2id with 19 MiB and two passes, as a PHC string.
pub fn hash(password: &str) -> Result<String> {
    let hash = argon2::Argon2::default().hash_password(password.as_bytes()).map_err(|e| Error::Wrong(format!("密码无法保存：{e}")))?;
    Ok(hash.to_string())
}

/// Does the password fit? Takes as long for a name that nobody has. Slow on purpose: outside of any transaction.
pub fn matches(found: Option<&Found>, password: &str) -> bool {
    // A hash of nothing in particular, with the same cost.
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Yk6bNG0vSx5A8w5gRzJ0mKyEwzlqkN8S0hlCEl8bG4c";
    if password.chars().count() > LONGEST {
        return false;
    }
    let stored = found.map_or(NOBODY, |f| f.password.as_str());
    let fits = PasswordHash::new(stored).is_ok_and(|hash| argon2::Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    fits && found.is_some()
}

/// Is it time for another one?
pub fn is_due(profile: Profile, found: &Found, now: Moment) -> bool {
    let old = || {
        let days = profile.days()?;
        let oldest = Moment(now.0 - days * 86_400).to_string();
        Some(found.password_set.as_ref()? < &oldest)
    };
    found.must_change || old().unwrap_or(false)
}

/// Who chooses the password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Oneself,
    /// 初始密码: told by somebody else, so its owner changes it at the next login.
    Other,
}

/// Replaces the password after [`examine`]; answers the findings when there are any.
pub fn change(desk: &mut Desk, account: Id<Account>, chosen: &Chosen, by: By, now: Moment) -> Result<Outcome<()>> {
    if !chosen.findings.is_empty() {
        return Ok(Outcome::Refused(chosen.findings.clone()));
    }
    let says = if by == By::Oneself { "更换了自己的密码" } else { "重新设置了密码，下次登录时须更换" };
    desk.record(Happened { act: "account.password", subject: "account", number: Some(account.number()), says: says.into() })?;
    desk.execute(
        "update accounts set password = $1, password_set = $2, must_change = $3 where id = $4 and closed is null",
        &[chosen.hash.as_str().into(), now.to_string().into(), (by == By::Other).into(), account.number().into()],
    )?;
    Ok(Outcome::Done(()))
}

/// The password of a new account was told by somebody else.
pub fn was_given(desk: &mut Desk, account: Id<Account>) -> Result<()> {
    desk.execute("update accounts set must_change = 1 where id = $1", &[account.number().into()])?;
    Ok(())
}

/// A password that was examined and hashed, outside of any transaction.
pub struct Chosen {
    findings: Findings,
    hash: String,
}

impl Chosen {
    /// `old` is the account as it was: the same password again is no change.
    pub fn new(profile: Profile, password: &str, old: &Found, office: &str) -> Result<Chosen> {
        let mut findings = examine(profile, password, &place_words(old, office));
        if findings.is_empty() && matches(Some(old), password) {
            let citation = profile.source("6.2.3");
            let says = "新密码与现在的相同".to_owned();
            findings.add(Findings::new(vec![Finding { rule: "password-same".into(), weight: Weight::Refuse, says, citation, saw: vec![], due: None, next: None, unsure: false }]));
        }
        let hash = if findings.is_empty() { hash(password)? } else { String::new() };
        Ok(Chosen { findings, hash })
    }
}

/// 初始密码: sixteen signs that nobody chose, without those that look alike.
pub fn initial() -> String {
    const SIGNS: [&[u8]; 4] = [b"abcdefghjkmnpqrstuvwxyz", b"ABCDEFGHJKMNPQRSTUVWXYZ", b"23456789", b"-+=%"];
    let random: [u8; 16] = rand::random();
    let sign = |(at, byte): (usize, &u8)| {
        let signs = SIGNS[at % SIGNS.len()];
        char::from(signs[usize::from(*byte) % signs.len()])
    };
    random.iter().enumerate().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expected table of each profile: what is tried, and which rules refuse it.
    const EXPECTED: [(&str, &[&str], &[&str]); 8] = [
        ("Tulip7#moorqz", &[], &["password-short"]),
        ("tulipmoorquartz", &["password-kinds"], &[]),
        ("Tulip7moorqz", &[], &["password-short"]),
        ("河边三棵柳树只剩一棵还在那里了", &["password-kinds"], &[]),
        ("Ab1!x", &["password-short", "password-common"], &["password-short", "password-common"]),
        ("P@ssw0rd20262026", &["password-common"], &["password-common"]),
        ("qwertyuiop123456", &["password-kinds", "password-common"], &["password-common"]),
        ("qingyun-demo-2026", &["password-common"], &["password-common"]),
    ];

    #[test]
    fn each_profile_refuses_what_its_table_says() {
        let place: Vec<String> = ["qingyun", "zhiren"].map(str::to_owned).to_vec();
        for (password, dengbao, asvs) in EXPECTED {
            assert_eq!(examine(Profile::Dengbao3, password, &place).rules(), dengbao, "dengbao3: {password}");
            assert_eq!(examine(Profile::Asvs, password, &place).rules(), asvs, "asvs: {password}");
        }
        for profile in [Profile::Dengbao3, Profile::Asvs] {
            let long = "Ab3-".repeat(65);
            assert!(examine(profile, &long, &place).rules().contains(&"password-long"));
            assert!(examine(profile, "x", &place).iter().all(|f| !f.citation.document.is_empty()), "a refusal has its article");
        }
    }

    #[test]
    fn a_password_that_was_given_passes_both_profiles() {
        for _ in 0..200 {
            let given = initial();
            assert!(examine(Profile::Dengbao3, &given, &[]).is_empty() && examine(Profile::Asvs, &given, &[]).is_empty(), "{given}");
        }
    }

    #[test]
    fn the_hash_costs_what_was_promised() {
        let hash = hash("anything").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}
