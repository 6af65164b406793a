//! Bodies that stand above or before what they have to do: headings, lead-ins of lists, words before a colon.

use std::ops::Range;

use super::bodies::list_at;
use super::clause::{actors_between, assigned, means_addressees, named};
use super::duties::Who;
use super::passage::{Passage, pattern};
use super::reader::{Actor, Reader};
use super::structure::Node;

impl Reader<'_, '_> {
    /// The bodies that a heading or lead-in above names for its items: "Giao Ban Dân vận Tỉnh ủy:".
    pub fn inherited(&self) -> Option<Actor> {
        let ladder = self.context.ladder;
        let chain = std::iter::once(self.index).chain(ladder.ancestors(self.index));
        for at in chain {
            if at != self.index
                && let Some(actor) = self.heads(at)
            {
                return Some(actor);
            }
            if let Some(actor) = self.sibling_above(at) {
                return Some(actor);
            }
            if let Some(lead) = ladder.nodes[at].lead_in {
                let passage = &ladder.nodes[lead].passage;
                if let Some(actor) = self.led(passage) {
                    return Some(actor);
                }
            }
        }
        None
    }

    /// The bodies that the paragraph at `at` names for what stands below it.
    fn heads(&self, at: usize) -> Option<Actor> {
        let node = &self.context.ladder.nodes[at];
        let text = node.passage.text();
        let start = node.body + assigned(&text[node.body..]);
        let (list, end) = list_at(text, start)?;
        let rest = text[end..].trim_start_matches([' ', ':', '.', ',']);
        (rest.is_empty() || text.ends_with(':') && !rest.contains(". "))
            .then(|| self.actor(&node.passage, list, None))
    }

    /// "- Phòng Tổ chức:" with its items under the same sign: lists lose their indents on the way.
    fn sibling_above(&self, at: usize) -> Option<Actor> {
        let nodes = &self.context.ladder.nodes;
        let rank = nodes[at].label.as_ref()?.rank;
        let before = (0..at).rev().take_while(|above| {
            nodes[*above].parent == nodes[at].parent
                && nodes[*above]
                    .label
                    .as_ref()
                    .is_some_and(|label| label.rank == rank)
        });
        let mut before = before.filter(|above| nodes[*above].passage.text().ends_with(':'));
        before.next().and_then(|above| self.heads(above))
    }

    /// The bodies that a lead-in asks for what the list below it says: "…, Tập đoàn yêu cầu các công ty con:".
    fn led(&self, passage: &Passage) -> Option<Actor> {
        pattern!(
            ASKS,
            r"(?i)\b(?:đề nghị|yêu cầu|giao|phân công)(?: cho)?(?P<to> |:)"
        );
        pattern!(
            CONTENT,
            r"(?i)(?:(?:báo cáo|đánh giá|nêu|làm rõ|phản ánh|trao đổi|thông tin|trả lời|kiểm điểm|nhận xét)[^.;:]{0,60}(?:nội dung|vấn đề|điểm|thông tin|số liệu|câu hỏi|mặt)[^.;:]{0,40}|(?:gồm|nêu|làm rõ|nêu rõ|về|thể hiện|thể hiện được|tập trung vào)(?: các| những| một số)?(?: nội dung| điểm)?(?: sau)?) ?:$"
        );
        let text = passage.text();
        for found in ASKS.find_iter(text) {
            if found.as_str().ends_with(':') {
                let to_all = found.end() == text.len() && !self.context.addressees.is_empty();
                return to_all.then(|| Actor {
                    who: self.context.addressees.clone(),
                    start: None,
                });
            }
            // What is asked stands in the same sentence, down to the colon; below it may stand what is to be told.
            if !CONTENT.is_match(text)
                && text.trim_end().ends_with(':')
                && let Some((list, end)) = list_at(text, found.end())
                && !text[end..].contains(". ")
            {
                return Some(self.actor(passage, list, None));
            }
        }
        None
    }

    pub fn actor(&self, passage: &Passage, list: Vec<Range<usize>>, start: Option<usize>) -> Actor {
        let who = named(passage, list);
        let all = !self.context.addressees.is_empty()
            && who.iter().all(|(body, _)| means_addressees(body));
        Actor {
            who: if all {
                self.context.addressees.clone()
            } else {
                who
            },
            start,
        }
    }
}

/// Bodies before the colon of a paragraph ("Sở Văn hóa; Báo Bình Minh: …"), and where the words after it begin.
pub(super) fn headed(passage: &Passage, node: &Node) -> Option<(Who, usize)> {
    let text = passage.text();
    let colon = node.body + text[node.body..].find(": ")?;
    if text[node.body..colon].chars().count() > 240 {
        return None;
    }
    Some((actors_between(passage, node.body..colon)?, colon + 2))
}

/// Whether the words before a colon only say what follows: "Đối tượng báo cáo", "Bổ sung nhiệm vụ".
pub(super) fn is_label(head: &str) -> bool {
    pattern!(
        LABEL,
        r"^(?i:đối tượng|đơn vị|cơ quan|thời gian|thời hạn|hạn|nội dung|hình thức|phạm vi|địa điểm|thành phần|kỳ|tần suất|phương thức|nhiệm vụ|bổ sung|tiến độ|yêu cầu|tên|nơi nhận|báo cáo (?:tháng|quý|năm|tuần|6 tháng|06 tháng|sáu tháng|9 tháng|09 tháng|đột xuất|định kỳ|chuyên đề|nhanh)|về|đối với (?:báo cáo|cấp)|cấp)\b"
    );
    LABEL.is_match(head)
}
