-- Units in time. A row of unit is the stay of an organisation at one place of the tree under one code, for the days from
-- valid_from (NULL: always) to the day before valid_to (NULL: still). body_id: the first row of the same organisation; NULL
-- for the first itself. Rows of all times are numbered together, so what stood or stands below a row is one interval.

-- A dated decision that reorganises units of a tree. Entered, then applied once; taken back only by another that counters it.
-- effective: the first day on which it holds. file_name: the table that it was read from, or empty.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY,
    tree_id INTEGER NOT NULL REFERENCES tree (id),
    number TEXT NOT NULL,
    dated TEXT NOT NULL,
    issuer TEXT NOT NULL,
    title TEXT NOT NULL,
    effective TEXT NOT NULL,
    counters_id INTEGER CONSTRAINT decision_countered_once UNIQUE REFERENCES decision (id),
    file_name TEXT NOT NULL,
    entered_at INTEGER NOT NULL,
    entered_by INTEGER REFERENCES account (id),
    applied_at INTEGER,
    applied_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX decision_by_tree ON decision (tree_id, id);

-- One row of a decision, as JSON. line: where it stood in the table, the header being 1.
CREATE TABLE decision_change (
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    ord INTEGER NOT NULL,
    line INTEGER NOT NULL,
    change TEXT NOT NULL,
    PRIMARY KEY (decision_id, ord)
) STRICT;

-- A constraint of a table cannot be taken away here: the table is made anew, with the references to it left as they are.
CREATE TABLE unit_in_time (
    id INTEGER PRIMARY KEY,
    tree_id INTEGER NOT NULL REFERENCES tree (id),
    parent_id INTEGER REFERENCES unit_in_time (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    level INTEGER NOT NULL,
    lft INTEGER NOT NULL,
    rgt INTEGER NOT NULL,
    collective TEXT NOT NULL,
    symbol TEXT NOT NULL,
    head_name TEXT NOT NULL,
    parent_head TEXT NOT NULL,
    place TEXT NOT NULL,
    email TEXT NOT NULL,
    body_id INTEGER REFERENCES unit_in_time (id),
    valid_from TEXT,
    valid_to TEXT,
    began_by INTEGER REFERENCES decision (id),
    ended_by INTEGER REFERENCES decision (id)
) STRICT;
INSERT INTO unit_in_time
SELECT id, tree_id, parent_id, code, name, name_folded, kind, level, lft, rgt, collective, symbol, head_name, parent_head,
    place, email, NULL, NULL, NULL, NULL, NULL FROM unit;
DROP TABLE unit;
ALTER TABLE unit_in_time RENAME TO unit;
CREATE INDEX unit_by_interval ON unit (tree_id, lft);
CREATE INDEX unit_by_parent ON unit (parent_id);
CREATE UNIQUE INDEX unit_code_is_unique ON unit (tree_id, code, coalesce(valid_from, ''))
    WHERE valid_from IS NULL OR valid_to IS NULL OR valid_from < valid_to;
CREATE INDEX unit_ended ON unit (tree_id) WHERE valid_to IS NOT NULL;
CREATE INDEX unit_by_body ON unit (coalesce(body_id, id));
CREATE INDEX unit_by_beginning ON unit (began_by);
CREATE INDEX unit_by_end ON unit (ended_by);

-- What a row was called before it was named anew; the row holds what it is called last.
CREATE TABLE former_facts (
    id INTEGER PRIMARY KEY,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    valid_from TEXT,
    valid_to TEXT NOT NULL,
    decision_id INTEGER REFERENCES decision (id),
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    kind TEXT NOT NULL,
    collective TEXT NOT NULL,
    symbol TEXT NOT NULL,
    head_name TEXT NOT NULL,
    parent_head TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT;
CREATE INDEX former_facts_by_unit ON former_facts (unit_id);

-- That a unit, or some of it, went on in another. extent: whole, part, uncertain, unresolved. share: x/y, or empty.
CREATE TABLE succession (
    id INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    line INTEGER NOT NULL,
    from_unit_id INTEGER NOT NULL REFERENCES unit (id),
    to_unit_id INTEGER REFERENCES unit (id),
    extent TEXT NOT NULL,
    share TEXT NOT NULL,
    share_source TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX succession_by_decision ON succession (decision_id);
CREATE INDEX succession_by_origin ON succession (from_unit_id);
CREATE INDEX succession_by_successor ON succession (to_unit_id);

-- What became of an open assignment of a unit that ended. outcome: passed, merged, spread, ended, reopened.
-- into_id: the assignment that its draft was merged into.
CREATE TABLE hand_over (
    id INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL REFERENCES decision (id),
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    from_unit_id INTEGER NOT NULL REFERENCES unit (id),
    to_unit_id INTEGER REFERENCES unit (id),
    into_id INTEGER REFERENCES assignment (id),
    outcome TEXT NOT NULL,
    state_before TEXT NOT NULL
) STRICT;
CREATE INDEX hand_over_by_decision ON hand_over (decision_id);
CREATE INDEX hand_over_by_assignment ON hand_over (assignment_id);
