//! 干部任免建议方案: what the committee sees.

/// 建议方案: A4 landscape, marked 注意保密.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Slate {
    /// Empty for `干部任免建议方案`.
    pub title: String,
    /// 呈报单位.
    pub office: String,
    /// `2026年11月22日`.
    pub day: String,
    pub groups: Vec<SlateGroup>,
    /// 说明, under the table.
    pub note: String,
}

/// 一、县直单位: people under one head; the head may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SlateGroup {
    pub head: String,
    pub rows: Vec<SlateRow>,
}

/// 一人.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SlateRow {
    pub name: String,
    /// `1985.04`.
    pub born: String,
    /// 学历职称.
    pub education_and_title: String,
    pub current_post: String,
    /// 拟任免职务: `任…，免…`.
    pub proposal: String,
    /// 讨论意见; empty to be written at the meeting.
    pub opinion: String,
}
