//! One cell of a person, read, checked and set; what is wrong with it goes to the person's faults.

use super::{appraisal, date, list, one_line, party, several_lines};
use crate::record::field::person as f;
use crate::{AppraisalRecord, Cell, Fault, PersonRecord, Place, When, resume};

impl PersonRecord {
    /// Sets 性别; anything but 男 and 女 is a fault of that cell.
    pub(crate) fn sex(&mut self, text: &str, place: &Place) {
        let value = one_line(text);
        match value.trim_end_matches('性') {
            "" => {}
            sex @ ("男" | "女") => self.fields.set(f::SEX, sex, text, place.clone()),
            "1" => self.fields.set(f::SEX, "男", text, place.clone()),
            "2" => self.fields.set(f::SEX, "女", text, place.clone()),
            _ => self
                .faults
                .push(Fault::error(place.clone(), text, "性别读不出来", "应为 男 或 女")),
        }
    }

    /// Sets 民族 by its full name; an unknown one is kept and told.
    pub(crate) fn ethnicity(&mut self, text: &str, place: &Place) {
        let value = one_line(text);
        if value.is_empty() {
            return;
        }
        let full = format!("{value}族");
        let (value, known) = match (list::find("ethnicity", &value), list::find("ethnicity", &full)) {
            (list::Found::Wording(name) | list::Found::Table(name), _) => (name, true),
            (_, list::Found::Wording(name) | list::Found::Table(name)) => (name, true),
            _ => (value.as_str(), false),
        };
        if !known {
            self.faults.push(Fault::finding(
                place.clone(),
                text,
                "民族不在国家标准的名称里",
                "应写全称，如 汉族、土家族",
            ));
        }
        self.fields.set(f::ETHNICITY, value, text, place.clone());
    }

    /// Sets a date; one that does not exist is a fault of that cell and is not taken.
    pub(crate) fn date(&mut self, id: impl Into<crate::FieldId>, text: &str, place: &Place) {
        let value = one_line(text);
        if let Some(cell) = when(&value, place, &mut self.faults) {
            self.fields.set(id, &cell.value.to_string(), text, cell.place);
        }
    }

    /// 入党时间栏 to party and day; `named` is what another cell already said.
    pub(crate) fn party_text(&mut self, text: &str, place: &Place, named: Option<&str>) {
        let value = one_line(text);
        if value.is_empty() {
            return;
        }
        let told = party::read(&value);
        for piece in &told.unclear {
            let right = "应为入党年月（如 200108）或党派名称（如 民建）";
            match date::read(piece) {
                Err(wrong) if piece.starts_with(|c: char| c.is_ascii_digit()) => {
                    self.faults.push(Fault::error(place.clone(), piece, wrong.says, right));
                }
                _ => self.faults.push(Fault::finding(
                    place.clone(),
                    piece,
                    "入党时间栏里这几个字看不懂",
                    right,
                )),
            }
        }
        if let Some(joined) = told.joined {
            self.fields
                .set(f::PARTY_JOINED, &joined.to_string(), text, place.clone());
        }
        // 预备党员 with a date is told only by the cell of the party itself.
        let agrees = |named: &str| told.parties.contains(&named) || (named == "预备党员" && told.joined.is_some());
        match named {
            Some(named) if !told.parties.is_empty() && !agrees(named) => {
                let says = format!("入党时间栏表示{}，与政治面貌{named}不一致", told.parties.join("、"));
                self.faults
                    .push(Fault::finding(place.clone(), &value, says, "请核对政治面貌和入党时间"));
            }
            Some(_) => {}
            None => {
                for (id, party) in [f::PARTY, f::SECOND_PARTY, f::THIRD_PARTY]
                    .into_iter()
                    .zip(&told.parties)
                {
                    self.fields.set(id, party, text, place.clone());
                }
            }
        }
    }

    pub(crate) fn appraisals_text(&mut self, text: &str, place: &Place) {
        let value = several_lines(text);
        let told = appraisal::read(&value);
        for (year, grade) in told.graded {
            self.appraisals.push(AppraisalRecord {
                place: place.clone(),
                year,
                grade: grade.to_owned(),
            });
        }
        for piece in told.unclear {
            let right = "逐年写明，如 2023年度优秀；2024年度称职";
            self.faults.push(Fault::finding(
                place.clone(),
                &piece,
                "这句话看不出是哪一年的考核结果，没有拆成逐年记录",
                right,
            ));
        }
        self.fields.set(f::APPRAISALS_TEXT, &value, text, place.clone());
    }

    /// The first work day must already be set: the resume is checked against it.
    pub(crate) fn resume_text(&mut self, text: &str, place: &Place) {
        let value = several_lines(text);
        if value.trim().is_empty() {
            return;
        }
        let (read, mut faults) = resume::parse(&value, place);
        if let Some(joined) = self.fields.date(f::JOINED_WORK) {
            faults.extend(read.check_start(joined));
        }
        self.faults.append(&mut faults);
        self.resume = Some(read);
        self.fields.set(f::RESUME_TEXT, &value, text, place.clone());
    }
}

/// A date with its place; None when empty or, with a fault, when it does not exist.
pub(crate) fn when(value: &str, place: &Place, faults: &mut Vec<Fault>) -> When {
    if value.is_empty() {
        return None;
    }
    match date::read(value) {
        Ok(read) => {
            if date::is_unlikely(read) {
                faults.push(Fault::finding(place.clone(), value, "年份不合常理", "请核对年份"));
            }
            Some(Cell::new(read, place.clone()))
        }
        Err(wrong) => {
            faults.push(Fault::error(place.clone(), value, wrong.says, wrong.would_be_right));
            None
        }
    }
}
