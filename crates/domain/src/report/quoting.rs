//! Where the words that a remark quotes stand now: a draft goes on being written after somebody remarked on it.

use super::passages::paragraphs;
use crate::prose::plain_line;

/// Least share of the quoted words, or of the paragraph when it is the shorter one, that must still stand there.
const STILL_MEANT: (usize, usize) = (3, 5);
/// Fewer common words say nothing.
const LEAST_WORDS: usize = 3;

/// The paragraph, from 1, that a quote is from: the one that says it word by word, else the one that is likest. `None`
/// for a quote without words, and when nothing like it is left.
pub fn paragraph_of(text: &str, quote: &str) -> Option<usize> {
    let quoted = words(quote.trim_end_matches('…'));
    if quoted.is_empty() {
        return None;
    }
    let all: Vec<Vec<String>> = paragraphs(text)
        .map(|line| words(&plain_line(line)))
        .collect();
    let exact = quoted.join(" ");
    let says = |paragraph: &Vec<String>| paragraph.join(" ").contains(&exact);
    if let Some(at) = all.iter().position(says) {
        return Some(at + 1);
    }
    let likest = (1..)
        .zip(&all)
        .map(|(number, paragraph)| (number, common(&quoted, paragraph), paragraph.len()))
        .filter(|(_, common, length)| {
            *common >= LEAST_WORDS
                && common * STILL_MEANT.1 >= quoted.len().min(*length) * STILL_MEANT.0
        })
        // Of paragraphs that are alike the first one is meant.
        .min_by_key(|(_, common, length)| (std::cmp::Reverse(*common), *length));
    likest.map(|(number, ..)| number)
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// How many words both have.
fn common(quoted: &[String], paragraph: &[String]) -> usize {
    let mut left: Vec<&String> = paragraph.iter().collect();
    let mut count = 0;
    for word in quoted {
        if let Some(at) = left.iter().position(|known| *known == word) {
            left.swap_remove(at);
            count += 1;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::paragraph_of;
    use proptest::prelude::*;

    const TEXT: &str =
        "Xã có 05 thôn.\n\nĐường **liên thôn** dài 12 km, đã bê tông hóa.\n- Đạt 98%\n| a | b |";

    #[test]
    fn a_remark_follows_its_words_wherever_they_stand() {
        let quote = "Đường liên thôn dài 12 km, đã bê tông hóa.";
        assert_eq!(paragraph_of(TEXT, quote), Some(2));
        let later = format!("Một đoạn mới.\n{TEXT}\nHết.");
        assert_eq!(paragraph_of(&later, quote), Some(3));
        assert_eq!(paragraph_of(&later, "liên thôn dài"), Some(3));
        assert_eq!(paragraph_of(&later, "- Đạt 98%"), Some(4));
    }

    #[test]
    fn a_remark_follows_a_paragraph_that_was_changed_but_not_one_that_is_gone() {
        let quote = "Đường liên thôn dài 12 km, đã bê tông hóa.";
        let changed = TEXT.replace("12 km", "15,5 km");
        assert_eq!(paragraph_of(&changed, quote), Some(2));
        assert_eq!(paragraph_of("Xã có 05 thôn.\nKhông còn gì.", quote), None);
        assert_eq!(paragraph_of(TEXT, ""), None);
        assert_eq!(paragraph_of("", quote), None);
    }

    #[test]
    fn a_shortened_quote_and_one_over_two_paragraphs_lead_to_their_beginning() {
        assert_eq!(paragraph_of(TEXT, "Đường liên thôn dài…"), Some(2));
        let over_two = "Xã có 05 thôn. Đường liên thôn dài 12 km, đã bê tông hóa.";
        assert_eq!(paragraph_of(TEXT, over_two), Some(2));
    }

    proptest! {
        #[test]
        fn whoever_quotes_a_paragraph_is_led_to_words_that_say_it(
            lines in prop::collection::vec("[a-d]{1,2}( [a-d]{1,2}){0,5}", 1..8), at in any::<prop::sample::Index>()
        ) {
            let quote = at.get(&lines);
            let found = paragraph_of(&lines.join("\n"), quote).expect("it stands there");
            prop_assert!(lines[found - 1].contains(quote.as_str()));
        }
    }
}
