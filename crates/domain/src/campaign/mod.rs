//! A campaign: its outline, its indicators, and who owes what to whom.

pub mod assignment;
pub mod bodies;
pub mod derive;
pub mod forecast;
pub mod hand_over;
pub mod kinds;
pub mod outline;
pub mod pace;
pub mod task;

pub use assignment::{Assignment, Terms};
pub use bodies::Bodies;
pub use derive::{DeriveProblem, Derived, Proposed, derive};
pub use outline::{Grain, Indicator, Period, Rule, Section, Writable};
pub use task::Task;

use crate::deadline::DuePolicy;
use crate::ids::{CampaignId, PlanId, TreeId, UnitId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What kind of campaign it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignKind {
    /// Sơ kết.
    InterimReview,
    /// Tổng kết.
    FinalReview,
    /// Báo cáo định kỳ.
    Periodic,
}

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// The coordinator is still preparing it; no unit sees it.
    Preparing,
    /// Issued to the units.
    Open,
    Closed,
}

/// A reporting campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    pub id: CampaignId,
    /// The short name of the command line and of links, e.g. `sk2022-1`.
    pub short_id: String,
    pub plan: Option<PlanId>,
    pub tree: TreeId,
    pub name: String,
    pub kind: CampaignKind,
    pub state: CampaignState,
    /// First and last month, `2017-07`; `None` when the plan states no period.
    pub period: Option<(String, String)>,
    /// Columns of yearly figures, ascending.
    pub years: Vec<i16>,
    pub due_policy: DuePolicy,
    /// Name of the format profile of its documents.
    pub profile: String,
    pub lead: Option<UnitId>,
    pub coordinating: Option<UnitId>,
    /// Days that a middle level must leave itself before its own due.
    pub days_to_consolidate: i64,
    pub created_at: Timestamp,
    pub issued_at: Option<Timestamp>,
}

impl CampaignKind {
    pub const ALL: [CampaignKind; 3] = [
        CampaignKind::InterimReview,
        CampaignKind::FinalReview,
        CampaignKind::Periodic,
    ];
    pub fn code(self) -> &'static str {
        match self {
            CampaignKind::InterimReview => "interim_review",
            CampaignKind::FinalReview => "final_review",
            CampaignKind::Periodic => "periodic",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            CampaignKind::InterimReview => "Sơ kết",
            CampaignKind::FinalReview => "Tổng kết",
            CampaignKind::Periodic => "Báo cáo định kỳ",
        }
    }
}

impl CampaignState {
    pub const ALL: [CampaignState; 3] = [
        CampaignState::Preparing,
        CampaignState::Open,
        CampaignState::Closed,
    ];
    pub fn code(self) -> &'static str {
        match self {
            CampaignState::Preparing => "preparing",
            CampaignState::Open => "open",
            CampaignState::Closed => "closed",
        }
    }
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            CampaignState::Preparing => "Đang chuẩn bị",
            CampaignState::Open => "Đang thực hiện",
            CampaignState::Closed => "Đã kết thúc",
        }
    }
}
