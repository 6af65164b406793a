//! Issuing an adopted report: number and symbol, date, place, signer.

use super::content::Content;
use super::steps::{authorised, current_revision, facts_with, move_to, own};
use crate::ctx::{Ctx, LoadedReport};
use crate::error::{Error, Result};
use domain::deadline::day_of;
use domain::event::EventKind;
use domain::ids::{AssignmentId, RevisionId};
use domain::org::Unit;
use domain::report::adoption::Adoption;
use domain::report::issuing::{
    REPORT_KIND, authority_of, check_date, check_number, number_symbol, usual_term,
};
use domain::report::lifecycle::{Action, State, step};
use jiff::civil::Date;
use store::Tx;
use store::adoptions::AdoptionRecord;
pub use store::issued::IssuedDocument;
use store::revisions::Revision;

/// What an office fills in to issue a report.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct IssueInput {
    /// `None` takes the next free number of the issuer's reports in this term.
    #[serde(default)]
    pub number: Option<i64>,
    /// Term of the committee; empty takes the usual one of the date.
    #[serde(default)]
    pub term: String,
    pub dated: Date,
    /// Empty takes the unit's own place.
    #[serde(default)]
    pub place: String,
    /// On whose behalf it is signed, e.g. `T/M BAN THƯỜNG VỤ`; empty when the head signs in their own right.
    #[serde(default)]
    pub authority: String,
    pub position: String,
    pub signer: String,
}

/// Number and signature as a program gives them; what is left out is as suggested, but for who signs.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct IssueWish {
    pub number: Option<i64>,
    pub term: Option<String>,
    pub dated: Option<Date>,
    pub place: Option<String>,
    pub authority: Option<String>,
    pub position: String,
    pub signer: String,
}

impl IssueWish {
    /// Filled in with what the program suggests.
    ///
    /// # Errors
    /// [`Error::NotFound`] for other units.
    pub fn completed(self, ctx: &Ctx, id: AssignmentId) -> Result<IssueInput> {
        Ok(self.over(suggestion(ctx, id)?))
    }

    pub(super) fn over(self, suggested: IssueInput) -> IssueInput {
        IssueInput {
            number: self.number.or(suggested.number),
            term: self.term.unwrap_or(suggested.term),
            dated: self.dated.unwrap_or(suggested.dated),
            place: self.place.unwrap_or(suggested.place),
            authority: self.authority.unwrap_or(suggested.authority),
            position: self.position,
            signer: self.signer,
        }
    }
}

/// A form filled in as far as the program knows: next number, today, the unit's place, the usual capacity.
///
/// # Errors
/// [`Error::NotFound`] for other units.
pub fn suggestion(ctx: &Ctx, id: AssignmentId) -> Result<IssueInput> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
        let before = match store::revisions::by_number(tx, id, loaded.assignment.revision)? {
            Some(revision) => store::issued::of_revision(tx, revision.id)?,
            None => None,
        };
        let usual = usual(ctx, &loaded, &unit);
        Ok(match before {
            Some(before) => IssueInput {
                number: Some(before.number),
                position: before.position,
                signer: before.signer,
                ..usual
            },
            None => IssueInput {
                number: Some(store::issued::next_number(
                    tx,
                    unit.id,
                    REPORT_KIND,
                    &usual.term,
                )?),
                ..usual
            },
        })
    })
}

/// What is usual for a first issue today; the number is left open and nobody has signed.
pub(super) fn usual(ctx: &Ctx, loaded: &LoadedReport, unit: &Unit) -> IssueInput {
    let dated = day_of(ctx.now);
    IssueInput {
        number: None,
        term: usual_term(dated),
        dated,
        place: unit.seed.place.clone(),
        authority: authority_of(&adopting_body(loaded, unit.collective())),
        position: "BÍ THƯ".into(),
        signer: String::new(),
    }
}

fn adopting_body(loaded: &LoadedReport, collective: &str) -> String {
    let named = &loaded.assignment.terms.adopted_by;
    if authority_of(named).is_empty() {
        collective.to_string()
    } else {
        named.clone()
    }
}

