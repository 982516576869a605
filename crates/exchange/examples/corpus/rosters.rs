//! Rosters with the heads of different offices, as workbooks and as CSV.

use crate::case::Case;
use crate::workbooks::still;
use encoding_rs::GB18030;
use exchange::sample::id_number;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Worksheet};
use vocabulary::day;

fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = still();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a small workbook")
}
fn table(sheet: &mut Worksheet, from: u32, rows: &[&[&str]]) {
    for (row, cells) in (from..).zip(rows) {
        for (column, text) in (0..).zip(*cells) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).expect("cell");
            }
        }
    }
}
fn case(name: &str, bytes: Vec<u8>, names: &[&str]) -> Case {
    Case::new(&format!("名册/{name}.xlsx"), bytes, names)
}

const PEOPLE: [&str; 3] = ["程远", "何静", "马文博"];

pub fn cases() -> Vec<Case> {
    let mut all = workbooks();
    all.extend(odd_cells());
    all.extend(csv());
    all
}

fn workbooks() -> Vec<Case> {
    let centred = Format::new();
    vec![
        case(
            "标题两行_单位合并",
            book(|s| {
                s.merge_range(0, 0, 0, 6, "青云县科级干部名册", &centred)
                    .expect("title");
                s.write_string(1, 0, "单位：中共青云县委组织部").expect("cell");
                table(
                    s,
                    2,
                    &[
                        &[
                            "单位归口",
                            "姓 名",
                            "性\n别",
                            "民族",
                            "出生年月\n（岁）",
                            "参加工作",
                            "现任职务",
                        ],
                        &["", "程远", "男", "汉", "1982.04\n（44岁）", "2004.07", "青云镇镇长"],
                        &[
                            "",
                            "何静",
                            "女",
                            "土家族",
                            "1988.09\n（38岁）",
                            "2010.07",
                            "青云镇副镇长",
                        ],
                        &[
                            "县财政局",
                            "马文博",
                            "男",
                            "汉",
                            "1979.11\n（47岁）",
                            "2001.08",
                            "县财政局局长",
                        ],
                    ],
                );
                s.merge_range(3, 0, 4, 0, "青云镇", &centred).expect("unit");
                s.write_string(7, 0, "填表人：何静").expect("cell");
            }),
            &PEOPLE,
        )
        .field("organisation", "青云镇")
        .field("born", "1982-04")
        .field("ethnicity", "汉族")
        .count("organisation_of_2", 1),
        case(
            "两行表头_全日制教育",
            book(|s| {
                s.merge_range(0, 0, 0, 7, "干部名册", &centred).expect("title");
                for (column, head) in [(0, "序号"), (1, "姓名"), (2, "出生年月(岁)")] {
                    s.merge_range(1, column, 2, column, head, &centred).expect("head");
                }
                s.merge_range(1, 3, 1, 4, "全日制教育", &centred).expect("head");
                s.merge_range(1, 5, 1, 6, "在职教育", &centred).expect("head");
                s.merge_range(1, 7, 2, 7, "任现职（同职级）时间", &centred)
                    .expect("head");
                table(
                    s,
                    2,
                    &[
                        &["", "", "", "学历学位", "毕业院校系及专业", "学历", "毕业院校系及专业"],
                        &[
                            "1",
                            "程远",
                            "1982.04",
                            "大学",
                            "青云大学法学专业",
                            "研究生",
                            "青云省委党校公共管理专业",
                            "2019.06",
                        ],
                        &["2", "何静", "1988.09", "研究生", "青云大学历史系", "", "", "2021.03"],
                    ],
                );
            }),
            &["程远", "何静"],
        )
        .field("education.full_time.school", "青云大学法学专业")
        .field("education.in_service", "研究生")
        .field("post.since", "2019-06")
        .count("educations", 2),
        case(
            "一览表_单行",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &[
                            "序号",
                            "姓名",
                            "照片",
                            "现任职务",
                            "性别",
                            "民族",
                            "籍贯",
                            "出生年月",
                            "年龄",
                            "入党时间",
                            "学历",
                            "任现职时间",
                            "任同职级时间",
                            "备注",
                        ],
                        &[
                            "1",
                            "程远",
                            "",
                            "青云镇镇长",
                            "男",
                            "汉族",
                            "青云",
                            "198204",
                            "44",
                            "200305",
                            "大学",
                            "201906",
                            "201906",
                            "",
                        ],
                        &[
                            "2",
                            "何静",
                            "",
                            "青云镇副镇长",
                            "女",
                            "土家族",
                            "青云",
                            "198809",
                            "38",
                            "民建",
                            "研究生",
                            "202103",
                            "202103",
                            "挂职",
                        ],
                    ],
                )
            }),
            &["程远", "何静"],
        )
        .field("level.since", "2019-06")
        .field("party", "中共党员")
        .count("columns", 10),
        case(
            "身份证号码表头带星",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &["姓名*", "身份证号码*", "职 务", "工作单位"],
                        &["程远", &id_number(day!(1982 - 4 - 17), 1, false), "镇长", "青云镇"],
                        &["何静", &id_number(day!(1988 - 9 - 2), 3, true), "副镇长", "青云镇"],
                    ],
                )
            }),
            &["程远", "何静"],
        )
        .field("born", "1982-04-17")
        .fault("按身份证号补为")
        .fault("按身份证号补为"),
        case(
            "表头是别的说法_靠内容认出",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &["姓名", "号码", "栏二", "现任职务"],
                        &["程远", &id_number(day!(1982 - 4 - 17), 1, false), "男", "镇长"],
                        &["何静", &id_number(day!(1988 - 9 - 2), 3, true), "女", "副镇长"],
                        &["马文博", &id_number(day!(1979 - 11 - 5), 5, false), "男", "局长"],
                    ],
                )
            }),
            &PEOPLE,
        )
        .field("sex", "男")
        .fault("按身份证号补为")
        .fault("按身份证号补为")
        .fault("按身份证号补为"),
        case(
            "没有表头",
            book(|s| table(s, 0, &[&["程远", "男", "1982.04"], &["何静", "女", "1988.09"]])),
            &[],
        )
        .fault("没有认出表头")
        .fault("没有姓名列"),
        case(
            "本系统台账",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &["青云县年轻干部台账"],
                        &["person", "fact:name", "fact:born", "fact:tenure.since"],
                        &["", "姓名", "出生年月", "任现职时间"],
                        &["person:17", "程远", "1982-04", "2019-06"],
                        &["person:23", "何静", "1988-09", "2021-03"],
                    ],
                );
                s.set_row_hidden(1)
                    .and_then(|s| s.set_column_hidden(0))
                    .expect("hidden");
            }),
            &["程远", "何静"],
        )
        .field("born", "1982-04")
        .field("tenure.since", "2019-06")
        .count("own", 17),
        // Written once with an old spreadsheet's library: nothing here writes that format.
        Case::new(
            "名册/旧格式_单位合并.xls",
            include_bytes!("old.xls").as_slice(),
            &PEOPLE,
        )
        .field("born", "1982-04")
        .field("organisation", "青云镇")
        .count("organisation_of_2", 1),
        case("空工作簿", book(|_| {}), &[]).fault("没有找到有表头和人员的表格"),
        case(
            "两张表",
            {
                let mut book = still();
                table(
                    book.add_worksheet().set_name("乡镇").expect("name"),
                    0,
                    &[&["姓名", "性别", "出生年月"], &["程远", "男", "198204"]],
                );
                table(
                    book.add_worksheet().set_name("部门").expect("name"),
                    0,
                    &[&["姓名", "性别", "出生年月"], &["何静", "女", "198809"]],
                );
                book.save_to_buffer().expect("a small workbook")
            },
            &["程远", "何静"],
        ),
        case(
            "表中间又有表头_末尾合计",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &["姓名", "性别", "出生年月", "现任职务"],
                        &["程远", "男", "198204", "镇长"],
                        &["姓名", "性别", "出生年月", "现任职务"],
                        &["何静", "女", "198809", "副镇长"],
                        &["", "", "", "合计 2 人"],
                    ],
                )
            }),
            &["程远", "何静"],
        ),
        case(
            "有行没有姓名",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &["姓名", "性别", "出生年月", "民族", "现任职务"],
                        &["程远", "男", "198204", "汉族", "镇长"],
                        &["", "女", "198809", "汉族", "副镇长"],
                    ],
                )
            }),
            &["程远"],
        )
        .fault("这一行没有姓名和身份证号"),
    ]
}

