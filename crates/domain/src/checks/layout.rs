//! Differences from the format profile. Offices mix rules, so these are notes and nothing more.

use super::codes::Code;
use super::dossier::{Dossier, Look};
use super::finding::{Finding, Place};
use crate::official::Profile;
use crate::text::fold;

/// Margins may differ by what a ruler shows.
const MARGIN_SLACK_MM: u32 = 5;

pub(super) fn check(dossier: &Dossier) -> Vec<Finding> {
    let (Some(look), Some(profile)) = (&dossier.look, &dossier.profile) else {
        return Vec::new();
    };
    [
        font(look, profile),
        size(look, profile),
        margins(look, profile),
    ]
    .into_iter()
    .flatten()
    .chain(head(look, profile))
    .collect()
}

fn note(code: Code, vi: String, en: String) -> Finding {
    Finding::new(code, Place::default(), vi, en)
}

fn font(look: &Look, profile: &Profile) -> Option<Finding> {
    let font = look.font.as_ref()?;
    (!font.eq_ignore_ascii_case(profile.font)).then(|| {
        note(
            Code::LayoutFont,
            format!(
                "Phần lớn văn bản dùng phông “{font}”; {} dùng “{}”.",
                profile.title, profile.font
            ),
            format!(
                "Most of the text is set in “{font}”; {} asks for “{}”.",
                profile.title, profile.font
            ),
        )
    })
}

fn size(look: &Look, profile: &Profile) -> Option<Finding> {
    let half_points = look.half_points?;
    // Both rules allow the size below and above the usual one.
    let fits = (profile.body.size_pt - 1) * 2..=(profile.body.size_pt + 1) * 2;
    (!fits.contains(&half_points)).then(|| {
        let (size, half) = (
            half_points / 2,
            if half_points % 2 == 1 { ",5" } else { "" },
        );
        note(
            Code::LayoutSize,
            format!(
                "Phần lớn văn bản dùng cỡ chữ {size}{half}; {} dùng cỡ {}.",
                profile.title, profile.body.size_pt
            ),
            format!(
                "Most of the text is set in {size}{half} pt; {} asks for {} pt.",
                profile.title, profile.body.size_pt
            ),
        )
    })
}

fn margins(look: &Look, profile: &Profile) -> Option<Finding> {
    let margins = look.margins_mm?;
    let differs = margins
        .iter()
        .zip(profile.margins_mm)
        .any(|(found, wanted)| found.abs_diff(wanted) > MARGIN_SLACK_MM);
    differs.then(|| {
        let shown = |margins: [u32; 4]| margins.map(|mm| mm.to_string()).join("/");
        note(
            Code::LayoutMargins,
            format!(
                "Lề trên/dưới/trái/phải là {} mm; {} dùng {} mm.",
                shown(margins),
                profile.title,
                shown(profile.margins_mm)
            ),
            format!(
                "The margins top/bottom/left/right are {} mm; {} asks for {} mm.",
                shown(margins),
                profile.title,
                shown(profile.margins_mm)
            ),
        )
    })
}

fn head(look: &Look, profile: &Profile) -> Vec<Finding> {
    // A file without any head is a draft of the text alone.
    if look.head.trim().is_empty() {
        return Vec::new();
    }
    let head = fold(&look.head);
    profile
        .head_lines
        .iter()
        .filter(|line| !head.contains(&fold(line)))
        .map(|line| {
            note(
                Code::LayoutHead,
                format!(
                    "Phần đầu văn bản không có dòng “{line}” theo {}.",
                    profile.title
                ),
                format!("The head lacks the line “{line}” of {}.", profile.title),
            )
        })
        .collect()
}
