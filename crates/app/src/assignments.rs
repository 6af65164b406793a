//! Who owes what: deriving it from the plan, changing lines before the issue, and dues set or extended afterwards.

use crate::campaigns::load_preparing;
use crate::ctx::{Ctx, campaign_subject, load_campaign};
use crate::error::{Error, Problem, Result};
use domain::access::{Subject, Wish};
use domain::campaign::derive::{composed, due, last_moment};
use domain::campaign::{Assignment, Campaign, CampaignState, Terms};
use domain::deadline::{
    Due, DuePolicy, check_delegated_due, day_of, vietnamese_date, vietnamese_time,
};
use domain::event::EventKind;
use domain::ids::{AssignmentId, TaskId, UnitId};
use domain::report::lifecycle::State;
use domain::text::clean_line;
use jiff::civil::Date;
use serde::Serialize;
use store::Tx;

pub use store::assignments::{AssignmentLine, LineFilter};
pub use store::tasks::StoredTask;

/// What deriving gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DerivedSummary {
    pub assignments: usize,
    pub tasks: usize,
    /// Words of the plan that lead to nobody, for the coordinator to settle by hand.
    pub problems: Vec<String>,
}

/// Derives all assignments and tasks from the campaign's plan; replaces those that were there.
///
/// # Errors
/// [`Error::Refused`] for a campaign without a plan, or one that is issued.
pub fn derive(ctx: &Ctx, short_id: &str) -> Result<DerivedSummary> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app()
        .db
        .clone()
        .write(move |tx| -> Result<DerivedSummary> {
            let campaign = load_preparing(&ctx, tx, &short_id)?;
            let plan = campaign.plan.ok_or_else(|| {
                Error::Refused(
                    "Đợt này không lập từ kế hoạch nào. Hãy thêm từng nhiệm vụ báo cáo".into(),
                )
            })?;
            let plan = store::plans::by_id(tx, plan)?.edited;
            let units = store::units::whole_tree(tx, campaign.tree)?;
            let derived = domain::campaign::derive(&plan, &units, campaign.due_policy);
            store::assignments::clear(tx, campaign.id)?;
            store::tasks::clear(tx, campaign.id)?;
            for proposed in &derived.assignments {
                let id = store::assignments::create(
                    tx,
                    campaign.id,
                    &proposed.terms,
                    proposed.due_at,
                    ctx.now,
                )?;
                let source = plan
                    .assignments
                    .get(proposed.duty)
                    .map_or("", |duty| duty.source.text.as_str());
                store::assignments::set_source(tx, id, source)?;
            }
            for task in &derived.tasks {
                store::tasks::create(tx, campaign.id, task)?;
            }
            let summary = DerivedSummary {
                assignments: derived.assignments.len(),
                tasks: derived.tasks.len(),
                problems: derived.problems.iter().map(ToString::to_string).collect(),
            };
            let mut event = ctx.campaign_event(EventKind::AssignmentsDerived, campaign.id);
            event.detail = serde_json::json!(summary).to_string();
            store::events::append(tx, &event)?;
            Ok(summary)
        })
}

/// Reckons every due anew after the campaign's reading of dues changed.
pub(crate) fn reckon_dues(tx: &mut dyn Tx, campaign: &Campaign) -> Result<()> {
    for assignment in store::assignments::of_campaign(tx, campaign.id)? {
        let due_at = last_moment(&assignment.terms, campaign.due_policy);
        store::assignments::update_terms(
            tx,
            assignment.id,
            &assignment.terms,
            due_at,
            assignment.original_due_at,
        )?;
    }
    Ok(())
}

/// Both readings of a due, in words: strict first.
pub fn both_readings(terms: &Terms) -> Option<(String, String)> {
    let due = due(terms)?;
    Some((
        vietnamese_time(due.last_moment(DuePolicy::Strict)),
        vietnamese_time(due.last_moment(DuePolicy::Lenient)),
    ))
}

/// One page of the list of assignments.
#[derive(Debug, Clone)]
pub struct Listing {
    pub campaign: Campaign,
    pub lines: Vec<AssignmentLine>,
    /// How many lines the filter leaves on all pages.
    pub total: i64,
    pub by_level: Vec<(u8, i64)>,
    pub may_manage: bool,
}

