use crate::county::*;
use intake::Offered;
use std::io::Write;

/// 500 forms in one archive, as counties send them.
fn archive(forms: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for number in 0..forms {
        let born = format!("{}{:02}", 1970 + number / 12 % 30, number % 12 + 1);
        let name = format!("赵{}", char::from_u32(0x4e00 + number as u32).unwrap());
        zip.start_file(format!("{number}{name}.lrmx"), zip::write::SimpleFileOptions::default()).unwrap();
        let text = lrmx(&[("XingMing", &name), ("ChuShengNianYue", &born), ("ShenFenZheng", "")]);
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn five_hundred_forms_come_in_one_archive_and_one_journal_entry() {
    for (name, office, _guard) in offices() {
        let bytes = archive(500);
        let offered = Offered::Bytes { name: "批次.zip", bytes: &bytes };
        let journal = count(&office, "journal");

        let applied = import(&office, offered);
        let seen = preview(&office, offered);

        assert_eq!((applied.summary.new, applied.summary.refused, applied.summary.unread), (500, 0, 0), "{name}");
        assert_eq!((count(&office, "persons"), count(&office, "standing"), count(&office, "journal")), (500, 500, journal + 1), "{name}");
        assert_eq!((seen.summary.same, seen.summary.changes), (500, 0), "{name}");
        let page = seen.page(Some(Verdict::Same), 490, 50);
        assert_eq!((page.total, page.records.len()), (500, 10));
    }
}

#[test]
fn the_record_is_read_in_batches_not_person_by_person() {
    for (name, office, _guard) in offices() {
        let bytes = archive(500);
        let offered = Offered::Bytes { name: "批次.zip", bytes: &bytes };
        import(&office, offered);
        let statements = read(&office, |desk| {
            intake::Preview::of(desk, offered, &Default::default(), &mut |_, _| {})?;
            Ok(desk.statements())
        });
        assert!(statements <= 25, "{name}: {statements} statements for 500 people");
    }
}

#[test]
fn the_same_person_twice_counts_once_when_equal_and_is_refused_when_not() {
    for (name, office, _guard) in offices() {
        let text = "姓名,性别,出生年月,籍贯\n张伟,男,1980.03,青云\n张伟,男,1980.03,青云\n张伟,男,1980.03,白云\n";
        let seen = preview(&office, form("名册.csv", text));
        let verdicts: Vec<Verdict> = seen.records.iter().map(|r| r.verdict).collect();
        assert_eq!(verdicts, [Verdict::New, Verdict::Repeated, Verdict::Refused], "{name}");
        import(&office, form("名册.csv", text));
        assert_eq!(count(&office, "persons"), 1);
    }
}
