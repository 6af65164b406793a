//! Files attached to a revision; their bytes are blobs.

use crate::{Result, Row, Tx, TxExt, params};
use domain::ids::{AccountId, AttachmentId, RevisionId};
use jiff::Timestamp;

/// One attached file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub revision: RevisionId,
    pub name: String,
    pub media_type: String,
    pub size_bytes: i64,
    pub sha256: String,
    pub added_at: Timestamp,
    pub added_by: Option<AccountId>,
}

const COLUMNS: &str =
    "id, revision_id, name, media_type, size_bytes, blob_sha256, added_at, added_by";

fn read(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: AttachmentId(row.get(0)?),
        revision: RevisionId(row.get(1)?),
        name: row.get(2)?,
        media_type: row.get(3)?,
        size_bytes: row.get(4)?,
        sha256: row.get(5)?,
        added_at: row.get(6)?,
        added_by: row.get::<Option<i64>>(7)?.map(AccountId),
    })
}

/// Adds a file whose bytes are stored already; the `id` given in is ignored and the new one returned.
pub fn add(tx: &mut dyn Tx, new: &Attachment) -> Result<AttachmentId> {
    tx.insert(
        "INSERT INTO attachment (revision_id, name, media_type, size_bytes, blob_sha256, added_at, added_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        &params![
            new.revision.0,
            &new.name,
            &new.media_type,
            new.size_bytes,
            &new.sha256,
            new.added_at,
            new.added_by.map(|id| id.0)
        ],
    )
    .map(AttachmentId)
}

/// The files of a revision in the order in which they were added.
pub fn of_revision(tx: &mut dyn Tx, revision: RevisionId) -> Result<Vec<Attachment>> {
    tx.rows(
        &format!("SELECT {COLUMNS} FROM attachment WHERE revision_id = ?1 ORDER BY id"),
        &params![revision.0],
        read,
    )
}

pub fn by_id(tx: &mut dyn Tx, id: AttachmentId) -> Result<Attachment> {
    tx.row(
        &format!("SELECT {COLUMNS} FROM attachment WHERE id = ?1"),
        &params![id.0],
        read,
    )
}

/// Takes a file off its revision; the blob stays, other revisions may name it.
pub fn remove(tx: &mut dyn Tx, id: AttachmentId) -> Result<()> {
    tx.execute("DELETE FROM attachment WHERE id = ?1", &params![id.0])?;
    Ok(())
}

/// Copies the list of files of a revision into the next one.
pub fn copy(tx: &mut dyn Tx, from: RevisionId, to: RevisionId) -> Result<()> {
    tx.execute(
        "INSERT INTO attachment (revision_id, name, media_type, size_bytes, blob_sha256, added_at, added_by) \
         SELECT ?2, name, media_type, size_bytes, blob_sha256, added_at, added_by FROM attachment WHERE revision_id = ?1 ORDER BY id",
        &params![from.0, to.0],
    )?;
    Ok(())
}
