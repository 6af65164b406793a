//! What the columns of a table of duties hold, told by their titles or by what stands in them.

use super::bodies::begins;
use super::dates::{due_in_cell, dues};
use super::passage::{Passage, pattern};
use super::verbs::begins_with_verb;
use crate::text::fold;

/// The columns of a table of duties, as their numbers from the left.
#[derive(Debug, Default, Clone)]
pub(super) struct Columns {
    pub content: Option<usize>,
    pub who: Option<usize>,
    pub with: Option<usize>,
    pub due: Option<usize>,
    pub product: Option<usize>,
    pub to: Option<usize>,
    /// How often: "Kỳ báo cáo", "Tần suất".
    pub every: Option<usize>,
    /// The title says what the cells leave out: "Xong trước".
    pub due_is_before: bool,
    /// The content column holds the names of reports.
    pub names_reports: bool,
    /// Columns of single bodies, marked where the body has the duty of the row.
    pub bodies: Vec<usize>,
    /// Columns of single reports, marked or dated where the body of the row owes it.
    pub reports: Vec<usize>,
}

/// Whether a line is the title of a column.
pub(super) fn is_title(text: &str) -> bool {
    text.chars().count() <= 40
        && !text.contains(|c: char| c.is_ascii_digit() || ".;:!?".contains(c))
        && role(&fold(text)).is_some()
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Content,
    /// The more certain the words are that the bodies there have the duty, the higher.
    Who(u8),
    With,
    Due,
    Product,
    To,
    Every,
    Number,
    Other,
}

fn role(title: &str) -> Option<Role> {
    // Asked in this order: the first that fits tells.
    pattern!(NUMBER, r"^(?:stt|tt|so tt|so thu tu|ma|ma so|#|no\.?)$");
    pattern!(
        WITH,
        r"phoi hop|cung (?:lam|thuc hien|tham gia|phu trach)|ho tro|nguoi giup|tham gia|cong tac vien"
    );
    pattern!(EVERY, r"^ky\b|ky bao cao|tan suat|dinh ky|chu ky");
    pattern!(
        OTHER,
        r"so lieu|\bcu$|^(?:da|truoc|ban dau|hien)\b.*(?:ghi|giao|quy dinh|day|tai|nay)|ban dau$|don vi tinh|^dvt|ghi chu|kinh phi|dia diem|can cu|hinh thuc|phuong thuc|bat dau|^tu ngay|lanh dao|chi dao|nguoi (?:ky|duyet)|bieu mau|^mau|thanh phan|doi tuong (?:tham|du)|so luong"
    );
    pattern!(
        TO,
        r"noi (?:nhan|gui)|(?:gui|nop|trinh|bao cao) (?:ve|den|cho|toi|len|ai|co quan|don vi|cap|noi)\b|^(?:noi |co quan )?trinh$|cap (?:nhan|trinh)|(?:don vi|co quan|nguoi|bo phan|dia chi|phong|ban|noi|dau moi|cap) (?:tiep |thu )?nhan|cho ai"
    );
    pattern!(
        DUE,
        r"thoi (?:gian|han|diem)|tien do|^(?:han|ngay|lich|moc|khi|den|thang)\b|ngay (?:hoan|gui|nop|xong)|hoan thanh|ket thuc|xong (?:truoc|vao|khi)|^(?:truoc|xong)|(?:gui|nop|trinh) truoc|truoc ngay|(?:bao gio|khi nao|luc nao|ngay nao|thang nao)"
    );
    pattern!(
        CERTAIN,
        r"chu tri|phan cong|trach nhiem|thuc hien|phu trach|giao cho|(?:don vi|co quan|nguoi|noi|cap) (?:lam|bao cao|gui|nop|lap)|^ai\b"
    );
    pattern!(
        WHO,
        r"don vi|co quan|^nguoi\b|dau moi|doi tuong|bo phan|ca nhan|chu the|^cap$|to chuc$|dia phuong|^phong\b|^khoa\b|^so\b"
    );
    pattern!(PRODUCT, r"san pham|ket qua|ho so|dau ra");
    pattern!(
        CONTENT,
        r"noi dung|nhiem vu|cong viec|hoat dong|viec|bao cao|hang muc|su kien|chuyen de|lam gi|cac buoc|^buoc|cong doan|van ban|san pham|dau viec|phan viec|ten\b|chuong trinh|giai phap"
    );
    let title = title.trim();
    // "Nội dung thực hiện", "Công việc phải làm" are no bodies.
    let work = CONTENT.is_match(title) && !WHO.is_match(title);
    if NUMBER.is_match(title) {
        Some(Role::Number)
    } else if WITH.is_match(title) {
        Some(Role::With)
    } else if EVERY.is_match(title) {
        Some(Role::Every)
    } else if OTHER.is_match(title) {
        Some(Role::Other)
    } else if TO.is_match(title) {
        Some(Role::To)
    } else if DUE.is_match(title) {
        Some(Role::Due)
    } else if PRODUCT.is_match(title) {
        Some(Role::Product)
    } else if CERTAIN.is_match(title) && !work {
        Some(Role::Who(2))
    } else if WHO.is_match(title) {
        Some(Role::Who(1))
    } else if CONTENT.is_match(title) {
        Some(Role::Content)
    } else {
        None
    }
}

