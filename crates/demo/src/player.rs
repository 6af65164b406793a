//! Plays the scripted course through the use cases, each step at its moment and in the name of the unit's staff.

use crate::cast;
use crate::content::{Content, IssueData, Meeting, ReturnedSection, StepKind};
use crate::scene::{Report, Scene};
use crate::script::{Scheduled, ScriptClock, steps, timestamp};
use crate::{stage, writing};
use app::demo_clock::{START, played_until, set_played_until};
use app::reports::returns::{ReturnItem, ReturnedPart};
use app::reports::{adoption, issue, receive, returns, send, view, waiver};
use app::{App, Ctx, Error, Result};
use domain::event::EventKind;
use domain::report::adoption::{Adoption, MeetingKind};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;

/// Fills an empty installation with the demo and plays it up to the demo's first morning. Does nothing when that was
/// done before.
///
/// # Errors
/// [`Error::Refused`] when an earlier preparation was interrupted.
pub fn prepare(app: &App, progress: &mut dyn FnMut(&str)) -> Result<()> {
    if played_until(app)?.is_some() {
        return Ok(());
    }
    if app.ctx_of(&cast::staff_login(cast::LEAD)).is_ok() {
        return Err(Error::Refused(
            "Lần chuẩn bị dữ liệu trình diễn trước bị ngắt giữa chừng. Hãy xóa thư mục dữ liệu rồi chạy lại".into(),
        ));
    }
    let content = content()?;
    let clock = Arc::new(ScriptClock::at(timestamp(stage::OPENING)?));
    let app = app.with_clock(clock.clone());
    stage::set(&app, &clock, &content, progress)?;
    let start = timestamp(START)?;
    let mut player = Player::new(&app, clock, content, Company::Alone)?;
    player.play(None, start, progress)?;
    set_played_until(&app, start)
}

/// Plays the steps that become due up to `to`. What a visitor has taken into their own hands is left to them, and a
/// step that is no longer possible is skipped.
///
/// # Errors
/// [`Error::NotFound`] when the demo was not prepared.
pub fn advance(app: &App, to: Timestamp) -> Result<()> {
    let from = played_until(app)?.ok_or(Error::NotFound)?;
    if to <= from {
        return Ok(());
    }
    // Steps of hours that have passed meanwhile are played now: the log never goes back in time.
    let clock = Arc::new(ScriptClock::at(app.now()));
    let app = app.with_clock(clock.clone());
    let mut player = Player::new(&app, clock, content()?, Company::Visitors)?;
    player.play(Some(from), to, &mut |_| {})?;
    set_played_until(&app, to)
}

pub(crate) fn content() -> Result<Content> {
    Content::load().map_err(|error| Error::Internal(error.to_string()))
}

/// Who else may have acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Company {
    /// Nobody: every step must be possible.
    Alone,
    Visitors,
}

pub(crate) struct Player {
    pub app: App,
    clock: Arc<ScriptClock>,
    pub content: Content,
    pub scene: Scene,
    company: Company,
}

impl Player {
    pub fn new(
        app: &App,
        clock: Arc<ScriptClock>,
        content: Content,
        company: Company,
    ) -> Result<Player> {
        Ok(Player {
            scene: Scene::load(app, &content)?,
            app: app.clone(),
            clock,
            content,
            company,
        })
    }

    /// Plays the steps after `from` up to and including `to`, and tells each day.
    pub fn play(
        &mut self,
        from: Option<Timestamp>,
        to: Timestamp,
        progress: &mut dyn FnMut(&str),
    ) -> Result<()> {
        let mut told = None;
        for step in steps(&self.content)? {
            if from.is_some_and(|from| step.at <= from) || step.at > to {
                continue;
            }
            let day = domain::deadline::day_of(step.at);
            if told != Some(day) {
                progress(&format!(
                    "Diễn biến ngày {}",
                    domain::deadline::vietnamese_date(day)
                ));
                told = Some(day);
            }
            self.clock.set(step.at);
            self.play_step(&step)?;
        }
        self.clock.set(to);
        Ok(())
    }

    fn play_step(&self, step: &Scheduled) -> Result<()> {
        let report = self.scene.report(&step.unit)?;
        if self.company == Company::Visitors && self.is_visitors(report, &step.kind)? {
            return Ok(());
        }
        match self.act(report, &step.kind) {
            Err(Error::Internal(detail)) => Err(Error::Internal(format!(
                "demo step of {} at {}: {detail}",
                step.unit, step.at
            ))),
            Err(error) if self.company == Company::Alone => Err(Error::Internal(format!(
                "demo step of {} at {} was refused: {error}",
                step.unit, step.at
            ))),
            // Somebody has led the report elsewhere meanwhile.
            Err(_) => Ok(()),
            Ok(()) => Ok(()),
        }
    }

