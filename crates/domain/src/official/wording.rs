//! The fixed wording of an official document: what a profile prints around what the document says.
//!
//! The writers of DOCX and PDF take these lines as they are, so that both say the same.

use super::{Annex, OfficialDocument, Profile};
use crate::doc::{Block, Run};
use jiff::civil::Date;

/// Dots where a number or date is to be written by hand.
const GAP: &str = ".......";

impl Profile {
    /// `Số 12-BC/HU`; with dots in place of what is not known yet.
    pub fn number_line(&self, document: &OfficialDocument) -> String {
        let number = match (&document.number, &document.symbol) {
            (Some(number), _) => number.clone(),
            (None, Some(symbol)) => format!("{GAP}{symbol}"),
            (None, None) => GAP.repeat(2),
        };
        format!("{}{number}", self.number_prefix)
    }

    /// `Phan Thiết, ngày 26 tháng 9 năm 2022`; with dots when the date is not known yet.
    pub fn place_date_line(&self, document: &OfficialDocument) -> String {
        let date = match document.date {
            Some(date) => format!(
                "ngày {} tháng {} năm {}",
                day(date),
                month(date),
                date.year()
            ),
            None => format!("ngày {GAP} tháng {GAP} năm 20....."),
        };
        if document.place.is_empty() {
            date
        } else {
            format!("{}, {date}", document.place)
        }
    }

    /// The addressees after "Kính gửi:": one alone as it is, several each on a line `- …;`, the last ended by a full stop.
    pub fn addressee_lines(&self, document: &OfficialDocument) -> Vec<String> {
        match document.addressees.as_slice() {
            [only] => vec![only.clone()],
            several => listed(several, ";"),
        }
    }

    /// The lines under "Nơi nhận:", with dashes and end marks.
    pub fn recipient_lines(&self, document: &OfficialDocument) -> Vec<String> {
        listed(&document.recipients, self.recipients_separator)
    }

    /// The body with [`Profile::end_mark`] after its last paragraph, in place of a full stop.
    /// A body that does not end with a paragraph of text is left as it is.
    pub fn closed_body(&self, document: &OfficialDocument) -> Vec<Block> {
        let mut body = document.body.clone();
        let last = body
            .iter_mut()
            .rev()
            .find(|block| !block.text().trim().is_empty());
        if let Some(Block::Paragraph(paragraph)) = last {
            while paragraph
                .runs
                .last()
                .is_some_and(|run| run.text.trim().is_empty())
            {
                paragraph.runs.pop();
            }
            if let Some(run) = paragraph.runs.last_mut() {
                let text = run.text.trim_end();
                let open = text
                    .strip_suffix(self.end_mark)
                    .or(text.strip_suffix('.'))
                    .unwrap_or(text);
                run.text = open.to_owned();
                if run.bold || run.italic || run.underline {
                    paragraph.runs.push(Run::plain(self.end_mark));
                } else {
                    run.text.push_str(self.end_mark);
                }
            }
        }
        body
    }

    /// The line under an annex's title that ties it to its document, e.g.
    /// `(Kèm theo Báo cáo số 12-BC/HU, ngày 26/9/2022)`.
    pub fn annex_reference(&self, document: &OfficialDocument) -> String {
        let kind = document
            .kind
            .as_deref()
            .map_or_else(|| "Công văn".to_owned(), sentence_case);
        let number = match (&document.number, &document.symbol) {
            (Some(number), _) => number.clone(),
            (None, Some(symbol)) => format!("{GAP}{symbol}"),
            (None, None) => GAP.to_owned(),
        };
        match document.date {
            Some(date) => format!(
                "(Kèm theo {kind} số {number}, ngày {}/{}/{})",
                day(date),
                month(date),
                date.year()
            ),
            None => format!("(Kèm theo {kind} số {number})"),
        }
    }
}

impl Annex {
    /// `Phụ lục 2`, or `Phụ lục` for the only annex.
    pub fn heading(&self) -> String {
        self.number.map_or_else(
            || "Phụ lục".to_owned(),
            |number| format!("Phụ lục {number}"),
        )
    }
}

/// Days below 10 and the months January and February take a leading zero, so that no digit can be put before them.
fn day(date: Date) -> String {
    format!("{:02}", date.day())
}

