-- 登记: people, organisations, posts, tenures and everything recorded about them, each row with two times.
--
-- Every dated row carries
--   from_day, until_day    when it was so: [from, until), until empty while it lasts; text `2019`, `2019-03` or
--                          `2019-03-01`, which compares rightly as text whatever the precision
--   entered, superseded    when we knew it: journal numbers; superseded empty while it is what we hold to be true
-- A mistake is mended by a new row that names the one it corrects; nothing is overwritten, nothing is deleted.

create table journal (
  id       @id,            -- grows by one a write: "as it was known at" is a number of this column
  at       text not null,  -- moment, 2026-11-22T14:05:09+08:00
  actor    text not null,  -- who did it: account name, or 程序
  act      text not null,  -- verb: person.add, tenure.begin, import.apply …
  subject  text not null,  -- noun of the row it is about: person, post, organisation, procedure, ledger, source …
  number   bigint,         -- its number
  source   bigint,         -- the file it came from, if one did
  says     text not null   -- one sentence for people
);
create index journal_by_subject on journal (subject, number);

create table sources (
  id       @id,
  name     text not null,  -- file name as it was given
  kind     text not null,  -- lrmx, lrm, national_workbook, roster, csv, archive
  checksum text not null,  -- SHA-256 of the bytes: the same file again changes nothing
  received text not null,  -- moment
  bytes    @bytes          -- the file itself, so that a doubted value can be looked up
);
create index sources_by_checksum on sources (checksum);

create table settings (
  name  text primary key,
  value text not null
);

-- ── 机构与岗位 ─────────────────────────────────────────────────────────────
create table organisations (
  id         @id,
  entered    bigint not null
);
create table organisation_details (
  id           @id,
  organisation bigint not null references organisations (id),
  parent       bigint,          -- organisation above; empty at the top
  path         text not null,   -- /1/5/23/: numbers from the top down to itself, for "everything below"
  name         text not null,   -- 机构名称
  short_name   text not null,   -- 机构简称, what posts are named with
  kind         text,            -- code organisation_kind
  level        text,            -- code organisation_level
  code         text,            -- 机构编码 or 统一社会信用代码
  team_size    bigint,          -- 领导职数 of the whole team; empty when only posts have 职数
  order_no     bigint not null, -- 同级排序号, counted over the whole tree
  from_day     text not null,
  until_day    text,
  corrects     bigint,
  entered      bigint not null,
  superseded   bigint
);
create index organisation_details_now on organisation_details (organisation) where superseded is null;
create index organisation_details_by_name on organisation_details (name) where superseded is null;
create index organisation_details_by_short_name on organisation_details (short_name) where superseded is null;
create index organisation_details_by_path on organisation_details (path) where superseded is null;

create table posts (
  id      @id,
  entered bigint not null
);
create table post_details (
  id           @id,
  post         bigint not null references posts (id),
  organisation bigint not null references organisations (id),
  name         text not null,    -- 镇长
  title        text not null,    -- 青云镇镇长, as papers print it
  role         text,             -- code member_kind: 正职 副职 其他
  "leading"      bigint not null,  -- 1: 领导职务
  level        text,             -- code level
  seats        bigint not null,  -- 职数
  special      bigint not null,  -- 1: 特殊岗位
  probation    bigint not null,  -- 1: a promotion to it has a one-year probation
  term_years   bigint,           -- 任期, for elected posts
  order_no     bigint not null,
  from_day     text not null,
  until_day    text,
  corrects     bigint,
  entered      bigint not null,
  superseded   bigint
);
create index post_details_now on post_details (post) where superseded is null;
create index post_details_by_organisation on post_details (organisation) where superseded is null;
create index post_details_by_title on post_details (title) where superseded is null;

