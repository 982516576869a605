-- 诉求: problems from report to sign-off. What happened to one is a row of case_deeds; where it stands, when it is due and
-- whether it is late are read from those rows each time and never stored. Nothing is deleted, nothing is overwritten.

create table cases (
  id          @id,             -- with the system's prefix it is the receipt number: CS0000012
  system      text not null,   -- id of the institution
  version     text not null,   -- its version on the day of the report
  way         text not null,   -- 来源方式: 居民扫码, 来电 …
  place       bigint not null, -- organisation where it is: a community or village
  place_words text not null,   -- where exactly, in the reporter's words
  words       text not null,   -- what was reported, as it was said
  reported    text not null,   -- moment
  key         text not null,   -- SHA-256 of the sender's key: the same key again is the same report
  code        text not null,   -- SHA-256 of key hash and receipt code: who has both sees the answer
  actor       text not null,   -- who took it: 居民, or as the journal names them
  account     bigint,          -- account that typed it in; empty from the resident's door
  entered     bigint not null  -- journal number
);
create unique index cases_by_key on cases (key);
create index cases_by_place on cases (place);

-- 反映人: who reported. Read only by the two functions of one file; never joined to a list
create table case_reporters (
  id       @id,
  case_id  bigint not null references cases (id),
  name     text not null,      -- empty: not told
  phone    text not null,
  entered  bigint not null
);
create unique index case_reporters_by_case on case_reporters (case_id);

-- 被反映人、被反映单位: who must not handle it and must not learn who reported
create table case_subjects (
  id           @id,
  case_id      bigint not null references cases (id),
  person       bigint,          -- who is named
  organisation bigint,          -- or which organisation
  told         bigint not null, -- 1: named as the subject; 0: only found in the text
  entered      bigint not null
);
create index case_subjects_by_case on case_subjects (case_id);
create index case_subjects_by_person on case_subjects (person);

-- 经过: one thing that happened
create table case_deeds (
  id        @id,
  case_id   bigint not null references cases (id),
  act       text not null,     -- report sort whistle claim return reply answer rate reopen sign_off raise move pause resume extend merge note
  at        text not null,     -- moment
  part      bigint,            -- number of the whistle it is about; empty: the whole case
  unit      bigint,            -- whistle, raise, move: the organisation; report: who holds it first
  word      text not null,     -- sort: class; rate: the rating
  says      text not null,     -- reason, result, answer, remark
  term      text,              -- extend: JSON, {"working_days":2}
  into_case bigint,            -- merge: the case that goes on
  leads     bigint not null,   -- whistle: 1 牵头
  evidence  bigint not null,   -- 1: files were put on record with it
  account   bigint,            -- who did it; empty: the reporter, or the program
  actor     text not null,     -- as the journal names them
  entered   bigint not null
);
create index case_deeds_by_case on case_deeds (case_id);
create index case_deeds_by_unit on case_deeds (unit, case_id) where unit is not null;
create index case_deeds_into on case_deeds (into_case) where into_case is not null;
create index case_deeds_closing on case_deeds (case_id, act) where act in ('sign_off', 'reopen');

-- 照片与佐证
create table case_files (
  id       @id,
  case_id  bigint not null references cases (id),
  deed     bigint,             -- the deed it proves; empty: sent by the reporter
  name     text not null,      -- file name as it was given
  kind     text not null,      -- image/jpeg image/png application/pdf
  checksum text not null,      -- SHA-256
  bytes    @bytes,
  at       text not null,      -- moment
  actor    text not null,
  entered  bigint not null
);
create index case_files_by_case on case_files (case_id);