fn month(date: Date) -> String {
    if date.month() <= 2 {
        format!("{:02}", date.month())
    } else {
        date.month().to_string()
    }
}

fn listed(lines: &[String], separator: &str) -> Vec<String> {
    let last = lines.len().saturating_sub(1);
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let line = line
                .trim()
                .trim_start_matches(['-', '–'])
                .trim_start()
                .trim_end_matches([',', ';', '.']);
            format!("- {line}{}", if index == last { "." } else { separator })
        })
        .collect()
}

fn sentence_case(text: &str) -> String {
    let lower = text.to_lowercase();
    let mut letters = lower.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Paragraph;
    use crate::official::{SignatureBlock, profile_named};
    use jiff::civil::date;

    fn profile() -> &'static Profile {
        profile_named("hd36-2018").expect("the profile of 2018 is known")
    }

    fn document() -> OfficialDocument {
        OfficialDocument {
            profile: "hd36-2018".into(),
            parent_body: None,
            issuer: "HUYỆN ỦY TUY PHONG".into(),
            number: Some("12-BC/HU".into()),
            symbol: None,
            place: "Liên Hương".into(),
            date: Some(date(2022, 2, 6)),
            kind: Some("BÁO CÁO".into()),
            subject: String::new(),
            addressees: vec![],
            body: vec![],
            signature: SignatureBlock::default(),
            recipients: vec![],
            annexes: vec![],
            draft: false,
        }
    }

    #[test]
    fn days_below_ten_and_the_first_two_months_take_a_leading_zero() {
        let mut document = document();
        assert_eq!(
            profile().place_date_line(&document),
            "Liên Hương, ngày 06 tháng 02 năm 2022"
        );
        document.date = Some(date(2022, 9, 26));
        assert_eq!(
            profile().place_date_line(&document),
            "Liên Hương, ngày 26 tháng 9 năm 2022"
        );
    }

    #[test]
    fn an_unknown_number_and_date_leave_dots_to_be_filled_by_hand() {
        let mut document = document();
        document.number = None;
        document.symbol = Some("-BC/HU".into());
        document.date = None;
        assert_eq!(profile().number_line(&document), "Số .......-BC/HU");
        assert_eq!(
            profile().place_date_line(&document),
            "Liên Hương, ngày ....... tháng ....... năm 20....."
        );
    }

    #[test]
    fn recipients_end_with_commas_and_the_last_with_a_full_stop() {
        let mut document = document();
        document.recipients = vec![
            "Ban Thường vụ Tỉnh ủy".into(),
            "- Lưu Văn phòng Huyện ủy,".into(),
        ];
        assert_eq!(
            profile().recipient_lines(&document),
            ["- Ban Thường vụ Tỉnh ủy,", "- Lưu Văn phòng Huyện ủy."]
        );
    }

    #[test]
    fn a_single_addressee_has_no_dash() {
        let mut document = document();
        document.addressees = vec!["Đảng ủy thị trấn Phan Rí Cửa".into()];
        assert_eq!(
            profile().addressee_lines(&document),
            ["Đảng ủy thị trấn Phan Rí Cửa"]
        );
        document.addressees.push("Đảng ủy xã Bình Thạnh".into());
        assert_eq!(
            profile().addressee_lines(&document),
            [
                "- Đảng ủy thị trấn Phan Rí Cửa;",
                "- Đảng ủy xã Bình Thạnh."
            ]
        );
    }

    #[test]
    fn the_end_mark_takes_the_place_of_the_last_full_stop() {
        for text in [
            "Trên đây là báo cáo.",
            "Trên đây là báo cáo",
            "Trên đây là báo cáo./.",
        ] {
            let mut document = document();
            document.body = vec![Block::Paragraph(Paragraph::plain(text))];
            assert_eq!(
                profile().closed_body(&document)[0].text(),
                "Trên đây là báo cáo./."
            );
        }
    }

    #[test]
    fn an_annex_names_the_document_it_belongs_to() {
        assert_eq!(
            profile().annex_reference(&document()),
            "(Kèm theo Báo cáo số 12-BC/HU, ngày 06/02/2022)"
        );
    }
}
