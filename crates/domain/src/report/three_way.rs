//! Merging two texts that grew from a third one, line by line: what only one side changed is taken, what both changed
//! is proposed one after the other and said to be in conflict.

use super::diff::{Change, align};
use super::passages::paragraphs;

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// No line was changed by both sides in different ways.
    pub is_clean: bool,
}

/// A stretch of the base and what one side made of it.
struct Hunk<'a> {
    from: usize,
    to: usize,
    lines: Vec<&'a str>,
}

/// Merges `ours` and `theirs`, both grown from `base`. A line that both changed is merged word by word where they
/// changed different words of it.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Merged {
    let base: Vec<&str> = paragraphs(base).collect();
    let ours: Vec<&str> = paragraphs(ours).collect();
    let theirs: Vec<&str> = paragraphs(theirs).collect();
    let mut is_clean = true;
    let lines = merged(&base, &ours, &theirs, &mut |base, mine, others| {
        if let ([base], [mine], [others]) = (base, mine, others)
            && let Some(line) = merged_line(base, mine, others)
        {
            return vec![line];
        }
        is_clean = false;
        let new = others.iter().filter(|line| !mine.contains(line));
        mine.iter().chain(new).map(ToString::to_string).collect()
    });
    Merged {
        text: lines.join("\n"),
        is_clean,
    }
}

/// `None` when both sides changed the same words of a line.
fn merged_line(base: &str, mine: &str, others: &str) -> Option<String> {
    // The blanks at the beginning tell the level of a list.
    let level = |line: &str| line.len() - line.trim_start().len();
    let mine_line = mine;
    if level(mine) != level(others) {
        return None;
    }
    let [base, mine, others] =
        [base, mine, others].map(|line| line.split_whitespace().collect::<Vec<&str>>());
    let mut is_clean = true;
    let words = merged(&base, &mine, &others, &mut |_, _, _| {
        is_clean = false;
        Vec::new()
    });
    let blanks = " ".repeat(level(mine_line));
    is_clean.then(|| blanks + &words.join(" "))
}

/// What stands where both sides changed: given the base, ours and theirs.
type Both<'f> = dyn FnMut(&[&str], &[&str], &[&str]) -> Vec<String> + 'f;

/// Merges items; `both` says what stands where both sides changed: given the base, ours and theirs.
fn merged(base: &[&str], ours: &[&str], theirs: &[&str], both: &mut Both<'_>) -> Vec<String> {
    let (ours, theirs) = (hunks(base, ours), hunks(base, theirs));
    let (mut i, mut j) = (0, 0);
    let mut at = 0;
    let mut items: Vec<String> = Vec::new();
    let extend = |items: &mut Vec<String>, more: &[&str]| {
        items.extend(more.iter().map(ToString::to_string));
    };
    while i < ours.len() || j < theirs.len() {
        let from = [ours.get(i), theirs.get(j)]
            .into_iter()
            .flatten()
            .map(|hunk| hunk.from)
            .min()
            .unwrap_or(base.len());
        extend(&mut items, &base[at..from]);
        // All hunks of both sides that hang together.
        let (start_i, start_j) = (i, j);
        let mut to = from;
        loop {
            let touches = |hunk: &&Hunk<'_>| hunk.from < to || hunk.from == from;
            if let Some(hunk) = ours.get(i).filter(touches) {
                to = to.max(hunk.to);
                i += 1;
            } else if let Some(hunk) = theirs.get(j).filter(touches) {
                to = to.max(hunk.to);
                j += 1;
            } else {
                break;
            }
        }
        let mine = applied(base, from, to, &ours[start_i..i]);
        let others = applied(base, from, to, &theirs[start_j..j]);
        if start_j == j || mine == others {
            extend(&mut items, &mine);
        } else if start_i == i {
            extend(&mut items, &others);
        } else {
            items.extend(both(&base[from..to], &mine, &others));
        }
        at = to;
    }
    extend(&mut items, &base[at..]);
    items
}

/// What one side says where the base has `from..to`.
fn applied<'a>(base: &[&'a str], from: usize, to: usize, hunks: &[Hunk<'a>]) -> Vec<&'a str> {
    let mut lines = Vec::new();
    let mut at = from;
    for hunk in hunks {
        lines.extend(&base[at..hunk.from]);
        lines.extend(&hunk.lines);
        at = hunk.to;
    }
    lines.extend(&base[at..to]);
    lines
}

fn hunks<'a>(base: &[&'a str], new: &[&'a str]) -> Vec<Hunk<'a>> {
    let mut hunks: Vec<Hunk<'a>> = Vec::new();
    let mut at = 0;
    let mut is_open = false;
    for (change, line) in align(base, new) {
        if change == Change::Same {
            at += 1;
            is_open = false;
            continue;
        }
        if !is_open {
            hunks.push(Hunk {
                from: at,
                to: at,
                lines: Vec::new(),
            });
            is_open = true;
        }
        if let Some(hunk) = hunks.last_mut() {
            if change == Change::Removed {
                at += 1;
                hunk.to = at;
            } else {
                hunk.lines.push(line);
            }
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(text: &str) -> Merged {
        Merged {
            text: text.into(),
            is_clean: true,
        }
    }

    #[test]
    fn changes_in_different_lines_come_together() {
        let base = "Một.\nHai.\nBa.";
        assert_eq!(
            merge(base, "Một, sửa.\nHai.\nBa.", "Một.\nHai.\nBa.\nBốn."),
            clean("Một, sửa.\nHai.\nBa.\nBốn.")
        );
    }

    #[test]
    fn different_words_of_one_line_come_together() {
        assert_eq!(
            merge(
                "  - Có 5 nhà, 3 hộ.",
                "  - Có 6 nhà, 3 hộ.",
                "  - Có 5 nhà, 4 hộ."
            ),
            clean("  - Có 6 nhà, 4 hộ.")
        );
    }

    #[test]
    fn a_line_that_both_changed_is_proposed_in_both_wordings() {
        let merged = merge("Có 5 nhà.\nTốt.", "Có 6 nhà.\nTốt.", "Có 7 nhà.\nTốt.");
        assert!(!merged.is_clean);
        assert_eq!(merged.text, "Có 6 nhà.\nCó 7 nhà.\nTốt.");
    }

    proptest! {
        #[test]
        fn a_side_that_changed_nothing_yields(base in "[a-c\n]{0,12}", other in "[a-c\n]{0,12}") {
            let lines = |text: &str| paragraphs(text).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(merge(&base, &base, &other), clean(&lines(&other)));
            prop_assert_eq!(merge(&base, &other, &base), clean(&lines(&other)));
            prop_assert_eq!(merge(&base, &other, &other), clean(&lines(&other)));
        }

        #[test]
        fn no_line_that_a_side_wrote_is_lost(base in "[a-c\n]{0,12}", ours in "[d-f\n]{0,12}", theirs in "[g-i\n]{0,12}") {
            let merged = merge(&base, &ours, &theirs);
            for line in paragraphs(&ours).chain(paragraphs(&theirs)) {
                prop_assert!(paragraphs(&merged.text).any(|kept| kept == line));
            }
        }
    }
}
