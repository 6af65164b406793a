//! What changed between two texts: paragraph by paragraph, and word by word inside a changed paragraph.

use super::passages::paragraphs;

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    Same,
    Added,
    Removed,
}

/// Words in a row with one fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub change: Change,
    pub text: String,
}

/// One paragraph of the comparison.
pub type DiffLine = Vec<Piece>;

/// Most cells of one comparison table; beyond it the changed middle counts as replaced.
const MOST_CELLS: usize = 4_000_000;

/// The paragraphs of both texts in order; each is pieces of words that stayed, came or went.
pub fn compare(old: &str, new: &str) -> Vec<DiffLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (paragraphs(old).collect(), paragraphs(new).collect());
    let mut lines = Vec::new();
    let mut removed: Vec<&str> = Vec::new();
    let mut added: Vec<&str> = Vec::new();
    for (change, paragraph) in align(&old, &new) {
        match change {
            Change::Removed => removed.push(paragraph),
            Change::Added => added.push(paragraph),
            Change::Same => {
                flush(&mut removed, &mut added, &mut lines);
                lines.push(vec![piece(Change::Same, paragraph)]);
            }
        }
    }
    flush(&mut removed, &mut added, &mut lines);
    lines
}

/// Whether a comparison found any difference.
pub fn differs(lines: &[DiffLine]) -> bool {
    lines
        .iter()
        .flatten()
        .any(|piece| piece.change != Change::Same)
}

/// Pairs removed with added paragraphs in order and compares their words.
fn flush<'a>(removed: &mut Vec<&'a str>, added: &mut Vec<&'a str>, lines: &mut Vec<DiffLine>) {
    let pairs = removed.len().min(added.len());
    for (old, new) in removed.iter().zip(added.iter()) {
        lines.push(compare_words(old, new));
    }
    lines.extend(
        removed[pairs..]
            .iter()
            .map(|text| vec![piece(Change::Removed, text)]),
    );
    lines.extend(
        added[pairs..]
            .iter()
            .map(|text| vec![piece(Change::Added, text)]),
    );
    removed.clear();
    added.clear();
}

fn compare_words(old: &str, new: &str) -> DiffLine {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        old.split_whitespace().collect(),
        new.split_whitespace().collect(),
    );
    let mut line: DiffLine = Vec::new();
    for (change, word) in align(&old, &new) {
        match line.last_mut() {
            Some(last) if last.change == change => {
                last.text.push(' ');
                last.text.push_str(word);
            }
            _ => line.push(piece(change, word)),
        }
    }
    line
}

fn piece(change: Change, text: &str) -> Piece {
    Piece {
        change,
        text: text.to_string(),
    }
}

/// The items of both lists by a longest common subsequence, removed before added.
pub(super) fn align<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Change, &'a str)> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..]
        .iter()
        .rev()
        .zip(new[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let same = |item: &&'a str| (Change::Same, *item);
    let mut result: Vec<(Change, &str)> = old[..head].iter().map(same).collect();
    result.extend(align_middle(old_middle, new_middle));
    result.extend(old[old.len() - tail..].iter().map(same));
    result
}

fn align_middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Change, &'a str)> {
    let width = new.len() + 1;
    if (old.len() + 1).saturating_mul(width) > MOST_CELLS {
        let removed = old.iter().map(|item| (Change::Removed, *item));
        return removed
            .chain(new.iter().map(|item| (Change::Added, *item)))
            .collect();
    }
    // common[i][j]: length of the longest common subsequence of old[i..] and new[j..].
    let mut common = vec![0u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut result = Vec::with_capacity(old.len() + new.len());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            result.push((Change::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            result.push((Change::Removed, old[i]));
            i += 1;
        } else {
            result.push((Change::Added, new[j]));
            j += 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let mark = |piece: &Piece| match piece.change {
            Change::Same => piece.text.clone(),
            Change::Added => format!("[+{}]", piece.text),
            Change::Removed => format!("[-{}]", piece.text),
        };
        compare(old, new)
            .iter()
            .map(|line| line.iter().map(mark).collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn a_changed_number_is_shown_inside_its_paragraph() {
        assert_eq!(
            shown(
                "Mở đầu.\nĐã xây 05 nhà tình nghĩa.",
                "Mở đầu.\nĐã xây 07 nhà tình nghĩa."
            ),
            ["Mở đầu.", "Đã xây [-05] [+07] nhà tình nghĩa."]
        );
    }

    #[test]
    fn a_new_paragraph_is_added_whole() {
        assert_eq!(
            shown("Một.\nBa.", "Một.\nHai.\nBa."),
            ["Một.", "[+Hai.]", "Ba."]
        );
    }

    #[test]
    fn equal_texts_do_not_differ() {
        assert!(!differs(&compare("Một.\n\nHai.", "Một.\nHai.")));
        assert!(differs(&compare("Một.", "")));
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back_from_their_comparison(old in "[a-c \n]{0,40}", new in "[a-c \n]{0,40}") {
            let lines = compare(&old, &new);
            let read = |other: Change| -> Vec<String> {
                lines.iter().flatten().filter(|piece| piece.change != other)
                    .flat_map(|piece| piece.text.split_whitespace().map(String::from).collect::<Vec<_>>()).collect()
            };
            prop_assert_eq!(read(Change::Added), old.split_whitespace().collect::<Vec<_>>());
            prop_assert_eq!(read(Change::Removed), new.split_whitespace().collect::<Vec<_>>());
        }
    }
}
