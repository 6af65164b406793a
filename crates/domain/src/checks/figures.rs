//! Figures by themselves: missing, impossible, out of proportion, not adding up.

use super::codes::Code;
use super::dossier::{Dossier, Figures};
use super::finding::{Finding, Level};
use super::quantities::{Kind, distance};
use super::rows::{Row, figure_place, rows};
use crate::campaign::{Indicator, Period, Rule};
use crate::figures::{Cell, sum_slips};
use crate::number::Amount;
use crate::text::fold;

/// What is counted by the piece.
const PIECES: [&str; 26] = [
    "nguoi",
    "luot nguoi",
    "luot",
    "ho",
    "nha",
    "can",
    "can nha",
    "ho so",
    "van ban",
    "hoi nghi",
    "cuoc",
    "me",
    "mo",
    "so",
    "cong trinh",
    "don",
    "don vi",
    "suat",
    "bang",
    "hai cot",
    "to chuc",
    "dang vien",
    "lop",
    "buoi",
    "xa",
    "mau",
];

pub(super) fn check(dossier: &Dossier) -> Vec<Finding> {
    let lines = dossier.lines();
    let rows = rows(dossier, &lines);
    let mut found: Vec<Finding> = rows.iter().flat_map(impossible).collect();
    found.extend(rows.iter().filter_map(factor_thousand));
    if let Some(figures) = &dossier.figures {
        found.extend(missing(figures));
        found.extend(sums(figures));
        found.extend(parts(figures));
        found.extend(ratios(figures));
        found.extend(jumps(figures, &found));
    }
    found
}

fn named(indicator: &Indicator) -> String {
    format!("{} “{}”", indicator.code, indicator.name)
}

fn at(indicator: &Indicator, period: Period, quote: String) -> super::Place {
    figure_place(&indicator.code, Some(period), quote)
}

fn missing(figures: &Figures) -> Vec<Finding> {
    let Figures {
        layout,
        table,
        typed,
    } = figures;
    let mut found = Vec::new();
    for (index, indicator) in layout.indicators().iter().enumerate() {
        if !typed || indicator.is_computed() {
            continue;
        }
        let blank: Vec<String> = layout
            .cells(index)
            .filter(|(_, cell)| table.cells[*cell] == Cell::Blank)
            .map(|(period, _)| period.label())
            .collect();
        let all = layout.cells(index).count();
        let is_gap = !indicator.required && blank.len() * 2 < all && all > 2;
        if blank.is_empty() || !(indicator.required || is_gap) {
            continue;
        }
        let years = blank.join(", ");
        let finding = Finding::new(
            Code::FigureMissing,
            figure_place(&indicator.code, None, String::new()),
            format!("Chỉ tiêu {} còn trống ({years}).", named(indicator)),
            format!("Indicator {} is blank ({years}).", named(indicator)),
        );
        found.push(if is_gap {
            finding.at_level(Level::Warning)
        } else {
            finding
        });
    }
    found
}

fn impossible(row: &Row) -> Vec<Finding> {
    let is_piece = PIECES.contains(&fold(&row.unit).as_str());
    row.cells
        .iter()
        .filter_map(|value| {
            let shown = value.amount.vietnamese();
            let (vi, en) = if value.amount < Amount::ZERO {
                ("là số âm", "is negative")
            } else if is_piece && value.amount.to_string().contains('.') {
                (
                    "có số lẻ trong khi đếm theo đơn vị nguyên",
                    "is a fraction of what is counted by the piece",
                )
            } else {
                return None;
            };
            Some(Finding::new(
                Code::FigureImpossible,
                value.place.clone(),
                format!(
                    "{} ({}): {shown} {} {vi}.",
                    row.name,
                    value.period.label(),
                    row.unit
                ),
                format!(
                    "{} ({}): {shown} {} {en}.",
                    row.name,
                    value.period.label(),
                    row.unit
                ),
            ))
        })
        .collect()
}

