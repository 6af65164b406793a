//! Files kept between a trial run and its confirmation, so that they need not be sent twice.

use crate::accounts::hex;
use crate::ctx::Ctx;
use crate::error::Result;
use domain::access::{Subject, Wish};
use sha2::{Digest, Sha256};

/// Lower-case hexadecimal SHA-256, the name of a stored file.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Keeps a file; gives the name under which [`take`] finds it again.
pub fn keep(ctx: &Ctx, bytes: &[u8]) -> Result<String> {
    may_prepare(ctx)?;
    let (name, bytes) = (sha256(bytes), bytes.to_vec());
    let key = name.clone();
    ctx.db()
        .write(move |tx| -> Result<()> { Ok(store::blobs::put(tx, &key, &bytes)?) })?;
    Ok(name)
}

/// The file kept under this name.
///
/// # Errors
/// [`crate::Error::NotFound`] when there is none.
pub fn take(ctx: &Ctx, name: &str) -> Result<Vec<u8>> {
    may_prepare(ctx)?;
    let name = name.to_string();
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::blobs::get(tx, &name)?) })
}

/// Whoever prepares campaigns or the organisation brings files.
fn may_prepare(ctx: &Ctx) -> Result<()> {
    if ctx.may(Wish::CreateCampaign, &Subject::System) {
        Ok(())
    } else {
        ctx.require(Wish::Administer, &Subject::System)
    }
}
