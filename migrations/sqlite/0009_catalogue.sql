-- The catalogue: gaps, solutions, fits, evidence; what they are found by; how they changed.
--
-- The twin of this file is in ../postgres: the same tables and columns. What lists filter or sort
-- by, or coverage is computed from, is a column; empty there is '' or 0. The rest of a record lies
-- together in `fields`, one JSON object. Columns of actors hold what the audit holds.

-- The next number that people will see, of each kind.
CREATE TABLE record_number (
    kind TEXT PRIMARY KEY,
    next BIGINT NOT NULL
);
INSERT INTO record_number (kind, next) VALUES ('gap', 1), ('solution', 1), ('fit', 1), ('evidence', 1);

CREATE TABLE gap (
    id            TEXT PRIMARY KEY,
    number        BIGINT NOT NULL UNIQUE,
    version       BIGINT NOT NULL,
    state         TEXT NOT NULL,
    tlp           TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT NOT NULL,
    changed_at    BIGINT NOT NULL,
    changed_by    TEXT NOT NULL,
    merged_into   TEXT REFERENCES gap (id),
    fields        TEXT NOT NULL,
    sort_title    TEXT NOT NULL,                -- the words of its title
    title         TEXT NOT NULL,
    thor          TEXT NOT NULL,                -- words, parted by |
    impact        BIGINT NOT NULL,
    urgency       BIGINT NOT NULL,
    votes         BIGINT NOT NULL,
    last_searched TEXT NOT NULL,
    -- Computed from its fits in every transaction that changes what they rest on.
    light         TEXT NOT NULL,
    solutions     BIGINT NOT NULL,
    best_trl      BIGINT                        -- NULL: none is known
);
CREATE INDEX gap_changed ON gap (changed_at, id);
CREATE INDEX gap_title ON gap (sort_title, id);
CREATE INDEX gap_impact ON gap (impact, id);
CREATE INDEX gap_urgency ON gap (urgency, id);
CREATE INDEX gap_votes ON gap (votes, id);
CREATE INDEX gap_light ON gap (light, id);
CREATE INDEX gap_state ON gap (state, id);

CREATE TABLE solution (
    id            TEXT PRIMARY KEY,
    number        BIGINT NOT NULL UNIQUE,
    version       BIGINT NOT NULL,
    state         TEXT NOT NULL,
    tlp           TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    created_by    TEXT NOT NULL,
    changed_at    BIGINT NOT NULL,
    changed_by    TEXT NOT NULL,
    merged_into   TEXT REFERENCES solution (id),
    fields        TEXT NOT NULL,
    sort_title    TEXT NOT NULL,
    name          TEXT NOT NULL,
    kind          TEXT NOT NULL,
    programme     TEXT NOT NULL,
    grant_number  TEXT NOT NULL,
    trl_low       BIGINT NOT NULL,
    trl_high      BIGINT NOT NULL,
    trl_target_low  BIGINT NOT NULL,
    trl_target_high BIGINT NOT NULL,
    trl_basis     TEXT NOT NULL,
    lifecycle     TEXT NOT NULL,
    market_status TEXT NOT NULL,
    parent        TEXT NOT NULL,                -- the id of a solution
    last_checked  TEXT NOT NULL,
    next_check    TEXT NOT NULL
);
CREATE INDEX solution_changed ON solution (changed_at, id);
CREATE INDEX solution_title ON solution (sort_title, id);
CREATE INDEX solution_trl ON solution (trl_low, id);
CREATE INDEX solution_checked ON solution (last_checked, id);
CREATE INDEX solution_next_check ON solution (next_check, id);
CREATE INDEX solution_kind ON solution (kind, id);
CREATE INDEX solution_state ON solution (state, id);
CREATE INDEX solution_market ON solution (market_status, id);
CREATE INDEX solution_lifecycle ON solution (lifecycle, id);
CREATE INDEX solution_parent ON solution (parent, id);
CREATE INDEX solution_grant ON solution (grant_number, programme);

CREATE TABLE fit (
    id          TEXT PRIMARY KEY,
    number      BIGINT NOT NULL UNIQUE,
    version     BIGINT NOT NULL,
    state       TEXT NOT NULL,
    tlp         TEXT NOT NULL,
    created_at  BIGINT NOT NULL,
    created_by  TEXT NOT NULL,
    changed_at  BIGINT NOT NULL,
    changed_by  TEXT NOT NULL,
    merged_into TEXT,
    fields      TEXT NOT NULL,
    sort_title  TEXT NOT NULL,
    gap         TEXT NOT NULL REFERENCES gap (id),
    solution    TEXT NOT NULL REFERENCES solution (id),
    degree      TEXT NOT NULL
);
CREATE INDEX fit_changed ON fit (changed_at, id);
CREATE INDEX fit_gap ON fit (gap, id);
CREATE INDEX fit_solution ON fit (solution, id);
CREATE INDEX fit_state ON fit (state, id);
CREATE UNIQUE INDEX fit_live ON fit (gap, solution) WHERE state IN ('proposed', 'under_review', 'accepted');

