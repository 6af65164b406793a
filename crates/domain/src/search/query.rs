//! What somebody searches for: words, and phrases in quotation marks.

use super::words::{Words, exact};

/// A search, read from what was typed. All words must stand in one section; words in quotation marks one after another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Folded phrases that were quoted.
    pub(super) quoted: Vec<Vec<String>>,
    /// The folded words outside of quotation marks, in their order.
    pub(super) loose: Vec<String>,
    /// The exact forms in the same order, quoted ones first; `None` when nothing was typed with marks.
    pub(super) exact: Option<Vec<String>>,
}

/// Words beyond these are not looked at.
const MOST_WORDS: usize = 32;

impl Query {
    /// Reads what was typed; a quotation mark that is not closed reaches to the end.
    pub fn read(typed: &str) -> Query {
        let typed = crate::text::clean(typed).replace(['“', '”', '„', '«', '»'], "\"");
        let mut query = Query::default();
        let (mut quoted, mut loose) = (Vec::new(), Vec::new());
        let mut left = MOST_WORDS;
        for (number, part) in typed.split('"').enumerate() {
            let words = Words::of(part);
            let count = words.len().min(left);
            left -= count;
            let folded = (0..count).map(|at| words.folded(at).to_owned());
            let marked = (0..count).map(|at| exact(&part[words.place(at)]));
            if number % 2 == 0 {
                query.loose.extend(folded);
                loose.extend(marked);
            } else if count > 0 {
                query.quoted.push(folded.collect());
                quoted.extend(marked);
            }
        }
        quoted.append(&mut loose);
        let has_marks = query
            .words()
            .zip(&quoted)
            .any(|(folded, exact)| folded != exact);
        query.exact = has_marks.then_some(quoted);
        query
    }

    pub fn is_empty(&self) -> bool {
        self.quoted.is_empty() && self.loose.is_empty()
    }

    /// All folded words, quoted ones first.
    pub(super) fn words(&self) -> impl Iterator<Item = &String> {
        self.quoted.iter().flatten().chain(&self.loose)
    }

    /// What the index is asked first: every phrase, the loose words as one too.
    pub fn as_phrases(&self) -> Vec<Vec<String>> {
        let loose = (!self.loose.is_empty()).then(|| self.loose.clone());
        self.quoted.iter().cloned().chain(loose).collect()
    }

    /// What the index is asked then: the loose words wherever they stand. `None` when that is the same.
    pub fn as_words(&self) -> Option<Vec<Vec<String>>> {
        (self.loose.len() > 1).then(|| {
            let loose = self.loose.iter().map(|word| vec![word.clone()]);
            self.quoted.iter().cloned().chain(loose).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_words_are_a_phrase_and_loose_ones_are_tried_as_one_first() {
        let query = Query::read("xã “Đền ơn” nghèo");
        assert_eq!(query.as_phrases(), [vec!["den", "on"], vec!["xa", "ngheo"]]);
        assert_eq!(
            query.as_words(),
            Some(vec![
                vec!["den".to_owned(), "on".to_owned()],
                vec!["xa".to_owned()],
                vec!["ngheo".to_owned()]
            ])
        );
    }

    #[test]
    fn words_typed_without_marks_ask_for_no_marks() {
        assert_eq!(Query::read("nghia trang").exact, None);
        assert!(Query::read("nghia trang liệt").exact.is_some());
    }

    #[test]
    fn signs_without_letters_ask_for_nothing() {
        for typed in ["", " \"\" ", "“”!?", "* OR )"] {
            assert_eq!(
                Query::read(typed).is_empty(),
                !typed.contains("OR"),
                "{typed}"
            );
        }
    }
}
