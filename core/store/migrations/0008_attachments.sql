-- Files that belong to a record's content; and acts that change nothing of it.

CREATE TABLE attachment (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  digest TEXT NOT NULL,           -- base64 SHA-256 of the bytes, which lie in the blob store
  size BIGINT NOT NULL,
  name TEXT NOT NULL,
  classification TEXT NOT NULL,   -- public, internal, sensitive: declared before the upload
  added_in BIGINT NOT NULL,       -- the first content version that it is part of
  removed_in BIGINT,              -- the first that it is no part of any more; null: it stands
  added_by TEXT NOT NULL, capacity TEXT NOT NULL, added_at BIGINT NOT NULL,
  removed_by TEXT NOT NULL, removed_at BIGINT, reason TEXT NOT NULL,   -- of the removal
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX attachment_record ON attachment (record);
CREATE INDEX attachment_digest ON attachment (digest);

-- Opening, urging, reading: in the record's history, and without a version of it.
CREATE TABLE act_noted (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),
  record_version BIGINT NOT NULL,  -- that stood when it was done
  act TEXT NOT NULL, state TEXT NOT NULL,
  account TEXT NOT NULL, capacity TEXT NOT NULL, role TEXT NOT NULL, reason TEXT NOT NULL,
  noted_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX act_noted_record ON act_noted (record);
