//! Đợt báo cáo: the list, opening one from a confirmed plan, its hub while it is prepared, issuing it.

use crate::extract::{Form, Path, Query};
use crate::filters;
use crate::page::{Answer, Problems, Shell, page, page_with, redirect_done, run};
use crate::pages::units::level_label;
use crate::session::Signed;
use app::boards::{CampaignCard, Summary};
use app::campaigns::{Frame, Overview, Readiness};
use app::units::TreeLine;
use app::{Ctx, Problem};
use askama::Template;
use axum::http::StatusCode;
use domain::campaign::{Campaign, CampaignKind, CampaignState};
use domain::deadline::DuePolicy;
use domain::ids::{PlanId, TreeId};
use domain::text::clean_line;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "campaigns/list.html")]
struct ListPage {
    shell: Shell,
    campaigns: Vec<CampaignCard>,
}

pub async fn list(Signed(ctx): Signed, shell: Shell) -> Answer {
    let campaigns = run(move || app::boards::campaigns(&ctx)).await?;
    let shell = shell.titled("Đợt báo cáo");
    page(&ListPage { shell, campaigns })
}

/// The frame as a form sends it.
#[derive(Deserialize, Clone, Default)]
pub struct FrameForm {
    #[serde(default)]
    ten: String,
    #[serde(default)]
    loai: String,
    #[serde(default)]
    cach_tinh: String,
    #[serde(default)]
    the_thuc: String,
    #[serde(default)]
    chu_tri: String,
    #[serde(default)]
    phoi_hop: String,
    #[serde(default)]
    tu_thang: String,
    #[serde(default)]
    den_thang: String,
    #[serde(default)]
    nam: String,
    #[serde(default)]
    ngay_tong_hop: String,
}

impl FrameForm {
    fn of(ctx: &Ctx, frame: &Frame) -> app::Result<FrameForm> {
        let (from, to) = frame.period.clone().unwrap_or_default();
        let years: Vec<String> = frame.years.iter().map(i16::to_string).collect();
        Ok(FrameForm {
            ten: frame.name.clone(),
            loai: frame.kind.code().into(),
            cach_tinh: match frame.due_policy {
                DuePolicy::Strict => "chat".into(),
                DuePolicy::Lenient => "rong".into(),
            },
            the_thuc: frame.profile.clone(),
            chu_tri: app::units::shown(ctx, frame.lead)?,
            phoi_hop: app::units::shown(ctx, frame.coordinating)?,
            tu_thang: from,
            den_thang: to,
            nam: years.join(", "),
            ngay_tong_hop: frame.days_to_consolidate.to_string(),
        })
    }

    fn frame(&self, ctx: &Ctx, tree: TreeId) -> app::Result<Frame> {
        let mut problems = Vec::new();
        let years = years(&self.nam).unwrap_or_else(|message| {
            problems.push(Problem {
                place: "Các năm số liệu".into(),
                message,
            });
            Vec::new()
        });
        let days = self.ngay_tong_hop.trim().parse().unwrap_or_else(|_| {
            problems.push(Problem {
                place: "Số ngày để tổng hợp".into(),
                message: format!("“{}” không phải số", self.ngay_tong_hop),
            });
            0
        });
        if !problems.is_empty() {
            return Err(app::Error::Invalid(problems));
        }
        let (from, to) = (clean_line(&self.tu_thang), clean_line(&self.den_thang));
        Ok(Frame {
            name: self.ten.clone(),
            kind: CampaignKind::from_code(&self.loai).unwrap_or(CampaignKind::Periodic),
            due_policy: if self.cach_tinh == "rong" {
                DuePolicy::Lenient
            } else {
                DuePolicy::Strict
            },
            profile: self.the_thuc.clone(),
            lead: app::units::find(ctx, tree, &self.chu_tri, "Cơ quan chủ trì")?,
            coordinating: app::units::find(ctx, tree, &self.phoi_hop, "Cơ quan phối hợp")?,
            period: (!from.is_empty() || !to.is_empty()).then_some((from, to)),
            years,
            days_to_consolidate: days,
        })
    }
}

