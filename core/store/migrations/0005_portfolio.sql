-- Which units an appointment answers for, and what a succession of units was.

CREATE TABLE portfolio (
  id TEXT NOT NULL, rev INTEGER NOT NULL,
  appointment TEXT NOT NULL, unit TEXT NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
  known_from BIGINT NOT NULL, known_to BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (id, rev)
);

-- NULL for every other kind, and for rows older than the column: the entries that wrote those committed to
-- no such value, so a default would make the log disagree with the table.
ALTER TABLE relation ADD COLUMN succession TEXT;
