//! Bodies that a plan gives duties to and that had ceased to exist at its date.

use super::findings::Findings;
use super::model::{FindingKind, Plan};
use super::places::Places;
use crate::ceased::end_of;
use crate::deadline::vietnamese_date;

/// Names every body with a duty that no longer existed on the day of the plan.
pub(super) fn check(plan: &Plan, places: &Places, findings: &mut Findings) {
    let Some(issued) = plan.date else { return };
    for (duty, place) in plan.assignments.iter().zip(&places.assignments) {
        for (body, span) in duty.who.iter().zip(&place.who) {
            if let Some((end, source)) = end_of(body).filter(|(end, _)| issued >= end.from) {
                findings.add(
                    FindingKind::BodyCeased,
                    *span,
                    format!(
                        "“{body}” không còn vào ngày ban hành văn bản (từ {}: {}, theo {source}). Chọn cơ quan kế thừa.",
                        vietnamese_date(end.from),
                        end.why
                    ),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_of_the_old_order_are_known_and_their_successors_are_not() {
        for body in [
            "Ban thường vụ các huyện ủy, thị ủy, thành ủy",
            "Phòng Tài nguyên và Môi trường huyện Hòa Sơn",
            "Đảng đoàn Hội đồng nhân dân tỉnh",
            "Ban Dân vận Tỉnh ủy",
            "Sở Kế hoạch và Đầu tư",
            "Sở TT&TT",
            "Sở LĐ-TB&XH",
            "Sở Nông nghiệp và Phát triển nông thôn",
            "Đảng ủy Khối các cơ quan tỉnh",
        ] {
            assert!(end_of(body).is_some(), "{body}");
        }
        for body in [
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "Đảng ủy các xã, phường",
            "Quân ủy Trung ương",
            "Ủy ban nhân dân tỉnh",
            "Sở Nông nghiệp và Môi trường",
            "Sở Tài chính",
        ] {
            assert!(end_of(body).is_none(), "{body}");
        }
    }
}
