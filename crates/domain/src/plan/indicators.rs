//! Indicators out of the forms of figures that come with an outline: tables with a column of units, tables with the
//! units in brackets or said once above, and lists of what is to be counted.

use super::labels::label_of;
use super::model::Indicator;
use super::passage::{Flow, Grid, Item, Line, pattern};
use crate::text::fold;

/// Reads the indicators: tables among the sections and the forms, lists only in the forms.
pub(super) fn read(flow: &Flow, sections: &[Item], forms: &[Item]) -> Vec<Indicator> {
    let mut found = Vec::new();
    let mut common: Option<String> = None;
    for (item, listed) in sections
        .iter()
        .map(|item| (item, false))
        .chain(forms.iter().map(|item| (item, true)))
    {
        match item {
            Item::Table(grid) => found.extend(of_table(flow, grid, common.as_deref())),
            Item::Line(line) => {
                let text = flow.passage(*line).text().to_owned();
                if let Some(unit) = common_unit(&text) {
                    common = Some(unit);
                } else if listed {
                    found.extend(of_line(&text));
                }
            }
        }
    }
    found
}

/// Whether any table among the items has a column of units, or a unit is said for all of its figures.
pub(super) fn has_units(flow: &Flow, items: &[Item]) -> bool {
    items.iter().any(|item| match item {
        Item::Table(grid) => grid
            .rows
            .iter()
            .take(3)
            .any(|row| column_of_units(flow, row).is_some()),
        Item::Line(line) => common_unit(flow.passage(*line).text()).is_some(),
    })
}

fn column_of_units(flow: &Flow, row: &[Line]) -> Option<usize> {
    row.iter().position(|cell| {
        let title = fold(flow.passage(*cell).text());
        let names = ["don vi tinh", "dvt", "d.v.t", "don vi do"];
        title == "don vi" || names.iter().any(|name| title.contains(name))
    })
}

/// "Đơn vị tính: triệu đồng", said once for a whole form.
fn common_unit(text: &str) -> Option<String> {
    pattern!(
        UNIT,
        r"(?i)^[(*\s]*(?:đơn vị(?: tính)?|đvt|đ\.v\.t) ?: ?([^:;.()]{1,30}?)[).\s]*$"
    );
    UNIT.captures(text).map(|found| found[1].to_owned())
}

/// A name with its unit in brackets: "Số nhà làm mới (nhà)", "Kinh phí (ĐVT: triệu đồng)".
fn with_unit(text: &str) -> Option<Indicator> {
    pattern!(
        BRACKETS,
        r"^(.*?\p{L}.*?),? ?[(\[](?i:đvt ?: ?|đơn vị(?: tính)? ?: ?|tính bằng )?([\p{L}%][^()\[\]]{0,29})[)\]][:.…_ ]*$"
    );
    let found = BRACKETS.captures(text.trim())?;
    Some(Indicator {
        name: found[1].trim().to_owned(),
        unit: Some(found[2].trim().to_owned()),
    })
}

/// A line of a list of figures: with its unit in brackets, or behind the dots to be filled in.
fn of_line(text: &str) -> Option<Indicator> {
    pattern!(
        BLANK,
        r"^(.*?\p{L}[^:…]*?) ?:? ?(?:\.{3,}|…+|_{2,})[.…_ ]*(\p{L}[\p{L} %²]{0,24}?)?[;.,]?$"
    );
    let words = label_of(text).map_or(text, |(_, start)| &text[start..]);
    if let Some(found) = with_unit(words.trim_end_matches([';', ','])) {
        return Some(found);
    }
    let found = BLANK.captures(words)?;
    Some(Indicator {
        name: found[1].trim().to_owned(),
        unit: found.get(2).map(|unit| unit.as_str().trim().to_owned()),
    })
}

