//! The parts of a name that say which of the bodies of one kind it is: number, level, place.

use super::begins::begins;
use super::fields::{Token, field, plain};
use super::heads::{head, level};
use super::name::{NameReader, is_second};
use crate::plan::passage::pattern;
use crate::plan::verbs::begins_with_verb;

impl NameReader<'_> {
    /// "số 2", "IV", "867", "PC06".
    pub fn number(&mut self, start: usize) -> bool {
        pattern!(
            NUMBER,
            r"^(?:(?:số|khu vực|liên|khóa|khoá) )?(?:\d{1,4}|[IVX]{1,4}|\p{Lu}{1,3}\d{1,3})(?:[^\p{L}\p{N}/]|$)"
        );
        let Some(found) = NUMBER.find(&self.text[start..]) else {
            return false;
        };
        let after = &self.text[start + found.len()..];
        // "Phòng 3 tháng một lần": a number of something else.
        let after_level = ["cơ sở", "khu vực", "thôn", "ấp", "khu phố", "phố"]
            .iter()
            .any(|level| self.text[..self.end].ends_with(level));
        if !self.bare && !after_level && found.as_str().starts_with(char::is_numeric) {
            return false;
        }
        if after.starts_with(|c: char| c.is_numeric()) {
            return false;
        }
        let words = found
            .as_str()
            .trim_end_matches(|c: char| !c.is_alphanumeric());
        self.take(start + words.len());
        self.whole = true;
        true
    }

    /// "tỉnh", "huyện Sơn Bình", "các huyện, thành phố", "Trung ương".
    pub fn place_or_level(&mut self, start: usize) -> bool {
        if let Some(rest) = self.text[start..].strip_prefix("các ") {
            let first = self.text.len() - rest.len();
            let Some(end) = level(self.text, first) else {
                return false;
            };
            self.many = true;
            self.take(end);
            self.placed = true;
            self.more_levels();
            self.place();
            self.more_places();
            return true;
        }
        let Some(end) = level(self.text, start) else {
            return false;
        };
        if self.placed {
            return false;
        }
        self.take(end);
        self.whole = true;
        self.placed = true;
        match plain(&self.text[start..end]).as_str() {
            "trung ương" if self.centre() => return true,
            // "Công đoàn cơ sở Cục Thống kê".
            "cơ sở" if self.text[end..].starts_with(' ') && self.body_of_base() => return true,
            _ => {}
        }
        self.more_levels();
        self.place();
        true
    }

    fn body_of_base(&mut self) -> bool {
        let start = self.end + 1;
        self.text[start..].starts_with(char::is_uppercase) && self.body_above(start)
    }

    /// "Trung ương Hội Nông dân Việt Nam", "Trung ương Đảng".
    fn centre(&mut self) -> bool {
        let Some(next) = self.next().filter(|next| next.range.start == self.end + 1) else {
            return false;
        };
        match next.text(self.text) {
            "Hội" | "Đoàn" | "Mặt" => self.body_above(next.range.start),
            "Đảng" => {
                self.end = next.range.end;
                true
            }
            _ => false,
        }
    }

    /// ", thị xã, thành phố" after "các huyện".
    fn more_levels(&mut self) {
        pattern!(JOINT, r"^(?:, | và )(?:các )?");
        while let Some(joint) = JOINT.find(&self.text[self.end..]) {
            let start = self.end + joint.len();
            let Some(end) = level(self.text, start) else {
                return;
            };
            let next = Token::at(self.text, end).filter(|next| next.range.start == end + 1);
            if next.is_some_and(|next| self.is_place(&next)) {
                return;
            }
            self.end = end;
        }
    }

    /// ", Krông Mây và Tây Lĩnh" after "các huyện Ea Nông".
    fn more_places(&mut self) {
        pattern!(JOINT, r"^(?:, | và )");
        while self.text[..self.end].ends_with(char::is_alphanumeric)
            && let Some(joint) = JOINT.find(&self.text[self.end..])
            && let Some(next) = Token::at(self.text, self.end + joint.len())
            && next.word
            && level(self.text, next.range.start).is_none()
            && self.is_place(&next)
            && !begins(&self.text[next.range.start..])
        {
            self.end = next.range.end;
            self.more_of_place();
        }
    }

    /// The proper name after a level: capitals only.
    pub fn place(&mut self) {
        let first = Token::at(self.text, self.end)
            .filter(|next| next.word && next.range.start == self.end + 1);
        if let Some(first) = first.filter(|first| self.is_place(first)) {
            self.end = first.range.end;
            self.more_of_place();
        }
    }

    fn more_of_place(&mut self) {
        for _ in 0..4 {
            let next = Token::at(self.text, self.end)
                .filter(|next| next.word && next.range.start == self.end + 1)
                .filter(|next| next.text(self.text).starts_with(char::is_uppercase));
            let Some(next) = next.filter(|next| !self.begins_body(next)) else {
                return;
            };
            self.end = next.range.end;
        }
    }

    /// Whether a proper name begins with this word, and not what a body does, on a line of its own: "phường Chỉnh
    /// trang vỉa hè", but "xã Ngũ gửi báo cáo".
    fn is_place(&self, word: &Token) -> bool {
        let rest = &self.text[word.range.start..];
        let follows = self.text[word.range.end..].trim_start();
        let does = follows.starts_with(char::is_lowercase)
            && (begins_with_verb(rest) || is_second(follows) && !begins_with_verb(follows));
        rest.starts_with(char::is_uppercase) && !does && !self.begins_body(word)
    }

    pub fn begins_body(&self, word: &Token) -> bool {
        let lower_follows = self.text[word.range.end..]
            .strip_prefix(' ')
            .is_some_and(|after| after.starts_with(char::is_lowercase));
        head(self.text, word.range.start).is_some_and(|head| {
            head.end > word.range.end || lower_follows || field(self.text, word.range.end).is_some()
        })
    }
}
