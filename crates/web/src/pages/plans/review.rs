//! The review page: the text on the left with what was read marked in it, the fields on the right, findings on top.

use super::form;
use super::marks::{Mark, anchor, html, marks, page_of, page_starts};
use crate::extract::{Fields, Path, Query};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page_with, redirect, redirect_done, run};
use crate::session::Signed;
use app::amended_plans::{Amended, MovedDue};
use app::plan_review::AnsweredFinding;
use app::plans::StoredPlan;
use app::{Ctx, Error};
use askama::Template;
use axum::http::StatusCode;
use domain::ids::{CampaignId, PlanId};
use domain::plan::{Duty, DutyKind, FindingAnswer, Instrument, Plan};
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
    answers: Vec<AnsweredFinding>,
    /// The last plan of the same issuer.
    previous: Option<PlanId>,
    /// What the system knows of the plans that this one changes.
    amended: Vec<Amended>,
}

/// A finding as the page lists it.
struct FindingLine {
    number: usize,
    message: String,
    href: String,
    answer: Option<AnsweredFinding>,
    amended: Option<Amended>,
}

impl FindingLine {
    fn label(&self) -> &'static str {
        self.answer
            .as_ref()
            .map_or("", |answered| answered.answer.label())
    }
    fn by<'a>(&self, answered: &'a AnsweredFinding) -> &'a str {
        answered.by.as_deref().unwrap_or("người quản trị dữ liệu")
    }
}

impl ReviewPage {
    fn findings(&self) -> Vec<FindingLine> {
        let line = |(at, finding): (usize, &domain::plan::Finding)| FindingLine {
            number: at,
            message: finding.message.clone(),
            href: self.link(format!("luu-y-{at}")),
            answer: self
                .answers
                .iter()
                .find(|answered| answered.finding == at)
                .cloned(),
            amended: self.amended.iter().find(|told| told.finding == at).cloned(),
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

    /// Whose due moves, and of what.
    fn moved(&self, due: &MovedDue) -> String {
        let who = shortened(&due.who.join("; "));
        let what = due.deliverable.as_deref().map(shortened);
        what.map_or(who.clone(), |what| format!("{who}, {what}"))
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
        self.read_as(*at)
            .map_or(String::new(), |read| self.link(format!("nv-{read}")))
    }

    /// The words of one part of a duty.
    fn part_link(&self, at: &usize, part: &str) -> String {
        self.read_as(*at)
            .map_or(String::new(), |read| self.link(format!("nv-{read}-{part}")))
    }

    /// Where a duty of the edited plan stood when it was read: duties come and go meanwhile.
    fn read_as(&self, at: usize) -> Option<usize> {
        let source = &self.plan.assignments.get(at)?.source;
        let read = &self.stored.reading.plan.assignments;
        read.iter()
            .position(|duty| duty.source == *source && !source.text.is_empty())
    }

    /// Findings that nobody answered yet.
    fn open_findings(&self) -> usize {
        self.stored
            .reading
            .plan
            .findings
            .len()
            .saturating_sub(self.answers.len())
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

/// The address of the field into which a place was read.
fn field_of(name: &str, at: Where, duty_now: impl Fn(usize) -> Option<usize>) -> String {
    let here = |nv: usize, id: &str| format!("?trang={}&nv={nv}#{id}", at.trang);
    let numbered = |prefix: &str| -> Option<usize> { name.strip_prefix(prefix)?.parse().ok() };
    if let Some(rest) = name.strip_prefix("nv-") {
        let (duty, part) = rest.split_once('-').unwrap_or((rest, ""));
        return match duty.parse().ok().and_then(duty_now) {
            Some(now) if part.is_empty() => here(now / DUTIES + 1, &format!("nhiem-vu-{now}")),
            Some(now) => here(
                now / DUTIES + 1,
                &format!("nv{now}.{}", part.replace('-', "_")),
            ),
            None => String::new(),
        };
    }
    if let Some(number) = numbered("luu-y-") {
        return here(at.nv, &format!("luu-y-muc-{number}"));
    }
    if let Some(number) = numbered("can-cu-") {
        return here(at.nv, &format!("cc{number}.so"));
    }
    if let Some(number) = numbered("so-ket-") {
        return here(at.nv, &format!("sk{number}.so"));
    }
    let field = match name {
        "moc" => "tu_thang".to_owned(),
        "nguoi-ky" => "ky_ten".to_owned(),
        _ => name
            .trim_end_matches(|c: char| c == '-' || c.is_ascii_digit())
            .replace('-', "_"),
    };
    here(at.nv, &field)
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
    let (stored, campaigns, answers, previous, amended) = run(move || {
        Ok((
            app::plans::get(&ctx, id)?,
            app::plans::campaigns(&ctx, id)?,
            app::plan_review::answers(&ctx, id)?,
            app::plan_review::previous(&ctx, id)?,
            app::amended_plans::amended(&ctx, id)?,
        ))
    })
    .await?;
    let text: Vec<char> = stored.document.text().chars().collect();
    let starts = page_starts(&text);
    let plan = typed.unwrap_or_else(|| stored.edited.clone());
    let duty_pages = plan.assignments.len().div_ceil(DUTIES).max(1);
    let at = Where {
        trang: at.trang.clamp(1, starts.len()),
        nv: at.nv.clamp(1, duty_pages),
    };
    let now = |read: usize| {
        let source = &stored.reading.plan.assignments.get(read)?.source;
        plan.assignments
            .iter()
            .position(|duty| duty.source == *source)
    };
    let marks = marks(&stored.reading, |name| field_of(name, at, now));
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
        answers,
        previous,
        amended,
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

/// Accepts a finding, sets it aside, or takes the answer back.
pub async fn answer(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(at): Query<Where>,
    fields: Fields,
) -> Answer {
    let id = PlanId(id);
    let finding: usize = fields.text("luu_y").parse().map_err(|_| Error::NotFound)?;
    let answer = match fields.text("lam") {
        "mo" => None,
        code => Some(FindingAnswer::from_code(code).ok_or(Error::NotFound)?),
    };
    let (actor, reason) = (ctx.clone(), fields.text("ly_do").to_string());
    let done = run(move || app::plan_review::answer(&actor, id, finding, answer, &reason)).await;
    match done {
        Ok(()) => Ok(redirect(&format!(
            "/ke-hoach/{id}?trang={}&nv={}#luu-y-muc-{finding}",
            at.trang, at.nv
        ))),
        Err(error) => show(ctx, shell, id, at, None, Problems::from_error(error)?).await,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_leads_to_its_field_also_after_duties_were_removed() {
        let at = Where { trang: 2, nv: 1 };
        let now = |read: usize| read.checked_sub(1);
        let field = |name: &str| field_of(name, at, now);
        assert_eq!(field("tieu-de"), "?trang=2&nv=1#tieu_de");
        assert_eq!(field("moc"), "?trang=2&nv=1#tu_thang");
        assert_eq!(field("can-cu-3"), "?trang=2&nv=1#cc3.so");
        assert_eq!(field("noi-nhan-7"), "?trang=2&nv=1#noi_nhan");
        assert_eq!(field("nv-13-thong-qua"), "?trang=2&nv=2#nv12.thong_qua");
        assert_eq!(field("nv-1"), "?trang=2&nv=1#nhiem-vu-0");
        assert_eq!(field("nv-0-han"), "", "a duty that is gone has no field");
        assert_eq!(field("luu-y-0"), "?trang=2&nv=1#luu-y-muc-0");
    }
}
