//! What a reader has to say beside the text: what was left out, what was repaired.

use crate::error::{Countable, ReadError};
use crate::limits;
use domain::legacy::{Encoding, repair_by_font};
use domain::plan::FindingKind;
use domain::text::clean;

/// Repaired lines that are shown.
const SAMPLES: usize = 12;
/// Characters of a shown line.
const SAMPLE_CHARS: usize = 240;

/// Something about a file that its reader did, for the user to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Comments in the margin are no part of the text.
    Comments { count: usize },
    /// Tracked changes were taken as accepted.
    Changes,
    /// Macros are never kept or run.
    Macros,
    /// Pictures and objects that stand elsewhere are not fetched.
    Links { count: usize },
    /// A header or footer that is no head of the document.
    Margin { text: String },
    /// Letters and marks came apart and were joined.
    Decomposed,
    /// Text in an old encoding was turned into Unicode.
    Legacy(Repair),
    /// An 8-bit text of Windows was turned into Unicode.
    CodePage { name: &'static str },
    /// The file's name promises another kind than it is.
    OtherKind { said: String, is: &'static str },
    /// Of an e-mail with attachments: what was read, and what else there is.
    Mail { read: String, others: Vec<String> },
}

/// What was repaired, as far as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    pub encoding: Encoding,
    /// Lines before and after; long documents show their first ones.
    pub samples: Vec<Repaired>,
    /// Pieces of text that were repaired.
    pub pieces: usize,
}

/// One piece of text as it stood in the file and as it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Repaired {
    pub before: String,
    pub after: String,
}

impl Note {
    /// What kind of finding a plan gets from this.
    pub fn finding(&self) -> FindingKind {
        match self {
            Note::Legacy(_) | Note::CodePage { .. } => FindingKind::LegacyEncoding,
            Note::Decomposed => FindingKind::DecomposedUnicode,
            _ => FindingKind::LeftOut,
        }
    }

    /// For users.
    pub fn message(&self) -> String {
        match self {
            Note::Comments { count } => format!(
                "Tệp có {count} ghi chú (comment) bên lề; ghi chú không phải nội dung văn bản nên không được đọc."
            ),
            Note::Changes => {
                "Tệp còn dấu theo dõi sửa đổi (track changes); đã đọc như mọi sửa đổi đều được chấp nhận. Hãy đối chiếu với bản chính thức."
                    .into()
            }
            Note::Macros => {
                "Tệp có macro; macro đã bị bỏ, không được lưu trong nội dung và không bao giờ được chạy."
                    .into()
            }
            Note::Links { count } => format!(
                "Tệp có {count} hình hoặc đối tượng nằm ở nơi khác (liên kết ngoài); phần mềm không tải về."
            ),
            Note::Margin { text } => format!(
                "Đầu trang hoặc chân trang ghi “{text}”; phần này lặp lại trên các trang nên không được đọc là nội dung."
            ),
            Note::Decomposed => {
                "Văn bản dùng Unicode tổ hợp; đã đổi sang Unicode dựng sẵn khi đọc, nội dung không thay đổi."
                    .into()
            }
            Note::Legacy(repair) => {
                let sample = repair.samples.first().map_or(String::new(), |sample| {
                    format!(" Ví dụ: “{}” được đọc là “{}”.", sample.before, sample.after)
                });
                format!(
                    "Văn bản dùng bảng mã cũ {}; {} đoạn chữ đã được chuyển sang Unicode khi đọc.{sample} Hãy đối chiếu với bản gốc trước khi xác nhận.",
                    repair.encoding.label(),
                    repair.pieces
                )
            }
            Note::CodePage { name } => format!(
                "Tệp chữ dùng bảng mã {name}; đã chuyển sang Unicode khi đọc. Hãy đối chiếu với bản gốc."
            ),
            Note::OtherKind { said, is } => format!(
                "Tên tệp ghi .{said} nhưng nội dung là {is}; đã đọc theo nội dung."
            ),
            Note::Mail { read, others } if others.is_empty() => format!("Đã đọc {read} của thư."),
            Note::Mail { read, others } => format!(
                "Thư có nhiều phần: đã đọc {read}; chưa đọc: {}. Nếu không đúng tệp, hãy tách tệp cần đọc ra khỏi thư rồi chọn lại.",
                others.join(", ")
            ),
        }
    }
}