/// A year that is about a thousand times the others, when these agree among themselves.
fn factor_thousand(row: &Row) -> Option<Finding> {
    let years: Vec<_> = row
        .cells
        .iter()
        .filter(|value| matches!(value.period, Period::Year(_)) && value.amount > Amount::ZERO)
        .collect();
    if years.len() < 3 {
        return None;
    }
    let times = |a: Amount, b: Amount| a.ratio(b, 1, 3).unwrap_or_default();
    years.iter().enumerate().find_map(|(index, value)| {
        let mut others: Vec<Amount> = years
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .map(|(_, other)| other.amount)
            .collect();
        others.sort();
        let (low, high, middle) = (*others.first()?, *others.last()?, others[others.len() / 2]);
        let is_steady = times(high, low) <= Amount::from(8);
        let (big, small) = (value.amount.max(middle), value.amount.min(middle));
        let factor = times(big, small);
        let is_thousand = Amount::from(300) <= factor && factor <= Amount::from(3_000);
        // Counts below ten may well be a thousand elsewhere: 1 and 1,000 visitors.
        let is_telling = row.kind() == Kind::Money || small >= Amount::from(10);
        (is_steady && is_thousand && is_telling).then(|| {
            let (period, shown) = (value.period.label(), value.amount.vietnamese());
            Finding::new(
                Code::FactorThousand,
                value.place.clone(),
                format!(
                    "{} năm {period} là {shown} {}, các năm khác khoảng {}: {} : {} ≈ {} lần.",
                    row.name,
                    row.unit,
                    middle.vietnamese(),
                    big.vietnamese(),
                    small.vietnamese(),
                    factor.vietnamese()
                ),
                format!(
                    "{} is {shown} {} in {period} and about {} in other years: {} times as much.",
                    row.name,
                    row.unit,
                    middle.vietnamese(),
                    factor.vietnamese()
                ),
            )
        })
    })
}

fn sums(figures: &Figures) -> Vec<Finding> {
    let Figures { layout, table, .. } = figures;
    sum_slips(layout, table)
        .into_iter()
        .filter_map(|slip| {
            let index = layout.indicator(&slip.indicator)?;
            let indicator = &layout.indicators()[index];
            let parts: Vec<String> = indicator
                .total_of
                .iter()
                .filter_map(|code| {
                    let cell = layout.cell(layout.indicator(code)?, slip.period)?;
                    match table.cells[cell] {
                        Cell::Number(amount) => Some(amount.vietnamese()),
                        _ => None,
                    }
                })
                .collect();
            let (sum, stated, computed) = (parts.join(" + "), slip.stated.vietnamese(), slip.computed.vietnamese());
            let gap = distance(slip.stated, slip.computed).vietnamese();
            let period = slip.period.label();
            Some(Finding::new(
                Code::SumMismatch,
                at(indicator, slip.period, stated.clone()),
                format!("{} ({period}) ghi {stated}, các thành phần cộng lại {sum} = {computed}; chênh {gap}.", named(indicator)),
                format!("{} ({period}) says {stated}; its parts give {sum} = {computed}, off by {gap}.", named(indicator)),
            ))
        })
        .collect()
}

/// A part above its total, where a blank part keeps the sum from being checked.
fn parts(figures: &Figures) -> Vec<Finding> {
    let Figures { layout, table, .. } = figures;
    let mut found = Vec::new();
    for (index, total) in layout.indicators().iter().enumerate() {
        for (period, cell) in layout.cells(index) {
            let Cell::Number(whole) = table.cells[cell] else {
                continue;
            };
            let parts: Vec<(&Indicator, Cell)> = total
                .total_of
                .iter()
                .filter_map(|code| {
                    let part = layout.indicator(code)?;
                    Some((
                        &layout.indicators()[part],
                        table.cells[layout.cell(part, period)?],
                    ))
                })
                .collect();
            if !parts.iter().any(|(_, cell)| *cell == Cell::Blank) {
                continue;
            }
            found.extend(parts.iter().filter_map(|(part, cell)| {
                let Cell::Number(amount) = *cell else {
                    return None;
                };
                let (shown, limit) = (amount.vietnamese(), whole.vietnamese());
                (amount > whole).then(|| {
                    Finding::new(
                        Code::PartAboveWhole,
                        at(part, period, shown.clone()),
                        format!(
                            "{} ({}): {shown} lớn hơn tổng {} là {limit}.",
                            named(part),
                            period.label(),
                            named(total)
                        ),
                        format!(
                            "{} ({}): {shown} is above its total {} of {limit}.",
                            named(part),
                            period.label(),
                            named(total)
                        ),
                    )
                })
            }));
        }
    }
    found
}

fn ratios(figures: &Figures) -> Vec<Finding> {
    let Figures { layout, table, .. } = figures;
    let mut found = Vec::new();
    for (index, indicator) in layout.indicators().iter().enumerate() {
        for (period, cell) in layout.cells(index) {
            if let (Cell::Number(amount), true) =
                (table.cells[cell], is_share_of_a_whole(indicator))
                && amount > Amount::from(100)
            {
                let shown = amount.vietnamese();
                found.push(Finding::new(
                    Code::RatioAboveBound,
                    at(indicator, period, shown.clone()),
                    format!(
                        "{} ({}) ghi {shown}%, quá 100%.",
                        named(indicator),
                        period.label()
                    ),
                    format!(
                        "{} ({}) is {shown}%, above 100%.",
                        named(indicator),
                        period.label()
                    ),
                ));
            }
            found.extend(quotient(figures, indicator, period));
        }
    }
    found
}

