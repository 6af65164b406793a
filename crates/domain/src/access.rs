//! Who may do what: one pure function over grants, position and wish.
//!
//! What somebody may not know of is [`Decision::Hidden`] and answers as "not found"; what they may know of
//! but not do is [`Decision::Forbidden`].

use crate::ids::{AccountId, TreeId, UnitId};
use crate::org::Interval;
use crate::report::lifecycle::Action;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Chuyên viên: writes.
    Drafter,
    /// Lãnh đạo: takes it through the collective and signs.
    Leader,
    /// Văn thư: numbers, sends, receives.
    Clerk,
    /// Cán bộ tổng hợp: opens campaigns, follows up, consolidates.
    Coordinator,
    Observer,
    Administrator,
}

impl Role {
    pub const ALL: [Role; 6] = [
        Role::Drafter,
        Role::Leader,
        Role::Clerk,
        Role::Coordinator,
        Role::Observer,
        Role::Administrator,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Role::Drafter => "drafter",
            Role::Leader => "leader",
            Role::Clerk => "clerk",
            Role::Coordinator => "coordinator",
            Role::Observer => "observer",
            Role::Administrator => "administrator",
        }
    }
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }
    pub fn label(self) -> &'static str {
        match self {
            Role::Drafter => "Chuyên viên",
            Role::Leader => "Lãnh đạo",
            Role::Clerk => "Văn thư",
            Role::Coordinator => "Cán bộ tổng hợp",
            Role::Observer => "Người theo dõi",
            Role::Administrator => "Quản trị",
        }
    }
}

/// A unit and its place in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub unit: UnitId,
    /// Each tree is numbered from 1, so an interval says something within its tree only.
    pub tree: TreeId,
    pub interval: Interval,
}

impl Place {
    /// The other unit is this one or stands below it, in the same tree.
    pub fn holds(self, other: Place) -> bool {
        self.tree == other.tree && self.interval.contains(other.interval)
    }
}

/// A role held in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    pub place: Place,
    pub role: Role,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub account: AccountId,
    pub name: String,
    pub grants: Vec<Grant>,
}

/// What somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wish {
    /// To read the text and figures of a report: the own unit its draft, others only what was sent.
    ReadReport,
    /// To know where a report stands.
    ReadStatus,
    /// To remark on the draft of one's own unit.
    Comment,
    /// To take a step in the life of a report.
    Act(Action),
    /// To see the board of a campaign, or of the part below a unit.
    ReadBoard,
    /// To change outline, indicators, assignments; to issue and close a campaign.
    ManageCampaign,
    /// To set the due that the plan leaves to the unit for those below it.
    SetDelegatedDue,
    /// To remind units, by mail or letter.
    Remind,
    /// To read a plan and open a campaign from it.
    CreateCampaign,
    /// To change units, accounts and settings.
    Administer,
}

/// A report as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportSubject {
    pub unit: Place,
    /// Another unit that writes it (the lead body drafts for the committee).
    pub drafted_by: Option<Place>,
    pub via: Option<Place>,
    pub addressee: Option<Place>,
    /// The body that leads the campaign.
    pub lead: Option<Place>,
    /// The body that follows up with it.
    pub coordinating: Option<Place>,
    /// Some revision of it was sent.
    pub was_sent: bool,
}

/// A campaign, or the part of it below a unit, as the rules see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignSubject {
    pub lead: Option<Place>,
    pub coordinating: Option<Place>,
    /// The unit whose part is asked for; `None` for the whole.
    pub part: Option<Place>,
    /// The actor's unit owes a report in it, or the campaign is addressed to it.
    pub takes_part: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Report(ReportSubject),
    Campaign(CampaignSubject),
    /// The installation as a whole.
    System,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Allowed,
    Forbidden,
    Hidden,
}

/// Where a grant stands towards a report or campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Position {
    /// The unit that owes the report, or that drafts it.
    Own,
    Intermediary,
    Addressee,
    /// The leading or coordinating body of the campaign.
    Lead,
    /// Above the unit in the tree.
    Above,
}

/// Decides whether `actor` may do `wish` to `subject`.
pub fn decide(actor: &Actor, wish: Wish, subject: &Subject) -> Decision {
    match subject {
        Subject::System => on_system(actor, wish),
        Subject::Campaign(campaign) => on_campaign(actor, wish, campaign),
        Subject::Report(report) => on_report(actor, wish, report),
    }
}

/// The positions of `grant` towards a report.
pub fn positions(grant: &Grant, report: &ReportSubject) -> Vec<Position> {
    let is = |place: Option<Place>| place.is_some_and(|place| place.unit == grant.place.unit);
    let own = is(Some(report.unit)) || is(report.drafted_by);
    let mut positions = Vec::new();
    if own {
        positions.push(Position::Own);
    }
    if is(report.via) {
        positions.push(Position::Intermediary);
    }
    if is(report.addressee) {
        positions.push(Position::Addressee);
    }
    if is(report.lead) || is(report.coordinating) {
        positions.push(Position::Lead);
    }
    if !own && grant.place.holds(report.unit) {
        positions.push(Position::Above);
    }
    positions
}