/// Issues the adopted report.
///
/// # Errors
/// [`Error::Invalid`] for a taken number, an impossible date or a missing signer; [`Error::Refused`] when it was
/// not adopted or its text has changed since.
pub fn issue(ctx: &Ctx, id: AssignmentId, input: IssueInput) -> Result<IssuedDocument> {
    let ctx = ctx.clone();
    let input = clean(input)?;
    ctx.db().clone().write(move |tx| {
        let loaded = authorised(&ctx, tx, id, Action::Issue)?;
        let revision = current_revision(tx, &loaded)?;
        let content = Content::current(&ctx, tx, &loaded)?;
        let to = step(
            loaded.assignment.state,
            Action::Issue,
            facts_with(&loaded, &content),
        )?
        .to;
        let vote = last_passed(tx, &revision)?.ok_or(Error::NotFound)?;
        refuse_date(&ctx, &input, &vote.adoption)?;
        let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
        let document = document(&ctx, tx, &unit, revision.id, &input)?;
        store::issued::save(tx, &document, ctx.actor.account)?;
        let detail = issued_detail(revision.number, &document);
        move_to(&ctx, tx, &loaded, to, EventKind::Issued, detail, "")?;
        Ok(document)
    })
}

/// A report is issued neither before its vote nor in the future.
pub(super) fn refuse_date(ctx: &Ctx, input: &IssueInput, vote: &Adoption) -> Result<()> {
    check_date(input.dated, vote.held_on, day_of(ctx.now))
        .map_err(|error| Error::invalid("Ngày ban hành", error.to_string()))
}

/// What the event of an issue says.
pub(super) fn issued_detail(revision: i64, document: &IssuedDocument) -> serde_json::Value {
    serde_json::json!({ "revision": revision, "symbol": document.symbol })
}

/// Clean words; somebody must have signed.
pub(super) fn clean(input: IssueInput) -> Result<IssueInput> {
    let line = |text: &str| domain::text::clean_line(text);
    let input = IssueInput {
        term: line(&input.term),
        place: line(&input.place),
        authority: line(&input.authority),
        position: line(&input.position),
        signer: line(&input.signer),
        ..input
    };
    if input.signer.is_empty() {
        return Err(Error::invalid("Người ký", "hãy ghi họ và tên người ký"));
    }
    if input.position.is_empty() {
        return Err(Error::invalid("Chức vụ", "hãy ghi chức vụ người ký"));
    }
    Ok(input)
}

/// The document that a revision becomes; its number must be free.
pub(super) fn document(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    unit: &Unit,
    revision: RevisionId,
    input: &IssueInput,
) -> Result<IssuedDocument> {
    let term = if input.term.is_empty() {
        usual_term(input.dated)
    } else {
        input.term.clone()
    };
    let next = store::issued::next_number(tx, unit.id, REPORT_KIND, &term)?;
    let number = input.number.unwrap_or(next);
    check_number(number).map_err(|error| Error::invalid("Số", error.to_string()))?;
    let holder = store::issued::holder(tx, unit.id, REPORT_KIND, &term, number)?;
    let symbol = number_symbol(number, REPORT_KIND, &unit.seed.symbol);
    if holder.is_some_and(|holder| holder != revision) {
        return Err(Error::invalid(
            "Số",
            format!("số {symbol} đã dùng trong nhiệm kỳ {term}. Số tiếp theo chưa dùng là {next}"),
        ));
    }
    Ok(IssuedDocument {
        revision,
        unit: unit.id,
        kind: REPORT_KIND.into(),
        term,
        number,
        symbol,
        dated: input.dated,
        place: if input.place.is_empty() {
            unit.seed.place.clone()
        } else {
            input.place.clone()
        },
        authority: input.authority.clone(),
        position: input.position.clone(),
        signer: input.signer.clone(),
        issued_at: ctx.now,
    })
}

/// The last vote on a revision that passed.
fn last_passed(tx: &mut dyn Tx, revision: &Revision) -> Result<Option<AdoptionRecord>> {
    let votes = store::adoptions::of_revision(tx, revision.id)?;
    Ok(votes.into_iter().rev().find(|vote| vote.passes))
}

/// A revision counts as issued only in these states; a text taken back keeps its number for the next issue.
pub(super) fn counts_as_issued(state: State, revision: &Revision) -> bool {
    revision.is_frozen() || state == State::Issued
}
