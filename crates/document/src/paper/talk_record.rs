//! 任职谈话记录.

use super::{Block, Paper};

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

impl TalkRecord {
    /// Who and where as fields, what was said as text, room to sign.
    pub fn paper(&self) -> Paper {
        let title = if self.title.is_empty() {
            "任职谈话记录".to_owned()
        } else {
            self.title.clone()
        };
        let field = |label: &str, text: &str| Block::Field {
            label: label.to_owned(),
            text: text.to_owned(),
        };
        let mut blocks = vec![
            field("谈话对象", &self.person),
            field("职　　务", &self.post),
            field("谈话时间", &self.held_on),
            field("谈话地点", &self.place),
            field("谈话人员", &self.speakers.join("；")),
            field("记录人员", &self.recorder),
        ];
        for (heading, said) in [("一、谈话内容", &self.said), ("二、本人表态", &self.answer)] {
            blocks.push(Block::Heading {
                level: 1,
                text: heading.to_owned(),
            });
            // Nothing written yet: room for a pen.
            match said.is_empty() {
                true => blocks.push(Block::Blank(6)),
                false => blocks.extend(said.iter().cloned().map(Block::Paragraph)),
            }
        }
        blocks.push(Block::Blank(1));
        blocks.push(Block::Paragraph(
            "谈话人签名：　　　　　　　　谈话对象签名：".to_owned(),
        ));
        blocks.push(Block::Paragraph(
            "　　　年　　月　　日　　　　　　　年　　月　　日".to_owned(),
        ));
        Paper {
            title,
            blocks,
            ..Paper::default()
        }
    }
}
