//! Signing in, sessions and accounts.

use crate::ctx::{App, Ctx};
use crate::error::{Error, Result};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::access::{Actor, Role, Subject, Wish};
use domain::event::EventKind;
use domain::ids::{AccountId, UnitId};
use domain::org::{UnitSeed, order_tree};
use jiff::ToSpan;
use sha2::{Digest, Sha256};

/// How long a browser session lasts.
pub const SESSION_HOURS: i64 = 12;
/// How long a token for a program lasts.
pub(crate) const TOKEN_HOURS: i64 = 365 * 24;
/// How the store names a session that is such a token.
pub(crate) const API_TOKEN: &str = "api";
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

impl SessionKind {
    fn code(self) -> &'static str {
        match self {
            SessionKind::Browser => "browser",
            SessionKind::ApiToken => API_TOKEN,
        }
    }
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
        let code = kind.code();
        let hours = match kind {
            SessionKind::Browser => SESSION_HOURS,
            SessionKind::ApiToken => TOKEN_HOURS,
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

    /// The context of a session's secret, and who that is.
    ///
    /// # Errors
    /// [`Error::NotSignedIn`] when it is unknown or has expired.
    pub fn resume(&self, token: &str) -> Result<(Ctx, Me)> {
        let token_hash = hash_token(token);
        let now = self.now();
        let (actor, me) = self.db.read(|tx| -> Result<_> {
            let account = store::accounts::session_account(tx, &token_hash, now)?
                .ok_or(Error::NotSignedIn)?;
            let actor = store::accounts::actor(tx, account).map_err(|_| Error::NotSignedIn)?;
            let me = Me::of(tx, &actor)?;
            Ok((actor, me))
        })?;
        Ok((self.ctx(actor), me))
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

/// Whoever is signed in, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    pub login: String,
    pub name: String,
    /// Unit by unit, in the order in which the posts were given.
    pub posts: Vec<Post>,
}

/// The roles that somebody holds in one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub unit: UnitId,
    pub unit_name: String,
    pub roles: Vec<Role>,
}

impl Me {
    fn of(tx: &mut dyn store::Tx, actor: &Actor) -> Result<Me> {
        let login = store::accounts::login(tx, actor.account)?;
        let mut posts: Vec<Post> = Vec::new();
        for grant in &actor.grants {
            let unit = grant.place.unit;
            match posts.iter_mut().find(|post| post.unit == unit) {
                Some(post) => post.roles.push(grant.role),
                None => posts.push(Post {
                    unit,
                    unit_name: store::units::by_id(tx, unit)?.seed.name,
                    roles: vec![grant.role],
                }),
            }
        }
        Ok(Me {
            login,
            name: actor.name.clone(),
            posts,
        })
    }

    /// The names of the units, for the head of the page.
    pub fn unit_names(&self) -> String {
        let names: Vec<&str> = self
            .posts
            .iter()
            .map(|post| post.unit_name.as_str())
            .collect();
        names.join(", ")
    }

    /// Whether a role is held in any unit; for showing or hiding entries, never for deciding.
    pub fn holds(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.roles.contains(&role))
    }
}

/// What the forms of a session carry so that no other site can send them; tells nothing about the session's secret.
pub fn form_token(session: &str) -> String {
    hash_token(&format!("form:{session}"))[..32].to_owned()
}

/// An account as administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    pub login: String,
    pub name: String,
    pub posts: Vec<ListedPost>,
}

/// One unit with the roles held there.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ListedPost {
    pub unit: String,
    pub roles: Vec<Role>,
}

/// Most rows (account and role) that one list shows.
const MAX_LISTED: i64 = 100_000;

/// All active accounts with their posts, in the order in which they were made.
pub fn list(ctx: &Ctx) -> Result<Vec<Listed>> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let rows = ctx.db().read(|tx| store::accounts::list(tx, MAX_LISTED))?;
    let mut accounts: Vec<Listed> = Vec::new();
    for (login, name, unit, role) in rows {
        if accounts.last().is_none_or(|last| last.login != login) {
            accounts.push(Listed {
                login,
                name,
                posts: Vec::new(),
            });
        }
        let Some(account) = accounts.last_mut() else {
            continue;
        };
        match account.posts.iter_mut().find(|post| post.unit == unit) {
            Some(post) => post.roles.push(role),
            None => account.posts.push(ListedPost {
                unit,
                roles: vec![role],
            }),
        }
    }
    Ok(accounts)
}

