//! What still stands between a draft and its collective.

use crate::campaign::{Period, Section, Writable};
use crate::figures::{Cell, FigureTable, Layout};
use crate::ids::{IndicatorId, SectionId};
use crate::report::references::references;

/// One thing that blocks adoption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blocker {
    /// A section that must be written is empty.
    EmptySection {
        section: SectionId,
        number: String,
        title: String,
    },
    /// Two people's texts of one section were not yet settled.
    OpenConflict {
        section: SectionId,
        number: String,
        title: String,
    },
    /// A number in a text is bound to a figure that is not there, or has no number.
    OpenReference {
        section: SectionId,
        number: String,
        written: String,
    },
    /// A required indicator has blank cells; "not applicable" and zero are values.
    MissingFigure {
        indicator: IndicatorId,
        code: String,
        name: String,
        periods: Vec<Period>,
    },
    /// Units below have sent figures, and none of what they add up to stands in the draft yet.
    FiguresNotTaken,
}

impl std::fmt::Display for Blocker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Blocker::EmptySection { number, title, .. } => {
                write!(f, "Mục {number} “{title}” chưa có nội dung")
            }
            Blocker::OpenConflict { number, title, .. } => {
                write!(f, "Mục {number} “{title}” có hai bản chưa ghép")
            }
            Blocker::OpenReference {
                number, written, ..
            } => write!(
                f,
                "Mục {number}: {written} không có số trong bảng số liệu. Hãy nhập số ấy, hoặc sửa mã chỉ tiêu và năm"
            ),
            Blocker::MissingFigure {
                code,
                name,
                periods,
                ..
            } => {
                let years: Vec<String> = periods.iter().map(|period| period.label()).collect();
                write!(
                    f,
                    "Chỉ tiêu {code} “{name}” còn trống ({})",
                    years.join(", ")
                )
            }
            Blocker::FiguresNotTaken => {
                f.write_str("Số liệu tổng hợp từ các đơn vị chưa được đưa vào bản thảo")
            }
        }
    }
}

/// Everything that blocks adoption, sections first, in printing order.
/// `text` gives what is written under a section with its figures filled in, `in_conflict` the sections with unsettled texts.
/// `figures` is `None` when nobody types them (a consolidated report).
pub fn blockers<'a>(
    sections: &[Section],
    text: impl Fn(SectionId) -> &'a str,
    in_conflict: &[SectionId],
    figures: Option<(&Layout, &FigureTable)>,
) -> Vec<Blocker> {
    let mut found = Vec::new();
    for section in sections {
        let named = || (section.id, section.number.clone(), section.title.clone());
        if section.writable == Writable::Required && text(section.id).trim().is_empty() {
            let (section, number, title) = named();
            found.push(Blocker::EmptySection {
                section,
                number,
                title,
            });
        }
        if in_conflict.contains(&section.id) {
            let (section, number, title) = named();
            found.push(Blocker::OpenConflict {
                section,
                number,
                title,
            });
        }
        found.extend(
            references(text(section.id)).map(|open| Blocker::OpenReference {
                section: section.id,
                number: section.number.clone(),
                written: open.written.to_owned(),
            }),
        );
    }
    if let Some((layout, table)) = figures {
        found.extend(missing_figures(layout, table));
    }
    found
}

fn missing_figures(layout: &Layout, table: &FigureTable) -> Vec<Blocker> {
    layout
        .indicators()
        .iter()
        .enumerate()
        .filter(|(_, indicator)| indicator.required && !indicator.is_computed())
        .filter_map(|(position, indicator)| {
            let periods: Vec<Period> = layout
                .cells(position)
                .filter(|(_, cell)| table.cells[*cell] == Cell::Blank)
                .map(|(period, _)| period)
                .collect();
            (!periods.is_empty()).then(|| Blocker::MissingFigure {
                indicator: indicator.id,
                code: indicator.code.clone(),
                name: indicator.name.clone(),
                periods,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{Grain, Indicator, Rule};
    use crate::number::Amount;

    fn section(id: i64, writable: Writable) -> Section {
        Section {
            id: SectionId(id),
            number: id.to_string(),
            title: "Kết quả".into(),
            level: 1,
            guidance: String::new(),
            writable,
        }
    }

    fn indicator(code: &str, rule: Rule, required: bool) -> Indicator {
        Indicator {
            id: IndicatorId(1),
            code: code.into(),
            name: "Số nhà".into(),
            unit: "căn".into(),
            rule,
            grain: Grain::Year,
            hint: String::new(),
            total_of: Vec::new(),
            required,
        }
    }

    #[test]
    fn only_required_sections_without_a_word_block() {
        let sections = [
            section(1, Writable::Required),
            section(2, Writable::Optional),
            section(3, Writable::Heading),
            section(4, Writable::Required),
        ];
        let found = blockers(
            &sections,
            |id| if id.0 == 4 { "Đã viết." } else { " \n" },
            &[],
            None,
        );
        assert!(matches!(&found[..], [Blocker::EmptySection { section, .. }] if section.0 == 1));
    }

    #[test]
    fn zero_and_not_applicable_answer_a_required_indicator_and_blank_does_not() {
        let ratio = Rule::Ratio {
            numerator: vec!["CT01".into()],
            denominator: vec!["CT02".into()],
        };
        let layout = Layout::new(
            vec![
                indicator("CT01", Rule::Flow, true),
                indicator("CT02", Rule::Flow, false),
                indicator("CT03", ratio, true),
            ],
            vec![2018, 2019, 2020],
        );
        let mut table = FigureTable::blank(&layout);
        table.cells[0] = Cell::Number(Amount::ZERO);
        table.cells[1] = Cell::NotApplicable;
        let found = blockers(&[], |_| "", &[], Some((&layout, &table)));
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].to_string(),
            "Chỉ tiêu CT01 “Số nhà” còn trống (2020)"
        );
    }

    #[test]
    fn a_number_bound_to_no_figure_blocks() {
        let sections = [section(1, Writable::Optional)];
        let found = blockers(&sections, |_| "Có {{X, 2020}} nhà.", &[], None);
        assert!(
            matches!(&found[..], [Blocker::OpenReference { written, .. }] if written == "{{X, 2020}}")
        );
    }

    #[test]
    fn texts_that_nobody_settled_block() {
        let sections = [section(1, Writable::Required)];
        let found = blockers(&sections, |_| "Có chữ.", &[SectionId(1)], None);
        assert!(matches!(&found[..], [Blocker::OpenConflict { .. }]));
    }
}
