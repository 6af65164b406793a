//! What evidence a date must have to be a due, in one place.
//!
//! A date is a due only with a word that sets one ("trước ngày", "chậm nhất", "hạn: …"), and only where nothing closer
//! claims it: the number of a document, a cut-off of figures, what was or happened, a target, a gathering that somebody
//! only prepares. In doubt it is none.

use std::ops::Range;

use super::bodies::{begins, boundary};
use super::dates::Manner;
use super::passage::pattern;
use super::verbs::first_verb;

/// How much the word before a date says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strength {
    /// "chậm nhất", "hạn chót", "hoàn thành": always a due.
    Sets,
    /// "trước": a due, unless it tells when something was.
    Before,
    /// "trong", "vào", "đến", "hết": a due where the words before are about work to be done.
    Within,
}

fn strength(cue: &str) -> Strength {
    match cue.split_whitespace().next().unwrap_or_default() {
        "trước" => Strength::Before,
        "trong" | "vào" | "ngay" | "đến" | "tới" | "hết" if !cue.contains(':') => {
            Strength::Within
        }
        _ => Strength::Sets,
    }
}

/// How the date after `cue` is a due, if it is one. `day`: whether it names a day.
pub(super) fn of_cue(text: &str, phrase: Range<usize>, cue: &str, day: bool) -> Option<Manner> {
    let (before, after) = (near(text, phrase.start), &text[phrase.end..]);
    let cue = cue.to_lowercase();
    if cue.contains(" cũ") || cue.contains("ban đầu") {
        return None;
    }
    let work = cue.contains(':') && cue.contains("thực hiện") && !day;
    if work || is_labelled_review(&cue) || belongs_to_another(before) {
        return None;
    }
    pattern!(
        MOVED,
        r"(?i)\b(?:từ|dời|lùi|chuyển|đổi|hoãn|điều chỉnh|gia hạn|kéo dài)\b"
    );
    if cue.starts_with("sang") && !MOVED.is_match(before) {
        return None;
    }
    let strength = strength(&cue);
    if strength == Strength::Sets {
        return (!was(before) && (day || !is_target(before, after))).then_some(Manner::By);
    }
    if !day && is_target(before, after) || strength == Strength::Within && is_target_of(after) {
        return None;
    }
    match happened(before) {
        Happened::Surely => return None,
        Happened::Perhaps => return (day && strength == Strength::Before).then_some(Manner::Ahead),
        Happened::No => {}
    }
    if strength == Strength::Before {
        return Some(Manner::By);
    }
    if is_within_no_work(before, &cue, day) {
        return is_work_to_come(before, &cue, after).then_some(Manner::Ahead);
    }
    Some(if of_gathering(before) {
        Manner::At
    } else {
        Manner::By
    })
}

/// How vague words ("đầu tháng 9/2025") are a due: no date can come of them, so little is asked.
pub(super) fn of_vague(text: &str, start: usize) -> Option<Manner> {
    let before = near(text, start);
    (!belongs_to_another(before) && happened(before) == Happened::No).then_some(Manner::By)
}

/// Whether the phrase opens its clause and the words after a pause are what is done then: "Tuần 1 tháng 10/2018, các chi
/// bộ báo cáo".
pub(super) fn opens(text: &str, phrase: &Range<usize>) -> bool {
    text[..phrase.start].trim().is_empty()
        && text[phrase.end..]
            .trim_start_matches(')')
            .starts_with([',', ':'])
}

/// How a date without a word that sets a due is one: the day of an event, or the day on which something is sent.
pub(super) fn of_bare(text: &str, start: usize) -> Option<Manner> {
    pattern!(
        SENT,
        r"(?i)\b(?:gửi|nộp|chuyển|hoàn thành|hoàn tất)\b[^;.():]*$"
    );
    pattern!(
        NAMED,
        r"(?i)(?:công văn|kế hoạch|quyết định|thông báo|báo cáo|hướng dẫn|chỉ thị|nghị quyết|văn bản|tờ trình|số liệu|lúc|sau|từ|tại|theo|của|và|lần|ngày) $"
    );
    let before = near(text, start);
    if belongs_to_another(before) || happened(before) != Happened::No {
        return None;
    }
    let sent = SENT.is_match(before) && !NAMED.is_match(before) && !of_gathering(before);
    Some(if sent { Manner::By } else { Manner::At })
}

