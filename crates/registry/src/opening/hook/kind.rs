//! 事件的种类: what may be told at all. Nothing whose mere kind says something of S2 or above: that somebody was punished,
//! that a talk was held, that a procedure is under way.

use serde::Serialize;

/// A kind that may be subscribed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kind {
    pub id: &'static str,
    pub says: &'static str,
    /// First words of the journal's acts: `tenure` of `tenure.begin`.
    pub nouns: &'static [&'static str],
    /// Whose rows change; every one of them is S1 at most.
    pub tables: &'static [&'static str],
}

/// All of them, in the order of the page.
pub const KINDS: [Kind; 5] = [
    Kind {
        id: "person",
        says: "干部的基本信息、学历、职级等",
        nouns: &[
            "person",
            "photo",
            "education",
            "qualification",
            "training",
            "rank",
            "membership",
            "resume",
        ],
        tables: &[
            "persons",
            "photos",
            "educations",
            "qualifications",
            "trainings",
            "ranks",
            "memberships",
            "resume_lines",
        ],
    },
    Kind {
        id: "tenure",
        says: "任职、免职",
        nouns: &["tenure"],
        tables: &["tenures"],
    },
    Kind {
        id: "organisation",
        says: "机构的设立、变更、撤销",
        nouns: &["organisation"],
        tables: &["organisations", "organisation_details"],
    },
    Kind {
        id: "post",
        says: "岗位和职数",
        nouns: &["post"],
        tables: &["posts", "post_details"],
    },
    Kind {
        id: "import",
        says: "一批文件导入完成",
        nouns: &["import"],
        tables: &[],
    },
];

impl Kind {
    pub fn from_id(id: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|k| k.id == id)
    }
    /// What an act of the journal is; nothing when nobody is told of it.
    pub fn of(act: &str) -> Option<&'static Kind> {
        let noun = act.split('.').next().unwrap_or(act);
        KINDS.iter().find(|k| k.nouns.contains(&noun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register;

    #[test]
    fn no_kind_tells_of_what_is_personal_or_restricted() {
        for kind in KINDS {
            for table in kind.tables {
                assert!(
                    register::find(table, "*").is_some_and(|c| c.class <= 1),
                    "{} {table}",
                    kind.id
                );
            }
        }
        for act in [
            "sanction.begin",
            "award.begin",
            "appraisal.begin",
            "relative.mend",
            "pool.begin",
            "procedure.open",
            "case.report",
            "amendment.undo",
            "grant.ask",
        ] {
            assert_eq!(Kind::of(act), None, "{act}");
        }
        assert_eq!(Kind::of("tenure.begin").map(|k| k.id), Some("tenure"));
        assert_eq!(Kind::of("education.mend").map(|k| k.id), Some("person"));
    }
}
