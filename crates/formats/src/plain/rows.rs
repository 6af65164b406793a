//! Tables drawn with blanks or tabs: which words stand in which column, and which lines make one row.

/// Blanks that part two columns, where nothing else tells that there are any.
const GAP: usize = 3;
/// Blanks that part two cells once the columns are known.
const CELL_GAP: usize = 2;

/// A part of a line between wide gaps, and the columns of characters where it begins and ends.
pub struct Segment<'a> {
    pub text: &'a str,
    pub from: usize,
    pub to: usize,
}

/// The parts of a line between gaps that part columns.
pub fn segments(line: &str) -> Vec<Segment<'_>> {
    parted(line, GAP)
}

fn parted(line: &str, gap: usize) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let (mut column, mut begin, mut end, mut blanks) = (0, None, (0, 0), 0);
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            blanks += 1;
        } else {
            if let (Some((byte, from)), true) = (begin, blanks >= gap) {
                let (last, to) = end;
                found.push(Segment {
                    text: &line[byte..last],
                    from,
                    to,
                });
                begin = None;
            }
            begin = begin.or(Some((at, column)));
            end = (at + c.len_utf8(), column + 1);
            blanks = 0;
        }
        column += 1;
    }
    if let Some((byte, from)) = begin {
        let (last, to) = end;
        found.push(Segment {
            text: &line[byte..last],
            from,
            to,
        });
    }
    found
}

/// A table drawn with blanks.
pub struct Rows {
    rows: Vec<Vec<String>>,
    /// The first line below.
    pub end: usize,
}

impl Rows {
    /// The table whose header is the line `at`: it has more than two columns, and so has a line below.
    pub fn find(lines: &[&str], at: usize) -> Option<Rows> {
        let header = segments(lines[at]);
        if header.len() < 3 {
            return None;
        }
        let mut columns: Vec<(usize, usize)> =
            header.iter().map(|cell| (cell.from, cell.to)).collect();
        let mut rows = vec![cells(&header, columns.len(), |number, _| Some(number))?];
        let mut end = at + 1;
        let mut blank = false;
        let mut numbered = false;
        for (line, text) in lines.iter().enumerate().skip(at + 1) {
            let parts = parted(text, CELL_GAP);
            if parts.is_empty() {
                blank = true;
                continue;
            }
            let place = |_: usize, part: &Segment<'_>| column_of(&columns, part);
            let Some(next) = cells(&parts, columns.len(), place) else {
                break;
            };
            let full = next.iter().filter(|cell| !cell.is_empty()).count();
            let first = next.first().is_some_and(|cell| !cell.is_empty());
            numbered |= rows.len() == 1 && first && is_number(&next[0]);
            let goes_on = if numbered {
                !first
            } else {
                let lowered = next
                    .first()
                    .is_some_and(|cell| cell.starts_with(char::is_lowercase));
                !blank && (!first || lowered || full * 2 <= columns.len())
            };
            if goes_on && blank && rows.len() > 1 {
                break;
            }
            if !goes_on && full < 2 {
                break;
            }
            for part in &parts {
                if let Some(at) = column_of(&columns, part) {
                    let column = &mut columns[at];
                    *column = (column.0.min(part.from), column.1.max(part.to));
                }
            }
            match rows.last_mut() {
                Some(row) if goes_on => {
                    for (cell, more) in row.iter_mut().zip(next) {
                        if !cell.is_empty() && !more.is_empty() {
                            cell.push(' ');
                        }
                        cell.push_str(&more);
                    }
                }
                _ => rows.push(next),
            }
            blank = false;
            end = line + 1;
        }
        (rows.len() > 1).then_some(Rows { rows, end })
    }

    /// The rows with bars between their cells.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.rows.iter().map(|row| {
            let line = row.join(" | ");
            let open = |cell: Option<&String>| cell.is_some_and(String::is_empty);
            if open(row.first()) || open(row.last()) {
                format!("| {line} |")
            } else {
                line
            }
        })
    }
}