/// Lines of the list, `limit` of them after the first `offset`.
pub fn list(
    ctx: &Ctx,
    short_id: &str,
    filter: &LineFilter,
    limit: i64,
    offset: i64,
) -> Result<Listing> {
    ctx.db().read(|tx| -> Result<_> {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let may_manage = ctx.may(Wish::ManageCampaign, &subject);
        if !may_manage {
            ctx.require(Wish::ReadBoard, &subject)?;
        }
        Ok(Listing {
            lines: store::assignments::lines(tx, campaign.id, filter, limit, offset)?,
            total: store::assignments::count(tx, campaign.id, filter)?,
            by_level: store::assignments::count_by_level(tx, campaign.id)?,
            campaign,
            may_manage,
        })
    })
}

/// One line, for changing it.
pub fn line(ctx: &Ctx, short_id: &str, id: AssignmentId) -> Result<(Campaign, AssignmentLine)> {
    ctx.db().read(|tx| -> Result<_> {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        ctx.require(Wish::ManageCampaign, &subject)?;
        Ok((campaign.clone(), own_line(tx, &campaign, id)?))
    })
}

fn own_line(tx: &mut dyn Tx, campaign: &Campaign, id: AssignmentId) -> Result<AssignmentLine> {
    let line = store::assignments::line(tx, id)?;
    if line.assignment.campaign == campaign.id {
        Ok(line)
    } else {
        Err(Error::NotFound)
    }
}

/// Adds a line by hand.
///
/// # Errors
/// [`Error::Invalid`] at the field; a unit owes one report of a campaign.
pub fn add(ctx: &Ctx, short_id: &str, terms: Terms) -> Result<AssignmentId> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app()
        .db
        .clone()
        .write(move |tx| -> Result<AssignmentId> {
            let campaign = load_preparing(&ctx, tx, &short_id)?;
            let terms = checked(&ctx, tx, &campaign, terms.clone(), None)?;
            if store::assignments::of_unit(tx, campaign.id, terms.unit)?.is_some() {
                return Err(Error::invalid(
                    "Đơn vị",
                    "Đơn vị này đã có trong danh sách. Hãy sửa dòng đã có",
                ));
            }
            let due_at = last_moment(&terms, campaign.due_policy);
            let id = store::assignments::create(tx, campaign.id, &terms, due_at, ctx.now)?;
            note_change(&ctx, tx, &campaign, terms.unit, "added")?;
            Ok(id)
        })
}

/// Changes a line before the campaign is issued; the unit itself stays.
///
/// # Errors
/// [`Error::Invalid`] at the field.
pub fn change(ctx: &Ctx, short_id: &str, id: AssignmentId, terms: Terms) -> Result<()> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<()> {
        let campaign = load_preparing(&ctx, tx, &short_id)?;
        let known = own_line(tx, &campaign, id)?.assignment;
        let terms = Terms {
            unit: known.terms.unit,
            ..terms.clone()
        };
        let terms = checked(&ctx, tx, &campaign, terms, Some(&known.terms))?;
        let due_at = last_moment(&terms, campaign.due_policy);
        store::assignments::update_terms(tx, id, &terms, due_at, known.original_due_at)?;
        note_change(&ctx, tx, &campaign, terms.unit, "changed")
    })
}

/// Takes a line away before the campaign is issued.
pub fn remove(ctx: &Ctx, short_id: &str, id: AssignmentId) -> Result<()> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<()> {
        let campaign = load_preparing(&ctx, tx, &short_id)?;
        let unit = own_line(tx, &campaign, id)?.assignment.terms.unit;
        store::assignments::delete(tx, id)?;
        note_change(&ctx, tx, &campaign, unit, "removed")
    })
}

fn note_change(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    campaign: &Campaign,
    unit: UnitId,
    what: &str,
) -> Result<()> {
    let mut event = ctx.campaign_event(EventKind::AssignmentChanged, campaign.id);
    event.detail = serde_json::json!({ "unit": unit, "change": what }).to_string();
    store::events::append(tx, &event)?;
    Ok(())
}

