//! Every way in which a decision cannot be carried out on a tree.

use crate::ids::DecisionId;
use jiff::civil::Date;

/// One fault of one row of a decision. `line` counts lines of the table, the header being 1; 0 for the whole decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeProblem {
    pub line: usize,
    pub fault: Fault,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("quyết định không có thay đổi nào")]
    Nothing,
    #[error("thiếu mã đơn vị")]
    NoCode,
    #[error("đơn vị thành lập {code} chưa có tên")]
    NoName { code: String },
    #[error("cấp của đơn vị {code} phải là số từ 1 đến 9, đang ghi “{found}”")]
    BadLevel { code: String, found: u8 },
    #[error("không có đơn vị nào mã {code} trong cây tổ chức")]
    Unknown { code: String },
    #[error(
        "đơn vị {code} chưa có vào ngày quyết định có hiệu lực: đơn vị này có từ ngày {}",
        day(.from)
    )]
    NotYet { code: String, from: Date },
    #[error(
        "đơn vị {code} không còn vào ngày quyết định có hiệu lực: đã kết thúc từ ngày {}",
        day(.until)
    )]
    Ended { code: String, until: Date },
    #[error(
        "đơn vị {code} đã thay đổi theo quyết định khác từ ngày {}, sau ngày hiệu lực của quyết định này",
        day(.from)
    )]
    ChangedLater { code: String, from: Date },
    #[error(
        "đơn vị tiếp nhận {code} không có vào ngày quyết định có hiệu lực. Hãy thêm dòng thành lập đơn vị này"
    )]
    SuccessorUnknown { code: String },
    #[error("đơn vị tiếp nhận {code} cũng kết thúc theo chính quyết định này")]
    SuccessorEnds { code: String },
    #[error("chưa ghi mã đơn vị tiếp nhận")]
    SuccessorMissing,
    #[error("đã ghi chưa xác định được đơn vị kế thừa thì không ghi mã đơn vị tiếp nhận {code}")]
    SuccessorGiven { code: String },
    #[error("các đơn vị nhập vào nhau thành vòng: {path}")]
    Circle { path: String },
    #[error("mã {code} đang là mã của “{name}”, đơn vị này không kết thúc theo quyết định")]
    CodeTaken { code: String, name: String },
    #[error("mã {code} đã dùng ở dòng {first}")]
    CodeTwice { code: String, first: usize },
    #[error("đơn vị {code} đã nhập toàn bộ vào đơn vị khác ở dòng {first}")]
    MergedTwice { code: String, first: usize },
    #[error("đơn vị {code} đã có thay đổi khác ở dòng {first}, hai thay đổi này trái nhau")]
    Contradiction { code: String, first: usize },
    #[error("tỷ lệ “{written}” phải có dạng x/y, lớn hơn 0 và không quá 1")]
    BadShare { written: String },
    #[error("tỷ lệ phải ghi kèm nguồn")]
    ShareWithoutSource,
    #[error("đơn vị {code}: có dòng ghi tỷ lệ thì mọi dòng của đơn vị phải ghi tỷ lệ")]
    ShareMissing { code: String },
    #[error("đơn vị {code}: các tỷ lệ cộng lại phải bằng 1")]
    SharesNotOne { code: String },
    #[error("đơn vị {code}: các tỷ lệ chuyển đi cộng lại phải nhỏ hơn 1")]
    SharesNotBelowOne { code: String },
    #[error("không tìm thấy đơn vị cấp trên có mã {parent} của đơn vị {code}")]
    ParentUnknown { code: String, parent: String },
    #[error("đơn vị cấp trên {parent} của đơn vị {code} kết thúc theo chính quyết định này")]
    ParentEnds { code: String, parent: String },
    #[error("đơn vị {code} sẽ nằm dưới chính nó")]
    BelowItself { code: String },
    #[error("cây tổ chức quá sâu ở đơn vị {code}")]
    TooDeep { code: String },
    #[error(
        "đơn vị {code} còn đơn vị trực thuộc {child} chưa rõ về đâu. Hãy thêm dòng cho đơn vị trực thuộc"
    )]
    LeavesChild { code: String, child: String },
    #[error("đơn vị {code} – {name} đã thay đổi tiếp theo quyết định sau")]
    StoodOn {
        code: String,
        name: String,
        /// The later decision; `None` for a change without one.
        by: Option<DecisionId>,
    },
}

fn day(date: &Date) -> String {
    date.strftime("%-d/%-m/%Y").to_string()
}

impl std::fmt::Display for ChangeProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "dòng {}: ", self.line)?;
        }
        self.fault.fmt(f)
    }
}