-- ── 人 ────────────────────────────────────────────────────────────────────
create table persons (
  id      @id,
  entered bigint not null
);
create table person_details (
  id                @id,
  person            bigint not null references persons (id),
  name              text not null,  -- 姓名
  pinyin            text not null,  -- zhang san, lower case, for search
  initials          text not null,  -- zs
  strokes           text not null,  -- sort key of 姓氏笔画
  sex               text,
  born              text,           -- 出生年月
  id_number         text,           -- 身份证号 (S2)
  ethnicity         text,
  native_place      text,
  birth_place       text,
  growth_place      text,           -- 成长地
  health            text,
  joined_work       text,           -- 参加工作时间
  party_text        text,           -- 入党时间 as printed when it is more than a date
  speciality        text,           -- 熟悉专业有何专长
  official_kind     text,           -- 人员类别
  official_state    text,           -- 现职 离退 调出 …
  managed_by        text,           -- 管理类别
  unit              bigint,         -- 统计关系所在单位, when no tenure says it
  retirement_limit  bigint,         -- 改革前任职年龄界限: 50 55 60 63 65; empty: by sex
  spouse_emigrated  bigint,         -- 1 yes 0 no, empty not on record
  children_emigrated bigint,        -- all children
  has_children      bigint,
  remark            text,
  corrects          bigint,
  entered           bigint not null,
  superseded        bigint
);
create unique index person_details_now on person_details (person) where superseded is null;
create index person_details_history on person_details (person, entered);
create index person_details_by_name on person_details (name) where superseded is null;
create index person_details_by_initials on person_details (initials) where superseded is null;
create index person_details_by_pinyin on person_details (pinyin) where superseded is null;
create index person_details_by_id_number on person_details (id_number) where superseded is null;

create table photos (
  id         @id,
  person     bigint not null references persons (id),
  kind       text not null,  -- jpeg png bmp gif
  checksum   text not null,
  bytes      @bytes not null,
  entered    bigint not null,
  superseded bigint
);
create index photos_now on photos (person) where superseded is null;

-- 任职: one person in one post for one period
create table tenures (
  id           @id,
  person       bigint not null references persons (id),
  post         bigint,            -- the post on our list; empty for posts elsewhere or not yet matched
  organisation bigint,            -- the organisation on our list
  title        text not null,     -- 青云镇党委副书记, as papers print it
  kind         text not null,     -- 任职 挂职 兼职 学习
  role         text,              -- code member_kind
  "leading"      bigint,            -- 1: 领导职务
  level        text,              -- code level
  main         bigint not null,   -- 1: 主职务
  order_no     bigint not null,
  way          text,              -- code appointment_way
  paper        text,              -- 任职文号
  end_paper    text,              -- 免职文号
  end_reason   text,              -- 免职原因
  probation_until text,           -- 试用期满
  from_day     text not null,
  until_day    text,
  corrects     bigint,
  entered      bigint not null,
  superseded   bigint
);
create index tenures_by_person on tenures (person, superseded);
create index tenures_by_post on tenures (post) where superseded is null;
create index tenures_by_organisation on tenures (organisation) where superseded is null;
create index tenures_open on tenures (from_day) where superseded is null;
create index tenures_ends on tenures (until_day) where superseded is null and until_day is not null;

-- 履历: the segments of the 简历 in their own words
create table resume_lines (
  id         @id,
  person     bigint not null references persons (id),
  order_no   bigint not null,
  kind       text not null,   -- 工作 学习 说明 (a paragraph after the empty line)
  from_day   text,
  until_day  text,            -- empty: open or not said
  text       text not null,
  notes      text not null,   -- 其间 notes, one a line
  entered    bigint not null,
  superseded bigint
);
create index resume_lines_by_person on resume_lines (person, superseded);

