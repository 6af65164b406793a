//! Where everything stands afterwards: units that are founded, placed anew, or carried along with their superior.

use super::planning::{Asked, Target, sorted};
use super::problem::{ChangeProblem, Fault};
use super::{At, Begin, Extent, Link, Rename, RowPlan};
use crate::org::history::Stay;
use crate::org::unit::UnitSeed;
use crate::text::fold;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Levels that a tree may have at most; below it places are looked for by recursion.
const DEEPEST: usize = 64;

/// How far the place of something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Unseen,
    /// It is being looked for: meeting it again closes a circle.
    Sought,
    /// `None`: it stands nowhere, and that was told or is so by the decision.
    Found(Option<At>),
}

/// What a superior's place is for those below.
enum Above {
    Root,
    At(At),
    /// Nowhere, and told already.
    Told,
}

pub(super) struct Settling<'a> {
    asked: Asked<'a>,
    by_id: HashMap<crate::ids::UnitId, usize>,
    /// For each created unit, the one unit that goes into it whole: it is the same organisation.
    heir_of: Vec<Option<usize>>,
    /// The created unit that a unit goes on in as the same organisation.
    goes_on_in: HashMap<usize, usize>,
    stays: Vec<Place>,
    created: Vec<Place>,
    plan: RowPlan,
    ended: HashSet<usize>,
}

