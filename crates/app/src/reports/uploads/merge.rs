//! What is to become of one section or cell when the file and the draft both went on from where the template was made.

use crate::reports::template::hash_of;
use domain::figures::Cell;
use domain::report::diff::{Change, compare};
use domain::report::filled::{Base, settled};
use domain::report::three_way::{Merged, merge};

/// How a text of the file stands to that of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// Both say the same, or only the draft went on.
    Settled,
    /// Only the file went on.
    FileAhead,
    /// Both went on, in different ways.
    Apart(Merged),
}

/// `base_text` is looked up only when both went on.
pub(super) fn text_standing(
    draft: &str,
    file: &str,
    base: Option<&Base>,
    base_text: impl FnOnce() -> crate::Result<Option<String>>,
) -> crate::Result<Standing> {
    let draft = settled(draft);
    if file == draft {
        return Ok(Standing::Settled);
    }
    let Some(base) = base else {
        // Written without the template: what it does not speak of is not deleted.
        let is_silent = file.is_empty() && !draft.is_empty();
        return Ok(if is_silent {
            Standing::Settled
        } else {
            Standing::FileAhead
        });
    };
    if hash_of(file) == base.hash {
        return Ok(Standing::Settled);
    }
    if hash_of(&draft) == base.hash {
        return Ok(Standing::FileAhead);
    }
    let known = base_text()?.map(|text| settled(&text));
    let common = match known {
        Some(text) if hash_of(&text) == base.hash => text,
        _ => common_lines(&draft, file),
    };
    Ok(Standing::Apart(merge(&common, &draft, file)))
}

/// What both say, when the text that they grew from is not known any more.
fn common_lines(one: &str, other: &str) -> String {
    compare(one, other)
        .iter()
        .filter_map(|line| match line.as_slice() {
            [piece] if piece.change == Change::Same => Some(piece.text.as_str()),
            _ => None,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// How a figure of the file stands to that of the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FigureStanding {
    Settled,
    FileAhead,
    Apart,
}

pub(super) fn figure_standing(draft: Cell, file: Cell, base: Option<Cell>) -> FigureStanding {
    match base {
        _ if draft == file => FigureStanding::Settled,
        Some(base) if base == file => FigureStanding::Settled,
        Some(base) if base != draft => FigureStanding::Apart,
        _ => FigureStanding::FileAhead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(draft: &str, file: &str, base: Option<&str>) -> Standing {
        let found = base.map(|text| Base {
            version: 1,
            hash: hash_of(text),
        });
        text_standing(draft, file, found.as_ref(), || Ok(base.map(str::to_owned)))
            .expect("no store is asked")
    }

    #[test]
    fn the_side_that_did_not_change_yields() {
        assert_eq!(standing("Một.", "Hai.", Some("Một.")), Standing::FileAhead);
        assert_eq!(standing("Hai.", "Một.", Some("Một.")), Standing::Settled);
        assert_eq!(standing("Hai.", "Hai.", Some("Một.")), Standing::Settled);
        assert_eq!(standing("Một.", "", Some("Một.")), Standing::FileAhead);
    }

    #[test]
    fn changes_of_both_sides_are_proposed_together() {
        let Standing::Apart(merged) =
            standing("Một, a.\nHai.", "Một.\nHai.\nBa.", Some("Một.\nHai."))
        else {
            panic!("both went on")
        };
        assert!(merged.is_clean);
        assert_eq!(merged.text, "Một, a.\nHai.\nBa.");
    }

    #[test]
    fn a_file_without_template_deletes_nothing() {
        assert_eq!(standing("Một.", "", None), Standing::Settled);
        assert_eq!(standing("Một.", "Hai.", None), Standing::FileAhead);
    }

    #[test]
    fn a_figure_that_both_changed_is_for_a_person() {
        let cell = |typed| Cell::parse_vietnamese(typed).expect("a cell");
        let stand = |draft, file, base| figure_standing(cell(draft), cell(file), Some(cell(base)));
        assert_eq!(stand("5", "6", "5"), FigureStanding::FileAhead);
        assert_eq!(stand("6", "5", "5"), FigureStanding::Settled);
        assert_eq!(stand("7", "6", "5"), FigureStanding::Apart);
        assert_eq!(stand("5", "", "5"), FigureStanding::FileAhead);
        assert_eq!(stand("0", "-", "0"), FigureStanding::FileAhead);
    }
}
