-- 接口: tokens by which programs come in, and what was answered to them once.

create table api_tokens (
  id      @id,
  account bigint not null references accounts (id), -- acts as this account, never more
  name    text not null,   -- what it is for, in the words of who made it
  token   text not null,   -- SHA-256 of the secret
  scopes  text not null,   -- read, or write: reads and writes
  since   text not null,   -- moment
  until   text not null,   -- moment; none is for ever
  closed  text,            -- moment of its revocation
  entered bigint not null  -- journal number
);
create unique index api_tokens_by_token on api_tokens (token);
create index api_tokens_by_account on api_tokens (account);

-- one answer for each idempotency key: written in the transaction of the change itself
create table api_answers (
  id      @id,
  token   bigint not null references api_tokens (id),
  name    text not null,   -- the key that the caller chose
  request text not null,   -- SHA-256 of method, address and body: the key is not for another request
  status  bigint not null,
  body    text not null,   -- what was answered
  at      text not null,   -- moment
  entered bigint not null  -- journal number of the change; 0 when nothing had to be changed
);
create unique index api_answers_by_name on api_answers (token, name);
create index api_answers_by_at on api_answers (at);
