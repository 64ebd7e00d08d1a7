-- What is owed because of a record, such as a task with a date of its own: which record. Such rows follow from the
-- records alone, so that the digest of a derivation leaves them out (ADR 19).

ALTER TABLE obligation ADD COLUMN source TEXT;
CREATE INDEX obligation_source ON obligation (source) WHERE source IS NOT NULL;

-- By whom and when a unit was asked (the burden meter).
CREATE INDEX obligation_due ON obligation (due);
CREATE INDEX leg_sent ON leg (sent_at);
CREATE INDEX task_given ON task (given_at);
CREATE INDEX record_created ON record (created_at);
