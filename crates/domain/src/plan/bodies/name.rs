//! The grammar of one name: head noun, field of work, body above it, level, place or number.
//!
//! "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh Lam Thủy" is one name because each of its parts
//! can follow the one before. What is read here stays together, whatever verbs its syllables are elsewhere; what
//! follows is left to the clause.

use super::begins::begins;
use super::fields::{Token, field};
use super::heads::{Head, head, level};
use crate::plan::passage::pattern;
use crate::plan::verbs::{begins_with_verb, is_predicate};

// Verbs of two syllables, which are no half of a compound.
pattern!(
    VERB,
    r"^(?:báo cáo|chủ trì|chủ động|phối hợp|tham mưu|thực hiện|triển khai|hoàn thành|tổ chức|xây dựng|tổng hợp|hướng dẫn|rà soát|theo dõi|đôn đốc|tiếp tục|khẩn trương|tham gia|chuẩn bị|bố trí|cung cấp|đánh giá|tiến hành|thông báo|chỉ đạo|cập nhật|thẩm định|phân công|ban hành|đề xuất|chịu trách|thanh tra|thống kê)\b"
);

/// How far a name is certain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Name {
    /// Nothing before this byte ends the name.
    pub end: usize,
    /// Its level, place or number was named: what goes on in lower case is no part of it.
    pub whole: bool,
    /// It stands for several bodies.
    pub many: bool,
    /// Its last part is one that the table of fields holds: a word that no name holds ends it.
    pub known: bool,
    /// It ends in a proper name.
    pub proper: bool,
    /// What follows it begins with a capital and belongs to no name: "UBND các xã Vận động nhân dân".
    pub over: bool,
}

// Words before the head noun.
pattern!(
    DETERMINER,
    r"^(?i:(?:(?P<many>các|những|mỗi|từng|mọi|toàn thể|tất cả|cả|\d{1,3}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|tập thể|đồng chí|đ/c|quý|(?:ông|bà|thầy|cô|anh|chị)(?: ?(?:/ ?|, ?|\() ?(?:bà|chị|cô)\)?)?) +)+"
);

/// Reads the name that begins at `from`, as far as its parts are known or of a known form.
pub(super) fn name(text: &str, from: usize) -> Name {
    let mut reader = NameReader {
        text,
        end: from,
        many: false,
        whole: false,
        placed: false,
        proper: false,
        bare: true,
        person: false,
        at_work: false,
        steers: false,
        known: false,
        alone: false,
        free: false,
        over: false,
    };
    reader.read(from);
    Name {
        end: reader.end,
        whole: reader.whole && !reader.many,
        many: reader.many,
        known: reader.known,
        proper: reader.proper,
        over: reader.over,
    }
}

pub(super) struct NameReader<'a> {
    pub text: &'a str,
    pub end: usize,
    /// Several bodies under one head noun, which anything may mark out.
    pub many: bool,
    pub whole: bool,
    pub placed: bool,
    /// The last word is of a proper name: "Hoành" in "Hoành Sơn".
    pub proper: bool,
    /// Nothing stands after the head noun yet.
    pub bare: bool,
    person: bool,
    at_work: bool,
    steers: bool,
    known: bool,
    alone: bool,
    free: bool,
    over: bool,
}

