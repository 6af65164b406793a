//! Bodies that a plan gives duties to and that had ceased to exist at its date.

use jiff::civil::{Date, date};

use super::findings::Findings;
use super::model::{FindingKind, Plan};
use super::passage::pattern;
use super::places::Places;
use crate::deadline::vietnamese_date;

pattern!(
    DISTRICT,
    r"(?i)\b(?:huyện|quận|thị (?:xã|ủy|uỷ)|thị trấn|thị đoàn)\b"
);
pattern!(GROUP, r"(?i)\b(?:đảng đoàn|ban cán sự đảng)\b");
pattern!(MOBILISATION, r"(?i)^(?:các )?ban dân vận\b");
pattern!(
    JOINED,
    r"(?i)tuyên giáo và dân vận|tuyên giáo - (?:đối ngoại|nữ công)|mặt trận|hội |đoàn"
);
pattern!(
    LABOUR,
    r"(?i)\b(?:bộ|sở|phòng) (?:lao động ?[-–] ?thương binh|lđ ?[-–]? ?tb)"
);

pattern!(
    MERGED,
    r"(?i)\b(?:bộ|sở) (?:kế hoạch và đầu tư|kh ?& ?đt|giao thông vận tải|gtvt|thông tin và truyền thông|tt ?& ?tt|tài nguyên và môi trường|tn ?& ?mt|nông nghiệp và phát triển nông thôn|nn ?& ?ptnt)|\bđảng (?:ủy|uỷ) khối (?:các )?(?:cơ quan|doanh nghiệp)"
);

/// The first day without such bodies, and what has to be looked up in their place.
fn ceased(body: &str) -> Option<(Date, &'static str)> {
    if DISTRICT.is_match(body) {
        Some((date(2025, 7, 1), "cấp huyện kết thúc hoạt động"))
    } else if GROUP.is_match(body) {
        Some((
            date(2025, 2, 3),
            "đảng đoàn, ban cán sự đảng kết thúc hoạt động",
        ))
    } else if JOINED.is_match(body) {
        None
    } else if MOBILISATION.is_match(body) {
        Some((
            date(2025, 2, 3),
            "hai ban hợp thành Ban Tuyên giáo và Dân vận",
        ))
    } else if LABOUR.is_match(body) {
        Some((
            date(2025, 3, 1),
            "ngành lao động - thương binh và xã hội chuyển về cơ quan khác",
        ))
    } else if MERGED.is_match(body) {
        Some((date(2025, 3, 1), "cơ quan này đã hợp nhất vào cơ quan khác"))
    } else {
        None
    }
}

/// Names every body with a duty that no longer existed on the day of the plan.
pub(super) fn check(plan: &Plan, places: &Places, findings: &mut Findings) {
    let Some(issued) = plan.date else { return };
    for (duty, place) in plan.assignments.iter().zip(&places.assignments) {
        for (body, span) in duty.who.iter().zip(&place.who) {
            if let Some((from, why)) = ceased(body).filter(|(from, _)| issued >= *from) {
                findings.add(
                    FindingKind::BodyCeased,
                    *span,
                    format!(
                        "“{body}” không còn vào ngày ban hành văn bản (từ {}: {why}). Chọn cơ quan kế thừa.",
                        vietnamese_date(from)
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
            assert!(ceased(body).is_some(), "{body}");
        }
        for body in [
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "Đảng ủy các xã, phường",
            "Quân ủy Trung ương",
            "Ủy ban nhân dân tỉnh",
            "Sở Nông nghiệp và Môi trường",
            "Sở Tài chính",
        ] {
            assert!(ceased(body).is_none(), "{body}");
        }
    }
}
