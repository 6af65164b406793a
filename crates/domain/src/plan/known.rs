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

thread_local! {
    static KNOWN: RefCell<Option<Regex>> = const { RefCell::new(None) };
}

/// While this lives, the names of one document are known to all that read it on this thread.
pub(super) struct Names;

impl Drop for Names {
    fn drop(&mut self) {
        KNOWN.with_borrow_mut(|known| *known = None);
    }
}

/// Learns the names of the document that the words alone would cut short.
pub(super) fn learn(flow: &Flow, ladder: &Ladder, addressees: &[Passage]) -> Names {
    let names = names(flow, ladder, addressees);
    let longest_first = {
        let mut names: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.join("|")
    };
    let known = (!names.is_empty())
        .then(|| Regex::new(&format!("(?:{longest_first})")).ok())
        .flatten();
    KNOWN.with_borrow_mut(|slot| *slot = known);
    Names
}

/// Where known names stand in the first part of `text`.
pub(super) fn places(text: &str) -> Vec<Range<usize>> {
    KNOWN.with_borrow(|known| {
        let Some(known) = known else {
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

fn names(flow: &Flow, ladder: &Ladder, addressees: &[Passage]) -> BTreeSet<String> {
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
    let text: String = ladder
        .nodes
        .iter()
        .map(|node| format!("{}\n", node.passage.text()))
        .collect();
    let mut names = BTreeSet::new();
    for (name, sure) in alone
        .into_iter()
        .map(|name| (name, true))
        .chain(doubtful.into_iter().map(|name| (name, false)))
    {
        let Some(read) = body_at(&name, 0).filter(|read| read.end < name.len()) else {
            continue;
        };
        // Where the part that the words alone make out is a name by itself, the rest is what that body does.
        let short = &name[..read.end];
        let rest = &name[read.end..];
        let word = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
        let length = rest[word..].find(|c: char| !c.is_alphanumeric());
        let goes_on = &name[..read.end + word + length.unwrap_or(rest.len() - word)];
        let own = text.matches(short).count() > text.matches(goes_on).count();
        if !own && (sure || text.matches(name.as_str()).count() > 1) {
            names.insert(name);
        }
    }
    names
}

/// The bodies that some words are made of, when they can be nothing else.
fn parts(words: &str) -> Vec<String> {
    pattern!(
        SAYS,
        r"(?:^| )(?:gửi|nộp|báo cáo|trước|chậm nhất|muộn nhất|có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|hoàn thành|ngày|tháng|như sau|đề nghị|yêu cầu|được|đã|chưa|không|phải|cần|sẽ|là|tổ chức(?: hội| họp| sơ| tổng| kiểm))(?: |$)|[.;!?…]|\d/"
    );
    let words = words.trim().trim_start_matches(['-', '+', '–', ' ']);
    let short = words.chars().count() <= 120;
    if !short || !begins(words) {
        return Vec::new();
    }
    split(words, 0..words.len())
        .into_iter()
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
        names(&flow, &ladder, &[]).into_iter().collect()
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
            assert_eq!(learnt(lines), [name]);
        }
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
