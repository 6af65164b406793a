//! The text of sections: the current one, every version that was ever saved, and who has a section open.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, RevisionId, SectionId};
use domain::report::passages::Passage;
use jiff::Timestamp;

/// What stands under a section now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionText {
    pub section: SectionId,
    pub text: String,
    /// `None` while the unit wrote everything itself.
    pub passages: Option<Vec<Passage>>,
    /// From 1; each save adds one.
    pub version: i64,
    pub saved_at: Timestamp,
    pub saved_by: Option<AccountId>,
    pub saved_by_name: Option<String>,
}

/// One text that was saved once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionVersion {
    pub id: i64,
    pub section: SectionId,
    /// The version that it became, or for a conflict the version that it was written on.
    pub version: i64,
    pub text: String,
    pub passages: Option<Vec<Passage>>,
    /// Saved while somebody else had saved a newer one.
    pub is_conflict: bool,
    /// When a conflict was settled; `None` while it is open.
    pub settled_at: Option<Timestamp>,
    pub saved_at: Timestamp,
    pub saved_by: Option<AccountId>,
    pub saved_by_name: Option<String>,
}

/// A text to be saved.
#[derive(Debug, Clone, Copy)]
pub struct NewText<'a> {
    pub text: &'a str,
    pub passages: Option<&'a [Passage]>,
    pub by: AccountId,
    pub now: Timestamp,
}

fn passages(stored: Option<String>) -> Result<Option<Vec<Passage>>> {
    stored
        .map(|json| {
            serde_json::from_str(&json).map_err(|error| Error::Column {
                index: 2,
                expected: "a list of passages",
                found: error.to_string(),
            })
        })
        .transpose()
}

fn stored(passages: Option<&[Passage]>) -> Result<Option<String>> {
    passages
        .map(|list| serde_json::to_string(list).map_err(|error| Error::broken("passages", error)))
        .transpose()
}

const TEXT: &str = "SELECT section_text.section_id, section_text.text, section_text.passages, section_text.version, section_text.saved_at, \
     section_text.saved_by, account.name FROM section_text LEFT JOIN account ON account.id = section_text.saved_by";

fn read_text(row: &Row<'_>) -> Result<SectionText> {
    Ok(SectionText {
        section: SectionId(row.get(0)?),
        text: row.get(1)?,
        passages: passages(row.get(2)?)?,
        version: row.get(3)?,
        saved_at: row.get(4)?,
        saved_by: row.get::<Option<i64>>(5)?.map(AccountId),
        saved_by_name: row.get(6)?,
    })
}

const VERSION: &str = "SELECT section_version.id, section_version.section_id, section_version.version, section_version.text, \
     section_version.passages, section_version.is_conflict, section_version.settled_at, section_version.saved_at, section_version.saved_by, \
     account.name FROM section_version LEFT JOIN account ON account.id = section_version.saved_by";

fn read_version(row: &Row<'_>) -> Result<SectionVersion> {
    Ok(SectionVersion {
        id: row.get(0)?,
        section: SectionId(row.get(1)?),
        version: row.get(2)?,
        text: row.get(3)?,
        passages: passages(row.get(4)?)?,
        is_conflict: row.get(5)?,
        settled_at: row.get(6)?,
        saved_at: row.get(7)?,
        saved_by: row.get::<Option<i64>>(8)?.map(AccountId),
        saved_by_name: row.get(9)?,
    })
}

/// The texts of a revision; sections that nobody wrote have none.
pub fn texts(tx: &mut dyn Tx, revision: RevisionId) -> Result<Vec<SectionText>> {
    tx.rows(
        &format!("{TEXT} WHERE section_text.revision_id = ?1 ORDER BY section_text.section_id"),
        &params![revision.0],
        read_text,
    )
}

/// The text of one section.
pub fn text(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
) -> Result<Option<SectionText>> {
    tx.row_opt(
        &format!("{TEXT} WHERE section_text.revision_id = ?1 AND section_text.section_id = ?2"),
        &params![revision.0, section.0],
        read_text,
    )
}

/// Makes a text the current one of a section and keeps it as its next version; gives that version.
/// With `replaces`, that row of the history (the same person's, moments ago) is written over instead.
pub fn save(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    new: NewText<'_>,
    replaces: Option<i64>,
) -> Result<i64> {
    let passages = stored(new.passages)?;
    let version: i64 = tx.scalar(
        "INSERT INTO section_text (revision_id, section_id, text, passages, version, saved_at, saved_by) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6) \
         ON CONFLICT (revision_id, section_id) DO UPDATE SET text = excluded.text, passages = excluded.passages, \
             version = section_text.version + 1, saved_at = excluded.saved_at, saved_by = excluded.saved_by \
         RETURNING version",
        &params![revision.0, section.0, new.text, passages.as_deref(), new.now, new.by.0],
    )?;
    match replaces {
        Some(id) => tx.execute(
            "UPDATE section_version SET version = ?2, text = ?3, passages = ?4, saved_at = ?5 WHERE id = ?1",
            &params![id, version, new.text, passages.as_deref(), new.now],
        )?,
        None => tx.execute(
            "INSERT INTO section_version (revision_id, section_id, version, text, passages, is_conflict, saved_at, saved_by) \
             VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
            &params![revision.0, section.0, version, new.text, passages.as_deref(), new.now, new.by.0],
        )?,
    };
    Ok(version)
}

