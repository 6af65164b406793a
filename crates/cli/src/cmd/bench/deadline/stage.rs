//! The campaign before the evening: units with an account and an API token each, nobody has reported.

use super::super::province::{self, GRASSROOTS, code_of};
use super::wording::Wording;
use crate::error::CmdError;
use app::accounts::{NewAccount, create_many};
use domain::access::Role;
use domain::campaign::Writable;
use domain::ids::{AssignmentId, UnitId};
use std::path::Path;

/// Where and what everybody is.
pub struct Stage {
    pub short_id: String,
    /// Units that write their figures themselves, in tree order.
    pub units: Vec<UnitSeat>,
    pub wording: Wording,
    /// Token of the top, then those of the units above others, by number.
    superiors: Vec<(usize, String)>,
    pub administrator: String,
}

/// A unit that owes a report of its own.
pub struct UnitSeat {
    /// In the tree, from 1.
    pub number: usize,
    /// The number of the unit above it.
    pub above: usize,
    pub report: AssignmentId,
    pub token: String,
}

const ADMINISTRATOR: &str = "quan-tri-do";
/// One text in each section of the one report that sets the outline.
const FIRST_BYTES: usize = 40;

impl Stage {
    /// Makes the campaign in a new folder and closes it again.
    pub fn set(folder: &Path, units: usize) -> Result<Stage, CmdError> {
        let province = province::make(folder, units, units - 2, FIRST_BYTES)?;
        let operator = province.app.operator();
        let awaited = app::reports::bulk::awaited(&province.app, province.campaign.id)?;
        let tree = province::tree(units);
        let top = top_of(&province)?;
        let mut accounts = vec![
            account(ADMINISTRATOR, top, &[Role::Administrator]),
            account(&login(1), top, &[Role::Coordinator, Role::Leader]),
        ];
        let tail = &tree[tree.len() - awaited.len()..];
        for ((number, _, level), (_, unit)) in tail.iter().zip(&awaited) {
            let roles: &[Role] = match *level {
                GRASSROOTS => &[Role::Leader],
                _ => &[Role::Coordinator, Role::Leader],
            };
            accounts.push(account(&login(*number), *unit, roles));
        }
        create_many(&operator, &accounts, None)?;
        let logins = accounts.iter().map(|account| account.login.clone());
        let mut tokens = app::tokens::issue_many(&operator, logins.collect())?.into_iter();
        let administrator = tokens.next().unwrap_or_default();
        let mut superiors = vec![(1, tokens.next().unwrap_or_default())];
        let mut seats = Vec::with_capacity(awaited.len());
        for (((number, above, level), (report, _)), token) in tail.iter().zip(awaited).zip(tokens) {
            match *level {
                GRASSROOTS => seats.push(UnitSeat {
                    number: *number,
                    above: *above,
                    report,
                    token,
                }),
                _ => superiors.push((*number, token)),
            }
        }
        let written = province
            .outline
            .sections
            .iter()
            .filter(|section| section.writable != Writable::Heading)
            .map(|section| section.id.0)
            .collect::<Vec<_>>();
        Ok(Stage {
            short_id: province.campaign.short_id,
            units: seats,
            wording: Wording::new(written),
            superiors,
            administrator,
        })
    }

    pub fn board_path(&self) -> String {
        format!("/dot/{}/bang", self.short_id)
    }

    pub fn token_of_top(&self) -> &str {
        self.superiors.first().map_or("", |(_, token)| token)
    }

    /// The token of the unit with this number, or of the top.
    pub fn token_of(&self, number: usize) -> &str {
        match self
            .superiors
            .binary_search_by_key(&number, |(number, _)| *number)
        {
            Ok(at) => &self.superiors[at].1,
            Err(_) => self.token_of_top(),
        }
    }
}

/// The login of a unit.
pub fn login(number: usize) -> String {
    code_of(number).to_lowercase()
}

fn account(login: &str, unit: UnitId, roles: &[Role]) -> NewAccount {
    NewAccount {
        login: login.to_owned(),
        name: format!("Đồng chí {login}"),
        unit,
        roles: roles.to_vec(),
    }
}

fn top_of(province: &province::Province) -> Result<UnitId, CmdError> {
    province
        .campaign
        .lead
        .ok_or_else(|| CmdError::Refused("đợt để đo không có đơn vị đứng đầu".into()))
}
