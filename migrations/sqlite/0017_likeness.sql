-- What a pseudonym looks like: of two in one session that look alike, the later is told apart.
--
-- The twin of this file is in ../postgres: the same.

ALTER TABLE participant ADD COLUMN likeness TEXT;    -- NULL: an older one that looks like another

-- As near as both databases come to it by themselves, for those who are there already.
UPDATE participant SET likeness = lower(pseudonym)
WHERE id IN (SELECT MIN(id) FROM participant GROUP BY session, lower(pseudonym));

CREATE UNIQUE INDEX participant_likeness ON participant (session, likeness);
