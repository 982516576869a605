-- 事件订阅: other systems are told that something changed; what changed they ask by the interface, with their own token.

create table hooks (
  id      @id,
  name    text not null,   -- whom and what for, in the words of who made it
  address text not null,   -- https, or this machine
  secret  text not null,   -- signs what is sent; sealed
  kinds   text not null,   -- person tenure …: which kinds of events
  since   text not null,   -- moment
  closed  text,            -- moment of its end
  entered bigint not null  -- journal number
);

-- 待送与已送: written in the transaction of the change itself, sent after it, in order
create table hook_deliveries (
  id        @id,
  hook      bigint not null references hooks (id),
  entered   bigint not null, -- journal number of the change; what is sent stands there
  due       text not null,   -- moment of the next try
  tries     bigint not null,
  tried     text,            -- moment of the last try
  error     text,            -- why the last try failed, for people
  delivered text,            -- moment
  dropped   text             -- moment from which it is not tried again
);
create unique index hook_deliveries_once on hook_deliveries (hook, entered);
create index hook_deliveries_waiting on hook_deliveries (hook, id) where delivered is null and dropped is null;
