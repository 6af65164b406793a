//! The actions that the life of a report offers now, as links, buttons and small forms with a reason.

use domain::ids::{AssignmentId, SectionId};
use domain::report::lifecycle::Action;

/// How an action is taken on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It has a page of its own.
    Link,
    /// One press, after a question.
    Press(&'static str),
    /// A form that asks for a reason; the hint stands above it.
    Reason(&'static str),
}

/// One action on the page of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub label: &'static str,
    /// Where the link leads or the form goes.
    pub to: String,
    /// The one that most people came for.
    pub is_main: bool,
    way: Way,
}

impl Offer {
    pub fn is_link(&self) -> bool {
        self.way == Way::Link
    }
    /// The question before a press; empty for none.
    pub fn question(&self) -> &'static str {
        match self.way {
            Way::Press(question) => question,
            _ => "",
        }
    }
    /// What to say about the reason, for an action that needs one.
    pub fn reason(&self) -> Option<&'static str> {
        match self.way {
            Way::Reason(hint) => Some(hint),
            _ => None,
        }
    }
}

/// The offered actions in the order of a life; `write_in` is the section where writing goes on.
pub(super) fn offers(
    id: AssignmentId,
    offered: &[Action],
    write_in: Option<SectionId>,
) -> Vec<Offer> {
    let mut offers: Vec<Offer> = offered
        .iter()
        .filter_map(|action| offer(id, *action, write_in))
        .collect();
    if let Some(main) = main(offered)
        && let Some(offer) = offers.iter_mut().find(|offer| offer.label == main.label())
    {
        offer.is_main = true;
    }
    offers
}

/// The step that carries the report on: the last of the offered ones, undoing and exceptions aside.
pub(in crate::pages) fn main(offered: &[Action]) -> Option<Action> {
    let carries_on = |action: &&Action| {
        !matches!(
            action,
            Action::TakeBack | Action::Withdraw | Action::Return | Action::Waive
        )
    };
    offered.iter().rev().find(carries_on).copied()
}

fn offer(id: AssignmentId, action: Action, write_in: Option<SectionId>) -> Option<Offer> {
    let (end, way) = match action {
        Action::Draft => {
            let section = write_in?;
            return Some(Offer {
                label: action.label(),
                to: format!("/bao-cao/{id}/muc/{section}"),
                is_main: false,
                way: Way::Link,
            });
        }
        Action::Propose => (
            "trinh",
            Way::Press("Trình tập thể cho ý kiến? Trong lúc trình, không sửa được bản thảo."),
        ),
        Action::TakeBack => (
            "lay-lai",
            Way::Press("Lấy lại để sửa? Sửa xong phải trình tập thể thông qua lại."),
        ),
        Action::Adopt => ("thong-qua", Way::Link),
        Action::Issue => ("ban-hanh", Way::Link),
        Action::Send => ("gui", Way::Link),
        Action::Withdraw => (
            "thu-hoi",
            Way::Reason("Chỉ thu hồi được khi nơi nhận chưa tiếp nhận. Báo cáo coi như chưa gửi."),
        ),
        Action::Receive => ("tiep-nhan", Way::Press("")),
        Action::Forward => ("chuyen", Way::Press("Chuyển báo cáo đến nơi nhận?")),
        Action::Return => ("tra-lai", Way::Link),
        Action::Revise => ("sua-lai", Way::Press("")),
        Action::Accept => (
            "chap-nhan",
            Way::Press("Chấp nhận báo cáo? Số liệu của báo cáo trở thành số liệu chính thức."),
        ),
        Action::Waive => (
            "mien",
            Way::Reason("Đơn vị không phải gửi báo cáo này nữa và thấy lý do."),
        ),
        Action::Reinstate => (
            "bo-mien",
            Way::Reason("Đơn vị lại phải gửi báo cáo; nội dung đã soạn vẫn còn."),
        ),
    };
    Some(Offer {
        label: action.label(),
        to: format!("/bao-cao/{id}/{end}"),
        is_main: false,
        way,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_action_carries_the_report_on() {
        assert_eq!(
            main(&[Action::Draft, Action::Propose, Action::Waive]),
            Some(Action::Propose)
        );
        assert_eq!(
            main(&[Action::Return, Action::Accept]),
            Some(Action::Accept)
        );
        assert_eq!(main(&[Action::TakeBack]), None);
    }

    #[test]
    fn writing_is_not_offered_where_the_outline_has_nothing_to_write() {
        assert!(offers(AssignmentId(7), &[Action::Draft], None).is_empty());
    }
}
