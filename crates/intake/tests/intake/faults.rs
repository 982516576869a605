use crate::county::*;

#[test]
fn an_id_number_with_a_wrong_check_digit_is_a_finding_and_is_kept() {
    for (name, office, _guard) in offices() {
        let text = lrmx(&[("ShenFenZheng", "99000019850412003X")]);

        let seen = preview(&office, form("李明.lrmx", &text));
        import(&office, form("李明.lrmx", &text));

        let finding = seen.all_faults().find(|f| f.says.contains("校验")).unwrap_or_else(|| panic!("{name}: {:?}", seen.records[0].faults));
        assert!(!finding.is_error());
        assert_eq!(finding.place.to_string(), "李明.lrmx【身份证】");
        assert_eq!(details(&office, "李明").id_number.as_deref(), Some("99000019850412003X"), "{name}");
    }
}

#[test]
fn an_unknown_code_names_its_cell_and_the_rest_is_taken() {
    for (name, office, _guard) in offices() {
        let text = "姓名,性别,出生年月,民族,籍贯\n张伟,男,1980.03,火星族,青云\n";

        let seen = preview(&office, form("名册.csv", text));
        import(&office, form("名册.csv", text));

        let fault = seen.all_faults().find(|f| f.is_error()).unwrap_or_else(|| panic!("{name}: {seen:#?}"));
        assert_eq!(fault.value, "火星族");
        assert_eq!((fault.place.row, fault.place.column.as_ref().map(|c| c.letter())), (Some(2), Some("D".into())));
        assert!(fault.would_be_right.contains("汉族"));
        let now = details(&office, "张伟");
        assert_eq!((now.ethnicity, now.native_place.as_deref()), (None, Some("青云")), "{name}");
    }
}

#[test]
fn a_line_that_is_broken_undoes_the_whole_import() {
    for (name, office, _guard) in offices() {
        let journal = count(&office, "journal");
        let text = lrmx(&[]);
        let answer: Result<(), Error> = office.write(&officer(), |desk| {
            intake::apply(desk, form("李明.lrmx", &text), None, &Default::default(), &mut |_, _| {})?;
            Err(registry::Error::Wrong("停电".into()).into())
        });
        assert!(answer.is_err());
        let left: i64 = ["persons", "person_details", "tenures", "sources", "form_texts", "standing"].iter().map(|t| count(&office, t)).sum();
        assert_eq!((left, count(&office, "journal")), (0, journal), "{name}: nothing half-written");
    }
}
