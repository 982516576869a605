//! 公民身份号码 (GB 11643): what the number itself says.

use crate::Day;

/// What is wrong with an ID number. A finding for people to look at, never a refusal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("身份证号应为 18 位（或老 15 位），现为 {0} 位")]
    Length(usize),
    #[error("身份证号第 {0} 位不是数字")]
    Character(usize),
    #[error("身份证号校验位应为 `{expected}`，现为 `{found}`")]
    CheckDigit { expected: char, found: char },
    #[error("身份证号中的出生日期 `{0}` 不存在")]
    Birth(String),
}

/// What a well-formed number tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub born: Day,
    pub female: bool,
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];

/// The check digit for the first 17 digits; `None` when they are not 17 digits.
pub fn check_digit(first: &str) -> Option<char> {
    let digits: Vec<u32> = first.chars().map(|c| c.to_digit(10)).collect::<Option<_>>()?;
    if digits.len() != 17 {
        return None;
    }
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(d, w)| d * w).sum();
    Some(CHECKS[(sum % 11) as usize])
}

/// The stored form: no blanks, capital X.
pub fn tidy(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{feff}').collect::<String>().to_uppercase()
}

/// Reads a tidy number, 18 digits or the old 15.
pub fn read(number: &str) -> Result<Told, Fault> {
    let length = number.chars().count();
    let digits_needed = match length {
        18 => 17,
        15 => 15,
        other => return Err(Fault::Length(other)),
    };
    if let Some(at) = number.chars().take(digits_needed).position(|c| !c.is_ascii_digit()) {
        return Err(Fault::Character(at + 1));
    }
    let (birth, order) = if length == 18 {
        let found = number.chars().last().unwrap_or(' ');
        if !found.is_ascii_digit() && found != 'X' {
            return Err(Fault::Character(18));
        }
        let expected = check_digit(&number[..17]).unwrap_or(' ');
        if expected != found {
            return Err(Fault::CheckDigit { expected, found });
        }
        (number[6..14].to_owned(), &number[16..17])
    } else {
        (format!("19{}", &number[6..12]), &number[14..15])
    };
    let born = crate::Date::read(&birth).ok().and_then(crate::Date::exact).ok_or(Fault::Birth(birth))?;
    let female = order.parse::<u8>().is_ok_and(|n| n % 2 == 0);
    Ok(Told { born, female })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day;

    #[test]
    fn a_number_tells_birth_and_sex() {
        let first = "99000019850412002";
        let number = format!("{first}{}", check_digit(first).unwrap());
        assert_eq!(read(&number), Ok(Told { born: day!(1985 - 04 - 12), female: true }));
        assert_eq!(read("990000850412003"), Ok(Told { born: day!(1985 - 04 - 12), female: false }));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(read("123"), Err(Fault::Length(3)));
        let with = |first: &str, wrong: bool| {
            let expected = check_digit(first).unwrap();
            let found = if !wrong { expected } else if expected == '1' { '2' } else { '1' };
            (format!("{first}{found}"), expected, found)
        };
        let (number, expected, found) = with("99000019850412002", true);
        assert_eq!(read(&number), Err(Fault::CheckDigit { expected, found }));
        let (number, ..) = with("99000019851312002", false);
        assert_eq!(read(&number), Err(Fault::Birth("19851312".into())));
        assert_eq!(tidy(" 99000019850412002x\n"), "99000019850412002X");
    }
}
