//! Findings: what a person has to look at, said in Vietnamese with the place and what to do.

use super::dates::Due;
use super::model::{Finding, FindingKind};
use super::passage::{Flow, Passage, pattern};
use super::places::Span;
use super::relative::names_gathering;

/// Findings in the order they were made.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    pub fn add(&mut self, kind: FindingKind, place: Span, message: String) {
        let finding = Finding {
            kind,
            message,
            start: place.start,
            end: place.end,
        };
        if !self.0.contains(&finding) {
            self.0.push(finding);
        }
    }

    /// Takes in the findings of another reading.
    pub fn append(&mut self, other: Findings) {
        for finding in other.0 {
            if !self.0.contains(&finding) {
                self.0.push(finding);
            }
        }
    }

    /// Whether a due is counted from a gathering that the document was not known to date.
    pub fn counts_from_an_event(&self, flow: &Flow) -> bool {
        self.0.iter().any(|finding| {
            let words = || -> String { flow.chars[finding.start..finding.end].iter().collect() };
            finding.kind == FindingKind::RelativeDeadline && names_gathering(&words())
        })
    }

    /// In the order of the text.
    pub fn into_list(mut self) -> Vec<Finding> {
        self.0.sort_by_key(|finding| (finding.start, finding.end));
        self.0
    }

    /// Says why a due phrase gave no date; nothing when it gave one. `year` is a candidate for a missing year.
    pub fn about_due(&mut self, due: Due, words: &str, place: Span, year: Option<i16>) {
        let (kind, message) = match due {
            Due::On { .. } => return,
            Due::Impossible => (
                FindingKind::ImpossibleDate,
                format!("“{words}” không có trong lịch. Đối chiếu bản gốc rồi nhập hạn đúng."),
            ),
            Due::MissingYear => {
                let candidate = year.map_or(String::new(), |year| {
                    format!(
                        " Có thể là năm {year} theo thời gian của văn bản, nhưng văn bản không nói."
                    )
                });
                (
                    FindingKind::MissingYear,
                    format!(
                        "“{words}” không ghi năm.{candidate} Nhập hạn đầy đủ ngày, tháng, năm."
                    ),
                )
            }
            Due::Relative(_) => (
                FindingKind::RelativeDeadline,
                format!(
                    "“{words}” tính từ một mốc khác, chưa thành ngày cụ thể. Xác định mốc rồi nhập hạn."
                ),
            ),
            Due::Recurring => (
                FindingKind::RecurringDeadline,
                format!("“{words}” là hạn lặp lại theo kỳ. Nhập hạn của kỳ báo cáo này."),
            ),
            Due::Vague => (
                FindingKind::VagueDeadline,
                format!("“{words}” không chỉ rõ ngày. Nhập hạn cụ thể."),
            ),
        };
        self.add(kind, place, message);
    }
}

/// Findings about the characters of the text. Returns whether the text is in an old 8-bit encoding.
pub(super) fn about_text(flow: &Flow, findings: &mut Findings) -> bool {
    let start = Span {
        start: 0,
        end: flow.chars.len().min(1),
    };
    if flow.decomposed {
        findings.add(
            FindingKind::DecomposedUnicode,
            start,
            "Văn bản dùng Unicode tổ hợp; đã đổi sang Unicode dựng sẵn khi đọc. Nên gõ lại bằng bộ gõ Unicode dựng sẵn."
                .to_owned(),
        );
    }
    let Some(place) = legacy(&flow.chars) else {
        return false;
    };
    findings.add(
        FindingKind::LegacyEncoding,
        place,
        "Văn bản có vẻ dùng phông chữ cũ (TCVN3 hoặc VNI), nội dung đọc ra không đúng. Chuyển mã sang Unicode rồi đọc lại."
            .to_owned(),
    );
    true
}

