//! A report in a file under the checks; nothing of it is stored.

use super::{figures, frame, similar};
use crate::ctx::{Ctx, load_report};
use crate::error::Result;
use crate::incoming::{self, Incoming, Note};
use crate::ports::Convert;
use crate::reports::content::Content;
use crate::reports::steps::own;
use domain::access::{Subject, Wish};
use domain::campaign::Section;
use domain::checks::{Dossier, Finding, Look, Manuscript, check, manuscript, repaired, secret};
use domain::deadline::day_of;
use domain::ids::AssignmentId;
use domain::official::{profile_named, profile_on};

/// Checks a file by itself: its own sections and tables, no outline, no organisation.
///
/// # Errors
/// [`crate::Error::Invalid`] when the file cannot be read.
pub fn check_file(
    office: &dyn Convert,
    file_name: &str,
    bytes: &[u8],
    outline: Option<&[Section]>,
) -> Result<Vec<Finding>> {
    let file = incoming::read(office, file_name, bytes)?;
    let text = manuscript(&file.document, outline);
    Ok(findings(&file, bytes, text, Dossier::default()))
}

/// Checks a file as the report that a unit owes: against the outline, the figures, the names, the period and what the
/// actor may know of other reports.
///
/// # Errors
/// As [`check_file`]; [`crate::Error::NotFound`] for everybody outside the unit.
pub fn check_file_for(
    ctx: &Ctx,
    id: AssignmentId,
    file_name: &str,
    bytes: &[u8],
) -> Result<Vec<Finding>> {
    let file = incoming::read(ctx.app().office(), file_name, bytes)?;
    let (loaded, frame, outline) = ctx.db().read(|tx| -> Result<_> {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadReport, &Subject::Report(loaded.subject))?;
        let loaded = if ctx.account().is_some() {
            own(ctx, tx, id)?
        } else {
            loaded
        };
        let content = Content::current(ctx, tx, &loaded)?;
        let frame = Dossier {
            figures: Some(figures(&content)),
            day: Some(day_of(ctx.now)),
            profile: profile_named(&loaded.campaign.profile).cloned(),
            ..frame(tx, &loaded)?
        };
        Ok((loaded, frame, content.outline.clone()))
    })?;
    let text = manuscript(&file.document, Some(&outline.sections));
    let similar = ctx.db().read(|tx| similar(ctx, tx, &loaded, &text.parts))?;
    Ok(findings(&file, bytes, text, Dossier { similar, ..frame }))
}

fn findings(file: &Incoming, bytes: &[u8], text: Manuscript, frame: Dossier) -> Vec<Finding> {
    let Incoming {
        document, notes, ..
    } = file;
    // Of a secret nothing else is said.
    if let Some(degree) = crate::secrets::mark_of(document, bytes) {
        return vec![secret(degree)];
    }
    let look = formats::look(bytes).map(|look| Look {
        head: text.head.clone(),
        ..look
    });
    let profile = frame.profile.clone().or_else(|| {
        // The head of a State body's paper names the State.
        let is_party = text.head.to_uppercase().contains("ĐẢNG CỘNG SẢN");
        is_party.then(|| {
            frame.day.map_or_else(
                || profile_named("hd36-2018").cloned(),
                |day| Some(profile_on(day).clone()),
            )
        })?
    });
    let dossier = Dossier {
        parts: text.parts,
        look,
        profile,
        ..frame
    };
    let is_decomposed = notes.contains(&Note::Decomposed);
    let encoding = incoming::repair(notes).map(|repair| repair.encoding);
    let mut found = repaired(encoding, is_decomposed);
    found.extend(check(&dossier));
    found
}
