//! Duties set out as fields: "Thời gian: …", "Đơn vị tổ chức: …" under the name of an event, a task or a report.
//!
//! Regimes of periodic reports are written so (name, who reports, to whom, how, by when), and programmes of events. Such
//! a form is a row of a table set upright, and is read as one.

use std::ops::Range;

use super::columns::Columns;
use super::duties::{Context, Found};
use super::findings::Findings;
use super::model::DutyKind;
use super::passage::{Passage, pattern};
use super::structure::{Node, run_in};
use super::tables::row_duty;
use crate::text::fold;

/// What a field tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Name,
    Who,
    With,
    To,
    Due,
    Product,
}

/// The value of a field: a stretch of one node's passage.
struct Value<'a> {
    field: Field,
    passage: &'a Passage,
    /// Where the words that name it begin.
    label: usize,
    range: Range<usize>,
}

/// Reads every section whose paragraphs are such fields. Returns the paragraphs that are read with them.
pub(super) fn read(
    context: &Context<'_>,
    findings: &mut Findings,
    found: &mut Vec<Found>,
) -> Vec<usize> {
    let nodes = &context.ladder.nodes;
    let mut taken = Vec::new();
    let fields: Vec<Vec<Value<'_>>> = nodes.iter().map(fields_of).collect();
    let names = |at: usize| fields[at].iter().any(|value| value.field == Field::Name);
    for index in context.first..nodes.len() {
        let node = &nodes[index];
        let own = fields[index].first().map(|first| first.label);
        let named =
            |first: usize| node.passage.text()[node.body..first].contains(char::is_alphabetic);
        let (end, rows) = match own {
            // The name and its fields stand in one paragraph.
            Some(first) if named(first) => (first, index..index + 1),
            // The name is a field itself, the others stand after it.
            Some(first) if names(index) => {
                let goes_on = |at: &usize| {
                    let near = [node.parent, Some(index)].contains(&nodes[*at].parent);
                    near && !fields[*at].is_empty() && !names(*at)
                };
                let more = (index + 1..nodes.len()).take_while(goes_on).count();
                (first, index..index + 1 + more)
            }
            Some(_) => continue,
            // The fields stand in the paragraphs right below their heading.
            None => {
                let below = |at: &usize| nodes[*at].parent == Some(index);
                let below = (index + 1..nodes.len()).take_while(below).count();
                (node.passage.text().len(), index + 1..index + 1 + below)
            }
        };
        if own.is_none() && rows.clone().any(names) {
            continue;
        }
        let values: Vec<&Value<'_>> = fields[rows.clone()].iter().flatten().collect();
        // Several records stand below one heading.
        let many = |field: Field| values.iter().filter(|value| value.field == field).count() > 1;
        if many(Field::Who) && many(Field::Due) {
            continue;
        }
        if let Some(duty) = duty_of(context, findings, node, end, &values) {
            found.push(duty);
            taken.push(index);
            taken.extend(rows);
        }
    }
    taken
}

/// Whether a paragraph is a field with its value.
pub(super) fn is_field(words: &str) -> bool {
    words
        .split_once(": ")
        .is_some_and(|(label, _)| label.chars().count() < 60 && field(label).is_some())
}

/// The fields of a paragraph, one after the other: "Đơn vị làm: …", "… (chủ trì: …; thời hạn: …)".
fn fields_of(node: &Node) -> Vec<Value<'_>> {
    pattern!(
        LABEL,
        r"(?:^|[.;,(]\s*|\s[-–]\s*)(?P<label>\p{L}[\p{L}\d /]{1,50}?) ?: "
    );
    pattern!(END, r"\. \p{Lu}|\)[ .;,]*$|\)[;.]");
    let text = node.passage.text();
    let words = &text[node.body..];
    let found: Vec<(Field, Range<usize>, usize)> = LABEL
        .captures_iter(words)
        .filter_map(|found| {
            let whole = found.get(0)?.range();
            Some((field(&found["label"])?, whole.clone(), whole.end))
        })
        .collect();
    let mut values = Vec::new();
    for (at, (field, _, start)) in found.iter().enumerate() {
        let until = found.get(at + 1).map_or(words.len(), |next| next.1.start);
        let value = &words[*start..until.max(*start)];
        let end = END.find(value).map_or(value.len(), |end| end.start());
        let value = value[..end].trim_end_matches([' ', '.', ';', ',', '/', '-', '–']);
        if !value.is_empty() {
            let start = node.body + start;
            values.push(Value {
                field: *field,
                passage: &node.passage,
                label: node.body + found[at].1.start,
                range: start..start + value.len(),
            });
        }
    }
    values
}

