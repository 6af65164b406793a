//! Setting the stage on 1/8/2022: the tree, the accounts, the plan, the campaign with its outline and indicators,
//! the assignments, the issue, and the dues that each district sets for its own units.

use crate::cast::{self, LEAD};
use crate::content::{Content, IndicatorSeed, SectionSeed, UnitSeed};
use crate::script::{ScriptClock, timestamp};
use app::campaigns::Frame;
use app::{App, Ctx, Error, Result};
use domain::campaign::{CampaignKind, Grain, Indicator, Rule, Section, Terms, Writable};
use domain::ids::{IndicatorId, SectionId, TreeId, UnitId};
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// Name of the demo's tree of organisations.
pub(crate) const TREE: &str = "Đảng bộ tỉnh Bình Thuận";
/// When the first hand is laid on: the tree is imported.
pub(crate) const OPENING: &str = "2022-08-01T07:30:00+07:00";
/// When the campaign is issued.
const ISSUE: &str = "2022-08-01T14:30:00+07:00";
/// The format of documents that was in force in 2022.
const PROFILE: &str = "hd36-2018";
const PLAN_FILE: &str = "ke-hoach-so-ket-05-nam.md";
const PLAN: &[u8] = include_bytes!("../../../fixtures/plan-2022.md");

/// Everything up to the dues of the districts, each at its own moment.
pub(crate) fn set(
    app: &App,
    clock: &ScriptClock,
    content: &Content,
    progress: &mut dyn FnMut(&str),
) -> Result<()> {
    progress("Nhập cây tổ chức của tỉnh");
    app::accounts::create_administrator(
        app,
        cast::ADMINISTRATOR,
        cast::ADMINISTRATOR_NAME,
        cast::PASSWORD,
        None,
    )?;
    let admin = app.ctx_of(cast::ADMINISTRATOR)?;
    let tree = import_tree(&admin, content)?;
    progress("Lập tài khoản cho các đơn vị");
    let units = unit_ids(&admin, content, tree)?;
    app::accounts::create_many(
        &admin,
        &cast::visitors(content, &units),
        Some(cast::PASSWORD),
    )?;
    app::accounts::create_many(&admin, &cast::staff(content, &units), None)?;
    progress("Đọc kế hoạch, lập đợt báo cáo");
    clock.set(timestamp("2022-08-01T08:10:00+07:00")?);
    let campaign = open_campaign(&as_staff(app, LEAD)?, content, tree)?;
    clock.set(timestamp("2022-08-01T10:20:00+07:00")?);
    settle_assignments(&as_staff(app, LEAD)?, &campaign, content, &units)?;
    clock.set(timestamp(ISSUE)?);
    app::campaigns::issue(&as_staff(app, LEAD)?, &campaign, false)?;
    progress("Các huyện, thị, thành ủy đặt hạn cho đơn vị trực thuộc");
    set_dues(app, clock, content, &campaign, &units)
}

/// A context of a unit's staff at the moment of the clock.
pub(crate) fn as_staff(app: &App, unit: &str) -> Result<Ctx> {
    app.ctx_of(&cast::staff_login(unit))
}

fn import_tree(ctx: &Ctx, content: &Content) -> Result<TreeId> {
    let mut table = String::from(
        "code\tname\tkind\tlevel\tparent_code\tcollective\tsymbol\thead_name\tparent_head\tplace\temail\n",
    );
    for unit in &content.units {
        table.push_str(&row_of(unit));
    }
    let outcome = app::units::import(ctx, TREE, "units.tsv", table.as_bytes(), false)?;
    outcome
        .tree
        .ok_or_else(|| Error::Internal("the demo's tree was not imported".into()))
}

fn row_of(unit: &UnitSeed) -> String {
    let level = unit.level.to_string();
    let email = format!("{}@example.vn", unit.code.to_lowercase());
    let cells = [
        unit.code.as_str(),
        unit.name.as_str(),
        unit.kind.as_str(),
        level.as_str(),
        unit.parent_code.as_deref().unwrap_or_default(),
        unit.collective.as_str(),
        unit.symbol.as_str(),
        unit.head_name.as_str(),
        unit.parent_head.as_str(),
        unit.place.as_str(),
        email.as_str(),
    ];
    format!("{}\n", cells.join("\t"))
}

fn unit_ids(ctx: &Ctx, content: &Content, tree: TreeId) -> Result<HashMap<String, UnitId>> {
    let units = app::units::choices(ctx, tree, u8::MAX, content.units.len())?;
    let ids: HashMap<String, UnitId> = units
        .into_iter()
        .map(|unit| (unit.seed.code, unit.id))
        .collect();
    match content
        .units
        .iter()
        .find(|unit| !ids.contains_key(&unit.code))
    {
        None => Ok(ids),
        Some(unit) => Err(Error::Internal(format!(
            "unit {} was not imported",
            unit.code
        ))),
    }
}

