//! Facts of a post. `d` is the post's details.

use super::{Implementation, asked};

pub const FACTS: &[Implementation] = &[
    asked("seat.ref", "{id}"),
    asked("seat.name", "d.title"),
    asked("seat.organisation", "(select o.short_name from organisation_details o where o.organisation = d.organisation and [now o] limit 1)"),
    asked("seat.organisation_kind", "(select o.kind from organisation_details o where o.organisation = d.organisation and [now o] limit 1)"),
    asked("seat.title", "d.name"),
    asked("seat.organisation_ref", "d.organisation"),
    asked("seat.organisation_path", "(select o.path from organisation_details o where o.organisation = d.organisation and [now o] limit 1)"),
    asked("seat.organisation_order", "(select o.order_no from organisation_details o where o.organisation = d.organisation and [now o] limit 1)"),
    asked("seat.over", "(case when [fact seat.vacant] < 0 then 0 - [fact seat.vacant] else 0 end)"),
    asked("seat.vacant_since", "(case when [fact seat.vacant] > 0 then (select max(t.until_day) from tenures t where t.post = {id} and [past t] and t.until_day <= {day}) end)"),
    asked("seat.level", "d.level"),
    asked("seat.kind", "d.role"),
    asked("seat.leading", "d.leading"),
    asked("seat.seats", "d.seats"),
    asked("seat.holders", "(select count(*) from tenures t where t.post = {id} and [now t] and t.kind = '任职')"),
    asked("seat.vacant", "(d.seats - (select count(*) from tenures t where t.post = {id} and [now t] and t.kind = '任职'))"),
    asked("seat.names", "(select string_agg(n.name, '、' order by t.order_no, t.id) from tenures t join person_details n on n.person = t.person and [known n] where t.post = {id} and [now t] and t.kind = '任职')"),
    asked("seat.order", "((select coalesce(max(o.order_no), 0) from organisation_details o where o.organisation = d.organisation and [now o]) * 1000 + d.order_no)"),
];
