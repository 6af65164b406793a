//! Vietnamese text in the 8-bit encodings of before 2003, TCVN3 (ABC) and VNI: told by the name of its font or by its
//! letters, and turned into Unicode.
//!
//! Such text reaches us as Latin-1 letters that mean nothing: `Uû ban nh©n d©n`, `Uyû ban nhaân daân`.

mod detect;
mod syllable;
mod tcvn3;
mod vni;

pub use detect::{detect, repair};
pub use syllable::is_syllable;

/// An old encoding of Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// TCVN 5712:1993 as the ABC fonts have it: one letter for each Vietnamese letter.
    Tcvn3,
    /// VNI for Windows: a base letter and a second one for its marks.
    Vni,
}

impl Encoding {
    /// The name that users know.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Tcvn3 => "TCVN3 (ABC)",
            Encoding::Vni => "VNI",
        }
    }

    /// What the name of a font says about the text in it; whether the font shows capitals for small letters, too.
    pub fn of_font(name: &str) -> Option<(Encoding, bool)> {
        let name = name.trim().to_lowercase();
        if let Some(rest) = name.strip_prefix(".vn") {
            // `.VnTimeH`, `.VnArialH`, `.VnTime-H`: the capitals of the family.
            return Some((
                Encoding::Tcvn3,
                rest.ends_with('h') && !rest.ends_with("gothich"),
            ));
        }
        name.starts_with("vni-").then_some((Encoding::Vni, false))
    }

    /// `text` in Unicode. What the encoding does not know stays as it is.
    pub fn decode(self, text: &str) -> String {
        match self {
            Encoding::Tcvn3 => tcvn3::decode(text),
            Encoding::Vni => vni::decode(text),
        }
    }
}

/// Text of a run in Unicode when the name of its font says that it is not; `None` when there is nothing to do.
pub fn repair_by_font(font: &str, text: &str) -> Option<(Encoding, String)> {
    let (encoding, capitals) = Encoding::of_font(font)?;
    // Somebody typed Unicode and left the font as it was.
    if text.chars().any(syllable::is_beyond_latin1) {
        return None;
    }
    let decoded = encoding.decode(text);
    let decoded = if capitals {
        decoded.to_uppercase()
    } else {
        decoded
    };
    (decoded != text).then_some((encoding, decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_font_tells_the_encoding_and_its_capitals() {
        assert_eq!(Encoding::of_font(".VnTime"), Some((Encoding::Tcvn3, false)));
        assert_eq!(Encoding::of_font(".VnTimeH"), Some((Encoding::Tcvn3, true)));
        assert_eq!(Encoding::of_font("VNI-Times"), Some((Encoding::Vni, false)));
        assert_eq!(Encoding::of_font("Times New Roman"), None);
    }

    #[test]
    fn a_capitals_font_gives_capitals() {
        assert_eq!(
            repair_by_font(".VnTimeH", "b¸o c¸o"),
            Some((Encoding::Tcvn3, "BÁO CÁO".to_owned()))
        );
    }

    #[test]
    fn unicode_in_an_old_font_is_left_alone() {
        assert_eq!(repair_by_font(".VnTime", "Ủy ban nhân dân"), None);
        assert_eq!(repair_by_font(".VnTime", "so 12"), None);
    }
}
