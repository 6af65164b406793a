-- Search holds words and pairs of words, without their places: all that was sent is taken in again.
-- The words lie apart from the rows, so that looking at many rows reads few pages.
DROP TABLE search_words;
CREATE TABLE search_words (
    id BIGINT PRIMARY KEY,
    words TSVECTOR NOT NULL
) WITH (toast_tuple_target = 128);
CREATE INDEX search_words_by_word ON search_words USING GIN (words);

-- The planner does not count what it costs to unpack the words of a row, and would rather look at all rows in order.
CREATE FUNCTION search_rows(asked TSQUERY, first_row BIGINT, last_row BIGINT, most BIGINT)
RETURNS SETOF BIGINT LANGUAGE sql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET max_parallel_workers_per_gather = 0
AS $$
    SELECT id FROM search_words WHERE words @@ asked AND id BETWEEN first_row AND last_row ORDER BY id LIMIT most
$$;

INSERT INTO to_index (revision_id) SELECT id FROM revision WHERE sent_at IS NOT NULL AND withdrawn_at IS NULL
ON CONFLICT (revision_id) DO NOTHING;
