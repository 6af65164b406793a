//! Consolidation, told on the small province.

mod figures;
mod passages;
mod tracing;

use crate::reports::{adopt_and_send, fill_in, write as write_section};
use crate::world::World;
use app::consolidation::{Edit, Pick, SectionDesk, SectionQuery, section};

/// A commune writes its report with these results and sends it.
pub fn send_commune(world: &World, unit: &str, results: &str) {
    fill_in(world, unit);
    write_section(world, unit, 1, results);
    adopt_and_send(world, unit);
}

/// The section of results as the unit's person consolidates it.
pub fn desk(world: &World, drafter: &str, unit: &str) -> SectionDesk {
    let query = SectionQuery::default();
    section(
        &world.person(drafter),
        world.report(unit),
        world.sections[1],
        &query,
    )
    .expect("the desk")
}

/// Takes these passages of the units shown: position of the unit, index of the passage.
pub fn picks(desk: &SectionDesk, chosen: &[(usize, u32)]) -> Vec<Pick> {
    chosen
        .iter()
        .map(|(unit, passage)| Pick {
            revision: desk.units[*unit].revision,
            passage: Some(*passage),
        })
        .collect()
}

/// Puts them at the end of the draft on the desk.
pub fn insert(world: &World, drafter: &str, unit: &str, chosen: &[(usize, u32)]) {
    let seen = desk(world, drafter, unit);
    let edit = Edit {
        base_version: seen.editor.version(),
        picks: picks(&seen, chosen),
        ..Edit::default()
    };
    let written = app::consolidation::write(
        &world.person(drafter),
        world.report(unit),
        world.sections[1],
        edit,
    )
    .expect("written");
    assert_eq!(written.inserted, chosen.len());
}

/// The paragraphs of a draft with the unit that each came from.
pub fn origins(desk: &SectionDesk) -> Vec<(&str, Option<&str>)> {
    desk.own
        .iter()
        .map(|own| (own.passage.text.as_str(), own.unit_name.as_deref()))
        .collect()
}
