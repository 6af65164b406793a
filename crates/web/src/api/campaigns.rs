//! Campaigns over the API: opening, outline, issue.

use crate::extract::{Json, Path, Query, Raw};
use crate::page::{Answer, json, json_with, run};
use crate::session::Signed;
use app::Ctx;
use app::campaigns::Frame;
use axum::http::StatusCode;
use domain::campaign::{Campaign, CampaignKind};
use domain::deadline::DuePolicy;
use domain::ids::{PlanId, TreeId, UnitId};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Wire {
    campaign: String,
    name: String,
    kind: CampaignKind,
    state: &'static str,
    plan: Option<PlanId>,
    tree: TreeId,
    period: Option<(String, String)>,
    years: Vec<i16>,
    due_policy: DuePolicy,
    profile: String,
    lead: Option<UnitId>,
    coordinating: Option<UnitId>,
    days_to_consolidate: i64,
    issued_at: Option<jiff::Timestamp>,
}

fn wire(campaign: Campaign) -> Wire {
    Wire {
        campaign: campaign.short_id,
        name: campaign.name,
        kind: campaign.kind,
        state: campaign.state.code(),
        plan: campaign.plan,
        tree: campaign.tree,
        period: campaign.period,
        years: campaign.years,
        due_policy: campaign.due_policy,
        profile: campaign.profile,
        lead: campaign.lead,
        coordinating: campaign.coordinating,
        days_to_consolidate: campaign.days_to_consolidate,
        issued_at: campaign.issued_at,
    }
}

/// `GET /api/v1/campaigns`
pub async fn list(Signed(ctx): Signed) -> Answer {
    let campaigns = run(move || app::campaigns::list(&ctx)).await?;
    let campaigns: Vec<Wire> = campaigns.into_iter().map(wire).collect();
    json(&serde_json::json!({ "campaigns": campaigns }))
}

/// `GET /api/v1/campaigns/{short}`
pub async fn get(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    let seen = run(move || app::campaigns::overview(&ctx, &short_id)).await?;
    json(&wire(seen.campaign))
}

/// What a program says about a campaign; what it leaves out follows from the plan.
#[derive(Deserialize)]
pub struct OpenWish {
    plan: PlanId,
    tree: TreeId,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    kind: Option<CampaignKind>,
    #[serde(default)]
    due_policy: Option<DuePolicy>,
    #[serde(default)]
    profile: Option<String>,
    /// Codes of units.
    #[serde(default)]
    lead: Option<String>,
    #[serde(default)]
    coordinating: Option<String>,
    #[serde(default)]
    years: Option<Vec<i16>>,
    #[serde(default)]
    days_to_consolidate: Option<i64>,
}

impl OpenWish {
    fn frame(self, ctx: &Ctx) -> app::Result<Frame> {
        let suggested = app::campaigns::suggest(ctx, self.plan, self.tree)?;
        let find = |words: Option<String>, place: &str, otherwise: Option<UnitId>| match words {
            Some(words) => app::units::find(ctx, self.tree, &words, place),
            None => Ok(otherwise),
        };
        Ok(Frame {
            lead: find(self.lead, "lead", suggested.lead)?,
            coordinating: find(self.coordinating, "coordinating", suggested.coordinating)?,
            name: self.name.unwrap_or(suggested.name),
            kind: self.kind.unwrap_or(suggested.kind),
            due_policy: self.due_policy.unwrap_or(suggested.due_policy),
            profile: self.profile.unwrap_or(suggested.profile),
            years: self.years.unwrap_or(suggested.years),
            days_to_consolidate: self
                .days_to_consolidate
                .unwrap_or(suggested.days_to_consolidate),
            period: suggested.period,
        })
    }
}

/// `POST /api/v1/campaigns` opens a campaign from a confirmed plan and derives its assignments.
pub async fn open(Signed(ctx): Signed, Json(wish): Json<OpenWish>) -> Answer {
    let (campaign, derived) = run(move || {
        let (plan, tree) = (wish.plan, wish.tree);
        let campaign = app::campaigns::create(&ctx, plan, tree, wish.frame(&ctx)?)?;
        let derived = app::assignments::derive(&ctx, &campaign.short_id)?;
        Ok((campaign, derived))
    })
    .await?;
    json_with(
        StatusCode::CREATED,
        &serde_json::json!({ "campaign": campaign.short_id, "derived": derived }),
    )
}

#[derive(Deserialize, Default)]
pub struct IssueWish {
    #[serde(default)]
    accept_past_dues: bool,
}

/// `POST /api/v1/campaigns/{short}/issue` with `{"accept_past_dues": false}`.
pub async fn issue(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Json(wish): Json<IssueWish>,
) -> Answer {
    json(&wire(
        run(move || app::campaigns::issue(&ctx, &short_id, wish.accept_past_dues)).await?,
    ))
}

/// `GET /api/v1/campaigns/{short}/outline`
pub async fn outline(Signed(ctx): Signed, Path(short_id): Path<String>) -> Answer {
    let outline = run(move || app::outlines::get(&ctx, &short_id)).await?;
    json(&serde_json::json!({ "sections": outline.sections, "indicators": outline.indicators }))
}

#[derive(Deserialize)]
pub struct ImportWish {
    name: String,
    #[serde(default)]
    dry_run: bool,
}

/// `PUT /api/v1/campaigns/{short}/sections?name=de-cuong.tsv` with the table as the body.
pub async fn import_sections(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<ImportWish>,
    Raw(bytes): Raw,
) -> Answer {
    json(
        &run(move || {
            app::outlines::import_sections(&ctx, &short_id, &wish.name, &bytes, wish.dry_run)
        })
        .await?,
    )
}

/// `PUT /api/v1/campaigns/{short}/indicators?name=chi-tieu.xlsx` with the table as the body.
pub async fn import_indicators(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(wish): Query<ImportWish>,
    Raw(bytes): Raw,
) -> Answer {
    json(
        &run(move || {
            app::outlines::import_indicators(&ctx, &short_id, &wish.name, &bytes, wish.dry_run)
        })
        .await?,
    )
}