/// Keeps a text that came too late beside the current one; gives the id of its row.
pub fn keep_conflict(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    base_version: i64,
    new: NewText<'_>,
) -> Result<i64> {
    let passages = stored(new.passages)?;
    tx.insert(
        "INSERT INTO section_version (revision_id, section_id, version, text, passages, is_conflict, saved_at, saved_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7) RETURNING id",
        &params![revision.0, section.0, base_version, new.text, passages.as_deref(), new.now, new.by.0],
    )
}

/// Writes on in a conflict that is still open: the same person's further typing.
pub fn update_conflict(
    tx: &mut dyn Tx,
    id: i64,
    text: &str,
    list: Option<&[Passage]>,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE section_version SET text = ?2, passages = ?4, saved_at = ?3 WHERE id = ?1 AND settled_at IS NULL",
        &params![id, text, now, stored(list)?.as_deref()],
    )?;
    Ok(())
}

/// The texts of a revision that wait beside a newer one, the oldest first.
pub fn open_conflicts(tx: &mut dyn Tx, revision: RevisionId) -> Result<Vec<SectionVersion>> {
    tx.rows(
        &format!(
            "{VERSION} WHERE section_version.revision_id = ?1 AND section_version.is_conflict = 1 AND section_version.settled_at IS NULL \
             ORDER BY section_version.id"
        ),
        &params![revision.0],
        read_version,
    )
}

/// Marks a conflict as settled; its text stays in the history.
pub fn settle(tx: &mut dyn Tx, id: i64, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE section_version SET settled_at = ?2 WHERE id = ?1",
        &params![id, now],
    )?;
    Ok(())
}

/// The newest versions of a section, the newest first, at most `limit`.
pub fn versions(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    limit: i64,
) -> Result<Vec<SectionVersion>> {
    tx.rows(
        &format!(
            "{VERSION} WHERE section_version.revision_id = ?1 AND section_version.section_id = ?2 ORDER BY section_version.id DESC LIMIT ?3"
        ),
        &params![revision.0, section.0, limit],
        read_version,
    )
}

/// One version of a section of this revision.
///
/// # Errors
/// [`Error::Missing`] when it belongs to another section or revision.
pub fn version(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    id: i64,
) -> Result<SectionVersion> {
    tx.row(
        &format!("{VERSION} WHERE section_version.id = ?1 AND section_version.revision_id = ?2 AND section_version.section_id = ?3"),
        &params![id, revision.0, section.0],
        read_version,
    )
}

/// The version of a section with this number; `None` when the same person wrote on over it.
pub fn version_numbered(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    number: i64,
) -> Result<Option<SectionVersion>> {
    tx.row_opt(
        &format!(
            "{VERSION} WHERE section_version.revision_id = ?1 AND section_version.section_id = ?2 AND section_version.is_conflict = 0 \
             AND section_version.version = ?3 ORDER BY section_version.id DESC LIMIT 1"
        ),
        &params![revision.0, section.0, number],
        read_version,
    )
}

/// The newest version of a section saved at or before a moment: what stood there then.
pub fn version_at(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    moment: Timestamp,
) -> Result<Option<SectionVersion>> {
    tx.row_opt(
        &format!(
            "{VERSION} WHERE section_version.revision_id = ?1 AND section_version.section_id = ?2 AND section_version.is_conflict = 0 \
             AND section_version.saved_at <= ?3 ORDER BY section_version.id DESC LIMIT 1"
        ),
        &params![revision.0, section.0, moment],
        read_version,
    )
}

/// Copies all texts of a revision into the next one, as version 1 of each.
pub fn copy(tx: &mut dyn Tx, from: RevisionId, to: RevisionId) -> Result<()> {
    tx.execute(
        "INSERT INTO section_text (revision_id, section_id, text, passages, version, saved_at, saved_by) \
         SELECT ?2, section_id, text, passages, 1, saved_at, saved_by FROM section_text WHERE revision_id = ?1",
        &params![from.0, to.0],
    )?;
    tx.execute(
        "INSERT INTO section_version (revision_id, section_id, version, text, passages, is_conflict, saved_at, saved_by) \
         SELECT ?2, section_id, 1, text, passages, 0, saved_at, saved_by FROM section_text WHERE revision_id = ?1 ORDER BY section_id",
        &params![from.0, to.0],
    )?;
    Ok(())
}

/// Notes that somebody has a section open.
pub fn note_presence(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    account: AccountId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO section_presence (revision_id, section_id, account_id, seen_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (revision_id, section_id, account_id) DO UPDATE SET seen_at = excluded.seen_at",
        &params![revision.0, section.0, account.0, now],
    )?;
    Ok(())
}

/// The names of the others who had a section open after `since`.
pub fn others_present(
    tx: &mut dyn Tx,
    revision: RevisionId,
    section: SectionId,
    account: AccountId,
    since: Timestamp,
) -> Result<Vec<String>> {
    tx.rows(
        "SELECT account.name FROM section_presence JOIN account ON account.id = section_presence.account_id \
         WHERE revision_id = ?1 AND section_id = ?2 AND account_id <> ?3 AND seen_at > ?4 ORDER BY account.name",
        &params![revision.0, section.0, account.0, since],
        |row| row.get(0),
    )
}
