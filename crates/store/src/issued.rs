//! Issued documents and their numbers, which run per issuer, type and term of the committee.

use crate::{Result, Tx, TxExt, params};
use domain::ids::{AccountId, RevisionId, UnitId};
use jiff::Timestamp;
use jiff::civil::Date;

/// What makes an adopted text a document of its issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedDocument {
    pub revision: RevisionId,
    pub unit: UnitId,
    /// Abbreviation of the type, e.g. `BC`.
    pub kind: String,
    /// Term of the committee, e.g. `2020-2025`.
    pub term: String,
    pub number: i64,
    /// Number and symbol as printed, e.g. `12-BC/HU`.
    pub symbol: String,
    pub dated: Date,
    pub place: String,
    /// e.g. `T/M BAN THƯỜNG VỤ`; empty when the head signs in their own right.
    pub authority: String,
    pub position: String,
    pub signer: String,
    pub issued_at: Timestamp,
}

/// The lowest number above all that this issuer used for this type in this term.
pub fn next_number(tx: &mut dyn Tx, unit: UnitId, kind: &str, term: &str) -> Result<i64> {
    tx.scalar::<Option<i64>>(
        "SELECT max(number) FROM issued_document WHERE unit_id = ?1 AND kind = ?2 AND term = ?3",
        &params![unit.0, kind, term],
    )
    .map(|number| number.unwrap_or(0) + 1)
}

/// The revision that has a number already.
pub fn holder(
    tx: &mut dyn Tx,
    unit: UnitId,
    kind: &str,
    term: &str,
    number: i64,
) -> Result<Option<RevisionId>> {
    tx.row_opt(
        "SELECT revision_id FROM issued_document WHERE unit_id = ?1 AND kind = ?2 AND term = ?3 AND number = ?4",
        &params![unit.0, kind, term, number],
        |row| row.get(0).map(RevisionId),
    )
}

/// Issues a revision; one that was taken back and is issued again is written over.
///
/// # Errors
/// A conflict when another revision has the number.
pub fn save(tx: &mut dyn Tx, document: &IssuedDocument, by: AccountId) -> Result<()> {
    tx.execute(
        "INSERT INTO issued_document (revision_id, unit_id, kind, term, number, symbol, dated, place, authority, position, signer, issued_at, issued_by) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) \
         ON CONFLICT (revision_id) DO UPDATE SET term = excluded.term, number = excluded.number, symbol = excluded.symbol, dated = excluded.dated, \
             place = excluded.place, authority = excluded.authority, position = excluded.position, signer = excluded.signer, \
             issued_at = excluded.issued_at, issued_by = excluded.issued_by",
        &params![
            document.revision.0,
            document.unit.0,
            &document.kind,
            &document.term,
            document.number,
            &document.symbol,
            document.dated,
            &document.place,
            &document.authority,
            &document.position,
            &document.signer,
            document.issued_at,
            by.0
        ],
    )?;
    Ok(())
}

/// How a revision was issued.
pub fn of_revision(tx: &mut dyn Tx, revision: RevisionId) -> Result<Option<IssuedDocument>> {
    tx.row_opt(
        "SELECT revision_id, unit_id, kind, term, number, symbol, dated, place, authority, position, signer, issued_at \
         FROM issued_document WHERE revision_id = ?1",
        &params![revision.0],
        |row| {
            Ok(IssuedDocument {
                revision: RevisionId(row.get(0)?),
                unit: UnitId(row.get(1)?),
                kind: row.get(2)?,
                term: row.get(3)?,
                number: row.get(4)?,
                symbol: row.get(5)?,
                dated: row.get(6)?,
                place: row.get(7)?,
                authority: row.get(8)?,
                position: row.get(9)?,
                signer: row.get(10)?,
                issued_at: row.get(11)?,
            })
        },
    )
}
