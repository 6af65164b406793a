//! Looking: what waits, the reports of a campaign, one report.

use super::ReportName;
use crate::args::Global;
use crate::cmd::{acting_or_operator, as_json, print};
use crate::error::CmdError;
use crate::wire;
use app::boards::{Filter, ListQuery};
use app::reports::handing::Held;
use app::reports::work::{Owed, Waiting};
use app::reports::{view, work as desk};
use domain::deadline::{Timeliness, vietnamese_time};
use domain::report::lifecycle::Action;
use jiff::Timestamp;
use std::fmt::Write;
use web::api::board::ReportsJson;
use web::api::reports::standing::WorkJson;
use web::api::reports::wire::ContentJson;

#[derive(clap::Args)]
pub struct Work {}

pub fn work(global: &Global, _: Work) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let work = desk::my_work(&wire::acting(global, &app)?)?;
    let mut words = String::new();
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(words, "{title}:");
            for line in lines {
                let _ = writeln!(words, "  {line}");
            }
        }
    };
    list("Bị trả lại", work.returned.iter().map(owed).collect());
    list("Phải làm", work.owed.iter().map(owed).collect());
    list("Chờ xử lý", work.waiting.iter().map(waiting).collect());
    list("Mục được giao soạn", work.handed.iter().map(held).collect());
    list("Đã xong phần mình", work.done.iter().map(owed).collect());
    if work.is_cut {
        words += "Danh sách dài quá nên chỉ in phần đầu.\n";
    }
    if words.is_empty() {
        words = "Không có việc nào.".into();
    }
    print(global, as_json(&WorkJson::of(work))?, words.trim_end());
    Ok(())
}

fn held(held: &Held) -> String {
    let mut line = format!("{}\t{}. {}", held.unit_name, held.number, held.title);
    if !held.note.is_empty() {
        let _ = write!(line, "\t{}", held.note);
    }
    line
}

fn owed(item: &Owed) -> String {
    let report = &item.report;
    let due = due_words(report.assignment.due_at);
    let mut line = format!(
        "{}/{}\t{}\t{}\t{due}",
        report.campaign_short_id,
        report.unit_code,
        report.unit_name,
        report.assignment.state.label()
    );
    if !item.blockers.is_empty() {
        let _ = write!(line, "\tcòn {} nội dung phải bổ sung", item.blockers.len());
    }
    line
}

fn waiting(item: &Waiting) -> String {
    let report = &item.report;
    let again = if item.came_again { ", gửi lại" } else { "" };
    format!(
        "{}/{}\t{}\t{}{again}\tchờ {} ngày",
        report.campaign_short_id,
        report.unit_code,
        report.unit_name,
        report.assignment.state.label(),
        item.waiting_days
    )
}

fn due_words(due_at: Option<Timestamp>) -> String {
    due_at.map_or_else(
        || "chưa đặt hạn".into(),
        |due| format!("hạn {}", vietnamese_time(due)),
    )
}

#[derive(clap::Args)]
pub struct List {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
    /// Chỉ phần của đơn vị này và các đơn vị bên dưới
    #[arg(long, value_name = "MÃ ĐƠN VỊ")]
    unit: Option<String>,
    /// Chỉ báo cáo loại này: da-nhan, dung-han, cham, chua-gui, qua-han, cho-xu-ly, hoặc tên một bước như drafting
    #[arg(long, value_name = "LOẠI", value_parser = filter)]
    filter: Option<Filter>,
    /// Chỉ đơn vị cấp này
    #[arg(long, value_name = "CẤP")]
    level: Option<u8>,
    /// Trang, mỗi trang 50 báo cáo; 0 là tất cả
    #[arg(long, value_name = "SỐ", default_value_t = 1)]
    page: u32,
}

fn filter(code: &str) -> Result<Filter, String> {
    match Filter::from_code(code) {
        Filter::All => Err("không có loại này".into()),
        known => Ok(known),
    }
}

