//! The first page down to the text: both heads, number, place and date, type and subject, addressees.

use super::markup::{Paragraph, RunLook, filler, run, side_by_side, styled, twips};
use super::widths::bold_twips;
use super::{Layout, PAGE_MM};
use domain::doc::Align;
use domain::official::{OfficialDocument, Profile};

/// The left head reaches this far into the margin, as offices have it, to leave long names on one line.
const OUTDENT_MM: u32 = 8;
/// Length of the rule under the issuer or the subject of a State document.
const SHORT_RULE_MM: u32 = 25;

/// The rule under the head is longer than the text by this (3 pt), for fonts that are a trace wider.
const RULE_SLACK: u32 = 60;

fn centred() -> Paragraph {
    Paragraph::styled("Compact").aligned(Align::Center)
}

/// Both heads with number, place and date beneath; the subject of a letter under its number.
pub fn head(document: &OfficialDocument, profile: &Profile, out: &mut String) {
    let total = Layout {
        profile,
        landscape: false,
    }
    .width()
        + twips(OUTDENT_MM);
    let place_date = profile.place_date_line(document);
    let widest_head = profile
        .head_lines
        .iter()
        .map(|line| bold_twips(line, profile.head.size_pt))
        .max()
        .unwrap_or(0);
    let date_width = bold_twips(&place_date, profile.place_date.size_pt).min(twips(95));
    let right = widest_head.max(date_width) + twips(6);
    let left = total.saturating_sub(right);
    let mut rows = vec![
        vec![names(document, profile, left), national(profile, right)],
        vec![
            centred()
                .spaced(6, 0)
                .write(&styled(&profile.number_line(document), profile.number)),
            centred()
                .spaced(6, 0)
                .write(&styled(&place_date, profile.place_date)),
        ],
    ];
    if document.kind.is_none() {
        let inset = Paragraph {
            indent: Some((twips(4), twips(4))),
            ..centred()
        };
        rows.push(vec![
            inset
                .spaced(4, 0)
                .write(&styled(&document.subject, profile.letter_subject)),
            String::new(),
        ]);
    }
    out.push_str(&side_by_side(
        &[left, right],
        twips(OUTDENT_MM),
        true,
        &rows,
    ));
    out.push_str(&filler());
}

fn names(document: &OfficialDocument, profile: &Profile, width: u32) -> String {
    let mut out = String::new();
    if let Some(parent) = &document.parent_body {
        out.push_str(&centred().write(&styled(parent, profile.parent_body)));
    }
    out.push_str(&centred().write(&styled(&document.issuer, profile.issuer)));
    if profile.issuer_asterisk {
        out.push_str(&centred().write(&run(
            "*",
            RunLook {
                size_pt: Some(profile.issuer.size_pt),
                ..RunLook::default()
            },
        )));
    } else {
        out.push_str(&rule(width, twips(SHORT_RULE_MM)));
    }
    out
}

/// The last line of the head carries a rule exactly as long as itself.
fn national(profile: &Profile, width: u32) -> String {
    let last = profile.head_lines.len().saturating_sub(1);
    let line = |(index, text): (usize, &&str)| {
        let side = width.saturating_sub(bold_twips(text, profile.head.size_pt) + RULE_SLACK) / 2;
        let ruled = index == last;
        Paragraph {
            rule: ruled,
            indent: ruled.then_some((side, side)),
            ..centred()
        }
        .write(&styled(text, profile.head))
    };
    profile.head_lines.iter().enumerate().map(line).collect()
}

/// A rule of `length` in the middle of `width`.
fn rule(width: u32, length: u32) -> String {
    let side = width.saturating_sub(length) / 2;
    let line = Paragraph {
        rule: true,
        filler: true,
        indent: Some((side, side)),
        ..Paragraph::styled("Compact")
    };
    line.write("")
}

/// Type and subject in the middle, with the short rule beneath; nothing for a letter.
pub fn title(document: &OfficialDocument, profile: &Profile, out: &mut String) {
    let Some(kind) = &document.kind else {
        return;
    };
    let inset = Paragraph {
        indent: Some((twips(8), twips(8))),
        ..centred()
    };
    out.push_str(&centred().spaced(18, 0).write(&styled(kind, profile.kind)));
    if !document.subject.is_empty() {
        out.push_str(&inset.write(&styled(&document.subject, profile.subject)));
    }
    if profile.subject_hyphens {
        let bold = RunLook {
            bold: true,
            ..RunLook::default()
        };
        out.push_str(&centred().spaced(0, 12).write(&run("-----", bold)));
    } else {
        let width = twips(PAGE_MM.0)
            - profile.margins_mm[2..]
                .iter()
                .map(|mm| twips(*mm))
                .sum::<u32>();
        out.push_str(&rule(width, twips(SHORT_RULE_MM + 20)));
        out.push_str(&Paragraph::styled("Compact").spaced(6, 0).write(""));
    }
}

/// "Kính gửi": one addressee beside the words, several each on a line.
pub fn addressees(document: &OfficialDocument, profile: &Profile, out: &mut String) {
    let look = RunLook {
        size_pt: Some(profile.body.size_pt),
        ..RunLook::default()
    };
    let lines = profile.addressee_lines(document);
    match lines.as_slice() {
        [] => {}
        [only] => {
            out.push_str(
                &centred()
                    .spaced(14, 12)
                    .write(&run(&format!("Kính gửi: {only}"), look)),
            );
        }
        several => {
            let width = Layout {
                profile,
                landscape: false,
            }
            .width();
            let label = width * 3 / 10;
            let left = Paragraph::styled("Compact");
            let names: String = several
                .iter()
                .map(|line| left.aligned(Align::Left).write(&run(line, look)))
                .collect();
            let label_text = Paragraph {
                indent: Some((0, twips(2))),
                ..left
            }
            .aligned(Align::Right);
            out.push_str(&left.spaced(8, 0).write(""));
            let row = vec![label_text.write(&run("Kính gửi:", look)), names];
            out.push_str(&side_by_side(&[label, width - label], 0, true, &[row]));
            out.push_str(&left.spaced(4, 0).write(""));
        }
    }
}
