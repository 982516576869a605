//! `.lrm` with its `.pic`.

use crate::case::Case;
use crate::forms::RESUME;
use crate::pictures;
use encoding_rs::GB18030;

pub fn fields() -> Vec<String> {
    let all = [
        "程远",
        "男",
        "198204",
        "汉族",
        "青云省青云",
        "200305",
        "健康",
        "青云省青云",
        "200407",
        "大学#法学学士@省委党校研究生#",
        "青云大学法学院法学专业#@青云省委党校公共管理专业#",
        "",
        "",
        "",
        "",
        "",
        "公文写作",
        RESUME,
        "2021年记三等功。",
        "2024年度称职；2025年度优秀",
        "妻子@女儿@@",
        "林若兰@程雨桐@@",
        "198306@201105@@",
        "群众@@@",
        "青云县第一中学教师@青云县第一中学学生@@",
        "青云县青云镇党委副书记、镇长",
        "青云县青云镇党委书记",
        "青云县青云镇镇长",
        "工作需要",
        "中共青云县委组织部",
        "202611",
        "何静",
        "20261110",
    ];
    all.iter().map(|f| (*f).to_owned()).collect()
}

pub fn record(fields: &[String]) -> Vec<u8> {
    let text = format!("\"{}\"", fields.join("\",\""));
    GB18030.encode(&text).0.into_owned()
}

fn changed(number: usize, value: &str) -> Vec<u8> {
    let mut all = fields();
    all[number] = value.to_owned();
    record(&all)
}

pub fn cases() -> Vec<Case> {
    let whole = record(&fields());
    vec![
        Case::new("lrm/标准.lrm", whole.clone(), &["程远"])
            .field("born", "1982-04")
            .field("education.full_time.degree", "法学学士")
            .field("education.in_service", "省委党校研究生")
            .field("party.joined", "2003-05")
            .count("family", 2)
            .count("lines", 4)
            .count("photo", 1),
        Case::companion("lrm/标准.pic", pictures::jpeg()),
        Case::new("lrm/照片是jpg.lrm", whole.clone(), &["程远"]).count("photo", 1),
        Case::companion("lrm/照片是jpg.jpg", pictures::jpeg()),
        Case::new("lrm/没有照片.lrm", whole.clone(), &["程远"]).count("photo", 0),
        Case::new("lrm/照片是坏的.lrm", whole.clone(), &["程远"])
            .count("photo", 0)
            .fault("不是能识别的图片"),
        Case::companion("lrm/照片是坏的.pic", "这不是图片"),
        Case::new(
            "lrm/现任职务有换行.lrm",
            changed(25, "青云县青云镇\r\n党委副书记、镇长"),
            &["程远"],
        )
        .field("post", "青云县青云镇党委副书记、镇长"),
        Case::new(
            "lrm/字段里有引号.lrm",
            changed(28, "因\"两优一先\"表彰，工作需要"),
            &["程远"],
        )
        .field("born", "1982-04"),
        Case::new("lrm/未知项有内容.lrm", changed(13, "旧版软件的内容"), &["程远"]).count("extra", 1),
        Case::new("lrm/少了后面几项.lrm", record(&fields()[..26]), &["程远"]).fault("有 26 项，应有 33 项"),
        Case::new("lrm/只剩几项.lrm", record(&fields()[..5]), &[]).error("只有 5 项"),
        Case::new("lrm/日期不存在.lrm", changed(8, "200413"), &["程远"]).fault("没有 13 月"),
        Case::new("lrm/UTF8写的.lrm", format!("\"{}\"", fields().join("\",\"")), &["程远"]).field("ethnicity", "汉族"),
        Case::new("lrm/没有扩展名", whole, &["程远"]).field("ethnicity", "汉族"),
    ]
}