/// The rows or columns of a form of figures; `common` is the unit said above the table.
fn of_table(flow: &Flow, grid: &Grid, common: Option<&str>) -> Vec<Indicator> {
    let text = |line: &Line| flow.passage(*line).text().to_owned();
    let column = |row: &[Line], words: &[&str]| {
        row.iter().position(|cell| {
            let title = fold(&text(cell));
            words.iter().any(|word| title.contains(word))
        })
    };
    let named = |row: &[Line]| {
        column(
            row,
            &[
                "chi tieu",
                "noi dung",
                "tieu chi",
                "danh muc",
                "nhom",
                "nguon",
                "ten ",
                "linh vuc",
                "hang muc",
                "loai",
                "chi so",
                "so lieu",
                "thong tin",
                "dau muc",
                "cong viec",
                "hoat dong",
                "ket qua",
            ],
        )
    };
    let heads = || grid.rows.iter().take(3).enumerate();
    let with_units = heads().find_map(|(at, row)| {
        let unit = column_of_units(flow, row)?;
        Some((at, named(row).filter(|name| *name != unit)?, unit))
    });
    if let Some((at, name, unit)) = with_units {
        let rows = grid.rows[at + 1..].iter().filter_map(|row| {
            let name = row.get(name).map(text).filter(|name| has_letters(name))?;
            // A row without a unit is a heading within the form.
            let unit = row.get(unit).map(text).filter(|unit| !unit.is_empty())?;
            Some(Indicator {
                name,
                unit: Some(unit),
            })
        });
        return rows.collect();
    }
    // Each column counts something, with its unit in brackets.
    let columns = heads()
        .map(|(_, row)| row.iter().filter_map(|cell| with_unit(&text(cell))))
        .map(Iterator::collect::<Vec<_>>)
        .find(|found| found.len() > 1);
    if let Some(columns) = columns {
        return columns;
    }
    let Some((at, name)) = heads().find_map(|(at, row)| Some((at, named(row)?))) else {
        return Vec::new();
    };
    grid.rows[at + 1..]
        .iter()
        .filter_map(|row| {
            let name = row.get(name).map(text).filter(|name| has_letters(name))?;
            with_unit(&name).or_else(|| {
                common.map(|unit| Indicator {
                    name,
                    unit: Some(unit.to_owned()),
                })
            })
        })
        .collect()
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Document, Paragraph};

    fn of(lines: &[&str]) -> Vec<String> {
        let blocks = lines
            .iter()
            .map(|line| Block::Paragraph(Paragraph::plain((*line).to_owned())))
            .collect();
        let flow = Flow::of(&Document { blocks });
        read(&flow, &[], &flow.items)
            .into_iter()
            .map(|found| format!("{} [{}]", found.name, found.unit.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn units_stand_in_a_column_in_brackets_or_above_the_table() {
        let wanted = ["Số vụ cháy [vụ]", "Diện tích [ha]"];
        for form in [
            &[
                "TT | Chỉ tiêu | ĐVT | 2021",
                "1 | Số vụ cháy | vụ | ",
                "2 | Diện tích | ha | ",
            ][..],
            &[
                "Năm | Số vụ cháy (vụ) | Diện tích (ha)",
                "2021 | | ",
                "2022 | | ",
            ],
            &[
                "TT | Nội dung | 2021",
                "1 | Số vụ cháy (vụ) | ",
                "2 | Diện tích (ha) | ",
            ],
            &["- Số vụ cháy (vụ): ……", "- Diện tích (ha): ……"],
            &["1. Số vụ cháy: …… vụ;", "2. Diện tích: ......... ha."],
            &["a) Số vụ cháy (ĐVT: vụ)", "b) Diện tích (đơn vị tính: ha)"],
        ] {
            assert_eq!(of(form), wanted, "{form:?}");
        }
        assert_eq!(
            of(&[
                "Đơn vị tính: triệu đồng",
                "TT | Chỉ tiêu | 2021",
                "1 | Tổng chi | "
            ]),
            ["Tổng chi [triệu đồng]"]
        );
    }
}