fn odd_cells() -> Vec<Case> {
    let dates = Format::new().set_num_format("yyyy.mm");
    let one = |number: f64| {
        book(|s| {
            table(s, 0, &[&["姓名", "性别", "出生年月"], &["程远", "男"]]);
            s.write_number(1, 2, number).expect("cell");
        })
    };
    vec![
        case(
            "日期单元格",
            book(|s| {
                table(s, 0, &[&["姓名", "性别", "出生年月"], &["程远", "男"], &["何静", "女"]]);
                for (row, year) in [(1, 1982), (2, 1988)] {
                    s.write_datetime_with_format(row, 2, ExcelDateTime::from_ymd(year, 4, 1).expect("a day"), &dates)
                        .expect("cell");
                }
            }),
            &["程远", "何静"],
        )
        .field("born", "1982-04"),
        case("日期是数字198204", one(198_204.0), &["程远"]).field("born", "1982-04"),
        case("日期是小数1982.04", one(1982.04), &["程远"]).field("born", "1982-04"),
        case("日期是小数1982.1", one(1982.1), &["程远"]).fault("分不清是 1982 年 1 月还是 10 月"),
        case(
            "身份证号存成数字",
            book(|s| {
                table(s, 0, &[&["姓名", "身份证号"], &["程远"]]);
                s.write_number(1, 1, 990_000_198_204_170_000.0).expect("cell");
            }),
            &["程远"],
        )
        .fault("身份证号存成了数字"),
        case(
            "公式只取值",
            book(|s| {
                table(
                    s,
                    0,
                    &[
                        &["姓名", "性别", "现任职务"],
                        &["程远", "男"],
                        &["何静", "女", "=cmd|'/c calc'!A1"],
                    ],
                );
                s.write_formula(
                    1,
                    2,
                    Formula::new("=HYPERLINK(\"http://x\",\"镇长\")").set_result("镇长"),
                )
                .expect("cell");
            }),
            &["程远", "何静"],
        )
        .field("post", "镇长"),
        case(
            "公式出错",
            book(|s| {
                table(s, 0, &[&["姓名", "性别", "现任职务"], &["程远", "男", "#REF!"]]);
            }),
            &["程远"],
        )
        .fault("公式出错"),
        case(
            "日期不存在198213",
            book(|s| table(s, 0, &[&["姓名", "性别", "出生年月"], &["程远", "男", "198213"]])),
            &["程远"],
        )
        .fault("没有 13 月"),
        case(
            "两人同一身份证号",
            {
                let id = id_number(day!(1982 - 4 - 17), 1, false);
                book(|s| {
                    table(
                        s,
                        0,
                        &[
                            &["姓名", "身份证号", "出生年月"],
                            &["程远", &id, "198204"],
                            &["何静", &id, "198204"],
                            &["程远", &id, "198204"],
                        ],
                    )
                })
            },
            &["程远", "何静", "程远"],
        )
        .fault("身份证号与第 2 行的程远相同")
        .fault("同一个人在本表出现两次"),
    ]
}

