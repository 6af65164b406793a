-- Sent revisions that search and the finding of copies have not taken in yet.
CREATE TABLE to_index (
    revision_id INTEGER PRIMARY KEY REFERENCES revision (id)
) STRICT;
INSERT INTO to_index (revision_id) SELECT id FROM revision WHERE sent_at IS NOT NULL AND withdrawn_at IS NULL;

-- The fingerprint by which texts like a sent one are found. Ids follow the order in which they were taken in.
CREATE TABLE text_signature (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    revision_id INTEGER NOT NULL CONSTRAINT text_signature_once UNIQUE REFERENCES revision (id),
    bins BLOB NOT NULL
) STRICT;
CREATE INDEX text_signature_by_campaign ON text_signature (campaign_id, id);

-- Two sent revisions whose texts share `shared` of the `total` word runs that either has.
CREATE TABLE copy_pair (
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    other_id INTEGER NOT NULL REFERENCES revision (id),
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    shared INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (revision_id, other_id)
) STRICT;
CREATE INDEX copy_pair_by_campaign ON copy_pair (campaign_id);
CREATE INDEX copy_pair_by_other ON copy_pair (other_id);

-- The words of sent texts without marks, one row a section; what the rowid says stands in the store's search.
CREATE VIRTUAL TABLE search_words USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii'
);