/// A percentage that somebody types and that cannot pass 100.
fn is_share_of_a_whole(indicator: &Indicator) -> bool {
    let words = fold(&format!("{} {}", indicator.name, indicator.hint));
    let may_exceed = [
        "ke hoach",
        "qua 100",
        "tang",
        "so voi",
        "vuot",
        "chi tieu giao",
    ];
    !indicator.is_computed()
        && indicator.unit.trim() == "%"
        && !may_exceed.iter().any(|word| words.contains(word))
}

/// A ratio that cannot be computed, or a share of a whole above the whole: both parts are stocks of one unit.
fn quotient(figures: &Figures, indicator: &Indicator, period: Period) -> Option<Finding> {
    let Figures {
        layout,
        table,
        typed,
    } = figures;
    let Rule::Ratio {
        numerator,
        denominator,
    } = &indicator.rule
    else {
        return None;
    };
    let sum = |codes: &[String]| -> Option<(Cell, bool, String)> {
        let mut sum = Cell::Blank;
        let (mut stocks, mut unit) = (true, String::new());
        for code in codes {
            let index = layout.indicator(code)?;
            let part = &layout.indicators()[index];
            stocks &= part.rule == Rule::Stock;
            unit.clone_from(&part.unit);
            let cell = layout
                .cell(index, period)
                .or_else(|| layout.cells(index).last().map(|(_, cell)| cell))?;
            sum = match (sum, table.cells[cell]) {
                (Cell::Number(a), Cell::Number(b)) => Cell::Number(a.checked_add(b)?),
                (Cell::Number(_), _) => return None,
                (_, other) => other,
            };
        }
        Some((sum, stocks, unit))
    };
    let (above, below) = (sum(numerator)?, sum(denominator)?);
    let Cell::Number(top) = above.0 else {
        return None;
    };
    match below.0 {
        Cell::Number(bottom) if bottom > Amount::ZERO => {
            let is_share = above.1 && below.1 && above.2 == below.2 && top > bottom;
            is_share.then(|| {
                let percent = top.ratio(bottom, 100, 1).unwrap_or_default().vietnamese();
                let (top, bottom) = (top.vietnamese(), bottom.vietnamese());
                Finding::new(
                    Code::RatioAboveBound,
                    at(indicator, period, format!("{top}/{bottom}")),
                    format!(
                        "{}: {top} / {bottom} = {percent}%, quá 100%.",
                        named(indicator)
                    ),
                    format!(
                        "{}: {top} / {bottom} = {percent}%, above 100%.",
                        named(indicator)
                    ),
                )
            })
        }
        Cell::NotApplicable => None,
        _ if !typed || top == Amount::ZERO => None,
        _ => {
            let (top, codes) = (top.vietnamese(), denominator.join(" + "));
            Some(Finding::new(
                Code::RatioNoDenominator,
                at(indicator, period, top.clone()),
                format!(
                    "{}: tử số là {top} nhưng mẫu số ({codes}) trống hoặc bằng 0.",
                    named(indicator)
                ),
                format!(
                    "{}: the numerator is {top} and the denominator ({codes}) is blank or zero.",
                    named(indicator)
                ),
            ))
        }
    }
}

/// A stock that is five times, or a fifth of, the year before.
fn jumps(figures: &Figures, known: &[Finding]) -> Vec<Finding> {
    let Figures { layout, table, .. } = figures;
    let mut found = Vec::new();
    for (index, indicator) in layout.indicators().iter().enumerate() {
        let explained = known.iter().any(|finding| {
            finding.code == Code::FactorThousand
                && finding.place.indicator.as_ref() == Some(&indicator.code)
        });
        if indicator.rule != Rule::Stock || explained {
            continue;
        }
        let years: Vec<(Period, Amount)> = layout
            .cells(index)
            .filter_map(|(period, cell)| match table.cells[cell] {
                Cell::Number(amount) => Some((period, amount)),
                _ => None,
            })
            .collect();
        for pair in years.windows(2) {
            let ((before, was), (now, is)) = (pair[0], pair[1]);
            let (big, small) = (was.max(is), was.min(is));
            let jumps = small > Amount::ZERO
                && big
                    .ratio(small, 1, 1)
                    .is_some_and(|times| times >= Amount::from(5))
                && distance(was, is) >= Amount::from(100);
            if jumps {
                let (a, b) = (was.vietnamese(), is.vietnamese());
                found.push(Finding::new(
                    Code::StockJump,
                    at(indicator, now, b.clone()),
                    format!(
                        "{}: {a} ({}) → {b} ({}).",
                        named(indicator),
                        before.label(),
                        now.label()
                    ),
                    format!(
                        "{}: {a} ({}) → {b} ({}).",
                        named(indicator),
                        before.label(),
                        now.label()
                    ),
                ));
            }
        }
    }
    found
}
