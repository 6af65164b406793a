//! Sending a report back with a reason for each section and indicator to be mended.

use super::{below, may_now, path, with_form};
use crate::extract::{Fields, Path};
use crate::page::{Answer, Problems, Shell, redirect_done, run};
use crate::session::Signed;
use app::reports::returns::{ReturnItem, ReturnedPart, send_back};
use app::reports::view::{ReportView, view as whole};
use app::{Ctx, Error};
use askama::Template;
use domain::campaign::Writable;
use domain::ids::{AssignmentId, IndicatorId, SectionId};
use domain::report::lifecycle::Action;

#[derive(Template)]
#[template(path = "reports/return.html")]
struct ReturnPage {
    shell: Shell,
    problems: Problems,
    seen: ReportView,
    typed: Fields,
}

impl ReturnPage {
    fn of_section(&self, id: &SectionId) -> String {
        self.typed.text(&format!("muc[{id}]")).to_owned()
    }
    fn of_indicator(&self, id: &IndicatorId) -> String {
        self.typed.text(&format!("chi_tieu[{id}]")).to_owned()
    }
    fn is_indicator_open(&self) -> bool {
        let mut typed = self.typed.starting("chi_tieu[");
        typed.any(|(_, reason)| !reason.trim().is_empty())
    }
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    id: AssignmentId,
    typed: Fields,
    problems: Problems,
) -> Answer {
    let seen = run(move || whole(&ctx, id)).await?;
    if problems.is_empty() {
        may_now(&seen, Action::Return)?;
    }
    let shell = below(shell, &seen.status.report).titled(Action::Return.label());
    let template = ReturnPage {
        shell,
        problems,
        seen,
        typed,
    };
    with_form(&template.problems, &template)
}

pub async fn form(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let (typed, problems) = (Fields::default(), Problems::default());
    show(ctx, shell, AssignmentId(id), typed, problems).await
}

pub async fn send(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>, typed: Fields) -> Answer {
    let id = AssignmentId(id);
    let (actor, given) = (ctx.clone(), typed.clone());
    match run(move || send_back(&actor, id, given.text("ly_do"), items(&given)?)).await {
        Ok(_) => Ok(redirect_done(
            &path(id),
            "Đã trả lại báo cáo; đơn vị thấy lý do và các nội dung cần bổ sung.",
        )),
        Err(error) => show(ctx, shell, id, typed, Problems::from_error(error)?).await,
    }
}

/// The sections and indicators that have a reason.
fn items(typed: &Fields) -> app::Result<Vec<ReturnItem>> {
    let mut items = Vec::new();
    for (key, reason) in typed.starting("muc[") {
        let part = ReturnedPart::Section(SectionId(number(key)?));
        push(&mut items, part, reason);
    }
    for (key, reason) in typed.starting("chi_tieu[") {
        let part = ReturnedPart::Indicator(IndicatorId(number(key)?));
        push(&mut items, part, reason);
    }
    Ok(items)
}

fn push(items: &mut Vec<ReturnItem>, part: ReturnedPart, reason: &str) {
    if !reason.trim().is_empty() {
        items.push(ReturnItem {
            part,
            reason: reason.to_owned(),
        });
    }
}

fn number(key: &str) -> app::Result<i64> {
    let digits = key.strip_suffix(']').and_then(|key| key.parse().ok());
    digits.ok_or_else(|| {
        Error::invalid(
            "Nội dung cần bổ sung",
            "có ô không đúng. Hãy tải lại trang rồi điền lại",
        )
    })
}
