//! The national workbook, small, with each quirk.

use crate::case::Case;
use exchange::sample::{heads, id_number};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use vocabulary::day;

/// A workbook whose properties hold no day of today: the same bytes every time.
pub fn still() -> Workbook {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_ymd(2026, 11, 1).expect("a real day");
    book.set_properties(&DocProperties::new().set_creation_datetime(&when));
    book
}

/// Sheet prefix, and rows of (head, value).
type Rows<'a> = Vec<(&'a str, Vec<(&'a str, &'a str)>)>;

struct Odd<'a> {
    leave_out: &'a str,
    add_head: &'a str,
    reversed: bool,
    number_ids: bool,
}
const EVEN: Odd<'static> = Odd {
    leave_out: "",
    add_head: "",
    reversed: false,
    number_ids: false,
};

fn workbook(rows: &Rows<'_>, odd: &Odd<'_>) -> Vec<u8> {
    let mut book = still();
    book.add_worksheet()
        .set_name("填报说明")
        .and_then(|s| s.write_string(0, 0, "公务员管理信息系统(2017版)信息采集表"))
        .expect("cover");
    for (name, known) in heads() {
        let mut known: Vec<&str> = known.iter().copied().filter(|h| *h != odd.leave_out).collect();
        if odd.reversed && name.starts_with("A01") {
            known.reverse();
        }
        if !odd.add_head.is_empty() && name.starts_with("A01") {
            known.push(odd.add_head);
        }
        let sheet = book.add_worksheet();
        sheet
            .set_name(name)
            .and_then(|s| s.write_string(0, 0, name))
            .expect("title");
        for (column, head) in (0..).zip(&known) {
            // The template's own heads have blanks behind some words.
            let head = if matches!(*head, "性别" | "民族") {
                format!("{head} ")
            } else {
                (*head).to_owned()
            };
            sheet.write_string(1, column, head).expect("head");
        }
        for (row, (_, cells)) in (2..).zip(rows.iter().filter(|(prefix, _)| name.starts_with(prefix))) {
            for (head, value) in cells {
                if let Some(column) = known.iter().position(|h| h == head).and_then(|c| u16::try_from(c).ok()) {
                    match value.parse::<f64>() {
                        Ok(number) if odd.number_ids && *head == "身份证号" => {
                            sheet.write_number(row, column, number)
                        }
                        Ok(number) if *value == "0" => sheet.write_number(row, column, number),
                        _ => sheet.write_string(row, column, *value),
                    }
                    .expect("cell");
                }
            }
        }
    }
    book.save_to_buffer().expect("a small workbook")
}

