//! The live state of one campaign in memory: its tree with counts and totals at every node, changed along paths.
//!
//! A change costs the depth of the tree, not its size. Only units that have others below them keep totals;
//! the figures of a leaf stay in the store.

use super::counts::{Counts, is_official, is_received};
use super::delays::{DelayWish, Delays};
use super::oldest::{Oldest, Since};
use super::outlook::{Outlook, Ranked};
use super::waits::{Wait, Waits};
use domain::campaign::forecast::{Chance, Kept, Signs};
use domain::figures::{FigureTable, Layout};
use domain::ids::{AssignmentId, RevisionId, UnitId};
use domain::org::Interval;
use domain::rollup::{Overflow, Totals, of_one};
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use store::live::Standing;

/// Position of a unit in preorder.
pub type Node = usize;

/// One unit of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitNode {
    pub unit: UnitId,
    pub parent: Option<Node>,
    /// One past the last node below it.
    pub end: Node,
    /// Its interval in the store, for the access rules.
    pub interval: Interval,
    pub level: u8,
    pub code: String,
    pub name: String,
    /// It stands no more under this code; another may.
    pub has_ended: bool,
}

/// What the reports below a unit say together, and when they came.
#[derive(Debug, Clone)]
pub struct Sums {
    /// Of all received reports.
    pub provisional: Totals,
    /// Of the accepted ones.
    pub official: Totals,
    /// Reports first sent on each day.
    pub sent_by_day: BTreeMap<Date, u32>,
    /// Reports due on each day.
    pub due_by_day: BTreeMap<Date, u32>,
}

/// The live state of one campaign.
#[derive(Debug, Clone)]
pub struct LiveTree {
    layout: Layout,
    nodes: Vec<UnitNode>,
    by_unit: HashMap<UnitId, Node>,
    by_code: HashMap<String, Node>,
    by_assignment: HashMap<AssignmentId, Node>,
    standings: Vec<Option<Standing>>,
    /// Of the unit and everything below it.
    counts: Vec<Counts>,
    by_level: BTreeMap<u8, Counts>,
    /// The nodes of each level, in tree order.
    level_nodes: BTreeMap<u8, Vec<Node>>,
    /// `None` for a unit with nothing below it.
    sums: Vec<Option<Box<Sums>>>,
    delays: Delays,
    oldest: Oldest,
    waits: Waits,
    outlook: Outlook,
    /// When the campaign was issued: the clocks of its units began.
    began: Timestamp,
    /// Unsent reports due before it are counted as overdue.
    clock: Timestamp,
    /// Another number after each change that a board may show.
    version: u64,
    /// Inner nodes whose maximum or minimum may have gone with a report: the next [`LiveTree::rebuild`] makes them anew.
    stale: BTreeSet<Node>,
}

impl LiveTree {
    /// A tree (in preorder) without any assignment; `kept` is how the units kept their dues before.
    pub fn new(
        layout: Layout,
        nodes: Vec<UnitNode>,
        kept: &HashMap<UnitId, Kept>,
        began: Timestamp,
        clock: Timestamp,
    ) -> LiveTree {
        let by_unit = nodes
            .iter()
            .enumerate()
            .map(|(node, unit)| (unit.unit, node))
            .collect();
        let mut by_code: HashMap<String, Node> = HashMap::new();
        for (node, unit) in nodes.iter().enumerate() {
            // A code names the unit that stands; where none does, the last that had it.
            let known = by_code.get(&unit.code).copied();
            if known.is_none_or(|known| nodes[known].has_ended) {
                by_code.insert(unit.code.clone(), node);
            }
        }
        let mut level_nodes: BTreeMap<u8, Vec<Node>> = BTreeMap::new();
        for (node, unit) in nodes.iter().enumerate() {
            level_nodes.entry(unit.level).or_default().push(node);
        }
        let sums = nodes
            .iter()
            .enumerate()
            .map(|(node, unit)| {
                (unit.end > node + 1).then(|| {
                    Box::new(Sums {
                        provisional: Totals::empty(&layout),
                        official: Totals::empty(&layout),
                        sent_by_day: BTreeMap::new(),
                        due_by_day: BTreeMap::new(),
                    })
                })
            })
            .collect();
        LiveTree {
            by_unit,
            by_code,
            by_assignment: HashMap::new(),
            standings: vec![None; nodes.len()],
            counts: vec![Counts::default(); nodes.len()],
            by_level: BTreeMap::new(),
            level_nodes,
            sums,
            delays: Delays::default(),
            oldest: Oldest::new(nodes.len()),
            waits: Waits::default(),
            outlook: Outlook::new(
                nodes
                    .iter()
                    .map(|unit| kept.get(&unit.unit).copied().unwrap_or_default())
                    .collect(),
                clock,
            ),
            began,
            // No tree that is loaded later begins with a number that this one has had.
            version: clock.as_microsecond().unsigned_abs(),
            clock,
            stale: BTreeSet::new(),
            layout,
            nodes,
        }
    }

