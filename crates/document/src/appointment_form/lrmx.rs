//! `.lrmx`: the file that 任免表编辑器 reads and writes.

use super::{AppointmentForm, Education, Layout};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::fmt::Write;

/// 版本: the editor version whose element set we write.
const VERSION: &str = "3.2.1.16";

/// The form as the text of an `.lrmx` file, UTF-8: elements in the editor's own order (formats.md §1.1), those of the
/// 2025 edition after 版本 only when the form is of that edition, unknown elements of an import last and byte for byte as
/// they came.
pub fn lrmx(form: &AppointmentForm) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Person>\n");
    let out = &mut xml;
    element(out, "XingMing", &form.name);
    element(out, "XingBie", &form.sex);
    element(out, "ChuShengNianYue", &form.born);
    element(out, "MinZu", &form.ethnicity);
    element(out, "JiGuan", &form.native_place);
    element(out, "ChuShengDi", &form.birthplace);
    element(out, "RuDangShiJian", &form.party_joined);
    element(out, "CanJiaGongZuoShiJian", &form.work_started);
    element(out, "JianKangZhuangKuang", &form.health);
    element(out, "ZhuanYeJiShuZhiWu", &form.technical_post);
    element(out, "ShuXiZhuanYeYouHeZhuanChang", &form.expertise);
    education(out, "QuanRiZhiJiaoYu", &form.full_time);
    education(out, "ZaiZhiJiaoYu", &form.in_service);
    element(out, "XianRenZhiWu", &form.current_post);
    element(out, "NiRenZhiWu", &form.proposed_post);
    element(out, "NiMianZhiWu", &form.removed_post);
    element(out, "JianLi", &form.resume);
    element(out, "JiangChengQingKuang", &form.honours);
    element(out, "NianDuKaoHeJieGuo", &form.appraisals);
    element(out, "RenMianLiYou", &form.reason);
    family(out, form);
    element(out, "ChengBaoDanWei", &form.submitted_by);
    element(out, "JiSuanNianLingShiJian", &form.age_day);
    element(out, "TianBiaoShiJian", &form.filled_on);
    element(out, "TianBiaoRen", &form.filled_by);
    element(out, "ShenFenZheng", &form.identity);
    element(
        out,
        "ZhaoPian",
        &form
            .photo
            .as_deref()
            .map_or_else(String::new, |photo| STANDARD.encode(photo)),
    );
    element(out, "Version", VERSION);
    if form.layout == Layout::Reform2025 {
        element(out, "DaoLingNianYue", &form.retires_on);
        element(out, "GaiGeQianRenZhiNianLingJieXian", &form.pre_reform_limit);
    }
    for (name, raw) in form.extra.iter().filter(|(name, _)| is_element_name(name)) {
        if stands_alone(name, raw) {
            let _ = writeln!(out, "  {raw}");
        } else {
            // A file that was cut off left half an element: its words are kept, and ours stays whole.
            element(out, name, raw);
        }
    }
    xml.push_str("</Person>\n");
    xml
}

fn education(out: &mut String, prefix: &str, of: &Education) {
    element(out, &format!("{prefix}_XueLi"), &of.schooling);
    element(out, &format!("{prefix}_XueWei"), &of.degree);
    element(out, &format!("{prefix}_XueLi_BiYeYuanXiaoXi"), &of.school);
    element(out, &format!("{prefix}_XueWei_BiYeYuanXiaoXi"), &of.degree_school);
}

fn family(out: &mut String, form: &AppointmentForm) {
    out.push_str("  <JiaTingChengYuan>\n");
    for relative in &form.family {
        out.push_str("    <Item>\n");
        for (name, text) in [
            ("ChengWei", &relative.relation),
            ("XingMing", &relative.name),
            ("ChuShengRiQi", &relative.born),
            ("ZhengZhiMianMao", &relative.party),
            ("GongZuoDanWeiJiZhiWu", &relative.work),
        ] {
            let _ = writeln!(out, "      <{name}>{}</{name}>", escaped(text));
        }
        out.push_str("    </Item>\n");
    }
    out.push_str("  </JiaTingChengYuan>\n");
}

fn element(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "  <{name}>{}</{name}>", escaped(text));
}

/// Text that XML can carry: marks escaped, line ends as CRLF (what editors write), control characters dropped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' => out.push_str("\r\n"),
            '\t' => out.push('\t'),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Letters, digits and `_-.`: what XML takes for a name, without its prefixes. Anything else would break the file.
fn is_element_name(name: &str) -> bool {
    name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c))
}

/// Is `raw` one element of this name, closed within itself, with no entity of its own?
fn stands_alone(name: &str, raw: &str) -> bool {
    let mut reader = Reader::from_str(raw);
    let (mut open, mut ended) = (0_usize, false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if open > 0 || (!ended && tag.name().as_ref() == name) => open += 1,
            Ok(Event::Empty(tag)) if open > 0 || (!ended && tag.name().as_ref() == name) => ended |= open == 0,
            Ok(Event::End(_)) if open > 0 => {
                open -= 1;
                ended = open == 0;
            }
            Ok(Event::GeneralRef(entity)) if open > 0 => {
                let known = matches!(&*entity, "lt" | "gt" | "amp" | "quot" | "apos");
                if !known && !matches!(entity.resolve_char_ref(), Ok(Some(_))) {
                    return false;
                }
            }
            Ok(Event::Text(_) | Event::CData(_) | Event::Comment(_)) if open > 0 => {}
            Ok(Event::Eof) => return ended && open == 0,
            _ => return false,
        }
    }
}
