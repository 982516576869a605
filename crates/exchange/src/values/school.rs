//! 毕业院校系及专业: where the school ends and the subject begins.

/// Words that end the name of a school or faculty; the last one found ends it.
const ENDS: [&str; 12] = [
    "大学",
    "学院",
    "学校",
    "党校",
    "中学",
    "师范",
    "分校",
    "电大",
    "函授站",
    "研究院",
    "研究所",
    "系",
];

/// School with faculty, and subject without the word 专业. No subject when the text does not show one.
///
/// Only cuts; never adds a word. A line end or a blank between the two decides before the words do.
pub(crate) fn split(text: &str) -> (String, Option<String>) {
    let text = text.trim();
    if let Some((school, subject)) = text.split_once(['\n', ' ', '　']) {
        let subject = subject.split(['\n', ' ', '　']).collect::<String>();
        if ENDS.iter().any(|e| school.ends_with(e)) && !subject.is_empty() {
            return (school.trim().to_owned(), some(without_word(&subject)));
        }
    }
    let flat: String = text.split(['\r', '\n']).map(str::trim).collect();
    let end = ENDS
        .iter()
        .filter_map(|word| flat.rfind(word).map(|at| at + word.len()))
        .max();
    match end.and_then(|at| flat.split_at_checked(at)) {
        // `计算机系统` ends a subject, not a faculty.
        Some((school, rest)) if !rest.is_empty() && !rest.starts_with('统') => {
            (school.to_owned(), some(without_word(rest)))
        }
        _ => (flat, None),
    }
}

fn without_word(subject: &str) -> &str {
    subject.trim().trim_end_matches("专业").trim_end_matches("学习").trim()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn school_and_subject_are_cut_apart() {
        let pair = |s: &str, m: &str| (s.to_owned(), some(m));
        assert_eq!(split("青云大学数学系应用数学专业"), pair("青云大学数学系", "应用数学"));
        assert_eq!(split("青云大学\n法学专业"), pair("青云大学", "法学"));
        assert_eq!(split("青云省委党校公共管理专业"), pair("青云省委党校", "公共管理"));
        assert_eq!(split("青云师范学院"), pair("青云师范学院", ""));
        assert_eq!(
            split("青云理工大学计算机科学与技术"),
            pair("青云理工大学", "计算机科学与技术")
        );
    }
}
