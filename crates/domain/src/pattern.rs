//! Patterns that are compiled on first use and stay quick in Vietnamese text.
//!
//! A word boundary (`\b`) keeps the regex crate from its quick engine in every text that is not ASCII. A [`Pattern`]
//! that holds one is first tried without its boundaries: what that does not find is not there, and what it finds is
//! where the exact search begins. Most passages say none of what a pattern looks for, so most searches stay quick.

use std::borrow::Cow;
use std::sync::OnceLock;

use regex::{Captures, Match, Regex};

/// A regular expression with the answers of [`Regex`].
pub(crate) struct Pattern {
    text: Cow<'static, str>,
    exact: OnceLock<Regex>,
    loose: OnceLock<Option<Regex>>,
}

/// Declares a [`Pattern`] of a constant text.
macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: std::sync::LazyLock<$crate::pattern::Pattern> =
            std::sync::LazyLock::new(|| $crate::pattern::Pattern::new($text));
    };
}
pub(crate) use pattern;

impl Pattern {
    pub fn new(text: impl Into<Cow<'static, str>>) -> Pattern {
        Pattern {
            text: text.into(),
            exact: OnceLock::new(),
            loose: OnceLock::new(),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.earliest(text, 0)
            .is_some_and(|from| self.exact().is_match_at(text, from))
    }

    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.find_at(text, 0)
    }

    /// The first match at or after byte `from`; what stands before it still counts for boundaries.
    pub fn find_at<'t>(&self, text: &'t str, from: usize) -> Option<Match<'t>> {
        let from = self.earliest(text, from)?;
        self.exact().find_at(text, from)
    }

    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find_at(text, from)?;
            from = behind(text, found.end(), found.is_empty());
            Some(found)
        })
    }

    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        let from = self.earliest(text, 0)?;
        self.exact().captures_at(text, from)
    }

    pub fn captures_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let begin = self.earliest(text, from)?;
            let captures = self.exact().captures_at(text, begin)?;
            let found = captures.get(0)?;
            from = behind(text, found.end(), found.is_empty());
            Some(captures)
        })
    }

    pub fn replace_all<'t>(&self, text: &'t str, with: &str) -> Cow<'t, str> {
        match self.earliest(text, 0) {
            Some(_) => self.exact().replace_all(text, with),
            None => Cow::Borrowed(text),
        }
    }

    fn exact(&self) -> &Regex {
        self.exact
            .get_or_init(|| Regex::new(&self.text).expect("a constant pattern"))
    }

    /// Before where no match can begin; `None` when there is none. Every match of the pattern is one of the pattern
    /// without its boundaries, which only has more of them.
    fn earliest(&self, text: &str, from: usize) -> Option<usize> {
        let loose = self.loose.get_or_init(|| {
            self.text
                .contains(r"\b")
                .then(|| Regex::new(&self.text.replace(r"\b", "")).expect("a constant pattern"))
        });
        if from > text.len() {
            return None;
        }
        match loose {
            Some(loose) if !text.is_ascii() => loose.find_at(text, from).map(|found| found.start()),
            _ => Some(from),
        }
    }
}

/// Where the search for the next match begins: an empty match does not stand twice at one place.
fn behind(text: &str, end: usize, was_empty: bool) -> usize {
    if was_empty {
        let next = text[end..].chars().next();
        end + next.map_or(1, char::len_utf8)
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_match_is_found_once_as_the_engine_itself_finds_them() {
        pattern!(WORD, r"(?i)(?P<word>là|ba\w*)|;");
        let text = "Là ba; bảy là những, BA là;; lá";
        let engine = regex::Regex::new(WORD.as_str()).expect("a pattern");
        let expected: Vec<_> = engine.find_iter(text).map(|found| found.range()).collect();
        let found: Vec<_> = WORD.find_iter(text).map(|found| found.range()).collect();
        assert_eq!(found, expected);
        let captured: Vec<_> = WORD
            .captures_iter(text)
            .filter_map(|found| Some(found.get(0)?.range()))
            .collect();
        assert_eq!(captured, expected);
        pattern!(EMPTY, r"\bx*");
        assert_eq!(EMPTY.find_iter("đá x").count(), 4);
    }

    #[test]
    fn boundaries_hold_although_the_first_look_leaves_them_out() {
        pattern!(LIKE, r"(?i)\b(?:là|làm|như)\b");
        let found = |text: &'static str| {
            LIKE.find_iter(text)
                .map(|found| found.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(found("những việc phải làm, như sau"), ["làm", "như"]);
        assert!(!LIKE.is_match("những"));
        assert!(LIKE.find("những").is_none());
        assert_eq!(
            LIKE.find("những, Là").map(|found| found.as_str()),
            Some("Là")
        );
        assert_eq!(LIKE.replace_all("những là", "-"), "những -");
        assert!(LIKE.captures("ở những").is_none());
    }

    #[test]
    fn a_line_begins_only_at_its_beginning_wherever_the_search_begins() {
        pattern!(FIRST, r"^số \b\d|năm\b");
        assert!(FIRST.find_at("Đề: số 1", 5).is_none());
        assert!(FIRST.is_match("số 1"));
    }
}
