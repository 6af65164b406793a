//! A campaign to measure on: a tree of any size, 35 indicators over five years, 12 sections; taken in through the
//! import of whole campaigns.

use super::words::{Sequence, text};
use super::{file, make_folder};
use crate::error::CmdError;
use crate::wire;
use app::App;
use app::import::Source;
use app::ports::SystemClock;
use app::reports::bulk::{self, Submission};
use app::reports::content::Outline;
use domain::campaign::{Campaign, Writable};
use domain::figures::{Cell, FigureTable};
use domain::ids::{AssignmentId, UnitId};
use domain::number::Amount;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;

pub const INDICATORS: usize = 35;
pub const SECTIONS: usize = 12;
pub const YEARS: std::ops::RangeInclusive<u16> = 2018..=2022;
/// Grassroots units of one district, and units of one province, as in the field.
const PER_DISTRICT: usize = 55;
const PER_PROVINCE: usize = 750;
const DUE: &str = "2022-09-30T17:00:00+07:00";
const SENT: &str = "2022-09-28T09:00:00+07:00";

/// A campaign in a folder.
pub struct Province {
    pub app: App,
    pub campaign: Campaign,
    pub outline: Outline,
}

/// Level of the units that nobody stands below.
pub const GRASSROOTS: u8 = 4;

/// Units of a tree, preorder: number, number of the one above, level.
pub fn tree(units: usize) -> Vec<(usize, usize, u8)> {
    let mut tree = vec![(1, 0, 1)];
    let (mut province, mut district) = (0, 0);
    while tree.len() < units {
        let number = tree.len() + 1;
        let in_province = (tree.len() - 1) % PER_PROVINCE;
        if in_province == 0 {
            province = number;
            tree.push((number, 1, 2));
        } else if (in_province - 1).is_multiple_of(PER_DISTRICT + 1) {
            district = number;
            tree.push((number, province, 3));
        } else {
            tree.push((number, district, GRASSROOTS));
        }
    }
    tree
}

/// Makes a campaign of `units` units in a new folder; the last `awaited` ones have not reported yet, the others with
/// `section_bytes` of text in each section.
pub fn make(
    folder: &Path,
    units: usize,
    awaited: usize,
    section_bytes: usize,
) -> Result<Province, CmdError> {
    make_folder(folder)?;
    let app = wire::app_on(wire::open_folder(folder)?, Arc::new(SystemClock));
    make_on(app, folder, units, awaited, section_bytes)
}

/// The same in any installation; `folder` takes the files that it is imported from.
pub fn make_on(
    app: App,
    folder: &Path,
    units: usize,
    awaited: usize,
    section_bytes: usize,
) -> Result<Province, CmdError> {
    make_folder(folder)?;
    let tree = tree(units);
    let source = Source {
        units: folder.join("units.tsv"),
        indicators: folder.join("indicators.tsv"),
        reports: folder.join("reports.jsonl"),
        name: None,
    };
    write_tables(&source, &tree)?;
    let reporting = &tree[1..tree.len().saturating_sub(awaited).max(2)];
    write_reports(&source.reports, reporting, section_bytes)
        .map_err(file("không ghi được", &source.reports))?;
    let imported = app::import::campaign(&app.operator(), source, Arc::new(|_| {}))?;
    let short_id = imported
        .campaign
        .ok_or_else(|| CmdError::Refused("không lập được đợt để đo".into()))?;
    open(app, &short_id)
}

/// The campaign of a folder that was made before.
pub fn reopen(folder: &Path, short_id: &str) -> Result<Province, CmdError> {
    let app = wire::app_on(wire::open_folder(folder)?, Arc::new(SystemClock));
    open(app, short_id)
}

