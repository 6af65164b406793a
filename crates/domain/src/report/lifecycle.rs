//! What may happen to a report: one pure state machine that pages, API and command line ask.

use serde::{Deserialize, Serialize};

/// Where the report of an assignment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Assigned,
    Drafting,
    InAdoption,
    Adopted,
    Issued,
    Sent,
    Received,
    Forwarded,
    Accepted,
    Returned,
    Waived,
    Superseded,
}

/// What somebody wants to do to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Write: text, figures, attachments.
    Draft,
    /// Put the draft before the collective (trình tập thể).
    Propose,
    /// Take the text back from adoption, or an adopted or issued text that was not sent, to write on.
    TakeBack,
    /// Record the vote of the collective.
    Adopt,
    /// Give number, symbol, date and signer.
    Issue,
    Send,
    /// Ask a sent report back before anybody received it.
    Withdraw,
    Receive,
    /// Pass a received report on to the addressee.
    Forward,
    /// Send back with reasons by section and figure.
    Return,
    /// Begin the next revision of a returned report.
    Revise,
    Accept,
    /// Free the unit from this report, with a reason.
    Waive,
    /// Undo a waiver.
    Reinstate,
}

/// What the machine must know besides the state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    /// The campaign has been issued to the units.
    pub campaign_is_open: bool,
    /// The report travels through an intermediary.
    pub has_intermediary: bool,
    /// Things that still block adoption: empty sections, missing figures.
    pub blockers: usize,
    /// The recorded vote has more than half of all incumbents for it.
    pub vote_passes: bool,
    /// The text is, to the letter, the one that the collective adopted.
    pub text_is_adopted: bool,
    /// A reason was given (for a return, a waiver, a withdrawal).
    pub has_reason: bool,
    /// The actor acts as addressee, not only as intermediary.
    pub acts_as_addressee: bool,
}

/// The outcome of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub to: State,
    /// A new revision begins as a copy of the frozen one.
    pub new_revision: bool,
}

/// Why an action is not possible now. The words are for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("báo cáo đang ở bước “{}” nên không thể {}", .state.label(), .action.verb())]
    WrongState { state: State, action: Action },
    #[error("đợt báo cáo chưa được phát hành")]
    CampaignNotOpen,
    #[error("còn {0} nội dung bắt buộc chưa hoàn thành. Hãy bổ sung trước khi trình tập thể")]
    Blocked(usize),
    #[error("biểu quyết chưa quá nửa tổng số ủy viên đương nhiệm nên báo cáo chưa được thông qua")]
    NotAMajority,
    #[error(
        "nội dung đã thay đổi sau khi tập thể thông qua. Hãy lấy lại bản thảo và trình tập thể thông qua lại"
    )]
    TextChangedAfterAdoption,
    #[error("hãy ghi rõ lý do")]
    ReasonMissing,
    #[error(
        "báo cáo đi qua đầu mối: đầu mối phải tiếp nhận và chuyển tiếp trước khi nơi nhận chấp nhận"
    )]
    NotForwarded,
}

impl State {
    pub const ALL: [State; 12] = [
        State::Assigned,
        State::Drafting,
        State::InAdoption,
        State::Adopted,
        State::Issued,
        State::Sent,
        State::Received,
        State::Forwarded,
        State::Accepted,
        State::Returned,
        State::Waived,
        State::Superseded,
    ];

    /// The word on pages.
    pub fn label(self) -> &'static str {
        match self {
            State::Assigned => "Đã giao",
            State::Drafting => "Đang soạn thảo",
            State::InAdoption => "Đang trình tập thể",
            State::Adopted => "Đã thông qua",
            State::Issued => "Đã ban hành",
            State::Sent => "Đã gửi",
            State::Received => "Đã tiếp nhận",
            State::Forwarded => "Đã chuyển nơi nhận",
            State::Accepted => "Đã chấp nhận",
            State::Returned => "Bị trả lại",
            State::Waived => "Được miễn",
            State::Superseded => "Đã thay thế",
        }
    }

    /// The word in the database and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            State::Assigned => "assigned",
            State::Drafting => "drafting",
            State::InAdoption => "in_adoption",
            State::Adopted => "adopted",
            State::Issued => "issued",
            State::Sent => "sent",
            State::Received => "received",
            State::Forwarded => "forwarded",
            State::Accepted => "accepted",
            State::Returned => "returned",
            State::Waived => "waived",
            State::Superseded => "superseded",
        }
    }

    pub fn from_code(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The unit's current text may change in this state.
    pub fn is_editable(self) -> bool {
        matches!(self, State::Assigned | State::Drafting)
    }

    /// The current revision lies with a superior: it is frozen and counts as received on the board.
    pub fn is_with_superior(self) -> bool {
        matches!(
            self,
            State::Sent | State::Received | State::Forwarded | State::Accepted
        )
    }

    /// The state in which a report goes over to another organisation when the one that owes it ends; what the old
    /// collective adopted is written on by the new. `None`: it stays where it is.
    pub fn handed_over(self) -> Option<State> {
        match self {
            State::Assigned | State::Drafting | State::Returned => Some(self),
            State::InAdoption | State::Adopted | State::Issued => Some(State::Drafting),
            State::Sent
            | State::Received
            | State::Forwarded
            | State::Accepted
            | State::Waived
            | State::Superseded => None,
        }
    }

    /// A report is still expected from the unit.
    pub fn is_expected(self) -> bool {
        !matches!(self, State::Waived | State::Superseded)
    }
}

