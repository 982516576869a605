-- 权利台: what the people recorded ask for, what was decided, what they state; and every export of records.
-- A state is a row: asked, decided, appealed, decided again. Nothing is overwritten.

create table corrections (
  id       @id,
  person   bigint not null references persons (id), -- whose record
  kind     text not null,   -- mend: a value is wrong; add: an entry is missing; remove: an entry is not theirs
  noun     text not null,   -- table of the entry
  number   bigint,          -- row of the entry; empty for add
  field    text,            -- column, for mend
  label    text not null,   -- as people call it: 任职“青云镇镇长”的任职时间
  old      text not null,   -- what the record said when it was asked
  proposed text not null,   -- what it should say, for people
  typed    text not null,   -- JSON: column → text, for the operation that mends
  reason   text not null,   -- why, in their own words
  asked_on text not null,   -- day; thirty days run from it
  account  bigint,          -- who asked
  entered  bigint not null  -- journal number
);
create index corrections_by_person on corrections (person);

create table correction_papers (
  id         @id,
  correction bigint not null references corrections (id),
  name       text not null,   -- file name as given
  checksum   text not null,   -- SHA-256
  bytes      @bytes not null, -- the evidence itself
  entered    bigint not null
);
create index correction_papers_by_correction on correction_papers (correction);

create table correction_appeals (
  id         @id,
  correction bigint not null references corrections (id),
  reason     text not null,
  asked_on   text not null,   -- day; thirty days run from it
  account    bigint,
  entered    bigint not null
);
create unique index correction_appeals_once on correction_appeals (correction);

create table correction_decisions (
  id         @id,
  correction bigint not null references corrections (id),
  appeal     bigint not null, -- 0: the first decision, 1: on the appeal
  accepted   bigint not null, -- 1: the record was mended in the same transaction
  reasons    text not null,   -- never empty when refused
  decided_on text not null,   -- day
  account    bigint,          -- who decided
  person     bigint,          -- who that is in the registry
  shown      text not null,   -- as the journal names them
  entered    bigint not null
);
create unique index correction_decisions_once on correction_decisions (correction, appeal);

-- 本人说明: shown wherever the entry is shown
create table statements (
  id         @id,
  person     bigint not null references persons (id),
  noun       text not null,   -- table of the entry
  number     bigint,          -- row of the entry; empty: the whole noun
  field      text,            -- column; empty: the whole entry
  label      text not null,   -- as people call it
  fact       text not null,   -- fact id of the dictionary, or its beginning: where ledgers mark it
  text       text not null,   -- their own words
  stated_on  text not null,   -- day
  account    bigint,
  entered    bigint not null,
  superseded bigint           -- taken back by themselves
);
create index statements_by_person on statements (person) where superseded is null;

-- 导出: who took what out of the house, when and for what
create table exports (
  id       @id,
  at       text not null,     -- moment
  account  bigint,            -- who
  shown    text not null,     -- as the journal names them
  what     text not null,     -- title of the ledger or of the form
  address  text not null,     -- address that was asked, or the words of the command line
  format   text not null,     -- xlsx csv pdf docx lrmx zip
  purpose  text not null,     -- as stated; empty where nothing above S1 is in it
  ticket   bigint,            -- 查阅单, when there is one
  as_of    text not null,     -- day asked about
  entered  bigint not null    -- journal number
);
create index exports_by_account on exports (account);

-- the end of an export: a row is missing when it broke off
create table export_files (
  id       @id,
  export   bigint not null references exports (id),
  lines    bigint not null,   -- how many subjects are in it
  bytes    bigint not null,   -- length of the file
  checksum text not null      -- SHA-256 of the file as it left
);
create index export_files_by_export on export_files (export);
create index export_files_by_checksum on export_files (checksum);