fn open(app: App, short_id: &str) -> Result<Province, CmdError> {
    let campaign = app::campaigns::list(&app.operator())?
        .into_iter()
        .find(|campaign| campaign.short_id == short_id)
        .ok_or_else(|| CmdError::Refused("không thấy đợt để đo".into()))?;
    let outline = bulk::outline(&app, campaign.id)?;
    Ok(Province {
        app,
        campaign,
        outline,
    })
}

impl Province {
    /// A whole report of a unit: `section_bytes` of text in each section, a number in every cell.
    pub fn submission(
        &self,
        (assignment, unit): (AssignmentId, UnitId),
        section_bytes: usize,
    ) -> Submission {
        let mut sequence = Sequence::new(assignment.0.unsigned_abs());
        let writable = self
            .outline
            .sections
            .iter()
            .filter(|section| section.writable != Writable::Heading);
        let sections = writable
            .map(|section| (section.id, text(&mut sequence, section_bytes)))
            .collect();
        let mut figures = FigureTable::blank(&self.outline.layout);
        for cell in &mut figures.cells {
            *cell = Cell::Number(Amount::from(sequence.below(90_000) as i64));
        }
        Submission {
            assignment,
            campaign: self.campaign.id,
            unit,
            sections,
            figures,
            sent_at: self.app.now(),
            sent_by: None,
        }
    }
}

/// The texts of the sections of one report.
fn texts(sequence: &mut Sequence, section_bytes: usize) -> Vec<String> {
    let sections = 0..SECTIONS;
    sections.map(|_| text(sequence, section_bytes)).collect()
}

/// What the unit of this number wrote in a section, from 0.
pub fn text_of(unit: usize, section: usize, section_bytes: usize) -> String {
    texts(&mut Sequence::new(unit as u64), section_bytes).swap_remove(section % SECTIONS)
}

/// The code of a unit by its number.
pub fn code_of(unit: usize) -> String {
    format!("DV{unit:05}")
}

fn write_tables(source: &Source, tree: &[(usize, usize, u8)]) -> Result<(), CmdError> {
    let mut units = String::from("id\tparent_id\tlevel\tcode\tname\tkind\tdeadline\n");
    for (number, above, level) in tree {
        let above = if *above == 0 {
            String::new()
        } else {
            above.to_string()
        };
        let due = if *level == 1 { "" } else { DUE };
        let _ = writeln!(
            units,
            "{number}\t{above}\t{level}\t{}\tĐảng ủy số {number}\tcấp {level}\t{due}",
            code_of(*number)
        );
    }
    let mut indicators = String::from("index\tcode\tname\tunit\ttotal_of\n");
    for index in 0..INDICATORS {
        let _ = writeln!(
            indicators,
            "{index}\tCT{:02}\tChỉ tiêu số {}\tngười\t",
            index + 1,
            index + 1
        );
    }
    for (path, text) in [(&source.units, units), (&source.indicators, indicators)] {
        std::fs::write(path, text).map_err(file("không ghi được", path))?;
    }
    Ok(())
}

fn write_reports(
    path: &Path,
    units: &[(usize, usize, u8)],
    section_bytes: usize,
) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    for (number, _, _) in units {
        let mut sequence = Sequence::new(*number as u64);
        let texts = texts(&mut sequence, section_bytes);
        let sections: Vec<serde_json::Value> = (1..)
            .zip(texts)
            .map(|(n, text)| {
                let heading = format!("{n}. Mục số {n}");
                serde_json::json!({ "n": n, "heading": heading, "text": text })
            })
            .collect();
        let figures: serde_json::Map<String, serde_json::Value> = YEARS
            .map(|year| {
                let values: Vec<u64> = (0..INDICATORS).map(|_| sequence.below(90_000)).collect();
                (year.to_string(), values.into())
            })
            .collect();
        let report = serde_json::json!({
            "unit": number,
            "submitted_at": SENT,
            "title": "Báo cáo sơ kết",
            "sections": sections,
            "figures": figures,
        });
        writeln!(out, "{report}")?;
    }
    out.flush()
}
