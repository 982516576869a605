//! Facts of an organisation and its leadership team. `d` is the organisation's details.

use super::{Implementation, asked};

pub const FACTS: &[Implementation] = &[
    asked("unit.ref", "{id}"),
    asked("unit.name", "d.name"),
    asked("unit.path", "d.path"),
    asked("unit.kind", "d.kind"),
    asked("unit.level", "d.level"),
    asked("unit.order", "d.order_no"),
    asked("unit.seats", "(select coalesce(cast(sum(p.seats) as bigint), 0) from post_details p where p.organisation = {id} and [now p] and p.leading = 1)"),
    asked("unit.holders", "(select count(*) from tenures t join post_details p on p.post = t.post and [now p] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职')"),
    asked("unit.vacant", "((select coalesce(cast(sum(p.seats) as bigint), 0) from post_details p where p.organisation = {id} and [now p] and p.leading = 1) - (select count(*) from tenures t join post_details p on p.post = t.post and [now p] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职'))"),
    asked("unit.women", "(select count(distinct t.person) from tenures t join post_details p on p.post = t.post and [now p] join person_details n on n.person = t.person and [known n] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职' and n.sex = '女')"),
    asked("unit.minority", "(select count(distinct t.person) from tenures t join post_details p on p.post = t.post and [now p] join person_details n on n.person = t.person and [known n] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职' and n.ethnicity <> '汉族')"),
    asked("unit.non_party", "(select count(distinct t.person) from tenures t join post_details p on p.post = t.post and [now p] join person_details n on n.person = t.person and [known n] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职' and exists (select 1 from memberships m where m.person = t.person and [now m] and m.party not in [group party 中共]))"),
    asked("unit.township_experience", "(select count(distinct t.person) from tenures t join post_details p on p.post = t.post and [now p] join person_details n on n.person = t.person and [known n] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职' and exists (select 1 from tenures x join organisation_details o on o.organisation = x.organisation and [known o] where x.person = t.person and [past x] and o.kind in [group organisation_kind 乡镇]))"),
    asked("unit.average_age", "(select cast(avg({year} - cast(substr(n.born, 1, 4) as bigint)) as bigint) from tenures t join post_details p on p.post = t.post and [now p] join person_details n on n.person = t.person and [known n] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职')"),
    asked("unit.under_35", "(select count(distinct t.person) from tenures t join post_details p on p.post = t.post and [now p] join person_details n on n.person = t.person and [known n] where p.organisation = {id} and p.leading = 1 and [now t] and t.kind = '任职' and n.born > {thirty_six_years_ago})"),
];
