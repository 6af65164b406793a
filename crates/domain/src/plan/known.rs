//! Names of bodies that the document itself shows to be whole.
//!
//! A name may hold words that begin a duty elsewhere: "Cục Soi chiếu hồ quang", "Chi cục Tằm dâu tơ lụa". No list of
//! words tells where such a name ends, but the document does: it stands alone as a heading over what the body has to
//! do, before a colon, in a cell, in brackets after "qua", among the addressees, and wherever it begins, it goes on
//! with the same words.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use regex::Regex;

use super::bodies::{begins, body_at, boundary, split};
use super::passage::{Flow, Passage, pattern};
use super::structure::{Ladder, ends_sentence, run_in};

/// What one document shows of names.
#[derive(Default)]
struct Shown {
    /// Those that the words alone would cut short.
    longer: Option<Regex>,
    /// Those that stand alone somewhere, at the beginning of a text.
    alone: Option<Regex>,
}

thread_local! {
    static SHOWN: RefCell<Shown> = const { RefCell::new(Shown { longer: None, alone: None }) };
}

/// While this lives, the names of one document are known to all that read it on this thread.
pub(super) struct Names;

impl Drop for Names {
    fn drop(&mut self) {
        SHOWN.take();
    }
}

/// Learns the names of the document.
pub(super) fn learn(flow: &Flow, ladder: &Ladder, addressees: &[Passage]) -> Names {
    let text: String = ladder
        .nodes
        .iter()
        .map(|node| format!("{}\n", node.passage.text()))
        .collect();
    let longer = any_of(&names(flow, ladder, addressees, &text), "");
    let alone = any_of(&ended(&text), "^");
    SHOWN.set(Shown { longer, alone });
    Names
}

/// A pattern of all these names, the longest first.
fn any_of(names: &BTreeSet<String>, anchor: &str) -> Option<Regex> {
    let mut names: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let any = format!("{anchor}(?:{})", names.join("|"));
    (!names.is_empty()).then(|| Regex::new(&any).ok()).flatten()
}

/// Names that end before a mark or before words on when and what for: "… gửi Phòng Kinh tế trước ngày …".
fn ended(text: &str) -> BTreeSet<String> {
    pattern!(
        ENDED,
        r"(?:^|[^\p{L}])(?:qua|gửi|về|đến|cho|tới|nộp) (?P<name>\p{Lu}[^.,;:()\n]{3,80}?)(?:[.,;:)\n]| (?:trước|chậm|muộn|để|trong|xong) )"
    );
    ENDED
        .captures_iter(text)
        .filter_map(|found| found.name("name"))
        .flat_map(|found| parts(found.as_str()))
        .collect()
}

/// Where a name that the document shows alone elsewhere is over at the beginning of `text`, and what it does follows.
pub(super) fn ends(text: &str) -> Option<usize> {
    // What may still belong to the name: its place, level, number or the body above it.
    pattern!(
        STAYS,
        r"^ (?:tỉnh|thành|huyện|quận|thị|xã|phường|đặc|cấp|cơ sở|khu|trung ương|thuộc|trực thuộc|các|của|và|số|trên|tại|ở|nơi|nhà|[^\p{Ll}])"
    );
    SHOWN.with_borrow(|shown| {
        let end = shown.alone.as_ref()?.find(text)?.end();
        let rest = &text[end..];
        (rest.starts_with(' ') && !STAYS.is_match(rest)).then_some(end)
    })
}

/// Where known names stand in the first part of `text`.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    SHOWN.with_borrow(|shown| {
        let Some(known) = &shown.longer else {
            return Vec::new();
        };
        let text = &text[..boundary(text, 600)];
        let whole = |range: &Range<usize>| {
            !text[range.end..].starts_with(char::is_alphanumeric)
                && !text[..range.start].ends_with(char::is_alphanumeric)
        };
        known
            .find_iter(text)
            .map(|found| found.range())
            .filter(whole)
            .collect()
    })
}

