//! Texts as sets of word runs (shingles), and how alike two such sets are.
//!
//! A word is what stands between white space, in lower case, with its punctuation; a shingle is a run of [`WORDS`]
//! words. How alike two texts are is the Jaccard similarity of their sets of shingles: shared ones by all.

use std::sync::LazyLock;

/// Words in one shingle. Vietnamese words are mostly two syllables long, so five syllables are two or three words.
pub const WORDS: usize = 5;

/// An odd number without a pattern: one round of mixing multiplies by it.
pub(crate) const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
/// `ODD` to the power of [`WORDS`], by which the word that leaves a run counts.
const LEAVING: u64 = {
    let mut power = 1u64;
    let mut word = 0;
    while word < WORDS {
        power = power.wrapping_mul(ODD);
        word += 1;
    }
    power
};

/// Shows the hash of each run of [`WORDS`] words to `each`, in order, repeated runs again. The texts of `parts` are
/// read as one, as if a blank stood between them. A text with fewer words is one run; one without words has none.
pub fn each_shingle<'t>(parts: impl IntoIterator<Item = &'t str>, mut each: impl FnMut(u64)) {
    let mut window = [0u64; WORDS];
    let (mut run, mut count) = (0u64, 0usize);
    for part in parts {
        each_word(part, |word| {
            let slot = &mut window[count % WORDS];
            run = run
                .wrapping_mul(ODD)
                .wrapping_add(word)
                .wrapping_sub(slot.wrapping_mul(LEAVING));
            *slot = word;
            count += 1;
            if count >= WORDS {
                each(mixed(run));
            }
        });
    }
    if (1..WORDS).contains(&count) {
        each(mixed(run));
    }
}

/// The hash of each word of a text in lower case.
pub(crate) fn each_word(text: &str, mut each: impl FnMut(u64)) {
    let (mut hash, mut is_word) = (0u64, false);
    for letter in text.chars() {
        if is_white(letter) {
            if is_word {
                each(mixed(hash));
            }
            (hash, is_word) = (0, false);
        } else {
            is_word = true;
            let code = u32::from(letter);
            match LOWER.get(code as usize) {
                Some(&lower) if lower != SEVERAL => hash = step(hash, u32::from(lower)),
                _ => hash = letter.to_lowercase().map(u32::from).fold(hash, step),
            }
        }
    }
    if is_word {
        each(mixed(hash));
    }
}

fn is_white(letter: char) -> bool {
    if letter.is_ascii() {
        matches!(letter, '\t'..='\r' | '\u{1c}'..=' ')
    } else {
        letter.is_whitespace()
    }
}

fn step(hash: u64, letter: u32) -> u64 {
    (hash ^ u64::from(letter)).wrapping_mul(ODD).rotate_left(23)
}

/// Spreads every bit over the whole word.
pub(crate) fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let hash = (hash ^ (hash >> 29)).wrapping_mul(0xA076_1D64_78BD_642F);
    hash ^ (hash >> 32)
}

/// Marks in [`LOWER`] a letter that is several in lower case.
const SEVERAL: u16 = u16::MAX;

/// The lower case of every letter that a Vietnamese text is likely to have.
static LOWER: LazyLock<Vec<u16>> = LazyLock::new(|| {
    (0..0x2000u32)
        .map(|code| {
            let mut lower = char::from_u32(code)
                .into_iter()
                .flat_map(char::to_lowercase);
            match (lower.next(), lower.next()) {
                (Some(one), None) => u16::try_from(u32::from(one)).unwrap_or(SEVERAL),
                _ => SEVERAL,
            }
        })
        .collect()
});

/// The set of shingles of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// The shingles of a text, or of several read as one.
    pub fn of<'t>(parts: impl IntoIterator<Item = &'t str>) -> Shingles {
        let mut hashes = Vec::new();
        each_shingle(parts, |hash| hashes.push(hash));
        hashes.sort_unstable();
        hashes.dedup();
        Shingles(hashes)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of the other's shingles are here too.
    fn shared_with(&self, other: &Shingles) -> usize {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0;
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => mine.next(),
                std::cmp::Ordering::Greater => theirs.next(),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    mine.next();
                    theirs.next()
                }
            };
        }
        shared
    }

    /// How alike two texts are, exactly.
    pub fn likeness(&self, other: &Shingles) -> Likeness {
        let shared = self.shared_with(other);
        Likeness {
            shared: shared as u64,
            all: (self.len() + other.len() - shared) as u64,
        }
    }
}

/// How alike two texts are: the shingles that both have, of all that either has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Likeness {
    pub shared: u64,
    pub all: u64,
}

impl Likeness {
    /// Of 10,000 shingles; two empty texts are not alike.
    pub fn per_ten_thousand(self) -> u64 {
        (self.shared * 10_000 + self.all / 2)
            .checked_div(self.all)
            .unwrap_or(0)
    }

    /// From 0 to 1 in steps of a ten-thousandth, as it is printed.
    pub fn share(self) -> f64 {
        self.per_ten_thousand() as f64 / 10_000.0
    }

    /// At least `least` of 10,000, without rounding.
    pub fn reaches(self, least: u64) -> bool {
        self.all > 0 && self.shared * 10_000 >= self.all * least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn likeness(a: &str, b: &str) -> Likeness {
        Shingles::of([a]).likeness(&Shingles::of([b]))
    }

    #[test]
    fn the_same_words_in_other_case_are_the_same_text() {
        let likeness = likeness(
            "Cấp ủy đã lãnh đạo, chỉ đạo kịp thời",
            "cấp ủy ĐÃ lãnh đạo,\nchỉ  đạo kịp thời",
        );
        assert_eq!(likeness.per_ten_thousand(), 10_000);
    }

    #[test]
    fn texts_without_a_common_run_share_nothing_and_empty_texts_are_not_alike() {
        let turned = likeness("một hai ba bốn năm sáu", "sáu năm bốn ba hai một");
        assert_eq!((turned.shared, turned.all), (0, 4));
        assert_eq!(likeness("", "").per_ten_thousand(), 0);
        assert!(!likeness("", "").reaches(0));
    }

    #[test]
    fn a_run_goes_on_from_one_section_into_the_next() {
        assert_eq!(
            Shingles::of(["một hai ba", "bốn năm sáu"]),
            Shingles::of(["một hai ba bốn năm sáu"])
        );
    }

    #[test]
    fn a_share_just_below_the_limit_does_not_reach_it() {
        let share = Likeness {
            shared: 79_999,
            all: 100_000,
        };
        assert_eq!(share.per_ten_thousand(), 8_000);
        assert!(!share.reaches(8_000));
    }

    /// As the definition says it, with words instead of hashes.
    fn by_definition(text: &str) -> HashSet<Vec<String>> {
        let lower = text.to_lowercase();
        let words: Vec<String> = lower.split_whitespace().map(str::to_owned).collect();
        if words.len() < WORDS {
            return HashSet::from([words])
                .into_iter()
                .filter(|run| !run.is_empty())
                .collect();
        }
        words.windows(WORDS).map(<[String]>::to_vec).collect()
    }

    proptest! {
        #[test]
        fn hashed_runs_count_as_the_runs_of_words_do(
            a in "[aăÂđĐẢệ ]{0,60}", b in "[aăÂđĐẢệ ]{0,60}"
        ) {
            let (first, second) = (by_definition(&a), by_definition(&b));
            let found = likeness(&a, &b);
            prop_assert_eq!(found.shared as usize, first.intersection(&second).count());
            prop_assert_eq!(found.all as usize, first.union(&second).count());
        }
    }
}
