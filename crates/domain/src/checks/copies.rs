//! Passages that repeat another text. An index finds them (the unit's earlier report, other reports of the
//! campaign) and hands them in as [`SimilarPassage`](super::SimilarPassage); here they become findings.

use super::codes::Code;
use super::dossier::{CopyOf, Dossier, Placed};
use super::finding::{Beside, Finding};
use std::collections::HashMap;

/// Shorter passages repeat by chance: names of laws, set phrases.
const LEAST_WORDS: usize = 25;
/// Least share of the words that stand there in a row, per mille: in a copy with every tenth word changed they are 830.
const LEAST_ALIKE: u32 = 700;

pub(super) fn check(dossier: &Dossier, lines: &[Placed<'_>]) -> Vec<Finding> {
    let by_place: HashMap<_, _> = lines
        .iter()
        .map(|line| ((line.part.section.id, line.paragraph), line))
        .collect();
    dossier
        .similar
        .iter()
        .filter(|similar| similar.similarity >= LEAST_ALIKE)
        .filter_map(|similar| {
            let line = by_place.get(&(similar.section, similar.paragraph))?;
            if line.text().split_whitespace().count() < LEAST_WORDS {
                return None;
            }
            let percent = similar.similarity / 10;
            let (code, vi, en) = match similar.copy_of {
                CopyOf::OwnEarlier => (
                    Code::CopyOwn,
                    format!("Đoạn này giống {percent}% {}.", similar.source),
                    format!("This passage is {percent}% the same as {}.", similar.source),
                ),
                CopyOf::OtherReport => (
                    Code::CopyOther,
                    format!("Đoạn này giống {percent}% báo cáo của {}.", similar.source),
                    format!(
                        "This passage is {percent}% the same as the report of {}.",
                        similar.source
                    ),
                ),
            };
            let mut finding = Finding::new(code, line.place(0..line.text().len()), vi, en);
            finding.beside = Some(Beside {
                source: similar.source.clone(),
                text: similar.text.clone(),
                similarity: similar.similarity,
            });
            Some(finding)
        })
        .collect()
}
