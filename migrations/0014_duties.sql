-- 任务: what was done, excused or drafted of what recurs. Owed and overdue are questions to `institutions/*/duties.toml`
-- and to these rows; they are never stored.

-- 一次: names an occurrence of a duty with a number, so that a million rows compare numbers. Made when the first unit
-- is marked; an occurrence without a row was done by nobody.
create table duty_occurrences (
  id         @id,
  duty       text not null,   -- party-life/committee-meeting
  occurrence text not null    -- 2026-03-07, 2026-03/2, 2026Q1/1; or the unit's own date
);
create unique index duty_occurrences_by_name on duty_occurrences (duty, occurrence);

-- 办理: one unit did one occurrence, or was excused from it
create table duty_marks (
  id         @id,
  slot       bigint not null references duty_occurrences (id),
  unit       bigint not null, -- number of the branch, organisation, member, charge … that owes the duty
  kind       text not null,   -- done excused
  on_day     text not null,   -- day on which it was held, or excused
  at_time    text,            -- 14:30, for visits
  person     bigint,          -- who went, for visits
  due        text not null,   -- day on which it was due, as the institution said then
  data       text not null,   -- JSON object field id → text
  explained  text not null,   -- answer to a question that was asked when it was entered; empty when none was
  actor      text not null,   -- who entered it
  at         text not null,   -- moment
  entered    bigint not null, -- journal number
  superseded bigint
);
-- two who enter the same occurrence at once: the database lets one pass
create unique index duty_marks_once on duty_marks (slot, unit) where superseded is null;
create index duty_marks_by_person on duty_marks (person, on_day) where person is not null and superseded is null;

-- 到会: one row a person on the roll of what was held
create table duty_roll (
  id         @id,
  mark       bigint not null references duty_marks (id),
  order_no   bigint not null,
  person     bigint,          -- who it is in the registry; empty for a guest
  name       text not null,
  kind       text not null,   -- 应到 列席
  present    bigint not null, -- 1: was there
  why        text not null,   -- why absent
  made_up    text,            -- day on which the absentee made it up
  entered    bigint not null,
  superseded bigint
);
create index duty_roll_by_mark on duty_roll (mark) where superseded is null;
create index duty_roll_by_person on duty_roll (person) where superseded is null;

-- 佐证文件
create table duty_files (
  id         @id,
  mark       bigint not null references duty_marks (id),
  field      text not null,   -- field id in duties.toml
  name       text not null,   -- file name as it was given
  kind       text not null,   -- image/jpeg …
  checksum   text not null,   -- SHA-256
  bytes      @bytes,
  entered    bigint not null,
  superseded bigint
);
create index duty_files_by_mark on duty_files (mark) where superseded is null;

-- 免办申请: asked with a reason, decided by who approves
create table duty_excuses (
  id         @id,
  duty       text not null,
  occurrence text not null,
  unit       bigint not null,
  due        text not null,
  reason     text not null,   -- one of the institution's reasons
  note       text not null,   -- in their own words
  asked_by   text not null,
  asked_on   text not null,   -- day
  decision   text,            -- 同意 不同意; empty while it waits
  decided_by text,
  decided_on text,
  opinion    text,
  entered    bigint not null,
  superseded bigint
);
create index duty_excuses_by_unit on duty_excuses (duty, unit) where superseded is null;
create index duty_excuses_waiting on duty_excuses (due) where decision is null and superseded is null;

-- 事项发生: what starts a duty that is owed so many days after it
create table duty_events (
  id         @id,
  kind       text not null,   -- as the institution's `after_event` names it
  unit       bigint,          -- the unit it is about; empty: every unit that owes the duty
  on_day     text not null,
  title      text not null,
  entered    bigint not null,
  superseded bigint
);
create index duty_events_by_kind on duty_events (kind, on_day) where superseded is null;

-- 日历订阅: secret addresses, of which only a hash is kept
create table duty_feeds (
  id      @id,
  account bigint not null references accounts (id),
  token   text not null,      -- SHA-256 of the address's secret
  since   text not null,      -- moment
  closed  text
);
create unique index duty_feeds_by_token on duty_feeds (token);

-- 每日提醒: at most one a day for each account
create table duty_digests (
  id      @id,
  account bigint not null references accounts (id),
  day     text not null,
  lines   text not null,      -- JSON: what it says, in generic words
  made    text not null,      -- moment
  sent    text                -- moment at which it was handed over to a mail or message gateway
);
create unique index duty_digests_once on duty_digests (account, day);
