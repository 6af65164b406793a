//! The proof of the rolled-up figures: counted again from the reports, every night and on demand.

use crate::ctx::{App, Ctx, load_campaign};
use crate::error::{Error, Result};
use crate::live::{Kept, Recount};
use domain::access::Wish;
use domain::campaign::{Campaign, CampaignState};
use domain::event::EventKind;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Differing numbers that are told one by one.
const MOST_TOLD: usize = 200;

/// The outcome of a recount (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecountJson {
    pub campaign: String,
    pub at: Timestamp,
    pub units: usize,
    pub reports: usize,
    /// Cells of totals that were proved.
    pub totals: usize,
    /// Numbers that were not what the reports say; the first of them below.
    pub differing: usize,
    pub differences: Vec<DifferenceJson>,
}

/// One number that was not what the reports say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceJson {
    pub unit: String,
    pub name: String,
    /// Code of the indicator; `null` for the counts of reports.
    pub indicator: Option<String>,
    pub period: Option<String>,
    pub official: bool,
    pub kept: Option<String>,
    pub counted: Option<String>,
}

impl RecountJson {
    pub fn agrees(&self) -> bool {
        self.differing == 0
    }

    fn new(campaign: &Campaign, at: Timestamp, recount: Recount) -> RecountJson {
        RecountJson {
            campaign: campaign.short_id.clone(),
            at,
            units: recount.units,
            reports: recount.reports,
            totals: recount.totals,
            differing: recount.differing.len(),
            differences: recount
                .differing
                .into_iter()
                .take(MOST_TOLD)
                .map(|differing| {
                    difference(differing.unit_code, differing.unit_name, differing.what)
                })
                .collect(),
        }
    }
}

fn difference(unit: String, name: String, what: Kept) -> DifferenceJson {
    match what {
        Kept::Counts { kept, counted } => {
            let words = |counts: crate::live::Counts| {
                Some(format!("{}/{}", counts.received, counts.expected))
            };
            DifferenceJson {
                unit,
                name,
                indicator: None,
                period: None,
                official: false,
                kept: words(kept),
                counted: words(counted),
            }
        }
        Kept::Total {
            indicator,
            period,
            is_official,
            kept,
            counted,
            ..
        } => DifferenceJson {
            unit,
            name,
            indicator: Some(indicator),
            period: Some(period.key()),
            official: is_official,
            kept: kept.map(|amount| amount.to_string()),
            counted: counted.map(|amount| amount.to_string()),
        },
    }
}

/// Counts all totals of a campaign again from its reports, keeps the outcome, and records it when something differed.
/// `progress` is told how many reports were added up.
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access: those who manage the campaign may ask for it.
pub fn recount(ctx: &Ctx, short_id: &str, progress: &mut dyn FnMut(usize)) -> Result<RecountJson> {
    let campaign = managed(ctx, short_id)?;
    let counted = ctx
        .app()
        .live
        .recount(ctx.db(), &campaign, ctx.now, progress)?;
    let outcome = RecountJson::new(&campaign, ctx.now, counted);
    let stored =
        serde_json::to_string(&outcome).map_err(|error| Error::Internal(error.to_string()))?;
    let mut event = ctx.campaign_event(EventKind::FiguresRecounted, campaign.id);
    event.detail = serde_json::json!({
        "reports": outcome.reports, "totals": outcome.totals, "differing": outcome.differing,
    })
    .to_string();
    ctx.db().write(move |tx| -> Result<()> {
        store::settings::set(tx, &setting_of(&campaign), &stored)?;
        store::events::append(tx, &event)?;
        Ok(())
    })?;
    Ok(outcome)
}

/// The outcome of the last recount; `None` before the first.
///
/// # Errors
/// As [`recount`].
pub fn last_recount(ctx: &Ctx, short_id: &str) -> Result<Option<RecountJson>> {
    let campaign = managed(ctx, short_id)?;
    let stored = ctx
        .db()
        .read(|tx| store::settings::get(tx, &setting_of(&campaign)))?;
    // An outcome in the form of another version counts as none: the next night makes a new one.
    Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()))
}

/// What the page of the figures offers: the last recount and a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecountDesk {
    pub last: Option<RecountJson>,
}

/// The desk of the recount; `None` for who does not manage the campaign.
///
/// # Errors
/// What the store fails with.
pub fn recount_desk(ctx: &Ctx, short_id: &str) -> Result<Option<RecountDesk>> {
    match last_recount(ctx, short_id) {
        Ok(last) => Ok(Some(RecountDesk { last })),
        // Whoever sees the figures without managing the campaign sees them without this.
        Err(Error::Forbidden | Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Loads the totals of every open campaign, so that nobody who asks first has to wait for it.
///
/// # Errors
/// When a campaign cannot be read.
pub fn load_all_open(app: &App) -> Result<()> {
    let ctx = app.operator();
    for campaign in open_campaigns(&ctx)? {
        app.live.with(ctx.db(), &campaign, ctx.now, |_| ())?;
    }
    Ok(())
}

/// Open campaigns, the newest first.
fn open_campaigns(ctx: &Ctx) -> Result<Vec<Campaign>> {
    let mut campaigns = ctx.db().read(store::campaigns::list)?;
    campaigns.retain(|campaign| campaign.state == CampaignState::Open);
    campaigns.sort_by_key(|campaign| std::cmp::Reverse(campaign.id.0));
    Ok(campaigns)
}

/// Recounts every open campaign; one that fails does not keep the others from it.
///
/// # Errors
/// When the campaigns cannot be listed.
pub fn recount_all_open(app: &App) -> Result<Vec<RecountJson>> {
    let ctx = app.operator();
    let mut outcomes = Vec::new();
    for campaign in open_campaigns(&ctx)? {
        match recount(&ctx, &campaign.short_id, &mut |_| {}) {
            Ok(outcome) => outcomes.push(outcome),
            Err(error) => {
                tracing::warn!(campaign = %campaign.short_id, %error, detail = error.log_detail(), "totals could not be recounted");
            }
        }
    }
    Ok(outcomes)
}

fn managed(ctx: &Ctx, short_id: &str) -> Result<Campaign> {
    let (campaign, subject) = ctx.db().read(|tx| load_campaign(ctx, tx, short_id, None))?;
    ctx.require(Wish::ManageCampaign, &subject)?;
    Ok(campaign)
}

fn setting_of(campaign: &Campaign) -> String {
    format!("recount/{}", campaign.id.0)
}
