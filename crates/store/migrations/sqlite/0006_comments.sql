-- Remarks of the unit on a section of its own draft; they stay through later revisions and are never taken away.
CREATE TABLE section_comment (
    id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    quote TEXT NOT NULL,
    words TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    written_by INTEGER NOT NULL REFERENCES account (id),
    resolved_at INTEGER,
    resolved_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX section_comment_by_section ON section_comment (assignment_id, section_id, id);

-- Who of the unit writes a section; nobody in particular while there is no row.
CREATE TABLE section_holder (
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    note TEXT NOT NULL,
    handed_at INTEGER NOT NULL,
    handed_by INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (assignment_id, section_id)
) STRICT;
CREATE INDEX section_holder_by_account ON section_holder (account_id, assignment_id);
