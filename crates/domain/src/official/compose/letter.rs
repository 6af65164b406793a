//! The reminder letter (công văn đôn đốc), ready to be signed.

use crate::deadline::vietnamese_date;
use crate::doc::{Block, Paragraph};
use crate::official::{OfficialDocument, Profile, SignatureBlock};
use crate::org::UnitSeed;
use jiff::civil::Date;

/// Addressees up to this number stand in the head; more of them are named in the text.
const MOST_ADDRESSEES: usize = 8;

/// A unit that the letter is addressed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateUnit {
    /// The body as it is addressed, e.g. "Ban Thường vụ Huyện ủy Bắc Bình".
    pub name: String,
    pub due: Option<Date>,
    /// Days past the due; `None` when it is not late yet.
    pub days_late: Option<i64>,
    /// Where its report goes: "Ban Thường vụ Tỉnh ủy (qua Ban Dân vận Tỉnh ủy)".
    pub destination: String,
}

/// What a reminder letter is made of.
pub struct LetterParts<'a> {
    pub profile: &'a Profile,
    /// The body that reminds.
    pub issuer: &'a UnitSeed,
    /// The plan that is followed up: `Kế hoạch số 12-KH/TU, ngày 01/8/2022 của Ban Thường vụ Tỉnh ủy`; empty when unknown.
    pub plan: String,
    /// What the report is about: `sơ kết 05 năm …`.
    pub subject: &'a str,
    pub units: Vec<LateUnit>,
    /// The day by which the reports are now asked for.
    pub new_date: Date,
    pub today: Date,
    pub signature: SignatureBlock,
    pub recipients: Vec<String>,
}

impl LetterParts<'_> {
    /// Where all the reports go; `None` when they go to different bodies, which then stand beside each unit.
    fn common_destination(&self) -> Option<&str> {
        let (first, others) = self.units.split_first()?;
        others
            .iter()
            .all(|unit| unit.destination == first.destination)
            .then_some(first.destination.as_str())
    }

    /// The same in a sentence.
    fn destination(&self) -> &str {
        self.common_destination()
            .unwrap_or("cơ quan nhận báo cáo theo quy định")
    }
}

/// Composes the letter. Its number and date stay open: a person signs it.
pub fn reminder_letter(parts: LetterParts<'_>) -> OfficialDocument {
    let many = parts.units.len() > MOST_ADDRESSEES;
    let addressees = if many {
        vec!["Các đơn vị có tên trong văn bản này".to_string()]
    } else {
        parts.units.iter().map(|unit| unit.name.clone()).collect()
    };
    let mut text = vec![opening(&parts), standing(&parts)];
    let differ = parts.common_destination().is_none();
    if many || differ || parts.units.iter().any(|unit| unit.due.is_some()) {
        text.extend(
            parts
                .units
                .iter()
                .enumerate()
                .map(|(index, unit)| line(unit, differ, index + 1 == parts.units.len())),
        );
    }
    text.push(request(&parts));
    OfficialDocument {
        profile: parts.profile.name.to_string(),
        parent_body: (!parts.issuer.parent_head.is_empty())
            .then(|| parts.issuer.parent_head.clone()),
        issuer: if parts.issuer.head_name.is_empty() {
            parts.issuer.name.to_uppercase()
        } else {
            parts.issuer.head_name.clone()
        },
        number: None,
        symbol: Some(format!("-CV/{}", parts.issuer.symbol)),
        place: parts.issuer.place.clone(),
        date: None,
        kind: None,
        subject: format!("về việc đôn đốc gửi báo cáo {}", parts.subject),
        addressees,
        body: text
            .into_iter()
            .map(|line| Block::Paragraph(Paragraph::plain(line)))
            .collect(),
        signature: parts.signature,
        recipients: parts.recipients,
        annexes: Vec::new(),
        draft: false,
    }
}

fn opening(parts: &LetterParts<'_>) -> String {
    if parts.plan.is_empty() {
        format!(
            "Thực hiện Kế hoạch {}, các đơn vị có trách nhiệm xây dựng, thông qua và gửi báo cáo về {}.",
            parts.subject,
            parts.destination()
        )
    } else {
        format!(
            "Thực hiện {} về {}, các đơn vị có trách nhiệm xây dựng, thông qua và gửi báo cáo về {}.",
            parts.plan,
            parts.subject,
            parts.destination()
        )
    }
}

