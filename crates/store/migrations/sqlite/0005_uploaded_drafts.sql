-- Files in which a unit wrote its report elsewhere, until they are taken into the draft or set aside.
-- state: pending, applied or discarded. placed: JSON list of the loose parts that were given a section.
CREATE TABLE uploaded_draft (
    id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    file_name TEXT NOT NULL,
    blob_sha256 TEXT NOT NULL REFERENCES blob (sha256),
    size_bytes INTEGER NOT NULL,
    uploaded_at INTEGER NOT NULL,
    uploaded_by INTEGER REFERENCES account (id),
    state TEXT NOT NULL,
    placed TEXT NOT NULL,
    loose_left INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;
CREATE INDEX uploaded_draft_by_assignment ON uploaded_draft (assignment_id);
