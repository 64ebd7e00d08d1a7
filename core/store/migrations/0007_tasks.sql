-- What people do with a record between its steps; who may not see it; what they say about it.

ALTER TABLE step_taken ADD COLUMN role TEXT;   -- of the module; null: none, or taken before it was kept
ALTER TABLE leg ADD COLUMN opened_at BIGINT;   -- when somebody of the recipient first read it
ALTER TABLE leg ADD COLUMN urged BIGINT;       -- reminders; null: none

CREATE TABLE task (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  kind TEXT NOT NULL,             -- handle, countersign, circulate, supervise, more_time
  state TEXT NOT NULL,            -- open, answered, done, declined, withdrawn
  parent TEXT NOT NULL,           -- the task it was delegated from; empty: none
  circle TEXT NOT NULL,           -- unit on whose side of the dispatch it was given: the owner or a recipient
  post TEXT NOT NULL,             -- who holds the post, acting or formally, holds the task
  unit TEXT NOT NULL, holder TEXT NOT NULL,     -- the post's unit and title
  given_by TEXT NOT NULL, given_capacity TEXT NOT NULL, given_at BIGINT NOT NULL,
  demand TEXT NOT NULL,
  due TEXT,                       -- of more_time: the date asked for
  signing TEXT NOT NULL,          -- id shared by the signers of one countersigning; empty otherwise
  agreement TEXT NOT NULL,        -- all, any, quorum, in_order
  quorum BIGINT NOT NULL, place BIGINT NOT NULL,
  opinion TEXT NOT NULL, answered_by TEXT NOT NULL, capacity TEXT NOT NULL, answered_at BIGINT,
  urged BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX task_record ON task (record);
CREATE INDEX task_post ON task (post, state);

CREATE TABLE recusal (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  person TEXT NOT NULL,
  relation TEXT NOT NULL,         -- why: kinship, former post, interest…
  decision TEXT NOT NULL,         -- declared or ordered
  reason TEXT NOT NULL,
  decided_by TEXT NOT NULL, capacity TEXT NOT NULL,
  replacement TEXT NOT NULL,      -- post that takes over; empty: none
  since BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE UNIQUE INDEX recusal_record ON recusal (record, person);

CREATE TABLE comment (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  circle TEXT NOT NULL,           -- as of a task: neither side reads what the other says among itself
  author TEXT NOT NULL, capacity TEXT NOT NULL,
  text TEXT NOT NULL, written_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX comment_record ON comment (record);
