//! Format profiles: dated data, not code.

use jiff::civil::Date;
use serde::Serialize;

/// How one kind of text is set. Sizes in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Style {
    pub size_pt: u32,
    pub bold: bool,
    pub italic: bool,
    pub upper: bool,
}

const fn style(size_pt: u32, bold: bool, italic: bool, upper: bool) -> Style {
    Style {
        size_pt,
        bold,
        italic,
        upper,
    }
}

/// The two systems of bodies, each with its own rules of format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum System {
    Party,
    State,
}

/// A set of rules for the look of official documents, valid for documents dated within its interval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    pub name: &'static str,
    /// Whose documents it governs.
    pub system: System,
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
    /// Printed before the number, with the space that follows: `Số ` (Party), `Số: ` (State).
    pub number_prefix: &'static str,
    pub number: Style,
    pub place_date: Style,
    pub kind: Style,
    pub subject: Style,
    /// Five hyphens under the subject (Party) instead of a rule (State).
    pub subject_hyphens: bool,
    pub letter_subject: Style,
    pub body: Style,
    pub authority: Style,
    pub position: Style,
    pub signer: Style,
    pub recipients_label: Style,
    pub recipients_label_underlined: bool,
    pub recipients: Style,
    /// What closes each line of the recipients but the last, which a full stop closes.
    pub recipients_separator: &'static str,
    pub first_line_indent_mm: u32,
    pub space_before_pt: u32,
    /// Exact distance between lines of the body, in points.
    pub line_pt: u32,
    pub page_number_pt: u32,
    /// Text of tables; our choice, no rule prescribes it.
    pub table: Style,
    /// What closes the last paragraph of the text.
    pub end_mark: &'static str,
}

const fn date(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

/// Hướng dẫn 36-HD/VPTW (3/4/2018). Sources: its appendix as re-published for components 1 to 6 and the signature;
/// the recipients, the margins and the line are habit, ours to change when the original says otherwise.
const HD36_2018: Profile = Profile {
    name: "hd36-2018",
    system: System::Party,
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
    number_prefix: "Số ",
    number: style(14, false, false, false),
    place_date: style(14, false, true, false),
    kind: style(16, true, false, true),
    subject: style(14, true, false, false),
    subject_hyphens: true,
    letter_subject: style(12, false, true, false),
    body: style(14, false, false, false),
    authority: style(14, true, false, true),
    position: style(14, false, false, true),
    signer: style(14, true, false, false),
    recipients_label: style(14, false, false, false),
    recipients_label_underlined: true,
    recipients: style(12, false, false, false),
    recipients_separator: ",",
    first_line_indent_mm: 10,
    space_before_pt: 6,
    line_pt: 19,
    page_number_pt: 14,
    table: style(12, false, false, false),
    end_mark: "./.",
};

/// Hướng dẫn 05-HD/VPTW (27/5/2026), known only from guides for grassroots offices: the sizes of its predecessor,
/// the text closed by a plain full stop.
const HD05_2026: Profile = Profile {
    name: "hd05-2026",
    title: "Hướng dẫn 05-HD/VPTW ngày 27/5/2026",
    valid_from: date(2026, 5, 27),
    valid_to: None,
    line_pt: 18,
    end_mark: ".",
    ..HD36_2018
};

/// Nghị định 30/2020/NĐ-CP, Phụ lục I: the smallest margins and the larger sizes of its ranges.
const ND30_2020: Profile = Profile {
    name: "nd30-2020",
    system: System::State,
    title: "Nghị định 30/2020/NĐ-CP ngày 05/3/2020",
    valid_from: date(2020, 3, 5),
    valid_to: None,
    margins_mm: [20, 20, 30, 15],
    font: "Times New Roman",
    head_lines: &[
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ],
    head: style(13, true, false, false),
    parent_body: style(13, false, false, true),
    issuer: style(13, true, false, true),
    issuer_asterisk: false,
    number_prefix: "Số: ",
    number: style(13, false, false, false),
    place_date: style(13, false, true, false),
    kind: style(14, true, false, true),
    subject: style(14, true, false, false),
    subject_hyphens: false,
    letter_subject: style(12, false, false, false),
    body: style(14, false, false, false),
    authority: style(14, true, false, true),
    position: style(14, true, false, true),
    signer: style(14, true, false, false),
    recipients_label: style(12, true, true, false),
    recipients_label_underlined: false,
    recipients: style(11, false, false, false),
    recipients_separator: ";",
    first_line_indent_mm: 10,
    space_before_pt: 6,
    line_pt: 19,
    page_number_pt: 14,
    table: style(12, false, false, false),
    end_mark: "./.",
};

/// The known profiles, those of the Party from the oldest to the newest.
static PROFILES: &[Profile] = &[HD36_2018, HD05_2026, ND30_2020];

/// The Party's profile in force for a document dated `day`; the oldest one for a day before all of them.
pub fn profile_on(day: Date) -> &'static Profile {
    PROFILES
        .iter()
        .rev()
        .find(|profile| profile.system == System::Party && profile.valid_from <= day)
        .unwrap_or(&PROFILES[0])
}

/// The profile called `name`, if there is one.
pub fn profile_named(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_document_chooses_its_profile() {
        assert_eq!(profile_on(date(2017, 7, 19)).name, "hd36-2018");
        assert_eq!(profile_on(date(2022, 9, 26)).name, "hd36-2018");
        assert_eq!(profile_on(date(2026, 5, 26)).name, "hd36-2018");
        assert_eq!(profile_on(date(2026, 5, 27)).name, "hd05-2026");
        assert_eq!(profile_on(date(2030, 1, 1)).name, "hd05-2026");
    }

    #[test]
    fn a_profile_of_the_party_ends_on_the_day_before_its_successor() {
        for pair in PROFILES
            .windows(2)
            .filter(|pair| pair[1].system == System::Party)
        {
            assert_eq!(
                pair[0].valid_to.map(|end| end.tomorrow().ok()),
                Some(Some(pair[1].valid_from))
            );
        }
    }
}
