//! What can go wrong on the way to paper.

/// Accidents only. What a reader should know about a form that *was* made is a [`crate::Remark`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("字体 `{0}` 无法使用")]
    Font(String),
    #[error("字体目录 `{0}` 无法读取")]
    FontDirectory(String, #[source] std::io::Error),
    #[error("生成 PDF 时出错：{0}")]
    Pdf(String),
    #[error("生成 Word 文档时出错：{0}")]
    Docx(String),
    #[error("生成工作簿时出错：{0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    #[error("生成 CSV 时出错")]
    Csv(#[from] csv::Error),
    #[error("打包时出错")]
    Package(#[from] zip::result::ZipError),
    #[error("照片无法读取：{0}")]
    Photo(String),
    #[error("一行有 {found} 格，表头有 {expected} 栏")]
    Ragged { expected: usize, found: usize },
    #[error("文件无法写入")]
    Write(#[from] std::io::Error),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
