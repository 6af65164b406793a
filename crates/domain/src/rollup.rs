//! Figures up the tree: exact totals by each indicator's rule, with what stands behind them.
//!
//! [`Totals`] is a commutative monoid under [`Totals::merge`]: the order in which reports come does not matter.

use crate::campaign::{Indicator, Rule};
use crate::figures::{Cell, FigureTable, Layout};
use crate::number::Amount;

/// Decimals of a recomputed ratio or weighted share.
const RATIO_DECIMALS: u32 = 2;

/// What the reports say together in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// The sum; for max and min indicators the extreme; for shares the weighted sum.
    amount: Amount,
    /// Sum of weights of a share.
    weight: Amount,
    /// Reports that gave a number.
    pub numbers: u32,
    /// Reports that said "not applicable".
    pub not_applicable: u32,
}

/// The totals of a set of reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    cells: Vec<Total>,
    /// How many reports were added.
    pub reports: u32,
}

/// A total left the range of exact decimals. With the limits on entered amounts only more than 10^10 reports do that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("tổng vượt quá giới hạn tính toán")]
pub struct Overflow;

impl Totals {
    pub fn empty(layout: &Layout) -> Totals {
        Totals {
            cells: vec![Total::default(); layout.len()],
            reports: 0,
        }
    }

    /// Adds the figures of one report.
    ///
    /// # Errors
    /// [`Overflow`] beyond the range of exact decimals.
    pub fn add(&mut self, layout: &Layout, table: &FigureTable) -> Result<(), Overflow> {
        for (position, indicator) in layout.indicators().iter().enumerate() {
            for (period, cell) in layout.cells(position) {
                let weight = match &indicator.rule {
                    Rule::Share { weight } => cell_of(layout, weight, period)
                        .map_or(Cell::Blank, |cell| table.cells[cell]),
                    _ => Cell::Blank,
                };
                self.cells[cell].add(&indicator.rule, table.cells[cell], weight)?;
            }
        }
        self.reports += 1;
        Ok(())
    }

    /// Takes one report's figures out again. `false` when an extreme (max, min) may have gone with it:
    /// then the totals must be made anew from the remaining reports.
    ///
    /// # Errors
    /// [`Overflow`] as in [`Totals::add`].
    pub fn remove(&mut self, layout: &Layout, table: &FigureTable) -> Result<bool, Overflow> {
        let mut exact = true;
        for (position, indicator) in layout.indicators().iter().enumerate() {
            for (period, cell) in layout.cells(position) {
                let weight = match &indicator.rule {
                    Rule::Share { weight } => cell_of(layout, weight, period)
                        .map_or(Cell::Blank, |cell| table.cells[cell]),
                    _ => Cell::Blank,
                };
                exact &= self.cells[cell].remove(&indicator.rule, table.cells[cell], weight)?;
            }
        }
        self.reports = self.reports.saturating_sub(1);
        Ok(exact)
    }

    /// Adds another set of reports.
    ///
    /// # Errors
    /// [`Overflow`] as in [`Totals::add`].
    pub fn merge(&mut self, layout: &Layout, other: &Totals) -> Result<(), Overflow> {
        for (position, indicator) in layout.indicators().iter().enumerate() {
            for (_, cell) in layout.cells(position) {
                self.cells[cell].merge(&indicator.rule, other.cells[cell])?;
            }
        }
        self.reports += other.reports;
        Ok(())
    }

    /// Takes from `other` each cell for which no report of this set gave a number: what a level that consolidates
    /// states itself, because nobody below it is asked for it.
    pub fn fill_gaps(&mut self, other: &Totals) {
        for (own, other) in self.cells.iter_mut().zip(&other.cells) {
            if own.numbers == 0 && other.numbers > 0 {
                *own = *other;
            }
        }
    }

