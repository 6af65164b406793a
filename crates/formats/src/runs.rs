//! Building a paragraph's runs: one look per run, clean text, no blanks at the ends.

use domain::doc::{Block, Run, Script};

/// How a stretch of text looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    pub bold: bool,
    pub italic: bool,
    pub underline: bool,
    pub script: Script,
}

/// A possible break of a word; in TCVN3 the letter ư, so that it stays until that is decided.
pub const SOFT_HYPHEN: char = '\u{ad}';

/// Text as readers keep it: [`domain::text::clean`], with the layout's fixed blanks as plain ones
/// and without invisible joiners.
pub fn readable(text: &str) -> String {
    domain::text::clean(text)
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'))
        .map(|c| {
            if matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

/// Collects text piece by piece.
#[derive(Debug, Default)]
pub struct RunBuilder {
    runs: Vec<(Look, String)>,
}

impl RunBuilder {
    /// Adds text as it came; it is cleaned at the end, so that marks split from their letters still meet.
    pub fn push(&mut self, look: Look, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            // Blanks show no weight: they stay with the text before them.
            Some((last, before)) if *last == look || text.trim().is_empty() && !look.underline => {
                before.push_str(text)
            }
            _ => self.runs.push((look, text.to_owned())),
        }
    }

    pub fn is_blank(&self) -> bool {
        self.runs.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The runs, trimmed at both ends of the paragraph; empty when there is no text.
    pub fn finish(self) -> Vec<Run> {
        let mut runs: Vec<Run> = self
            .runs
            .into_iter()
            .map(|(look, text)| Run {
                text: readable(&text),
                bold: look.bold,
                italic: look.italic,
                underline: look.underline,
                script: look.script,
            })
            .collect();
        while let Some(first) = runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
            if !first.text.is_empty() {
                break;
            }
            runs.remove(0);
        }
        while let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            runs.pop();
        }
        runs.retain(|run| !run.text.is_empty());
        runs
    }
}

/// Puts `mark` before the first paragraph of a note.
pub fn label_first(blocks: &mut [Block], mark: &str) {
    if let Some(Block::Paragraph(first)) = blocks.first_mut() {
        first.label = Some(mark.to_owned());
    }
}

/// A page break says something only between texts, and once.
pub fn tidy_page_breaks(blocks: &mut Vec<Block>) {
    blocks.dedup_by(|next, before| *next == Block::PageBreak && *before == Block::PageBreak);
    if blocks.first() == Some(&Block::PageBreak) {
        blocks.remove(0);
    }
    if blocks.last() == Some(&Block::PageBreak) {
        blocks.pop();
    }
}
