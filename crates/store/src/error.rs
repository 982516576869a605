/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value that was kept in another form does not open.
    #[error("{0}")]
    Kept(String),
    #[error("数据库出错：{0}")]
    Sqlite(#[source] rusqlite::Error),
    #[error("数据库出错：{}", full(.0))]
    Postgres(#[source] postgres::Error),
    #[error("读不出数据文件：{0}")]
    File(#[source] std::io::Error),
    #[error("SQLite 版本 {0} 低于 3.51.3，可能损坏数据，程序不予启动")]
    OldSqlite(&'static str),
    #[error("PostgreSQL 数据库的排序规则是 `{0}`，应为 C：create database zhiren template template0 lc_collate 'C' lc_ctype 'C.UTF-8'")]
    Collation(String),
    #[error("数据库升级记录 {number}（{name}）与程序自带的不同：数据库可能来自另一个版本")]
    MigrationDiffers { number: i64, name: String },
    #[error("数据库比程序新（已到第 {0} 号升级），请改用新版程序")]
    Newer(i64),
    #[error("这一行不在：{0}")]
    NoRow(String),
    /// A backup that must not be used, and why.
    #[error("备份文件已损坏：{0}")]
    Damaged(String),
    /// The database itself does not read through.
    #[error("数据库已损坏：{0}；请停下程序，从最近的备份恢复")]
    Corrupt(String),
    #[error("备份是用另一把密钥封的（编号 {0}），现有的密钥打不开")]
    WrongKey(String),
    #[error("备份是更新的程序写的（格式 {0}），请改用新版程序")]
    NewerBackup(u32),
    #[error("磁盘已满，没有写入；请腾出空间后再办")]
    Full,
    #[error("另一个程序正在写入数据库，等了 {0} 秒仍未轮到；没有写入，请稍后再办")]
    Busy(u64),
    /// The connection broke while the commit was under way: written or not, nobody can say.
    #[error("提交时与数据库的连接断了，不知道写没写成；请查看记录后再决定是否重办（{0}）")]
    Uncertain(String),
    #[error("数据库服务器没有应答：{0}")]
    Away(String),
    /// A failed sync or commit: what the disk holds is no longer known, so the program goes no further.
    #[error("写盘失败，为免丢失记录，程序已停止读写：{0}；请检查磁盘后重新启动")]
    Halted(String),
    /// Another program has the database open.
    #[error("数据库正在被别的程序使用：{0}；请先停下它")]
    InUse(String),
    /// A fail point of the tests.
    #[error("试验中的故障：{0}")]
    Injected(&'static str),
}

impl Error {
    /// Did a unique index or a check refuse the row? Then two wrote at once, or the same was written twice.
    pub fn is_conflict(&self) -> bool {
        match self {
            Error::Sqlite(e) => e.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation),
            Error::Postgres(e) => e.code().is_some_and(|c| c.code().starts_with("23")),
            _ => false,
        }
    }

    /// Will it pass by itself, so that asking again later is worth while?
    pub fn is_passing(&self) -> bool {
        matches!(self, Error::Busy(_) | Error::Away(_) | Error::Uncertain(_) | Error::Halted(_))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase};
        match error.sqlite_error_code() {
            Some(DiskFull) => Error::Full,
            Some(DatabaseBusy | DatabaseLocked) => Error::Busy(crate::sqlite::PATIENCE_SECONDS),
            Some(DatabaseCorrupt | NotADatabase) => Error::Corrupt(error.to_string()),
            _ => Error::Sqlite(error),
        }
    }
}

impl From<postgres::Error> for Error {
    fn from(error: postgres::Error) -> Error {
        use postgres::error::SqlState;
        match error.code() {
            Some(code) if *code == SqlState::DISK_FULL => Error::Full,
            _ => Error::Postgres(error),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        if error.kind() == std::io::ErrorKind::StorageFull { Error::Full } else { Error::File(error) }
    }
}

fn full(e: &postgres::Error) -> String {
    e.as_db_error().map_or_else(|| e.to_string(), |db| format!("{} ({})", db.message(), db.code().code()))
}

pub type Result<T> = std::result::Result<T, Error>;
