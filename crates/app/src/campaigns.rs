//! Opening a campaign from a confirmed plan, changing its frame, and issuing it to the units.

use crate::ctx::{Ctx, campaign_subject, load_campaign};
use crate::error::{Error, Problem, Result};
use domain::access::{Subject, Wish};
use domain::campaign::{Bodies, Campaign, CampaignKind, CampaignState};
use domain::deadline::{DAYS_TO_CONSOLIDATE, DuePolicy, day_of, vietnamese_date};
use domain::event::EventKind;
use domain::ids::{CampaignId, PlanId, TreeId, UnitId};
use domain::official::{profile_named, profile_on};
use domain::org::Unit;
use domain::plan::Plan;
use domain::text::{clean_line, fold};
use jiff::Timestamp;

/// Most columns of yearly figures.
const MOST_YEARS: usize = 20;

/// The frame of a campaign, as a form or the command line gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    pub name: String,
    pub kind: CampaignKind,
    pub due_policy: DuePolicy,
    /// Name of the format profile.
    pub profile: String,
    pub lead: Option<UnitId>,
    pub coordinating: Option<UnitId>,
    /// First and last month, `2017-07`.
    pub period: Option<(String, String)>,
    /// Columns of yearly figures.
    pub years: Vec<i16>,
    pub days_to_consolidate: i64,
}

/// What a plan and a tree suggest for the frame; every part may be changed.
pub fn suggest(ctx: &Ctx, plan: PlanId, tree: TreeId) -> Result<Frame> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let (plan, units) = ctx.db().read(|tx| -> Result<_> {
        Ok((
            store::plans::by_id(tx, plan)?.edited,
            store::units::whole_tree(tx, tree)?,
        ))
    })?;
    Ok(frame_of(&plan, &units, ctx.now))
}

fn frame_of(plan: &Plan, units: &[Unit], now: Timestamp) -> Frame {
    let bodies = Bodies::new(units);
    let named = |words: &[String]| {
        words
            .iter()
            .find_map(|words| bodies.one(words))
            .map(|unit| unit.id)
    };
    let period = plan.period;
    let (first, last) = match period {
        Some(period) => (period.from.year(), period.to.year()),
        None => {
            let year = plan.date.unwrap_or_else(|| day_of(now)).year();
            (year, year)
        }
    };
    let title = plan.title.clone().unwrap_or_default();
    Frame {
        name: capital(&title),
        kind: kind_of(&title),
        due_policy: DuePolicy::Strict,
        profile: profile_on(plan.date.unwrap_or_else(|| day_of(now)))
            .name
            .to_string(),
        lead: named(&plan.lead),
        coordinating: named(&plan.coordinate),
        period: period.map(|period| (period.from.to_string(), period.to.to_string())),
        years: (first..=last).take(MOST_YEARS).collect(),
        days_to_consolidate: DAYS_TO_CONSOLIDATE,
    }
}

