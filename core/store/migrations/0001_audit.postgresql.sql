-- 0001_audit.sql as PostgreSQL needs it: a table has to exist before another refers to it, and a trigger
-- calls a function. The promises are the same; each sentence of a refusal is too.

CREATE TABLE audit_entry (
  idx  INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  leaf TEXT NOT NULL              -- RFC 8785 JSON, exactly the bytes that are hashed
);

CREATE TABLE audit_leaf (
  idx  INTEGER PRIMARY KEY REFERENCES audit_entry (idx),
  hash TEXT NOT NULL              -- base64 SHA-256(0x00 || leaf), RFC 6962 §2.1
);

-- A transaction that wrote an entry and did not append it to the tree cannot COMMIT.
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_sealed
  FOREIGN KEY (idx) REFERENCES audit_leaf (idx) DEFERRABLE INITIALLY DEFERRED;

-- Salts and values behind the commitments of a leaf.
CREATE TABLE audit_value (
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  name  TEXT NOT NULL,
  salt  TEXT,
  value TEXT,
  PRIMARY KEY (entry, name)
);

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

-- The search path is that of whoever migrates, with pg_temp at its end: no temporary table stands in front.
CREATE FUNCTION zeren_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  RAISE EXCEPTION 'zeren: %', TG_ARGV[0] USING ERRCODE = 'ZR001';
END $$;

CREATE FUNCTION zeren_gapless() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.idx IS DISTINCT FROM (SELECT COALESCE(MAX(idx), -1) + 1 FROM audit_entry) THEN
    RAISE EXCEPTION 'zeren: entries are numbered without gaps' USING ERRCODE = 'ZR001';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION zeren_entry_open() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM audit_leaf WHERE idx = NEW.entry) THEN
    RAISE EXCEPTION 'zeren: the entry is sealed' USING ERRCODE = 'ZR001';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER audit_entry_gapless BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION zeren_gapless();
CREATE TRIGGER audit_value_open BEFORE INSERT ON audit_value
  FOR EACH ROW EXECUTE FUNCTION zeren_entry_open();
CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head
  FOR EACH ROW WHEN (NEW.size < OLD.size) EXECUTE FUNCTION zeren_refuse('the tree never shrinks');

-- Of each statement, not of each row: TRUNCATE has none.
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION zeren_refuse('entries never change');
CREATE TRIGGER audit_leaf_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf
  FOR EACH STATEMENT EXECUTE FUNCTION zeren_refuse('leaves never change');
CREATE TRIGGER audit_value_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_value
  FOR EACH STATEMENT EXECUTE FUNCTION zeren_refuse('values never change');
CREATE TRIGGER audit_head_no_delete BEFORE DELETE OR TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION zeren_refuse('the head never goes');
CREATE TRIGGER audit_checkpoint_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION zeren_refuse('checkpoints never change');