/// How a stretch "từ … đến …" is a due; `since` is handed on.
pub(super) fn of_span(
    text: &str,
    start: usize,
    since: Option<jiff::civil::Date>,
) -> Option<Manner> {
    pattern!(
        LABELLED,
        r"(?i)(?:thời hạn|hạn|thời gian (?:gửi|nộp|tiếp nhận|nhận|hoàn thành))[^,;.:]{0,50}(?::| là) ?$"
    );
    let before = near(text, start);
    if belongs_to_another(before) {
        return None;
    }
    if LABELLED.is_match(before) {
        return Some(Manner::By);
    }
    (happened(before) == Happened::No).then_some(Manner::Span { since })
}

/// The words before `at` that can say what a date there is for.
fn near(text: &str, at: usize) -> &str {
    const REACH: usize = 400;
    &text[boundary(text, at.saturating_sub(REACH))..at]
}

/// The words since the last pause.
fn chunk(before: &str) -> &str {
    let from = before.rfind([',', ';', ':', '(']).map_or(0, |at| at + 1);
    &before[from..]
}

/// "Thời gian sơ kết: …", "Mốc lấy số liệu: …" name what is looked at.
fn is_labelled_review(cue: &str) -> bool {
    pattern!(
        REVIEW,
        r"sơ kết|tổng kết|đánh giá|số liệu|lấy|chốt|tính|kỳ|giám sát|kiểm tra|khảo sát|hiệu lực|thống kê|niên độ"
    );
    cue.contains(':') && REVIEW.is_match(cue) && !cue.contains("báo cáo") && !cue.contains("gửi")
}

/// The number of a document, a cut-off of figures, the beginning of something, a due that holds no longer.
fn belongs_to_another(before: &str) -> bool {
    pattern!(
        REPLACED,
        r"(?i)\b(?:thay (?:cho|vì|thế)\b[^,;.]{0,40}|(?:không phải|cũ)(?: là|:)? )$"
    );
    pattern!(
        COUNTED,
        r"(?xi)(?:\b(?:tính|số\ liệu\ (?:chốt|lấy|tính)|chốt|kể\ từ|giai\ đoạn|thời\ điểm|lấy|áp\ dụng|có\ mặt|hiệu\ lực(?:\ thi\ hành)?|văn\ bản)|\p{L}/\p{L}[^\s;]*,?)\ (?:đến\ |từ\ )?$"
    );
    // "(lịch cũ từ ngày … đến ngày …)", "(theo Kế hoạch số … là trước ngày …)".
    pattern!(
        FORMER,
        r"(?i)\((?:trước đây|ban đầu|thay|đã |cũ|(?:lịch|thời hạn|hạn|mốc|thời gian|kế hoạch) (?:cũ|trước|ban đầu)|(?:theo )?(?:kế hoạch|công văn|thông báo|hướng dẫn|chương trình|quyết định|văn bản)\b)[^()]*$"
    );
    let before = before.strip_suffix("bằng văn bản ").unwrap_or(before);
    REPLACED.is_match(before)
        || FORMER.is_match(before)
        || COUNTED.is_match(before.strip_suffix('(').unwrap_or(before))
}

/// Whether something was over on the date: "đã hoàn thành trong năm 2024".
fn was(before: &str) -> bool {
    pattern!(WAS, r"(?i)\b(?:đã|từng|vừa)(?: \p{L}+){0,3} $");
    WAS.is_match(chunk(before))
}

// "số doanh nghiệp đã nhận cho Ban Quản lý trước ngày …": what goes to somebody goes by then.
pattern!(SENT_TO, r"\b(?:cho|về|tới|đến|lên|với|qua) \p{Lu}");

