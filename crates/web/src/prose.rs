//! The light markup of a section's text as HTML: see [`domain::prose`].

use askama::filters::Safe;
use domain::doc::{Run, Script};
use domain::prose::{Block, Row, plain_line, row, runs_of};
use std::fmt::Write;

/// A line as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Line(String),
    Row {
        /// HTML of each cell.
        cells: Vec<String>,
        is_head: bool,
        opens_table: bool,
        closes_table: bool,
    },
}

/// Lines as blocks of HTML, rows grouped into tables, each with what the caller knows of it. The line that marks a
/// table's head is not shown.
pub fn shown<'a, K: Copy>(lines: impl Iterator<Item = (K, &'a str)>) -> Vec<(K, Shown)> {
    let mut all: Vec<(K, Shown)> = Vec::new();
    for (key, line) in lines {
        let table_is_open = matches!(all.last(), Some((_, Shown::Row { .. })));
        match row(line) {
            None => all.push((key, Shown::Line(html(&runs_of(line))))),
            Some(Row::Cells(cells)) => {
                if let Some((_, Shown::Row { closes_table, .. })) = all.last_mut() {
                    *closes_table = false;
                }
                all.push((
                    key,
                    Shown::Row {
                        cells: cells.iter().map(|cell| html(cell)).collect(),
                        is_head: false,
                        opens_table: !table_is_open,
                        closes_table: true,
                    },
                ));
            }
            Some(Row::Rule) => {
                if let Some((_, Shown::Row { is_head, .. })) = all.last_mut() {
                    *is_head = true;
                }
            }
        }
    }
    all
}

/// A whole text as HTML, a paragraph for each line.
pub fn text_html(text: &str) -> Safe<String> {
    let mut out = String::new();
    for (level, shown) in shown(text.lines().map(|line| (level_of(line), line))) {
        match shown {
            Shown::Line(line) if line.is_empty() => {}
            Shown::Line(line) if level > 0 => {
                let _ = write!(out, "<p class=\"level-{level}\">{line}</p>");
            }
            Shown::Line(line) => {
                let _ = write!(out, "<p>{line}</p>");
            }
            Shown::Row {
                cells,
                is_head,
                opens_table,
                closes_table,
            } => {
                out.push_str(if opens_table { "<table><tr>" } else { "<tr>" });
                let tag = if is_head { "th" } else { "td" };
                for cell in cells {
                    let _ = write!(out, "<{tag}>{cell}</{tag}>");
                }
                out.push_str(if closes_table {
                    "</tr></table>"
                } else {
                    "</tr>"
                });
            }
        }
    }
    Safe(out)
}

/// The level of a list item, from the blanks before its mark.
fn level_of(line: &str) -> usize {
    match domain::prose::parse(line).first() {
        Some(Block::Line { level, .. }) => usize::from(*level),
        _ => 0,
    }
}

/// One line as HTML; the cells of a row are divided by bars.
pub fn line_html(line: &str) -> Safe<String> {
    Safe(match row(line) {
        Some(_) => html(&[Run::plain(plain_line(line))]),
        None => html(&runs_of(line)),
    })
}

fn html(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let tags: Vec<&str> = [
            (run.bold, "b"),
            (run.italic, "i"),
            (run.underline, "u"),
            (run.script == Script::Super, "sup"),
            (run.script == Script::Sub, "sub"),
        ]
        .into_iter()
        .filter_map(|(is_on, tag)| is_on.then_some(tag))
        .collect();
        for tag in &tags {
            let _ = write!(out, "<{tag}>");
        }
        for (number, part) in run.text.split('\n').enumerate() {
            if number > 0 {
                out.push_str("<br>");
            }
            escape(part, &mut out);
        }
        for tag in tags.iter().rev() {
            let _ = write!(out, "</{tag}>");
        }
    }
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_html_and_nothing_else_does() {
        assert_eq!(
            line_html("**Đạt** <script>1</script> & m<sup>2</sup><br>xong").0,
            "<b>Đạt</b> &lt;script&gt;1&lt;/script&gt; &amp; m<sup>2</sup><br>xong"
        );
    }

    #[test]
    fn a_text_is_shown_with_its_levels_and_tables() {
        let html = text_html("- **Huyện**\n  + Xã\n\n| Năm |\n| --- |\n| 2021 |").0;
        assert_eq!(
            html,
            "<p>- <b>Huyện</b></p><p class=\"level-1\">+ Xã</p><table><tr><th>Năm</th></tr><tr><td>2021</td></tr></table>"
        );
    }

    #[test]
    fn rows_of_a_table_stand_in_one_table() {
        let lines = "Trước\n| Năm | Số |\n| --- | --- |\n| 2021 | 5 |\nSau";
        let all = shown(lines.lines().enumerate());
        let keys: Vec<usize> = all.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, [0, 1, 3, 4]);
        let row = |text: [&str; 2], is_head| Shown::Row {
            cells: text.map(str::to_owned).to_vec(),
            is_head,
            opens_table: is_head,
            closes_table: !is_head,
        };
        assert_eq!(all[1].1, row(["Năm", "Số"], true));
        assert_eq!(all[2].1, row(["2021", "5"], false));
    }
}
