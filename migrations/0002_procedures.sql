-- 程序: running procedures, their slate lines, the steps done, papers, votes, rolls and answers.
--
-- Two times everywhere: `done_on`, `on_day`, `opened` say when it was so, `entered` (a journal number) when we learned
-- it. Nothing is deleted and nothing runs backwards: what was noted and noted anew is superseded, what ends has an
-- ending row.

create table procedures (
  id          @id,
  institution text not null,   -- id of the institution: selection
  version     text not null,   -- its version on the day it was opened: the procedure stays under it
  title       text not null,   -- 2026年11月第一批干部调整
  opened      text not null,   -- day
  actor       text not null,   -- who opened it, as the journal names them
  entered     bigint not null  -- journal number
);

-- 方案中的一行: one person proposed for one post, or only removed
create table procedure_items (
  id        @id,
  procedure bigint not null references procedures (id),
  order_no  bigint not null,   -- place in the slate, from 1
  person    bigint not null references persons (id),
  post      bigint,            -- 拟任; empty when the person is only removed
  leaves    text not null,     -- 拟免: JSON list of tenure numbers
  reason    text not null,     -- 任免理由
  exception text not null,     -- 破格: what is short, in words; empty when nothing is exceptional
  facts     text not null,     -- JSON object fact id → text: what the proposer states (exception.kind …)
  entered   bigint not null
);
create index procedure_items_by_procedure on procedure_items (procedure);
create index procedure_items_by_person on procedure_items (person);

-- 终止: a procedure or one of its lines goes no further
create table procedure_endings (
  id        @id,
  procedure bigint not null references procedures (id),
  item      bigint references procedure_items (id), -- empty: the whole procedure
  kind      text not null,     -- 撤回 未通过 办结
  reason    text not null,
  on_day    text not null,     -- day from which it is so
  actor     text not null,
  entered   bigint not null
);
create unique index procedure_endings_whole on procedure_endings (procedure) where item is null;
create unique index procedure_endings_item on procedure_endings (item) where item is not null;

-- 步骤: what was recorded at a step; done when `done_on` is there
create table procedure_steps (
  id         @id,
  procedure  bigint not null references procedures (id),
  step       text not null,    -- id of the step in procedure.toml
  item       bigint references procedure_items (id), -- empty: the whole slate
  done_on    text,             -- day on which the step was completed; empty: noted, not completed; always empty for lines
  due        text,             -- day by which it was due, if the institution gives one
  actor      text not null,    -- who entered it
  at         text not null,    -- moment of the entry
  data       text not null,    -- JSON object field id → text
  entered    bigint not null,
  superseded bigint
);
create index procedure_steps_by_procedure on procedure_steps (procedure) where superseded is null;
-- two who complete the same step at once: the database lets one pass
create unique index procedure_steps_once on procedure_steps (procedure, step) where item is null and done_on is not null;

-- 材料: what was written or filed at a step
create table procedure_papers (
  id         @id,
  procedure  bigint not null references procedures (id),
  step       text not null,    -- id of the step
  item       bigint references procedure_items (id), -- empty: for the whole slate
  kind       text not null,    -- id of the paper in papers.toml
  title      text not null,
  file_name  text,             -- as it was given; empty for a text written here
  checksum   text not null,    -- SHA-256 of the bytes or the text
  bytes      @bytes,           -- the file
  content    text,             -- the text
  actor      text not null,
  at         text not null,    -- moment
  entered    bigint not null,
  superseded bigint
);
create index procedure_papers_by_procedure on procedure_papers (procedure) where superseded is null;

-- 表决: one line of the slate, counted
create table procedure_votes (
  id         @id,
  procedure  bigint not null references procedures (id),
  step       text not null,
  item       bigint not null references procedure_items (id),
  agree      bigint not null,  -- 同意
  against    bigint not null,  -- 不同意
  defer      bigint not null,  -- 缓议
  entered    bigint not null,
  superseded bigint
);
create index procedure_votes_by_procedure on procedure_votes (procedure) where superseded is null;

-- 到会: the roll of a meeting, one row a member
create table procedure_roll (
  id         @id,
  procedure  bigint not null references procedures (id),
  step       text not null,
  order_no   bigint not null,
  person     bigint,           -- who it is in the registry; empty when not there
  name       text not null,
  post       text not null,    -- 职务, as the minutes print it
  present    bigint not null,  -- 1: 到会
  why        text not null,    -- why absent
  entered    bigint not null,
  superseded bigint
);
create index procedure_roll_by_procedure on procedure_roll (procedure) where superseded is null;

-- 回避: a member left while one line was discussed
create table procedure_recusals (
  id         @id,
  procedure  bigint not null references procedures (id),
  step       text not null,
  item       bigint not null references procedure_items (id),
  name       text not null,    -- the member, as on the roll
  reason     text not null,    -- 本人 配偶 …
  entered    bigint not null,
  superseded bigint
);
create index procedure_recusals_by_procedure on procedure_recusals (procedure) where superseded is null;

-- 说明与批准: a warning answered with a reason, an approval put on file, a missing fact stated
create table procedure_answers (
  id         @id,
  procedure  bigint not null references procedures (id),
  item       bigint not null references procedure_items (id),
  rule       text not null,    -- id of the rule that is answered
  kind       text not null,    -- 理由 批准 补充事实
  approver   text not null,    -- who approved or gave the reason
  reason     text not null,
  facts      text not null,    -- JSON object fact id → text: what is stated
  on_day     text not null,    -- day of the approval or statement
  actor      text not null,
  entered    bigint not null,
  superseded bigint
);
create index procedure_answers_by_procedure on procedure_answers (procedure) where superseded is null;

-- 效果: the tenures that a step began, ended or confirmed
create table procedure_effects (
  id         @id,
  procedure  bigint not null references procedures (id),
  step       text not null,
  item       bigint not null references procedure_items (id),
  kind       text not null,    -- 任职 免职 转正 不胜任免职
  tenure     bigint not null,  -- row of tenures as it was written
  on_day     text not null,    -- first day of the tenure, or of its absence
  entered    bigint not null
);
create index procedure_effects_by_procedure on procedure_effects (procedure);