fn kind_of(title: &str) -> CampaignKind {
    let title = fold(title);
    if title.contains("tong ket") {
        CampaignKind::FinalReview
    } else if title.contains("so ket") {
        CampaignKind::InterimReview
    } else {
        CampaignKind::Periodic
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Opens a campaign from a confirmed plan, without outline and assignments yet; no unit sees it.
///
/// # Errors
/// [`Error::Refused`] for a plan that nobody confirmed or a lead that is not the actor's own unit.
pub fn create(ctx: &Ctx, plan: PlanId, tree: TreeId, frame: Frame) -> Result<Campaign> {
    ctx.require(Wish::CreateCampaign, &Subject::System)?;
    let frame = checked(frame)?;
    let ctx = ctx.clone();
    ctx.app().db.clone().write(move |tx| -> Result<Campaign> {
        let stored = store::plans::by_id(tx, plan)?;
        if stored.confirmed_at.is_none() {
            return Err(Error::Refused(
                "Kế hoạch chưa được xác nhận. Hãy kiểm tra những gì đã đọc được rồi bấm “Xác nhận”"
                    .into(),
            ));
        }
        check_units(tx, tree, &frame)?;
        let frame = frame.clone();
        let number = store::campaigns::next_short_number(tx)?;
        let year = frame
            .years
            .last()
            .copied()
            .unwrap_or_else(|| day_of(ctx.now).year());
        let mut campaign = Campaign {
            id: CampaignId(0),
            short_id: format!("{}{year}-{number}", prefix(frame.kind)),
            plan: Some(plan),
            tree,
            name: frame.name,
            kind: frame.kind,
            state: CampaignState::Preparing,
            period: frame.period,
            years: frame.years,
            due_policy: frame.due_policy,
            profile: frame.profile,
            lead: frame.lead,
            coordinating: frame.coordinating,
            days_to_consolidate: frame.days_to_consolidate,
            created_at: ctx.now,
            issued_at: None,
        };
        require_own_lead(&ctx, tx, &campaign)?;
        campaign.id = store::campaigns::create(tx, &campaign)?;
        let mut event = ctx.campaign_event(EventKind::CampaignOpened, campaign.id);
        event.detail = serde_json::json!({ "plan": plan, "tree": tree }).to_string();
        store::events::append(tx, &event)?;
        Ok(campaign)
    })
}

fn prefix(kind: CampaignKind) -> &'static str {
    match kind {
        CampaignKind::InterimReview => "sk",
        CampaignKind::FinalReview => "tk",
        CampaignKind::Periodic => "dk",
    }
}

/// Whoever opens or changes a campaign must be able to go on with it.
fn require_own_lead(ctx: &Ctx, tx: &mut dyn store::Tx, campaign: &Campaign) -> Result<()> {
    let lead = campaign.lead.ok_or_else(|| {
        Error::invalid(
            "Cơ quan chủ trì",
            "Chưa chọn cơ quan chủ trì. Cơ quan chủ trì quản lý đợt và tổng hợp báo cáo",
        )
    })?;
    let subject = campaign_subject(ctx, tx, campaign, None)?;
    if ctx.may(Wish::ManageCampaign, &subject) {
        return Ok(());
    }
    let name = store::units::by_id(tx, lead)?.seed.name;
    Err(Error::invalid(
        "Cơ quan chủ trì",
        format!(
            "Cơ quan chủ trì là “{name}” nhưng tài khoản này không phải cán bộ tổng hợp hoặc lãnh đạo của cơ quan đó. Hãy dùng tài khoản của cơ quan chủ trì"
        ),
    ))
}

fn check_units(tx: &mut dyn store::Tx, tree: TreeId, frame: &Frame) -> Result<()> {
    for (place, unit) in [
        ("Cơ quan chủ trì", frame.lead),
        ("Cơ quan phối hợp", frame.coordinating),
    ] {
        let Some(unit) = unit else { continue };
        if store::units::by_id(tx, unit)?.tree != tree {
            return Err(Error::invalid(
                place,
                "Đơn vị không thuộc cây tổ chức đã chọn",
            ));
        }
    }
    Ok(())
}

/// The frame with every text clean and every value possible.
fn checked(frame: Frame) -> Result<Frame> {
    let mut problems = Vec::new();
    let mut wrong = |place: &str, message: String| {
        problems.push(Problem {
            place: place.into(),
            message,
        });
    };
    let mut frame = Frame {
        name: clean_line(&frame.name),
        ..frame
    };
    if frame.name.is_empty() {
        wrong("Tên đợt", "Chưa ghi tên đợt báo cáo".into());
    }
    frame.years.sort_unstable();
    frame.years.dedup();
    if frame.years.len() > MOST_YEARS {
        wrong("Các năm số liệu", format!("Nhiều nhất {MOST_YEARS} năm"));
    }
    if let Some(year) = frame
        .years
        .iter()
        .find(|year| !(1900..=2200).contains(*year))
    {
        wrong(
            "Các năm số liệu",
            format!("Năm {year} không hợp lý. Hãy ghi các năm bốn chữ số, ví dụ 2017-2022"),
        );
    }
    if profile_named(&frame.profile).is_none() {
        wrong("Thể thức", format!("Không có thể thức “{}”", frame.profile));
    }
    if !(0..=60).contains(&frame.days_to_consolidate) {
        wrong(
            "Số ngày để tổng hợp",
            "Số ngày để cấp trên tổng hợp phải từ 0 đến 60".into(),
        );
    }
    if let Some((from, to)) = &frame.period {
        let month = |text: &str| text.parse::<domain::plan::YearMonth>().ok();
        match (month(from), month(to)) {
            (Some(from), Some(to)) if from <= to => {}
            (Some(_), Some(_)) => wrong(
                "Mốc thời gian",
                "Tháng đầu của mốc thời gian sau tháng cuối".into(),
            ),
            _ => wrong(
                "Mốc thời gian",
                "Mốc thời gian phải ghi tháng theo dạng 2017-07".into(),
            ),
        }
    }
    if problems.is_empty() {
        Ok(frame)
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Changes the frame; with the reading of dues every due is reckoned anew.
///
/// # Errors
/// [`Error::Refused`] once the campaign is issued.
pub fn edit(ctx: &Ctx, short_id: &str, frame: Frame) -> Result<Campaign> {
    let frame = checked(frame)?;
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<Campaign> {
        let campaign = load_preparing(&ctx, tx, &short_id)?;
        check_units(tx, campaign.tree, &frame)?;
        let frame = frame.clone();
        let changed = Campaign {
            name: frame.name,
            kind: frame.kind,
            period: frame.period,
            years: frame.years,
            due_policy: frame.due_policy,
            profile: frame.profile,
            lead: frame.lead,
            coordinating: frame.coordinating,
            days_to_consolidate: frame.days_to_consolidate,
            ..campaign.clone()
        };
        require_own_lead(&ctx, tx, &changed)?;
        store::campaigns::update(tx, &changed)?;
        if changed.due_policy != campaign.due_policy {
            crate::assignments::reckon_dues(tx, &changed)?;
        }
        let event = ctx.campaign_event(EventKind::CampaignChanged, campaign.id);
        store::events::append(tx, &event)?;
        Ok(changed)
    })
}

/// Loads a campaign that the actor may prepare.
///
/// # Errors
/// [`Error::Refused`] once it is issued.
pub(crate) fn load_preparing(
    ctx: &Ctx,
    tx: &mut dyn store::Tx,
    short_id: &str,
) -> Result<Campaign> {
    let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
    ctx.require(Wish::ManageCampaign, &subject)?;
    if campaign.state == CampaignState::Preparing {
        Ok(campaign)
    } else {
        Err(Error::Refused(
            "Đợt báo cáo đã phát hành nên không sửa được phần này nữa; các đơn vị đang làm theo nội dung đã phát hành".into(),
        ))
    }
}

/// A campaign with what its pages show around it.
#[derive(Debug, Clone)]
pub struct Overview {
    pub campaign: Campaign,
    pub tree_name: String,
    pub lead_name: Option<String>,
    pub coordinating_name: Option<String>,
    pub sections: usize,
    pub indicators: usize,
    /// Level and number of assignments.
    pub assignments: Vec<(u8, i64)>,
    pub without_due: i64,
    /// Not done and all tasks.
    pub open_tasks: usize,
    pub tasks: usize,
    pub may_manage: bool,
    /// Units of the actor that set dues for others in it.
    pub sets_dues: Vec<UnitId>,
}

/// One campaign; hidden from those it does not concern, and from units until it is issued.
pub fn overview(ctx: &Ctx, short_id: &str) -> Result<Overview> {
    ctx.db().read(|tx| -> Result<_> {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let may_manage = ctx.may(Wish::ManageCampaign, &subject);
        let may_read = may_manage || ctx.may(Wish::ReadBoard, &subject);
        if !may_read && (!takes_part(&subject) || campaign.state == CampaignState::Preparing) {
            return Err(Error::NotFound);
        }
        let mut name = |unit: Option<UnitId>| -> Result<Option<String>> {
            unit.map(|unit| Ok(store::units::by_id(tx, unit)?.seed.name))
                .transpose()
        };
        let (lead_name, coordinating_name) = (name(campaign.lead)?, name(campaign.coordinating)?);
        let tree_name = store::units::trees(tx)?
            .into_iter()
            .find(|(id, _)| *id == campaign.tree)
            .map(|(_, name)| name)
            .unwrap_or_default();
        let tasks = store::tasks::of_campaign(tx, campaign.id)?;
        let without_due = store::assignments::LineFilter {
            without_due: true,
            ..Default::default()
        };
        let mut sets_dues = Vec::new();
        for grant in &ctx.actor.grants {
            let unit = grant.place.unit;
            let is_setter = !store::assignments::of_setter(tx, campaign.id, unit)?.is_empty();
            if is_setter && !sets_dues.contains(&unit) {
                sets_dues.push(unit);
            }
        }
        Ok(Overview {
            sections: store::campaigns::sections(tx, campaign.id)?.len(),
            indicators: store::campaigns::indicators(tx, campaign.id)?.len(),
            assignments: store::assignments::count_by_level(tx, campaign.id)?,
            without_due: store::assignments::count(tx, campaign.id, &without_due)?,
            open_tasks: tasks.iter().filter(|task| task.done_at.is_none()).count(),
            tasks: tasks.len(),
            campaign,
            tree_name,
            lead_name,
            coordinating_name,
            may_manage,
            sets_dues,
        })
    })
}

fn takes_part(subject: &Subject) -> bool {
    matches!(subject, Subject::Campaign(campaign) if campaign.takes_part)
}

/// The campaigns that the actor may know of, the newest first.
pub fn list(ctx: &Ctx) -> Result<Vec<Campaign>> {
    ctx.db().read(|tx| -> Result<_> {
        let mut known = Vec::new();
        for campaign in store::campaigns::list(tx)? {
            let subject = campaign_subject(ctx, tx, &campaign, None)?;
            let leads =
                ctx.may(Wish::ManageCampaign, &subject) || ctx.may(Wish::ReadBoard, &subject);
            let issued = campaign.state != CampaignState::Preparing;
            if leads || (issued && takes_part(&subject)) {
                known.push(campaign);
            }
        }
        Ok(known)
    })
}

/// What stands against issuing a campaign now, and what ought to be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Readiness {
    /// The campaign cannot be issued while there is one.
    pub blocks: Vec<String>,
    pub warnings: Vec<String>,
    /// Dues that lie before today: issuing has to be confirmed.
    pub past_dues: Vec<String>,
}

/// What stands against issuing.
pub fn readiness(ctx: &Ctx, short_id: &str) -> Result<Readiness> {
    ctx.db().read(|tx| -> Result<_> {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        ctx.require(Wish::ManageCampaign, &subject)?;
        readiness_of(ctx, tx, &campaign)
    })
}

fn readiness_of(ctx: &Ctx, tx: &mut dyn store::Tx, campaign: &Campaign) -> Result<Readiness> {
    let mut readiness = Readiness::default();
    let assignments = store::assignments::of_campaign(tx, campaign.id)?;
    if assignments.is_empty() {
        readiness.blocks.push(
            "Chưa có nhiệm vụ báo cáo nào. Hãy lập danh sách từ kế hoạch hoặc thêm từng đơn vị"
                .into(),
        );
    }
    if store::campaigns::sections(tx, campaign.id)?.is_empty() {
        readiness
            .blocks
            .push("Chưa có đề cương. Hãy nhập các mục của báo cáo".into());
    }
    if store::campaigns::indicators(tx, campaign.id)?.is_empty() {
        readiness
            .warnings
            .push("Chưa có chỉ tiêu số liệu nào; các đơn vị chỉ báo cáo bằng lời".into());
    }
    let nobody_sets = assignments
        .iter()
        .filter(|assignment| {
            assignment.terms.due_date.is_none() && assignment.terms.due_setter.is_none()
        })
        .count();
    if nobody_sets > 0 {
        readiness.blocks.push(format!(
            "{nobody_sets} nhiệm vụ chưa có hạn và cũng chưa giao ai đặt hạn. Hãy đặt hạn hoặc chọn đơn vị đặt hạn"
        ));
    }
    let today = day_of(ctx.now);
    for assignment in &assignments {
        let Some(due) = assignment.terms.due_date.filter(|due| *due < today) else {
            continue;
        };
        let unit = store::units::by_id(tx, assignment.terms.unit)?;
        readiness.past_dues.push(format!(
            "{}: hạn {} đã qua trước ngày mở đợt ({})",
            unit.seed.name,
            vietnamese_date(due),
            vietnamese_date(today)
        ));
    }
    Ok(readiness)
}

/// Issues the campaign: from now on every unit sees what it owes.
///
/// # Errors
/// [`Error::Refused`] while something stands against it; dues before today need `accept_past_dues`.
pub fn issue(ctx: &Ctx, short_id: &str, accept_past_dues: bool) -> Result<Campaign> {
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<Campaign> {
        let mut campaign = load_preparing(&ctx, tx, &short_id)?;
        let readiness = readiness_of(&ctx, tx, &campaign)?;
        if !readiness.blocks.is_empty() {
            return Err(Error::Invalid(as_problems(readiness.blocks)));
        }
        if !accept_past_dues && !readiness.past_dues.is_empty() {
            let mut problems = as_problems(readiness.past_dues);
            let more = problems.len().saturating_sub(20);
            problems.truncate(20);
            if more > 0 {
                problems.extend(as_problems(vec![format!("và {more} đơn vị nữa")]));
            }
            problems.extend(as_problems(vec![
                "Hãy sửa hạn, hoặc xác nhận phát hành với hạn đã qua".into(),
            ]));
            return Err(Error::Invalid(problems));
        }
        store::campaigns::issue(tx, campaign.id, ctx.now)?;
        let mut event = ctx.campaign_event(EventKind::CampaignIssued, campaign.id);
        let count = store::assignments::count(tx, campaign.id, &Default::default())?;
        event.detail = serde_json::json!({ "assignments": count }).to_string();
        store::events::append(tx, &event)?;
        campaign.state = CampaignState::Open;
        campaign.issued_at = Some(ctx.now);
        Ok(campaign)
    })
}

fn as_problems(messages: Vec<String>) -> Vec<Problem> {
    messages
        .into_iter()
        .map(|message| Problem {
            place: String::new(),
            message,
        })
        .collect()
}
