//! `form 任免审批表`: one file, or many in meeting order.

use crate::command::{FormFormat, FormWords};
use crate::settings::Settings;
use crate::{Answer, End, Stop, acting, marked, office, output};
use document::appointment_form::{self, FileKind, FormStyle};
use document::{Fonts, Layout};
use registry::{AsOf, person};
use std::fs::File;
use std::io::BufWriter;

pub fn run(settings: &Settings, json: bool, words: FormWords) -> Answer {
    let office = office::open(settings)?;
    let layout = if words.old { Layout::Old } else { Layout::Reform2025 };
    let acting = acting::at(&office, settings, "form")?;
    let mut forms = office.consult(&acting.actor, AsOf::default(), |desk| {
        let people: Vec<_> = words.who.iter().map(|w| person::who(desk, w)).collect::<registry::Result<_>>()?;
        acting.note(desk, &people, &["任免审批表"])?;
        Ok::<_, Stop>(affairs::form::batch(desk, &people, layout)?)
    })?;
    let ending = words.output.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let marked = marked::begin(&office, &acting, &format!("{} 份任免审批表", forms.len()), &ending)?;
    for form in &mut forms {
        form.foot = [marked.visible.as_str(), form.foot.as_str()].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("　");
    }
    let fonts = Fonts::of_site()?;
    let style = FormStyle::default();
    let bar = output::progress("填表", forms.len() as u64);
    let mut progress = |done: usize| bar.set_position(done as u64);
    let zip = words.output.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    let kind = match words.format {
        FormFormat::Pdf => FileKind::Pdf,
        FormFormat::Docx => FileKind::Docx,
        FormFormat::Lrmx => FileKind::Lrmx,
    };
    let remarks;
    match (zip, words.format, forms.as_slice()) {
        (true, _, _) => {
            let out = BufWriter::new(File::create(&words.output)?);
            remarks = appointment_form::package(fonts, style, kind, &forms, forms.len(), out, &mut progress)?;
        }
        (false, FormFormat::Pdf, _) => {
            let printed = appointment_form::pdf_of_all(fonts, style, &forms, &mut progress)?;
            std::fs::write(&words.output, printed.bytes)?;
            remarks = printed.remarks;
        }
        (false, FormFormat::Docx, [one]) => {
            std::fs::write(&words.output, appointment_form::docx(fonts, style, one)?)?;
            remarks = one.remarks();
        }
        (false, FormFormat::Lrmx, [one]) => {
            std::fs::write(&words.output, appointment_form::lrmx(one))?;
            remarks = one.remarks();
        }
        (false, _, _) => return Err(Stop::wrong_use("多人的 docx 或 lrmx 请写成 .zip")),
    }
    bar.finish_and_clear();
    marked::end(&office, &acting, &marked, forms.len(), &words.output)?;
    if json {
        let remarks: Vec<String> = remarks.iter().map(ToString::to_string).collect();
        output::json(&serde_json::json!({ "forms": forms.len(), "path": words.output, "remarks": remarks }))?;
    } else {
        output::line(&format!("已填 {} 份：{}", forms.len(), words.output.display()))?;
        for remark in &remarks {
            output::line(&format!("  注意：{remark}"))?;
        }
    }
    Ok(End::Done)
}
