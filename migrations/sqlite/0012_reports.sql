-- Reports, and what each was made of.
--
-- The twin of this file is in ../postgres: the same tables and columns.

CREATE TABLE report (
    id            TEXT PRIMARY KEY,
    number        BIGINT NOT NULL UNIQUE,
    version       BIGINT NOT NULL,
    state         TEXT NOT NULL,
    title         TEXT NOT NULL,
    level         TEXT NOT NULL,                -- PU or SEN
    draft         TEXT NOT NULL,                -- all that people decided of it, as one JSON object
    previous      TEXT REFERENCES report (id),  -- the report that it follows
    created_at    BIGINT NOT NULL,
    created_by    TEXT NOT NULL,                -- as the audit writes it, here and below
    changed_at    BIGINT NOT NULL,
    changed_by    TEXT NOT NULL,
    submitted_at  BIGINT,
    submitted_by  TEXT,
    approved_at   BIGINT,
    approved_by   TEXT,
    published_at  BIGINT,
    -- What was read when it went to review, as JSON; from then on the report is made of this alone.
    snapshot      TEXT,
    snapshot_hash TEXT                          -- its SHA-256, in hexadecimal
);
CREATE INDEX report_previous ON report (previous);

INSERT INTO record_number (kind, next) VALUES ('report', 1);
