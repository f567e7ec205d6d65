-- What is still to be done to the database beside any commit, so that it is done though a server ended.
--
-- The twin of this file is in ../sqlite: the same.

CREATE TABLE owed (
    what TEXT PRIMARY KEY                -- 'likeness', or 'sweep:' and something random
);

-- What the names look like of those who were there before 0017, as SQL alone does not come to it.
INSERT INTO owed (what) VALUES ('likeness');
