//! Amendments that quote: "Đã ghi: “…”. Nay sửa lại là: “…”." Only the new words give duties.

use std::ops::Range;

use super::clause::subject;
use super::events::is_event;
use super::labels::label_of;
use super::passage::pattern;
use super::structure::Ladder;

/// What a paragraph of an amendment quotes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Quoted {
    /// Nothing that is replaced or replaces.
    Nothing,
    /// Words of the earlier plan, which hold no longer.
    Old,
    /// The words in place of them, as bytes of the paragraph.
    New(Range<usize>),
}

/// Looks at the paragraph `index` and at the line before it that may lead into the quotation.
pub(super) fn quoted(ladder: &Ladder, index: usize) -> Quoted {
    let node = &ladder.nodes[index];
    let text = node.passage.text();
    let own = of(text, node.body);
    if own != Quoted::Nothing {
        return own;
    }
    // The quotation stands in a paragraph of its own below the words that announce it.
    let Some(start) = text[node.body..]
        .starts_with(['“', '"', '«'])
        .then_some(node.body)
    else {
        return Quoted::Nothing;
    };
    let before = index.checked_sub(1).map(|above| &ladder.nodes[above]);
    let Some(before) = before.filter(|above| above.passage.text().ends_with(':')) else {
        return Quoted::Nothing;
    };
    match of(&format!("{}“x", before.passage.text()), before.body) {
        Quoted::Nothing => Quoted::Nothing,
        Quoted::Old => Quoted::Old,
        Quoted::New(_) => Quoted::New(inside(text, start)),
    }
}

fn of(text: &str, body: usize) -> Quoted {
    pattern!(
        OLD,
        r#"^(?i:tại [^:“"]{0,60}?)?(?i:(?:nội dung |quy định |mốc |thời hạn |bản )?(?:đã (?:ghi|in|nêu|quy định|ban hành|viết|đề ra|giao)|trước đây|trước khi (?:sửa|điều chỉnh)|hiện (?:ghi|quy định|nêu)|cũ|ban đầu))\b[^:“"]{0,80}[:“"]"#
    );
    pattern!(
        NEW,
        r#"(?i)\b(?:sửa|điều chỉnh|thay|đính chính|đọc|viết|ghi|đổi)(?: đổi| thế| chữa)?\b[^:;“"]{0,80}?(?:là|thành|như sau|bằng|lại)\b[^:;.“"]{0,40}?:?\s*(?P<new>[“"])"#
    );
    // "Thay “…” bằng “…”": the new words stand behind the old ones.
    pattern!(
        INSTEAD,
        r#"(?i)\b(?:sửa|thay|đổi)[^“"]{0,40}[“"][^“”"]+[”"][^“"]{0,40}?\b(?:bằng|thành|là)\b[^“"]{0,40}(?P<new>[“"])"#
    );
    // "Lùi thời hạn gửi báo cáo: các xã gửi … trước ngày …": the head tells what is changed, the rest how it is now.
    pattern!(
        HEAD,
        r#"^(?i:(?:thay(?: thế| đổi)?|sửa(?: đổi)?|điều chỉnh|bổ sung|lùi|gia hạn|hoãn|dời|chuyển|kéo dài|rút ngắn)\b[^:;.“"]{0,160}):\s*(?P<new>\S)"#
    );
    pattern!(
        NOW,
        r#"^(?i:(?:nội dung |quy định |mốc |thời hạn )?(?:mới|nay|sau khi (?:sửa|điều chỉnh))\b[^:“"]{0,60}):\s*(?P<new>.)"#
    );
    let words = &text[body..];
    let found = NEW
        .captures_iter(words)
        .last()
        .or_else(|| INSTEAD.captures(words))
        .or_else(|| NOW.captures(words));
    let head = HEAD.captures(words).and_then(|found| found.name("new"));
    if let Some(new) = head
        && found.is_none()
        && (new.as_str() == "“"
            || new.as_str() == "\""
            || is_event(&words[new.start()..])
            || subject(words, new.start()).is_some())
    {
        return Quoted::New(inside(text, body + new.start()));
    }
    if let Some(new) = found.and_then(|found| found.name("new")) {
        return Quoted::New(inside(text, body + new.start()));
    }
    if OLD.is_match(words) {
        return Quoted::Old;
    }
    Quoted::Nothing
}

/// The words between the quotation marks that open at `start`, without a label; all that follows, where none open.
fn inside(text: &str, start: usize) -> Range<usize> {
    let opened = text[start..].chars().next().filter(|c| "“\"«".contains(*c));
    let from = start + opened.map_or(0, char::len_utf8);
    let end = match opened {
        Some(_) => text[from..]
            .rfind(['”', '"', '»'])
            .map_or(text.len(), |at| from + at),
        None => text.len(),
    };
    let label = label_of(&text[from..end]).map_or(0, |(_, body)| body);
    from + label..end
}

#[cfg(test)]
mod tests {
    use super::{Quoted, of};

    #[test]
    fn the_new_words_are_told_from_the_old_ones() {
        for text in [
            "Đã ghi: “Các xã gửi trước ngày 25/8/2024”.",
            "Nội dung cũ: Các xã gửi trước ngày 25/8/2024.",
            "Tại điểm 2 mục V đã ghi: \"Các xã gửi trước ngày 25/8/2024\".",
            "Trước đây quy định: “Các xã gửi trước ngày 25/8/2024”.",
        ] {
            assert_eq!(of(text, 0), Quoted::Old, "{text}");
        }
        for text in [
            "Nay sửa lại là: “Các xã gửi trước ngày 16/8/2024”.",
            "Sửa đổi điểm 2 mục V như sau: “2. Các xã gửi trước ngày 16/8/2024”.",
            "Đã ghi: “Các xã gửi trước ngày 25/8/2024”; nay sửa thành: “Các xã gửi trước ngày 16/8/2024”.",
            "Thay “Các xã gửi trước ngày 25/8/2024” bằng “Các xã gửi trước ngày 16/8/2024”.",
            "Nay điều chỉnh: Các xã gửi trước ngày 16/8/2024",
            "Nội dung mới: Các xã gửi trước ngày 16/8/2024",
            "Xin đính chính và đọc lại là: \"Các xã gửi trước ngày 16/8/2024\".",
        ] {
            let Quoted::New(range) = of(text, 0) else {
                panic!("no new words in {text}");
            };
            assert_eq!(&text[range], "Các xã gửi trước ngày 16/8/2024");
        }
        for text in [
            "Các xã gửi báo cáo trước ngày 16/8/2024.",
            "Phong trào “Xanh - sạch - đẹp” do Đoàn Thanh niên phát động.",
        ] {
            assert_eq!(of(text, 0), Quoted::Nothing, "{text}");
        }
    }
}
