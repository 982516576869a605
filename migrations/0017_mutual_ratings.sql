-- 双向评价: each half-year a community rates the departments that it called, and a department the communities that called it
create table mutual_ratings (
  id         @id,
  period     text not null,    -- 2026H2
  rater      bigint not null,  -- organisation that rates
  rated      bigint not null,  -- organisation that is rated
  word       text not null,    -- 好 较好 一般 较差
  says       text not null,    -- reason; asked for when the word is bad
  at         text not null,    -- moment
  account    bigint,           -- account that rated
  actor      text not null,    -- as the journal names them
  entered    bigint not null,  -- journal number
  superseded bigint            -- rated anew within the half-year
);
create unique index mutual_ratings_once on mutual_ratings (period, rater, rated) where superseded is null;
create index mutual_ratings_by_rated on mutual_ratings (rated, period) where superseded is null;
