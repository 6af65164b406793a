//! Reading a report back from a file: which text belongs to which section, which number to which cell, and what could
//! not be placed. Nothing is dropped: what fits nowhere is handed back to be assigned by a person.

use super::anchors::{Anchor, Mark};
use super::headings::{Headings, same_title};
use crate::campaign::{Period, Section, Writable};
use crate::doc::{Block, Paragraph, Table};
use crate::figures::Layout;
use crate::ids::{AssignmentId, SectionId};
use crate::official::template::PLACEHOLDER;
use crate::prose;
use crate::text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// What stood in a section when the template was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    pub version: i64,
    pub hash: String,
}

/// A cell of the table of figures as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCell {
    /// Position of the indicator in the layout.
    pub indicator: usize,
    pub period: Period,
    pub cell: usize,
    pub typed: String,
    /// What stood there when the template was made; `None` for a table that came without anchors.
    pub base: Option<crate::figures::Cell>,
}

/// Content that belongs to no section for sure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// Where it stood.
    pub place: String,
    /// The section that it stands nearest to.
    pub near: Option<SectionId>,
    pub text: String,
}

/// A file, taken apart along the outline.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The report and revision that the template was made for.
    pub template: Option<(AssignmentId, i64)>,
    /// Text of every section that was found, also an empty one.
    pub sections: BTreeMap<SectionId, String>,
    pub bases: BTreeMap<SectionId, Base>,
    pub figures: Vec<FoundCell>,
    pub loose: Vec<Loose>,
}

impl Filled {
    /// Anything in it is of this outline.
    pub fn is_known(&self) -> bool {
        !self.sections.is_empty() || !self.figures.is_empty()
    }
}

/// Takes a file apart. `furniture`: folded lines that the template itself brings, such as its head.
pub fn take_apart(
    blocks: &[Block],
    marks: &[Mark],
    outline: &[Section],
    layout: &Layout,
    furniture: &BTreeSet<String>,
) -> Filled {
    let marked: BTreeSet<SectionId> = marks.iter().filter_map(section_of).collect();
    let mut walk = Walk {
        outline,
        layout,
        furniture,
        headings: Headings::new(outline, &marked),
        place: Where::Front,
        found: Filled::default(),
        content: BTreeMap::new(),
        loose: Vec::new(),
    };
    for (index, block) in blocks.iter().enumerate() {
        let here: Vec<&Mark> = marks.iter().filter(|mark| mark.at.block == index).collect();
        walk.block(block, &here);
    }
    walk.finish()
}

fn section_of(mark: &Mark) -> Option<SectionId> {
    match mark.anchor {
        Anchor::Section { id, .. } => Some(id),
        _ => None,
    }
}

/// Where the reading stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Where {
    Front,
    Section(SectionId),
    /// Below a heading that is none of the outline.
    Unknown(Option<SectionId>),
    Closing,
}

struct Walk<'a> {
    outline: &'a [Section],
    layout: &'a Layout,
    furniture: &'a BTreeSet<String>,
    headings: Headings<'a>,
    place: Where,
    found: Filled,
    content: BTreeMap<SectionId, Vec<Block>>,
    loose: Vec<(Where, Vec<Block>)>,
}