    /// Another number after each change that a board may show, and for each tree that is loaded.
    pub fn version(&self) -> u64 {
        self.version
    }
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
    pub fn nodes(&self) -> &[UnitNode] {
        &self.nodes
    }
    pub fn node(&self, node: Node) -> &UnitNode {
        &self.nodes[node]
    }
    pub fn of_unit(&self, unit: UnitId) -> Option<Node> {
        self.by_unit.get(&unit).copied()
    }
    pub fn of_code(&self, code: &str) -> Option<Node> {
        self.by_code.get(code).copied()
    }
    pub fn of_assignment(&self, assignment: AssignmentId) -> Option<Node> {
        self.by_assignment.get(&assignment).copied()
    }
    pub fn standing(&self, node: Node) -> Option<&Standing> {
        self.standings[node].as_ref()
    }
    /// Counts of the unit and everything below it.
    pub fn counts(&self, node: Node) -> &Counts {
        &self.counts[node]
    }
    /// Counts of the unit itself.
    pub fn counts_own(&self, node: Node) -> Counts {
        let standing = self.standings[node].as_ref();
        standing.map_or_else(Counts::default, |standing| {
            let chance = self.outlook.chance(node, standing);
            Counts::of(standing, self.clock, chance.is_some_and(Chance::is_likely))
        })
    }
    /// Counts of a run of units that ends with a whole part; by its parts, not by its units.
    pub fn counts_of(&self, run: Range<Node>) -> Counts {
        let mut counts = Counts::default();
        for part in self.siblings(run.start, run.end) {
            counts.add(&self.counts[part]);
        }
        counts
    }
    /// Counts of everything below the unit, without itself.
    pub fn counts_below(&self, node: Node) -> Counts {
        let mut below = self.counts[node];
        below.subtract(&self.counts_own(node));
        below
    }
    /// Since when the oldest report at each step stands there, among a run of units.
    pub fn oldest(&self, run: Range<Node>) -> Since {
        self.oldest.within(run, &self.standings)
    }
    /// Counts of the whole campaign by level.
    pub fn by_level(&self) -> &BTreeMap<u8, Counts> {
        &self.by_level
    }
    /// The units of a level among those in `range`, in tree order.
    pub fn at_level(&self, level: u8, range: Range<Node>) -> &[Node] {
        let nodes = self.level_nodes.get(&level).map_or(&[][..], Vec::as_slice);
        let from = nodes.partition_point(|node| *node < range.start);
        let to = nodes.partition_point(|node| *node < range.end);
        &nodes[from..to]
    }
    /// The levels that have units in `range`, from the top.
    pub fn levels_in(&self, range: Range<Node>) -> Vec<u8> {
        let levels = self.level_nodes.keys().copied();
        levels
            .filter(|level| !self.at_level(*level, range.clone()).is_empty())
            .collect()
    }
    pub fn sums(&self, node: Node) -> Option<&Sums> {
        self.sums[node].as_deref()
    }
    pub fn is_leaf(&self, node: Node) -> bool {
        self.sums[node].is_none()
    }
    /// The units without a superior.
    pub fn roots(&self) -> impl Iterator<Item = Node> + '_ {
        self.siblings(0, self.nodes.len())
    }
    /// The units directly below, in tree order.
    pub fn children(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        self.siblings(node + 1, self.nodes[node].end)
    }
    fn siblings(&self, first: Node, end: Node) -> impl Iterator<Item = Node> + '_ {
        std::iter::successors((first < end).then_some(first), move |node| {
            let next = self.nodes[*node].end;
            (next < end).then_some(next)
        })
    }
    /// The unit and those above it, from itself to the root.
    pub fn path(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        std::iter::successors(Some(node), |node| self.nodes[*node].parent)
    }

    /// Whether the counts of what is overdue and the forecast fit this moment.
    pub fn fits(&self, now: Timestamp) -> bool {
        self.outlook.is_of_day(now) && self.delays.due_between(self.clock, now).next().is_none()
    }

    /// The reports of the whole campaign that are behind their due, in the order of their delays.
    pub fn delayed(&self, wish: DelayWish, now: Timestamp) -> impl Iterator<Item = Node> + '_ {
        self.delays.in_order(wish, now)
    }

    /// With whom the report of a unit is, and since when; `None` when nobody has to act on it.
    pub fn wait(&self, node: Node) -> Option<Wait> {
        Wait::of(self.standings[node].as_ref()?, self.began)
    }
    /// All open reports by how long they have waited, and for whom.
    pub fn waits(&self) -> &Waits {
        &self.waits
    }

    /// What the forecast of a unit's report is made from; `None` for one that is not still to be sent before its due.
    pub fn signs(&self, node: Node) -> Option<Signs> {
        self.outlook.signs(node, self.standings[node].as_ref()?)
    }
    /// The reports that are still to be sent before their dues, those most likely late first.
    pub fn ranked(&self) -> &Ranked {
        self.outlook.ranked()
    }

    /// Moves the moment that decides what is overdue and what is forecast, forward or back.
    pub fn move_clock(&mut self, now: Timestamp) {
        let touched: BTreeSet<Node> = if self.outlook.is_of_day(now) {
            self.delays.due_between(self.clock, now).collect()
        } else {
            self.delays.all_pending().collect()
        };
        if !self.fits(now) {
            self.version += 1;
        }
        let mut old_counts = Vec::with_capacity(touched.len());
        for node in touched {
            if let Some(standing) = self.standings[node] {
                old_counts.push((node, standing, self.counts_own(node)));
                self.outlook.remove(node, &standing);
            }
        }
        self.clock = now;
        self.outlook.turn(now);
        for (node, standing, old) in old_counts {
            self.outlook.insert(node, &standing);
            self.exchange_counts(node, &old, &self.counts_own(node));
        }
    }

    /// Puts the standing of a unit in place without counting figures; for loading, before [`LiveTree::gather`].
    pub fn place(&mut self, node: Node, standing: Standing) {
        self.exchange_standing(node, Some(standing));
    }

    /// Counts the figures of a placed report at the nearest node that keeps totals; [`LiveTree::gather`] carries them up.
    pub fn place_figures(&mut self, node: Node, table: &FigureTable) {
        let Some(standing) = self.standings[node] else {
            return;
        };
        if !counts_figures(&standing) || !self.is_addable(table) {
            return;
        }
        let holder = self.path(node).find(|node| self.sums[*node].is_some());
        if let Some(sums) = holder.and_then(|node| self.sums[node].as_mut()) {
            let official = is_official(&standing);
            log(sums.provisional.add(&self.layout, table));
            if official {
                log(sums.official.add(&self.layout, table));
            }
        }
    }

    /// Carries placed figures up to the roots; once, after loading.
    pub fn gather(&mut self) {
        for node in (0..self.nodes.len()).rev() {
            let Some(parent) = self.nodes[node].parent else {
                continue;
            };
            let (above, below) = self.sums.split_at_mut(node);
            if let (Some(above), Some(below)) = (above[parent].as_mut(), below[0].as_ref()) {
                log(above.provisional.merge(&self.layout, &below.provisional));
                log(above.official.merge(&self.layout, &below.official));
            }
        }
    }

    /// Exchanges the standing of a unit and its figures along the path to the root. `old` and `new` are the figures
    /// counted before and from now on; `None` when the report did or does not count.
    pub fn replace(
        &mut self,
        node: Node,
        standing: Option<Standing>,
        old: Option<&FigureTable>,
        new: Option<&FigureTable>,
    ) {
        let was_official = self.standings[node].as_ref().is_some_and(is_official);
        let is_official = standing.as_ref().is_some_and(is_official);
        let old = old.filter(|table| self.is_addable(table));
        let new = new.filter(|table| self.is_addable(table));
        let path: Vec<Node> = self.path(node).collect();
        for at in path {
            let Some(sums) = self.sums[at].as_mut() else {
                continue;
            };
            let mut exact = true;
            if let Some(table) = old {
                exact &= log(sums.provisional.remove(&self.layout, table)).unwrap_or(false);
                if was_official {
                    exact &= log(sums.official.remove(&self.layout, table)).unwrap_or(false);
                }
            }
            if let Some(table) = new {
                log(sums.provisional.add(&self.layout, table));
                if is_official {
                    log(sums.official.add(&self.layout, table));
                }
            }
            if !exact {
                self.stale.insert(at);
            }
        }
        self.exchange_standing(node, standing);
    }

    /// Some extreme may have gone with a report.
    pub fn needs_rebuild(&self) -> bool {
        !self.stale.is_empty()
    }

    /// The counted reports of the units that keep no totals themselves and stand directly below stale nodes
    /// (and of stale nodes themselves): their figures are what [`LiveTree::rebuild`] needs.
    pub fn wanted_for_rebuild(&self) -> Vec<RevisionId> {
        self.stale
            .iter()
            .flat_map(|node| self.contributors(*node))
            .filter_map(|node| counted(self.standings[node].as_ref()?))
            .collect()
    }

    /// Makes the totals of stale nodes anew, the deepest first.
    pub fn rebuild(&mut self, tables: &HashMap<RevisionId, FigureTable>) {
        for node in std::mem::take(&mut self.stale).into_iter().rev() {
            let mut provisional = Totals::empty(&self.layout);
            let mut official = Totals::empty(&self.layout);
            for at in self.contributors(node) {
                let Some(standing) = self.standings[at] else {
                    continue;
                };
                let table = counted(&standing).and_then(|revision| tables.get(&revision));
                if let Some(table) = table.filter(|table| self.is_addable(table)) {
                    log(provisional.add(&self.layout, table));
                    if is_official(&standing) {
                        log(official.add(&self.layout, table));
                    }
                }
            }
            for sums in self.children(node).filter_map(|child| self.sums(child)) {
                log(provisional.merge(&self.layout, &sums.provisional));
                log(official.merge(&self.layout, &sums.official));
            }
            if let Some(sums) = self.sums[node].as_mut() {
                sums.provisional = provisional;
                sums.official = official;
            }
        }
    }

    /// The node itself and its children without totals of their own.
    fn contributors(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        std::iter::once(node).chain(
            self.children(node)
                .filter(|child| self.sums[*child].is_none()),
        )
    }

    fn exchange_standing(&mut self, node: Node, standing: Option<Standing>) {
        self.version += 1;
        let old_counts = self.counts_own(node);
        let old = self.standings[node].take();
        self.exchange_days(node, old.as_ref(), standing.as_ref());
        let level = self.nodes[node].level;
        if let Some(old) = &old {
            self.by_assignment.remove(&old.assignment);
            self.delays.remove(node, level, old);
            self.outlook.remove(node, old);
            if let Some(wait) = Wait::of(old, self.began) {
                self.waits.remove(node, wait);
            }
        }
        if let Some(new) = &standing {
            self.by_assignment.insert(new.assignment, node);
            self.delays.insert(node, level, new);
            self.outlook.insert(node, new);
            if let Some(wait) = Wait::of(new, self.began) {
                self.waits.insert(node, wait);
            }
        }
        self.standings[node] = standing;
        self.oldest.refresh(node, &self.standings);
        self.exchange_counts(node, &old_counts, &self.counts_own(node));
    }

    fn exchange_counts(&mut self, node: Node, old: &Counts, new: &Counts) {
        if old == new {
            return;
        }
        let mut at = Some(node);
        while let Some(node) = at {
            self.counts[node].add(new);
            self.counts[node].subtract(old);
            at = self.nodes[node].parent;
        }
        let level = self.by_level.entry(self.nodes[node].level).or_default();
        level.add(new);
        level.subtract(old);
    }

    fn exchange_days(&mut self, node: Node, old: Option<&Standing>, new: Option<&Standing>) {
        let (old, new) = (old.map(days_of), new.map(days_of));
        if old == new {
            return;
        }
        let mut at = Some(node);
        while let Some(node) = at {
            if let Some(sums) = self.sums[node].as_mut() {
                let Days { sent, due } = old.unwrap_or_default();
                take(&mut sums.sent_by_day, sent);
                take(&mut sums.due_by_day, due);
                let Days { sent, due } = new.unwrap_or_default();
                put(&mut sums.sent_by_day, sent);
                put(&mut sums.due_by_day, due);
            }
            at = self.nodes[node].parent;
        }
    }

    /// Products of shares can leave the range of exact decimals; such a report is left out of the totals as a whole.
    fn is_addable(&self, table: &FigureTable) -> bool {
        let has_products = self
            .layout
            .indicators()
            .iter()
            .any(|indicator| matches!(indicator.rule, domain::campaign::Rule::Share { .. }));
        !has_products || of_one(&self.layout, table).is_ok()
    }
}

