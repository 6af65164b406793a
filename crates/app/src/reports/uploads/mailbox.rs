//! Reports that came by mail: templates attached to the mails of a mailbox file, each matched with its report.

use super::{Applied, Choices, Comparison, apply, keep, preview, read};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reports::attachments::clean_name;
use domain::ids::AssignmentId;
use domain::report::anchors::Anchor;
use formats::{Attachment, Mail};

/// One attached file, or a mail that could not be read.
#[derive(Debug)]
pub struct Delivery {
    pub from: String,
    pub subject: String,
    /// As RFC 3339, when the mail says it.
    pub date: Option<String>,
    /// Empty for a mail without an attachment that can be read.
    pub file: String,
    pub outcome: Delivered,
}

/// What an attached file is.
#[derive(Debug)]
pub enum Delivered {
    /// The template of a report that the actor may write in, with what it would change.
    Template {
        report: AssignmentId,
        changes: Box<Comparison>,
        /// What came into the draft; `None` when nothing was asked to.
        applied: Option<Applied>,
    },
    /// No template: left alone.
    Other,
    /// Why it is not taken.
    Refused(String),
}

/// Looks through a mailbox file (mbox) or a single mail (eml). Only with `take` templates come into their drafts, one
/// by one, as proposed; one that is refused does not stop the others.
///
/// # Errors
/// [`Error::Invalid`] when the file is no mailbox.
pub fn of_mailbox(ctx: &Ctx, name: &str, bytes: &[u8], take: bool) -> Result<Vec<Delivery>> {
    let wrong = |error: formats::ReadError| Error::invalid(name.to_owned(), error.message());
    let mails = if bytes.starts_with(b"From ") {
        formats::read_mailbox(bytes).map_err(wrong)?
    } else {
        vec![Ok(formats::read_mail(bytes).map_err(wrong)?)]
    };
    Ok(mails
        .into_iter()
        .flat_map(|mail| match mail {
            Ok(mail) => of_mail(ctx, &mail, take),
            Err(error) => vec![Delivery {
                from: String::new(),
                subject: String::new(),
                date: None,
                file: String::new(),
                outcome: Delivered::Refused(error.message()),
            }],
        })
        .collect())
}

fn of_mail(ctx: &Ctx, mail: &Mail, take: bool) -> Vec<Delivery> {
    let delivery = |file: &str, outcome| Delivery {
        from: mail.from.clone(),
        subject: mail.subject.clone(),
        date: mail.date.clone(),
        file: file.to_owned(),
        outcome,
    };
    if mail.attachments.is_empty() {
        return vec![delivery("", Delivered::Other)];
    }
    mail.attachments
        .iter()
        .map(|file| {
            let outcome = of_file(ctx, file, take)
                .unwrap_or_else(|error| Delivered::Refused(error.to_string()));
            delivery(&file.name, outcome)
        })
        .collect()
}

fn of_file(ctx: &Ctx, file: &Attachment, take: bool) -> Result<Delivered> {
    let is_report = file
        .name
        .rsplit_once('.')
        .is_some_and(|(_, end)| matches!(end.to_lowercase().as_str(), "docx" | "docm" | "odt"));
    if !is_report {
        return Ok(Delivered::Other);
    }
    let filled = read(ctx, &clean_name(&file.name)?, &file.bytes)?;
    let found = filled.marks.iter().find_map(|mark| match mark.anchor {
        Anchor::Template { assignment, .. } => Some(assignment),
        _ => None,
    });
    let Some(report) = found else {
        return Ok(Delivered::Other);
    };
    let not_ours = |error| match error {
        Error::NotFound => Error::Refused(
            "mẫu báo cáo của đơn vị hoặc đợt báo cáo mà tài khoản này không soạn".into(),
        ),
        other => other,
    };
    let changes = preview(ctx, report, &file.name, &file.bytes).map_err(not_ours)?;
    let applied = if take {
        let kept = keep(ctx, report, &file.name, file.bytes.clone())?;
        Some(apply(ctx, report, kept, Choices::default())?)
    } else {
        None
    };
    Ok(Delivered::Template {
        report,
        changes: Box::new(changes),
        applied,
    })
}