    /// An estimate of a share of these totals: what adds is multiplied, rounded to two decimals; what cannot be divided
    /// (shares, extremes) is left out, so that no number stands where none is known. Ratios come from their parts.
    ///
    /// # Errors
    /// [`Overflow`] beyond the range of exact decimals.
    pub fn share_of(
        &self,
        layout: &Layout,
        numerator: i64,
        denominator: i64,
    ) -> Result<Totals, Overflow> {
        let mut share = self.clone();
        for (position, indicator) in layout.indicators().iter().enumerate() {
            for (_, cell) in layout.cells(position) {
                let total = &mut share.cells[cell];
                match indicator.rule {
                    Rule::Flow | Rule::Stock | Rule::Opening => {
                        let multiplied = total
                            .amount
                            .checked_mul(Amount::from(numerator))
                            .ok_or(Overflow)?;
                        let divisor = Amount::from(denominator);
                        total.amount = multiplied
                            .ratio(divisor, 1, RATIO_DECIMALS)
                            .ok_or(Overflow)?;
                    }
                    Rule::Share { .. }
                    | Rule::Max
                    | Rule::Min
                    | Rule::Ratio { .. }
                    | Rule::None => {
                        *total = Total::default();
                    }
                }
            }
        }
        Ok(share)
    }

    /// How many reports stand behind one cell.
    pub fn behind(&self, cell: usize) -> Total {
        self.cells[cell]
    }

    /// The rolled-up value of one cell; `None` when no report gave a number, or a ratio has nothing to divide by.
    pub fn value(&self, layout: &Layout, indicator: usize, cell: usize) -> Option<Amount> {
        match &layout.indicators()[indicator].rule {
            Rule::None => None,
            Rule::Ratio {
                numerator,
                denominator,
            } => {
                let period = layout.cells(indicator).find(|(_, own)| *own == cell)?.0;
                let sum = |codes: &[String]| {
                    self.sum_over(codes, |code| {
                        let position = layout.indicator(code)?;
                        match layout.cell(position, period) {
                            Some(part) => self.value(layout, position, part),
                            // A ratio for the whole period over yearly parts takes them over time.
                            None => self.over_time(layout, position),
                        }
                    })
                };
                sum(numerator)?.ratio(
                    sum(denominator)?,
                    factor(&layout.indicators()[indicator]),
                    RATIO_DECIMALS,
                )
            }
            Rule::Share { .. } => {
                let total = self.cells[cell];
                total.amount.ratio(total.weight, 1, RATIO_DECIMALS)
            }
            Rule::Flow | Rule::Stock | Rule::Opening | Rule::Max | Rule::Min => {
                let total = self.cells[cell];
                (total.numbers > 0).then_some(total.amount)
            }
        }
    }

    /// The value over the whole period: flows add, of stocks the last year counts, ratios are recomputed.
    pub fn over_time(&self, layout: &Layout, indicator: usize) -> Option<Amount> {
        let values = || {
            layout
                .cells(indicator)
                .filter_map(|(_, cell)| self.value(layout, indicator, cell))
        };
        match &layout.indicators()[indicator].rule {
            Rule::Flow => values().try_fold(None, |sum: Option<Amount>, value| {
                Some(Some(sum.unwrap_or_default().checked_add(value)?))
            })?,
            Rule::Stock | Rule::Share { .. } => values().last(),
            Rule::Opening => values().next(),
            Rule::Max => values().max(),
            Rule::Min => values().min(),
            Rule::Ratio {
                numerator,
                denominator,
            } => {
                let sum = |codes: &[String]| {
                    self.sum_over(codes, |code| {
                        self.over_time(layout, layout.indicator(code)?)
                    })
                };
                sum(numerator)?.ratio(
                    sum(denominator)?,
                    factor(&layout.indicators()[indicator]),
                    RATIO_DECIMALS,
                )
            }
            Rule::None => None,
        }
    }

    fn sum_over(&self, codes: &[String], value: impl Fn(&str) -> Option<Amount>) -> Option<Amount> {
        codes
            .iter()
            .try_fold(Amount::ZERO, |sum, code| sum.checked_add(value(code)?))
    }
}

/// The totals of one report alone: its own figures, ratios computed.
///
/// # Errors
/// [`Overflow`] as in [`Totals::add`].
pub fn of_one(layout: &Layout, table: &FigureTable) -> Result<Totals, Overflow> {
    let mut totals = Totals::empty(layout);
    totals.add(layout, table)?;
    Ok(totals)
}

fn cell_of(layout: &Layout, code: &str, period: crate::campaign::Period) -> Option<usize> {
    layout.cell(layout.indicator(code)?, period)
}

