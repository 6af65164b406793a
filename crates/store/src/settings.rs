//! Settings of the installation: a name and a value each.

use crate::{Result, Tx, TxExt, params};

/// The value of a setting.
pub fn get(tx: &mut dyn Tx, name: &str) -> Result<Option<String>> {
    tx.row_opt(
        "SELECT value FROM setting WHERE name = ?1",
        &params![name],
        |row| row.get(0),
    )
}

/// Sets a setting, over the value before.
pub fn set(tx: &mut dyn Tx, name: &str, value: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        &params![name, value],
    )?;
    Ok(())
}
