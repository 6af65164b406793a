//! Typed identifiers. Each is a row number of its own table and means nothing elsewhere.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )+};
}

ids! {
    /// An organisation tree.
    TreeId,
    UnitId,
    /// An organisation through time, whatever it is called and wherever it stands.
    BodyId,
    /// A dated decision that reorganises units.
    DecisionId,
    AccountId,
    /// A plan document that was read, confirmed or not.
    PlanId,
    CampaignId,
    SectionId,
    IndicatorId,
    /// A duty of the plan that is no report.
    TaskId,
    /// A duty to report, and with it the one report that answers it.
    AssignmentId,
    /// One numbered revision of the report of an assignment.
    RevisionId,
    AttachmentId,
    /// A file in which a report was written elsewhere.
    UploadedDraftId,
    EventId,
}
