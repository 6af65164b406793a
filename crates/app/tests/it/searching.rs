//! Search: what is found, in which order, and that nothing hidden is found, counted or hinted at.

use crate::reports::{adopt_and_send, fill_in, write};
use crate::world::{CAMPAIGN, World, province};
use app::indexing::{Turns, begin_anew, catch_up, waiting};
use app::reports::{send, view};
use app::search::{Ask, Hit, elsewhere, mentions, search};
use app::{Ctx, Error};
use domain::access::Role;

const UNITS: [&str; 11] = [
    "TW", "TU", "BDV", "VP", "BTG", "H1", "X11", "X12", "H2", "X21", "X22",
];

/// Three communes have sent, one is still writing; each says a word that no other does.
fn told() -> World {
    let world = province();
    let words = [
        ("X11", "Khu vực suối Lũy có 12 hộ. Chữ riêng mười một."),
        ("X12", "Khu vực suối Lụy có 30 hộ. Chữ riêng mười hai."),
        ("X21", "Bãi bồi, suoi can. Chữ riêng hai mốt."),
    ];
    for (unit, text) in words {
        fill_in(&world, unit);
        write(&world, unit, 1, text);
        adopt_and_send(&world, unit);
    }
    write(&world, "X22", 0, "Chữ riêng hai hai, suối Lũy.");
    index(&world);
    world
}

fn index(world: &World) {
    catch_up(&world.app, &mut |_| {}).expect("taken in");
}

fn ask(words: &str) -> Ask {
    Ask {
        words: words.into(),
        ..Ask::default()
    }
}

fn hits(ctx: &Ctx, ask: &Ask) -> Vec<Hit> {
    search(ctx, ask).expect("searched").hits
}

/// The codes of the units found, in order.
fn units(ctx: &Ctx, ask: &Ask) -> Vec<String> {
    hits(ctx, ask)
        .into_iter()
        .map(|hit| hit.unit_code)
        .collect()
}

#[test]
fn everybody_finds_what_they_may_open_and_nothing_else() {
    let world = told();
    let writers = ["X11", "X12", "X21", "X22"];
    for unit in UNITS {
        for role in Role::ALL {
            let person = world.person_with(unit, role);
            let mut readable: Vec<&str> = writers
                .into_iter()
                .filter(|writer| view::view(&person, world.report(writer)).is_ok())
                .collect();
            let mut found = units(&person, &ask("chữ riêng"));
            found.sort();
            assert_eq!(found, readable, "{role:?} of {unit}");
            // Which units mention it: of what was sent only.
            readable.retain(|writer| *writer != "X22");
            let named = mentions(&person, &ask("chữ riêng"), 10).expect("mentions");
            assert_eq!(named.next, None);
            let mut named: Vec<String> = named
                .units
                .into_iter()
                .map(|unit| unit.first.unit_code)
                .collect();
            named.sort();
            assert_eq!(named, readable, "{role:?} of {unit}");
        }
    }
}

#[test]
fn nobody_of_another_tree_finds_or_opens_anything() {
    let world = told();
    for role in Role::ALL {
        let stranger = world.stranger(role);
        assert!(units(&stranger, &ask("chữ riêng")).is_empty(), "{role:?}");
        let named = mentions(&stranger, &ask("chữ riêng"), 10).expect("mentions");
        assert!(named.units.is_empty(), "{role:?}");
        for unit in ["X11", "X12", "X21", "X22"] {
            let seen = view::view(&stranger, world.report(unit)).map(|_| ());
            assert!(matches!(seen, Err(Error::NotFound)), "{role:?}: {seen:?}");
        }
    }
}

#[test]
fn a_filter_by_a_hidden_unit_or_campaign_finds_nothing_and_says_nothing() {
    let world = told();
    let sibling = world.person("X12");
    for narrowed in [
        Ask {
            unit: Some("X11".into()),
            ..ask("suối")
        },
        Ask {
            unit: Some("H2".into()),
            ..ask("suối")
        },
        Ask {
            unit: Some("khong-co".into()),
            ..ask("suối")
        },
        Ask {
            campaign: Some("khong-co".into()),
            ..ask("suối")
        },
    ] {
        let found = search(&sibling, &narrowed).expect("searched");
        assert!(
            found.hits.is_empty() && found.next.is_none(),
            "{narrowed:?}"
        );
    }
}

#[test]
fn a_search_goes_by_unit_level_section_and_campaign() {
    let world = told();
    let lead = world.person("BDV");
    let of = |narrowed: Ask| units(&lead, &narrowed);
    assert_eq!(of(ask("suối")), ["X11", "X12", "X21"]);
    assert_eq!(
        of(Ask {
            unit: Some("H1".into()),
            ..ask("suối")
        }),
        ["X11", "X12"]
    );
    assert_eq!(
        of(Ask {
            unit: Some("X12".into()),
            ..ask("suối")
        }),
        ["X12"]
    );
    assert_eq!(
        of(Ask {
            level: Some(3),
            ..ask("suối")
        }),
        [""; 0]
    );
    assert_eq!(
        of(Ask {
            level: Some(4),
            ..ask("suối lụy")
        })
        .len(),
        2
    );
    assert_eq!(
        of(Ask {
            campaign: Some(CAMPAIGN.into()),
            ..ask("suối")
        })
        .len(),
        3
    );
    let section = hits(&lead, &ask("suối"))[0].section_number.clone();
    assert_eq!(
        of(Ask {
            section: Some(section),
            ..ask("suối")
        })
        .len(),
        3
    );
    assert_eq!(
        of(Ask {
            section: Some("khác".into()),
            ..ask("suối")
        }),
        [""; 0]
    );
}

