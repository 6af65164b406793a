//! Why a file could not be read, in words for developers (`Display`) and for users ([`ReadError::message`]).

use crate::limits;

/// What a table should have been in; for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    Xlsx,
    Ods,
}

/// Bytes of a megabyte, as limits are said.
const MEGABYTE: u64 = 1024 * 1024;

/// A file that is not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("the file is empty")]
    Empty,
    #[error("the file has {bytes} bytes, more than the limit")]
    TooLarge { bytes: usize },
    #[error("{name}: not a known kind of document")]
    UnknownType { name: String },
    #[error("Word 97-2003 document")]
    OldWord,
    #[error("Rich Text Format")]
    Rtf,
    #[error("a picture")]
    Picture,
    #[error("the file is encrypted")]
    Encrypted,
    #[error("a table where a document is expected")]
    TableNotDocument,
    #[error("a document where a table is expected")]
    DocumentNotTable,
    /// `line` counts from 1.
    #[error("line {line} is not UTF-8")]
    NotUtf8 { line: usize },
    /// `part` is the entry or page at fault.
    #[error("damaged: {part}: {detail}")]
    Damaged { part: String, detail: String },
    /// The container would expand beyond the caps of [`limits`].
    #[error("expands beyond the limits: {part}")]
    Bomb { part: String },
    /// XML that declares entities of its own.
    #[error("document type declaration: {part}")]
    Doctype { part: String },
    #[error("more than {limit} {what}")]
    TooMany { what: Countable, limit: usize },
    #[error("{pages} pages without text")]
    NoText { pages: usize },
    #[error("the document holds no text")]
    Blank,
    #[error("the table has no header row")]
    NoHeader,
    #[error("damaged table: {detail}")]
    DamagedTable { kind: TableKind, detail: String },
    /// `line` counts from 1.
    #[error("line {line}: {cells} cells, {columns} columns")]
    RowTooLong {
        line: usize,
        cells: usize,
        columns: usize,
    },
}

/// Things that are counted and capped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countable {
    ZipEntries,
    XmlDepth,
    Blocks,
    Characters,
    Pieces,
    Pages,
    Glyphs,
    Rows,
    Columns,
    Cells,
    Bytes,
    Attachments,
    Mails,
}

impl std::fmt::Display for Countable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Countable::ZipEntries => "zip entries",
            Countable::XmlDepth => "nested XML elements",
            Countable::Blocks => "blocks",
            Countable::Characters => "characters",
            Countable::Pieces => "pieces of text",
            Countable::Pages => "pages",
            Countable::Glyphs => "glyphs",
            Countable::Rows => "rows",
            Countable::Columns => "columns",
            Countable::Cells => "cells",
            Countable::Bytes => "bytes of text in cells",
            Countable::Attachments => "attachments",
            Countable::Mails => "e-mails",
        })
    }
}

impl Countable {
    fn vietnamese(self) -> &'static str {
        match self {
            Countable::ZipEntries => "thành phần bên trong tệp",
            Countable::XmlDepth => "lớp lồng nhau",
            Countable::Blocks => "đoạn văn và ô bảng",
            Countable::Characters => "chữ cái và dấu",
            Countable::Pieces => "mẩu chữ định dạng",
            Countable::Pages => "trang",
            Countable::Glyphs => "ký tự",
            Countable::Rows => "dòng",
            Countable::Columns => "cột",
            Countable::Cells => "ô",
            Countable::Bytes => "byte chữ trong các ô",
            Countable::Attachments => "tệp đính kèm",
            Countable::Mails => "thư",
        }
    }
}

