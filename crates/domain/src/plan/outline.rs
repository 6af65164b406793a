//! The outline (đề cương) when it stands after the plan in the same file, and attachments that do not.

use super::findings::Findings;
use super::model::{FindingKind, Indicator, Outline, OutlineSection, Plan};
use super::passage::{Flow, Grid, Item, pattern};
use super::places::{Places, Span};
use super::structure::{Ladder, is_upper, run_in};
use super::tail::is_annex;
use crate::text::fold;

/// Reads the outline out of the items from `from` on, and says what is announced and missing.
pub(super) fn read(
    flow: &Flow,
    body: &Ladder,
    from: usize,
    plan: &mut Plan,
    places: &mut Places,
    findings: &mut Findings,
) {
    announced(body, plan, places);
    if let Some(start) = (from..flow.items.len()).find(|&at| is_outline_head(flow, at)) {
        let end = (start + 1..flow.items.len())
            .find(|&at| is_other_annex(flow, at))
            .unwrap_or(flow.items.len());
        let ladder = Ladder::of(flow, &flow.items[start + 1..end]);
        let outline = outline(flow, &ladder, &flow.items[start..]);
        if !outline.sections.is_empty() || !outline.indicators.is_empty() {
            places.outline = Some(whole(flow, start, end));
            plan.outline = Some(outline);
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
    attachments(flow, body, from, findings);
}

/// The words that say an outline is attached.
fn announced(body: &Ladder, plan: &mut Plan, places: &mut Places) {
    pattern!(
        ATTACHED,
        r"(?i)(?:theo |có |gửi )?(?:mẫu )?đề cương(?: [^.;()]{0,60}?)? ?\(?(?:đính kèm|kèm theo|gửi kèm)|(?:kèm theo|gửi kèm|đính kèm)(?: [^.;()]{0,40}?)? đề cương"
    );
    for node in &body.nodes {
        if let Some(found) = ATTACHED.find(node.passage.text()) {
            plan.outline_attached = true;
            places.outline_attached = Some(node.passage.span(found.range()));
            return;
        }
    }
}

fn line_text(flow: &Flow, at: usize) -> Option<String> {
    match flow.items.get(at) {
        Some(Item::Line(line)) => Some(flow.passage(*line).text().to_owned()),
        _ => None,
    }
}

fn is_outline_head(flow: &Flow, at: usize) -> bool {
    pattern!(OUTLINE, r"^(?:ĐỀ CƯƠNG|Đề cương báo cáo|Đề cương\s*$)");
    line_text(flow, at).is_some_and(|text| OUTLINE.is_match(&text) && !text.ends_with(['.', ';']))
}

fn is_other_annex(flow: &Flow, at: usize) -> bool {
    pattern!(FIGURES, r"(?i)biểu|bảng|số liệu|chỉ tiêu");
    // Forms of figures belong to the outline; other annexes end it.
    line_text(flow, at).is_some_and(|text| {
        is_annex(&text)
            && !FIGURES.is_match(&text)
            && !text.starts_with("Đề cương")
            && !text.starts_with("ĐỀ CƯƠNG")
            && is_upper(&text)
    })
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

fn outline(flow: &Flow, ladder: &Ladder, items: &[Item]) -> Outline {
    let headings: Vec<_> = ladder
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(index, node)| {
            // "Phần I" has its title on the next line.
            let below = ladder
                .nodes
                .get(index + 1)
                .filter(|next| next.label.is_none());
            let words = match below {
                Some(next) if node.words().is_empty() => next.words(),
                _ => node.words(),
            };
            node.label
                .as_ref()
                .filter(|label| label.rank < 80)
                .map(|label| (label, words))
        })
        .collect();
    let mut ranks: Vec<u8> = headings.iter().map(|(label, _)| label.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let sections = headings
        .iter()
        .map(|(label, words)| OutlineSection {
            number: Some(label.text.clone()),
            title: title(words),
            level: ranks
                .iter()
                .position(|rank| *rank == label.rank)
                .and_then(|at| u8::try_from(at + 1).ok())
                .unwrap_or(1),
        })
        .filter(|section| !section.title.is_empty())
        .collect();
    let indicators = items
        .iter()
        .filter_map(|item| match item {
            Item::Table(grid) => Some(indicators(flow, grid)),
            Item::Line(_) => None,
        })
        .flatten()
        .collect();
    Outline {
        sections,
        indicators,
    }
}

/// The heading of a section: its first sentence or the words before the colon.
fn title(words: &str) -> String {
    let head = run_in(words).map_or(words, |range| &words[range]);
    let end = head.find(". ").unwrap_or(head.len());
    head[..end]
        .trim_end_matches(['.', ':', ';', ' '])
        .to_owned()
}

/// The rows of a form of figures: a table with a column of indicators and one of units.
fn indicators(flow: &Flow, grid: &Grid) -> Vec<Indicator> {
    let text = |line: &super::passage::Line| flow.passage(*line).text().to_owned();
    let column = |row: &[super::passage::Line], words: &[&str]| {
        row.iter().position(|cell| {
            let title = fold(&text(cell));
            words.iter().any(|word| title.contains(word))
        })
    };
    let header = grid.rows.iter().take(3).enumerate().find_map(|(at, row)| {
        let unit = column(row, &["don vi tinh", "dvt", "d.v.t"])?;
        let name = column(
            row,
            &[
                "chi tieu", "noi dung", "tieu chi", "danh muc", "nhom", "nguon", "ten ",
                "linh vuc", "hang muc", "loai", "chi so",
            ],
        )?;
        Some((at, name, unit))
    });
    let Some((at, name, unit)) = header else {
        return Vec::new();
    };
    grid.rows[at + 1..]
        .iter()
        .filter_map(|row| {
            let name = row
                .get(name)
                .map(text)
                .filter(|name| name.chars().any(char::is_alphabetic))?;
            // A row without a unit is a heading within the form.
            let unit = row.get(unit).map(text).filter(|unit| !unit.is_empty())?;
            Some(Indicator {
                name,
                unit: Some(unit),
            })
        })
        .collect()
}

/// Appendices and forms that the body announces and the file does not hold.
fn attachments(flow: &Flow, body: &Ladder, from: usize, findings: &mut Findings) {
    pattern!(
        NAMED,
        r"(?i)\b((?:phụ lục|biểu mẫu|mẫu|biểu|danh sách|bảng tổng hợp)(?: số)?(?: (?:\d{1,2}|[IVX]{1,4})\b)?)(?: [^.;()]{0,40}?)? ?\(?(?:đính kèm|kèm theo|gửi kèm)"
    );
    let has_annex =
        (from..flow.items.len()).any(|at| line_text(flow, at).is_some_and(|text| is_annex(&text)));
    if has_annex {
        return;
    }
    for node in &body.nodes {
        for found in NAMED.captures_iter(node.passage.text()) {
            let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else {
                continue;
            };
            if whole.as_str().to_lowercase().contains("đề cương") {
                continue;
            }
            findings.add(
                FindingKind::AttachmentMissing,
                node.passage.span(whole.range()),
                format!(
                    "Văn bản nói có “{}” kèm theo nhưng tệp này không có. Bổ sung từ tệp riêng.",
                    name.as_str()
                ),
            );
        }
    }
}