/// The parts in their columns; nothing when two of them fall into one column or one falls into none.
fn cells(
    parts: &[Segment<'_>],
    columns: usize,
    place: impl Fn(usize, &Segment<'_>) -> Option<usize>,
) -> Option<Vec<String>> {
    let mut cells = vec![String::new(); columns];
    for (number, part) in parts.iter().enumerate() {
        let cell = cells.get_mut(place(number, part)?)?;
        if !cell.is_empty() {
            return None;
        }
        part.text.clone_into(cell);
    }
    Some(cells)
}

/// The only column that a part stands in, or the nearest one when it stands between two.
fn column_of(columns: &[(usize, usize)], part: &Segment<'_>) -> Option<usize> {
    let over = |column: &(usize, usize)| {
        column
            .1
            .min(part.to)
            .saturating_sub(column.0.max(part.from))
    };
    let mut touched = (0..columns.len()).filter(|at| over(&columns[*at]) > 0);
    match (touched.next(), touched.next()) {
        (Some(one), None) => Some(one),
        // It runs over two columns: where it begins tells, when the second is only just touched.
        (Some(one), Some(_)) => {
            let most = (0..columns.len()).max_by_key(|at| over(&columns[*at]))?;
            (most == one || columns[most].0 <= part.from + 2).then_some(most)
        }
        (None, _) => (0..columns.len()).min_by_key(|at| {
            let column = columns[*at];
            if part.from >= column.1 {
                part.from - column.1
            } else {
                column.0.saturating_sub(part.to)
            }
        }),
    }
}

/// `1`, `II`, `1.2`, `a)`.
fn is_number(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')', '/']);
    !bare.is_empty()
        && bare.chars().count() <= 5
        && bare
            .chars()
            .all(|c| c.is_ascii_digit() || "IVX.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::Rows;

    fn rows(text: &str) -> Vec<String> {
        let lines: Vec<&str> = text.lines().collect();
        Rows::find(&lines, 0).map_or(Vec::new(), |rows| rows.lines().collect())
    }

    #[test]
    fn cells_that_run_over_several_lines_are_one() {
        assert_eq!(
            rows(
                "STT   Nội dung                       Đơn vị             Thời gian\n\
                 1     Xây dựng đề cương báo cáo      Văn phòng Sở       Trước 15/4/2025\n\
                 2     Báo cáo sơ kết của huyện gửi   UBND các huyện,    Trước 20/5/2025\n      \
                       Sở Nội vụ                      thành phố\n\
                 3     Hội nghị sơ kết                Sở Nội vụ          Tháng 6/2025\n\
                 \n\
                 Kinh phí do ngân sách bảo đảm theo dự toán của từng cơ quan."
            ),
            [
                "STT | Nội dung | Đơn vị | Thời gian",
                "1 | Xây dựng đề cương báo cáo | Văn phòng Sở | Trước 15/4/2025",
                "2 | Báo cáo sơ kết của huyện gửi Sở Nội vụ | UBND các huyện, thành phố | Trước 20/5/2025",
                "3 | Hội nghị sơ kết | Sở Nội vụ | Tháng 6/2025",
            ]
        );
    }

    #[test]
    fn a_title_over_two_lines_and_an_empty_cell_keep_their_columns() {
        assert_eq!(
            rows(
                "TT   Nội dung              Cơ quan        Thời hạn\n                           \
                 chủ trì        hoàn thành\n\
                 1    Rà soát văn bản       Sở Tư pháp     20/4/2025\n\
                 2    Cấp kinh phí                         30/4/2025"
            ),
            [
                "TT | Nội dung | Cơ quan chủ trì | Thời hạn hoàn thành",
                "1 | Rà soát văn bản | Sở Tư pháp | 20/4/2025",
                "2 | Cấp kinh phí |  | 30/4/2025",
            ]
        );
    }

    #[test]
    fn without_numbers_a_line_that_fills_few_cells_goes_on() {
        assert_eq!(
            rows(
                "Việc                        Ai làm               Khi nào\n\
                 Soạn mẫu phiếu              Cục Di sản           25/7/2018\n\
                 Kiểm kê nhà cổ tại          Sở Văn hóa và        10/9/2018\n\
                 địa phương                  Du khảo"
            ),
            [
                "Việc | Ai làm | Khi nào",
                "Soạn mẫu phiếu | Cục Di sản | 25/7/2018",
                "Kiểm kê nhà cổ tại địa phương | Sở Văn hóa và Du khảo | 10/9/2018",
            ]
        );
    }
}
