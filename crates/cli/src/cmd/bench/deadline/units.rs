//! What units do on the evening: one writes section by section and takes every step, another sends all at once.

use super::super::province::YEARS;
use super::clients::Caller;
use super::stage::UnitSeat;
use super::tally::Kind;
use std::io;

/// One unit in so many also carries its draft through Word.
const WORD_EVERY: usize = 20;
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Saves of each section: half written, and whole.
const SAVES: u8 = 2;

/// What a unit was told, and what it asked last without being told anything.
#[derive(Debug, Clone, Default)]
pub struct Fate {
    /// The last save of each section that was acknowledged; 0 for none.
    pub saved: Vec<u8>,
    /// A save of a section (its place, and which) that nobody answered.
    pub saving: Option<(usize, u8)>,
    /// It asked to send, whatever it was told.
    pub sending: bool,
    pub receipt: Option<Receipt>,
}

/// A receipt as it was answered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Receipt {
    pub code: String,
    pub content_hash: String,
}

impl Caller<'_> {
    /// A whole report in one request.
    pub fn send_whole(&mut self, seat: &UnitSeat, fate: &mut Fate) -> io::Result<()> {
        let body = self.stage.wording.whole(seat);
        let path = format!("/api/v1/reports/{}/whole", seat.report);
        fate.sending = true;
        let answer = self.ask(Kind::Whole, "POST", &path, &seat.token, body.as_bytes())?;
        fate.receipt = answer.and_then(|body| serde_json::from_slice(&body).ok());
        Ok(())
    }

    /// From the first word to the receipt, request by request; ends where something is refused.
    pub fn live_through(&mut self, seat: &UnitSeat, fate: &mut Fate) -> io::Result<()> {
        let page = format!("/bao-cao/{}", seat.report);
        self.ask(Kind::Hub, "GET", &page, &seat.token, b"")?;
        self.write_sections(seat, fate)?;
        let path = format!("/api/v1/reports/{}", seat.report);
        let figures = format!("{path}/figures");
        for year in YEARS {
            let body = self.stage.wording.figures(seat, Some(year));
            self.ask(
                Kind::SaveFigures,
                "PUT",
                &figures,
                &seat.token,
                body.as_bytes(),
            )?;
        }
        if seat.number.is_multiple_of(WORD_EVERY) {
            self.through_word(seat, &path)?;
        }
        let wording = &self.stage.wording;
        let steps = [
            (Kind::Propose, "propose", "{}"),
            (Kind::Adopt, "adopt", wording.adoption()),
            (Kind::Issue, "issue", wording.issue()),
        ];
        for (kind, step, body) in steps {
            let path = format!("{path}/{step}");
            if self
                .ask(kind, "POST", &path, &seat.token, body.as_bytes())?
                .is_none()
            {
                return Ok(());
            }
        }
        fate.sending = true;
        let send = format!("{path}/send");
        let answer = self.ask(Kind::Send, "POST", &send, &seat.token, b"{}")?;
        fate.receipt = answer.and_then(|body| serde_json::from_slice(&body).ok());
        Ok(())
    }

    fn write_sections(&mut self, seat: &UnitSeat, fate: &mut Fate) -> io::Result<()> {
        let sections = self.stage.wording.sections();
        fate.saved = vec![0; sections.len()];
        for (place, section) in sections.iter().enumerate() {
            let path = format!("/api/v1/reports/{}/sections/{section}", seat.report);
            let mut base = 0;
            for save in 1..=SAVES {
                let body = self.stage.wording.section(seat, place, save, base);
                fate.saving = Some((place, save));
                let answer = self.ask(
                    Kind::SaveSection,
                    "PUT",
                    &path,
                    &seat.token,
                    body.as_bytes(),
                )?;
                fate.saving = None;
                let Some(body) = answer else { continue };
                fate.saved[place] = save;
                base = version(&body);
            }
        }
        Ok(())
    }

    /// The draft as a Word file and back again, with nothing changed in it.
    fn through_word(&mut self, seat: &UnitSeat, path: &str) -> io::Result<()> {
        let template = format!("{path}/template?answers=true");
        let Some(file) = self.ask(Kind::Template, "GET", &template, &seat.token, b"")? else {
            return Ok(());
        };
        let uploads = format!("{path}/uploads?name=bao-cao.docx");
        self.ask_as(Kind::Upload, "POST", &uploads, &seat.token, WORD, &file)?;
        Ok(())
    }
}

/// The version that a save became.
fn version(body: &[u8]) -> i64 {
    serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .and_then(|saved| saved["version"].as_i64())
        .unwrap_or_default()
}
