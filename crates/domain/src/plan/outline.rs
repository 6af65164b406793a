//! The outline (đề cương) when it stands in the same file as the plan, after it or before its foot, and attachments
//! that do not.

use std::ops::Range;

use super::findings::Findings;
use super::indicators;
use super::labels::label_of;
use super::model::{FindingKind, Outline, OutlineSection, Plan};
use super::passage::{Flow, Item, Passage, pattern};
use super::places::{Places, Span};
use super::structure::{Ladder, Node, ends_sentence, is_upper, run_in};
use super::tail::is_annex;

/// The items of an outline that begins among `items`.
pub(super) fn stands_in(flow: &Flow, items: Range<usize>) -> Option<Range<usize>> {
    items
        .clone()
        .find_map(|at| Some(at..end_of(flow, at, items.end)?))
}

/// Where the outline that begins at `at` ends, when one begins there: as a numbered section before the next of its
/// kind, or else before a paragraph that speaks to its readers again.
fn end_of(flow: &Flow, at: usize, last: usize) -> Option<usize> {
    pattern!(
        SPEAKS,
        r"(?i)^(?:đề nghị|yêu cầu|trân trọng|rất mong|trên đây|nhận được|căn cứ|đến nay|trong quá trình|kế hoạch này)\b|\b(?:trước|chậm nhất|muộn nhất|hạn cuối)\b.{0,30}\d{1,2}[/.-]\d"
    );
    let text = line_text(flow, at)?;
    if let Some((label, start)) = label_of(&text) {
        let next = line_text(flow, at + 1)?;
        let heads = heads_outline(&text[start..]) && text.chars().count() < 80;
        if !heads || label.is_bullet() || label_of(&next).is_none() {
            return None;
        }
        let follows = |text: String| label_of(&text).is_some_and(|(next, _)| next.follows(&label));
        let end = (at + 1..last).find(|&at| line_text(flow, at).is_some_and(&follows));
        return Some(end.unwrap_or(last));
    }
    is_outline_head(flow, at).then(|| {
        let speaks = |text: String| {
            label_of(&text).is_none() && text.ends_with(['.', ':', '/']) && SPEAKS.is_match(&text)
        };
        (at + 1..last)
            .find(|&at| line_text(flow, at).is_some_and(speaks))
            .unwrap_or(last)
    })
}

/// Reads the outline out of the first of the `stretches` of items that holds one, and says what is announced and
/// missing.
pub(super) fn read(
    flow: &Flow,
    body: &Ladder,
    addressees: &[Passage],
    stretches: [Range<usize>; 2],
    plan: &mut Plan,
    places: &mut Places,
    findings: &mut Findings,
) {
    announced(body, plan, places);
    for stretch in &stretches {
        let Some(stretch) = stands_in(flow, stretch.clone()) else {
            continue;
        };
        let start = stretch.start;
        let [own, others @ ..] = &annexes(flow, stretch.clone())[..] else {
            continue;
        };
        let forms = (start + 1..own.end)
            .find(|&at| is_form_head(flow, at))
            .unwrap_or(own.end);
        let ladder = Ladder::of(flow, &flow.items[start + 1..forms]);
        let mut figures = flow.items[forms..own.end].to_vec();
        let mut end = own.end;
        // Forms of figures belong to the outline, other annexes do not.
        for annex in others.iter().filter(|annex| is_form(flow, annex)) {
            figures.extend_from_slice(&flow.items[(*annex).clone()]);
            end = annex.end;
        }
        let outline = Outline {
            sections: sections(&ladder),
            indicators: indicators::read(flow, &flow.items[start..forms], &figures),
        };
        if !outline.sections.is_empty() || !outline.indicators.is_empty() {
            places.outline = Some(whole(flow, start, end));
            plan.outline = Some(outline);
            plan.outline_attached = true;
            break;
        }
    }
    if plan.outline_attached && plan.outline.is_none() {
        findings.add(
            FindingKind::OutlineMissing,
            places.outline_attached.unwrap_or_default(),
            "Văn bản nói có đề cương kèm theo nhưng tệp này không có. Nhập đề cương từ tệp riêng hoặc lập trên trang đề cương."
                .to_owned(),
        );
    }
    let in_body = stretches[0].clone();
    let passages = body.nodes.iter().map(|node| &node.passage);
    attachments(
        flow,
        passages.chain(addressees),
        in_body.chain(stretches[1].clone()),
        findings,
    );
}

