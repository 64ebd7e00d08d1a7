-- What the security administrator grants beside the rights that come with a post; keys for machines; how sensitive
-- a record is; who has read it; when a session was last used.

CREATE TABLE access_grant (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  account TEXT NOT NULL,          -- to whom: an account…
  post TEXT NOT NULL,             -- …or whoever holds a post; the other one is empty
  module TEXT NOT NULL, record_type TEXT NOT NULL,
  action TEXT NOT NULL,           -- read, or a step of the type, which includes reading
  unit TEXT NOT NULL,             -- whose records
  relation TEXT NOT NULL,         -- and of the units below along this relation; empty: the unit alone
  sensitivity TEXT NOT NULL,      -- up to: public, internal, sensitive
  field_groups TEXT NOT NULL,     -- JSON array
  tie TEXT NOT NULL,              -- what the holder must be to the record: any, author, recipient, assignee
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  reason TEXT NOT NULL,
  given_by TEXT NOT NULL, given_at BIGINT NOT NULL,
  revoked_at BIGINT, revoke_reason TEXT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);

CREATE TABLE token (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,    -- base64 SHA-256 of what the machine shows; that itself is never stored
  routes TEXT NOT NULL,           -- JSON array of `GET /api/v1/records/*`; empty: all that the account may
  read_only BIGINT NOT NULL,      -- 0, 1
  created_by TEXT NOT NULL, created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL, revoked_at BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX token_account ON token (account);

ALTER TABLE record ADD COLUMN sensitivity TEXT;  -- null: what its type says

-- Operational: noted in passing, no entry.

CREATE TABLE record_read (
  record TEXT NOT NULL, account TEXT NOT NULL,
  first_at BIGINT NOT NULL, last_at BIGINT NOT NULL,
  PRIMARY KEY (record, account)
);

CREATE TABLE session_use (session TEXT PRIMARY KEY, used_at BIGINT NOT NULL);
