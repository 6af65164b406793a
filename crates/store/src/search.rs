//! The index of words of sent texts: SQLite's FTS5 or PostgreSQL's `tsvector`, over words that were folded before.
//!
//! It only proposes where to look; the texts themselves decide what is found. A row is one section of the report of
//! one unit. Its number says campaign, level, place of the unit in its tree and section, in this order of weight, so
//! that rows come in the order in which they are shown, and the units below one are one range of numbers.

use crate::assignments::{self, COLUMNS};
use crate::dialect::ids_in_json;
use crate::indexing::NEWEST_SENT;
use crate::{Engine, Result, Tx, TxExt, params};
use domain::campaign::Assignment;
use domain::ids::{AssignmentId, CampaignId, RevisionId, SectionId, TreeId, UnitId};
use domain::org::Interval;
use std::collections::BTreeSet;

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
    /// Place of the section in the outline, from 0.
    pub ord: i64,
}

impl Spot {
    /// The row; newer campaigns first, then higher levels.
    pub fn row(self) -> i64 {
        let part = |value: i64, bits: u32| value.clamp(0, (1 << bits) - 1);
        let campaign = CAMPAIGNS - 1 - self.campaign.0.clamp(0, CAMPAIGNS - 1);
        let with_level = (campaign << LEVEL_BITS) | part(self.level, LEVEL_BITS);
        let with_place = (with_level << PLACE_BITS) | part(self.left, PLACE_BITS);
        (with_place << SECTION_BITS) | part(self.ord, SECTION_BITS)
    }

    /// The spot of a row.
    pub fn from_row(number: i64) -> Spot {
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

/// Rows one after another, from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub first: Spot,
    pub last: Spot,
}

impl Stretch {
    /// All reports of a campaign.
    pub fn campaign(campaign: CampaignId) -> Stretch {
        let spot = |value| Spot {
            campaign,
            level: value,
            left: value,
            ord: value,
        };
        Stretch {
            first: spot(0),
            last: spot(i64::MAX),
        }
    }

    /// What of it lies behind a spot; `None` when nothing does.
    pub fn behind(self, spot: Option<Spot>) -> Option<Stretch> {
        let Some(spot) = spot else {
            return Some(self);
        };
        let next = Spot::from_row(self.first.row().max(spot.row() + 1));
        (next.row() <= self.last.row()).then_some(Stretch {
            first: next,
            ..self
        })
    }

    /// The reports of the units of one level whose places are in an interval.
    pub fn level(campaign: CampaignId, level: i64, places: Interval) -> Stretch {
        let spot = |left, ord| Spot {
            campaign,
            level,
            left,
            ord,
        };
        Stretch {
            first: spot(places.left, 0),
            last: spot(places.right, i64::MAX),
        }
    }
}

/// Letters of a word that the index looks at; longer ones are numbers or noise, and both engines have their limits.
const LONGEST_WORD: usize = 60;
/// Bytes of the terms of one section; PostgreSQL takes no more than a MiB.
const MOST_BYTES: usize = 900_000;

/// What the index holds of words in a row: each word, and each with the next. Two words that are common by themselves
/// are rarely so in a row, so a phrase is found from its pairs without a look at where words stand.
fn terms<'a>(words: impl Iterator<Item = &'a str>) -> impl Iterator<Item = String> {
    let mut before: Option<String> = None;
    words.filter(|word| !word.is_empty()).flat_map(move |word| {
        let word: String = word.chars().take(LONGEST_WORD).collect();
        let pair = before
            .replace(word.clone())
            .map(|first| pair(&first, &word));
        pair.into_iter().chain([word])
    })
}

/// Folded words hold letters and digits only, so no word looks like a pair.
fn pair(first: &str, second: &str) -> String {
    format!("{first}_{second}")
}

/// The terms that all stand where `phrase` does: its pairs, or its only word.
fn asked(phrase: &[String]) -> Vec<String> {
    let is_pair = |term: &String| term.contains('_');
    terms(phrase.iter().map(String::as_str))
        .filter(|term| is_pair(term) || phrase.len() == 1)
        .collect()
}

