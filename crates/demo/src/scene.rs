//! What the player needs to know of the campaign: its outline, who reports to whom, and who acts for each unit.

use crate::cast::{self, LEAD};
use crate::content::Content;
use app::{App, Ctx, Error, Result};
use domain::access::Actor;
use domain::campaign::Section;
use domain::ids::{AccountId, AssignmentId, SectionId, UnitId};
use std::collections::{HashMap, HashSet};

/// One report with the units that have a part in it, by code.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    pub id: AssignmentId,
    pub unit: String,
    pub drafter: String,
    pub intermediary: Option<String>,
    pub addressee: String,
}

impl Report {
    /// The unit that the report reaches first.
    pub fn receiver(&self) -> &str {
        self.intermediary.as_deref().unwrap_or(&self.addressee)
    }
}

/// The campaign of the demo, loaded once.
pub(crate) struct Scene {
    /// Short id of the campaign.
    pub campaign: String,
    pub sections: Vec<Section>,
    /// In tree order.
    pub reports: Vec<Report>,
    staff: HashMap<String, Actor>,
    staff_accounts: HashSet<AccountId>,
}

impl Scene {
    pub fn load(app: &App, content: &Content) -> Result<Scene> {
        let mut staff = HashMap::new();
        let mut codes: HashMap<UnitId, String> = HashMap::new();
        for unit in &content.units {
            let actor = Actor::clone(&app.ctx_of(&cast::staff_login(&unit.code))?.actor);
            if let Some(grant) = actor.grants.first() {
                codes.insert(grant.place.unit, unit.code.clone());
            }
            staff.insert(unit.code.clone(), actor);
        }
        let staff_accounts = staff.values().map(|actor| actor.account).collect();
        let mut scene = Scene {
            campaign: String::new(),
            sections: Vec::new(),
            reports: Vec::new(),
            staff,
            staff_accounts,
        };
        let lead = scene.staff(app, LEAD)?;
        // A visitor may have opened campaigns of their own since; ours is the oldest.
        let campaigns = app::campaigns::list(&lead)?;
        let ours = campaigns.last().ok_or(Error::NotFound)?;
        scene.campaign = ours.short_id.clone();
        scene.sections = app::outlines::get(&lead, &scene.campaign)?.sections;
        scene.reports = reports(&lead, &scene.campaign, &codes)?;
        Ok(scene)
    }

    /// A context of a unit's staff at the moment of the clock.
    pub fn staff(&self, app: &App, unit: &str) -> Result<Ctx> {
        let actor = self
            .staff
            .get(unit)
            .ok_or_else(|| Error::Internal(format!("unit {unit} has no staff")))?;
        Ok(app.ctx(actor.clone()))
    }

    /// Whether an account belongs to the script and not to a visitor.
    pub fn is_staff(&self, account: AccountId) -> bool {
        self.staff_accounts.contains(&account)
    }

    pub fn report(&self, unit: &str) -> Result<&Report> {
        self.reports
            .iter()
            .find(|report| report.unit == unit)
            .ok_or_else(|| Error::Internal(format!("unit {unit} owes no report")))
    }

    /// The section with this number.
    pub fn section(&self, number: &str) -> Option<SectionId> {
        self.sections
            .iter()
            .find(|section| section.number == number)
            .map(|section| section.id)
    }
}

fn reports(ctx: &Ctx, campaign: &str, codes: &HashMap<UnitId, String>) -> Result<Vec<Report>> {
    let listing = app::assignments::list(
        ctx,
        campaign,
        &app::assignments::LineFilter::default(),
        2000,
        0,
    )?;
    let code = |unit: UnitId| codes.get(&unit).cloned();
    Ok(listing
        .lines
        .into_iter()
        .map(|line| {
            let terms = &line.assignment.terms;
            Report {
                id: line.assignment.id,
                drafter: terms
                    .drafted_by
                    .and_then(code)
                    .unwrap_or_else(|| line.unit_code.clone()),
                intermediary: terms.via.and_then(code),
                addressee: terms.addressee.and_then(code).unwrap_or_default(),
                unit: line.unit_code,
            }
        })
        .collect())
}