/// The terms with clean texts, names filled in, and every unit of the campaign's own tree.
fn checked(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    campaign: &Campaign,
    terms: Terms,
    before: Option<&Terms>,
) -> Result<Terms> {
    let mut problems = Vec::new();
    let mut wrong = |place: &str, message: String| {
        problems.push(Problem {
            place: place.into(),
            message,
        });
    };
    let mut terms = Terms {
        addressee_name: clean_line(&terms.addressee_name),
        deliverable: clean_line(&terms.deliverable),
        adopted_by: clean_line(&terms.adopted_by),
        due_phrase: clean_line(&terms.due_phrase),
        ..terms
    };
    let others = [
        ("Đơn vị", Some(terms.unit)),
        ("Đơn vị soạn thảo", terms.drafted_by),
        ("Nơi nhận", terms.addressee),
        ("Qua đầu mối", terms.via),
        ("Đơn vị đặt hạn", terms.due_setter),
    ];
    for (place, unit) in others {
        let Some(unit) = unit else { continue };
        match store::units::by_id(tx, unit) {
            Ok(unit) if unit.tree == campaign.tree => {}
            Ok(_) | Err(store::Error::Missing) => {
                wrong(place, "Đơn vị không có trong cây tổ chức của đợt".into())
            }
            Err(error) => return Err(error.into()),
        }
        if unit == terms.unit && matches!(place, "Nơi nhận" | "Qua đầu mối") {
            wrong(place, "Đơn vị không thể gửi báo cáo cho chính mình".into());
        }
    }
    let mut collective = |unit: UnitId| match store::units::by_id(tx, unit) {
        Ok(unit) => unit.collective().to_string(),
        // Told as a problem above.
        Err(_) => String::new(),
    };
    if terms.adopted_by.is_empty() {
        terms.adopted_by = collective(terms.unit);
    }
    if let (Some(addressee), true) = (terms.addressee, terms.addressee_name.is_empty()) {
        terms.addressee_name = collective(addressee);
    }
    if terms.addressee.is_none() && terms.addressee_name.is_empty() {
        wrong("Nơi nhận", "Chưa ghi nơi nhận báo cáo".into());
    }
    if terms.deliverable.is_empty() {
        terms.deliverable = "báo cáo".into();
    }
    let is_new = before.is_none_or(|before| before.due_date != terms.due_date);
    match terms.due_date {
        Some(date) => {
            let opened = opening_day(ctx, campaign);
            if is_new && date < opened {
                wrong("Hạn", before_opening(date, opened));
            }
            if is_new
                || terms.due_phrase.is_empty()
                || before.is_some_and(|before| before.due_inclusive != terms.due_inclusive)
            {
                terms.due_phrase = composed(date, terms.due_inclusive);
            }
        }
        None => {
            terms.due_phrase = String::new();
            terms.due_inclusive = false;
            if terms.due_setter.is_none() {
                wrong(
                    "Hạn",
                    "Chưa có hạn: hãy ghi ngày, hoặc chọn đơn vị đặt hạn".into(),
                );
            }
        }
    }
    if problems.is_empty() {
        Ok(terms)
    } else {
        Err(Error::Invalid(problems))
    }
}

fn before_opening(date: Date, opened: Date) -> String {
    format!(
        "Hạn {} sớm hơn ngày mở đợt {}. Hãy chọn ngày sau ngày mở đợt",
        vietnamese_date(date),
        vietnamese_date(opened)
    )
}

/// The day of issue, or today while it is not issued.
fn opening_day(ctx: &Ctx, campaign: &Campaign) -> Date {
    day_of(campaign.issued_at.unwrap_or(ctx.now))
}

/// What a unit that sets dues for others sees.
#[derive(Debug, Clone)]
pub struct DelegatedDues {
    pub campaign: Campaign,
    pub setter: UnitId,
    pub setter_name: String,
    /// The setter's own due.
    pub own: Option<Due>,
    /// The latest day that leaves the setter its time.
    pub latest: Option<Date>,
    pub lines: Vec<AssignmentLine>,
}