pub fn list(global: &Global, args: List) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let query = ListQuery {
        unit: args.unit,
        filter: args.filter.unwrap_or_default(),
        level: args.level,
        page: args.page,
        rows: if args.page == 0 {
            app::boards::MAX_ROWS
        } else {
            0
        },
    };
    let list = app::boards::reports(&ctx, &args.campaign, query)?;
    let mut words = String::new();
    for row in &list.rows {
        let _ = writeln!(
            words,
            "{}\t{}\t{}\t{}\t{}",
            row.assignment,
            row.unit.code,
            row.unit.name,
            row.state.label(),
            timely(row.timeliness, row.due_at)
        );
    }
    let _ = write!(
        words,
        "{} báo cáo, trang {}/{}",
        list.total, list.query.page, list.pages
    );
    let json = as_json(&ReportsJson::from(list))?;
    print(global, json, &words);
    Ok(())
}

fn timely(timeliness: Timeliness, due_at: Option<Timestamp>) -> String {
    match timeliness {
        Timeliness::Early => "gửi sớm".into(),
        Timeliness::OnTime => "gửi đúng hạn".into(),
        Timeliness::Late { days } => format!("gửi chậm {days} ngày"),
        Timeliness::Missing { days } => format!("quá hạn {days} ngày"),
        Timeliness::Pending => due_words(due_at),
    }
}

#[derive(clap::Args)]
pub struct Show {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Lần chỉnh sửa; không nêu thì lấy lần mới nhất được xem
    #[arg(long, value_name = "SỐ")]
    revision: Option<i64>,
}

pub fn show(global: &Global, args: Show) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    let id = args.report.find(&ctx)?;
    let seen = web::api::reports::seen(&ctx, id, args.revision)?;
    let standing = &seen.standing;
    let mut words = format!(
        "{}: {}\nSố của báo cáo: {id}\nBước: {}, lần {}\nHạn: {}\n",
        standing.unit_name,
        standing.campaign_name,
        standing.state.label(),
        standing.revision,
        timely(view::status(&ctx, id)?.timeliness, standing.due_at),
    );
    if !standing.state_reason.is_empty() {
        let _ = writeln!(words, "Lý do: {}", standing.state_reason);
    }
    let offered: Vec<&str> = standing
        .offered
        .iter()
        .copied()
        .map(Action::label)
        .collect();
    if !offered.is_empty() {
        let _ = writeln!(words, "Làm được tiếp: {}", offered.join(", "));
    }
    match &seen.content {
        Some(content) => words += &content_words(content),
        None => words += "Nội dung chưa được gửi nên chưa xem được.\n",
    }
    print(global, as_json(&seen)?, words.trim_end());
    Ok(())
}

fn content_words(content: &ContentJson) -> String {
    let mut words = String::new();
    for blocker in &content.blockers {
        let _ = writeln!(words, "Cần bổ sung: {}", blocker.message);
    }
    for note in &content.returns {
        let _ = writeln!(words, "Trả lại lần {}: {}", note.revision, note.reason);
    }
    for part in &content.changed_since_adoption {
        let _ = writeln!(words, "Đã thay đổi sau khi thông qua: {}", part.name);
    }
    if let Some(issued) = &content.issued {
        let _ = writeln!(words, "Số, ký hiệu: {}", issued.symbol);
    }
    if let Some(receipt) = &content.receipt {
        let _ = writeln!(words, "Biên nhận: {}", receipt.code);
    }
    for section in &content.sections {
        let _ = writeln!(words, "\n{}. {}", section.number, section.title);
        if !section.text.is_empty() {
            let _ = writeln!(words, "{}", section.text);
        }
    }
    if !content.figures.is_empty() {
        words += "\nSố liệu:\n";
    }
    for (code, row) in &content.figures {
        let cells: Vec<String> = row
            .iter()
            .map(|(period, value)| format!("{period}={}", value.as_deref().unwrap_or_default()))
            .collect();
        let _ = writeln!(words, "  {code}: {}", cells.join(", "));
    }
    if !content.attachments.is_empty() {
        words += "\nTệp đính kèm:\n";
    }
    for file in &content.attachments {
        let _ = writeln!(
            words,
            "  {}\t{}\t{} byte",
            file.id, file.name, file.size_bytes
        );
    }
    words
}