/// Whether anybody could sign in at all.
pub fn has_any(app: &App) -> Result<bool> {
    Ok(app.db.read(store::accounts::any)?)
}

/// Gives an account another password and ends its browser sessions.
///
/// # Errors
/// [`Error::NotFound`] for an unknown login, [`Error::Invalid`] for a short password.
pub fn set_password(ctx: &Ctx, login: &str, password: &str) -> Result<()> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let login = login.trim().to_lowercase();
    let account = ctx
        .db()
        .read(|tx| store::accounts::by_login(tx, &login))?
        .ok_or(Error::NotFound)?;
    save_password(ctx, account, &login, password)
}

/// Changes the actor's own password and ends the browser sessions, this one too.
///
/// # Errors
/// [`Error::Invalid`] when the present password is wrong or the new one too short.
pub fn change_own_password(ctx: &Ctx, present: &str, new: &str) -> Result<()> {
    let known = ctx.db().read(|tx| -> Result<_> {
        let login = store::accounts::login(tx, ctx.actor.account)?;
        let known = store::accounts::credentials(tx, &login)?.ok_or(Error::NotSignedIn)?;
        Ok((login, known.password_hash))
    })?;
    let (login, hash) = known;
    if !verify_password(present, &hash) {
        return Err(Error::invalid("Mật khẩu hiện nay", "không đúng"));
    }
    save_password(ctx, ctx.actor.account, &login, new)
}

fn save_password(ctx: &Ctx, account: AccountId, login: &str, password: &str) -> Result<()> {
    check_password("Mật khẩu mới", password)?;
    let hash = hash_password(password)?;
    let mut event = ctx.event(EventKind::AccountsChanged, None);
    event.detail = serde_json::json!({ "login": login, "password": "changed" }).to_string();
    ctx.db().write(move |tx| -> Result<()> {
        store::accounts::set_password_hash(tx, account, &hash)?;
        store::accounts::close_sessions(tx, account, SessionKind::Browser.code())?;
        store::events::append(tx, &event)?;
        Ok(())
    })
}

fn check_password(place: &str, password: &str) -> Result<()> {
    if password.chars().count() < MIN_PASSWORD {
        let message = format!("phải có ít nhất {MIN_PASSWORD} ký tự");
        return Err(Error::invalid(place, message));
    }
    Ok(())
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
    let login = clean_login(login)?;
    check_password("Mật khẩu", password)?;
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

/// Creates an account in the unit with this code, in the newest tree that has it.
///
/// # Errors
/// As [`create`]; [`Error::Invalid`] when no tree has the code.
pub fn create_in(
    ctx: &Ctx,
    login: &str,
    name: &str,
    password: &str,
    unit_code: &str,
    roles: &[Role],
) -> Result<AccountId> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let unit = unit_with_code(ctx.app(), unit_code)?;
    create_unchecked(ctx.app(), Some(ctx), login, name, password, unit, roles)
}

/// Creates an administrator; for whoever holds the data folder, when nobody can sign in yet.
/// Without a unit's code the administrator belongs to a unit of its own, apart from the organisation.
///
/// # Errors
/// As [`create_in`].
pub fn create_administrator(
    app: &App,
    login: &str,
    name: &str,
    password: &str,
    unit_code: Option<&str>,
) -> Result<AccountId> {
    let unit = match unit_code {
        Some(code) => unit_with_code(app, code)?,
        None => administration(app)?,
    };
    create_unchecked(
        app,
        None,
        login,
        name,
        password,
        unit,
        &[Role::Administrator],
    )
}

fn unit_with_code(app: &App, code: &str) -> Result<UnitId> {
    let found = find_unit(app, code)?;
    found.ok_or_else(|| {
        Error::invalid(
            "Đơn vị",
            format!(
                "không có đơn vị mang mã “{code}”. Hãy nhập cây tổ chức trước, hoặc kiểm tra lại mã"
            ),
        )
    })
}

fn find_unit(app: &App, code: &str) -> Result<Option<UnitId>> {
    app.db.read(|tx| -> Result<_> {
        for (tree, _) in store::units::trees(tx)? {
            if let Some(unit) = store::units::by_code(tx, tree, code)? {
                return Ok(Some(unit.id));
            }
        }
        Ok(None)
    })
}

