//! 任职通知 and 免职通知.

/// 任免通知: one decision, in the wording of the committee.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AppointmentNotice {
    /// 发文机关: `中共青云县委`.
    pub issuer: String,
    /// 发文字号.
    pub number: String,
    /// 主送机关, without the colon.
    pub addressee: String,
    /// `2026年11月20日`: when it was decided.
    pub decided_on: String,
    /// 决定机关 in words: `县委常委会会议`; empty leaves the sentence out.
    pub decided_by: String,
    pub decisions: Vec<Decision>,
    pub signed_on: String,
}

/// `李明同志任青云镇党委书记，免去其青云镇镇长职务`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decision {
    pub name: String,
    /// Empty when only removed.
    pub appointed: String,
    /// 试用期: `试用期一年`; empty when there is none.
    pub probation: String,
    /// Empty when nothing is removed.
    pub removed: String,
}
