//! From a confirmed plan and a tree of units to who owes what to whom, through whom, by when, adopted by whom.
//!
//! Nothing is guessed: words that name no unit become a [`DeriveProblem`], for the coordinator to settle by hand.

use super::bodies::{Bodies, normal};
use super::kinds::kind_named;
use super::{Task, Terms};
use crate::deadline::{Due, DuePolicy, vietnamese_date};
use crate::ids::UnitId;
use crate::org::Unit;
use crate::plan::{Duty, DutyKind, Plan};
use crate::text::fold;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// One assignment that follows from the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub terms: Terms,
    /// The last moment that is on time under the policy asked for.
    pub due_at: Option<Timestamp>,
    /// Which duty of the plan it follows from, by position.
    pub duty: usize,
}

/// Words of the plan that lead to no assignment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeriveProblem {
    #[error("không tìm thấy đơn vị nào ứng với “{words}” trong cây tổ chức")]
    NobodyNamed { duty: usize, words: String },
    #[error("kế hoạch không ghi rõ ai phải báo cáo: “{words}”")]
    NoActor { duty: usize, words: String },
}

/// Everything that follows from a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Derived {
    /// In tree order, one for each unit.
    pub assignments: Vec<Proposed>,
    pub tasks: Vec<Task>,
    pub problems: Vec<DeriveProblem>,
}

/// Derives the assignments and tasks of `plan` in the tree `units` (preorder).
pub fn derive(plan: &Plan, units: &[Unit], policy: DuePolicy) -> Derived {
    let bodies = Bodies::new(units);
    let parents: HashMap<UnitId, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let mut derived = Derived::default();
    let mut found: HashMap<UnitId, Proposed> = HashMap::new();
    for (index, duty) in plan.assignments.iter().enumerate() {
        if duty.duty != DutyKind::Report {
            derived.tasks.push(task(duty));
            continue;
        }
        if duty.who.is_empty() {
            derived.problems.push(DeriveProblem::NoActor {
                duty: index,
                words: duty.source.text.clone(),
            });
        }
        for words in &duty.who {
            let named = bodies.units(words);
            if named.is_empty() {
                derived.problems.push(DeriveProblem::NobodyNamed {
                    duty: index,
                    words: words.clone(),
                });
            }
            for unit in named {
                let (unit, drafted_by) = owner(unit, duty, &bodies);
                let parent = unit.parent.and_then(|parent| parents.get(&parent).copied());
                let terms = terms(unit, drafted_by, parent, duty, &bodies);
                merge(&mut found, terms, index);
            }
        }
    }
    derived.assignments = in_tree_order(found, units, policy);
    derived
}

/// A body that drafts for another ("tham mưu Ban Thường vụ Tỉnh ủy xây dựng báo cáo") leaves the report to that other.
fn owner<'a>(actor: &'a Unit, duty: &Duty, bodies: &Bodies<'a>) -> (&'a Unit, Option<UnitId>) {
    let words = [duty.deliverable.as_deref(), Some(duty.source.text.as_str())];
    let principal = words.into_iter().flatten().find_map(|text| {
        let folded = fold(text);
        let (_, rest) = folded.split_once("tham muu ")?;
        let rest = rest.strip_prefix("cho ").unwrap_or(rest);
        let end = [
            " xay dung",
            " ban hanh",
            " bao cao",
            " tong hop",
            " hoan thien",
            " du thao",
        ]
        .iter()
        .filter_map(|verb| rest.find(verb))
        .min()?;
        bodies.one(&rest[..end])
    });
    match principal {
        Some(principal) if principal.id != actor.id => (principal, Some(actor.id)),
        _ => (actor, None),
    }
}

fn terms(
    unit: &Unit,
    drafted_by: Option<UnitId>,
    parent: Option<&Unit>,
    duty: &Duty,
    bodies: &Bodies<'_>,
) -> Terms {
    let addressee = match duty.to.as_deref() {
        None => parent,
        Some(words) if names_the_superior(words) => parent,
        Some(words) => bodies
            .above(words, unit)
            .filter(|addressee| addressee.id != unit.id),
    };
    let addressee_name = match (addressee, duty.to.as_deref()) {
        (Some(addressee), _) => addressee.collective().to_string(),
        (None, Some(words)) => words.to_string(),
        (None, None) => String::new(),
    };
    let via = duty
        .via
        .as_deref()
        .and_then(|words| bodies.one(words))
        .filter(|via| via.id != unit.id)
        .map(|via| via.id);
    // Without a day in the plan, whoever receives the report says when.
    let due_setter = match duty.due {
        Some(_) => None,
        None => duty
            .due_set_by
            .as_deref()
            .and_then(|words| bodies.above(words, unit))
            .or(addressee)
            .map(|setter| setter.id),
    };
    Terms {
        unit: unit.id,
        drafted_by,
        addressee: addressee.map(|addressee| addressee.id),
        addressee_name,
        via,
        deliverable: deliverable(duty),
        adopted_by: unit.collective().to_string(),
        due_phrase: due_phrase(duty),
        due_date: duty.due,
        due_inclusive: duty.due_inclusive.unwrap_or(false),
        due_setter,
        adds: false,
    }
}

