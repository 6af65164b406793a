//! Which reports of a board are asked for.

use crate::live::{Counts, Delayed};
use domain::report::lifecycle::State;

/// Which reports are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    #[default]
    All,
    /// Sent, whatever came after.
    Received,
    OnTime,
    /// Sent after the due.
    Late,
    /// Expected and not sent.
    Missing,
    /// Not sent and the due has passed.
    Overdue,
    /// With a superior who has not yet accepted or returned it.
    Waiting,
    State(State),
}

impl Filter {
    /// The ones that are no single state, in the order in which they are offered.
    pub const NAMED: [Filter; 6] = [
        Filter::Missing,
        Filter::Overdue,
        Filter::Received,
        Filter::OnTime,
        Filter::Late,
        Filter::Waiting,
    ];

    /// The word on pages.
    pub fn label(self) -> &'static str {
        match self {
            Filter::All => "Tất cả",
            Filter::Received => "Đã gửi (mọi bước sau khi gửi)",
            Filter::OnTime => "Gửi đúng hạn",
            Filter::Late => "Gửi chậm",
            Filter::Missing => "Chưa gửi",
            Filter::Overdue => "Quá hạn chưa gửi",
            Filter::Waiting => "Đã gửi, chờ cấp trên xử lý",
            Filter::State(state) => state.label(),
        }
    }

    /// The word in addresses and for programs; empty for all.
    pub fn code(self) -> &'static str {
        match self {
            Filter::All => "",
            Filter::Received => "da-nhan",
            Filter::OnTime => "dung-han",
            Filter::Late => "cham",
            Filter::Missing => "chua-gui",
            Filter::Overdue => "qua-han",
            Filter::Waiting => "cho-xu-ly",
            Filter::State(state) => state.code(),
        }
    }

    fn every() -> impl Iterator<Item = Filter> {
        std::iter::once(Filter::All)
            .chain(Filter::NAMED)
            .chain(State::ALL.map(Filter::State))
    }

    /// The filter called so; everything for an empty or unknown word.
    pub fn from_code(code: &str) -> Filter {
        Filter::every()
            .find(|filter| filter.code() == code)
            .unwrap_or_default()
    }

    /// How many of the counted reports fit.
    pub(super) fn count(self, counts: &Counts) -> u32 {
        match self {
            Filter::All => State::ALL.iter().map(|state| counts.state(*state)).sum(),
            Filter::Received => counts.received,
            Filter::OnTime => counts.on_time(),
            Filter::Late => counts.late,
            Filter::Missing => counts.missing(),
            Filter::Overdue => counts.overdue,
            Filter::Waiting => counts.waiting(),
            Filter::State(state) => counts.state(state),
        }
    }

    /// Which of those that fit are behind their due; `None` when the counts do not tell how many.
    pub(super) fn delayed(self) -> Option<Delayed> {
        let (late, overdue) = match self {
            Filter::All => (true, true),
            Filter::Received | Filter::Late => (true, false),
            Filter::Missing | Filter::Overdue => (false, true),
            Filter::OnTime => (false, false),
            Filter::Waiting | Filter::State(_) => return None,
        };
        Some(Delayed { late, overdue })
    }
}
