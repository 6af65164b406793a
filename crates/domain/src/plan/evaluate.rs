//! How far a reading agrees with a label: precision and recall for each field, and the dues by themselves.
//!
//! A label is a plan as a person read it, without sources and messages. Both sides are taken apart into facts, and
//! the facts of a field are compared as bags. Texts are compared in lower case, without punctuation and with single
//! blanks; marks count, for "HD" and "HĐ" are two types of document.
//!
//! Assignments are matched one to one, the most similar first. A pair can match when the kind of duty is the same,
//! their bodies overlap, and the deliverables are alike (or the bodies are the same and the due is, too). Who,
//! deliverable, addressee, channel, adoption and due are then compared within the matched pairs; what is left over
//! on either side counts against precision or recall.

use std::collections::BTreeMap;

use super::model::{Duty, Instrument, Plan};
use crate::deadline::vietnamese_date;

mod matching;

use matching::{alike, pairs};

/// A measure of agreement from 0 to 1.
pub type Share = f64; // No figure: it compares two readings.

/// What was found, what was found rightly, and what there was to find.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub right: usize,
    pub read: usize,
    pub labelled: usize,
}

impl Tally {
    /// The share of what was read that is right; 1 when nothing was read.
    pub fn precision(self) -> Share {
        share(self.right, self.read)
    }

    /// The share of what is labelled that was read rightly; 1 when nothing is labelled.
    pub fn recall(self) -> Share {
        share(self.right, self.labelled)
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> Share {
        share(2 * self.right, self.read + self.labelled)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of facts stay far below 2^52"
)]
fn share(part: usize, whole: usize) -> Share {
    if whole == 0 {
        1.0
    } else {
        part as Share / whole as Share
    }
}

/// The dues of the assignments, the part in which an error costs most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dues {
    /// Dates that the labels have.
    pub labelled: usize,
    /// Those read with the same day and the same reading of that day.
    pub exact: usize,
    /// Dates that were read where the label has none or another.
    pub invented: usize,
    /// Labelled dates for which nothing was read.
    pub missed: usize,
}

impl Dues {
    pub fn exactness(self) -> Share {
        share(self.exact, self.labelled)
    }
}

/// The comparison of one reading, or of many added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    pub fields: BTreeMap<&'static str, Tally>,
    pub dues: Dues,
    /// One line for each fact that only one side has: `field: - labelled` or `field: + read`.
    pub differences: Vec<String>,
}

impl Score {
    /// Adds another comparison to this one, its differences left out.
    pub fn add(&mut self, other: &Score) {
        for (field, tally) in &other.fields {
            let sum = self.fields.entry(field).or_default();
            sum.right += tally.right;
            sum.read += tally.read;
            sum.labelled += tally.labelled;
        }
        self.dues.labelled += other.dues.labelled;
        self.dues.exact += other.dues.exact;
        self.dues.invented += other.dues.invented;
        self.dues.missed += other.dues.missed;
    }

    fn compare(&mut self, field: &'static str, read: &[String], labelled: &[String]) {
        let mut open: Vec<&String> = labelled.iter().collect();
        let tally = self.fields.entry(field).or_default();
        tally.read += read.len();
        tally.labelled += labelled.len();
        let mut surplus = Vec::new();
        for fact in read {
            match open
                .iter()
                .position(|wanted| normal(wanted) == normal(fact))
            {
                Some(at) => {
                    open.remove(at);
                    tally.right += 1;
                }
                None => surplus.push(fact),
            }
        }
        let missing = open.iter().map(|fact| format!("{field}: - {fact}"));
        self.differences.extend(missing);
        let surplus = surplus.iter().map(|fact| format!("{field}: + {fact}"));
        self.differences.extend(surplus);
    }
}

/// Compares a reading with its label.
pub fn compare(read: &Plan, label: &Plan) -> Score {
    let mut score = Score::default();
    let (found, wanted) = (facts(read), facts(label));
    for ((field, found), (_, wanted)) in found.iter().zip(&wanted) {
        score.compare(field, found, wanted);
    }
    assignments(&mut score, &read.assignments, &label.assignments);
    score
}

