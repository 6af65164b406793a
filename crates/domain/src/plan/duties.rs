//! Duties in prose and lists: who, what, to whom, through whom, adopted by whom, by when.

use super::clause::{speaks_of_report, subject};
use super::dates::dues;
use super::findings::Findings;
use super::model::{Duty, DutyKind};
use super::passage::{Flow, pattern};
use super::places::{DutyPlaces, Span};
use super::reader::Reader;
use super::relative::Bases;
use super::structure::{Ladder, run_in};
use super::verbs::begins_with_verb;
use crate::text::fold;

/// Bodies with the places of their names.
pub(super) type Who = Vec<(String, Span)>;

/// A duty as read, before restated ones are joined.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub duty: Duty,
    pub places: DutyPlaces,
    /// The top section of the ladder it stands in.
    pub section: Option<usize>,
    pub leads: bool,
    pub with: Who,
}

/// What the reading of duties needs to know of the document.
pub(super) struct Context<'a> {
    pub flow: &'a Flow,
    pub ladder: &'a Ladder,
    /// Addressees of a letter.
    pub addressees: Who,
    pub is_letter: bool,
    /// The issuing body.
    pub issuer: Option<String>,
    /// Nodes before this one introduce the plan and give no duties.
    pub first: usize,
    /// A candidate for dates without a year.
    pub year: Option<i16>,
    /// The plan's own day.
    pub issued: Option<jiff::civil::Date>,
    /// The bodies that the document says report, for lists of reports that name nobody.
    pub reporters: Who,
    /// What relative dues are counted from.
    pub bases: Bases,
}

/// How many paragraphs only introduce the plan, of the `before` that stand before its first section: those down to the
/// one that leads into the rest ("… như sau:"); without sections and lead-in the first alone.
pub(super) fn introducing(ladder: &Ladder, before: usize) -> usize {
    pattern!(
        LEADS_IN,
        r"(?i)(?::|\b(?:như sau|sau đây|sau|dưới đây)[.;]?)$"
    );
    let leads = (0..before).find(|at| LEADS_IN.is_match(ladder.nodes[*at].passage.text()));
    match leads {
        Some(at) => at + 1,
        None if before == ladder.nodes.len() => before.min(1),
        None => before,
    }
}

/// Reads the duties of all paragraphs, in order, into `found`, but of those that are read as `forms`.
pub(super) fn read(
    context: &Context<'_>,
    forms: &[usize],
    findings: &mut Findings,
    found: &mut Vec<Found>,
) {
    for index in 0..context.ladder.nodes.len() {
        if is_aside(context.ladder, index) || forms.contains(&index) {
            continue;
        }
        let section = context.ladder.ancestors(index).last().or(Some(index));
        let mut reader = Reader {
            context,
            findings,
            found,
            section,
            index,
            time: Vec::new(),
            before: Vec::new(),
            content: is_about_content(context.ladder, index),
            in_heading: false,
        };
        reader.node();
    }
}

/// Reads what sections that give no duties say of reports and their dues, to be held against the duties themselves.
pub(super) fn read_asides(context: &Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for index in context.first..context.ladder.nodes.len() {
        if !is_aside(context.ladder, index) {
            continue;
        }
        let section = context.ladder.ancestors(index).last().or(Some(index));
        let mut reader = Reader {
            context,
            findings: &mut Findings::default(),
            found: &mut found,
            section,
            index,
            time: Vec::new(),
            before: Vec::new(),
            content: is_about_content(context.ladder, index),
            in_heading: false,
        };
        reader.node();
    }
    found.retain(|found| found.duty.duty == DutyKind::Report && found.duty.due.is_some());
    found
}

