//! The clients: each a thread with one connection that asks without pausing to think, until the server is killed.

use super::http::Client;
use super::stage::Stage;
use super::tally::{Kind, Tally};
use super::units::Fate;
use super::{Args, Mix};
use crate::error::CmdError;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What a client is on an evening, by its number modulo eight.
const PARTS: [Part; 8] = [
    Part::Unit,
    Part::Whole,
    Part::Superior,
    Part::Unit,
    Part::Unit,
    Part::Unit,
    Part::Unit,
    Part::Unit,
];
/// How often the clock of the evening is looked at.
const TICK: Duration = Duration::from_millis(20);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Units one after another, each step by step.
    Unit,
    /// Units one after another, each in one request.
    Whole,
    /// Those above, who look on.
    Superior,
}

/// What came of the evening.
pub struct Evening<S> {
    pub tally: Tally,
    pub took: Duration,
    /// By place in [`Stage::units`].
    pub fates: Vec<(usize, Fate)>,
    /// What was learnt of the server when it ended.
    pub server: S,
}

/// One client.
pub struct Caller<'a> {
    pub stage: &'a Stage,
    client: Client,
    shared: &'a Shared,
    tally: Tally,
    fates: Vec<(usize, Fate)>,
}

/// What clients know of each other.
#[derive(Default)]
struct Shared {
    /// Place of the next unit that nobody plays yet.
    next: AtomicUsize,
    /// Place of a unit that has sent, plus one; 0 before the first.
    sent: AtomicUsize,
    /// The server is being killed: what has no answer from now on is nobody's fault.
    is_over: AtomicBool,
    /// Clients that still have something to do.
    at_work: AtomicUsize,
}

/// Plays until the time is over or every unit has sent; `end` then learns about the server, and kills it.
pub fn play<S>(
    stage: &Stage,
    address: &str,
    args: &Args,
    end: impl FnOnce() -> S,
) -> Result<Evening<S>, CmdError> {
    let shared = Shared::default();
    let clients = args.clients.max(1);
    shared.at_work.store(clients, Ordering::SeqCst);
    let since = Instant::now();
    let time = Duration::from_secs(args.seconds);
    std::thread::scope(|scope| {
        let callers: Vec<_> = (0..clients)
            .map(|number| {
                let part = match args.mix {
                    Mix::Whole => Part::Whole,
                    Mix::Evening => PARTS[number % PARTS.len()],
                };
                let caller = Caller {
                    stage,
                    client: Client::to(address),
                    shared: &shared,
                    tally: Tally::default(),
                    fates: Vec::new(),
                };
                scope.spawn(move || caller.run(part))
            })
            .collect();
        while since.elapsed() < time && shared.at_work.load(Ordering::SeqCst) > 0 {
            std::thread::sleep(TICK);
        }
        let took = since.elapsed();
        shared.is_over.store(true, Ordering::SeqCst);
        let server = end();
        let mut evening = Evening {
            tally: Tally::default(),
            took,
            fates: Vec::new(),
            server,
        };
        for caller in callers {
            let (tally, fates) = caller
                .join()
                .map_err(|_| CmdError::Refused("một luồng của phép đo bị dừng".into()))?;
            evening.tally.join(tally);
            evening.fates.extend(fates);
        }
        Ok(evening)
    })
}

impl Caller<'_> {
    fn run(mut self, part: Part) -> (Tally, Vec<(usize, Fate)>) {
        while !self.shared.is_over.load(Ordering::SeqCst) {
            let is_done = match part {
                Part::Superior => self.look_on(),
                Part::Unit | Part::Whole => self.play_next(part),
            };
            if is_done {
                break;
            }
        }
        self.shared.at_work.fetch_sub(1, Ordering::SeqCst);
        (self.tally, self.fates)
    }

    /// Plays the next unit; true when none is left.
    fn play_next(&mut self, part: Part) -> bool {
        let place = self.shared.next.fetch_add(1, Ordering::SeqCst);
        let stage = self.stage;
        let Some(seat) = stage.units.get(place) else {
            return true;
        };
        let mut fate = Fate::default();
        // A connection that broke has been counted; the unit stays where it came to.
        let _ = match part {
            Part::Whole => self.send_whole(seat, &mut fate),
            Part::Unit | Part::Superior => self.live_through(seat, &mut fate),
        };
        if fate.receipt.is_some() {
            self.shared.sent.store(place + 1, Ordering::SeqCst);
        }
        self.fates.push((place, fate));
        false
    }

    /// One round of a superior; true when every unit has been played.
    fn look_on(&mut self) -> bool {
        let stage = self.stage;
        let (top, short_id) = (stage.token_of_top(), &stage.short_id);
        let sent = self.shared.sent.load(Ordering::SeqCst);
        let seat = sent.checked_sub(1).and_then(|place| stage.units.get(place));
        let above = seat.map_or(top, |seat| stage.token_of(seat.above));
        let board = stage.board_path();
        let api = format!("/api/v1/campaigns/{short_id}");
        let mut round = vec![
            (Kind::Board, board.clone(), top),
            (Kind::List, format!("{api}/board/reports?rows=50"), above),
            (Kind::BoardJson, format!("{api}/board"), above),
            (Kind::Figures, format!("/dot/{short_id}/so-lieu"), top),
            (Kind::Work, "/".to_owned(), above),
            (Kind::Board, board, above),
        ];
        if let Some(seat) = seat {
            let read = format!("/bao-cao/{}/toan-van", seat.report);
            round.push((Kind::Read, read, above));
        }
        for (kind, path, token) in round {
            if self.ask(kind, "GET", &path, token, b"").is_err() {
                break;
            }
        }
        self.shared.next.load(Ordering::SeqCst) >= stage.units.len()
    }

    /// Asks in JSON and takes note of the answer; its body when it was good.
    ///
    /// # Errors
    /// When there was no answer.
    pub fn ask(
        &mut self,
        kind: Kind,
        method: &str,
        path: &str,
        token: &str,
        body: &[u8],
    ) -> io::Result<Option<Vec<u8>>> {
        self.ask_as(kind, method, path, token, "application/json", body)
    }

    /// As [`Caller::ask`], with another kind of body.
    ///
    /// # Errors
    /// As [`Caller::ask`].
    pub fn ask_as(
        &mut self,
        kind: Kind,
        method: &str,
        path: &str,
        token: &str,
        media_type: &str,
        body: &[u8],
    ) -> io::Result<Option<Vec<u8>>> {
        if self.shared.is_over.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let since = Instant::now();
        let answer = self.client.ask(method, path, token, media_type, body);
        let took = since.elapsed();
        match answer {
            Ok(answer) => {
                self.tally.add(kind, answer.status, took);
                let is_good = (200..300).contains(&answer.status);
                Ok(is_good.then_some(answer.body))
            }
            Err(error) => {
                if !self.shared.is_over.load(Ordering::SeqCst) {
                    self.tally.add(kind, 0, took);
                }
                Err(error)
            }
        }
    }
}
