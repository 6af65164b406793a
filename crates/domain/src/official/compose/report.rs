//! A unit's report, and the final report, as an official document.

use super::IssuedHead;
use crate::campaign::{Section, Writable};
use crate::doc::{Block, Run};
use crate::official::{Annex, OfficialDocument, Profile, SignatureBlock};
use crate::org::UnitSeed;
use crate::prose;

/// One section of the outline with what was written under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSection {
    pub section: Section,
    pub text: String,
}

/// Everything that a report document is made of.
pub struct ReportParts<'a> {
    pub profile: &'a Profile,
    /// The body that issues it.
    pub unit: &'a UnitSeed,
    /// What the report is about, without its type: `sơ kết 05 năm thực hiện …`.
    pub subject: &'a str,
    /// `None` while it is a draft.
    pub issued: Option<&'a IssuedHead>,
    /// In the order of the outline.
    pub sections: &'a [ReportSection],
    pub recipients: Vec<String>,
    pub annexes: Vec<Annex>,
}

/// Composes the document. Sections without text and without written sub-sections are left out.
pub fn report(parts: ReportParts<'_>) -> OfficialDocument {
    let issued = parts.issued;
    OfficialDocument {
        profile: parts.profile.name.to_string(),
        parent_body: (!parts.unit.parent_head.is_empty()).then(|| parts.unit.parent_head.clone()),
        issuer: if parts.unit.head_name.is_empty() {
            parts.unit.name.to_uppercase()
        } else {
            parts.unit.head_name.clone()
        },
        number: issued.map(|head| head.number.clone()),
        symbol: Some(format!("-BC/{}", parts.unit.symbol)),
        place: issued.map_or_else(|| parts.unit.place.clone(), |head| head.place.clone()),
        date: issued.map(|head| head.date),
        kind: Some("BÁO CÁO".into()),
        subject: parts.subject.to_string(),
        addressees: Vec::new(),
        body: body(parts.sections),
        signature: issued.map_or_else(SignatureBlock::default, |head| head.signature.clone()),
        recipients: parts.recipients,
        annexes: numbered(parts.annexes),
        draft: issued.is_none(),
    }
}

fn body(sections: &[ReportSection]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (index, item) in sections.iter().enumerate() {
        let below = sections[index + 1..]
            .iter()
            .take_while(|other| other.section.level > item.section.level);
        let is_written = !item.text.trim().is_empty()
            || below.into_iter().any(|other| !other.text.trim().is_empty());
        if !is_written {
            continue;
        }
        blocks.push(heading(&item.section));
        blocks.extend(prose::to_document(&item.text));
    }
    blocks
}

/// `I. TITLE` at the top of the ladder, `1. Title` below.
pub fn heading(section: &Section) -> Block {
    let title = if section.level == 1 {
        section.title.to_uppercase()
    } else {
        section.title.clone()
    };
    let number = section.number.trim_end_matches('.');
    let text = if number.is_empty() {
        title
    } else {
        format!("{number}. {title}")
    };
    Block::Heading {
        level: section.level,
        runs: vec![Run::bold(text)],
    }
}

fn numbered(annexes: Vec<Annex>) -> Vec<Annex> {
    let several = annexes.len() > 1;
    annexes
        .into_iter()
        .zip(1..)
        .map(|(annex, number)| Annex {
            number: several.then_some(number),
            ..annex
        })
        .collect()
}

impl ReportSection {
    /// Whether text is expected under it.
    pub fn is_writable(&self) -> bool {
        self.section.writable != Writable::Heading
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SectionId;
    use crate::official::profile_named;

    fn section(number: &str, level: u8, title: &str, text: &str) -> ReportSection {
        let section = Section {
            id: SectionId(0),
            number: number.into(),
            title: title.into(),
            level,
            guidance: "Nêu rõ kết quả".into(),
            writable: Writable::Required,
        };
        ReportSection {
            section,
            text: text.into(),
        }
    }

    fn compose(sections: &[ReportSection], annexes: Vec<Annex>) -> OfficialDocument {
        let unit = UnitSeed {
            symbol: "HU".into(),
            name: "Huyện ủy Bắc Bình".into(),
            ..UnitSeed::default()
        };
        let profile = profile_named("hd36-2018").expect("a known profile");
        report(ReportParts {
            profile,
            unit: &unit,
            subject: "sơ kết",
            issued: None,
            sections,
            recipients: vec![],
            annexes,
        })
    }

    #[test]
    fn headings_follow_the_ladder_and_silent_sections_are_left_out() {
        let document = compose(
            &[
                section("I", 1, "Đặc điểm tình hình", ""),
                section("1", 2, "Thuận lợi", "Được quan tâm.\n- Một là"),
                section("II", 1, "Kết quả", ""),
                section("1", 2, "Chính sách", " "),
            ],
            vec![],
        );
        let text: Vec<String> = document.body.iter().map(Block::text).collect();
        assert_eq!(
            text,
            [
                "I. ĐẶC ĐIỂM TÌNH HÌNH",
                "1. Thuận lợi",
                "Được quan tâm.",
                "- Một là"
            ]
        );
    }

    #[test]
    fn guidance_never_gets_into_the_document_and_a_draft_says_that_it_is_one() {
        let document = compose(&[section("I", 1, "Kết quả", "Tốt.")], vec![]);
        assert!(document.draft && document.number.is_none());
        assert!(
            !document
                .body
                .iter()
                .any(|block| block.text().contains("Nêu rõ"))
        );
    }

    #[test]
    fn a_single_annex_has_no_number() {
        let annex = || Annex {
            number: Some(9),
            title: "Số liệu".into(),
            landscape: true,
            blocks: vec![],
        };
        assert_eq!(compose(&[], vec![annex()]).annexes[0].number, None);
        let two = compose(&[], vec![annex(), annex()]);
        assert_eq!(
            two.annexes
                .iter()
                .map(|annex| annex.number)
                .collect::<Vec<_>>(),
            [Some(1), Some(2)]
        );
    }
}
