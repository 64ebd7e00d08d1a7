-- Waivers: what one unit may do for a time although it goes below a floor. Valid time is [valid_from, valid_to).

CREATE TABLE waiver (
  unit TEXT NOT NULL, module TEXT NOT NULL, parameter TEXT NOT NULL, valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  value TEXT NOT NULL,            -- JSON
  basis TEXT NOT NULL,
  granted_by TEXT NOT NULL,       -- unit that owns the floor, or one above it
  version BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (unit, module, parameter, valid_from)
);
