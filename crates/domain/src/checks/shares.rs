//! Percentages in a sentence against the two numbers they are made of, and shares of one total against a hundred.

use super::codes::Code;
use super::dossier::Placed;
use super::finding::Finding;
use super::lines::tail;
use super::pattern;
use super::quantities::{Kind, Quantity, distance, read};
use crate::number::Amount;
use std::ops::Range;

// "218/226 xã (96,5%)", "218/226 xã, đạt 96,5%".
pattern!(
    FRACTION,
    r"(?i)(?:^|[\s(])(\d{1,3}(?:\.\d{3})+|\d+) ?/ ?(\d{1,3}(?:\.\d{3})+|\d+)(?: [\p{L}\-]+){0,8}[,;]? ?\(?(?:(?:chiếm|đạt|bằng|tỷ lệ|tỉ lệ|=|đạt tỷ lệ|chiếm tỷ lệ|tương đương|tức)? ?)(\d+(?:,\d+)?) ?%"
);
pattern!(
    NO_FRACTION,
    r"(?i)(?:ngày|quý|số|tháng|sáng|chiều|tối|dịp|lễ|đến|từ) ?$"
);
// "trong tổng số 200 hộ có 70 hộ nghèo, chiếm 35%".
pattern!(
    OF_TOTAL,
    r"(?i)(?:trong |trên |/)?tổng số (\d{1,3}(?:\.\d{3})+|\d+) [^.;%\d]{2,60}?(?:có|đã có|thì có) (\d{1,3}(?:\.\d{3})+|\d+) [^.;%\d]{2,60}?,? ?\(?(?:chiếm|đạt|bằng)(?: tỷ lệ| tỉ lệ)? (\d+(?:,\d+)?) ?%"
);
pattern!(
    PART_OF_TOTAL,
    r"(?i)(?:^|[\s(])(\d{1,3}(?:\.\d{3})+|\d+) [^.;%\d]{2,50}? trên tổng số (\d{1,3}(?:\.\d{3})+|\d+) [^.;%\d]{0,50}?,? ?\(?(?:chiếm|đạt|bằng)(?: tỷ lệ| tỉ lệ)? (\d+(?:,\d+)?) ?%"
);
pattern!(
    ALL_SHARES,
    r"(?i)\b(?:cơ cấu|tỷ lệ lần lượt|chiếm|xếp loại|phân loại|gồm)\b"
);
pattern!(
    NO_SHARES,
    r"(?i)\b(?:tăng|giảm|so với|vượt|kế hoạch|còn lại|khác|năm \d{4}|trong khi|riêng|bình quân|trở lên)\b"
);

pub(super) fn check(lines: &[Placed<'_>], quantities: &[Vec<Quantity>]) -> Vec<Finding> {
    lines
        .iter()
        .zip(quantities)
        .filter(|(line, _)| !line.line.is_table)
        .flat_map(|(line, quantities)| {
            let mut found = fractions(line);
            let sentences = line.sentences().iter();
            found.extend(sentences.filter_map(|sentence| hundred(line, quantities, sentence)));
            found
        })
        .collect()
}

fn fractions(line: &Placed<'_>) -> Vec<Finding> {
    let text = line.text();
    let mut found = Vec::new();
    if !text.contains('%') {
        return found;
    }
    for (pattern, part, whole) in [
        (&*FRACTION, 1, 2),
        (&*PART_OF_TOTAL, 1, 2),
        (&*OF_TOTAL, 2, 1),
    ] {
        let is_fraction = pattern.as_str() == FRACTION.as_str();
        let sign = if is_fraction { "/" } else { "tổng số" };
        if !text.contains(sign) && !text.contains("Tổng số") {
            continue;
        }
        for captures in pattern.captures_iter(text) {
            let group = |number| captures.get(number);
            let (Some(part), Some(whole), Some(percent)) = (group(part), group(whole), group(3))
            else {
                continue;
            };
            let before = &text[..part.start().min(whole.start())];
            if is_fraction && NO_FRACTION.is_match(tail(before)) {
                continue;
            }
            // The reader knows how the percentage was rounded.
            let read = read(&format!("{}%", percent.as_str()));
            let Some(percent_read) = read.first().filter(|found| found.kind == Kind::Percent)
            else {
                continue;
            };
            found.extend(quotient(
                line,
                (part.as_str(), whole.as_str()),
                percent_read,
                percent.range(),
            ));
        }
    }
    found
}

fn quotient(
    line: &Placed<'_>,
    (part, whole): (&str, &str),
    percent: &Quantity,
    range: Range<usize>,
) -> Option<Finding> {
    let (a, b) = (
        Amount::parse_vietnamese(part).ok()?,
        Amount::parse_vietnamese(whole).ok()?,
    );
    let true_percent = a.ratio(b, 100, 2)?;
    if percent.may_mean(true_percent) {
        return None;
    }
    let (stated, right) = (percent.value.vietnamese(), true_percent.vietnamese());
    Some(Finding::new(
        Code::ProseRatio,
        line.place(range),
        format!("{part} : {whole} = {right}%, lời văn ghi {stated}%."),
        format!("{part} / {whole} = {right}%, the text says {stated}%."),
    ))
}

/// Three or more shares of one total that come near a hundred and miss it.
fn hundred(line: &Placed<'_>, quantities: &[Quantity], sentence: &Range<usize>) -> Option<Finding> {
    let text = &line.text()[sentence.clone()];
    let shares: Vec<&Quantity> = quantities
        .iter()
        .filter(|quantity| {
            sentence.start <= quantity.range.start && quantity.range.end <= sentence.end
        })
        .filter(|quantity| quantity.kind == Kind::Percent)
        .collect();
    if shares.len() < 3 || !ALL_SHARES.is_match(text) || NO_SHARES.is_match(text) {
        return None;
    }
    let sum = shares
        .iter()
        .try_fold(Amount::ZERO, |sum, share| sum.checked_add(share.value))?;
    let off = distance(sum, Amount::from(100));
    let slack = Amount::from(i64::try_from(shares.len()).ok()?).ratio(Amount::from(10), 1, 1)?;
    if off <= slack || off > Amount::from(10) || shares.iter().any(|share| !share.is_exact()) {
        return None;
    }
    let words: Vec<String> = shares
        .iter()
        .map(|share| share.value.vietnamese())
        .collect();
    let (words, sum) = (words.join(" + "), sum.vietnamese());
    let range = shares.first()?.range.start..shares.last()?.range.end;
    Some(Finding::new(
        Code::SharesSum,
        line.place(range),
        format!("Các tỷ lệ cộng lại {words} = {sum}%, không bằng 100%."),
        format!("The shares {words} = {sum}% do not make 100%."),
    ))
}