impl Action {
    pub const ALL: [Action; 14] = [
        Action::Draft,
        Action::Propose,
        Action::TakeBack,
        Action::Adopt,
        Action::Issue,
        Action::Send,
        Action::Withdraw,
        Action::Receive,
        Action::Forward,
        Action::Return,
        Action::Revise,
        Action::Accept,
        Action::Waive,
        Action::Reinstate,
    ];

    /// The word on buttons.
    pub fn label(self) -> &'static str {
        match self {
            Action::Draft => "Soạn báo cáo",
            Action::Propose => "Trình tập thể",
            Action::TakeBack => "Lấy lại để sửa",
            Action::Adopt => "Ghi nhận thông qua",
            Action::Issue => "Ban hành",
            Action::Send => "Gửi báo cáo",
            Action::Withdraw => "Thu hồi",
            Action::Receive => "Tiếp nhận",
            Action::Forward => "Chuyển nơi nhận",
            Action::Return => "Trả lại, yêu cầu bổ sung",
            Action::Revise => "Sửa và gửi lại",
            Action::Accept => "Chấp nhận",
            Action::Waive => "Miễn báo cáo",
            Action::Reinstate => "Bỏ miễn báo cáo",
        }
    }

    /// The action inside a sentence.
    pub fn verb(self) -> &'static str {
        match self {
            Action::Draft => "soạn thảo",
            Action::Propose => "trình tập thể",
            Action::TakeBack => "lấy lại bản thảo",
            Action::Adopt => "ghi nhận thông qua",
            Action::Issue => "ban hành",
            Action::Send => "gửi",
            Action::Withdraw => "thu hồi",
            Action::Receive => "tiếp nhận",
            Action::Forward => "chuyển tiếp",
            Action::Return => "trả lại",
            Action::Revise => "mở lần chỉnh sửa mới",
            Action::Accept => "chấp nhận",
            Action::Waive => "miễn báo cáo",
            Action::Reinstate => "bỏ miễn báo cáo",
        }
    }
}

/// Decides what `action` makes of a report in `state`.
///
/// # Errors
/// [`Refusal`]: the state does not allow it, or a fact stands against it.
pub fn step(state: State, action: Action, facts: Facts) -> Result<Step, Refusal> {
    let to = target(state, action).ok_or(Refusal::WrongState { state, action })?;
    check_facts(state, action, facts)?;
    let new_revision = matches!(action, Action::Revise | Action::Withdraw);
    Ok(Step { to, new_revision })
}

/// The actions that the state and the facts allow, in the order in which a life runs.
/// Reasons and votes are given with the action itself, so they do not hide it here.
pub fn offered(state: State, facts: Facts) -> Vec<Action> {
    let willing = Facts {
        has_reason: true,
        vote_passes: true,
        ..facts
    };
    Action::ALL
        .into_iter()
        .filter(|action| step(state, *action, willing).is_ok())
        .collect()
}

fn target(state: State, action: Action) -> Option<State> {
    use State::*;
    let to = match (state, action) {
        (Assigned | Drafting, Action::Draft) => Drafting,
        (Drafting, Action::Propose) => InAdoption,
        (InAdoption | Adopted | Issued, Action::TakeBack) => Drafting,
        (InAdoption, Action::Adopt) => Adopted,
        (Adopted, Action::Issue) => Issued,
        (Issued, Action::Send) => Sent,
        (Sent, Action::Withdraw) => Drafting,
        (Sent, Action::Receive) => Received,
        (Received, Action::Forward) => Forwarded,
        (Received | Forwarded, Action::Return) => Returned,
        (Returned, Action::Revise) => Drafting,
        (Received | Forwarded, Action::Accept) => Accepted,
        (Assigned | Drafting | Returned, Action::Waive) => Waived,
        (Waived, Action::Reinstate) => Assigned,
        _ => return None,
    };
    Some(to)
}

