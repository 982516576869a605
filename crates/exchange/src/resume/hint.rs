//! What the words of a line suggest.

use super::Hint;

const STUDY: [&str; 9] = [
    "学习",
    "学生",
    "就读",
    "读书",
    "攻读",
    "大学本科",
    "专业本科",
    "求学",
    "在读",
];
const MILITARY: [&str; 5] = ["服役", "战士", "入伍", "部队", "军分区"];
const WAITING: [&str; 3] = ["待业", "待分配", "待岗"];

impl Hint {
    /// A hint only: 党校、培训 before 学习, because a course at a party school is both.
    pub fn of(text: &str) -> Hint {
        let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
        if has(&WAITING) {
            Hint::Waiting
        } else if has(&["培训班", "进修", "培训"]) || (text.contains("党校") && text.contains("学习")) {
            Hint::Training
        } else if has(&STUDY) || (text.ends_with("专业") && has(&["大学", "学院", "学校"])) {
            Hint::Study
        } else if has(&MILITARY) {
            Hint::Military
        } else {
            Hint::Work
        }
    }
    pub fn says(self) -> &'static str {
        match self {
            Hint::Study => "学习",
            Hint::Training => "培训",
            Hint::Military => "服役",
            Hint::Waiting => "待业",
            Hint::Work => "工作",
        }
    }
}
