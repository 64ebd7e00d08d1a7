-- Links between records, and records that fulfil a further obligation. Neither is ever deleted: it is taken back.

CREATE TABLE record_link (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),  -- that says it is linked…
  kind TEXT NOT NULL,                           -- …by a kind that its type declares…
  target TEXT NOT NULL REFERENCES record (id),  -- …to this one
  state TEXT NOT NULL,            -- proposed, confirmed, taken_back
  proposed_by TEXT NOT NULL,      -- account or `module:…`
  proposed_at BIGINT NOT NULL,
  settled_by TEXT NOT NULL,       -- who confirmed it or took it back last; empty: nobody yet
  settled_at BIGINT,
  reason TEXT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX record_link_record ON record_link (record, kind);
CREATE INDEX record_link_target ON record_link (target, kind);

CREATE TABLE reuse (
  obligation TEXT PRIMARY KEY,    -- derived key, as in record: one record at a time fulfils it so
  version BIGINT NOT NULL,
  record TEXT NOT NULL REFERENCES record (id),  -- that was filed for something else
  state TEXT NOT NULL,            -- standing, taken_back
  made_by TEXT NOT NULL, made_at BIGINT NOT NULL,
  reason TEXT NOT NULL,           -- of taking it back
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX reuse_record ON reuse (record);