/// A ratio measured in percent is shown as such.
fn factor(indicator: &Indicator) -> i64 {
    if indicator.unit.trim() == "%" { 100 } else { 1 }
}

impl Total {
    /// The same value from as many reports; an extreme of no reports is none, whatever stood there before.
    pub fn says_the_same(&self, other: &Total) -> bool {
        self.numbers == other.numbers
            && self.not_applicable == other.not_applicable
            && (self.numbers == 0 || (self.amount, self.weight) == (other.amount, other.weight))
    }

    fn add(&mut self, rule: &Rule, cell: Cell, weight: Cell) -> Result<(), Overflow> {
        match (rule, cell) {
            (Rule::Ratio { .. } | Rule::None, _) | (_, Cell::Blank) => return Ok(()),
            (_, Cell::NotApplicable) => {
                self.not_applicable += 1;
                return Ok(());
            }
            (Rule::Max, Cell::Number(amount)) => {
                self.amount = if self.numbers == 0 {
                    amount
                } else {
                    self.amount.max(amount)
                }
            }
            (Rule::Min, Cell::Number(amount)) => {
                self.amount = if self.numbers == 0 {
                    amount
                } else {
                    self.amount.min(amount)
                }
            }
            (Rule::Share { .. }, Cell::Number(amount)) => {
                let Cell::Number(weight) = weight else {
                    return Ok(());
                };
                let weighted = amount.checked_mul(weight).ok_or(Overflow)?;
                self.amount = self.amount.checked_add(weighted).ok_or(Overflow)?;
                self.weight = self.weight.checked_add(weight).ok_or(Overflow)?;
            }
            (Rule::Flow | Rule::Stock | Rule::Opening, Cell::Number(amount)) => {
                self.amount = self.amount.checked_add(amount).ok_or(Overflow)?
            }
        }
        self.numbers += 1;
        Ok(())
    }

    fn remove(&mut self, rule: &Rule, cell: Cell, weight: Cell) -> Result<bool, Overflow> {
        match (rule, cell) {
            (Rule::Ratio { .. } | Rule::None, _) | (_, Cell::Blank) => return Ok(true),
            (_, Cell::NotApplicable) => {
                self.not_applicable = self.not_applicable.saturating_sub(1);
                return Ok(true);
            }
            (Rule::Max | Rule::Min, Cell::Number(amount)) => {
                self.numbers = self.numbers.saturating_sub(1);
                return Ok(self.numbers == 0 || amount != self.amount);
            }
            (Rule::Share { .. }, Cell::Number(amount)) => {
                let Cell::Number(weight) = weight else {
                    return Ok(true);
                };
                let weighted = amount.checked_mul(weight).ok_or(Overflow)?;
                self.amount = self.amount.checked_sub(weighted).ok_or(Overflow)?;
                self.weight = self.weight.checked_sub(weight).ok_or(Overflow)?;
            }
            (Rule::Flow | Rule::Stock | Rule::Opening, Cell::Number(amount)) => {
                self.amount = self.amount.checked_sub(amount).ok_or(Overflow)?
            }
        }
        self.numbers = self.numbers.saturating_sub(1);
        Ok(true)
    }

