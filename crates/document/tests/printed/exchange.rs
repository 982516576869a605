//! The form as `.lrmx` and as Word.

use crate::samples;
use document::appointment_form::{self, FileKind, docx, lrmx};
use document::{Fonts, FormStyle, Layout};
use std::io::{Cursor, Read};

/// One file out of a zip.
pub fn part(zip: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn names(zip: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

fn elements(xml: &str) -> Vec<&str> {
    xml.lines()
        .filter(|l| l.starts_with("  <") && !l.starts_with("   ") && !l.starts_with("  </"))
        .map(|l| &l[3..l.find('>').unwrap()])
        .collect()
}

#[test]
fn an_lrmx_file_has_the_editors_elements_in_the_editors_order() {
    let mut form = samples::usual();
    form.photo = Some(b"photo".to_vec());
    let xml = lrmx(&form);
    let order = "XingMing XingBie ChuShengNianYue MinZu JiGuan ChuShengDi RuDangShiJian CanJiaGongZuoShiJian \
                 JianKangZhuangKuang ZhuanYeJiShuZhiWu ShuXiZhuanYeYouHeZhuanChang QuanRiZhiJiaoYu_XueLi \
                 QuanRiZhiJiaoYu_XueWei QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi QuanRiZhiJiaoYu_XueWei_BiYeYuanXiaoXi \
                 ZaiZhiJiaoYu_XueLi ZaiZhiJiaoYu_XueWei ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi \
                 ZaiZhiJiaoYu_XueWei_BiYeYuanXiaoXi XianRenZhiWu NiRenZhiWu NiMianZhiWu JianLi JiangChengQingKuang \
                 NianDuKaoHeJieGuo RenMianLiYou JiaTingChengYuan ChengBaoDanWei JiSuanNianLingShiJian \
                 TianBiaoShiJian TianBiaoRen ShenFenZheng ZhaoPian Version";
    assert_eq!(elements(&xml), order.split_whitespace().collect::<Vec<_>>());
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Person>\n  <XingMing>李明</XingMing>\n"));
    assert!(xml.contains("<ZhaoPian>cGhvdG8=</ZhaoPian>\n  <Version>3.2.1.16</Version>\n</Person>"));
    assert!(xml.contains(
        "    <Item>\n      <ChengWei>妻子</ChengWei>\n      <XingMing>王芳</XingMing>\n      \
         <ChuShengRiQi>198609</ChuShengRiQi>\n      <ZhengZhiMianMao>中共党员</ZhengZhiMianMao>\n      \
         <GongZuoDanWeiJiZhiWu>青云县第二中学教师</GongZuoDanWeiJiZhiWu>\n    </Item>\n"
    ));
}

#[test]
fn the_reform_adds_its_two_elements_and_foreign_ones_come_last() {
    let mut form = samples::reform();
    form.name = "张<三>&四\u{1}".into();
    form.extra = vec![
        ("ZhengZhiMianMao".into(), "<ZhengZhiMianMao lei=\"甲\">中共党员&amp;<b>x</b></ZhengZhiMianMao>".into()),
        ("地方项".into(), "<地方项/>".into()),
        ("坏 名".into(), "<坏 名/>".into()),
        ("Half".into(), "<Half><b>x</b>".into()),
        ("Two".into(), "<Two/><Two/>".into()),
        ("Other".into(), "<Else/>".into()),
        ("Bomb".into(), "<Bomb>&lol;</Bomb>".into()),
    ];
    let xml = lrmx(&form);
    assert!(xml.contains("<XingMing>张&lt;三&gt;&amp;四</XingMing>"));
    assert!(xml.ends_with(
        "  <Version>3.2.1.16</Version>\n  <DaoLingNianYue>204804</DaoLingNianYue>\n  \
         <GaiGeQianRenZhiNianLingJieXian>改革前任职年龄界限为60岁</GaiGeQianRenZhiNianLingJieXian>\n  \
         <ZhengZhiMianMao lei=\"甲\">中共党员&amp;<b>x</b></ZhengZhiMianMao>\n  <地方项/>\n  \
         <Half>&lt;Half&gt;&lt;b&gt;x&lt;/b&gt;</Half>\n  <Two>&lt;Two/&gt;&lt;Two/&gt;</Two>\n  \
         <Other>&lt;Else/&gt;</Other>\n  <Bomb>&lt;Bomb&gt;&amp;lol;&lt;/Bomb&gt;</Bomb>\n</Person>\n"
    ));
    form.layout = Layout::Old;
    assert!(!lrmx(&form).contains("DaoLingNianYue"));
}

#[test]
fn the_word_form_has_exact_rows_merged_cells_and_the_offices_fonts() {
    for form in [samples::usual(), samples::reform()] {
        let bytes = docx(Fonts::embedded().unwrap(), FormStyle::OFFICE, &form).unwrap();
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("form-{:?}.docx", form.layout));
        std::fs::write(path, &bytes).unwrap();
        let xml = part(&bytes, "word/document.xml");
        assert_eq!(xml.matches("<w:tbl>").count(), 2, "front and back");
        assert_eq!(
            xml.matches("w:hRule=\"exact\"").count(),
            12 + 14,
            "every row has its height"
        );
        assert!(xml.contains("<w:trHeight w:val=\"7133\" w:hRule=\"exact\""));
        assert!(xml.contains("<w:gridCol w:w=\"2058\""));
        assert!(xml.contains("<w:vMerge w:val=\"restart\""));
        for font in ["方正小标宋简体", "仿宋_GB2312", "宋体"] {
            assert!(xml.contains(font), "{font}");
        }
        for text in [
            "1985.04",
            "（41岁）",
            "2003.09--2007.07",
            "中共青云县委组织部",
            "2026年11月22日",
        ] {
            assert!(xml.contains(text), "{text}");
        }
        assert_eq!(
            names(&bytes).iter().filter(|n| n.ends_with(".png")).count(),
            1,
            "the photo"
        );
    }
}

#[test]
fn a_stray_control_character_does_not_spoil_a_word_file() {
    let mut form = samples::reform();
    form.name = "张<三>&四\u{1}\u{b}".into();
    form.resume = "2003.09--2007.07  学习\u{2}<b>".into();
    let xml = part(
        &docx(Fonts::embedded().unwrap(), FormStyle::OFFICE, &form).unwrap(),
        "word/document.xml",
    );
    assert!(xml.contains("张&lt;三&gt;&amp;四</w:t>") && xml.contains("学习&lt;b&gt;</w:t>"));
    assert!(!xml.contains(['\u{1}', '\u{2}', '\u{b}']));
}

#[test]
fn a_package_holds_single_files_numbered_in_the_order_of_the_meeting() {
    let forms: Vec<_> = (0..11)
        .map(|_| samples::empty())
        .map(|f| document::AppointmentForm {
            name: "李 明".into(),
            ..f
        })
        .collect();
    let mut out = Cursor::new(Vec::new());
    let fonts = Fonts::embedded().unwrap();
    let remarks = appointment_form::package(
        fonts,
        FormStyle::OFFICE,
        FileKind::Lrmx,
        &forms,
        11,
        &mut out,
        &mut |_| {},
    )
    .unwrap();
    assert_eq!(remarks, []);
    let names = names(out.get_ref());
    assert_eq!(
        (names[0].as_str(), names[10].as_str(), names.len()),
        ("01李明.lrmx", "11李明.lrmx", 11)
    );
}
