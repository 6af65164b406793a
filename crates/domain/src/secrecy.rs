//! Marks of State secrets. A document that bears one is refused and not stored.

use crate::doc::Document;

/// The degrees, as they are stamped.
const DEGREES: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];
/// How many lines from the top may bear the mark; the text itself may speak of secrets.
const HEAD_LINES: usize = 30;

/// The mark of secrecy that stands alone on a line of the document's head.
pub fn mark(document: &Document) -> Option<&'static str> {
    let text = document.text();
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .take(HEAD_LINES)
        .flat_map(|line| line.split('|'))
        .find_map(|cell| {
            let words: String = cell
                .chars()
                .map(|c| if c.is_alphabetic() { c } else { ' ' })
                .collect();
            let stamped = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let bare = stamped.strip_prefix("Độ mật ").unwrap_or(&stamped);
            DEGREES
                .into_iter()
                .find(|degree| *degree == bare.to_uppercase())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Paragraph};

    fn document(lines: &[&str]) -> Document {
        Document {
            blocks: lines
                .iter()
                .map(|line| Block::Paragraph(Paragraph::plain(*line)))
                .collect(),
        }
    }

    #[test]
    fn a_stamp_alone_on_a_line_of_the_head_is_a_mark() {
        assert_eq!(
            mark(&document(&["TỈNH ỦY", "* TỐI MẬT *", "KẾ HOẠCH"])),
            Some("TỐI MẬT")
        );
        assert_eq!(mark(&document(&["Độ mật: Mật"])), Some("MẬT"));
    }

    #[test]
    fn words_about_secrets_in_the_text_are_no_mark() {
        assert_eq!(
            mark(&document(&[
                "Bảo vệ bí mật nhà nước",
                "tài liệu MẬT phải nộp lại"
            ])),
            None
        );
        let mut late = vec!["x"; HEAD_LINES];
        late.push("MẬT");
        assert_eq!(mark(&document(&late)), None);
    }
}
