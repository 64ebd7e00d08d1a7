-- Who exactly owes: a post or one appointment to it; and whose obligation it was before its unit ended.
-- Columns that come later stand last and are NULL where nothing is said: digests of older tables leave them out.

ALTER TABLE obligation ADD COLUMN post TEXT;
ALTER TABLE obligation ADD COLUMN appointment TEXT;
ALTER TABLE obligation ADD COLUMN origin TEXT;      -- the unit that owed it first
ALTER TABLE obligation ADD COLUMN moved_on TEXT;
ALTER TABLE obligation ADD COLUMN moved_by TEXT;    -- merge, split, rename

-- Legs that go by hand, that wait, that are withheld, or that carry less than the others.

ALTER TABLE leg ADD COLUMN profile TEXT;            -- of the record type: which fields are left out
ALTER TABLE leg ADD COLUMN digest TEXT;             -- of what this leg carries; null: the dispatch's
ALTER TABLE leg ADD COLUMN decided_by TEXT;         -- account that withheld or released it
ALTER TABLE leg ADD COLUMN decided_at BIGINT;
ALTER TABLE leg ADD COLUMN decision TEXT;           -- its reason

CREATE TABLE leg_entry (
  leg TEXT NOT NULL REFERENCES leg (id),
  kind TEXT NOT NULL,             -- delivery, receipt
  version BIGINT NOT NULL,
  happened_at BIGINT NOT NULL,
  number TEXT NOT NULL,           -- of the register or the courier
  scan TEXT NOT NULL,             -- where the paper is: a digest, a file number
  entered_by TEXT NOT NULL, entered_at BIGINT NOT NULL,
  confirmed_by TEXT, confirmed_at BIGINT,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (leg, kind)
);

ALTER TABLE dispatch ADD COLUMN skew BIGINT;        -- working days between the first leg and the last; null: not asked
ALTER TABLE dispatch ADD COLUMN dissent TEXT;       -- JSON: who had not agreed when it was sent

ALTER TABLE task ADD COLUMN granted TEXT;           -- of more_time: the date given, which may be earlier than asked

-- The version of the type's fields; null: the one the record was begun in.
ALTER TABLE record_content ADD COLUMN schema_version BIGINT;

-- Derived: the fields that a type declares as indexed, of the newest content.

CREATE TABLE record_index (
  record TEXT NOT NULL, field TEXT NOT NULL,
  words TEXT, number BIGINT,      -- one of them, as the field's type is
  PRIMARY KEY (record, field)
);
CREATE INDEX record_index_words ON record_index (field, words);
CREATE INDEX record_index_number ON record_index (field, number);
