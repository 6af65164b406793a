//! Levels of the bodies that report and of those that are reported to.

use super::bodies::level;
use super::model::{DutyKind, Level, Plan};
use super::passage::pattern;
use super::structure::Ladder;
use crate::text::fold;

/// Levels that headings name and levels that report or are reported to.
pub(super) fn read(ladder: &Ladder, plan: &mut Plan) {
    pattern!(
        NAMED,
        r"(?i)^(?:đối với )?(?:ở )?cấp (cơ sở|xã|huyện|tỉnh|trung ương)\b"
    );
    let reports = || {
        plan.assignments
            .iter()
            .filter(|duty| duty.duty == DutyKind::Report)
    };
    let mut levels: Vec<Level> = Vec::new();
    if reports().next().is_some() && !is_inside(plan.issuer.as_deref()) {
        for node in &ladder.nodes {
            if let Some(found) = NAMED.captures(node.words()) {
                levels.push(match fold(&found[1]).as_str() {
                    "co so" | "xa" => Level::Grassroots,
                    "huyen" => Level::District,
                    "tinh" => Level::Province,
                    _ => Level::Central,
                });
            }
        }
        let own = plan.issuer.as_deref().and_then(level);
        for duty in reports() {
            let bodies = duty.who.iter().chain(&duty.to);
            for body in bodies {
                levels.extend(level(body).or(own));
                if body.contains("địa phương") && level(body) == Some(Level::Central) {
                    levels.push(Level::Province);
                }
            }
        }
    }
    levels.sort_unstable();
    levels.dedup();
    plan.levels = levels;
}

/// Whether the issuer is an enterprise, a school or a hospital, which have no levels of the State.
fn is_inside(issuer: Option<&str>) -> bool {
    pattern!(
        INSIDE,
        r"^(?:tap doan|(?:tong )?cong ty|benh vien|truong |hoc vien|vien |nha may|ngan hang|hop tac xa|chi nhanh)"
    );
    issuer.is_some_and(|issuer| INSIDE.is_match(&fold(issuer)))
}