impl NameReader<'_> {
    fn read(&mut self, from: usize) {
        let mut at = from;
        if let Some(determiner) = DETERMINER.captures(&self.text[at..]) {
            self.many = determiner.name("many").is_some();
            at += determiner.get(0).map_or(0, |whole| whole.end());
        }
        // "các đồng chí báo cáo": what begins like a head noun may begin a verb.
        let Some(first) = head(self.text, at).filter(|_| !is_verb(&self.text[at..])) else {
            return;
        };
        self.take_head(&first);
        while self.part() {}
    }

    /// Takes the next part of the name, if one follows.
    fn part(&mut self) -> bool {
        let Some(next) = self.next() else {
            return false;
        };
        let word = next.text(self.text);
        if !next.word {
            return self.joined(&next);
        }
        let start = next.range.start;
        if start != self.end + 1 {
            return false;
        }
        if self.number(start) || self.place_or_level(start) || self.tail(start) {
            return true;
        }
        if word == "về" && !self.bare && self.theme(start) {
            return true;
        }
        let capital = word.starts_with(char::is_uppercase);
        if capital && self.begins_sentence(&next) {
            self.over = true;
            return false;
        }
        if self.whole {
            return self.theme(start);
        }
        if capital {
            return self.body_above(start) || self.known_field(start) || self.unknown_field(&next);
        }
        let above = self.person || word == "các";
        if above && self.bare && self.body_above(start) {
            return true;
        }
        if word == "và" && !self.bare {
            return self.joined(&next);
        }
        self.known_field_in_lower_case(start) || self.leads_to_place(start)
    }

    /// Whether the capital after a name that needs no more begins what the body does, as in lines without a mark between.
    fn begins_sentence(&self, first: &Token) -> bool {
        let rest = &self.text[first.range.start..];
        let compound = self.text[first.range.end..]
            .strip_prefix(' ')
            .is_some_and(|next| next.starts_with(char::is_lowercase) && !next.starts_with("số "));
        if compound && (self.whole || self.placed) {
            return true;
        }
        if !compound || head(self.text, first.range.start).is_some() {
            return false;
        }
        let does = begins_with_verb(rest) || VERB.is_match(&rest.to_lowercase());
        let is_field = field(self.text, first.range.start).is_some();
        self.bare && self.alone && does && !is_field || self.known && (does || !is_field)
    }

    pub fn next(&self) -> Option<Token> {
        Token::at(self.text, self.end)
    }

    pub fn take(&mut self, end: usize) -> bool {
        self.end = end;
        self.bare = false;
        self.proper = false;
        self.known = false;
        true
    }

    fn take_known(&mut self, end: usize) -> bool {
        self.take(end);
        self.known = !self.free;
        true
    }

    fn take_head(&mut self, head: &Head) {
        self.end = head.end;
        self.bare = true;
        self.whole = false;
        self.placed = false;
        self.proper = false;
        self.person = head.person;
        self.at_work = head.at_work;
        self.steers = head.steers;
        self.alone = head.alone;
        self.free = head.free;
        self.known = false;
    }

    /// The body that the one before belongs to: "Văn phòng Ban Dân vận Trung ương".
    pub fn body_above(&mut self, start: usize) -> bool {
        let many = self.text[start..].starts_with("các ");
        let start = if many { start + "các ".len() } else { start };
        if !many && self.person && !self.bare && !self.text[start..].starts_with(char::is_uppercase)
        {
            return false;
        }
        let Some(above) = head(self.text, start) else {
            return false;
        };
        // "Tổng Giám đốc báo cáo": what begins like a head noun may be none.
        let lower = self.text[start..].starts_with(char::is_lowercase);
        if lower && !begins(&self.text[start - if many { "các ".len() } else { 0 }..]) {
            return false;
        }
        // "Phòng Thanh tra thuế": the field is longer than the head noun it begins with.
        if !self.whole && field(self.text, start).is_some_and(|field| field > above.end) {
            return false;
        }
        self.many |= many;
        self.take_head(&above);
        true
    }

    fn known_field(&mut self, start: usize) -> bool {
        let Some(longest) = field(self.text, start) else {
            return false;
        };
        // "Phòng Kế hoạch tổng hợp số liệu": the longer field ends in what the body of the shorter one does.
        let shorter = shorter_field(self.text, start, longest);
        self.take_known(match shorter {
            Some(shorter) if takes_object(&self.text[longest..]) => shorter,
            _ => longest,
        })
    }

    /// A field in lower case: "Ban chỉ huy quân sự", "Hải quan cửa khẩu". Where its words may as well say what the
    /// body does, the rest of the clause decides: after the name must follow what it does.
    fn known_field_in_lower_case(&mut self, start: usize) -> bool {
        let Some(end) = field(self.text, start) else {
            return false;
        };
        let rest = &self.text[start..];
        let follows = self.text[end..].trim_start();
        if !(begins_with_verb(rest) || VERB.is_match(rest)) {
            // "… Đông Khê tuyển sinh": after a field another one has to lead on to the place or to what is done.
            let leads_on = self.bare
                || rest.starts_with("các ")
                || begins_with_verb(follows)
                || level(follows, 0).is_some()
                || follows.starts_with(char::is_uppercase) && head(follows, 0).is_none();
            return leads_on && self.take_known(end);
        }
        // "Câu lạc bộ Nông dân bảo vệ môi trường theo dõi": of two verbs side by side the first is of the name.
        let second = !self.bare
            && self.text[start..end].split(' ').count() > 2
            && (begins_with_verb(follows) || follows.starts_with(':'));
        let named = self.at_work && (self.bare && self.acts(end) || second);
        named && self.take_known(end)
    }

    /// Whether after `end` comes what a body does, or what only follows a name.
    fn acts(&self, end: usize) -> bool {
        let rest = self.text[end..].trim_start();
        match Token::at(self.text, end) {
            None => true,
            Some(next) if !next.word => {
                let mark = next.text(self.text);
                matches!(mark, ":" | ";" | "." | ")" | "(") || self.free && mark == ","
            }
            Some(next) => {
                level(self.text, next.range.start).is_some()
                    || rest.starts_with("số ")
                    || !takes_object(&self.text[end..])
                    || rest.starts_with(char::is_lowercase) && is_predicate(rest)
            }
        }
    }

    /// A field that no table holds: a capital takes the syllable in lower case with it ("Chăn nuôi"), in a proper name
    /// every syllable has one.
    fn unknown_field(&mut self, first: &Token) -> bool {
        let word = first.text(self.text);
        let letters = word.chars().count();
        let short_form = letters > 1 && !word.chars().any(char::is_lowercase);
        let second = Token::at(self.text, first.range.end)
            .filter(|second| second.word && second.range.start == first.range.end + 1)
            .map(|second| (second.range.clone(), second.text(self.text)));
        let proper = self.proper;
        self.take(first.range.end);
        let Some((range, second)) = second else {
            self.proper = proper;
            return true;
        };
        self.proper = proper || second.starts_with(char::is_uppercase);
        if second.starts_with(char::is_uppercase) {
            return true;
        }
        if !proper && !short_form && is_second(&self.text[range.start..]) {
            self.end = range.end;
        }
        true
    }

    /// What a steering body is for, after its level: "Ban Chỉ đạo tỉnh về chuyển đổi số".
    fn theme(&mut self, start: usize) -> bool {
        let about = self.text[start..].strip_prefix("về ");
        let start = about.map_or(start, |rest| self.text.len() - rest.len());
        let rest = &self.text[start..];
        let free = about.is_some() || !(begins_with_verb(rest) || VERB.is_match(rest));
        self.steers && free && self.known_field(start)
    }

    /// What only follows a name that is whole without it.
    fn tail(&mut self, start: usize) -> bool {
        pattern!(
            TAIL,
            r"^(?:(?:có )?liên quan|cùng cấp|ở (?:khu dân cư|cơ sở|thôn|xã|địa phương)|(?P<area>(?:khu vực )?(?:phía|miền) \p{Lu}\p{Ll}*(?: \p{Lu}\p{Ll}*)*)|trên địa bàn|được giao (?:chủ trì(?: thực hiện)?|nhiệm vụ)|trực thuộc|thuộc (?:tỉnh|huyện|xã|thành phố)|(?P<seat>tại \p{Lu})|(?:của|thuộc) (?P<above>(?:các )?\p{Lu}))"
        );
        let Some(found) = TAIL.captures(&self.text[start..]) else {
            return false;
        };
        if let Some(area) = found.name("area") {
            self.take(start + area.end());
            self.whole = true;
            return true;
        }
        // "Tòa án nhân dân cấp cao tại Đà Nẵng".
        if found.name("seat").is_some() {
            let seated = ["cấp cao", "đại diện", "thường trực"]
                .iter()
                .any(|word| self.text[..self.end].ends_with(word));
            if seated && !self.placed {
                self.take(start + "tại".len());
                self.whole = true;
                self.placed = true;
                self.place();
            }
            return seated;
        }
        if let Some(above) = found.name("above") {
            return self.body_above(start + above.start());
        }
        let words = found.get(0).map_or("", |whole| whole.as_str());
        // "các đơn vị được giao nhiệm vụ tại …" goes on; "được giao nhiệm vụ quản lý" says what for.
        let end = start + words.len();
        if words == "trực thuộc" || words == "trên địa bàn" {
            let more = Token::at(self.text, end).filter(|next| next.word);
            let above = more
                .as_ref()
                .map(|next| next.range.start)
                .filter(|next| words == "trực thuộc" && head(self.text, *next).is_some());
            if let Some(above) = above {
                self.take(end);
                let _ = self.body_above(above);
                return true;
            }
            let more = more.and_then(|next| level(self.text, next.range.start));
            self.take(more.unwrap_or(end));
            self.whole = true;
            self.place();
            return true;
        }
        self.take(end)
    }

    /// ", Xyz", " và Xyz", " - Xyz": the field goes on when no other body begins there.
    fn joined(&mut self, mark: &Token) -> bool {
        let joint = mark.text(self.text);
        let dash = matches!(joint, "-" | "–" | "&" | "/");
        if !dash && !matches!(joint, "," | "và") || self.bare || self.whole || self.placed {
            return false;
        }
        let Some(next) = Token::at(self.text, mark.range.end).filter(|next| next.word) else {
            return false;
        };
        let start = next.range.start;
        if !self.text[start..].starts_with(char::is_uppercase) {
            return false;
        }
        let tight = dash && start == mark.range.end && mark.range.start == self.end;
        if !tight && (head(self.text, start).is_some() && field(self.text, start).is_none()) {
            return false;
        }
        if !dash && (begins(&self.text[start..]) || level(self.text, start).is_some()) {
            return false;
        }
        let before = self.end;
        if !(self.known_field(start) || self.unknown_field(&next)) {
            return false;
        }
        // A name broken off for another sentence: "Sở Nội vụ, Đồng thời".
        if joint == ","
            && is_predicate(&self.text[start..])
            && begins_with_verb(&self.text[start..])
            && field(self.text, start).is_none()
        {
            self.end = before;
            return false;
        }
        true
    }

    /// "nước sạch Thanh Lâm", "đô thị Hoành Sơn", "hạ tầng cụm công nghiệp huyện": words in lower case that end in a
    /// place or level before which nothing is done.
    fn leads_to_place(&mut self, start: usize) -> bool {
        if self.bare && !self.free || self.many {
            return false;
        }
        let mut at = start;
        for _ in 0..6 {
            let Some(word) = Token::at(self.text, at).filter(|word| word.word) else {
                return false;
            };
            let here = &self.text[word.range.start..];
            if !here.starts_with(char::is_lowercase) || !is_second(here) || begins_with_verb(here) {
                return false;
            }
            let Some(next) = Token::at(self.text, word.range.end)
                .filter(|next| next.word && next.range.start == word.range.end + 1)
            else {
                return false;
            };
            let capital = next.text(self.text).starts_with(char::is_uppercase);
            if capital && self.begins_body(&next) {
                return false;
            }
            if capital || level(self.text, next.range.start).is_some() {
                let mut longer = NameReader {
                    end: word.range.end,
                    ..*self
                };
                if capital {
                    longer.place();
                    longer.whole = true;
                } else {
                    longer.place_or_level(next.range.start);
                }
                if longer.end > next.range.start && longer.acts(longer.end) {
                    self.end = longer.end;
                    self.whole = true;
                    return true;
                }
                return false;
            }
            at = word.range.end;
        }
        false
    }
}

