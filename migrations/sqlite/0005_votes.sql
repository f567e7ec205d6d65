-- Votes: secret while they are given, sums afterwards.
--
-- The twin of this file is in ../postgres: the same tables and columns, BYTEA for BLOB.

-- How many of their votes somebody gives to a node, until the vote is closed.
CREATE TABLE ballot (
    round       TEXT NOT NULL REFERENCES session_round (id) ON DELETE CASCADE,
    participant TEXT NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
    map         TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    node        TEXT NOT NULL,
    n           BIGINT NOT NULL,
    PRIMARY KEY (round, participant, node)
);

-- What a node got in a vote that is closed. Whose votes those were is nowhere.
CREATE TABLE tally (
    map   TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    round TEXT NOT NULL,
    node  TEXT NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (map, round, node)
);
