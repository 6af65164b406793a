//! Entities: numbers, the letters of Latin-1, and the signs that office programs write by name.

/// The letters from U+00C0 to U+00FF by their names, in order.
const LATIN: &str = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
    agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
    eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The signs from U+00A0 to U+00BF by their names, in order.
const SIGNS: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest";

const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bull", '•'),
    ("hellip", '…'),
    ("minus", '−'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("rarr", '→'),
    ("larr", '←'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("euro", '€'),
    ("trade", '™'),
    ("rsaquo", '›'),
    ("lsaquo", '‹'),
    ("abreve", 'ă'),
    ("Abreve", 'Ă'),
    ("dstrok", 'đ'),
    ("Dstrok", 'Đ'),
];

/// Longest name or number of an entity.
const LONGEST: usize = 12;

/// `text` with its entities resolved; what is none stays as it stands.
pub fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let name: String = rest
            .chars()
            .take(LONGEST)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '#')
            .collect();
        match character(&name) {
            Some(c) => {
                out.push(c);
                rest = &rest[name.len()..];
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    let other = OTHERS.iter().find(|(own, _)| *own == name);
    other.map(|(_, c)| *c).or_else(|| {
        let in_order = |names: &str, first: u32| {
            let at = names.split_whitespace().position(|own| own == name)?;
            char::from_u32(first + u32::try_from(at).ok()?)
        };
        in_order(LATIN, 0xc0).or_else(|| in_order(SIGNS, 0xa0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_plain_ampersands() {
        assert_eq!(
            decode("B&aacute;o c&aacute;o &#7871; &#x1EBF; A&B &amp; &yacute;&ETH;"),
            "Báo cáo ế ế A&B & ýÐ"
        );
        assert_eq!(
            decode("R&D; &khong; &#999999999; &"),
            "R&D; &khong; &#999999999; &"
        );
    }
}