/// Whether the words before a date tell what was then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Happened {
    No,
    /// If the day is over.
    Perhaps,
    Surely,
}

// Whom something goes to.
pattern!(TO_BODY, r"\b(?:cho|về|tới|đến|lên|với) ");

/// What happened, began or was counted on the date, and what is marked out by it: "các dự án được phê duyệt trước …".
fn happened(before: &str) -> Happened {
    pattern!(
        HAPPENED,
        r"(?xi)\b(?:sinh|phát\ sinh|phát\ hiện|ban\ hành|tham\ gia|xảy\ ra|thành\ lập|công\ nhận|tuyển\ dụng|nhập\ ngũ|nhập\ học|vào\ (?:làm|đảng|Đảng)|bị\ thương|được\ (?:cấp|hưởng)|tồn\ tại
        |chết|hy\ sinh|cư\ trú|kết\ nạp|nghỉ\ hưu|khởi\ công|(?:đủ|tròn)\ \d+\ (?:tuổi|năm)[^,;]{0,20}|phiên\ họp[^;,.]{0,30})\ (?:từ\ )?$"
    );
    // These words end names of offices as well: "gửi về Tổ công tác trước ngày …".
    pattern!(
        WAS_SO,
        r"(?i)\b(?:hoạt động|công tác|thi hành|ký|hưởng|mất|đăng ký|thương) $"
    );
    pattern!(
        SENT,
        r"(?i)\b(?:gửi|nộp|trình|báo cáo|cung cấp|hoàn thành|xong)\b[^;.]*$"
    );
    pattern!(WAS, r"(?i)\b(?:người có công|kháng chiến) $");
    // "các dự án được phê duyệt", "số vốn đã giải ngân": until a verb of sending says otherwise.
    pattern!(
        MARKED,
        r"(?i)\b(?:được|(?P<ready>chuẩn |thiết |trang )?bị|(?P<done>đã)) (?P<verb>[^,;:.()]{2,80} )$"
    );
    pattern!(
        STILL_ASKED,
        r"(?i)^(?:giao|yêu cầu|đề nghị|phân công|mời|phép|chọn)\b|\b(?:gửi|nộp|trình|chuyển|hoàn thành|hoàn tất|hoàn thiện|xong|báo cáo|tổ chức|triển khai|tiến hành|lùi|gia hạn|điều chỉnh|chuyển|kéo dài|thay đổi|dời)\b"
    );
    let before = before.strip_suffix('(').unwrap_or(before);
    // "…, ban hành trước ngày …" is what is to be done.
    pattern!(
        TO_DO,
        r"^ ?(?i:ban hành|thành lập|công nhận|kết nạp|tham gia|khởi công|phát hành)\b"
    );
    let to_do = TO_DO.is_match(chunk(before)) && chunk(before).len() < before.len();
    // "cha mẹ học sinh trước ngày …": who, not what happened.
    pattern!(
        PEOPLE,
        r"(?i)(?:học|thí|vệ|môn|giáo|tân|nữ|nam|trại|dưỡng|ký|tu) sinh $"
    );
    if HAPPENED.is_match(before) && !to_do && !PEOPLE.is_match(before)
        || WAS_SO.is_match(before) && !SENT.is_match(before)
    {
        return Happened::Surely;
    }
    let words = chunk(before);
    let marked = MARKED
        .captures(words)
        .filter(|found| found.name("ready").is_none())
        .filter(|found| {
            let verb = &found["verb"];
            !STILL_ASKED.is_match(verb) && !SENT_TO.is_match(verb)
        });
    match marked {
        // "gửi phiếu cho các đơn vị được giám sát trước ngày …": it marks out who gets it.
        Some(found) if found.name("done").is_none() => {
            let at = found.get(0).map_or(0, |marked| marked.start());
            let lead = &before[..before.len() - words.len() + at];
            let whom = TO_BODY
                .find_iter(lead)
                .last()
                .is_some_and(|to| begins(&before[to.end()..]));
            if whom {
                Happened::Perhaps
            } else {
                Happened::Surely
            }
        }
        Some(_) => Happened::Perhaps,
        None if WAS.is_match(before) => Happened::Perhaps,
        None => Happened::No,
    }
}

