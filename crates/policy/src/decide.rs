//! The one decision. Its order is that of `docs/rights.md`: what is refused for good comes before what could be helped.

use crate::{Action, Ask, Class, Ground, Kind, Reach, Reason, Relation, Role, Scope, Thing, Verdict};

/// May it be done, and if not, what would help?
pub fn decide(ask: &Ask) -> Verdict {
    match refusal(ask) {
        Some(reason) => Verdict::Refused(reason),
        None => wanting(ask).unwrap_or(Verdict::Allowed),
    }
}

fn refusal(ask: &Ask) -> Option<Reason> {
    let action = ask.action;
    // The program acts for jobs and planting; even it reads no ballot.
    if ask.role == Role::Program {
        return (ask.class == Class::S4 && !takes_sealed(ask)).then_some(Reason::Sealed);
    }
    if ask.class == Class::S4 && !takes_sealed(ask) {
        return Some(Reason::Sealed);
    }
    let Some(reach) = action.reach(ask.role) else { return Some(Reason::Role) };
    if ask.class > action.upto && ask.class != Class::S4 {
        return Some(Reason::Class);
    }
    if action.kind == Kind::Public {
        return None;
    }
    if action.kind != Kind::Own && ask.class > clearance(ask.role) && ask.class != Class::S4 {
        return Some(Reason::Class);
    }
    if action.on == Thing::Itself && ask.relation != Relation::Itself {
        return Some(Reason::NotOwn);
    }
    if action.on == Thing::Case && ask.relation == Relation::Named {
        return Some(Reason::Named);
    }
    if recused(ask) {
        return Some(Reason::Recusal);
    }
    if !reaches(reach, ask) {
        return Some(Reason::Scope);
    }
    (!action.states.contains(&ask.state)).then_some(Reason::State)
}

/// A ballot box takes what nobody reads.
fn takes_sealed(ask: &Ask) -> bool {
    ask.action.seals && matches!(ask.action.kind, Kind::Write | Kind::Own)
}

/// The highest class that a role is ever shown in its work; a person's own things are measured by the action alone.
fn clearance(role: Role) -> Class {
    match role {
        Role::Officer | Role::Head | Role::CommunityWorker | Role::Liaison | Role::Resident | Role::Program => Class::S3,
        Role::UnitHr | Role::Recorded => Class::S2,
        _ => Class::S1,
    }
}

/// 回避: nobody handles, approves or looks into their own or their relatives' affairs in office. What is public they may see.
fn recused(ask: &Ask) -> bool {
    let near = matches!(ask.relation, Relation::Itself | Relation::Relative);
    let personal = matches!(ask.action.on, Thing::Person | Thing::Procedure | Thing::Appraisal | Thing::Ticket | Thing::Account);
    match ask.action.kind {
        Kind::Own | Kind::Public => false,
        Kind::Approve => near,
        Kind::See => near && personal && ask.class >= Class::S1,
        Kind::Write | Kind::Export | Kind::Administer => near && personal,
    }
}

fn reaches(reach: Reach, ask: &Ask) -> bool {
    let near = matches!(ask.scope, Scope::Own | Scope::OwnUnit);
    match reach {
        Reach::Any => true,
        Reach::County => ask.scope != Scope::OtherCounty,
        Reach::Unit | Reach::Ticketed => near || ask.scope == Scope::SubUnit,
        Reach::Branch => near || ask.relation == Relation::SameBranch,
        Reach::Own => ask.scope == Scope::Own,
    }
}

/// What is missing, when nothing forbids it.
fn wanting(ask: &Ask) -> Option<Verdict> {
    let action = ask.action;
    if ask.role == Role::Program || matches!(action.kind, Kind::Own | Kind::Public) {
        return (action.step_up && !ask.stepped_up && ask.role != Role::Program).then_some(Verdict::NeedsStepUp);
    }
    let papers = matches!(ask.ground, Ground::Procedure | Ground::Ticket);
    if action.reach(ask.role) == Some(Reach::Ticketed) && ask.ground != Ground::Ticket {
        return Some(Verdict::NeedsTicket);
    }
    match ask.class {
        Class::S3 if !papers => return Some(Verdict::NeedsTicket),
        Class::S2 if !papers && ask.ground != Ground::Stated && action.purpose.is_none() => return Some(Verdict::NeedsPurpose),
        Class::S2 if !papers && ask.over_cap && action.purpose.is_none() => return Some(Verdict::NeedsApproval),
        _ => {}
    }
    ((action.step_up || ask.class == Class::S3) && !ask.stepped_up).then_some(Verdict::NeedsStepUp)
}

