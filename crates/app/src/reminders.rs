//! Following up: e-mails to chosen units, and the reminder letter for a person to sign.

use crate::ctx::{Ctx, LoadedReport, load_campaign, load_report};
use crate::error::{Error, Result};
use domain::access::{Role, Subject, Wish};
use domain::campaign::Campaign;
use domain::deadline::{Timeliness, day_of, vietnamese_date};
use domain::event::EventKind;
use domain::ids::AssignmentId;
use domain::official::compose::{LateUnit, LetterParts, reminder_letter};
use domain::official::{OfficialDocument, SignatureBlock, profile_named, profile_on};
use domain::org::Unit;
use jiff::ToSpan;
use jiff::civil::Date;
use store::Tx;
use store::assignments::{Followers, Owing};
use store::mail::{NewMail, QueuedMail};

/// Most units in one reminder.
const MOST_UNITS: usize = 500;
/// E-mails shown in the outbox.
const MOST_MAILS: i64 = 50;

/// What became of a reminder.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Reminded {
    /// E-mails put into the outbox.
    pub queued: usize,
    /// Units whose e-mail address is not known.
    pub without_address: Vec<String>,
    /// Units that have sent meanwhile and were not reminded.
    pub already_sent: Vec<String>,
}

/// Queues an e-mail to each unit that still owes its report; `note` is added in the coordinator's words.
///
/// # Errors
/// [`Error::Invalid`] when nobody is chosen; [`Error::NotFound`] or [`Error::Forbidden`] for a report that the actor
/// does not follow up. Nothing is queued then.
pub fn remind(
    ctx: &Ctx,
    short_id: &str,
    assignments: &[AssignmentId],
    note: &str,
) -> Result<Reminded> {
    check_choice(assignments)?;
    let (ctx_in, short_id, chosen) = (ctx.clone(), short_id.to_string(), assignments.to_vec());
    let note = domain::text::clean(note).trim().to_string();
    ctx.db().write(move |tx| {
        let mut reminded = Reminded::default();
        for id in &chosen {
            let Followed { loaded, unit } = follow(&ctx_in, tx, &short_id, *id)?;
            if loaded.assignment.state.is_with_superior() || !loaded.assignment.state.is_expected()
            {
                reminded.already_sent.push(unit.seed.name);
                continue;
            }
            let mut event = ctx_in.report_event(EventKind::Reminded, &loaded.assignment, unit.id);
            event.unit = ctx_in.acting_unit(&loaded.subject);
            event.detail =
                serde_json::json!({ "by": "email", "has_address": !unit.seed.email.is_empty() })
                    .to_string();
            store::events::append(tx, &event)?;
            if unit.seed.email.is_empty() {
                reminded.without_address.push(unit.seed.name);
                continue;
            }
            store::mail::queue(
                tx,
                &reminder_mail(&ctx_in, &loaded, &unit, &note),
                ctx_in.now,
            )?;
            reminded.queued += 1;
        }
        Ok(reminded)
    })
}

/// What a person who follows up needs to see.
#[derive(Debug, Clone)]
pub struct FollowUp {
    pub campaign: Campaign,
    /// Reports that are still owed to the units in whose name the actor follows up, the earliest due first.
    pub owing: Vec<Owing>,
    /// E-mails of the campaign, the newest first; empty for those who do not lead or coordinate it.
    pub outbox: Vec<QueuedMail>,
}

/// Who still owes a report (`limit` of them after `offset`), and what became of the e-mails.
///
/// # Errors
/// [`Error::NotFound`] or [`Error::Forbidden`] for those who follow nobody up.
pub fn follow_up(ctx: &Ctx, short_id: &str, limit: i64, offset: i64) -> Result<FollowUp> {
    ctx.db().read(|tx| {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let followers = followers(ctx, &subject);
        let leads = followers.whole_campaign;
        if !store::assignments::follows_any(tx, campaign.id, &followers)? {
            ctx.require(Wish::Remind, &subject)?;
        }
        let owing = store::assignments::owing(tx, campaign.id, &followers, limit, offset)?;
        let outbox = if leads {
            store::mail::of_campaign(tx, campaign.id, MOST_MAILS)?
        } else {
            Vec::new()
        };
        Ok(FollowUp {
            campaign,
            owing,
            outbox,
        })
    })
}

