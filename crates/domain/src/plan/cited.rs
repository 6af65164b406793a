//! Documents cited in the title and the introduction: what the plan rests on, and what it reviews.

use super::instruments::{Cited, Mention, named, numbered};
use super::model::Plan;
use super::passage::{Passage, pattern};
use super::places::Places;
use super::structure::Ladder;
use crate::text::fold;

/// Documents cited in the title and the introduction.
pub(super) fn cited(
    title: Option<&Passage>,
    introduction: &[&Passage],
    ladder: &Ladder,
    plan: &mut Plan,
    places: &mut Places,
) {
    let mut basis = Cited::default();
    let mut review = Cited::default();
    let amends = title.is_some_and(|title| is_about_a_plan(title.text()));
    let object = title.and_then(|title| object(title.text()));
    if let Some(title) = title {
        for mention in numbered(title.text()) {
            let carries_out = carries_out(title.text());
            if carries_out || amends && is_plan(title.text(), &mention) {
                basis.add(title, &mention);
            } else {
                review.add(title, &mention);
            }
        }
    }
    let mut past = false;
    let spoken: String = introduction
        .iter()
        .map(|passage| format!("{}\n", passage.text()))
        .collect();
    let short = reviewed_by_type(&spoken);
    for passage in introduction {
        let text = passage.text();
        let issues = issues_at(text);
        for mention in numbered(text) {
            let before = &text[..mention.range.start];
            let plan_itself = amends && is_plan(text, &mention);
            let reviewed = past
                || issues.is_some_and(|at| mention.range.start > at)
                || is_reviewed(before)
                || short
                    .as_deref()
                    .is_some_and(|what| bears(what, text, &mention))
                || review.holds(&mention.instrument)
                || object.as_deref().is_some_and(|object| {
                    !is_plan(text, &mention) && is_of(object, before, &mention)
                });
            if reviewed && !plan_itself {
                review.add(passage, &mention)
            } else {
                basis.add(passage, &mention)
            }
        }
        if let Some(mention) = named(text)
            && !past
            && numbered(text).iter().all(|numbered| {
                numbered.range.end <= mention.range.start
                    || mention.range.end <= numbered.range.start
            })
        {
            basis.add(passage, &mention);
        }
        past |= issues.is_some() && text.ends_with(':');
    }
    let rest = &ladder.nodes[introduction.len().min(ladder.nodes.len())..];
    for node in rest {
        // A later mention may say what the first one left out; a section of bases is a list of its own.
        let passage = &node.passage;
        let text = passage.text();
        if !text.contains('/') && !text.contains("Luật") {
            continue;
        }
        let in_bases = std::iter::successors(node.parent, |at| ladder.nodes[*at].parent)
            .any(|above| is_about_bases(ladder.nodes[above].heading()))
            || is_about_bases(node.heading());
        let mentions = numbered(text);
        for mention in &mentions {
            let before = &text[..mention.range.start];
            let reviewed = || {
                object
                    .as_deref()
                    .is_some_and(|object| !is_plan(text, mention) && is_of(object, before, mention))
            };
            if review.holds(&mention.instrument) || in_bases && reviewed() {
                review.add(passage, mention);
            } else if in_bases || basis.holds(&mention.instrument) {
                basis.add(passage, mention);
            }
        }
        if in_bases
            && mentions.is_empty()
            && let Some(mention) = named(text)
        {
            basis.add(passage, &mention);
        }
    }
    (plan.legal_basis, places.legal_basis) = basis.items.into_iter().unzip();
    (
        plan.instruments_under_review,
        places.instruments_under_review,
    ) = review.items.into_iter().unzip();
}

/// Whether a heading stands over a list of what the plan rests on.
fn is_about_bases(heading: &str) -> bool {
    pattern!(
        BASES,
        r"^(?:cac |nhung )?(?:can cu|co so (?:phap ly|de|xay dung|lap|chinh tri)|van ban (?:can cu|lam can cu|chi dao)|co so$)"
    );
    let words = fold(&heading.chars().take(60).collect::<String>());
    BASES.is_match(&words) && !words.contains(|c: char| c.is_ascii_digit())
}

/// Where a passage begins to say what the plan is about, and no longer what it rests on.
fn issues_at(text: &str) -> Option<usize> {
    // "theo đề nghị của Sở …" names a ground.
    pattern!(
        ISSUES,
        r"(?i)(?P<ground>(?:đã|theo|thực hiện|xét|căn cứ|xem xét|trên cơ sở|được)(?: (?:ý kiến|văn bản|các|những))? )?\b(?:(?:ban hành|phê duyệt|xây dựng|đề ra|lập)(?: kèm theo [^;,.]{3,40}? này)? (?:kế hoạch|chương trình|hướng dẫn|quy định|quy chế|phương án)|tổ chức (?:sơ kết|tổng kết)|điều chỉnh, bổ sung kế hoạch|(?:đề nghị|yêu cầu)\b(?P<of> (?:của|tại|nêu|trên|đó|nói) )?)"
    );
    ISSUES
        .captures_iter(text)
        .find(|found| found.name("ground").is_none() && found.name("of").is_none())
        .and_then(|found| found.get(0))
        .map(|whole| whole.start())
}

