//! What stops a whole file from being read. Faults of single values are [`crate::Fault`]s, not errors.

/// 读不了: said to the person who chose the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("打不开 `{name}`：{cause}；请确认文件存在、没有被其他程序占用")]
    Unreadable { name: String, cause: std::io::Error },
    #[error("`{name}` 是加密（有打开密码）的文件；请在原软件中去掉密码后再导入")]
    Password { name: String },
    #[error("`{name}` 不是能识别的文件；能读 lrmx、lrm、xlsx、xls、csv，以及装有它们的文件夹或 zip")]
    UnknownKind { name: String },
    #[error("`{name}` 是空文件")]
    Empty { name: String },
    #[error("`{name}` 太大：{what}超过上限 {limit}；请拆分后再导入")]
    TooLarge {
        name: String,
        what: &'static str,
        limit: String,
    },
    #[error("`{name}` 的内容展开后大得不合常理（{what}），可能是恶意文件，没有读取")]
    Bomb { name: String, what: String },
    #[error(
        "`{name}` 含有文档类型或实体定义（<!DOCTYPE>），任免审批表里不应有，为安全起见没有读取；请用任免表编辑器重新保存"
    )]
    Doctype { name: String },
    #[error("`{name}` 已损坏或不完整：{what}；请重新导出或重新复制")]
    Damaged { name: String, what: String },
    #[error("`{name}` 的文件名越出了压缩包（含 .. 或绝对路径），为安全起见没有读取；请重新打包")]
    UnsafeName { name: String },
    #[error("`{name}` 是压缩包里的压缩包，没有读取；请先解开再打包")]
    Nested { name: String },
    #[error("`{name}` 其实是网页格式的表格；请用表格软件打开后另存为 xlsx 再导入")]
    WebPage { name: String },
    #[error("读取已停止")]
    Stopped,
}

pub type Result<T> = std::result::Result<T, Error>;