/// Text as it is compared.
fn normal(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    plain
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Every field of the plan but the assignments, as a list of facts.
fn facts(plan: &Plan) -> Vec<(&'static str, Vec<String>)> {
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let outline = plan.outline.as_ref();
    let sections = outline.map_or(Vec::new(), |outline| {
        let line = |section: &super::OutlineSection| {
            let number = section.number.as_deref().unwrap_or_default();
            format!("{} [{number}] {}", section.level, section.title)
        };
        outline.sections.iter().map(line).collect()
    });
    let indicators = outline.map_or(Vec::new(), |outline| {
        let line = |indicator: &super::Indicator| {
            let unit = indicator.unit.as_deref().unwrap_or_default();
            format!("{} [{unit}]", indicator.name)
        };
        outline.indicators.iter().map(line).collect()
    });
    let mut findings: Vec<String> = plan
        .findings
        .iter()
        .map(|finding| format!("{:?}", finding.kind))
        .collect();
    findings.sort();
    findings.dedup();
    let period = plan
        .period
        .map(|period| format!("{} {}", period.from, period.to));
    vec![
        ("title", one(&plan.title)),
        ("kind", one(&plan.kind)),
        ("number", one(&plan.number)),
        ("date", plan.date.map(vietnamese_date).into_iter().collect()),
        ("issuer", one(&plan.issuer)),
        ("legal_basis", names(&plan.legal_basis)),
        ("legal_basis.parts", details(&plan.legal_basis)),
        (
            "instruments_under_review",
            names(&plan.instruments_under_review),
        ),
        (
            "instruments_under_review.parts",
            details(&plan.instruments_under_review),
        ),
        ("purposes", plan.purposes.clone()),
        ("period", period.into_iter().collect()),
        (
            "levels",
            plan.levels
                .iter()
                .map(|level| format!("{level:?}"))
                .collect(),
        ),
        ("lead", plan.lead.clone()),
        ("coordinate", plan.coordinate.clone()),
        ("recipients", plan.recipients.clone()),
        ("signer.authority", one(&plan.signer.authority)),
        ("signer.title", one(&plan.signer.title)),
        ("signer.name", one(&plan.signer.name)),
        (
            "outline_attached",
            plan.outline_attached
                .then(|| "outline".to_owned())
                .into_iter()
                .collect(),
        ),
        ("outline.sections", sections),
        ("outline.indicators", indicators),
        ("findings", findings),
    ]
}

fn name(instrument: &Instrument) -> String {
    let number = instrument.number.as_deref();
    let title = instrument.title.as_deref();
    number.or(title).unwrap_or_default().to_owned()
}

fn names(list: &[Instrument]) -> Vec<String> {
    list.iter().map(name).collect()
}

/// Date, issuer and title of each, so that one wrong part does not hide the others.
fn details(list: &[Instrument]) -> Vec<String> {
    let parts = |instrument: &Instrument| {
        let parts = [
            instrument.date.map(vietnamese_date),
            instrument.issuer.clone(),
            instrument.title.clone(),
        ];
        let name = name(instrument);
        let line = move |part| format!("{name}: {part}");
        parts.into_iter().flatten().map(line).collect::<Vec<_>>()
    };
    list.iter().flat_map(parts).collect()
}

/// A duty in one line, for the list of differences.
fn shown(duty: &Duty) -> String {
    let kind = format!("{:?}", duty.duty).to_lowercase();
    format!(
        "[{kind}] {}: {}",
        duty.who.join("; "),
        duty.deliverable.as_deref().unwrap_or_default()
    )
}

fn assignments(score: &mut Score, read: &[Duty], labelled: &[Duty]) {
    let pairs = pairs(read, labelled);
    let tally = score.fields.entry("assignments").or_default();
    tally.right += pairs.len();
    tally.read += read.len();
    tally.labelled += labelled.len();
    score.dues.labelled += labelled.iter().filter(|duty| duty.due.is_some()).count();
    for (at, duty) in labelled.iter().enumerate() {
        if !pairs.iter().any(|(_, wanted)| *wanted == at) {
            score
                .differences
                .push(format!("assignments: - {}", shown(duty)));
            score.dues.missed += usize::from(duty.due.is_some());
        }
    }
    for (at, duty) in read.iter().enumerate() {
        if !pairs.iter().any(|(found, _)| *found == at) {
            let known = |label: &&Duty| label.due == duty.due && alike(duty, label) > 0.0;
            let invented = duty.due.is_some() && !labelled.iter().any(|label| known(&label));
            score
                .differences
                .push(format!("assignments: + {} ({:?})", shown(duty), duty.due));
            score.dues.invented += usize::from(invented);
        }
    }
    for (found, wanted) in pairs {
        parts(score, &read[found], &labelled[wanted]);
    }
}

/// The parts of one matched pair.
fn parts(score: &mut Score, read: &Duty, label: &Duty) {
    let one = |value: &Option<String>| value.iter().cloned().collect::<Vec<_>>();
    let joined = |duty: &Duty| vec![duty.who.join(" ")];
    score.compare("assignments.who", &joined(read), &joined(label));
    for (field, found, wanted) in [
        (
            "assignments.deliverable",
            &read.deliverable,
            &label.deliverable,
        ),
        ("assignments.to", &read.to, &label.to),
        ("assignments.via", &read.via, &label.via),
        (
            "assignments.adopted_by",
            &read.adopted_by,
            &label.adopted_by,
        ),
        (
            "assignments.due_set_by",
            &read.due_set_by,
            &label.due_set_by,
        ),
    ] {
        score.compare(field, &one(found), &one(wanted));
    }
    let day = |duty: &Duty| {
        let counted = if duty.due_inclusive == Some(true) {
            "counted"
        } else {
            "not counted"
        };
        let line = |due| format!("{} {counted}", vietnamese_date(due));
        duty.due.map(line).into_iter().collect::<Vec<_>>()
    };
    let before = score.differences.len();
    score.compare("assignments.due", &day(read), &day(label));
    if score.differences.len() > before {
        score
            .differences
            .push(format!("assignments.due: of {}", shown(label)));
    }
    match (read.due, label.due) {
        (Some(read_day), Some(day)) if read_day == day => {
            score.dues.exact += usize::from(read.due_inclusive == label.due_inclusive);
        }
        (Some(_), _) => score.dues.invented += 1,
        (None, Some(_)) => score.dues.missed += 1,
        (None, None) => {}
    }
}

#[cfg(test)]
mod tests;