#[test]
fn the_very_marks_come_first_and_without_marks_all_are_alike() {
    let world = told();
    let lead = world.person("BDV");
    assert_eq!(units(&lead, &ask("suối lụy")), ["X12", "X11"]);
    assert_eq!(units(&lead, &ask("suối Lũy")), ["X11", "X12"]);
    assert_eq!(units(&lead, &ask("suoi luy")), ["X11", "X12"]);
    assert_eq!(units(&lead, &ask("SUOI  LUI")), [""; 0]);
    let found = hits(&lead, &ask("suối lụy"));
    assert!(found[0].is_exact && !found[1].is_exact);
    assert_eq!(found[0].excerpt.text(), "Khu vực suối Lụy có 30 hộ.");
}

#[test]
fn words_in_a_row_come_before_words_apart_and_quoted_ones_stay_together() {
    let world = told();
    let lead = world.person("BDV");
    assert_eq!(units(&lead, &ask("hộ chữ")), ["X11", "X12"]);
    assert_eq!(units(&lead, &ask("hộ riêng")), ["X11", "X12"]);
    assert_eq!(units(&lead, &ask("\"hộ riêng\"")), [""; 0]);
    let apart = &hits(&lead, &ask("hộ riêng"))[0];
    assert!(!apart.is_phrase);
}

#[test]
fn a_report_that_was_asked_back_is_gone_at_once_and_its_next_text_found_in_its_place() {
    let world = told();
    let (lead, unit) = (world.person("BDV"), world.person("X11"));
    send::withdraw(&unit, world.report("X11"), "Sai số").expect("withdrawn");
    assert_eq!(units(&lead, &ask("mười một")), [""; 0]);
    assert_eq!(
        units(&unit, &ask("mười một")),
        ["X11"],
        "the unit's own draft"
    );
    write(&world, "X11", 1, "Đã sửa lại hẳn.");
    adopt_and_send(&world, "X11");
    assert_eq!(waiting(&world.app).expect("counted"), 1);
    index(&world);
    assert_eq!(units(&lead, &ask("sửa lại hẳn")), ["X11"]);
    assert_eq!(units(&lead, &ask("mười một")), [""; 0]);
}

#[test]
fn units_are_told_one_window_after_another_without_a_gap_or_a_repetition() {
    let world = told();
    let lead = world.person("BDV");
    let mut told = Vec::new();
    let mut wish = ask("chữ");
    loop {
        let found = mentions(&lead, &wish, 1).expect("mentions");
        told.extend(found.units.into_iter().map(|unit| unit.first.unit_code));
        match found.next {
            Some(next) => wish.after = Some(next),
            None => break,
        }
    }
    assert_eq!(told, ["X11", "X12", "X21"]);
}

#[test]
fn an_index_made_anew_finds_the_same() {
    let world = told();
    let lead = world.person("BDV");
    let before = units(&lead, &ask("chữ riêng"));
    assert_eq!(begin_anew(&world.app.operator()).expect("begun"), 3);
    index(&world);
    assert_eq!(units(&lead, &ask("chữ riêng")), before);
}

#[test]
fn a_search_for_signs_or_a_mangled_place_to_go_on_finds_what_it_can() {
    let world = told();
    let lead = world.person("BDV");
    for words in ["", "\"", "'); DROP", "* NEAR(", "suối AND NOT OR", "a:b ^c"] {
        search(&lead, &ask(words)).expect("no failure");
    }
    let wish = Ask {
        after: Some("9-x".into()),
        ..ask("suối")
    };
    assert_eq!(units(&lead, &wish).len(), 3);
}

#[test]
fn units_are_found_by_name_and_plans_by_those_who_may_read_them() {
    let world = told();
    let found = elsewhere(&world.person("X12"), &ask("song luy")).expect("looked");
    assert_eq!(found.units.len(), 1);
    assert!(found.plans.is_empty());
}

#[test]
fn the_server_takes_in_turns_what_was_sent_and_notices_when_others_write_much() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    let mut turns = Turns::default();
    turns.next(&world.app).expect("a turn");
    let quiet = turns.next(&world.app).expect("a turn");
    assert_eq!((quiet.is_done, quiet.others_write), (true, false));
    assert_eq!(waiting(&world.app).expect("a count"), 0);
    for save in 0..20 {
        write(&world, "X12", 0, &format!("Lần ghi {save}."));
    }
    assert!(turns.next(&world.app).expect("a turn").others_write);
}
