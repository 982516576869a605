-- 积分办法: which item a move is for, and which move it takes back. `on_day` is the day for which it counts. The moves
-- of before carry no item and count against no limit.
alter table point_moves add column item text;      -- points/clean-up; empty on moves of before
alter table point_moves add column undoes bigint;  -- move that it takes back
create unique index point_moves_undone_once on point_moves (undoes) where undoes is not null;
create index point_moves_by_item on point_moves (item, on_day) where item is not null;
-- a voucher that was taken back is spent by nobody
alter table point_spendings add column why text;   -- why it was taken back; empty: spent
