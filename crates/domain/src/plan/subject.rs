//! The subject of a letter: after "V/v" or right below the number, over as many lines as it takes.

use super::head::{ends_head, is_motto, is_rule, line_at, starts_with_number};
use super::model::Plan;
use super::passage::{Flow, Passage, pattern};
use super::places::Places;
use super::structure::is_upper;

/// Reads the subject out of the `lines` above the addressees.
pub(super) fn read(flow: &Flow, lines: &[(usize, Passage)], plan: &mut Plan, places: &mut Places) {
    pattern!(SUBJECT, r"^(?i:v/v|về việc)\s*:?\s*|V/v\s*:?\s*");
    for (index, (item, _)) in lines.iter().enumerate() {
        let Some(line) = line_at(flow, *item) else {
            continue;
        };
        for column in flow.columns(line) {
            let Some(found) = SUBJECT.find(column.text()) else {
                continue;
            };
            let span = column.span(found.end()..column.text().len());
            let mut title = Passage::collapse(&flow.chars[span.start..span.end], span.start);
            for (item, _) in &lines[index + 1..] {
                let columns = line_at(flow, *item).map_or(Vec::new(), |line| flow.columns(line));
                match columns.first().filter(|next| goes_on_subject(next.text())) {
                    Some(next) => title.append(next),
                    None => break,
                }
            }
            let title = title.head(without_place_and_date(title.text()));
            plan.title = Some(title.text().to_owned());
            places.title = Some(title.whole());
        }
    }
    if plan.title.is_none() {
        bare(flow, lines, plan, places);
    }
}

/// The subject right below the number, where nothing says that it is one.
fn bare(flow: &Flow, lines: &[(usize, Passage)], plan: &mut Plan, places: &mut Places) {
    let columns = |at: usize| {
        let line = lines.get(at).and_then(|(item, _)| line_at(flow, *item));
        line.map_or(Vec::new(), |line| flow.columns(line))
    };
    let number = (0..lines.len()).find(|at| {
        columns(*at)
            .first()
            .is_some_and(|column| starts_with_number(column.text()))
    });
    let mut title = Passage::default();
    for at in number.map_or(lines.len(), |number| number + 1)..lines.len() {
        match columns(at)
            .first()
            .filter(|next| goes_on_subject(next.text()))
        {
            Some(next) => title.append(next),
            None => break,
        }
    }
    if title.text().split(' ').count() > 3 {
        plan.title = Some(title.text().to_owned());
        places.title = Some(title.whole());
    }
}

/// Whether a line of the head goes on with the subject of a letter: whatever is no other part of the head.
fn goes_on_subject(text: &str) -> bool {
    let other = is_rule(text)
        || is_upper(text)
        || is_motto(text)
        || starts_with_number(text)
        || without_place_and_date(text) == 0;
    !other && !ends_head(text)
}

/// How long a text is without "Long Hải, ngày 17 tháng 7 năm 2023" at its end.
fn without_place_and_date(text: &str) -> usize {
    pattern!(
        PLACED,
        r"(?:^| )(?P<place>(?:TP\. ?)?\p{Lu}[\p{L}.’']*(?: (?:\p{Lu}[\p{L}.’']*|[-–]))*), ngày [\d ….]{1,8} ?(?:tháng|[/.-])[^,;]{1,20}$"
    );
    let Some(place) = PLACED.captures(text).and_then(|found| found.name("place")) else {
        return text.len();
    };
    // "… huyện Sơn Hà" / "Sơn Hà, ngày …": the second of two equal names is the place.
    let words: Vec<&str> = place.as_str().split(' ').collect();
    let half = words.len() / 2;
    let name = if half > 0 && words[..half] == words[words.len() - half..] {
        words[words.len() - half..].join(" ").len()
    } else {
        place.len()
    };
    text[..place.end() - name].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_and_date_are_no_part_of_a_subject() {
        for (text, subject) in [
            (
                "kiểm kê tài sản tại tỉnh Long Hải, ngày 17 tháng 7 năm 2023",
                "kiểm kê tài sản tại tỉnh",
            ),
            (
                "kiểm kê tại huyện Sơn Hà Sơn Hà, ngày 17/7/2023",
                "kiểm kê tại huyện Sơn Hà",
            ),
            ("Đắk Sương, ngày    tháng 7 năm 2021", ""),
            ("Bà Rịa - Vũng Tàu, ngày 05 tháng 7 năm 2021", ""),
            (
                "kiểm kê công nợ thời điểm 0 giờ ngày 01/01/2018",
                "kiểm kê công nợ thời điểm 0 giờ ngày 01/01/2018",
            ),
        ] {
            assert_eq!(&text[..without_place_and_date(text)], subject);
        }
        for text in [
            "Nghị quyết số 04/NQ-BCH",
            "về hỗ trợ phụ nữ",
            "2017 - 2018",
            "Chỉ thị 15",
        ] {
            assert!(goes_on_subject(text), "{text}");
        }
        for text in [
            "Kính gửi: Các xã",
            "Số: 12/CV",
            "Độc lập - Tự do - Hạnh phúc",
            "*",
            "HỎA TỐC",
        ] {
            assert!(!goes_on_subject(text), "{text}");
        }
    }
}
