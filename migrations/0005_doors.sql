-- 门: how an account proves who comes in, what was tried, and which sessions are open.
--
-- Moments of the door are those of the machine's clock, also where an office stands on another day for a demonstration.

alter table accounts add column password_set text;                -- moment at which the password was last chosen; empty: before this column
alter table accounts add column must_change bigint not null default 0; -- 1: somebody else gave the password, so it is changed at the next login

alter table sessions add column stage text not null default 'open'; -- open; factor, password, enrol: half way through the login
alter table sessions add column proved text;                      -- moment at which this person last proved to be themselves here
alter table sessions add column address text;                     -- where from, network address
alter table sessions add column browser text;                     -- what browser says of itself, shortened: Chrome · Windows
alter table sessions add column means text;                       -- how the login was proved: 密码、动态码 …
alter table sessions add column ended text;                       -- why it was closed: logout, killed, rotated, closed, changed
create index sessions_of_account on sessions (account) where closed is null;

create table factors (
  id       @id,
  account  bigint not null references accounts (id),
  kind     text not null,              -- totp, passkey, recovery
  label    text not null,              -- as its owner calls it: 办公电脑
  secret   text not null,              -- totp: key in Base32 · passkey: public credential, JSON · recovery: SHA-256 of the code
  step     bigint not null default 0,  -- totp: last time step that was used, so that no code is used twice
  since    text not null,              -- moment
  used     text,                       -- moment of its last use
  closed   text,                       -- moment at which it was taken away, or the code was used up
  entered  bigint not null             -- journal number
);
create index factors_of_account on factors (account) where closed is null;

create table guesses (
  id       @id,
  bucket   text not null,   -- SHA-256 of what is counted: account and name, known browser, network address
  failures bigint not null, -- wrong guesses since the last right one
  last     bigint not null  -- seconds since 1970 of the last guess
);
create unique index guesses_by_bucket on guesses (bucket);

create table browsers (
  id       @id,
  account  bigint not null references accounts (id),
  token    text not null,   -- SHA-256 of the cookie that says: this browser has logged in to this account before
  since    text not null,   -- moment
  seen     text not null    -- moment of the last login with it
);
create unique index browsers_by_token on browsers (token);

create table sign_ins (
  id       @id,
  account  bigint not null references accounts (id),
  at       text not null,   -- moment
  address  text,            -- where from
  browser  text,            -- Chrome · Windows
  means    text not null,   -- 密码, 动态码, 通行密钥, 恢复码, 统一身份认证 …
  went     text not null    -- in, wrong, proved
);
create index sign_ins_of_account on sign_ins (account, id);

create table external_logins (
  id         @id,
  account    bigint not null references accounts (id),
  kind       text not null,   -- oidc, ldap
  issuer     text not null,   -- who vouches: address of the provider or of the directory
  subject    text not null,   -- number or name there that never passes to another person
  entered    bigint not null, -- journal number
  superseded bigint           -- journal number
);
create unique index external_logins_by_subject on external_logins (kind, issuer, subject) where superseded is null;
create index external_logins_of_account on external_logins (account) where superseded is null;
