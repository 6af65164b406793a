//! Campaigns with their outline and indicators.

use crate::{Error, Result, Row, Tx, TxExt, params};
use domain::campaign::{
    Campaign, CampaignKind, CampaignState, Grain, Indicator, Rule, Section, Writable,
};
use domain::deadline::DuePolicy;
use domain::figures::Layout;
use domain::ids::{CampaignId, IndicatorId, PlanId, SectionId, TreeId, UnitId};
use jiff::Timestamp;

const COLUMNS: &str = "id, short_id, plan_id, tree_id, name, kind, state, period_from, period_to, years, due_policy, profile, \
     lead_unit_id, coordinating_unit_id, days_to_consolidate, created_at, issued_at";

fn unknown(what: &'static str, found: &str) -> Error {
    Error::Column {
        index: 0,
        expected: what,
        found: found.to_string(),
    }
}

fn policy_code(policy: DuePolicy) -> &'static str {
    match policy {
        DuePolicy::Strict => "strict",
        DuePolicy::Lenient => "lenient",
    }
}

fn read(row: &Row<'_>) -> Result<Campaign> {
    let kind: String = row.get(5)?;
    let state: String = row.get(6)?;
    let years: String = row.get(9)?;
    let policy: String = row.get(10)?;
    let from: Option<String> = row.get(7)?;
    let to: Option<String> = row.get(8)?;
    Ok(Campaign {
        id: CampaignId(row.get(0)?),
        short_id: row.get(1)?,
        plan: row.get::<Option<i64>>(2)?.map(PlanId),
        tree: TreeId(row.get(3)?),
        name: row.get(4)?,
        kind: CampaignKind::from_code(&kind).ok_or_else(|| unknown("a kind of campaign", &kind))?,
        state: CampaignState::from_code(&state)
            .ok_or_else(|| unknown("a state of a campaign", &state))?,
        period: from.zip(to),
        years: years
            .split(',')
            .filter_map(|year| year.parse().ok())
            .collect(),
        due_policy: if policy == "lenient" {
            DuePolicy::Lenient
        } else {
            DuePolicy::Strict
        },
        profile: row.get(11)?,
        lead: row.get::<Option<i64>>(12)?.map(UnitId),
        coordinating: row.get::<Option<i64>>(13)?.map(UnitId),
        days_to_consolidate: row.get(14)?,
        created_at: row.get(15)?,
        issued_at: row.get(16)?,
    })
}

/// Stores a new campaign; its `id` is ignored and the new one returned.
///
/// # Errors
/// A conflict when the short id is taken.
pub fn create(tx: &mut dyn Tx, campaign: &Campaign) -> Result<CampaignId> {
    let years = campaign
        .years
        .iter()
        .map(i16::to_string)
        .collect::<Vec<_>>()
        .join(",");
    tx.insert(
        "INSERT INTO campaign (short_id, plan_id, tree_id, name, kind, state, period_from, period_to, years, due_policy, profile, \
             lead_unit_id, coordinating_unit_id, days_to_consolidate, created_at, issued_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) RETURNING id",
        &params![
            &campaign.short_id,
            campaign.plan.map(|id| id.0),
            campaign.tree.0,
            &campaign.name,
            campaign.kind.code(),
            campaign.state.code(),
            campaign.period.as_ref().map(|(from, _)| from.as_str()),
            campaign.period.as_ref().map(|(_, to)| to.as_str()),
            years,
            policy_code(campaign.due_policy),
            &campaign.profile,
            campaign.lead.map(|id| id.0),
            campaign.coordinating.map(|id| id.0),
            campaign.days_to_consolidate,
            campaign.created_at,
            campaign.issued_at
        ],
    )
    .map(CampaignId)
}

/// Changes everything about a campaign but its ids, tree and plan.
pub fn update(tx: &mut dyn Tx, campaign: &Campaign) -> Result<()> {
    let years = campaign
        .years
        .iter()
        .map(i16::to_string)
        .collect::<Vec<_>>()
        .join(",");
    tx.execute(
        "UPDATE campaign SET name = ?2, kind = ?3, state = ?4, period_from = ?5, period_to = ?6, years = ?7, due_policy = ?8, \
             profile = ?9, lead_unit_id = ?10, coordinating_unit_id = ?11, days_to_consolidate = ?12, issued_at = ?13 WHERE id = ?1",
        &params![
            campaign.id.0,
            &campaign.name,
            campaign.kind.code(),
            campaign.state.code(),
            campaign.period.as_ref().map(|(from, _)| from.as_str()),
            campaign.period.as_ref().map(|(_, to)| to.as_str()),
            years,
            policy_code(campaign.due_policy),
            &campaign.profile,
            campaign.lead.map(|id| id.0),
            campaign.coordinating.map(|id| id.0),
            campaign.days_to_consolidate,
            campaign.issued_at
        ],
    )?;
    Ok(())
}

pub fn by_id(tx: &mut dyn Tx, id: CampaignId) -> Result<Campaign> {
    tx.row(
        &format!("SELECT {COLUMNS} FROM campaign WHERE id = ?1"),
        &params![id.0],
        read,
    )
}

pub fn by_short_id(tx: &mut dyn Tx, short_id: &str) -> Result<Option<Campaign>> {
    tx.row_opt(
        &format!("SELECT {COLUMNS} FROM campaign WHERE short_id = ?1"),
        &params![short_id],
        read,
    )
}

/// All campaigns, the newest first.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<Campaign>> {
    tx.rows(
        &format!("SELECT {COLUMNS} FROM campaign ORDER BY id DESC"),
        &[],
        read,
    )
}

