-- When somebody with an account was last here.
--
-- The twin of this file is in ../postgres: the same tables and columns, BYTEA for BLOB.

ALTER TABLE account ADD COLUMN signed_in_at BIGINT;   -- NULL: never, or before this was noted
