//! Text that was printed into a file: pages parted by form feeds, page numbers, two columns drawn with blanks.

use super::rows::{Rows, segments};
use domain::text::fold;

/// Lines at the beginning of a text among which the head stands.
const HEAD: usize = 24;

/// The text as one column: running heads and page numbers gone, the head and the end read column by column, the cells
/// of a table's row parted by bars.
pub fn one_column(text: &str) -> String {
    let text = joined_pages(text).replace('\t', "    ");
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < lines.len() {
        if let Some(zone) = Zone::find(&lines, at) {
            out.push_str(&zone.left.join("\n"));
            out.push_str("\n\n");
            out.push_str(&zone.right.join("\n"));
            out.push_str("\n\n");
            at = zone.end;
            continue;
        }
        if let Some(table) = Rows::find(&lines, at) {
            for row in table.lines() {
                out.push_str(&format!("\n{row}\n\n"));
            }
            at = table.end;
            continue;
        }
        let cells = segments(lines[at]);
        if cells.len() > 2 {
            let words: Vec<&str> = cells.iter().map(|cell| cell.text).collect();
            out.push_str(&format!("{}\n", words.join(" ")));
        } else {
            out.push_str(lines[at]);
            out.push('\n');
        }
        at += 1;
    }
    out
}

/// The pages one after another: a sentence runs on over their border.
fn joined_pages(text: &str) -> String {
    let pages: Vec<Vec<&str>> = text
        .split('\u{c}')
        .map(|page| page.lines().collect())
        .collect();
    if pages.len() < 2 {
        return text.to_owned();
    }
    let heads: Vec<String> = pages.iter().filter_map(|page| edge(page, true)).collect();
    let feet: Vec<String> = pages.iter().filter_map(|page| edge(page, false)).collect();
    let mut out = String::with_capacity(text.len());
    for mut page in pages {
        trim(&mut page);
        while page.first().is_some_and(|line| is_margin(line, &heads)) {
            page.remove(0);
            trim(&mut page);
        }
        while page.last().is_some_and(|line| is_margin(line, &feet)) {
            page.pop();
            trim(&mut page);
        }
        let runs_on = page.first().is_some_and(|line| {
            line.trim_start().starts_with(char::is_lowercase)
                && !out.trim_end().ends_with(['.', ';', ':', '!', '?', '/'])
        });
        if !out.is_empty() && !runs_on {
            out.push('\n');
        }
        for line in page {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// Takes blank lines off both ends.
fn trim(page: &mut Vec<&str>) {
    while page.first().is_some_and(|line| line.trim().is_empty()) {
        page.remove(0);
    }
    while page.last().is_some_and(|line| line.trim().is_empty()) {
        page.pop();
    }
}

/// What the first or last line of a page says, its numbers apart.
fn edge(page: &[&str], first: bool) -> Option<String> {
    let mut lines = page
        .iter()
        .filter(|line| !line.trim().is_empty() && !is_page_number(line));
    let line = if first {
        lines.next()
    } else {
        lines.next_back()
    };
    line.map(|line| without_numbers(line))
}

fn without_numbers(line: &str) -> String {
    fold(line).replace(|c: char| c.is_ascii_digit(), "")
}

/// Whether a line at a page's edge is its number, or stands at the edge of most pages.
fn is_margin(line: &str, edges: &[String]) -> bool {
    is_page_number(line) || repeats(&without_numbers(line), edges)
}

/// Whether a line, its numbers apart, stands at the edge of most pages.
pub fn repeats(line: &str, edges: &[String]) -> bool {
    let same = edges.iter().filter(|edge| *edge == line).count();
    same >= 3 && same * 2 > edges.len() && line.contains(char::is_alphabetic)
}

/// `2`, `- 2 -`, `2/10`, `Trang 2`.
pub fn is_page_number(line: &str) -> bool {
    let text = line.trim().to_lowercase();
    let bare = text
        .trim_start_matches("trang")
        .replace(['-', '–', '/', ' '], "");
    !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|c| c.is_ascii_digit())
}

/// Two columns side by side: the head of a document, or recipients and signature.
struct Zone<'a> {
    left: Vec<&'a str>,
    right: Vec<&'a str>,
    /// The first line below.
    end: usize,
}

impl<'a> Zone<'a> {
    fn find(lines: &[&'a str], at: usize) -> Option<Zone<'a>> {
        let first = segments(lines[at]);
        let opens = fold(lines[at]).trim_start().starts_with("noi nhan");
        if !(first.len() == 2 || opens && first.len() == 1) {
            return None;
        }
        let mut zone = Zone {
            left: Vec::new(),
            right: Vec::new(),
            end: at,
        };
        // Where the left column ends and the right one begins, as far as seen.
        let (mut left_end, mut right_begin) = (0, usize::MAX);
        let mut marked = opens;
        let mut is_end = opens;
        let mut blank = false;
        for (number, line) in lines.iter().enumerate().skip(at) {
            let parts = segments(line);
            match parts.as_slice() {
                [] => {
                    blank = true;
                    continue;
                }
                [left, right] if left.to < right_begin && right.from > left_end => {
                    left_end = left_end.max(left.to);
                    right_begin = right_begin.min(right.from);
                    zone.left.push(left.text);
                    zone.right.push(right.text);
                    marked |= is_mark(left.text) || is_mark(right.text);
                    is_end |= fold(left.text).starts_with("noi nhan");
                }
                [only]
                    if (!blank || is_end)
                        && right_begin < usize::MAX
                        && only.from + 6 >= right_begin
                        && only.from > left_end =>
                {
                    zone.right.push(only.text);
                }
                [only]
                    if (!blank || is_end)
                        && (only.to < right_begin && (right_begin < usize::MAX || is_end))
                        && (is_end || only.from < left_end)
                        && !(blank && right_begin < usize::MAX && begins_anew(only.text)) =>
                {
                    zone.left.push(only.text);
                    left_end = left_end.max(only.to);
                }
                _ => break,
            }
            blank = false;
            zone.end = number + 1;
        }
        let before = lines[..at]
            .iter()
            .filter(|line| !line.trim().is_empty())
            .count();
        (marked && !zone.right.is_empty() && (is_end || before < HEAD)).then_some(zone)
    }
}

/// Whether a line below the recipients is none of them: the heading of an annex.
fn begins_anew(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
}

/// Words that stand in one of two columns of a head or an end.
fn is_mark(text: &str) -> bool {
    let bare = fold(text);
    [
        "dang cong san viet nam",
        "cong hoa xa hoi chu nghia",
        "doc lap - tu do",
        "so ",
        "so:",
        "noi nhan",
        "t/m",
        "tm.",
        "k/t",
        "kt.",
        "t/l",
        "tl.",
    ]
    .iter()
    .any(|begin| bare.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        one_column(text)
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    #[test]
    fn a_head_drawn_with_blanks_reads_issuer_first() {
        let text = "     TỈNH ỦY BÌNH THUẬN              ĐẢNG CỘNG SẢN VIỆT NAM\n        BAN DÂN VẬN\n              *                    Phan Thiết, ngày 15 tháng 8 năm 2022\n       Số 12-KH/BDV\n\n                         KẾ HOẠCH\n          sơ kết 05 năm thực hiện Chỉ thị\n";
        assert_eq!(
            words(text),
            [
                "TỈNH ỦY BÌNH THUẬN",
                "BAN DÂN VẬN",
                "*",
                "Số 12-KH/BDV",
                "ĐẢNG CỘNG SẢN VIỆT NAM",
                "Phan Thiết, ngày 15 tháng 8 năm 2022",
                "KẾ HOẠCH",
                "sơ kết 05 năm thực hiện Chỉ thị"
            ]
        );
    }

    #[test]
    fn recipients_come_before_the_signature_beside_them() {
        let text = "Các cơ quan thực hiện nghiêm túc./.\n\nNơi nhận:                              T/M BAN THƯỜNG VỤ\n- Ban Dân vận Trung ương,                  PHÓ BÍ THƯ\n- Các huyện ủy,\n- Lưu Văn phòng.\n\n                                        Nguyễn Hoài Anh\n";
        assert_eq!(
            words(text),
            [
                "Các cơ quan thực hiện nghiêm túc./.",
                "Nơi nhận:",
                "- Ban Dân vận Trung ương,",
                "- Các huyện ủy,",
                "- Lưu Văn phòng.",
                "T/M BAN THƯỜNG VỤ",
                "PHÓ BÍ THƯ",
                "Nguyễn Hoài Anh"
            ]
        );
    }

    #[test]
    fn an_annex_follows_the_signature() {
        let text = "Nơi nhận:                  TM. BAN THƯỜNG VỤ\n- LĐLĐ tỉnh;               CHỦ TỊCH\n- Lưu: VT.\n                           Đặng Thu Hằng\n\nĐỀ CƯƠNG\nI- TÌNH HÌNH\n";
        let read = words(text);
        assert_eq!(
            read[read.len() - 3..],
            ["Đặng Thu Hằng", "ĐỀ CƯƠNG", "I- TÌNH HÌNH"]
        );
    }

    #[test]
    fn a_sentence_runs_on_over_the_border_of_pages_and_tables_keep_their_rows() {
        let text = "Đầu trang chung 1\nCác cấp ủy báo cáo kết quả\n  - 1 -\n\u{c}Đầu trang chung 2\nvề Tỉnh ủy.\n- 2 -\n\u{c}Đầu trang chung 3\nHết.\nSTT     Việc      Hạn\n1       Báo cáo   30/9\n";
        assert_eq!(
            words(text),
            [
                "Các cấp ủy báo cáo kết quả",
                "về Tỉnh ủy.",
                "Hết.",
                "STT | Việc | Hạn",
                "1 | Báo cáo | 30/9"
            ]
        );
        assert!(one_column(text).contains("kết quả\nvề Tỉnh ủy"));
    }

    #[test]
    fn ordinary_text_with_wide_blanks_is_left_as_it_is() {
        let text = "Một   hai\nba    bốn\n";
        assert_eq!(one_column(text), text);
    }
}
