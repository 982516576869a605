//! Both sides rate those with whom they had cases, once a half-year.

use super::street::streets;
use affairs::case;

#[test]
fn a_community_rates_the_department_it_called_and_the_department_rates_back() {
    for street in streets() {
        let id = street.reported("电梯坏了").id;
        street.answered(id);
        let (housing, police, community) = (street.unit("县住房和城乡建设局").number(), street.unit("县公安局").number(), street.unit("东关社区").number());
        let rate = |who: &str, rated: i64, word: &str, says: &str| {
            street.write(&street.actor(who), |desk| case::rate_unit(desk, rated, word, says)).refusals().iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(rate("东关", police, "好", ""), ["no-case-together"], "{}", street.name);
        assert_eq!(rate("东关", housing, "较差", ""), ["reason"]);
        assert_eq!(rate("东关", housing, "较差", "催了两次"), [""; 0]);
        assert_eq!(rate("东关", housing, "较好", ""), [""; 0], "said anew");
        assert_eq!(rate("住建", community, "好", ""), [""; 0]);
        assert_eq!(rate("镇里", housing, "好", ""), [""; 0], "the town looks after the community's cases too");
        let summary = |actor: &registry::Actor| street.read(actor, |desk| case::rating_summary(desk, "2026H2"));
        let all = summary(&street.officer());
        assert_eq!(all.iter().find(|r| r.id == housing).unwrap().counts, [1, 1, 0, 0]);
        assert_eq!(summary(&street.actor("住建")).len(), 1, "each sees what is said of itself");
        assert_eq!(summary(&street.actor("公安")).len(), 0);
    }
}