/// The revision whose figures count in the totals.
pub fn counted(standing: &Standing) -> Option<RevisionId> {
    standing.counted.filter(|_| counts_figures(standing))
}

fn counts_figures(standing: &Standing) -> bool {
    standing.adds && is_received(standing)
}

/// The days of one report that the progress over time is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Days {
    sent: Option<Date>,
    due: Option<Date>,
}

fn days_of(standing: &Standing) -> Days {
    if !standing.state.is_expected() {
        return Days::default();
    }
    Days {
        sent: standing.first_sent_at.map(domain::deadline::day_of),
        due: standing.due_at.map(domain::deadline::day_of),
    }
}

fn put(days: &mut BTreeMap<Date, u32>, day: Option<Date>) {
    if let Some(day) = day {
        *days.entry(day).or_default() += 1;
    }
}

fn take(days: &mut BTreeMap<Date, u32>, day: Option<Date>) {
    let Some(day) = day else { return };
    if let Some(count) = days.get_mut(&day) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            days.remove(&day);
        }
    }
}

/// A sum beyond exact decimals takes more reports than there can be; if it ever happens the log says so.
fn log<T>(outcome: Result<T, Overflow>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(error) => {
            tracing::error!(%error, "a live total left the range of exact decimals");
            None
        }
    }
}
