//! 任前公示.

/// 任前公示 of one decision: who, for how long, where to speak up.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PublicNotice {
    /// `青云县`: who gives notice, as it stands in the title.
    pub place: String,
    /// The whole title; empty for `干部任前公示`.
    pub title: String,
    /// 公示期 in words: `2026年11月23日至2026年11月27日`.
    pub period: String,
    /// 工作日 of the notice.
    pub working_days: u16,
    pub candidates: Vec<Candidate>,
    /// 受理部门.
    pub office: String,
    /// 联系电话, as many as there are.
    pub phones: Vec<String>,
    pub mail: String,
    pub address: String,
    /// 发布机关.
    pub signed_by: String,
    /// Day of issue in words.
    pub signed_on: String,
}

/// 拟任人选: one paragraph.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Candidate {
    pub name: String,
    pub sex: String,
    /// `汉族`.
    pub ethnicity: String,
    /// `1970年3月`.
    pub born: String,
    /// `中共党员`.
    pub party: String,
    /// `研究生`.
    pub schooling: String,
    /// 现任.
    pub current_post: String,
    /// 拟任, with its verb left out.
    pub proposed_post: String,
    /// 破格提拔: the facts of the exception and the reason; both are said in the notice.
    pub exception: Option<Exception>,
}

/// 破格: what is short, and why.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exception {
    /// `任乡科级副职满一年三个月`.
    pub facts: String,
    pub reason: String,
}
