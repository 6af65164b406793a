//! A report to be filled in with a word processor: the outline in the official format, each part with its anchor.

use super::OfficialDocument;
use crate::doc::Block;
use crate::report::anchors::Anchor;

/// What stands in a section that nothing was written in yet; it is taken off when the file is read.
pub const PLACEHOLDER: &str = "[Viết nội dung mục này tại đây]";

/// The page at the front, one paragraph each, below [`INSTRUCTIONS_TITLE`].
pub const INSTRUCTIONS: [&str; 9] = [
    "Trang này chỉ để hướng dẫn, không thuộc nội dung báo cáo; khi nộp tệp không cần xóa.",
    "1. Viết nội dung ngay dưới tên từng mục, thay dòng chữ trong ngoặc vuông. Không sửa số thứ tự và tên mục: phần mềm dựa vào đó để biết nội dung thuộc mục nào.",
    "2. Được dùng chữ đậm, nghiêng, gạch chân, chỉ số trên, chỉ số dưới, gạch đầu dòng, đánh số và bảng đơn giản; tất cả được giữ nguyên khi nộp. Hình ảnh thì đính kèm thành tệp riêng.",
    "3. Gợi ý của từng mục là chữ ẩn, không in ra. Muốn xem: bấm nút ¶ (Ctrl+Shift+8) trong Word hoặc Ctrl+F10 trong LibreOffice.",
    "4. Bảng số liệu ở cuối tệp: mỗi ô một số, viết theo cách Việt Nam (1.234.567,8). Bằng không thì ghi 0; không phát sinh hoặc không áp dụng thì ghi dấu “-”; chưa có số liệu thì để trống. Ba trường hợp này khác nhau.",
    "5. Không thêm, bớt cột của bảng số liệu. Chỉ tiêu ghi “tự tính” do phần mềm tính.",
    "6. Lưu tệp dạng .docx (Word, WPS, LibreOffice) hoặc .odt, rồi nộp ở trang báo cáo, nút “Nộp tệp Word”. Trước khi nhận, phần mềm cho xem những chỗ khác với bản đang có.",
    "7. Nội dung viết ngoài các mục không bị mất: phần mềm giữ riêng để đồng chí xếp vào mục.",
    "8. Không đưa nội dung thuộc bí mật nhà nước vào tệp này.",
];

pub const INSTRUCTIONS_TITLE: &str = "HƯỚNG DẪN ĐIỀN MẪU BÁO CÁO";

/// The mark of an indicator that nobody types.
pub const COMPUTED: &str = "tự tính";

/// Everything that a template is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Head, title, recipients and room for the signature; its body and annexes are empty.
    pub document: OfficialDocument,
    pub mark: Anchor,
    pub sections: Vec<TemplateSection>,
    /// `None` when the unit types no figures.
    pub figures: Option<TemplateFigures>,
}

/// One item of the outline.
#[derive(Debug, Clone, PartialEq)]
pub struct TemplateSection {
    pub heading: Block,
    pub anchor: Anchor,
    pub guidance: String,
    /// What stands in it already; `None` for a heading over sub-sections.
    pub content: Option<Vec<Block>>,
}

/// The table of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFigures {
    pub title: String,
    pub years: Vec<i16>,
    pub rows: Vec<TemplateRow>,
}

/// One indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateRow {
    pub code: String,
    pub name: String,
    pub unit: String,
    /// A column for each year, then one for the whole period.
    pub cells: Vec<TemplateCell>,
}

/// One cell of the table of figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateCell {
    /// To be filled in, with what stands in it.
    Open(Anchor, String),
    /// Not typed by anybody.
    Closed(&'static str),
}
