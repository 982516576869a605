//! 打印: forms to PDF, one or a thousand.

use super::geometry::FAMILY_ROWS_SQUEEZED;
use super::sheet::Sheet;
use super::style::FormStyle;
use super::{AppointmentForm, back, front};
use crate::Result;
use crate::font::{Borrowed, Fonts};
use crate::pdf::measure::MM;
use crate::pdf::pages::small_foot;
use crate::pdf::{A4, Leaf, Pdf};
use crate::remark::Remark;
use std::borrow::Borrow;
use std::io::{Seek, Write};
use zip::write::SimpleFileOptions;

/// A finished file and what to look at in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Printed {
    pub bytes: Vec<u8>,
    pub remarks: Vec<Remark>,
}

/// One form: two pages, front and back of one sheet.
pub fn pdf(fonts: &Fonts, style: FormStyle, form: &AppointmentForm) -> Result<Printed> {
    let mut remarks = Vec::new();
    let mut file = Pdf::new(fonts, &format!("{}（{}）", front::TITLE, form.name.trim()));
    add(fonts, style, form, &mut file, &mut remarks)?;
    Ok(Printed {
        bytes: file.finish()?,
        remarks,
    })
}

/// Many forms in one file, in the order given; every person begins on a new sheet. `progress` hears how many are done.
///
/// Forms are taken one by one, so a thousand photos are never in memory at once; the file itself is (about 25 kB a form
/// and its photo).
pub fn pdf_of_all<F: Borrow<AppointmentForm>>(
    fonts: &Fonts,
    style: FormStyle,
    forms: impl IntoIterator<Item = F>,
    progress: &mut dyn FnMut(usize),
) -> Result<Printed> {
    let mut remarks = Vec::new();
    let mut file = Pdf::new(fonts, front::TITLE);
    for (done, form) in forms.into_iter().enumerate() {
        add(fonts, style, form.borrow(), &mut file, &mut remarks)?;
        progress(done + 1);
    }
    Ok(Printed {
        bytes: file.finish()?,
        remarks,
    })
}

/// 印前检查: the characters of everything printed that the style's face for values does not have itself.
pub fn preflight(fonts: &Fonts, style: FormStyle, form: &AppointmentForm) -> Vec<Borrowed> {
    let mut text = String::new();
    for part in [
        &form.name,
        &form.ethnicity,
        &form.native_place,
        &form.birthplace,
        &form.party_joined,
        &form.health,
        &form.technical_post,
        &form.expertise,
        &form.current_post,
        &form.proposed_post,
        &form.removed_post,
        &form.resume,
        &form.honours,
        &form.appraisals,
        &form.reason,
        &form.submitted_by,
        &form.filled_by,
    ] {
        text.push_str(part);
    }
    for of in [&form.full_time, &form.in_service] {
        text.extend([&of.schooling, &of.degree, &of.school, &of.degree_school].map(String::as_str));
    }
    for relative in &form.family {
        text.extend([&relative.relation, &relative.name, &relative.party, &relative.work].map(String::as_str));
    }
    fonts.preflight(style.value, &text)
}

/// What a package of single files holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileKind {
    Pdf,
    Docx,
    Lrmx,
}

/// Many forms as single files in one zip, named `01张三.pdf` in the order given. `of`: how many there will be.
pub fn package<F: Borrow<AppointmentForm>>(
    fonts: &Fonts,
    style: FormStyle,
    kind: FileKind,
    forms: impl IntoIterator<Item = F>,
    of: usize,
    out: impl Write + Seek,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<Remark>> {
    let mut remarks = Vec::new();
    let mut package = zip::ZipWriter::new(out);
    for (done, form) in forms.into_iter().enumerate() {
        let form = form.borrow();
        let (extension, bytes) = match kind {
            FileKind::Pdf => {
                let mut printed = pdf(fonts, style, form)?;
                remarks.append(&mut printed.remarks);
                ("pdf", printed.bytes)
            }
            FileKind::Docx => ("docx", super::docx::docx(fonts, style, form)?),
            FileKind::Lrmx => ("lrmx", super::lrmx::lrmx(form).into_bytes()),
        };
        if kind != FileKind::Pdf {
            remarks.extend(form.remarks());
        }
        package.start_file(form.file_name(done + 1, of, extension), SimpleFileOptions::default())?;
        package.write_all(&bytes)?;
        progress(done + 1);
    }
    package.finish()?.flush()?;
    Ok(remarks)
}

fn add(
    fonts: &Fonts,
    style: FormStyle,
    form: &AppointmentForm,
    file: &mut Pdf<'_>,
    remarks: &mut Vec<Remark>,
) -> Result<()> {
    remarks.extend(form.remarks());
    let said = if form.resume_from_tenures { "简历由任职记载排成" } else { "" };
    let foot: Vec<&str> = [form.foot.as_str(), said].into_iter().filter(|t| !t.is_empty()).collect();
    let foot = foot.join("　");
    let mut draw = |side: fn(&mut Sheet<'_>, &AppointmentForm)| {
        let mut sheet = Sheet::new(fonts, style, form.name.trim(), remarks);
        side(&mut sheet, form);
        if !foot.is_empty() {
            small_foot(fonts, &mut sheet.leaf, &foot, 20.0 * MM, A4.1);
        }
        file.add(sheet.leaf)
    };
    draw(front::draw)?;
    draw(back::draw)?;
    if form.family.len() > FAMILY_ROWS_SQUEEZED {
        draw(back::draw_continued)?;
        // Printed on both sides: the next person's front must not fall on this sheet's back.
        file.add(Leaf::new(A4))?;
    }
    Ok(())
}
