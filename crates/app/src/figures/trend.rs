//! A figure of one unit over all campaigns, across reorganisations.
//!
//! A figure stays with the unit that reported it. Where the unit did not exist yet, its figure is made here, on reading,
//! of the units that went into it; what came of a part of a unit cannot be told apart and is said so.

use super::tables;
use crate::ctx::{Ctx, load_campaign};
use crate::error::{Error, Result};
use crate::live::{LiveTree, Node, is_received};
use domain::access::Wish;
use domain::campaign::{Campaign, CampaignState, Indicator, Period};
use domain::figures::Layout;
use domain::ids::{BodyId, RevisionId, UnitId};
use domain::number::Amount;
use domain::org::{Origin, Portion, Strand, origins};
use domain::rollup::{Overflow, Totals, of_one};
use std::collections::HashMap;
use store::Tx;

/// Campaigns that are looked at, the newest ones: as many as stay in memory when they are national.
const MOST_CAMPAIGNS: usize = 10;

/// An indicator of a unit, campaign by campaign, the oldest first.
#[derive(Debug, Clone)]
pub struct Trend {
    pub unit: UnitId,
    pub code: String,
    pub name: String,
    /// As the newest campaign has it.
    pub indicator: Option<Indicator>,
    /// Indicators of all these campaigns, to choose from: code and name.
    pub indicators: Vec<(String, String)>,
    pub campaigns: Vec<TrendCampaign>,
}

/// What one campaign says.
#[derive(Debug, Clone)]
pub struct TrendCampaign {
    pub campaign: Campaign,
    /// Of the whole: `None` where nobody reported, or where some part cannot be told apart.
    pub values: Values,
    /// The units that it is made of; the unit itself alone where it reported.
    pub parts: Vec<TrendPart>,
    /// It is made of other units than the campaign before: the line is broken here.
    pub is_break: bool,
}

/// Values of one indicator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    pub by_period: Vec<(Period, Option<Amount>)>,
    pub over_time: Option<Amount>,
}

/// One unit of then.
#[derive(Debug, Clone)]
pub struct TrendPart {
    pub unit: UnitId,
    pub code: String,
    pub name: String,
    /// How much of it is in the unit of now.
    pub portion: Portion,
    /// What it reported, all of it.
    pub values: Values,
}

impl TrendCampaign {
    /// Some of what it would be made of cannot be told apart.
    pub fn is_inseparable(&self) -> bool {
        let mut portions = self.parts.iter().map(|part| &part.portion);
        portions.any(|portion| matches!(portion, Portion::Inseparable(_)))
    }
    /// Some of it is estimated by a stated share.
    pub fn is_estimate(&self) -> bool {
        let mut portions = self.parts.iter().map(|part| &part.portion);
        portions.any(|portion| matches!(portion, Portion::Shares(_)))
    }
}

/// The figures of a unit over the campaigns that the actor may see it in; of the first indicator when none is named.
///
/// # Errors
/// `NotFound` for an unknown unit, and for one that the actor may see in no campaign.
pub fn trend(ctx: &Ctx, unit: UnitId, indicator: Option<&str>) -> Result<Trend> {
    let (unit, campaigns, strands) = ctx.db().read(|tx| -> Result<_> {
        let unit = store::units::by_id(tx, unit)?;
        let campaigns = seen_in(ctx, tx, unit.tree, unit.id)?;
        let strands = store::carry::strands_into(tx, unit.body)?;
        Ok((unit, campaigns, strands))
    })?;
    if campaigns.is_empty() {
        return Err(Error::NotFound);
    }
    let kin = Kin::of(unit.body, &strands);
    let rows = ctx.db().read(|tx| {
        let bodies: Vec<BodyId> = kin.0.keys().copied().collect();
        store::carry::stays_in(tx, unit.tree, &bodies)
    })?;
    let mut trend = Trend {
        unit: unit.id,
        code: unit.seed.code,
        name: unit.seed.name,
        indicator: None,
        indicators: Vec::new(),
        campaigns: Vec::new(),
    };
    let mut layouts = Vec::new();
    for campaign in campaigns {
        let found = ctx
            .app()
            .live
            .with(ctx.db(), &campaign, ctx.now, |tree| kin.held(tree, &rows))?;
        layouts.push((campaign, found));
    }
    let wanted = indicator.filter(|code| !code.is_empty()).map(str::to_owned);
    let code = wanted.or_else(|| {
        let (_, newest) = layouts.last()?;
        Some(newest.layout.indicators().first()?.code.clone())
    });
    for (campaign, found) in layouts {
        for indicator in found.layout.indicators() {
            if !trend
                .indicators
                .iter()
                .any(|(code, _)| *code == indicator.code)
            {
                trend
                    .indicators
                    .push((indicator.code.clone(), indicator.name.clone()));
            }
        }
        let Some(position) = code
            .as_deref()
            .and_then(|code| found.layout.indicator(code))
        else {
            continue;
        };
        trend.indicator = Some(found.layout.indicators()[position].clone());
        let said = found.said(ctx, campaign, position)?;
        trend.campaigns.push(said);
    }
    if indicator.is_some_and(|code| !code.is_empty()) && trend.indicator.is_none() {
        return Err(Error::NotFound);
    }
    mark_breaks(&mut trend.campaigns);
    Ok(trend)
}