/// The first letter that Vietnamese does not have, when there are too many of them to be foreign words.
fn legacy(chars: &[char]) -> Option<Span> {
    const FOREIGN: &str = "¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿ÆÇËÐÑÄÅÖØÜÞßäåæçëïñðöøûüþÿîÏÎÛ÷";
    let foreign = |c: &&char| FOREIGN.contains(**c);
    let letters = chars
        .iter()
        .filter(|c| c.is_alphabetic() || FOREIGN.contains(**c))
        .count();
    let strange = chars.iter().filter(foreign).count();
    if strange < 5 || strange * 50 < letters {
        return None;
    }
    let start = chars.iter().position(|c| FOREIGN.contains(*c))?;
    Some(Span {
        start,
        end: start + 1,
    })
}

/// An older plan that this one changes: the words that say so.
pub(super) fn amends(passage: &Passage) -> Option<std::ops::Range<usize>> {
    pattern!(
        AMENDS,
        r"(?i)\b(?:điều chỉnh|sửa đổi|bổ sung|thay thế|gia hạn)[^.;]{0,160}?\b(?:kế hoạch|công văn|hướng dẫn) số \d[^\s,;]*"
    );
    AMENDS.find(passage.text()).map(|found| found.range())
}

/// A plan or letter that this one puts itself in the place of, as its closing clauses say.
pub(super) fn replaces(text: &str) -> Option<std::ops::Range<usize>> {
    pattern!(
        REPLACES,
        r"(?i)(?:kế hoạch|công văn|hướng dẫn|thông báo|văn bản|chương trình) này (?:có hiệu lực[^.;]{0,60})?(?:được )?(?:và )?(?:thay (?:thế|cho)?|bãi bỏ|hủy bỏ|huỷ bỏ|sửa đổi|bổ sung|điều chỉnh|gia hạn|đính chính)[^.;]{0,120}?(?:kế hoạch|công văn|hướng dẫn|thông báo|chương trình) số:? ?\d[^\s,;]*|(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|thu hồi|không thực hiện) (?:kế hoạch|công văn|hướng dẫn|thông báo|chương trình) số:? ?\d[^\s,;]*|(?:kế hoạch|công văn|hướng dẫn|thông báo|chương trình) số:? ?\d[^.;]{0,140}? (?:hết hiệu lực|không còn hiệu lực|được thay thế|bị bãi bỏ)"
    );
    // Of guidance a new one takes the place of the last; "Công văn số … về các đề án hết hiệu lực" tells of others.
    pattern!(SUCCEEDS, r"^(?i:hướng dẫn này) .*thay");
    pattern!(ABOUT, r" (?:về|quy định) .*hiệu lực$");
    REPLACES
        .find(text)
        .filter(|found| !SUCCEEDS.is_match(found.as_str()) && !ABOUT.is_match(found.as_str()))
        .map(|found| found.range())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_says_in_many_words_that_another_is_over() {
        for text in [
            "Kế hoạch này thay cho mục IV của Kế hoạch số 88/KH-BVĐK ngày 13/01/2023.",
            "Kế hoạch này thay thế Kế hoạch số 12-KH/HU, ngày 02/3/2021.",
            "Công văn này bổ sung Công văn số 45-CV/TU.",
            "Bãi bỏ Kế hoạch số 31/KH-UBND.",
            "Kế hoạch số 31/KH-UBND ngày 02/3/2021 của Ủy ban nhân dân xã hết hiệu lực.",
        ] {
            assert!(replaces(text).is_some(), "{text}");
        }
        for text in [
            "Kế hoạch này thực hiện Kế hoạch số 12-KH/HU.",
            "Căn cứ Kế hoạch số 12-KH/HU, các chi bộ xây dựng báo cáo.",
            "Hướng dẫn này thay thế Hướng dẫn số 09-HD/BTCTU, ngày 20/10/2016.",
            "Thực hiện Công văn số 3010/VPCP-KGVX ngày 20/5/2022 về tổng kết các đề án hết hiệu lực trong năm 2022.",
        ] {
            assert!(replaces(text).is_none(), "{text}");
        }
    }
}