fn standing(parts: &LetterParts<'_>) -> String {
    let late = parts
        .units
        .iter()
        .filter(|unit| unit.days_late.is_some())
        .count();
    let today = vietnamese_date(parts.today);
    if late > 0 {
        format!(
            "Qua theo dõi, đến ngày {today} còn {late:02} đơn vị đã quá hạn nhưng chưa gửi báo cáo, cụ thể:"
        )
    } else {
        format!(
            "Qua theo dõi, đến ngày {today} còn {:02} đơn vị chưa gửi báo cáo, cụ thể:",
            parts.units.len()
        )
    }
}

fn line(unit: &LateUnit, with_destination: bool, is_last: bool) -> String {
    let destination = if with_destination {
        format!(", gửi {}", unit.destination)
    } else {
        String::new()
    };
    let due = unit
        .due
        .map(|due| format!(", hạn gửi {}", vietnamese_date(due)))
        .unwrap_or_default();
    let late = unit
        .days_late
        .map(|days| format!(", quá hạn {days} ngày"))
        .unwrap_or_default();
    format!(
        "- {}{destination}{due}{late}{}",
        unit.name,
        if is_last { "." } else { ";" }
    )
}

fn request(parts: &LetterParts<'_>) -> String {
    format!(
        "Đề nghị các đơn vị khẩn trương hoàn thành, thông qua tập thể và gửi báo cáo về {} chậm nhất ngày {} để kịp tổng hợp; \
         đơn vị có khó khăn, vướng mắc thì báo cáo rõ lý do và thời điểm gửi.",
        parts.destination(),
        vietnamese_date(parts.new_date)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::official::profile_named;
    use jiff::civil::date;

    fn letter(count: usize) -> OfficialDocument {
        letter_to(count, |_| "Ban Thường vụ Tỉnh ủy")
    }

    fn letter_to(count: usize, destination: impl Fn(usize) -> &'static str) -> OfficialDocument {
        let unit = |n: usize| LateUnit {
            name: format!("Đảng ủy xã {n}"),
            due: Some(date(2022, 9, 20)),
            days_late: Some(6),
            destination: destination(n).into(),
        };
        reminder_letter(LetterParts {
            profile: profile_named("hd36-2018").expect("a known profile"),
            issuer: &UnitSeed {
                symbol: "BDVTU".into(),
                name: "Ban Dân vận Tỉnh ủy".into(),
                ..UnitSeed::default()
            },
            plan: String::new(),
            subject: "sơ kết 05 năm",
            units: (0..count).map(unit).collect(),
            new_date: date(2022, 9, 28),
            today: date(2022, 9, 26),
            signature: SignatureBlock::default(),
            recipients: vec![],
        })
    }

    #[test]
    fn a_letter_names_each_late_unit_with_its_days() {
        let document = letter(2);
        assert_eq!(document.addressees.len(), 2);
        let text: String = document
            .body
            .iter()
            .map(|block| block.text() + "\n")
            .collect();
        assert!(
            text.contains("còn 02 đơn vị đã quá hạn")
                && text.contains("- Đảng ủy xã 1, hạn gửi 20/9/2022, quá hạn 6 ngày."),
            "{text}"
        );
        assert!(
            document.number.is_none() && document.date.is_none(),
            "a person numbers and signs it"
        );
    }

    #[test]
    fn many_addressees_are_named_in_the_text() {
        let document = letter(30);
        assert_eq!(document.addressees.len(), 1);
        assert_eq!(document.body.len(), 33);
    }

    #[test]
    fn reports_that_go_to_different_bodies_say_where_beside_each_unit() {
        let document = letter_to(2, |n| ["Huyện ủy Bắc Bình", "Thị ủy La Gi"][n]);
        let text = document.body.iter().map(Block::text).collect::<Vec<_>>();
        assert!(
            text[0].contains("gửi báo cáo về cơ quan nhận báo cáo theo quy định"),
            "{text:?}"
        );
        assert!(
            text[2].starts_with("- Đảng ủy xã 0, gửi Huyện ủy Bắc Bình, hạn gửi"),
            "{text:?}"
        );
    }
}