/// What a review calls for short, "… đánh giá kết quả thực hiện Phương án", where the text names it in full elsewhere.
fn reviewed_by_type(text: &str) -> Option<String> {
    pattern!(
        SHORT,
        r"(?i:sơ kết|tổng kết|đánh giá|kiểm điểm|giám sát|kiểm tra)[^;.\n]{0,60}thực hiện (Nghị quyết|Chỉ thị|Quyết định|Đề án|Phương án|Chương trình|Kết luận|Quy chế|Quy định|Dự án)(?: này| nói trên| nêu trên| trên)?(?:[,.;:]| như sau| theo| với| cụ thể|$)"
    );
    SHORT.captures(text).map(|found| found[1].to_owned())
}

/// Whether a citation is of such an act, or of the one that adopts it.
fn bears(what: &str, text: &str, mention: &Mention) -> bool {
    let title = mention.instrument.title.as_deref().unwrap_or_default();
    let adopted = ["phê duyệt ", "ban hành "]
        .iter()
        .any(|verb| title.starts_with(&format!("{verb}{what} ")));
    adopted || text[mention.range.clone()].starts_with(what)
}

/// Whether the words before a citation say that its carrying out is reviewed.
fn is_reviewed(before: &str) -> bool {
    pattern!(
        REVIEWS,
        r"(?i)\b(?:sơ kết|tổng kết|đánh giá|kiểm điểm|giám sát|kiểm tra|khảo sát|thanh tra|rà soát)[^;.]{0,80}thực hiện[^;.]{0,40}$"
    );
    REVIEWS.is_match(before)
}

/// Whether a title only says what is to be carried out, and nothing of a review: "thực hiện Nghị quyết số …".
fn carries_out(title: &str) -> bool {
    pattern!(
        CARRIES,
        r"(?i)^(?:tổ chức |tiếp tục )?(?:thực hiện|triển khai|quán triệt|cụ thể hóa|học tập)\b"
    );
    pattern!(
        REVIEWS,
        r"(?i)sơ kết|tổng kết|đánh giá|kiểm điểm|giám sát|kiểm tra|rà soát|khảo sát|kết quả|tình hình|\d năm"
    );
    CARRIES.is_match(title) && !REVIEWS.is_match(title)
}

/// Whether a title says that the document changes an earlier one.
pub(super) fn changes_a_plan(title: &str) -> bool {
    pattern!(
        CHANGES,
        r"(?i)^(?:việc )?(?:(?:điều chỉnh|sửa đổi|bổ sung|gia hạn|thay thế|thay đổi|lùi|dời|kéo dài|rút ngắn|đính chính|hủy|huỷ|tạm dừng|hoãn)\b)"
    );
    CHANGES.is_match(title)
}

/// Whether a title says that the document changes or urges on an earlier one.
fn is_about_a_plan(title: &str) -> bool {
    pattern!(ABOUT, r"(?i)^(?:việc )?(?:đôn đốc|nhắc|đề nghị gửi)");
    changes_a_plan(title) || ABOUT.is_match(title)
}

pub(super) fn is_plan(text: &str, mention: &Mention) -> bool {
    let cited = &text[mention.range.clone()];
    ["Kế hoạch", "Công văn", "Hướng dẫn", "Thông báo"]
        .iter()
        .any(|kind| cited.starts_with(kind))
}

/// What is reviewed, as the title names it: "Đề án phát triển cây dược liệu".
fn object(title: &str) -> Option<String> {
    pattern!(
        CARRIED_OUT,
        r"(?i)(?:sơ kết|tổng kết|đánh giá|kiểm điểm|giám sát|kiểm tra|rà soát|kết quả|tình hình|\d năm)\b.*?\bthực hiện "
    );
    // "Nghị quyết của Hội đồng nhân dân huyện về X": an introduction cites it as "Nghị quyết số … về X".
    pattern!(
        OF_BODY,
        r"(?i)^(?:nghị quyết|chỉ thị|quyết định|kết luận|kế hoạch|chương trình|quy định|quy chế|hướng dẫn|thông tri|đề án)(?: [^,;]{3,90}?)? (?:về việc|về) "
    );
    pattern!(
        OBJECT,
        r"(?i)^(.{8,}?)(?: \(| trên địa bàn| giai đoạn| tỉnh | năm \d|,|$)"
    );
    pattern!(NUMBERED, r"^(?:\p{L}+ ){1,4}số \d");
    let rest = &title[CARRIED_OUT.find(title)?.end()..];
    let matter = OF_BODY
        .find(rest)
        .map_or(rest, |front| &rest[front.end()..]);
    let object = &OBJECT.captures(matter)?[1];
    (!NUMBERED.is_match(rest)).then(|| fold(object))
}

