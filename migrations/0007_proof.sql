-- 日志的证明: every entry of the journal is a leaf of one tree (RFC 6962), so that an edit, a cut or a back-dated entry
-- shows. The format is written down in docs/journal-format.md.

alter table journal add column detail text;        -- canonical JSON of what a read or an act named besides; part of the payload
alter table journal add column position bigint;     -- place of the leaf in the tree, from 0, without gaps
alter table journal add column salt @bytes;         -- hides the payload in its commitment; empty once the payload is purged
alter table journal add column commitment @bytes;   -- H(salt ‖ payload)
alter table journal add column leaf @bytes;         -- hash of the leaf
create unique index journal_by_position on journal (position);

-- 树: where the tree stands, one row
create table journal_tree (
  id       bigint primary key, -- always 1
  origin   text not null,      -- whose log it is, the first line of every checkpoint
  profile  text not null,      -- intl or gm: which hashes and signatures
  size     bigint not null,    -- leaves so far
  written  bigint not null,    -- last entry that changed a record: what remembered answers are good until; a look does not move it
  frontier @bytes not null     -- roots of the full subtrees from the left, 32 bytes each: what an append needs
);

-- 瓦片: roots of full subtrees of 256 leaves, so that a proof reads hundreds of rows and not all
create table journal_tiles (
  number bigint primary key,   -- 0 covers leaves 0–255
  root   @bytes not null
);

-- 检查点: signed heads of the tree
create table checkpoints (
  id     @id,
  size   bigint not null,
  root   @bytes not null,
  at     text not null,        -- moment
  reason text not null,        -- 每日, 表决结束, 会议决定, 手动
  note   text not null         -- the signed text, as it was exported
);
create index checkpoints_by_size on checkpoints (size);

-- 核对: when the whole journal was last verified, and with which result
create table verifications (
  id     @id,
  at     text not null,        -- moment
  size   bigint not null,      -- leaves looked at
  faults bigint not null,      -- 0: whole
  says   text not null         -- one sentence for people
);

-- 查阅: who read what of whom beyond the ordinary (S2 and above), and why. Each has its entry in the journal.
create table consultations (
  id      @id,
  entry   bigint not null,     -- journal number
  account bigint,              -- who read; empty: the program
  reader  bigint,              -- who that is in the registry
  at      text not null,       -- moment
  class   text not null,       -- S2 S3 S4: the highest of what was read
  parts   text not null,       -- JSON list: groups of the dictionary or papers
  purpose text not null,       -- out of the list of purposes, shown to the person by category
  ticket  bigint,              -- consultation ticket, when one was needed
  people  bigint not null      -- how many records
);
create index consultations_by_account on consultations (account, at);

create table consulted (
  consultation bigint not null references consultations (id),
  person       bigint not null -- whose record
);
create index consulted_by_person on consulted (person, consultation);
create index consulted_by_consultation on consulted (consultation);
