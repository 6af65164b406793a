//! Bản đồ: the provinces coloured by a measure, with the same numbers in a table beside it.

use super::{Pane, PaneLink, html};
use crate::filters;
use crate::pages::board::progress::percent;
use app::boards::{Division, MapBoard, Measure, ProvinceRow};
use askama::Template;

/// Outlines of the 63 provinces and the two archipelagos: code of the province, path. Its head names author and licence.
const OUTLINES: &str = include_str!("vietnam.tsv");
/// Shades, from none of a province's reports to all of them.
const SHADES: u32 = 5;

#[derive(Template)]
#[template(path = "board/panes/map.html")]
struct Map {
    link: PaneLink,
    board: MapBoard,
}

pub(super) fn pane(link: PaneLink, board: MapBoard) -> app::Result<Pane> {
    let template = Map { link, board };
    Ok(Pane {
        html: html(&template)?,
        campaign: template.board.campaign,
        path: template.board.path,
    })
}

/// One outline on the map.
struct Outline {
    path: &'static str,
    shade: String,
    words: String,
    /// The board of the unit that stands for the province.
    href: Option<String>,
}

impl Map {
    fn outlines(&self) -> Vec<Outline> {
        let lines = OUTLINES.lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(code, path)| self.outline(code, path))
            .collect()
    }

    fn outline(&self, code: &str, path: &'static str) -> Outline {
        let mut rows = self.board.rows.iter();
        let row = rows.find(|row| row.covers.contains(&code));
        let Some(row) = row.filter(|row| !row.units.is_empty()) else {
            return Outline {
                path,
                shade: "none".to_owned(),
                words: row.map_or_else(String::new, |row| {
                    format!("{}: không có báo cáo phải gửi", row.name)
                }),
                href: None,
            };
        };
        Outline {
            path,
            shade: self.shade(row),
            words: format!(
                "{}: {} {}/{}",
                row.name,
                self.board.measure.label().to_lowercase(),
                row.count,
                row.tally.expected
            ),
            href: Some(self.row_link(row)),
        }
    }

    /// Down to the unit, or to the row of a province that several units make up.
    fn row_link(&self, row: &ProvinceRow) -> String {
        match &row.units[..] {
            [unit] => self.link.board_of(&unit.code),
            _ => format!("#tinh-{}", row.code),
        }
    }

    fn shade(&self, row: &ProvinceRow) -> String {
        let shade = (row.count * SHADES).div_ceil(row.tally.expected.max(1));
        let tone = if self.board.measure.is_bad() {
            "bad"
        } else {
            "good"
        };
        format!("{tone}-{}", shade.min(SHADES))
    }

    fn share(&self, row: &ProvinceRow) -> String {
        let share = percent(row.count, row.tally.expected);
        share.replace('.', ",")
    }

    /// The steps of the legend, from none to all.
    fn legend(&self) -> [(&'static str, String); 6] {
        let tone = if self.board.measure.is_bad() {
            "bad"
        } else {
            "good"
        };
        let mut shade = 0;
        ["0%", "đến 20%", "đến 40%", "đến 60%", "đến 80%", "đến 100%"].map(|words| {
            shade += 1;
            (words, format!("{tone}-{}", shade - 1))
        })
    }

    fn hidden(&self) -> Vec<(&'static str, String)> {
        self.link.handed_on(&["do", "tinh"])
    }

    fn measures(&self) -> [Measure; Measure::ALL.len()] {
        Measure::ALL
    }

    fn is_chosen(&self, measure: &Measure) -> bool {
        *measure == self.board.measure
    }

    fn is_of_2025(&self) -> bool {
        self.board.division == Division::Of2025
    }

    /// The provinces that report, those with the greatest share first.
    fn ranked(&self) -> Vec<&ProvinceRow> {
        let mut rows: Vec<&ProvinceRow> = self.board.reporting().collect();
        rows.sort_by_key(|row| {
            let share = u64::from(row.count) * 1_000_000 / u64::from(row.tally.expected.max(1));
            std::cmp::Reverse(share)
        });
        rows
    }
}
