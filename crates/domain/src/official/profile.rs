//! Format profiles: dated data, not code.

use jiff::civil::Date;

/// How one kind of text is set. Sizes in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    pub size_pt: u32,
    pub bold: bool,
    pub italic: bool,
    pub upper: bool,
}

const fn style(size_pt: u32, bold: bool, italic: bool, upper: bool) -> Style {
    Style { size_pt, bold, italic, upper }
}

/// A set of rules for the look of official documents, valid for documents dated within its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub name: &'static str,
    /// What is shown to people in a preview.
    pub title: &'static str,
    pub valid_from: Date,
    /// The last day on which it applies; `None` while it is in force.
    pub valid_to: Option<Date>,
    /// Top, bottom, left, right, in millimetres on A4 portrait.
    pub margins_mm: [u32; 4],
    pub font: &'static str,
    /// Text of the right-hand head, one line each.
    pub head_lines: &'static [&'static str],
    pub head: Style,
    pub parent_body: Style,
    pub issuer: Style,
    /// A row of asterisks under the issuer (Party) instead of a rule (State).
    pub issuer_asterisk: bool,
    pub number: Style,
    pub place_date: Style,
    pub kind: Style,
    pub subject: Style,
    pub letter_subject: Style,
    pub body: Style,
    pub authority: Style,
    pub position: Style,
    pub signer: Style,
    pub recipients_label: Style,
    pub recipients_label_underlined: bool,
    pub recipients: Style,
    pub first_line_indent_mm: u32,
    pub space_before_pt: u32,
    /// Exact distance between lines of the body, in points.
    pub line_pt: u32,
    pub page_number_pt: u32,
    /// What closes the last paragraph of the text.
    pub end_mark: &'static str,
}

const fn date(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

/// The known profiles. Sources: the appendix of Hướng dẫn 36-HD/VPTW (3/4/2018) as re-published for components 1 to 6
/// and the signature; sizes marked there as habit are ours to change when the original says otherwise.
static PROFILES: &[Profile] = &[Profile {
    name: "hd36-2018",
    title: "Hướng dẫn 36-HD/VPTW ngày 03/4/2018",
    valid_from: date(2018, 4, 3),
    valid_to: Some(date(2026, 5, 26)),
    margins_mm: [20, 20, 30, 15],
    font: "Times New Roman",
    head_lines: &["ĐẢNG CỘNG SẢN VIỆT NAM"],
    head: style(15, true, false, true),
    parent_body: style(14, false, false, true),
    issuer: style(14, true, false, true),
    issuer_asterisk: true,
    number: style(14, false, false, false),
    place_date: style(14, false, true, false),
    kind: style(16, true, false, true),
    subject: style(14, true, false, false),
    letter_subject: style(12, false, true, false),
    body: style(14, false, false, false),
    authority: style(14, true, false, true),
    position: style(14, false, false, true),
    signer: style(14, true, false, false),
    recipients_label: style(14, false, false, false),
    recipients_label_underlined: true,
    recipients: style(12, false, false, false),
    first_line_indent_mm: 10,
    space_before_pt: 6,
    line_pt: 19,
    page_number_pt: 14,
    end_mark: "./.",
}];

/// The profile in force for a document dated `day`; the newest one when none covers the day.
pub fn profile_on(day: Date) -> &'static Profile {
    PROFILES
        .iter()
        .find(|profile| profile.valid_from <= day && profile.valid_to.is_none_or(|end| day <= end))
        .unwrap_or(&PROFILES[PROFILES.len() - 1])
}

/// The profile called `name`, if there is one.
pub fn profile_named(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == name)
}
