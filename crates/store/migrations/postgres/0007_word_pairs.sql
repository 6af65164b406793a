-- Search holds words and pairs of words, without their places: all that was sent is taken in again.
DELETE FROM search_words;
INSERT INTO to_index (revision_id) SELECT id FROM revision WHERE sent_at IS NOT NULL AND withdrawn_at IS NULL
ON CONFLICT (revision_id) DO NOTHING;
