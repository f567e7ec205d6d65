-- Imports: the files, what was seen in them, what a person decided, and what they changed.
--
-- The twin of this file is in ../sqlite: the same tables and columns, BLOB for BYTEA.

CREATE TABLE import (
    id          TEXT PRIMARY KEY,
    state       TEXT NOT NULL,                  -- uploading, uploaded, reading, ready, applying, applied,
                                                -- stopped, undoing, undone, cancelled, failed
    stop        BIGINT NOT NULL,                -- 1: whoever works on it shall stop
    beat        BIGINT NOT NULL,                -- when somebody last worked on it
    file_name   TEXT NOT NULL,
    bytes       BIGINT NOT NULL,
    hash        TEXT NOT NULL,                  -- SHA-256 of the file, in hex
    source      TEXT NOT NULL,                  -- '' before it is said
    mapping     TEXT NOT NULL,                  -- JSON, as it was when the file was read; or ''
    mapping_name TEXT NOT NULL,
    otherwise   TEXT NOT NULL,                  -- keep, take: conflicts that nobody decided
    problem     TEXT NOT NULL,                  -- why the file was refused
    n_parts     BIGINT NOT NULL,
    n_read      BIGINT NOT NULL,                -- rows, of the last reading
    n_created   BIGINT NOT NULL,
    n_changed   BIGINT NOT NULL,
    n_same      BIGINT NOT NULL,
    n_conflicts BIGINT NOT NULL,                -- rows with one or more
    n_rejected  BIGINT NOT NULL,
    n_notes     BIGINT NOT NULL,
    n_total     BIGINT NOT NULL,                -- rows of the file, once it was read to its end
    n_left      BIGINT NOT NULL,                -- what an undo left as it was
    created_at  BIGINT NOT NULL,
    created_by  TEXT NOT NULL,
    finished_at BIGINT
);

-- The file, in pieces, for as long as it may still be read.
CREATE TABLE import_part (
    import TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    place  BIGINT NOT NULL,
    body   BYTEA NOT NULL,
    PRIMARY KEY (import, place)
);

-- What a preview shows: every row that changes something, the first of those that make a record.
CREATE TABLE import_row (
    import    TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line      BIGINT NOT NULL,
    verdict   TEXT NOT NULL,                    -- create, change
    kind      TEXT NOT NULL,
    record    TEXT NOT NULL,                    -- '' for one that is to be made
    title     TEXT NOT NULL,
    conflicts BIGINT NOT NULL,
    detail    TEXT NOT NULL,                    -- JSON: changes, conflicts, kept
    PRIMARY KEY (import, line)
);

-- What a person decided.
CREATE TABLE import_decision (
    import TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    line   BIGINT NOT NULL,
    field  TEXT NOT NULL,
    takes  TEXT NOT NULL,                       -- yours: the file's value; theirs: the record's
    PRIMARY KEY (import, line, field)
);

-- What was not taken, or taken with a remark; of each import the first ones.
CREATE TABLE import_note (
    import TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    place  BIGINT NOT NULL,
    kind   TEXT NOT NULL,                       -- rejected, note, left
    line   BIGINT NOT NULL,
    name   TEXT NOT NULL,                       -- the column, or the record's number
    reason TEXT NOT NULL,
    PRIMARY KEY (import, place)
);

-- Which records an import made or changed, and between which versions.
CREATE TABLE import_change (
    import TEXT NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    kind   TEXT NOT NULL,
    record TEXT NOT NULL,
    before BIGINT NOT NULL,                     -- 0: it made it
    after  BIGINT NOT NULL,
    PRIMARY KEY (import, kind, record)
);
CREATE INDEX import_change_record ON import_change (record, import);

-- What files call the records that came from them, for other files to point at.
CREATE TABLE import_key (
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE TABLE import_mapping (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    mapping    TEXT NOT NULL,                   -- JSON
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
