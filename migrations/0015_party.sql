-- 党组织与党员; 包联责任.

-- 党委、党总支、党支部、党小组
create table branches (
  id      @id,
  entered bigint not null
);
create table branch_details (
  id           @id,
  branch       bigint not null references branches (id),
  parent       bigint,          -- party organisation above
  organisation bigint not null, -- organisation in which it is
  path         text not null,   -- that organisation's path: /1/5/23/
  name         text not null,
  kind         text not null,   -- code branch_kind
  elected_on   text,            -- 本届选举日期
  term_years   bigint,          -- 任期
  order_no     bigint not null,
  from_day     text not null,
  until_day    text,
  corrects     bigint,
  entered      bigint not null,
  superseded   bigint
);
create index branch_details_now on branch_details (branch) where superseded is null;
create index branch_details_by_path on branch_details (path) where superseded is null;
create index branch_details_by_parent on branch_details (parent) where superseded is null;

-- 支部委员会: who sits on it in which duty
create table branch_committee (
  id         @id,
  branch     bigint not null references branches (id),
  person     bigint not null references persons (id),
  role       text not null,   -- 书记 副书记 组织委员 宣传委员 纪检委员 委员 组长
  from_day   text not null,
  until_day  text,
  entered    bigint not null,
  superseded bigint
);
create index branch_committee_by_branch on branch_committee (branch) where superseded is null;
create index branch_committee_by_person on branch_committee (person) where superseded is null;

-- 党员: a membership, the same through all transfers
create table members (
  id      @id,
  person  bigint not null references persons (id),
  entered bigint not null
);
create index members_by_person on members (person);
create table member_details (
  id         @id,
  member     bigint not null references members (id),
  branch     bigint not null references branches (id), -- branch to which the relation belongs
  grouped    bigint,           -- 党小组, when the branch has groups
  path       text not null,    -- of the branch's organisation
  kind       text not null,    -- 正式党员 预备党员
  joined     text,             -- 入党时间
  care       text,             -- 关怀对象: code care_kind; empty when none
  fee        bigint,           -- 月交纳党费, 分
  why        text,             -- how the relation came here: 转入 发展 …
  from_day   text not null,
  until_day  text,
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index member_details_now on member_details (member) where superseded is null;
create index member_details_by_branch on member_details (branch) where superseded is null;
create index member_details_by_group on member_details (grouped) where superseded is null;
create index member_details_by_path on member_details (path) where superseded is null;

-- 组织关系转接: sent by the old branch, received by the new one; until then the old one manages
create table member_transfers (
  id         @id,
  member     bigint not null references members (id),
  from_branch bigint not null,
  to_branch  bigint not null,
  sent_on    text not null,
  received_on text,
  refused    text,             -- why it was sent back
  actor      text not null,
  entered    bigint not null,
  superseded bigint
);
create index member_transfers_by_member on member_transfers (member) where superseded is null;

-- 党费: what a member paid for a month
create table member_fees (
  id         @id,
  member     bigint not null references members (id),
  month      text not null,    -- 2026-03
  amount     bigint not null,  -- 分
  paid_on    text not null,
  actor      text not null,
  entered    bigint not null,
  superseded bigint
);
create unique index member_fees_once on member_fees (member, month) where superseded is null;

-- 包联责任: somebody looks after a place: 包保 联系点 联建 第一书记
create table charges (
  id      @id,
  entered bigint not null
);
create table charge_details (
  id           @id,
  charge       bigint not null references charges (id),
  kind         text not null,   -- code charge_kind
  person       bigint,          -- who, when it is a person
  organisation bigint,          -- who, when it is a department
  who          text not null,   -- as lists name them
  place        bigint not null, -- organisation that is looked after
  path         text not null,   -- of that organisation
  placed       text not null,   -- its short name
  from_day     text not null,
  until_day    text,
  corrects     bigint,
  entered      bigint not null,
  superseded   bigint
);
create index charge_details_now on charge_details (charge) where superseded is null;
create index charge_details_by_person on charge_details (person) where superseded is null;
create index charge_details_by_path on charge_details (path) where superseded is null;
create index charge_details_by_place on charge_details (place) where superseded is null;
