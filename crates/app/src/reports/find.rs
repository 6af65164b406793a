//! Finding a report by what people call it: the campaign and the unit that owes it.

use crate::ctx::{Ctx, load_report};
use crate::error::{Error, Result};
use domain::access::{Subject, Wish};
use domain::ids::AssignmentId;

/// The report that a unit owes in a campaign.
///
/// # Errors
/// [`Error::NotFound`] when there is none or the actor may not know of it.
pub fn by_unit(ctx: &Ctx, short_id: &str, unit_code: &str) -> Result<AssignmentId> {
    ctx.db().read(|tx| {
        let campaign = store::campaigns::by_short_id(tx, short_id)?.ok_or(Error::NotFound)?;
        // The code may have passed to another unit: the newest that has a part in the campaign is meant.
        let mut found = None;
        for unit in store::units::with_code(tx, campaign.tree, unit_code)? {
            found = store::assignments::of_unit(tx, campaign.id, unit.id)?;
            if found.is_some() {
                break;
            }
        }
        let id = found.ok_or(Error::NotFound)?.id;
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadStatus, &Subject::Report(loaded.subject))?;
        Ok(id)
    })
}
