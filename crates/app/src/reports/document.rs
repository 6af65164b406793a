//! A report as it leaves the house: an official document with its annexes, and its figures as a workbook.

use super::view::{ReportView, view};
use crate::ctx::Ctx;
use crate::documents::{File, FileFormat, render};
use crate::error::{Error, Result};
use domain::campaign::{Campaign, Period};
use domain::deadline::vietnamese_date;
use domain::figures::Cell;
use domain::ids::AssignmentId;
use domain::number::Amount;
use domain::official::compose::{
    FigureRow, IssuedHead, ReportParts, ReportSection, ReportedRow, figures_annex, report,
    reported_annex,
};
use domain::official::{Annex, OfficialDocument, SignatureBlock, profile_named, profile_on};
use domain::org::UnitSeed;
use domain::report::lifecycle::State;
use domain::rollup::of_one;
use formats::{CellOut, SheetOut, Workbook, write_workbook};
use store::Tx;
use store::issued::IssuedDocument;

/// What the report is made of besides its content.
struct Around {
    campaign: Campaign,
    unit: UnitSeed,
    recipients: Vec<String>,
    /// The reports addressed to the unit; empty for one that receives none.
    reported: Vec<ReportedRow>,
}

/// The report as the actor may see it, as an official document; a draft says that it is one.
///
/// # Errors
/// [`Error::NotFound`] for those who may not read it.
pub fn document(ctx: &Ctx, id: AssignmentId) -> Result<OfficialDocument> {
    let seen = view(ctx, id)?;
    let around = ctx.db().read(|tx| around(ctx, tx, &seen))?;
    let profile = profile_named(&around.campaign.profile)
        .unwrap_or_else(|| profile_on(domain::deadline::day_of(ctx.now)));
    let issued = seen.issued.as_ref().map(head);
    let sections: Vec<ReportSection> = seen
        .content
        .outline
        .sections
        .iter()
        .map(|section| ReportSection {
            section: section.clone(),
            text: seen.content.text(section.id).to_string(),
        })
        .collect();
    Ok(report(ReportParts {
        profile,
        unit: &around.unit,
        subject: &inside_a_line(&around.campaign.name),
        issued: issued.as_ref(),
        sections: &sections,
        recipients: around.recipients,
        annexes: annexes(&seen, &around.reported)?,
    }))
}

/// The report as a file; as XLSX its figures alone.
///
/// # Errors
/// As [`document`]; [`Error::Internal`] when the PDF engine fails.
pub fn file(ctx: &Ctx, id: AssignmentId, format: FileFormat) -> Result<File> {
    if format == FileFormat::Xlsx {
        return figures_file(ctx, id);
    }
    let document = document(ctx, id)?;
    let stem = match &document.number {
        Some(number) => format!("bao-cao-{}", plain(number)),
        None => format!("bao-cao-{id}-du-thao"),
    };
    render(ctx.app(), &document, format, &stem)
}

/// Letters and digits without marks; everything between them becomes one dash.
pub(crate) fn plain(text: &str) -> String {
    domain::text::fold(text)
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn around(ctx: &Ctx, tx: &mut dyn Tx, seen: &ReportView) -> Result<Around> {
    let assignment = &seen.status.report.assignment;
    // What was issued keeps the names of the day and of the unit that issued it.
    let issued = seen.issued.as_ref();
    let unit = store::units::by_id(
        tx,
        issued.map_or(assignment.terms.unit, |issued| issued.unit),
    )?;
    let named = match issued {
        Some(issued) => store::unit_history::facts_on(tx, &unit, issued.dated)?,
        None => unit.seed.clone(),
    };
    let mut recipients = vec![assignment.terms.addressee_name.clone()];
    recipients.extend(seen.status.report.via_name.clone());
    recipients.push(format!("Lưu {}", named.name));
    let mut reported = Vec::new();
    for sent in store::consolidation::reports_to(tx, assignment.campaign, unit.id)? {
        let below = store::assignments::by_id(tx, sent.assignment)?;
        let issued = match sent.revision {
            Some(revision) => store::issued::of_revision(tx, revision)?,
            None => None,
        };
        reported.push(ReportedRow {
            unit: sent.unit_name,
            due: below.terms.due_date,
            sent_at: below.first_sent_at,
            timeliness: below.timeliness(ctx.now),
            number: issued.map(|issued| issued.symbol).unwrap_or_default(),
            is_waived: below.state == State::Waived,
        });
    }
    Ok(Around {
        campaign: store::campaigns::by_id(tx, assignment.campaign)?,
        unit: named,
        recipients,
        reported,
    })
}

fn head(issued: &IssuedDocument) -> IssuedHead {
    IssuedHead {
        number: issued.symbol.clone(),
        date: issued.dated,
        place: issued.place.clone(),
        signature: SignatureBlock {
            authority: (!issued.authority.is_empty()).then(|| issued.authority.clone()),
            position: issued.position.clone(),
            name: issued.signer.clone(),
        },
    }
}

/// `Sơ kết 05 năm …` as it goes on behind "Báo cáo"; abbreviations keep their capitals.
pub(super) fn inside_a_line(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), name.chars().nth(1)) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_string(),
    }
}