/// Collects notes while a file is read.
#[derive(Debug, Default)]
pub struct Notes {
    pub comments: usize,
    pub changes: bool,
    pub macros: bool,
    pub links: usize,
    /// Words of headers and footers beside the page's number.
    pub margins: Vec<String>,
    decomposed: bool,
    repair: Option<Repair>,
    /// The piece that is being shown goes on.
    in_sample: bool,
    pieces: usize,
}

impl Notes {
    /// Looks at the characters of a part before they are joined to NFC.
    pub fn look_at(&mut self, text: &str) {
        self.decomposed |= text.contains(is_vietnamese_mark);
    }

    /// Counts a piece of text with a look of its own.
    ///
    /// # Errors
    /// [`ReadError::TooMany`] when a document has more than any that people write.
    pub fn count_piece(&mut self) -> Result<(), ReadError> {
        self.pieces += 1;
        if self.pieces > limits::PIECES {
            return Err(ReadError::TooMany {
                what: Countable::Pieces,
                limit: limits::PIECES,
            });
        }
        Ok(())
    }

    /// A picture or object at this address.
    pub fn link(&mut self, address: Option<&str>) {
        let outside = address.is_some_and(|address| {
            address.contains("://") || address.starts_with("\\\\") || address.starts_with("file:")
        });
        self.links += usize::from(outside);
    }

    /// `text`, in Unicode when its font says that it is not.
    pub fn repaired(&mut self, font: Option<&str>, text: &str) -> String {
        match font.and_then(|font| repair_by_font(font, text)) {
            Some((encoding, after)) => {
                self.add_repair(encoding, text, &after);
                after
            }
            None => text.to_owned(),
        }
    }

    /// Notes that `before` is read as `after`.
    pub fn add_repair(&mut self, encoding: Encoding, before: &str, after: &str) {
        let repair = self.repair.get_or_insert_with(|| Repair {
            encoding,
            samples: Vec::new(),
            pieces: 0,
        });
        if !self.in_sample {
            repair.pieces += 1;
            if repair.samples.len() >= SAMPLES {
                self.in_sample = true;
                return;
            }
            repair.samples.push(Repaired::default());
            self.in_sample = true;
        }
        if repair.pieces > SAMPLES {
            return;
        }
        if let Some(sample) = repair.samples.last_mut() {
            append(&mut sample.before, before);
            append(&mut sample.after, after);
        }
    }

    /// A line or paragraph ended.
    pub fn end_line(&mut self) {
        self.in_sample = false;
    }

    pub fn into_list(self) -> Vec<Note> {
        let mut list = Vec::new();
        list.extend(self.macros.then_some(Note::Macros));
        list.extend(self.repair.map(Note::Legacy));
        list.extend(self.decomposed.then_some(Note::Decomposed));
        list.extend(self.changes.then_some(Note::Changes));
        list.extend((self.comments > 0).then_some(Note::Comments {
            count: self.comments,
        }));
        list.extend((self.links > 0).then_some(Note::Links { count: self.links }));
        list.extend(self.margins.into_iter().map(|text| Note::Margin { text }));
        list
    }
}

fn append(sample: &mut String, text: &str) {
    let room = SAMPLE_CHARS.saturating_sub(sample.chars().count());
    sample.extend(
        clean(text)
            .chars()
            .take(room)
            .map(|c| if c == '\n' { ' ' } else { c }),
    );
}

/// The marks that Vietnamese letters come apart into.
fn is_vietnamese_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'
            | '\u{301}'
            | '\u{302}'
            | '\u{303}'
            | '\u{306}'
            | '\u{309}'
            | '\u{31b}'
            | '\u{323}'
    )
}
