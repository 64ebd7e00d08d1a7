-- The organisation. Valid time is [valid_from, valid_to); record time is [known_from, known_to) in
-- milliseconds. A correction ends `known_to` of the older revision and adds one: what was believed stays.

CREATE TABLE unit (
  id TEXT NOT NULL, rev INTEGER NOT NULL,
  code TEXT NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
  level TEXT NOT NULL, kind TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  known_from BIGINT NOT NULL, known_to BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (id, rev)
);
CREATE UNIQUE INDEX unit_code ON unit (code, rev);

CREATE TABLE relation (
  id TEXT NOT NULL, rev INTEGER NOT NULL,
  from_unit TEXT NOT NULL, to_unit TEXT NOT NULL, kind TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  known_from BIGINT NOT NULL, known_to BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (id, rev)
);

CREATE TABLE person (
  id TEXT NOT NULL, rev INTEGER NOT NULL,
  code TEXT NOT NULL, name TEXT NOT NULL,
  known_from BIGINT NOT NULL, known_to BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (id, rev)
);
CREATE UNIQUE INDEX person_code ON person (code, rev);

CREATE TABLE post (
  id TEXT NOT NULL, rev INTEGER NOT NULL,
  code TEXT NOT NULL, unit TEXT NOT NULL, title TEXT NOT NULL, class TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  known_from BIGINT NOT NULL, known_to BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (id, rev)
);
CREATE UNIQUE INDEX post_code ON post (code, rev);

CREATE TABLE appointment (
  id TEXT NOT NULL, rev INTEGER NOT NULL,
  person TEXT NOT NULL, post TEXT NOT NULL, mode TEXT NOT NULL, doc_no TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  known_from BIGINT NOT NULL, known_to BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (id, rev)
);

-- Epochs: a plan that read a whole collection names the collection's epoch.
CREATE TABLE epoch (
  name TEXT PRIMARY KEY, version BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
