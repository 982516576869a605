//! 年度考核结果: years and grades in one sentence.

/// Grades of officials and of institution staff; longer words first, because 不称职 contains 称职.
const GRADES: [&str; 12] = [
    "基本称职",
    "基本合格",
    "不确定等次",
    "不定等次",
    "未定等次",
    "不进行考核",
    "不参加考核",
    "不称职",
    "不合格",
    "优秀",
    "称职",
    "合格",
];
/// Words that may stand around years and grades without changing what is said.
const FILLERS: [&str; 24] = [
    "年度考核结果",
    "年度考核",
    "考核结果",
    "考核等次",
    "年度",
    "考核",
    "结果",
    "等次",
    "被评为",
    "被评定为",
    "评定为",
    "确定为",
    "均为",
    "都为",
    "均",
    "为",
    "年",
    "：",
    ":",
    "等",
    "的",
    "分别",
    "被",
    "中",
];

/// Years with their grades, and the pieces that could not be told.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Appraisals {
    pub graded: Vec<(i16, &'static str)>,
    pub unclear: Vec<String>,
}

/// `2023年度优秀；2024年度称职` · `2021、2022年度考核为称职` · `2021-2023年均为称职`.
/// `近三年考核均为称职` names no year and stays unclear: the years are not guessed.
pub(crate) fn read(text: &str) -> Appraisals {
    let mut found = Appraisals::default();
    for sentence in text
        .split(['；', ';', '。', '\n'])
        .map(str::trim)
        .filter(|s| !s.is_empty())
    {
        match sentence_grades(sentence) {
            Some(mut graded) => found.graded.append(&mut graded),
            None => found.unclear.push(sentence.to_owned()),
        }
    }
    found
}

fn sentence_grades(sentence: &str) -> Option<Vec<(i16, &'static str)>> {
    let mut rest = sentence;
    let (mut years, mut graded) = (Vec::<i16>::new(), Vec::new());
    let mut range = false;
    while let Some(c) = rest.chars().next() {
        if let Some(year) = rest.get(..4).and_then(year_of) {
            rest = rest.get(4..)?;
            if std::mem::take(&mut range) {
                let from = *years.last()?;
                if year <= from || year - from > 20 {
                    return None;
                }
                years.extend(from + 1..=year);
            } else {
                years.push(year);
            }
        } else if let Some(grade) = GRADES.iter().find(|g| rest.starts_with(**g)) {
            rest = rest.get(grade.len()..)?;
            if years.is_empty() {
                return None;
            }
            graded.extend(years.drain(..).map(|y| (y, *grade)));
        } else if let Some(filler) = FILLERS.iter().find(|f| rest.starts_with(**f)) {
            rest = rest.get(filler.len()..)?;
        } else {
            match c {
                '-' | '—' | '–' | '－' | '至' | '到' | '～' | '~' => range = true,
                '、' | '，' | ',' | '和' | ' ' | '　' | '（' | '）' | '(' | ')' => {}
                _ => return None,
            }
            rest = rest.get(c.len_utf8()..)?;
        }
    }
    (years.is_empty() && !graded.is_empty()).then_some(graded)
}

fn year_of(text: &str) -> Option<i16> {
    text.parse()
        .ok()
        .filter(|y| text.len() == 4 && (1980..2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clear_sentences_give_years_and_grades() {
        assert_eq!(
            read("2023年度优秀；2024年度称职").graded,
            [(2023, "优秀"), (2024, "称职")]
        );
        assert_eq!(
            read("2022、2023年度考核结果为优秀，2024年度考核为称职。").graded,
            [(2022, "优秀"), (2023, "优秀"), (2024, "称职")]
        );
        assert_eq!(
            read("2021-2023年均为称职").graded,
            [(2021, "称职"), (2022, "称职"), (2023, "称职")]
        );
        assert_eq!(read("2024年不称职").graded, [(2024, "不称职")]);
    }

    #[test]
    fn what_names_no_year_is_left_to_people() {
        assert_eq!(
            read("近三年年度考核结果均为称职").unclear,
            ["近三年年度考核结果均为称职"]
        );
        assert_eq!(read("2023年挂职未考核").graded, []);
        assert_eq!(read("2023、2024年分别为优秀、称职").graded.len(), 0);
    }
}
