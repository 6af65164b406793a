//! The review page: the text on the left with what was read marked in it, the fields on the right, findings on top.

use super::form;
use super::marks::{Mark, anchor, html, marks, page_of, page_starts};
use crate::extract::{Fields, Path, Query};
use crate::page::{Answer, Problems, Shell, page_with, redirect, redirect_done, run};
use crate::session::Signed;
use app::plans::StoredPlan;
use app::{Ctx, Error};
use askama::Template;
use axum::http::StatusCode;
use domain::ids::{CampaignId, PlanId};
use domain::plan::{Duty, DutyKind, Instrument, Plan};
use serde::Deserialize;

/// Duties on one page.
const DUTIES: usize = 12;
/// Findings shown on top.
const FINDINGS: usize = 40;

#[derive(Deserialize, Clone, Copy)]
pub struct Where {
    /// Page of the text, from 1.
    #[serde(default = "first")]
    trang: usize,
    /// Page of the duties, from 1.
    #[serde(default = "first")]
    nv: usize,
}

fn first() -> usize {
    1
}

#[derive(Template)]
#[template(path = "plans/review.html")]
struct ReviewPage {
    shell: Shell,
    problems: Problems,
    stored: StoredPlan,
    /// As typed, when the form is shown again; as stored otherwise.
    plan: Plan,
    campaigns: Vec<(CampaignId, String)>,
    text: String,
    marks: Vec<Mark>,
    starts: Vec<usize>,
    at: Where,
    pages: usize,
    duty_pages: usize,
}

/// A finding as the page lists it.
struct FindingLine {
    message: String,
    href: String,
}

impl ReviewPage {
    fn findings(&self) -> Vec<FindingLine> {
        let line = |(at, finding): (usize, &domain::plan::Finding)| FindingLine {
            message: finding.message.clone(),
            href: self.link(format!("luu-y-{at}")),
        };
        self.stored
            .reading
            .plan
            .findings
            .iter()
            .enumerate()
            .take(FINDINGS)
            .map(line)
            .collect()
    }

    /// The address of a marked place; empty when nothing was read there.
    fn link(&self, name: impl AsRef<str>) -> String {
        let id = anchor(name.as_ref());
        let place = self
            .marks
            .iter()
            .find(|mark| mark.id == id && mark.span.start < mark.span.end);
        place.map_or(String::new(), |mark| {
            let page = page_of(&self.starts, mark.span.start);
            format!("?trang={page}&nv={}#{id}", self.at.nv)
        })
    }

    /// The duties on this page with their positions in the plan.
    fn duties(&self) -> Vec<(usize, &Duty)> {
        self.plan
            .assignments
            .iter()
            .enumerate()
            .skip((self.at.nv - 1) * DUTIES)
            .take(DUTIES)
            .collect()
    }

    fn duty_link(&self, at: &usize) -> String {
        self.link(format!("nv-{at}"))
    }

    /// The two lists of instruments: prefix of their fields, id of their marks, heading, rows with one to spare.
    fn instrument_lists(&self) -> [(&'static str, &'static str, &'static str, Vec<Instrument>); 2] {
        let rows = |list: &[Instrument]| {
            let mut rows = list.to_vec();
            rows.push(Instrument::default());
            rows
        };
        [
            ("cc", "can-cu", "Căn cứ", rows(&self.plan.legal_basis)),
            (
                "sk",
                "so-ket",
                "Văn bản được sơ kết, tổng kết",
                rows(&self.plan.instruments_under_review),
            ),
        ]
    }

    fn kinds(&self) -> [(&'static str, &'static str); 3] {
        [DutyKind::Report, DutyKind::Task, DutyKind::Event].map(|kind| (kind.code(), kind.label()))
    }

    fn summary(&self, duty: &Duty) -> String {
        let who = duty.who.join("; ");
        let who = if who.is_empty() {
            "(chưa rõ ai)".to_string()
        } else {
            who
        };
        format!("{} – {}", duty.duty.label(), shortened(&who))
    }

    fn joined(&self, lines: &[String]) -> String {
        lines.join("\n")
    }

    fn or_empty<'a>(&self, text: &'a Option<String>) -> &'a str {
        text.as_deref().unwrap_or_default()
    }

    fn day(&self, day: &Option<jiff::civil::Date>) -> String {
        day.map(|day| day.to_string()).unwrap_or_default()
    }

    /// First and last month of the period, as month fields hold them.
    fn months(&self) -> (String, String) {
        self.plan.period.map_or_else(Default::default, |period| {
            (period.from.to_string(), period.to.to_string())
        })
    }

    fn is_locked(&self) -> bool {
        !self.campaigns.is_empty()
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(90).collect();
    if short.len() < text.len() {
        format!("{short}…")
    } else {
        short
    }
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    id: PlanId,
    at: Where,
    typed: Option<Plan>,
    problems: Problems,
) -> Answer {
    let (stored, campaigns) =
        run(move || Ok((app::plans::get(&ctx, id)?, app::plans::campaigns(&ctx, id)?))).await?;
    let text: Vec<char> = stored.document.text().chars().collect();
    let starts = page_starts(&text);
    let plan = typed.unwrap_or_else(|| stored.edited.clone());
    let duty_pages = plan.assignments.len().div_ceil(DUTIES).max(1);
    let at = Where {
        trang: at.trang.clamp(1, starts.len()),
        nv: at.nv.clamp(1, duty_pages),
    };
    let marks = marks(&stored.reading);
    let from = starts[at.trang - 1];
    let to = starts.get(at.trang).copied().unwrap_or(text.len());
    let template = ReviewPage {
        shell: shell
            .titled("Kiểm tra nội dung đọc từ kế hoạch")
            .crumb("Kế hoạch mới", "/ke-hoach"),
        text: html(&text, from, to, &marks),
        pages: starts.len(),
        duty_pages,
        problems,
        plan,
        campaigns,
        marks,
        starts,
        at,
        stored,
    };
    let status = if template.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page_with(status, &template)
}

