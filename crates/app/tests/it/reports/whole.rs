//! Whole reports in one request: the rows and the rules of the single steps.

use super::{adopt_and_send, fill_in, signed, vote, write};
use crate::world::{World, province, province_on};
use app::Error;
use app::reports::figures::ExactChange;
use app::reports::issue::IssueWish;
use app::reports::whole::{SectionName, Whole, submit};
use app::reports::{receive, returns, send, view};
use domain::access::Role;
use domain::campaign::Period;
use domain::event::EventKind::*;
use jiff::civil::date;
use store::TxExt;
use store::testing::{postgres, sqlite};

/// What [`fill_in`], [`vote`] and [`signed`] say, at once.
fn whole() -> Whole {
    let cells = [("NO01", "5"), ("NO02", "2"), ("NO03", "7")];
    let signed = signed();
    Whole {
        sections: vec![
            (SectionName::Number("I".into()), "Xã có 05 thôn.".into()),
            (
                SectionName::Number("II".into()),
                "Đã xây 05 nhà tình nghĩa.\nĐã sửa 02 nhà.".into(),
            ),
        ],
        figures: [2021, 2022]
            .into_iter()
            .flat_map(|year| {
                cells.map(|(code, value)| ExactChange {
                    code: code.into(),
                    period: Period::Year(year),
                    value: Some(value.into()),
                    was: None,
                })
            })
            .collect(),
        adoption: vote(11, 9),
        issue: IssueWish {
            dated: Some(signed.dated),
            authority: Some(signed.authority),
            position: signed.position,
            signer: signed.signer,
            ..IssueWish::default()
        },
    }
}

/// Rows that a report leaves behind: table, columns that do not depend on chance, its key.
const ROWS: [(&str, &str, &str); 7] = [
    (
        "assignment",
        "state, state_reason, state_since, revision, first_sent_at, sent_at",
        "id = ?1",
    ),
    (
        "revision",
        "number, figures, figures_version, adopted_hash, content_hash, sent_at, withdrawn_at, created_at",
        "assignment_id = ?1",
    ),
    (
        "section_text",
        "section_id, text, passages, version, saved_at, saved_by",
        "revision_id IN (SELECT id FROM revision WHERE assignment_id = ?1)",
    ),
    (
        "adoption",
        "record, passes, text_hash, fingerprint, recorded_at, recorded_by",
        "revision_id IN (SELECT id FROM revision WHERE assignment_id = ?1)",
    ),
    (
        "issued_document",
        "unit_id, kind, term, number, symbol, dated, place, authority, position, signer, issued_at, issued_by",
        "revision_id IN (SELECT id FROM revision WHERE assignment_id = ?1)",
    ),
    (
        "receipt",
        "content_hash, sent_at, sent_by",
        "assignment_id = ?1",
    ),
    (
        "to_index",
        "revision_id IS NOT NULL",
        "revision_id IN (SELECT id FROM revision WHERE assignment_id = ?1)",
    ),
];

fn rows(world: &World, unit: &str) -> Vec<String> {
    let report = world.report(unit);
    let read = |tx: &mut dyn store::Tx| -> store::Result<Vec<String>> {
        let mut all = Vec::new();
        for (table, columns, key) in ROWS {
            let words: Vec<String> = columns
                .split(", ")
                .map(|column| format!("coalesce(CAST({column} AS TEXT), '-')"))
                .collect();
            let words = words.join(" || '|' || ");
            let sql = format!("SELECT {words} FROM {table} WHERE {key} ORDER BY 1");
            let found = tx.rows(&sql, &store::params![report.0], |row| {
                Ok(format!("{table}: {}", row.get::<String>(0)?))
            })?;
            assert!(!found.is_empty(), "{table} has a row");
            all.extend(found);
        }
        Ok(all)
    };
    world.db.read(read).expect("rows")
}

#[test]
fn a_whole_report_leaves_the_rows_of_the_single_steps() {
    for (one, other) in [(sqlite(), sqlite()), (postgres(), postgres())] {
        let (by_steps, at_once) = (province_on(one), province_on(other));
        fill_in(&by_steps, "X11");
        adopt_and_send(&by_steps, "X11");
        let (person, report) = (at_once.person("X11"), at_once.report("X11"));
        let receipt = submit(&person, report, whole()).expect("taken");
        assert_eq!(rows(&by_steps, "X11"), rows(&at_once, "X11"));
        assert_eq!(
            at_once.events("X11"),
            [DraftStarted, Proposed, Adopted, Issued, Sent]
        );
        let seen = send::receipt(&person, report).expect("the receipt");
        assert_eq!(
            (&seen.receipt.code, &seen.hash_now),
            (&receipt.code, &receipt.content_hash)
        );
        assert_eq!(seen.receipt.sent_by_name, receipt.sent_by_name);
    }
}

#[test]
fn a_whole_report_that_was_returned_is_mended_step_by_step() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    submit(&person, report, whole()).expect("taken");
    let district = world.person("H1");
    receive::receive(&district, report).expect("received");
    returns::send_back(&district, report, "Bổ sung", Vec::new()).expect("returned");
    returns::revise(&person, report).expect("revised");
    write(&world, "X11", 0, "Xã có 06 thôn.");
    let sent = adopt_and_send(&world, "X11");
    let seen = view::view(&district, report).expect("the new one");
    assert_eq!(seen.content.text(world.sections[0]), "Xã có 06 thôn.");
    assert_eq!(seen.receipt.expect("a receipt").code, sent.code);
}

