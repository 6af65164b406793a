//! Plans: reading a file, letting a person check and change what was read, confirming it.

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::incoming;
use crate::ports::Convert;
use crate::secrets;
use crate::uploads::sha256;
use domain::access::{Subject, Wish};
use domain::doc::Document;
use domain::event::{Event, EventKind};
use domain::ids::{CampaignId, PlanId};
use domain::plan::{Duty, Instrument, Plan, Reading};
use domain::text::clean_line;
use formats::{Incoming, Note};

pub use store::plans::{PlanLine, StoredPlan};

/// A plan as it was read from a file.
#[derive(Debug, Clone)]
pub struct ReadPlan {
    pub document: Document,
    pub reading: Reading,
    /// What the reader left out or repaired; the findings say it, too.
    pub notes: Vec<Note>,
}

/// Reads a plan out of a file; what it does not say stays empty, with a finding where that matters. Of an e-mail the
/// part is read that looks most like a plan.
///
/// # Errors
/// [`Error::Invalid`] when the file cannot be read, [`Error::Refused`] when it bears a mark of State secrets.
pub fn read_file(office: &dyn Convert, file_name: &str, bytes: &[u8]) -> Result<ReadPlan> {
    if formats::is_mail(file_name, bytes) {
        return of_mail(office, file_name, bytes);
    }
    read_plan(incoming::read(office, file_name, bytes)?, bytes)
}

fn read_plan(incoming: Incoming, bytes: &[u8]) -> Result<ReadPlan> {
    let Incoming {
        document, notes, ..
    } = incoming;
    secrets::refuse_unrecorded_document(&document, bytes)?;
    let mut reading = domain::plan::read(&document);
    reading.plan.findings.extend(incoming::findings(&notes));
    reading
        .plan
        .findings
        .sort_by_key(|finding| (finding.start, finding.end));
    Ok(ReadPlan {
        document,
        reading,
        notes,
    })
}

fn of_mail(office: &dyn Convert, file_name: &str, bytes: &[u8]) -> Result<ReadPlan> {
    let mail = formats::read_mail(bytes)
        .map_err(|error| Error::invalid(clean_line(file_name), error.message()))?;
    let mut others = Vec::new();
    let mut best: Option<(String, ReadPlan)> = None;
    let body = ("nội dung thư".to_owned(), Ok(mail.body), Vec::new());
    let files = mail.attachments.into_iter().map(|file| {
        let read = incoming::read(office, &file.name, &file.bytes);
        (format!("tệp đính kèm “{}”", file.name), read, file.bytes)
    });
    for (named, read, bytes) in std::iter::once(body).chain(files) {
        let Ok(incoming) = read else {
            others.push(named);
            continue;
        };
        // A mark of secrecy on any part refuses the whole mail.
        let plan = read_plan(incoming, &bytes)?;
        match &best {
            Some((_, so_far)) if likeness(so_far) >= likeness(&plan) => others.push(named),
            _ => others.extend(best.replace((named, plan)).map(|(named, _)| named)),
        }
    }
    let Some((read, mut plan)) = best.filter(|(_, plan)| !plan.document.text().trim().is_empty())
    else {
        return Err(Error::invalid(
            clean_line(file_name),
            "Thư không có nội dung hoặc tệp đính kèm nào đọc được. Hãy lưu tệp kế hoạch trong thư ra máy rồi chọn tệp đó.",
        ));
    };
    let note = Note::Mail { read, others };
    let said = std::slice::from_ref(&note);
    plan.reading
        .plan
        .findings
        .splice(0..0, incoming::findings(said));
    plan.notes.push(note);
    Ok(plan)
}

/// How much a part of a mail looks like a plan: it has a type word and gives duties; then the longer one.
fn likeness(plan: &ReadPlan) -> (bool, bool, usize) {
    let read = &plan.reading.plan;
    (
        read.kind.is_some() && read.number.is_some(),
        !read.assignments.is_empty(),
        plan.document.blocks.len(),
    )
}