fn annexes(seen: &ReportView, reported: &[ReportedRow]) -> Result<Vec<Annex>> {
    let layout = &seen.content.outline.layout;
    let mut annexes = Vec::new();
    if !layout.is_empty() {
        let rows = figure_rows(seen)?;
        annexes.push(figures_annex(TITLE, layout.years(), &rows, ""));
    }
    if !reported.is_empty() {
        annexes.push(reported_annex(reported));
    }
    Ok(annexes)
}

pub(super) const TITLE: &str = "Biểu số liệu";

fn figure_rows(seen: &ReportView) -> Result<Vec<FigureRow>> {
    let layout = &seen.content.outline.layout;
    let totals = of_one(layout, &seen.content.figures).map_err(Error::refused)?;
    Ok(FigureRow::of_table(layout, &seen.content.figures, &totals))
}

fn figures_file(ctx: &Ctx, id: AssignmentId) -> Result<File> {
    let seen = view(ctx, id)?;
    let layout = &seen.content.outline.layout;
    let totals = of_one(layout, &seen.content.figures).map_err(Error::refused)?;
    let cell_out = |indicator: usize, cell: usize| match seen.content.figures.cells[cell] {
        Cell::Number(amount) => number(Some(amount)),
        Cell::NotApplicable => CellOut::Text("-".into()),
        Cell::Blank if layout.indicators()[indicator].is_computed() => {
            number(totals.value(layout, indicator, cell))
        }
        Cell::Blank => CellOut::Empty,
    };
    let mut rows = Vec::new();
    for (at, indicator) in layout.indicators().iter().enumerate() {
        let texts = [&indicator.code, &indicator.name, &indicator.unit];
        let mut row: Vec<CellOut> = texts.map(|text| CellOut::Text(text.clone())).into();
        let mut years = vec![CellOut::Empty; layout.years().len()];
        let mut whole = number(totals.over_time(layout, at));
        for (period, cell) in layout.cells(at) {
            match period {
                Period::Whole => whole = cell_out(at, cell),
                Period::Year(year) => {
                    if let Some(column) = layout.years().iter().position(|known| *known == year) {
                        years[column] = cell_out(at, cell);
                    }
                }
            }
        }
        row.extend(years);
        row.push(whole);
        rows.push(row);
    }
    let mut header: Vec<String> = ["Mã", "Chỉ tiêu", "Đơn vị tính"].map(String::from).into();
    header.extend(layout.years().iter().map(ToString::to_string));
    header.push("Cả kỳ".into());
    let mut widths = vec![8, 58, 14];
    widths.resize(header.len(), 12);
    let status = &seen.status.report;
    let mut title = vec![
        TITLE.to_string(),
        format!("{}: {}", status.unit_name, status.campaign_name),
    ];
    title.extend(seen.issued.as_ref().map(|issued| {
        format!(
            "Kèm theo Báo cáo số {}, ngày {}",
            issued.symbol,
            vietnamese_date(issued.dated)
        )
    }));
    let workbook = Workbook {
        sheets: vec![SheetOut {
            name: TITLE.into(),
            title,
            widths,
            header: vec![header],
            rows,
            freeze_header: true,
            landscape: true,
        }],
    };
    Ok(File {
        name: format!("so-lieu-{}.xlsx", plain(&status.unit_code)),
        media_type: FileFormat::Xlsx.media_type(),
        bytes: write_workbook(&workbook),
    })
}

pub(crate) fn number(value: Option<Amount>) -> CellOut {
    let Some(amount) = value else {
        return CellOut::Empty;
    };
    match amount.to_string().parse() {
        Ok(exact) => CellOut::Decimal(exact),
        Err(_) => CellOut::Text(amount.vietnamese()),
    }
}
