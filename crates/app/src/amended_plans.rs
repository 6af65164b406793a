//! The plans that a plan changes, where they are in the system: told beside the finding, with the dues that move.

use crate::ctx::Ctx;
use crate::error::Result;
use domain::access::{Subject, Wish};
use domain::ids::PlanId;
use domain::plan::{Difference, Finding, FindingKind, Plan};
use domain::text::fold;
use store::Tx;

/// Other plans among which the changed one is looked for, the newest first.
const LOOKED_AT: i64 = 200;

/// What the system knows of the plan that a finding says is changed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Amended {
    /// Position of the finding, from 0.
    #[serde(skip)]
    pub finding: usize,
    /// `None` while it is not in the system.
    pub plan: Option<KnownPlan>,
}

/// A plan of the system that another one changes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KnownPlan {
    pub id: PlanId,
    pub number: String,
    pub title: Option<String>,
    /// Short ids of the campaigns that were opened from it.
    pub campaigns: Vec<String>,
    /// Duties of both plans whose due is another one now.
    pub dues: Vec<MovedDue>,
}

/// The due of one duty, in both plans.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MovedDue {
    pub who: Vec<String>,
    pub deliverable: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// For each finding that the plan changes another one: whether that one is here, and which dues it moves.
///
/// # Errors
/// As [`crate::plans::get`].
pub fn amended(ctx: &Ctx, id: PlanId) -> Result<Vec<Amended>> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db().read(|tx| -> Result<_> {
        let stored = store::plans::by_id(tx, id)?;
        let findings = stored.reading.plan.findings.iter().enumerate();
        let changes: Vec<(usize, &Finding)> = findings
            .filter(|(_, finding)| finding.kind == FindingKind::AmendsOtherPlan)
            .collect();
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let text: Vec<char> = stored.document.text().chars().collect();
        let others = store::plans::others(tx, id, LOOKED_AT)?;
        let around = named_before(&stored.edited);
        let mut told = Vec::new();
        for (position, finding) in changes {
            let words = text.get(finding.start..finding.end).unwrap_or_default();
            let words: String = words.iter().collect();
            let found = [words.as_str(), around.as_str()]
                .into_iter()
                .find_map(|words| named_in(words, &stored.edited, &others));
            let plan = match found {
                Some((other, plan)) => Some(known(tx, *other, plan, &stored.edited)?),
                None => None,
            };
            told.push(Amended {
                finding: position,
                plan,
            });
        }
        Ok(told)
    })
}

/// Title and basis: where a plan names what it changes when the sentence itself does not.
fn named_before(plan: &Plan) -> String {
    let basis = plan.legal_basis.iter();
    let basis = basis.filter_map(|instrument| instrument.number.as_deref());
    let title = plan.title.as_deref();
    title
        .into_iter()
        .chain(basis)
        .collect::<Vec<_>>()
        .join("; ")
}

fn known(tx: &mut dyn Tx, id: PlanId, before: &Plan, after: &Plan) -> Result<KnownPlan> {
    let campaigns = store::campaigns::of_plan(tx, id)?;
    let changed = Difference::between(before, after).duties_changed;
    let dues = changed.into_iter().filter_map(|changed| {
        let due = changed
            .changes
            .into_iter()
            .find(|change| change.item == "hạn")?;
        Some(MovedDue {
            who: changed.duty.who,
            deliverable: changed.duty.deliverable,
            before: due.before,
            after: due.after,
        })
    });
    Ok(KnownPlan {
        id,
        number: before.number.clone().unwrap_or_default(),
        title: before.title.clone(),
        campaigns: campaigns.into_iter().map(|(_, short)| short).collect(),
        dues: dues.collect(),
    })
}

/// The plan whose number the words name. Many bodies give the same numbers, so it is one of the same issuer, or one
/// whose day stands in the words too.
fn named_in<'a>(
    words: &str,
    own: &Plan,
    others: &'a [(PlanId, Plan)],
) -> Option<&'a (PlanId, Plan)> {
    let squeezed = squeezed(words);
    let issuer = own.issuer.as_deref().unwrap_or_default();
    others.iter().find(|(_, other)| {
        let number = other.number.as_deref().unwrap_or_default();
        let is_same_issuer = is_same_body(issuer, other.issuer.as_deref().unwrap_or_default());
        let has_day = other.date.is_some_and(|day| {
            let (d, m, y) = (day.day(), day.month(), day.year());
            [
                format!("{d}/{m}/{y}"),
                format!("{d:02}/{m}/{y}"),
                format!("{d:02}/{m:02}/{y}"),
            ]
            .iter()
            .any(|day| words.contains(day.as_str()))
        });
        (is_same_issuer || has_day) && names(&squeezed, number)
    })
}

/// One body under its full name or a shorter one, or its standing committee: "Ban Thường vụ Tỉnh ủy" and
/// "Tỉnh ủy Bình Thuận", but no two districts.
fn is_same_body(one: &str, other: &str) -> bool {
    let bare = |name: &str| {
        let folded = fold(name);
        let rest = ["ban thuong vu ", "thuong truc "]
            .iter()
            .find_map(|collective| folded.strip_prefix(collective).map(str::to_owned));
        rest.unwrap_or(folded) + " "
    };
    let (one, other) = (bare(one), bare(other));
    one.trim() != "" && other.trim() != "" && (one.starts_with(&other) || other.starts_with(&one))
}

/// The number stands in the text whole.
fn names(squeezed_text: &str, number: &str) -> bool {
    let number = squeezed(number);
    let number = number.trim_start_matches('0');
    if !number.contains(['-', '/']) {
        return false;
    }
    squeezed_text.match_indices(number).any(|(at, _)| {
        let before = squeezed_text[..at].trim_end_matches('0');
        let after = &squeezed_text[at + number.len()..];
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-');
        !before.ends_with(joins) && !after.starts_with(joins)
    })
}

/// In capitals, with one kind of dash and no blanks around dashes and slashes.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for part in text
        .to_uppercase()
        .replace(['–', '−'], "-")
        .split_whitespace()
    {
        let joined = squeezed.ends_with(['-', '/']) || part.starts_with(['-', '/']);
        if !joined && !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(part);
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_committee_and_its_standing_committee_are_one_issuer_and_two_districts_are_not() {
        assert!(is_same_body("Ban Thường vụ Tỉnh ủy", "TỈNH ỦY BÌNH THUẬN"));
        assert!(is_same_body("Huyện ủy Bắc Bình", "Huyện uỷ Bắc Bình"));
        assert!(!is_same_body("Huyện ủy Bắc Bình", "Huyện ủy Tánh Linh"));
        assert!(!is_same_body("", "Huyện ủy Tánh Linh"));
    }

    #[test]
    fn a_number_is_named_whole_whatever_its_blanks_dashes_and_zeros() {
        let text = squeezed("điều chỉnh Kế hoạch số 05 – KH/TU, ngày 02/6/2022");
        assert!(names(&text, "5-KH/TU") && names(&text, "05-KH/TU"));
        for other in ["15-KH/TU", "5-KH/TUV", "KH/TU", "5", ""] {
            assert!(!names(&text, other), "{other}");
        }
        assert!(!names(&squeezed("Kế hoạch số 155-KH/TU"), "5-KH/TU"));
        assert!(!names(&squeezed("Kế hoạch số 5-KH/TU-X"), "5-KH/TU"));
    }
}
