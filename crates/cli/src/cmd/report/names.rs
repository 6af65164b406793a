//! How people name reports and sections on the command line.

use crate::error::CmdError;
use app::Ctx;
use app::reports::content::Outline;
use app::reports::{find, view};
use domain::campaign::Section;
use domain::ids::{AssignmentId, SectionId};
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

/// The section that `words` name: `#12` by its id, `II` by its number, `II/1` by the numbers on the way to it.
///
/// # Errors
/// [`CmdError::Refused`] when none or several fit.
pub(crate) fn section(outline: &Outline, words: &str) -> Result<SectionId, CmdError> {
    if let Some(id) = words.strip_prefix('#').and_then(|id| id.parse().ok()) {
        return match outline.section(id) {
            Some(section) => Ok(section.id),
            None => Err(CmdError::Refused(format!("đề cương không có mục {words}"))),
        };
    }
    let paths = paths(&outline.sections);
    let fitting: Vec<&(SectionId, String)> = paths
        .iter()
        .filter(|(_, path)| path == words || path.ends_with(&format!("/{words}")))
        .collect();
    match fitting.as_slice() {
        [(id, _)] => Ok(*id),
        [] => Err(CmdError::Refused(format!(
            "đề cương không có mục “{words}”. Các mục: {}",
            listed(&paths.iter().collect::<Vec<_>>())
        ))),
        several => Err(CmdError::Refused(format!(
            "có nhiều mục “{words}”, hãy nêu rõ: {}",
            listed(several)
        ))),
    }
}

fn listed(paths: &[&(SectionId, String)]) -> String {
    let names: Vec<&str> = paths.iter().map(|(_, path)| path.as_str()).collect();
    names.join(", ")
}

/// Each section with the numbers on the way to it.
pub(super) fn paths(sections: &[Section]) -> Vec<(SectionId, String)> {
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut paths = Vec::new();
    for section in sections {
        above.retain(|(level, _)| *level < section.level);
        above.push((section.level, &section.number));
        let numbers: Vec<&str> = above.iter().map(|(_, number)| *number).collect();
        paths.push((section.id, numbers.join("/")));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::campaign::Writable;
    use domain::figures::Layout;

    fn outline() -> Outline {
        let section = |id, number: &str, level| Section {
            id: SectionId(id),
            number: number.into(),
            title: String::new(),
            level,
            guidance: String::new(),
            writable: Writable::Required,
        };
        Outline {
            sections: vec![
                section(1, "I", 1),
                section(2, "1", 2),
                section(3, "2", 2),
                section(4, "II", 1),
                section(5, "1", 2),
            ],
            layout: Layout::new(Vec::new(), Vec::new()),
        }
    }

    #[test]
    fn a_section_is_named_by_its_number_as_long_as_that_says_which() {
        let outline = outline();
        let found = |words| {
            section(&outline, words)
                .map(|id| id.0)
                .map_err(|error| error.to_string())
        };
        assert_eq!(found("I"), Ok(1));
        assert_eq!(found("2"), Ok(3));
        assert_eq!(found("II/1"), Ok(5));
        assert_eq!(found("#2"), Ok(2));
        assert_eq!(
            found("1"),
            Err("có nhiều mục “1”, hãy nêu rõ: I/1, II/1".into())
        );
        assert_eq!(
            found("V"),
            Err("đề cương không có mục “V”. Các mục: I, I/1, I/2, II, II/1".into())
        );
        assert!(found("#9").is_err());
    }

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
