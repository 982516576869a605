//! Facts of an official. `d` is the person's details; marks are explained in `template`.

use super::{Answer, Implementation, asked, counted, kept};

/// The tenure that the record shows first today.
const MAIN: &str = "(select m.id from tenures m where m.person = {id} and [now m] and m.kind = '任职' \
     order by m.main desc, m.order_no, m.from_day desc, m.id limit 1)";

pub const FACTS: &[Implementation] = &[
    asked("person.id", "{id}"),
    kept("name", "d.name"),
    kept("name.pinyin", "d.pinyin"),
    kept("name.initials", "d.initials"),
    kept("name.strokes", "d.strokes"),
    kept("sex", "d.sex"),
    kept("born", "d.born"),
    counted("age", Answer::YearsSince("born")),
    asked("id_number", "(select n.id_number from person_details n where n.person = {id} and [known n])"),
    kept("ethnicity", "d.ethnicity"),
    kept("native_place", "d.native_place"),
    kept("birth_place", "d.birth_place"),
    asked("growth_place", "(select n.growth_place from person_details n where n.person = {id} and [known n])"),
    kept("health", "d.health"),
    kept("joined_work", "d.joined_work"),
    counted("work_years", Answer::YearsSince("joined_work")),
    counted("work_months", Answer::MonthsSince("joined_work")),
    kept("party", "(select x.party from memberships x where x.person = {id} and [now x] order by x.from_day desc, x.id desc limit 1)"),
    kept("party.joined", "(select x.from_day from memberships x where x.person = {id} and [now x] order by x.from_day desc, x.id desc limit 1)"),
    counted("party.months", Answer::MonthsSince("party.joined")),
    kept("party.text", "coalesce(d.party_text, case when [fact party] in [group party 中共] then replace(substr([fact party.joined], 1, 7), '-', '.') \
        when [fact party] in ('群众', '共青团员') then null else [fact party] end)"),
    asked("photo", "(case when exists (select 1 from photos x where x.person = {id} and [known x]) then 1 else 0 end)"),
    kept("education", "(select e.education from educations e where e.person = {id} and [past e] and e.education is not null order by [height education e.education] desc, e.id limit 1)"),
    kept("education.full_time", "(select e.education from educations e where e.person = {id} and [past e] and e.mode = '全日制' order by [height education e.education] desc, e.id limit 1)"),
    kept("education.in_service", "(select e.education from educations e where e.person = {id} and [past e] and e.mode = '在职' order by [height education e.education] desc, e.id limit 1)"),
    kept("education.school", "(select coalesce(e.school, e.school_text) from educations e where e.person = {id} and [past e] order by [height education e.education] desc, e.id limit 1)"),
    kept("education.major", "(select e.major from educations e where e.person = {id} and [past e] and e.major is not null order by [height education e.education] desc, e.id limit 1)"),
    kept("education.major_group", "(select string_agg(x.major_group, '、' order by x.major_group) from (select distinct e.major_group from educations e where e.person = {id} and [past e] and e.major_group is not null) x)"),
    asked("education.full_time_text", "(select coalesce(e.school_text, coalesce(e.school, '') || coalesce(e.major, '')) from educations e where e.person = {id} and [past e] and e.mode = '全日制' order by [height education e.education] desc, e.id limit 1)"),
    asked("education.in_service_text", "(select coalesce(e.school_text, coalesce(e.school, '') || coalesce(e.major, '')) from educations e where e.person = {id} and [past e] and e.mode = '在职' order by [height education e.education] desc, e.id limit 1)"),
    kept("degree", "(select e.degree from educations e where e.person = {id} and [past e] and e.degree is not null order by [height education e.education] desc, e.id limit 1)"),
    asked("degree.full_time", "(select e.degree from educations e where e.person = {id} and [past e] and e.mode = '全日制' and e.degree is not null order by [height education e.education] desc, e.id limit 1)"),
    asked("degree.in_service", "(select e.degree from educations e where e.person = {id} and [past e] and e.mode = '在职' and e.degree is not null order by [height education e.education] desc, e.id limit 1)"),
    kept("qualification", "(select x.name from qualifications x where x.person = {id} and [now x] order by x.from_day desc, x.id desc limit 1)"),
    kept("speciality", "d.speciality"),
    kept("official_kind", "d.official_kind"),
    kept("official_state", "d.official_state"),
    kept("managed_by", "d.managed_by"),
    Implementation { id: "~tenure.main", answer: Answer::Sql(MAIN), kept: true },
    kept("post", "(select string_agg(t.title, '、' order by t.main desc, t.order_no, t.id) from tenures t where t.person = {id} and [now t] and t.kind = '任职')"),
    kept("post.title", "(select t.title from tenures t where t.id = [fact ~tenure.main])"),
    kept("post.ref", "(select t.post from tenures t where t.id = [fact ~tenure.main])"),
    kept("post.since", "(select t.from_day from tenures t where t.id = [fact ~tenure.main])"),
    counted("post.months", Answer::MonthsSince("post.since")),
    kept("post.kind", "(select t.role from tenures t where t.id = [fact ~tenure.main])"),
    kept("post.leading", "(select t.leading from tenures t where t.id = [fact ~tenure.main])"),
    asked("post.way", "(select t.way from tenures t where t.id = [fact ~tenure.main])"),
    asked("tenure.kind", "(select t.kind from tenures t where t.id = [fact ~tenure.main])"),
    counted("tenure.months_same_post", Answer::Covered("t.kind = '任职' and t.post = [fact post.ref]")),
    asked("tenure.terms_in_post", "(select [fact tenure.months_same_post] / (12 * p.term_years) from post_details p where p.post = [fact post.ref] and [now p] and p.term_years > 0 limit 1)"),
    kept("level", "coalesce((select r.rank from ranks r where r.person = {id} and r.ladder = '职务层次' and [now r] order by r.from_day desc, r.id desc limit 1), (select t.level from tenures t where t.id = [fact ~tenure.main]))"),
    kept("level.since", "coalesce((select r.from_day from ranks r where r.person = {id} and r.ladder = '职务层次' and [now r] order by r.from_day desc, r.id desc limit 1), \
        (select min(t.from_day) from tenures t where t.person = {id} and [now t] and t.kind = '任职' and t.level = (select m.level from tenures m where m.id = [fact ~tenure.main])))"),
    counted("level.months", Answer::MonthsSince("level.since")),
    kept("rank", "(select r.rank from ranks r where r.person = {id} and r.ladder = '职级' and [now r] order by r.from_day desc, r.id desc limit 1)"),
    kept("rank.since", "(select r.from_day from ranks r where r.person = {id} and r.ladder = '职级' and [now r] order by r.from_day desc, r.id desc limit 1)"),
    counted("rank.months", Answer::MonthsSince("rank.since")),
    counted("tenure.months_as_deputy", Answer::Covered("t.kind = '任职' and t.role = '副职' and t.level = [fact level]")),
    counted("tenure.months_as_chief", Answer::Covered("t.kind = '任职' and t.role = '正职' and t.level = [fact level]")),
    asked("tenure.posts_at_level", "(case when exists (select 1 from tenures t where t.person = {id} and [past t]) then \
        (select count(distinct coalesce(cast(t.post as text), t.title)) from tenures t where t.person = {id} and [past t] and t.kind = '任职' and t.level = [fact level]) end)"),
    counted("base.months", Answer::Covered("t.kind in ('任职', '挂职') and exists (select 1 from organisation_details o where o.organisation = t.organisation and [known o] and o.kind in [group organisation_kind 基层])")),
    asked("township_experience", "(case when exists (select 1 from tenures t where t.person = {id} and [past t]) then \
        (case when exists (select 1 from tenures t join organisation_details o on o.organisation = t.organisation and [known o] where t.person = {id} and [past t] and o.kind in [group organisation_kind 乡镇]) then 1 else 0 end) end)"),
    kept("organisation.ref", "coalesce((select t.organisation from tenures t where t.id = [fact ~tenure.main]), d.unit)"),
    kept("organisation", "(select o.short_name from organisation_details o where o.organisation = [fact organisation.ref] and [now o] limit 1)"),
    kept("organisation.path", "(select o.path from organisation_details o where o.organisation = [fact organisation.ref] and [now o] limit 1)"),
    kept("organisation.kind", "(select o.kind from organisation_details o where o.organisation = [fact organisation.ref] and [now o] limit 1)"),
    kept("organisation.order", "(select o.order_no from organisation_details o where o.organisation = [fact organisation.ref] and [now o] limit 1)"),
    kept("post.order", "(select coalesce(p.order_no, t.order_no) from tenures t left join post_details p on p.post = t.post and [now p] where t.id = [fact ~tenure.main] limit 1)"),
    kept("appraisal.grade_1", "(select a.grade from appraisals a where a.person = {id} and a.year = {year} - 1 and [known a] order by a.id desc limit 1)"),
    kept("appraisal.grade_2", "(select a.grade from appraisals a where a.person = {id} and a.year = {year} - 2 and [known a] order by a.id desc limit 1)"),
    kept("appraisal.grade_3", "(select a.grade from appraisals a where a.person = {id} and a.year = {year} - 3 and [known a] order by a.id desc limit 1)"),
    asked("appraisal.grade_4", "(select a.grade from appraisals a where a.person = {id} and a.year = {year} - 4 and [known a] order by a.id desc limit 1)"),
    asked("appraisal.grade_5", "(select a.grade from appraisals a where a.person = {id} and a.year = {year} - 5 and [known a] order by a.id desc limit 1)"),
    asked("appraisal.last", "(select a.grade from appraisals a where a.person = {id} and a.year < {year} and [known a] order by a.year desc, a.id desc limit 1)"),
    asked("appraisal.last_year", "(select max(a.year) from appraisals a where a.person = {id} and a.year < {year} and [known a])"),
    asked("training.days_year", "(case when exists (select 1 from trainings t where t.person = {id} and [known t]) then \
        (select coalesce(cast(sum(t.days) as bigint), 0) from trainings t where t.person = {id} and [past t] and t.from_day >= cast({year} as text) and t.kind = '脱产') end)"),
    asked("training.hours_year", "(case when exists (select 1 from trainings t where t.person = {id} and [known t]) then \
        (select coalesce(cast(sum(t.hours) as bigint), 0) from trainings t where t.person = {id} and [past t] and t.from_day >= cast({year} as text)) end)"),
    asked("training.hours_5y", "(case when exists (select 1 from trainings t where t.person = {id} and [known t]) then \
        (select coalesce(cast(sum(t.hours) as bigint), 0) from trainings t where t.person = {id} and [past t] and t.from_day > {month_ago_60}) end)"),
    asked("training.days_5y", "(case when exists (select 1 from trainings t where t.person = {id} and [known t]) then \
        (select coalesce(cast(sum(t.days) as bigint), 0) from trainings t where t.person = {id} and [past t] and t.from_day > {month_ago_60} and t.kind = '脱产') end)"),
    asked("awards.count", "(select count(*) from awards x where x.person = {id} and [past x])"),
    asked("awards.last", "(select x.name from awards x where x.person = {id} and [past x] order by x.from_day desc, x.id desc limit 1)"),
    kept("sanction.open", "(case when exists (select 1 from sanctions x where x.person = {id} and [now x]) then 1 else 0 end)"),
    asked("sanction.kind", "(select x.name from sanctions x where x.person = {id} and [now x] order by x.from_day desc, x.id desc limit 1)"),
    asked("sanction.until", "(select max(x.until_day) from sanctions x where x.person = {id} and [now x])"),
    kept("retirement.day", RETIREMENT),
    counted("retirement.months_left", Answer::MonthsUntil("retirement.day")),
    kept("probation.until", "(select t.probation_until from tenures t where t.id = [fact ~tenure.main] and t.probation_until > {day})"),
    kept("term.until", "(select cast(cast(substr(t.from_day, 1, 4) as bigint) + p.term_years as text) || substr(t.from_day, 5) from tenures t join post_details p on p.post = t.post and [now p] where t.id = [fact ~tenure.main] and p.term_years is not null limit 1)"),
    kept("reserve", "(case when exists (select 1 from pools x where x.person = {id} and [now x]) then 1 else 0 end)"),
    asked("reserve.since", "(select max(x.from_day) from pools x where x.person = {id} and [now x])"),
    asked("family.has_spouse", "(case when exists (select 1 from relatives r where r.person = {id} and [known r]) then \
        (case when exists (select 1 from relatives r where r.person = {id} and [known r] and r.relation in ('配偶', '丈夫', '妻子')) then 1 else 0 end) end)"),
    asked("family.spouse_emigrated", "(select n.spouse_emigrated from person_details n where n.person = {id} and [known n])"),
    asked("family.children_emigrated", "(select n.children_emigrated from person_details n where n.person = {id} and [known n])"),
    asked("special_post", "(select p.special from tenures t join post_details p on p.post = t.post and [now p] where t.id = [fact ~tenure.main] limit 1)"),
];

