-- 反映的是谁, in the reporter's words: shown to who sorts, also where it names nobody on record.
alter table cases add column named text not null default '';
