-- What was deleted: sessions' content because its day was over, people because they asked.
--
-- The twin of this file is in ../sqlite: the same tables and columns, BLOB for BYTEA.

ALTER TABLE session ADD COLUMN cleared_at BIGINT;   -- when its content was last deleted
ALTER TABLE participant ADD COLUMN erased_at BIGINT;
