-- Times are microseconds since 1970 UTC, days ISO text, flags 0 or 1. Exact decimals are text.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE tree (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- lft..rgt is the preorder interval of the unit and everything below it.
CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    tree_id INTEGER NOT NULL REFERENCES tree (id),
    parent_id INTEGER REFERENCES unit (id),
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
    CONSTRAINT unit_code_is_unique UNIQUE (tree_id, code)
) STRICT;
CREATE INDEX unit_by_interval ON unit (tree_id, lft);
CREATE INDEX unit_by_parent ON unit (parent_id);

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL CONSTRAINT account_login_is_unique UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    is_active INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- A role held in a unit.
CREATE TABLE account_role (
    account_id INTEGER NOT NULL REFERENCES account (id),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    role TEXT NOT NULL,
    PRIMARY KEY (account_id, unit_id, role)
) STRICT;
CREATE INDEX account_role_by_unit ON account_role (unit_id);

-- Browser sessions and API tokens; only the hash of the secret is kept.
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_account ON session (account_id);

-- Stored files by content.
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- document: the neutral document tree; reading: what was read; confirmed: the plan as a person confirmed it (all JSON).
CREATE TABLE plan (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    blob_sha256 TEXT NOT NULL REFERENCES blob (sha256),
    document TEXT NOT NULL,
    reading TEXT NOT NULL,
    edited TEXT NOT NULL,
    confirmed_by INTEGER REFERENCES account (id),
    confirmed_at INTEGER,
    created_by INTEGER REFERENCES account (id),
    created_at INTEGER NOT NULL
) STRICT;

-- years: the columns of yearly figures, ascending, joined by commas.
CREATE TABLE campaign (
    id INTEGER PRIMARY KEY,
    short_id TEXT NOT NULL CONSTRAINT campaign_short_id_is_unique UNIQUE,
    plan_id INTEGER REFERENCES plan (id),
    tree_id INTEGER NOT NULL REFERENCES tree (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    period_from TEXT,
    period_to TEXT,
    years TEXT NOT NULL,
    due_policy TEXT NOT NULL,
    profile TEXT NOT NULL,
    lead_unit_id INTEGER REFERENCES unit (id),
    coordinating_unit_id INTEGER REFERENCES unit (id),
    days_to_consolidate INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    issued_at INTEGER,
    closed_at INTEGER
) STRICT;

CREATE TABLE section (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    ord INTEGER NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    level INTEGER NOT NULL,
    guidance TEXT NOT NULL,
    writable TEXT NOT NULL
) STRICT;
CREATE INDEX section_by_campaign ON section (campaign_id, ord);

-- numerator and denominator are codes joined by +; the denominator of a share is its weight. total_of is joined by +.
CREATE TABLE indicator (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    ord INTEGER NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    rule TEXT NOT NULL,
    numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    grain TEXT NOT NULL,
    hint TEXT NOT NULL,
    total_of TEXT NOT NULL,
    is_required INTEGER NOT NULL,
    CONSTRAINT indicator_code_is_unique UNIQUE (campaign_id, code)
) STRICT;

-- Who owes the report, to whom, through whom, by when, adopted by whom; and where it stands.
-- due_at is the last moment that is on time under the campaign's policy; original_due_at the one before an extension.
-- due_setter_id: the unit that sets the due of this assignment, when the plan delegates it.
-- adds: its figures add up into the totals above (others only cross-check or consolidate).
-- source: the words of the plan that it follows from; empty for one that was added by hand.
CREATE TABLE assignment (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    drafted_by_id INTEGER REFERENCES unit (id),
    addressee_id INTEGER REFERENCES unit (id),
    addressee_name TEXT NOT NULL,
    via_id INTEGER REFERENCES unit (id),
    deliverable TEXT NOT NULL,
    adopted_by TEXT NOT NULL,
    due_phrase TEXT NOT NULL,
    due_date TEXT,
    due_inclusive INTEGER NOT NULL,
    due_at INTEGER,
    original_due_at INTEGER,
    due_setter_id INTEGER REFERENCES unit (id),
    adds INTEGER NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    state_since INTEGER NOT NULL,
    state_reason TEXT NOT NULL,
    revision INTEGER NOT NULL,
    first_sent_at INTEGER,
    sent_at INTEGER,
    CONSTRAINT assignment_once_per_unit UNIQUE (campaign_id, unit_id)
) STRICT;
CREATE INDEX assignment_by_unit ON assignment (unit_id);
CREATE INDEX assignment_by_drafter ON assignment (drafted_by_id);
CREATE INDEX assignment_by_addressee ON assignment (addressee_id);
CREATE INDEX assignment_by_via ON assignment (via_id);
CREATE INDEX assignment_by_due_setter ON assignment (due_setter_id);

-- Duties of the plan that are no reports.
CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    due_phrase TEXT NOT NULL,
    due_date TEXT,
    done_at INTEGER
) STRICT;
CREATE INDEX task_by_campaign ON task (campaign_id);

