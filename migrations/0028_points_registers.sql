-- 积分办法: which item a move is for, and which move it takes back. `on_day` is the day for which it counts. The moves
-- of before carry no item and count against no limit.
alter table point_moves add column item text;      -- points/clean-up; empty on moves of before
alter table point_moves add column undoes bigint;  -- move that it takes back
create unique index point_moves_undone_once on point_moves (undoes) where undoes is not null;
create index point_moves_by_item on point_moves (item, on_day) where item is not null;
-- a voucher that was taken back is spent by nobody
alter table point_spendings add column why text;   -- why it was taken back; empty: spent

-- 名册: what organisations keep a list of, from a day until a day. What was filled in stands by field as JSON; what is S2 of
-- it stands apart and is sealed. A change ends the row and begins another; a mistake is superseded.
create table register_entries (
  id       @id,
  register text not null,     -- volunteering/teams
  unit     bigint not null,   -- organisation that keeps it
  path     text not null,     -- of the unit
  entered  bigint not null
);
create index register_entries_by_path on register_entries (register, path);
create table register_details (
  id         @id,
  entry      bigint not null references register_entries (id),
  act        text not null,   -- add, change, end, undo: what brought the row
  title      text not null,   -- the first field: what the entry is called
  data       text not null,   -- JSON by field
  guarded    text,            -- JSON by field, S2; empty when nothing of it was filled in
  from_day   text not null,
  until_day  text,            -- first day on which it is no more; empty while it stands
  why        text,            -- why it ended
  actor      text not null,
  entered    bigint not null,
  superseded bigint
);
create index register_details_of_entry on register_details (entry) where superseded is null;
create index register_details_ended on register_details (superseded) where superseded is not null;