fn names(flow: &Flow, ladder: &Ladder, addressees: &[Passage], text: &str) -> BTreeSet<String> {
    pattern!(THROUGH, r"\((?:thông )?qua ([^()]{5,90})\)");
    let mut alone: Vec<String> = Vec::new();
    let mut doubtful: Vec<String> = Vec::new();
    for (index, node) in ladder.nodes.iter().enumerate() {
        let words = node.words();
        let holds = ladder
            .nodes
            .get(index + 1)
            .is_some_and(|next| next.parent == Some(index) && !begins(next.words()));
        match run_in(words) {
            Some(head) => alone.extend(parts(&words[head])),
            None if words.ends_with(':') => alone.extend(parts(words.trim_end_matches(':'))),
            None if holds && !ends_sentence(words) => alone.extend(parts(words)),
            None => {}
        }
        for through in THROUGH.captures_iter(node.passage.text()) {
            doubtful.extend(parts(&through[1]));
        }
    }
    for cell in ladder
        .tables
        .iter()
        .flat_map(|(_, grid)| &grid.rows)
        .flatten()
    {
        doubtful.extend(parts(flow.passage(*cell).text()));
    }
    alone.extend(addressees.iter().flat_map(|line| parts(line.text())));
    doubtful.extend(repeated(text));
    let candidates: BTreeSet<&str> = alone.iter().chain(&doubtful).map(String::as_str).collect();
    let mut names = BTreeSet::new();
    for (name, sure) in alone
        .iter()
        .map(|name| (name, true))
        .chain(doubtful.iter().map(|name| (name, false)))
    {
        let Some(read) = body_at(name, 0).filter(|read| read.end < name.len()) else {
            continue;
        };
        // Where the part that the words alone make out is a name by itself, the rest is what that body does.
        let short = &name[..read.end];
        let longer: BTreeSet<&str> = candidates
            .iter()
            .filter(|other| other.starts_with(short))
            .map(|other| one_word_more(other, short.len()))
            .filter(|more| more.len() > short.len())
            .collect();
        let own = text
            .match_indices(short)
            .any(|(at, _)| !longer.iter().any(|longer| text[at..].starts_with(longer)));
        if !own && (sure || text.matches(name.as_str()).count() > 1) {
            names.insert(name.clone());
        }
    }
    names
}

/// A name down to the word after its first `length` bytes.
fn one_word_more(name: &str, length: usize) -> &str {
    let rest = &name[length..];
    let word = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
    let end = rest[word..].find(|c: char| !c.is_alphanumeric());
    &name[..length + word + end.unwrap_or(rest.len() - word)]
}

/// Names with a comma in them that the text uses more than once: "Sở Văn hóa, Thể thao và Du lịch".
fn repeated(text: &str) -> Vec<String> {
    pattern!(
        STRETCH,
        r"(?:^|[^\p{L}])(?P<name>(?:Sở|Ban|Phòng|Cục|Vụ|Chi cục|Tổng cục|Văn phòng|Hội|Trung tâm|Viện|Tổ|Đội|Bộ) \p{L}[^.;:()\n]{3,100})"
    );
    let mut stretches: Vec<&str> = STRETCH
        .captures_iter(text)
        .filter_map(|found| found.name("name"))
        .map(|found| found.as_str())
        .filter(|stretch| stretch.contains(','))
        .collect();
    stretches.sort_unstable();
    // Once at least it stands before a mark or before words on when and what for.
    pattern!(
        ENDS,
        r"^(?:,|$| (?:trước|chậm|muộn|để|trong|theo|qua|vào|tại) )"
    );
    let whole = |name: &str, stretch: &str| {
        stretch
            .strip_prefix(name)
            .is_some_and(|rest| ENDS.is_match(rest))
    };
    let common = |pair: &[&str]| {
        let same = |(one, other): &(&str, &str)| one == other;
        let words: Vec<&str> = pair[0]
            .split(' ')
            .zip(pair[1].split(' '))
            .take_while(same)
            .map(|(word, _)| word)
            .collect();
        let name = words.join(" ");
        pair.iter()
            .any(|stretch| whole(&name, stretch))
            .then_some(name)
    };
    stretches
        .windows(2)
        .filter_map(common)
        .filter(|name| name.contains(", ") && !name.ends_with(','))
        .flat_map(|name| parts(&name))
        .filter(|name| name.contains(", "))
        .collect()
}

