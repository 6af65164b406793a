//! How a district or the province writes its report: its own sentences with the rolled-up figures, passages of the
//! reports below with their sources, and the figures rolled up by the rule of each indicator.

use crate::content::rng::Rng;
use crate::content::{DEMO_SEED, UnitSeed};
use crate::player::Player;
use crate::scene::Report;
use crate::writing::unit_of;
use app::reports::content::Content;
use app::reports::draft::{open_section, save_passages};
use app::reports::{figures, view};
use app::{Ctx, Error, Result};
use domain::campaign::{Indicator, Period, Rule, Section, Writable};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::UnitId;
use domain::number::Amount;
use domain::report::passages::{Passage, Source, own, paragraphs};
use domain::rollup::Totals;

/// Most passages that one section takes from below.
const MOST_PASSAGES: i64 = 3;
/// Passages of about a paragraph: neither a list item nor a page.
const PASSAGE_CHARS: std::ops::RangeInclusive<usize> = 80..=900;

/// What one unit below has sent.
struct Sent {
    unit: UnitId,
    name: String,
    /// Its figures are part of the totals.
    counts: bool,
    content: Content,
}

/// Writes the whole consolidated draft.
pub(crate) fn consolidate(player: &Player, report: &Report) -> Result<()> {
    let ctx = player.staff(&report.drafter)?;
    let unit = unit_of(player, report)?;
    let sent = received(player, &ctx, report)?;
    let layout = &view::view(&ctx, report.id)?.content.outline.layout;
    let totals = roll_up(layout, &sent)?;
    let sections = player.scene.sections.iter();
    for section in sections.filter(|section| section.writable != Writable::Heading) {
        write_section(player, &ctx, report, section, &sent, &|code| {
            over_time(layout, &totals, code)
        })?;
    }
    let table = rolled_up(player, unit, layout, &totals)?;
    figures::fill(&ctx, report.id, table).map(drop)
}

/// The reports addressed to the unit that have been sent by now, in tree order.
fn received(player: &Player, ctx: &Ctx, report: &Report) -> Result<Vec<Sent>> {
    let mut sent = Vec::new();
    let below = player.scene.reports.iter();
    for child in below.filter(|child| child.addressee == report.unit) {
        let view = match view::view(ctx, child.id) {
            Ok(view) => view,
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        let seed = unit_of(player, child)?;
        let consolidates = seed.consolidates();
        sent.push(Sent {
            name: seed.name.clone(),
            unit: view.status.report.assignment.terms.unit,
            counts: child.adds || consolidates,
            content: view.content,
        });
    }
    Ok(sent)
}

fn roll_up(layout: &Layout, sent: &[Sent]) -> Result<Totals> {
    let mut totals = Totals::empty(layout);
    for report in sent.iter().filter(|report| report.counts) {
        totals
            .add(layout, &report.content.figures)
            .map_err(Error::refused)?;
    }
    Ok(totals)
}

fn over_time(layout: &Layout, totals: &Totals, code: &str) -> Option<String> {
    let value = totals.over_time(layout, layout.indicator(code)?)?;
    Some(value.to_string())
}

/// The rolled-up table, with what the district itself enters.
fn rolled_up(
    player: &Player,
    unit: &UnitSeed,
    layout: &Layout,
    totals: &Totals,
) -> Result<FigureTable> {
    let mut table = FigureTable::blank(layout);
    for (position, indicator) in layout.indicators().iter().enumerate() {
        for (_, cell) in layout.cells(position) {
            table.cells[cell] = match totals.value(layout, position, cell) {
                _ if is_computed(indicator) => Cell::Blank,
                Some(value) => Cell::Number(value),
                None => Cell::NotApplicable,
            };
        }
    }
    let own = player
        .content
        .report_for(unit, &player.content.variety_of(&unit.code))
        .map_err(|error| Error::Internal(error.to_string()))?;
    for figure in &own.figures {
        let period = figure.year.map_or(Period::Whole, Period::Year);
        let cell = layout
            .indicator(&figure.indicator)
            .and_then(|indicator| layout.cell(indicator, period));
        if let (Some(cell), Some(value)) = (cell, &figure.value) {
            let amount = Amount::parse_exact(value).map_err(Error::refused)?;
            table.cells[cell] = Cell::Number(amount);
        }
    }
    Ok(table)
}

fn is_computed(indicator: &Indicator) -> bool {
    matches!(indicator.rule, Rule::Ratio { .. })
}

/// Own sentences first, then passages from below.
fn write_section(
    player: &Player,
    ctx: &Ctx,
    report: &Report,
    section: &Section,
    sent: &[Sent],
    total: &dyn Fn(&str) -> Option<String>,
) -> Result<()> {
    let unit = unit_of(player, report)?;
    let intro = player
        .content
        .consolidated_intro(unit, &section.number, total);
    let mut passages = own(&intro);
    passages.extend(chosen(unit, section, sent));
    if passages.is_empty() {
        passages = own("Không có nội dung phát sinh.");
    }
    let desk = open_section(ctx, report.id, section.id)?;
    save_passages(ctx, report.id, section.id, desk.version(), passages).map(drop)
}

/// One to three passages from different units; the same ones each time. The province describes itself in its own
/// words only.
fn chosen(unit: &UnitSeed, section: &Section, sent: &[Sent]) -> Vec<Passage> {
    if unit.level == 2 && section.number.starts_with("I.") {
        return Vec::new();
    }
    let mut rng = Rng::for_labels(DEMO_SEED, &["passages", &unit.code, &section.number]);
    let mut order: Vec<&Sent> = sent.iter().collect();
    rng.shuffle(&mut order);
    let wanted = usize::try_from(rng.between(1, MOST_PASSAGES)).unwrap_or(1);
    let mut passages: Vec<Passage> = Vec::new();
    for report in order {
        if passages.len() == wanted {
            break;
        }
        let found = fitting(report, section, &mut rng);
        if let Some(passage) = found
            && passages.iter().all(|known| known.text != passage.text)
        {
            passages.push(passage);
        }
    }
    passages
}

fn fitting(report: &Sent, section: &Section, rng: &mut Rng) -> Option<Passage> {
    let revision = report.content.revision.as_ref()?;
    let text = report.content.text(section.id);
    let candidates: Vec<(u32, &str)> = (0..)
        .zip(paragraphs(text))
        .filter(|(_, line)| {
            PASSAGE_CHARS.contains(&line.chars().count())
                && !line.starts_with('-')
                && !line.ends_with(':')
        })
        .collect();
    let (index, line) = *rng.pick(&candidates)?;
    let sent_on = report
        .content
        .texts
        .get(&section.id)
        .and_then(|text| text.passages.as_ref())
        .and_then(|passages| passages.get(index as usize))
        .is_some_and(|passage| passage.source.is_some());
    let names_itself = line.contains(report.name.trim_start_matches("Đảng ủy "));
    let mut passage = own(line).pop()?;
    if !sent_on && !names_itself {
        passage.text = format!("Theo báo cáo của {}: {line}", report.name);
        passage.edited = true;
    }
    passage.source = Some(Source {
        unit: report.unit,
        assignment: revision.assignment,
        revision: revision.id,
        section: section.id,
        passage: index,
    });
    Some(passage)
}
