//! The figures of a revision as they are stored: `{"CT01":{"2018":"90608","2019":"na"}}`, blank cells left out.
//!
//! A board reads tens of thousands of these, so reading makes nothing but the table itself.

use std::fmt;

use domain::campaign::Period;
use domain::figures::{Cell, FigureTable, Layout};
use serde::de::{DeserializeSeed, MapAccess, Visitor};

use crate::{Error, Result};

/// Reads stored figures into a table of `layout`. Indicators and years that the layout does not know are left out.
///
/// # Errors
/// [`Error::Column`] when the text is not of that form.
pub fn decode(stored: &str, layout: &Layout) -> Result<FigureTable> {
    let mut table = FigureTable::blank(layout);
    decode_into(stored, layout, &mut table)?;
    Ok(table)
}

/// As [`decode`], into a table that is used again and again; it is blanked first.
///
/// # Errors
/// As [`decode`].
pub fn decode_into(stored: &str, layout: &Layout, table: &mut FigureTable) -> Result<()> {
    table.cells.clear();
    table.cells.resize(layout.len(), Cell::Blank);
    let mut reader = serde_json::Deserializer::from_str(stored);
    Rows { layout, table }
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map_err(|error| Error::Column {
            index: 0,
            expected: "figures by indicator and period",
            found: error.to_string(),
        })
}

/// The text that [`decode`] reads back.
pub fn encode(table: &FigureTable, layout: &Layout) -> String {
    use fmt::Write;
    let mut out = String::from("{");
    for (position, indicator) in layout.indicators().iter().enumerate() {
        let mut any = false;
        for (period, cell) in layout.cells(position) {
            let Some(value) = table.cells[cell].exact() else {
                continue;
            };
            if !any {
                if out.len() > 1 {
                    out.push(',');
                }
                out.push_str(&serde_json::Value::from(indicator.code.as_str()).to_string());
                out.push_str(":{");
            } else {
                out.push(',');
            }
            any = true;
            // Writing into a string cannot fail.
            let _ = write!(out, "\"{}\":\"{value}\"", period.key());
        }
        if any {
            out.push('}');
        }
    }
    out.push('}');
    out
}

/// The outer object: indicators by code.
struct Rows<'a> {
    layout: &'a Layout,
    table: &'a mut FigureTable,
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of indicators")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(indicator) = map.next_key_seed(Read(|code: &str| {
            Ok::<_, &'static str>(self.layout.indicator(code))
        }))? {
            map.next_value_seed(Periods {
                layout: self.layout,
                table: self.table,
                indicator,
            })?;
        }
        Ok(())
    }
}

/// The inner object: values by period. `indicator` is `None` when the layout has it no longer.
struct Periods<'a> {
    layout: &'a Layout,
    table: &'a mut FigureTable,
    indicator: Option<usize>,
}

impl<'de> DeserializeSeed<'de> for Periods<'_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Periods<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of values by period")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let period = |key: &str| Ok::<_, &'static str>(Period::from_key(key));
        while let Some(period) = map.next_key_seed(Read(period))? {
            let value = map.next_value_seed(Read(cell))?;
            let place = self
                .indicator
                .zip(period)
                .and_then(|(indicator, period)| self.layout.cell(indicator, period));
            if let Some(place) = place {
                self.table.cells[place] = value;
            }
        }
        Ok(())
    }
}

fn cell(stored: &str) -> Result<Cell, &'static str> {
    Cell::parse_exact(stored).map_err(|_| "a value is neither an exact decimal nor `na`")
}

/// Reads one text where it stands, without copying it.
struct Read<F>(F);

impl<'de, T, F: FnOnce(&str) -> Result<T, &'static str>> DeserializeSeed<'de> for Read<F> {
    type Value = T;
    fn deserialize<D: serde::Deserializer<'de>>(self, reader: D) -> Result<T, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<T, F: FnOnce(&str) -> Result<T, &'static str>> Visitor<'_> for Read<F> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::campaign::{Grain, Indicator, Rule};
    use domain::ids::IndicatorId;
    use domain::number::Amount;
    use proptest::prelude::*;

    fn layout() -> Layout {
        let indicator = |code: &str, grain| Indicator {
            id: IndicatorId(1),
            code: code.into(),
            name: String::new(),
            unit: String::new(),
            rule: Rule::Flow,
            grain,
            hint: String::new(),
            total_of: Vec::new(),
            required: false,
        };
        Layout::new(
            vec![
                indicator("CT01", Grain::Year),
                indicator("CT\"02", Grain::Whole),
            ],
            vec![2018, 2019, 2020],
        )
    }

    #[test]
    fn figures_of_another_outline_are_left_out_and_broken_ones_refused() {
        let layout = layout();
        let table = decode(
            r#"{"GONE":{"2018":"1"},"CT01":{"2018":"90608","1999":"3","2020":"na"}}"#,
            &layout,
        )
        .expect("a stored form");
        assert_eq!(
            table.cells,
            [
                Cell::Number(Amount::from(90608)),
                Cell::Blank,
                Cell::NotApplicable,
                Cell::Blank
            ]
        );
        for broken in [
            "",
            "[]",
            r#"{"CT01":{"2018":5}}"#,
            r#"{"CT01":{"2018":"năm"}}"#,
            "{} {}",
        ] {
            assert!(decode(broken, &layout).is_err(), "{broken}");
        }
    }

    proptest! {
        #[test]
        fn every_table_is_read_back_as_it_was_written(choices in proptest::collection::vec(-2i64..1_000_000, 4)) {
            let layout = layout();
            let cells = choices.iter().map(|choice| match choice {
                -2 => Cell::Blank,
                -1 => Cell::NotApplicable,
                number => Cell::Number(Amount::from(*number)),
            }).collect();
            let table = FigureTable { cells };
            prop_assert_eq!(decode(&encode(&table, &layout), &layout).unwrap(), table);
        }
    }
}
