//! The proof after the kill: what was acknowledged is on disk, and nothing else is.

use super::stage::{Stage, UnitSeat, login};
use super::units::Fate;
use crate::error::CmdError;
use crate::wire;
use app::figures::recount;
use app::ports::SystemClock;
use app::reports::{send, view};
use app::{App, Ctx, Error};
use domain::ids::SectionId;
use std::path::Path;
use std::sync::Arc;

/// Faults that are told one by one.
const MOST_TOLD: usize = 50;

/// Opens what the killed server left and gives everything that is not as it was acknowledged.
pub fn prove(
    folder: &Path,
    stage: &Stage,
    fates: &[(usize, Fate)],
) -> Result<Vec<String>, CmdError> {
    let app = wire::app_on(wire::open_folder(folder)?, Arc::new(SystemClock));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = fates.len().div_ceil(threads).max(1);
    let mut faults = Vec::new();
    let mut sent = 0;
    std::thread::scope(|scope| {
        let workers: Vec<_> = fates
            .chunks(share)
            .map(|fates| {
                let app = app.clone();
                scope.spawn(move || prove_some(&app, stage, fates))
            })
            .collect();
        for worker in workers {
            let (found, count) = worker
                .join()
                .map_err(|_| CmdError::Refused("một luồng kiểm lại bị dừng".into()))??;
            faults.extend(found);
            sent += count;
        }
        Ok::<_, CmdError>(())
    })?;
    prove_totals(&app.operator(), stage, sent, &mut faults)?;
    let more = faults.len().saturating_sub(MOST_TOLD);
    faults.truncate(MOST_TOLD);
    if more > 0 {
        faults.push(format!("và {more} chỗ khác"));
    }
    Ok(faults)
}

/// The faults of some units, and how many of them have sent.
fn prove_some(
    app: &App,
    stage: &Stage,
    fates: &[(usize, Fate)],
) -> Result<(Vec<String>, usize), CmdError> {
    let mut faults = Vec::new();
    let mut sent = 0;
    for (place, fate) in fates {
        let seat = &stage.units[*place];
        let person = app.ctx_of(&login(seat.number))?;
        let on_disk = match send::receipt(&person, seat.report) {
            Ok(seen) => Some(seen),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        sent += usize::from(on_disk.is_some());
        let number = seat.number;
        match (&fate.receipt, &on_disk) {
            (Some(told), Some(kept)) => {
                if told.code != kept.receipt.code || told.content_hash != kept.receipt.content_hash
                {
                    faults.push(format!("đơn vị {number}: biên nhận khác biên nhận đã cấp"));
                }
                if kept.hash_now != kept.receipt.content_hash {
                    faults.push(format!("đơn vị {number}: nội dung khác nội dung đã gửi"));
                }
            }
            (Some(_), None) => faults.push(format!("đơn vị {number}: mất biên nhận đã cấp")),
            (None, Some(_)) if !fate.sending => {
                faults.push(format!("đơn vị {number}: có biên nhận mà chưa từng gửi"));
            }
            (None, _) => {}
        }
        prove_draft(&person, stage, seat, fate, &mut faults)?;
    }
    Ok((faults, sent))
}

/// Each section says what its last acknowledged save said, or what a save said that nobody answered.
fn prove_draft(
    person: &Ctx,
    stage: &Stage,
    seat: &UnitSeat,
    fate: &Fate,
    faults: &mut Vec<String>,
) -> Result<(), CmdError> {
    if fate.saved.is_empty() {
        return Ok(());
    }
    let content = view::view(person, seat.report)?.content;
    for (place, saved) in fate.saved.iter().enumerate() {
        let found = content.text(SectionId(stage.wording.sections()[place]));
        let said = |save: u8| match save {
            0 => String::new(),
            save => stage.wording.said(seat, place, save),
        };
        let unanswered = match fate.saving {
            Some((at, save)) if at == place => Some(said(save)),
            _ => None,
        };
        if found != said(*saved) && unanswered.as_deref() != Some(found) {
            faults.push(format!(
                "đơn vị {}: mất nội dung đã lưu của mục thứ {}",
                seat.number,
                place + 1
            ));
        }
    }
    Ok(())
}

/// The board counts what is on disk, and the totals are what the reports add up to.
fn prove_totals(
    operator: &Ctx,
    stage: &Stage,
    sent: usize,
    faults: &mut Vec<String>,
) -> Result<(), CmdError> {
    let board = app::boards::board(operator, &stage.short_id)?;
    let received = board.all.received as usize;
    // One report was there before the evening: it sets the outline.
    if received != sent + 1 {
        faults.push(format!(
            "bảng theo dõi đếm {received} báo cáo đã gửi, trên đĩa có {}",
            sent + 1
        ));
    }
    let recounted = recount(operator, &stage.short_id, &mut |_| {})?;
    if !recounted.agrees() {
        faults.push(format!(
            "{} số tổng hợp không khớp với báo cáo",
            recounted.differing
        ));
    }
    Ok(())
}