/// Whether the actor follows anybody up in a campaign; for offering the way there.
///
/// # Errors
/// [`Error::NotFound`] when there is no such campaign.
pub fn follows_up(ctx: &Ctx, short_id: &str) -> Result<bool> {
    ctx.db().read(|tx| {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let followers = followers(ctx, &subject);
        Ok(store::assignments::follows_any(
            tx,
            campaign.id,
            &followers,
        )?)
    })
}

/// The units in whose name the actor follows up.
fn followers(ctx: &Ctx, campaign: &Subject) -> Followers {
    let follows = |role| matches!(role, Role::Coordinator | Role::Leader | Role::Clerk);
    let grants = ctx.actor.grants.iter().filter(|grant| follows(grant.role));
    Followers {
        units: grants.map(|grant| grant.place.unit).collect(),
        whole_campaign: ctx.may(Wish::Remind, campaign),
    }
}

/// What a person fills in for a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterWish {
    pub units: Vec<AssignmentId>,
    /// The day by which the reports are now asked for; three days from today when `None`.
    pub new_date: Option<Date>,
    pub signature: SignatureBlock,
}

/// Drafts the reminder letter to chosen units, in the name of the body that follows them up.
///
/// # Errors
/// As for [`remind`]; [`Error::Invalid`] when the new day has passed.
pub fn letter(ctx: &Ctx, short_id: &str, wish: &LetterWish) -> Result<OfficialDocument> {
    check_choice(&wish.units)?;
    let today = day_of(ctx.now);
    let new_date = wish
        .new_date
        .unwrap_or_else(|| today.saturating_add(3.days()));
    if new_date < today {
        return Err(Error::invalid(
            "Ngày đề nghị gửi",
            format!(
                "{} đã qua. Hãy chọn từ ngày {} trở đi",
                vietnamese_date(new_date),
                vietnamese_date(today)
            ),
        ));
    }
    let (ctx_in, short_id, wish) = (ctx.clone(), short_id.to_string(), wish.clone());
    ctx.db().write(move |tx| {
        let mut units = Vec::new();
        let mut first = None;
        for id in &wish.units {
            let Followed { loaded, unit } = follow(&ctx_in, tx, &short_id, *id)?;
            let days_late = match loaded.assignment.timeliness(ctx_in.now) {
                Timeliness::Missing { days } => Some(days),
                _ => None,
            };
            units.push(LateUnit {
                name: unit.collective().to_string(),
                due: loaded.assignment.terms.due_date,
                days_late,
                destination: destination(tx, &loaded)?,
            });
            let mut event =
                ctx_in.report_event(EventKind::LetterDrafted, &loaded.assignment, unit.id);
            event.unit = ctx_in.acting_unit(&loaded.subject);
            store::events::append(tx, &event)?;
            first.get_or_insert(loaded);
        }
        let Some(first) = first else {
            return Err(Error::NotFound);
        };
        let issuer = issuer(&ctx_in, tx, &first)?;
        let profile = profile_named(&first.campaign.profile).unwrap_or_else(|| profile_on(today));
        let subject = in_a_sentence(&first.campaign.name);
        Ok(reminder_letter(LetterParts {
            profile,
            issuer: &issuer.seed,
            plan: plan_of(tx, &first.campaign)?,
            subject: &subject,
            units,
            new_date,
            today,
            signature: wish.signature.clone(),
            recipients: vec!["Như trên".into(), format!("Lưu {}", issuer.seed.name)],
        }))
    })
}

struct Followed {
    loaded: LoadedReport,
    unit: Unit,
}

/// Loads a report that the actor follows up in this campaign.
fn follow(ctx: &Ctx, tx: &mut dyn Tx, short_id: &str, id: AssignmentId) -> Result<Followed> {
    let loaded = load_report(tx, id)?;
    ctx.require(Wish::Remind, &Subject::Report(loaded.subject))?;
    if loaded.campaign.short_id != short_id {
        return Err(Error::NotFound);
    }
    let unit = store::units::by_id(tx, loaded.assignment.terms.unit)?;
    Ok(Followed { loaded, unit })
}

