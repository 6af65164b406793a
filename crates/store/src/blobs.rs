//! Stored files, each once by the hash of its content.

use crate::{Result, Tx, TxExt, params};

/// Keeps `bytes` under their SHA-256 in lower-case hexadecimal; keeping the same again changes nothing.
pub fn put(tx: &mut dyn Tx, sha256: &str, bytes: &[u8]) -> Result<()> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    tx.execute(
        "INSERT INTO blob (sha256, size_bytes, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        &params![sha256, size, bytes],
    )?;
    Ok(())
}

/// The bytes kept under this hash.
pub fn get(tx: &mut dyn Tx, sha256: &str) -> Result<Vec<u8>> {
    tx.scalar("SELECT bytes FROM blob WHERE sha256 = ?1", &params![sha256])
}