/// The columns, when this row is the header of a table of duties.
pub(super) fn of_header(header: &[Passage]) -> Option<Columns> {
    pattern!(
        BEFORE,
        r"\btruoc(?: ngay| thoi diem)?$|^(?:xong|hoan thanh|gui|nop) truoc\b"
    );
    let mut columns = Columns::default();
    let mut certain = 0;
    for (at, cell) in header.iter().enumerate() {
        let text = cell.text();
        let title = fold(text);
        if text.chars().count() > 80 {
            return None;
        }
        let dated = !dues(text).is_empty();
        match role(&title) {
            _ if title.is_empty() => {}
            // A cell of a row, not a title.
            _ if dated && title.starts_with("bao cao") => columns.reports.push(at),
            _ if dated => return None,
            Some(Role::Content) if columns.content.is_some() && title.starts_with("bao cao") => {
                columns.reports.push(at);
            }
            Some(Role::Content) if columns.content.is_none() => {
                columns.names_reports = title.contains("bao cao");
                columns.content = Some(at);
            }
            Some(Role::Who(sure)) => {
                if begins(text) && sure < 2 && !is_generic(&title) {
                    columns.bodies.push(at);
                } else if sure > certain {
                    certain = sure;
                    columns.who = Some(at);
                }
            }
            Some(Role::With) => {
                columns.with.get_or_insert(at);
            }
            Some(Role::Due) if columns.due.is_none() => {
                let title = title.trim_end_matches(['.', ':', ' ']);
                columns.due_is_before = BEFORE.is_match(title);
                columns.due = Some(at);
            }
            Some(Role::Product) => {
                columns.product.get_or_insert(at);
            }
            Some(Role::To) => {
                columns.to.get_or_insert(at);
            }
            Some(Role::Every) => {
                columns.every.get_or_insert(at);
            }
            Some(Role::Content | Role::Due | Role::Number | Role::Other) => {}
            None if begins(text) => columns.bodies.push(at),
            None => {}
        }
    }
    // "Đơn vị | Báo cáo quý I | Báo cáo quý II": each column is a report.
    if columns.who.is_some()
        && columns.due.is_none()
        && columns.names_reports
        && !columns.reports.is_empty()
    {
        columns.reports.extend(columns.content.take());
        columns.reports.sort_unstable();
    }
    if columns.content.is_none() {
        // "Việc" may be told by its product alone.
        columns.content = columns.product.filter(|_| columns.reports.is_empty());
        if columns.content.is_some() {
            columns.product = None;
        }
    }
    let by_rows = columns.content.is_some()
        && (columns.who.is_some() || columns.due.is_some() || columns.bodies.len() > 1);
    let by_columns = columns.who.is_some() && columns.reports.len() > 1;
    (by_rows || by_columns).then_some(columns)
}

/// The columns, when this row in the midst of a table is the header of another: every cell is a title.
pub(super) fn of_header_again(row: &[Passage]) -> Option<Columns> {
    let mut said = row.iter().filter(|cell| !cell.is_empty());
    let title = |cell: &Passage| {
        let text = cell.text();
        role(&fold(text)).is_some() && !text.contains(|c: char| c.is_ascii_digit())
    };
    (said.clone().count() > 2 && said.all(title))
        .then(|| of_header(row))
        .flatten()
}

/// Titles that name no single body: "Đơn vị", "Phòng", "Sở".
fn is_generic(title: &str) -> bool {
    title.split_whitespace().count() <= 2
}

/// The columns by what stands in them, when the header tells a due or a body at most: names of bodies, days, and words
/// on work.
pub(super) fn by_content(header: &[Passage], rows: &[Vec<Passage>]) -> Option<Columns> {
    let mut columns = Columns::default();
    let mut told = vec![false; header.len()];
    for (at, cell) in header.iter().enumerate() {
        if cell.text().chars().count() > 60 {
            return None;
        }
        let slot = match role(&fold(cell.text())) {
            Some(Role::Content) => &mut columns.content,
            Some(Role::Who(_)) => &mut columns.who,
            Some(Role::With) => &mut columns.with,
            Some(Role::Due) => &mut columns.due,
            Some(Role::Product) => &mut columns.product,
            Some(Role::To) => &mut columns.to,
            Some(Role::Every) => &mut columns.every,
            Some(Role::Number | Role::Other) | None => continue,
        };
        slot.get_or_insert(at);
        told[at] = true;
    }
    let most = |at: usize, fits: &dyn Fn(&str) -> bool| {
        let full = rows
            .iter()
            .filter_map(|row| row.get(at))
            .filter(|cell| !cell.is_empty());
        let (all, fit) = full.fold((0, 0), |(all, fit), cell| {
            (all + 1, fit + usize::from(fits(cell.text())))
        });
        all > 0 && fit * 3 >= all * 2
    };
    for at in (0..header.len()).filter(|at| !told[*at]) {
        if columns.who.is_none() && most(at, &begins) {
            columns.who = Some(at);
        } else if columns.due.is_none() && most(at, &|text| !due_in_cell(text, false).is_empty()) {
            columns.due = Some(at);
        } else if columns.content.is_none() && most(at, &begins_with_verb) {
            columns.content = Some(at);
        }
    }
    (columns.content.is_some() && columns.who.is_some() && columns.due.is_some()).then_some(columns)
}
