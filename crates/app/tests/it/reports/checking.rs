//! The checks over a stored report: who sees what, answers that travel upward, State secrets that are never stored.

use super::{adopt_and_send, by_hand, fill_in, write};
use crate::world::{World, province};
use app::Error;
use app::reports::checks::{answer, check_file_for, check_report};
use app::reports::comments::{self, Remark};
use app::reports::uploads::{self, Choices, Take};
use app::reports::{attachments, draft, receive, returns, view};
use domain::checks::Code;
use domain::event::EventKind;
use store::TxExt;

/// A commune's draft with one slip, and the key of what is found.
fn with_a_slip() -> (World, String) {
    let world = province();
    fill_in(&world, "X11");
    write(
        &world,
        "X11",
        0,
        "Xã có 05 thôn. Hội nghị họp ngày 31/9/2021.",
    );
    let checked = check_report(&world.person("X11"), world.report("X11")).expect("checked");
    let slip = checked
        .findings
        .iter()
        .find(|item| item.finding.code == Code::DateImpossible)
        .expect("the slip is found");
    assert_eq!(slip.finding.place.quote, "ngày 31/9/2021");
    (world, slip.key.clone())
}

fn answer_of(world: &World, reader: &str, key: &str) -> Option<String> {
    let checked = check_report(&world.person(reader), world.report("X11")).expect("checked");
    let item = checked.findings.into_iter().find(|item| item.key == key)?;
    item.answer.map(|answer| answer.text)
}

#[test]
fn an_answer_travels_upward_with_the_report_and_is_frozen_with_it() {
    let (world, key) = with_a_slip();
    let (person, district, report) = (world.person("X11"), world.person("H1"), world.report("X11"));
    assert!(matches!(
        check_report(&district, report),
        Err(Error::NotFound)
    ));
    answer(&person, report, &key, "Chép đúng theo biên bản gốc.").expect("answered");
    assert_eq!(
        answer_of(&world, "X11", &key).as_deref(),
        Some("Chép đúng theo biên bản gốc.")
    );
    adopt_and_send(&world, "X11");
    assert_eq!(
        answer_of(&world, "H1", &key).as_deref(),
        Some("Chép đúng theo biên bản gốc.")
    );
    assert!(matches!(
        answer(&person, report, &key, "Nói khác đi."),
        Err(Error::Refused(_))
    ));
    assert!(matches!(
        check_report(&world.person("X12"), report),
        Err(Error::NotFound)
    ));
}

#[test]
fn a_new_revision_keeps_the_answer_and_what_was_sent_keeps_its_own() {
    let (world, key) = with_a_slip();
    let (person, district, report) = (world.person("X11"), world.person("H1"), world.report("X11"));
    answer(&person, report, &key, "Theo biên bản gốc.").expect("answered");
    adopt_and_send(&world, "X11");
    receive::receive(&district, report).expect("received");
    returns::send_back(&district, report, "Xem lại", Vec::new()).expect("returned");
    returns::revise(&person, report).expect("revised");
    assert_eq!(
        answer_of(&world, "X11", &key).as_deref(),
        Some("Theo biên bản gốc.")
    );
    answer(&person, report, &key, "").expect("taken back");
    assert_eq!(answer_of(&world, "X11", &key), None);
    assert_eq!(
        answer_of(&world, "H1", &key).as_deref(),
        Some("Theo biên bản gốc.")
    );
}

#[test]
fn only_a_finding_that_is_there_is_answered_and_only_by_the_unit() {
    let (world, key) = with_a_slip();
    let report = world.report("X11");
    assert!(matches!(
        answer(&world.person("X11"), report, "0000000000000000", "Vì sao."),
        Err(Error::NotFound)
    ));
    assert!(matches!(
        answer(&world.person("H1"), report, &key, "Vì sao."),
        Err(Error::NotFound)
    ));
    write(&world, "X11", 0, "Xã có 05 thôn.");
    assert!(matches!(
        answer(&world.person("X11"), report, &key, "Đã sửa."),
        Err(Error::NotFound)
    ));
}

#[test]
fn a_state_secret_is_refused_at_every_door_and_only_the_fact_is_kept() {
    let world = province();
    fill_in(&world, "X11");
    let (person, report) = (world.person("X11"), world.report("X11"));
    let before = view::view(&person, report)
        .expect("draft")
        .content
        .fingerprint();
    let version = draft::open_section(&person, report, world.sections[0])
        .expect("open")
        .version();
    let secret = "Nội dung kế hoạch riêng\nTUYỆT MẬT\nKhông ai được biết";
    let saved = draft::save_section(&person, report, world.sections[0], by_hand(secret, version));
    let Err(Error::Refused(words)) = saved else {
        panic!("a mark of secrecy was saved");
    };
    assert!(!words.contains("kế hoạch riêng"));
    let file = attachments::add(&person, report, "ke-hoach-rieng.txt", secret.into());
    assert!(matches!(&file, Err(Error::Refused(words)) if !words.contains("ke-hoach-rieng")));
    let remark = Remark {
        words: secret.into(),
        ..Remark::default()
    };
    let remarked = comments::add(&person, report, world.sections[0], remark);
    assert!(matches!(remarked, Err(Error::Refused(_))), "{remarked:?}");
    let kept = uploads::keep(&person, report, "a.txt", "Đảng ủy báo cáo.".into()).expect("kept");
    let merged = Choices {
        sections: [(world.sections[0], Take::Merged(secret.into()))].into(),
        ..Choices::default()
    };
    let applied = uploads::apply(&person, report, kept, merged);
    assert!(matches!(applied, Err(Error::Refused(_))), "{applied:?}");
    let after = view::view(&person, report)
        .expect("draft")
        .content
        .fingerprint();
    assert_eq!(before, after);
    let refused = world
        .db
        .read(|tx| -> store::Result<Vec<String>> {
            tx.rows(
                "SELECT detail FROM event WHERE kind = ?1",
                &store::params![EventKind::SecretRefused.code()],
                |row| row.get(0),
            )
        })
        .expect("events");
    assert_eq!(refused, ["{}"; 4]);
    let words = "Bảo vệ bí mật nhà nước.\nMật độ dân số 320 người/km2.";
    draft::save_section(&person, report, world.sections[0], by_hand(words, version))
        .expect("no mark");
}

#[test]
fn a_file_is_checked_against_the_outline_of_the_report_and_nothing_is_stored() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let found =
        check_file_for(&person, report, "bao-cao.txt", "Chưa viết gì.".as_bytes()).expect("read");
    assert!(
        found
            .iter()
            .any(|finding| finding.code == Code::SectionMissing)
    );
    assert!(world.events("X11").is_empty());
    assert!(matches!(
        check_file_for(&world.person("X12"), report, "a.txt", b"x"),
        Err(Error::NotFound)
    ));
}
