//! How people name reports on the command line; sections are named as everywhere.

use crate::error::CmdError;
use app::Ctx;
pub(crate) use app::reports::section_names::section;
use app::reports::{find, view};
use domain::ids::AssignmentId;
use std::str::FromStr;

/// A report: its number, or the campaign and the unit that owes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReportName {
    Number(AssignmentId),
    Of { campaign: String, unit: String },
}

impl FromStr for ReportName {
    type Err = String;

    fn from_str(words: &str) -> Result<ReportName, String> {
        match words.split_once('/') {
            Some((campaign, unit)) if !campaign.is_empty() && !unit.is_empty() => {
                Ok(ReportName::Of {
                    campaign: campaign.into(),
                    unit: unit.into(),
                })
            }
            _ => words
                .parse()
                .map(ReportName::Number)
                .map_err(|_| "hãy nêu MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo".into()),
        }
    }
}

impl std::fmt::Display for ReportName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ReportName::Number(id) => id.fmt(f),
            ReportName::Of { campaign, unit } => write!(f, "{campaign}/{unit}"),
        }
    }
}

impl ReportName {
    /// Its number, as far as the actor may know of it.
    ///
    /// # Errors
    /// [`CmdError::Refused`] when there is none.
    pub(crate) fn find(&self, ctx: &Ctx) -> Result<AssignmentId, CmdError> {
        let found = match self {
            ReportName::Number(id) => view::status(ctx, *id).map(|_| *id),
            ReportName::Of { campaign, unit } => find::by_unit(ctx, campaign, unit),
        };
        found.map_err(|error| match error {
            app::Error::NotFound => CmdError::Refused(format!(
                "không có báo cáo {self}, hoặc tài khoản không được xem"
            )),
            other => other.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_named_by_campaign_and_unit_or_by_its_number() {
        let of = ReportName::Of {
            campaign: "sk2022-1".into(),
            unit: "BT-22924".into(),
        };
        assert_eq!("sk2022-1/BT-22924".parse(), Ok(of));
        assert_eq!("12".parse(), Ok(ReportName::Number(AssignmentId(12))));
        for wrong in ["", "/", "a/", "/b", "mười hai"] {
            assert!(wrong.parse::<ReportName>().is_err(), "{wrong}");
        }
    }
}
