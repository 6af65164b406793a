//! Bodies that did not exist at the time of which a sentence speaks: dated data, not code.

use super::codes::Code;
use super::dossier::{Dossier, Placed};
use super::finding::Finding;
use super::lines::sentences;
use super::pattern;
use jiff::civil::{Date, date};

/// A body with the days between which it existed.
struct Body {
    /// As texts write it, both placements of tones.
    names: &'static [&'static str],
    from: Option<Date>,
    /// The first day on which it no longer existed everywhere.
    until: Option<Date>,
    /// What took its place, or what stood there before.
    instead: &'static str,
}

const fn ended(names: &'static [&'static str], until: Date, instead: &'static str) -> Body {
    Body {
        names,
        from: None,
        until: Some(until),
        instead,
    }
}

const fn began(names: &'static [&'static str], from: Date, instead: &'static str) -> Body {
    Body {
        names,
        from: Some(from),
        until: None,
        instead,
    }
}

/// Where provinces acted on different days, the last of them counts: only what is sure is told.
const BODIES: [Body; 15] = [
    ended(
        &[
            "Ban cán sự đảng UBND tỉnh",
            "Ban cán sự đảng Ủy ban nhân dân tỉnh",
        ],
        date(2025, 7, 1),
        "Đảng ủy UBND tỉnh",
    ),
    ended(
        &["Đảng đoàn HĐND tỉnh", "Đảng đoàn Hội đồng nhân dân tỉnh"],
        date(2025, 7, 1),
        "Đảng ủy các cơ quan Đảng tỉnh",
    ),
    ended(
        &[
            "Ban Dân vận Tỉnh ủy",
            "Ban Dân vận Tỉnh uỷ",
            "Ban Dân vận Trung ương",
        ],
        date(2025, 7, 1),
        "Ban Tuyên giáo và Dân vận",
    ),
    ended(
        &[
            "Ban Tuyên giáo Tỉnh ủy",
            "Ban Tuyên giáo Tỉnh uỷ",
            "Ban Tuyên giáo Trung ương",
        ],
        date(2025, 7, 1),
        "Ban Tuyên giáo và Dân vận",
    ),
    ended(
        &[
            "Sở Lao động - Thương binh và Xã hội",
            "Sở Lao động – Thương binh và Xã hội",
            "Sở LĐTBXH",
            "Sở LĐ-TB&XH",
            "Bộ Lao động - Thương binh và Xã hội",
            "Bộ Lao động – Thương binh và Xã hội",
        ],
        date(2025, 7, 1),
        "ngành Nội vụ",
    ),
    ended(
        &["Bộ Kế hoạch và Đầu tư", "Sở Kế hoạch và Đầu tư"],
        date(2025, 7, 1),
        "ngành Tài chính",
    ),
    ended(
        &[
            "Bộ Tài nguyên và Môi trường",
            "Sở Tài nguyên và Môi trường",
            "Sở Nông nghiệp và Phát triển nông thôn",
        ],
        date(2025, 7, 1),
        "ngành Nông nghiệp và Môi trường",
    ),
    ended(
        &[
            "Bộ Thông tin và Truyền thông",
            "Sở Thông tin và Truyền thông",
        ],
        date(2025, 7, 1),
        "ngành Khoa học và Công nghệ",
    ),
    ended(
        &["Bộ Giao thông vận tải", "Sở Giao thông vận tải"],
        date(2025, 7, 1),
        "ngành Xây dựng",
    ),
    ended(
        &[
            "UBND huyện",
            "Ủy ban nhân dân huyện",
            "Huyện ủy",
            "Huyện uỷ",
            "UBND thị xã",
            "Thị ủy",
            "HĐND huyện",
            "Phòng Lao động - Thương binh và Xã hội",
        ],
        date(2025, 7, 1),
        "chính quyền và cấp ủy cấp xã (từ 01/7/2025 không còn cấp huyện)",
    ),
    ended(
        &["UBND thị trấn", "Ủy ban nhân dân thị trấn"],
        date(2025, 7, 1),
        "xã, phường, đặc khu",
    ),
    began(
        &["Ban Tuyên giáo và Dân vận"],
        date(2025, 1, 1),
        "Ban Tuyên giáo và Ban Dân vận",
    ),
    began(
        &[
            "Bộ Nông nghiệp và Môi trường",
            "Sở Nông nghiệp và Môi trường",
        ],
        date(2025, 1, 1),
        "hai ngành riêng",
    ),
    began(
        &["Bộ Dân tộc và Tôn giáo", "Sở Dân tộc và Tôn giáo"],
        date(2025, 1, 1),
        "cơ quan dân tộc và cơ quan tôn giáo riêng",
    ),
    began(
        &["Đảng ủy UBND tỉnh", "Đảng ủy các cơ quan Đảng tỉnh"],
        date(2024, 12, 1),
        "Ban cán sự đảng UBND tỉnh",
    ),
];