fn field(label: &str) -> Option<Field> {
    pattern!(WITH, r"phoi hop");
    pattern!(
        TO,
        r"^(?:noi nhan|(?:co quan|don vi|bo phan|dau moi) (?:tiep )?nhan|noi gui|gui ve|gui den|gui$|cap nhan|dia chi (?:gui|nhan))"
    );
    pattern!(
        DUE,
        r"^(?:thoi gian$|thoi gian (?:gui|nop|hoan thanh|to chuc|thuc hien)|thoi han|han (?:gui|nop|nhan|cuoi|chot|hoan thanh|bao cao)|han$|(?:thoi diem|ngay) (?:gui|nop|hoan thanh|to chuc|thuc hien|bao cao|dien ra)|bao gio|khi nao|tien do$|tien do hoan thanh|xong (?:truoc|vao)|han xong|ngay$|moc (?:thoi gian|hoan thanh)|lich$)"
    );
    pattern!(
        WHO,
        r"^(?:doi tuong (?:bao cao|thuc hien)|(?:don vi|co quan|nguoi|bo phan) (?:bao cao|gui|nop|lap|lam|thuc hien|to chuc|chu tri|phu trach|dau moi|dang cai|co trach nhiem)|ai (?:gui|nop|lam|bao cao|thuc hien)|chu tri|phu trach|dau moi|to chuc thuc hien|trach nhiem|(?:don vi|co quan|bo phan|nguoi)$|giao cho|phan cong$)"
    );
    pattern!(
        NAME,
        r"^(?:ten (?:bao cao|viec|cong viec|nhiem vu|hoat dong|noi dung)|loai bao cao|bao cao$|(?:noi dung|cong viec|nhiem vu|viec|dau viec|phan viec|hoat dong|su kien|hang muc)(?: cong viec| thuc hien)?(?: (?:so |thu )?(?:\d{1,2}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi))?$)"
    );
    pattern!(
        PRODUCT,
        r"^(?:san pham|ket qua (?:dat duoc|phai co|dau ra)|dau ra)"
    );
    let label = fold(label);
    [
        (&*PRODUCT, Field::Product),
        (&*WITH, Field::With),
        (&*TO, Field::To),
        (&*DUE, Field::Due),
        (&*WHO, Field::Who),
        (&*NAME, Field::Name),
    ]
    .into_iter()
    .find(|(pattern, _)| pattern.is_match(&label))
    .map(|(_, field)| field)
}

