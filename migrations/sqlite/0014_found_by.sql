-- The twin of this file is in ../postgres: the same columns.
--
-- What a record is found by, so that lists lead from words to records by a number and not by a text.
ALTER TABLE gap ADD COLUMN doc BIGINT;
ALTER TABLE solution ADD COLUMN doc BIGINT;
ALTER TABLE fit ADD COLUMN doc BIGINT;
ALTER TABLE evidence ADD COLUMN doc BIGINT;
UPDATE gap SET doc = (SELECT e.doc FROM search_entry AS e WHERE e.kind = 'gap' AND e.id = gap.id);
UPDATE solution SET doc = (SELECT e.doc FROM search_entry AS e WHERE e.kind = 'solution' AND e.id = solution.id);
UPDATE fit SET doc = (SELECT e.doc FROM search_entry AS e WHERE e.kind = 'fit' AND e.id = fit.id);
UPDATE evidence SET doc = (SELECT e.doc FROM search_entry AS e WHERE e.kind = 'evidence' AND e.id = evidence.id);
CREATE UNIQUE INDEX gap_doc ON gap (doc);
CREATE UNIQUE INDEX solution_doc ON solution (doc);
CREATE UNIQUE INDEX fit_doc ON fit (doc);
CREATE UNIQUE INDEX evidence_doc ON evidence (doc);
