//! Following up: who may remind whom, and what becomes of the e-mails.

use crate::smtp_server::SmtpServer;
use crate::world::{CAMPAIGN, province};
use app::Error;
use app::mail::outbox::{Delivered, deliver_due};
use app::mail::smtp::SmtpMailer;
use app::reminders::{LetterWish, follow_up, letter, remind};
use domain::event::EventKind;
use domain::official::SignatureBlock;

fn mailer(server: &SmtpServer) -> SmtpMailer {
    let url = format!("smtp://{}:{}", server.host(), server.port());
    SmtpMailer::new(&url, "Ban Dân vận Tỉnh ủy <bdv@example.vn>").expect("a right address")
}

#[test]
fn a_reminder_reaches_the_units_that_owe_and_names_those_without_an_address() {
    let world = province();
    let server = SmtpServer::start();
    let district = world.person("H2");
    let reminded = remind(
        &district,
        CAMPAIGN,
        &[world.report("X21"), world.report("X22")],
        "Đề nghị gửi sớm.",
    )
    .expect("reminded");
    assert_eq!(
        (reminded.queued, reminded.without_address.as_slice()),
        (1, ["Đảng ủy xã Măng Tố".to_string()].as_slice())
    );
    assert_eq!(
        deliver_due(&world.app, &mailer(&server)).expect("a round"),
        Delivered {
            sent: 1,
            ..Delivered::default()
        }
    );
    assert_eq!(server.messages().len(), 1);
    assert!(
        world.events("X21").contains(&EventKind::Reminded)
            && world.events("X21").contains(&EventKind::MailSent)
    );
}

#[test]
fn a_mail_server_that_postpones_gets_the_mail_later_and_the_outbox_says_why() {
    let world = province();
    let server = SmtpServer::start();
    server.postpone(1);
    remind(&world.person("H1"), CAMPAIGN, &[world.report("X11")], "").expect("reminded");
    assert_eq!(
        deliver_due(&world.app, &mailer(&server))
            .expect("a round")
            .postponed,
        1
    );
    let waiting = &follow_up(&world.person("BDV"), CAMPAIGN, 50, 0)
        .expect("the outbox")
        .outbox[0];
    assert!(
        waiting.state == "queued" && waiting.last_error.contains("451"),
        "{waiting:?}"
    );
    assert_eq!(
        deliver_due(&world.app, &mailer(&server)).expect("a round"),
        Delivered::default(),
        "not before its time"
    );
    world.clock.set("2022-09-10T08:02:00+07:00");
    assert_eq!(
        deliver_due(&world.app, &mailer(&server))
            .expect("a round")
            .sent,
        1
    );
    assert_eq!(server.messages().len(), 1);
}

#[test]
fn nobody_reminds_units_that_are_not_theirs_to_follow_up() {
    let world = province();
    let sibling = remind(&world.person("X12"), CAMPAIGN, &[world.report("X11")], "");
    assert!(matches!(sibling, Err(Error::NotFound)), "{sibling:?}");
    let both = remind(
        &world.person("H1"),
        CAMPAIGN,
        &[world.report("X11"), world.report("X21")],
        "",
    );
    assert!(matches!(both, Err(Error::NotFound)), "{both:?}");
    assert!(
        world.events("X11").is_empty(),
        "nothing is queued when one of the chosen is refused"
    );
}

#[test]
fn the_reminder_letter_is_drafted_in_the_name_of_the_body_that_follows_up() {
    let world = province();
    world.clock.set("2022-09-20T08:00:00+07:00");
    let signature = SignatureBlock {
        authority: None,
        position: "TRƯỞNG BAN".into(),
        name: "Người Ký".into(),
    };
    let wish = LetterWish {
        units: vec![world.report("X11"), world.report("X12")],
        new_date: None,
        signature,
    };
    let document = letter(&world.person("H1"), CAMPAIGN, &wish).expect("a letter");
    assert_eq!(document.issuer, "HUYỆN ỦY BẮC BÌNH");
    let text: String = document
        .body
        .iter()
        .map(|block| block.text() + "\n")
        .collect();
    insta::assert_snapshot!(text);
}

#[test]
fn a_letter_cannot_ask_for_a_day_that_has_passed() {
    let world = province();
    let wish = LetterWish {
        units: vec![world.report("X11")],
        new_date: Some(jiff::civil::date(2022, 9, 1)),
        signature: SignatureBlock::default(),
    };
    assert!(matches!(
        letter(&world.person("H1"), CAMPAIGN, &wish),
        Err(Error::Invalid(_))
    ));
}

#[test]
fn each_level_follows_up_its_own_units_and_the_lead_body_all_of_them() {
    let world = province();
    let owing = |unit: &str| {
        let seen = follow_up(&world.person(unit), CAMPAIGN, 50, 0).expect("a list");
        seen.owing
            .into_iter()
            .map(|owing| owing.unit_name)
            .collect::<Vec<_>>()
    };
    assert_eq!(owing("H1"), ["Đảng ủy xã Bình Tân", "Đảng ủy xã Sông Lũy"]);
    assert_eq!(owing("BDV").len(), 8);
    assert!(matches!(
        follow_up(&world.person("X11"), CAMPAIGN, 50, 0),
        Err(Error::Forbidden)
    ));
}