-- One numbered revision of a report. figures: {"CT01": {"2018": "90608", "2019": "na"}}.
-- adopted_hash: hash of the text and figures that the collective adopted; content_hash: of what was sent.
-- withdrawn_at: asked back before anybody received it; it then counts as never sent.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    number INTEGER NOT NULL,
    figures TEXT NOT NULL,
    figures_version INTEGER NOT NULL,
    adopted_hash TEXT,
    content_hash TEXT,
    sent_at INTEGER,
    withdrawn_at INTEGER,
    created_at INTEGER NOT NULL,
    CONSTRAINT revision_number_is_unique UNIQUE (assignment_id, number)
) STRICT;

-- passages: JSON list with sources, NULL while the unit wrote everything itself.
CREATE TABLE section_text (
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    text TEXT NOT NULL,
    passages TEXT,
    version INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    saved_by INTEGER REFERENCES account (id),
    PRIMARY KEY (revision_id, section_id)
) STRICT;

-- Every text that was ever saved. is_conflict: saved while somebody else had saved a newer one; kept until settled.
CREATE TABLE section_version (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    passages TEXT,
    is_conflict INTEGER NOT NULL,
    settled_at INTEGER,
    saved_at INTEGER NOT NULL,
    saved_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX section_version_by_section ON section_version (revision_id, section_id, id);

-- Who has a section open for writing now.
CREATE TABLE section_presence (
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (revision_id, section_id, account_id)
) STRICT;

CREATE TABLE attachment (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    blob_sha256 TEXT NOT NULL REFERENCES blob (sha256),
    added_at INTEGER NOT NULL,
    added_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX attachment_by_revision ON attachment (revision_id);

-- Records of votes, failed ones too. record: the minutes as JSON; fingerprint: hashes of the parts voted on, as JSON.
CREATE TABLE adoption (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    record TEXT NOT NULL,
    passes INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX adoption_by_revision ON adoption (revision_id);

-- Numbers run per issuer, type and term of the committee.
CREATE TABLE issued_document (
    revision_id INTEGER PRIMARY KEY REFERENCES revision (id),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    kind TEXT NOT NULL,
    term TEXT NOT NULL,
    number INTEGER NOT NULL,
    symbol TEXT NOT NULL,
    dated TEXT NOT NULL,
    place TEXT NOT NULL,
    authority TEXT NOT NULL,
    position TEXT NOT NULL,
    signer TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by INTEGER REFERENCES account (id),
    CONSTRAINT issued_number_is_unique UNIQUE (unit_id, kind, term, number)
) STRICT;

-- Proof of one sending. Rows are never changed.
CREATE TABLE receipt (
    code TEXT PRIMARY KEY,
    revision_id INTEGER NOT NULL CONSTRAINT receipt_once_per_revision UNIQUE REFERENCES revision (id),
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    content_hash TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    sent_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX receipt_by_assignment ON receipt (assignment_id);

CREATE TABLE return_note (
    id INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    by_unit_id INTEGER REFERENCES unit (id),
    reason TEXT NOT NULL,
    returned_at INTEGER NOT NULL,
    returned_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX return_note_by_revision ON return_note (revision_id);

-- One section or indicator that a return concerns.
CREATE TABLE return_item (
    id INTEGER PRIMARY KEY,
    return_note_id INTEGER NOT NULL REFERENCES return_note (id),
    section_id INTEGER REFERENCES section (id),
    indicator_id INTEGER REFERENCES indicator (id),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX return_item_by_note ON return_item (return_note_id);

-- A consolidated figure that a superior set beside the rolled-up value. period: a year or 'whole'.
CREATE TABLE figure_correction (
    id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL REFERENCES assignment (id),
    indicator_id INTEGER NOT NULL REFERENCES indicator (id),
    period TEXT NOT NULL,
    rolled_up TEXT,
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    corrected_at INTEGER NOT NULL,
    corrected_by INTEGER REFERENCES account (id),
    removed_at INTEGER
) STRICT;
CREATE INDEX figure_correction_by_assignment ON figure_correction (assignment_id);

-- Append-only: who, for which unit, when, what, why.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    account_id INTEGER REFERENCES account (id),
    unit_id INTEGER REFERENCES unit (id),
    campaign_id INTEGER REFERENCES campaign (id),
    assignment_id INTEGER REFERENCES assignment (id),
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    reason TEXT
) STRICT;
CREATE INDEX event_by_campaign ON event (campaign_id, id);
CREATE INDEX event_by_assignment ON event (assignment_id, id);

-- The outbox of e-mails.
CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER REFERENCES campaign (id),
    assignment_id INTEGER REFERENCES assignment (id),
    to_address TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE INDEX mail_by_state ON mail (state, next_attempt_at);
