use crate::county::*;
use exchange::mapping::Mapping;
use intake::Choices;

#[test]
fn of_our_own_ledger_only_the_edited_cells_differ() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let id = person(&office, "李明");
        let ledger = |health: &str| {
            format!("person,fact:name,fact:born,fact:ethnicity,fact:age,fact:post,fact:health\n编号,姓名,出生年月,民族,年龄,现任职务,健康状况\nperson:{id},李明,1985.04,汉族,41,青云镇党委副书记、镇长,{health}\n")
        };

        let same = preview(&office, form("台账.csv", &ledger("健康")));
        let edited = preview(&office, form("台账.csv", &ledger("良好")));
        import(&office, form("台账.csv", &ledger("良好")));

        assert_eq!((same.summary.same, same.summary.changes), (1, 0), "{name}: {same:#?}");
        assert_eq!(lines(&edited.records[0]), ["健康状况: 健康→良好"], "{name}");
        assert_eq!(edited.rosters[0].not_taken, ["年龄"], "{name}: what is computed is not taken");
        assert_eq!(details(&office, "李明").health.as_deref(), Some("良好"));
    }
}

#[test]
fn a_corrected_mapping_is_remembered_for_the_next_file() {
    for (name, office, _guard) in offices() {
        let first = "姓名,性别,出生年月,何方人士\n张伟,男,1980.03,青云\n";
        let seen = preview(&office, form("一.csv", first));
        let mut mapping: Mapping = seen.rosters[0].mapping.clone();
        let native = intake::known_facts(&office.book.dictionary).into_iter().find(|f| f.id == "native_place").unwrap();
        mapping.set(3, Some(&native));
        let choices = Choices { mappings: vec![mapping], ..Choices::default() };
        import_with(&office, form("一.csv", first), Some(seen.head), &choices);
        assert_eq!(details(&office, "张伟").native_place.as_deref(), Some("青云"), "{name}");

        let next = preview(&office, form("二.csv", "姓名,性别,出生年月,何方人士\n张伟,男,1980.03,白云\n"));

        assert!(next.rosters[0].remembered, "{name}");
        assert_eq!(lines(&next.records[0]), ["籍贯: 青云→白云"], "{name}");
    }
}

#[test]
fn appraisals_of_a_year_and_a_post_without_a_day() {
    for (name, office, _guard) in offices() {
        plant(&office);
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let roster = "姓名,出生年月,现任职务,上年度考核\n李明,1985.04,财政局局长,优秀\n";
        let seen = preview(&office, form("考核.csv", roster));
        let record = &seen.records[0];
        assert!(record.faults.iter().any(|f| f.says.contains("现任职务与在册不同")), "{name}: {record:#?}");
        assert!(record.changes.iter().all(|c| c.noun != "任职"), "{name}: a post is not changed by a list");
    }
}
