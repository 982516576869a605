//! A PDF as pictures, and whether they are still the pictures that people approved.

use image::GrayImage;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Dots an inch: enough to see a line that moved by half a millimetre.
const RESOLUTION: &str = "60";
/// A dot counts as changed when it is this much lighter or darker (of 255); versions of poppler smooth letters a
/// little differently.
const CHANGED: u8 = 64;
/// This many dots of a thousand may have changed. A moved line of text changes about five.
const CHANGED_PER_MILLE: usize = 2;

fn work_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn poppler(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .unwrap_or_else(|_| panic!("缺少 {program}：请运行 apt-get install poppler-utils 后再测"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Compares every page of `pdf` with `tests/golden/{name}-{page}.png`; `ZHIREN_BLESS=1` renews them instead.
pub fn assert_looks_as_approved(name: &str, pdf: &[u8]) {
    let folder = work_folder(name);
    let file = folder.join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    let root = folder.join("page");
    poppler(
        "pdftoppm",
        &[
            "-r",
            RESOLUTION,
            "-gray",
            "-png",
            file.to_str().unwrap(),
            root.to_str().unwrap(),
        ],
    );
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "png"))
        .collect();
    pages.sort();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (number, page) in pages.iter().enumerate() {
        let approved = golden.join(format!("{name}-{}.png", number + 1));
        if std::env::var_os("ZHIREN_BLESS").is_some() {
            image::open(page).unwrap().to_luma8().save(&approved).unwrap();
            continue;
        }
        let expected = image::open(&approved)
            .unwrap_or_else(|_| panic!("没有样张 {}：看过后用 ZHIREN_BLESS=1 生成", approved.display()))
            .to_luma8();
        let found = image::open(page).unwrap().to_luma8();
        let changed = changed_per_mille(&expected, &found);
        assert!(
            changed <= CHANGED_PER_MILLE,
            "{name} 第 {} 页与样张不同（每千点变了 {changed} 点）：{}；确认无误后用 ZHIREN_BLESS=1 更新样张",
            number + 1,
            page.display()
        );
    }
    let next = golden.join(format!("{name}-{}.png", pages.len() + 1));
    if std::env::var_os("ZHIREN_BLESS").is_some() {
        let _ = std::fs::remove_file(&next);
    }
    assert!(!next.exists(), "{name} 只有 {} 页，样张更多", pages.len());
}

fn changed_per_mille(expected: &GrayImage, found: &GrayImage) -> usize {
    if expected.dimensions() != found.dimensions() {
        return 1000;
    }
    let changed = expected
        .iter()
        .zip(found.iter())
        .filter(|(a, b)| a.abs_diff(**b) > CHANGED)
        .count();
    (changed * 1000).div_ceil(expected.len())
}

/// The faces that are embedded in `pdf`, without the mark of a subset.
pub fn embedded_faces(name: &str, pdf: &[u8]) -> Vec<String> {
    let file = work_folder(&format!("{name}-faces")).join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    let listed = poppler("pdffonts", &[file.to_str().unwrap()]);
    let mut faces: Vec<String> = listed
        .lines()
        .skip(2)
        .map(|line| {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let embedded = columns.iter().filter(|c| **c == "yes").count() >= 2;
            assert!(embedded, "a face is not embedded: {line}");
            columns[0]
                .split_once('+')
                .map_or(columns[0], |(_, face)| face)
                .trim_end_matches("-Identity-H")
                .to_owned()
        })
        .collect();
    faces.sort();
    faces.dedup();
    faces
}

/// The words of `pdf`, as a reader would copy them.
pub fn words(name: &str, pdf: &[u8]) -> String {
    let file = work_folder(&format!("{name}-words")).join("paper.pdf");
    std::fs::write(&file, pdf).unwrap();
    poppler("pdftotext", &["-layout", file.to_str().unwrap(), "-"])
}