fn check_facts(state: State, action: Action, facts: Facts) -> Result<(), Refusal> {
    if !facts.campaign_is_open {
        return Err(Refusal::CampaignNotOpen);
    }
    match action {
        Action::Propose if facts.blockers > 0 => Err(Refusal::Blocked(facts.blockers)),
        Action::Adopt if !facts.vote_passes => Err(Refusal::NotAMajority),
        Action::Issue | Action::Send if !facts.text_is_adopted => {
            Err(Refusal::TextChangedAfterAdoption)
        }
        Action::Forward if !facts.has_intermediary => Err(Refusal::WrongState { state, action }),
        Action::Accept if facts.has_intermediary && state == State::Received => {
            Err(Refusal::NotForwarded)
        }
        Action::Return | Action::Waive | Action::Withdraw if !facts.has_reason => {
            Err(Refusal::ReasonMissing)
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const READY: Facts = Facts {
        campaign_is_open: true,
        has_intermediary: true,
        blockers: 0,
        vote_passes: true,
        text_is_adopted: true,
        has_reason: true,
        acts_as_addressee: true,
    };

    fn run(actions: &[Action], facts: Facts) -> Result<State, Refusal> {
        actions.iter().try_fold(State::Assigned, |state, action| {
            step(state, *action, facts).map(|step| step.to)
        })
    }

    #[test]
    fn a_report_runs_from_assigned_to_accepted_through_its_intermediary() {
        use Action::*;
        assert_eq!(
            run(
                &[Draft, Propose, Adopt, Issue, Send, Receive, Forward, Accept],
                READY
            ),
            Ok(State::Accepted)
        );
    }

    #[test]
    fn without_an_intermediary_the_addressee_receives_and_accepts() {
        use Action::*;
        let direct = Facts {
            has_intermediary: false,
            ..READY
        };
        assert_eq!(
            run(
                &[Draft, Propose, Adopt, Issue, Send, Receive, Accept],
                direct
            ),
            Ok(State::Accepted)
        );
        assert!(
            run(
                &[Draft, Propose, Adopt, Issue, Send, Receive, Forward],
                direct
            )
            .is_err()
        );
    }

    #[test]
    fn nothing_is_accepted_before_the_intermediary_forwarded_it() {
        assert_eq!(
            step(State::Received, Action::Accept, READY),
            Err(Refusal::NotForwarded)
        );
    }

    #[test]
    fn a_word_changed_after_adoption_stops_issuing_and_sending() {
        let changed = Facts {
            text_is_adopted: false,
            ..READY
        };
        assert_eq!(
            step(State::Adopted, Action::Issue, changed),
            Err(Refusal::TextChangedAfterAdoption)
        );
        assert_eq!(
            step(State::Issued, Action::Send, changed),
            Err(Refusal::TextChangedAfterAdoption)
        );
    }

    #[test]
    fn a_vote_without_majority_adopts_nothing() {
        assert_eq!(
            step(
                State::InAdoption,
                Action::Adopt,
                Facts {
                    vote_passes: false,
                    ..READY
                }
            ),
            Err(Refusal::NotAMajority)
        );
    }

    #[test]
    fn a_returned_or_withdrawn_report_continues_as_a_new_revision() {
        assert_eq!(
            step(State::Returned, Action::Revise, READY),
            Ok(Step {
                to: State::Drafting,
                new_revision: true
            })
        );
        assert_eq!(
            step(State::Sent, Action::Withdraw, READY),
            Ok(Step {
                to: State::Drafting,
                new_revision: true
            })
        );
        assert!(
            step(State::Received, Action::Withdraw, READY).is_err(),
            "too late once received"
        );
    }

    #[test]
    fn returns_and_waivers_need_a_reason() {
        let silent = Facts {
            has_reason: false,
            ..READY
        };
        assert_eq!(
            step(State::Received, Action::Return, silent),
            Err(Refusal::ReasonMissing)
        );
        assert_eq!(
            step(State::Assigned, Action::Waive, silent),
            Err(Refusal::ReasonMissing)
        );
    }

    #[test]
    fn every_state_has_one_code_and_reads_it_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
    }

    proptest! {
        #[test]
        fn no_way_leads_to_sent_except_through_adoption_and_issue(choices in proptest::collection::vec(0usize..14, 0..40)) {
            let mut state = State::Assigned;
            let (mut adopted, mut issued) = (false, false);
            for choice in choices {
                let action = Action::ALL[choice];
                let Ok(next) = step(state, action, READY) else { continue };
                match action {
                    Action::Adopt => adopted = true,
                    Action::Issue => { prop_assert!(adopted); issued = true; }
                    Action::Send => prop_assert!(adopted && issued),
                    Action::TakeBack | Action::Revise | Action::Withdraw | Action::Waive => { adopted = false; issued = false; }
                    _ => {}
                }
                state = next.to;
            }
        }

        #[test]
        fn every_offered_action_is_possible(index in 0usize..12, via: bool, blockers in 0usize..3) {
            let facts = Facts { has_intermediary: via, blockers, ..READY };
            for action in offered(State::ALL[index], facts) {
                prop_assert!(step(State::ALL[index], action, facts).is_ok());
            }
        }
    }
}