/// The units whose due `setter` sets.
///
/// # Errors
/// [`Error::NotFound`] before the issue, or for somebody else's units.
pub fn delegated(ctx: &Ctx, short_id: &str, setter: UnitId) -> Result<DelegatedDues> {
    ctx.db().read(|tx| -> Result<_> {
        let campaign = load_delegating(ctx, tx, short_id, setter)?;
        let own = store::assignments::of_unit(tx, campaign.id, setter)?
            .and_then(|assignment| due(&assignment.terms));
        let filter = LineFilter {
            setter: Some(setter),
            ..LineFilter::default()
        };
        let latest = own.as_ref().map(|own| {
            own.date
                .saturating_sub(jiff::Span::new().days(campaign.days_to_consolidate))
        });
        Ok(DelegatedDues {
            setter,
            setter_name: store::units::by_id(tx, setter)?.seed.name,
            lines: store::assignments::lines(tx, campaign.id, &filter, 2000, 0)?,
            own,
            latest,
            campaign,
        })
    })
}

fn load_delegating(ctx: &Ctx, tx: &mut dyn Tx, short_id: &str, setter: UnitId) -> Result<Campaign> {
    let (campaign, subject) = load_campaign(ctx, tx, short_id, Some(setter))?;
    ctx.require(Wish::SetDelegatedDue, &subject)?;
    match campaign.state {
        CampaignState::Open => Ok(campaign),
        CampaignState::Preparing => Err(Error::NotFound),
        CampaignState::Closed => Err(Error::Refused("Đợt báo cáo đã kết thúc".into())),
    }
}

/// Sets one due for the units that the plan leaves to `setter`: for all of them, or only for `only`. The day counts.
///
/// # Errors
/// [`Error::Refused`] when the day is past, before the opening, or leaves the setter no time before its own due.
pub fn set_delegated_due(
    ctx: &Ctx,
    short_id: &str,
    setter: UnitId,
    date: Date,
    only: Option<Vec<AssignmentId>>,
) -> Result<usize> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<usize> {
        let campaign = load_delegating(&ctx, tx, &short_id, setter)?;
        let own = store::assignments::of_unit(tx, campaign.id, setter)?
            .and_then(|assignment| due(&assignment.terms));
        let (opened, today) = (opening_day(&ctx, &campaign), day_of(ctx.now));
        check_delegated_due(
            date,
            own.as_ref(),
            opened,
            today,
            campaign.days_to_consolidate,
        )
        .map_err(Error::refused)?;
        let targets: Vec<Assignment> = store::assignments::of_setter(tx, campaign.id, setter)?
            .into_iter()
            .filter(|assignment| {
                only.as_ref()
                    .is_none_or(|only| only.contains(&assignment.id))
            })
            .collect();
        if only
            .as_ref()
            .is_some_and(|only| only.len() != targets.len())
        {
            return Err(Error::NotFound);
        }
        let mut set = 0;
        for assignment in &targets {
            if assignment.terms.due_date == Some(date) || assignment.first_sent_at.is_some() {
                continue;
            }
            refuse_past(assignment, &ctx)?;
            let terms = Terms {
                due_phrase: composed(date, true),
                due_date: Some(date),
                due_inclusive: true,
                ..assignment.terms.clone()
            };
            let due_at = last_moment(&terms, campaign.due_policy);
            store::assignments::update_terms(tx, assignment.id, &terms, due_at, None)?;
            let mut event = ctx.report_event(EventKind::DueDelegated, assignment, setter);
            event.detail =
                serde_json::json!({ "due": date, "before": assignment.terms.due_date }).to_string();
            store::events::append(tx, &event)?;
            set += 1;
        }
        Ok(set)
    })
}

/// A due that has passed is not set anew behind everybody's back: it is extended, with a reason.
fn refuse_past(assignment: &Assignment, ctx: &Ctx) -> Result<()> {
    if assignment.due_at.is_some_and(|due| due < ctx.now) {
        Err(Error::Refused(
            "Có đơn vị đã quá hạn cũ. Hãy dùng “Gia hạn” cho đơn vị đó và ghi lý do".into(),
        ))
    } else {
        Ok(())
    }
}

