//! Before and after.

use crate::county::counties;
use affairs::impact;

#[test]
fn a_slate_shows_both_teams_before_and_after_with_the_people_behind_each_figure() {
    for (_, county) in counties() {
        let item = county.proposed("陈晓燕", "县农业农村局副局长");
        let teams = county.read(|desk| impact(desk, &[item]));
        let names: Vec<&str> = teams.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["青云镇", "县农业农村局"]);
        let (town, bureau) = (&teams[0], &teams[1]);
        assert_eq!((town.before.members.len(), town.after.members.len()), (2, 1));
        assert_eq!((bureau.before.members.len(), bureau.after.members.len()), (1, 2));
        assert_eq!((bureau.before.vacant, bureau.after.vacant), (2, 1));
        assert_eq!((town.before.women.count, town.after.women.count), (1, 0));
        assert_eq!(bureau.after.women.people, [county.person("陈晓燕")]);
        // 赵海波 was born in February 1978, 陈晓燕 in August 1990: 48 and 36.
        assert_eq!(
            (bureau.before.average_age_tenths, bureau.after.average_age_tenths),
            (Some(480), Some(420))
        );
        assert_eq!(bureau.after.under_36.count, 0, "36 is not under 36");
        assert_eq!(bureau.after.education[0].name, "大学");
        assert_eq!(bureau.after.specialities[0].figure.count, 2);
        assert!(bureau.after.members.iter().any(|m| m.name == "陈晓燕" && m.changes));
        assert_eq!(
            town.after.vacancies,
            [("青云镇副镇长".to_owned(), 1), ("青云镇党委组织委员".to_owned(), 1)]
        );
    }
}
