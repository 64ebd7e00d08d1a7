-- Ledgers that were kept before a module was introduced, taken over as history (domain E12).

CREATE TABLE history_import (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  module TEXT NOT NULL,
  file TEXT NOT NULL,             -- its name
  digest TEXT NOT NULL,           -- base64 SHA-256 of its bytes
  row_count BIGINT NOT NULL,      -- taken over by this import
  imported_by TEXT NOT NULL, imported_at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);

-- One duty of then. What is empty was not said; nothing here is owed any more.

CREATE TABLE history_row (
  id TEXT PRIMARY KEY, version BIGINT NOT NULL,
  import TEXT NOT NULL REFERENCES history_import (id),
  row_number BIGINT NOT NULL,     -- in the file, as a spreadsheet counts
  module TEXT NOT NULL,
  rule TEXT NOT NULL,             -- of the module, or else…
  title TEXT NOT NULL,            -- …what the duty was called
  unit TEXT NOT NULL, person TEXT NOT NULL,
  period TEXT NOT NULL,
  due TEXT NOT NULL, done TEXT,   -- null: not done, or nobody knows
  result TEXT NOT NULL,           -- what came of it
  doc_no TEXT NOT NULL, remark TEXT NOT NULL,
  struck_at BIGINT, struck_by TEXT, struck_reason TEXT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);
CREATE INDEX history_row_module ON history_row (module);
CREATE INDEX history_row_import ON history_row (import, row_number);

-- However often it is imported, it stands once: by its rule, or else by what it was called.
CREATE UNIQUE INDEX history_row_rule ON history_row (module, unit, person, rule, period)
  WHERE struck_at IS NULL AND rule <> '';
CREATE UNIQUE INDEX history_row_title ON history_row (module, unit, person, title, period)
  WHERE struck_at IS NULL AND rule = '';
