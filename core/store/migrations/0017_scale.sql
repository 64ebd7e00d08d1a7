-- Nothing that is done for one record may grow with the number of all of them.

-- Where a record was declared void, another takes its place.
CREATE INDEX record_void ON record (unit, type, period, module) WHERE obligation IS NULL;
-- What hangs on an appointment that has ended.
CREATE INDEX obligation_appointment ON obligation (appointment) WHERE appointment IS NOT NULL;
-- From a unit down, which is how a grant reaches.
CREATE INDEX relation_to ON relation (to_unit, kind);
CREATE INDEX recusal_person ON recusal (person);

-- Nobody asks the database for the obligations of a unit: they are counted in memory. As an index it cost a page
-- for each obligation that a derivation adds.
DROP INDEX obligation_owner;