impl Walk<'_> {
    fn block(&mut self, block: &Block, here: &[&Mark]) {
        let mut is_heading_place = false;
        for mark in here {
            match &mark.anchor {
                Anchor::Template {
                    assignment,
                    revision,
                } => self.found.template = Some((*assignment, *revision)),
                Anchor::Section { id, version, hash } => {
                    is_heading_place |= self.place != Where::Section(*id);
                    self.enter(*id);
                    let base = Base {
                        version: *version,
                        hash: hash.clone(),
                    };
                    self.found.bases.entry(*id).or_insert(base);
                }
                Anchor::Closing => self.place = Where::Closing,
                Anchor::Figure { .. } => {}
            }
        }
        match block {
            Block::PageBreak => {}
            Block::Table(table) => self.table(table, here),
            Block::Heading { .. } | Block::Paragraph(_) => {
                self.line(block, is_heading_place);
            }
        }
    }

    fn enter(&mut self, id: SectionId) {
        if let Some(section) = self.outline.iter().find(|section| section.id == id) {
            self.headings.pass(id);
            self.place = Where::Section(id);
            if section.writable != Writable::Heading {
                self.content.entry(id).or_default();
            }
        }
    }

    fn line(&mut self, block: &Block, is_heading_place: bool) {
        let text = block.text();
        if text.trim().is_empty() {
            return;
        }
        if let (true, Where::Section(id)) = (is_heading_place, self.place)
            && let Some(section) = self.outline.iter().find(|section| section.id == id)
            && let Some(title) = same_title(&text, section)
        {
            return self.rest_of(block, title.rest_from);
        }
        if let Some(found) = self.headings.find(block, &text) {
            self.enter(found.id);
            return self.rest_of(block, found.rest_from);
        }
        if self.place != Where::Closing && fold(&text).starts_with("noi nhan") {
            self.place = Where::Closing;
        }
        if self.headings.is_foreign(block, &text, self.current()) {
            self.place = Where::Unknown(self.current());
        }
        self.keep(block.clone());
    }

    /// Keeps what follows the title in the same paragraph, from this character on.
    fn rest_of(&mut self, block: &Block, from: Option<usize>) {
        let (Some(from), Block::Heading { runs, .. } | Block::Paragraph(Paragraph { runs, .. })) =
            (from, block)
        else {
            return;
        };
        let label = block.text().chars().count()
            - runs
                .iter()
                .map(|run| run.text.chars().count())
                .sum::<usize>();
        let mut skip = from.saturating_sub(label);
        let mut rest = Vec::new();
        for run in runs {
            let length = run.text.chars().count();
            if skip < length {
                let text: String = run.text.chars().skip(skip).collect();
                rest.push(crate::doc::Run {
                    text,
                    ..run.clone()
                });
            }
            skip = skip.saturating_sub(length);
        }
        self.keep(Block::Paragraph(Paragraph {
            runs: rest,
            ..Paragraph::default()
        }));
    }

    fn current(&self) -> Option<SectionId> {
        match self.place {
            Where::Section(id) => Some(id),
            Where::Unknown(near) => near,
            Where::Front | Where::Closing => None,
        }
    }

    /// Puts content where the reading stands.
    fn keep(&mut self, block: Block) {
        if let Where::Section(id) = self.place
            && let Some(content) = self.content.get_mut(&id)
        {
            content.push(block);
            return;
        }
        let is_furniture = |line: &str| {
            let line = fold(line);
            line.is_empty() || self.furniture.contains(&line)
        };
        if block.text().lines().all(is_furniture) {
            return;
        }
        match self.loose.last_mut() {
            Some((place, blocks)) if *place == self.place => blocks.push(block),
            _ => self.loose.push((self.place, vec![block])),
        }
    }

    fn table(&mut self, table: &Table, here: &[&Mark]) {
        let cells = super::figure_table::find(table, here, self.layout);
        if cells.is_empty() {
            return self.keep(Block::Table(table.clone()));
        }
        for row in super::figure_table::strange_rows(table, here, self.layout) {
            let place = self.place;
            self.place = Where::Closing;
            self.keep(Block::Paragraph(Paragraph::plain(row)));
            self.place = place;
        }
        let known: BTreeSet<usize> = self.found.figures.iter().map(|cell| cell.cell).collect();
        self.found
            .figures
            .extend(cells.into_iter().filter(|cell| !known.contains(&cell.cell)));
        // What follows the figures is no longer of the section before them.
        self.place = Where::Closing;
    }

    fn finish(mut self) -> Filled {
        for (id, blocks) in std::mem::take(&mut self.content) {
            self.found.sections.insert(id, text_of(blocks));
        }
        for (place, blocks) in std::mem::take(&mut self.loose) {
            let text = text_of(blocks);
            if !text.is_empty() {
                let loose = Loose {
                    place: self.words_of(place),
                    near: match place {
                        Where::Section(id) => Some(id),
                        Where::Unknown(near) => near,
                        Where::Front | Where::Closing => None,
                    },
                    text,
                };
                self.found.loose.push(loose);
            }
        }
        self.found
    }

    fn words_of(&self, place: Where) -> String {
        let named = |id: SectionId| {
            self.outline
                .iter()
                .find(|section| section.id == id)
                .map_or_else(String::new, |section| {
                    format!("mục {}. {}", section.number, section.title)
                })
        };
        match place {
            Where::Front | Where::Unknown(None) => "Phần đầu tệp, trước mục đầu tiên".into(),
            Where::Section(id) => format!("Ngay dưới {}", named(id)),
            Where::Unknown(Some(id)) => {
                format!("Sau {}, dưới đề mục không có trong đề cương", named(id))
            }
            Where::Closing => "Phần cuối tệp, sau mục cuối cùng".into(),
        }
    }
}

/// The markup of blocks, without the words of an empty control.
fn text_of(mut blocks: Vec<Block>) -> String {
    for block in &mut blocks {
        match block {
            Block::Heading { runs, .. } | Block::Paragraph(Paragraph { runs, .. }) => {
                let all: String = runs.iter().map(|run| run.text.as_str()).collect();
                if all.trim() == PLACEHOLDER {
                    runs.clear();
                }
                for run in runs.iter_mut().filter(|run| run.text.contains(PLACEHOLDER)) {
                    run.text = run.text.replace(PLACEHOLDER, "");
                }
            }
            Block::Table(_) | Block::PageBreak => {}
        }
    }
    blocks.retain(|block| !block.text().trim().is_empty());
    prose::from_document(&blocks)
}

/// The form in which two texts of a section are compared: what a word processor keeps.
pub fn settled(text: &str) -> String {
    prose::from_document(&prose::to_document(text))
}