/// "2017-2022" or "2018, 2020".
fn years(text: &str) -> Result<Vec<i16>, String> {
    let mut years = Vec::new();
    for part in text.split([',', ';', ' ']).filter(|part| !part.is_empty()) {
        let wrong = || format!("“{part}” không phải năm. Hãy ghi ví dụ 2017-2022");
        match part.split_once(['-', '–']) {
            Some((first, last)) => {
                let (first, last): (i16, i16) = (
                    first.parse().map_err(|_| wrong())?,
                    last.parse().map_err(|_| wrong())?,
                );
                if first > last || last - first > 50 {
                    return Err(wrong());
                }
                years.extend(first..=last);
            }
            None => years.push(part.parse().map_err(|_| wrong())?),
        }
    }
    Ok(years)
}

#[derive(Template)]
#[template(path = "campaigns/frame.html")]
struct FramePage {
    shell: Shell,
    problems: Problems,
    action: String,
    button: &'static str,
    form: FrameForm,
    trees: Vec<TreeLine>,
    /// The chosen tree; `None` when there is none to choose.
    tree: Option<TreeId>,
    plan: Option<PlanId>,
    /// Units to choose from, as `CODE – name`.
    choices: Vec<String>,
    profiles: Vec<(&'static str, &'static str)>,
}

impl FramePage {
    fn is_chosen(&self, tree: &TreeId) -> bool {
        self.tree == Some(*tree)
    }
    fn kinds(&self) -> [(&'static str, &'static str); 3] {
        CampaignKind::ALL.map(|kind| (kind.code(), kind.label()))
    }
    fn policies(&self) -> [(&'static str, &'static str); 2] {
        [
            (
                "chat",
                "Chặt: “trước ngày 30/9” là gửi chậm nhất hết ngày 29/9",
            ),
            (
                "rong",
                "Rộng: “trước ngày 30/9” là gửi chậm nhất hết ngày 30/9",
            ),
        ]
    }
}

fn profiles() -> Vec<(&'static str, &'static str)> {
    ["hd36-2018", "hd05-2026", "nd30-2020"]
        .into_iter()
        .filter_map(domain::official::profile_named)
        .map(|profile| (profile.name, profile.title))
        .collect()
}

fn choices(ctx: &Ctx, tree: TreeId) -> app::Result<Vec<String>> {
    let units = app::units::choices(ctx, tree, 2, 200)?;
    Ok(units
        .into_iter()
        .map(|unit| format!("{} – {}", unit.seed.code, unit.seed.name))
        .collect())
}

#[derive(Deserialize, Clone)]
pub struct From {
    #[serde(rename = "ke-hoach")]
    plan: i64,
    #[serde(default)]
    cay: Option<i64>,
}

pub async fn new_form(Signed(ctx): Signed, shell: Shell, Query(from): Query<From>) -> Answer {
    show_new(ctx, shell, from, None, Problems::default()).await
}

async fn show_new(
    ctx: Ctx,
    shell: Shell,
    from: From,
    typed: Option<FrameForm>,
    problems: Problems,
) -> Answer {
    let plan = PlanId(from.plan);
    let (trees, tree, form, choices) = run(move || {
        let trees = app::units::trees(&ctx)?;
        let wanted = from.cay.map(TreeId);
        let tree = trees
            .iter()
            .map(|tree| tree.id)
            .find(|tree| wanted.is_none_or(|wanted| wanted == *tree));
        let Some(tree) = tree else {
            return Ok((trees, None, FrameForm::default(), Vec::new()));
        };
        let form = match typed {
            Some(form) => form,
            None => FrameForm::of(&ctx, &app::campaigns::suggest(&ctx, plan, tree)?)?,
        };
        Ok((trees, Some(tree), form, choices(&ctx, tree)?))
    })
    .await?;
    let template = FramePage {
        shell: shell
            .titled("Lập đợt báo cáo")
            .crumb("Kế hoạch mới", "/ke-hoach")
            .crumb("Kế hoạch", format!("/ke-hoach/{plan}")),
        action: tree.map_or(String::new(), |tree| {
            format!("/dot/moi?ke-hoach={plan}&cay={tree}")
        }),
        button: "Lập đợt và danh sách nhiệm vụ",
        plan: Some(plan),
        profiles: profiles(),
        problems,
        form,
        trees,
        tree,
        choices,
    };
    answer(&template)
}

