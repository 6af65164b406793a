//! A complete report in one request, from a system that writes elsewhere: every step of its life with the rules of that
//! step, as if they had been taken one after another.
//!
//! Everything but the writing itself is done on the caller's thread; the writer looks again whether the report is
//! still untouched, and inserts.

use super::adoption::{checked, refuse_blocked, vote_detail};
use super::content::{Content, FigureSource, Outline, figure_source};
use super::draft::clean_text;
use super::figures::{ExactChange, new_table, refuse_rolled_up};
use super::issue::{IssueInput, IssueWish, document, issued_detail, refuse_date, usual};
use super::section_names;
use super::send::{Receipt, new_code, sent_detail};
use super::steps::{event_of, facts};
use crate::ctx::{Ctx, LoadedReport, load_report};
use crate::error::{Error, Problem, Result};
use domain::access::{Subject, Wish};
use domain::campaign::{Assignment, Writable};
use domain::event::{Event, EventKind};
use domain::ids::{AssignmentId, SectionId};
use domain::org::Unit;
use domain::report::adoption::Adoption;
use domain::report::content::Fingerprint;
use domain::report::lifecycle::{Action, Facts, State, step};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Tx;
use store::reports_bulk::WholeReport;
use store::sections::SectionText;

/// The steps that a whole report takes at once.
const STEPS: [Action; 5] = [
    Action::Draft,
    Action::Propose,
    Action::Adopt,
    Action::Issue,
    Action::Send,
];

/// A report as it was written, adopted and issued elsewhere.
#[derive(Debug, Clone)]
pub struct Whole {
    pub sections: Vec<(SectionName, String)>,
    /// Cells that are not named are blank.
    pub figures: Vec<ExactChange>,
    pub adoption: Adoption,
    pub issue: IssueWish,
}

/// A section by its id, or by its number as [`section_names::section`] reads it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
pub enum SectionName {
    Id(SectionId),
    Number(String),
}

/// Takes a report in whole and gives its receipt; the same content again gives the same receipt.
///
/// # Errors
/// Those of writing, proposing, adopting, issuing and sending; [`Error::Refused`] when somebody has begun the report or
/// the vote did not pass. Nothing is kept of a report that is refused.
pub fn submit(ctx: &Ctx, id: AssignmentId, whole: Whole) -> Result<Receipt> {
    let known = ctx.db().read(|tx| Known::load(ctx, tx, id))?;
    let assignment = known.loaded.assignment.clone();
    let content = known.content(ctx, whole.sections, whole.figures)?;
    let print = content.fingerprint();
    if is_begun(&assignment) {
        let hash = print.whole;
        return ctx.db().read(|tx| same_receipt(tx, &assignment, &hash));
    }
    let ready = Ready::new(ctx, known, content, print, whole.adoption, whole.issue)?;
    let ctx = ctx.clone();
    ctx.db().clone().write(move |tx| ready.store(&ctx, tx))
}

fn is_begun(assignment: &Assignment) -> bool {
    assignment.revision != 0 || assignment.state != State::Assigned
}

/// The receipt of a report that was sent with this very content.
fn same_receipt(tx: &mut dyn Tx, assignment: &Assignment, content_hash: &str) -> Result<Receipt> {
    if assignment.state.is_with_superior()
        && let Some(revision) = store::revisions::by_number(tx, assignment.id, assignment.revision)?
        && revision.content_hash.as_deref() == Some(content_hash)
        && let Some(receipt) = store::receipts::of_revision(tx, revision.id)?
    {
        return Ok(receipt);
    }
    let way_out = if assignment.state.is_with_superior() {
        "với nội dung khác. Muốn sửa, hãy thu hồi khi nơi nhận chưa tiếp nhận, hoặc đề nghị trả lại, rồi gửi lại từng bước"
    } else {
        "nên không nhận trọn bộ. Hãy làm tiếp từng bước: soạn, trình tập thể, thông qua, ban hành, gửi"
    };
    Err(Error::Refused(format!(
        "Báo cáo đang ở bước “{}” {way_out}",
        assignment.state.label()
    )))
}

/// What the store knows of the report before it is written.
struct Known {
    loaded: LoadedReport,
    outline: Arc<Outline>,
    unit: Unit,
}

impl Known {
    fn load(ctx: &Ctx, tx: &mut dyn Tx, id: AssignmentId) -> Result<Known> {
        let loaded = load_report(tx, id)?;
        for action in STEPS {
            ctx.require(Wish::Act(action), &Subject::Report(loaded.subject))?;
        }
        refuse_rolled_up(figure_source(tx, &loaded.assignment)?)?;
        Ok(Known {
            outline: ctx.outline(tx, &loaded.campaign)?,
            unit: store::units::by_id(tx, loaded.assignment.terms.unit)?,
            loaded,
        })
    }

    /// The report as its collective voted on it: clean, with its numbers in the place of references to them.
    fn content(
        &self,
        ctx: &Ctx,
        sections: Vec<(SectionName, String)>,
        figures: Vec<ExactChange>,
    ) -> Result<Content> {
        let mut content = Content::nothing(self.outline.clone(), FigureSource::Entered);
        content.texts = texts(ctx, &self.outline, sections)?;
        content.figures = new_table(&self.outline.layout, figures)?;
        content.fill_in_figures();
        Ok(content)
    }
}