fn check_choice(assignments: &[AssignmentId]) -> Result<()> {
    match assignments.len() {
        0 => Err(Error::invalid(
            "Đơn vị",
            "chưa chọn đơn vị nào. Hãy đánh dấu ít nhất một đơn vị cần đôn đốc",
        )),
        count if count > MOST_UNITS => Err(Error::invalid(
            "Đơn vị",
            format!("chọn quá {MOST_UNITS} đơn vị một lần. Hãy chia thành nhiều lần"),
        )),
        _ => Ok(()),
    }
}

/// The unit in whose name the actor follows up.
fn issuer(ctx: &Ctx, tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<Unit> {
    let unit = ctx.acting_unit(&loaded.subject).ok_or(Error::Forbidden)?;
    Ok(store::units::by_id(tx, unit)?)
}

/// "Ban Thường vụ Tỉnh ủy (qua Ban Dân vận Tỉnh ủy)".
fn destination(tx: &mut dyn Tx, loaded: &LoadedReport) -> Result<String> {
    let to = loaded.assignment.terms.addressee_name.clone();
    Ok(match loaded.assignment.terms.via {
        Some(via) => format!("{to} (qua {})", store::units::by_id(tx, via)?.seed.name),
        None => to,
    })
}

/// `Kế hoạch số 12-KH/TU, ngày 01/8/2022 của Ban Thường vụ Tỉnh ủy`; empty when the plan's number is not known.
fn plan_of(tx: &mut dyn Tx, campaign: &Campaign) -> Result<String> {
    let Some(id) = campaign.plan else {
        return Ok(String::new());
    };
    let plan = store::plans::by_id(tx, id)?.edited;
    let Some(number) = plan.number else {
        return Ok(String::new());
    };
    let dated = plan
        .date
        .map(|date| format!(", ngày {}", vietnamese_date(date)))
        .unwrap_or_default();
    let issuer = plan
        .issuer
        .map(|issuer| format!(" của {issuer}"))
        .unwrap_or_default();
    let kind = plan.kind.as_deref().unwrap_or("kế hoạch");
    let kind = with_first(kind, |first| first.to_uppercase().to_string());
    Ok(format!("{kind} số {number}{dated}{issuer}"))
}

/// The name of a campaign within a sentence: "sơ kết 05 năm …".
fn in_a_sentence(name: &str) -> String {
    with_first(name, |first| first.to_lowercase().to_string())
}

/// The words with their first letter changed.
fn with_first(words: &str, change: impl FnOnce(char) -> String) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| change(first) + letters.as_str())
        .unwrap_or_default()
}

fn reminder_mail(ctx: &Ctx, loaded: &LoadedReport, unit: &Unit, note: &str) -> NewMail {
    let campaign = &loaded.campaign;
    let assignment = &loaded.assignment;
    let due = match (assignment.terms.due_date, assignment.timeliness(ctx.now)) {
        (Some(due), Timeliness::Missing { days }) => format!(
            "Hạn gửi: {} ({}). Đã quá hạn {days} ngày.",
            vietnamese_date(due),
            assignment.terms.due_phrase
        ),
        (Some(due), _) => format!(
            "Hạn gửi: {} ({}).",
            vietnamese_date(due),
            assignment.terms.due_phrase
        ),
        (None, _) => "Hạn gửi: theo thông báo của cấp trên trực tiếp.".to_string(),
    };
    let note = if note.is_empty() {
        String::new()
    } else {
        format!("\n{note}\n")
    };
    NewMail {
        campaign: Some(campaign.id),
        assignment: Some(assignment.id),
        to: unit.seed.email.clone(),
        subject: format!("Đôn đốc gửi báo cáo: {}", campaign.name),
        body: format!(
            "Kính gửi {},\n\nĐợt báo cáo: {}.\nNơi nhận báo cáo: {}.\n{due}\n\nHiện hệ thống chưa nhận được báo cáo của đơn vị (bước hiện tại: {}).\n\
             Đề nghị đơn vị hoàn thành, thông qua tập thể và gửi báo cáo đúng thời gian quy định.\n{note}\n\
             Thư này được gửi từ hệ thống đôn đốc báo cáo theo yêu cầu của {}.\n",
            unit.collective(),
            campaign.name,
            assignment.terms.addressee_name,
            assignment.state.label().to_lowercase(),
            ctx.actor.name
        ),
    }
}
