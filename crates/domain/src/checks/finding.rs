//! What a check found: which rule, how grave, where, what is wrong, and how to mend it.

use super::codes::Code;
use crate::ids::SectionId;
use serde::Serialize;

/// How grave a finding is. None of them blocks saving; what blocks adoption is
/// [`crate::report::readiness`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Certainly wrong.
    Error,
    /// Most likely wrong: to be mended or answered.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    pub const ALL: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

    pub fn label(self) -> &'static str {
        match self {
            Level::Error => "Lỗi",
            Level::Warning => "Cảnh báo",
            Level::Note => "Lưu ý",
        }
    }

    /// The word in JSON and in style sheets.
    pub fn code(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// Where a finding stands. A finding about the report as a whole has neither section nor indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    pub section: Option<SectionId>,
    /// Number and title of the section, for people.
    pub section_name: String,
    /// Paragraph of the section, from 1.
    pub paragraph: Option<usize>,
    /// Characters of the paragraph as stored: `start..end`.
    pub start: usize,
    pub end: usize,
    /// The words that stand there.
    pub quote: String,
    /// Code of the indicator, for findings about figures.
    pub indicator: Option<String>,
    /// Key of the period: a year or `whole`.
    pub period: Option<String>,
}

/// One finding, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub code: Code,
    pub level: Level,
    pub place: Place,
    pub message_vi: String,
    pub message_en: String,
    pub remedy_vi: String,
    pub remedy_en: String,
    /// The passage that this one repeats, to be shown beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
}

/// Another text that a passage repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// Whose report, of which campaign.
    pub source: String,
    pub text: String,
    /// How much of the passage stands in the other text, per mille of its word runs.
    pub similarity: u32,
}

impl Finding {
    /// A finding of the level and with the remedy that its code has.
    pub(super) fn new(code: Code, place: Place, vi: String, en: String) -> Finding {
        Finding {
            code,
            level: code.level(),
            place,
            message_vi: vi,
            message_en: en,
            remedy_vi: code.remedy_vi().into(),
            remedy_en: code.remedy_en().into(),
            beside: None,
        }
    }

    pub(super) fn at_level(mut self, level: Level) -> Finding {
        self.level = level;
        self
    }

    /// What an answer to this finding is kept under: the same as long as the words and the message stay the same,
    /// wherever other edits move the paragraph to.
    pub fn key(&self) -> String {
        let place = &self.place;
        let section = place.section.map_or(0, |section| section.0);
        let parts = [
            self.code.as_str(),
            &section.to_string(),
            place.indicator.as_deref().unwrap_or_default(),
            place.period.as_deref().unwrap_or_default(),
            &place.quote,
            &self.message_vi,
        ];
        format!("{:016x}", fnv(&parts.join("\u{1f}")))
    }
}

/// FNV-1a: a hash that stays the same over versions and machines; keys are no secrets.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
