//! 量一量: how long an import takes and how much memory it needs.
//!
//! `cargo run --release -p intake --example import -- 100000` writes the national workbook of so many invented people and
//! imports it twice; then a thousand forms. `postgres` as second word measures PostgreSQL.

use intake::{Choices, Error, Offered, Preview};
use registry::Role;
use registry::{Actor, AsOf, Office, Sees, testing};
use std::path::Path;
use std::time::Instant;

fn main() {
    let people: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let wanted = if std::env::args().nth(2).as_deref() == Some("postgres") { "PostgreSQL" } else { "SQLite" };
    let (name, office, guard) = testing::offices().into_iter().find(|(name, ..)| *name == wanted).expect("this database");
    println!("{name}");
    let folder = guard.folder();

    // Kept, so that openpyxl can pass over the same file.
    std::fs::create_dir_all("target/bench").expect("a folder");
    let workbook = Path::new("target/bench").join("national.xlsx");
    let begun = Instant::now();
    exchange::sample::write_national_workbook(&workbook, (0..12).map(exchange::sample::unit), exchange::sample::people(people)).expect("a workbook");
    println!("写出 {people} 人的信息采集表：{:.1?}", begun.elapsed());
    measure(&office, &workbook);

    let forms = folder.join("任免表");
    std::fs::create_dir_all(&forms).expect("a folder");
    for number in 0..1_000 {
        std::fs::write(forms.join(format!("{number}.lrmx")), form(number)).expect("a form");
    }
    measure(&office, &forms);
}

fn measure(office: &Office, path: &Path) {
    let actor = Actor { account: None, shown: "王主任".into(), role: Role::Officer, sees: Sees::Everything, person: None, recused: vec![] };
    let look = || -> Result<Preview, Error> {
        office.read(&actor, AsOf::default(), |desk| Preview::of(desk, Offered::Path(path), &Choices::default(), &mut |_, _| {}))
    };
    let said = |what: &str, begun: Instant, summary: &intake::Summary| {
        println!("{what}：{:.1?}，内存峰值 {} MiB，{}", begun.elapsed(), peak(), summary.says());
    };
    let begun = Instant::now();
    let seen = look().expect("a preview");
    said("  预览", begun, &seen.summary);
    let begun = Instant::now();
    let applied = office
        .write(&actor, |desk| intake::apply(desk, Offered::Path(path), Some(seen.head), &Choices::default(), &mut |_, _| {}))
        .unwrap_or_else(|error: Error| panic!("{error}"));
    drop(seen);
    said("  导入", begun, &applied.summary);
    let begun = Instant::now();
    let again = look().expect("a preview");
    said("  再次预览", begun, &again.summary);
}

/// Highest resident memory so far. Mebibytes; 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("0");
    line.split_whitespace().next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

fn form(number: u32) -> String {
    let name = format!("钱{}", char::from_u32(0x4e00 + number).unwrap_or('一'));
    let born = 1965 + number / 12 % 35;
    let month = number % 12 + 1;
    let start = born + 22;
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Person><XingMing>{name}</XingMing><XingBie>男</XingBie>\
         <ChuShengNianYue>{born}{month:02}</ChuShengNianYue><MinZu>汉族</MinZu><JiGuan>青云</JiGuan>\
         <RuDangShiJian>{start}{month:02}</RuDangShiJian><CanJiaGongZuoShiJian>{start}{month:02}</CanJiaGongZuoShiJian>\
         <JianKangZhuangKuang>健康</JianKangZhuangKuang><QuanRiZhiJiaoYu_XueLi>大学</QuanRiZhiJiaoYu_XueLi>\
         <QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi>青云大学法学院法学专业</QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi>\
         <XianRenZhiWu>青云县青云镇副镇长</XianRenZhiWu><JianLi>{}.09--{start}.{month:02}  青云大学法学专业学习\n\
         {start}.{month:02}--{}.03  青云县青云镇科员\n{}.03--         青云县青云镇副镇长</JianLi>\
         <NianDuKaoHeJieGuo>2024年度称职；2025年度优秀</NianDuKaoHeJieGuo><JiaTingChengYuan><Item><ChengWei>妻子</ChengWei>\
         <XingMing>王芳</XingMing><ChuShengRiQi>{born}{month:02}</ChuShengRiQi><ZhengZhiMianMao>群众</ZhengZhiMianMao>\
         <GongZuoDanWeiJiZhiWu>青云县第一中学教师</GongZuoDanWeiJiZhiWu></Item></JiaTingChengYuan></Person>",
        start - 4,
        start + 8,
        start + 8,
    )
}
