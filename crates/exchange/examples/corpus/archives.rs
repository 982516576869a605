//! Zips and folders of forms, good and harmful, and files that are nothing.

use crate::case::Case;
use crate::forms::form;
use crate::{old_forms, pictures, workbooks};
use encoding_rs::GB18030;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, bytes) in entries {
        writer.start_file(*name, options).expect("entry");
        writer.write_all(bytes).expect("bytes");
    }
    writer.finish().expect("zip").into_inner()
}

/// Replaces an entry's plain name by GBK bytes of the same length, as old packers wrote them.
fn rename(mut archive: Vec<u8>, plain: &str, name: &str) -> Vec<u8> {
    let gbk = GB18030.encode(name).0.into_owned();
    assert_eq!(plain.len(), gbk.len(), "the name must keep its length");
    let places: Vec<usize> = archive
        .windows(plain.len())
        .enumerate()
        .filter(|(_, w)| *w == plain.as_bytes())
        .map(|(at, _)| at)
        .collect();
    for at in places {
        archive[at..at + gbk.len()].copy_from_slice(&gbk);
    }
    archive
}

pub fn cases() -> Vec<Case> {
    let one = form().xml();
    let two = form()
        .set("XingMing", "何静")
        .set("XingBie", "女")
        .without("ShenFenZheng")
        .xml();
    let (one, two) = (one.as_bytes(), two.as_bytes());
    let old = old_forms::record(&old_forms::fields());
    let inner = zip(&[("甲.lrmx", one)]);
    let zeros = vec![b' '; 48 << 20];
    let docx = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:document/>"),
    ]);
    let case = |name: &str, bytes: Vec<u8>, people: &[&str]| Case::new(&format!("压缩包/{name}.zip"), bytes, people);
    let cut = zip(&[("1程远.lrmx", one)]);
    let mut locked = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    locked.extend([0_u8; 504]);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let mut broken = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    broken.extend((0..2000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()));
    let book = workbooks::cases()
        .into_iter()
        .next()
        .map(|c| c.bytes().to_vec())
        .unwrap_or_default();
    vec![
        case(
            "几个lrmx",
            zip(&[("1程远.lrmx", one), ("2何静.lrmx", two)]),
            &["程远", "何静"],
        ),
        case(
            "GBK文件名",
            rename(zip(&[("1aaaa.lrmx", one)]), "1aaaa.lrmx", "1程远.lrmx"),
            &["程远"],
        )
        .count("named", 1),
        case(
            "子文件夹与杂物",
            zip(&[
                ("上会/1程远.lrmx", one),
                ("上会/.DS_Store", b"x"),
                ("__MACOSX/上会/._1.lrmx", b"x"),
                ("上会/~$名册.xlsx", b"x"),
            ]),
            &["程远"],
        ),
        case(
            "有一个读不了",
            zip(&[
                ("1程远.lrmx", one),
                ("说明.docx", &docx),
                ("2何静.lrmx", two),
                ("坏.lrmx", b"<a>"),
            ]),
            &["程远", "何静"],
        )
        .unread("不是能识别的文件")
        .unread("不是能识别的文件"),
        case(
            "lrm和pic成对",
            zip(&[("程远.lrm", &old), ("程远.pic", &pictures::jpeg())]),
            &["程远"],
        )
        .count("photo", 1),
        case(
            "里面有工作簿",
            zip(&[("采集表.xlsx", &book), ("1程远.lrmx", one)]),
            &["程远", "何静", "程远"],
        ),
        case(
            "恶意_越出目录",
            zip(&[("../../etc/1.lrmx", one), ("2何静.lrmx", two)]),
            &["何静"],
        )
        .unread("文件名越出了压缩包"),
        case("恶意_绝对路径", zip(&[("/etc/1.lrmx", one), ("C:\\1.lrmx", one)]), &[])
            .unread("文件名越出了压缩包")
            .unread("文件名越出了压缩包"),
        case(
            "恶意_包中包",
            zip(&[("内.zip", &inner), ("2何静.lrmx", two)]),
            &["何静"],
        )
        .unread("压缩包里的压缩包"),
        case("恶意_炸弹", zip(&[("大.lrmx", &zeros)]), &[]).error("大得不合常理"),
        case(
            "恶意_工作簿炸弹",
            zip(&[
                ("[Content_Types].xml", b"<Types/>"),
                ("xl/workbook.xml", b"<workbook/>"),
                ("xl/worksheets/sheet1.xml", &zeros),
            ]),
            &[],
        )
        .error("大得不合常理"),
        case("截断", cut[..cut.len() / 2].to_vec(), &[]).error("已损坏或不完整"),
        case("空压缩包", zip(&[]), &[]),
        Case::new("其他/有打开密码.xlsx", locked, &[]).error("去掉密码"),
        Case::new("其他/坏的旧工作簿.xls", broken, &[]).error("已损坏或不完整"),
        Case::new(
            "其他/网页冒充工作簿.xls",
            "<html><body><table><tr><td>姓名</td></tr></table></body></html>",
            &[],
        )
        .error("网页格式"),
        Case::new("其他/文档.docx", docx, &[]).error("不是能识别的文件"),
        Case::new(
            "其他/乱字节.bin",
            (0..3000_u32)
                .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
                .collect::<Vec<_>>(),
            &[],
        )
        .error("不是能识别的文件"),
        Case::new("其他/截断的工作簿.xlsx", book[..book.len() / 2].to_vec(), &[]).error("已损坏或不完整"),
        Case::folder("文件夹/", &["程远", "何静", "程远"]).unread("不是能识别的文件"),
        Case::companion("文件夹/1程远.lrmx", one),
        Case::companion("文件夹/第二批/2何静.lrmx", two),
        Case::companion("文件夹/第二批/3程远.lrm", old),
        Case::companion("文件夹/第二批/3程远.pic", pictures::jpeg()),
        Case::companion("文件夹/说明.pdf", "%PDF-1.4\n"),
    ]
}
