//! Names of people.

/// Separators met inside names of several parts; the standard one is `·`.
const SEPARATORS: [char; 8] = ['·', '•', '・', '．', '。', '?', '？', '‧'];

/// Without the blanks that pad two-character names, and with `·` between the parts of a long name.
pub(crate) fn tidy(text: &str) -> String {
    let han = |c: char| !c.is_ascii() && c.is_alphabetic();
    let chars: Vec<char> = text.trim().chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let before = out.chars().last();
        let after = chars.iter().skip(at + 1).find(|c| !c.is_whitespace());
        if c.is_whitespace() {
            // Blanks between Latin words stay.
            let latin = before.is_some_and(|c| c.is_ascii()) && after.is_some_and(|c| c.is_ascii());
            if latin && before != Some(' ') {
                out.push(' ');
            }
        } else if SEPARATORS.contains(c) {
            if before.is_some_and(han) && after.is_some_and(|c| han(*c)) {
                out.push('·');
            } else {
                out.push(*c);
            }
        } else {
            out.push(*c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_goes_and_the_dot_is_one() {
        assert_eq!(tidy("张 三"), "张三");
        assert_eq!(tidy(" 张　三 "), "张三");
        assert_eq!(tidy("阿依古丽?买买提"), "阿依古丽·买买提");
        assert_eq!(tidy("阿依古丽 。 买买提"), "阿依古丽·买买提");
        assert_eq!(tidy("John  Smith"), "John Smith");
    }
}
