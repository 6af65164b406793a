//! What a decision asks of one unit, and whether that goes together.

use super::change::{Extent, NewFacts, Share, ShareSum, sum_of};
use super::problem::{ChangeProblem, Fault};
use std::collections::BTreeMap;

/// What the rows ask of one unit that stands on the day of effect.
#[derive(Debug, Default)]
pub(super) struct Fate<'a> {
    /// The first line about it.
    pub line: usize,
    pub outgoing: Vec<Outgoing<'a>>,
    pub abolished: Option<usize>,
    pub renamed: Option<(usize, &'a NewFacts)>,
    pub moved: Option<(usize, Option<&'a str>)>,
    /// It stands no more on the day of effect, unless it goes on in a unit of this decision.
    pub ends: bool,
}

/// One row by which a unit, or some of it, goes to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outgoing<'a> {
    pub line: usize,
    pub to: Option<&'a str>,
    pub extent: Extent,
    pub share: Option<&'a Share>,
    /// The unit stays and gives a part.
    pub stays: bool,
    pub note: &'a str,
}

/// Looks through what is asked of one unit.
pub(super) fn check_fate(code: &str, fate: &Fate<'_>, problems: &mut Vec<ChangeProblem>) {
    let mut fault = |line: usize, fault: Fault| problems.push(ChangeProblem { line, fault });
    let code = || code.to_owned();
    let others = [
        fate.abolished,
        fate.renamed.map(|(line, _)| line),
        fate.moved.map(|(line, _)| line),
    ];
    let mut firsts: Vec<usize> = others.into_iter().flatten().collect();
    firsts.extend(fate.outgoing.first().map(|outgoing| outgoing.line));
    firsts.sort_unstable();
    if let (true, [first, second, ..]) = (fate.ends, &firsts[..]) {
        let first = *first;
        fault(
            *second,
            Fault::Contradiction {
                code: code(),
                first,
            },
        );
    }
    let mut whole: Option<usize> = None;
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for outgoing in &fate.outgoing {
        let line = outgoing.line;
        match (outgoing.extent, outgoing.to) {
            (Extent::Unresolved, Some(to)) => {
                fault(
                    line,
                    Fault::SuccessorGiven {
                        code: to.to_owned(),
                    },
                );
            }
            (Extent::Unresolved, None) => {}
            (_, None) => fault(line, Fault::SuccessorMissing),
            (extent, Some(to)) => {
                if extent == Extent::Whole {
                    match whole {
                        Some(first) => fault(
                            line,
                            Fault::MergedTwice {
                                code: code(),
                                first,
                            },
                        ),
                        None => whole = Some(line),
                    }
                }
                if let Some(first) = seen.insert(to, line)
                    && extent != Extent::Whole
                {
                    fault(
                        line,
                        Fault::Contradiction {
                            code: code(),
                            first,
                        },
                    );
                }
            }
        }
        if outgoing
            .share
            .is_some_and(|share| share.source.trim().is_empty())
        {
            fault(line, Fault::ShareWithoutSource);
        }
    }
    if let Some(first) = whole {
        for outgoing in &fate.outgoing {
            if outgoing.extent != Extent::Whole {
                let code = code();
                fault(outgoing.line, Fault::Contradiction { code, first });
            }
        }
    }
    if let Some((line, told)) = share_fault(code(), fate) {
        fault(line, told);
    }
}

/// What is wrong with the shares of a unit taken together, and at which line.
fn share_fault(code: String, fate: &Fate<'_>) -> Option<(usize, Fault)> {
    let shared: Vec<&Outgoing<'_>> = fate
        .outgoing
        .iter()
        .filter(|outgoing| outgoing.share.is_some())
        .collect();
    let last = shared.last()?.line;
    if fate.ends
        && let Some(without) = fate
            .outgoing
            .iter()
            .find(|outgoing| outgoing.share.is_none())
    {
        return Some((without.line, Fault::ShareMissing { code }));
    }
    let sum = sum_of(shared.iter().filter_map(|outgoing| outgoing.share));
    match (fate.ends, sum) {
        (true, ShareSum::One) | (false, ShareSum::Below) => None,
        (true, _) => Some((last, Fault::SharesNotOne { code })),
        (false, _) => Some((last, Fault::SharesNotBelowOne { code })),
    }
}
