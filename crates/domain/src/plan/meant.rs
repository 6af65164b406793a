//! Which bodies are meant where a clause names an organ, points back, or gives half a name.

use std::ops::Range;

use super::bodies::{key, list_at};
use super::duties::Who;
use super::passage::{Passage, pattern};
use super::predicate::report_at;
use super::reader::{Actor, Reader};
use crate::text::fold;

impl Reader<'_, '_> {
    /// The bodies of a clause; an organ without a name of its own ("Ban Chấp hành họp …") acts for the body above it.
    pub fn organ(
        &self,
        passage: &Passage,
        list: Vec<Range<usize>>,
        begin: usize,
        above: Option<Actor>,
    ) -> Actor {
        pattern!(
            ORGAN,
            r"^(?i:tập thể )?(?i:ban chấp hành|ban thường vụ|ban giám đốc|ban giám hiệu|thường trực|lãnh đạo|người đứng đầu|thủ trưởng|cấp ủy|chi ủy|đảng ủy|ban lãnh đạo|chi bộ)$"
        );
        // "mỗi tổ", "các đơn vị trên", "đơn vị": they point back at the bodies just named.
        pattern!(
            POINTS_BACK,
            r"^(?i:(?:mỗi|từng) \p{L}+(?: \p{L}+)?|(?:các |những |hai |ba |bốn |mỗi )?(?:đơn vị|cơ quan|địa phương|tổ chức|bên|nơi|đồng chí)(?: (?:này|trên|đó|nêu trên|nói trên|có tên(?: trên)?|mình))?)$"
        );
        match (list.as_slice(), above) {
            ([one], Some(above)) => {
                let name = &passage.text()[one.clone()];
                let here = above.start.is_some_and(|start| start < begin);
                // "Sở", "Hội" under the heading "Sở Xây dựng".
                let short = is_short_for(name, &above.who);
                if here && (ORGAN.is_match(name) || POINTS_BACK.is_match(name)) || short {
                    above
                } else {
                    self.actor(passage, list, Some(begin))
                }
            }
            _ => self.actor(passage, list, Some(begin)),
        }
    }

    /// Whether the words have other bodies do what is no report.
    pub fn has_others_do(&self, words: &str, above: Option<&Actor>) -> bool {
        pattern!(HAS, r"^(?i:yêu cầu|chỉ đạo|định hướng|vận động|lãnh đạo) ");
        let Some(has) = HAS.find(words) else {
            return false;
        };
        let Some((list, end)) = list_at(words, has.end()) else {
            return false;
        };
        let own = list
            .iter()
            .all(|body| above.is_some_and(|above| is_short_for(&words[body.clone()], &above.who)));
        !own && report_at(words, end).is_none()
    }
}

/// Whether a name of one noun stands for bodies that were named in full: "Sở" for "Sở Xây dựng", "mỗi sở" for several.
fn is_short_for(name: &str, who: &Who) -> bool {
    let folded = fold(name);
    let noun = ["cac ", "moi ", "tung ", "nhung ", "hai ", "ba ", "bon "]
        .iter()
        .find_map(|word| folded.strip_prefix(word))
        .unwrap_or(&folded);
    noun.split(' ').count() <= 2
        && !who.is_empty()
        && who.iter().all(|(body, _)| {
            let body = key(body);
            body.starts_with(&format!("{noun} ")) || body.starts_with(&format!("{noun}: "))
        })
}