#[test]
fn the_same_whole_report_again_gives_the_same_receipt_and_another_one_none() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let first = submit(&person, report, whole()).expect("taken");
    world.clock.set("2022-09-10T09:00:00+07:00");
    let events = world.events("X11");
    let person = world.person("X11");
    let again = submit(&person, report, whole()).expect("the same");
    assert_eq!((first.code, first.sent_at), (again.code, again.sent_at));
    let mut other = whole();
    other.sections[0].1 = "Xã có 06 thôn.".into();
    let Err(Error::Refused(why)) = submit(&person, report, other) else {
        panic!("another content was taken");
    };
    assert!(why.contains("thu hồi"), "{why}");
    assert_eq!(world.events("X11"), events);
}

#[test]
fn a_report_that_somebody_has_begun_is_not_taken_in_whole() {
    let world = province();
    fill_in(&world, "X11");
    let refused = submit(&world.person("X11"), world.report("X11"), whole());
    let Err(Error::Refused(why)) = refused else {
        panic!("taken over a draft");
    };
    assert!(why.contains("Đang soạn thảo"), "{why}");
    let seen = view::view(&world.person("X11"), world.report("X11")).expect("the draft");
    assert!(seen.receipt.is_none());
}

/// The report as the story wants it.
type Story = fn(&mut Whole);

#[test]
fn a_whole_report_is_held_to_the_rules_of_each_step_and_leaves_nothing_when_refused() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let stories: [(&str, Story); 9] = [
        ("chưa có nội dung", |whole| {
            whole.sections.truncate(1);
        }),
        ("còn trống", |whole| whole.figures.clear()),
        ("quá nửa", |whole| whole.adoption = vote(11, 5)),
        ("Ngày họp", |whole| {
            whole.adoption.held_on = date(2022, 9, 11);
        }),
        ("Ngày ban hành", |whole| {
            whole.issue.dated = Some(date(2022, 9, 8));
        }),
        ("Người ký", |whole| whole.issue.signer.clear()),
        ("MẬT", |whole| {
            whole.sections[0].1 = "MẬT\nXã có 05 thôn.".into();
        }),
        ("không có mục", |whole| {
            whole.sections[0].0 = SectionName::Number("IX".into());
        }),
        ("hai lần", |whole| {
            let twice = whole.sections[0].clone();
            whole.sections.push(twice);
        }),
    ];
    for (words, story) in stories {
        let mut changed = whole();
        story(&mut changed);
        let refused = submit(&person, report, changed).expect_err(words);
        assert!(refused.to_string().contains(words), "{words}: {refused}");
    }
    assert_eq!(world.events("X11"), []);
    submit(&person, report, whole()).expect("nothing was kept of what was refused");
}

#[test]
fn a_whole_report_needs_the_right_to_every_step() {
    let world = province();
    let report = world.report("X11");
    for role in [Role::Drafter, Role::Clerk] {
        let person = world.person_with("X11", role);
        let refused = submit(&person, report, whole()).expect_err("not alone");
        assert!(matches!(refused, Error::Forbidden), "{role:?}: {refused:?}");
    }
    for other in ["X12", "H1", "TU"] {
        let refused = submit(&world.person(other), report, whole()).expect_err("not theirs");
        assert!(
            matches!(refused, Error::NotFound | Error::Forbidden),
            "{other}: {refused:?}"
        );
    }
}

#[test]
fn figures_that_are_rolled_up_are_not_taken_in_whole() {
    let world = province();
    let refused = submit(&world.person("H1"), world.report("H1"), whole());
    let Err(Error::Refused(why)) = refused else {
        panic!("figures were typed over a roll-up");
    };
    assert!(why.contains("tổng hợp"), "{why}");
}

#[test]
fn the_number_of_a_whole_report_is_checked_as_in_an_issue() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let mut numbered = whole();
    numbered.issue.number = Some(0);
    let refused = submit(&person, report, numbered.clone()).expect_err("no number");
    assert!(refused.to_string().starts_with("Số"), "{refused}");
    numbered.issue.number = Some(7);
    submit(&person, report, numbered).expect("a free one");
    let issued = view::view(&person, report).expect("seen").issued;
    assert_eq!(issued.expect("a number").symbol, "07-BC/ĐU");
}

#[test]
fn a_number_quoted_in_a_whole_report_is_the_one_in_its_table() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let mut quoting = whole();
    quoting.sections[0].1 = "Đã xây {{NO01, 2021}} nhà.".into();
    submit(&person, report, quoting.clone()).expect("taken");
    let seen = view::view(&person, report).expect("seen");
    assert_eq!(seen.content.text(world.sections[0]), "Đã xây 5 nhà.");
    quoting.sections[0].1 = "Đã xây {{NO99, 2021}} nhà.".into();
    let refused = submit(&world.person("X12"), world.report("X12"), quoting).expect_err("open");
    assert!(refused.to_string().contains("NO99"), "{refused}");
}
