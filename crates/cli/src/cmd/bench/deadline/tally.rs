//! What was asked, how long each answer took, and which were none.

use std::collections::BTreeMap;
use std::time::Duration;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal;)*) => {
        /// The kinds of requests of an evening.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            pub const ALL: [Kind; [$($name),*].len()] = [$(Kind::$kind),*];

            pub fn name(self) -> &'static str {
                match self {
                    $(Kind::$kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// The page of a unit's report.
    Hub = "report_page";
    SaveSection = "save_section";
    SaveFigures = "save_figures";
    Template = "word_template";
    Upload = "word_upload";
    Propose = "propose";
    Adopt = "adopt";
    Issue = "issue";
    Send = "send";
    Whole = "whole";
    /// The page of the board.
    Board = "board_page";
    BoardJson = "board_json";
    List = "list_of_reports";
    Figures = "figures_page";
    Work = "work_page";
    /// A superior reads what was sent.
    Read = "read_a_report";
}

/// The answers of one client, or of all.
#[derive(Default)]
pub struct Tally {
    good: Vec<Vec<Duration>>,
    bad: Vec<Vec<Duration>>,
    /// By status; 0 when there was no answer.
    errors: BTreeMap<u16, usize>,
}

impl Tally {
    /// Takes note of an answer.
    pub fn add(&mut self, kind: Kind, status: u16, took: Duration) {
        let times = if (200..300).contains(&status) {
            &mut self.good
        } else {
            *self.errors.entry(status).or_default() += 1;
            &mut self.bad
        };
        times.resize_with(Kind::ALL.len(), Vec::new);
        times[kind as usize].push(took);
    }

    pub fn join(&mut self, other: Tally) {
        for (mine, theirs) in [(&mut self.good, other.good), (&mut self.bad, other.bad)] {
            mine.resize_with(Kind::ALL.len(), Vec::new);
            for (all, more) in mine.iter_mut().zip(theirs) {
                all.extend(more);
            }
        }
        for (status, count) in other.errors {
            *self.errors.entry(status).or_default() += count;
        }
    }

    /// The times of the good answers of a kind, and of the others.
    pub fn times(&self, kind: Kind) -> (Vec<Duration>, Vec<Duration>) {
        let of = |times: &[Vec<Duration>]| times.get(kind as usize).cloned().unwrap_or_default();
        (of(&self.good), of(&self.bad))
    }

    pub fn succeeded(&self, kind: Kind) -> usize {
        self.good.get(kind as usize).map_or(0, Vec::len)
    }

    pub fn requests(&self) -> usize {
        self.good.iter().chain(&self.bad).map(Vec::len).sum()
    }

    pub fn errors(&self) -> &BTreeMap<u16, usize> {
        &self.errors
    }
}