/// "phấn đấu đạt 90% trong năm 2025": a state to be reached. What is said since a pause for itself is none: "khảo sát
/// (tỷ lệ phản hồi 70%), hoàn thành trong quý IV".
fn is_target(before: &str, after: &str) -> bool {
    pattern!(
        AIMED,
        r"(?i)\b(?:phấn đấu|chỉ tiêu|mục tiêu|định hướng|tầm nhìn)\b[^;.]*$"
    );
    pattern!(REACHED, r"(?i)\b(?:đạt|tỷ lệ)\b");
    let words = chunk(before);
    AIMED.is_match(before) || REACHED.is_match(words) || is_target_of(after)
}

fn is_target_of(after: &str) -> bool {
    pattern!(
        REACHES,
        r"(?i)^,? (?:có (?:ít nhất |trên |tối thiểu )?\d|đạt|phấn đấu|tỷ lệ|giảm|tăng|ít nhất \d|trên \d|tối thiểu \d)"
    );
    REACHES.is_match(after)
}

/// Whether the date is that of a gathering that the words before only name: "chuẩn bị nội dung họp vào ngày …".
fn of_gathering(before: &str) -> bool {
    pattern!(
        GATHERING,
        r"(?i)(?P<held>\b(?:tổ chức|mở|tiến hành|chủ trì|đăng cai|xong|hoàn thành)\b[^,;.:()]*)?\b(?:hội nghị|hội thảo|phiên họp|kỳ họp|cuộc họp|buổi họp|họp|lễ|đại hội|tọa đàm|toạ đàm|hội thi|ngày hội|mít tinh)\b[^,;.:()]{0,80}$"
    );
    GATHERING
        .captures(before)
        .is_some_and(|found| found.name("held").is_none())
}

/// "phổ biến Kế hoạch này trong tháng 4/2026.": what a clause ends with, and no figures or papers of that time.
fn is_work_to_come(before: &str, cue: &str, after: &str) -> bool {
    pattern!(
        OF_THE_TIME,
        r"(?i)\b(?:số liệu|dữ liệu|kết quả|tình hình|báo cáo|danh sách|thống kê|số (?:vụ|lượng|hộ|người|lượt|vốn|tiền|thu)|doanh thu|chỉ tiêu|nhiệm vụ|phát sinh|diễn ra|công tác|hoạt động)\b[^,;]*$|\b(?:kế hoạch|chương trình|đề án|chiến lược|quy hoạch) $"
    );
    pattern!(ENDS, r"^[ )]*(?:[.;]|\./|$)");
    let within = matches!(cue.split_whitespace().next(), Some("trong" | "vào"));
    within && ENDS.is_match(after) && !OF_THE_TIME.is_match(chunk(before))
}

