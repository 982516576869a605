//! What officers type into the search box.

use crate::{book, dictionary};

/// `[chip]` for what was understood, the words themselves for what was not.
fn chips(text: &str) -> String {
    let pieces = book().understand(text);
    let shown: Vec<String> = pieces
        .iter()
        .map(|p| if p.condition.is_some() { format!("[{}]", p.chip) } else { p.chip.clone() })
        .collect();
    shown.join(" ")
}

#[test]
fn a_question_becomes_tests_that_can_be_seen() {
    assert_eq!(chips("36岁以下女乡镇副科"), "[不满37周岁] [性别为女] [机构类别属于乡镇] [职务层次为乡科级副职]");
    assert_eq!(chips("党外 大学以上 同职级3年以上"), "[政治面貌属于党外] [最高学历不低于大学] [任现职务层次满3年（36个月）]");
    assert_eq!(chips("４５—５０岁 县直 正科"), "[年满45周岁、不满51周岁] [机构类别属于县直] [职务层次为乡科级正职]");
    assert_eq!(chips("近三年优秀的农业干部"), "[近三年至少一次优秀] [专业类别为农业]");
    assert_eq!(chips("三十五岁以下、少数民族、研究生"), "[不满36周岁] [民族属于少数民族] [最高学历属于研究生]");
    assert_eq!(chips("到龄"), "[已到龄]");
    assert_eq!(chips("满族"), "[民族为满族]");
    assert_eq!(chips("两年内到龄 一级主任科员"), "[2年内到龄] [职级为一级主任科员]");
}

#[test]
fn the_longest_word_wins_and_what_is_not_understood_stays() {
    assert_eq!(chips("女少非"), "[性别为女，或民族属于少数民族，或政治面貌属于党外]");
    assert_eq!(chips("李明"), "李明");
    assert_eq!(chips("青云镇 女"), "青云镇 [性别为女]");
    assert_eq!(chips("农业局"), "[专业类别为农业] 局");
    assert_eq!(chips(""), "");
    assert_eq!(chips("李和平"), "李和平", "a joint inside a name is a letter");
    assert_eq!(chips("和平村"), "和平村");
    assert_eq!(chips("女的和党外"), "[性别为女] [政治面貌属于党外]");
}

#[test]
fn every_understood_piece_is_a_test_of_an_official() {
    for piece in book().understand("36岁以下女党外大学以上乡镇近三年优秀") {
        let condition = piece.condition.unwrap();
        let mut facts = Vec::new();
        condition.facts(&mut facts);
        assert!(facts.iter().all(|f| dictionary().facts[*f].subject == institution::Subject::Official), "{}", piece.text);
    }
}
