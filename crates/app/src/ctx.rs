//! What every use case needs: the application, who acts, and when.

use crate::copies::known::Fingerprints;
use crate::error::{Error, Result};
use crate::live::Live;
use crate::ports::{Clock, Convert, NoOffice, PdfRenderer};
use crate::reports::content::Outline;
use crate::reports::known_outlines::KnownOutlines;
use domain::access::{
    Actor, CampaignSubject, Decision, Place, ReportSubject, Subject, Wish, decide,
};
use domain::campaign::{Assignment, Campaign};
use domain::event::{Event, EventKind};
use domain::ids::{AccountId, AssignmentId, CampaignId, UnitId};
use jiff::Timestamp;
use std::sync::Arc;
use store::{Db, Tx};

/// The running application: the store and the ports to the outside. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) db: Db,
    clock: Arc<dyn Clock>,
    pub(crate) pdf: Arc<dyn PdfRenderer>,
    office: Arc<dyn Convert>,
    pub(crate) live: Arc<Live>,
    pub(crate) fingerprints: Arc<Fingerprints>,
    outlines: Arc<KnownOutlines>,
}

impl App {
    pub fn new(db: Db, clock: Arc<dyn Clock>, pdf: Arc<dyn PdfRenderer>) -> App {
        App {
            db,
            clock,
            pdf,
            office: Arc::new(NoOffice),
            live: Arc::default(),
            fingerprints: Arc::default(),
            outlines: Arc::default(),
        }
    }

    /// The same application with an office program for old kinds of files.
    #[must_use]
    pub fn with_office(self, office: Arc<dyn Convert>) -> App {
        App { office, ..self }
    }

    /// The office program, for [`crate::incoming::read`].
    pub fn office(&self) -> &dyn Convert {
        self.office.as_ref()
    }

    /// The present moment in whole microseconds, so that what is answered is what will be read back.
    pub fn now(&self) -> Timestamp {
        let now = self.clock.now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// The same application under another clock: the demonstration plays past weeks at their own moments.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> App {
        App {
            clock,
            ..self.clone()
        }
    }

    /// A context for one use case, or for one request of several.
    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx {
            app: self.clone(),
            actor: Arc::new(actor),
            now: self.now(),
            is_operator: false,
        }
    }

    /// A context for whoever holds the data folder and works on it from the command line: the folder itself is
    /// their right, so no account is asked for and nothing is refused. Never made for a request from outside.
    pub fn operator(&self) -> Ctx {
        let nobody = Actor {
            account: AccountId(0),
            name: String::new(),
            grants: Vec::new(),
        };
        Ctx {
            is_operator: true,
            ..self.ctx(nobody)
        }
    }
}

/// Who acts, and when. Every use case takes it; there is no way to the store without it.
#[derive(Clone)]
pub struct Ctx {
    pub(crate) app: App,
    pub actor: Arc<Actor>,
    pub now: Timestamp,
    is_operator: bool,
}

impl Ctx {
    pub fn app(&self) -> &App {
        &self.app
    }

    pub(crate) fn db(&self) -> &Db {
        &self.app.db
    }

    /// What a campaign asks of every report.
    pub(crate) fn outline(&self, tx: &mut dyn Tx, campaign: &Campaign) -> Result<Arc<Outline>> {
        self.app.outlines.of(tx, campaign)
    }

    /// Who acts; `None` for the operator, who needs no account.
    pub(crate) fn account(&self) -> Option<AccountId> {
        (!self.is_operator).then_some(self.actor.account)
    }

    /// Refuses unless the actor may do `wish` to `subject`.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what the actor may not know of, [`Error::Forbidden`] for the rest.
    pub(crate) fn require(&self, wish: Wish, subject: &Subject) -> Result<()> {
        if self.is_operator {
            return Ok(());
        }
        match decide(&self.actor, wish, subject) {
            Decision::Allowed => Ok(()),
            Decision::Forbidden => Err(Error::Forbidden),
            Decision::Hidden => Err(Error::NotFound),
        }
    }

