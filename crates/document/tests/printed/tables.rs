//! A table as workbook, text and paper.

use crate::exchange::part;
use crate::picture::assert_looks_as_approved;
use calamine::{Data, Reader, Xlsx};
use document::table::{Export, export};
use document::{Align, Column, Error, Fonts, Format, Kind, Row, TableData};
use std::io::Cursor;

fn column(fact: &str, head: &str, width: u16, align: Align, kind: Kind) -> Column {
    Column {
        fact: fact.into(),
        head: head.into(),
        width,
        align,
        kind,
    }
}

fn data() -> TableData {
    TableData {
        title: "女少非干部台账".into(),
        subtitle: "截至 2026-11-22".into(),
        subject: "official".into(),
        columns: vec![
            column("official.name", "姓名", 10, Align::Center, Kind::Text),
            column("official.identity", "身份证号", 20, Align::Center, Kind::Text),
            column("official.post", "现任职务", 40, Align::Left, Kind::Text),
            column("official.age", "年龄", 6, Align::Center, Kind::Number),
            column("", "备注", 20, Align::Left, Kind::Text),
        ],
        ..TableData::default()
    }
}

fn cells(texts: [&str; 5]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn rows() -> Vec<Row> {
    let entry = |key: &str, texts| Row::Entry {
        key: key.into(),
        cells: cells(texts),
    };
    vec![
        Row::Group("青云镇".into()),
        entry(
            "17",
            [
                "王芳",
                "990000198609120022",
                "青云镇党委委员、组织委员、统战委员、党校副校长",
                "40",
                "=1+1",
            ],
        ),
        entry(
            "18",
            ["阿依古丽", "990000199003150028", "青云镇副镇长", "36", "+86-001"],
        ),
        Row::Total(cells(["小计", "", "", "2", ""])),
        Row::Group("柳树乡".into()),
        entry(
            "23",
            ["赵喆", "99000019880101002X", "柳树乡副乡长\n（挂职）", "不详", ""],
        ),
        Row::Total(cells(["合计", "", "", "3", ""])),
    ]
}

fn written(format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    export(Fonts::embedded().unwrap(), format, &data(), rows(), &mut bytes).unwrap();
    bytes
}

#[test]
fn a_workbook_opens_again_with_every_digit_and_its_hidden_ids() {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(written(Format::Workbook))).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let at = |row: u32, column: u32| range.get_value((row, column)).cloned().unwrap_or_default();
    let text = |row, column| at(row, column).to_string();
    assert_eq!(
        (text(0, 1).as_str(), text(1, 1).as_str()),
        ("女少非干部台账", "截至 2026-11-22")
    );
    assert_eq!(
        (text(2, 0).as_str(), text(2, 2).as_str(), text(3, 2).as_str()),
        ("person", "fact:official.identity", "身份证号")
    );
    assert_eq!((text(4, 0).as_str(), text(4, 1).as_str()), ("", "青云镇"));
    assert_eq!(
        (text(5, 0).as_str(), at(5, 2)),
        ("person:17", Data::String("990000198609120022".into()))
    );
    assert_eq!((at(5, 4), at(5, 5)), (Data::Float(40.0), Data::String("=1+1".into())));
    assert_eq!((at(9, 4), text(9, 0).as_str()), (Data::String("不详".into()), "person:23"));
    assert_eq!((text(10, 0).as_str(), at(10, 4)), ("", Data::Float(3.0)));
}

#[test]
fn a_workbook_is_ready_to_print_and_keeps_its_head_in_sight() {
    let bytes = written(Format::Workbook);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "state=\"frozen\"",
        "<row r=\"3\" spans=\"1:16384\" hidden=\"1\"",
        "min=\"1\" max=\"1\"",
    ] {
        assert!(
            sheet.contains(expected) || sheet.contains(&expected.replace(" spans=\"1:16384\"", "")),
            "{expected}: {}",
            &sheet[..1800.min(sheet.len())]
        );
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(!sheet.contains("<f>"), "no formula");
}

#[test]
fn text_has_its_mark_and_no_live_formula() {
    let bytes = written(Format::Csv);
    assert!(bytes.starts_with(&[0xef, 0xbb, 0xbf]));
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines[0], "姓名,身份证号,现任职务,年龄,备注");
    assert_eq!(lines[1], "青云镇,,,,");
    assert!(lines[2].ends_with(",40,'=1+1"), "{}", lines[2]);
    assert!(lines[3].ends_with(",36,'+86-001"), "{}", lines[3]);
}

#[test]
fn a_table_on_paper_repeats_its_head() {
    let mut bytes = Vec::new();
    let many = rows().into_iter().cycle().take(70);
    export(Fonts::embedded().unwrap(), Format::Pdf, &data(), many, &mut bytes).unwrap();
    assert_looks_as_approved("table", &bytes);
}

#[test]
fn a_row_of_the_wrong_length_is_refused() {
    let (data, fonts) = (data(), Fonts::embedded().unwrap());
    let mut export = Export::begin(fonts, Format::Csv, &data, Vec::new()).unwrap();
    let short = Row::Total(vec!["合计".into()]);
    assert!(matches!(
        export.row(&short),
        Err(Error::Ragged { expected: 5, found: 1 })
    ));
}