/// The duty that the fields below a heading tell: as a table would with the heading in the column of contents.
fn duty_of(
    context: &Context<'_>,
    findings: &mut Findings,
    heading: &Node,
    name_end: usize,
    values: &[&Value<'_>],
) -> Option<Found> {
    let cell = |field: Field| {
        let value = values.iter().find(|value| value.field == field)?;
        Some(part(context, value.passage, value.range.clone()))
    };
    let who = cell(Field::Who)?;
    let due = cell(Field::Due)?;
    let name = cell(Field::Name).unwrap_or_else(|| {
        let words = &heading.passage.text()[heading.body..name_end];
        let start = numbered(words);
        let length = words[start..]
            .trim_end_matches([':', '.', ';', '(', ' '])
            .len();
        let start = heading.body + start;
        part(context, &heading.passage, start..start + length)
    });
    // "Cách gửi", "Nơi gửi, hạn gửi": the section is about reports without naming one.
    pattern!(
        SENDING,
        r"^(?:cach|noi|viec|che do|thoi han|quy dinh|han)\b.*\b(?:gui|nop|bao cao)\b"
    );
    let unnamed = SENDING.is_match(&fold(name.text()));
    // "Phạm vi", "Thời gian, địa điểm, thành phần" head what is said of the whole plan.
    pattern!(
        SCOPE,
        r"^(?:pham vi|doi tuong|thoi gian|dia diem|thanh phan|quy mo|hinh thuc|noi dung|cach thuc|phuong phap|to chuc thuc hien|nguyen tac|kinh phi)(?:,? (?:va )?(?:pham vi|doi tuong|thoi gian|dia diem|thanh phan|quy mo|hinh thuc|noi dung|cach thuc|phuong phap|to chuc thuc hien|tham gia|ap dung|thuc hien|tong ket|so ket))*$"
    );
    if SCOPE.is_match(&fold(name.text())) {
        return None;
    }
    // A section of many paragraphs is no single task.
    if name.is_empty() || name.text().chars().count() > 120 {
        return None;
    }
    let mut row = vec![name, who, due];
    let mut add = |field: Field| {
        row.push(cell(field)?);
        Some(row.len() - 1)
    };
    let columns = Columns {
        content: Some(0),
        who: Some(1),
        due: Some(2),
        with: add(Field::With),
        to: add(Field::To),
        product: add(Field::Product),
        ..Columns::default()
    };
    let mut found = row_duty(context, &row, &columns, findings)?;
    if unnamed {
        found.duty.duty = DutyKind::Report;
        found.duty.deliverable = Some("báo cáo".to_owned());
    }
    Some(found)
}

fn part(context: &Context<'_>, passage: &Passage, range: Range<usize>) -> Passage {
    let span = passage.span(range);
    Passage::collapse(&context.flow.chars[span.start..span.end], span.start)
}

/// Where the name begins after "Việc số 1:", "Báo cáo thứ nhất:".
fn numbered(words: &str) -> usize {
    pattern!(
        COUNTED,
        r"^(?:viec|nhiem vu|cong viec|noi dung|hoat dong|buoc|bao cao|muc|dau viec|phan viec)(?: so| thu)? (?:\d{1,2}|[ivx]+|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi)$"
    );
    run_in(words)
        .filter(|head| COUNTED.is_match(&fold(&words[head.clone()])))
        .map_or(0, |head| head.end + 2)
}

#[cfg(test)]
mod tests {
    use crate::doc::{Block, Document, Paragraph};

    /// The duties of a plan whose body has these lines.
    fn duties(lines: &[&str]) -> Vec<String> {
        let head = [
            "ỦY BAN NHÂN DÂN TỈNH AN GIAO",
            "Số: 12/KH-UBND",
            "An Giao, ngày 02 tháng 5 năm 2024",
            "KẾ HOẠCH",
            "Sơ kết công tác cải tạo vườn tạp",
            "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:",
        ];
        let blocks = head
            .iter()
            .chain(lines)
            .map(|line| Block::Paragraph(Paragraph::plain((*line).to_owned())))
            .collect();
        let plan = crate::plan::read(&Document { blocks }).plan;
        let shown = |duty: &crate::plan::Duty| {
            format!(
                "{} | {:?} | {} | {} | {}",
                duty.who.join("; "),
                duty.duty,
                duty.deliverable.as_deref().unwrap_or_default(),
                duty.to.as_deref().unwrap_or_default(),
                duty.due.map(|due| due.to_string()).unwrap_or_default()
            )
        };
        plan.assignments.iter().map(shown).collect()
    }

    #[test]
    fn a_form_of_fields_is_a_row_set_upright() {
        let wanted = [
            "Sở Nội vụ | Report | Báo cáo sơ kết | Ủy ban nhân dân tỉnh | 2024-06-20",
            "Văn phòng | Event | Hội nghị sơ kết |  | 2024-07-05",
        ];
        for form in [
            &[
                "II. CÁC VIỆC",
                "Việc số 1: Báo cáo sơ kết",
                "Đơn vị làm: Sở Nội vụ",
                "Nơi nhận: Ủy ban nhân dân tỉnh",
                "Hạn nộp: trước ngày 20/6/2024",
                "Việc số 2: Hội nghị sơ kết",
                "Đơn vị làm: Văn phòng",
                "Ngày tổ chức: 05/7/2024",
            ][..],
            &[
                "II. CÁC VIỆC",
                "1. Báo cáo sơ kết",
                "- Cơ quan thực hiện: Sở Nội vụ",
                "- Gửi về: Ủy ban nhân dân tỉnh",
                "- Thời hạn: trước ngày 20/6/2024",
                "2. Hội nghị sơ kết",
                "- Cơ quan chủ trì: Văn phòng",
                "- Thời gian: ngày 05/7/2024",
            ],
            &[
                "II. CÁC VIỆC",
                "a) Báo cáo sơ kết:",
                "+ Ai làm: Sở Nội vụ;",
                "+ Gửi đến: Ủy ban nhân dân tỉnh;",
                "+ Bao giờ xong: trước ngày 20/6/2024.",
                "b) Hội nghị sơ kết:",
                "+ Ai làm: Văn phòng;",
                "+ Khi nào: ngày 05/7/2024.",
            ],
            &[
                "1. Báo cáo sơ kết",
                "Đơn vị thực hiện: Sở Nội vụ. Nơi nhận: Ủy ban nhân dân tỉnh. Thời hạn: trước ngày 20/6/2024.",
                "2. Hội nghị sơ kết",
                "Đơn vị thực hiện: Văn phòng. Thời gian: ngày 05/7/2024.",
            ],
            &[
                "1. Báo cáo sơ kết. Đơn vị thực hiện: Sở Nội vụ. Nơi nhận: Ủy ban nhân dân tỉnh. Thời hạn: trước ngày 20/6/2024.",
                "2. Hội nghị sơ kết. Đơn vị thực hiện: Văn phòng. Thời gian: ngày 05/7/2024.",
            ],
            &[
                "- Báo cáo sơ kết (đơn vị thực hiện: Sở Nội vụ; nơi nhận: Ủy ban nhân dân tỉnh; thời hạn: trước ngày 20/6/2024);",
                "- Hội nghị sơ kết (đơn vị thực hiện: Văn phòng; thời gian: ngày 05/7/2024).",
            ],
            &[
                "1. Báo cáo sơ kết; chủ trì: Sở Nội vụ; nơi nhận: Ủy ban nhân dân tỉnh; hạn: trước ngày 20/6/2024",
                "2. Hội nghị sơ kết; chủ trì: Văn phòng; thời gian: ngày 05/7/2024",
            ],
            &[
                "Tên việc: Báo cáo sơ kết",
                "Phụ trách: Sở Nội vụ",
                "Nơi nhận: Ủy ban nhân dân tỉnh",
                "Thời hạn: trước ngày 20/6/2024",
                "Tên việc: Hội nghị sơ kết",
                "Phụ trách: Văn phòng",
                "Thời gian: ngày 05/7/2024",
            ],
            &[
                "BÁO CÁO SƠ KẾT",
                "Trách nhiệm: Sở Nội vụ",
                "Nơi nhận: Ủy ban nhân dân tỉnh",
                "Thời hạn: trước ngày 20/6/2024",
                "HỘI NGHỊ SƠ KẾT",
                "Trách nhiệm: Văn phòng",
                "Thời gian: ngày 05/7/2024",
            ],
        ] {
            let lower = |lines: &[String]| {
                lines
                    .iter()
                    .map(|line| line.to_lowercase())
                    .collect::<Vec<_>>()
            };
            let wanted: Vec<String> = wanted.iter().map(|&line| line.to_owned()).collect();
            assert_eq!(lower(&duties(form)), lower(&wanted), "{form:?}");
        }
    }
}
