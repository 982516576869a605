//! Facts of a party member in the organisation of the day. `d` is the membership's details.

use super::{Answer, Implementation, asked, counted};

pub const FACTS: &[Implementation] = &[
    asked("member.ref", "{id}"),
    asked("member.person", "(select m.person from members m where m.id = {id})"),
    asked("member.name", "(select n.name from members m join person_details n on n.person = m.person and [known n] where m.id = {id} limit 1)"),
    asked("member.branch_ref", "d.branch"),
    asked("member.branch", "(select b.name from branch_details b where b.branch = d.branch and [now b] limit 1)"),
    asked("member.kind", "d.kind"),
    asked("member.joined", "d.joined"),
    counted("member.years", Answer::YearsSince("member.joined")),
    asked("member.care", "d.care"),
    asked("member.leads", "(select max(case when t.leading = 1 and [height level t.level] >= 3 then 1 else 0 end) from members m join tenures t on t.person = m.person and [now t] and t.kind = '任职' where m.id = {id})"),
    asked("member.fee", "d.fee"),
    asked("member.since", "d.from_day"),
];
