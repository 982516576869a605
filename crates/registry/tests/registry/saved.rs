//! 台账 kept by an office: changed under its own name, taken off, put back.

use registry::ledger::Enquiry;
use registry::testing::offices;
use registry::{Actor, AsOf, saved};
use vocabulary::Id;

fn of_account(number: i64) -> Actor {
    Actor { account: Some(Id::new(number)), ..Actor::program() }
}

fn blank(of: institution::Subject) -> Enquiry {
    Enquiry { of, tests: institution::Condition::All(vec![]), words: vec![], columns: vec![], sort: vec![], group: None }
}

#[test]
fn a_ledger_kept_again_under_its_title_is_changed_where_it_stands() {
    for (db, office, _guard) in offices() {
        let keep = |account: i64, title: &str, subject, everybody: bool| {
            office.write(&of_account(account), |desk| saved::keep(desk, title, &blank(subject), everybody)).unwrap()
        };
        let own = |account: i64| office.read(&of_account(account), AsOf::default(), saved::own).unwrap();
        let first = keep(1, "乡镇女干部", institution::Subject::Official, false);
        let again = keep(1, " 乡镇女干部 ", institution::Subject::Post, false);
        assert_eq!(first, again, "{db}: the address stays");
        assert_eq!(own(1).len(), 1, "{db}");
        assert_eq!(own(1)[0].enquiry.of, institution::Subject::Post, "{db}: as it was kept last");
        // Somebody else's of the same title, and everybody's, are others.
        let other = keep(2, "乡镇女干部", institution::Subject::Official, false);
        let shared = keep(1, "乡镇女干部", institution::Subject::Official, true);
        assert!(other != first && shared != first && other != shared, "{db}");
        assert_eq!((own(1).len(), own(2).len()), (2, 2), "{db}");
        office.write(&of_account(1), |desk| saved::drop(desk, &first)).unwrap();
        assert_eq!(own(1).len(), 1, "{db}");
        office.write(&of_account(1), |desk| saved::restore(desk, &first)).unwrap();
        assert_eq!(own(1).iter().find(|l| l.name == first).unwrap().enquiry.of, institution::Subject::Post, "{db}: the last, not the first");
    }
}