/// The issued campaigns that were laid down before this one, the latest first.
pub fn issued_before(tx: &mut dyn Tx, campaign: CampaignId, limit: i64) -> Result<Vec<Campaign>> {
    tx.rows(
        &format!(
            "SELECT {COLUMNS} FROM campaign WHERE id < ?1 AND state <> 'preparing' ORDER BY id DESC LIMIT ?2"
        ),
        &params![campaign.0, limit],
        read,
    )
}

/// The sections of the outline in printing order.
pub fn sections(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<Section>> {
    tx.rows(
        "SELECT id, number, title, level, guidance, writable FROM section WHERE campaign_id = ?1 ORDER BY ord",
        &params![campaign.0],
        |row| {
            let writable: String = row.get(5)?;
            Ok(Section {
                id: SectionId(row.get(0)?),
                number: row.get(1)?,
                title: row.get(2)?,
                level: u8::try_from(row.get::<i64>(3)?).unwrap_or(1),
                guidance: row.get(4)?,
                writable: Writable::from_code(&writable).ok_or_else(|| unknown("a kind of section", &writable))?,
            })
        },
    )
}

/// Adds a section at the end; its `id` is ignored and the new one returned.
pub fn add_section(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    ord: i64,
    section: &Section,
) -> Result<SectionId> {
    tx.insert(
        "INSERT INTO section (campaign_id, ord, number, title, level, guidance, writable) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id",
        &params![campaign.0, ord, &section.number, &section.title, i64::from(section.level), &section.guidance, section.writable.code()],
    )
    .map(SectionId)
}

/// Takes the whole outline away; only possible before anybody wrote.
pub fn clear_sections(tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
    tx.execute(
        "DELETE FROM section WHERE campaign_id = ?1",
        &params![campaign.0],
    )?;
    Ok(())
}

/// The indicators in table order.
pub fn indicators(tx: &mut dyn Tx, campaign: CampaignId) -> Result<Vec<Indicator>> {
    tx.rows(
        "SELECT id, code, name, unit, rule, numerator, denominator, grain, hint, total_of, is_required FROM indicator \
         WHERE campaign_id = ?1 ORDER BY ord",
        &params![campaign.0],
        |row| {
            let rule: String = row.get(4)?;
            let grain: String = row.get(7)?;
            let total_of: String = row.get(9)?;
            Ok(Indicator {
                id: IndicatorId(row.get(0)?),
                code: row.get(1)?,
                name: row.get(2)?,
                unit: row.get(3)?,
                rule: Rule::from_code(&rule, &row.get::<String>(5)?, &row.get::<String>(6)?).ok_or_else(|| unknown("a roll-up rule", &rule))?,
                grain: Grain::from_code(&grain).ok_or_else(|| unknown("a period grain", &grain))?,
                hint: row.get(8)?,
                total_of: total_of.split('+').filter(|code| !code.is_empty()).map(String::from).collect(),
                required: row.get(10)?,
            })
        },
    )
}

/// Adds an indicator at the end; its `id` is ignored and the new one returned.
///
/// # Errors
/// A conflict when the code is used twice.
pub fn add_indicator(
    tx: &mut dyn Tx,
    campaign: CampaignId,
    ord: i64,
    indicator: &Indicator,
) -> Result<IndicatorId> {
    let (numerator, denominator) = match &indicator.rule {
        Rule::Ratio {
            numerator,
            denominator,
        } => (numerator.join("+"), denominator.join("+")),
        Rule::Share { weight } => (String::new(), weight.clone()),
        _ => (String::new(), String::new()),
    };
    tx.insert(
        "INSERT INTO indicator (campaign_id, ord, code, name, unit, rule, numerator, denominator, grain, hint, total_of, is_required) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING id",
        &params![
            campaign.0,
            ord,
            &indicator.code,
            &indicator.name,
            &indicator.unit,
            indicator.rule.code(),
            numerator,
            denominator,
            indicator.grain.code(),
            &indicator.hint,
            indicator.total_of.join("+"),
            indicator.required
        ],
    )
    .map(IndicatorId)
}

/// Takes all indicators away; only possible before anybody filled any in.
pub fn clear_indicators(tx: &mut dyn Tx, campaign: CampaignId) -> Result<()> {
    tx.execute(
        "DELETE FROM indicator WHERE campaign_id = ?1",
        &params![campaign.0],
    )?;
    Ok(())
}

/// The shape of the campaign's figure tables.
pub fn layout(tx: &mut dyn Tx, campaign: &Campaign) -> Result<Layout> {
    Ok(Layout::new(
        indicators(tx, campaign.id)?,
        campaign.years.clone(),
    ))
}

/// The number that makes the next short id its own, from 1.
pub fn next_short_number(tx: &mut dyn Tx) -> Result<i64> {
    tx.scalar::<Option<i64>>("SELECT MAX(id) FROM campaign", &[])
        .map(|id| id.unwrap_or(0) + 1)
}

/// Marks the campaign as issued to the units.
pub fn issue(tx: &mut dyn Tx, id: CampaignId, now: Timestamp) -> Result<()> {
    tx.execute(
        "UPDATE campaign SET state = 'open', issued_at = ?2 WHERE id = ?1",
        &params![id.0, now],
    )?;
    Ok(())
}

/// The campaigns opened from a plan, with their short ids.
pub fn of_plan(tx: &mut dyn Tx, plan: PlanId) -> Result<Vec<(CampaignId, String)>> {
    tx.rows(
        "SELECT id, short_id FROM campaign WHERE plan_id = ?1 ORDER BY id",
        &params![plan.0],
        |row| Ok((CampaignId(row.get(0)?), row.get(1)?)),
    )
}
