//! Markdown's marks within a paragraph: bold, italic, escapes. Everything else is text.

use crate::runs::{Look, RunBuilder};

/// Reads `text` into `builder`. A mark without its partner is kept as text, so that nothing is lost.
pub fn read(text: &str, builder: &mut RunBuilder) {
    let chars: Vec<char> = text.chars().collect();
    let mut look = Look::default();
    let mut plain = String::new();
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                plain.push(chars[at + 1]);
                at += 2;
            }
            '*' => {
                let width = chars[at..].iter().take_while(|c| **c == '*').count();
                match toggled(&chars, at, width, look) {
                    Some(next) => {
                        builder.push(look, &std::mem::take(&mut plain));
                        look = next;
                    }
                    None => plain.extend(std::iter::repeat_n('*', width)),
                }
                at += width;
            }
            other => {
                plain.push(other);
                at += 1;
            }
        }
    }
    builder.push(look, &plain);
}

/// The look after the asterisks at `at`; `None` when they are only asterisks.
fn toggled(chars: &[char], at: usize, width: usize, look: Look) -> Option<Look> {
    let (bold, italic) = match width {
        1 => (false, true),
        2 => (true, false),
        3 => (true, true),
        _ => return None,
    };
    let closes = (!bold || look.bold) && (!italic || look.italic);
    let spaced_before = at == 0 || chars[at - 1].is_whitespace();
    let spaced_after = chars.get(at + width).is_none_or(|c| c.is_whitespace());
    let turned = Look {
        bold: look.bold != bold,
        italic: look.italic != italic,
        ..look
    };
    if closes {
        return (!spaced_before).then_some(turned);
    }
    let opens = !spaced_after && (!bold || !look.bold) && (!italic || !look.italic);
    (opens && has_partner(&chars[at + width..], width)).then_some(turned)
}

/// Whether marks that can close `width` asterisks follow.
fn has_partner(rest: &[char], width: usize) -> bool {
    let mut closing = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at] != '*' {
            at += if rest[at] == '\\' { 2 } else { 1 };
            continue;
        }
        let run = rest[at..].iter().take_while(|c| **c == '*').count();
        if run == width || run == 3 {
            return true;
        }
        // `***x**…*`: the two kinds close one by one.
        if at > 0 && !rest[at - 1].is_whitespace() {
            closing += run;
        }
        if width == 3 && closing >= 3 {
            return true;
        }
        at += run;
    }
    false
}