/// The words that say an outline is attached.
fn announced(body: &Ladder, plan: &mut Plan, places: &mut Places) {
    for node in &body.nodes {
        if let Some(found) = says_attached(node.passage.text()) {
            plan.outline_attached = true;
            places.outline_attached = Some(node.passage.span(found));
            return;
        }
    }
}

fn says_attached(text: &str) -> Option<Range<usize>> {
    pattern!(
        ATTACHED,
        r"(?i)(?:theo |có |gửi )?(?:(?:mẫu|gợi ý|khung|bộ) )?đề cương(?: [^.;()]{0,60}?)? ?\(?(?:đính kèm|kèm theo|gửi kèm|ban hành kèm|dưới đây|sau đây|ở dưới|phía dưới|ở cuối|cuối văn bản|phía sau|(?:tại|ở|trong) (?:phần )?phụ lục)|(?:kèm theo|gửi kèm|đính kèm|kèm)(?: [^.;()]{0,40}?)? đề cương|đề cương (?:báo cáo )?(?:như sau|gồm các phần|của (?:kế hoạch|công văn|hướng dẫn) này)|phụ lục (?:\d+|[ivx]+)?:? ?\(?(?:là )?đề cương"
    );
    // Who still has to write an outline attaches none: "xây dựng đề cương báo cáo, gửi các đơn vị".
    pattern!(
        WRITES,
        r"(?i)(?:xây dựng|soạn(?: thảo)?|dự thảo|chuẩn bị|ban hành|lập|hoàn thiện|hướng dẫn|thống nhất|góp ý) (?:các |mẫu |khung )?$"
    );
    pattern!(FOLLOWS, r"(?i)^(?:theo|có|gửi|kèm|đính) ");
    let found = ATTACHED.find(text)?;
    let follows = FOLLOWS.is_match(found.as_str());
    (follows || !WRITES.is_match(&text[..found.start()])).then(|| found.range())
}

pub(super) fn line_text(flow: &Flow, at: usize) -> Option<String> {
    match flow.items.get(at) {
        Some(Item::Line(line)) => Some(flow.passage(*line).text().to_owned()),
        _ => None,
    }
}

fn is_outline_head(flow: &Flow, at: usize) -> bool {
    line_text(flow, at).is_some_and(|text| {
        let below = || line_text(flow, at + 1).unwrap_or_default();
        heads_outline(&text) || is_bare_annex(&text) && heads_in_annex(&below())
    })
}

/// "ĐỀ CƯƠNG BÁO CÁO", "Phụ lục I: Đề cương báo cáo", "Gợi ý nội dung báo cáo".
fn heads_outline(text: &str) -> bool {
    pattern!(
        OUTLINE,
        r"^(?:(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu|BIỂU|Biểu)(?: (?:SỐ|số))?(?: (?:\d{1,2}|[IVX]{1,4}))? ?[:.–-]? ?)?\(?(?:(?:MẪU|GỢI Ý|KHUNG|DỰ THẢO) )?(?:ĐỀ CƯƠNG|DÀN Ý|DÀN BÀI|BỐ CỤC|KẾT CẤU|NỘI DUNG BÁO CÁO GỒM)|^(?:GỢI Ý|HƯỚNG DẪN|MẪU|KHUNG)(?: VỀ)? NỘI DUNG (?:BÁO CÁO|SƠ KẾT|TỔNG KẾT)|^(?:(?:Mẫu|Gợi ý|Khung|Phụ lục(?: (?:\d{1,2}|[IVX]{1,4}))?[:.]?) )?(?:(?:Đ|đ)ề cương (?:báo cáo|gợi ý|chi tiết|sơ kết|tổng kết|kèm theo)|(?:D|d)àn ý báo cáo|(?:B|b)ố cục báo cáo)|^Đề cương\s*$"
    );
    pattern!(
        ASKS,
        r"(?i)^.{0,80}\b(?:theo|gửi về|xây dựng|trước ngày|hoàn thành)\b"
    );
    OUTLINE.is_match(text)
        && !text.ends_with(['.', ';', ','])
        && text.chars().count() < 200
        && (is_upper(text) || !ASKS.is_match(text))
}

