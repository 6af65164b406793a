//! What changed between two texts, cut down to what a page can show.

use app::reports::view::Changed;
use domain::report::diff::{Change, DiffLine};

/// Bytes of changed text on one page.
const MOST_TEXT: usize = 32 * 1024;

/// A part that changed, with the paragraphs that differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Difference {
    pub name: String,
    pub lines: Vec<Vec<Mark>>,
    /// More changed than is shown.
    pub is_cut: bool,
}

/// Words in a row with one fate, as an element of HTML.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// `ins`, `del` or `span`.
    pub element: &'static str,
    pub text: String,
}

/// The changed parts in order.
pub(super) fn differences(changed: &[Changed]) -> Vec<Difference> {
    let mut left = MOST_TEXT;
    changed
        .iter()
        .map(|changed| difference(&changed.name, &changed.lines, &mut left))
        .collect()
}

/// The changed paragraphs of one comparison.
pub(super) fn difference_of(name: &str, lines: &[DiffLine]) -> Difference {
    difference(name, lines, &mut { MOST_TEXT })
}

fn difference(name: &str, lines: &[DiffLine], left: &mut usize) -> Difference {
    let mut shown = Difference {
        name: name.to_owned(),
        ..Difference::default()
    };
    let changed = lines
        .iter()
        .filter(|line| line.iter().any(|piece| piece.change != Change::Same));
    for line in changed {
        let size: usize = line.iter().map(|piece| piece.text.len() + 16).sum();
        if size > *left {
            shown.is_cut = true;
            break;
        }
        *left -= size;
        let marks = line.iter().map(|piece| Mark {
            element: match piece.change {
                Change::Same => "span",
                Change::Added => "ins",
                Change::Removed => "del",
            },
            text: piece.text.clone(),
        });
        shown.lines.push(marks.collect());
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::report::diff::compare;

    #[test]
    fn only_changed_paragraphs_are_shown_and_no_more_than_a_page_holds() {
        let shown = difference_of("I", &compare("Giữ.\nXây 5 nhà.", "Giữ.\nXây 7 nhà."));
        assert_eq!(shown.lines.len(), 1);
        assert!(!shown.is_cut);
        let long = difference_of("I", &compare("", &"Rất dài. ".repeat(MOST_TEXT)));
        assert!(long.is_cut && long.lines.is_empty());
    }
}
