//! What reorganisations did to one report, for its page.

use crate::ctx::{Ctx, load_report};
use crate::error::Result;
use domain::access::{Subject, Wish};
use domain::ids::{AssignmentId, DecisionId};
use store::Tx;
use store::hand_overs::Outcome;

/// One hand-over that a report had a part in.
#[derive(Debug, Clone)]
pub struct Handed {
    /// In words, without the decision.
    pub words: String,
    pub decision: DecisionId,
    /// Number and day of the decision.
    pub citation: String,
    /// The other report, when the actor may read it: the draft that was taken in, or the one that took it.
    pub other: Option<AssignmentId>,
}

/// What reorganisations did to a report, the oldest first.
///
/// # Errors
/// [`crate::Error::NotFound`] for who may not know of the report.
pub fn handed_over(ctx: &Ctx, id: AssignmentId) -> Result<Vec<Handed>> {
    ctx.db().read(|tx| {
        let loaded = load_report(tx, id)?;
        ctx.require(Wish::ReadStatus, &Subject::Report(loaded.subject))?;
        let mut lines = Vec::new();
        for part in store::hand_overs::of_assignment(tx, id)? {
            let decision = store::decisions::by_id(tx, part.decision)?;
            let from = &part.from_name;
            let went = part.assignment == id;
            let words = match (part.outcome, went) {
                (Outcome::Passed, _) => format!("Nhận bàn giao từ {from} cùng bản thảo, lịch sử và hạn gửi"),
                (Outcome::Merged, false) => {
                    format!("Đã gộp bản thảo của {from} vào báo cáo này theo từng mục; bản thảo cũ vẫn được giữ")
                }
                (Outcome::KeptAside, false) => {
                    format!("Bản thảo của {from} được giữ riêng để tra cứu, chưa đưa vào báo cáo này")
                }
                (Outcome::Merged, true) => "Bản thảo này đã gộp vào báo cáo của đơn vị kế thừa".into(),
                (Outcome::KeptAside, true) => {
                    "Bản thảo này được giữ để tra cứu; đơn vị kế thừa đã có báo cáo riêng".into()
                }
                (Outcome::Spread, _) => "Đơn vị được chia: mỗi đơn vị kế thừa báo cáo riêng".into(),
                (Outcome::Ended, _) => "Nhiệm vụ kết thúc cùng đơn vị".into(),
                (Outcome::Reopened, _) => format!("Trả lại cho {from} khi quyết định sắp xếp bị hủy bỏ"),
            };
            let other = if went { part.into } else { Some(part.assignment) };
            let other = match other {
                Some(other) if may_open(ctx, tx, other)? => Some(other),
                _ => None,
            };
            lines.push(Handed {
                words,
                decision: part.decision,
                citation: decision.head.citation(),
                other,
            });
        }
        Ok(lines)
    })
}

fn may_open(ctx: &Ctx, tx: &mut dyn Tx, id: AssignmentId) -> Result<bool> {
    let other = load_report(tx, id)?;
    Ok(ctx.may(Wish::ReadReport, &Subject::Report(other.subject)))
}
