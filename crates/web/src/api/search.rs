//! Search and copies over the API: what `dondoc search` and `dondoc duplicates` print.

use crate::extract::{Path, Query};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::copies::{DEFAULT_LEAST, DuplicatesJson, SectionCopiesJson};
use app::search::{Ask, FoundJson, MentionsJson};
use domain::ids::AssignmentId;
use serde::Deserialize;

/// Most pairs, and units, in one answer.
const MOST_PAIRS: usize = 1_000;
const MOST_UNITS: usize = 100;

#[derive(Deserialize)]
pub struct SearchWish {
    #[serde(default)]
    q: String,
    #[serde(default)]
    campaign: Option<String>,
    /// Code of a unit: it and those below it.
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    level: Option<u8>,
    /// Number of a section, such as `II`.
    #[serde(default)]
    section: Option<String>,
    /// `next` of the answer before.
    #[serde(default)]
    after: Option<String>,
}

impl From<SearchWish> for Ask {
    fn from(wish: SearchWish) -> Ask {
        Ask {
            words: wish.q,
            campaign: wish.campaign,
            unit: wish.unit,
            level: wish.level,
            section: wish.section,
            after: wish.after,
        }
    }
}

/// `GET /api/v1/search?q=WORDS&campaign=ID&unit=CODE&level=4&section=II&after=NEXT`
pub async fn hits(Signed(ctx): Signed, Query(wish): Query<SearchWish>) -> Answer {
    let found = run(move || app::search::search(&ctx, &wish.into())).await?;
    json(&FoundJson::from(found))
}

/// `GET /api/v1/search/units` with the same parameters: which units mention it.
pub async fn units(Signed(ctx): Signed, Query(wish): Query<SearchWish>) -> Answer {
    let found = run(move || app::search::mentions(&ctx, &wish.into(), MOST_UNITS)).await?;
    json(&MentionsJson::from(found))
}

#[derive(Deserialize)]
pub struct CopiesWish {
    /// A share from 0.5 to 1.
    #[serde(default)]
    min: Option<f64>,
    #[serde(default)]
    page: Option<usize>,
}

impl CopiesWish {
    /// The share of 10,000, and the number of the first pair.
    fn least_and_from(&self) -> (u64, usize) {
        let share = |share: f64| (share * 10_000.0).round() as u64;
        let pages_before = self.page.unwrap_or(1).saturating_sub(1);
        (
            self.min.map_or(DEFAULT_LEAST, share),
            pages_before.saturating_mul(MOST_PAIRS),
        )
    }
}

/// `GET /api/v1/campaigns/{short}/duplicates?min=0.8&page=1`
pub async fn duplicates(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<CopiesWish>,
) -> Answer {
    let (least, from) = wish.least_and_from();
    let found =
        run(move || app::copies::duplicates(&ctx, &short_id, least, from, MOST_PAIRS)).await?;
    json(&DuplicatesJson::from(found))
}

/// `GET /api/v1/campaigns/{short}/duplicates/sections?min=0.8&page=1`: sections copied between reports that are less
/// alike as wholes.
pub async fn section_copies(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<CopiesWish>,
) -> Answer {
    let (whole, from) = wish.least_and_from();
    let found =
        run(move || app::copies::section_copies(&ctx, &short_id, whole, from, MOST_PAIRS)).await?;
    json(&SectionCopiesJson::from(found))
}

/// `GET /api/v1/campaigns/{short}/duplicates/{a}/{b}`: two reports side by side.
pub async fn beside(
    Signed(ctx): Signed,
    Path((short_id, a, b)): Path<(String, AssignmentId, AssignmentId)>,
) -> Answer {
    let seen = run(move || {
        let seen = app::copies::beside(&ctx, a, b)?;
        let is_here = seen.a.report.campaign_short_id == short_id;
        is_here.then_some(seen).ok_or(app::Error::NotFound)
    })
    .await?;
    json(&app::copies::BesideJson::from(seen))
}
