-- What is found by its title comes first, so titles are asked alone.
ALTER TABLE search_entry ADD COLUMN title_words TSVECTOR GENERATED ALWAYS AS (
    array_to_tsvector(string_to_array(title, ' '))
) STORED;
CREATE INDEX search_entry_title_words ON search_entry USING gin (title_words);