-- What one person scores a fit, each 1 to 5; NULL says "not my domain".
CREATE TABLE fit_score (
    fit                  TEXT NOT NULL REFERENCES fit (id) ON DELETE CASCADE,
    account              TEXT NOT NULL,
    operational_priority BIGINT,
    maturity             BIGINT,
    standardisation      BIGINT,
    interoperability     BIGINT,
    current_use          BIGINT,
    at                   BIGINT NOT NULL,
    PRIMARY KEY (fit, account)
);

CREATE TABLE evidence (
    id           TEXT PRIMARY KEY,
    number       BIGINT NOT NULL UNIQUE,
    version      BIGINT NOT NULL,
    state        TEXT NOT NULL,
    tlp          TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    created_by   TEXT NOT NULL,
    changed_at   BIGINT NOT NULL,
    changed_by   TEXT NOT NULL,
    merged_into  TEXT,
    fields       TEXT NOT NULL,
    sort_title   TEXT NOT NULL,
    target       TEXT NOT NULL,                 -- kind:id
    kind         TEXT NOT NULL,
    title        TEXT NOT NULL,
    date_checked TEXT NOT NULL,
    conflict     BIGINT NOT NULL                -- 1: another source says otherwise
);
CREATE INDEX evidence_changed ON evidence (changed_at, id);
CREATE INDEX evidence_target ON evidence (target, id);
CREATE INDEX evidence_checked ON evidence (date_checked, id);
CREATE INDEX evidence_conflict ON evidence (conflict, id);

-- How records changed, one row a version; the first says how they began.
CREATE TABLE record_change (
    kind    TEXT NOT NULL,
    id      TEXT NOT NULL,
    version BIGINT NOT NULL,
    at      BIGINT NOT NULL,
    actor   TEXT NOT NULL,
    cause   TEXT NOT NULL,                      -- edit, import, merge, undo
    changes TEXT NOT NULL,                      -- JSON: [{field, before, after}]
    PRIMARY KEY (kind, id, version)
);

-- The numbers of records that became others, and which.
CREATE TABLE record_alias (
    kind   TEXT NOT NULL,
    number BIGINT NOT NULL,
    id     TEXT NOT NULL,
    PRIMARY KEY (kind, number)
);

CREATE TABLE tag (
    id         TEXT PRIMARY KEY,
    scheme     TEXT NOT NULL,                   -- '' for tags that anybody adds
    name       TEXT NOT NULL,
    about      TEXT NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (scheme, name)
);

CREATE TABLE record_tag (
    kind   TEXT NOT NULL,
    record TEXT NOT NULL,
    tag    TEXT NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    place  BIGINT NOT NULL,
    PRIMARY KEY (kind, record, tag)
);
CREATE INDEX record_tag_tag ON record_tag (tag, kind, record);

CREATE TABLE gap_group (
    gap                TEXT NOT NULL REFERENCES gap (id) ON DELETE CASCADE,
    practitioner_group TEXT NOT NULL REFERENCES practitioner_group (id),
    place              BIGINT NOT NULL,
    PRIMARY KEY (gap, practitioner_group)
);
CREATE INDEX gap_group_group ON gap_group (practitioner_group, gap);

CREATE TABLE external_id (
    solution TEXT NOT NULL REFERENCES solution (id) ON DELETE CASCADE,
    scheme   TEXT NOT NULL,
    value    TEXT NOT NULL,
    place    BIGINT NOT NULL,
    PRIMARY KEY (solution, scheme, value)
);
CREATE INDEX external_id_value ON external_id (scheme, value);

-- What anything is found by: words that are made alike before they come here.
CREATE TABLE search_entry (
    doc   INTEGER PRIMARY KEY,
    kind  TEXT NOT NULL,
    id    TEXT NOT NULL,
    title TEXT NOT NULL,
    body  TEXT NOT NULL,
    UNIQUE (kind, id)
);
CREATE VIRTUAL TABLE search_word USING fts5 (
    title, body, content = 'search_entry', content_rowid = 'doc', detail = 'column',
    tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_word (rowid, title, body) VALUES (new.doc, new.title, new.body);
END;
CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_word (search_word, rowid, title, body)
    VALUES ('delete', old.doc, old.title, old.body);
END;
CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
    INSERT INTO search_word (search_word, rowid, title, body)
    VALUES ('delete', old.doc, old.title, old.body);
    INSERT INTO search_word (rowid, title, body) VALUES (new.doc, new.title, new.body);
END;
