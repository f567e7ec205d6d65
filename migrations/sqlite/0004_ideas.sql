-- Ideas that are written alone and held back until they are revealed.
--
-- The twin of this file is in ../postgres: the same tables and columns, BYTEA for BLOB.

ALTER TABLE session_round ADD COLUMN revealed_at BIGINT;     -- from then on its ideas change no more

-- An idea that nobody but its author has seen. It goes when it appears in a map.
CREATE TABLE idea (
    id          TEXT PRIMARY KEY,
    round       TEXT NOT NULL REFERENCES session_round (id) ON DELETE CASCADE,
    participant TEXT REFERENCES participant (id) ON DELETE CASCADE,  -- NULL once it is revealed
    text        TEXT NOT NULL,
    note        TEXT NOT NULL,
    node        TEXT,                           -- the node that it becomes, random; the order too
    created_at  BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL
);
CREATE INDEX idea_round ON idea (round, participant);
