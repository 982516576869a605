//! 任前公示.

use super::{Block, Paper, Signature};

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

impl PublicNotice {
    /// The notice as a paper: why, who, how to speak up.
    pub fn paper(&self) -> Paper {
        let title = if self.title.is_empty() {
            format!("{}干部任前公示", self.place)
        } else {
            self.title.clone()
        };
        let mut blocks = vec![Block::Paragraph(self.opening())];
        blocks.extend(
            self.candidates
                .iter()
                .map(|candidate| Block::Paragraph(candidate.sentence())),
        );
        blocks.push(Block::Paragraph(self.how_to_speak_up()));
        let contact = |label: &str, text: &str| Block::Paragraph(format!("{label}：{text}"));
        if !self.office.is_empty() {
            blocks.push(contact("受理部门", &self.office));
        }
        if !self.phones.is_empty() {
            blocks.push(contact("联系电话", &self.phones.join("、")));
        }
        if !self.mail.is_empty() {
            blocks.push(contact("电子邮箱", &self.mail));
        }
        if !self.address.is_empty() {
            blocks.push(contact("通讯地址", &self.address));
        }
        let signature = Some(Signature::of(self.signed_by.clone(), self.signed_on.clone()));
        Paper {
            title,
            blocks,
            signature,
            ..Paper::default()
        }
    }

    fn opening(&self) -> String {
        let days = if self.working_days == 0 {
            String::new()
        } else {
            format!("，共{}个工作日", self.working_days)
        };
        format!(
            "为广泛听取群众意见，接受群众监督，根据《党政领导干部选拔任用工作条例》有关规定，现将拟任干部有关情况予以公示。\
             公示时间为{}{days}。",
            self.period
        )
    }

    fn how_to_speak_up(&self) -> String {
        "公示期间，如对公示对象有异议，可通过来信、来电、来访等方式反映情况和问题。反映情况和问题应当实事求是、客观公正，\
         提倡实名反映；对反映人和所反映的情况，受理部门将严格保密。"
            .to_owned()
    }
}

impl Candidate {
    /// `张三，男，汉族，1970年3月生，中共党员，研究生，现任…，拟任…。` and, for a 破格, its facts and reasons.
    pub fn sentence(&self) -> String {
        let born = if self.born.is_empty() {
            String::new()
        } else {
            format!("{}生", self.born)
        };
        let parts = [
            &self.name,
            &self.sex,
            &self.ethnicity,
            &born,
            &self.party,
            &self.schooling,
        ];
        let mut sentence = parts
            .into_iter()
            .filter(|p| !p.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("，");
        if !self.current_post.is_empty() {
            sentence.push_str(&format!("，现任{}", self.current_post));
        }
        sentence.push_str(&format!("，拟任{}。", self.proposed_post));
        if let Some(exception) = &self.exception {
            let trim = |text: &str| text.trim_end_matches(['。', '；']).to_owned();
            sentence.push_str(&format!(
                "属破格提拔：{}。破格理由：{}。",
                trim(&exception.facts),
                trim(&exception.reason)
            ));
        }
        sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_candidate_is_one_sentence_and_an_exception_says_its_facts() {
        let mut candidate = Candidate {
            name: "张三".into(),
            sex: "男".into(),
            ethnicity: "汉族".into(),
            born: "1970年3月".into(),
            party: "中共党员".into(),
            schooling: "研究生".into(),
            current_post: "青云县农业农村局局长".into(),
            proposed_post: "青云镇党委书记".into(),
            exception: None,
        };
        let plain = "张三，男，汉族，1970年3月生，中共党员，研究生，现任青云县农业农村局局长，拟任青云镇党委书记。";
        assert_eq!(candidate.sentence(), plain);
        candidate.exception = Some(Exception {
            facts: "任现职级满一年三个月".into(),
            reason: "抗洪抢险中表现突出。".into(),
        });
        let exception = format!("{plain}属破格提拔：任现职级满一年三个月。破格理由：抗洪抢险中表现突出。");
        assert_eq!(candidate.sentence(), exception);
    }
}