    /// Whether a visitor has taken over this side of the report: the unit's own, or the receiver's.
    fn is_visitors(&self, report: &Report, kind: &StepKind) -> Result<bool> {
        let status = view::status(&self.staff(&report.drafter)?, report.id)?;
        Ok(status.timeline.iter().any(|entry| {
            let event = &entry.event.event;
            let by_visitor = event
                .account
                .is_some_and(|account| !self.scene.is_staff(account));
            by_visitor && side_of_event(event.kind) == Some(side_of_step(kind))
        }))
    }

    fn act(&self, report: &Report, kind: &StepKind) -> Result<()> {
        let (id, unit) = (report.id, &report.unit);
        match kind {
            StepKind::Draft { percent } => writing::draft(self, report, *percent),
            StepKind::Complete => {
                writing::complete(self, report)?;
                adoption::propose(&self.staff(&report.drafter)?, id).map(drop)
            }
            StepKind::Adopt(meeting) => {
                let record = record_of(meeting, self.place_of(unit))?;
                adoption::adopt(&self.staff(unit)?, id, record).map(drop)
            }
            StepKind::Issue(data) => {
                issue::issue(&self.staff(unit)?, id, issue_input(data)?).map(drop)
            }
            StepKind::Send => send::send(&self.staff(unit)?, id).map(drop),
            StepKind::Receive => receive::receive(&self.staff(report.receiver())?, id).map(drop),
            StepKind::Return(parts) => self.send_back(report, parts),
            StepKind::Accept => {
                if let Some(intermediary) = &report.intermediary {
                    receive::forward(&self.staff(intermediary)?, id)?;
                }
                receive::accept(&self.staff(&report.addressee)?, id).map(drop)
            }
            StepKind::Waive(reason) => {
                waiver::waive(&self.staff(&report.addressee)?, id, reason).map(drop)
            }
        }
    }

    fn send_back(&self, report: &Report, parts: &[ReturnedSection]) -> Result<()> {
        let items = parts
            .iter()
            .filter_map(|part| {
                Some(ReturnItem {
                    part: ReturnedPart::Section(self.scene.section(&part.place)?),
                    reason: part.reason.clone(),
                })
            })
            .collect();
        let reason = "Báo cáo cần bổ sung một số nội dung trước khi tổng hợp.";
        returns::send_back(&self.staff(report.receiver())?, report.id, reason, items).map(drop)
    }

    pub fn staff(&self, unit: &str) -> Result<Ctx> {
        self.scene.staff(&self.app, unit)
    }

    fn place_of(&self, unit: &str) -> String {
        self.content
            .unit(unit)
            .map(|unit| unit.place.clone())
            .unwrap_or_default()
    }
}

/// The two sides of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Own,
    Receiver,
}

fn side_of_step(kind: &StepKind) -> Side {
    match kind {
        StepKind::Draft { .. }
        | StepKind::Complete
        | StepKind::Adopt(_)
        | StepKind::Issue(_)
        | StepKind::Send => Side::Own,
        StepKind::Receive | StepKind::Return(_) | StepKind::Accept | StepKind::Waive(_) => {
            Side::Receiver
        }
    }
}

/// The side whose course an event changes; `None` for reminders and the like.
fn side_of_event(kind: EventKind) -> Option<Side> {
    use EventKind::*;
    match kind {
        DraftStarted | SectionSaved | SectionConflict | FiguresSaved | FigureCorrected
        | DraftUploaded | UploadDiscarded | DraftImported | PassageInserted | AttachmentAdded
        | AttachmentRemoved | Proposed | TakenBack | Adopted | AdoptionFailed | Issued | Sent
        | Withdrawn | Revised => Some(Side::Own),
        Received | Forwarded | Returned | Accepted | Waived | Reinstated => Some(Side::Receiver),
        _ => None,
    }
}

fn record_of(meeting: &Meeting, place: String) -> Result<Adoption> {
    let count = |number: i64| {
        u32::try_from(number).map_err(|_| Error::Internal("a count of the demo".into()))
    };
    Ok(Adoption {
        kind: MeetingKind::Meeting,
        held_on: date(&meeting.date)?,
        place,
        chair: meeting.chair.clone(),
        secretary: meeting.secretary.clone(),
        incumbents: count(meeting.incumbents)?,
        present: count(meeting.present)?,
        absent_excused: count(meeting.incumbents - meeting.present)?,
        absent_unexcused: 0,
        votes_for: count(meeting.votes_for)?,
        votes_against: count(meeting.against)?,
        abstaining: count(meeting.abstaining)?,
        minutes: "Hội nghị thảo luận, thống nhất nội dung dự thảo báo cáo sơ kết.".to_owned(),
    })
}

fn issue_input(data: &IssueData) -> Result<issue::IssueInput> {
    Ok(issue::IssueInput {
        number: Some(data.number),
        term: String::new(),
        dated: date(&data.date)?,
        place: String::new(),
        authority: data.signer.authority.clone(),
        position: data.signer.position.clone(),
        signer: data.signer.name.clone(),
    })
}

fn date(iso: &str) -> Result<Date> {
    iso.parse()
        .map_err(|error| Error::Internal(format!("date {iso} of the demo: {error}")))
}
