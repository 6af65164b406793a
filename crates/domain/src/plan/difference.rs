//! What a plan says otherwise than an earlier one: duties, dues, outline, and the frame.

use super::model::{Duty, Outline, Plan};
use crate::deadline::vietnamese_date;
use crate::text::fold;
use serde::Serialize;

/// What is added, removed and changed from an earlier plan to a later one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub frame: Vec<Change>,
    pub duties_added: Vec<Duty>,
    pub duties_removed: Vec<Duty>,
    pub duties_changed: Vec<ChangedDuty>,
    /// Titles of sections and names of indicators.
    pub outline_added: Vec<String>,
    pub outline_removed: Vec<String>,
}

/// One item that says something else; `None` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it is, in Vietnamese.
    pub item: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A duty of the later plan that the earlier one had, too, on other terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedDuty {
    pub duty: Duty,
    pub changes: Vec<Change>,
}

impl Difference {
    /// From `before` to `after`. Duties are the same when the same bodies owe the same thing.
    pub fn between(before: &Plan, after: &Plan) -> Difference {
        let mut difference = Difference {
            frame: frame(before, after),
            ..Difference::default()
        };
        let mut left: Vec<&Duty> = before.assignments.iter().collect();
        let mut unmatched = Vec::new();
        for duty in &after.assignments {
            match take(&mut left, |old| key(old) == key(duty)) {
                Some(old) => difference.add_changed(old, duty),
                None => unmatched.push(duty),
            }
        }
        // The same bodies with the same kind of duty: its words changed.
        for duty in unmatched {
            match take(&mut left, |old| {
                old.duty == duty.duty && bodies(old) == bodies(duty) && !duty.who.is_empty()
            }) {
                Some(old) => difference.add_changed(old, duty),
                None => difference.duties_added.push(duty.clone()),
            }
        }
        difference.duties_removed = left.into_iter().cloned().collect();
        let (old, new) = (
            entries(before.outline.as_ref()),
            entries(after.outline.as_ref()),
        );
        let missing = |of: &[String], from: &[String]| -> Vec<String> {
            of.iter()
                .filter(|entry| !from.iter().any(|other| fold(other) == fold(entry)))
                .cloned()
                .collect()
        };
        difference.outline_added = missing(&new, &old);
        difference.outline_removed = missing(&old, &new);
        difference
    }

    pub fn is_empty(&self) -> bool {
        *self == Difference::default()
    }

    fn add_changed(&mut self, old: &Duty, duty: &Duty) {
        let changes = terms(old, duty);
        if !changes.is_empty() {
            self.duties_changed.push(ChangedDuty {
                duty: duty.clone(),
                changes,
            });
        }
    }
}

fn take<'a>(list: &mut Vec<&'a Duty>, is_wanted: impl Fn(&Duty) -> bool) -> Option<&'a Duty> {
    let at = list.iter().position(|duty| is_wanted(duty))?;
    Some(list.remove(at))
}

fn bodies(duty: &Duty) -> Vec<String> {
    let mut bodies: Vec<String> = duty.who.iter().map(|who| fold(who)).collect();
    bodies.sort();
    bodies
}

fn key(duty: &Duty) -> (Vec<String>, String) {
    (
        bodies(duty),
        fold(duty.deliverable.as_deref().unwrap_or_default()),
    )
}

fn terms(old: &Duty, new: &Duty) -> Vec<Change> {
    let mut changes = Vec::new();
    let due = |duty: &Duty| {
        duty.due.map(|due| {
            let counts = duty.due_inclusive == Some(true);
            crate::campaign::derive::composed(due, counts)
        })
    };
    add(&mut changes, "hạn", due(old), due(new));
    add(
        &mut changes,
        "việc",
        old.deliverable.clone(),
        new.deliverable.clone(),
    );
    add(&mut changes, "gửi đến", old.to.clone(), new.to.clone());
    add(&mut changes, "qua", old.via.clone(), new.via.clone());
    add(
        &mut changes,
        "thông qua",
        old.adopted_by.clone(),
        new.adopted_by.clone(),
    );
    add(
        &mut changes,
        "ai đặt hạn",
        old.due_set_by.clone(),
        new.due_set_by.clone(),
    );
    changes
}

