//! The plan that a decision or letter adopts, where it stands in the same file behind the foot, and tables of duties in
//! other annexes.

use std::ops::Range;

use super::head::is_kind;
use super::indicators::has_units;
use super::labels::label_of;
use super::outline::{annexes, line_text, stands_in};
use super::passage::{Flow, Item, pattern};
use super::structure::is_upper;
use super::tail::{begins, is_annex};

/// The items of the annexes `behind` the foot that give duties.
pub(super) fn items(flow: &Flow, behind: Range<usize>) -> Vec<Item> {
    let plan = plan(flow, behind.clone());
    let mut items = flow.items[plan.clone()].to_vec();
    let outside = |annex: &Range<usize>| annex.end <= plan.start || annex.start >= plan.end;
    for annex in annexes(flow, behind).into_iter().filter(outside) {
        let stretch = &flow.items[annex.clone()];
        if stands_in(flow, annex).is_none() && !has_units(flow, stretch) {
            let tables = stretch.iter().filter(|item| matches!(item, Item::Table(_)));
            items.extend(tables.cloned());
        }
    }
    items
}

/// The body of an adopted plan: from behind its title to the next annex or to a foot of its own.
fn plan(flow: &Flow, behind: Range<usize>) -> Range<usize> {
    let Some(body) = behind.clone().find_map(|at| body_of(flow, at, behind.end)) else {
        return behind.end..behind.end;
    };
    let ends = |at: &usize| {
        begins(flow, *at)
            || line_text(flow, *at).is_some_and(|text| is_annex(&text) && is_upper(&text))
    };
    body..(body..behind.end).find(ends).unwrap_or(behind.end)
}

/// Where the body begins, when a type word stands at `at` and the words "kèm theo Quyết định …" right around it.
fn body_of(flow: &Flow, at: usize, end: usize) -> Option<usize> {
    pattern!(
        WITH,
        r"(?i)kèm theo (?:quyết định|công văn|tờ trình|thông báo|nghị quyết|kế hoạch)"
    );
    let text = line_text(flow, at)?;
    if !is_kind(&text) {
        return None;
    }
    let says = |at: &usize| line_text(flow, *at).is_some_and(|text| WITH.is_match(&text));
    let note = (at.saturating_sub(3)..end.min(at + 8)).find(says)?;
    let closes = |at: &usize| {
        line_text(flow, *at).is_some_and(|text| text.trim_end_matches('.').ends_with(')'))
    };
    let note = (note..end.min(note + 4)).find(closes).unwrap_or(note);
    // The title stands before the note, or goes on to the first section after it.
    let title = (at + 1..end.min(at + 8))
        .find(|at| {
            line_text(flow, *at)
                .is_none_or(|text| label_of(&text).is_some() || text.ends_with(['.', ':', ';']))
        })
        .unwrap_or(at + 1);
    Some(if note > at { note + 1 } else { title })
}
