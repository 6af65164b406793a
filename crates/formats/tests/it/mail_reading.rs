//! E-mails with attachments, pages saved as e-mails, mailboxes.

use formats::{Note, ReadError, limits, read_document, read_incoming, read_mail, read_mailbox};

const MAIL: &str = "From: =?UTF-8?B?VsSDbiB0aMaw?= <vanthu@bacbinh.vn>\r\nTo: x@y.vn\r\nDate: Mon, 26 Sep 2022 08:00:00 +0700\r\nMessage-ID: <a1@bacbinh.vn>\r\nSubject: =?UTF-8?Q?G=E1=BB=ADi_b=C3=A1o_c=C3=A1o?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n\
--b\r\nContent-Type: multipart/alternative; boundary=\"c\"\r\n\r\n--c\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nK\u{ed}nh g\u{1eed}i k\u{e8}m.\r\n--c\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Kh\u{e1}c</p>\r\n--c--\r\n\
--b\r\nContent-Type: text/plain; name=\"ke-hoach.txt\"; charset=utf-8\r\nContent-Disposition: attachment; filename=\"ke-hoach.txt\"\r\nContent-Transfer-Encoding: base64\r\n\r\nS+G6vyBob+G6oWNoIHPGoSBr4bq/dA==\r\n\
--b\r\nContent-Type: image/png; name=\"anh.png\"\r\nContent-Disposition: attachment; filename=\"anh.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";

#[test]
fn a_mail_gives_its_text_and_its_attachments() {
    let mail = read_mail(MAIL.as_bytes()).expect("readable");
    assert_eq!(
        (mail.subject.as_str(), mail.from.as_str()),
        ("Gửi báo cáo", "vanthu@bacbinh.vn")
    );
    assert_eq!(mail.message_id.as_deref(), Some("a1@bacbinh.vn"));
    assert_eq!(mail.date.as_deref(), Some("2022-09-26T08:00:00+07:00"));
    assert_eq!(mail.body.document.text(), "Kính gửi kèm.\n");
    let names: Vec<&str> = mail
        .attachments
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(names, ["ke-hoach.txt", "anh.png"]);
    let plan = &mail.attachments[0];
    assert_eq!(
        read_document(&plan.name, &plan.bytes)
            .expect("readable")
            .text(),
        "Kế hoạch sơ kết\n"
    );
}

#[test]
fn as_one_document_it_is_the_text_and_every_readable_attachment_and_the_rest_is_named() {
    let incoming = read_incoming("thu.eml", MAIL.as_bytes()).expect("readable");
    assert_eq!(
        incoming.document.text(),
        "Kính gửi kèm.\n\nKế hoạch sơ kết\n"
    );
    assert_eq!(
        incoming.notes,
        [Note::Mail {
            read: "nội dung thư, tệp đính kèm “ke-hoach.txt”".into(),
            others: vec!["tệp đính kèm “anh.png”".into()]
        }]
    );
}

#[test]
fn a_mailbox_gives_its_mails_one_by_one() {
    let mailbox = format!(
        "From a@b Mon Sep 26 08:00:00 2022\n{MAIL}\nFrom c@d Tue Sep 27 08:00:00 2022\nSubject: hai\nFrom: c@d.vn\n\n>From đầu dòng\n"
    );
    let mails = read_mailbox(mailbox.as_bytes()).expect("readable");
    assert_eq!(mails.len(), 2);
    let second = mails[1].as_ref().expect("readable");
    assert_eq!(
        (
            second.subject.as_str(),
            second.body.document.text().as_str()
        ),
        ("hai", "From đầu dòng\n")
    );
}

#[test]
fn a_page_saved_as_a_word_file_by_an_office_system_is_read_by_what_it_is() {
    let page = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\r\n<html><body><p>Công văn</p></body></html>\r\n--b--\r\n";
    let incoming = read_incoming("cong-van.doc", page.as_bytes()).expect("readable");
    assert_eq!(incoming.document.text(), "Công văn\n");
    assert!(incoming.notes.contains(&Note::OtherKind {
        said: "doc".into(),
        is: "thư điện tử"
    }));
}

#[test]
fn a_mailbox_without_end_and_mails_within_mails_are_bounded() {
    let many = "From a@b x\nSubject: x\n\nx\n".repeat(limits::MAILS + 1);
    assert!(matches!(
        read_mailbox(many.as_bytes()),
        Err(ReadError::TooMany { .. })
    ));
    let mut nested = String::from("Subject: x\r\nMIME-Version: 1.0\r\n\r\nlõi");
    for _ in 0..50 {
        nested = format!(
            "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b{0}\"\r\n\r\n--b{0}\r\nContent-Type: message/rfc822\r\n\r\n{nested}\r\n--b{0}--\r\n",
            nested.len()
        );
    }
    let _ = read_incoming("a.eml", nested.as_bytes());
}
