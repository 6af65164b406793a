//! The index of words of sent texts: SQLite's FTS5 or PostgreSQL's `tsvector`, over words that were folded before.
//!
//! It only proposes where to look; the texts themselves decide what is found. A row is one section of the report of
//! one unit. Its number says campaign, level, place of the unit in its tree and section, in this order of weight, so
//! that rows come in the order in which they are shown, and the units below one are one range of numbers.

use crate::{Engine, Result, Tx, TxExt, params};
use domain::ids::CampaignId;
use std::ops::RangeInclusive;

const SECTION_BITS: u32 = 12;
const PLACE_BITS: u32 = 24;
const LEVEL_BITS: u32 = 4;
/// The last number of a campaign that has a place of its own.
const CAMPAIGNS: i64 = 1 << 20;

/// Where a section of a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    pub campaign: CampaignId,
    pub level: i64,
    /// The left end of the unit's interval.
    pub left: i64,
    /// Place of the section in the outline.
    pub ord: i64,
}

impl Spot {
    /// The row; newer campaigns first, then higher levels.
    fn number(self) -> i64 {
        let part = |value: i64, bits: u32| value.clamp(0, (1 << bits) - 1);
        let campaign = CAMPAIGNS - 1 - self.campaign.0.clamp(0, CAMPAIGNS - 1);
        let with_level = (campaign << LEVEL_BITS) | part(self.level, LEVEL_BITS);
        let with_place = (with_level << PLACE_BITS) | part(self.left, PLACE_BITS);
        (with_place << SECTION_BITS) | part(self.ord, SECTION_BITS)
    }

    fn of(number: i64) -> Spot {
        let part = |shift: u32, bits: u32| (number >> shift) & ((1 << bits) - 1);
        let campaign = number >> (SECTION_BITS + PLACE_BITS + LEVEL_BITS);
        Spot {
            campaign: CampaignId(CAMPAIGNS - 1 - campaign),
            level: part(SECTION_BITS + PLACE_BITS, LEVEL_BITS),
            left: part(SECTION_BITS, PLACE_BITS),
            ord: part(0, SECTION_BITS),
        }
    }
}

/// Some of the rows of one campaign and level: those of units in an interval, from a section of the first on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub first: Spot,
    /// The right end of the interval.
    pub last_left: i64,
}

impl Stretch {
    fn numbers(&self) -> RangeInclusive<i64> {
        let last = Spot {
            left: self.last_left,
            ord: i64::MAX,
            ..self.first
        };
        self.first.number()..=last.number()
    }
}

/// Puts the words of a section into the index in place of those that were there. `words` are folded, divided by blanks.
pub fn put(tx: &mut dyn Tx, spot: Spot, words: &str, is_first: bool) -> Result<()> {
    let number = spot.number();
    match tx.engine() {
        Engine::Sqlite => {
            if !is_first {
                tx.execute(
                    "DELETE FROM search_words WHERE rowid = ?1",
                    &params![number],
                )?;
            }
            if !words.is_empty() {
                tx.execute(
                    "INSERT INTO search_words (rowid, words) VALUES (?1, ?2)",
                    &params![number, words],
                )?;
            }
        }
        Engine::Postgres => {
            tx.execute(
                "INSERT INTO search_words (id, words) VALUES (?1, CAST(CAST(?2 AS TEXT) AS TSVECTOR)) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                &params![number, positioned(words)],
            )?;
        }
    }
    Ok(())
}

/// Words with their positions, as a `tsvector` is written. It counts no further than 16,383.
fn positioned(words: &str) -> String {
    let each = words
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(16_383)
        .enumerate();
    let listed: Vec<String> = each
        .map(|(at, word)| format!("'{}':{}", word.replace('\'', ""), at + 1))
        .collect();
    listed.join(" ")
}

/// Empties the index.
pub(crate) fn clear(tx: &mut dyn Tx) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => tx.execute(
            "INSERT INTO search_words (search_words) VALUES ('delete-all')",
            &[],
        )?,
        Engine::Postgres => tx.execute("DELETE FROM search_words", &[])?,
    };
    Ok(())
}

/// Folded words that stand one after another, and phrases that must all be there.
pub type Phrases = [Vec<String>];

/// Where all of `phrases` stand in one section, in the order of rows, at most `limit`.
pub fn find(
    tx: &mut dyn Tx,
    phrases: &Phrases,
    stretch: &Stretch,
    limit: i64,
) -> Result<Vec<Spot>> {
    let numbers = stretch.numbers();
    let (sql, query) = match tx.engine() {
        Engine::Sqlite => (
            "SELECT rowid FROM search_words WHERE search_words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT ?4",
            joined(phrases, '"', " ", " AND "),
        ),
        Engine::Postgres => (
            "SELECT id FROM search_words WHERE words @@ CAST(CAST(?1 AS TEXT) AS TSQUERY) AND id BETWEEN ?2 AND ?3 ORDER BY id LIMIT ?4",
            joined(phrases, '\'', "' <-> '", " & "),
        ),
    };
    tx.rows(
        sql,
        &params![query, *numbers.start(), *numbers.end(), limit],
        |row| row.get(0).map(Spot::of),
    )
}

/// The phrases as the engines write them: words in quotes, `between` words and `and` between phrases.
fn joined(phrases: &Phrases, quote: char, between: &str, and: &str) -> String {
    let each = phrases
        .iter()
        .filter(|words| !words.is_empty())
        .map(|words| {
            let words: Vec<String> = words
                .iter()
                .map(|word| word.replace(['"', '\''], ""))
                .collect();
            format!("({quote}{}{quote})", words.join(between))
        });
    each.collect::<Vec<_>>().join(and)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spot(campaign: i64, level: i64, left: i64, ord: i64) -> Spot {
        Spot {
            campaign: CampaignId(campaign),
            level,
            left,
            ord,
        }
    }

    proptest! {
        #[test]
        fn a_row_tells_its_place(campaign in 1i64..100_000, level in 1i64..10, left in 1i64..4_000_000, ord in 0i64..4_000) {
            let spot = spot(campaign, level, left, ord);
            prop_assert_eq!(Spot::of(spot.number()), spot);
        }

        #[test]
        fn the_sections_of_the_units_below_one_are_one_stretch(left in 1i64..1_000, length in 0i64..50, other in 1i64..1_000, ord in 0i64..4_000) {
            let stretch = Stretch { first: spot(3, 4, left, 0), last_left: left + length };
            let is_below = (left..=left + length).contains(&other);
            prop_assert_eq!(stretch.numbers().contains(&spot(3, 4, other, ord).number()), is_below);
            prop_assert!(!stretch.numbers().contains(&spot(3, 5, other, ord).number()));
            prop_assert!(!stretch.numbers().contains(&spot(4, 4, other, ord).number()));
        }
    }

    #[test]
    fn newer_campaigns_and_higher_levels_come_first() {
        assert!(spot(9, 4, 80, 3).number() < spot(8, 1, 1, 0).number());
        assert!(spot(9, 2, 80, 3).number() < spot(9, 3, 1, 0).number());
    }
}
