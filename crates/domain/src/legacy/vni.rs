//! VNI for Windows: a base letter followed by one that stands for its marks, bytes read as Latin-1.

/// What stands behind a vowel, and the mark or the quality with its tone that it means there.
/// The order of the vowels is that of [`VOWELS`]; a blank means that the pair does not exist.
const PAIRS: &[(char, &str)] = &[
    ('ø', "àèòùờừỳ"),
    ('ù', "áéóúớứý"),
    ('û', "ảẻỏủởửỷ"),
    ('õ', "ãẽõũỡữỹ"),
    ('ï', "ạẹọụợự "),
    ('â', "âêô    "),
    ('à', "ầềồ    "),
    ('á', "ấếố    "),
    ('å', "ẩểổ    "),
    ('ã', "ẫễỗ    "),
    ('ä', "ậệộ    "),
    ('ê', "ă      "),
    ('è', "ằ      "),
    ('é', "ắ      "),
    ('ú', "ẳ      "),
    ('ü', "ẵ      "),
    ('ë', "ặ      "),
];

/// Base letters as VNI writes them; `ô` is ơ and `ö` is ư there.
const VOWELS: &str = "aeouôöy";

/// Letters that stand alone.
const SINGLES: &[(char, char)] = &[
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('ñ', 'đ'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

/// `text` in Unicode.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = unshifted(c);
        let next = chars.peek().map(|next| unshifted(*next));
        match next.and_then(|next| pair(c, next)) {
            Some(letter) => {
                chars.next();
                out.push(letter);
            }
            None => out.push(single(c)),
        }
    }
    out
}

/// Symbol fonts shift all characters by U+F000.
fn unshifted(c: char) -> char {
    let code = u32::from(c);
    if (0xf020..=0xf0ff).contains(&code) {
        char::from_u32(code - 0xf000).unwrap_or(c)
    } else {
        c
    }
}

fn pair(base: char, mark: char) -> Option<char> {
    let (small_base, small_mark) = (small(base), small(mark));
    let at = VOWELS.chars().position(|vowel| vowel == small_base)?;
    let (_, letters) = PAIRS.iter().find(|(own, _)| *own == small_mark)?;
    let letter = letters.chars().nth(at).filter(|letter| *letter != ' ')?;
    Some(if base.is_uppercase() {
        capital(letter)
    } else {
        letter
    })
}

fn single(c: char) -> char {
    let letter = SINGLES.iter().find(|(own, _)| *own == small(c));
    match letter {
        Some((_, letter)) if c.is_uppercase() => capital(*letter),
        Some((_, letter)) => *letter,
        None => c,
    }
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn capital(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowels_take_their_marks_from_the_next_letter() {
        assert_eq!(decode("Uyû ban nhaân daân"), "Uỷ ban nhân dân");
        assert_eq!(
            decode("Ñaûng Coäng saûn Vieät Nam"),
            "Đảng Cộng sản Việt Nam"
        );
        assert_eq!(decode("tröôùc ngaøy 30 thaùng 9"), "trước ngày 30 tháng 9");
        assert_eq!(decode("CHÆ THÒ"), "CHỈ THỊ");
        assert_eq!(decode("BAÙO CAÙO"), "BÁO CÁO");
        assert_eq!(
            decode("kyø, kyù, kî, nghóa, thì, chí"),
            "kỳ, ký, kỵ, nghĩa, thì, chí"
        );
    }

    #[test]
    fn every_vowel_with_every_tone_is_there() {
        let mut found: Vec<char> = PAIRS
            .iter()
            .flat_map(|(_, letters)| letters.chars())
            .filter(|c| *c != ' ')
            .chain(SINGLES.iter().map(|(_, letter)| *letter))
            // Written alike in both.
            .chain(['ì', 'í'])
            .collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), 67);
    }
}
