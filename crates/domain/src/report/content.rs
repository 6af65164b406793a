//! What a report says, as one canonical text to be hashed, so that both sides can check a receipt by themselves.
//!
//! The canonical text is made of parts: each section, the figures, the list of attachments. A part is a head line
//! and its lines; texts are preceded by their length in bytes, so that no text can pretend to be another part.

use crate::campaign::Section;
use crate::figures::{Cell, FigureTable, Layout};
use crate::ids::SectionId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

/// First line of the canonical text; its number changes with the form.
const FORM: &str = "dondoc-report 1\n";

/// An attachment as the content hash sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttachedFile<'a> {
    pub name: &'a str,
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub sha256: &'a str,
}

/// The content of one revision, borrowed.
pub struct ContentView<'a> {
    /// Sections of the outline in printing order with what is written under them.
    pub sections: Vec<(&'a Section, &'a str)>,
    pub layout: &'a Layout,
    pub figures: &'a FigureTable,
    pub attachments: Vec<AttachedFile<'a>>,
}

/// The hashes of a content, whole and by part; kept with a vote, to tell later which part was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    pub whole: String,
    /// By section; a section without text has none.
    pub sections: BTreeMap<SectionId, String>,
    pub figures: String,
    pub attachments: String,
}

/// A part of a report that is no longer what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangedPart {
    Section(SectionId),
    Figures,
    Attachments,
}

impl Fingerprint {
    /// The hashes of `content`; `hash` is SHA-256 in lower-case hexadecimal.
    pub fn of(content: &ContentView<'_>, hash: impl Fn(&[u8]) -> String) -> Fingerprint {
        let mut whole = String::from(FORM);
        let mut sections = BTreeMap::new();
        for (section, text) in content.sections.iter().filter(|(_, text)| !text.is_empty()) {
            let part = section_part(section, text);
            sections.insert(section.id, hash(part.as_bytes()));
            whole.push_str(&part);
        }
        let figures = figures_part(content.layout, content.figures);
        let attachments = attachments_part(&content.attachments);
        whole.push_str(&figures);
        whole.push_str(&attachments);
        Fingerprint {
            whole: hash(whole.as_bytes()),
            sections,
            figures: hash(figures.as_bytes()),
            attachments: hash(attachments.as_bytes()),
        }
    }

    /// The parts that differ between `self` and the later `now`, sections first.
    pub fn changed(&self, now: &Fingerprint) -> Vec<ChangedPart> {
        let ids: std::collections::BTreeSet<SectionId> = self
            .sections
            .keys()
            .chain(now.sections.keys())
            .copied()
            .collect();
        let mut parts: Vec<ChangedPart> = ids
            .into_iter()
            .filter(|id| self.sections.get(id) != now.sections.get(id))
            .map(ChangedPart::Section)
            .collect();
        if self.figures != now.figures {
            parts.push(ChangedPart::Figures);
        }
        if self.attachments != now.attachments {
            parts.push(ChangedPart::Attachments);
        }
        parts
    }
}

fn section_part(section: &Section, text: &str) -> String {
    format!(
        "section {} {}\n{}\ntext {}\n{text}\n",
        section.id,
        section.number,
        section.title,
        text.len()
    )
}

/// One line for each cell that is not blank, in table order.
fn figures_part(layout: &Layout, figures: &FigureTable) -> String {
    let mut part = String::from("figures\n");
    for (position, indicator) in layout.indicators().iter().enumerate() {
        for (period, cell) in layout.cells(position) {
            // Writing into a string cannot fail.
            let _ = match figures.cells[cell] {
                Cell::Blank => Ok(()),
                Cell::NotApplicable => writeln!(part, "{} {} na", indicator.code, period.key()),
                Cell::Number(amount) => {
                    writeln!(part, "{} {} {amount}", indicator.code, period.key())
                }
            };
        }
    }
    part
}

