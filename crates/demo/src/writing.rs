//! How a report of the demo is written: some sections at first, the rest before adoption, and after a return only
//! what was asked for.

use crate::content::{Figure, ReportContent, UnitSeed};
use crate::player::Player;
use crate::scene::Report;
use app::reports::draft::{SectionSave, open_section, save_section};
use app::reports::figures::{CellChange, save as save_figures};
use app::reports::{returns, view};
use app::{Ctx, Error, Result};
use domain::campaign::{Period, Writable};
use domain::report::lifecycle::State;

/// What a unit adds to a section that was sent back.
const ADDITIONS: &[(&str, &str)] = &[
    (
        "III.1",
        "Về nguyên nhân hồ sơ tồn: phần lớn do người làm chứng đã mất, giấy tờ gốc thất lạc, phải xác minh ở nơi khác; đơn vị đã phân loại từng nhóm và phân công cán bộ theo dõi đến khi giải quyết xong.",
    ),
    (
        "III.4",
        "Số nhà xây mới, sửa chữa nêu trên đã được đối chiếu, thống nhất với phụ lục số liệu kèm theo báo cáo.",
    ),
    (
        "IV.1",
        "Cụ thể ở đơn vị: việc rà soát, cập nhật danh sách người có công có thời điểm chưa kịp thời; kiểm tra của cấp ủy đối với nội dung này còn lồng ghép, chưa có chuyên đề riêng.",
    ),
    (
        "V",
        "Về trách nhiệm: tập thể cấp ủy chưa đôn đốc thường xuyên; đồng chí được phân công phụ trách chưa chủ động báo cáo khó khăn, đã nghiêm túc rút kinh nghiệm tại hội nghị thông qua báo cáo.",
    ),
    (
        "III.3",
        "So với kế hoạch giao hằng năm, kết quả vận động Quỹ đều đạt và vượt; đơn vị duy trì mô hình các chi bộ nhận giúp đỡ gia đình người có công khó khăn.",
    ),
    (
        "VII",
        "Các nhiệm vụ trên giao Ban Chấp hành các tổ chức trực thuộc thực hiện xong trong quý IV năm 2022; bộ phận tham mưu là đầu mối theo dõi, định kỳ 6 tháng báo cáo.",
    ),
    (
        "II.3",
        "Sau kiểm tra, giám sát, các tổ chức được kiểm tra đã khắc phục xong hạn chế và báo cáo kết quả bằng văn bản.",
    ),
];

/// Begins the report: the first sections at once, and as large a part of the figures.
pub(crate) fn draft(player: &Player, report: &Report, percent: i64) -> Result<()> {
    let written = written(player, report)?;
    let ctx = player.staff(&report.drafter)?;
    let sections = part(written.sections.len(), percent);
    for (number, text) in &written.sections[..sections] {
        write(player, &ctx, report, number, text)?;
    }
    if unit_of(player, report)?.consolidates() {
        // Its figures come from below.
        return Ok(());
    }
    let figures = part(written.figures.len(), percent);
    type_in(&ctx, report, &written.figures[..figures])
}

/// Writes whatever is still missing; after a return, what was asked for.
pub(crate) fn complete(player: &Player, report: &Report) -> Result<()> {
    let ctx = player.staff(&report.drafter)?;
    let before = view::view(&ctx, report.id)?;
    if before.status.report.assignment.state == State::Returned {
        returns::revise(&ctx, report.id)?;
        return amend(player, &ctx, report);
    }
    if unit_of(player, report)?.consolidates() {
        return crate::merging::consolidate(player, report);
    }
    let written = written(player, report)?;
    for (number, text) in &written.sections {
        let section = player.scene.section(number);
        if section.is_some_and(|section| before.content.text(section).is_empty()) {
            write(player, &ctx, report, number, text)?;
        }
    }
    type_in(&ctx, report, &written.figures)
}

/// Adds to each section that the last return names.
fn amend(player: &Player, ctx: &Ctx, report: &Report) -> Result<()> {
    for (number, addition) in ADDITIONS {
        let Some(section) = player.scene.section(number) else {
            continue;
        };
        let desk = open_section(ctx, report.id, section)?;
        if desk.return_reason.is_empty() {
            continue;
        }
        let save = SectionSave {
            text: format!("{}\n{addition}", desk.text()),
            base_version: desk.version(),
            autosave: false,
        };
        save_section(ctx, report.id, section, save)?;
    }
    Ok(())
}

/// The report as the content of the demo has it; a section that asks for a word gets one.
fn written(player: &Player, report: &Report) -> Result<ReportContent> {
    let variety = player.content.variety_of(&report.unit);
    let mut written = player
        .content
        .report_for(unit_of(player, report)?, &variety)
        .map_err(|error| Error::Internal(error.to_string()))?;
    for (_, text) in &mut written.sections {
        if text.trim().is_empty() {
            "Đơn vị không có nội dung phát sinh.".clone_into(text);
        }
    }
    Ok(written)
}

pub(crate) fn unit_of<'a>(player: &'a Player, report: &Report) -> Result<&'a UnitSeed> {
    player
        .content
        .unit(&report.unit)
        .ok_or_else(|| Error::Internal(format!("unit {} is not in the demo", report.unit)))
}

fn part(of: usize, percent: i64) -> usize {
    let percent = usize::try_from(percent.clamp(0, 100)).unwrap_or(100);
    of * percent / 100
}

fn write(player: &Player, ctx: &Ctx, report: &Report, number: &str, text: &str) -> Result<()> {
    let known = player
        .scene
        .sections
        .iter()
        .find(|section| section.number == number && section.writable != Writable::Heading);
    let section = known.ok_or_else(|| Error::Internal(format!("no section {number}")))?;
    let save = SectionSave {
        text: text.to_owned(),
        base_version: 0,
        autosave: false,
    };
    save_section(ctx, report.id, section.id, save).map(drop)
}

fn type_in(ctx: &Ctx, report: &Report, figures: &[Figure]) -> Result<()> {
    if figures.is_empty() {
        return Ok(());
    }
    let changes = figures.iter().map(cell_change).collect();
    save_figures(ctx, report.id, changes).map(drop)
}

fn cell_change(figure: &Figure) -> CellChange {
    let typed = match (&figure.value, figure.not_applicable) {
        (Some(value), _) => value.replace('.', ","),
        (None, true) => "-".to_owned(),
        (None, false) => String::new(),
    };
    CellChange {
        code: figure.indicator.clone(),
        period: match figure.year {
            Some(year) => Period::Year(year),
            None => Period::Whole,
        },
        typed,
        was: None,
    }
}
