-- 责任人: who answers for a task, where the registry knows the name. Empty for all that is there: those are words.
alter table task_details add column owner_person bigint; -- the person, if it is one
alter table task_details add column owner_unit bigint;   -- the organisation, if it is one
create index task_details_by_person on task_details (owner_person) where owner_person is not null and superseded is null;
create index task_details_by_owner on task_details (owner_unit) where owner_unit is not null and superseded is null;
