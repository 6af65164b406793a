//! A trend as one JSON document (see docs/json.md).

use super::trend::{Trend, TrendCampaign, TrendPart, Values};
use domain::campaign::Period;
use domain::number::Amount;
use domain::org::Portion;
use domain::org::reorganise::Share;
use serde::Serialize;
use std::collections::BTreeMap;

/// An indicator of a unit, campaign by campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrendJson {
    pub unit: String,
    pub name: String,
    pub indicator: Option<IndicatorJson>,
    pub campaigns: Vec<TrendCampaignJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndicatorJson {
    pub code: String,
    pub name: String,
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrendCampaignJson {
    pub campaign: String,
    pub name: String,
    #[serde(flatten)]
    pub values: ValuesJson,
    /// The number is made of other units than that of the campaign before.
    pub is_break: bool,
    /// No number, because a part of a unit cannot be told apart.
    pub inseparable: bool,
    /// Estimated by a stated share.
    pub estimate: bool,
    pub parts: Vec<TrendPartJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValuesJson {
    pub years: BTreeMap<String, Option<String>>,
    /// The value for the whole period, carried over the years by the rule of the indicator.
    pub over_time: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TrendPartJson {
    pub unit: String,
    pub name: String,
    /// `whole`, `share`, `part`, `uncertain` or `unresolved`.
    pub portion: &'static str,
    pub shares: Vec<Share>,
    #[serde(flatten)]
    pub values: ValuesJson,
}

impl From<&Trend> for TrendJson {
    fn from(trend: &Trend) -> Self {
        TrendJson {
            unit: trend.code.clone(),
            name: trend.name.clone(),
            indicator: trend.indicator.as_ref().map(|indicator| IndicatorJson {
                code: indicator.code.clone(),
                name: indicator.name.clone(),
                unit: indicator.unit.clone(),
            }),
            campaigns: trend
                .campaigns
                .iter()
                .map(TrendCampaignJson::from)
                .collect(),
        }
    }
}

impl From<&TrendCampaign> for TrendCampaignJson {
    fn from(said: &TrendCampaign) -> Self {
        TrendCampaignJson {
            campaign: said.campaign.short_id.clone(),
            name: said.campaign.name.clone(),
            values: ValuesJson::from(&said.values),
            is_break: said.is_break,
            inseparable: said.is_inseparable(),
            estimate: said.is_estimate(),
            parts: said.parts.iter().map(TrendPartJson::from).collect(),
        }
    }
}

impl From<&TrendPart> for TrendPartJson {
    fn from(part: &TrendPart) -> Self {
        let (portion, shares) = match &part.portion {
            Portion::Whole => ("whole", Vec::new()),
            Portion::Shares(shares) => ("share", shares.clone()),
            Portion::Inseparable(extent) => (extent.code(), Vec::new()),
        };
        TrendPartJson {
            unit: part.code.clone(),
            name: part.name.clone(),
            portion,
            shares,
            values: ValuesJson::from(&part.values),
        }
    }
}

impl From<&Values> for ValuesJson {
    fn from(values: &Values) -> Self {
        let text = |amount: &Option<Amount>| amount.map(|amount| amount.to_string());
        let years = values.by_period.iter();
        let years = years.filter(|(period, _)| matches!(period, Period::Year(_)));
        ValuesJson {
            years: years
                .map(|(period, value)| (period.key(), text(value)))
                .collect(),
            over_time: text(&values.over_time),
        }
    }
}
