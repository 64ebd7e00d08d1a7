-- What modules do when they are told of events.

-- The event that a module answered, and how many answers led here; none for what people and the clock do.
ALTER TABLE outbox ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN hops BIGINT NOT NULL DEFAULT 0;

-- Commands that modules answered with and that were carried out: each once, however often its event is told.
CREATE TABLE reaction (
  module TEXT NOT NULL, event TEXT NOT NULL,
  place TEXT NOT NULL,            -- which of the answers: its number, or the declared reaction
  version BIGINT NOT NULL,
  command TEXT NOT NULL,          -- comment, draft, emit, link, notify
  at BIGINT NOT NULL,
  entry INTEGER NOT NULL REFERENCES audit_entry (idx),
  PRIMARY KEY (module, event, place)
);

-- What a module says in an inbox, JSON in both languages; null: the kind says it. Rows whose entries say nothing of it
-- must hold null, or they would not be what was committed to.
ALTER TABLE inbox_item ADD COLUMN title TEXT;