/// Whether no work stands before "trong", "vào", "đến" that could be done by then.
fn is_within_no_work(before: &str, cue: &str, day: bool) -> bool {
    pattern!(
        SCOPE,
        r"(?i)(?:thực hiện|tình hình|kết quả|công tác|hoạt động|nhiệm vụ|phát sinh|đạt được|thu chi|diễn ra|xây dựng|chế độ|người|việc|số|gia đình|chương trình|năng|chính sách|học sinh|hộ) $"
    );
    pattern!(
        RANGE,
        r"(?i)\b(?:từ|kể từ)(?: ngày| tháng| năm| đầu| quý)? [^;.]{0,80}$"
    );
    pattern!(
        FINISHED,
        r"(?i)(?:hoàn thành|xong|gửi|nộp|báo cáo|tổ chức|triển khai|tiến hành|thực hiện|trình|họp|mở|ban hành|xây dựng|kết thúc|diễn ra)[^;.]*$"
    );
    // "báo cáo kết quả kiểm tra trong tháng 9/2022" may name what was checked then.
    pattern!(
        RESULTS,
        r"(?i)báo cáo(?: nhanh)?(?: về)? (?:kết quả|tình hình|số liệu|công tác) [^,;.()]*$"
    );
    // "tổ chức hội nghị tổng kết chương trình trong tháng 11": what is held or done is done then.
    pattern!(
        DONE,
        r"(?i)\b(?:tổ chức|hoàn thành|xong|gửi|nộp|trình|mở|ban hành|tiến hành|hoàn thiện)\b"
    );
    let words = chunk(before);
    let done = DONE.is_match(words) && !words.to_lowercase().contains("báo cáo");
    let results = RESULTS
        .find(before)
        .is_some_and(|results| !SENT_TO.is_match(results.as_str()));
    match cue.split_whitespace().next().unwrap_or_default() {
        "trong" | "vào" if done => false,
        "trong" | "vào" if !day => {
            SCOPE.is_match(before)
                || results
                || !FINISHED.is_match(before) && first_verb(before).is_none() && !before.is_empty()
        }
        "trong" | "vào" | "ngay" => SCOPE.is_match(before),
        _ => {
            // "Chiến lược phát triển … đến năm 2030": how far something goes.
            pattern!(
                ENDED,
                r"(?i)\b(?:hoàn thành|hoàn tất|xong|kết thúc|lùi|gia hạn|kéo dài)\b[^,;]*$"
            );
            !day && !ENDED.is_match(words)
                || RANGE.is_match(before)
                || words.contains("số liệu ") && !SENT_TO.is_match(words)
                || SCOPE.is_match(before)
                || before.trim_end().is_empty() && !day
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dates::{Due, Manner, dues};
    use jiff::civil::date;

    /// The days that `text` names for every kind of duty.
    fn days(text: &str) -> Vec<Due> {
        dues(text)
            .into_iter()
            .filter(|phrase| phrase.manner == Manner::By)
            .map(|phrase| phrase.due)
            .collect()
    }

    #[test]
    fn a_date_that_tells_of_something_else_is_no_due() {
        for text in [
            "báo cáo danh sách công dân sinh trước ngày 01/01/2006",
            "rà soát các dự án được phê duyệt trước ngày 01/7/2025",
            "rà soát văn bản hết hiệu lực trước ngày 01/7/2025",
            "tổng hợp số vốn đã giải ngân đến hết ngày 31/5/2025",
            "báo cáo số liệu đến ngày 31/5/2025",
            "báo cáo số hộ nghèo tính đến ngày 30/6/2025",
            "báo cáo việc khắc phục cơn bão xảy ra vào ngày 20/4/2025",
            "cấp thẻ cho công dân đủ 14 tuổi trước ngày 31/12/2025",
            "tiêm vắc xin cho trẻ sinh từ ngày 01/01/2024 đến ngày 30/6/2024",
            "phấn đấu đến hết năm 2025 đạt 90% hộ gia đình văn hóa",
            "hoàn thành 100% chỉ tiêu trong năm 2025",
            "chuẩn bị nội dung họp vào ngày 20/5/2025",
            "gửi giấy mời dự hội nghị ngày 20/6/2025",
            "báo cáo từ đầu năm học đến ngày 15/5/2025",
            "kiểm tra thực tế (lịch cũ từ ngày 02/3/2025 đến ngày 06/3/2025)",
            "gửi báo cáo (theo Kế hoạch số 18/KH-SNV là trước ngày 25/02/2025)",
            "thay cho thời hạn trước ngày 25/02/2025",
            "hoàn thành đo đạc (Kế hoạch số 22/KH-UBND quy định trước ngày 30/4/2025)",
            "(Công văn số 45-CV/TU yêu cầu xong trước ngày 30/4/2025)",
            "xây dựng báo cáo theo Công văn số 12/CV-UBND ngày 20/4/2025",
            "nộp báo cáo sau ngày 30/6/2025",
            "Thời gian chốt số liệu: ngày 15/6/2025",
            "mốc đánh giá: 30/6/2025",
        ] {
            assert_eq!(days(text), [], "{text}");
        }
    }

    #[test]
    fn what_cannot_have_been_yet_is_to_be_done() {
        for text in [
            "cập nhật số công tơ đã kiểm kê lên phần mềm trước ngày 12/7/2025",
            "gửi phiếu cho các cơ quan, địa phương được giám sát trước ngày 22/4/2025",
            "thăm hỏi người có công trước ngày 27/7/2025",
            "Phổ biến Kế hoạch này trong tháng 4/2025",
            "Công khai khoản thu tại trang thông tin của trường trong tháng 9/2025;",
        ] {
            let found = dues(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].manner, Manner::Ahead, "{text}");
        }
        for text in [
            "Chiến lược phát triển kinh tế biển đến năm 2030",
            "thực hiện Đề án chuyển đổi số đến hết năm 2025",
        ] {
            assert_eq!(dues(text), [], "{text}");
        }
    }

    #[test]
    fn beside_a_due_a_cut_off_is_none() {
        let due = |day| {
            vec![Due::On {
                date: day,
                inclusive: false,
            }]
        };
        for text in [
            "cung cấp số liệu dư nợ đến ngày 31/7/2025 cho Ban Kinh tế trước ngày 20/8/2025",
            "báo cáo tình hình giải ngân đến hết ngày 31/7/2025, gửi trước ngày 20/8/2025",
            "số liệu trước khi kết thúc hoạt động, gửi trước ngày 20/8/2025",
        ] {
            assert_eq!(days(text), due(date(2025, 8, 20)), "{text}");
        }
        for text in [
            "báo cáo số doanh nghiệp đã nhận cho Ban Quản lý trước ngày 20/8/2025",
            "rà soát cơ chế, ban hành trước ngày 20/8/2025",
            "thẩm định hồ sơ khen thưởng trước ngày 20/8/2025",
        ] {
            assert_eq!(days(text), due(date(2025, 8, 20)), "{text}");
        }
    }

    #[test]
    fn a_date_that_governs_the_sending_is_a_due_in_every_wording() {
        let due = |inclusive| {
            vec![Due::On {
                date: date(2025, 9, 30),
                inclusive,
            }]
        };
        for text in [
            "trước ngày 30-9-2025",
            "trước ngày 30 tháng 9/2025",
            "trước 30, tháng 9, năm 2025",
            "trước ngày 30 tháng Chín năm 2025",
            "trước thứ Ba (ngày 30/9/2025)",
            "trước ngày thứ Ba, 30/9/2025",
            "xong trước 30/9/2025",
            "kịp trước ngày 30/9/2025 (thứ Ba)",
        ] {
            let text = format!("gửi báo cáo về Sở Nội vụ {text}");
            assert_eq!(days(&text), due(false), "{text}");
        }
        for text in [
            "trước 17h00' ngày 30/9/2025",
            "trước 15 giờ thứ Ba, ngày 30/9/2025",
            "chậm nhất hết giờ hành chính ngày 30/9/2025",
            "muộn nhất vào cuối giờ làm việc ngày 30/9/2025",
            "không chậm hơn ngày 30/9/2025",
            ", thời gian chậm nhất: 30/9/2025",
            "(30/9/2025 là hạn cuối)",
            ", ngày cuối cùng nhận báo cáo là 30/9/2025",
            "ngày 30/9/2025 là muộn nhất",
            "30.9.2025 là chậm nhất",
            "(tỷ lệ phiếu thu về đạt 70%), xong trong quý III/2025",
            "đúng hạn (30/9/2025)",
            "ngày 30/9/2025",
            "trong 3 ngày 28, 29, 30/9/2025",
            "vào các ngày 29 - 30/9/2025",
            "trong tháng 9 năm 2025",
            "trong các tháng 8, 9/2025",
            "trong Quý III, năm 2025",
            ", thời hạn: từ ngày 20/9/2025 đến ngày 30/9/2025",
        ] {
            let text = format!("gửi báo cáo về Sở Nội vụ {text}");
            assert_eq!(days(&text), due(true), "{text}");
        }
    }
}