/// A sentence for the case of difficulties, on sanctions, or of thanks: it gives nobody a duty.
pub(super) fn is_courtesy(sentence: &str) -> bool {
    pattern!(
        COURTESY,
        r"(?i)^\s*(?:trong quá trình|quá trình|nếu|khi|quá thời hạn|quá hạn|sau thời hạn|trường hợp|mọi|đơn vị nào|các nội dung khác|có (?:điều |vấn đề )?gì|(?:có|còn|gặp) (?:vướng mắc|khó khăn|thắc mắc))\b.*(?:vướng mắc|khó khăn|phát sinh|thắc mắc|chưa gửi|không gửi|không nộp|chưa nộp|chậm|giữ nguyên|nội dung chưa)|\bmong (?:nhận|được)|^\s*(?:rất mong|trân trọng(?: cảm ơn|\.|/)|xin trân trọng|đầu mối liên hệ|thông tin (?:chi tiết )?(?:xin )?liên hệ|thông tin chi tiết|mọi chi tiết)"
    );
    // What follows when a due is not kept, whoever bears it.
    pattern!(
        SANCTION,
        r"(?i)^\s*(?:sau|quá|hết) (?:thời (?:hạn|gian|điểm)|hạn|ngày|mốc)[^,;]*,.*\b(?:coi như|xem như|không (?:xét|tính|nhận|tổng hợp|tiếp nhận)|trừ điểm|phê bình|kiểm điểm|chịu trách nhiệm|xử lý)|^\s*(?:sau|quá|hết) (?:thời (?:hạn|gian)|hạn)(?: quy định)?(?: này| trên| nêu trên| nói trên| đó)*,[^;]*\bsẽ\b|^\s*(?:không (?:gửi|nộp|báo cáo|thực hiện)|(?:gửi|nộp|báo cáo) (?:chậm|muộn|trễ|sai)|chậm (?:gửi|nộp|báo cáo)|(?:đơn vị|cơ quan|địa phương|tổ chức|cá nhân|ai|nơi|xã|khoa|phòng|chi bộ)(?: nào)? (?:không|chưa|chậm|để|nộp chậm|gửi chậm|vi phạm|thiếu)|(?:nếu|trường hợp)\b)[^.]*\b(?:sẽ|thì|bị|coi như|xem như)\b"
    );
    // "… thông báo để các đơn vị biết."
    pattern!(
        TELLS,
        r"(?i)\bthông báo (?:để|đến|tới|cho)[^;.]* biết(?:, (?:thực hiện|phối hợp)[^;.]*)?[ ./]*$"
    );
    pattern!(
        SUFFERS,
        r"(?i)(?:^|[^\p{L}]|\b(?P<now>đang|đã|từng) )(?:sẽ|bị) (?:bị )?(?:xem xét (?:khi|trách nhiệm|kỷ luật|xử lý|giảm|thi đua)|phê bình|trừ điểm|kiểm điểm|xử lý|nhắc nhở|xử phạt|hạ)"
    );
    // Points and prizes follow from what was done; a telephone number says whom to ask.
    pattern!(
        FOLLOWS,
        r"(?i)\b(?:được|bị) (?:cộng|trừ) |\bthì (?:không )?(?:được|bị) |\bkhông được (?:xem xét|xét|tính|công nhận|hưởng) "
    );
    pattern!(
        CALL,
        r"(?i)(?:điện thoại|số máy|gọi số|máy lẻ|hộp thư|thư điện tử|e-?mail|zalo|\()(?: \p{L}+)?:? ?\(?0\d{2,4}[. ]?\d{3}"
    );
    // A number beside a duty ("phân công cán bộ tiếp nhận thông tin (số máy …)") says no more than itself.
    pattern!(
        CONTACT,
        r"(?i)\b(?:liên hệ|trao đổi|gọi|hỏi|phản ánh|đầu mối|thông tin|người (?:tiếp )?nhận|người liên hệ|mọi|vướng mắc)\b|^\s*(?:điện thoại|số máy|hộp thư|thư điện tử|e-?mail|zalo)\b"
    );
    pattern!(ASIDE, r"\([^()]*\)");
    pattern!(
        PERSON,
        r"^\s*(?:(?i:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy)) \p{Lu}[^(.;]{1,60}\("
    );
    let calls = CALL.is_match(sentence) && dues(sentence).is_empty() && {
        let bare = ASIDE.replace_all(sentence, "");
        PERSON.is_match(sentence)
            || CONTACT.is_match(&bare) && (CALL.is_match(&bare) || !is_asked(&bare))
    };
    // How what was done is judged: "Hạn chế: …; 04 đơn vị chậm quyết toán".
    pattern!(
        JUDGED,
        r"(?i)^\s*[-–+]?\s*(?:những |các |một số )?(?:hạn chế|tồn tại|khuyết điểm|ưu điểm|nguyên nhân|khó khăn|thuận lợi|kết quả đạt được|bài học)(?: [^:.,;]{0,30})?: "
    );
    calls
        || JUDGED.is_match(sentence)
        || FOLLOWS.is_match(sentence)
        || SUFFERS
            .captures_iter(sentence)
            .any(|found| found.name("now").is_none())
        || COURTESY.is_match(sentence)
        || SANCTION.is_match(sentence)
        || TELLS.is_match(sentence)
}

/// Whether the sentence begins with somebody and what is to be done, or with what is to be done.
fn is_asked(sentence: &str) -> bool {
    let start = sentence.len() - sentence.trim_start_matches([' ', '-', '–', '+']).len();
    subject(sentence, start).is_some() || begins_with_verb(&sentence[start..])
}

/// Whether the paragraph says what a report holds, or how things are to be done: a duty there is one only when it goes
/// somewhere or is due.
pub(super) fn is_about_content(ladder: &Ladder, index: usize) -> bool {
    pattern!(
        CONTENT,
        r"^(?i:(?:về )?(?:nội dung (?:báo cáo|sơ kết|tổng kết|đánh giá|kiểm tra|tự kiểm tra|giám sát|kiểm điểm|rà soát|chính|chủ yếu|đề cương)|bố cục|hình thức|phương pháp|phạm vi|đối tượng|số liệu|cách (?:viết|lấy|tính|trình bày)))\b"
    );
    std::iter::once(index)
        .chain(ladder.ancestors(index))
        .any(|at| {
            let node = &ladder.nodes[at];
            let heading = node.heading();
            (at != index || run_in(node.words()).is_some())
                && (CONTENT.is_match(heading) || speaks_of_report(heading))
        })
}

/// Whether the paragraph stands in a section that gives no duties (purposes, requirements, the case for the plan).
fn is_aside(ladder: &Ladder, index: usize) -> bool {
    pattern!(
        ASIDE,
        r"^(?:muc dich|muc tieu|quan diem|yeu cau|can cu|dac diem|su can thiet|co so phap ly|tinh hinh|thuc trang|hien trang|chi tieu|boi canh|nhan dinh|uu diem|han che|ton tai|nguyen nhan|danh gia (?:chung|tinh hinh|ket qua)|khai quat|ket qua (?:dat duoc|thuc hien|giam sat|kiem tra|thang|quy))\b"
    );
    std::iter::once(index)
        .chain(ladder.ancestors(index))
        .any(|at| {
            let node = &ladder.nodes[at];
            let heading = fold(&node.heading().chars().take(60).collect::<String>());
            // "2. Yêu cầu" alone heads what is required.
            let alone = heading.split(' ').count() <= 4;
            ASIDE.is_match(&heading)
                && (at != index || alone || run_in(node.words()).is_some())
                && !heading.contains("nhiem vu")
        })
}
