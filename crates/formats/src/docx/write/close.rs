//! The end: recipients and signature side by side, and the annexes.

use super::markup::{Paragraph, RunLook, filler, run, side_by_side, styled, twips};
use super::{Layout, Section, blocks};
use domain::doc::Align;
use domain::official::{Annex, OfficialDocument, Profile};

/// Room for the signature and the seal.
const SIGNATURE_PT: u32 = 76;
/// More recipients than this may be divided between pages.
const RECIPIENTS_KEPT_TOGETHER: usize = 30;

/// Recipients on the left, signature on the right.
pub fn closing(document: &OfficialDocument, profile: &Profile, out: &mut String) {
    let recipients = recipients(document, profile);
    let width = Layout {
        profile,
        landscape: false,
    }
    .width();
    let together = document.recipients.len() <= RECIPIENTS_KEPT_TOGETHER;
    let space = Paragraph {
        keep_next: true,
        ..Paragraph::styled("Compact")
    };
    out.push_str(&space.spaced(4, 0).write(""));
    let row = vec![recipients, signature(document, profile)];
    out.push_str(&side_by_side(
        &[width / 2, width - width / 2],
        0,
        together,
        &[row],
    ));
    out.push_str(&filler());
}

fn recipients(document: &OfficialDocument, profile: &Profile) -> String {
    if document.recipients.is_empty() {
        return String::new();
    }
    let left = Paragraph::styled("Compact").aligned(Align::Left);
    let label = RunLook {
        underline: profile.recipients_label_underlined,
        ..RunLook::of(profile.recipients_label)
    };
    let mut out = left.write(&run("Nơi nhận:", label));
    for line in profile.recipient_lines(document) {
        out.push_str(&left.write(&styled(&line, profile.recipients)));
    }
    out
}

fn signature(document: &OfficialDocument, profile: &Profile) -> String {
    let centred = Paragraph::styled("Compact").aligned(Align::Center);
    let signature = &document.signature;
    let mut out = String::new();
    if let Some(authority) = &signature.authority {
        out.push_str(&centred.write(&styled(authority, profile.authority)));
    }
    out.push_str(&centred.write(&styled(&signature.position, profile.position)));
    out.push_str(
        &centred
            .spaced(SIGNATURE_PT, 0)
            .write(&styled(&signature.name, profile.signer)),
    );
    out
}

/// Each annex on a new page; one that lies across begins a section of its own. Gives the section that is open at the end.
pub fn annexes<'a>(
    document: &OfficialDocument,
    profile: &'a Profile,
    out: &mut String,
) -> Section<'a> {
    let mut section = Section {
        layout: Layout {
            profile,
            landscape: false,
        },
        first: true,
    };
    for annex in &document.annexes {
        let turned = annex.landscape != section.layout.landscape;
        if turned {
            let end = Paragraph {
                filler: true,
                ..Paragraph::styled("Compact")
            };
            out.push_str(&end.ending(&section.properties()));
            section = Section {
                layout: Layout {
                    profile,
                    landscape: annex.landscape,
                },
                first: false,
            };
        }
        annex_title(annex, &profile.annex_reference(document), !turned, out);
        blocks::write(&annex.blocks, section.layout, false, out);
    }
    section
}

fn annex_title(annex: &Annex, reference: &str, break_before: bool, out: &mut String) {
    let centred = Paragraph {
        indent: Some((twips(8), twips(8))),
        ..Paragraph::styled("Compact").aligned(Align::Center)
    };
    let heading = Paragraph {
        style: Some("Heading1"),
        page_break_before: break_before,
        indent: Some((0, 0)),
        align: Some(Align::Center),
        ..Paragraph::default()
    };
    out.push_str(
        &heading
            .spaced(0, 0)
            .write(&run(&annex.heading(), RunLook::default())),
    );
    let bold = RunLook {
        bold: true,
        ..RunLook::default()
    };
    out.push_str(
        &Paragraph {
            keep_next: true,
            ..centred
        }
        .write(&run(&annex.title, bold)),
    );
    let italic = RunLook {
        italic: true,
        size_pt: Some(13),
        ..RunLook::default()
    };
    out.push_str(&centred.spaced(0, 8).write(&run(reference, italic)));
}
