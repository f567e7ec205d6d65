-- Maps and their logs.
--
-- The twin of this file is in ../postgres: the same tables and columns, BYTEA for BLOB.

-- A mind map. Its content is in the log; this row is what is known without reading that.
CREATE TABLE map (
    id         TEXT PRIMARY KEY,
    session    TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    title      TEXT NOT NULL,
    state      TEXT NOT NULL,                   -- open, locked, archived
    epoch      BIGINT NOT NULL,                 -- which history; another one is never merged with it
    fence      BIGINT NOT NULL,                 -- who owns the map now: each owner takes the next number
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX map_session ON map (session);

-- Every update that was ever accepted, in order, each with the hash of the one before.
CREATE TABLE update_log (
    map         TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    seq         BIGINT NOT NULL,                -- from 1, without gaps
    epoch       BIGINT NOT NULL,
    at          BIGINT NOT NULL,
    participant TEXT NOT NULL,                  -- a pseudonym's id, or '' for the server itself
    kind        TEXT NOT NULL,                  -- genesis: a whole document; edit: what was added
    body        BLOB NOT NULL,                  -- a Yjs update, v1
    prev_hash   BLOB NOT NULL,
    hash        BLOB NOT NULL,
    PRIMARY KEY (map, seq)
) WITHOUT ROWID;

-- A document's state at one place of its log, so that opening need not replay all of it.
CREATE TABLE snapshot (
    map          TEXT PRIMARY KEY REFERENCES map (id) ON DELETE CASCADE,
    epoch        BIGINT NOT NULL,
    seq          BIGINT NOT NULL,               -- the last update that is in it
    state_vector BLOB NOT NULL,
    state        BLOB NOT NULL,
    created_at   BIGINT NOT NULL
);

-- Whose a Yjs client id is: of the participant who used it first.
CREATE TABLE map_client (
    map         TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    client      BIGINT NOT NULL,
    participant TEXT NOT NULL,
    PRIMARY KEY (map, client)
) WITHOUT ROWID;