/// There is a campaign in which the actor may see the part of the unit; for offering a link.
///
/// # Errors
/// `NotFound` for an unknown unit.
pub fn has_trend(ctx: &Ctx, unit: UnitId) -> Result<bool> {
    ctx.db().read(|tx| {
        let unit = store::units::by_id(tx, unit)?;
        Ok(!seen_in(ctx, tx, unit.tree, unit.id)?.is_empty())
    })
}

/// The campaigns of this tree in which the actor may see the part of the unit, the oldest first.
fn seen_in(
    ctx: &Ctx,
    tx: &mut dyn Tx,
    tree: domain::ids::TreeId,
    unit: UnitId,
) -> Result<Vec<Campaign>> {
    let mut campaigns = store::campaigns::list(tx)?;
    campaigns
        .retain(|campaign| campaign.tree == tree && campaign.state != CampaignState::Preparing);
    campaigns.sort_by(|one, other| {
        (&one.period, one.years.first(), one.id.0).cmp(&(
            &other.period,
            other.years.first(),
            other.id.0,
        ))
    });
    let surplus = campaigns.len().saturating_sub(MOST_CAMPAIGNS);
    let mut seen = Vec::new();
    for campaign in campaigns.into_iter().skip(surplus) {
        let (_, whole) = load_campaign(ctx, tx, &campaign.short_id, None)?;
        let (_, part) = load_campaign(ctx, tx, &campaign.short_id, Some(unit))?;
        if ctx.may(Wish::ReadBoard, &whole) || ctx.may(Wish::ReadBoard, &part) {
            seen.push(campaign);
        }
    }
    Ok(seen)
}

/// A line is broken where its number is made of other organisations than the last one.
fn mark_breaks(campaigns: &mut [TrendCampaign]) {
    let mut before: Option<Vec<UnitId>> = None;
    for campaign in campaigns.iter_mut().filter(|one| !one.parts.is_empty()) {
        let units: Vec<UnitId> = campaign.parts.iter().map(|part| part.unit).collect();
        campaign.is_break = before.as_ref().is_some_and(|before| *before != units);
        before = Some(units);
    }
}

/// An organisation with all those that went into it, and how much of each.
struct Kin(HashMap<BodyId, Portion>);

impl Kin {
    fn of(body: BodyId, strands: &[Strand]) -> Kin {
        let origins = origins(body, strands).into_iter();
        let mut portions: HashMap<BodyId, Portion> = origins
            .map(|Origin { body, portion }| (body, portion))
            .collect();
        portions.insert(body, Portion::Whole);
        Kin(portions)
    }