-- 职务层次 and 职级 held
create table ranks (
  id         @id,
  person     bigint not null references persons (id),
  ladder     text not null,   -- 职务层次 or 职级
  rank       text not null,   -- code level or rank
  paper      text,
  from_day   text not null,
  until_day  text,
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index ranks_by_person on ranks (person, superseded);

-- 政治面貌
create table memberships (
  id         @id,
  person     bigint not null references persons (id),
  party      text not null,   -- code party
  from_day   text,            -- 入党时间; empty when only the party is known
  until_day  text,
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index memberships_by_person on memberships (person, superseded);

create table educations (
  id         @id,
  person     bigint not null references persons (id),
  mode       text not null,   -- 全日制 在职
  education  text,            -- code education
  degree     text,            -- code degree or the wording
  school     text,            -- 毕业院校系
  major      text,            -- 专业
  major_group text,           -- code major_group
  school_text text,           -- 毕业院校系及专业 as printed
  started    text,
  from_day   text,            -- 毕业时间: since when it is held
  until_day  text,            -- always empty: an education does not end
  highest    bigint not null, -- 1: printed on the form for its mode
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index educations_by_person on educations (person, superseded);

create table qualifications (
  id         @id,
  person     bigint not null references persons (id),
  name       text not null,   -- 专业技术职务
  way        text,
  from_day   text,
  until_day  text,
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index qualifications_by_person on qualifications (person, superseded);

create table appraisals (
  id         @id,
  person     bigint not null references persons (id),
  year       bigint not null,
  grade      text not null,   -- code appraisal_grade
  from_day   text not null,   -- last day of the year
  until_day  text,            -- always empty
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index appraisals_by_person on appraisals (person, year, superseded);

create table awards (
  id         @id,
  person     bigint not null references persons (id),
  name       text not null,   -- 奖励名称
  kind       text,            -- code award_kind
  organ      text,            -- 批准机关
  from_day   text,
  until_day  text,
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index awards_by_person on awards (person, superseded);

create table sanctions (
  id         @id,
  person     bigint not null references persons (id),
  name       text not null,   -- 处分、处理名称
  kind       text,            -- code sanction_kind
  organ      text,
  from_day   text not null,   -- 生效
  until_day  text,            -- 影响期满
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index sanctions_by_person on sanctions (person, superseded);

create table trainings (
  id         @id,
  person     bigint not null references persons (id),
  name       text not null,   -- 班次
  organ      text,            -- 主办单位
  kind       text not null,   -- 脱产 网络 其他
  hours      bigint not null, -- 学时
  days       bigint not null, -- 天数
  from_day   text not null,
  until_day  text,            -- last day
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index trainings_by_person on trainings (person, superseded);

create table relatives (
  id         @id,
  person     bigint not null references persons (id),
  relation   text not null,   -- 称谓, as written
  name       text not null,
  born       text,
  party      text,            -- 政治面貌, as written
  work       text not null,   -- 工作单位及职务
  order_no   bigint not null,
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index relatives_by_person on relatives (person, superseded);

-- 优秀年轻干部库、后备
create table pools (
  id         @id,
  person     bigint not null references persons (id),
  kind       text not null,   -- 优秀年轻干部 后备干部
  from_day   text not null,   -- 入库
  until_day  text,            -- 出库
  corrects   bigint,
  entered    bigint not null,
  superseded bigint
);
create index pools_by_person on pools (person, superseded);

-- texts of a form that are kept as written: 奖惩情况, 年度考核结果, unknown elements of an .lrmx
create table form_texts (
  id         @id,
  person     bigint not null references persons (id),
  field      text not null,   -- JiangChengQingKuang …; `extra:NAME` for an unknown element (raw XML)
  text       text not null,
  entered    bigint not null,
  superseded bigint
);
create index form_texts_by_person on form_texts (person, superseded);

-- ── 账户 ──────────────────────────────────────────────────────────────────
create table accounts (
  id        @id,
  name      text not null,    -- login name
  shown     text not null,    -- 王主任
  role      text not null,    -- officer unit_hr recorded
  scope     bigint,           -- organisation whose people a unit officer sees
  person    bigint,           -- who this is in the registry
  password  text not null,    -- argon2id, PHC string
  closed    bigint,           -- journal number
  entered   bigint not null
);
create unique index accounts_by_name on accounts (name) where closed is null;

create table sessions (
  id        @id,
  token     text not null,    -- SHA-256 of the cookie's secret
  account   bigint not null references accounts (id),
  since     text not null,    -- moment
  seen      text not null,    -- moment of the last request
  closed    text
);
create unique index sessions_by_token on sessions (token);

-- ── 台账与导入 ────────────────────────────────────────────────────────────
create table ledgers (
  id         @id,
  name       text not null,   -- short id in addresses
  title      text not null,
  definition text not null,   -- JSON: of, where, columns, sort, group
  account    bigint,          -- whose; empty: everybody's
  entered    bigint not null,
  superseded bigint
);
create index ledgers_by_name on ledgers (name) where superseded is null;

create table mappings (
  id         @id,
  fingerprint text not null,  -- of the heads of a roster
  heads      text not null,   -- as they read, for people
  mapping    text not null,   -- JSON: column → fact
  entered    bigint not null,
  superseded bigint
);
create index mappings_by_fingerprint on mappings (fingerprint) where superseded is null;

create table drafts (
  id       @id,
  account  bigint not null,
  page     text not null,     -- address of the form
  content  text not null,     -- JSON: what was typed
  at       text not null
);
create unique index drafts_by_page on drafts (account, page);