/// Reads and confirms the plan and opens the campaign with outline and indicators; gives its short id.
fn open_campaign(ctx: &Ctx, content: &Content, tree: TreeId) -> Result<String> {
    let plan = app::plans::read_upload(ctx, PLAN_FILE, PLAN)?;
    app::plans::confirm(ctx, plan)?;
    let frame = Frame {
        kind: CampaignKind::InterimReview,
        profile: PROFILE.to_owned(),
        years: crate::content::YEARS.to_vec(),
        ..app::campaigns::suggest(ctx, plan, tree)?
    };
    let campaign = app::campaigns::create(ctx, plan, tree, frame)?;
    let sections = content.outline.iter().map(section).collect();
    app::outlines::replace_sections(ctx, &campaign.short_id, sections)?;
    let indicators = content
        .indicators
        .iter()
        .map(indicator)
        .collect::<Result<Vec<_>>>()?;
    app::outlines::replace_indicators(ctx, &campaign.short_id, indicators)?;
    Ok(campaign.short_id)
}

fn section(seed: &SectionSeed) -> Section {
    Section {
        id: SectionId(0),
        number: seed.number.clone(),
        title: seed.title.clone(),
        level: seed.level,
        guidance: seed.guidance.clone(),
        writable: if seed.is_writable() {
            Writable::Required
        } else {
            Writable::Heading
        },
    }
}

/// Cells that a unit may leave blank: what only districts enter, and the one that some could not find out.
fn is_required(seed: &IndicatorSeed) -> bool {
    seed.entered_by == Some(4) && seed.code != "KP05"
}

fn indicator(seed: &IndicatorSeed) -> Result<Indicator> {
    let wrong = || Error::Internal(format!("indicator {} of the demo", seed.code));
    let numerator = seed.numerator.as_deref().unwrap_or_default();
    let denominator = seed.denominator.as_deref().unwrap_or_default();
    // A sum with a minus (opening + received − settled) is checked by no rule yet.
    let adds_only = seed.total_of.iter().all(|(sign, _)| *sign > 0);
    Ok(Indicator {
        id: IndicatorId(0),
        code: seed.code.clone(),
        name: seed.name.clone(),
        unit: seed.unit.clone(),
        rule: Rule::from_code(&seed.rule, numerator, denominator).ok_or_else(wrong)?,
        grain: Grain::from_code(&seed.grain).ok_or_else(wrong)?,
        hint: seed.hint.clone(),
        total_of: if adds_only {
            seed.total_of.iter().map(|(_, code)| code.clone()).collect()
        } else {
            Vec::new()
        },
        required: is_required(seed),
    })
}

/// Derives the assignments from the plan, then adds who the plan names only by "đơn vị có liên quan" and takes out
/// who owes nothing.
fn settle_assignments(
    ctx: &Ctx,
    campaign: &str,
    content: &Content,
    units: &HashMap<String, UnitId>,
) -> Result<()> {
    app::assignments::derive(ctx, campaign)?;
    let listing = app::assignments::list(
        ctx,
        campaign,
        &app::assignments::LineFilter::default(),
        2000,
        0,
    )?;
    let mut known = HashSet::new();
    for line in listing.lines {
        let reports = content.unit(&line.unit_code).is_some_and(UnitSeed::reports);
        if reports {
            known.insert(line.unit_code);
        } else {
            app::assignments::remove(ctx, campaign, line.assignment.id)?;
        }
    }
    for unit in &content.units {
        if unit.reports() && !known.contains(&unit.code) {
            app::assignments::add(ctx, campaign, terms(unit, units)?)?;
        }
    }
    Ok(())
}

/// Terms of a unit that the plan does not name: to the unit above, which sets the due.
fn terms(unit: &UnitSeed, units: &HashMap<String, UnitId>) -> Result<Terms> {
    let id = |code: &str| {
        units
            .get(code)
            .copied()
            .ok_or_else(|| Error::Internal(format!("unit {code} was not imported")))
    };
    let above = unit.parent_code.as_deref().map(id).transpose()?;
    Ok(Terms {
        unit: id(&unit.code)?,
        drafted_by: None,
        addressee: above,
        addressee_name: String::new(),
        via: None,
        deliverable: "báo cáo sơ kết".to_owned(),
        adopted_by: unit.collective.clone(),
        due_phrase: String::new(),
        due_date: None,
        due_inclusive: false,
        due_setter: above,
        adds: unit.adds_to_totals() && !unit.consolidates(),
    })
}

/// Each district sets the due of its units in the first week of August.
fn set_dues(
    app: &App,
    clock: &ScriptClock,
    content: &Content,
    campaign: &str,
    units: &HashMap<String, UnitId>,
) -> Result<()> {
    for (order, (code, due)) in content.district_dues.iter().enumerate() {
        let (day, minute) = (2 + order / 4, 10 * (order % 4));
        clock.set(timestamp(&format!(
            "2022-08-{day:02}T09:{minute:02}:00+07:00"
        ))?);
        let setter = *units
            .get(code)
            .ok_or_else(|| Error::Internal(format!("unit {code} was not imported")))?;
        let due: Date = due
            .parse()
            .map_err(|error| Error::Internal(format!("due of {code}: {error}")))?;
        app::assignments::set_delegated_due(&as_staff(app, code)?, campaign, setter, due, None)?;
    }
    Ok(())
}