/// Reads and stores a plan, for a person to check.
///
/// # Errors
/// As [`read_file`]; nothing is stored then.
pub fn read_upload(ctx: &Ctx, file_name: &str, bytes: &[u8]) -> Result<PlanId> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let read = secrets::recorded(ctx, read_file(ctx.app().office(), file_name, bytes))?;
    store_read(ctx, file_name, bytes, read)
}

/// What became of an uploaded file.
pub enum Uploaded {
    Stored(PlanId),
    /// It was repaired from an old encoding: a person compares first, then [`confirm_upload`] takes it by this name.
    Repaired {
        kept: String,
        read: Box<ReadPlan>,
    },
}

/// As [`read_upload`], but text in an old encoding waits for a person to compare.
///
/// # Errors
/// As [`read_file`]; nothing is stored then.
pub fn upload(ctx: &Ctx, file_name: &str, bytes: &[u8]) -> Result<Uploaded> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let read = secrets::recorded(ctx, read_file(ctx.app().office(), file_name, bytes))?;
    if incoming::repair(&read.notes).is_some() {
        let kept = crate::uploads::keep(ctx, bytes)?;
        return Ok(Uploaded::Repaired {
            kept,
            read: Box::new(read),
        });
    }
    store_read(ctx, file_name, bytes, read).map(Uploaded::Stored)
}

/// Takes a file whose repair somebody compared.
///
/// # Errors
/// [`Error::NotFound`] when it was not kept; as [`read_file`].
pub fn confirm_upload(ctx: &Ctx, file_name: &str, kept: &str) -> Result<PlanId> {
    let bytes = crate::uploads::take(ctx, kept)?;
    read_upload(ctx, file_name, &bytes)
}

fn store_read(ctx: &Ctx, file_name: &str, bytes: &[u8], read: ReadPlan) -> Result<PlanId> {
    let ReadPlan {
        document, reading, ..
    } = read;
    let (file_name, bytes, hash) = (clean_line(file_name), bytes.to_vec(), sha256(bytes));
    let event = Event {
        detail: serde_json::json!({
            "file": file_name,
            "sha256": hash,
            "duties": reading.plan.assignments.len(),
            "findings": reading.plan.findings.len(),
        })
        .to_string(),
        ..ctx.event(EventKind::PlanRead, own_unit(ctx))
    };
    let (by, now) = (ctx.account(), ctx.now);
    ctx.db().write(move |tx| -> Result<PlanId> {
        store::blobs::put(tx, &hash, &bytes)?;
        let plan = store::plans::NewPlan {
            file_name: &file_name,
            blob_sha256: &hash,
            document: &document,
            reading: &reading,
        };
        let id = store::plans::create(tx, &plan, by, now)?;
        store::events::append(tx, &event)?;
        Ok(id)
    })
}

fn own_unit(ctx: &Ctx) -> Option<domain::ids::UnitId> {
    ctx.actor.grants.first().map(|grant| grant.place.unit)
}

/// All plans, the newest first.
pub fn list(ctx: &Ctx) -> Result<Vec<PlanLine>> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::plans::list(tx, 100)?) })
}

/// One plan with everything that was made of it.
pub fn get(ctx: &Ctx, id: PlanId) -> Result<StoredPlan> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::plans::by_id(tx, id)?) })
}

/// The file as it was brought, with its name.
pub fn file(ctx: &Ctx, id: PlanId) -> Result<(String, Vec<u8>)> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db().read(|tx| -> Result<_> {
        let plan = store::plans::by_id(tx, id)?;
        Ok((plan.file_name, store::blobs::get(tx, &plan.blob_sha256)?))
    })
}

