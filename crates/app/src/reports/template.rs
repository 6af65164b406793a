//! The report as a Word file to be filled in.

use super::content::{Content, FigureSource, Outline, sha256_hex};
use super::document::{TITLE, inside_a_line, plain};
use super::steps::own;
use crate::ctx::{Ctx, LoadedReport};
use crate::documents::{File, FileFormat};
use crate::error::Result;
use domain::campaign::{Period, Section, Writable};
use domain::figures::Cell;
use domain::ids::{AssignmentId, SectionId};
use domain::official::compose::{ReportParts, heading, report};
use domain::official::template::{
    COMPUTED, Template, TemplateCell, TemplateFigures, TemplateRow, TemplateSection,
};
use domain::official::{profile_named, profile_on};
use domain::prose;
use domain::report::anchors::Anchor;
use domain::report::filled::settled;
use domain::text::fold;
use std::collections::BTreeMap;
use store::Tx;

/// Characters of a hash that an anchor carries.
const HASH_CHARS: usize = 8;

/// The beginning of the hash of a section's text, in the form that a word processor keeps.
pub(super) fn hash_of(text: &str) -> String {
    sha256_hex(settled(text).as_bytes())
        .chars()
        .take(HASH_CHARS)
        .collect()
}

/// The template of a report: what the draft says already stands in it. `with_answers`: sections that are still empty
/// bring what the unit answered in the last campaign.
///
/// # Errors
/// [`crate::Error::NotFound`] for everybody outside the unit.
pub fn file(ctx: &Ctx, id: AssignmentId, with_answers: bool) -> Result<File> {
    ctx.db().read(|tx| {
        let loaded = own(ctx, tx, id)?;
        let content = Content::current(ctx, tx, &loaded)?;
        let answers = if with_answers {
            last_answers(tx, &loaded, &content.outline)?
        } else {
            BTreeMap::new()
        };
        let template = compose(ctx, tx, &loaded, &content, &answers)?;
        let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
        Ok(File {
            name: format!(
                "mau-bao-cao-{}-{}.docx",
                plain(&loaded.campaign.short_id),
                plain(&unit.seed.code)
            ),
            media_type: FileFormat::Docx.media_type(),
            bytes: formats::write_template(&template),
        })
    })
}

/// The template as parts. `answers` fill what is empty.
pub(super) fn compose(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    content: &Content,
    answers: &BTreeMap<SectionId, String>,
) -> Result<Template> {
    let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?.seed;
    let named = store::work::named(tx, loaded.assignment.id)?;
    let mut recipients = vec![loaded.assignment.terms.addressee_name.clone()];
    recipients.extend(named.via_name);
    recipients.push(format!("Lưu {}", unit.name));
    let document = report(ReportParts {
        profile: profile_named(&loaded.campaign.profile)
            .unwrap_or_else(|| profile_on(domain::deadline::day_of(ctx.now))),
        unit: &unit,
        subject: &inside_a_line(&loaded.campaign.name),
        issued: None,
        sections: &[],
        recipients,
        annexes: Vec::new(),
    });
    let sections = content.outline.sections.iter();
    Ok(Template {
        document,
        mark: Anchor::Template {
            assignment: loaded.assignment.id,
            revision: loaded.assignment.revision,
        },
        sections: sections
            .map(|section| section_of(section, content, answers))
            .collect(),
        figures: (content.source == FigureSource::Entered && !content.outline.layout.is_empty())
            .then(|| figures_of(content)),
    })
}

fn section_of(
    section: &Section,
    content: &Content,
    answers: &BTreeMap<SectionId, String>,
) -> TemplateSection {
    let text = content.text(section.id);
    let shown = if text.trim().is_empty() {
        answers.get(&section.id).map_or("", String::as_str)
    } else {
        text
    };
    TemplateSection {
        heading: heading(section),
        anchor: Anchor::Section {
            id: section.id,
            version: content
                .texts
                .get(&section.id)
                .map_or(0, |text| text.version),
            hash: hash_of(text),
        },
        guidance: section.guidance.clone(),
        content: (section.writable != Writable::Heading).then(|| prose::to_document(shown)),
    }
}

fn figures_of(content: &Content) -> TemplateFigures {
    let layout = &content.outline.layout;
    let rows = layout
        .indicators()
        .iter()
        .enumerate()
        .map(|(at, indicator)| {
            let mut cells = vec![TemplateCell::Closed(""); layout.years().len() + 1];
            for (period, cell) in layout.cells(at) {
                let column = match period {
                    Period::Year(year) => layout.years().iter().position(|known| *known == year),
                    Period::Whole => Some(layout.years().len()),
                };
                let value = content
                    .figures
                    .cells
                    .get(cell)
                    .copied()
                    .unwrap_or(Cell::Blank);
                if let Some(place) = column.and_then(|column| cells.get_mut(column)) {
                    *place = if indicator.is_computed() {
                        TemplateCell::Closed(COMPUTED)
                    } else {
                        let anchor = Anchor::Figure {
                            indicator: indicator.id,
                            period,
                            base: value,
                        };
                        TemplateCell::Open(anchor, value.vietnamese())
                    };
                }
            }
            TemplateRow {
                code: indicator.code.clone(),
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
                cells,
            }
        });
    TemplateFigures {
        title: TITLE.into(),
        years: layout.years().to_vec(),
        rows: rows.collect(),
    }
}

/// What the unit wrote in the last report that it sent, under the sections of the same title.
fn last_answers(
    tx: &mut dyn Tx,
    loaded: &LoadedReport,
    outline: &Outline,
) -> Result<BTreeMap<SectionId, String>> {
    let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
    let Some((assignment, revision)) =
        store::uploaded_drafts::last_sent_before(tx, &unit.seed.code, loaded.campaign.id)?
    else {
        return Ok(BTreeMap::new());
    };
    let before = store::assignments::by_id(tx, assignment)?;
    let sections = store::campaigns::sections(tx, before.campaign)?;
    let texts = store::sections::texts(tx, revision)?;
    let answer = |section: &Section| {
        let title = fold(&section.title);
        let same = sections.iter().find(|old| fold(&old.title) == title)?;
        texts
            .iter()
            .find(|text| text.section == same.id)
            .map(|text| (section.id, text.text.clone()))
    };
    Ok(outline.sections.iter().filter_map(answer).collect())
}