fn names_the_superior(words: &str) -> bool {
    let words = normal(words);
    [
        "cap tren",
        "cap uy cap tren",
        "cap uy cap tren co so",
        "co quan cap tren",
    ]
    .iter()
    .any(|superior| {
        words == *superior
            || words.strip_prefix("ban thuong vu ") == Some(superior)
            || words.ends_with(" cap tren")
            || words.ends_with(" cap tren truc tiep")
    })
}

fn deliverable(duty: &Duty) -> String {
    duty.deliverable
        .clone()
        .filter(|words| !words.trim().is_empty())
        .unwrap_or_else(|| "báo cáo".into())
}

/// The words of the due as the plan writes them; put together from the day when they do not stand in the source.
fn due_phrase(duty: &Duty) -> String {
    let Some(due) = duty.due else {
        return String::new();
    };
    as_written(&duty.source.text, due)
        .unwrap_or_else(|| composed(due, duty.due_inclusive == Some(true)))
}

/// The usual words for a due: "trước ngày …" does not count the day, "chậm nhất ngày …" does.
pub fn composed(due: Date, inclusive: bool) -> String {
    let words = if inclusive {
        "chậm nhất ngày"
    } else {
        "trước ngày"
    };
    format!("{words} {}", vietnamese_date(due))
}

fn as_written(text: &str, due: Date) -> Option<String> {
    let (day, month, year) = (due.day(), due.month(), due.year());
    let dates = [
        format!("{day}/{month}/{year}"),
        format!("{day:02}/{month:02}/{year}"),
        format!("{day:02}/{month}/{year}"),
        format!("{day}-{month}-{year}"),
        format!("{day} tháng {month} năm {year}"),
        format!("{day:02} tháng {month:02} năm {year}"),
        format!("tháng {month}/{year}"),
    ];
    let (at, date) = dates
        .iter()
        .find_map(|date| text.rfind(date.as_str()).map(|at| (at, date)))?;
    let head = &text[..at];
    let start = [
        "trước",
        "chậm nhất",
        "muộn nhất",
        "đến hết",
        "hết",
        "đến",
        "trong",
    ]
    .iter()
    .filter_map(|word| {
        head.rfind(word)
            .filter(|start| head[*start..].chars().count() <= 40)
    })
    .min()
    .unwrap_or(at);
    Some(
        text[start..at + date.len()]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// A unit owes one report of a campaign: a later duty fills in what an earlier one left open.
fn merge(found: &mut HashMap<UnitId, Proposed>, new: Terms, duty: usize) {
    let Some(known) = found.get_mut(&new.unit) else {
        found.insert(
            new.unit,
            Proposed {
                terms: new,
                due_at: None,
                duty,
            },
        );
        return;
    };
    let terms = &mut known.terms;
    if terms.due_date.is_none() && new.due_date.is_some() {
        terms.due_date = new.due_date;
        terms.due_inclusive = new.due_inclusive;
        terms.due_phrase = new.due_phrase;
        terms.due_setter = None;
    }
    terms.via = terms.via.or(new.via);
    terms.drafted_by = terms.drafted_by.or(new.drafted_by);
    if terms.addressee.is_none() && terms.addressee_name.is_empty() {
        terms.addressee = new.addressee;
        terms.addressee_name = new.addressee_name;
    }
}

fn in_tree_order(
    mut found: HashMap<UnitId, Proposed>,
    units: &[Unit],
    policy: DuePolicy,
) -> Vec<Proposed> {
    let adding = adding_units(units, |unit| found.contains_key(&unit));
    units
        .iter()
        .filter_map(|unit| {
            let mut proposed = found.remove(&unit.id)?;
            proposed.terms.adds = adding.contains(&unit.id);
            proposed.due_at = last_moment(&proposed.terms, policy);
            Some(proposed)
        })
        .collect()
}

/// The units whose figures add up: of those that report and are of an adding kind, the ones with no such unit below.
fn adding_units(units: &[Unit], reports: impl Fn(UnitId) -> bool) -> HashSet<UnitId> {
    let candidates: Vec<&Unit> = units
        .iter()
        .filter(|unit| reports(unit.id) && kind_named(&unit.seed.kind).is_none_or(|kind| kind.adds))
        .collect();
    // In preorder the first candidate below a unit, if any, follows right behind it.
    candidates
        .iter()
        .enumerate()
        .filter(|(at, unit)| {
            candidates
                .get(at + 1)
                .is_none_or(|next| !unit.contains(next))
        })
        .map(|(_, unit)| unit.id)
        .collect()
}

/// The last moment that is on time for these terms; `None` while no day is set.
pub fn last_moment(terms: &Terms, policy: DuePolicy) -> Option<Timestamp> {
    due(terms).map(|due| due.last_moment(policy))
}

/// The due of these terms as the rules of deadlines take it.
pub fn due(terms: &Terms) -> Option<Due> {
    terms.due_date.map(|date| Due {
        phrase: terms.due_phrase.clone(),
        date,
        inclusive: terms.due_inclusive,
    })
}

fn task(duty: &Duty) -> Task {
    Task {
        kind: duty.duty,
        who: duty.who.join("; "),
        what: duty
            .deliverable
            .clone()
            .unwrap_or_else(|| duty.source.text.clone()),
        due_phrase: due_phrase(duty),
        due_date: duty.due,
    }
}