fn csv() -> Vec<Case> {
    let text = "姓名,性别,出生年月,民族,现任职务,简历\n程远,男,1982.04,汉,青云镇镇长,\"2000.09--2004.07  青云大学法学专业学习\n2004.07--         青云县青云镇\"\n何静,女,1988.09,土家族,\"副镇长,党委委员\",\n";
    let gbk = GB18030.encode(text).0.into_owned();
    let case = |name: &str, bytes: Vec<u8>| {
        Case::new(&format!("名册/{name}"), bytes, &["程远", "何静"])
            .field("born", "1982-04")
            .field("ethnicity", "汉族")
            .count("lines", 2)
    };
    let flat = "姓名\t性别\t出生年月\n程远\t男\t198204\n何静\t女\t198809\n";
    vec![
        case("UTF8.csv", text.into()),
        case("UTF8带BOM.csv", format!("\u{feff}{text}").into()),
        case("GB18030.csv", gbk.clone()),
        case("扩展名写成xlsx其实是CSV.xlsx", gbk),
        case("回车换行.csv", text.replace('\n', "\r\n").into()),
        Case::new("名册/制表符.txt", flat, &["程远", "何静"]).field("born", "1982-04"),
        Case::new("名册/分号.csv", flat.replace('\t', ";"), &["程远", "何静"]).field("born", "1982-04"),
        Case::new(
            "名册/引号没有关.csv",
            "姓名,性别,出生年月\n程远,男,198204\n\"何静,女,198809\n",
            &["程远", "何静,女,198809"],
        ),
        Case::new("名册/只有表头.csv", "姓名,性别,出生年月\n", &[]).fault("没有找到有表头和人员的表格"),
        Case::new(
            "名册/生僻字GB18030.csv",
            GB18030.encode("姓名,性别,出生年月\n周䶮,男,198204\n").0.into_owned(),
            &["周䶮"],
        ),
    ]
}
