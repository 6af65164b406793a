//! Tìm kiếm: words in everything that may be read, each with its sentence, and which units mention them.

use crate::extract::Query;
use crate::page::{Answer, Shell, page, run};
use crate::pages::units::level_label;
use crate::session::Signed;
use app::search::{Ask, Elsewhere, Found, Hit, Mentions, elsewhere, mentions, search};
use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// Hits, and units, on one page.
const PER_PAGE: usize = 20;
/// Campaigns that can be chosen.
const MOST_CAMPAIGNS: usize = 50;

/// What follows the `?`.
#[derive(Deserialize, Clone, Default)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default, rename = "dot")]
    campaign: String,
    #[serde(default, rename = "don-vi")]
    unit: String,
    #[serde(default, rename = "cap")]
    level: String,
    #[serde(default, rename = "muc")]
    section: String,
    /// `don-vi`: which units mention it.
    #[serde(default, rename = "xem")]
    view: String,
    /// Where the window before ended.
    #[serde(default, rename = "sau")]
    after: String,
    /// Page of the window.
    #[serde(default, rename = "trang")]
    page: Option<usize>,
}

impl Asked {
    fn ask(&self) -> Ask {
        let given = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        Ask {
            words: self.q.clone(),
            campaign: given(&self.campaign),
            unit: given(&self.unit),
            level: self.level.trim().parse().ok(),
            section: given(&self.section),
            after: given(&self.after),
        }
    }

    fn is_by_unit(&self) -> bool {
        self.view == "don-vi"
    }

    /// The address of the same search, shown in the other way or from another window on.
    fn href(&self, view: &str, after: &str) -> String {
        let fields = [
            ("q", self.q.as_str()),
            ("dot", &self.campaign),
            ("don-vi", &self.unit),
            ("cap", &self.level),
            ("muc", &self.section),
            ("xem", view),
            ("sau", after),
        ];
        let given = fields.iter().filter(|(_, value)| !value.is_empty());
        let fields: Vec<String> = given
            .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
            .collect();
        format!("/tim-kiem?{}", fields.join("&"))
    }
}

#[derive(Template)]
#[template(path = "search/view.html")]
struct SearchPage {
    shell: Shell,
    asked: Asked,
    /// Short id and name.
    campaigns: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    found: Option<Found>,
    mentions: Option<Mentions>,
    elsewhere: Elsewhere,
    page: usize,
}

impl SearchPage {
    fn hits(&self, found: &Found) -> Vec<Hit> {
        let from = (self.page - 1) * PER_PAGE;
        found
            .hits
            .iter()
            .skip(from)
            .take(PER_PAGE)
            .cloned()
            .collect()
    }

    fn pages(&self, found: &Found) -> usize {
        found.hits.len().div_ceil(PER_PAGE).max(1)
    }

    /// How many there are, as far as was looked.
    fn count(&self, found: &Found) -> String {
        let shown = found.hits.len();
        match (&found.next, self.asked.after.is_empty()) {
            (Some(_), true) => format!("Hơn {shown} mục báo cáo"),
            (_, false) => format!("{shown} mục báo cáo tiếp theo"),
            (None, true) => format!("{shown} mục báo cáo"),
        }
    }

    fn next(&self, next: &str) -> String {
        self.asked.href(&self.asked.view, next)
    }

    fn here(&self) -> String {
        self.asked.href(&self.asked.view, &self.asked.after) + "&trang="
    }

    /// Where the passage stands.
    fn place(&self, hit: &Hit) -> String {
        let (report, section, passage) = (hit.report, hit.section, hit.excerpt.passage);
        if hit.is_draft {
            format!("/bao-cao/{report}/muc/{section}")
        } else {
            format!(
                "/bao-cao/{report}/toan-van?muc={section}&doan={passage}#doan-{section}-{passage}"
            )
        }
    }

    fn is_filtered(&self) -> bool {
        let asked = &self.asked;
        !(asked.campaign.is_empty()
            && asked.unit.is_empty()
            && asked.level.is_empty()
            && asked.section.is_empty())
    }

    fn has_elsewhere(&self) -> bool {
        !self.elsewhere.units.is_empty() || !self.elsewhere.plans.is_empty()
    }

    fn is_nowhere(&self) -> bool {
        let hits = self
            .found
            .as_ref()
            .is_some_and(|found| !found.hits.is_empty());
        let units = self
            .mentions
            .as_ref()
            .is_some_and(|found| !found.units.is_empty());
        !hits && !units && !self.has_elsewhere()
    }

    fn waiting(&self) -> i64 {
        let found = self.found.as_ref().map(|found| found.waiting);
        found
            .or(self.mentions.as_ref().map(|found| found.waiting))
            .unwrap_or(0)
    }
}

pub async fn view(Signed(ctx): Signed, shell: Shell, Query(asked): Query<Asked>) -> Answer {
    let wish = asked.clone();
    let (campaigns, found, mentions, elsewhere) = run(move || {
        let ask = wish.ask();
        let campaigns = app::campaigns::list(&ctx)?;
        if wish.q.trim().is_empty() {
            return Ok((campaigns, None, None, Elsewhere::default()));
        }
        let is_first = ask.after.is_none() && !wish.is_by_unit();
        let elsewhere = if is_first {
            elsewhere(&ctx, &ask)?
        } else {
            Elsewhere::default()
        };
        if wish.is_by_unit() {
            let units = mentions(&ctx, &ask, PER_PAGE)?;
            return Ok((campaigns, None, Some(units), elsewhere));
        }
        Ok((campaigns, Some(search(&ctx, &ask)?), None, elsewhere))
    })
    .await?;
    let any = |label: &str| (String::new(), label.to_owned());
    let campaigns = campaigns
        .into_iter()
        .take(MOST_CAMPAIGNS)
        .map(|campaign| (campaign.short_id, campaign.name));
    let levels = (1..=4).map(|level| (level.to_string(), level_label(level)));
    page(&SearchPage {
        shell: shell.titled("Tìm kiếm"),
        page: asked.page.unwrap_or(1).max(1),
        asked,
        campaigns: std::iter::once(any("Mọi đợt")).chain(campaigns).collect(),
        levels: std::iter::once(any("Mọi cấp")).chain(levels).collect(),
        found,
        mentions,
        elsewhere,
    })
}
