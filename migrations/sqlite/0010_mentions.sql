-- What maps say, in tables: written from their documents after every burst of changes, never by hand.
--
-- The twin of this file is in ../postgres: the same tables and columns.

-- How far a map's log is read into the tables below. What is not here, or behind, is read again.
CREATE TABLE map_read (
    map   TEXT PRIMARY KEY REFERENCES map (id) ON DELETE CASCADE,
    epoch BIGINT NOT NULL,
    seq   BIGINT NOT NULL
);

-- The nodes of all maps, those in the trash too.
CREATE TABLE map_node (
    map    TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    node   TEXT NOT NULL,
    parent TEXT NOT NULL,                       -- '' for the central topic
    live   BIGINT NOT NULL,                     -- 0: in the trash, or under what is
    kind   TEXT NOT NULL,
    text   TEXT NOT NULL,
    note   TEXT NOT NULL,
    PRIMARY KEY (map, node)
);

-- Where nodes are linked to gaps and solutions.
CREATE TABLE mention (
    map    TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    node   TEXT NOT NULL,
    target TEXT NOT NULL,                       -- as the link says it: gap:UUID
    record TEXT NOT NULL,                       -- what that became when records were merged; else the same
    branch TEXT NOT NULL,                       -- the main branch of the map that the node stands in
    live   BIGINT NOT NULL,
    fit    TEXT NOT NULL,
    maker  TEXT NOT NULL,
    at     BIGINT NOT NULL,
    PRIMARY KEY (map, node, target)
);
CREATE INDEX mention_record ON mention (record, map, node);

-- What analysts say of links. A link that nobody judged is proposed.
CREATE TABLE link_judgement (
    map    TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    node   TEXT NOT NULL,
    target TEXT NOT NULL,
    state  TEXT NOT NULL,                       -- confirmed, rejected
    at     BIGINT NOT NULL,
    actor  TEXT NOT NULL,
    PRIMARY KEY (map, node, target)
);

-- The gap that was made of a node: one at most.
CREATE TABLE node_gap (
    map  TEXT NOT NULL REFERENCES map (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    gap  TEXT NOT NULL REFERENCES gap (id),
    PRIMARY KEY (map, node)
);

-- Nodes are found like records; their words go with their map.
ALTER TABLE search_entry ADD COLUMN map TEXT REFERENCES map (id) ON DELETE CASCADE;
CREATE INDEX search_entry_map ON search_entry (map);