/// Replaces the edited copy; it has to be confirmed again. Findings stay as they were read.
///
/// # Errors
/// [`Error::Conflict`] when a campaign was opened from it already.
pub fn save(ctx: &Ctx, id: PlanId, plan: Plan) -> Result<()> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let plan = cleaned(plan);
    let event = Event {
        detail: serde_json::json!({ "plan": id }).to_string(),
        ..ctx.event(EventKind::PlanEdited, own_unit(ctx))
    };
    ctx.db().write(move |tx| -> Result<()> {
        let stored = store::plans::by_id(tx, id)?;
        refuse_when_used(tx, id)?;
        let plan = Plan {
            findings: stored.reading.plan.findings,
            ..plan.clone()
        };
        if plan == stored.edited {
            return Ok(());
        }
        store::plans::update_edited(tx, id, &plan)?;
        store::events::append(tx, &event)?;
        Ok(())
    })
}

fn refuse_when_used(tx: &mut dyn store::Tx, id: PlanId) -> Result<()> {
    match store::campaigns::of_plan(tx, id)?.first() {
        Some((_, short_id)) => Err(Error::Conflict(format!(
            "Đợt báo cáo {short_id} đã được lập từ kế hoạch này nên không sửa được nữa. Hãy sửa ở trang của đợt, hoặc đọc lại tệp kế hoạch thành bản mới"
        ))),
        None => Ok(()),
    }
}

/// A person stands behind the edited copy; campaigns may be opened from it.
pub fn confirm(ctx: &Ctx, id: PlanId) -> Result<()> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let event = Event {
        detail: serde_json::json!({ "plan": id }).to_string(),
        ..ctx.event(EventKind::PlanConfirmed, own_unit(ctx))
    };
    let (by, now) = (ctx.account(), ctx.now);
    ctx.db().write(move |tx| -> Result<()> {
        if store::plans::by_id(tx, id)?.confirmed_at.is_some() {
            return Ok(());
        }
        store::plans::confirm(tx, id, by, now)?;
        store::events::append(tx, &event)?;
        Ok(())
    })
}

/// The campaigns that were opened from a plan, with their short ids.
pub fn campaigns(ctx: &Ctx, id: PlanId) -> Result<Vec<(CampaignId, String)>> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    ctx.db()
        .read(|tx| -> Result<_> { Ok(store::campaigns::of_plan(tx, id)?) })
}

/// Every text as it is stored, empty ones as not stated.
fn cleaned(plan: Plan) -> Plan {
    Plan {
        title: optional(plan.title),
        kind: optional(plan.kind),
        number: optional(plan.number),
        issuer: optional(plan.issuer),
        legal_basis: plan.legal_basis.into_iter().map(instrument).collect(),
        instruments_under_review: plan
            .instruments_under_review
            .into_iter()
            .map(instrument)
            .collect(),
        purposes: lines(plan.purposes),
        assignments: plan.assignments.into_iter().map(duty).collect(),
        lead: lines(plan.lead),
        coordinate: lines(plan.coordinate),
        recipients: lines(plan.recipients),
        signer: domain::plan::Signer {
            authority: optional(plan.signer.authority),
            title: optional(plan.signer.title),
            name: optional(plan.signer.name),
        },
        ..plan
    }
}

fn optional(text: Option<String>) -> Option<String> {
    text.map(|text| clean_line(&text))
        .filter(|text| !text.is_empty())
}

fn lines(lines: Vec<String>) -> Vec<String> {
    lines
        .iter()
        .map(|line| clean_line(line))
        .filter(|line| !line.is_empty())
        .collect()
}

fn instrument(instrument: Instrument) -> Instrument {
    Instrument {
        number: optional(instrument.number),
        date: instrument.date,
        issuer: optional(instrument.issuer),
        title: optional(instrument.title),
    }
}

fn duty(duty: Duty) -> Duty {
    Duty {
        who: lines(duty.who),
        deliverable: optional(duty.deliverable),
        to: optional(duty.to),
        via: optional(duty.via),
        adopted_by: optional(duty.adopted_by),
        due_inclusive: duty.due.map(|_| duty.due_inclusive.unwrap_or(false)),
        due_set_by: optional(duty.due_set_by),
        ..duty
    }
}
