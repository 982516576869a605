//! 任职谈话记录.

/// 谈话记录: who spoke with whom, and what was said.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TalkRecord {
    /// Empty for `任职谈话记录`.
    pub title: String,
    /// 谈话对象.
    pub person: String,
    /// 现任职务 or 拟任职务 of the person.
    pub post: String,
    pub held_on: String,
    pub place: String,
    /// 谈话人, with their posts.
    pub speakers: Vec<String>,
    /// 记录人.
    pub recorder: String,
    /// What was said by the speakers: demands, reminders.
    pub said: Vec<String>,
    /// 本人表态.
    pub answer: Vec<String>,
}
