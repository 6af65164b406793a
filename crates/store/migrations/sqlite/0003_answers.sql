-- What a unit answers to a finding of the checks. The answer of the highest revision up to the shown one counts,
-- so a revision that was sent keeps what was answered then.
CREATE TABLE finding_answer (
    id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    revision INTEGER NOT NULL,
    finding_key TEXT NOT NULL,
    code TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    answered_by INTEGER REFERENCES account (id),
    CONSTRAINT one_answer_per_revision UNIQUE (assignment_id, revision, finding_key)
) STRICT;