fn attachments_part(attachments: &[AttachedFile<'_>]) -> String {
    let mut sorted = attachments.to_vec();
    sorted.sort();
    let lines: String = sorted
        .iter()
        .map(|file| format!("{} {}\n", file.sha256, file.name))
        .collect();
    format!("attachments\n{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{Grain, Indicator, Rule, Writable};
    use crate::ids::IndicatorId;
    use crate::number::Amount;

    fn section(id: i64) -> Section {
        Section {
            id: SectionId(id),
            number: id.to_string(),
            title: format!("Mục {id}"),
            level: 1,
            guidance: String::new(),
            writable: Writable::Required,
        }
    }

    fn layout() -> Layout {
        let indicator = Indicator {
            id: IndicatorId(1),
            code: "CT01".into(),
            name: String::new(),
            unit: String::new(),
            rule: Rule::Flow,
            grain: Grain::Year,
            hint: String::new(),
            total_of: Vec::new(),
            required: true,
        };
        Layout::new(vec![indicator], vec![2018, 2019])
    }

    /// The text itself instead of its hash, so that collisions show.
    fn plain(bytes: &[u8]) -> String {
        String::from_utf8_lossy(bytes).into_owned()
    }

    fn fingerprint(texts: [&str; 2], cell: Cell, files: &[(&str, &str)]) -> Fingerprint {
        let (sections, layout) = ([section(1), section(2)], layout());
        let mut figures = FigureTable::blank(&layout);
        figures.cells[1] = cell;
        let content = ContentView {
            sections: sections.iter().zip(texts).collect(),
            layout: &layout,
            figures: &figures,
            attachments: files
                .iter()
                .map(|(name, sha256)| AttachedFile { name, sha256 })
                .collect(),
        };
        Fingerprint::of(&content, plain)
    }

    #[test]
    fn a_changed_word_changes_the_whole_and_names_its_section() {
        let before = fingerprint(["Có 5 nhà.", "Tốt."], Cell::Blank, &[]);
        let after = fingerprint(["Có 6 nhà.", "Tốt."], Cell::Blank, &[]);
        assert_ne!(before.whole, after.whole);
        assert_eq!(before.changed(&after), [ChangedPart::Section(SectionId(1))]);
    }

    #[test]
    fn blank_zero_and_not_applicable_are_three_contents() {
        let cells = [Cell::Blank, Cell::NotApplicable, Cell::Number(Amount::ZERO)];
        let prints = cells.map(|cell| fingerprint(["", ""], cell, &[]));
        assert_ne!(prints[0].whole, prints[1].whole);
        assert_ne!(prints[1].whole, prints[2].whole);
        assert_eq!(prints[0].changed(&prints[2]), [ChangedPart::Figures]);
    }

    #[test]
    fn text_moved_from_one_section_to_the_next_is_another_content() {
        let first = fingerprint(["Một.\nHai.", ""], Cell::Blank, &[]);
        let second = fingerprint(["Một.", "Hai."], Cell::Blank, &[]);
        assert_eq!(first.changed(&second).len(), 2);
        assert_ne!(first.whole, second.whole);
    }

    #[test]
    fn the_order_in_which_files_were_attached_does_not_matter() {
        let one = fingerprint(["a", "b"], Cell::Blank, &[("x.pdf", "11"), ("y.pdf", "22")]);
        let other = fingerprint(["a", "b"], Cell::Blank, &[("y.pdf", "22"), ("x.pdf", "11")]);
        assert_eq!(one, other);
        let without = fingerprint(["a", "b"], Cell::Blank, &[("x.pdf", "11")]);
        assert_eq!(one.changed(&without), [ChangedPart::Attachments]);
    }

    #[test]
    fn a_text_cannot_pretend_to_be_figures() {
        let honest = fingerprint(["a", ""], Cell::Number(Amount::from(7)), &[]);
        let forged = fingerprint(["a\nfigures\nCT01 2019 7", ""], Cell::Blank, &[]);
        assert_ne!(honest.whole, forged.whole);
    }
}
