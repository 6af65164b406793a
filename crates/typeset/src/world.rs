//! All that the typesetting engine can see: our templates, our fonts, and one document as data. No disk, network or clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The family of the embedded faces, metric-compatible with Times New Roman.
pub const FONT_FAMILY: &str = "Liberation Serif";

static FACES: [&[u8]; 4] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// The templates; the first one is compiled and imports the others.
static TEMPLATES: [(&str, &str); 5] = [
    ("/main.typ", include_str!("template/main.typ")),
    ("/head.typ", include_str!("template/head.typ")),
    ("/text.typ", include_str!("template/text.typ")),
    ("/table.typ", include_str!("template/table.typ")),
    ("/close.typ", include_str!("template/close.typ")),
];

/// What every document shares, built at first use.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: Vec<Source>,
    data: FileId,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES
        .iter()
        .filter_map(|face| Font::new(Bytes::new(*face), 0))
        .collect();
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        templates: TEMPLATES
            .iter()
            .map(|(path, text)| Source::new(file_id(path), (*text).to_owned()))
            .collect(),
        data: file_id("/data.json"),
    }
});

fn file_id(path: &str) -> FileId {
    let path =
        VirtualPath::new(path).expect("the paths of the templates are constants without `..`");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The world of one document.
pub struct Sheets {
    data: Bytes,
}

impl Sheets {
    /// `data`: the JSON that the templates read.
    pub fn new(data: Vec<u8>) -> Self {
        Sheets {
            data: Bytes::new(data),
        }
    }
}

impl World for Sheets {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        SHARED.templates[0].id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let known = SHARED.templates.iter().find(|template| template.id() == id);
        known.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHARED.data {
            Ok(self.data.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOWELS: &str = "aăâeêioôơuưy";
    const OTHER_LETTERS: &str = "bcdđghklmnpqrstvx";
    const OTHER_MARKS: &str = "0123456789 .,;:!?()/%+-*“”‘’…–—₫°²³½×≥≤•\u{a0}";

    /// The 134 letters of Vietnamese with marks or tones, and the plain ones.
    fn letters() -> Vec<char> {
        let tones = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];
        let lower = VOWELS
            .chars()
            .flat_map(|vowel| tones.map(|tone| format!("{vowel}{tone}")))
            .chain(OTHER_LETTERS.chars().map(String::from));
        lower
            .flat_map(|letter| [letter.to_uppercase(), letter])
            .map(|letter| {
                let mut characters = domain::text::clean(&letter).chars().collect::<Vec<_>>();
                assert_eq!(characters.len(), 1, "{letter} is one letter");
                characters.remove(0)
            })
            .collect()
    }

    #[test]
    fn every_face_has_every_vietnamese_letter_and_the_signs_of_official_texts() {
        let letters = letters();
        let marked = letters.iter().filter(|letter| !letter.is_ascii()).count();
        assert_eq!(
            marked, 134,
            "ă â đ ê ô ơ ư and the vowels with tones, in both cases"
        );
        assert_eq!(SHARED.fonts.len(), 4);
        for font in &SHARED.fonts {
            assert_eq!(font.info().family, FONT_FAMILY);
            for letter in letters.iter().copied().chain(OTHER_MARKS.chars()) {
                assert!(
                    font.info().coverage.contains(letter.into()),
                    "no {letter} in {:?}",
                    font.info().variant
                );
            }
        }
    }

    #[test]
    fn templates_cannot_read_any_other_file() {
        let world = Sheets::new(b"{}".to_vec());
        assert_eq!(
            world.file(file_id("/etc/passwd")),
            Err(FileError::AccessDenied)
        );
        assert_eq!(
            world.source(file_id("/other.typ")).map(drop),
            Err(FileError::AccessDenied)
        );
        assert!(world.today(None).is_none());
    }
}