impl<'a> Settling<'a> {
    pub fn new(asked: Asked<'a>) -> Settling<'a> {
        let mut incoming: BTreeMap<usize, Vec<(usize, Extent)>> = BTreeMap::new();
        for (at, fate) in &asked.fates {
            for outgoing in &fate.outgoing {
                if let Some(Target::Created(created)) = outgoing.to.map(|to| asked.target(to)) {
                    let from = (*at, outgoing.extent);
                    incoming.entry(created).or_default().push(from);
                }
            }
        }
        let mut heir_of = vec![None; asked.created.len()];
        let mut goes_on_in = HashMap::new();
        for (created, from) in incoming {
            if let [(at, Extent::Whole)] = from[..] {
                heir_of[created] = Some(at);
                goes_on_in.insert(at, created);
            }
        }
        Settling {
            by_id: asked
                .history
                .stays
                .iter()
                .enumerate()
                .map(|(at, stay)| (stay.id, at))
                .collect(),
            stays: vec![Place::Unseen; asked.history.stays.len()],
            created: vec![Place::Unseen; asked.created.len()],
            plan: RowPlan::new(asked.effective),
            heir_of,
            goes_on_in,
            ended: HashSet::new(),
            asked,
        }
    }

    /// Finds the place of everything that stands on the day of effect.
    pub fn settle(
        mut self,
        links: Vec<(Link, Option<&str>)>,
    ) -> Result<RowPlan, Vec<ChangeProblem>> {
        for created in 0..self.created.len() {
            self.place_created(created, 0);
        }
        for at in 0..self.stays.len() {
            let stands = self.asked.stay(at).validity.holds(self.asked.effective);
            let ends = self.asked.fates.get(&at).is_some_and(|fate| fate.ends);
            if stands && !ends {
                self.place_stay(at, 0);
            }
        }
        let ending: Vec<_> = self.asked.ending().collect();
        for (at, id) in ending {
            if !self.goes_on_in.contains_key(&at) {
                self.end(at, id);
            }
        }
        self.check_later();
        self.check_codes();
        for (mut link, to) in links {
            link.to = to.and_then(|to| self.at_code(to));
            if link.to != Some(At::Standing(link.from)) {
                self.plan.links.push(link);
            }
        }
        if self.asked.problems.is_empty() {
            Ok(self.plan)
        } else {
            Err(sorted(self.asked.problems))
        }
    }

    fn end(&mut self, at: usize, id: crate::ids::UnitId) {
        if self.ended.insert(at) {
            self.plan.ends.push(id);
        }
    }

    fn begin(&mut self, begin: Begin) -> At {
        self.plan.begins.push(begin);
        At::Begun(self.plan.begins.len() - 1)
    }

    /// The place of a unit that a row creates.
    fn place_created(&mut self, created: usize, depth: usize) -> Option<At> {
        let row = self.asked.created[created];
        let code = || row.seed.code.clone();
        match self.created[created] {
            Place::Found(place) => return place,
            Place::Sought => {
                self.asked
                    .fault(row.line, Fault::BelowItself { code: code() });
                return None;
            }
            Place::Unseen if depth > DEEPEST => {
                self.asked.fault(row.line, Fault::TooDeep { code: code() });
                return None;
            }
            Place::Unseen => self.created[created] = Place::Sought,
        }
        let parent = row
            .seed
            .parent_code
            .as_deref()
            .filter(|code| !code.is_empty());
        let above = self.above(&row.seed.code, parent, row.line, depth);
        let place = match (above, self.heir_of[created]) {
            (Above::Told, _) => None,
            (above, Some(at)) => {
                let seed = inherited(row.seed, self.asked.stay(at));
                self.go_on(at, row.line, above, seed)
            }
            (above, None) => Some(self.begin(Begin {
                line: row.line,
                body: None,
                continues: None,
                parent: above.place(),
                seed: row.seed.clone(),
            })),
        };
        self.created[created] = Place::Found(place);
        place
    }

    /// The place of a unit that goes on; of one that ends, the place of the unit that all of it goes to.
    fn place_stay(&mut self, at: usize, depth: usize) -> Option<At> {
        let stay = self.asked.stay(at);
        let code = || stay.seed.code.clone();
        let line = self.asked.fates.get(&at).map_or(0, |fate| fate.line);
        match self.stays[at] {
            Place::Found(place) => return place,
            Place::Sought => {
                self.asked.fault(line, Fault::BelowItself { code: code() });
                return None;
            }
            Place::Unseen if depth > DEEPEST => {
                self.asked.fault(line, Fault::TooDeep { code: code() });
                return None;
            }
            Place::Unseen => self.stays[at] = Place::Sought,
        }
        let ends = self.asked.fates.get(&at).is_some_and(|fate| fate.ends);
        let place = if ends {
            self.place_of_successor(at, depth)
        } else {
            self.place_anew(at, line, depth)
        };
        self.stays[at] = Place::Found(place);
        place
    }

    /// Where all of an ending unit goes.
    fn place_of_successor(&mut self, at: usize, depth: usize) -> Option<At> {
        let to = match &self.asked.fates.get(&at)?.outgoing[..] {
            [only] if only.extent == Extent::Whole => only.to?,
            _ => return None,
        };
        match self.asked.target(to) {
            Target::Created(created) => self.place_created(created, depth + 1),
            Target::Standing(other) => self.place_stay(other, depth + 1),
            Target::Ending(_) | Target::Nothing => None,
        }
    }

    fn place_anew(&mut self, at: usize, line: usize, depth: usize) -> Option<At> {
        let stay = self.asked.stay(at);
        let moved = self.asked.fates.get(&at).and_then(|fate| fate.moved);
        let renamed = self.asked.fates.get(&at).and_then(|fate| fate.renamed);
        let above = match (moved, stay.parent) {
            (Some((line, parent)), _) => self.above(&stay.seed.code, parent, line, depth),
            (None, None) => Above::Root,
            (None, Some(parent)) => self.carried(stay, parent, depth),
        };
        if matches!(above, Above::Told) {
            return None;
        }
        let seed = renamed.map_or_else(|| stay.seed.clone(), |(_, facts)| facts.over(&stay.seed));
        self.go_on(at, line, above, seed)
    }

    /// The place of the superior of a unit that nothing is said about.
    fn carried(&mut self, stay: &Stay, parent: crate::ids::UnitId, depth: usize) -> Above {
        let Some(parent) = self.by_id.get(&parent).copied() else {
            return Above::Root;
        };
        let told = self.asked.problems.len();
        match self.place_stay(parent, depth + 1) {
            Some(place) => Above::At(place),
            None => {
                let fate = self.asked.fates.get(&parent);
                if let (Some(line), true) = (
                    fate.map(|fate| fate.line),
                    told == self.asked.problems.len(),
                ) {
                    let fault = Fault::LeavesChild {
                        code: self.asked.stay(parent).seed.code.clone(),
                        child: stay.seed.code.clone(),
                    };
                    self.asked.fault(line, fault);
                }
                Above::Told
            }
        }
    }

    /// The place of the superior that a row names.
    fn above(&mut self, code: &str, parent: Option<&str>, line: usize, depth: usize) -> Above {
        let Some(parent) = parent else {
            return Above::Root;
        };
        let found = match self.asked.target(parent) {
            Target::Created(created) => self.place_created(created, depth + 1),
            Target::Standing(at) => self.place_stay(at, depth + 1),
            Target::Ending(_) => {
                let (code, parent) = (code.to_owned(), parent.to_owned());
                self.asked.fault(line, Fault::ParentEnds { code, parent });
                None
            }
            Target::Nothing => {
                let (code, parent) = (code.to_owned(), parent.to_owned());
                self.asked
                    .fault(line, Fault::ParentUnknown { code, parent });
                None
            }
        };
        found.map_or(Above::Told, Above::At)
    }

    /// The same organisation goes on: in its row when place and code stay, else in a new one.
    fn go_on(&mut self, at: usize, line: usize, above: Above, seed: UnitSeed) -> Option<At> {
        let stay = self.asked.stay(at);
        let same_place = match (stay.parent, above.place()) {
            (None, None) => true,
            (Some(parent), Some(At::Standing(place))) => parent == place,
            _ => false,
        };
        if same_place && seed.code == stay.seed.code && seed.level == stay.seed.level {
            let seed = UnitSeed {
                parent_code: stay.seed.parent_code.clone(),
                ..seed
            };
            if seed != stay.seed {
                let later = self
                    .asked
                    .history
                    .former
                    .iter()
                    .filter(|former| former.unit == stay.id)
                    .filter_map(|former| former.validity.until)
                    .find(|until| *until > self.asked.effective);
                match later {
                    Some(from) => {
                        let code = stay.seed.code.clone();
                        self.asked.fault(line, Fault::ChangedLater { code, from });
                    }
                    None => self.plan.renames.push(Rename {
                        unit: stay.id,
                        seed,
                    }),
                }
            }
            return Some(At::Standing(stay.id));
        }
        if let Some(from) = stay.validity.until {
            let code = stay.seed.code.clone();
            self.asked.fault(line, Fault::ChangedLater { code, from });
            return None;
        }
        self.end(at, stay.id);
        Some(self.begin(Begin {
            line,
            body: Some(stay.body),
            continues: Some(stay.id),
            parent: above.place(),
            seed,
        }))
    }

    /// A row that begins later must not hang under one that ends now.
    fn check_later(&mut self) {
        let mut problems = Vec::new();
        for stay in &self.asked.history.stays {
            let Some(from) = stay
                .validity
                .from
                .filter(|from| *from > self.asked.effective)
            else {
                continue;
            };
            let parent = stay.parent.and_then(|parent| self.by_id.get(&parent));
            if let Some(parent) = parent.filter(|parent| self.ended.contains(parent))
                && !stay.validity.is_empty()
            {
                let line = self.asked.fates.get(parent).map_or(0, |fate| fate.line);
                let code = self.asked.stay(*parent).seed.code.clone();
                problems.push((line, Fault::ChangedLater { code, from }));
            }
        }
        for (line, fault) in problems {
            self.asked.fault(line, fault);
        }
    }

    /// No code may name two units on any day from the day of effect on.
    fn check_codes(&mut self) {
        let later: HashMap<&str, jiff::civil::Date> = self
            .asked
            .history
            .stays
            .iter()
            .filter(|stay| !stay.validity.is_empty())
            .filter_map(|stay| Some((stay.seed.code.as_str(), stay.validity.from?)))
            .filter(|(_, from)| *from > self.asked.effective)
            .collect();
        let mut first_lines: HashMap<&str, usize> = HashMap::new();
        let mut problems = Vec::new();
        for begin in &self.plan.begins {
            let code = begin.seed.code.clone();
            if let Some(first) = first_lines.insert(&begin.seed.code, begin.line) {
                let code = code.clone();
                problems.push((begin.line, Fault::CodeTwice { code, first }));
            }
            if let Some(at) = self.asked.standing(&begin.seed.code)
                && !self.ended.contains(&at)
            {
                let code = code.clone();
                let name = self.asked.stay(at).seed.name.clone();
                problems.push((begin.line, Fault::CodeTaken { code, name }));
            }
            if let Some(from) = later.get(begin.seed.code.as_str()).copied() {
                problems.push((begin.line, Fault::ChangedLater { code, from }));
            }
        }
        for (line, fault) in problems {
            self.asked.fault(line, fault);
        }
    }

    fn at_code(&self, code: &str) -> Option<At> {
        let place = match self.asked.target(code) {
            Target::Created(created) => self.created[created],
            Target::Standing(at) => self.stays[at],
            Target::Ending(_) | Target::Nothing => return None,
        };
        match place {
            Place::Found(at) => at,
            Place::Unseen | Place::Sought => None,
        }
    }
}

impl Above {
    fn place(&self) -> Option<At> {
        match self {
            Above::At(at) => Some(*at),
            Above::Root | Above::Told => None,
        }
    }
}

/// A unit of the decision that is an old one: what the decision does not say of it stays, unless it is named anew.
fn inherited(seed: &UnitSeed, old: &Stay) -> UnitSeed {
    let mut seed = seed.clone();
    if seed.email.is_empty() {
        seed.email.clone_from(&old.seed.email);
    }
    if fold(&seed.name) == fold(&old.seed.name) {
        let kept = [
            (&mut seed.collective, &old.seed.collective),
            (&mut seed.symbol, &old.seed.symbol),
            (&mut seed.head_name, &old.seed.head_name),
            (&mut seed.parent_head, &old.seed.parent_head),
            (&mut seed.place, &old.seed.place),
        ];
        for (new, old) in kept {
            if new.is_empty() {
                new.clone_from(old);
            }
        }
    }
    seed
}
