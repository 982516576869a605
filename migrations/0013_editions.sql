-- 制度的版本: the very texts under which a procedure runs, kept by what they say, so that a county may change its files
-- while procedures that began before go on as they began.
create table institution_editions (
  id          @id,
  checksum    text not null,   -- SHA-256 over names and texts of its files: the same texts are kept once
  institution text not null,   -- id of the institution: selection
  version     text not null,   -- as the texts name themselves: 2019-03
  files       text not null,   -- JSON object: file name → text
  since       text not null,   -- moment from which this office has worked under them
  entered     bigint not null  -- journal number
);
create unique index institution_editions_once on institution_editions (institution, checksum);

alter table procedures add column edition text; -- checksum of the texts it runs under; empty: begun before texts were kept
