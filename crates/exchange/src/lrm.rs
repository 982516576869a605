//! `.lrm`: the appointment form 2.0, one quoted record of 33 fields in GBK, its photo in a `.pic` beside it.

use crate::decode::{clean, decode_gb18030};
use crate::form::{self, Form};
use crate::{Error, Extra, Fault, PersonRecord, Place, Result};

/// Field number and the element of `.lrmx` that holds the same. 9, 10 and 20–24 are split further, 12–15 are unknown.
const FIELDS: [(usize, &str); 22] = [
    (0, "XingMing"),
    (1, "XingBie"),
    (2, "ChuShengNianYue"),
    (3, "MinZu"),
    (4, "JiGuan"),
    (5, "RuDangShiJian"),
    (6, "JianKangZhuangKuang"),
    (7, "ChuShengDi"),
    (8, "CanJiaGongZuoShiJian"),
    (11, "ZhuanYeJiShuZhiWu"),
    (16, "ShuXiZhuanYeYouHeZhuanChang"),
    (17, "JianLi"),
    (18, "JiangChengQingKuang"),
    (19, "NianDuKaoHeJieGuo"),
    (25, "XianRenZhiWu"),
    (26, "NiRenZhiWu"),
    (27, "NiMianZhiWu"),
    (28, "RenMianLiYou"),
    (29, "ChengBaoDanWei"),
    (30, "JiSuanNianLingShiJian"),
    (31, "TianBiaoRen"),
    (32, "TianBiaoShiJian"),
];
const EDUCATION: [[&str; 2]; 2] = [
    ["QuanRiZhiJiaoYu_XueLi", "QuanRiZhiJiaoYu_XueWei"],
    ["ZaiZhiJiaoYu_XueLi", "ZaiZhiJiaoYu_XueWei"],
];
const FAMILY: [&str; 5] = [
    "ChengWei",
    "XingMing",
    "ChuShengRiQi",
    "ZhengZhiMianMao",
    "GongZuoDanWeiJiZhiWu",
];
const WHOLE: usize = 33;
/// Fewer fields than this are no form: the family begins at 20.
const LEAST: usize = 20;

/// The fields of a record: split on `","` only, since quotes inside are not escaped.
pub(crate) fn fields(text: &str) -> Vec<&str> {
    let text = text.trim();
    let text = text.strip_prefix('"').unwrap_or(text);
    text.strip_suffix('"').unwrap_or(text).split("\",\"").collect()
}

/// One person. The photo is the caller's: it lies in another file.
pub(crate) fn read(name: &str, bytes: &[u8], photo: Option<(&str, Vec<u8>)>) -> Result<(PersonRecord, Vec<Fault>)> {
    let place = Place::file(name);
    let mut faults = Vec::new();
    let (text, gone) = clean(&decode_gb18030(bytes).text);
    if gone > 0 {
        let says = format!("文件里有 {gone} 个不能显示的控制字符或乱码字符，已去掉");
        faults.push(Fault::finding(
            place.clone(),
            "",
            says,
            "请核对姓名、简历等文字有无缺字",
        ));
    }
    let fields = fields(&text);
    if fields.len() < LEAST {
        let what = format!("只有 {} 项，应有 {WHOLE} 项", fields.len());
        return Err(Error::Damaged {
            name: name.to_owned(),
            what,
        });
    }
    if fields.len() != WHOLE {
        let says = format!("有 {} 项，应有 {WHOLE} 项，后面的栏目可能缺失或错位", fields.len());
        faults.push(Fault::error(place.clone(), "", says, "请用任免表编辑器打开后重新保存"));
    }
    let mut form = Form::new(place.clone());
    for (number, element) in FIELDS {
        if let Some(text) = fields.get(number) {
            form.put(element, text, place.at_element(element));
        }
    }
    educations(&fields, &place, &mut form);
    family(&fields, &place, &mut form);
    for number in 12..=15 {
        if let Some(text) = fields.get(number).filter(|t| !t.trim().is_empty()) {
            form.extra.push(Extra {
                element: format!("lrm:{number}"),
                raw: (*text).to_owned(),
            });
        }
    }
    if let Some((file, bytes)) = photo {
        form.photo = form::from_bytes(bytes, &Place::file(file), &mut form.faults);
    }
    Ok((form::person(form), faults))
}

/// `全日制学历#全日制学位@在职学历#在职学位`, and the schools alike.
fn educations(fields: &[&str], place: &Place, form: &mut Form) {
    for (number, suffix) in [(9, ""), (10, "_BiYeYuanXiaoXi")] {
        let Some(text) = fields.get(number) else { continue };
        for (half, elements) in text.split('@').zip(EDUCATION) {
            for (part, element) in half.split('#').zip(elements) {
                let element = format!("{element}{suffix}");
                let at = place.at_element(&element);
                form.put(&element, part, at);
            }
        }
    }
}

/// Five lists of equal length, joined by `@`.
fn family(fields: &[&str], place: &Place, form: &mut Form) {
    let columns: Vec<Vec<&str>> = (20..25)
        .map(|n| fields.get(n).map_or_else(Vec::new, |t| t.split('@').collect()))
        .collect();
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0).min(200);
    for row in 0..rows {
        let at = |field: &str| place.at_element(&format!("JiaTingChengYuan/Item[{}]{field}", row + 1));
        let mut member = form::Member::new(at(""));
        for (column, element) in columns.iter().zip(FAMILY) {
            if let Some(text) = column.get(row) {
                member.put(element, text, at(&format!("/{element}")));
            }
        }
        form.family.push(member);
    }
}
