//! A number in a sentence that is bound to a figure: `{{LD01, 2021}}` or `{{LD01, cả kỳ}}`.
//!
//! It stands for the figure of the report's own table, as Vietnamese offices write numbers, and follows it until the
//! collective adopts the text: from then on the number itself is written. What names no figure stays as it is and blocks
//! the proposal. Words in braces that are not of this form are words.

use crate::campaign::Period;
use crate::figures::{Cell, FigureTable, Layout};
use crate::rollup::{Totals, of_one};
use crate::text::fold;
use std::borrow::Cow;

const OPEN: &str = "{{";
const CLOSE: &str = "}}";
/// The period as a whole, folded.
const WHOLE: &str = "ca ky";
/// Longer words in braces are no reference.
const MOST_BYTES: usize = 80;

/// A reference as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The byte of the text at which it begins.
    pub start: usize,
    /// With its braces.
    pub written: &'a str,
    pub code: &'a str,
    pub period: Period,
}

/// Writes a reference.
pub fn write(code: &str, period: Period) -> String {
    format!("{OPEN}{code}, {}{CLOSE}", period.label().to_lowercase())
}

/// The references in a text, in order.
pub fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    text.match_indices(OPEN).filter_map(|(at, _)| {
        let inner = &text[at + OPEN.len()..];
        let end = inner.find(CLOSE)?;
        if end > MOST_BYTES {
            return None;
        }
        let (code, period) = inner[..end].split_once(',')?;
        let code = code.trim();
        let is_code = !code.is_empty() && !code.contains(['{', '}', '|', '\\', '*', '<', '\n']);
        Some(Reference {
            start: at,
            written: &text[at..at + OPEN.len() + end + CLOSE.len()],
            code: is_code.then_some(code)?,
            period: period_of(period)?,
        })
    })
}

fn period_of(written: &str) -> Option<Period> {
    let written = written.trim();
    if fold(written) == WHOLE {
        return Some(Period::Whole);
    }
    let is_year = written.len() == 4 && written.bytes().all(|byte| byte.is_ascii_digit());
    written.parse().ok().filter(|_| is_year).map(Period::Year)
}

/// The figures of one report as sentences quote them.
pub struct Quoted<'a> {
    layout: &'a Layout,
    table: &'a FigureTable,
    /// `None` when they leave the range of exact decimals.
    totals: Option<Totals>,
}

impl<'a> Quoted<'a> {
    pub fn new(layout: &'a Layout, table: &'a FigureTable) -> Self {
        Quoted {
            layout,
            table,
            totals: of_one(layout, table).ok(),
        }
    }

    /// The number for a code and a period; `None` when there is no such figure, or no number in it.
    pub fn value(&self, code: &str, period: Period) -> Option<String> {
        let indicator = self.layout.indicator(code)?;
        let totals = || self.totals.as_ref();
        let amount = match self.layout.cell(indicator, period) {
            Some(cell) => match self.table.cells[cell] {
                Cell::Number(amount) => Some(amount),
                Cell::NotApplicable => None,
                Cell::Blank => totals()?.value(self.layout, indicator, cell),
            },
            None if period == Period::Whole => totals()?.over_time(self.layout, indicator),
            None => None,
        };
        amount.map(|amount| amount.vietnamese())
    }

    /// The text with every number in its place; what has none stays a reference.
    pub fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut filled = String::new();
        let mut end = 0;
        for reference in references(text) {
            let Some(value) = self.value(reference.code, reference.period) else {
                continue;
            };
            filled.push_str(&text[end..reference.start]);
            filled.push_str(&value);
            end = reference.start + reference.written.len();
        }
        if end == 0 {
            return Cow::Borrowed(text);
        }
        filled.push_str(&text[end..]);
        Cow::Owned(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{Grain, Indicator, Rule};
    use crate::ids::IndicatorId;
    use crate::number::Amount;

    fn layout() -> Layout {
        let indicator = |id: i64, code: &str, grain| Indicator {
            id: IndicatorId(id),
            code: code.into(),
            name: String::new(),
            unit: String::new(),
            rule: Rule::Flow,
            grain,
            hint: String::new(),
            total_of: Vec::new(),
            required: true,
        };
        let indicators = vec![
            indicator(1, "NH01", Grain::Year),
            indicator(2, "NH02", Grain::Whole),
        ];
        Layout::new(indicators, vec![2020, 2021])
    }

    fn table(cells: [Cell; 3]) -> FigureTable {
        FigureTable {
            cells: cells.to_vec(),
        }
    }

    fn number(value: i64) -> Cell {
        Cell::Number(Amount::from(value))
    }

    #[test]
    fn a_sentence_quotes_its_figure_as_it_stands_in_the_table() {
        let (layout, table) = (layout(), table([number(1200), number(34), number(7)]));
        let text = "Xây {{NH01, 2020}} nhà, cả kỳ **{{NH01, cả kỳ}}** nhà, {{NH02,CẢ KỲ}} hộ.";
        assert_eq!(
            Quoted::new(&layout, &table).fill(text),
            "Xây 1.200 nhà, cả kỳ **1.234** nhà, 7 hộ."
        );
    }

    #[test]
    fn what_has_no_number_stays_to_be_mended() {
        let (layout, table) = (
            layout(),
            table([Cell::Blank, Cell::NotApplicable, Cell::Blank]),
        );
        let text = "{{NH01, 2020}}, {{NH01, 2021}}, {{NH01, 2019}}, {{KHAC, 2020}}";
        let filled = Quoted::new(&layout, &table).fill(text).into_owned();
        assert_eq!(filled, text);
        let codes: Vec<&str> = references(&filled).map(|found| found.code).collect();
        assert_eq!(codes, ["NH01", "NH01", "NH01", "KHAC"]);
    }

    #[test]
    fn other_words_in_braces_are_words() {
        for text in [
            "{{tên đơn vị}}",
            "{{NH01, năm nay}}",
            "{{, 2020}}",
            "{{NH01, 2020",
            "{NH01, 2020}",
        ] {
            assert_eq!(references(text).count(), 0, "{text}");
        }
        let nested = "{{{{NH01, 2020}}";
        assert_eq!(
            references(nested)
                .map(|found| found.written)
                .collect::<Vec<_>>(),
            ["{{NH01, 2020}}"]
        );
    }

    #[test]
    fn a_written_reference_is_read_back() {
        for period in [Period::Year(2021), Period::Whole] {
            let written = write("NH01", period);
            let found: Vec<Reference<'_>> = references(&written).collect();
            assert_eq!(found.len(), 1);
            assert_eq!((found[0].code, found[0].period), ("NH01", period));
        }
    }
}
