//! Facts of a party organisation. `d` is its details.

use super::{Implementation, asked};

pub const FACTS: &[Implementation] = &[
    asked("branch.ref", "{id}"),
    asked("branch.name", "d.name"),
    asked("branch.path", "d.path"),
    asked("branch.kind", "d.kind"),
    asked("branch.order", "d.order_no"),
    asked("branch.organisation_ref", "d.organisation"),
    asked("branch.organisation", "(select o.short_name from organisation_details o where o.organisation = d.organisation and [now o] limit 1)"),
    asked("branch.organisation_kind", "(select o.kind from organisation_details o where o.organisation = d.organisation and [now o] limit 1)"),
    asked("branch.above", "(select a.name from branch_details a where a.branch = d.parent and [now a] limit 1)"),
    asked("branch.members", "(select count(*) from member_details m where (m.branch = {id} or m.grouped = {id}) and [now m])"),
    asked("branch.formal_members", "(select count(*) from member_details m where (m.branch = {id} or m.grouped = {id}) and m.kind = '正式党员' and [now m])"),
    asked("branch.committee", "(select count(*) from branch_committee c where c.branch = {id} and [now c])"),
    asked("branch.secretary", "(select n.name from branch_committee c join person_details n on n.person = c.person and [known n] where c.branch = {id} and c.role in ('书记', '组长') and [now c] order by c.id limit 1)"),
    asked("branch.elected", "d.elected_on"),
    asked("branch.term_until", "(case when d.elected_on is not null and d.term_years is not null then cast(cast(substr(d.elected_on, 1, 4) as bigint) + d.term_years as text) || substr(d.elected_on, 5) end)"),
];
