-- The log. Rows are only ever added, to every table but the head.
--
-- audit_entry.idx refers to audit_leaf, deferred: a transaction that wrote an entry and did not append it
-- to the tree cannot COMMIT. An entry is open until its leaf row exists, and sealed from then on.

CREATE TABLE audit_entry (
  idx  INTEGER PRIMARY KEY REFERENCES audit_leaf (idx) DEFERRABLE INITIALLY DEFERRED,
  id   TEXT NOT NULL UNIQUE,
  leaf TEXT NOT NULL              -- RFC 8785 JSON, exactly the bytes that are hashed
);

CREATE TABLE audit_leaf (
  idx  INTEGER PRIMARY KEY REFERENCES audit_entry (idx),
  hash TEXT NOT NULL              -- base64 SHA-256(0x00 || leaf), RFC 6962 §2.1
);

-- Salts and values behind the commitments of a leaf.
CREATE TABLE audit_value (
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  name  TEXT NOT NULL,
  salt  TEXT,
  value TEXT,
  PRIMARY KEY (entry, name)
) WITHOUT ROWID;

-- The compact range: what an append needs, and nothing else.
CREATE TABLE audit_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  size BIGINT NOT NULL,
  root TEXT NOT NULL,
  peaks TEXT NOT NULL             -- JSON array of base64 hashes, largest subtree first
);

CREATE TABLE audit_checkpoint (
  size BIGINT PRIMARY KEY,
  root TEXT NOT NULL,
  note TEXT NOT NULL              -- C2SP signed note, verbatim
);

CREATE TRIGGER audit_entry_gapless BEFORE INSERT ON audit_entry
WHEN NEW.idx IS NOT (SELECT COALESCE(MAX(idx), -1) + 1 FROM audit_entry)
BEGIN SELECT RAISE(ABORT, 'zeren: entries are numbered without gaps'); END;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'zeren: entries never change'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'zeren: entries never change'); END;
-- REPLACE deletes without asking the triggers of DELETE.
CREATE TRIGGER audit_leaf_no_replace BEFORE INSERT ON audit_leaf
WHEN EXISTS (SELECT 1 FROM audit_leaf WHERE idx = NEW.idx)
BEGIN SELECT RAISE(ABORT, 'zeren: leaves never change'); END;
CREATE TRIGGER audit_checkpoint_no_replace BEFORE INSERT ON audit_checkpoint
WHEN EXISTS (SELECT 1 FROM audit_checkpoint WHERE size = NEW.size)
BEGIN SELECT RAISE(ABORT, 'zeren: checkpoints never change'); END;
CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head
WHEN EXISTS (SELECT 1 FROM audit_head WHERE size >= NEW.size)
BEGIN SELECT RAISE(ABORT, 'zeren: the tree never shrinks'); END;
CREATE TRIGGER audit_leaf_no_update BEFORE UPDATE ON audit_leaf
BEGIN SELECT RAISE(ABORT, 'zeren: leaves never change'); END;
CREATE TRIGGER audit_leaf_no_delete BEFORE DELETE ON audit_leaf
BEGIN SELECT RAISE(ABORT, 'zeren: leaves never change'); END;
CREATE TRIGGER audit_value_open BEFORE INSERT ON audit_value
WHEN EXISTS (SELECT 1 FROM audit_leaf WHERE idx = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'zeren: the entry is sealed'); END;
CREATE TRIGGER audit_value_no_update BEFORE UPDATE ON audit_value
BEGIN SELECT RAISE(ABORT, 'zeren: values never change'); END;
CREATE TRIGGER audit_value_no_delete BEFORE DELETE ON audit_value
BEGIN SELECT RAISE(ABORT, 'zeren: values never change'); END;
CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
BEGIN SELECT RAISE(ABORT, 'zeren: the head never goes'); END;
CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head
WHEN NEW.size < OLD.size
BEGIN SELECT RAISE(ABORT, 'zeren: the tree never shrinks'); END;
CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'zeren: checkpoints never change'); END;
CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'zeren: checkpoints never change'); END;