/// 到龄年月 after the 2025 reform. The old limit is 60 for men and 55 for women, or what the record says; the old
/// month moves by one month for every four (every two where the limit was 50) that lie between January 2025 and it,
/// at most 36 (60) months. 《国务院关于渐进式延迟法定退休年龄的办法》; 63 and above have no formula: the old month stands.
const RETIREMENT: &str = "(select case when z.m < 10 then cast(z.y as text) || '-0' || cast(z.m as text) else cast(z.y as text) || '-' || cast(z.m as text) end from (\
    select (w.t + w.delay) / 12 as y, (w.t + w.delay) % 12 + 1 as m from (\
    select v.t, case when v.n < 1 or v.old >= 63 then 0 \
       when v.old = 50 then (case when (v.n - 1) / 2 + 1 > 60 then 60 else (v.n - 1) / 2 + 1 end) \
       else (case when (v.n - 1) / 4 + 1 > 36 then 36 else (v.n - 1) / 4 + 1 end) end as delay from (\
    select u.t, u.old, u.t - 24300 + 1 as n from (\
    select cast(substr(r.born, 1, 4) as bigint) * 12 + cast(substr(r.born, 6, 2) as bigint) - 1 + 12 * coalesce(r.retirement_limit, case r.sex when '女' then 55 when '男' then 60 end) as t, \
       coalesce(r.retirement_limit, case r.sex when '女' then 55 when '男' then 60 end) as old \
    from person_details r where r.person = {id} and [known r] and length(r.born) >= 7) u) v) w) z where z.y is not null)";