fn frame(old: &Plan, new: &Plan) -> Vec<Change> {
    let mut changes = Vec::new();
    let period = |plan: &Plan| {
        plan.period
            .map(|period| format!("{} – {}", period.from, period.to))
    };
    let list = |list: &[String]| (!list.is_empty()).then(|| list.join("; "));
    let instruments = |plan: &Plan| {
        let numbers: Vec<String> = plan
            .instruments_under_review
            .iter()
            .filter_map(|instrument| instrument.number.clone())
            .collect();
        list(&numbers)
    };
    add(
        &mut changes,
        "số, ký hiệu",
        old.number.clone(),
        new.number.clone(),
    );
    add(
        &mut changes,
        "ngày ban hành",
        old.date.map(vietnamese_date),
        new.date.map(vietnamese_date),
    );
    add(
        &mut changes,
        "trích yếu",
        old.title.clone(),
        new.title.clone(),
    );
    add(
        &mut changes,
        "văn bản được sơ kết, tổng kết",
        instruments(old),
        instruments(new),
    );
    add(&mut changes, "mốc thời gian", period(old), period(new));
    add(&mut changes, "chủ trì", list(&old.lead), list(&new.lead));
    add(
        &mut changes,
        "phối hợp",
        list(&old.coordinate),
        list(&new.coordinate),
    );
    changes
}

fn add(
    changes: &mut Vec<Change>,
    item: &'static str,
    before: Option<String>,
    after: Option<String>,
) {
    let same =
        fold(before.as_deref().unwrap_or_default()) == fold(after.as_deref().unwrap_or_default());
    if !same {
        changes.push(Change {
            item,
            before,
            after,
        });
    }
}

fn entries(outline: Option<&Outline>) -> Vec<String> {
    outline.map_or_else(Vec::new, |outline| {
        let sections = outline.sections.iter().map(|section| section.title.clone());
        let indicators = outline
            .indicators
            .iter()
            .map(|indicator| indicator.name.clone());
        sections.chain(indicators).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{DutyKind, OutlineSection, Source};
    use jiff::civil::date;

    fn duty(who: &str, what: &str, day: i8) -> Duty {
        Duty {
            who: vec![who.into()],
            duty: DutyKind::Report,
            deliverable: Some(what.into()),
            to: None,
            via: None,
            adopted_by: None,
            due: Some(date(2022, 9, day)),
            due_inclusive: Some(false),
            due_set_by: None,
            source: Source::default(),
        }
    }

    fn plan(duties: Vec<Duty>, sections: &[&str]) -> Plan {
        let section = |title: &&str| OutlineSection {
            number: None,
            title: (*title).to_owned(),
            level: 1,
        };
        Plan {
            assignments: duties,
            outline: Some(Outline {
                sections: sections.iter().map(section).collect(),
                indicators: Vec::new(),
            }),
            ..Plan::default()
        }
    }

    #[test]
    fn duties_come_go_and_move_their_dues() {
        let before = plan(
            vec![
                duty("Tỉnh đoàn", "báo cáo", 30),
                duty("Huyện ủy", "báo cáo", 15),
            ],
            &["Kết quả", "Kiến nghị"],
        );
        let after = plan(
            vec![
                duty("tỉnh Đoàn", "Báo cáo", 20),
                duty("Hội Nông dân", "báo cáo", 30),
            ],
            &["Kết quả", "Bài học"],
        );
        let found = Difference::between(&before, &after);
        assert_eq!(found.duties_added[0].who, ["Hội Nông dân"]);
        assert_eq!(found.duties_removed[0].who, ["Huyện ủy"]);
        let [changed] = found.duties_changed.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(changed.changes.len(), 1);
        assert_eq!(changed.changes[0].item, "hạn");
        assert_eq!(
            (found.outline_added, found.outline_removed),
            (vec!["Bài học".to_owned()], vec!["Kiến nghị".to_owned()])
        );
    }

    #[test]
    fn a_plan_does_not_differ_from_itself() {
        let same = plan(
            vec![
                duty("Tỉnh đoàn", "báo cáo", 30),
                duty("Tỉnh đoàn", "báo cáo", 30),
            ],
            &["Kết quả"],
        );
        assert!(Difference::between(&same, &same).is_empty());
    }
}
