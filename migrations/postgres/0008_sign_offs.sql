-- Checkpoints that are signed off when a session closes: what `gapmap verify` holds the log against.
--
-- The twin of this file is in ../sqlite: the same tables and columns, BLOB for BYTEA.

ALTER TABLE checkpoint ADD COLUMN log_hash BYTEA;            -- of the last update that is in it
ALTER TABLE checkpoint ADD COLUMN state_hash BYTEA;          -- SHA-256 of the map's content
