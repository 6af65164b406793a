//! E-mails: their text and what is attached; mailboxes as files of many e-mails.

use crate::error::{Countable, ReadError};
use crate::html;
use crate::limits;
use crate::notes::Note;
use crate::plain;
use crate::read::{Incoming, check_size, read_incoming};
use crate::settle::settle;
use crate::sniff::{Container, container, extension};
use domain::doc::Block;
use domain::text::clean_line;
use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// An e-mail.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mail {
    pub subject: String,
    /// The sender's address.
    pub from: String,
    /// As RFC 3339, when the mail says it.
    pub date: Option<String>,
    pub message_id: Option<String>,
    /// Its text; of two forms the plain one when it holds any.
    pub body: Incoming,
    /// In the order of the mail. Mails that are attached are files of their own.
    pub attachments: Vec<Attachment>,
}

/// A file that came with an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// As the sender called it; never use it as a path.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Whether a file is an e-mail.
pub fn is_mail(name: &str, bytes: &[u8]) -> bool {
    match container(bytes) {
        Container::Mail => true,
        Container::Other => extension(name) == "eml",
        _ => false,
    }
}

/// Takes one e-mail apart.
///
/// # Errors
/// [`ReadError::Damaged`], [`ReadError::TooMany`].
pub fn read_mail(bytes: &[u8]) -> Result<Mail, ReadError> {
    let damaged = |detail: &str| ReadError::Damaged {
        part: "thư".into(),
        detail: detail.to_owned(),
    };
    check_size(bytes)?;
    catch_unwind(AssertUnwindSafe(|| {
        let message = MessageParser::default()
            .parse(bytes)
            .ok_or_else(|| damaged("no message"))?;
        taken_apart(&message)
    }))
    .unwrap_or_else(|_| Err(damaged("the reader panicked")))
}

/// The e-mails of a mailbox file (mbox).
///
/// # Errors
/// [`ReadError::TooMany`] for more e-mails than a mailbox may hold; a single damaged one is an error in its place.
pub fn read_mailbox(bytes: &[u8]) -> Result<Vec<Result<Mail, ReadError>>, ReadError> {
    let mut mails = Vec::new();
    for message in MessageIterator::new(bytes) {
        if mails.len() >= limits::MAILS {
            return Err(ReadError::TooMany {
                what: Countable::Mails,
                limit: limits::MAILS,
            });
        }
        mails.push(match message {
            Ok(message) => read_mail(message.contents()),
            Err(error) => Err(ReadError::Damaged {
                part: "hộp thư".into(),
                detail: error.to_string(),
            }),
        });
    }
    Ok(mails)
}

/// An e-mail as one document: its text, then each attachment that can be read, each on a new page.
///
/// # Errors
/// As [`read_mail`].
pub fn read_as_document(bytes: &[u8], depth: usize) -> Result<Incoming, ReadError> {
    let mail = read_mail(bytes)?;
    let mut all = mail.body;
    let (mut read, mut others) = (vec!["nội dung thư".to_owned()], Vec::new());
    for attachment in mail.attachments {
        let named = format!("tệp đính kèm “{}”", attachment.name);
        match read_incoming_at(&attachment, depth) {
            Ok(incoming) => {
                all.document.blocks.push(Block::PageBreak);
                all.document.blocks.extend(incoming.document.blocks);
                all.notes.extend(incoming.notes);
                read.push(named);
            }
            Err(_) => others.push(named),
        }
        if all.document.blocks.len() > limits::BLOCKS {
            return Err(ReadError::TooMany {
                what: Countable::Blocks,
                limit: limits::BLOCKS,
            });
        }
    }
    all.notes.push(Note::Mail {
        read: read.join(", "),
        others,
    });
    Ok(all)
}

/// An attached mail is read once more, those within it are not.
fn read_incoming_at(attachment: &Attachment, depth: usize) -> Result<Incoming, ReadError> {
    let is_mail = is_mail(&attachment.name, &attachment.bytes);
    match (is_mail, depth) {
        (false, _) => read_incoming(&attachment.name, &attachment.bytes),
        (true, 0) => read_as_document(&attachment.bytes, 1),
        (true, _) => Err(ReadError::TooMany {
            what: Countable::Mails,
            limit: 1,
        }),
    }
}

fn taken_apart(message: &Message<'_>) -> Result<Mail, ReadError> {
    let mut mail = Mail {
        subject: clean_line(message.subject().unwrap_or_default()),
        from: message
            .from()
            .and_then(|from| from.first())
            .and_then(|from| from.address())
            .map(clean_line)
            .unwrap_or_default(),
        date: message.date().map(mail_parser::DateTime::to_rfc3339),
        message_id: message.message_id().map(clean_line),
        body: body(message)?,
        attachments: Vec::new(),
    };
    settle(&mut mail.body)?;
    let mut bytes = 0_usize;
    for (index, part) in message.attachments().enumerate() {
        if index >= limits::ATTACHMENTS {
            return Err(ReadError::TooMany {
                what: Countable::Attachments,
                limit: limits::ATTACHMENTS,
            });
        }
        let attachment = attachment(part, index);
        bytes = bytes.saturating_add(attachment.bytes.len());
        if bytes > limits::FILE_BYTES {
            return Err(ReadError::TooLarge { bytes });
        }
        mail.attachments.push(attachment);
    }
    Ok(mail)
}

fn attachment(part: &MessagePart<'_>, index: usize) -> Attachment {
    let fallback = if matches!(part.body, PartType::Message(_)) {
        format!("thu-{}.eml", index + 1)
    } else {
        format!("tep-{}", index + 1)
    };
    Attachment {
        name: part
            .attachment_name()
            .map(clean_line)
            .filter(|name| !name.is_empty())
            .unwrap_or(fallback),
        bytes: match &part.body {
            PartType::Message(message) => message.raw_message().to_vec(),
            _ => part.contents().to_vec(),
        },
    }
}

/// The text of the mail. Most programs send two forms of it; a page saved as a mail has one.
fn body(message: &Message<'_>) -> Result<Incoming, ReadError> {
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    });
    if let Some(text) = plain {
        return plain::read_str(text);
    }
    match message.body_html(0) {
        Some(text) => html::read_str(&text),
        None => Ok(Incoming::default()),
    }
}
