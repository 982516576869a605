//! 配置: about a dozen keys, each with a default that works. A flag beats the environment, the environment beats
//! `zhiren.toml` in the data directory, the file beats the default. A county's choices are institutions, not settings.

use crate::command::{ConfigWords, Zhiren};
use crate::{Answer, End, Stop, output};
use registry::account::password::Profile;
use serde::Serialize;
use std::path::{Path, PathBuf};
use vocabulary::{Clock, Day};
use web::login::ldap::Ldap;
use web::login::oidc::Oidc;
use web::settings::SecondFactor;

/// One key as it is in force.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    pub key: &'static str,
    pub value: String,
    /// 默认, 命令行, 环境变量 …, 文件 …
    pub from: String,
    pub says: &'static str,
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub data: PathBuf,
    pub place: store::Place,
    pub institutions: Option<PathBuf>,
    pub listen: String,
    pub office_name: String,
    pub https: bool,
    /// How people come in: passwords, second factor, addresses.
    pub door: DoorSettings,
    pub clock: Clock,
    /// The account that words of the command line act as; empty: none.
    pub account: String,
    /// Why protected parts are looked at, for this one word.
    pub purpose: String,
    /// What seals and signs; outside of the data directory.
    pub key_file: PathBuf,
    /// Algorithms for new keys.
    pub profile: vault::Profile,
    /// Folder outside of the data directory for signed heads of the journal.
    /// List of what was purged, beside the key file.
    pub purge_list: PathBuf,
    pub checkpoints: Option<PathBuf>,
    /// Certificates that receivers of events are trusted by.
    pub hook_ca_file: Option<PathBuf>,
    keys: Vec<Key>,
}

pub const FILE: &str = "zhiren.toml";

impl Settings {
    pub fn read(words: &Zhiren) -> Result<Settings, Stop> {
        let data_flag = words.data.as_ref().map(|p| p.display().to_string());
        let mut read = Reader { file: toml::Table::new(), file_name: String::new(), keys: Vec::new() };
        let data = PathBuf::from(read.key("data", data_flag, "./data", "数据目录：数据库、上传暂存、县里改过的制度"));
        let file = data.join(FILE);
        if let Ok(text) = std::fs::read_to_string(&file) {
            read.file = text.parse().map_err(|e| Stop::wrong_use(format!("{}：{e}", file.display())))?;
            read.file_name = file.display().to_string();
        }
        let beside = data.join("institutions");
        let institutions_default = if beside.is_dir() { beside.display().to_string() } else { String::new() };
        let database = read.key("database", words.database.clone(), "", "PostgreSQL 数据库地址；不写则用数据目录下的 zhiren.db");
        let institutions_flag = words.institutions.as_ref().map(|p| p.display().to_string());
        let institutions = read.key("institutions", institutions_flag, &institutions_default, "制度目录；不写则用程序自带的");
        let listen = read.key("listen", None, "127.0.0.1:8080", "网页地址");
        let office_name = read.key("office_name", None, "组织部", "页面左上角的单位名称");
        let https = read.key("https", None, "no", "是否只在加密连接上发送会话（前面有证书时写 yes）");
        let elsewhere = (read.oidc()?, read.ldap()?);
        let passwords = read.key("password_profile", None, Profile::default().id(), "密码规则：dengbao3（12 个字、三种字符、90 天更换）或 asvs（15 个字、不更换）");
        let second = read.key("second_factor", None, "required", "第二因素：required；demo_off 只用于 zhiren demo 种出的虚拟数据");
        let origin = read.key("origin", None, "", "浏览器里看到的本站网址，如 https://zhiren.example；通行密钥和外部登录要用");
        let proxy = read.key("behind_proxy", None, "no", "前面有没有本单位的反向代理（有则写 yes，从 X-Forwarded-For 读来访地址）");
        let key_flag = words.key_file.as_ref().map(|p| p.display().to_string());
        let key_file = read.key("key_file", key_flag, &beside_of(&data), "密钥文件，要放在数据目录以外");
        let checkpoints = read.key("checkpoints", None, "", "检查点写到哪个目录（审计员的介质或另一台机器）；不写则只留在库里");
        let hook_ca = read.key("hook_ca_file", None, "", "事件送往 https 地址时信任的根证书（PEM）；不写则信任公开网站通用的");
        let crypto = read.key("crypto", None, "intl", "新密钥的算法：intl，或国密 gm");
        let profile = vault::Profile::from_id(&crypto).ok_or_else(|| Stop::wrong_use(format!("crypto 应为 intl 或 gm，现为“{crypto}”")))?;
        let today = read.key("today", words.today.map(|d| d.to_string()), "", "以哪一天为今天；不写则用机器的日期");
        let account = read.key("account", words.account.clone(), "", "命令行以哪个账户的身份办事");
        for (key, says) in [("ZHIREN_FONTS", "单位自有字体目录"), ("ZHIREN_TEMPLATES", "改过的页面模板目录")] {
            let value = std::env::var(key).unwrap_or_default();
            let from = if value.is_empty() { "默认".into() } else { format!("环境变量 {key}") };
            read.keys.push(Key { key, value, from, says });
        }
        let place = if database.is_empty() {
            store::Place::File(data.join("zhiren.db"))
        } else if database.starts_with("postgres://") || database.starts_with("postgresql://") {
            store::Place::Postgres(database)
        } else {
            return Err(Stop::wrong_use(format!("database 应以 postgres:// 开头，现为“{database}”")));
        };
        let clock = if today.is_empty() {
            Clock::Machine
        } else {
            Clock::on(today.parse::<Day>().map_err(|e| Stop::wrong_use(e.to_string()))?)
        };
        Ok(Settings {
            data,
            place,
            institutions: Some(institutions).filter(|i| !i.is_empty()).map(PathBuf::from),
            listen,
            office_name,
            https: yes(&https),
            door: DoorSettings { oidc: elsewhere.0, ldap: elsewhere.1, ..DoorSettings::read(&passwords, &second, origin, yes(&proxy))? },
            clock,
            account,
            purpose: words.purpose.clone().unwrap_or_default(),
            purge_list: PathBuf::from(&key_file).with_extension("purges"),
            key_file: PathBuf::from(key_file),
            profile,
            hook_ca_file: Some(hook_ca).filter(|c| !c.is_empty()).map(PathBuf::from),
            checkpoints: Some(checkpoints).filter(|c| !c.is_empty()).map(PathBuf::from),
            keys: read.keys,
        })
    }