fn on_report(actor: &Actor, wish: Wish, report: &ReportSubject) -> Decision {
    let mut known = false;
    for grant in &actor.grants {
        for position in positions(grant, report) {
            known = true;
            if report_rule(position, grant.role, wish, report.was_sent) {
                return Decision::Allowed;
            }
        }
    }
    // An unsent draft does not exist for others.
    let hides = wish == Wish::ReadReport || !known;
    if hides {
        Decision::Hidden
    } else {
        Decision::Forbidden
    }
}

/// The table of rights over one report.
fn report_rule(position: Position, role: Role, wish: Wish, was_sent: bool) -> bool {
    use Action::*;
    // An administrator's grant gives no right to read or move anybody's report.
    if role == Role::Administrator {
        return wish == Wish::ReadStatus;
    }
    match (wish, position) {
        (Wish::ReadStatus, _) => true,
        (Wish::ReadReport, Position::Own) => true,
        (Wish::ReadReport, _) => was_sent,
        (Wish::Comment, Position::Own) => role != Role::Observer,
        (Wish::Remind, Position::Intermediary | Position::Addressee | Position::Lead) => {
            matches!(role, Role::Coordinator | Role::Leader | Role::Clerk)
        }
        (Wish::Act(Draft | Propose | TakeBack | Revise), Position::Own) => {
            matches!(role, Role::Drafter | Role::Leader | Role::Coordinator)
        }
        (Wish::Act(Adopt), Position::Own) => matches!(role, Role::Leader | Role::Clerk),
        (Wish::Act(Issue | Send | Withdraw), Position::Own) => {
            matches!(role, Role::Leader | Role::Clerk)
        }
        (Wish::Act(Receive | Forward | Return), Position::Intermediary) => {
            matches!(role, Role::Clerk | Role::Coordinator | Role::Leader)
        }
        (Wish::Act(Receive | Return), Position::Addressee) => {
            matches!(role, Role::Clerk | Role::Coordinator | Role::Leader)
        }
        (Wish::Act(Accept), Position::Addressee) => {
            matches!(role, Role::Coordinator | Role::Leader)
        }
        (Wish::Act(Waive | Reinstate), Position::Addressee | Position::Lead) => {
            matches!(role, Role::Coordinator | Role::Leader)
        }
        _ => false,
    }
}

fn on_campaign(actor: &Actor, wish: Wish, campaign: &CampaignSubject) -> Decision {
    let mut known = campaign.takes_part;
    for grant in &actor.grants {
        let is = |place: Option<Place>| place.is_some_and(|place| place.unit == grant.place.unit);
        let leads = is(campaign.lead) || is(campaign.coordinating);
        let holds_part = campaign.part.is_some_and(|part| grant.place.holds(part));
        known |= leads || holds_part;
        let allowed = match wish {
            Wish::ReadBoard => (leads || holds_part) && grant.role != Role::Administrator,
            Wish::ManageCampaign => {
                is(campaign.lead) && matches!(grant.role, Role::Coordinator | Role::Leader)
            }
            Wish::Remind => {
                (leads || holds_part)
                    && matches!(grant.role, Role::Coordinator | Role::Leader | Role::Clerk)
            }
            Wish::SetDelegatedDue => {
                is(campaign.part) && matches!(grant.role, Role::Coordinator | Role::Leader)
            }
            _ => false,
        };
        if allowed {
            return Decision::Allowed;
        }
    }
    if known {
        Decision::Forbidden
    } else {
        Decision::Hidden
    }
}

