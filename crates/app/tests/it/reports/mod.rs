//! The life of a report, told on the small province.

mod adopting;
mod attaching;
mod checking;
mod drafting;
mod figures;
mod life;
mod margin;
mod returning;
mod storage;
mod whole;
mod word_files;

use crate::world::World;
use app::reports::draft::{SectionSave, save_section};
use app::reports::figures::{CellChange, save};
use app::reports::{adoption, issue, send};
use domain::campaign::Period;
use domain::report::adoption::{Adoption, MeetingKind};
use jiff::civil::date;
use store::receipts::Receipt;

/// A save by the button, on the version that stands there.
pub fn write(world: &World, unit: &str, section: usize, text: &str) {
    let (person, report) = (world.person(unit), world.report(unit));
    let editor =
        app::reports::draft::open_section(&person, report, world.sections[section]).expect("open");
    let saved = save_section(
        &person,
        report,
        world.sections[section],
        by_hand(text, editor.version()),
    )
    .expect("saved");
    assert_eq!(saved.kept_aside, None);
}

pub fn by_hand(text: &str, base_version: i64) -> SectionSave {
    SectionSave {
        text: text.into(),
        base_version,
        autosave: false,
    }
}

pub fn cell(code: &str, year: i16, typed: &str) -> CellChange {
    CellChange {
        code: code.into(),
        period: Period::Year(year),
        typed: typed.into(),
        was: None,
    }
}

/// Everything that a commune must write.
pub fn fill_in(world: &World, unit: &str) {
    write(world, unit, 0, "Xã có 05 thôn.");
    write(world, unit, 1, "Đã xây 05 nhà tình nghĩa.\nĐã sửa 02 nhà.");
    let changes = [2021, 2022]
        .into_iter()
        .flat_map(|year| {
            [
                cell("NO01", year, "5"),
                cell("NO02", year, "2"),
                cell("NO03", year, "7"),
            ]
        })
        .collect();
    save(&world.person(unit), world.report(unit), changes).expect("figures");
}

pub fn vote(incumbents: u32, votes_for: u32) -> Adoption {
    Adoption {
        kind: MeetingKind::Meeting,
        held_on: date(2022, 9, 9),
        place: "Hội trường Đảng ủy".into(),
        chair: "Nguyễn Văn A".into(),
        secretary: "Trần Thị B".into(),
        incumbents,
        present: incumbents,
        absent_excused: 0,
        absent_unexcused: 0,
        votes_for,
        votes_against: incumbents - votes_for,
        abstaining: 0,
        minutes: String::new(),
    }
}

pub fn signed() -> issue::IssueInput {
    issue::IssueInput {
        number: None,
        term: String::new(),
        dated: date(2022, 9, 10),
        place: String::new(),
        authority: "T/M BAN CHẤP HÀNH".into(),
        position: "BÍ THƯ".into(),
        signer: "Nguyễn Văn A".into(),
    }
}

/// From a finished draft to the receipt.
pub fn adopt_and_send(world: &World, unit: &str) -> Receipt {
    let (person, report) = (world.person(unit), world.report(unit));
    adoption::propose(&person, report).expect("proposed");
    assert!(
        adoption::adopt(&person, report, vote(11, 9))
            .expect("voted")
            .passed
    );
    issue::issue(&person, report, signed()).expect("issued");
    send::send(&person, report).expect("sent")
}