pattern!(TIME, r"\b(?:(\d{1,2})/)?(?:(\d{1,2})/)?(20\d\d|19\d\d)\b");
// The past and the change itself may be told with the old name.
pattern!(
    OF_THE_PAST,
    r"(?i)\b(?:trước đây|trước khi|nguyên|cũ|giải thể|sáp nhập|hợp nhất|kết thúc hoạt động|thay thế|kế thừa|tiền thân|chuyển giao|bàn giao|chuyển từ|tiếp nhận từ|đổi tên|thành lập|sẽ|chuẩn bị|đề án|dự kiến|trước ngày)\b"
);

pub(super) fn check(dossier: &Dossier, lines: &[Placed<'_>]) -> Vec<Finding> {
    lines
        .iter()
        .flat_map(|line| {
            sentences(line.text())
                .into_iter()
                .flat_map(|sentence| in_sentence(dossier, line, sentence))
        })
        .collect()
}

fn in_sentence(
    dossier: &Dossier,
    line: &Placed<'_>,
    sentence: std::ops::Range<usize>,
) -> Vec<Finding> {
    let words = &line.text()[sentence.clone()];
    if !BODIES
        .iter()
        .any(|body| body.names.iter().any(|name| words.contains(name)))
        || OF_THE_PAST.is_match(words)
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    for body in &BODIES {
        let Some((at, name)) = body
            .names
            .iter()
            .find_map(|name| Some((words.find(name)?, *name)))
        else {
            continue;
        };
        let goes_on = words[at + name.len()..].starts_with(|c: char| c.is_alphanumeric());
        // "Ban Tuyên giáo và Dân vận Tỉnh ủy" is another body than "Ban Tuyên giáo Tỉnh ủy": names are whole.
        let Some((early, late)) = times(dossier, words).filter(|_| !goes_on) else {
            continue;
        };
        let is_gone = body.until.is_some_and(|until| early >= until);
        let is_not_yet = body.from.is_some_and(|from| late < from);
        if !(is_gone || is_not_yet) {
            continue;
        }
        let (vi, en) = if is_gone {
            (
                format!(
                    "“{name}” không còn vào thời điểm này; nay là {}.",
                    body.instead
                ),
                format!("“{name}” no longer existed then; now {}.", body.instead),
            )
        } else {
            (
                format!(
                    "“{name}” chưa có vào thời điểm này; khi đó là {}.",
                    body.instead
                ),
                format!("“{name}” did not exist yet; then {}.", body.instead),
            )
        };
        let start = sentence.start + at;
        found.push(Finding::new(
            Code::BodyNotThere,
            line.place(start..start + name.len()),
            vi,
            en,
        ));
    }
    found
}

/// The first day of the earliest and the last day of the latest time in the sentence; the period where it names none.
fn times(dossier: &Dossier, words: &str) -> Option<(Date, Date)> {
    let mut times: Vec<(Date, Date)> = TIME
        .captures_iter(words)
        .filter_map(|found| {
            let part = |group: usize| {
                found
                    .get(group)
                    .and_then(|part| part.as_str().parse::<i8>().ok())
            };
            let year: i16 = found[3].parse().ok()?;
            let (first, last) = match (part(1), part(2)) {
                (Some(day), Some(month)) => {
                    let day = Date::new(year, month, day).ok()?;
                    (day, day)
                }
                (Some(month), None) => {
                    let first = Date::new(year, month, 1).ok()?;
                    (first, first.last_of_month())
                }
                _ => (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?),
            };
            Some((first, last))
        })
        .collect();
    if times.is_empty() {
        let period = dossier.period?;
        let month = |(year, month): (i16, i8)| Date::new(year, month, 1).ok();
        times.push((
            month(period.from)?,
            dossier.day.or(month(period.to)?.last_of_month().into())?,
        ));
    }
    Some((
        times.iter().map(|(first, _)| *first).min()?,
        times.iter().map(|(_, last)| *last).max()?,
    ))
}
