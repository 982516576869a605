use crate::county::*;
use registry::rows::{Appraisal, Education, Relative};

#[test]
fn importing_the_same_form_twice_changes_nothing() {
    for (name, office, _guard) in offices() {
        let text = lrmx(&[]);

        let first = import(&office, form("李明.lrmx", &text));
        let rows_before = count(&office, "tenures") + count(&office, "form_texts") + count(&office, "relatives");
        let journal_before = count(&office, "journal");
        let seen = preview(&office, form("李明.lrmx", &text));
        let second = import(&office, form("李明.lrmx", &text));

        assert_eq!((first.summary.new, first.summary.refused), (1, 0), "{name}");
        assert!(first.entry.is_some() && first.known.is_none());
        assert!(seen.known.is_some(), "{name}: the file is known by its checksum");
        assert_eq!((seen.summary.same, seen.summary.changes), (1, 0), "{name}: {:?}", lines(&seen.records[0]));
        assert_eq!((second.entry, second.source), (None, None), "{name}: nothing is written, not even the journal");
        assert_eq!(count(&office, "journal"), journal_before);
        assert_eq!(count(&office, "tenures") + count(&office, "form_texts") + count(&office, "relatives"), rows_before);
    }
}

#[test]
fn the_same_content_in_another_file_changes_nothing_either() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));

        let other = lrmx(&[("Version", "3.2.1.16")]).replace("汉<", "汉族<");
        let seen = preview(&office, form("1李明.lrmx", &other));

        assert!(seen.known.is_none());
        assert_eq!((seen.summary.same, seen.summary.changes), (1, 0), "{name}: {:?}", lines(&seen.records[0]));
    }
}

#[test]
fn what_changed_is_shown_old_beside_new_and_written() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));

        let newer = lrmx(&[("JianKangZhuangKuang", "良好"), ("NianDuKaoHeJieGuo", "2023年度优秀；2024年度优秀；2025年度称职")]);
        let seen = preview(&office, form("李明.lrmx", &newer));
        let shown = lines(&seen.records[0]);
        let applied = import_with(&office, form("李明.lrmx", &newer), Some(seen.head), &Default::default());

        assert!(shown.contains(&"健康状况: 健康→良好".to_owned()), "{name}: {shown:?}");
        assert!(shown.contains(&"2024年度 · 考核结果: 称职→优秀".to_owned()), "{name}: {shown:?}");
        assert_eq!(applied.summary.changed, 1);
        assert_eq!(details(&office, "李明").health.as_deref(), Some("良好"));
        let graded: Vec<Appraisal> = rows(&office, "李明");
        assert_eq!(graded.iter().map(|a| a.grade.as_str()).collect::<Vec<_>>(), ["称职", "优秀", "优秀"], "{name}");
        assert_eq!(preview(&office, form("李明.lrmx", &newer)).summary.changes, 0);
    }
}

#[test]
fn a_line_that_people_left_out_is_not_written() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let newer = lrmx(&[("JianKangZhuangKuang", "良好"), ("JiGuan", "白云")]);
        let seen = preview(&office, form("李明.lrmx", &newer));
        let health = seen.records[0].changes.iter().find(|c| c.field == "健康状况").unwrap().id.clone();

        let choices = intake::Choices { leave_out: [health].into(), ..Default::default() };
        import_with(&office, form("李明.lrmx", &newer), Some(seen.head), &choices);

        let now = details(&office, "李明");
        assert_eq!((now.health.as_deref(), now.native_place.as_deref()), (Some("健康"), Some("白云")), "{name}");
    }
}

