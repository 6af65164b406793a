//! Proof of what is kept in memory: every count and total made again from the reports in the store, the plain way
//! (each report added to every unit above it, found by its superior and not by its interval), and held against it.

use super::counts::{is_official, is_received};
use super::{Counts, Live, LiveTree, load};
use crate::error::Result;
use domain::campaign::{Campaign, Period};
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, UnitId};
use domain::number::Amount;
use domain::rollup::{Totals, of_one};
use jiff::Timestamp;
use std::collections::{HashMap, HashSet};
use store::live::Standing;
use store::{Db, Tx};

/// What was proved, and what was not so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recount {
    /// Units whose counts were made again.
    pub units: usize,
    /// Reports that were added up.
    pub reports: usize,
    /// Cells of totals that were made again, provisional and official ones.
    pub totals: usize,
    pub differing: Vec<Differing>,
}

/// One number in memory that is not what the reports say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    pub unit_code: String,
    pub unit_name: String,
    pub what: Kept,
}

/// What is kept of a unit, and what was counted instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// How many reports stand where.
    Counts { kept: Counts, counted: Counts },
    Total {
        indicator: String,
        period: Period,
        is_official: bool,
        kept: Option<Amount>,
        counted: Option<Amount>,
        /// Reports that gave a number, in memory and counted.
        kept_reports: u32,
        counted_reports: u32,
    },
}

impl Live {
    /// Counts a campaign again from the store and holds what is kept against it, both as of one moment while work
    /// goes on. Whatever differs is forgotten afterwards, so that the next answer comes from the store.
    ///
    /// `progress` is told how many reports were added up.
    ///
    /// # Errors
    /// What the store fails with. Must not be called inside a read or write of the store.
    pub fn recount(
        &self,
        db: &Db,
        campaign: &Campaign,
        now: Timestamp,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Recount> {
        self.with(db, campaign, now, |_| ())?;
        let kept = self.copy(campaign.id);
        let recount = db.read(|tx| -> Result<_> {
            // In the snapshot in which the reports are counted, so that both speak of the same reports.
            let mut live = match kept {
                Some(live) => live.follow(tx, campaign, now)?,
                None => load::load(tx, campaign, now)?,
            };
            live.tree.move_clock(now);
            let counted = Counted::count(tx, campaign, now, live.tree.layout(), progress)?;
            Ok(counted.against(&live.tree))
        })?;
        if !recount.differing.is_empty() {
            tracing::error!(campaign = %campaign.short_id, differing = recount.differing.len(), "live totals were not what the reports say");
            self.forget(campaign.id);
        }
        Ok(recount)
    }
}

/// A unit, and what the reports of itself and of all units below it say.
struct Tally {
    parent: Option<UnitId>,
    counts: Counts,
    /// Only of a unit with others below it: a leaf keeps no totals, and most units are leaves.
    sums: Option<Both>,
}

struct Both {
    provisional: Totals,
    official: Totals,
}

struct Counted {
    tallies: HashMap<UnitId, Tally>,
    reports: usize,
}

impl Counted {
    fn count(
        tx: &mut dyn Tx,
        campaign: &Campaign,
        now: Timestamp,
        layout: &Layout,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Counted> {
        let units = store::units::whole_history(tx, campaign.tree)?;
        let mut counted = Counted {
            tallies: HashMap::with_capacity(units.len()),
            reports: 0,
        };
        let superiors: HashSet<UnitId> = units.iter().filter_map(|unit| unit.parent).collect();
        for unit in units {
            let tally = Tally {
                parent: unit.parent,
                counts: Counts::default(),
                sums: superiors.contains(&unit.id).then(|| Both {
                    provisional: Totals::empty(layout),
                    official: Totals::empty(layout),
                }),
            };
            counted.tallies.insert(unit.id, tally);
        }
        let standings: HashMap<AssignmentId, Standing> = store::live::standings(tx, campaign.id)?
            .into_iter()
            .map(|standing| (standing.assignment, standing))
            .collect();
        for standing in standings.values() {
            let counts = Counts::of(standing, now, false);
            counted.each_above(standing.unit, |tally| tally.counts.add(&counts));
        }
        store::live::each_counted(tx, campaign.id, &mut |assignment, json| {
            let Some(standing) = standings.get(&assignment).filter(|one| is_received(one)) else {
                return Ok(());
            };
            let table = store::figures::decode(json, layout)?;
            counted.add(layout, standing, &table);
            progress(counted.reports);
            Ok(())
        })?;
        Ok(counted)
    }

    fn add(&mut self, layout: &Layout, standing: &Standing, table: &FigureTable) {
        // A report whose products leave the range of exact decimals is in no total.
        let Ok(own) = of_one(layout, table) else {
            return;
        };
        self.reports += 1;
        let is_official = is_official(standing);
        self.each_above(standing.unit, |tally| {
            let Some(sums) = &mut tally.sums else { return };
            // More reports than there can be would have to come before a sum leaves the range; it would then differ.
            let _ = sums.provisional.merge(layout, &own);
            if is_official {
                let _ = sums.official.merge(layout, &own);
            }
        });
    }

    /// The unit and all above it.
    fn each_above(&mut self, unit: UnitId, mut each: impl FnMut(&mut Tally)) {
        let mut at = Some(unit);
        while let Some(tally) = at.and_then(|unit| self.tallies.get_mut(&unit)) {
            each(tally);
            at = tally.parent;
        }
    }

    fn against(&self, tree: &LiveTree) -> Recount {
        let mut recount = Recount {
            units: self.tallies.len(),
            reports: self.reports,
            ..Recount::default()
        };
        let layout = tree.layout();
        for (node, unit) in tree.nodes().iter().enumerate() {
            let Some(tally) = self.tallies.get(&unit.unit) else {
                continue;
            };
            let mut differs = |what| {
                recount.differing.push(Differing {
                    unit_code: unit.code.clone(),
                    unit_name: unit.name.clone(),
                    what,
                });
            };
            let kept = tree.counts(node).facts();
            if tally.counts != kept {
                differs(Kept::Counts {
                    kept,
                    counted: tally.counts,
                });
            }
            let Some((sums, tallied)) = tree.sums(node).zip(tally.sums.as_ref()) else {
                continue;
            };
            let both = [
                (false, &sums.provisional, &tallied.provisional),
                (true, &sums.official, &tallied.official),
            ];
            for (is_official, kept, counted) in both {
                differing_cells(layout, kept, counted, |indicator, period, cell| {
                    differs(Kept::Total {
                        indicator: layout.indicators()[indicator].code.clone(),
                        period,
                        is_official,
                        kept: kept.value(layout, indicator, cell),
                        counted: counted.value(layout, indicator, cell),
                        kept_reports: kept.behind(cell).numbers,
                        counted_reports: counted.behind(cell).numbers,
                    });
                });
            }
            recount.totals += 2 * layout.len();
        }
        recount
    }
}

fn differing_cells(
    layout: &Layout,
    kept: &Totals,
    counted: &Totals,
    mut differs: impl FnMut(usize, Period, usize),
) {
    for indicator in 0..layout.indicators().len() {
        for (period, cell) in layout.cells(indicator) {
            if !kept.behind(cell).says_the_same(&counted.behind(cell)) {
                differs(indicator, period, cell);
            }
        }
    }
}