/// Is there any case in which `role` may do this? What the menu and the door ask before a record is known.
pub fn may_ever(role: Role, action: &Action) -> bool {
    role == Role::Program || action.reach(role).is_some()
}

/// Nouns of the journal whose entries only the organisation department writes: the records of officials.
const RECORDS: [&str; 23] = [
    "person", "tenure", "rank", "membership", "education", "qualification", "appraisal", "award", "sanction", "training", "relative", "resume",
    "pool", "amendment", "organisation", "post", "procedure", "import", "intake", "mapping", "source", "photo", "edition",
];

/// May `role` write a journal entry of this act (`person.revise`)? The last guard under every operation.
pub fn may_record(role: Role, act: &str) -> bool {
    let noun = act.split('.').next().unwrap_or(act);
    !RECORDS.contains(&noun) || role.of_the_office() || role == Role::Program
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action;

    fn ask(role: Role, id: &str, class: Class) -> Ask {
        Ask::plain(role, action(id), class)
    }

    #[test]
    fn an_officer_states_a_purpose_for_personal_and_brings_a_ticket_for_restricted_things() {
        let see = ask(Role::Officer, "person.see", Class::S1);
        assert_eq!(decide(&see), Verdict::Allowed);
        let personal = Ask { class: Class::S2, ..see };
        assert_eq!(decide(&personal), Verdict::NeedsPurpose);
        assert_eq!(decide(&Ask { ground: Ground::Stated, ..personal }), Verdict::Allowed);
        assert_eq!(decide(&Ask { ground: Ground::Stated, over_cap: true, ..personal }), Verdict::NeedsApproval);
        assert_eq!(decide(&Ask { ground: Ground::Ticket, over_cap: true, ..personal }), Verdict::Allowed);
        let restricted = Ask { class: Class::S3, ground: Ground::Stated, ..see };
        assert_eq!(decide(&restricted), Verdict::NeedsTicket);
        assert_eq!(decide(&Ask { ground: Ground::Ticket, ..restricted }), Verdict::NeedsStepUp);
        assert_eq!(decide(&Ask { ground: Ground::Ticket, stepped_up: true, ..restricted }), Verdict::Allowed);
        assert_eq!(decide(&Ask { class: Class::S4, ground: Ground::Ticket, stepped_up: true, ..see }), Verdict::Refused(Reason::Sealed));
    }

    #[test]
    fn nobody_sees_themselves_or_a_relative_through_their_office() {
        for relation in [Relation::Itself, Relation::Relative] {
            let see = Ask { relation, ground: Ground::Ticket, stepped_up: true, ..ask(Role::Head, "person.see", Class::S1) };
            assert_eq!(decide(&see), Verdict::Refused(Reason::Recusal));
            assert_eq!(decide(&Ask { class: Class::S0, ..see }), Verdict::Allowed);
            let edit = Ask { class: Class::S0, action: action("person.edit"), ..see };
            assert_eq!(decide(&edit), Verdict::Refused(Reason::Recusal));
        }
        let mine = Ask { relation: Relation::Itself, scope: Scope::Own, ..ask(Role::Recorded, "me.see", Class::S2) };
        assert_eq!(decide(&mine), Verdict::Allowed);
        assert_eq!(decide(&Ask { relation: Relation::Relative, ..mine }), Verdict::Refused(Reason::NotOwn));
    }

    #[test]
    fn who_is_named_in_a_case_learns_nothing_of_it() {
        let case = Ask { relation: Relation::Named, ..ask(Role::Officer, "case.see", Class::S0) };
        assert_eq!(decide(&case), Verdict::Refused(Reason::Named));
    }

    #[test]
    fn an_administrator_writes_no_record() {
        for role in [Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin, Role::Auditor, Role::UnitHr, Role::Recorded] {
            assert!(!may_record(role, "person.revise") && !may_record(role, "procedure.open"), "{}", role.id());
            assert!(may_record(role, "ticket.ask"));
        }
        assert!(may_record(Role::Officer, "person.revise"));
    }
}
