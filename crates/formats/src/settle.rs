//! The last step of every reader: old encodings told by their letters are repaired, soft hyphens go.

use crate::error::{Countable, ReadError};
use crate::limits;
use crate::notes::{Note, Notes};
use crate::read::Incoming;
use crate::runs::SOFT_HYPHEN;
use domain::doc::{Block, Run};
use domain::legacy::{Encoding, detect, repair};

/// Repairs what no font told, and notes it.
///
/// # Errors
/// [`ReadError::TooMany`] for more characters than a document may have.
pub fn settle(incoming: &mut Incoming) -> Result<(), ReadError> {
    let text = incoming.document.text();
    if text.chars().count() > limits::CHARACTERS {
        return Err(ReadError::TooMany {
            what: Countable::Characters,
            limit: limits::CHARACTERS,
        });
    }
    let encoding = detect(&text);
    let mut notes = Notes::default();
    for block in &mut incoming.document.blocks {
        each_line(block, &mut |line| {
            mend(line, encoding, &mut notes);
            notes.end_line();
        });
    }
    for block in incoming
        .anchors
        .iter_mut()
        .flat_map(|anchor| &mut anchor.blocks)
    {
        each_line(block, &mut |line| {
            mend(line, encoding, &mut Notes::default())
        });
    }
    add(&mut incoming.notes, notes);
    Ok(())
}

/// One note about old encodings, whether fonts or letters told it.
fn add(list: &mut Vec<Note>, found: Notes) {
    for note in found.into_list() {
        let known = list.iter_mut().find_map(|known| match known {
            Note::Legacy(repair) => Some(repair),
            _ => None,
        });
        match (known, note) {
            (Some(known), Note::Legacy(more)) => known.pieces += more.pieces,
            (_, note) => list.insert(0, note),
        }
    }
}

fn mend(runs: &mut [Run], encoding: Option<Encoding>, notes: &mut Notes) {
    for run in runs {
        if let Some(encoding) = encoding
            && let Some(after) = repair(&run.text, encoding)
        {
            notes.add_repair(encoding, &run.text, &after);
            run.text = after;
        }
        if run.text.contains(SOFT_HYPHEN) {
            run.text.retain(|c| c != SOFT_HYPHEN);
        }
    }
}

/// Every paragraph of a block.
fn each_line(block: &mut Block, change: &mut dyn FnMut(&mut [Run])) {
    match block {
        Block::Heading { runs, .. } => change(runs),
        Block::Paragraph(paragraph) => change(&mut paragraph.runs),
        Block::Table(table) => {
            for cell in table.rows.iter_mut().flatten() {
                for paragraph in &mut cell.paragraphs {
                    change(&mut paragraph.runs);
                }
            }
        }
        Block::PageBreak => {}
    }
}