fn answer(template: &FramePage) -> Answer {
    let status = if template.problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page_with(status, template)
}

/// Opens the campaign, takes over the outline that stands in the plan's file, and derives the assignments.
pub async fn create(
    Signed(ctx): Signed,
    shell: Shell,
    Query(from): Query<From>,
    Form(form): Form<FrameForm>,
) -> Answer {
    let (actor, typed, asked) = (ctx.clone(), form.clone(), from.clone());
    let made = run(move || {
        let tree = TreeId(
            asked
                .cay
                .ok_or_else(|| app::Error::invalid("Cây tổ chức", "chưa chọn"))?,
        );
        let frame = typed.frame(&actor, tree)?;
        let campaign = app::campaigns::create(&actor, PlanId(asked.plan), tree, frame)?;
        let sections =
            app::outlines::sections_of_plan(&app::plans::get(&actor, PlanId(asked.plan))?.edited);
        if !sections.is_empty() {
            // A faulty outline in the plan must not stand against the campaign; it is entered by hand then.
            let _ = app::outlines::replace_sections(&actor, &campaign.short_id, sections);
        }
        let derived = app::assignments::derive(&actor, &campaign.short_id)?;
        Ok((campaign.short_id, derived))
    })
    .await;
    match made {
        Ok((short_id, derived)) => Ok(redirect_done(
            &format!("/dot/{short_id}"),
            &format!(
                "Đã lập đợt với {} nhiệm vụ báo cáo. Các đơn vị chưa thấy gì cho đến khi phát hành.",
                derived.assignments
            ),
        )),
        Err(error) => show_new(ctx, shell, from, Some(form), Problems::from_error(error)?).await,
    }
}

pub async fn edit_form(Signed(ctx): Signed, shell: Shell, Path(short_id): Path<String>) -> Answer {
    show_edit(ctx, shell, short_id, None, Problems::default()).await
}

async fn show_edit(
    ctx: Ctx,
    shell: Shell,
    short_id: String,
    typed: Option<FrameForm>,
    problems: Problems,
) -> Answer {
    let asked = short_id.clone();
    let (campaign, form, choices) = run(move || {
        let seen = app::campaigns::overview(&ctx, &asked)?;
        if !seen.may_manage {
            return Err(app::Error::Forbidden);
        }
        let campaign = seen.campaign;
        let form = match typed {
            Some(form) => form,
            None => FrameForm::of(&ctx, &frame_of(&campaign))?,
        };
        let choices = choices(&ctx, campaign.tree)?;
        Ok((campaign, form, choices))
    })
    .await?;
    let template = FramePage {
        shell: under(shell, &campaign).titled("Sửa đợt báo cáo"),
        action: format!("/dot/{short_id}/sua"),
        button: "Lưu",
        plan: None,
        profiles: profiles(),
        problems,
        form,
        trees: Vec::new(),
        tree: Some(campaign.tree),
        choices,
    };
    answer(&template)
}

fn frame_of(campaign: &Campaign) -> Frame {
    Frame {
        name: campaign.name.clone(),
        kind: campaign.kind,
        due_policy: campaign.due_policy,
        profile: campaign.profile.clone(),
        lead: campaign.lead,
        coordinating: campaign.coordinating,
        period: campaign.period.clone(),
        years: campaign.years.clone(),
        days_to_consolidate: campaign.days_to_consolidate,
    }
}

