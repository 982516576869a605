//! A first guess at what the columns mean.

use super::shape::{Looks, looks};
use super::{ColumnMapping, KnownFact, Mapping, Shape};
use crate::record::field::person as f;
use crate::roster::head::tidy;
use crate::roster::{Head, RosterTable};

/// From the wording of the heads and the shape of the cells. Our own ledgers name their facts themselves.
///
/// Two columns never get one fact: the surer one keeps it, the other is left out and says why.
pub fn guess(table: &RosterTable, known: &[KnownFact]) -> Mapping {
    let mut columns: Vec<ColumnMapping> = table
        .heads
        .iter()
        .enumerate()
        .map(|(at, head)| column(table, at, head, known))
        .collect();
    one_column_a_fact(&mut columns);
    Mapping {
        fingerprint: super::fingerprint(table),
        columns,
    }
}

fn column(table: &RosterTable, at: usize, head: &Head, known: &[KnownFact]) -> ColumnMapping {
    let mapped = |fact: &KnownFact, confidence: u8, why: String| ColumnMapping {
        column: head.column.number,
        head: head.column.head.to_string(),
        fact: Some(fact.id.clone()),
        shape: fact.shape,
        confidence,
        why,
    };
    if let Some(id) = table.own.as_ref().and_then(|own| own.facts.get(at).cloned().flatten()) {
        let fact = known.iter().find(|k| k.id == id).cloned();
        let fact = fact.unwrap_or(KnownFact {
            name: id.clone(),
            id,
            aliases: Vec::new(),
            shape: Shape::Text,
        });
        return mapped(&fact, 100, "本系统导出的台账".to_owned());
    }
    let looks = looks(table, at);
    if let Some((fact, score)) = by_head(head, known) {
        let (confidence, why) = weigh(&looks, fact, score, head);
        if confidence >= 30 {
            return mapped(fact, confidence, why);
        }
    }
    if let Some((fact, why)) =
        by_cells(&looks, known).filter(|_| head.column.head.is_empty() || by_head(head, known).is_none())
    {
        return mapped(fact, 55, why);
    }
    ColumnMapping {
        column: head.column.number,
        head: head.column.head.to_string(),
        fact: None,
        shape: Shape::Text,
        confidence: 0,
        why: "没有认出".to_owned(),
    }
}

/// The fact whose wording the head has, and how well: 75 the whole head, 60 its lower part, 45 contained.
fn by_head<'a>(head: &Head, known: &'a [KnownFact]) -> Option<(&'a KnownFact, u8)> {
    let whole = tidy(&head.column.head);
    if whole.is_empty() {
        return None;
    }
    let lower = head.column.head.rsplit(' ').next().map(tidy).unwrap_or_default();
    let words = |fact: &'a KnownFact| fact.aliases.iter().chain([&fact.name]).map(|w| tidy(w));
    let exactly = |text: &str| known.iter().find(|fact| words(fact).any(|w| w == text));
    if let Some(fact) = exactly(&whole) {
        return Some((fact, 75));
    }
    // 全日制教育 / 学历及学位: the group decides, so only a head without a group of schooling is told by its lower part.
    let schooling = whole.starts_with("全日制") || whole.starts_with("在职");
    if head.group.is_some()
        && !schooling
        && let Some(fact) = exactly(&lower)
    {
        return Some((fact, 60));
    }
    known
        .iter()
        .filter_map(|fact| {
            let longest = words(fact)
                .filter(|w| {
                    w.chars().count() >= 3
                        && (whole.contains(w.as_str()) || w.contains(whole.as_str()) && whole.chars().count() >= 3)
                })
                .map(|w| w.chars().count())
                .max()?;
            Some((longest, fact))
        })
        .max_by_key(|(longest, _)| *longest)
        .map(|(_, fact)| (fact, 45))
}

/// The cells raise or lower what the head says.
fn weigh(looks: &Looks, fact: &KnownFact, score: u8, head: &Head) -> (u8, String) {
    let said = format!("表头“{}”即“{}”", head.column.head, fact.name);
    let Some(fitting) = looks.fitting(fact.shape, &fact.id) else {
        return (score + 10, said);
    };
    let counted = format!("{said}，{} 个值中 {fitting} 个相符", looks.values);
    if looks.values == 0 {
        (score, format!("{said}，但列中没有值"))
    } else if looks.nearly_all(fitting) {
        (score + 20, counted)
    } else if looks.hardly_any(fitting) {
        (score.saturating_sub(40), counted)
    } else {
        (score - 10, counted)
    }
}

/// Without a telling head: ID numbers, sexes, ethnicities and names are told by themselves.
fn by_cells<'a>(looks: &Looks, known: &'a [KnownFact]) -> Option<(&'a KnownFact, String)> {
    let fact = |id: &str| known.iter().find(|k| k.id == id);
    let enough = looks.values >= 3;
    let (id, what) = if enough && looks.nearly_all(looks.id_numbers) {
        (f::ID_NUMBER, "身份证号")
    } else if enough && looks.nearly_all(looks.sexes) {
        (f::SEX, "男、女")
    } else if enough && looks.nearly_all(looks.ethnicities) {
        (f::ETHNICITY, "民族")
    } else {
        return None;
    };
    fact(id).map(|fact| (fact, format!("表头没有认出，但值都像{what}")))
}

fn one_column_a_fact(columns: &mut [ColumnMapping]) {
    for at in 0..columns.len() {
        let Some((fact, confidence, head)) = columns
            .get(at)
            .and_then(|c| c.fact.clone().map(|f| (f, c.confidence, c.head.clone())))
        else {
            continue;
        };
        for (other, column) in columns.iter_mut().enumerate() {
            let weaker = column.confidence < confidence || (column.confidence == confidence && other > at);
            if other != at && weaker && column.fact.as_deref() == Some(&fact) {
                column.fact = None;
                column.why = format!("与“{head}”列重复，没有采用");
                column.confidence = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    fn head(text: &str) -> Head {
        let group = text.split_once(' ').map(|(g, _)| g.to_owned());
        Head {
            column: Column {
                number: 0,
                head: text.into(),
            },
            group,
        }
    }

    #[test]
    fn heads_of_every_office_mean_the_same() {
        let known = crate::mapping::usual_facts();
        let told = |text: &str| by_head(&head(text), &known).map(|(fact, _)| fact.id.as_str());
        for (text, fact) in [
            ("姓 名", f::NAME),
            ("出生年月\n(岁)", f::BORN),
            ("出生年月（岁）", f::BORN),
            ("全日制教育 学历", f::FULL_TIME),
            ("在职教育 毕业院校系及专业", f::IN_SERVICE_SCHOOL),
            ("全日制学历（学校专业）", f::FULL_TIME),
            ("现任职务", f::POST),
            ("单 位", f::ORGANISATION),
            ("任同职级时间", f::LEVEL_SINCE),
            ("参加工作", f::JOINED_WORK),
            ("身份证号码*", f::ID_NUMBER),
            ("基本情况 民族", f::ETHNICITY),
            ("任现职（同职级）时间", f::POST_SINCE),
        ] {
            assert_eq!(told(text), Some(fact), "{text}");
        }
        assert_eq!(told("序号"), None);
        assert_eq!(told("讨论意见"), None);
    }
}
