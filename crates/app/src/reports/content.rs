//! The content of one revision, loaded whole: texts, figures, attachments, and what still blocks it.

use crate::accounts::hex;
use crate::ctx::{Ctx, LoadedReport};
use crate::error::Result;
use domain::campaign::{Assignment, Campaign, Section};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::SectionId;
use domain::report::content::{AttachedFile, ContentView, Fingerprint};
use domain::report::readiness::{Blocker, blockers};
use domain::report::references::Quoted;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Tx;
use store::attachments::Attachment;
use store::revisions::Revision;
use store::sections::{SectionText, SectionVersion};

/// What a campaign asks of every report.
#[derive(Debug)]
pub struct Outline {
    pub sections: Vec<Section>,
    pub layout: Layout,
}

impl Outline {
    pub(crate) fn load(tx: &mut dyn Tx, campaign: &Campaign) -> Result<Outline> {
        Ok(Outline {
            sections: store::campaigns::sections(tx, campaign.id)?,
            layout: store::campaigns::layout(tx, campaign)?,
        })
    }

    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }
}

/// Where the figures of a report come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureSource {
    /// The unit types them.
    Entered,
    /// They are rolled up from the reports addressed to the unit, and only corrected with a reason.
    RolledUp,
}

/// Where the figures of this report come from: rolled up as soon as a report that adds is addressed to its unit.
pub fn figure_source(tx: &mut dyn Tx, assignment: &Assignment) -> Result<FigureSource> {
    Ok(if store::work::any_adding_below(tx, assignment)? {
        FigureSource::RolledUp
    } else {
        FigureSource::Entered
    })
}

/// One revision with everything in it; an empty one for a report that nobody began.
#[derive(Debug, Clone)]
pub struct Content {
    pub outline: Arc<Outline>,
    /// `None` before anybody wrote.
    pub revision: Option<Revision>,
    /// In a draft with the numbers of the table in the place of references to them.
    pub texts: BTreeMap<SectionId, SectionText>,
    pub figures: FigureTable,
    pub source: FigureSource,
    /// Figures were sent from below, and the draft has none of their totals.
    pub figures_not_taken: bool,
    pub attachments: Vec<Attachment>,
    /// Texts that wait beside a newer one.
    pub conflicts: Vec<SectionVersion>,
}

impl Content {
    /// The current revision of a report.
    pub(crate) fn current(ctx: &Ctx, tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Content> {
        let outline = ctx.outline(tx, &loaded.campaign)?;
        let assignment = &loaded.assignment;
        let revision = store::revisions::by_number(tx, assignment.id, assignment.revision)?;
        Content::of(tx, assignment, outline, revision)
    }

    /// What a report says that nobody has begun.
    pub(super) fn nothing(outline: Arc<Outline>, source: FigureSource) -> Content {
        Content {
            figures: FigureTable::blank(&outline.layout),
            outline,
            revision: None,
            texts: BTreeMap::new(),
            source,
            figures_not_taken: false,
            attachments: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    /// A given revision of a report.
    pub(crate) fn of(
        tx: &mut dyn Tx,
        assignment: &Assignment,
        outline: Arc<Outline>,
        revision: Option<Revision>,
    ) -> Result<Content> {
        let source = figure_source(tx, assignment)?;
        let mut content = Content::nothing(outline, source);
        if let Some(revision) = revision {
            let texts = store::sections::texts(tx, revision.id)?;
            content.texts = texts.into_iter().map(|text| (text.section, text)).collect();
            content.figures = store::figures::decode(&revision.figures, &content.outline.layout)?;
            if !revision.is_frozen() {
                content.fill_in_figures();
            }
            content.attachments = store::attachments::of_revision(tx, revision.id)?;
            content.conflicts = store::sections::open_conflicts(tx, revision.id)?;
            content.revision = Some(revision);
        }
        content.figures_not_taken = source == FigureSource::RolledUp
            && content
                .figures
                .cells
                .iter()
                .all(|cell| *cell == Cell::Blank)
            && store::work::any_adding_below_was_sent(tx, assignment)?;
        Ok(content)
    }

    /// Numbers bound to a figure are read as they stand in the table; what was sent has them in its words already.
    pub(super) fn fill_in_figures(&mut self) {
        let quoted = Quoted::new(&self.outline.layout, &self.figures);
        for text in self.texts.values_mut() {
            if let Cow::Owned(filled) = quoted.fill(&text.text) {
                text.text = filled;
            }
        }
    }

    /// What is written under a section; empty when nothing is.
    pub fn text(&self, section: SectionId) -> &str {
        self.texts
            .get(&section)
            .map_or("", |text| text.text.as_str())
    }

    /// The hashes of the whole and of each part.
    pub fn fingerprint(&self) -> Fingerprint {
        let view = ContentView {
            sections: self
                .outline
                .sections
                .iter()
                .map(|section| (section, self.text(section.id)))
                .collect(),
            layout: &self.outline.layout,
            figures: &self.figures,
            attachments: self
                .attachments
                .iter()
                .map(|file| AttachedFile {
                    name: &file.name,
                    sha256: &file.sha256,
                })
                .collect(),
        };
        Fingerprint::of(&view, sha256_hex)
    }

    /// What still stands between this draft and its collective.
    pub fn blockers(&self) -> Vec<Blocker> {
        let in_conflict: Vec<SectionId> = self
            .conflicts
            .iter()
            .map(|conflict| conflict.section)
            .collect();
        let typed =
            (self.source == FigureSource::Entered).then_some((&self.outline.layout, &self.figures));
        let mut found = blockers(
            &self.outline.sections,
            |section| self.text(section),
            &in_conflict,
            typed,
        );
        found.extend(self.figures_not_taken.then_some(Blocker::FiguresNotTaken));
        found
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
