//! What gives a duty and what only tells, judges, forbids or announces.

use super::bodies::key;
use super::dates::first_date;
use super::model::DutyKind;
use super::passage::pattern;
use super::predicate::report_at;
use super::reader::{Actor, Reader};

impl Reader<'_, '_> {
    /// Whether the clause gives a duty at all, and does not tell who issues the plan.
    pub fn counts(&self, text: &str, at: usize, kind: DutyKind, actor: &Actor) -> bool {
        pattern!(
            ISSUES,
            r"^(?i:ban hành|xây dựng|lập|thông báo|đã|nhận được|đề nghị|yêu cầu|hướng dẫn|tổ chức|quy định|triển khai|điều chỉnh|đề ra|báo cáo (?:một số|các) nội dung)\b"
        );
        // What is not to be done, was done, or is so, is no duty.
        pattern!(
            NO_DUTY,
            r"^(?i:(?:xin |kính )?(?:trân trọng|chân thành) (?:cảm|cám)|xin (?:cảm|cám|trân|chân)|(?:rất |kính )?mong|không|chưa|đã|mới|đang|vẫn|còn|ghi nhận|đánh giá cao|hoan nghênh|phê bình|nhất trí|khẳng định|nhận thấy|cảm ơn|có tỷ lệ|có thể|có quyền|bị|nêu (?:tại|ở|trên|trong|rõ|kết quả|được|số)|diễn ra|có tên|là (?:căn cứ|cơ sở|dịp|một|hoạt động))\b"
        );
        let words = &text[at..];
        // "chỉ làm báo cáo" says how; "chỉ đạo", "chỉ định" are verbs.
        pattern!(ONLY, r"^chỉ (?:\p{Ll}+)\b");
        let only = ONLY.find(words).is_some_and(|only| {
            !matches!(
                only.as_str(),
                "chỉ đạo" | "chỉ định" | "chỉ huy" | "chỉ rõ" | "chỉ dẫn"
            )
        });
        pattern!(
            JUDGED,
            r"^(?i:báo cáo (?:còn |quá |rất |bị )?(?:chậm|muộn|trễ|thiếu|sai|chưa|tốt)\b)"
        );
        // "được miễn sinh hoạt": what is done to somebody; "được giao chuẩn bị" charges.
        pattern!(PASSIVE, r"^(?i:được) \p{L}");
        pattern!(
            CHARGED,
            r"^(?i:được) (?i:giao|phân công|yêu cầu|đề nghị|ủy quyền|uỷ quyền|chỉ định|cử|chọn|lựa chọn|phân) "
        );
        pattern!(GIVEN, r"^(?i:được giao (?:tại|trong|ở))\b");
        let passive =
            PASSIVE.is_match(words) && (!CHARGED.is_match(words) || GIVEN.is_match(words));
        // "Không tổ chức mít tinh" in the list of a body is what it is told.
        let forbidden = self.in_heading && words.starts_with("Không ") && actor.start.is_none();
        if forbidden {
            return true;
        }
        if only
            || passive
            || kind == DutyKind::Task && self.says_how(words)
            || kind == DutyKind::Task && is_rule(words)
            || JUDGED.is_match(words)
            || NO_DUTY.is_match(words)
            || words.split_whitespace().count() < 2
        {
            return false;
        }
        // "… thực hiện các nội dung sau:" leads into the list that says what.
        pattern!(
            LEADS_IN,
            r"(?i)(?:(?:như sau|sau|sau đây|dưới đây|cụ thể) ?:|(?:việc|nội dung|điểm|nhiệm vụ|yêu cầu|bước|công việc) (?:như sau|sau|sau đây|dưới đây)[.;]?)$"
        );
        if kind != DutyKind::Report && (LEADS_IN.is_match(words) || words.trim_end().ends_with(':'))
        {
            return false;
        }
        let issues = ISSUES.is_match(words);
        let introduces = self.index < self.context.first;
        if introduces && words.starts_with("sẽ ") {
            return false;
        }
        // "UBND tỉnh báo cáo và đề nghị:" leads into the letter.
        let leads = words.trim_end().ends_with(':');
        if introduces && leads && actor.who.iter().any(|(body, _)| self.is_issuer(body)) {
            return false;
        }
        if self.context.is_letter {
            let issuer = actor.who.iter().any(|(body, _)| self.is_issuer(body));
            let announces = introduces
                && issues
                && report_at(text, at).is_none()
                && (issuer || text.trim_end().ends_with([':', '.']) && self.leads_in());
            return !announces && (!issuer || kind != DutyKind::Task);
        }
        !(introduces && (issues || kind != DutyKind::Report))
    }