pub async fn review(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(at): Query<Where>,
) -> Answer {
    show(ctx, shell, PlanId(id), at, None, Problems::default()).await
}

/// Saves the whole form; the button pressed says what else: a duty more or less, or the confirmation.
pub async fn edit(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(at): Query<Where>,
    fields: Fields,
) -> Answer {
    let id = PlanId(id);
    let wanted = fields.text("lam").to_string();
    let (actor, typed) = (ctx.clone(), fields.clone());
    let stored = {
        let ctx = ctx.clone();
        run(move || app::plans::get(&ctx, id)).await?
    };
    if fields.text("so_nhiem_vu") != stored.edited.assignments.len().to_string() {
        return Err(Error::Conflict(
            "Kế hoạch vừa được sửa ở nơi khác. Hãy tải lại trang rồi sửa lại".into(),
        )
        .into());
    }
    let plan = form::apply(stored.edited.clone(), &typed);
    let action = wanted.clone();
    let done = match plan.clone() {
        Ok(plan) => run(move || act(&actor, id, plan, &action, at)).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(Done::Saved(to)) => Ok(redirect(&to)),
        Ok(Done::Said(to, says)) => Ok(redirect_done(&to, says)),
        Err(error) => {
            let shown = plan.unwrap_or(stored.edited);
            show(
                ctx,
                shell,
                id,
                at,
                Some(shown),
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

enum Done {
    Saved(String),
    Said(String, &'static str),
}

fn act(ctx: &Ctx, id: PlanId, mut plan: Plan, wanted: &str, at: Where) -> app::Result<Done> {
    let here = format!("/ke-hoach/{id}?trang={}&nv={}", at.trang, at.nv);
    match wanted.split_once('-') {
        Some(("bo", duty)) => {
            let position: usize = duty.parse().map_err(|_| Error::NotFound)?;
            if position >= plan.assignments.len() {
                return Err(Error::NotFound);
            }
            plan.assignments.remove(position);
            app::plans::save(ctx, id, plan)?;
            Ok(Done::Said(format!("{here}#nhiem-vu"), "Đã bỏ nhiệm vụ."))
        }
        _ if wanted == "them" => {
            plan.assignments.push(form::blank_duty());
            let last = plan.assignments.len();
            app::plans::save(ctx, id, plan)?;
            let page = last.div_ceil(DUTIES);
            Ok(Done::Saved(format!(
                "/ke-hoach/{id}?trang={}&nv={page}#nhiem-vu-{}",
                at.trang,
                last - 1
            )))
        }
        _ if wanted == "xac-nhan" => {
            app::plans::save(ctx, id, plan)?;
            app::plans::confirm(ctx, id)?;
            Ok(Done::Said(
                format!("/dot/moi?ke-hoach={id}"),
                "Đã xác nhận kế hoạch. Hãy lập đợt báo cáo.",
            ))
        }
        _ => {
            app::plans::save(ctx, id, plan)?;
            Ok(Done::Said(here, "Đã lưu."))
        }
    }
}
