//! What a plan says otherwise than the last one of the same issuer, or than another that is named.

use crate::extract::{Path, Query};
use crate::page::{Answer, Shell, page, run};
use crate::session::Signed;
use app::Error;
use app::plans::StoredPlan;
use askama::Template;
use domain::campaign::derive::composed;
use domain::ids::PlanId;
use domain::plan::{Difference, Duty};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Than {
    #[serde(default)]
    voi: Option<i64>,
}

#[derive(Template)]
#[template(path = "plans/difference.html")]
struct DifferencePage {
    shell: Shell,
    plan: StoredPlan,
    before: StoredPlan,
    difference: Difference,
}

impl DifferencePage {
    fn named<'a>(&self, plan: &'a StoredPlan) -> &'a str {
        let read = &plan.edited;
        read.number
            .as_deref()
            .or(read.title.as_deref())
            .unwrap_or(&plan.file_name)
    }

    fn said<'a>(&self, text: &'a Option<String>) -> &'a str {
        text.as_deref().unwrap_or("(không ghi)")
    }

    fn duty(&self, duty: &Duty) -> String {
        let who = if duty.who.is_empty() {
            "(chưa rõ ai)".to_owned()
        } else {
            duty.who.join("; ")
        };
        let what = duty
            .deliverable
            .clone()
            .unwrap_or_else(|| duty.duty.label().to_owned());
        let due = duty
            .due
            .map(|due| format!(", {}", composed(due, duty.due_inclusive == Some(true))))
            .unwrap_or_default();
        format!("{who}: {what}{due}")
    }
}

/// The differences, one group after another.
pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Query(than): Query<Than>,
) -> Answer {
    let id = PlanId(id);
    let (plan, before, difference) = run(move || {
        let than = match than.voi {
            Some(other) => PlanId(other),
            None => app::plan_review::previous(&ctx, id)?.ok_or(Error::NotFound)?,
        };
        let plan = app::plans::get(&ctx, id)?;
        let before = app::plans::get(&ctx, than)?;
        let difference = app::plan_review::difference(&ctx, id, than)?;
        Ok((plan, before, difference))
    })
    .await?;
    page(&DifferencePage {
        shell: shell
            .titled("So sánh hai kế hoạch")
            .crumb("Kế hoạch mới", "/ke-hoach")
            .crumb("Kiểm tra nội dung", format!("/ke-hoach/{id}")),
        plan,
        before,
        difference,
    })
}
