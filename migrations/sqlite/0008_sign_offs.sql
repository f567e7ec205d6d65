-- Checkpoints that are signed off when a session closes: what `gapmap verify` holds the log against.
--
-- The twin of this file is in ../postgres: the same tables and columns, BYTEA for BLOB.

ALTER TABLE checkpoint ADD COLUMN log_hash BLOB;            -- of the last update that is in it
ALTER TABLE checkpoint ADD COLUMN state_hash BLOB;          -- SHA-256 of the map's content
