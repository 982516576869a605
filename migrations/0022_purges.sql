-- 清除: records that may be kept no longer. One asks, another confirms; rows and the journal's salts and payloads go, the
-- journal's leaves stay. These tables name rows by number only. A restore to an earlier entry does not cut them: what was
-- lawfully purged stays purged.

create table purges (
  id       @id,
  uid      text not null,     -- random: names the purge on the list that lies beside the key file
  rule     text not null,     -- id of a rule of retention; person: the whole record of one person
  person   bigint,            -- whose
  until    text not null,     -- day: what ended up to then
  basis    text not null,     -- id of the lawful reason
  reason   text not null,     -- why, in words without anybody's name
  rows     bigint not null,   -- rows that were found when it was asked
  print    text not null,     -- SHA-256 over these rows: what is confirmed is what was asked
  asker    bigint not null,   -- account
  asker_person bigint,        -- who that is in the registry
  at       text not null,     -- moment
  entry    bigint not null    -- journal number
);
create unique index purges_by_uid on purges (uid);

-- 清除的决定: one a purge; agreed means done in the same transaction
create table purge_decisions (
  id       @id,
  purge    bigint not null references purges (id),
  agreed   bigint not null,   -- 1: purged
  reason   text not null,
  decider  bigint not null,   -- account
  at       text not null,     -- moment
  entry    bigint not null    -- journal number
);
create unique index purge_decisions_once on purge_decisions (purge);

-- 清除清单: every row that went, or was emptied, so that an older backup can be purged of it again
create table purged_rows (
  id       @id,
  purge    bigint not null references purges (id),
  name     text not null,     -- table
  number   bigint not null,   -- its row
  witness  text not null,     -- beginning of a hash by which exactly this row is known, whatever bears its number later
  how      text not null      -- delete, empty
);
create index purged_rows_by_purge on purged_rows (purge);
create index purged_rows_by_row on purged_rows (name, number);

-- 保留: not to be purged, though its time is over: a lawsuit, an inspection
create table purge_holds (
  id       @id,
  subject  text not null,     -- person, case, rule
  number   bigint,            -- person or case
  rule     text,              -- id of a rule of retention
  reason   text not null,
  account  bigint not null,   -- who asked for it
  at       text not null,     -- moment
  entered  bigint not null,   -- journal number
  superseded bigint           -- lifted
);
create index purge_holds_now on purge_holds (subject, number) where superseded is null;
