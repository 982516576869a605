//! What can keep the county from being planted.

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("数据库里已有人员或机构，虚拟的县只能栽入空库")]
    NotEmpty,
    #[error("人数 {asked} 太少，配齐班子至少要 {least} 人")]
    TooFew { asked: u64, least: u64 },
    #[error("人数 {0} 太多，最多 2000000 人")]
    TooMany(u64),
    #[error("日期 `{0}` 太早，青云县的固定人物从 2024-01-01 起才齐全")]
    TooEarly(vocabulary::Day),
    #[error("画不出照片：{0}")]
    Photo(#[from] image::ImageError),
    #[error("写不进数据库：{0}")]
    Database(#[from] store::Error),
}

pub type Result<T> = std::result::Result<T, Error>;
