-- 权限: roles granted by two persons, consultation tickets, and the way to find relatives.

-- 授权: one asks that an account get a role; it takes effect with the consent of another person
create table role_grants (
  id        @id,
  account   bigint not null references accounts (id), -- whose
  role      text not null,     -- id of the role that is asked for
  scope     bigint,            -- organisation that a unit's role looks after
  unit      text,              -- path of the person's organisation when it was asked: another unit ends the right
  reason    text not null,     -- why, in words
  asker     bigint not null,   -- account that asked
  asker_person bigint,         -- who that is in the registry
  at        text not null,     -- moment
  entered   bigint not null    -- journal number
);
create index role_grants_by_account on role_grants (account);

-- 授权的决定: one a grant
create table role_grant_decisions (
  id        @id,
  role_grant bigint not null references role_grants (id),
  agreed    bigint not null,   -- 1: 同意
  reason    text not null,     -- why not, or a note
  decider   bigint not null,   -- account that decided
  at        text not null,     -- moment
  entered   bigint not null    -- journal number
);
create unique index role_grant_decisions_once on role_grant_decisions (role_grant);

-- 收回: a role taken away, at once
create table role_revocations (
  id        @id,
  account   bigint not null references accounts (id),
  role      text not null,     -- the role that was taken
  reason    text not null,
  by_account bigint not null,  -- account that took it
  at        text not null,     -- moment
  entered   bigint not null    -- journal number
);

-- 查阅单 (干部人事档案工作条例 第三十一条)
create table tickets (
  id        @id,
  person    bigint not null references persons (id), -- whose record
  purpose   text not null,     -- id of one of the seven purposes
  reason    text not null,     -- what for, in words
  parts     text not null,     -- JSON list of the parts that may be opened: 家庭 考核 奖惩 …
  reader    bigint not null references accounts (id), -- who asks and reads
  second    bigint not null references accounts (id), -- the second reader
  until_day text not null,     -- last day on which it opens anything
  at        text not null,     -- moment of asking
  entered   bigint not null    -- journal number
);
create index tickets_by_person on tickets (person);
create index tickets_by_reader on tickets (reader);

-- 查阅单的审批: one a ticket
create table ticket_decisions (
  id        @id,
  ticket    bigint not null references tickets (id),
  agreed    bigint not null,   -- 1: 同意
  reason    text not null,
  decider   bigint not null,   -- account
  at        text not null,     -- moment
  entered   bigint not null    -- journal number
);
create unique index ticket_decisions_once on ticket_decisions (ticket);

-- 查阅单的终止: withdrawn by who asked
create table ticket_endings (
  id        @id,
  ticket    bigint not null references tickets (id),
  reason    text not null,
  at        text not null,     -- moment
  entered   bigint not null    -- journal number
);
create unique index ticket_endings_once on ticket_endings (ticket);

-- who names this name among the relatives: asked at every request of somebody who is in the registry
create index relatives_by_name on relatives (name) where superseded is null;
create index accounts_by_person on accounts (person) where closed is null;
