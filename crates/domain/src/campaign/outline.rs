//! The outline of a campaign's reports: sections to write and indicators to fill in.

use crate::ids::{IndicatorId, SectionId};
use serde::{Deserialize, Serialize};

/// One item of the outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub id: SectionId,
    /// As printed: `I`, `1`, `2.1`; unique within the outline together with its parents' numbers.
    pub number: String,
    pub title: String,
    /// Depth from 1.
    pub level: u8,
    pub guidance: String,
    pub writable: Writable,
}

/// Whether text is written under a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writable {
    /// Text must be written before the report can be adopted.
    Required,
    /// Text may be written.
    Optional,
    /// A heading over sub-sections.
    Heading,
}

/// How an indicator is carried up the tree and over the years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "rule")]
pub enum Rule {
    /// Adds over units and over years.
    Flow,
    /// Adds over units; of the years the last one with a value counts.
    Stock,
    /// An opening stock: adds over units; of the years the first one with a value counts.
    Opening,
    /// Recomputed from sums of other indicators, by code; never averaged and never entered.
    Ratio {
        numerator: Vec<String>,
        denominator: Vec<String>,
    },
    /// Mean weighted by another indicator of the same unit and period.
    Share {
        weight: String,
    },
    Max,
    Min,
    /// Not carried up.
    None,
}

/// How many values an indicator has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// One value for each year of the period.
    Year,
    /// One value for the whole period.
    Whole,
    /// The state at the end of the period.
    End,
}

/// A year of the period, or the period as a whole (also its end).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    Year(i16),
    Whole,
}

impl Period {
    /// The key in files and JSON: the year, or `whole`.
    pub fn key(self) -> String {
        match self {
            Period::Year(year) => year.to_string(),
            Period::Whole => "whole".into(),
        }
    }
    pub fn from_key(key: &str) -> Option<Period> {
        match key {
            "whole" => Some(Period::Whole),
            year => year.parse().ok().map(Period::Year),
        }
    }
    /// The head of its column.
    pub fn label(self) -> String {
        match self {
            Period::Year(year) => year.to_string(),
            Period::Whole => "Cả kỳ".into(),
        }
    }
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    pub id: IndicatorId,
    /// Unique within the campaign.
    pub code: String,
    pub name: String,
    /// Unit of measure, e.g. `người`, `triệu đồng`, `%`.
    pub unit: String,
    pub rule: Rule,
    pub grain: Grain,
    pub hint: String,
    /// Codes whose sum this one must equal; empty when it is no total.
    pub total_of: Vec<String>,
    /// A value or "not applicable" must be entered before adoption.
    pub required: bool,
}

impl Indicator {
    /// Computed from others, so nobody types it.
    pub fn is_computed(&self) -> bool {
        matches!(self.rule, Rule::Ratio { .. })
    }
}

impl Rule {
    /// The word in files and in the database.
    pub fn code(&self) -> &'static str {
        match self {
            Rule::Flow => "flow",
            Rule::Stock => "stock",
            Rule::Opening => "opening",
            Rule::Ratio { .. } => "ratio",
            Rule::Share { .. } => "share",
            Rule::Max => "max",
            Rule::Min => "min",
            Rule::None => "none",
        }
    }

    /// The rule called `code`; `numerator`, `denominator` and `weight` are codes joined by `+`.
    pub fn from_code(code: &str, numerator: &str, denominator: &str) -> Option<Rule> {
        let codes = |text: &str| {
            text.split('+')
                .map(str::trim)
                .filter(|code| !code.is_empty())
                .map(String::from)
                .collect()
        };
        Some(match code {
            "flow" => Rule::Flow,
            "stock" => Rule::Stock,
            "opening" => Rule::Opening,
            "ratio" => Rule::Ratio {
                numerator: codes(numerator),
                denominator: codes(denominator),
            },
            "share" => Rule::Share {
                weight: denominator.trim().to_string(),
            },
            "max" => Rule::Max,
            "min" => Rule::Min,
            "none" => Rule::None,
            _ => return None,
        })
    }

    /// The rule in words, for people.
    pub fn label(&self) -> &'static str {
        match self {
            Rule::Flow => "cộng dồn theo đơn vị và theo năm",
            Rule::Stock => "cộng theo đơn vị, lấy năm cuối",
            Rule::Opening => "cộng theo đơn vị, lấy năm đầu",
            Rule::Ratio { .. } => "tính lại từ tử số và mẫu số",
            Rule::Share { .. } => "bình quân có trọng số",
            Rule::Max => "lấy giá trị lớn nhất",
            Rule::Min => "lấy giá trị nhỏ nhất",
            Rule::None => "không tổng hợp",
        }
    }
}

impl Grain {
    pub fn code(self) -> &'static str {
        match self {
            Grain::Year => "year",
            Grain::Whole => "whole",
            Grain::End => "end",
        }
    }
    pub fn from_code(code: &str) -> Option<Grain> {
        match code {
            "year" => Some(Grain::Year),
            "whole" => Some(Grain::Whole),
            "end" => Some(Grain::End),
            _ => None,
        }
    }
}

impl Writable {
    pub fn code(self) -> &'static str {
        match self {
            Writable::Required => "required",
            Writable::Optional => "optional",
            Writable::Heading => "heading",
        }
    }
    pub fn from_code(code: &str) -> Option<Writable> {
        match code {
            "required" => Some(Writable::Required),
            "optional" => Some(Writable::Optional),
            "heading" => Some(Writable::Heading),
            _ => None,
        }
    }
}
