//! The plan as one value: what is printed by `plan read --json`, edited on the page and stored once confirmed.
//!
//! Serialises to exactly the object of the product design, in its key order. `None` always means "the document does
//! not state it".

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything that a plan says about a reporting campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The subject line (trích yếu), without the word for the type: "sơ kết 05 năm thực hiện …".
    pub title: Option<String>,
    /// The type word in lower case: "kế hoạch", "công văn", "hướng dẫn".
    pub kind: Option<String>,
    /// Number and symbol without the word "Số", e.g. `12-KH/TU`.
    pub number: Option<String>,
    /// Date of issue.
    pub date: Option<Date>,
    /// The issuing body as written in the head, or as the preamble names it when the head is missing.
    pub issuer: Option<String>,
    /// Instruments that the plan rests on.
    pub legal_basis: Vec<Instrument>,
    /// Instruments whose implementation is reviewed.
    pub instruments_under_review: Vec<Instrument>,
    /// Purposes and requirements, one paragraph each, without their labels.
    pub purposes: Vec<String>,
    /// The months that the reports cover.
    pub period: Option<Period>,
    /// Levels that report or receive reports, from the lowest up.
    pub levels: Vec<Level>,
    /// Every duty that the plan gives somebody, in the order of the text.
    pub assignments: Vec<Duty>,
    /// Bodies that lead the carrying out of the plan.
    pub lead: Vec<String>,
    /// Bodies that work with the lead.
    pub coordinate: Vec<String>,
    /// "Nơi nhận", line by line, without dashes and end marks; the last line is usually the file copy ("Lưu …").
    pub recipients: Vec<String>,
    pub signer: Signer,
    /// Whether the text says that an outline is attached.
    pub outline_attached: bool,
    /// The outline when it stands in the same file.
    pub outline: Option<Outline>,
    pub findings: Vec<Finding>,
}

/// A document cited by the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// Number and symbol, e.g. `14-CT/TW`; `None` for acts cited by name alone.
    pub number: Option<String>,
    pub date: Option<Date>,
    pub issuer: Option<String>,
    /// What it is about, without "về": "công tác năm 2022".
    pub title: Option<String>,
}

/// A calendar month, written `2017-07`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct YearMonth {
    year: i16,
    month: i8,
}

/// Text or numbers that are no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month: write it as YYYY-MM, for example 2017-07")]
pub struct YearMonthError(String);

impl YearMonth {
    /// # Errors
    /// When `month` is not 1 to 12 or `year` not 1900 to 2200.
    pub fn new(year: i16, month: i8) -> Result<Self, YearMonthError> {
        if (1900..=2200).contains(&year) && (1..=12).contains(&month) {
            Ok(YearMonth { year, month })
        } else {
            Err(YearMonthError(format!("{year}-{month}")))
        }
    }

    pub fn year(self) -> i16 {
        self.year
    }

    /// 1 to 12.
    pub fn month(self) -> i8 {
        self.month
    }

    /// Months since year 0, for counting distances.
    pub fn ordinal(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month) - 1
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for YearMonth {
    type Err = YearMonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || YearMonthError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(error)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(error());
        }
        let year = year.parse().map_err(|_| error())?;
        let month = month.parse().map_err(|_| error())?;
        YearMonth::new(year, month).map_err(|_| error())
    }
}

impl TryFrom<String> for YearMonth {
    type Error = YearMonthError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<YearMonth> for String {
    fn from(month: YearMonth) -> String {
        month.to_string()
    }
}

/// From the first day of `from` to the last day of `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub from: YearMonth,
    pub to: YearMonth,
}

/// A level of the Party or State organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Grassroots,
    District,
    Province,
    Central,
}

/// What kind of duty it is; only reports become report assignments of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    Report,
    Task,
    Event,
}

/// One duty that the plan gives to one or more bodies on the same terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The bodies as written; empty when the text does not say who.
    pub who: Vec<String>,
    pub duty: DutyKind,
    /// What is to be delivered or done, as written.
    pub deliverable: Option<String>,
    /// The addressee of a report.
    pub to: Option<String>,
    /// The body through which it travels to the addressee.
    pub via: Option<String>,
    /// The collective that adopts it before it is sent.
    pub adopted_by: Option<String>,
    /// The day the text names; a month, quarter or half-year gives its last day.
    pub due: Option<Date>,
    /// Whether the named day still counts as in time; `None` without a due date.
    pub due_inclusive: Option<bool>,
    /// Who sets the due date when the plan leaves it to somebody.
    pub due_set_by: Option<String>,
    /// Absent from the labels that readings are measured by.
    #[serde(default)]
    pub source: Source,
}

/// The words something was read from, with their place in characters of the NFC text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub text: String,
    pub start: usize,
    pub end: usize,
}

/// The signature block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// e.g. `T/M BAN THƯỜNG VỤ`; `None` when the head signs in their own right.
    pub authority: Option<String>,
    /// e.g. `PHÓ BÍ THƯ`.
    pub title: Option<String>,
    pub name: Option<String>,
}

/// The outline (đề cương) of the reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    pub sections: Vec<OutlineSection>,
    pub indicators: Vec<Indicator>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineSection {
    /// The label as written, without its end mark: `I`, `1`, `3.1`, `a`.
    pub number: Option<String>,
    pub title: String,
    /// 1 for the top of the ladder.
    pub level: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    pub name: String,
    pub unit: Option<String>,
}

/// Something a person has to look at: a gap, a contradiction, a doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub kind: FindingKind,
    /// Vietnamese: what, where, what to do. Absent from labels, like the places.
    #[serde(default)]
    pub message: String,
    /// First character it is about; a finding about the whole document points at its title or beginning.
    #[serde(default)]
    pub start: usize,
    /// One past the last character.
    #[serde(default)]
    pub end: usize,
}

/// The kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Two statements of the document exclude each other.
    Contradiction,
    /// A day that no calendar has (31/9).
    ImpossibleDate,
    /// A day and month without a year.
    MissingYear,
    /// A report without a due date and without somebody who sets it.
    NoDeadline,
    /// A due date that runs from an event whose date is not in the document.
    RelativeDeadline,
    /// A due date that returns every month, quarter or year.
    RecurringDeadline,
    /// A due date in words that fix no day ("đầu tháng 9").
    VagueDeadline,
    /// The outline is said to be attached and is not in the file.
    OutlineMissing,
    /// An appendix or form is said to be attached and is not in the file.
    AttachmentMissing,
    LegacyEncoding,
    DecomposedUnicode,
    /// Something in the file is no part of what was read: comments, macros, linked pictures, further attachments.
    LeftOut,
    NoReportAsked,
    AmendsOtherPlan,
    /// A report that is asked for without saying of whom.
    NoActor,
    /// The head with issuer, number, place and date is missing.
    HeadMissing,
    /// No type word was found: perhaps not a plan at all.
    NotAPlan,
    /// The years in the plan's name are not those of its period.
    PeriodMismatch,
    /// A body with a duty had ceased to exist at the plan's date.
    BodyCeased,
}
