-- The fingerprint of a sent text, with a sample of the word runs of each section by which a copied section is found.
-- Made anew from the texts: all that was sent is taken in again.
DELETE FROM copy_pair;
DROP TABLE text_signature;
CREATE TABLE text_signature (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    revision_id INTEGER NOT NULL CONSTRAINT text_signature_once UNIQUE REFERENCES revision (id),
    bins BLOB NOT NULL,
    samples BLOB NOT NULL
) STRICT;
CREATE INDEX text_signature_by_campaign ON text_signature (campaign_id, id);
INSERT INTO to_index (revision_id) SELECT id FROM revision WHERE sent_at IS NOT NULL AND withdrawn_at IS NULL
ON CONFLICT (revision_id) DO NOTHING;

-- `words` of a section of the later revision stand in a section of the earlier; the shorter of both has `total`.
CREATE TABLE section_copy (
    revision_id INTEGER NOT NULL REFERENCES revision (id),
    section_id INTEGER NOT NULL REFERENCES section (id),
    other_id INTEGER NOT NULL REFERENCES revision (id),
    other_section_id INTEGER NOT NULL REFERENCES section (id),
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    words INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (revision_id, other_id, section_id, other_section_id)
) STRICT;
CREATE INDEX section_copy_by_campaign ON section_copy (campaign_id);
CREATE INDEX section_copy_by_other ON section_copy (other_id);
