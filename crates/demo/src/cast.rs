//! Who takes part: accounts that visitors sign in with, and the staff of each unit that plays its part by script.
//!
//! They are apart so that the log tells what a visitor did from what the script did. Nobody can sign in as staff.

use crate::content::{Content, UnitSeed, signer_of};
use app::accounts::NewAccount;
use domain::access::Role;
use domain::ids::UnitId;
use std::collections::HashMap;

/// The one password of all accounts of the demo.
pub const PASSWORD: &str = "dondoc2022";

/// Logins that are easier to remember than codes of units.
const NAMED: [(&str, &str); 13] = [
    ("danvan", "BT-TU-BDV"),
    ("tinhuy", "BT-TU"),
    ("vanphong", "BT-TU-VP"),
    ("phanthiet", "BT-593"),
    ("lagi", "BT-594"),
    ("tuyphong", "BT-595"),
    ("bacbinh", "BT-596"),
    ("hamthuanbac", "BT-597"),
    ("hamthuannam", "BT-598"),
    ("tanhlinh", "BT-599"),
    ("duclinh", "BT-600"),
    ("hamtan", "BT-601"),
    ("phuquy", "BT-602"),
];
/// Keeps accounts and organisations.
pub(crate) const ADMINISTRATOR: &str = "quantri";
pub(crate) const ADMINISTRATOR_NAME: &str = "Quản trị hệ thống";
/// Units whose accounts are named on the sign-in page: on the first day one of each stands elsewhere.
const SHOWN_UNITS: usize = 3;

/// All that an office of a unit does.
const OFFICE: [Role; 4] = [Role::Drafter, Role::Leader, Role::Clerk, Role::Coordinator];

/// Somebody to sign in as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub login: String,
    pub name: String,
    pub unit: String,
    pub roles: Vec<Role>,
}

/// The accounts to show on the sign-in page, the most telling first: the lead body, the committee, the districts,
/// some grassroots committees, the administrator.
#[must_use]
pub fn people(content: &Content) -> Vec<Person> {
    let mut shown: Vec<Person> = NAMED
        .iter()
        .filter_map(|(login, code)| Some(person(content.unit(code)?, login)))
        .collect();
    let undone = content.schedule().into_iter().filter(|course| {
        matches!(
            course.conduct,
            crate::content::Conduct::Drafting | crate::content::Conduct::NotStarted
        )
    });
    let communes = undone
        .filter_map(|course| content.unit(&course.unit_code))
        .filter(|unit| unit.is_commune())
        .take(SHOWN_UNITS);
    shown.extend(communes.map(|unit| person(unit, &login_of(&unit.code))));
    shown.push(administrator());
    shown
}

/// Every unit that takes part has an account of its code, some a shorter one.
pub(crate) fn visitors(content: &Content, ids: &HashMap<String, UnitId>) -> Vec<NewAccount> {
    let mut accounts = Vec::new();
    for unit in &content.units {
        let Some(id) = ids.get(&unit.code) else {
            continue;
        };
        accounts.push(NewAccount {
            login: login_of(&unit.code),
            name: unit.name.clone(),
            unit: *id,
            roles: OFFICE.to_vec(),
        });
    }
    accounts
}

/// The body that leads the campaign.
pub(crate) const LEAD: &str = "BT-TU-BDV";
/// The committee whose report is the final one.
pub(crate) const COMMITTEE: &str = "BT-TU";

/// One member of staff for each unit.
pub(crate) fn staff(content: &Content, ids: &HashMap<String, UnitId>) -> Vec<NewAccount> {
    content
        .units
        .iter()
        .filter_map(|unit| {
            Some(NewAccount {
                login: staff_login(&unit.code),
                name: signer_of(unit, crate::content::DEMO_SEED).name,
                unit: *ids.get(&unit.code)?,
                roles: OFFICE.to_vec(),
            })
        })
        .collect()
}

/// The login of a unit's staff.
pub(crate) fn staff_login(code: &str) -> String {
    format!("{}.canbo", code.to_lowercase())
}

/// The login of a unit's account for visitors: a name for the important ones, otherwise the code in small letters.
#[must_use]
pub fn login_of(code: &str) -> String {
    NAMED
        .iter()
        .find(|(_, named)| *named == code)
        .map_or_else(|| code.to_lowercase(), |(login, _)| (*login).to_owned())
}

fn person(unit: &UnitSeed, login: &str) -> Person {
    Person {
        login: login.to_owned(),
        name: unit.name.clone(),
        unit: unit.name.clone(),
        roles: OFFICE.to_vec(),
    }
}

fn administrator() -> Person {
    Person {
        login: ADMINISTRATOR.to_owned(),
        name: ADMINISTRATOR_NAME.to_owned(),
        unit: ADMINISTRATOR_NAME.to_owned(),
        roles: vec![Role::Administrator],
    }
}
