use crate::county::*;
use intake::Choices;

/// Two namesakes born in the same month, without ID numbers.
fn namesakes(office: &registry::Office) -> (i64, i64) {
    let of = |post: &str| lrmx(&[("ShenFenZheng", ""), ("XianRenZhiWu", post), ("JianLi", &format!("2019.03--         {post}"))]);
    let (a, b) = (of("青云镇镇长"), of("财政局局长"));
    import(office, form("一.lrmx", &a));
    import_with(office, form("二.lrmx", &b), None, &Choices { treat_as_new: [1].into(), ..Choices::default() });
    let ids: Vec<i64> = read(office, |desk| Ok(desk.rows("select id from persons order by id", &[])?.iter().map(|r| r.int(0)).collect()));
    (ids[0], ids[1])
}

#[test]
fn who_cannot_be_told_apart_is_listed_for_a_person_to_choose() {
    for (name, office, _guard) in offices() {
        plant(&office);
        let (first, second) = namesakes(&office);
        let unclear = lrmx(&[("ShenFenZheng", ""), ("XianRenZhiWu", ""), ("JianLi", ""), ("JianKangZhuangKuang", "良好")]);

        let seen = preview(&office, form("李明.lrmx", &unclear));
        let record = &seen.records[0];
        assert_eq!(record.verdict, Verdict::Ambiguous, "{name}");
        assert_eq!(record.because.as_deref(), Some("在册有 2 人姓名、出生年月相同"));
        let posts: Vec<(i64, &str)> = record.candidates.iter().map(|c| (c.person, c.post.as_str())).collect();
        assert_eq!(posts, [(first, "青云镇镇长"), (second, "财政局局长")]);

        let untouched = import(&office, form("李明.lrmx", &unclear));
        assert_eq!((untouched.entry, untouched.passed_over.len()), (None, 1), "{name}: nothing is guessed");
        let chosen = Choices { same_as: [(1, second)].into(), ..Choices::default() };
        let applied = import_with(&office, form("李明.lrmx", &unclear), Some(seen.head), &chosen);
        assert_eq!(applied.summary.changed, 1);
        let health: Vec<String> = read(&office, |desk| {
            let sql = "select health from person_details where superseded is null order by person";
            Ok(desk.rows(sql, &[])?.iter().map(|r| r.text(0).to_owned()).collect())
        });
        assert_eq!(health, ["健康", "良好"], "{name}");
    }
}

#[test]
fn the_unit_tells_namesakes_apart() {
    for (name, office, _guard) in offices() {
        plant(&office);
        let (_, second) = namesakes(&office);
        let text = lrmx(&[("ShenFenZheng", ""), ("XianRenZhiWu", "财政局局长"), ("JianLi", ""), ("JianKangZhuangKuang", "良好")]);

        let seen = preview(&office, form("李明.lrmx", &text));

        assert_eq!(seen.records[0].person, Some(second), "{name}");
    }
}

#[test]
fn a_form_without_id_number_is_known_by_name_and_birth() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let text = lrmx(&[("ShenFenZheng", ""), ("ChuShengNianYue", "1985.04")]);
        let seen = preview(&office, form("李明.lrmx", &text));
        assert_eq!((seen.summary.same, seen.summary.new), (1, 0), "{name}: {:?}", lines(&seen.records[0]));
    }
}

#[test]
fn one_id_number_and_two_names_is_a_question() {
    for (name, office, _guard) in offices() {
        import(&office, form("李明.lrmx", &lrmx(&[])));
        let seen = preview(&office, form("李鸣.lrmx", &lrmx(&[("XingMing", "李鸣")])));
        let record = &seen.records[0];
        assert_eq!(record.verdict, Verdict::Ambiguous, "{name}");
        assert_eq!(record.because.as_deref(), Some("身份证号与在册的李明相同，而姓名不同"));
        let id = record.candidates[0].person;
        let renamed = Choices { same_as: [(1, id)].into(), ..Choices::default() };
        import_with(&office, form("李鸣.lrmx", &lrmx(&[("XingMing", "李鸣")])), Some(seen.head), &renamed);
        let now = details(&office, "李鸣");
        assert_eq!((now.name.as_str(), now.initials.as_str(), now.pinyin.as_str()), ("李鸣", "lm", "li ming"), "{name}");
    }
}