/// Whether a cited act is the one that the title reviews: it adopts it, and does not only order its review.
fn is_of(object: &str, before: &str, mention: &Mention) -> bool {
    pattern!(
        ORDERS,
        r"^(?:viec )?(?:huong dan|so ket|tong ket|bao cao|danh gia|chuong trinh|ke hoach (?:so ket|tong ket))\b"
    );
    let about = fold(mention.instrument.title.as_deref().unwrap_or_default());
    let sentence = before.rsplit(['.', ';']).next().unwrap_or_default();
    about.contains(object) && !ORDERS.is_match(&about)
        || mention.instrument.title.is_none() && fold(sentence).contains(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_title_reviews_is_named_without_its_type_and_issuer() {
        for title in [
            "Sơ kết hai năm thực hiện Nghị quyết của Hội đồng nhân dân huyện về hỗ trợ trồng rừng",
            "sơ kết 3 năm thực hiện Nghị quyết Đại hội Đảng bộ huyện lần thứ XXI về hỗ trợ trồng rừng (2022 - 2025)",
            "tổng kết 5 năm thực hiện Chỉ thị về hỗ trợ trồng rừng",
            "Tổng kết thực hiện Đề án của Ủy ban nhân dân tỉnh về việc hỗ trợ trồng rừng trên địa bàn tỉnh",
        ] {
            assert_eq!(
                object(title).as_deref(),
                Some("ho tro trong rung"),
                "{title}"
            );
        }
    }

    #[test]
    fn a_review_may_name_its_object_for_short() {
        for text in [
            "Bộ yêu cầu các đơn vị đánh giá kết quả thực hiện Phương án như sau:",
            "tổ chức tổng kết 05 năm thực hiện Phương án, cụ thể",
            "sơ kết việc thực hiện Phương án nêu trên.",
        ] {
            assert_eq!(
                reviewed_by_type(text).as_deref(),
                Some("Phương án"),
                "{text}"
            );
        }
        assert_eq!(
            reviewed_by_type("tổng kết thực hiện Chỉ thị số 12-CT/TU"),
            None
        );
        assert_eq!(
            object("Thực hiện chế độ báo cáo công tác thanh tra năm 2024"),
            None
        );
    }

    #[test]
    fn a_section_of_bases_has_many_headings() {
        for heading in [
            "Căn cứ",
            "CƠ SỞ PHÁP LÝ",
            "Cơ sở",
            "Căn cứ xây dựng Kế hoạch",
        ] {
            assert!(is_about_bases(heading), "{heading}");
        }
        assert!(!is_about_bases("Căn cứ Kế hoạch số 12-KH/TU, các đơn vị"));
    }

    #[test]
    fn a_request_of_somebody_else_is_a_ground() {
        for ground in [
            "Thực hiện đề nghị của Bộ Nội vụ tại Công văn số 45/BNV-TL",
            "Theo yêu cầu của Tỉnh ủy",
            "Xét đề nghị của Sở Tài chính tại Tờ trình số 12/TTr-STC",
            "Trên cơ sở đề nghị của các huyện",
        ] {
            assert_eq!(issues_at(ground), None, "{ground}");
            let whole = format!("{ground}, Ủy ban nhân dân tỉnh đề nghị các sở báo cáo");
            assert!(issues_at(&whole).is_some(), "{whole}");
        }
    }

    #[test]
    fn what_is_supervised_or_inspected_is_reviewed() {
        for before in [
            "Thường trực HĐND huyện sẽ giám sát việc thực hiện ",
            "Đoàn kiểm tra tình hình thực hiện ",
            "rà soát kết quả thực hiện ",
        ] {
            assert!(is_reviewed(before), "{before}");
        }
        assert!(!is_reviewed(
            "Căn cứ Chương trình kiểm tra, giám sát; thực hiện "
        ));
    }

    #[test]
    fn a_title_says_in_many_words_that_it_changes_a_plan() {
        for title in [
            "gia hạn và đôn đốc báo cáo",
            "lùi thời hạn gửi báo cáo",
            "đính chính Kế hoạch",
            "Kéo dài thời gian nộp báo cáo",
        ] {
            assert!(changes_a_plan(title), "{title}");
        }
        assert!(!changes_a_plan("đôn đốc gửi báo cáo"));
    }
}
