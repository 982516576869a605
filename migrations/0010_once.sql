-- 一次: what each submitted form came to, so that the same form sent twice does its work once.
create table submissions (
  key     text primary key,   -- random, made when the page was shown; the form carries it
  print   text not null,      -- SHA-256 of who sent what to which address
  at      text not null,      -- moment; kept for a week
  answer  text,               -- address that the first answer led to; empty: not known, or a page
  entered bigint not null     -- journal number of what was written
);
create index submissions_by_at on submissions (at);