/// Code of the unit of administrators that belong to no unit of the organisation.
const ADMINISTRATION: &str = "quan-tri";

fn administration(app: &App) -> Result<UnitId> {
    if let Some(unit) = find_unit(app, ADMINISTRATION)? {
        return Ok(unit);
    }
    let seed = UnitSeed {
        code: ADMINISTRATION.into(),
        name: "Quản trị hệ thống".into(),
        level: 1,
        ..UnitSeed::default()
    };
    let rows = vec![(0, seed)];
    let placed = order_tree(&rows).map_err(|problems| Error::Internal(format!("{problems:?}")))?;
    let now = app.now();
    app.db.write(move |tx| -> Result<UnitId> {
        let tree = store::units::create_tree(tx, "Quản trị hệ thống", now)?;
        let units = store::units::insert_tree(tx, tree, &rows, &placed)?;
        units.first().copied().ok_or(Error::NotFound)
    })
}

/// A secret for a program to act with the rights of an account, for a year. Shown once, only its hash is kept.
///
/// # Errors
/// [`Error::NotFound`] for an unknown login; only administrators and the account itself may.
pub fn issue_token(ctx: &Ctx, login: &str) -> Result<String> {
    let login = login.trim().to_lowercase();
    let account = ctx
        .db()
        .read(|tx| store::accounts::by_login(tx, &login))?
        .ok_or(Error::NotFound)?;
    if account != ctx.actor.account {
        ctx.require(Wish::Administer, &Subject::System)?;
    }
    Ok(ctx
        .app()
        .open_session(account, SessionKind::ApiToken)?
        .token)
}

/// A password that nobody has to think up: 16 letters and digits that are not mistaken for each other.
pub fn random_password() -> String {
    use rand::Rng;
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut random = rand::rng();
    (0..16)
        .map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())]))
        .collect()
}

/// One of many accounts that are made at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    pub login: String,
    pub name: String,
    pub unit: UnitId,
    pub roles: Vec<Role>,
}

/// What never comes out of the hash function, so no password opens the account.
const NO_PASSWORD: &str = "!";

/// Creates many accounts in one step, all with one password; with `None` nobody can sign in to them. For the demo,
/// where making a hash for each of hundreds would take minutes.
///
/// # Errors
/// As [`create`]; no account is made then.
pub fn create_many(ctx: &Ctx, accounts: &[NewAccount], password: Option<&str>) -> Result<()> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let password_hash = match password {
        Some(password) => {
            check_password("Mật khẩu", password)?;
            hash_password(password)?
        }
        None => NO_PASSWORD.to_string(),
    };
    let mut rows = Vec::with_capacity(accounts.len());
    for account in accounts {
        rows.push(NewAccount {
            login: clean_login(&account.login)?,
            name: domain::text::clean_line(&account.name),
            ..account.clone()
        });
    }
    let (ctx, now) = (ctx.clone(), ctx.now);
    ctx.db().clone().write(move |tx| -> Result<()> {
        for row in &rows {
            if store::accounts::by_login(tx, &row.login)?.is_some() {
                return Err(Error::invalid(
                    "Tên đăng nhập",
                    format!("“{}” đã có người dùng. Hãy chọn tên khác", row.login),
                ));
            }
            let account = store::accounts::create(tx, &row.login, &row.name, &password_hash, now)?;
            for role in &row.roles {
                store::accounts::grant(tx, account, row.unit, *role)?;
            }
            let mut event = ctx.event(EventKind::AccountsChanged, Some(row.unit));
            event.detail = serde_json::json!({ "login": row.login }).to_string();
            store::events::append(tx, &event)?;
        }
        Ok(())
    })
}

fn clean_login(login: &str) -> Result<String> {
    let login = login.trim().to_lowercase();
    let is_possible = !login.is_empty()
        && login
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_@".contains(c));
    if is_possible {
        Ok(login)
    } else {
        Err(Error::invalid(
            "Tên đăng nhập",
            "chỉ gồm chữ cái không dấu, chữ số và các dấu . - _ @",
        ))
    }
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

pub(crate) fn random_token() -> String {
    use rand::RngCore;
    let mut bytes = [0u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    hex(&bytes)
}

pub(crate) fn hash_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
