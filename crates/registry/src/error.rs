/// What can go wrong with a record. Sentences for whoever sits at the desk.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("没有找到{0}")]
    NotFound(String),
    #[error("数据不一致：表 {table} 第 {row} 行 {column} 的值 `{value}` 读不懂")]
    Corrupt { table: &'static str, row: i64, column: &'static str, value: String },
    #[error("{0}")]
    Store(#[from] store::Error),
    #[error("{0}")]
    Wrong(String),
    /// Somebody else changed the record meanwhile; nothing was written.
    #[error("{0}刚刚被改过，请核对后再保存")]
    Changed(String),
    /// This very form was done before; nothing was written again. `same`: with the same content.
    #[error("这张表已经提交并办好（日志第 {entered} 号），没有重复办理")]
    Again { same: bool, answer: Option<String>, entered: i64 },
}

pub type Result<T> = std::result::Result<T, Error>;
