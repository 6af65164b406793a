//! Carrying figures over a reorganisation: which units of then a unit of now is made of.
//!
//! A whole merger adds up. A part of a unit cannot be told apart from the rest of it, unless the decision states which
//! share went where and on whose word; nothing is ever split by guess.

use super::reorganise::{Extent, Share};
use crate::ids::BodyId;
use std::collections::{HashMap, HashSet, VecDeque};

/// That all or some of an organisation went into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strand {
    pub from: BodyId,
    /// `None` where no successor was found.
    pub to: Option<BodyId>,
    pub extent: Extent,
    /// The organisation ended by it; one that only gave a part away goes on.
    pub is_end: bool,
    /// Of a part, where the decision states it.
    pub share: Option<Share>,
}

/// How much of an organisation of then is in one of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Portion {
    /// All of it: its figures add.
    Whole,
    /// A stated share, one factor for each step on the way; additive figures are estimated by it.
    Shares(Vec<Share>),
    /// Some of it, nobody says how much: its figures cannot be told apart.
    Inseparable(Extent),
}

/// One organisation of then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub body: BodyId,
    pub portion: Portion,
}

/// All organisations that went into this one, the nearest first, each once; not itself. The figures of a campaign are
/// taken from those of them that reported in it.
///
/// An organisation whose every part came here in the end is whole again, whatever way each part took.
pub fn origins(body: BodyId, strands: &[Strand]) -> Vec<Origin> {
    let mut portions = Portions {
        out_of: HashMap::new(),
        known: HashMap::from([(body, Some(Portion::Whole))]),
    };
    let mut into: HashMap<BodyId, Vec<BodyId>> = HashMap::new();
    for strand in strands {
        portions.out_of.entry(strand.from).or_default().push(strand);
        if let Some(to) = strand.to {
            into.entry(to).or_default().push(strand.from);
        }
    }
    let mut nearest = VecDeque::from([body]);
    let mut met = HashSet::from([body]);
    let mut found = Vec::new();
    while let Some(at) = nearest.pop_front() {
        for from in into.get(&at).into_iter().flatten() {
            if met.insert(*from) {
                nearest.push_back(*from);
                found.extend(portions.of(*from).map(|portion| Origin {
                    body: *from,
                    portion,
                }));
            }
        }
    }
    found
}

/// How much of each organisation is in the one that is asked about.
struct Portions<'a> {
    out_of: HashMap<BodyId, Vec<&'a Strand>>,
    /// `None`: nothing, or not known yet on the way around a circle, which planning refuses.
    known: HashMap<BodyId, Option<Portion>>,
}

impl Portions<'_> {
    fn of(&mut self, body: BodyId) -> Option<Portion> {
        if let Some(known) = self.known.get(&body) {
            return known.clone();
        }
        self.known.insert(body, None);
        let portion = self.gather(body);
        self.known.insert(body, portion.clone());
        portion
    }

    fn gather(&mut self, body: BodyId) -> Option<Portion> {
        let strands = self.out_of.get(&body).cloned().unwrap_or_default();
        let went: Vec<(&Strand, Option<Portion>)> = strands
            .into_iter()
            .map(|strand| (strand, strand.to.and_then(|to| self.of(to))))
            .collect();
        let is_here = |portion: &Option<Portion>| *portion == Some(Portion::Whole);
        let ended = went.iter().any(|(strand, _)| strand.is_end);
        if ended && went.iter().all(|(_, portion)| is_here(portion)) {
            return Some(Portion::Whole);
        }
        let mut came = went
            .into_iter()
            .filter_map(|(strand, portion)| Some(through(portion?, strand)));
        let first = came.next()?;
        Some(match came.next() {
            None => first,
            Some(_) => Portion::Inseparable(Extent::Part),
        })
    }
}

