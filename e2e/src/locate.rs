//! How a person names a thing on a page, as XPath: a field by its label, a button or link by its words.
//!
//! Each function gives candidates from the most to the least exact; the first that finds something visible wins.

/// Fields to write in or choose from.
const FIELD: &str = "(self::input or self::textarea or self::select or @role='textbox')";
/// What can be clicked.
const CLICKABLE: &str =
    "(self::button or self::a or self::summary or self::label or @role='button' or @role='tab')";

/// A field by its label: `<label for>`, a label around it, or `aria-label`.
pub fn field(label: &str) -> Vec<String> {
    let words = literal(label);
    // The second form is for a label around a field whose own text or options would count as the label's.
    let exact =
        format!("normalize-space(.)={words} or normalize-space(text()[normalize-space()])={words}");
    let within = format!("contains(normalize-space(.),{words})");
    let mut candidates = Vec::new();
    for named in [exact, within] {
        candidates.push(format!("//*[@id=//label[{named}]/@for]"));
        candidates.push(format!("//label[{named}]//*[{FIELD}]"));
    }
    candidates.insert(2, format!("//*[{FIELD} and @aria-label={words}]"));
    candidates
}

/// A button, link, tab or label by its words.
pub fn clickable(text: &str) -> Vec<String> {
    let words = literal(text);
    vec![
        format!("//*[{CLICKABLE}][normalize-space(.)={words}]"),
        format!("//input[(@type='submit' or @type='button') and @value={words}]"),
        format!("//*[{CLICKABLE}][@aria-label={words}]"),
        format!("//*[{CLICKABLE}][contains(normalize-space(.),{words})]"),
    ]
}

/// Candidates that lie within the smallest row, list item, form or section that shows `place`.
pub fn within(place: &str, candidates: &[String]) -> Vec<String> {
    let shows = format!("contains(normalize-space(.),{})", literal(place));
    let part = "(self::tr or self::li or self::article or self::fieldset or self::form or self::section or self::dl)";
    let smallest = format!("//*[{part} and {shows} and not(descendant::*[{part} and {shows}])]");
    candidates
        .iter()
        .map(|candidate| format!("{smallest}{candidate}"))
        .collect()
}

/// Text as a literal of XPath 1.0, which has no escapes.
fn literal(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(",\"'\","))
}

#[cfg(test)]
mod cases {
    use super::literal;

    #[test]
    fn quotes_survive() {
        assert_eq!(literal("Số, ký hiệu"), "'Số, ký hiệu'");
        assert_eq!(literal("Ma'am"), "concat('Ma',\"'\",'am')");
    }
}