/// The texts that say something, each with its section.
fn texts(
    ctx: &Ctx,
    outline: &Outline,
    sections: Vec<(SectionName, String)>,
) -> Result<BTreeMap<SectionId, SectionText>> {
    let mut texts = BTreeMap::new();
    let mut problems = Vec::new();
    for (name, text) in sections {
        let section = match writable(outline, &name) {
            Ok(section) => section,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let text = clean_text(&text)?;
        crate::secrets::refuse_text(ctx, &text)?;
        if text.is_empty() {
            continue;
        }
        let written = SectionText {
            section,
            text,
            passages: None,
            version: 1,
            saved_at: ctx.now,
            saved_by: Some(ctx.actor.account),
            saved_by_name: None,
        };
        if texts.insert(section, written).is_some() {
            problems.push(Problem {
                place: place_of(&name),
                message: "mục này có hai lần. Hãy gửi mỗi mục một lần".into(),
            });
        }
    }
    if problems.is_empty() {
        Ok(texts)
    } else {
        Err(Error::Invalid(problems))
    }
}

fn writable(outline: &Outline, name: &SectionName) -> Result<SectionId, Problem> {
    let problem = |message: String| Problem {
        place: place_of(name),
        message,
    };
    let id = match name {
        SectionName::Id(id) => *id,
        SectionName::Number(words) => {
            section_names::section(outline, words).map_err(|error| problem(error.to_string()))?
        }
    };
    match outline.section(id) {
        Some(section) if section.writable != Writable::Heading => Ok(id),
        Some(_) => Err(problem("là đề mục lớn, không viết nội dung".into())),
        None => Err(problem("đề cương không có mục này".into())),
    }
}

fn place_of(name: &SectionName) -> String {
    match name {
        SectionName::Id(id) => format!("Mục có mã {id}"),
        SectionName::Number(words) => format!("Mục {words}"),
    }
}

/// A whole report whose every step is possible.
struct Ready {
    loaded: LoadedReport,
    unit: Unit,
    report: WholeReport,
    print: Fingerprint,
    adoption: Adoption,
    issue: IssueInput,
    receipt_name: String,
}

impl Ready {
    fn new(
        ctx: &Ctx,
        known: Known,
        content: Content,
        print: Fingerprint,
        adoption: Adoption,
        issue: IssueWish,
    ) -> Result<Ready> {
        let adoption = checked(ctx, adoption)?;
        let issue = super::issue::clean(issue.over(usual(ctx, &known.loaded, &known.unit)))?;
        walk(&known.loaded, &content, &adoption)?;
        refuse_date(ctx, &issue, &adoption)?;
        let figures = store::figures::encode(&content.figures, &content.outline.layout);
        let report = WholeReport {
            assignment: known.loaded.assignment.id,
            figures_version: i64::from(figures != NO_FIGURES),
            figures,
            sections: content
                .texts
                .into_values()
                .map(|text| (text.section, text.text))
                .collect(),
            content_hash: print.whole.clone(),
            adopted_hash: Some(print.whole.clone()),
            receipt_code: new_code(),
            sent_at: ctx.now,
            sent_by: Some(ctx.actor.account),
        };
        Ok(Ready {
            loaded: known.loaded,
            unit: known.unit,
            report,
            print,
            adoption,
            issue,
            receipt_name: ctx.actor.name.clone(),
        })
    }

    fn store(&self, ctx: &Ctx, tx: &mut dyn Tx) -> Result<Receipt> {
        let report = &self.report;
        let Some(revision) = store::reports_bulk::insert_sent(tx, report)? else {
            let now = store::assignments::by_id(tx, report.assignment)?;
            return same_receipt(tx, &now, &report.content_hash);
        };
        let by = ctx.actor.account;
        store::adoptions::add(tx, revision, &self.adoption, &self.print, by, ctx.now)?;
        let document = document(ctx, tx, &self.unit, revision, &self.issue)?;
        store::issued::save(tx, &document, by)?;
        let receipt = Receipt {
            code: report.receipt_code.clone(),
            revision,
            assignment: report.assignment,
            content_hash: report.content_hash.clone(),
            sent_at: report.sent_at,
            sent_by: report.sent_by,
            sent_by_name: Some(self.receipt_name.clone()),
        };
        let begun = serde_json::json!({ "revision": FIRST, "sections": report.sections.len(), "how": "whole" });
        let steps = [
            (EventKind::DraftStarted, begun),
            (
                EventKind::Proposed,
                serde_json::json!({ "revision": FIRST }),
            ),
            (
                EventKind::Adopted,
                vote_detail(FIRST, &self.adoption, &self.print),
            ),
            (EventKind::Issued, issued_detail(FIRST, &document)),
            (EventKind::Sent, sent_detail(FIRST, &receipt)),
        ];
        let events: Vec<Event> = steps
            .iter()
            .map(|(kind, detail)| event_of(ctx, &self.loaded, *kind, detail))
            .collect();
        store::events::append_all(tx, &events)?;
        Ok(receipt)
    }
}

/// Number of the revision that a whole report is.
const FIRST: i64 = 1;
/// A table in which nothing stands.
const NO_FIGURES: &str = "{}";

/// Takes all steps one after another, from where the report stands.
fn walk(loaded: &LoadedReport, content: &Content, adoption: &Adoption) -> Result<()> {
    let blockers = content.blockers();
    let facts = Facts {
        vote_passes: adoption.passes(),
        // The text that was voted on is the one that is stored: nobody can come between.
        text_is_adopted: adoption.passes(),
        ..facts(loaded)
    };
    let mut state = loaded.assignment.state;
    for action in STEPS {
        state = step(state, action, facts)?.to;
        if action == Action::Propose {
            refuse_blocked(&blockers)?;
        }
    }
    Ok(())
}
