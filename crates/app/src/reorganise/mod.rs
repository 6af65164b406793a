//! Reorganising units by dated decisions: entering them, seeing beforehand what they touch, applying them as one
//! transaction, taking them back by another decision, and asking what stood when.

mod apply;
mod hand_over;
mod handed;
mod list;
mod merge;
mod preview;
mod table;
mod time;

pub use apply::{Applied, apply, counter, discard, enter, reorganise};
pub use handed::{Handed, handed_over};
pub use list::{DecisionView, by_words, decisions, may_reorganise, view};
pub use preview::{Preview, Touched, UnitChange, preview, preview_counter};
pub use store::decisions::Decision;
pub use store::unit_history::Kin;
pub use table::{ChangeTable, NamedFile, read_changes};
pub(crate) use time::children_on;
pub use time::{DayTree, DayUnitLine, Life, LifeStay, NamePeriod, life, life_of_code, on_day};

use crate::error::Problem;
use domain::ids::{DecisionId, TreeId};
use domain::org::reorganise::{ChangeProblem, ChangeRow, DecisionHead};

/// A decision as it is brought, before it is entered.
#[derive(Debug, Clone)]
pub struct Draft {
    pub tree: TreeId,
    pub head: DecisionHead,
    pub rows: Vec<ChangeRow>,
    /// The table it was read from, or empty.
    pub file_name: String,
    /// The decision that it takes back; then it has no rows.
    pub counters: Option<DecisionId>,
}

/// Lines of a second table, of new units, are counted from here on.
const SECOND_TABLE: usize = 10_000_000;

/// The line of a row in its own table.
pub fn line_in_table(row: &ChangeRow) -> usize {
    row.line % SECOND_TABLE
}

/// The fault with its row as the place.
fn as_problem(problem: &ChangeProblem) -> Problem {
    Problem {
        place: match problem.line {
            0 => String::new(),
            line if line > SECOND_TABLE => {
                format!("bảng đơn vị mới, dòng {}", line - SECOND_TABLE)
            }
            line => format!("dòng {line}"),
        },
        message: problem.fault.to_string(),
    }
}
