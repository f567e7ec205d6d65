-- What a session is run by: its rules, its agenda of rounds, templates, locks and checkpoints.
--
-- The twin of this file is in ../postgres: the same tables and columns, BYTEA for BLOB.

ALTER TABLE session ADD COLUMN anonymity TEXT NOT NULL DEFAULT 'all';        -- who sees names
ALTER TABLE session ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN retain_until TEXT;                            -- a calendar date
ALTER TABLE session ADD COLUMN authorship TEXT NOT NULL DEFAULT 'everyone';  -- own: each their own nodes
ALTER TABLE session ADD COLUMN round TEXT;                                   -- the one that is on
ALTER TABLE session ADD COLUMN round_ends BIGINT;                            -- NULL: no timer runs
ALTER TABLE session ADD COLUMN round_left BIGINT;                            -- while the timer is paused

-- By which invite somebody came, and when that was taken back from under them.
ALTER TABLE participant ADD COLUMN invite TEXT;
ALTER TABLE participant ADD COLUMN shut_out_at BIGINT;
CREATE INDEX participant_invite ON participant (invite);

-- One item of a session's agenda.
CREATE TABLE session_round (
    id        TEXT PRIMARY KEY,
    session   TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    place     BIGINT NOT NULL,                  -- from 1 on
    title     TEXT NOT NULL,
    method    TEXT NOT NULL,
    prompt    TEXT NOT NULL,
    minutes   BIGINT,                           -- NULL: no timer
    votes     BIGINT,                           -- for each person, where the method is vote
    vote_kind TEXT,                             -- only nodes of this kind
    target    TEXT,                             -- the node under which ideas appear
    may_add   SMALLINT,                         -- NULL: as the method says
    may_edit  TEXT,
    may_link  SMALLINT,
    state     TEXT NOT NULL                     -- waiting, running, done
);
CREATE INDEX session_round_session ON session_round (session);

-- What somebody saved to begin other sessions with.
CREATE TABLE template (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    outline    TEXT NOT NULL,                   -- the first branches, as indented text
    created_at BIGINT NOT NULL
);

CREATE TABLE template_round (
    template  TEXT NOT NULL REFERENCES template (id) ON DELETE CASCADE,
    place     BIGINT NOT NULL,
    title     TEXT NOT NULL,
    method    TEXT NOT NULL,
    prompt    TEXT NOT NULL,
    minutes   BIGINT,
    votes     BIGINT,
    vote_kind TEXT,
    may_add   SMALLINT,
    may_edit  TEXT,
    may_link  SMALLINT,
    PRIMARY KEY (template, place)
);

-- A branch that only facilitators may change.
CREATE TABLE map_lock (
    map  TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    at   BIGINT NOT NULL,
    PRIMARY KEY (map, node)
);

-- A place in a map's log that has a name.
CREATE TABLE checkpoint (
    id         TEXT PRIMARY KEY,
    map        TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    seq        BIGINT NOT NULL,
    epoch      BIGINT NOT NULL,
    title      TEXT NOT NULL,
    at         BIGINT NOT NULL,
    round      TEXT,                            -- the round that ended there, if one did
    made_by    TEXT NOT NULL                    -- as in the audit
);
CREATE INDEX checkpoint_map ON checkpoint (map);
