//! How a district or the province writes its report: its own sentences with the rolled-up figures, passages of the
//! reports below with their sources, and the figures rolled up by the rule of each indicator.

use crate::content::rng::Rng;
use crate::content::{DEMO_SEED, UnitSeed};
use crate::player::Player;
use crate::scene::Report;
use crate::writing::unit_of;
use app::consolidation::{
    CorrectionWish, Edit, Pick, SectionQuery, UnitQuery, UnitWords, correct, refresh, section,
    write,
};
use app::reports::draft::{SectionSave, open_section, save_section};
use app::reports::view;
use app::{Ctx, Error, Result};
use domain::campaign::{Period, Section, Writable};
use domain::figures::{Cell, Layout};
use domain::number::Amount;
use domain::report::passages::Passage;
use domain::rollup::{Totals, of_one};

/// Most passages that one section takes from below.
const MOST_PASSAGES: i64 = 3;
/// Most items that a list takes from below.
const MOST_ITEMS: i64 = 6;
/// Passages of about a paragraph: neither a list item nor a page.
const PASSAGE_CHARS: std::ops::RangeInclusive<usize> = 80..=900;

/// Writes the whole consolidated draft.
pub(crate) fn consolidate(player: &Player, report: &Report) -> Result<()> {
    let ctx = player.staff(&report.drafter)?;
    roll_up(player, &ctx, report)?;
    let content = view::view(&ctx, report.id)?.content;
    let layout = &content.outline.layout;
    let totals = of_one(layout, &content.figures).map_err(Error::refused)?;
    let sections = player.scene.sections.iter();
    for section in sections.filter(|section| section.writable != Writable::Heading) {
        write_section(player, &ctx, report, section, &|code| {
            over_time(layout, &totals, code)
        })?;
    }
    Ok(())
}

fn over_time(layout: &Layout, totals: &Totals, code: &str) -> Option<String> {
    let value = totals.over_time(layout, layout.indicator(code)?)?;
    Some(value.to_string())
}

/// The rolled-up figures, and beside them what only the district itself knows.
fn roll_up(player: &Player, ctx: &Ctx, report: &Report) -> Result<()> {
    refresh(ctx, report.id)?;
    let unit = unit_of(player, report)?;
    let own = player
        .content
        .report_for(unit, &player.content.variety_of(&unit.code))
        .map_err(|error| Error::Internal(error.to_string()))?;
    for figure in own.figures {
        let Some(value) = &figure.value else {
            continue;
        };
        let amount = Amount::parse_exact(value).map_err(Error::refused)?;
        let wish = CorrectionWish {
            code: figure.indicator,
            period: figure.year.map_or(Period::Whole, Period::Year),
            value: Ok(Cell::Number(amount)),
            reason: "Chỉ tiêu do cấp huyện trực tiếp theo dõi, cơ sở không báo cáo.".to_owned(),
        };
        correct(ctx, report.id, wish)?;
    }
    Ok(())
}

/// Own sentences first, then passages from below.
fn write_section(
    player: &Player,
    ctx: &Ctx,
    report: &Report,
    section: &Section,
    total: &dyn Fn(&str) -> Option<String>,
) -> Result<()> {
    let unit = unit_of(player, report)?;
    let mut text = player
        .content
        .consolidated_intro(unit, &section.number, total);
    let form = Form::after(&text);
    let chosen = chosen(ctx, unit, report, section, form)?;
    if text.is_empty() && chosen.is_empty() {
        "Không có nội dung phát sinh.".clone_into(&mut text);
    }
    let desk = open_section(ctx, report.id, section.id)?;
    let edit = Edit {
        base_version: desk.version(),
        text: Some(text),
        picks: chosen.iter().map(|chosen| chosen.pick).collect(),
        at: None,
    };
    let version = write(ctx, report.id, section.id, edit)?.saved.version;
    name_units(ctx, report, section, version, &chosen)
}

