/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("数据库出错：{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("数据库出错：{}", full(.0))]
    Postgres(#[from] postgres::Error),
    #[error("读不出数据文件：{0}")]
    File(#[from] std::io::Error),
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
    #[error("备份文件已损坏：{0}")]
    Damaged(String),
    #[error("{0}")]
    NotHere(&'static str),
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
}

fn full(e: &postgres::Error) -> String {
    e.as_db_error().map_or_else(|| e.to_string(), |db| format!("{} ({})", db.message(), db.code().code()))
}

pub type Result<T> = std::result::Result<T, Error>;