/// Extends a due; the one before it is kept and shown beside it. The new day counts.
///
/// # Errors
/// [`Error::Refused`] for a day that is no extension, [`Error::Invalid`] without a reason.
pub fn extend_due(ctx: &Ctx, id: AssignmentId, date: Date, reason: &str) -> Result<()> {
    let (ctx, reason) = (ctx.clone(), clean_line(reason));
    ctx.app().db.clone().write(move |tx| -> Result<()> {
        let assignment = store::assignments::by_id(tx, id)?;
        let campaign = store::campaigns::by_id(tx, assignment.campaign)?;
        let unit = require_may_extend(&ctx, tx, &campaign, &assignment)?;
        if reason.is_empty() {
            return Err(Error::invalid("Lý do", "Hãy ghi lý do gia hạn"));
        }
        if campaign.state != CampaignState::Open
            || matches!(assignment.state, State::Waived | State::Accepted)
        {
            return Err(Error::Refused(
                "Nhiệm vụ này không còn chờ báo cáo nên không gia hạn".into(),
            ));
        }
        let Some(due_at) = assignment.due_at else {
            return Err(Error::Refused(
                "Nhiệm vụ này chưa có hạn. Hãy đặt hạn trước".into(),
            ));
        };
        if date < day_of(ctx.now) {
            return Err(Error::invalid(
                "Hạn",
                format!("Hạn mới {} đã qua", vietnamese_date(date)),
            ));
        }
        let terms = Terms {
            due_phrase: composed(date, true),
            due_date: Some(date),
            due_inclusive: true,
            ..assignment.terms.clone()
        };
        let new_due_at = last_moment(&terms, campaign.due_policy);
        if new_due_at.is_none_or(|new| new <= due_at) {
            return Err(Error::invalid(
                "Hạn",
                format!("Hạn mới phải sau hạn đang có ({})", vietnamese_time(due_at)),
            ));
        }
        let original = assignment.original_due_at.or(Some(due_at));
        store::assignments::update_terms(tx, id, &terms, new_due_at, original)?;
        let mut event = ctx.report_event(EventKind::DueExtended, &assignment, unit);
        event.detail =
            serde_json::json!({ "due": date, "before": assignment.terms.due_date }).to_string();
        event.reason = Some(reason.clone());
        store::events::append(tx, &event)?;
        Ok(())
    })
}

/// The lead body extends any due, a unit that set a due also that one; gives on whose behalf.
fn require_may_extend(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    campaign: &Campaign,
    assignment: &Assignment,
) -> Result<UnitId> {
    let whole = campaign_subject(ctx, tx, campaign, None)?;
    if let Some(lead) = campaign
        .lead
        .filter(|_| ctx.may(Wish::ManageCampaign, &whole))
    {
        return Ok(lead);
    }
    let Some(setter) = assignment.terms.due_setter else {
        ctx.require(Wish::ManageCampaign, &whole)?;
        return Err(Error::Forbidden);
    };
    let part: Subject = campaign_subject(ctx, tx, campaign, Some(setter))?;
    ctx.require(Wish::SetDelegatedDue, &part)?;
    Ok(setter)
}

/// The duties of the plan that are no reports.
pub fn tasks(ctx: &Ctx, short_id: &str) -> Result<(Campaign, Vec<StoredTask>, bool)> {
    ctx.db().read(|tx| -> Result<_> {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let may_manage = ctx.may(Wish::ManageCampaign, &subject);
        if !may_manage {
            ctx.require(Wish::ReadBoard, &subject)?;
        }
        let tasks = store::tasks::of_campaign(tx, campaign.id)?;
        Ok((campaign, tasks, may_manage))
    })
}

/// Ticks a task off, or opens it again.
pub fn set_task_done(ctx: &Ctx, short_id: &str, task: TaskId, done: bool) -> Result<()> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<()> {
        let (campaign, subject) = load_campaign(&ctx, tx, &short_id, None)?;
        ctx.require(Wish::ManageCampaign, &subject)?;
        if !store::tasks::set_done(tx, campaign.id, task, done.then_some(ctx.now))? {
            return Err(Error::NotFound);
        }
        let mut event = ctx.campaign_event(EventKind::TaskTicked, campaign.id);
        event.detail = serde_json::json!({ "task": task, "done": done }).to_string();
        store::events::append(tx, &event)?;
        Ok(())
    })
}

/// A line whose due the actor may extend.
pub fn extendable(ctx: &Ctx, id: AssignmentId) -> Result<(Campaign, AssignmentLine)> {
    ctx.db().read(|tx| -> Result<_> {
        let line = store::assignments::line(tx, id)?;
        let campaign = store::campaigns::by_id(tx, line.assignment.campaign)?;
        require_may_extend(ctx, tx, &campaign, &line.assignment)?;
        Ok((campaign, line))
    })
}