    /// Whether the actor may do it; for offering buttons.
    pub(crate) fn may(&self, wish: Wish, subject: &Subject) -> bool {
        self.is_operator || decide(&self.actor, wish, subject) == Decision::Allowed
    }

    /// An event of this moment by this actor on behalf of `unit`; the caller adds what it is about.
    pub(crate) fn event(&self, kind: EventKind, unit: Option<UnitId>) -> Event {
        Event {
            at: self.now,
            account: self.account(),
            unit,
            campaign: None,
            assignment: None,
            kind,
            detail: "{}".into(),
            reason: None,
        }
    }

    /// An event about a report.
    pub(crate) fn report_event(
        &self,
        kind: EventKind,
        assignment: &Assignment,
        unit: UnitId,
    ) -> Event {
        Event {
            campaign: Some(assignment.campaign),
            assignment: Some(assignment.id),
            ..self.event(kind, Some(unit))
        }
    }

    /// An event about a campaign.
    pub(crate) fn campaign_event(&self, kind: EventKind, campaign: CampaignId) -> Event {
        Event {
            campaign: Some(campaign),
            ..self.event(
                kind,
                self.actor.grants.first().map(|grant| grant.place.unit),
            )
        }
    }

    /// The unit on whose behalf the actor takes part in a report: the one of the actor's units that stands nearest to it.
    pub(crate) fn acting_unit(&self, subject: &ReportSubject) -> Option<UnitId> {
        self.actor
            .grants
            .iter()
            .filter_map(|grant| {
                let nearest = domain::access::positions(grant, subject)
                    .into_iter()
                    .min()?;
                Some((nearest, grant.place.unit))
            })
            .min_by_key(|(position, _)| *position)
            .map(|(_, unit)| unit)
    }
}

/// An assignment with its campaign and the access rules' view of it.
#[derive(Debug, Clone)]
pub struct LoadedReport {
    pub assignment: Assignment,
    pub campaign: Campaign,
    pub subject: ReportSubject,
}

/// Loads an assignment with what the access rules need.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) fn load_report(tx: &mut dyn Tx, id: AssignmentId) -> Result<LoadedReport> {
    let assignment = store::assignments::by_id(tx, id)?;
    let campaign = store::campaigns::by_id(tx, assignment.campaign)?;
    let (lead, coordinating) = leading_places(tx, &campaign)?;
    let subject = assignment
        .subject(lead, coordinating, |unit| {
            store::units::place(tx, unit).ok()
        })
        .ok_or(Error::NotFound)?;
    Ok(LoadedReport {
        assignment,
        campaign,
        subject,
    })
}

/// Loads a campaign with the access rules' view of it, or of its part below `part`.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub(crate) fn load_campaign(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    short_id: &str,
    part: Option<UnitId>,
) -> Result<(Campaign, Subject)> {
    let campaign = store::campaigns::by_short_id(tx, short_id)?.ok_or(Error::NotFound)?;
    let subject = campaign_subject(ctx, tx, &campaign, part)?;
    Ok((campaign, subject))
}

/// The access rules' view of a campaign, or of its part below `part`.
pub(crate) fn campaign_subject(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    campaign: &Campaign,
    part: Option<UnitId>,
) -> Result<Subject> {
    let (lead, coordinating) = leading_places(tx, campaign)?;
    let part = part.map(|unit| store::units::place(tx, unit)).transpose()?;
    let mut takes_part = false;
    for grant in &ctx.actor.grants {
        takes_part |= store::assignments::of_unit(tx, campaign.id, grant.place.unit)?.is_some();
    }
    Ok(Subject::Campaign(CampaignSubject {
        lead,
        coordinating,
        part,
        takes_part,
    }))
}

/// The places of the bodies that lead and coordinate a campaign.
pub(crate) fn leading_places(
    tx: &mut dyn Tx,
    campaign: &Campaign,
) -> Result<(Option<Place>, Option<Place>)> {
    let mut place =
        |unit: Option<UnitId>| unit.map(|unit| store::units::place(tx, unit)).transpose();
    Ok((place(campaign.lead)?, place(campaign.coordinating)?))
}
