//! Documents cited in the title and the introduction: what the plan rests on, and what it reviews.

use super::instruments::{Cited, Mention, named, numbered};
use super::model::Plan;
use super::passage::{Passage, pattern};
use super::places::Places;
use crate::text::fold;

/// Documents cited in the title and the introduction.
pub(super) fn cited(
    title: Option<&Passage>,
    introduction: &[&Passage],
    plan: &mut Plan,
    places: &mut Places,
) {
    let mut basis = Cited::default();
    let mut review = Cited::default();
    let amends = title.is_some_and(|title| is_about_a_plan(title.text()));
    let object = title.and_then(|title| object(title.text()));
    if let Some(title) = title {
        for mention in numbered(title.text()) {
            if amends && is_plan(title.text(), &mention) {
                basis.add(title, &mention);
            } else {
                review.add(title, &mention);
            }
        }
    }
    let mut past = false;
    for passage in introduction {
        let text = passage.text();
        let issues = issues_at(text);
        for mention in numbered(text) {
            let before = &text[..mention.range.start];
            let plan_itself = amends && is_plan(text, &mention);
            let reviewed = past
                || issues.is_some_and(|at| mention.range.start > at)
                || is_reviewed(before)
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
            && numbered(text).is_empty()
            && !past
        {
            basis.add(passage, &mention);
        }
        past |= issues.is_some() && text.ends_with(':');
    }
    (plan.legal_basis, places.legal_basis) = basis.items.into_iter().unzip();
    (
        plan.instruments_under_review,
        places.instruments_under_review,
    ) = review.items.into_iter().unzip();
}

/// Where a passage begins to say what the plan is about, and no longer what it rests on.
fn issues_at(text: &str) -> Option<usize> {
    pattern!(
        ISSUES,
        r"(?i)(?P<before>đã |theo )?\b(?:(?:ban hành|xây dựng|đề ra|lập) (?:kế hoạch|chương trình|hướng dẫn)|tổ chức (?:sơ kết|tổng kết)|điều chỉnh, bổ sung kế hoạch|(?:đề nghị|yêu cầu)\b)"
    );
    ISSUES
        .captures_iter(text)
        .find(|found| found.name("before").is_none())
        .and_then(|found| found.get(0))
        .map(|whole| whole.start())
}

/// Whether the words before a citation say that its carrying out is reviewed.
fn is_reviewed(before: &str) -> bool {
    pattern!(
        REVIEWS,
        r"(?i)\b(?:sơ kết|tổng kết|đánh giá|kiểm điểm)[^;.]{0,80}thực hiện[^;.]{0,40}$"
    );
    REVIEWS.is_match(before)
}

/// Whether a title says that the document changes or urges on an earlier one.
fn is_about_a_plan(title: &str) -> bool {
    pattern!(
        ABOUT,
        r"(?i)^(?:điều chỉnh|sửa đổi|bổ sung|gia hạn|thay thế|thay đổi|lùi|đôn đốc|nhắc)"
    );
    ABOUT.is_match(title)
}

fn is_plan(text: &str, mention: &Mention) -> bool {
    let cited = &text[mention.range.clone()];
    ["Kế hoạch", "Công văn", "Hướng dẫn", "Thông báo"]
        .iter()
        .any(|kind| cited.starts_with(kind))
}

/// What is reviewed, as the title names it: "Đề án phát triển cây dược liệu".
fn object(title: &str) -> Option<String> {
    pattern!(
        OBJECT,
        r"(?i)\bthực hiện (.{8,}?)(?: \(| trên địa bàn| giai đoạn| tỉnh | năm \d|,|$)"
    );
    pattern!(NUMBERED, r"^(?:\p{L}+ ){1,4}số \d");
    let found = OBJECT.captures(title)?;
    (!NUMBERED.is_match(&found[1])).then(|| fold(&found[1]))
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