/// Whether the words name several bodies by their determiner.
pub(super) fn is_plural(words: &str) -> bool {
    DETERMINER
        .captures(words)
        .is_some_and(|determiner| determiner.name("many").is_some())
}

/// "báo cáo", "tổ chức", "đoàn kết": verbs whose first syllable is a head noun.
fn is_verb(rest: &str) -> bool {
    rest.starts_with(char::is_lowercase) && begins_with_verb(rest)
}

/// Where a field ends that begins like the longer one and goes on with a verb: "Kế hoạch" of "Kế hoạch tổng hợp".
fn shorter_field(text: &str, start: usize, longest: usize) -> Option<usize> {
    if text[start..longest].split(' ').count() > 4 {
        return None;
    }
    let last = text[start..longest]
        .match_indices(' ')
        .map(|(at, _)| start + at)
        .rev()
        .nth(1)?;
    let rest = &text[last + 1..longest];
    pattern!(
        WORK,
        r"^(?:tổng hợp|quản trị|quản lý|kiểm tra|giám sát|đào tạo|xây dựng|thẩm định|tuyên truyền|hướng dẫn|nghiên cứu)$"
    );
    let verb = WORK.is_match(rest);
    (verb && field(&text[..last], start) == Some(last)).then_some(last)
}

/// Whether `rest`, after a word that may be a verb, goes on as its object would.
fn takes_object(rest: &str) -> bool {
    pattern!(
        NO_OBJECT,
        r"^ ?(?:[^\p{L}\p{N} ]|$|(?:trước|chậm|muộn|để|khi|từ|trong|theo|vào|qua|về|với|tại|cho|do|sẽ|đã|đang|chưa|của|và|thuộc|tỉnh|huyện|xã|phường|thành phố|phải|cần|có|là)\b)"
    );
    !NO_OBJECT.is_match(rest) && !begins_with_verb(rest.trim_start())
}

/// Whether the syllable that `rest` begins with can be the second of a compound after a capital.
pub(super) fn is_second(rest: &str) -> bool {
    const NEVER: [&str; 48] = [
        "của", "và", "với", "cho", "trong", "theo", "về", "tại", "từ", "đến", "do", "để", "vào",
        "qua", "bằng", "như", "nếu", "khi", "sau", "trước", "là", "được", "bị", "đã", "đang", "sẽ",
        "chưa", "không", "phải", "cần", "nên", "có", "gửi", "nộp", "lập", "các", "những", "mỗi",
        "trên", "cùng", "cũng", "đều", "thì", "hoặc", "này", "nêu", "nay", "còn",
    ];
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    word.starts_with(char::is_lowercase)
        && level(rest, 0).is_none()
        && !NEVER.contains(&word)
        && !VERB.is_match(rest)
}
