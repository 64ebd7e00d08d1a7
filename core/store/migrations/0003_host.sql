-- Accounts and sessions.

CREATE TABLE account (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  person TEXT,                    -- null for an administrator's account
  administers TEXT NOT NULL,      -- none, system, security, audit: one at most
  password TEXT NOT NULL,         -- argon2id in libsodium's form; empty: no sign-in by password
  os_user BIGINT UNIQUE,          -- numeric user id that the command line runs under
  created_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE UNIQUE INDEX account_person ON account (person) WHERE person IS NOT NULL;

CREATE TABLE sign_in (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),
  token_digest TEXT NOT NULL UNIQUE,  -- base64 SHA-256 of the bearer token; the token is never stored
  csrf TEXT NOT NULL,
  created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, ended_at BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);

-- Modules and rules.

CREATE TABLE module (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  module_version TEXT NOT NULL,
  digest TEXT NOT NULL,           -- base64 SHA-256 of the package's MANIFEST
  state TEXT NOT NULL,            -- enabled, disabled
  issuer TEXT NOT NULL,           -- the unit that introduced it; it binds the units below
  enabled_from TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);

CREATE TABLE rule_layer (
  unit TEXT NOT NULL, module TEXT NOT NULL, parameter TEXT NOT NULL, valid_from TEXT NOT NULL,
  value TEXT NOT NULL,            -- JSON
  basis TEXT NOT NULL,
  version BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (unit, module, parameter, valid_from)
);

-- Records and their dispatches.

CREATE TABLE record (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  type TEXT NOT NULL, module TEXT NOT NULL, schema_version BIGINT NOT NULL,
  unit TEXT NOT NULL, period TEXT NOT NULL,
  obligation TEXT,                -- derived key; the obligation itself may be rebuilt at any time
  state TEXT NOT NULL,
  content_version BIGINT NOT NULL,
  rule_version BIGINT NOT NULL,
  created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE UNIQUE INDEX record_obligation ON record (obligation) WHERE obligation IS NOT NULL;
CREATE INDEX record_unit ON record (unit, type);

CREATE TABLE record_content (
  record TEXT NOT NULL REFERENCES record (id), content_version BIGINT NOT NULL,
  content TEXT NOT NULL,          -- JSON
  author TEXT NOT NULL, written_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (record, content_version)
);

CREATE TABLE step_taken (
  record TEXT NOT NULL REFERENCES record (id), version BIGINT NOT NULL,
  step TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL,
  account TEXT NOT NULL, capacity TEXT NOT NULL, reason TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (record, version)
);

CREATE TABLE dispatch (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id), content_version BIGINT NOT NULL,
  round BIGINT NOT NULL,
  digest TEXT NOT NULL,           -- base64 SHA-256 of what every leg carries
  state TEXT NOT NULL,
  sent_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE UNIQUE INDEX dispatch_round ON dispatch (record, round);

CREATE TABLE leg (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  dispatch TEXT NOT NULL REFERENCES dispatch (id),
  recipient TEXT NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,
  sent_at BIGINT NOT NULL, delivered_at BIGINT,
  answered_at BIGINT, answered_by TEXT, receipt TEXT NOT NULL, reason TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX leg_dispatch ON leg (dispatch);
CREATE INDEX leg_recipient ON leg (recipient);

-- Derived: rebuilt from rules and organisation; the run's entry commits to its digest.

CREATE TABLE obligation (
  id TEXT PRIMARY KEY,
  module TEXT NOT NULL, rule TEXT NOT NULL, rule_version BIGINT NOT NULL,
  record_type TEXT NOT NULL,
  owner TEXT NOT NULL, counterpart TEXT NOT NULL, period TEXT NOT NULL, occurrence BIGINT NOT NULL,
  due TEXT NOT NULL,
  recipients TEXT NOT NULL,       -- JSON array of {key, units}
  state TEXT NOT NULL             -- open, or superseded when the rules no longer ask for it
);
CREATE INDEX obligation_owner ON obligation (owner, due);

-- Operational.

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL, type TEXT NOT NULL, subject TEXT NOT NULL, at BIGINT NOT NULL,
  data TEXT NOT NULL, entry INTEGER NOT NULL
);
CREATE TABLE outbox_cursor (consumer TEXT PRIMARY KEY, seq BIGINT NOT NULL);

CREATE TABLE idempotency (
  account TEXT NOT NULL, key TEXT NOT NULL,
  request_digest TEXT NOT NULL, answer TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (account, key)
);
