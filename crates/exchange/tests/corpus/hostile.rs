//! Bytes that nobody meant: every reader answers in time and never breaks.

use exchange::{Error, Options, mapping, read_bytes};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

/// One real file of each kind.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus");
    [
        "lrmx/标准_旧表.lrmx",
        "lrmx/未转义.lrmx",
        "lrm/标准.lrm",
        "采集表/标准.xlsx",
        "名册/标题两行_单位合并.xlsx",
        "名册/两行表头_全日制教育.xlsx",
        "名册/UTF8.csv",
        "名册/GB18030.csv",
        "压缩包/几个lrmx.zip",
        "压缩包/lrm和pic成对.zip",
        "其他/坏的旧工作簿.xls",
    ]
    .iter()
    .map(|name| {
        (
            (*name).to_owned(),
            std::fs::read(root.join(name)).expect("a corpus file"),
        )
    })
    .collect()
}

/// Reads, maps and applies; what matters is that it comes back.
fn read_all(name: &str, bytes: &[u8]) {
    let Ok(reading) = read_bytes(name, bytes, &Options::default()) else {
        return;
    };
    for table in reading.files.iter().flat_map(|f| &f.rosters) {
        let columns = mapping::guess(table, &mapping::usual_facts());
        let _ = mapping::apply(table, &columns, &mut |_| ControlFlow::Continue(()));
    }
}

#[derive(Debug, Clone)]
enum Change {
    Set(usize, u8),
    Cut(usize),
    Insert(usize, Vec<u8>),
    Repeat(usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        any::<usize>().prop_map(Change::Cut),
        (any::<usize>(), prop::collection::vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (
            any::<usize>(),
            prop::sample::select(vec![
                "<",
                "&",
                "\"",
                "@#",
                "</Person>",
                "<Item>",
                "]]>",
                "，",
                "198213",
                "\0"
            ])
        )
            .prop_map(|(at, text)| Change::Insert(at, text.as_bytes().to_vec())),
        (any::<usize>(), 1..400_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len().max(1);
        match change {
            Change::Set(at, byte) => {
                if let Some(slot) = bytes.get_mut(at % length) {
                    *slot = *byte;
                }
            }
            Change::Cut(at) => bytes.truncate(at % length),
            Change::Insert(at, more) => {
                let at = (at % length).min(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Change::Repeat(at, count) => {
                let at = (at % length).min(bytes.len());
                let piece: Vec<u8> = bytes.iter().skip(at).take(*count).copied().collect();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn changed_bytes_never_break_a_reader(seed in any::<prop::sample::Index>(), changes in prop::collection::vec(change(), 1..12)) {
        let seeds = seeds();
        let (name, bytes) = seed.get(&seeds);
        let bytes = changed(bytes.clone(), &changes);
        let began = Instant::now();
        read_all(name, &bytes);
        prop_assert!(began.elapsed() < Duration::from_secs(5), "{name} took {:?}", began.elapsed());
    }

    #[test]
    fn any_bytes_under_any_name_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..2000), extension in prop::sample::select(vec!["lrmx", "lrm", "xlsx", "xls", "csv", "zip", ""])) {
        read_all(&format!("甲.{extension}"), &bytes);
    }

    #[test]
    fn changed_parts_of_a_workbook_never_break_the_reader(part in any::<prop::sample::Index>(), changes in prop::collection::vec(change(), 1..8)) {
        // The outer zip would refuse changed bytes by their checksum, so the part is changed before it is packed.
        let (name, bytes) = &seeds()[4];
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        let chosen = part.index(archive.len());
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut content = Vec::new();
            std::io::copy(&mut entry, &mut content).expect("its bytes");
            let content = if index == chosen { changed(content, &changes) } else { content };
            let entry_name = entry.name().expect("a name").into_owned();
            writer.start_file(entry_name, zip::write::SimpleFileOptions::default()).expect("an entry");
            writer.write_all(&content).expect("its bytes");
        }
        read_all(name, &writer.finish().expect("a workbook").into_inner());
    }
}

#[test]
fn a_cell_of_two_hundred_megabytes_is_refused_before_it_is_held() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("xl/workbook.xml", options).expect("entry");
    writer.write_all(b"<workbook/>").expect("bytes");
    writer.start_file("xl/sharedStrings.xml", options).expect("entry");
    writer.write_all(b"<sst><si><t>").expect("bytes");
    let piece = vec![b'a'; 1 << 20];
    for _ in 0..200 {
        writer.write_all(&piece).expect("bytes");
    }
    let bytes = writer.finish().expect("zip").into_inner();
    let began = Instant::now();
    let answer = read_bytes("大.xlsx", &bytes, &Options::default());
    assert!(matches!(answer, Err(Error::Bomb { .. })), "{answer:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_form_larger_than_a_form_can_be_is_refused() {
    let mut text = String::from("<Person><XingMing>");
    text.push_str(&"程".repeat(6 << 20));
    let answer = read_bytes("大.lrmx", text.as_bytes(), &Options::default());
    assert!(matches!(answer, Err(Error::TooLarge { .. })), "{answer:?}");
}

#[test]
fn too_many_files_in_an_archive_are_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..30 {
        writer
            .start_file(format!("{number}.lrmx"), zip::write::SimpleFileOptions::default())
            .expect("entry");
    }
    let bytes = writer.finish().expect("zip").into_inner();
    let options = Options {
        entries: 20,
        ..Options::default()
    };
    assert!(matches!(
        read_bytes("多.zip", &bytes, &options),
        Err(Error::TooLarge { .. })
    ));
}

#[test]
fn a_far_cell_does_not_make_a_wide_table() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["姓名", "性别", "出生年月"]) {
        sheet.write_string(0, column, head).expect("head");
    }
    sheet.write_string(1, 0, "程远").expect("cell");
    sheet.write_string(1_000_000, 16_000, "远").expect("cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let reading = read_bytes("远.xlsx", &bytes, &Options::default()).expect("read");
    assert_eq!(reading.files[0].rosters[0].rows.len(), 1);
}

#[test]
fn people_streamed_from_the_national_workbook_come_whole_whatever_the_order_of_rows() {
    let path = std::env::temp_dir().join(format!("zhiren-exchange-{}.xlsx", std::process::id()));
    let people: Vec<_> = exchange::sample::people(300).collect();
    exchange::sample::write_national_workbook(&path, (0..3).map(exchange::sample::unit), people.clone())
        .expect("written");
    let mut count = 0;
    let reading = exchange::visit_path(&path, &Options::default(), &mut |_| {}, &mut |item| {
        if let exchange::Item::Person(person) = item {
            let written = &people[count];
            assert_eq!(person.name(), written.name());
            assert_eq!(person.tenures.len(), written.tenures.len());
            assert_eq!(
                person.tenures[0].from.as_ref().map(|c| c.value),
                written.tenures[0].from.as_ref().map(|c| c.value)
            );
            assert_eq!(person.family.len(), 2);
            assert_eq!(person.faults, []);
            count += 1;
        }
        ControlFlow::Continue(())
    });
    let _ = std::fs::remove_file(&path);
    assert_eq!(count, 300);
    assert_eq!(reading.expect("read").files[0].faults, []);
}

#[test]
fn a_reading_can_be_stopped() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus/压缩包/几个lrmx.zip");
    let stopped = exchange::visit_path(&root, &Options::default(), &mut |_| {}, &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(Error::Stopped)));
}
