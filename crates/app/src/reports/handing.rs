//! Handing a section to a colleague of the unit. It says who writes it; whoever may draft may still write in it.

use super::desk::writable_place;
use super::steps::{own, record};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use domain::access::{Decision, Subject, Wish, decide};
use domain::event::EventKind;
use domain::ids::{AssignmentId, SectionId};
use domain::report::lifecycle::Action;
use domain::text::clean_line;
use std::collections::BTreeMap;
use store::Tx;

pub use store::handing::{Colleague, Held, Holder};

/// Accounts of a unit to choose from.
const MOST_COLLEAGUES: i64 = 100;

/// Who holds a section, and who else could.
#[derive(Debug, Clone)]
pub struct Hands {
    pub holder: Option<Holder>,
    /// Empty for those who may not hand it on.
    pub colleagues: Vec<Colleague>,
}

/// What stands beside the sections of a report, for its unit.
#[derive(Debug, Clone, Default)]
pub struct Margins {
    pub holders: BTreeMap<SectionId, Holder>,
    /// Remarks that nobody dealt with yet.
    pub open_comments: BTreeMap<SectionId, i64>,
}

/// Who holds a section.
///
/// # Errors
/// [`Error::NotFound`] outside the unit.
pub fn of_section(ctx: &Ctx, id: AssignmentId, section: SectionId) -> Result<Hands> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        writable_place(ctx.outline(tx, &loaded.campaign)?.as_ref(), section)?;
        let holders = store::handing::of_assignment(tx, id)?;
        let may_hand = ctx.may(Wish::Act(Action::Draft), &Subject::Report(loaded.subject));
        Ok(Hands {
            holder: holders.into_iter().find(|holder| holder.section == section),
            colleagues: if may_hand {
                colleagues(tx, &loaded)?
            } else {
                Vec::new()
            },
        })
    })
}

/// Those who may draft the report.
fn colleagues(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Vec<Colleague>> {
    let terms = &loaded.assignment.terms;
    let mut found: Vec<Colleague> = Vec::new();
    for unit in std::iter::once(terms.unit).chain(terms.drafted_by) {
        for colleague in store::handing::accounts_of(tx, unit, MOST_COLLEAGUES)? {
            let actor = store::accounts::actor(tx, colleague.account)?;
            let wish = Wish::Act(Action::Draft);
            let may = decide(&actor, wish, &Subject::Report(loaded.subject)) == Decision::Allowed;
            if may && !found.contains(&colleague) {
                found.push(colleague);
            }
        }
    }
    Ok(found)
}

/// What stands beside the sections of a report.
///
/// # Errors
/// [`Error::NotFound`] outside the unit.
pub fn margins(ctx: &Ctx, id: AssignmentId) -> Result<Margins> {
    ctx.db().read(|tx| {
        own(ctx, tx, id)?;
        let holders = store::handing::of_assignment(tx, id)?;
        let open = store::comments::open_by_section(tx, id)?;
        Ok(Margins {
            holders: holders
                .into_iter()
                .map(|holder| (holder.section, holder))
                .collect(),
            open_comments: open.into_iter().collect(),
        })
    })
}

/// Hands a section to the colleague with this login, with a word on what to do; without a login to nobody in particular.
///
/// # Errors
/// [`Error::Invalid`] when no such colleague may draft the report; [`Error::Forbidden`] for those who may not either.
pub fn hand(
    ctx: &Ctx,
    id: AssignmentId,
    section: SectionId,
    login: Option<&str>,
    note: &str,
) -> Result<()> {
    let login = login.map(str::trim).filter(|login| !login.is_empty());
    let (login, note) = (login.map(str::to_owned), clean_line(note));
    if note.chars().count() > 500 {
        return Err(Error::TooLarge(
            "Lời nhắn dài quá 500 ký tự. Hãy viết ngắn lại".into(),
        ));
    }
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| {
        let loaded = own(&ctx, tx, id)?;
        ctx.require(Wish::Act(Action::Draft), &Subject::Report(loaded.subject))?;
        let place = writable_place(ctx.outline(tx, &loaded.campaign)?.as_ref(), section)?.this;
        let Some(login) = &login else {
            if store::handing::take_back(tx, id, section)? {
                let detail = serde_json::json!({ "section": place.number, "to": null });
                record(&ctx, tx, &loaded, EventKind::SectionHanded, detail, "")?;
            }
            return Ok(());
        };
        let known = colleagues(tx, &loaded)?;
        let to = known.iter().find(|known| known.login == *login);
        let to = to.ok_or_else(|| {
            Error::invalid(
                "Người soạn",
                format!("“{login}” không phải tài khoản soạn được báo cáo này. Hãy chọn người trong đơn vị"),
            )
        })?;
        store::handing::hand(tx, (id, section), to.account, &note, ctx.actor.account, ctx.now)?;
        let detail = serde_json::json!({ "section": place.number, "to": to.login });
        record(&ctx, tx, &loaded, EventKind::SectionHanded, detail, &note)
    })
}
