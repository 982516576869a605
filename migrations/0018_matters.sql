-- 办事: something that one organisation takes through the steps of an institution: a rectification, a decision, a topic.
-- The steps, their order and their fields are the institution's (matter.toml); here is what was recorded.

create table matters (
  id          @id,
  institution text not null,   -- id of the institution
  version     text not null,   -- its version when it was opened
  title       text not null,
  unit        bigint not null, -- the organisation
  path        text not null,   -- its path: /1/5/23/
  year        bigint not null, -- the year whose list it stands on
  follows     bigint,          -- the matter that was carried over into this one
  opened      text not null,   -- day
  actor       text not null,
  entered     bigint not null
);
create index matters_by_year on matters (institution, year);
create index matters_by_unit on matters (unit);

create table matter_steps (
  id         @id,
  matter     bigint not null references matters (id),
  step       text not null,    -- id of the step
  done_on    text not null,    -- day on which it was done
  data       text not null,    -- JSON object field id → text
  actor      text not null,
  at         text not null,    -- moment
  entered    bigint not null,
  superseded bigint
);
-- two who complete the same step at once: the database lets one pass
create unique index matter_steps_once on matter_steps (matter, step) where superseded is null;

-- 办结: it goes no further
create table matter_endings (
  id      @id,
  matter  bigint not null references matters (id),
  result  text not null,       -- 通过 未通过 撤回 …
  on_day  text not null,
  actor   text not null,
  entered bigint not null
);
create unique index matter_endings_once on matter_endings (matter);