/// Forgets the words of a campaign.
pub fn forget(tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
    let Stretch { first, last } = Stretch::campaign(campaign);
    let key = match tx.engine() {
        Engine::Sqlite => "rowid",
        Engine::Postgres => "id",
    };
    tx.execute(
        &format!("DELETE FROM search_words WHERE {key} BETWEEN ?1 AND ?2"),
        &params![first.row(), last.row()],
    )?;
    Ok(())
}

/// Puts the words of a section into the index in place of those that were there. `words` are folded, divided by blanks.
pub fn put(tx: &mut dyn Tx, spot: Spot, words: &str) -> Result<()> {
    let number = spot.row();
    let terms = terms(words.split(' '));
    match tx.engine() {
        Engine::Sqlite => {
            tx.execute(
                "DELETE FROM search_words WHERE rowid = ?1",
                &params![number],
            )?;
            if !words.is_empty() {
                let terms: Vec<String> = terms.collect();
                tx.execute(
                    "INSERT INTO search_words (rowid, words) VALUES (?1, ?2)",
                    &params![number, terms.join(" ")],
                )?;
            }
        }
        Engine::Postgres => {
            tx.execute(
                "INSERT INTO search_words (id, words) VALUES (?1, CAST(CAST(?2 AS TEXT) AS TSVECTOR)) \
                 ON CONFLICT (id) DO UPDATE SET words = excluded.words",
                &params![number, as_vector(terms)],
            )?;
        }
    }
    Ok(())
}

