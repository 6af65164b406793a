//! TCVN 5712:1993 (TCVN3, "ABC"): the letter that each byte stands for, bytes read as Latin-1.

/// The Vietnamese letters by their bytes. The fonts have small letters with tones and seven capitals without; the
/// other capitals are those that the standard puts where the fonts have none.
const LETTERS: &[(char, char)] = &[
    ('\u{a1}', 'Ă'),
    ('\u{a2}', 'Â'),
    ('\u{a3}', 'Ê'),
    ('\u{a4}', 'Ô'),
    ('\u{a5}', 'Ơ'),
    ('\u{a6}', 'Ư'),
    ('\u{a7}', 'Đ'),
    ('\u{a8}', 'ă'),
    ('\u{a9}', 'â'),
    ('\u{aa}', 'ê'),
    ('\u{ab}', 'ô'),
    ('\u{ac}', 'ơ'),
    ('\u{ad}', 'ư'),
    ('\u{ae}', 'đ'),
    ('\u{af}', 'Ằ'),
    ('\u{b5}', 'à'),
    ('\u{b6}', 'ả'),
    ('\u{b7}', 'ã'),
    ('\u{b8}', 'á'),
    ('\u{b9}', 'ạ'),
    ('\u{ba}', 'Ẳ'),
    ('\u{bb}', 'ằ'),
    ('\u{bc}', 'ẳ'),
    ('\u{bd}', 'ẵ'),
    ('\u{be}', 'ắ'),
    ('\u{bf}', 'Ẵ'),
    ('\u{c0}', 'Ắ'),
    ('\u{c1}', 'Ầ'),
    ('\u{c2}', 'Ẩ'),
    ('\u{c3}', 'Ẫ'),
    ('\u{c4}', 'Ấ'),
    ('\u{c5}', 'Ề'),
    ('\u{c6}', 'ặ'),
    ('\u{c7}', 'ầ'),
    ('\u{c8}', 'ẩ'),
    ('\u{c9}', 'ẫ'),
    ('\u{ca}', 'ấ'),
    ('\u{cb}', 'ậ'),
    ('\u{cc}', 'è'),
    ('\u{cd}', 'Ể'),
    ('\u{ce}', 'ẻ'),
    ('\u{cf}', 'ẽ'),
    ('\u{d0}', 'é'),
    ('\u{d1}', 'ẹ'),
    ('\u{d2}', 'ề'),
    ('\u{d3}', 'ể'),
    ('\u{d4}', 'ễ'),
    ('\u{d5}', 'ế'),
    ('\u{d6}', 'ệ'),
    ('\u{d7}', 'ì'),
    ('\u{d8}', 'ỉ'),
    ('\u{d9}', 'Ễ'),
    ('\u{da}', 'Ế'),
    ('\u{db}', 'Ồ'),
    ('\u{dc}', 'ĩ'),
    ('\u{dd}', 'í'),
    ('\u{de}', 'ị'),
    ('\u{df}', 'ò'),
    ('\u{e0}', 'Ổ'),
    ('\u{e1}', 'ỏ'),
    ('\u{e2}', 'õ'),
    ('\u{e3}', 'ó'),
    ('\u{e4}', 'ọ'),
    ('\u{e5}', 'ồ'),
    ('\u{e6}', 'ổ'),
    ('\u{e7}', 'ỗ'),
    ('\u{e8}', 'ố'),
    ('\u{e9}', 'ộ'),
    ('\u{ea}', 'ờ'),
    ('\u{eb}', 'ở'),
    ('\u{ec}', 'ỡ'),
    ('\u{ed}', 'ớ'),
    ('\u{ee}', 'ợ'),
    ('\u{ef}', 'ù'),
    ('\u{f0}', 'Ỗ'),
    ('\u{f1}', 'ủ'),
    ('\u{f2}', 'ũ'),
    ('\u{f3}', 'ú'),
    ('\u{f4}', 'ụ'),
    ('\u{f5}', 'ừ'),
    ('\u{f6}', 'ử'),
    ('\u{f7}', 'ữ'),
    ('\u{f8}', 'ứ'),
    ('\u{f9}', 'ự'),
    ('\u{fa}', 'ỳ'),
    ('\u{fb}', 'ỷ'),
    ('\u{fc}', 'ỹ'),
    ('\u{fd}', 'ý'),
    ('\u{fe}', 'ỵ'),
    ('\u{ff}', 'Ố'),
    ('\u{80}', 'À'),
    ('\u{81}', 'Ả'),
    ('\u{82}', 'Ã'),
    ('\u{83}', 'Á'),
    ('\u{84}', 'Ạ'),
    ('\u{85}', 'Ặ'),
    ('\u{86}', 'Ậ'),
    ('\u{87}', 'È'),
    ('\u{88}', 'Ẻ'),
    ('\u{89}', 'Ẽ'),
    ('\u{8a}', 'É'),
    ('\u{8b}', 'Ẹ'),
    ('\u{8c}', 'Ệ'),
    ('\u{8d}', 'Ì'),
    ('\u{8e}', 'Ỉ'),
    ('\u{8f}', 'Ĩ'),
    ('\u{90}', 'Í'),
    ('\u{91}', 'Ị'),
    ('\u{92}', 'Ò'),
    ('\u{93}', 'Ỏ'),
    ('\u{94}', 'Õ'),
    ('\u{95}', 'Ó'),
    ('\u{96}', 'Ọ'),
    ('\u{97}', 'Ộ'),
    ('\u{98}', 'Ờ'),
    ('\u{99}', 'Ở'),
    ('\u{9a}', 'Ỡ'),
    ('\u{9b}', 'Ớ'),
    ('\u{9c}', 'Ợ'),
    ('\u{9d}', 'Ù'),
    ('\u{9e}', 'Ủ'),
    ('\u{9f}', 'Ũ'),
];

