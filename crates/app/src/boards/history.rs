//! How units kept their dues in the campaigns before, as far as the actor may see the boards of those.

use crate::ctx::{Ctx, campaign_subject};
use crate::error::Result;
use domain::access::{CampaignSubject, Subject, Wish};
use domain::campaign::Campaign;
use domain::deadline::{Timeliness, timeliness};
use domain::ids::UnitId;
use serde::Serialize;
use std::collections::HashMap;

/// Campaigns before that are looked at.
pub const MOST_CAMPAIGNS: i64 = 8;

/// How a unit kept its due in an earlier campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub campaign: String,
    pub name: String,
    pub timeliness: Timeliness,
}

/// How a unit kept its dues before, the latest campaign first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History(pub Vec<Past>);

impl History {
    /// In how many campaigns it sent too late or never.
    pub fn late(&self) -> usize {
        self.0.iter().filter(|past| past.was_late()).count()
    }

    /// The history in words; empty when there is none.
    pub fn words(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let (late, of) = (self.late(), self.0.len());
        if late == 0 {
            return format!("{of} đợt trước đều đúng hạn");
        }
        let last = self.0.iter().find_map(|past| match past.timeliness {
            Timeliness::Late { days } => Some(format!("gần nhất chậm {days} ngày")),
            Timeliness::Missing { .. } => Some("gần nhất không gửi".to_owned()),
            _ => None,
        });
        format!("chậm {late}/{of} đợt trước, {}", last.unwrap_or_default())
    }
}

impl Past {
    /// Sent after the due, or never.
    pub fn was_late(&self) -> bool {
        matches!(
            self.timeliness,
            Timeliness::Late { .. } | Timeliness::Missing { .. }
        )
    }
}

/// The histories of some units, a page of them: two seeks for each unit and campaign.
pub(super) fn histories(
    ctx: &Ctx,
    campaign: &Campaign,
    units: &[UnitId],
) -> Result<HashMap<UnitId, History>> {
    let mut found: HashMap<UnitId, History> = HashMap::new();
    ctx.db().read(|tx| -> Result<()> {
        for earlier in store::campaigns::issued_before(tx, campaign.id, MOST_CAMPAIGNS)? {
            let subject = campaign_subject(ctx, tx, &earlier, None)?;
            for past in store::past::reports_in(tx, &earlier, units)? {
                let part = match subject {
                    Subject::Campaign(whole) => Subject::Campaign(CampaignSubject {
                        part: Some(past.then),
                        ..whole
                    }),
                    other => other,
                };
                let kept = timeliness(past.due_at, past.first_sent_at, ctx.now);
                let is_known = past.state.is_expected() && kept != Timeliness::Pending;
                if is_known && ctx.may(Wish::ReadBoard, &part) {
                    found.entry(past.unit).or_default().0.push(Past {
                        campaign: earlier.short_id.clone(),
                        name: earlier.name.clone(),
                        timeliness: kept,
                    });
                }
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// One earlier campaign of a unit as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastJson {
    campaign: String,
    timeliness: &'static str,
    days_over: Option<i64>,
}

impl From<&Past> for PastJson {
    fn from(past: &Past) -> PastJson {
        PastJson {
            campaign: past.campaign.clone(),
            timeliness: past.timeliness.code(),
            days_over: past.timeliness.days_over(),
        }
    }
}