/// Says in the sentence itself whose it is, where the words do not.
fn name_units(
    ctx: &Ctx,
    report: &Report,
    section: &Section,
    version: i64,
    chosen: &[Chosen],
) -> Result<()> {
    let mut text = open_section(ctx, report.id, section.id)?.text().to_owned();
    for chosen in chosen.iter().filter(|chosen| !chosen.is_named) {
        let said = format!("Theo báo cáo của {}: {}", chosen.unit, chosen.words);
        text = text.replacen(&chosen.words, &said, 1);
    }
    let save = SectionSave {
        text,
        base_version: version,
        autosave: false,
    };
    save_section(ctx, report.id, section.id, save).map(drop)
}

/// What the passages of a section look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Paragraphs,
    /// Items of a list that the own words announce.
    Items,
}

impl Form {
    fn after(own_words: &str) -> Form {
        if own_words.trim_end().ends_with(':') {
            Form::Items
        } else {
            Form::Paragraphs
        }
    }

    fn most(self) -> i64 {
        match self {
            Form::Paragraphs => MOST_PASSAGES,
            Form::Items => MOST_ITEMS,
        }
    }

    fn fits(self, text: &str) -> bool {
        match self {
            Form::Paragraphs => {
                PASSAGE_CHARS.contains(&text.chars().count())
                    && !text.starts_with('-')
                    && !text.ends_with(':')
            }
            Form::Items => text.starts_with('-'),
        }
    }
}

/// A passage that goes into the report.
struct Chosen {
    pick: Pick,
    unit: String,
    words: String,
    /// The words say whose they are.
    is_named: bool,
}

/// A few passages from different units; the same ones each time. The province describes itself in its own
/// words only.
fn chosen(
    ctx: &Ctx,
    unit: &UnitSeed,
    report: &Report,
    section: &Section,
    form: Form,
) -> Result<Vec<Chosen>> {
    if unit.level == 2 && section.number.starts_with("I.") {
        return Ok(Vec::new());
    }
    let mut rng = Rng::for_labels(DEMO_SEED, &["passages", &unit.code, &section.number]);
    let mut order = words_below(ctx, report, section)?;
    rng.shuffle(&mut order);
    let wanted = usize::try_from(rng.between(form.most() / 3, form.most())).unwrap_or(1);
    let mut chosen: Vec<Chosen> = Vec::new();
    for unit in order {
        if chosen.len() == wanted {
            break;
        }
        let found = fitting(&unit, form, &mut rng);
        if let Some(passage) = found
            && chosen.iter().all(|known| known.words != passage.words)
        {
            chosen.push(passage);
        }
    }
    Ok(chosen)
}

/// What the units below sent in a section, in tree order.
fn words_below(ctx: &Ctx, report: &Report, asked: &Section) -> Result<Vec<UnitWords>> {
    let (mut words, mut page) = (Vec::new(), 1);
    loop {
        let query = SectionQuery {
            units: UnitQuery {
                name: String::new(),
                page,
            },
            ..SectionQuery::default()
        };
        let desk = section(ctx, report.id, asked.id, &query)?;
        words.extend(desk.units);
        if page >= desk.pages {
            return Ok(words);
        }
        page += 1;
    }
}

fn fitting(unit: &UnitWords, form: Form, rng: &mut Rng) -> Option<Chosen> {
    let candidates: Vec<(usize, &Passage)> = unit
        .passages
        .iter()
        .map(|(index, passage, _)| (*index, passage))
        .filter(|(_, passage)| form.fits(&passage.text))
        .collect();
    let (index, passage) = *rng.pick(&candidates)?;
    let name = &unit.report.unit_name;
    let names_itself = passage.text.contains(name.trim_start_matches("Đảng ủy "));
    Some(Chosen {
        pick: Pick {
            revision: unit.revision,
            passage: Some(u32::try_from(index).ok()?),
        },
        unit: name.clone(),
        words: passage.text.clone(),
        // An item of a list is a wish of many; its source says whose words it is.
        is_named: form == Form::Items || passage.source.is_some() || names_itself,
    })
}
