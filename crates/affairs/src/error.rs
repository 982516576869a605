/// What can go wrong with the work itself. A refusal is no error: see `Outcome::Refused`.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Registry(#[from] registry::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("文件写不出来：{0}")]
    File(#[from] document::Error),
    #[error("没有找到{0}")]
    NotFound(String),
    #[error("{0}那天没有施行中的制度 `{1}`")]
    NotInForce(vocabulary::Day, String),
    #[error("数据不一致：表 {table} 第 {row} 行 {column} 读不懂")]
    Corrupt {
        table: &'static str,
        row: i64,
        column: &'static str,
    },
    #[error("{0}")]
    Wrong(String),
    /// The effect met what its check had not seen; nothing was written.
    #[error("未能生效，全部撤回：{0}")]
    Undone(String),
}

pub type Result<T> = std::result::Result<T, Error>;
