//! The mail server of the tests against the mail client of the product.

use crate::smtp_server::SmtpServer;
use lettre::transport::smtp::Error;
use lettre::{Message, SmtpTransport, Transport};

fn send(server: &SmtpServer, recipients: &[&str]) -> Result<(), Error> {
    let message = recipients.iter().fold(Message::builder(), |message, to| {
        message.to(to.parse().expect("an address"))
    });
    let message = message
        .from("dondoc@tinh.example".parse().expect("an address"))
        .subject("Reminder")
        .body("First line\n.a line that begins with a dot\n".to_owned())
        .expect("a complete message");
    SmtpTransport::builder_dangerous(server.host())
        .port(server.port())
        .build()
        .send(&message)
        .map(|_| ())
}

#[test]
fn a_message_is_kept_with_its_envelope_and_text() {
    let server = SmtpServer::start();
    send(&server, &["xa-a@tinh.example", "xa-b@tinh.example"]).unwrap();
    let messages = server.messages();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].from, "dondoc@tinh.example");
    assert_eq!(messages[0].to, ["xa-a@tinh.example", "xa-b@tinh.example"]);
    let (head, body) = messages[0].source.split_once("\n\n").unwrap();
    assert!(head.contains("Subject: Reminder"), "{head}");
    assert_eq!(
        body.trim_end(),
        "First line\n.a line that begins with a dot"
    );
}

#[test]
fn a_postponed_message_is_taken_at_the_next_try() {
    let server = SmtpServer::start();
    server.postpone(2);
    for _ in 0..2 {
        assert!(
            send(&server, &["xa-a@tinh.example"])
                .unwrap_err()
                .is_transient()
        );
    }
    assert_eq!(server.messages(), []);
    send(&server, &["xa-a@tinh.example"]).unwrap();
    assert_eq!(server.messages().len(), 1);
    assert_eq!(server.connections(), 3);
}

#[test]
fn an_unknown_mailbox_is_refused_for_good() {
    let server = SmtpServer::start();
    server.does_not_know("nham@tinh.example");
    assert!(
        send(&server, &["nham@tinh.example"])
            .unwrap_err()
            .is_permanent()
    );
    send(&server, &["xa-a@tinh.example"]).unwrap();
}

#[test]
fn a_closed_server_refuses_until_it_opens_again() {
    let mut server = SmtpServer::start();
    server.close();
    let refused = send(&server, &["xa-a@tinh.example"]).unwrap_err();
    assert!(
        !refused.is_permanent() && !refused.is_transient(),
        "no answer at all: {refused}"
    );
    server.open_again();
    send(&server, &["xa-a@tinh.example"]).unwrap();
    assert_eq!(server.messages().len(), 1);
}
