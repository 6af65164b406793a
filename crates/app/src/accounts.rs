//! Signing in, sessions and accounts.

use crate::ctx::{App, Ctx};
use crate::error::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::access::{Role, Subject, Wish};
use domain::event::EventKind;
use domain::ids::{AccountId, UnitId};
use jiff::ToSpan;
use sha2::{Digest, Sha256};

/// How long a browser session lasts.
const SESSION_HOURS: i64 = 12;
/// Shortest password that is taken.
pub const MIN_PASSWORD: usize = 10;

/// A new session: the secret goes into the cookie, only its hash is kept.
pub struct Session {
    pub token: String,
    pub account: AccountId,
}

/// The kinds of sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    Browser,
    /// For programs; lasts a year.
    ApiToken,
}

impl App {
    /// Opens a session for a login and password.
    ///
    /// # Errors
    /// [`Error::Refused`] with the same words for an unknown login and a wrong password.
    pub fn sign_in(&self, login: &str, password: &str, kind: SessionKind) -> Result<Session> {
        let wrong = || {
            Error::Refused("Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại phím Caps Lock và bộ gõ tiếng Việt".into())
        };
        let login = login.trim().to_lowercase();
        let known = self
            .db
            .read(|tx| store::accounts::credentials(tx, &login))
            .map_err(Error::from)?;
        let Some(known) = known.filter(|known| known.is_active) else {
            // As slow as for a known login, so that time does not tell which logins exist.
            let _ = hash_password(password);
            return Err(wrong());
        };
        if !verify_password(password, &known.password_hash) {
            return Err(wrong());
        }
        self.open_session(known.account, kind)
    }

    /// Opens a session without a password; for the demo's and the command line's own use.
    pub fn open_session(&self, account: AccountId, kind: SessionKind) -> Result<Session> {
        let token = random_token();
        let token_hash = hash_token(&token);
        let now = self.now();
        let (code, hours) = match kind {
            SessionKind::Browser => ("browser", SESSION_HOURS),
            SessionKind::ApiToken => ("api", 365 * 24),
        };
        let expires_at = now
            .checked_add(hours.hours())
            .map_err(|error| Error::Internal(error.to_string()))?;
        self.db.write(move |tx| -> Result<()> {
            store::accounts::open_session(tx, &token_hash, account, code, "", now, expires_at)?;
            let event = domain::event::Event {
                at: now,
                account: Some(account),
                unit: None,
                campaign: None,
                assignment: None,
                kind: EventKind::SignedIn,
                detail: "{}".into(),
                reason: None,
            };
            store::events::append(tx, &event)?;
            Ok(())
        })?;
        Ok(Session { token, account })
    }

    /// The context of a session's secret.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when it is unknown or has expired.
    pub fn resume(&self, token: &str) -> Result<Ctx> {
        let token_hash = hash_token(token);
        let now = self.now();
        let actor = self.db.read(|tx| -> Result<_> {
            let account = store::accounts::session_account(tx, &token_hash, now)?
                .ok_or(Error::NotSignedIn)?;
            store::accounts::actor(tx, account).map_err(|_| Error::NotSignedIn)
        })?;
        Ok(self.ctx(actor))
    }

    /// Ends a session.
    pub fn sign_out(&self, token: &str) -> Result<()> {
        let token_hash = hash_token(token);
        self.db
            .write(move |tx| -> Result<()> { Ok(store::accounts::close_session(tx, &token_hash)?) })
    }

    /// The context of a login, for the command line, which works on the data folder itself.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such login.
    pub fn ctx_of(&self, login: &str) -> Result<Ctx> {
        let login = login.trim().to_lowercase();
        let actor = self.db.read(|tx| -> Result<_> {
            let account = store::accounts::by_login(tx, &login)?.ok_or(Error::NotFound)?;
            Ok(store::accounts::actor(tx, account)?)
        })?;
        Ok(self.ctx(actor))
    }
}

/// Creates an account with roles in one unit.
///
/// # Errors
/// [`Error::Invalid`] for a short password or a taken login.
pub fn create(
    ctx: &Ctx,
    login: &str,
    name: &str,
    password: &str,
    unit: UnitId,
    roles: &[Role],
) -> Result<AccountId> {
    ctx.require(Wish::Administer, &Subject::System)?;
    create_unchecked(ctx.app(), Some(ctx), login, name, password, unit, roles)
}

/// Creates an account when nobody can be signed in yet: first administrator, demo.
pub fn create_unchecked(
    app: &App,
    by: Option<&Ctx>,
    login: &str,
    name: &str,
    password: &str,
    unit: UnitId,
    roles: &[Role],
) -> Result<AccountId> {
    let login = login.trim().to_lowercase();
    if login.is_empty()
        || !login
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_@".contains(c))
    {
        return Err(Error::invalid(
            "Tên đăng nhập",
            "chỉ gồm chữ cái không dấu, chữ số và các dấu . - _ @",
        ));
    }
    if password.chars().count() < MIN_PASSWORD {
        return Err(Error::invalid(
            "Mật khẩu",
            format!("phải có ít nhất {MIN_PASSWORD} ký tự"),
        ));
    }
    let password_hash = hash_password(password)?;
    let (name, roles, now) = (domain::text::clean_line(name), roles.to_vec(), app.now());
    let mut event = domain::event::Event {
        at: now,
        account: by.map(|ctx| ctx.actor.account),
        unit: Some(unit),
        campaign: None,
        assignment: None,
        kind: EventKind::AccountsChanged,
        detail: "{}".into(),
        reason: None,
    };
    event.detail = serde_json::json!({ "login": login }).to_string();
    let taken = Error::invalid(
        "Tên đăng nhập",
        format!("“{login}” đã có người dùng. Hãy chọn tên khác"),
    );
    app.db
        .write(move |tx| -> Result<AccountId> {
            let account = store::accounts::create(tx, &login, &name, &password_hash, now)?;
            for role in &roles {
                store::accounts::grant(tx, account, unit, *role)?;
            }
            store::events::append(tx, &event)?;
            Ok(account)
        })
        .map_err(|error| {
            if matches!(&error, Error::Internal(detail) if detail.contains("unique")) {
                taken
            } else {
                error
            }
        })
}

fn hash_password(password: &str) -> Result<String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|error| Error::Internal(error.to_string()))
}

fn verify_password(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default()
            .verify_password(password.as_bytes(), &hash)
            .is_ok()
    })
}

fn random_token() -> String {
    use rand::RngCore;
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

fn hash_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
