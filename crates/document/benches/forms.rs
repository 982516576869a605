//! How long a thousand forms and twenty thousand rows take. `cargo bench -p document`.
//!
//! Aims: 1,000 forms in 20 s on one core and within 512 MiB; 20,000 × 30 in flat memory.

use criterion::{Criterion, criterion_group, criterion_main};
use document::appointment_form::{FileKind, package, pdf, pdf_of_all};
use document::table::export;
use document::{AppointmentForm, Column, Fonts, FormStyle, Format, Relative, Row, TableData};
use std::hint::black_box;

const SURNAMES: &str = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳";
const GIVEN: &str = "明芳伟秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰晓东海燕志国建华文斌玉梅宇浩晨喆昇翀堃祎玥彧";

fn form(number: usize) -> AppointmentForm {
    let pick = |from: &str, at: usize| from.chars().nth(at % from.chars().count()).unwrap_or('李');
    let name: String = [
        pick(SURNAMES, number),
        pick(GIVEN, number * 7),
        pick(GIVEN, number * 13 + 3),
    ]
    .iter()
    .collect();
    let segment = |n: usize| {
        format!(
            "{}.{:02}--{}.{:02}  青云县{}镇党委委员、副镇长，兼任农业综合服务中心主任\n",
            2001 + n,
            1 + number % 9,
            2002 + n,
            1 + number % 9,
            pick(SURNAMES, n + number)
        )
    };
    let relative = |n: usize| Relative {
        relation: ["妻子", "长女", "次子", "父亲", "母亲"][n].into(),
        name: [pick(SURNAMES, number + n), pick(GIVEN, n * 3 + number)]
            .iter()
            .collect(),
        born: "197503".into(),
        party: "群众".into(),
        work: "青云县第二中学教师".into(),
    };
    AppointmentForm {
        name,
        sex: "男".into(),
        born: "197504".into(),
        ethnicity: "汉族".into(),
        native_place: "河北青云".into(),
        birthplace: "河北青云".into(),
        party_joined: "199912".into(),
        work_started: "199708".into(),
        health: "健康".into(),
        current_post: "青云县青云镇党委副书记、镇长".into(),
        proposed_post: "青云县青云镇党委书记".into(),
        resume: (0..12).map(segment).collect(),
        honours: "2018年度、2021年度考核优秀；2022年记三等功一次。".into(),
        reason: "该同志政治坚定，熟悉乡镇工作，组织协调能力较强，经民主推荐、考察，拟任青云镇党委书记。".into(),
        family: (0..5).map(relative).collect(),
        submitted_by: "中共青云县委组织部".into(),
        age_day: "202611".into(),
        filled_on: "20261122".into(),
        photo: Some(photo(number)),
        ..AppointmentForm::default()
    }
}

/// A noisy jpeg of 360 × 450, about 60 kB, different for everybody.
fn photo(number: usize) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(360, 450, |x, y| {
        let noise = (x as usize * 7919 + y as usize * 104_729 + number * 31) % 61;
        image::Rgb([(60 + noise) as u8, (120 + x / 4) as u8, (90 + y / 4) as u8])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    let _ = picture.write_to(&mut bytes, image::ImageFormat::Jpeg);
    bytes.into_inner()
}

/// The most memory this process has held. Unit: MiB.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kib| kib.parse::<usize>().ok())
        .unwrap_or(0)
        / 1024
}

fn table() -> TableData {
    let column = |n: usize| Column {
        fact: format!("official.{n}"),
        head: format!("栏目{n}"),
        width: 12,
        ..Column::default()
    };
    TableData {
        title: "干部台账".into(),
        columns: (0..30).map(column).collect(),
        ..TableData::default()
    }
}

fn rows(count: usize) -> impl Iterator<Item = Row> {
    (0..count).map(|n| Row::Entry {
        key: n.to_string(),
        cells: (0..30).map(|c| format!("青云县{n}号{c}")).collect(),
    })
}

fn benches(c: &mut Criterion) {
    let Ok(fonts) = Fonts::embedded() else { return };
    let mut group = c.benchmark_group("document");
    group.sample_size(10);
    println!("memory before the fonts: {} MiB", peak_memory());
    let one = form(1);
    group.bench_function("one form", |b| {
        b.iter(|| black_box(pdf(fonts, FormStyle::OFFICE, &one)))
    });
    for (name, format) in [
        ("workbook", Format::Workbook),
        ("csv", Format::Csv),
        ("pdf", Format::Pdf),
    ] {
        let data = table();
        group.bench_function(format!("{name} 20,000 × 30"), |b| {
            b.iter(|| black_box(export(fonts, format, &data, rows(20_000), std::io::sink())));
        });
        println!("peak memory after {name}: {} MiB", peak_memory());
    }
    // Made beforehand: drawing a thousand noisy photos is not what is measured.
    let forms: Vec<AppointmentForm> = (0..1000).map(form).collect();
    println!("peak memory before 1,000 forms: {} MiB", peak_memory());
    group.bench_function("1,000 forms in one file", |b| {
        b.iter(|| black_box(pdf_of_all(fonts, FormStyle::OFFICE, &forms, &mut |_| {})));
    });
    group.bench_function("100 forms as single files in a zip", |b| {
        b.iter(|| {
            let out = std::io::Cursor::new(Vec::new());
            black_box(package(
                fonts,
                FormStyle::OFFICE,
                FileKind::Pdf,
                &forms[..100],
                100,
                out,
                &mut |_| {},
            ))
        });
    });
    println!("peak memory after 1,000 forms: {} MiB", peak_memory());
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
