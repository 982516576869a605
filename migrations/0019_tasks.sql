-- 任务清单: problem, measure, who answers for it, by when, what shows that it is done. Red, yellow and green are read from
-- dates and evidence, never set.

create table tasks (
  id      @id,
  unit    bigint not null,     -- organisation whose list it stands on
  matter  bigint,              -- the matter whose plan it belongs to; empty on a list of its own
  entered bigint not null
);
create index tasks_by_unit on tasks (unit);
create index tasks_by_matter on tasks (matter) where matter is not null;
create table task_details (
  id         @id,
  task       bigint not null references tasks (id),
  path       text not null,    -- of the unit
  problem    text not null,
  measure    text not null,
  owner      text not null,    -- who answers for it
  due        text not null,    -- day
  done_on    text,
  evidence   text not null,    -- what shows it; empty while it is not done
  entered    bigint not null,
  superseded bigint
);
create index task_details_now on task_details (task) where superseded is null;
create index task_details_by_path on task_details (path, due) where superseded is null;

-- 党员积分: double entry. Every move has two lines that cancel; a balance is a sum, never a stored number.
create table point_moves (
  id      @id,
  reason  text not null,       -- 参加主题党日 …, 兑换
  on_day  text not null,
  actor   text not null,
  entered bigint not null
);
create table point_lines (
  id      @id,
  move    bigint not null references point_moves (id),
  member  bigint,              -- the member's account; empty: the office's own
  points  bigint not null,     -- plus comes, minus goes
  entered bigint not null
);
create index point_lines_by_member on point_lines (member) where member is not null;
create index point_lines_by_move on point_lines (move);

-- 兑换券: what a partner sees; not whose it is
create table point_vouchers (
  id      @id,
  code    text not null,       -- SHA-256 of the code that is printed on it
  member  bigint not null references members (id),
  move    bigint not null references point_moves (id),
  goods   text not null,       -- 维修券 20 元
  partner text not null,       -- where it is taken
  points  bigint not null,
  until_day text not null,     -- last day on which it is taken
  entered bigint not null
);
create unique index point_vouchers_by_code on point_vouchers (code);
-- spent twice at once: the database lets one pass
create table point_spendings (
  id      @id,
  voucher bigint not null references point_vouchers (id),
  at      text not null,       -- moment
  entered bigint not null
);
create unique index point_spendings_once on point_spendings (voucher);
