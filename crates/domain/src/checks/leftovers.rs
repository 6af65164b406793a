//! Leftovers of the template: places to fill in, and guidance that was copied instead of answered.

use super::codes::Code;
use super::dossier::{Dossier, Placed};
use super::finding::Finding;
use super::pattern;
use crate::text::fold;
use std::collections::HashSet;

// Dots for a number, a date or a name; square brackets that tell somebody to write; x's; words of the typist.
pattern!(
    PLACEHOLDER,
    r"(?xi)
      \.{2,}\ ?/\ ?\.{2,}(?:\ ?/\ ?(?:\.{2,}|20\.{1,3}|\d{4}|20…))?
    | …\ ?/\ ?…(?:\ ?/\ ?(?:…|20…|\d{4}))?
    | \.{5,}
    | …{2,}
    | _{3,}
    | (?:ngày|tháng|năm|số|khoảng|được|đạt|có|là|gồm)\ (?:\.{3,}|…+\.*)(?:\ |$)
    | (?:\.{3,}|…+\.*)\ (?:%|người|hộ|triệu|đồng|hồ\ sơ|lượt|nhà|căn|cuộc|tháng|năm|văn\ bản|hội\ nghị)
    | \[\ ?(?:điền|ghi|nhập|bổ\ sung|nêu|tên|số|họ|ngày|đơn\ vị|chưa\ có|cần|xem\ lại|kiểm\ tra)[^\]]*\]
    | \[\ ?(?:…|\.{2,}|\ )\ ?\]
    | <\ ?(?:điền|ghi|nhập|tên|số|họ|ngày)[^>]*>
    | \((?:ghi\ rõ|nêu\ cụ\ thể|điền\ vào|chèn|bổ\ sung\ sau|cập\ nhật\ sau)[^)]*\)
    | \{\{?[\p{L}\d_.\ +@%]+\}\}?
    | lorem\ ipsum
    "
);
// In capitals or alone: "xxx" and "XX" are nobody's words; "XX" alone may be the twentieth century or congress.
pattern!(
    CROSSES,
    r"\b(?:x{3,}|X{4,}|x{2,}(?:/x{2,})+)\b|\bxx%|\bTBD\b|\bTODO\b|\?{3,}"
);
pattern!(WORDS, r"[\p{L}\d]+");
pattern!(REPORTED, r"(?i)“[^”]*$");

/// Longest words in brackets that ask to be replaced, in characters: a count in the pattern would make it a big one.
const LONGEST: usize = 72;
/// A guidance sentence this long is not written by chance.
const GUIDANCE_WORDS: usize = 7;

pub(super) fn check(dossier: &Dossier, lines: &[Placed<'_>]) -> Vec<Finding> {
    let mut found: Vec<Finding> = lines.iter().flat_map(placeholders).collect();
    let guidance: HashSet<String> = dossier
        .parts
        .iter()
        .flat_map(|part| part.section.guidance.split(['.', ';', '\n']))
        .map(key)
        .filter(|sentence| sentence.split(' ').count() >= GUIDANCE_WORDS)
        .collect();
    found.extend(lines.iter().flat_map(|line| copied(line, &guidance)));
    found
}

fn placeholders<'a>(line: &'a Placed<'a>) -> impl Iterator<Item = Finding> + 'a {
    let text = line.text();
    let is_contents =
        text.trim_end().ends_with(|c: char| c.is_ascii_digit()) && text.contains("......");
    let may_cross = ["xx", "XX", "TBD", "TOD", "???"]
        .iter()
        .any(|sign| text.contains(sign));
    PLACEHOLDER
        .find_iter(text)
        .chain(CROSSES.find_iter(if may_cross { text } else { "" }))
        .filter(|found| {
            let words = found.as_str();
            !words.starts_with(['[', '<', '(', '{']) || words.chars().count() <= LONGEST
        })
        .filter(move |found| !is_contents && !REPORTED.is_match(&text[..found.start()]))
        .map(|found| {
            let words = found.as_str().trim();
            Finding::new(
                Code::Placeholder,
                line.place(found.start()..found.start() + found.as_str().trim_end().len()),
                format!("Còn chỗ chờ điền: “{words}”."),
                format!("A place is still to be filled in: “{words}”."),
            )
        })
}

/// The words of a sentence, folded, without marks.
fn key(sentence: &str) -> String {
    let folded = fold(sentence);
    let words: Vec<&str> = WORDS.find_iter(&folded).map(|word| word.as_str()).collect();
    words.join(" ")
}

fn copied(line: &Placed<'_>, guidance: &HashSet<String>) -> Vec<Finding> {
    if guidance.is_empty() {
        return Vec::new();
    }
    line.sentences()
        .iter()
        .filter(|range| guidance.contains(&key(&line.text()[(*range).clone()])))
        .map(|range| {
            let words = line.text()[range.clone()].trim();
            Finding::new(
                Code::GuidanceCopied,
                line.place(range.clone()),
                format!("Câu “{words}” là lời hướng dẫn của đề cương."),
                format!("“{words}” is guidance of the outline."),
            )
        })
        .collect()
}
