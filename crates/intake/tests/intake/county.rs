//! 青云县: a small office to import into, and forms to import.

use intake::{Applied, Choices, Offered, Preview};
use registry::Role;
use registry::desk::Happened;
use registry::organisation::NewUnit;
use registry::post::NewSeat;
use registry::{Actor, AsOf, Desk, Office, Person, Sees, dated};
use vocabulary::Id;

pub use intake::{Error, Verdict};
pub use registry::testing::offices;

pub fn officer() -> Actor {
    Actor { account: None, shown: "王主任".into(), role: Role::Officer, sees: Sees::Everything, person: None, recused: vec![] }
}

pub fn read<T>(office: &Office, work: impl FnOnce(&Desk) -> Result<T, Error>) -> T {
    office.read(&officer(), AsOf::default(), work).expect("a reading desk")
}
pub fn write<T>(office: &Office, work: impl FnOnce(&mut Desk) -> Result<T, Error>) -> T {
    office.write(&officer(), work).expect("a writing desk")
}

pub fn preview_with(office: &Office, offered: Offered, choices: &Choices) -> Preview {
    read(office, |desk| Preview::of(desk, offered, choices, &mut |_, _| {}))
}
pub fn preview(office: &Office, offered: Offered) -> Preview {
    preview_with(office, offered, &Choices::default())
}
pub fn import_with(office: &Office, offered: Offered, seen: Option<i64>, choices: &Choices) -> Applied {
    write(office, |desk| intake::apply(desk, offered, seen, choices, &mut |_, _| {}))
}
pub fn import(office: &Office, offered: Offered) -> Applied {
    import_with(office, offered, None, &Choices::default())
}
pub fn form<'a>(name: &'a str, text: &'a str) -> Offered<'a> {
    Offered::Bytes { name, bytes: text.as_bytes() }
}

/// The one person of this name.
pub fn person(office: &Office, name: &str) -> Id<Person> {
    read(office, |desk| Ok(registry::person::who(desk, name)?))
}
pub fn details(office: &Office, name: &str) -> registry::rows::Details {
    let id = person(office, name);
    read(office, |desk| Ok(registry::person::find(desk, id)?.row))
}
pub fn rows<T: dated::Noun>(office: &Office, name: &str) -> Vec<T> {
    let id = person(office, name);
    read(office, |desk| Ok(dated::of::<T>(desk, id)?.into_iter().map(|s| s.row).collect()))
}
pub fn count(office: &Office, table: &str) -> i64 {
    read(office, |desk| Ok(desk.one(&format!("select count(*) from {table}"), &[])?.int(0)))
}

/// `field: old→new`, as the preview shows it.
pub fn lines(record: &intake::RecordPreview) -> Vec<String> {
    record.changes.iter().map(|c| format!("{}: {}→{}", c.field, c.old.as_deref().unwrap_or("（无）"), c.new)).collect()
}

/// 青云县, 青云镇 with its 镇长 and 副镇长, 财政局.
pub fn plant(office: &Office) {
    write(office, |desk| {
        let entry = desk.record(Happened { act: "test.plant", subject: "organisation", number: None, says: "设立机构".into() })?;
        let mut unit = |parent, name: &str, short: &str, kind: &str, order_no| {
            let new = NewUnit { parent, name: name.into(), short_name: short.into(), kind: Some(kind.into()), order_no, ..NewUnit::default() };
            registry::organisation::add_under(desk, new, entry)
        };
        let county = unit(None, "青云县", "青云县", "县委", 1)?;
        let town = unit(Some(county), "青云县青云镇", "青云镇", "乡镇", 2)?;
        let bureau = unit(Some(county), "青云县财政局", "财政局", "县政府部门", 3)?;
        for (organisation, name, title, role, level, order_no) in [
            (town, "镇长", "青云镇镇长", "正职", "乡科级正职", 1),
            (town, "副镇长", "青云镇副镇长", "副职", "乡科级副职", 2),
            (bureau, "局长", "财政局局长", "正职", "乡科级正职", 1),
        ] {
            let seat = NewSeat {
                name: name.into(),
                title: title.into(),
                role: Some(role.into()),
                leading: true,
                level: Some(level.into()),
                seats: 1,
                order_no,
                ..NewSeat::default()
            };
            registry::post::add_under(desk, organisation, seat, entry)?;
        }
        Ok(())
    });
}

/// An appointment form; each pair sets or replaces one element.
pub fn lrmx(fields: &[(&str, &str)]) -> String {
    let mut all: Vec<(String, String)> = LI_MING.iter().map(|(e, t)| ((*e).to_owned(), (*t).to_owned())).collect();
    for (element, text) in fields {
        match all.iter_mut().find(|(e, _)| e == element) {
            Some((_, old)) => *old = (*text).to_owned(),
            None => all.push(((*element).to_owned(), (*text).to_owned())),
        }
    }
    let body: String = all.iter().map(|(e, t)| format!("  <{e}>{t}</{e}>\n")).collect();
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Person>\n{body}</Person>\n")
}

pub const LI_MING: [(&str, &str); 16] = [
    ("XingMing", "李明"),
    ("XingBie", "男"),
    ("ChuShengNianYue", "198504"),
    ("MinZu", "汉"),
    ("JiGuan", "青云"),
    ("RuDangShiJian", "200806"),
    ("CanJiaGongZuoShiJian", "200707"),
    ("JianKangZhuangKuang", "健康"),
    ("QuanRiZhiJiaoYu_XueLi", "大学"),
    ("QuanRiZhiJiaoYu_XueWei", "管理学学士"),
    ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", "青云大学公共管理学院行政管理专业"),
    ("XianRenZhiWu", "青云镇党委副书记、镇长"),
    ("JianLi", RESUME),
    ("NianDuKaoHeJieGuo", "2023年度优秀；2024年度称职；2025年度称职"),
    (
        "JiaTingChengYuan",
        "<Item><ChengWei>妻子</ChengWei><XingMing>王芳</XingMing><ChuShengRiQi>198609</ChuShengRiQi><ZhengZhiMianMao>群众</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>青云县第一中学教师</GongZuoDanWeiJiZhiWu></Item>",
    ),
    ("ShenFenZheng", "990000198504120039"),
];

pub const RESUME: &str = "2003.09--2007.07  青云大学公共管理学院行政管理专业学习\n2007.07--2015.03  青云县财政局科员\n2015.03--2021.05  青云县青云镇副镇长\n2021.05--         青云镇党委副书记、镇长";
