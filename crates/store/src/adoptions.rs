//! Records of votes, failed ones too; a record is never changed.

use crate::{Error, Result, Tx, TxExt, params};
use domain::ids::{AccountId, RevisionId};
use domain::report::adoption::Adoption;
use domain::report::content::Fingerprint;
use jiff::Timestamp;

/// A recorded vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdoptionRecord {
    pub adoption: Adoption,
    pub passes: bool,
    /// Hashes of what was voted on.
    pub fingerprint: Fingerprint,
    pub recorded_at: Timestamp,
    pub recorded_by_name: Option<String>,
}

/// Records a vote on a revision.
pub fn add(
    tx: &mut dyn Tx,
    revision: RevisionId,
    adoption: &Adoption,
    fingerprint: &Fingerprint,
    by: AccountId,
    now: Timestamp,
) -> Result<()> {
    let text = |result: serde_json::Result<String>| {
        result.map_err(|error| Error::broken("the record of a vote", error))
    };
    let record = text(serde_json::to_string(adoption))?;
    let parts = text(serde_json::to_string(fingerprint))?;
    tx.execute(
        "INSERT INTO adoption (revision_id, record, passes, text_hash, fingerprint, recorded_at, recorded_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &params![revision.0, record, adoption.passes(), &fingerprint.whole, parts, now, by.0],
    )?;
    Ok(())
}

/// The votes on a revision, the oldest first.
pub fn of_revision(tx: &mut dyn Tx, revision: RevisionId) -> Result<Vec<AdoptionRecord>> {
    let unreadable = |index, error: serde_json::Error| Error::Column {
        index,
        expected: "the record of a vote",
        found: error.to_string(),
    };
    tx.rows(
        "SELECT adoption.record, adoption.passes, adoption.fingerprint, adoption.recorded_at, account.name FROM adoption \
         LEFT JOIN account ON account.id = adoption.recorded_by WHERE adoption.revision_id = ?1 ORDER BY adoption.id",
        &params![revision.0],
        |row| {
            Ok(AdoptionRecord {
                adoption: serde_json::from_str(&row.get::<String>(0)?)
                    .map_err(|error| unreadable(0, error))?,
                passes: row.get(1)?,
                fingerprint: serde_json::from_str(&row.get::<String>(2)?)
                    .map_err(|error| unreadable(2, error))?,
                recorded_at: row.get(3)?,
                recorded_by_name: row.get(4)?,
            })
        },
    )
}
