//! Accounts, the roles they hold, and their sessions.

use crate::{Result, Tx, TxExt, params};
use domain::access::{Actor, Grant, Place, Role};
use domain::ids::{AccountId, TreeId, UnitId};
use domain::org::Interval;
use jiff::Timestamp;

/// What signing in needs to know.
pub struct Credentials {
    pub account: AccountId,
    pub password_hash: String,
    pub is_active: bool,
}

/// Creates an account. The hash is a PHC string; the password itself never comes here.
///
/// # Errors
/// A conflict when the login is taken.
pub fn create(
    tx: &mut dyn Tx,
    login: &str,
    name: &str,
    password_hash: &str,
    now: Timestamp,
) -> Result<AccountId> {
    tx.insert(
        "INSERT INTO account (login, name, password_hash, is_active, created_at) VALUES (?1, ?2, ?3, 1, ?4) RETURNING id",
        &params![login, name, password_hash, now],
    )
    .map(AccountId)
}

/// Gives a role in a unit; giving it twice is the same.
pub fn grant(tx: &mut dyn Tx, account: AccountId, unit: UnitId, role: Role) -> Result<()> {
    tx.execute(
        "INSERT INTO account_role (account_id, unit_id, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        &params![account.0, unit.0, role.code()],
    )?;
    Ok(())
}

pub fn credentials(tx: &mut dyn Tx, login: &str) -> Result<Option<Credentials>> {
    tx.row_opt(
        "SELECT id, password_hash, is_active FROM account WHERE login = ?1",
        &params![login],
        |row| {
            Ok(Credentials {
                account: AccountId(row.get(0)?),
                password_hash: row.get(1)?,
                is_active: row.get(2)?,
            })
        },
    )
}

/// The account with its grants.
pub fn actor(tx: &mut dyn Tx, account: AccountId) -> Result<Actor> {
    let name = tx.scalar(
        "SELECT name FROM account WHERE id = ?1 AND is_active = 1",
        &params![account.0],
    )?;
    let grants = tx.rows(
        "SELECT account_role.unit_id, unit.tree_id, unit.lft, unit.rgt, account_role.role FROM account_role \
         JOIN unit ON unit.id = account_role.unit_id WHERE account_role.account_id = ?1 \
         ORDER BY account_role.unit_id, account_role.role",
        &params![account.0],
        |row| {
            let place = Place {
                unit: UnitId(row.get(0)?),
                tree: TreeId(row.get(1)?),
                interval: Interval {
                    left: row.get(2)?,
                    right: row.get(3)?,
                },
            };
            Ok(Role::from_code(&row.get::<String>(4)?).map(|role| Grant { place, role }))
        },
    )?;
    Ok(Actor {
        account,
        name,
        grants: grants.into_iter().flatten().collect(),
    })
}

/// The account with this login, active or not.
pub fn by_login(tx: &mut dyn Tx, login: &str) -> Result<Option<AccountId>> {
    tx.row_opt(
        "SELECT id FROM account WHERE login = ?1",
        &params![login],
        |row| row.get(0).map(AccountId),
    )
}

/// Logins, names and first roles of all accounts: (login, name, unit name, role), at most `limit`.
pub fn list(tx: &mut dyn Tx, limit: i64) -> Result<Vec<(String, String, String, Role)>> {
    let rows = tx.rows(
        "SELECT account.login, account.name, unit.name, account_role.role FROM account \
         JOIN account_role ON account_role.account_id = account.id JOIN unit ON unit.id = account_role.unit_id \
         WHERE account.is_active = 1 ORDER BY account.id, account_role.role LIMIT ?1",
        &params![limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, Role::from_code(&row.get::<String>(3)?))),
    )?;
    Ok(rows
        .into_iter()
        .filter_map(|(login, name, unit, role)| role.map(|role| (login, name, unit, role)))
        .collect())
}

/// Whether there is an active account.
pub fn any(tx: &mut dyn Tx) -> Result<bool> {
    let count: i64 = tx.scalar("SELECT count(*) FROM account WHERE is_active = 1", &[])?;
    Ok(count > 0)
}

/// The name of an account, for showing who did something.
pub fn name(tx: &mut dyn Tx, account: AccountId) -> Result<String> {
    tx.scalar(
        "SELECT name FROM account WHERE id = ?1",
        &params![account.0],
    )
}

/// The login of an account.
pub fn login(tx: &mut dyn Tx, account: AccountId) -> Result<String> {
    tx.scalar(
        "SELECT login FROM account WHERE id = ?1",
        &params![account.0],
    )
}

/// Replaces the PHC string of an account's password.
pub fn set_password_hash(tx: &mut dyn Tx, account: AccountId, password_hash: &str) -> Result<()> {
    tx.execute(
        "UPDATE account SET password_hash = ?2 WHERE id = ?1",
        &params![account.0, password_hash],
    )?;
    Ok(())
}

/// A browser session or an API token, found by the hash of its secret.
pub fn open_session(
    tx: &mut dyn Tx,
    token_hash: &str,
    account: AccountId,
    kind: &str,
    name: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO session (token_hash, account_id, kind, name, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        &params![token_hash, account.0, kind, name, now, expires_at],
    )?;
    Ok(())
}

/// The account of a session that has not expired.
pub fn session_account(
    tx: &mut dyn Tx,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<AccountId>> {
    tx.row_opt(
        "SELECT account_id FROM session WHERE token_hash = ?1 AND expires_at > ?2",
        &params![token_hash, now],
        |row| row.get(0).map(AccountId),
    )
}

pub fn close_session(tx: &mut dyn Tx, token_hash: &str) -> Result<()> {
    tx.execute(
        "DELETE FROM session WHERE token_hash = ?1",
        &params![token_hash],
    )?;
    Ok(())
}

/// Ends all sessions of one kind of an account.
pub fn close_sessions(tx: &mut dyn Tx, account: AccountId, kind: &str) -> Result<()> {
    tx.execute(
        "DELETE FROM session WHERE account_id = ?1 AND kind = ?2",
        &params![account.0, kind],
    )?;
    Ok(())
}

/// Lets all sessions that are alive at `now` last longer, when the demonstration's clock is moved on.
pub fn prolong_sessions(tx: &mut dyn Tx, now: Timestamp, microseconds: i64) -> Result<()> {
    tx.execute(
        "UPDATE session SET expires_at = expires_at + ?2 WHERE expires_at > ?1",
        &params![now, microseconds],
    )?;
    Ok(())
}