    /// What a campaign keeps of those organisations that reported in it. Each report counts in the totals of the campaign
    /// for itself, so they add here, too, in the order of `rows`.
    fn held(&self, tree: &LiveTree, rows: &[(BodyId, UnitId)]) -> Held {
        let reported: Vec<(Node, &Portion)> = rows
            .iter()
            .filter_map(|(body, unit)| Some((tree.of_unit(*unit)?, self.0.get(body)?)))
            .filter(|(node, _)| has_figures(tree, *node))
            .collect();
        // What a divided superior kept together is told one by one by those of its units that went here.
        let is_told_below = |node: Node| {
            let mut others = reported.iter().map(|(other, _)| *other);
            others.any(|other| node < other && other < tree.node(node).end)
        };
        Held {
            layout: tree.layout().clone(),
            parts: reported
                .iter()
                .filter(|(node, portion)| {
                    !(matches!(portion, Portion::Inseparable(_)) && is_told_below(*node))
                })
                .map(|(node, portion)| held_part(tree, *node, (*portion).clone()))
                .collect(),
        }
    }
}

/// Some report of the unit, or of one below it, is in the totals.
fn has_figures(tree: &LiveTree, node: Node) -> bool {
    tree.counts(node).adding_received > 0
        || (tree.is_leaf(node) && tree.standing(node).is_some_and(is_received))
}

/// What memory holds of a unit; the report whose figures are still to be read, when it keeps no totals.
struct HeldPart {
    unit: UnitId,
    code: String,
    name: String,
    portion: Portion,
    totals: Totals,
    report: Option<RevisionId>,
}

fn held_part(tree: &LiveTree, node: Node, portion: Portion) -> HeldPart {
    let unit = tree.node(node);
    let sums = tree.sums(node);
    HeldPart {
        unit: unit.unit,
        code: unit.code.clone(),
        name: unit.name.clone(),
        portion,
        totals: sums.map_or_else(
            || Totals::empty(tree.layout()),
            |sums| sums.provisional.clone(),
        ),
        report: tree
            .standing(node)
            .filter(|_| sums.is_none())
            .and_then(|standing| standing.counted),
    }
}

struct Held {
    layout: Layout,
    parts: Vec<HeldPart>,
}

impl Held {
    fn said(mut self, ctx: &Ctx, campaign: Campaign, position: usize) -> Result<TrendCampaign> {
        let layout = &self.layout;
        let wanted: Vec<RevisionId> = self.parts.iter().filter_map(|part| part.report).collect();
        let tables = tables(ctx, layout, &wanted)?;
        let mut whole = Totals::empty(layout);
        for part in &mut self.parts {
            if let Some(table) = part.report.and_then(|report| tables.get(&report)) {
                part.totals = of_one(layout, table).map_err(Error::refused)?;
            }
            let portion = portion_of(layout, &part.totals, &part.portion)?;
            whole.merge(layout, &portion).map_err(Error::refused)?;
        }
        let parts: Vec<TrendPart> = self
            .parts
            .into_iter()
            .map(|part| TrendPart {
                unit: part.unit,
                code: part.code,
                name: part.name,
                portion: part.portion,
                values: values(layout, &part.totals, position),
            })
            .collect();
        let mut said = TrendCampaign {
            campaign,
            values: values(layout, &whole, position),
            parts,
            is_break: false,
        };
        if said.is_inseparable() {
            said.values.over_time = None;
            for (_, value) in &mut said.values.by_period {
                *value = None;
            }
        }
        Ok(said)
    }
}

/// What of a unit's totals counts for the unit of now; of an inseparable part nothing.
fn portion_of(layout: &Layout, totals: &Totals, portion: &Portion) -> Result<Totals> {
    match portion {
        Portion::Whole => Ok(totals.clone()),
        Portion::Inseparable(_) => Ok(Totals::empty(layout)),
        Portion::Shares(shares) => {
            // One factor for the whole way, so that rounding happens once.
            let factor = shares.iter().try_fold((1i64, 1i64), |factor, share| {
                let numerator = factor.0.checked_mul(share.numerator.into())?;
                Some((numerator, factor.1.checked_mul(share.denominator.into())?))
            });
            let (numerator, denominator) = factor.ok_or_else(|| Error::refused(Overflow))?;
            totals
                .share_of(layout, numerator, denominator)
                .map_err(Error::refused)
        }
    }
}

fn values(layout: &Layout, totals: &Totals, position: usize) -> Values {
    let cells = layout.cells(position);
    Values {
        by_period: cells
            .map(|(period, cell)| (period, totals.value(layout, position, cell)))
            .collect(),
        over_time: totals.over_time(layout, position),
    }
}
