//! 任职通知 and 免职通知.

use super::{Block, Paper, Signature};

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

impl AppointmentNotice {
    /// `关于李明等同志任免职的通知`, with one paragraph a person.
    pub fn paper(&self) -> Paper {
        let opening = match (self.decided_on.as_str(), self.decided_by.as_str()) {
            ("", "") => "经研究决定：".to_owned(),
            (day, "") => format!("经研究，{day}决定："),
            ("", office) => format!("经{office}研究决定："),
            (day, office) => format!("{day}，经{office}研究决定："),
        };
        let mut blocks = vec![Block::Paragraph(opening)];
        blocks.extend(
            self.decisions
                .iter()
                .map(|decision| Block::Paragraph(decision.sentence())),
        );
        let full = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Paper {
            title: format!("{}\n{}", self.issuer, self.subject()),
            number: full(&self.number),
            addressee: full(&self.addressee).map(|a| format!("{}：", a.trim_end_matches('：'))),
            blocks,
            signature: Some(Signature::of(self.issuer.clone(), self.signed_on.clone())),
            ..Paper::default()
        }
    }

    fn subject(&self) -> String {
        let who = match self.decisions.as_slice() {
            [one] => format!("{}同志", one.name),
            [first, ..] => format!("{}等同志", first.name),
            [] => "有关同志".to_owned(),
        };
        let any = |of: fn(&Decision) -> &String| self.decisions.iter().any(|d| !of(d).is_empty());
        let what = match (any(|d| &d.appointed), any(|d| &d.removed)) {
            (true, false) => "任职",
            (false, true) => "免职",
            _ => "任免职",
        };
        format!("关于{who}{what}的通知")
    }
}

impl Decision {
    /// `李明同志任…（试用期一年），免去其…职务。`
    pub fn sentence(&self) -> String {
        let removed = self.removed.trim_end_matches("职务");
        let probation = if self.probation.is_empty() {
            String::new()
        } else {
            format!("（{}）", self.probation)
        };
        match (self.appointed.as_str(), removed) {
            (appointed, "") => format!("{}同志任{appointed}{probation}。", self.name),
            ("", removed) => format!("免去{}同志{removed}职务。", self.name),
            (appointed, removed) => format!("{}同志任{appointed}{probation}，免去其{removed}职务。", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_said_as_the_committee_says_it() {
        let decision = |appointed: &str, removed: &str| Decision {
            name: "李明".into(),
            appointed: appointed.into(),
            removed: removed.into(),
            ..Decision::default()
        };
        let both = decision("青云镇党委书记", "青云镇镇长职务").sentence();
        assert_eq!(both, "李明同志任青云镇党委书记，免去其青云镇镇长职务。");
        assert_eq!(decision("", "青云镇镇长").sentence(), "免去李明同志青云镇镇长职务。");
        let notice = AppointmentNotice {
            decisions: vec![decision("", "镇长"), decision("", "乡长")],
            ..Default::default()
        };
        assert_eq!(notice.subject(), "关于李明等同志免职的通知");
    }
}
