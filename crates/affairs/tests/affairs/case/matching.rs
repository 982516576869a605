//! 匹配: what is offered where somebody asks, and who asks where something is offered.

use super::street::{Street, streets};
use affairs::Case;
use affairs::case::{self, Doing, Fitting, Report};
use institution::case::Act;
use vocabulary::Id;

fn listed(street: &Street, place: &str, class: &str, words: &str) -> Id<Case> {
    let id = street.report(Report { system: "claims".into(), way: "社区收集".into(), words: words.into(), ..street.blank(place) }).id;
    street.write(&street.officer(), |desk| case::act(desk, id, Doing::of(Act::Sort).word(class))).done().unwrap();
    id
}

fn fitting(street: &Street, who: &str, id: Id<Case>) -> Vec<Fitting> {
    street.read(&street.actor(who), |desk| case::fitting(desk, &case::find(desk, id)?, 8))
}

fn connect(other: Id<Case>) -> Doing {
    Doing { into: Some(other), ..Doing::of(Act::Connect) }
}

#[test]
fn what_fits_is_listed_from_both_sides_the_own_street_first_and_with_its_reasons() {
    for street in streets() {
        street
            .office
            .write(&registry::Actor::program(), |desk| {
                let above = registry::organisation::named(desk, "青云县")?.map(|u| u.id);
                for (name, kind, parent) in [("柳河镇", "镇", above), ("柳河社区", "社区", None)] {
                    let parent = parent.or(registry::organisation::named(desk, "柳河镇")?.map(|u| u.id));
                    registry::organisation::add(desk, registry::organisation::NewUnit { parent, name: name.into(), short_name: name.into(), kind: Some(kind.into()), ..Default::default() })?;
                }
                Ok::<_, registry::Error>(())
            })
            .unwrap();
        let wish = listed(&street, "东关社区", "wish", "老人家里电视坏了，想请人看看");
        let far = listed(&street, "柳河社区", "service", "上门修小家电，另有助老服务");
        let near = listed(&street, "西关社区", "service", "周六上门修洗衣机、冰箱");
        let room = listed(&street, "西关社区", "resource", "会议室周末空着");
        listed(&street, "柳河社区", "resource", "停车位夜里开放");
        listed(&street, "东关社区", "need", "电饭锅没人会修");
        let found = fitting(&street, "东关", wish);
        let told: Vec<_> = found.iter().map(|f| (f.id, f.near.as_str(), f.shared.join("、"))).collect();
        assert_eq!(told, [(near, "青云镇", "家电维修".into()), (room, "青云镇", String::new()), (far, "", "家电维修、适老改造".into())], "{}", street.name);
        assert_eq!((found[0].class.as_str(), found[0].place.as_str()), ("服务订单", "西关社区"), "{}", street.name);
        let back: Vec<_> = fitting(&street, "西关", near).into_iter().map(|f| f.words).collect();
        assert_eq!(back, ["电饭锅没人会修", "老人家里电视坏了，想请人看看"], "{}: both are of the street and say the same; the newest first", street.name);
        // What is closed or has no class asks for nothing.
        let unsorted = street.report(Report { system: "claims".into(), way: "社区收集".into(), words: "想修电视".into(), ..street.blank("东关社区") }).id;
        assert!(fitting(&street, "东关", unsorted).is_empty(), "{}", street.name);
        // Another system has no such rule.
        let other = street.reported("电视坏了").id;
        street.does("东关", other, Doing::of(Act::Sort).word("property"));
        assert!(fitting(&street, "东关", other).is_empty(), "{}", street.name);
    }
}

#[test]
fn a_connection_is_noted_on_both_by_either_side_and_taken_apart_with_a_reason() {
    for street in streets() {
        let wish = listed(&street, "东关社区", "wish", "家里电视坏了");
        let service = listed(&street, "西关社区", "service", "上门修电视");
        let need = listed(&street, "东关社区", "need", "想修台灯");
        let done = |id| street.find(&street.officer(), id).unwrap();
        assert_eq!(street.tries("公安", wish, connect(service)), Err(vec!["not-holder".into()]), "{}: neither side is theirs", street.name);
        assert_eq!(street.tries("东关", wish, connect(need)), Err(vec!["does-not-match".into()]), "{}", street.name);
        street.does("西关", wish, connect(service));
        for (one, other) in [(wish, service), (service, wish)] {
            let record = done(one);
            let deed = record.deeds.last().unwrap();
            assert_eq!((deed.act, deed.into, deed.actor.as_str()), (Act::Connect, Some(other.number()), "西关"), "{}", street.name);
            assert!(record.life.connected.contains(&other.number()), "{}", street.name);
            assert!(!fitting(&street, "东关", one).iter().any(|f| f.id == other), "{}: what is connected is no longer offered", street.name);
            let shown = street.read(&street.actor("东关"), |desk| case::connected(desk, &case::find(desk, one)?));
            assert_eq!(shown.iter().map(|c| c.id).collect::<Vec<_>>(), [other], "{}", street.name);
        }
        assert_eq!(street.tries("东关", service, connect(wish)), Err(vec!["connected-already".into()]), "{}", street.name);
        let apart = |says: &str| Doing { into: Some(wish), ..Doing::of(Act::Disconnect).says(says) };
        assert_eq!(street.tries("东关", service, apart(" ")), Err(vec!["reason".into()]), "{}", street.name);
        street.does("东关", service, apart("师傅来不了"));
        assert!(done(wish).life.connected.is_empty() && done(service).life.connected.is_empty(), "{}", street.name);
        assert!(done(wish).deeds.last().unwrap().says.contains("师傅来不了"), "{}", street.name);
        assert_eq!(street.tries("东关", service, apart("又一次")), Err(vec!["not-connected".into()]), "{}", street.name);
        street.does("东关", wish, connect(service));
        assert_eq!((street.stage(wish), street.stage(service)), ("待派办", "待派办"), "{}: the clocks and the stage are their own", street.name);
    }
}
