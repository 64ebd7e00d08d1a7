-- A second factor at the door, and the codes that were used.

CREATE TABLE second_factor (
  account TEXT PRIMARY KEY REFERENCES account (id), version BIGINT NOT NULL,
  secret TEXT NOT NULL,           -- base32; the log holds its digest only
  state TEXT NOT NULL,            -- offered, active, removed
  entry INTEGER NOT NULL REFERENCES audit_entry (idx)
);

-- A code opens the door once (RFC 6238 §5.2).
CREATE TABLE one_time_code (
  account TEXT NOT NULL REFERENCES account (id), step BIGINT NOT NULL,
  PRIMARY KEY (account, step)
);