pub fn cases() -> Vec<Case> {
    let (one, two) = (
        id_number(day!(1982 - 4 - 17), 1, false),
        id_number(day!(1988 - 9 - 2), 3, true),
    );
    let person = |extra: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
        let mut cells = vec![
            ("姓名", "程远"),
            ("身份证号", one.as_str()),
            ("性别", "男"),
            ("出生年月", "198204"),
            ("民族", "汉族"),
            ("参加工作时间", "200407"),
            ("入党时间文字", "200305"),
            ("政治面貌", "中共党员"),
            ("人员类别", "公务员"),
            ("人员管理状态", "现职人员"),
            ("现职务层次", "乡科级正职"),
            ("是否具有两年以上基层工作经历", "是"),
            ("现工作单位及职务全称", "青云县青云镇党委副书记、镇长"),
        ];
        for (head, value) in extra {
            match cells.iter_mut().find(|(h, _)| h == head) {
                Some(cell) => cell.1 = value,
                None => cells.push((head, value)),
            }
        }
        cells
    };
    let other = vec![
        ("姓名", "何静"),
        ("身份证号", two.as_str()),
        ("性别", "女"),
        ("出生年月", "19880902"),
        ("民族", "土家族"),
    ];
    let tenure = |from: &'static str, until: &'static str, state: &'static str| {
        (
            "A02",
            vec![
                ("姓名", "程远"),
                ("身份证号", one.as_str()),
                ("任职机构名称", "青云县青云镇"),
                ("职务名称", "镇长"),
                ("成员类别", "正职"),
                ("任职时间", from),
                ("免职时间", until),
                ("任职状态", state),
                ("集体内排序", "0"),
                ("职务输出标识", "输出"),
                ("主职务", "是"),
            ],
        )
    };
    let with = |name: &str, rows: Rows<'_>, odd: &Odd<'_>, people: &[&str]| {
        Case::new(&format!("采集表/{name}.xlsx"), workbook(&rows, odd), people)
    };
    let only =
        |name: &str, extra: &[(&'static str, &'static str)]| with(name, vec![("A01", person(extra))], &EVEN, &["程远"]);
    vec![
        with(
            "标准",
            vec![
                (
                    "B01",
                    vec![
                        ("机构名称", "青云县青云镇"),
                        ("机构级别", "乡、科级"),
                        ("行政编制数", "32"),
                        ("正职领导职数", "2"),
                    ],
                ),
                ("A01", person(&[])),
                ("A01", other.clone()),
                tenure("200407", "201003", "已免"),
                tenure("201906", "", "在任"),
                (
                    "A05",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("类别（职务层次、职级标志）", "职务层次"),
                        ("职务层次（职级）", "乡科级正职"),
                        ("批准日期", "201906"),
                        ("状态", "在任"),
                    ],
                ),
                (
                    "A05",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("类别（职务层次、职级标志）", "享受的职级"),
                        ("职务层次（职级）", "一级主任科员"),
                        ("批准日期", "202106"),
                    ],
                ),
                (
                    "A08",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("学历名称", "大学"),
                        ("学历代码", "大学"),
                        ("学位代码", "法学学士"),
                        ("教育类别", "全日制"),
                        ("学制年限", "0"),
                    ],
                ),
                (
                    "A14",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("奖惩名称", "记三等功"),
                        ("奖惩名称代码", "记三等功"),
                        ("批准日期", "202112"),
                    ],
                ),
                (
                    "A15",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("考核结论", "优秀"),
                        ("考核年度", "2025"),
                    ],
                ),
                (
                    "A36",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("家庭成员姓名", "林若兰"),
                        ("称谓", "妻子"),
                        ("出生日期", "198306"),
                        ("排序", "0"),
                    ],
                ),
                (
                    "A99Z1",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("是否考录", "是"),
                        ("录用时间", "200407"),
                        ("是否选调生", "否"),
                    ],
                ),
            ],
            &EVEN,
            &["程远", "何静"],
        )
        .field("born", "1982-04")
        .field("level", "乡科级正职")
        .field("recruited", "2004-07")
        .field("selected_graduate", "否")
        .count("units", 1)
        .count("tenures", 2)
        .count("levels", 2)
        .count("educations", 1)
        .count("awards", 1)
        .count("appraisals", 1)
        .count("family", 1),
        only("用语不在下拉表", &[("人员类别", "机关干部")])
            .field("official_kind", "机关干部")
            .fault("不是下拉表里的用语，按原文保留"),
        only("写了代码", &[("政治面貌", "01"), ("现职务层次", "0141")]).field("party", "中共党员"),
        only("是否写成有", &[("是否具有两年以上基层工作经历", "有过")]).fault("看不出是或否"),
        only("日期不存在198213", &[("参加工作时间", "198213")]).fault("没有 13 月"),
        only(
            "文字日期与日期列不同",
            &[("入党时间文字", "2003.05"), ("入党时间", "200306")],
        )
        .field("party.joined", "2003-06"),
        with(
            "免职早于任职",
            vec![("A01", person(&[])), tenure("201906", "201003", "已免")],
            &EVEN,
            &["程远"],
        )
        .count("tenures", 1)
        .count("ended", 0)
        .fault("免职时间早于开始时间 2019-06"),
        with(
            "在任却有免职时间",
            vec![("A01", person(&[])), tenure("201003", "201906", "在任")],
            &EVEN,
            &["程远"],
        )
        .fault("任职状态是在任"),
        with(
            "任职状态写错",
            vec![("A01", person(&[])), tenure("201003", "", "在岗")],
            &EVEN,
            &["程远"],
        )
        .fault("不是下拉表里的用语"),
        with(
            "同一个人两次",
            vec![("A01", person(&[])), ("A01", person(&[])), tenure("201906", "", "在任")],
            &EVEN,
            &["程远", "程远"],
        )
        .count("tenures", 1)
        .fault("同一个人在本表出现两次"),
        with(
            "两人同一身份证号",
            vec![
                ("A01", person(&[])),
                ("A01", vec![("姓名", "何静"), ("身份证号", &one), ("性别", "男")]),
            ],
            &EVEN,
            &["程远", "何静"],
        )
        .fault("身份证号与第 3 行的程远相同")
        .fault("按身份证号补为"),
        with(
            "职务表里的人不在人员表",
            vec![("A01", other.clone()), tenure("201906", "", "在任")],
            &EVEN,
            &["何静"],
        )
        .fault("A01人员 表里没有这个人"),
        with(
            "职务表姓名不同",
            vec![
                ("A01", person(&[])),
                ("A02", vec![("姓名", "陈远"), ("身份证号", &one), ("职务名称", "镇长")]),
            ],
            &EVEN,
            &["程远"],
        )
        .count("tenures", 1)
        .fault("身份证号相同而姓名不同"),
        with(
            "没有身份证号按姓名对应",
            vec![
                ("A01", vec![("姓名", "程远"), ("性别", "男")]),
                ("A02", vec![("姓名", "程 远"), ("职务名称", "镇长")]),
            ],
            &EVEN,
            &["程远"],
        )
        .count("tenures", 1)
        .fault("没有身份证号，各表只能按姓名对应"),
        with(
            "任职行没有姓名",
            vec![("A01", person(&[])), ("A02", vec![("职务名称", "镇长")])],
            &EVEN,
            &["程远"],
        )
        .fault("没有姓名和身份证号"),
        with(
            "职级类别写错",
            vec![
                ("A01", person(&[])),
                (
                    "A05",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("类别（职务层次、职级标志）", "层级"),
                        ("职务层次（职级）", "乡科级正职"),
                    ],
                ),
            ],
            &EVEN,
            &["程远"],
        )
        .count("levels", 0)
        .fault("不是下拉表里的用语"),
        with(
            "考核年度不是年份",
            vec![
                ("A01", person(&[])),
                (
                    "A15",
                    vec![
                        ("姓名", "程远"),
                        ("身份证号", &one),
                        ("考核结论", "优秀"),
                        ("考核年度", "去年"),
                    ],
                ),
            ],
            &EVEN,
            &["程远"],
        )
        .fault("考核年度不是年份"),
        with(
            "缺一列",
            vec![("A01", person(&[]))],
            &Odd {
                leave_out: "民族",
                ..EVEN
            },
            &["程远"],
        )
        .fault("缺少列：民族"),
        with(
            "多一列",
            vec![("A01", person(&[]))],
            &Odd {
                add_head: "本县自加列",
                ..EVEN
            },
            &["程远"],
        )
        .fault("采集表里没有这一列"),
        with(
            "列次序倒过来",
            vec![("A01", person(&[]))],
            &Odd { reversed: true, ..EVEN },
            &["程远"],
        )
        .field("born", "1982-04")
        .field("ethnicity", "汉族"),
        with(
            "身份证存成数字",
            vec![(
                "A01",
                vec![("姓名", "程远"), ("身份证号", "990000198204170000"), ("性别", "男")],
            )],
            &Odd {
                number_ids: true,
                ..EVEN
            },
            &["程远"],
        )
        .fault("身份证号存成了数字"),
        with("空模板", vec![], &EVEN, &[]),
    ]
}
