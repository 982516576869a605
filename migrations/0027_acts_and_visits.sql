-- 办理时填写的内容、走访带回的问题.
alter table case_deeds add column data text;   -- JSON, what the act asked to fill in: field → text; empty where it asks nothing
alter table cases add column visit bigint;     -- duty_marks: the visit on which it was found
create index cases_by_visit on cases (visit) where visit is not null;
