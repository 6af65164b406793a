-- Search holds words and pairs of words, without their places: all that was sent is taken in again.
DROP TABLE search_words;
CREATE VIRTUAL TABLE search_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'"
);
INSERT INTO to_index (revision_id) SELECT id FROM revision WHERE sent_at IS NOT NULL AND withdrawn_at IS NULL
ON CONFLICT (revision_id) DO NOTHING;
