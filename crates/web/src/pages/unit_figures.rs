//! Số liệu của một đơn vị qua các đợt: one indicator over all campaigns, across reorganisations.

use crate::extract::{Path, Query};
use crate::page::{Answer, Shell, page, run};
use crate::session::Signed;
use app::figures::{Trend, TrendCampaign, TrendPart, TrendValues, trend};
use askama::Template;
use domain::campaign::Period;
use domain::ids::UnitId;
use domain::number::Amount;
use domain::org::Portion;
use domain::org::reorganise::Share;
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize, Default, Clone)]
pub struct Asked {
    #[serde(default, rename = "chi-tieu")]
    indicator: String,
}

#[derive(Template)]
#[template(path = "units/figures.html")]
struct TrendPage {
    shell: Shell,
    trend: Trend,
    /// Years of all campaigns.
    years: Vec<i16>,
}

impl TrendPage {
    fn is_chosen(&self, code: &str) -> bool {
        let chosen = self.trend.indicator.as_ref();
        chosen.is_some_and(|chosen| chosen.code == code)
    }

    /// The value of a year, empty where the campaign has no such year.
    fn of_year(&self, values: &TrendValues, year: &i16) -> String {
        let mut found = values.by_period.iter();
        let found = found.find(|(period, _)| *period == Period::Year(*year));
        found.map_or_else(String::new, |(_, value)| text(value))
    }

    fn over_time(&self, values: &TrendValues) -> String {
        text(&values.over_time)
    }

    /// The number is that of other units.
    fn is_made(&self, said: &TrendCampaign) -> bool {
        said.parts.iter().any(|part| part.unit != self.trend.unit)
    }

    fn portion(&self, part: &TrendPart) -> String {
        match &part.portion {
            Portion::Whole => "toàn bộ".into(),
            Portion::Shares(shares) => {
                let shares: Vec<String> = shares.iter().map(cited).collect();
                format!("tỷ lệ {}", shares.join(" của "))
            }
            Portion::Inseparable(extent) => format!("{}, không tách được", extent.label()),
        }
    }
}

fn cited(share: &Share) -> String {
    format!("{} ({})", share.written(), share.source)
}

fn text(value: &Option<Amount>) -> String {
    value.map(Amount::vietnamese).unwrap_or_default()
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(asked): Query<Asked>,
) -> Answer {
    let trend = run(move || trend(&ctx, UnitId(id), Some(&asked.indicator))).await?;
    let years: BTreeSet<i16> = trend
        .campaigns
        .iter()
        .flat_map(|said| &said.values.by_period)
        .filter_map(|(period, _)| match period {
            Period::Year(year) => Some(*year),
            Period::Whole => None,
        })
        .collect();
    page(&TrendPage {
        shell: shell
            .titled(format!("Số liệu qua các đợt – {}", trend.name))
            .crumb(trend.name.clone(), format!("/don-vi/{id}")),
        years: years.into_iter().collect(),
        trend,
    })
}
