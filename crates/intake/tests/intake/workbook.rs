use crate::county::*;
use exchange::sample;
use exchange::{Cell, PersonRecord, Place, UnitRecord};
use intake::Offered;
use registry::rows::{Education, RankHeld, Relative, Tenure};
use std::path::PathBuf;

fn workbook(folder: PathBuf, units: Vec<UnitRecord>, people: Vec<PersonRecord>) -> PathBuf {
    let path = folder.join("信息采集表.xlsx");
    sample::write_national_workbook(&path, units, people).unwrap();
    path
}

#[test]
fn the_national_workbook_brings_units_and_people_and_the_same_again_nothing() {
    for (name, office, guard) in offices() {
        let path = workbook(guard.folder(), (0..12).map(sample::unit).collect(), sample::people(60).collect());
        let offered = Offered::Path(&path);

        let seen = preview(&office, offered);
        let applied = import_with(&office, offered, Some(seen.head), &Default::default());
        let again = preview(&office, offered);

        assert_eq!((seen.summary.units_new, seen.summary.new), (12, 60), "{name}: {:#?}", seen.summary);
        assert_eq!((seen.summary.new, seen.summary.units_new, seen.summary.faults), (applied.summary.new, applied.summary.units_new, applied.summary.faults));
        assert_eq!(count(&office, "organisations"), 12);
        let differing = again.records.iter().find(|r| r.verdict != Verdict::Same);
        assert_eq!((again.summary.same, again.summary.units_changed), (60, 0), "{name}: {differing:#?}");
        assert_eq!(import(&office, offered).entry, None);
        let who = sample::person(1);
        let tenures = tenures_of(&office, &who);
        assert!(tenures.iter().all(|t| t.organisation.is_some()), "{name}: {tenures:#?}");
    }
}

fn tenures_of(office: &registry::Office, who: &PersonRecord) -> Vec<Tenure> {
    rows(office, who.id_number().unwrap())
}

#[test]
fn a_tenure_that_ends_before_it_begins_is_refused_alone() {
    for (name, office, guard) in offices() {
        let mut who = sample::person(0);
        let tenures = who.tenures.len();
        who.tenures[0].until = Some(Cell::new("1970-01".parse().unwrap(), Place::default()));
        let path = workbook(guard.folder(), vec![], vec![who.clone()]);

        let seen = preview(&office, Offered::Path(&path));
        import(&office, Offered::Path(&path));

        let fault = seen.all_faults().find(|f| f.is_error()).unwrap_or_else(|| panic!("{name}: {seen:#?}"));
        assert_eq!(fault.place.sheet.as_deref(), Some("A02职务"));
        assert_eq!(fault.place.row, Some(3), "{name}");
        assert_eq!(tenures_of(&office, &who).len(), tenures - 1, "{name}");
        assert!(!rows::<Education>(&office, who.id_number().unwrap()).is_empty());
        assert!(!rows::<Relative>(&office, who.id_number().unwrap()).is_empty());
    }
}

#[test]
fn a_higher_rank_ends_the_one_held_until_then() {
    for (name, office, guard) in offices() {
        let who = sample::person(0);
        import(&office, Offered::Path(&workbook(guard.folder(), vec![], vec![who.clone()])));
        let id = who.id_number().unwrap();
        let roster = format!("姓名,身份证号,现职级,任现职级时间\n{},{id},二级主任科员,2026.06\n", who.name());

        let seen = preview(&office, form("职级.csv", &roster));
        import(&office, form("职级.csv", &roster));

        let shown = lines(&seen.records[0]);
        assert!(shown.contains(&"三级主任科员 · 终止时间: （无）→2026-06".to_owned()), "{name}: {shown:?}");
        let ranks: Vec<RankHeld> = rows(&office, id);
        let open: Vec<&str> = ranks.iter().filter(|r| r.ladder == "职级" && r.until_day.is_none()).map(|r| r.rank.as_str()).collect();
        assert_eq!(open, ["二级主任科员"], "{name}");
    }
}

#[test]
fn a_unit_of_unknown_kind_names_its_cell_and_is_set_up_without_it() {
    for (name, office, guard) in offices() {
        let mut unit = sample::unit(0);
        unit.fields.set("level", "天级", "天级", Place::default());
        let path = workbook(guard.folder(), vec![unit], vec![sample::person(0)]);
        let seen = preview(&office, Offered::Path(&path));
        assert_eq!(seen.units[0].verdict, Verdict::New, "{name}");
        assert!(seen.units[0].faults.iter().any(|f| f.value == "天级"), "{name}: {:?}", seen.units[0].faults);
        import(&office, Offered::Path(&path));
        assert_eq!(count(&office, "organisations"), 1);
    }
}

#[test]
fn columns_that_have_no_place_are_named_in_the_preview() {
    for (name, office, guard) in offices() {
        let mut who = sample::person(0);
        who.tenures[0].exceptional = Some(Cell::new(true, Place::default()));
        let path = workbook(guard.folder(), vec![sample::unit(0)], vec![who]);
        let seen = preview(&office, Offered::Path(&path));
        let said = |sheet: &str| {
            let of_sheet = |f: &&exchange::Fault| f.says.contains("没有录入：") && f.place.sheet.as_deref().is_some_and(|s| s.starts_with(sheet));
            let found: Vec<String> = seen.faults.iter().filter(of_sheet).map(|f| f.says.clone()).collect();
            assert_eq!(found.len(), 1, "{name}: {sheet} {found:?}");
            assert!(!seen.faults.iter().filter(of_sheet).any(|f| f.is_error()), "{name}: what is taken is whole");
            found[0].split('：').nth(1).unwrap_or_default().split('、').map(str::to_owned).collect::<Vec<_>>()
        };
        let unit = said("B01");
        for head in ["隶属关系", "法人单位标识", "行政编制数"] {
            assert!(unit.iter().any(|h| h == head), "{name}: {unit:?}");
        }
        for head in ["机构名称", "机构编码", "机构级别", "正职领导职数", "副职领导职数"] {
            assert!(!unit.iter().any(|h| h == head), "{name}: {head} is taken");
        }
        assert!(said("A02").iter().any(|h| h == "是否破格提拔"), "{name}");
    }
}