/// What heads an outline only as an annex: "NỘI DUNG BÁO CÁO", "MẪU BÁO CÁO SƠ KẾT".
fn heads_in_annex(text: &str) -> bool {
    pattern!(
        IN_ANNEX,
        r"^(?:NỘI DUNG|MẪU|Mẫu|Nội dung|CÁC NỘI DUNG)(?: CHÍNH| CHỦ YẾU| CẦN)? (?:BÁO CÁO|báo cáo|SƠ KẾT|TỔNG KẾT)"
    );
    heads_outline(text) || IN_ANNEX.is_match(text) && !text.ends_with(['.', ';', ','])
}

/// "PHỤ LỤC I" alone, or with a note in brackets: the title stands below.
fn is_bare_annex(text: &str) -> bool {
    pattern!(
        BARE,
        r"^(?:PHỤ LỤC|Phụ lục|MẪU|Mẫu)(?: (?:SỐ|số))?(?: (?:\d{1,2}|[IVX]{1,4}))?[.:]?$"
    );
    BARE.is_match(text)
}

pattern!(FIGURES, r"(?i)\b(?:biểu|bảng|số liệu|chỉ tiêu|thống kê)\b");

/// The outline and the annexes after it, each from its heading to that of the next one.
pub(super) fn annexes(flow: &Flow, stretch: Range<usize>) -> Vec<Range<usize>> {
    let heads = |at: &usize| {
        let head = |at: usize| line_text(flow, at).is_some_and(|text| is_annex_head(&text));
        // "PHỤ LỤC 2" / "BIỂU SỐ LIỆU": one heading on two lines.
        head(*at)
            && !(head(*at - 1) && line_text(flow, *at - 1).is_some_and(|text| is_bare_annex(&text)))
    };
    let mut starts = vec![stretch.start];
    starts.extend((stretch.start + 1..stretch.end).filter(heads));
    starts.push(stretch.end);
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

fn is_annex_head(text: &str) -> bool {
    is_annex(text)
        && !text.to_lowercase().starts_with("đề cương")
        && (is_upper(text)
            || is_bare_annex(text)
            || !ends_sentence(text) && text.contains([':', '.']))
        && text.chars().count() < 160
}

/// Whether an annex is a form of figures: its heading says so, or it has units.
fn is_form(flow: &Flow, annex: &Range<usize>) -> bool {
    let says = |at: usize| line_text(flow, at).is_some_and(|text| FIGURES.is_match(&text));
    annex.clone().take(2).any(says) || indicators::has_units(flow, &flow.items[annex.clone()])
}

/// The head of a form of figures: a short line without a label, in place of a section.
fn is_form_head(flow: &Flow, at: usize) -> bool {
    pattern!(
        FORM,
        r"^(?:PHỤ LỤC|Phụ lục|BIỂU|Biểu|BẢNG|Bảng|MẪU BIỂU|Mẫu biểu|MẪU SỐ|Mẫu số|SỐ LIỆU|Số liệu|HỆ THỐNG CHỈ TIÊU|CÁC CHỈ TIÊU|CHỈ TIÊU|DANH MỤC CHỈ TIÊU|Các chỉ tiêu|Chỉ tiêu|THỐNG KÊ|Thống kê)\b"
    );
    let Some(text) = line_text(flow, at) else {
        return false;
    };
    let below = || line_text(flow, at + 1).unwrap_or_default();
    label_of(&text).is_none()
        && text.chars().count() < 160
        && !text.ends_with(['.', ';'])
        && (FORM.is_match(&text) && (FIGURES.is_match(&text) || is_upper(&text))
            || is_bare_annex(&text) && FIGURES.is_match(&below()))
}

fn whole(flow: &Flow, start: usize, end: usize) -> Span {
    let edge = |at: usize| match flow.items.get(at) {
        Some(Item::Line(line)) => Some((line.start, line.end)),
        Some(Item::Table(grid)) => {
            let cells = || grid.rows.iter().flatten();
            cells()
                .next()
                .zip(cells().last())
                .map(|(first, last)| (first.start, last.end))
        }
        None => None,
    };
    let first = edge(start).unwrap_or_default();
    let last = (start..end).rev().find_map(edge).unwrap_or(first);
    Span {
        start: first.0,
        end: last.1,
    }
}

/// The sections of an outline: what has a label, and lines of capitals among them; in an outline without labels its
/// lines of capitals, or else its bullets.
fn sections(ladder: &Ladder) -> Vec<OutlineSection> {
    let labelled = |node: &Node| node.label.as_ref().is_some_and(|label| !label.is_bullet());
    let first = ladder.nodes.iter().position(labelled);
    let mut headings: Vec<(usize, Option<String>, &str)> = Vec::new();
    let mut taken = None;
    for (index, node) in ladder.nodes.iter().enumerate() {
        if taken == Some(index) {
            continue;
        }
        // "Phần I" has its title on the next line.
        let below = ladder
            .nodes
            .get(index + 1)
            .filter(|next| next.label.is_none() && node.words().is_empty());
        let words = below.map_or(node.words(), |next| next.words());
        match (&node.label, first) {
            (Some(label), Some(_)) if !label.is_bullet() => {
                taken = below.map(|_| index + 1);
                headings.push((index, Some(label.text.clone()), words));
            }
            (None, Some(first)) if index > first && is_upper(words) => {
                headings.push((index, None, words));
            }
            (None, None) if is_upper(words) && index > 0 => headings.push((index, None, words)),
            (Some(_), None) => headings.push((index, None, words)),
            _ => {}
        }
    }
    let at: Vec<usize> = headings.iter().map(|(at, _, _)| *at).collect();
    headings
        .into_iter()
        .map(|(index, number, words)| {
            let above = ladder.ancestors(index).filter(|above| at.contains(above));
            OutlineSection {
                number,
                title: title(words),
                level: u8::try_from(above.count() + 1).unwrap_or(u8::MAX),
            }
        })
        .filter(|section| !section.title.is_empty())
        .collect()
}

/// The heading of a section: its first sentence or the words before the colon, without guidance in brackets.
fn title(words: &str) -> String {
    pattern!(
        GUIDANCE,
        r" ?[(\[](?i:nêu|ghi|kèm|có|theo|số liệu|so sánh|làm rõ|phân tích|trình bày|đánh giá|thống kê|gồm|không quá|khoảng|tối đa|lưu ý)\b[^()]*[)\]]?"
    );
    let head = run_in(words).map_or(words, |range| &words[range]);
    let end = head.find(". ").unwrap_or(head.len());
    let plain = GUIDANCE.find(&head[..end]).map_or(end, |note| note.start());
    head[..plain]
        .trim_end_matches(['.', ':', ';', ' '])
        .to_owned()
}

/// Appendices and forms that the body announces and the file does not hold.
fn attachments<'a>(
    flow: &Flow,
    passages: impl Iterator<Item = &'a Passage>,
    mut annexes: impl Iterator<Item = usize>,
    findings: &mut Findings,
) {
    pattern!(
        NAMED,
        r"(?i)\b((?:phụ lục|biểu mẫu|mẫu|biểu|danh sách|bảng tổng hợp)(?: số)?(?: (?:\d{1,2}|[IVX]{1,4})\b)?)(?: [^.;()]{0,40}?)? ?\(?(?:đính kèm|kèm theo|gửi kèm)"
    );
    // "Biểu 1", "Phụ lục II. Danh sách": on a line of its own.
    pattern!(
        FORM,
        r"^(?:Biểu(?: mẫu)?|Mẫu|Phụ lục|Bảng|Danh sách)(?: số)?:? ?(?:\d{1,2}|[IVX]{1,4})?(?:[.:] ?\p{Lu}.*)?$"
    );
    let has_annex = annexes.any(|at| {
        // An outline is no form or list.
        line_text(flow, at).is_some_and(|text| {
            FORM.is_match(&text) || is_annex(&text) && !text.to_lowercase().starts_with("đề cương")
        })
    });
    if has_annex {
        return;
    }
    // Who is to make a list attaches it: "lập danh sách … gửi kèm báo cáo".
    pattern!(
        MAKES,
        r"(?i)\b(?:lập|xây dựng|làm|gửi|nộp|cung cấp|bổ sung|chuẩn bị|hoàn thành|tổng hợp|điền)(?: các| những| thêm)? $"
    );
    pattern!(
        TO_ANOTHER,
        r"^(?i:,? ?(?:với |theo |cùng )?(?:báo cáo|hồ sơ|tờ trình|đề nghị))"
    );
    for passage in passages {
        let text = passage.text();
        for found in NAMED.captures_iter(text) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else {
                continue;
            };
            if whole.as_str().to_lowercase().contains("đề cương")
                || MAKES.is_match(&text[..whole.start()])
                || TO_ANOTHER.is_match(text[whole.end()..].trim_start())
            {
                continue;
            }
            findings.add(
                FindingKind::AttachmentMissing,
                passage.span(whole.range()),
                format!(
                    "Văn bản nói có “{}” kèm theo nhưng tệp này không có. Bổ sung từ tệp riêng.",
                    name.as_str()
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Block, Document, Paragraph};

    fn read_lines(lines: &[&str]) -> Plan {
        let blocks = lines
            .iter()
            .map(|line| Block::Paragraph(Paragraph::plain((*line).to_owned())))
            .collect();
        crate::plan::read(&Document { blocks }).plan
    }

    const FRONT: [&str; 5] = [
        "HỘI CỰU CHIẾN BINH HUYỆN AN HÒA",
        "Số: 12/KH-CCB",
        "KẾ HOẠCH",
        "Tổng kết 20 năm phong trào xóa nhà dột nát",
        "1. Đảng ủy các xã lập báo cáo tổng kết, gửi về Huyện ủy trước ngày 25/4/2024.",
    ];
    const FOOT: [&str; 4] = ["Nơi nhận:", "- Lưu VP.", "CHỦ TỊCH", "Hà Văn Quế"];

    fn shown(plan: &Plan) -> Vec<String> {
        let outline = plan.outline.as_ref();
        outline.map_or(Vec::new(), |outline| {
            let line = |section: &OutlineSection| {
                let number = section.number.as_deref().unwrap_or("·");
                format!("{} {number} {}", section.level, section.title)
            };
            outline.sections.iter().map(line).collect()
        })
    }

    #[test]
    fn an_outline_stands_before_or_after_the_foot() {
        let outline = [
            "ĐỀ CƯƠNG BÁO CÁO",
            "A. ĐẶC ĐIỂM",
            "B. KẾT QUẢ",
            "I. Lãnh đạo",
            "1. Nguồn đóng góp",
            "C. KIẾN NGHỊ",
        ];
        let wanted = [
            "1 A ĐẶC ĐIỂM",
            "1 B KẾT QUẢ",
            "2 I Lãnh đạo",
            "3 1 Nguồn đóng góp",
            "1 C KIẾN NGHỊ",
        ];
        for order in [[&FRONT[..], &outline, &FOOT], [&FRONT[..], &FOOT, &outline]] {
            let plan = read_lines(&order.concat());
            assert_eq!(shown(&plan), wanted);
            assert!(plan.outline_attached);
            assert_eq!(plan.assignments.len(), 1, "an outline gives no duties");
            assert_eq!(plan.signer.name.as_deref(), Some("Hà Văn Quế"));
        }
    }

    #[test]
    fn parts_have_their_titles_on_the_next_line_and_sections_may_have_no_labels() {
        let parts = [
            "Phụ lục I: ĐỀ CƯƠNG BÁO CÁO",
            "Phần thứ nhất",
            "TÌNH HÌNH",
            "I. Thuận lợi",
            "Phần thứ hai",
            "KẾT QUẢ",
        ];
        assert_eq!(
            shown(&read_lines(&[&FRONT[..], &FOOT, &parts].concat())),
            [
                "1 Phần thứ nhất TÌNH HÌNH",
                "2 I Thuận lợi",
                "1 Phần thứ hai KẾT QUẢ"
            ]
        );
        let bullets = ["ĐỀ CƯƠNG GỢI Ý", "- Tình hình chung", "- Kết quả đạt được"];
        assert_eq!(
            shown(&read_lines(&[&FRONT[..], &FOOT, &bullets].concat())),
            ["1 · Tình hình chung", "1 · Kết quả đạt được"]
        );
    }

    #[test]
    fn an_outline_may_be_a_section_of_the_plan_or_be_followed_by_more() {
        let inside = [
            "2. ĐỀ CƯƠNG BÁO CÁO",
            "I. Tình hình",
            "II. Kết quả",
            "1. Chỉ đạo",
            "3. Huyện ủy viên phụ trách báo cáo Huyện ủy trước ngày 30/4/2024.",
        ];
        let plan = read_lines(&[&FRONT[..], &inside, &FOOT].concat());
        assert_eq!(
            shown(&plan),
            ["1 I Tình hình", "1 II Kết quả", "2 1 Chỉ đạo"]
        );
        let before = [
            "Đề cương báo cáo:",
            "I. Tình hình",
            "II. Kết quả",
            "Đề nghị Đảng ủy các xã gửi báo cáo bổ sung về Huyện ủy trước ngày 30/5/2024.",
        ];
        let plan = read_lines(&[&FRONT[..], &before, &FOOT].concat());
        assert_eq!(shown(&plan), ["1 I Tình hình", "1 II Kết quả"]);
        assert_eq!(plan.assignments.len(), 2);
    }

    #[test]
    fn lines_that_head_an_outline_and_sentences_that_only_name_one() {
        for text in [
            "ĐỀ CƯƠNG",
            "ĐỀ CƯƠNG BÁO CÁO SƠ KẾT 5 NĂM",
            "MẪU ĐỀ CƯƠNG BÁO CÁO",
            "Đề cương báo cáo tổng kết",
            "PHỤ LỤC 01: ĐỀ CƯƠNG BÁO CÁO",
            "Phụ lục II. Đề cương báo cáo",
            "GỢI Ý ĐỀ CƯƠNG",
            "DÀN Ý BÁO CÁO",
            "GỢI Ý NỘI DUNG BÁO CÁO",
        ] {
            assert!(heads_outline(text), "{text}");
        }
        for text in [
            "Đề cương báo cáo theo mẫu gửi kèm, gửi về Ban Dân vận",
            "Đề cương báo cáo do Ban Dân vận soạn.",
            "Nội dung báo cáo",
        ] {
            assert!(!heads_outline(text), "{text}");
        }
    }

    #[test]
    fn an_outline_is_attached_when_the_text_says_so_and_not_when_it_is_still_to_be_written() {
        for text in [
            "theo đề cương gửi kèm",
            "báo cáo theo đề cương dưới đây",
            "(có đề cương gợi ý kèm theo)",
            "Nội dung theo Đề cương ban hành kèm theo Kế hoạch này",
            "theo đề cương tại Phụ lục I",
            "gửi kèm đề cương báo cáo",
            "theo đề cương đính kèm",
            "Xây dựng báo cáo theo Đề cương gửi kèm",
        ] {
            assert!(says_attached(text).is_some(), "{text}");
        }
        for text in [
            "xây dựng đề cương báo cáo, gửi các hội trước ngày 31/5/2023",
            "theo đề cương của Tỉnh ủy",
            "Ban Dân vận xây dựng đề cương kèm theo hướng dẫn",
        ] {
            assert!(says_attached(text).is_none(), "{text}");
        }
    }
}
