//! Recording the vote of the collective.

use super::{below, may_now, path, with_form};
use crate::extract::{Form, Path};
use crate::filters;
use crate::page::{Answer, Problems, Shell, redirect_done, redirect_warned, run};
use crate::pages::plans::date;
use crate::session::Signed;
use app::reports::adoption::adopt;
use app::reports::view::{ReportView, view};
use app::{Ctx, Error, Problem};
use askama::Template;
use domain::deadline::day_of;
use domain::ids::AssignmentId;
use domain::report::adoption::{Adoption, MeetingKind};
use domain::report::lifecycle::Action;
use serde::Deserialize;

/// A vote as its form holds it.
#[derive(Deserialize, Clone, Default)]
pub struct Vote {
    /// `hop` or `phieu`.
    #[serde(default)]
    hinh_thuc: String,
    #[serde(default)]
    ngay: String,
    #[serde(default)]
    noi: String,
    #[serde(default)]
    chu_tri: String,
    #[serde(default)]
    thu_ky: String,
    #[serde(default)]
    uy_vien: String,
    #[serde(default)]
    co_mat: String,
    #[serde(default)]
    vang_phep: String,
    #[serde(default)]
    vang: String,
    #[serde(default)]
    tan_thanh: String,
    #[serde(default)]
    khong: String,
    #[serde(default)]
    trang: String,
    #[serde(default)]
    bien_ban: String,
}

impl Vote {
    fn record(&self) -> app::Result<Adoption> {
        let mut problems = Vec::new();
        let held_on = date(&self.ngay, "Ngày họp", &mut problems);
        if held_on.is_none() && problems.is_empty() {
            problems.push(Problem {
                place: "Ngày họp".into(),
                message: "hãy ghi ngày họp, hoặc ngày tổng hợp phiếu xin ý kiến".into(),
            });
        }
        let mut count = |text: &str, place: &str, may_be_blank: bool| {
            let text = text.trim();
            if text.is_empty() && may_be_blank {
                return 0;
            }
            text.parse::<u32>().unwrap_or_else(|_| {
                problems.push(Problem {
                    place: place.into(),
                    message: if text.is_empty() {
                        "hãy ghi số người".into()
                    } else {
                        format!("“{text}” không phải số người. Hãy ghi số nguyên, ví dụ 11")
                    },
                });
                0
            })
        };
        let adoption = Adoption {
            kind: if self.hinh_thuc == "phieu" {
                MeetingKind::Written
            } else {
                MeetingKind::Meeting
            },
            held_on: held_on.unwrap_or_default(),
            place: self.noi.clone(),
            chair: self.chu_tri.clone(),
            secretary: self.thu_ky.clone(),
            incumbents: count(&self.uy_vien, "Tổng số ủy viên đương nhiệm", false),
            present: count(&self.co_mat, "Số có mặt", false),
            absent_excused: count(&self.vang_phep, "Vắng có lý do", true),
            absent_unexcused: count(&self.vang, "Vắng không lý do", true),
            votes_for: count(&self.tan_thanh, "Số phiếu tán thành", false),
            votes_against: count(&self.khong, "Không tán thành", true),
            abstaining: count(&self.trang, "Không có ý kiến", true),
            minutes: self.bien_ban.clone(),
        };
        if problems.is_empty() {
            Ok(adoption)
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

#[derive(Template)]
#[template(path = "reports/adoption.html")]
struct AdoptionPage {
    shell: Shell,
    problems: Problems,
    seen: ReportView,
    typed: Vote,
}

impl AdoptionPage {
    fn kinds(&self) -> [(&'static str, &'static str); 2] {
        [("hop", "Họp"), ("phieu", "Lấy ý kiến bằng phiếu")]
    }
}

async fn show(ctx: Ctx, shell: Shell, id: AssignmentId, typed: Vote, problems: Problems) -> Answer {
    let seen = run(move || view(&ctx, id)).await?;
    if problems.is_empty() {
        may_now(&seen, Action::Adopt)?;
    }
    let template = AdoptionPage {
        shell: below(shell, &seen.status.report).titled("Ghi nhận tập thể thông qua"),
        problems,
        seen,
        typed,
    };
    with_form(&template.problems, &template)
}

pub async fn form(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let typed = Vote {
        ngay: day_of(ctx.now).to_string(),
        ..Vote::default()
    };
    show(ctx, shell, AssignmentId(id), typed, Problems::default()).await
}

pub async fn record(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(typed): Form<Vote>,
) -> Answer {
    let id = AssignmentId(id);
    let (actor, given) = (ctx.clone(), typed.clone());
    let voted = run(move || {
        let record = given
            .record()
            .map_err(|error| reachable(&actor, id, error))?;
        adopt(&actor, id, record)
    })
    .await;
    match voted {
        Ok(voted) if voted.passed => Ok(redirect_done(
            &path(id),
            "Đã ghi nhận: tập thể thông qua báo cáo. Việc tiếp theo là ban hành.",
        )),
        Ok(_) => Ok(redirect_warned(
            &path(id),
            "Đã ghi nhận biểu quyết: chưa quá nửa tổng số ủy viên đương nhiệm nên báo cáo chưa được thông qua.",
        )),
        Err(error) => show(ctx, shell, id, typed, Problems::from_error(error)?).await,
    }
}

/// Wrong input from somebody who may not even see the report answers as not found.
fn reachable(ctx: &Ctx, id: AssignmentId, error: Error) -> Error {
    match view(ctx, id) {
        Ok(_) => error,
        Err(hidden) => hidden,
    }
}