    fn merge(&mut self, rule: &Rule, other: Total) -> Result<(), Overflow> {
        self.amount = match rule {
            _ if other.numbers == 0 => self.amount,
            _ if self.numbers == 0 => other.amount,
            Rule::Max => self.amount.max(other.amount),
            Rule::Min => self.amount.min(other.amount),
            _ => self.amount.checked_add(other.amount).ok_or(Overflow)?,
        };
        self.weight = self.weight.checked_add(other.weight).ok_or(Overflow)?;
        self.numbers += other.numbers;
        self.not_applicable += other.not_applicable;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{Grain, Period};
    use crate::ids::IndicatorId;
    use proptest::prelude::*;

    fn indicator(code: &str, unit: &str, rule: Rule, grain: Grain) -> Indicator {
        Indicator {
            id: IndicatorId(0),
            code: code.into(),
            name: code.into(),
            unit: unit.into(),
            rule,
            grain,
            hint: String::new(),
            total_of: Vec::new(),
            required: false,
        }
    }

    fn layout() -> Layout {
        let ratio = Rule::Ratio {
            numerator: vec!["flow".into()],
            denominator: vec!["stock".into()],
        };
        Layout::new(
            vec![
                indicator("flow", "nhà", Rule::Flow, Grain::Year),
                indicator("stock", "người", Rule::Stock, Grain::Year),
                indicator("ratio", "%", ratio.clone(), Grain::Year),
                indicator("ratio_whole", "%", ratio, Grain::Whole),
                indicator("max", "ngày", Rule::Max, Grain::End),
                indicator(
                    "share",
                    "điểm",
                    Rule::Share {
                        weight: "stock".into(),
                    },
                    Grain::Year,
                ),
            ],
            vec![2021, 2022],
        )
    }

    fn table(layout: &Layout, values: &[(&str, Period, i64)]) -> FigureTable {
        let mut table = FigureTable::blank(layout);
        for (code, period, value) in values {
            let cell = layout
                .cell(layout.indicator(code).expect("known"), *period)
                .expect("has period");
            table.cells[cell] = Cell::Number(Amount::from(*value));
        }
        table
    }

    fn show(totals: &Totals, layout: &Layout, code: &str, period: Period) -> Option<String> {
        let position = layout.indicator(code)?;
        totals
            .value(layout, position, layout.cell(position, period)?)
            .map(|amount| amount.to_string())
    }

    const Y21: Period = Period::Year(2021);
    const Y22: Period = Period::Year(2022);

    fn two_communes(layout: &Layout) -> Totals {
        let mut totals = Totals::empty(layout);
        let a = [
            ("flow", Y21, 1),
            ("flow", Y22, 2),
            ("stock", Y21, 10),
            ("stock", Y22, 12),
            ("max", Period::Whole, 3),
            ("share", Y21, 50),
        ];
        let b = [
            ("flow", Y21, 5),
            ("stock", Y21, 30),
            ("max", Period::Whole, 9),
            ("share", Y21, 90),
        ];
        totals.add(layout, &table(layout, &a)).expect("in range");
        totals.add(layout, &table(layout, &b)).expect("in range");
        totals
    }

    #[test]
    fn flows_add_over_units_and_years_and_of_stocks_the_last_year_counts() {
        let layout = layout();
        let totals = two_communes(&layout);
        assert_eq!(show(&totals, &layout, "flow", Y21).as_deref(), Some("6"));
        assert_eq!(
            totals
                .over_time(&layout, 0)
                .map(|amount| amount.to_string())
                .as_deref(),
            Some("8")
        );
        assert_eq!(
            totals
                .over_time(&layout, 1)
                .map(|amount| amount.to_string())
                .as_deref(),
            Some("12")
        );
    }

    #[test]
    fn a_stated_share_divides_what_adds_and_leaves_the_rest_out() {
        let layout = layout();
        let whole = two_communes(&layout);
        let half = whole.share_of(&layout, 1, 2).expect("in range");
        assert_eq!(show(&half, &layout, "flow", Y21).as_deref(), Some("3"));
        assert_eq!(show(&half, &layout, "stock", Y21).as_deref(), Some("20"));
        // Both parts halved leave the ratio as it was; a rounded third keeps two decimals.
        assert_eq!(show(&half, &layout, "ratio", Y21).as_deref(), Some("15"));
        assert_eq!(show(&half, &layout, "max", Period::Whole), None);
        assert_eq!(show(&half, &layout, "share", Y21), None);
        let third = whole.share_of(&layout, 1, 3).expect("in range");
        assert_eq!(
            show(&third, &layout, "stock", Y21).as_deref(),
            Some("13.33")
        );
    }

    #[test]
    fn ratios_are_recomputed_from_summed_parts_never_averaged() {
        let layout = layout();
        let totals = two_communes(&layout);
        // 6 of 40, although the two communes stand at 10 % and 16.67 %.
        assert_eq!(show(&totals, &layout, "ratio", Y21).as_deref(), Some("15"));
        assert_eq!(
            show(&totals, &layout, "ratio_whole", Period::Whole).as_deref(),
            Some("66.67")
        );
    }

    #[test]
    fn shares_are_weighted_and_maxima_are_kept() {
        let layout = layout();
        let totals = two_communes(&layout);
        assert_eq!(show(&totals, &layout, "share", Y21).as_deref(), Some("80"));
        assert_eq!(
            show(&totals, &layout, "max", Period::Whole).as_deref(),
            Some("9")
        );
    }

    #[test]
    fn blank_is_not_zero_and_not_applicable_is_counted_apart() {
        let layout = layout();
        let mut one = FigureTable::blank(&layout);
        one.cells[0] = Cell::NotApplicable;
        let totals = of_one(&layout, &one).expect("in range");
        assert_eq!(show(&totals, &layout, "flow", Y21), None);
        assert_eq!(
            (totals.behind(0).numbers, totals.behind(0).not_applicable),
            (0, 1)
        );
        assert_eq!(
            show(
                &of_one(&layout, &table(&layout, &[("flow", Y21, 0)])).expect("in range"),
                &layout,
                "flow",
                Y21
            )
            .as_deref(),
            Some("0")
        );
    }

    #[test]
    fn gaps_are_filled_and_what_was_reported_is_not_touched() {
        let layout = layout();
        let mut totals = two_communes(&layout);
        let before = show(&totals, &layout, "flow", Y21);
        let stated = table(
            &layout,
            &[("flow", Y21, 999), ("flow", Period::Year(2022), 4)],
        );
        totals.fill_gaps(&of_one(&layout, &stated).expect("in range"));
        assert_eq!(show(&totals, &layout, "flow", Y21), before);
        assert!(show(&totals, &layout, "flow", Period::Year(2022)).is_some());
    }

    #[test]
    fn removing_the_largest_value_asks_for_a_recount() {
        let layout = layout();
        let mut totals = two_communes(&layout);
        assert_eq!(
            totals.remove(&layout, &table(&layout, &[("max", Period::Whole, 9)])),
            Ok(false)
        );
    }

    fn any_table(layout: &Layout) -> impl Strategy<Value = FigureTable> + use<> {
        let cell = prop_oneof![
            Just(Cell::Blank),
            Just(Cell::NotApplicable),
            (0i64..1_000_000_000).prop_map(|value| Cell::Number(value.into()))
        ];
        proptest::collection::vec(cell, layout.len()).prop_map(|cells| FigureTable { cells })
    }

    proptest! {
        #[test]
        fn the_order_of_reports_and_the_grouping_into_districts_do_not_matter(tables in proptest::collection::vec(any_table(&layout()), 0..8), cut in 0usize..8) {
            let layout = layout();
            let mut forward = Totals::empty(&layout);
            let mut backward = Totals::empty(&layout);
            let (mut left, mut right) = (Totals::empty(&layout), Totals::empty(&layout));
            for (index, table) in tables.iter().enumerate() {
                forward.add(&layout, table).expect("in range");
                if index < cut { left.add(&layout, table) } else { right.add(&layout, table) }.expect("in range");
            }
            for table in tables.iter().rev() {
                backward.add(&layout, table).expect("in range");
            }
            left.merge(&layout, &right).expect("in range");
            prop_assert_eq!(&forward, &backward);
            prop_assert_eq!(&forward, &left);
        }

        #[test]
        fn a_total_equals_the_naive_sum_and_removing_a_report_undoes_adding_it(tables in proptest::collection::vec(any_table(&layout()), 1..8)) {
            let layout = layout();
            let mut totals = Totals::empty(&layout);
            for table in &tables {
                totals.add(&layout, table).expect("in range");
            }
            let naive = tables.iter().filter_map(|table| match table.cells[0] { Cell::Number(amount) => Some(amount), _ => None })
                .reduce(|a, b| a.checked_add(b).expect("in range"));
            prop_assert_eq!(totals.value(&layout, 0, 0), naive);
            let last = tables.last().expect("not empty");
            if totals.remove(&layout, last).expect("in range") {
                let mut without = Totals::empty(&layout);
                for table in &tables[..tables.len() - 1] {
                    without.add(&layout, table).expect("in range");
                }
                prop_assert_eq!(totals.value(&layout, 0, 0), without.value(&layout, 0, 0));
                prop_assert_eq!(totals.reports, without.reports);
            }
        }
    }
}
