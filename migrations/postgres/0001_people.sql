-- Accounts, groups, sessions, and those who take part.
--
-- The twin of this file is in ../sqlite: the same tables and columns, BLOB for BYTEA.
-- Ids are UUID version 7 in lower case with hyphens; times are milliseconds since 1970, UTC.
-- Of every secret only the SHA-256 is kept.

-- Somebody who signs in: facilitators, analysts, reviewers, administrators.
CREATE TABLE account (
    id            TEXT PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,         -- lower case
    name          TEXT NOT NULL,
    role          TEXT NOT NULL,
    password_hash TEXT,                         -- argon2id; NULL until a password is set
    disabled_at   BIGINT,
    version       BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL
);

-- A browser in which somebody signed in.
CREATE TABLE sign_in (
    secret_hash BYTEA PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX sign_in_account ON sign_in (account);

-- A link that signs in once, such as the one a first start prints.
CREATE TABLE sign_in_link (
    secret_hash BYTEA PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);

-- What a script shows in place of a password.
CREATE TABLE api_token (
    id          TEXT PRIMARY KEY,
    account     TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    name        TEXT NOT NULL,
    secret_hash BYTEA NOT NULL UNIQUE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    revoked_at  BIGINT
);
CREATE INDEX api_token_account ON api_token (account);

-- A Practitioners' Group.
CREATE TABLE practitioner_group (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    scope      TEXT NOT NULL,
    origin     TEXT NOT NULL,
    state      TEXT NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- A workshop sitting.
CREATE TABLE session (
    id         TEXT PRIMARY KEY,
    title      TEXT NOT NULL,
    theme      TEXT NOT NULL,
    state      TEXT NOT NULL,
    tlp        TEXT NOT NULL,
    house_rule SMALLINT NOT NULL,               -- 1: held under the Chatham House rule
    held_on    TEXT,                            -- a calendar date, such as 2026-11-23
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Which groups a session is for, in the order they were given.
CREATE TABLE session_group (
    session            TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    practitioner_group TEXT NOT NULL REFERENCES practitioner_group (id),
    place              SMALLINT NOT NULL,
    PRIMARY KEY (session, practitioner_group)
);
CREATE INDEX session_group_group ON session_group (practitioner_group);

-- A join link. Its code is no secret to those in the room: it is shown on a wall.
CREATE TABLE invite (
    id         TEXT PRIMARY KEY,
    session    TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    code       TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    max_uses   BIGINT,                          -- NULL: as many as come
    uses       BIGINT NOT NULL,
    revoked_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX invite_session ON invite (session);

-- A pseudonym in one session. Nothing here says who it is.
CREATE TABLE participant (
    id          TEXT PRIMARY KEY,
    session     TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    pseudonym   TEXT NOT NULL,
    role        TEXT NOT NULL,
    device_hash BYTEA,                          -- so that the same device is the same participant
    notice      TEXT,                           -- version of the notice shown on joining
    joined_at   BIGINT NOT NULL,
    removed_at  BIGINT,
    UNIQUE (session, pseudonym),
    UNIQUE (session, device_hash)
);

-- What a participant's client shows when it has no cookie.
CREATE TABLE participant_token (
    secret_hash BYTEA PRIMARY KEY,
    participant TEXT NOT NULL REFERENCES participant (id) ON DELETE CASCADE,
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);
CREATE INDEX participant_token_participant ON participant_token (participant);

-- Which account stands behind a participant: the one row that an erasure deletes.
CREATE TABLE participant_account (
    participant TEXT PRIMARY KEY REFERENCES participant (id) ON DELETE CASCADE,
    session     TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    account     TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    UNIQUE (session, account)
);

-- Who did what, when: each row carries the hash of the one before.
CREATE TABLE audit_event (
    seq       BIGINT PRIMARY KEY,               -- from 1, without gaps
    at        BIGINT NOT NULL,
    actor     TEXT NOT NULL,                    -- "account:<id>", "participant:<id>" or "command"
    action    TEXT NOT NULL,
    target    TEXT NOT NULL,
    detail    TEXT NOT NULL,
    prev_hash BYTEA NOT NULL,
    hash      BYTEA NOT NULL
);

-- The end of the chain, one row: whoever appends updates it first, and so waits its turn.
CREATE TABLE audit_head (
    id   SMALLINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
INSERT INTO audit_head (id, seq, hash)
VALUES (1, 0, '\x0000000000000000000000000000000000000000000000000000000000000000');

-- One row that the readiness check writes, to know that a commit goes through.
CREATE TABLE heartbeat (
    id SMALLINT PRIMARY KEY CHECK (id = 1),
    at BIGINT NOT NULL
);
INSERT INTO heartbeat (id, at) VALUES (1, 0);