    /// "Viết theo Đề cương …", "Nêu rõ …" after a report: how it is to be written.
    fn says_how(&self, words: &str) -> bool {
        pattern!(
            HOW,
            r"^(?i:viết|trình bày|nêu|ghi|làm|lập|đánh máy|in|soạn|bám sát|dài) (?i:theo|rõ|ngắn|đúng|không quá|tối đa|trên|bằng|gọn|đủ|khoảng|đề cương|nội dung)\b"
        );
        let here = self.context.ladder.nodes[self.index].passage.whole().start;
        let after_report = self.found.last().is_some_and(|last| {
            last.duty.duty == DutyKind::Report && last.duty.source.start >= here
        });
        after_report && HOW.is_match(words) && super::dates::dues(words).is_empty()
    }

    /// Whether the paragraph leads into what follows it.
    fn leads_in(&self) -> bool {
        pattern!(
            LEADS_IN,
            r"(?i)(?::|\b(?:như sau|sau đây|sau|dưới đây)[.;]?)$"
        );
        LEADS_IN.is_match(self.context.ladder.nodes[self.index].passage.text())
    }

    /// "Ngày 03/6/2024, … có kế hoạch …": what happened before the plan was issued.
    pub fn is_past(&self, words: &str) -> bool {
        pattern!(
            DAY,
            r"^ ?(?:Ngày|Sáng ngày|Chiều ngày|Từ ngày|Đến ngày|Tính đến ngày) "
        );
        DAY.is_match(words)
            && first_date(words).is_some_and(|(date, range)| {
                range.start < "Tính đến ngày ".len()
                    && self.context.issued.is_some_and(|issued| date < issued)
            })
    }

    pub fn is_issuer(&self, body: &str) -> bool {
        // "Cục Thuế" for "Cục Thuế tỉnh An Giao", "UBND" for what it is short for.
        pattern!(
            HEAD,
            r"^(?:pho )?(?:chu tich|giam doc|tong giam doc|bo truong|truong ban|hieu truong|vien truong|cuc truong|chi cuc truong|bi thu|lanh dao|chanh van phong) "
        );
        let whole = |name: &str| {
            name.replace("ubnd", "uy ban nhan dan")
                .replace("hdnd", "hoi dong nhan dan")
                .replace("mttq", "mat tran to quoc")
        };
        let body = whole(&HEAD.replace_all(&key(body), ""));
        let issuer = self.context.issuer.as_deref().map(|name| whole(&key(name)));
        issuer.is_some_and(|issuer| issuer == body || issuer.starts_with(&format!("{body} ")))
    }

    pub fn reports_already(&self, body: &str) -> bool {
        self.found.iter().any(|found| {
            found.duty.duty == DutyKind::Report
                && found.duty.who.iter().any(|known| key(known) == key(body))
        })
    }
}

/// Whether the words tell what holds of whom in which case: "được miễn sinh hoạt thì không phải kiểm điểm".
fn is_rule(words: &str) -> bool {
    words.contains(" thì ") && super::dates::dues(words).is_empty()
}

/// Whether a body is asked to do what only a superior decides: praise, consider, approve.
pub(super) fn decides(words: &str) -> bool {
    pattern!(
        DECIDES,
        r"^(?i:khen thưởng|tặng|xem xét|quyết định|phê duyệt|cho ý kiến|cho chủ trương|biểu dương|ban hành|công nhận)\b"
    );
    DECIDES.is_match(words)
}
