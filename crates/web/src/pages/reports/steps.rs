//! The steps that take one press or a reason: proposing, taking back, withdrawing, receiving, forwarding, accepting,
//! waiving.

use super::{hub, path};
use crate::extract::{Form, Path};
use crate::page::{Answer, Problems, Shell, redirect_done, run};
use crate::session::Signed;
use app::Ctx;
use app::reports::{StepDone, adoption, receive, returns, send, waiver};
use domain::ids::AssignmentId;
use serde::Deserialize;

/// A reason, for the steps that need one.
#[derive(Deserialize, Clone, Default)]
pub struct Why {
    #[serde(default)]
    ly_do: String,
}

/// Takes a step and goes back to the report, or shows there why not.
async fn take(
    ctx: Ctx,
    shell: Shell,
    id: AssignmentId,
    says: &str,
    step: impl FnOnce(&Ctx, AssignmentId) -> app::Result<StepDone> + Send + 'static,
) -> Answer {
    let actor = ctx.clone();
    match run(move || step(&actor, id)).await {
        Ok(_) => Ok(redirect_done(&path(id), says)),
        Err(error) => hub::show(ctx, shell, id, Problems::from_error(error)?).await,
    }
}

pub async fn propose(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let says = "Đã trình tập thể. Khi có kết quả, ghi nhận thông qua tại trang này.";
    take(ctx, shell, AssignmentId(id), says, adoption::propose).await
}

pub async fn take_back(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(why): Form<Why>,
) -> Answer {
    let says = "Đã lấy lại bản thảo để sửa.";
    take(ctx, shell, AssignmentId(id), says, move |ctx, id| {
        adoption::take_back(ctx, id, &why.ly_do)
    })
    .await
}

pub async fn withdraw(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(why): Form<Why>,
) -> Answer {
    let says = "Đã thu hồi báo cáo. Báo cáo coi như chưa gửi; bản thảo mở lại để sửa.";
    take(ctx, shell, AssignmentId(id), says, move |ctx, id| {
        send::withdraw(ctx, id, &why.ly_do)
    })
    .await
}

pub async fn receive(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let says = "Đã tiếp nhận báo cáo.";
    take(ctx, shell, AssignmentId(id), says, receive::receive).await
}

pub async fn forward(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let says = "Đã chuyển báo cáo đến nơi nhận.";
    take(ctx, shell, AssignmentId(id), says, receive::forward).await
}

pub async fn accept(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let says = "Đã chấp nhận báo cáo.";
    take(ctx, shell, AssignmentId(id), says, receive::accept).await
}

pub async fn revise(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
    let says = "Đã mở lần chỉnh sửa mới. Chỉ các nội dung được yêu cầu bổ sung là sửa được.";
    take(ctx, shell, AssignmentId(id), says, returns::revise).await
}

pub async fn waive(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(why): Form<Why>,
) -> Answer {
    let says = "Đã miễn báo cáo cho đơn vị.";
    take(ctx, shell, AssignmentId(id), says, move |ctx, id| {
        waiver::waive(ctx, id, &why.ly_do)
    })
    .await
}

pub async fn reinstate(
    Signed(ctx): Signed,
    shell: Shell,
    Path(id): Path<i64>,
    Form(why): Form<Why>,
) -> Answer {
    let says = "Đã bỏ miễn báo cáo. Đơn vị lại phải gửi báo cáo này.";
    take(ctx, shell, AssignmentId(id), says, move |ctx, id| {
        waiver::reinstate(ctx, id, &why.ly_do)
    })
    .await
}
