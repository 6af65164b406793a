//! The campaign from its first day to its end without a browser, and the documents that come out of it.

use crate::cast::{COMMITTEE, LEAD};
use crate::content::{DEMO_SEED, signer_of};
use crate::player::{Company, Player, content};
use crate::script::{ScriptClock, timestamp};
use crate::stage;
use app::demo_clock::{played_until, set_played_until};
use app::documents::{File, FileFormat, render};
use app::reminders::{LetterWish, follow_up, letter};
use app::reports::document;
use app::{App, Error, Result};
use domain::deadline::Timeliness;
use domain::official::SignatureBlock;
use std::sync::Arc;

/// When the lead body writes to the units that are late.
const LETTER_DAY: &str = "2022-10-03T08:00:00+07:00";
/// The morning after the last due.
const END: &str = "2022-10-21T08:00:00+07:00";
/// Most units named in the letter.
const MOST_LATE: i64 = 200;

/// Plays the whole campaign on an empty installation and hands out the final report, the figures, the board and a
/// reminder letter.
///
/// # Errors
/// [`Error::Refused`] when the installation is not empty.
pub fn run_through(app: &App, progress: &mut dyn FnMut(&str)) -> Result<Vec<File>> {
    if played_until(app)?.is_some() || app::accounts::has_any(app)? {
        return Err(Error::Refused(
            "Thư mục dữ liệu đã có dữ liệu. Hãy dùng thư mục trống, hoặc không nêu --data".into(),
        ));
    }
    let content = content()?;
    let clock = Arc::new(ScriptClock::at(timestamp(stage::OPENING)?));
    let app = app.with_clock(clock.clone());
    stage::set(&app, &clock, &content, progress)?;
    let mut player = Player::new(&app, clock, content, Company::Alone)?;
    let (letter_day, end) = (timestamp(LETTER_DAY)?, timestamp(END)?);
    player.play(None, letter_day, progress)?;
    let mut files = reminder(&player)?;
    player.play(Some(letter_day), end, progress)?;
    set_played_until(&app, end)?;
    progress("Xuất báo cáo, bảng theo dõi và công văn");
    files.extend(results(&player)?);
    Ok(files)
}

/// The letter to everybody who is late, as it would be put before the head of the lead body.
fn reminder(player: &Player) -> Result<Vec<File>> {
    let ctx = player.staff(LEAD)?;
    let late = follow_up(&ctx, &player.scene.campaign, MOST_LATE, 0)?
        .owing
        .into_iter()
        .filter(|owing| {
            matches!(
                owing.assignment.timeliness(ctx.now),
                Timeliness::Missing { .. }
            )
        })
        .map(|owing| owing.assignment.id)
        .collect();
    let lead = player.content.unit(LEAD).ok_or(Error::NotFound)?;
    let signer = signer_of(lead, DEMO_SEED);
    let wish = LetterWish {
        units: late,
        new_date: None,
        signature: SignatureBlock {
            authority: Some(signer.authority).filter(|words| !words.is_empty()),
            position: signer.position,
            name: signer.name,
        },
    };
    let document = letter(&ctx, &player.scene.campaign, &wish)?;
    [FileFormat::Docx, FileFormat::Pdf]
        .into_iter()
        .map(|format| render(&player.app, &document, format, "cong-van-don-doc"))
        .collect()
}

/// The final report in all its forms, and the board on the last morning.
fn results(player: &Player) -> Result<Vec<File>> {
    let ctx = player.staff(LEAD)?;
    let last = player.scene.report(COMMITTEE)?;
    let mut files = Vec::new();
    for format in [FileFormat::Docx, FileFormat::Pdf, FileFormat::Xlsx] {
        let file = document::file(&ctx, last.id, format)?;
        files.push(File {
            name: format!("bao-cao-tong-hop.{}", format.extension()),
            ..file
        });
    }
    let board = app::boards::board(&ctx, &player.scene.campaign)?;
    let bytes = serde_json::to_vec(&board).map_err(|error| Error::Internal(error.to_string()))?;
    files.push(File {
        name: "board.json".to_owned(),
        media_type: "application/json",
        bytes,
    });
    Ok(files)
}
