//! What the units say, as the JSON of the API: made once from a store of texts, so that making it costs the machine little.

use super::super::province::{INDICATORS, SECTIONS, YEARS};
use super::super::words::{Sequence, text};
use super::stage::UnitSeat;
use std::fmt::Write;

/// So many texts there are; which one stands in a section follows from unit, section and save.
const TEXTS: usize = 97;
const SECTION_BYTES: usize = 20 * 1024 / SECTIONS;
const ADOPTION: &str =
    r#"{"held_on":"2022-09-20","incumbents":11,"present":11,"votes_for":9,"votes_against":2}"#;
const ISSUE: &str = r#"{"position":"BÍ THƯ","signer":"Nguyễn Văn A"}"#;

pub struct Wording {
    texts: Vec<String>,
    /// The same as JSON strings, without the quotes.
    escaped: Vec<String>,
    sections: Vec<i64>,
}

impl Wording {
    /// `sections` are the ids of those that are written.
    pub fn new(sections: Vec<i64>) -> Wording {
        let mut sequence = Sequence::new(11);
        let texts: Vec<String> = (0..TEXTS)
            .map(|_| text(&mut sequence, SECTION_BYTES))
            .collect();
        let escaped = texts
            .iter()
            .map(|text| {
                let quoted = serde_json::Value::from(text.as_str()).to_string();
                quoted.trim_matches('"').to_owned()
            })
            .collect();
        Wording {
            texts,
            escaped,
            sections,
        }
    }

    pub fn sections(&self) -> &[i64] {
        &self.sections
    }

    /// What a unit says in a section (its place among those written) at its `save`th save, from 1.
    pub fn said(&self, unit: &UnitSeat, section: usize, save: u8) -> String {
        let (begin, at) = beginning(unit, section, save);
        begin + &self.texts[at]
    }

    /// A save of a section.
    pub fn section(&self, unit: &UnitSeat, section: usize, save: u8, base: i64) -> String {
        let (begin, at) = beginning(unit, section, save);
        format!(
            "{{\"text\":\"{begin}{}\",\"base_version\":{base},\"autosave\":true}}",
            self.escaped[at]
        )
    }

    /// A save of the figures of one year, or of all.
    pub fn figures(&self, unit: &UnitSeat, year: Option<u16>) -> String {
        let mut body = String::with_capacity(8 * 1024);
        body.push_str("{\"figures\":");
        cells(&mut body, unit, year);
        body.push('}');
        body
    }

    /// A whole report.
    pub fn whole(&self, unit: &UnitSeat) -> String {
        let mut body = String::with_capacity(32 * 1024);
        body.push_str("{\"sections\":[");
        for (place, id) in self.sections.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let (begin, at) = beginning(unit, place, 1);
            // Writing into a string cannot fail.
            let _ = write!(
                body,
                "{comma}{{\"section\":{id},\"text\":\"{begin}{}\"}}",
                self.escaped[at]
            );
        }
        body.push_str("],\"figures\":");
        cells(&mut body, unit, None);
        let _ = write!(body, ",\"adoption\":{ADOPTION},\"issue\":{ISSUE}}}");
        body
    }

    pub fn adoption(&self) -> &'static str {
        ADOPTION
    }

    pub fn issue(&self) -> &'static str {
        ISSUE
    }
}

fn beginning(unit: &UnitSeat, section: usize, save: u8) -> (String, usize) {
    let number = unit.number;
    let begin = format!("Đảng ủy số {number}, lần ghi {save}. ");
    (
        begin,
        (number * 31 + section * 7 + usize::from(save)) % TEXTS,
    )
}

fn cells(body: &mut String, unit: &UnitSeat, year: Option<u16>) {
    body.push('{');
    for indicator in 0..INDICATORS {
        let comma = if indicator == 0 { "" } else { "," };
        let _ = write!(body, "{comma}\"CT{:02}\":{{", indicator + 1);
        let years = YEARS.filter(|of| year.is_none_or(|year| year == *of));
        for (place, of) in years.enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let value = (unit.number * 37 + indicator * 101 + usize::from(of)) % 90_000;
            let _ = write!(body, "{comma}\"{of}\":\"{value}\"");
        }
        body.push('}');
    }
    body.push('}');
}