/// What the strand brings where so much of its end is in the one that is asked about.
fn through(end: Portion, strand: &Strand) -> Portion {
    let own = match (strand.extent, &strand.share) {
        (Extent::Whole, _) => Portion::Whole,
        (Extent::Part, Some(share)) => Portion::Shares(vec![share.clone()]),
        (extent, _) => Portion::Inseparable(extent),
    };
    match (end, own) {
        (Portion::Inseparable(extent), _) | (_, Portion::Inseparable(extent)) => {
            Portion::Inseparable(extent)
        }
        (Portion::Whole, own) => own,
        (shares, Portion::Whole) => shares,
        (Portion::Shares(mut shares), Portion::Shares(own)) => {
            shares.extend(own);
            Portion::Shares(shares)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strand(from: i64, to: i64, extent: Extent) -> Strand {
        Strand {
            from: BodyId(from),
            to: Some(BodyId(to)),
            extent,
            is_end: true,
            share: None,
        }
    }

    fn of_share(from: i64, to: i64, share: &str) -> Strand {
        Strand {
            share: Share::parse(share, "Niên giám 2024"),
            ..strand(from, to, Extent::Part)
        }
    }

    fn portions(body: i64, strands: &[Strand]) -> Vec<(i64, Portion)> {
        let found = origins(BodyId(body), strands).into_iter();
        found
            .map(|origin| (origin.body.0, origin.portion))
            .collect()
    }

    #[test]
    fn what_was_merged_whole_adds_up_over_several_reforms() {
        let strands = [
            strand(1, 3, Extent::Whole),
            strand(2, 3, Extent::Whole),
            strand(3, 5, Extent::Whole),
            strand(4, 5, Extent::Whole),
        ];
        let whole = |body| (body, Portion::Whole);
        assert_eq!(portions(5, &strands), [3, 4, 1, 2].map(whole));
        assert_eq!(portions(3, &strands), [1, 2].map(whole));
        assert_eq!(portions(1, &strands), []);
    }

    #[test]
    fn a_part_is_inseparable_and_so_is_all_that_came_before_it() {
        let strands = [
            strand(1, 2, Extent::Whole),
            strand(2, 5, Extent::Part),
            strand(2, 6, Extent::Part),
            strand(3, 5, Extent::Uncertain),
            strand(3, 6, Extent::Uncertain),
            strand(4, 5, Extent::Whole),
        ];
        assert_eq!(
            portions(5, &strands),
            [
                (2, Portion::Inseparable(Extent::Part)),
                (3, Portion::Inseparable(Extent::Uncertain)),
                (4, Portion::Whole),
                (1, Portion::Inseparable(Extent::Part)),
            ]
        );
    }

    #[test]
    fn stated_shares_multiply_along_the_way() {
        let rest = |from, to| strand(from, to, Extent::Part);
        let strands = [
            of_share(1, 2, "1/2"),
            rest(1, 9),
            of_share(2, 3, "2/3"),
            rest(2, 9),
        ];
        let share = |written| Share::parse(written, "Niên giám 2024").expect("a share");
        assert_eq!(
            portions(3, &strands),
            [
                (2, Portion::Shares(vec![share("2/3")])),
                (1, Portion::Shares(vec![share("2/3"), share("1/2")])),
            ]
        );
    }

    #[test]
    fn what_was_divided_is_whole_again_where_every_part_came_together() {
        let strands = [
            strand(1, 2, Extent::Part),
            strand(1, 3, Extent::Part),
            strand(2, 4, Extent::Whole),
            strand(3, 4, Extent::Whole),
        ];
        assert_eq!(portions(4, &strands)[2], (1, Portion::Whole));
        assert_eq!(
            portions(3, &strands),
            [(1, Portion::Inseparable(Extent::Part))]
        );
    }

    #[test]
    fn one_that_gave_a_part_away_and_goes_on_is_not_whole_anywhere_else() {
        let gave = Strand {
            is_end: false,
            ..strand(1, 2, Extent::Part)
        };
        assert_eq!(
            portions(2, &[gave]),
            [(1, Portion::Inseparable(Extent::Part))]
        );
    }

    #[test]
    fn a_part_whose_other_part_was_never_found_stays_inseparable() {
        let lost = Strand {
            to: None,
            ..strand(1, 0, Extent::Unresolved)
        };
        let strands = [strand(1, 2, Extent::Part), lost];
        assert_eq!(
            portions(2, &strands),
            [(1, Portion::Inseparable(Extent::Part))]
        );
    }

    #[test]
    fn a_circle_ends() {
        let strands = [strand(1, 2, Extent::Whole), strand(2, 1, Extent::Whole)];
        assert_eq!(portions(1, &strands), [(2, Portion::Whole)]);
    }
}