/// The bodies that some words are made of, when they can be nothing else.
fn parts(words: &str) -> Vec<String> {
    pattern!(
        SAYS,
        r"(?:^| )(?:gửi|nộp|báo cáo|trước|chậm nhất|muộn nhất|có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|hoàn thành|ngày|tháng|như sau|đề nghị|yêu cầu|được|đã|chưa|không|phải|cần|sẽ|là|tổ chức(?: hội| họp| sơ| tổng| kiểm))(?: |$)|[.;!?…]|\d/"
    );
    let words = words.trim().trim_start_matches(['-', '+', '–', ' ']);
    let words = words.split(" (").next().unwrap_or(words);
    let short = words.chars().count() <= 120;
    if !short || !begins(words) {
        return Vec::new();
    }
    // "Phòng Công chức, viên chức" may be one name, too; "Tổ khối 1, tổ khối 2" are two.
    let (_, rest) = words.split_once(", ").unwrap_or_default();
    let counted = rest.contains(char::is_numeric);
    let whole = (!rest.is_empty() && !counted).then_some(0..words.len());
    split(words, 0..words.len())
        .into_iter()
        .chain(whole)
        .map(|body| words[body].to_owned())
        .filter(|name| begins(name) && !SAYS.is_match(name) && name.contains(' '))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Document, Paragraph};

    fn learnt(lines: &[&str]) -> Vec<String> {
        let blocks = lines
            .iter()
            .map(|line| Block::Paragraph(Paragraph::plain((*line).to_owned())))
            .collect();
        let flow = Flow::of(&Document { blocks });
        let ladder = Ladder::of(&flow, &flow.items);
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        names(&flow, &ladder, &[], &text).into_iter().collect()
    }

    #[test]
    fn a_document_shows_where_names_end_that_hold_words_of_duties() {
        for (lines, name) in [
            (
                &[
                    "1. Cục Soi chiếu hồ quang",
                    "a) Gửi báo cáo.",
                    "b) Mở hội nghị.",
                ][..],
                "Cục Soi chiếu hồ quang",
            ),
            (
                &[
                    "2. Vụ Thị trường trong nước",
                    "Gửi báo cáo về Bộ.",
                    "3. Vụ Thị trường trong khu vực",
                    "Gửi báo cáo về Bộ.",
                    "4. Các đơn vị gửi Vụ Thị trường trong khu vực.",
                ],
                "Vụ Thị trường trong khu vực|Vụ Thị trường trong nước",
            ),
            (
                &[
                    "1. Sở Văn hóa, Thể thao và Du lịch họp báo.",
                    "2. Các xã gửi Sở Văn hóa, Thể thao và Du lịch trước ngày 20/5/2024.",
                ],
                "Sở Văn hóa, Thể thao và Du lịch",
            ),
            (
                &["a) Phòng Quản lý, hỗ trợ hộ làng nghề: rà soát danh sách hộ."],
                "Phòng Quản lý, hỗ trợ hộ làng nghề",
            ),
            (
                &[
                    "1. Các huyện gửi báo cáo về Sở (qua Chi cục Tằm dâu tơ lụa).",
                    "2. Chi cục Tằm dâu tơ lụa tổng hợp.",
                ],
                "Chi cục Tằm dâu tơ lụa",
            ),
            (
                &[
                    "Việc | Ai làm | Hạn",
                    "Báo cáo số vụ | Vụ An toàn đập nước | 10/5/2024",
                    "Hội nghị | Vụ An toàn đập nước | 20/5/2024",
                    "1. Vụ An toàn đập nước đôn đốc.",
                    "2. Vụ An toàn đập nước chuẩn bị.",
                ],
                "Vụ An toàn đập nước",
            ),
        ] {
            // What the grammar of names tells need not be learnt.
            for name in name.split('|') {
                let told = body_at(name, 0).is_some_and(|read| read.end == name.len());
                assert!(
                    told || learnt(lines).iter().any(|known| known == name),
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn a_name_that_stands_alone_elsewhere_ends_where_it_ended_there() {
        let text = "Các xã gửi báo cáo về Phòng Kinh tế trước ngày 09/3/2026 (qua Tổ Khảo sát).\n";
        let shown = ended(text);
        assert!(
            shown.contains("Phòng Kinh tế") && shown.contains("Tổ Khảo sát"),
            "{shown:?}"
        );
    }

    #[test]
    fn what_a_body_does_is_no_part_of_its_name() {
        for lines in [
            &[
                "1. Sở Tài chính bố trí kinh phí",
                "- Nguồn: ngân sách.",
                "2. Sở Tài chính gửi báo cáo.",
            ][..],
            &[
                "1. Các xã gửi báo cáo (qua Phòng Nội vụ huyện).",
                "2. Phòng Nội vụ huyện tổng hợp.",
            ],
            &[
                "3. Ban Đại diện các huyện có trách nhiệm:",
                "- Làm báo cáo.",
            ],
        ] {
            assert!(learnt(lines).is_empty(), "{lines:?}");
        }
    }
}
