//! The whole way, for one person and for three.

use crate::county::counties;
use affairs::procedure::{self, Status, WaitingKind};
use vocabulary::day;

#[test]
fn one_person_goes_all_the_way_from_initiation_to_the_end_of_probation() {
    for (database, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        county.walk(id, "");

        let state = county.state(id);
        assert_eq!(state.present.as_deref(), Some("probation"), "{database}");
        let done: Vec<&str> = state
            .steps
            .iter()
            .filter(|s| s.status == Status::Done)
            .map(|s| &*s.title)
            .collect();
        assert_eq!(
            done,
            [
                "分析研判和动议",
                "民主推荐",
                "考察",
                "酝酿",
                "讨论决定",
                "任前公示",
                "任职谈话",
                "任职"
            ]
        );
        let discussion = state.step("discussion").and_then(|s| s.done.clone()).unwrap();
        assert_eq!((discussion.on, &*discussion.actor), (day!(2026 - 09 - 17), "王主任"));
        assert_eq!(
            county
                .current("周喆")
                .iter()
                .map(|(_, t)| t.as_str())
                .collect::<Vec<_>>(),
            ["县农业农村局副局长"]
        );

        let waiting = county.read(procedure::waiting);
        assert_eq!(
            (waiting[0].kind, waiting[0].due),
            (WaitingKind::Probation, Some(day!(2027 - 09 - 30)))
        );

        let (end, appraisal) = county.usual(id, "probation");
        county.on(day!(2027 - 09 - 29));
        let early = affairs::procedure::Completion {
            done_on: day!(2027 - 09 - 29),
            ..appraisal.clone()
        };
        assert!(
            county
                .complete(id, "probation", &early)
                .refusals()
                .contains(&"probation-full-year")
        );
        county.on(end);
        county.done(id, "probation", &appraisal);
        let state = county.state(id);
        assert_eq!(state.ended.as_ref().map(|e| &*e.kind), Some("办结"));
        assert!(county.read(procedure::waiting).is_empty());
        let kinds: Vec<String> = county
            .read(|desk| procedure::effects(desk, id))
            .into_iter()
            .map(|e| e.kind)
            .collect();
        assert_eq!(kinds, ["免职", "任职", "转正"]);
    }
}

#[test]
fn a_slate_of_three_moves_together_and_who_is_not_promoted_has_no_probation() {
    for (database, mut county) in counties() {
        // 赵海波 is only removed, 李明 follows him, 周喆 is promoted for the first time.
        let mut removed = county.proposed("赵海波", "县农业农村局局长");
        removed.post = None;
        removed.facts.clear();
        let chief = county.proposed("李明", "县农业农村局局长");
        let deputy = county.proposed("周喆", "县农业农村局副局长");
        let id = county.opened(vec![removed, chief, deputy]);
        county.walk(id, "");

        let state = county.state(id);
        assert_eq!(state.present.as_deref(), Some("probation"), "{database}");
        assert!(county.current("赵海波").is_empty());
        assert_eq!(county.current("李明")[0].1, "县农业农村局局长");
        assert_eq!(county.current("周喆")[0].1, "县农业农村局副局长");

        let (end, appraisal) = county.usual(id, "probation");
        county.on(end);
        county.done(id, "probation", &appraisal);
        assert_eq!(county.state(id).ended.map(|e| e.kind).as_deref(), Some("办结"));
    }
}

#[test]
fn who_is_unfit_after_the_probation_loses_the_post_and_returns_to_the_former_level() {
    for (_, mut county) in counties() {
        let id = county.opened(vec![county.proposed("周喆", "县农业农村局副局长")]);
        county.walk(id, "");
        let (end, mut appraisal) = county.usual(id, "probation");
        county.on(end);
        let unfit = appraisal.clone().field("probation.result", "不胜任");
        assert_eq!(county.complete(id, "probation", &unfit).refusals(), ["probation-fit"]);

        appraisal = unfit;
        appraisal.ended = vec![procedure::Ended {
            item: county.items(id)[0],
            reason: "试用期考核不胜任".into(),
        }];
        county.done(id, "probation", &appraisal);

        assert!(county.current("周喆").is_empty());
        let person = county.person("周喆");
        let level = county.read(|desk| {
            Ok(registry::facts::about::about_one(
                desk,
                institution::Subject::Official,
                person.number(),
                &["level"],
            )?)
        });
        assert_eq!(
            level.unwrap().values[0].as_ref().map(|v| v.to_string()).as_deref(),
            Some("科员级")
        );
        assert_eq!(county.state(id).ended.map(|e| e.kind).as_deref(), Some("办结"));
    }
}