pub async fn edit(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Form(form): Form<FrameForm>,
) -> Answer {
    let (actor, typed, asked) = (ctx.clone(), form.clone(), short_id.clone());
    let saved = run(move || {
        let tree = app::campaigns::overview(&actor, &asked)?.campaign.tree;
        app::campaigns::edit(&actor, &asked, typed.frame(&actor, tree)?)
    })
    .await;
    match saved {
        Ok(_) => Ok(redirect_done(
            &format!("/dot/{short_id}"),
            "Đã lưu đợt báo cáo.",
        )),
        Err(error) => {
            show_edit(
                ctx,
                shell,
                short_id,
                Some(form),
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

#[derive(Template)]
#[template(path = "campaigns/view.html")]
struct ViewPage {
    shell: Shell,
    problems: Problems,
    seen: Overview,
    /// `None` unless the actor prepares the campaign.
    readiness: Option<Readiness>,
    /// `None` for those without a board.
    summary: Option<Summary>,
    follows_up: bool,
}

impl ViewPage {
    fn is_preparing(&self) -> bool {
        self.seen.campaign.state == CampaignState::Preparing
    }
    fn level(&self, level: &u8) -> String {
        level_label(*level)
    }
    fn total(&self) -> i64 {
        self.seen.assignments.iter().map(|(_, count)| count).sum()
    }
    fn years(&self) -> String {
        let years = &self.seen.campaign.years;
        years
            .iter()
            .map(i16::to_string)
            .collect::<Vec<_>>()
            .join(", ")
    }
    /// `từ tháng 7/2017 đến hết tháng 7/2022`
    fn period(&self) -> String {
        let month = |text: &str| match text.parse::<domain::plan::YearMonth>() {
            Ok(month) => format!("{}/{}", month.month(), month.year()),
            Err(_) => text.to_owned(),
        };
        self.seen.campaign.period.as_ref().map_or_else(
            || "–".to_owned(),
            |(from, to)| format!("từ tháng {} đến hết tháng {}", month(from), month(to)),
        )
    }
    fn profile(&self) -> &str {
        domain::official::profile_named(&self.seen.campaign.profile)
            .map_or(&self.seen.campaign.profile, |profile| profile.title)
    }
    fn policy(&self) -> &'static str {
        match self.seen.campaign.due_policy {
            DuePolicy::Strict => "“trước ngày” không tính ngày đó",
            DuePolicy::Lenient => "“trước ngày” vẫn tính ngày đó",
        }
    }
    fn past(&self, readiness: &Readiness) -> Vec<String> {
        readiness.past_dues.iter().take(20).cloned().collect()
    }
}

pub async fn view(Signed(ctx): Signed, shell: Shell, Path(short_id): Path<String>) -> Answer {
    show_view(ctx, shell, short_id, Problems::default()).await
}

async fn show_view(ctx: Ctx, shell: Shell, short_id: String, problems: Problems) -> Answer {
    let (seen, readiness, summary, follows_up) = run(move || {
        let seen = app::campaigns::overview(&ctx, &short_id)?;
        let prepares = seen.may_manage && seen.campaign.state == CampaignState::Preparing;
        let readiness = prepares
            .then(|| app::campaigns::readiness(&ctx, &short_id))
            .transpose()?;
        let summary = app::boards::summary(&ctx, &short_id).ok();
        let follows_up = app::reminders::follows_up(&ctx, &short_id)?;
        Ok((seen, readiness, summary, follows_up))
    })
    .await?;
    let shell = shell
        .titled(seen.campaign.name.clone())
        .crumb("Đợt báo cáo", "/dot");
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page_with(
        status,
        &ViewPage {
            shell,
            problems,
            seen,
            readiness,
            summary,
            follows_up,
        },
    )
}

#[derive(Deserialize)]
pub struct IssueForm {
    /// Ticked: dues that have passed are accepted.
    #[serde(default)]
    han_da_qua: Option<String>,
}

pub async fn issue(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Form(form): Form<IssueForm>,
) -> Answer {
    let (actor, asked) = (ctx.clone(), short_id.clone());
    match run(move || app::campaigns::issue(&actor, &asked, form.han_da_qua.is_some())).await {
        Ok(_) => Ok(redirect_done(
            &format!("/dot/{short_id}"),
            "Đã phát hành đợt báo cáo. Các đơn vị thấy nhiệm vụ của mình từ bây giờ.",
        )),
        Err(error) => show_view(ctx, shell, short_id, Problems::from_error(error)?).await,
    }
}

/// The shell of a page below a campaign.
pub(super) fn under(shell: Shell, campaign: &Campaign) -> Shell {
    shell
        .crumb("Đợt báo cáo", "/dot")
        .crumb(campaign.name.clone(), format!("/dot/{}", campaign.short_id))
}
