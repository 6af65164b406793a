//! Times that stand above what they govern: the head of a paragraph, the heading of a step.

use std::ops::Range;

use super::dates::{DuePhrase, Manner, due_in_cell};
use super::passage::{Passage, pattern};
use super::reader::Reader;

impl Reader<'_, '_> {
    /// The due of the step that the paragraph stands in: "Bước 1 (trước ngày 30/6/2022)", "Tháng 6/2022".
    pub fn time_above(&self) -> Option<(Passage, Vec<DuePhrase>)> {
        pattern!(
            STEP,
            r"(?i)^(?:bước|giai đoạn|đợt|khâu|công đoạn|phần việc|lần)\b[^()]*\((?P<time>[^()]+)\)[ .:]*$"
        );
        let ladder = self.context.ladder;
        ladder.ancestors(self.index).find_map(|at| {
            let node = &ladder.nodes[at];
            let text = node.passage.text();
            let end = text.trim_end_matches([' ', '.', ':']).len();
            let words = node.body..end.max(node.body);
            let range = match STEP.captures(text).and_then(|found| found.name("time")) {
                Some(time) => time.range(),
                None => words,
            };
            let phrases = time_of(text, range);
            (phrases.len() == 1).then(|| (node.passage.clone(), phrases))
        })
    }
}

/// The due that a head consists of: "Tháng 6/2022", "Từ 01/7 đến 20/7/2022", "Trước ngày 05/8/2022".
pub(super) fn time_of(text: &str, head: Range<usize>) -> Vec<DuePhrase> {
    pattern!(
        TIME,
        r"(?i)^(?:trước|sau|từ|ngày|sáng|chiều|tối|tháng|quý|tuần|cuối|đầu|giữa|hết|đến|trong|chậm nhất|muộn nhất|hạn|xong|hoàn thành|dự kiến|\d{1,2}[/h])"
    );
    let words = &text[head.clone()];
    if !TIME.is_match(words) || words.chars().count() > 60 {
        return Vec::new();
    }
    let mut phrases = due_in_cell(words);
    for phrase in &mut phrases {
        phrase.range = phrase.range.start + head.start..phrase.range.end + head.start;
        phrase.manner = Manner::By;
    }
    phrases
}
