use crate::county::*;
use registry::rows::{ResumeLine, Tenure};

#[test]
fn the_resume_becomes_tenures() {
    for (name, office, _guard) in offices() {
        plant(&office);
        import(&office, form("李明.lrmx", &lrmx(&[])));

        let tenures: Vec<Tenure> = rows(&office, "李明");
        let told: Vec<String> = tenures
            .iter()
            .map(|t| format!("{} {}至{} {}", t.title, t.from_day, t.until_day.map_or("今".to_owned(), |u| u.to_string()), if t.main { "主" } else { "" }))
            .collect();
        assert_eq!(
            told,
            ["青云镇党委副书记 2021-05至今 主", "镇长 2021-05至今 ", "青云县青云镇副镇长 2015-03至2021-05 ", "青云县财政局科员 2007-07至2015-03 "],
            "{name}: study is no tenure"
        );
        assert!(tenures[1].post.is_some() && tenures[2].post.is_some(), "{name}: known posts are linked: {tenures:#?}");
        assert!(tenures[3].post.is_none() && tenures[3].organisation.is_some(), "{name}: the organisation by its name at the head");
        let lines: Vec<ResumeLine> = rows(&office, "李明");
        assert_eq!(lines.iter().map(|l| l.kind.as_str()).collect::<Vec<_>>(), ["学习", "工作", "工作", "工作"]);
        let found = read(&office, |desk| Ok(registry::person::search(desk, "lm", 5)?));
        assert_eq!(found[0].post, "青云镇党委副书记、镇长", "{name}");
    }
}

#[test]
fn a_newer_resume_ends_the_old_post_and_adds_the_new_one() {
    for (name, office, _guard) in offices() {
        plant(&office);
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let resume = RESUME.replace("2021.05--         青云镇党委副书记、镇长", "2021.05--2026.03  青云镇党委副书记、镇长\n2026.03--         财政局局长");
        let newer = lrmx(&[("JianLi", &resume), ("XianRenZhiWu", "财政局局长")]);

        let seen = preview(&office, form("李明.lrmx", &newer));
        import(&office, form("李明.lrmx", &newer));

        let shown = lines(&seen.records[0]);
        assert!(shown.contains(&"镇长 · 免职时间: （无）→2026-03".to_owned()), "{name}: {shown:?}");
        assert!(shown.contains(&"财政局局长: （无）→财政局局长（2026-03至今）".to_owned()), "{name}: {shown:?}");
        let open: Vec<String> = rows::<Tenure>(&office, "李明").into_iter().filter(|t| t.until_day.is_none()).map(|t| t.title).collect();
        assert_eq!(open, ["财政局局长"], "{name}");
        assert_eq!(preview(&office, form("李明.lrmx", &newer)).summary.changes, 0);
    }
}

fn overfull(record: &intake::RecordPreview) -> Vec<&str> {
    record.faults.iter().filter(|f| f.says.contains("超过职数")).map(|f| f.says.as_str()).collect()
}

fn wang(post: &str) -> String {
    let resume = format!("2010.07--2021.05  青云县财政局科员\n2021.05--         {post}");
    lrmx(&[("XingMing", "王芳"), ("XingBie", "女"), ("ChuShengNianYue", "198707"), ("ShenFenZheng", ""), ("JianLi", &resume), ("XianRenZhiWu", post), ("JiaTingChengYuan", "")])
}

#[test]
fn who_takes_a_seat_that_is_not_there_is_told_before_anything_is_written() {
    for (name, office, guard) in offices() {
        plant(&office);
        let li = lrmx(&[]);
        let wang_too = wang("青云镇镇长");

        let folder = guard.folder();
        std::fs::write(folder.join("1.lrmx"), &li).unwrap();
        std::fs::write(folder.join("2.lrmx"), &wang_too).unwrap();
        let both = preview(&office, intake::Offered::Path(&folder));
        for record in &both.records {
            assert_eq!(overfull(record), ["青云镇镇长职数为 1，现任 0 人，导入后为 2 人，超过职数"], "{name}: {}", record.name);
        }
        assert!(both.summary.findings >= 2, "{name}");

        assert_eq!(overfull(&preview(&office, form("李明.lrmx", &li)).records[0]), Vec::<&str>::new(), "{name}: one seat, one chief");
        import(&office, form("李明.lrmx", &li));
        let late = preview(&office, form("王芳.lrmx", &wang_too));
        assert_eq!(overfull(&late.records[0]), ["青云镇镇长职数为 1，现任 1 人，导入后为 2 人，超过职数"], "{name}");
        let again = preview(&office, form("李明.lrmx", &li));
        assert_eq!(overfull(&again.records[0]), Vec::<&str>::new(), "{name}: who holds it takes no further seat");

        let resume = RESUME.replace("2021.05--         青云镇党委副书记、镇长", "2021.05--2026.03  青云镇党委副书记、镇长\n2026.03--         财政局局长");
        std::fs::write(folder.join("1.lrmx"), lrmx(&[("JianLi", &resume), ("XianRenZhiWu", "财政局局长")])).unwrap();
        let moved = preview(&office, intake::Offered::Path(&folder));
        assert!(moved.records.iter().all(|r| overfull(r).is_empty()), "{name}: the same file takes one out and puts the other in");
    }
}
