//! Times that stand above what they govern: the head of a paragraph, the heading of a step.

use std::ops::Range;

use jiff::civil::Date;

use super::ahead::asked_for;
use super::dates::due_phrases;
use super::dates::{Due, DuePhrase, Manner, due_in_cell};
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
        let chain = std::iter::once(self.index).chain(ladder.ancestors(self.index));
        let leads = chain.flat_map(|at| {
            let parent = ladder.nodes[at].parent;
            [ladder.nodes[at].lead_in, parent].into_iter().flatten()
        });
        let led = leads
            .map(|at| &ladder.nodes[at].passage)
            .find_map(|passage| Some((passage.clone(), said_of_list(passage.text())?)));
        led.or_else(|| {
            ladder.ancestors(self.index).find_map(|at| {
                let node = &ladder.nodes[at];
                let text = node.passage.text();
                let end = text.trim_end_matches([' ', '.', ':']).len();
                let words = node.body..end.max(node.body);
                let range = match STEP.captures(text).and_then(|found| found.name("time")) {
                    Some(time) => time.range(),
                    None => words,
                };
                let phrases = time_of(text, range.clone(), self.context.issued);
                let whole = phrases
                    .first()
                    .is_some_and(|phrase| phrase.range.start <= range.start + "từ ".len());
                (phrases.len() == 1 && whole).then(|| (node.passage.clone(), phrases))
            })
        })
    }
}

/// The due that a line before a list states for all of it: "Hoàn thành các việc sau trước ngày …:".
fn said_of_list(text: &str) -> Option<Vec<DuePhrase>> {
    pattern!(
        LEADS,
        r"(?i)^(?:hoàn thành|thực hiện|triển khai|trước|chậm nhất|muộn nhất|trong|đến)\b|\b(?:sau|sau đây|dưới đây|như sau|cụ thể)\b[^:]{0,80}:$"
    );
    // "Phấn đấu đến hết năm đạt 90%. Các sở thực hiện các việc sau:" – what stands in a sentence before is no due.
    let leading = text.rfind(". ").map_or(0, |end| end + ". ".len());
    if !text.ends_with(':') || !LEADS.is_match(&text[leading..]) {
        return None;
    }
    let mut phrases = due_phrases(text, leading);
    phrases.retain(|phrase| {
        let fixed = matches!(phrase.due, Due::On { .. } | Due::Relative(_));
        phrase.manner == Manner::By && fixed
    });
    (phrases.len() == 1).then_some(phrases)
}

/// The due that a head consists of: "Tháng 6/2022", "Từ 01/7 đến 20/7/2022", "Trước ngày 05/8/2022".
pub(super) fn time_of(text: &str, head: Range<usize>, issued: Option<Date>) -> Vec<DuePhrase> {
    pattern!(
        TIME,
        r"(?i)^(?:trước|sau|từ|ngày|sáng|chiều|tối|tháng|quý|tuần|cuối|đầu|giữa|hết|đến|trong|chậm nhất|muộn nhất|hạn|xong|hoàn thành|dự kiến|\d{1,2}[/h])"
    );
    let words = &text[head.clone()];
    if !TIME.is_match(words) || words.chars().count() > 60 {
        return Vec::new();
    }
    let mut phrases = asked_for(due_in_cell(words, false), issued);
    for phrase in &mut phrases {
        phrase.range = phrase.range.start + head.start..phrase.range.end + head.start;
        phrase.manner = Manner::By;
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sentence_that_leads_in_says_the_due_of_the_list() {
        let led = |text: &str| said_of_list(text).map_or(0, |phrases| phrases.len());
        assert_eq!(led("Hoàn thành các việc sau trước ngày 20/10/2023:"), 1);
        let target = "Phấn đấu đến hết ngày 31/12/2023 giải ngân đạt 95%. Yêu cầu các sở thực hiện các việc sau:";
        assert_eq!(led(target), 0);
    }
}