impl ReadError {
    /// For users: what is wrong, where, and what to do.
    pub fn message(&self) -> String {
        match self {
            ReadError::Empty => "Tệp rỗng (0 byte). Hãy kiểm tra lại tệp rồi chọn lại.".into(),
            ReadError::TooLarge { bytes } => format!(
                "Tệp lớn {} MB, vượt mức cho phép {} MB. Hãy bỏ bớt hình ảnh hoặc tách thành nhiều tệp.",
                bytes.div_ceil(1024 * 1024),
                limits::FILE_BYTES / 1024 / 1024
            ),
            ReadError::UnknownType { name } => format!(
                "Không nhận ra loại của tệp “{name}”. Hãy dùng tệp .docx, .odt, .pdf (có chữ), .html, .eml, .md hoặc .txt; với bảng: .xlsx, .ods, .csv hoặc .tsv."
            ),
            ReadError::OldWord => {
                "Đây là tệp Word 97-2003 (.doc). Hãy mở bằng Word hoặc LibreOffice và lưu lại dạng .docx rồi chọn lại.".into()
            }
            ReadError::Rtf => {
                "Đây là tệp .rtf. Hãy mở bằng Word hoặc LibreOffice và lưu lại dạng .docx rồi chọn lại.".into()
            }
            ReadError::Picture => {
                "Đây là tệp ảnh, không có chữ để đọc. Hãy dùng tệp .docx hoặc PDF xuất từ Word; bản quét phải được nhận dạng chữ (OCR) trước."
                    .into()
            }
            ReadError::Encrypted => "Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi chọn lại.".into(),
            ReadError::TableNotDocument => {
                "Đây là tệp bảng tính, không phải văn bản. Hãy chọn tệp .docx, .odt, .pdf, .html, .eml, .md hoặc .txt.".into()
            }
            ReadError::DocumentNotTable => {
                "Đây là tệp văn bản, không phải bảng. Hãy chọn tệp .xlsx, .ods, .csv hoặc .tsv.".into()
            }
            ReadError::NotUtf8 { line } => format!(
                "Dòng {line} không phải chữ Unicode (UTF-8). Hãy lưu lại tệp với bảng mã UTF-8 rồi chọn lại."
            ),
            ReadError::Damaged { part, .. } => format!(
                "Tệp bị hỏng ở phần “{part}”, không đọc được. Hãy mở bằng phần mềm đã tạo ra nó, lưu lại và chọn lại."
            ),
            ReadError::Bomb { part } => format!(
                "Phần “{part}” của tệp nở ra quá lớn khi giải nén nên không được đọc (mức cho phép: {} MB một phần, {} MB cả tệp, {} lần dung lượng nén; luồng của PDF {} MB). Hãy lưu lại tệp bằng Word hoặc LibreOffice rồi chọn lại.",
                limits::ENTRY_BYTES / MEGABYTE,
                limits::EXPANDED_BYTES / MEGABYTE,
                limits::EXPANSION_RATIO,
                limits::PDF_STREAM_BYTES / MEGABYTE,
            ),
            ReadError::Doctype { part } => format!(
                "Phần “{part}” của tệp có khai báo DOCTYPE, là thứ có thể làm treo máy nên không được đọc. Hãy mở bằng Word hoặc LibreOffice, lưu lại và chọn lại."
            ),
            ReadError::TooMany { what, limit } => format!(
                "Tệp có hơn {} {}, vượt mức cho phép. Hãy tách thành nhiều tệp nhỏ hơn.",
                grouped(*limit),
                what.vietnamese()
            ),
            ReadError::NoText { pages } => format!(
                "Tệp PDF có {pages} trang nhưng không có chữ, có lẽ là bản quét (ảnh chụp). Hãy dùng tệp .docx hoặc PDF xuất từ Word."
            ),
            ReadError::Blank => "Văn bản không có chữ nào. Hãy kiểm tra lại tệp.".into(),
            ReadError::NoHeader => {
                "Bảng không có dòng tiêu đề cột. Dòng đầu tiên phải ghi tên các cột.".into()
            }
            ReadError::DamagedTable { kind, .. } => format!(
                "Tệp bảng tính {} bị hỏng, không đọc được. Hãy mở bằng Excel hoặc LibreOffice, lưu lại và chọn lại.",
                match kind {
                    TableKind::Xlsx => ".xlsx",
                    TableKind::Ods => ".ods",
                }
            ),
            ReadError::RowTooLong { line, cells, columns } => format!(
                "Dòng {line} có {cells} ô nhưng tiêu đề chỉ có {columns} cột. Hãy bỏ ô thừa hoặc bổ sung tên cột."
            ),
        }
    }
}

/// `200000` as `200.000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}
