/// What stops an import. What one value or one record suffers from is a fault, not an error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Registry(#[from] registry::Error),
    #[error("{0}")]
    Store(#[from] store::Error),
    #[error("{0}")]
    File(#[from] exchange::Error),
    #[error("打不开 `{name}`：{cause}")]
    Unreadable { name: String, cause: std::io::Error },
    #[error("{0}不能导入；请由组织部干部导入")]
    NotAllowed(&'static str),
    /// Our own form of a person, which the file is held against, could not be filled in.
    #[error("核对本系统的任免审批表时出错：{0}")]
    Form(#[from] affairs::Error),
    #[error("暂存的文件已经不在，请重新选择文件")]
    NotStaged,
    #[error("暂存的内容读不懂：{0}")]
    Garbled(#[from] serde_json::Error),
}

pub type Result<T> = std::result::Result<T, Error>;