    /// Uploads wait here between preview and import.
    pub fn staging(&self) -> PathBuf {
        self.data.join("staging")
    }
}

/// `/srv/zhiren` → `/srv/zhiren.key`: beside the data directory, not in it.
fn beside_of(data: &Path) -> String {
    let whole = std::path::absolute(data).unwrap_or_else(|_| data.to_path_buf());
    let name = whole.file_name().map_or_else(|| "zhiren".into(), |n| n.to_string_lossy().into_owned());
    whole.parent().unwrap_or(&whole).join(format!("{name}.key")).display().to_string()
}

fn yes(text: &str) -> bool {
    matches!(text, "yes" | "true" | "1")
}

/// 门: the part of the settings that the door keeps.
#[derive(Clone, Debug)]
pub struct DoorSettings {
    pub password_profile: Profile,
    pub second_factor: SecondFactor,
    pub origin: String,
    pub behind_proxy: bool,
    pub oidc: Option<Oidc>,
    pub ldap: Option<Ldap>,
}

impl DoorSettings {
    fn read(profile: &str, second: &str, origin: String, behind_proxy: bool) -> Result<DoorSettings, Stop> {
        let password_profile = Profile::from_id(profile).ok_or_else(|| Stop::wrong_use(format!("password_profile 应为 dengbao3 或 asvs，现为“{profile}”")))?;
        let second_factor = match second {
            "required" => SecondFactor::Required,
            "demo_off" => SecondFactor::DemoOff,
            other => return Err(Stop::wrong_use(format!("second_factor 应为 required（demo_off 只用于演示），现为“{other}”"))),
        };
        let origin = origin.trim_end_matches('/').to_owned();
        if !(origin.is_empty() || origin.starts_with("https://") || origin.starts_with("http://")) {
            return Err(Stop::wrong_use(format!("origin 应以 https:// 开头，现为“{origin}”")));
        }
        Ok(DoorSettings { password_profile, second_factor, origin, behind_proxy, oidc: None, ldap: None })
    }
}

