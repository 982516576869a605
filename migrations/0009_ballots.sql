-- 票箱: secret votes. The roll says who has voted, the papers what was voted; nothing joins them but a key that is
-- destroyed at the close. No order and no time is kept (docs/decisions/0018-ballots.md).

create table ballots (
  id          @id,
  institution text not null,   -- whose ballots.toml says the rule
  kind        text not null,   -- its id there
  rule        text not null,   -- the rule as it stood at the opening, JSON: it holds to the end
  title       text not null,   -- 青云镇领导班子2026年度民主测评
  opened      text not null,   -- day
  account     bigint,          -- who opened it; empty: the program
  procedure   bigint,          -- whose step is counted from this box, if any
  step        text,            -- its id in procedure.toml
  tally_key   text,            -- sealed; gone once the ballot is closed: then no paper can be opened any more
  result      text,            -- sealed: totals as they were counted, JSON; empty until the close
  entered     bigint not null, -- journal number
  closed      bigint           -- journal number of the close
);

create index ballots_by_procedure on ballots (procedure) where procedure is not null;

create table ballot_items (
  id       @id,
  ballot   bigint not null references ballots (id),
  order_no bigint not null,    -- place on the paper, from 1
  person   bigint,             -- who is voted on, if somebody on record
  line     bigint,             -- the line of the slate, in a procedure
  label    text not null,      -- as the paper prints it
  entered  bigint not null
);
create index ballot_items_by_ballot on ballot_items (ballot);

create table ballot_roll (
  id        @id,
  ballot    bigint not null references ballots (id),
  account   bigint not null,   -- who may vote
  shown     text not null,     -- as the roll prints it
  voters    text not null,     -- group in which answers are counted: 领导班子成员
  without   text not null,     -- 回避: places on the paper that this voter is not asked: 2,3
  voted     text,              -- day, no hour; empty: not yet
  entered   bigint not null
);
create unique index ballot_roll_once on ballot_roll (ballot, account);

-- one row for everybody on the roll, made empty at the opening in the order of their keys: so that no order of voting
-- lies in the rows
create table ballot_papers (
  place   text primary key,    -- keyed hash of the ballot's key and the account: nobody without the key knows whose
  ballot  bigint not null references ballots (id),
  sealed  text not null,       -- base64 of the paper under the ballot's key; empty: no paper
  entered bigint not null      -- the opening's journal number: the same for all
);
create index ballot_papers_by_ballot on ballot_papers (ballot);