/// What other programs make of some bytes when they take them for another table: the micro sign as a Greek letter.
const STRAYS: &[(char, char)] = &[('μ', 'à')];

/// `text` in Unicode.
pub fn decode(text: &str) -> String {
    text.chars().map(letter).collect()
}

/// The letter behind one character; itself when the table has none. Symbol fonts shift all by U+F000.
pub fn letter(c: char) -> char {
    let code = u32::from(c);
    let bare = if (0xf020..=0xf0ff).contains(&code) {
        char::from_u32(code - 0xf000).unwrap_or(c)
    } else {
        c
    };
    LETTERS
        .iter()
        .chain(STRAYS)
        .find(|(byte, _)| *byte == bare)
        .map_or(bare, |(_, letter)| *letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_one_letter_and_every_letter_one_byte() {
        let mut letters: Vec<char> = LETTERS.iter().map(|(_, letter)| *letter).collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), LETTERS.len());
        let mut bytes: Vec<char> = LETTERS.iter().map(|(byte, _)| *byte).collect();
        bytes.sort_unstable();
        bytes.dedup();
        assert_eq!(bytes.len(), LETTERS.len());
        let small = LETTERS
            .iter()
            .filter(|(_, letter)| letter.is_lowercase())
            .count();
        // The 67 small letters that are not in ASCII.
        assert_eq!(small, 67);
    }

    #[test]
    fn what_the_press_has_printed_by_mistake_is_read() {
        assert_eq!(decode("ñy ban nh©n d©n"), "ủy ban nhân dân");
        assert_eq!(
            decode("Th«ng tin Khoa häc Thèng kª"),
            "Thông tin Khoa học Thống kê"
        );
        assert_eq!(
            decode("tr\u{ad}íc ngµy 30 th¸ng 9"),
            "trước ngày 30 tháng 9"
        );
        assert_eq!(decode("§¶ng Céng s¶n ViÖt Nam"), "Đảng Cộng sản Việt Nam");
    }
}
