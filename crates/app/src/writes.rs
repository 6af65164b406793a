//! What the writer of the embedded database has done, for whoever watches over the machine.

use crate::ctx::Ctx;
use crate::error::Result;
use domain::access::{Subject, Wish};
pub use store::Writes;

/// Commits to disk and writes in them since the server was started; `None` on PostgreSQL, which counts for itself.
///
/// # Errors
/// For everybody but administrators.
pub fn since_start(ctx: &Ctx) -> Result<Option<Writes>> {
    ctx.require(Wish::Administer, &Subject::System)?;
    Ok(ctx.db().writes())
}