fn on_system(actor: &Actor, wish: Wish) -> Decision {
    let holds = |roles: &[Role]| actor.grants.iter().any(|grant| roles.contains(&grant.role));
    let allowed = match wish {
        Wish::CreateCampaign => holds(&[Role::Coordinator]),
        Wish::Administer => holds(&[Role::Administrator]),
        _ => false,
    };
    if allowed {
        Decision::Allowed
    } else {
        Decision::Forbidden
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(unit: i64, left: i64, right: i64) -> Place {
        Place {
            unit: UnitId(unit),
            tree: TreeId(1),
            interval: Interval { left, right },
        }
    }

    // 1 province (1..10) > 2 district (2..5) > {3 commune (3..3), 4 commune (4..4)}; 8 mass-mobilisation board (8..8); 9 district (9..10)
    fn commune_report(was_sent: bool) -> Subject {
        Subject::Report(ReportSubject {
            unit: place(3, 3, 3),
            drafted_by: None,
            via: None,
            addressee: Some(place(2, 2, 5)),
            lead: Some(place(8, 8, 8)),
            coordinating: None,
            was_sent,
        })
    }

    fn actor(place: Place, role: Role) -> Actor {
        Actor {
            account: AccountId(1),
            name: String::new(),
            grants: vec![Grant { place, role }],
        }
    }

    #[test]
    fn a_draft_is_not_found_for_the_superior_until_it_is_sent() {
        let district = actor(place(2, 2, 5), Role::Coordinator);
        assert_eq!(
            decide(&district, Wish::ReadReport, &commune_report(false)),
            Decision::Hidden
        );
        assert_eq!(
            decide(&district, Wish::ReadReport, &commune_report(true)),
            Decision::Allowed
        );
        assert_eq!(
            decide(&district, Wish::ReadStatus, &commune_report(false)),
            Decision::Allowed
        );
    }

    #[test]
    fn siblings_do_not_see_each_other() {
        for role in Role::ALL {
            let sibling = actor(place(4, 4, 4), role);
            assert_eq!(
                decide(&sibling, Wish::ReadReport, &commune_report(true)),
                Decision::Hidden
            );
            assert_eq!(
                decide(&sibling, Wish::ReadStatus, &commune_report(true)),
                Decision::Hidden
            );
        }
    }

    #[test]
    fn a_unit_of_another_tree_is_above_nothing_whatever_its_interval() {
        let other_root = Place {
            tree: TreeId(2),
            ..place(50, 1, 1_000)
        };
        let part = Subject::Campaign(CampaignSubject {
            lead: None,
            coordinating: None,
            part: Some(place(2, 2, 5)),
            takes_part: false,
        });
        for role in Role::ALL {
            let stranger = actor(other_root, role);
            for wish in [Wish::ReadReport, Wish::ReadStatus] {
                let decided = decide(&stranger, wish, &commune_report(true));
                assert_eq!(decided, Decision::Hidden, "{role:?} {wish:?}");
            }
            for wish in [Wish::ReadBoard, Wish::Remind, Wish::SetDelegatedDue] {
                let decided = decide(&stranger, wish, &part);
                assert_eq!(decided, Decision::Hidden, "{role:?} {wish:?}");
            }
        }
    }

    #[test]
    fn an_addressee_of_another_tree_reads_what_was_sent_to_it() {
        let front = Place {
            tree: TreeId(2),
            ..place(50, 1, 1)
        };
        let report = |was_sent| {
            let Subject::Report(report) = commune_report(was_sent) else {
                unreachable!("a report")
            };
            Subject::Report(ReportSubject {
                addressee: Some(front),
                ..report
            })
        };
        let reader = actor(front, Role::Clerk);
        for (was_sent, expected) in [(false, Decision::Hidden), (true, Decision::Allowed)] {
            assert_eq!(
                decide(&reader, Wish::ReadReport, &report(was_sent)),
                expected
            );
        }
    }

    #[test]
    fn an_administrator_reads_nobodys_report() {
        let own = actor(place(3, 3, 3), Role::Administrator);
        assert_eq!(
            decide(&own, Wish::ReadReport, &commune_report(true)),
            Decision::Hidden
        );
    }

    #[test]
    fn the_intermediary_returns_but_does_not_accept() {
        let report = Subject::Report(ReportSubject {
            unit: place(2, 2, 5),
            drafted_by: None,
            via: Some(place(8, 8, 8)),
            addressee: Some(place(1, 1, 10)),
            lead: None,
            coordinating: None,
            was_sent: true,
        });
        let board = actor(place(8, 8, 8), Role::Coordinator);
        assert_eq!(
            decide(&board, Wish::Act(Action::Return), &report),
            Decision::Allowed
        );
        assert_eq!(
            decide(&board, Wish::Act(Action::Accept), &report),
            Decision::Forbidden
        );
    }

    #[test]
    fn only_the_lead_body_manages_the_campaign() {
        let campaign = Subject::Campaign(CampaignSubject {
            lead: Some(place(8, 8, 8)),
            coordinating: Some(place(7, 7, 7)),
            part: None,
            takes_part: true,
        });
        assert_eq!(
            decide(
                &actor(place(8, 8, 8), Role::Coordinator),
                Wish::ManageCampaign,
                &campaign
            ),
            Decision::Allowed
        );
        assert_eq!(
            decide(
                &actor(place(7, 7, 7), Role::Coordinator),
                Wish::ManageCampaign,
                &campaign
            ),
            Decision::Forbidden
        );
        assert_eq!(
            decide(
                &actor(place(7, 7, 7), Role::Coordinator),
                Wish::ReadBoard,
                &campaign
            ),
            Decision::Allowed
        );
        assert_eq!(
            decide(
                &actor(place(3, 3, 3), Role::Drafter),
                Wish::ReadBoard,
                &campaign
            ),
            Decision::Forbidden
        );
    }
}
