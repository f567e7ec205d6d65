-- Servers that share this database. One that has not renewed its lease owns nothing any more.
CREATE TABLE server (
    id    TEXT PRIMARY KEY,                    -- UUID v7, another at each start
    until BIGINT NOT NULL                      -- milliseconds since 1970, by the database's clock
);

-- The server that has the map, by the fencing number that it took; '' while none has. Only servers
-- that share the database look here.
ALTER TABLE map ADD COLUMN owner TEXT NOT NULL DEFAULT '';

-- What servers of this database call one another by, where others use the same NATS. One row, from
-- the first server that has others.
CREATE TABLE cluster (
    id   SMALLINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL
);
