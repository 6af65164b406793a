//! Who may look at the same live view together: one computation serves all of them.

use super::history::MOST_CAMPAIGNS;
use super::query::View;
use super::scope::scope_of;
use crate::ctx::{Ctx, campaign_subject};
use crate::error::Result;
use domain::access::Wish;

/// What decides, beside the view and its query, what is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Audience {
    /// Code of the unit whose part is shown; `None` for the whole campaign.
    pub unit: Option<String>,
    /// What is shown is the same for everybody who may see this part. Otherwise it tells of earlier campaigns, not all
    /// of whose boards the actor may see.
    pub is_shared: bool,
}

/// The audience that the actor belongs to with a view (`None` for the overview).
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn audience(
    ctx: &Ctx,
    short_id: &str,
    view: Option<View>,
    unit: Option<&str>,
) -> Result<Audience> {
    let asked = scope_of(ctx, short_id, unit)?;
    let live = &ctx.app().live;
    let code = live.with(ctx.db(), &asked.campaign, ctx.now, |tree| {
        let node = match asked.scope {
            super::Scope::Whole => None,
            super::Scope::Part(node) => Some(node),
        };
        node.map(|node| tree.node(node).code.clone())
    })?;
    let tells_of_earlier = matches!(view, Some(View::Late | View::Progress));
    let is_shared = !tells_of_earlier || sees_all_before(ctx, asked.campaign.id)?;
    Ok(Audience {
        unit: code,
        is_shared,
    })
}

fn sees_all_before(ctx: &Ctx, campaign: domain::ids::CampaignId) -> Result<bool> {
    ctx.db().read(|tx| {
        for earlier in store::campaigns::issued_before(tx, campaign, MOST_CAMPAIGNS)? {
            let subject = campaign_subject(ctx, tx, &earlier, None)?;
            if !ctx.may(Wish::ReadBoard, &subject) {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

/// A number that changes whenever a board of the campaign may: an index seek while nothing happens.
///
/// # Errors
/// `NotFound` when there is no such campaign.
pub fn version(ctx: &Ctx, short_id: &str) -> Result<u64> {
    let campaign = ctx
        .db()
        .read(|tx| store::campaigns::by_short_id(tx, short_id))?
        .ok_or(crate::Error::NotFound)?;
    let live = &ctx.app().live;
    live.with(ctx.db(), &campaign, ctx.now, crate::live::LiveTree::version)
}