#[test]
fn what_the_file_does_not_mention_is_never_taken_away() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));

        let bare = lrmx(&[("JianKangZhuangKuang", ""), ("QuanRiZhiJiaoYu_XueLi", ""), ("QuanRiZhiJiaoYu_XueWei", ""), ("QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi", ""), (
            "JiaTingChengYuan",
            "<Item><ChengWei>儿子</ChengWei><XingMing>李小明</XingMing><GongZuoDanWeiJiZhiWu>学生</GongZuoDanWeiJiZhiWu></Item>",
        )]);
        let seen = preview(&office, form("李明.lrmx", &bare));
        import(&office, form("李明.lrmx", &bare));

        assert_eq!(seen.records[0].absent, ["家庭成员：妻子王芳"], "{name}");
        assert_eq!(details(&office, "李明").health.as_deref(), Some("健康"));
        assert_eq!(rows::<Education>(&office, "李明").len(), 1);
        assert_eq!(rows::<Relative>(&office, "李明").len(), 2);
    }
}

#[test]
fn every_value_remembers_its_file() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));
        import(&office, form("体检.lrmx", &lrmx(&[("JianKangZhuangKuang", "良好")])));
        let id = person(&office, "李明");

        let origin = |column: &str| read(&office, |desk| Ok(registry::person::origin(desk, id, column)?)).unwrap();

        assert_eq!(origin("native_place"), "2026-11-22 由“李明.lrmx”导入", "{name}");
        assert_eq!(origin("health"), "2026-11-22 由“体检.lrmx”导入", "{name}");
    }
}

#[test]
fn two_editors_the_slower_one_is_told_and_nothing_is_overwritten() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let newer = lrmx(&[("JianKangZhuangKuang", "良好")]);
        let seen = preview(&office, form("李明.lrmx", &newer));

        let id = person(&office, "李明");
        write(&office, |desk| {
            let held = registry::person::find(desk, id)?;
            let by_hand = registry::rows::Details { health: Some("一般".into()), ..held.row };
            Ok(registry::person::amend(desk, id, held.id, by_hand)?)
        });
        let applied = import_with(&office, form("李明.lrmx", &newer), Some(seen.head), &Default::default());

        assert_eq!(applied.summary.moved, 1, "{name}");
        assert_eq!(applied.passed_over[0].verdict, Verdict::Moved);
        assert_eq!(lines(&applied.passed_over[0]), ["健康状况: 一般→良好"], "compared anew, for the one who decides");
        assert_eq!(details(&office, "李明").health.as_deref(), Some("一般"), "{name}: what was saved by hand stays");
    }
}

#[test]
fn a_unit_officer_cannot_import() {
    for (_, office, _guard) in offices() {
        let hr = registry::Actor { role: registry::Role::UnitHr, ..officer() };
        let text = lrmx(&[]);
        let answer = office.write(&hr, |desk| intake::apply(desk, form("李明.lrmx", &text), None, &Default::default(), &mut |_, _| {}));
        assert!(matches!(answer, Err(Error::NotAllowed(_))));
        assert_eq!(count(&office, "persons"), 0);
    }
}

#[test]
fn unknown_elements_are_kept_as_they_were_written() {
    for (name, office, _guard) in offices() {
        let raw = "<DiFangXiang lei=\"甲\"><Zhi>本县自用</Zhi></DiFangXiang>";
        let text = lrmx(&[]).replace("</Person>", &format!("{raw}</Person>"));

        import(&office, form("李明.lrmx", &text));

        let texts: Vec<registry::rows::FormText> = rows(&office, "李明");
        let kept = texts.iter().find(|t| t.field == "extra:DiFangXiang");
        assert_eq!(kept.map(|t| t.text.as_str()), Some(raw), "{name}");
        let id = person(&office, "李明");
        let ours = read(&office, |desk| Ok(affairs::form::appointment_form(desk, id, None, document::Layout::Old)?));
        let written = document::appointment_form::lrmx(&ours);
        assert_eq!(written.matches("DiFangXiang").count(), 2, "{name}: one element, opened and closed once");
        assert!(written.contains(&format!("\n  {raw}\n")), "{name}: {written}");
        assert_eq!(preview(&office, form("李明.lrmx", &written)).summary.changes, 0, "{name}");
    }
}