/// Terms as a `tsvector` is written, each once.
fn as_vector(terms: impl Iterator<Item = String>) -> String {
    let mut left = MOST_BYTES;
    let distinct: BTreeSet<String> = terms
        .take_while(|term| {
            left = left.saturating_sub(term.len());
            left > 0
        })
        .collect();
    let quoted: Vec<String> = distinct.iter().map(|term| format!("'{term}'")).collect();
    quoted.join(" ")
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

/// The sections in which all of `phrases` may stand, in the order of rows, at most `limit`. Words of a phrase of three or
/// more may stand apart there, in pairs: whoever asks reads the text.
pub fn find(
    tx: &mut dyn Tx,
    phrases: &Phrases,
    stretch: &Stretch,
    limit: i64,
) -> Result<Vec<Spot>> {
    let (sql, quote, and) = match tx.engine() {
        Engine::Sqlite => (
            "SELECT rowid FROM search_words WHERE search_words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid LIMIT ?4",
            '"',
            " AND ",
        ),
        Engine::Postgres => (
            "SELECT found FROM search_rows(CAST(CAST(?1 AS TEXT) AS TSQUERY), ?2, ?3, ?4) AS found",
            '\'',
            " & ",
        ),
    };
    let terms: BTreeSet<String> = phrases.iter().flat_map(|phrase| asked(phrase)).collect();
    let quoted: Vec<String> = terms
        .iter()
        .map(|term| format!("{quote}{term}{quote}"))
        .collect();
    tx.rows(
        sql,
        &params![
            quoted.join(and),
            stretch.first.row(),
            stretch.last.row(),
            limit
        ],
        |row| row.get(0).map(Spot::from_row),
    )
}

/// The places of the units outside of `parts` whose reports go to or through `units` or are drafted by them: at most
/// `limit`.
pub fn reports_apart(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    units: &[UnitId],
    parts: &[Interval],
    limit: i64,
) -> Result<Vec<i64>> {
    let list: Vec<String> = units.iter().map(|unit| unit.0.to_string()).collect();
    let of = ids_in_json(tx.engine(), 2);
    let outside: String = parts
        .iter()
        .map(|part| format!(" AND NOT unit.lft BETWEEN {} AND {}", part.left, part.right))
        .collect();
    tx.rows(
        &format!(
            "SELECT unit.lft FROM assignment JOIN unit ON unit.id = assignment.unit_id WHERE assignment.campaign_id = ?1 \
             AND (assignment.via_id IN {of} OR assignment.addressee_id IN {of} OR assignment.drafted_by_id IN {of}){outside} LIMIT ?3"
        ),
        &params![campaign.0, format!("[{}]", list.join(",")), limit],
        |row| row.get(0),
    )
}

/// What stands in a row of the index now.
#[derive(Debug, Clone)]
pub struct Stored {
    pub assignment: Assignment,
    pub unit_code: String,
    pub unit_name: String,
    pub level: i64,
    /// The newest sent revision that was not withdrawn.
    pub revision: RevisionId,
    pub text: String,
}

/// The section that stands at a spot of a campaign now; `None` when nothing is sent there.
pub fn at(tx: &mut dyn Tx, tree: TreeId, spot: Spot, section: SectionId) -> Result<Option<Stored>> {
    tx.row_opt(
        &format!(
            "SELECT {COLUMNS}, unit.code, unit.name, unit.level, section_text.revision_id, section_text.text FROM unit \
             JOIN assignment ON assignment.unit_id = unit.id AND assignment.campaign_id = ?3 \
             JOIN section_text ON section_text.revision_id = ({NEWEST_SENT}) AND section_text.section_id = ?4 \
             WHERE unit.tree_id = ?1 AND unit.lft = ?2"
        ),
        &params![tree.0, spot.left, spot.campaign.0, section.0],
        |row| {
            Ok(Stored {
                assignment: assignments::read(row)?,
                unit_code: row.get(22)?,
                unit_name: row.get(23)?,
                level: row.get(24)?,
                revision: RevisionId(row.get(25)?),
                text: row.get(26)?,
            })
        },
    )
}

/// The drafts of some units that were not sent yet: report and its revision, at most `limit`.
pub fn drafts(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    units: &[UnitId],
    limit: i64,
) -> Result<Vec<(AssignmentId, RevisionId)>> {
    let list: Vec<String> = units.iter().map(|unit| unit.0.to_string()).collect();
    let of = ids_in_json(tx.engine(), 2);
    tx.rows(
        &format!(
            "SELECT assignment.id, revision.id FROM assignment \
             JOIN revision ON revision.assignment_id = assignment.id AND revision.number = assignment.revision \
             WHERE assignment.campaign_id = ?1 AND (assignment.unit_id IN {of} OR assignment.drafted_by_id IN {of}) \
             AND revision.sent_at IS NULL ORDER BY assignment.id LIMIT ?3"
        ),
        &params![campaign.0, format!("[{}]", list.join(",")), limit],
        |row| Ok((AssignmentId(row.get(0)?), RevisionId(row.get(1)?))),
    )
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
            prop_assert_eq!(Spot::from_row(spot.row()), spot);
        }

        #[test]
        fn the_sections_of_the_units_below_one_are_one_stretch(left in 1i64..1_000, length in 0i64..50, other in 1i64..1_000, ord in 0i64..4_000) {
            let below = Interval { left, right: left + length };
            let stretch = Stretch::level(CampaignId(3), 4, below);
            let holds = |spot: Spot| (stretch.first.row()..=stretch.last.row()).contains(&spot.row());
            prop_assert_eq!(holds(spot(3, 4, other, ord)), (below.left..=below.right).contains(&other));
            prop_assert!(!holds(spot(3, 5, other, ord)));
            prop_assert!(!holds(spot(4, 4, other, ord)));
        }
    }

    #[test]
    fn a_phrase_is_asked_for_by_its_pairs_and_a_word_by_itself() {
        let words = |phrase: &str| phrase.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            asked(&words("nghia trang liet")),
            ["nghia_trang", "trang_liet"]
        );
        assert_eq!(asked(&words("mo")), ["mo"]);
        assert!(asked(&words("")).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_section_is_proposed(words in "([a-z0-9]{1,70} ){1,30}", from in 0usize..30, length in 1usize..6) {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            let phrase: Vec<String> = words.iter().skip(from % words.len()).take(length).cloned().collect();
            let held: BTreeSet<String> = terms(words.iter().map(String::as_str)).collect();
            prop_assert!(!asked(&phrase).is_empty());
            prop_assert!(asked(&phrase).iter().all(|term| held.contains(term)));
        }
    }

    #[test]
    fn newer_campaigns_and_higher_levels_come_first() {
        assert!(spot(9, 4, 80, 3).row() < spot(8, 1, 1, 0).row());
        assert!(spot(9, 2, 80, 3).row() < spot(9, 3, 1, 0).row());
    }
}
