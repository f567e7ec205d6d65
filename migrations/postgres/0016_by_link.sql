-- Whether a sign-in was by a link that an administrator made: whoever lost their password sets a new one with it.
--
-- The twin of this file is in ../sqlite: the same.

ALTER TABLE sign_in ADD COLUMN by_link BIGINT NOT NULL DEFAULT 0;   -- 1 until a password is set
