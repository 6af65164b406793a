//! What the beginning and the look of a line say about the paragraph it belongs to.
//! Shared by the readers that get lines and must find paragraphs (text, Markdown, PDF).

/// Whether `line` begins with a list mark or a section number: `-`, `+`, `•`, `1.`, `3.1.`, `I.`, `a)`, `Điều 2.`
pub fn has_mark(line: &str) -> bool {
    let Some((word, rest)) = line.trim_start().split_once([' ', '\t']) else {
        return false;
    };
    if rest.trim().is_empty() {
        return false;
    }
    match word {
        "-" | "–" | "—" | "+" | "•" | "*" | "●" | "○" | "▪" | "\u{f0b7}" => true,
        "Điều" | "Chương" | "Phần" | "Mục" | "PHẦN" | "CHƯƠNG" | "MỤC" => {
            begins_with_number(rest)
        }
        _ => is_number(word),
    }
}

/// Whether `line` begins a new paragraph after `previous`, judged by the text alone.
pub fn begins_paragraph(previous: &str, line: &str) -> bool {
    let (previous, line) = (previous.trim(), line.trim());
    if is_row(previous) || is_row(line) || is_rule(previous) || is_rule(line) {
        return true;
    }
    // The number of a page, or of a row whose cells stand on lines of their own.
    if is_lone_number(previous) || is_lone_number(line) {
        return true;
    }
    if has_mark(line) {
        // A dash or a number can also fall at the line's beginning within a sentence ("chính trị / - xã hội").
        return !continues_sentence(previous, line);
    }
    // `./.` ends the text of an official document.
    previous.ends_with("./.") || (is_upper(previous) && !is_upper(line))
}

/// Whether the line breaks off where more must come: after a word that joins, or a noun that a name or a number follows.
pub fn is_open(line: &str) -> bool {
    const JOINING: [&str; 26] = [
        "và", "của", "về", "cho", "với", "theo", "đến", "tới", "từ", "tại", "bởi", "các", "những",
        "số", "ngày", "tháng", "gửi", "do", "Bộ", "Sở", "Cục", "Vụ", "Phòng", "tỉnh", "huyện",
        "xã",
    ];
    let last = line.split_whitespace().next_back().unwrap_or_default();
    JOINING.contains(&last)
}

fn is_lone_number(line: &str) -> bool {
    let bare = line.trim_end_matches('.');
    !bare.is_empty() && bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit())
}

/// Whether the line is a row of a table drawn with bars.
fn is_row(line: &str) -> bool {
    line.starts_with('|') || line.contains(" | ")
}

/// Whether the line is a rule drawn under a title or a head.
fn is_rule(line: &str) -> bool {
    line.chars().count() > 2 && line.chars().all(|c| "-–—_*=".contains(c))
}

/// Whether the line end between two lines of one paragraph was meant: lines of a title or of a signature.
pub fn keeps_break(previous: &str, line: &str) -> bool {
    is_upper(previous) && is_upper(line)
}

/// Letters, at least two, and all of them capitals.
pub fn is_upper(line: &str) -> bool {
    let mut letters = line.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && line.chars().filter(|c| c.is_alphabetic()).count() > 1
        && letters.all(char::is_uppercase)
}

fn continues_sentence(previous: &str, line: &str) -> bool {
    let ended = previous.ends_with(['.', ';', ':', ',', '/', '!', '?']) || is_upper(previous);
    let next = line
        .split_whitespace()
        .nth(1)
        .and_then(|word| word.chars().next());
    !ended && next.is_some_and(char::is_lowercase)
}

fn begins_with_number(rest: &str) -> bool {
    let word = rest.split_whitespace().next().unwrap_or_default();
    let word = word.trim_end_matches(['.', ':', '-', ')']);
    is_roman(word)
        || word.chars().next().is_some_and(|c| c.is_ascii_digit())
        || matches!(word, "thứ" | "THỨ")
}

/// `1.`, `1)`, `1-`, `1/`, `3.1.`, `3.1`, `IV.`, `a)`, `đ)`.
fn is_number(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ')', '-', '/', ':']);
    if bare.is_empty() {
        return false;
    }
    let closed = bare.len() < word.len();
    let groups: Vec<&str> = bare.split('.').collect();
    let digits = groups.iter().all(|group| {
        !group.is_empty() && group.len() <= 2 && group.chars().all(|c| c.is_ascii_digit())
    });
    if digits {
        return closed || groups.len() > 1;
    }
    closed
        && (is_roman(bare) || (bare.chars().count() == 1 && bare.chars().all(char::is_alphabetic)))
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 6 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_usual_ladders_are_known() {
        for line in [
            "I. MỤC ĐÍCH",
            "3.1. Cấp cơ sở",
            "- Ban Dân vận",
            "a) Về tư tưởng",
            "1- Nội dung",
            "Điều 2. Tổ chức",
            "+ Số liệu",
            "1/ Mở đầu",
        ] {
            assert!(has_mark(line), "{line}");
        }
        for line in [
            "năm 2022 là năm",
            "2022 là năm",
            "Thực hiện Kế hoạch",
            "30/9 là hạn",
            "Điều kiện thực hiện",
            "-",
        ] {
            assert!(!has_mark(line), "{line}");
        }
    }

    #[test]
    fn a_row_drawn_with_bars_stands_alone() {
        assert!(begins_paragraph(
            "1 | Báo cáo | Sở Nội vụ",
            "2 | Hội nghị | Văn phòng"
        ));
        assert!(begins_paragraph("1 | Báo cáo | Sở Nội vụ", "và các đơn vị"));
    }

    #[test]
    fn a_dash_inside_a_sentence_does_not_begin_a_list() {
        assert!(!begins_paragraph(
            "các tổ chức chính trị",
            "- xã hội tỉnh, Ban Thường vụ"
        ));
        assert!(begins_paragraph("gồm:", "- lập danh sách;"));
        assert!(begins_paragraph(
            "Nơi nhận:",
            "- Ban Dân vận Trung ương Đảng + T78,"
        ));
    }

    #[test]
    fn a_line_in_capitals_stands_apart_from_the_text_after_it() {
        assert!(begins_paragraph("KẾ HOẠCH", "sơ kết 05 năm"));
        assert!(keeps_break("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"));
        assert!(!keeps_break("theo dõi, đôn đốc", "việc thực hiện"));
    }
}