/// Passwords and tokens travel only where nobody listens: encrypted, or on this machine.
fn secure(place: &str, key: &str, address: &str, schemes: &[&str]) -> Result<(), Stop> {
    let host = address.split("://").nth(1).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    if schemes.iter().any(|s| address.starts_with(s)) || matches!(host, "127.0.0.1" | "localhost") {
        return Ok(());
    }
    Err(Stop::wrong_use(format!("[{place}] {key} 要用加密的地址（{}），现为“{address}”", schemes[0])))
}

struct Reader {
    file: toml::Table,
    file_name: String,
    keys: Vec<Key>,
}

impl Reader {
    /// A table of the file, `[login.oidc]`; secrets may lie in files of their own, named `…_file`.
    fn login(&self, name: &str) -> Option<&toml::Table> {
        self.file.get("login")?.get(name)?.as_table()
    }
    fn word(table: &toml::Table, place: &str, key: &str, default: Option<&str>) -> Result<String, Stop> {
        if let Some(path) = table.get(&format!("{key}_file")).and_then(|v| v.as_str()) {
            let text = std::fs::read_to_string(path).map_err(|e| Stop::wrong_use(format!("[{place}] {key}_file：{path}：{e}")))?;
            return Ok(text.trim_end_matches(['\r', '\n']).to_owned());
        }
        let found = table.get(key).and_then(|v| v.as_str()).or(default);
        found.map(str::to_owned).ok_or_else(|| Stop::wrong_use(format!("[{place}] 里要写 {key}")))
    }
    fn oidc(&self) -> Result<Option<Oidc>, Stop> {
        const PLACE: &str = "login.oidc";
        let Some(table) = self.login("oidc") else { return Ok(None) };
        let word = |key, default| Reader::word(table, PLACE, key, default);
        let issuer = word("issuer", None)?;
        secure(PLACE, "issuer", &issuer, &["https://"])?;
        Ok(Some(Oidc {
            issuer,
            client_id: word("client_id", None)?,
            client_secret: word("client_secret", None)?,
            label: word("label", Some("用统一身份认证登录"))?,
            ca_file: table.get("ca_file").and_then(|v| v.as_str()).map(PathBuf::from),
        }))
    }
    fn ldap(&self) -> Result<Option<Ldap>, Stop> {
        const PLACE: &str = "login.ldap";
        let Some(table) = self.login("ldap") else { return Ok(None) };
        let word = |key, default| Reader::word(table, PLACE, key, default);
        let (url, starttls) = (word("url", None)?, table.get("starttls").and_then(|v| v.as_bool()).unwrap_or(false));
        if !starttls {
            secure(PLACE, "url", &url, &["ldaps://", "ldapi://"])?;
        }
        let filter = word("filter", Some("(uid={name})"))?;
        if !filter.contains("{name}") {
            return Err(Stop::wrong_use(format!("[{PLACE}] filter 里要有 {{name}}，现为“{filter}”")));
        }
        Ok(Some(Ldap { url, starttls, bind_dn: word("bind_dn", Some(""))?, bind_password: word("bind_password", Some(""))?, base: word("base", None)?, filter }))
    }

    fn key(&mut self, key: &'static str, flag: Option<String>, default: &str, says: &'static str) -> String {
        let variable = format!("ZHIREN_{}", key.to_uppercase());
        let in_file = self.file.get(key).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
        let (value, from) = if let Some(value) = flag {
            (value, "命令行".to_owned())
        } else if let Ok(value) = std::env::var(&variable) {
            (value, format!("环境变量 {variable}"))
        } else if let Some(value) = in_file {
            (value, format!("文件 {}", self.file_name))
        } else {
            (default.to_owned(), "默认".to_owned())
        };
        self.keys.push(Key { key, value: value.clone(), from, says });
        value
    }
}

/// `config show`: what is in force and from where.
pub fn show(settings: &Settings, json: bool, _: ConfigWords) -> Answer {
    if json {
        output::json(&settings.keys)?;
        return Ok(End::Done);
    }
    let rows: Vec<Vec<String>> = settings
        .keys
        .iter()
        .map(|k| vec![k.key.to_owned(), if k.value.is_empty() { "（空）".into() } else { k.value.clone() }, k.from.clone(), k.says.to_owned()])
        .collect();
    output::table(&["键", "值", "来源", "说明"], &rows)?;
    Ok(End::Done)
}
