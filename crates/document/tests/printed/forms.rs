//! 干部任免审批表.

use crate::picture::{assert_looks_as_approved, embedded_faces, words};
use crate::samples;
use document::appointment_form::{self, pdf};
use document::{AppointmentForm, Fonts, FormStyle, Printed, RemarkKind};

fn printed(form: &AppointmentForm) -> Printed {
    pdf(Fonts::embedded().unwrap(), FormStyle::OFFICE, form).unwrap()
}

#[test]
fn the_form_looks_like_the_official_one() {
    let form = printed(&samples::usual());
    assert_looks_as_approved("form-usual", &form.bytes);
    assert_eq!(form.remarks, []);
}

#[test]
fn the_form_of_2025_has_a_cell_for_the_month_of_retirement() {
    let form = printed(&samples::reform());
    assert_looks_as_approved("form-2025", &form.bytes);
    assert!(words("form-2025", &form.bytes).contains("2048.04"));
}

#[test]
fn an_empty_form_can_be_filled_in_by_hand() {
    let form = printed(&samples::empty());
    assert_looks_as_approved("form-empty", &form.bytes);
    assert_eq!(form.remarks, []);
}

#[test]
fn a_long_life_is_set_smaller_and_what_was_cut_is_said() {
    let form = printed(&samples::overfull());
    assert_looks_as_approved("form-overfull", &form.bytes);
    let said: Vec<String> = form.remarks.iter().map(ToString::to_string).collect();
    assert!(
        said.contains(&"欧阳长宁“简历”：字号已缩至 5.5 磅，不便阅读，建议精简".to_owned()),
        "{said:?}"
    );

    let mut longer = samples::overfull();
    longer.resume = longer.resume.repeat(3);
    let remarks = printed(&longer).remarks;
    assert!(
        remarks
            .iter()
            .any(|r| r.field == "简历" && r.kind == RemarkKind::Clipped),
        "{remarks:?}"
    );
}

#[test]
fn rare_characters_and_forty_character_names_are_printed() {
    let form = printed(&samples::rare());
    assert_looks_as_approved("form-rare", &form.bytes);
    let text = words("form-rare", &form.bytes);
    for rare in ["喆", "昇", "翀", "堃", "祎", "玥", "彧", "䶮", "㙓", "𠅤", "𬭎"] {
        assert!(text.contains(rare), "{rare} is not in the text");
    }
    let remarks: Vec<_> = form
        .remarks
        .iter()
        .map(|r| (r.field.as_str(), r.kind.clone()))
        .collect();
    let missing = RemarkKind::Missing(vec!['\u{e123}']);
    assert_eq!(
        remarks,
        [
            ("姓名", RemarkKind::Small { tenths: 60 }),
            ("家庭主要成员及重要社会关系", missing)
        ]
    );
}

#[test]
fn eleven_relatives_share_the_place_of_seven() {
    let form = printed(&samples::eleven_relatives());
    assert_looks_as_approved("form-eleven-relatives", &form.bytes);
    assert_eq!(form.remarks[0].kind, RemarkKind::RowsSqueezed(11));
}

#[test]
fn the_thirteenth_relative_goes_on_to_a_sheet_of_its_own() {
    let form = printed(&samples::fourteen_relatives());
    assert_looks_as_approved("form-fourteen-relatives", &form.bytes);
    assert_eq!(form.remarks[1].kind, RemarkKind::RowsContinued(2));
}

#[test]
fn the_faces_are_those_of_the_office() {
    let form = printed(&samples::usual());
    let faces = embedded_faces("form-usual", &form.bytes);
    assert_eq!(
        faces,
        ["FandolFang-Regular", "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"]
    );
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    assert_eq!(printed(&samples::usual()).bytes, printed(&samples::usual()).bytes);
}

#[test]
fn many_forms_are_one_file_in_the_order_given() {
    let forms = [samples::usual(), samples::rare(), samples::fourteen_relatives()];
    let mut heard = Vec::new();
    let fonts = Fonts::embedded().unwrap();
    let file = appointment_form::pdf_of_all(fonts, FormStyle::OFFICE, &forms, &mut |done| heard.push(done)).unwrap();
    let text = words("form-batch", &file.bytes);
    assert_eq!(
        text.matches('\u{c}').count(),
        2 + 2 + 4,
        "the continuation sheet keeps its own back"
    );
    assert_eq!(heard, [1, 2, 3]);
}

#[test]
fn a_sites_licensed_face_wins_over_the_free_one() {
    // A 黑体 that calls itself 仿宋_GB2312: nine letters of its name table are changed.
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let (old, new) = (utf16("FandolHei"), utf16("仿宋_GB2312"));
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fonts");
    let mut bytes = std::fs::read(root.join("FandolHei-Regular.otf")).unwrap();
    let places: Vec<usize> = (0..bytes.len() - old.len())
        .filter(|at| bytes[*at..].starts_with(&old))
        .collect();
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(&new);
    }
    let directory = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-fonts");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::write(directory.join("simfang.otf"), bytes).unwrap();
    std::fs::write(directory.join("readme.txt"), "not a font").unwrap();

    let fonts = Fonts::with_directory(&directory).unwrap();
    let form = pdf(&fonts, FormStyle::OFFICE, &samples::usual()).unwrap();

    let faces = embedded_faces("form-site", &form.bytes);
    assert_eq!(
        faces,
        ["FandolHei-Regular", "NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"]
    );
}

#[test]
fn preflight_names_what_the_chosen_face_does_not_have() {
    let fonts = Fonts::embedded().unwrap();
    let characters = |style| {
        let borrowed = appointment_form::preflight(fonts, style, &samples::rare());
        borrowed.iter().map(|b| b.character).collect::<String>()
    };
    assert_eq!(characters(FormStyle::OFFICE), "\u{e123}");
    let borrowed = characters(FormStyle::PROVINCIAL);
    assert!(
        "喆昇㙓䶮翀堃祎玥彧𠅤𬭎𫖯".chars().all(|c| borrowed.contains(c)),
        "{borrowed}"
    );
}

#[test]
fn a_photo_of_any_kind_is_printed_and_a_broken_one_is_said() {
    use image::ImageFormat::{Bmp, Gif, Jpeg, Png};
    let with = |photo: Vec<u8>| {
        printed(&AppointmentForm {
            photo: Some(photo),
            ..samples::usual()
        })
    };
    for format in [Jpeg, Png, Bmp, Gif] {
        let form = with(samples::photo(format));
        assert_eq!(form.remarks, [], "{format:?}");
        assert!(
            form.bytes.windows(9).any(|w| w == b"DCTDecode"),
            "{format:?} is embedded as jpeg"
        );
    }
    let mut broken = samples::photo(Png);
    broken.truncate(200);
    for bytes in [broken, b"no picture".to_vec()] {
        let said = with(bytes).remarks.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(
            said.len() == 1 && said[0].contains("李明“照片”：照片未能印出"),
            "{said:?}"
        );
    }
}
