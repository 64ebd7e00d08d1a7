-- What happens after a commit, and by the clock.

-- Who outside the host may hear of an event: host, own_side, readers, line (core/store/change_set.hpp).
ALTER TABLE outbox ADD COLUMN audience TEXT NOT NULL DEFAULT 'host';
UPDATE outbox SET audience = 'own_side'
WHERE type LIKE 'zeren.record.%' AND type <> 'zeren.record.comment';
UPDATE outbox SET audience = 'readers'
WHERE type LIKE 'zeren.leg.%' OR type = 'zeren.record.correction_notice' OR data LIKE '%"sent"_true%';

-- Events that a consumer could not take, and those of the same subject behind them.
CREATE TABLE delivery (
  consumer TEXT NOT NULL, seq BIGINT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,            -- waiting, dead
  attempts BIGINT NOT NULL, next_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (consumer, seq)
);

CREATE TABLE webhook (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),  -- hears what this account may read, and nothing else
  url TEXT NOT NULL,
  types TEXT NOT NULL,            -- JSON array of types, or of beginnings that end with an asterisk
  unit TEXT NOT NULL,             -- events of this unit only; empty: of every unit
  secret TEXT NOT NULL,           -- whsec_…; the log holds its digest only
  state TEXT NOT NULL,            -- active, ended
  reason TEXT NOT NULL,           -- why it ended
  created_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX webhook_account ON webhook (account);

-- Reminders, for whoever holds the post, or a post of the unit with a role of the module.
CREATE TABLE inbox_item (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  module TEXT NOT NULL, unit TEXT NOT NULL,
  post TEXT NOT NULL,             -- empty: everybody of the unit
  kind TEXT NOT NULL,             -- due_soon, overdue, task_overdue, receipt_missing, receipt_escalated
  subject TEXT NOT NULL, record TEXT NOT NULL,  -- record: empty, or whose recusals count
  due TEXT NOT NULL,
  at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX inbox_unit ON inbox_item (unit);
CREATE TABLE inbox_read (item TEXT NOT NULL, account TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (item, account));

-- What the scheduler has done: once for each kind, subject and day.
CREATE TABLE scheduled (
  kind TEXT NOT NULL, subject TEXT NOT NULL, day TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (kind, subject, day)
);
CREATE TABLE schedule_mark (name TEXT PRIMARY KEY, value TEXT NOT NULL);

-- Who does what only one may do. The version rises with the holder: what an earlier one planned is stale.
CREATE TABLE lease (name TEXT PRIMARY KEY, version BIGINT NOT NULL, holder TEXT NOT NULL, ends_at BIGINT NOT NULL);
