//! The Word round trip: the template out, a file that was filled in back, also from a mailbox.

use super::ReportName;
use super::names;
use crate::args::Global;
use crate::cmd::{as_json, file, print, write_file};
use crate::error::CmdError;
use crate::wire;
use app::reports::uploads::{
    self, Applied, Choices, Comparison, Delivered, Delivery, FigureFate, SectionFate,
};
use app::reports::{template, view};
use domain::ids::SectionId;
use domain::report::diff::{Change, DiffLine};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use web::api::reports::uploads::{AppliedJson, ComparisonJson};

#[derive(clap::Args)]
pub struct Template {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    /// Ghi vào tệp này (mặc định là tên của mẫu, trong thư mục hiện tại)
    #[arg(short, long, value_name = "TỆP")]
    out: Option<PathBuf>,
    /// Mục còn trống lấy trả lời của đợt trước
    #[arg(long)]
    answers: bool,
}

pub fn template(global: &Global, args: Template) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let file = template::file(&ctx, args.report.find(&ctx)?, args.answers)?;
    let out = args.out.unwrap_or_else(|| file.name.into());
    write_file(global, &out, &file.bytes)
}

#[derive(clap::Args)]
pub struct Import {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO", required_unless_present = "mailbox")]
    report: Option<ReportName>,
    /// Tệp báo cáo đã viết: .docx, .odt
    #[arg(value_name = "TỆP", required_unless_present = "mailbox")]
    file: Option<PathBuf>,
    /// Hộp thư (.mbox) hoặc một thư (.eml): nhận các mẫu báo cáo đính kèm
    #[arg(long, value_name = "HỘP THƯ", conflicts_with_all = ["report", "file", "place"])]
    mailbox: Option<PathBuf>,
    /// Nhận vào bản thảo; không nêu thì chỉ cho xem khác biệt
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,
    /// Chỉ cho xem khác biệt, không đổi gì
    #[arg(long)]
    dry_run: bool,
    /// Xếp một phần chưa có mục: SỐ=MỤC, ví dụ 0=II/1; nêu được nhiều lần
    #[arg(long, value_name = "SỐ=MỤC", value_parser = placing)]
    place: Vec<(usize, String)>,
}

fn placing(words: &str) -> Result<(usize, String), String> {
    words
        .split_once('=')
        .and_then(|(index, section)| Some((index.trim().parse().ok()?, section.trim().to_owned())))
        .ok_or_else(|| "hãy ghi dạng SỐ=MỤC, ví dụ 0=II/1".into())
}

pub fn import(global: &Global, args: Import) -> Result<(), CmdError> {
    if let Some(path) = &args.mailbox {
        return from_mailbox(global, path, args.yes);
    }
    let (Some(report), Some(path)) = (&args.report, &args.file) else {
        return Err(CmdError::Usage("hãy nêu báo cáo và tệp".into()));
    };
    let (name, bytes) = file(path)?;
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let id = report.find(&ctx)?;
    let changes = uploads::preview(&ctx, id, &name, &bytes)?;
    let mut words = words_of(&changes);
    let mut json = as_json(&ComparisonJson::from(&changes))?;
    if args.yes {
        let loose = if args.place.is_empty() {
            BTreeMap::new()
        } else {
            let outline = view::view(&ctx, id)?.content.outline;
            let placed = args
                .place
                .iter()
                .map(|(index, section)| Ok((*index, names::section(&outline, section)?)));
            placed.collect::<Result<BTreeMap<usize, SectionId>, CmdError>>()?
        };
        let kept = uploads::keep(&ctx, id, &name, bytes)?;
        let choices = Choices {
            loose,
            ..Choices::default()
        };
        let applied = uploads::apply(&ctx, id, kept, choices)?;
        let _ = write!(words, "{}", told(&applied));
        json["upload"] = json!(kept);
        json["applied"] = as_json(&AppliedJson::from(applied))?;
    } else {
        words.push_str("Chưa có gì thay đổi. Thêm --yes để nhận vào bản thảo.");
    }
    print(global, json, &words);
    Ok(())
}

fn from_mailbox(global: &Global, path: &std::path::Path, yes: bool) -> Result<(), CmdError> {
    let (name, bytes) = file(path)?;
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let deliveries = uploads::of_mailbox(&ctx, &name, &bytes, yes)?;
    let mut words = String::new();
    for delivery in &deliveries {
        let _ = write!(words, "{}", words_of_delivery(delivery));
    }
    if !yes {
        words.push_str("Chưa có gì thay đổi. Thêm --yes để nhận vào bản thảo.");
    }
    let messages = deliveries
        .iter()
        .map(delivery_json)
        .collect::<Result<Vec<_>, _>>()?;
    print(global, json!({ "files": messages }), words.trim_end());
    Ok(())
}

fn delivery_json(delivery: &Delivery) -> Result<serde_json::Value, CmdError> {
    let mut json = json!({
        "from": delivery.from,
        "subject": delivery.subject,
        "date": delivery.date,
        "file": delivery.file,
    });
    match &delivery.outcome {
        Delivered::Other => json["kind"] = json!("other"),
        Delivered::Refused(reason) => {
            json["kind"] = json!("refused");
            json["reason"] = json!(reason);
        }
        Delivered::Template {
            changes, applied, ..
        } => {
            json["kind"] = json!("template");
            json["changes"] = as_json(&ComparisonJson::from(changes.as_ref()))?;
            json["applied"] = as_json(&applied.map(AppliedJson::from))?;
        }
    }
    Ok(json)
}

fn words_of_delivery(delivery: &Delivery) -> String {
    let mut words = format!("Thư “{}” của {}", delivery.subject, delivery.from);
    if !delivery.file.is_empty() {
        let _ = write!(words, ", tệp {}", delivery.file);
    }
    match &delivery.outcome {
        Delivered::Other => words.push_str(": không phải mẫu báo cáo, bỏ qua\n"),
        Delivered::Refused(reason) => {
            let _ = writeln!(words, ": không nhận, {reason}");
        }
        Delivered::Template {
            changes, applied, ..
        } => {
            let _ = write!(
                words,
                ": báo cáo của {}\n{}",
                changes.report.unit_name,
                words_of(changes)
            );
            if let Some(applied) = applied {
                words.push_str(&told(applied));
            }
        }
    }
    words
}

fn told(applied: &Applied) -> String {
    format!(
        "Đã nhận {} mục, {} ô số liệu; {} mục giữ hai bản chờ ghép; đã xếp {} phần, còn {} phần chưa xếp mục\n",
        applied.sections, applied.figures, applied.beside, applied.placed, applied.loose_left
    )
}

fn words_of(changes: &Comparison) -> String {
    let mut words = String::new();
    for note in &changes.notes {
        let _ = writeln!(words, "Lưu ý: {note}");
    }
    let _ = writeln!(
        words,
        "{} mục khác, {} mục giống, {} ô số liệu khác, {} phần chưa xếp mục",
        changes.sections.len(),
        changes.unchanged,
        changes.figures.len(),
        changes.loose.len()
    );
    for change in &changes.sections {
        let how = match &change.fate {
            SectionFate::Taken => "lấy của tệp",
            SectionFate::Conflict(_) => "hai bên cùng sửa, giữ hai bản chờ ghép",
            SectionFate::Closed => "đang đóng, không nhận",
        };
        let _ = writeln!(
            words,
            "\n{}. {} ({how})",
            change.section.number, change.section.title
        );
        for line in &change.differences {
            write_line(&mut words, line);
        }
    }
    for change in &changes.figures {
        let how = match &change.fate {
            FigureFate::Taken => String::new(),
            FigureFate::Conflict => " (hai bên cùng sửa, giữ bản thảo)".into(),
            FigureFate::Refused(reason) => format!(" (không nhận: {reason})"),
        };
        let _ = writeln!(
            words,
            "{}, {}: “{}” → “{}”{how}",
            change.code,
            change.period.label(),
            change.draft.vietnamese(),
            change.typed
        );
    }
    for part in &changes.loose {
        let _ = writeln!(
            words,
            "\nPhần {} chưa xếp mục ({}):\n{}",
            part.index, part.place, part.text
        );
    }
    words
}

/// `- ` what goes, `+ ` what comes; lines that stay are left out.
fn write_line(words: &mut String, line: &DiffLine) {
    for (sign, other) in [('-', Change::Added), ('+', Change::Removed)] {
        let side: Vec<&str> = line
            .iter()
            .filter(|piece| piece.change != other)
            .map(|piece| piece.text.as_str())
            .collect();
        let changed = line
            .iter()
            .any(|piece| piece.change != Change::Same && piece.change != other);
        if changed {
            let _ = writeln!(words, "{sign} {}", side.join(" "));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::report::diff::compare;

    #[test]
    fn a_changed_line_is_shown_as_it_was_and_as_it_comes() {
        let mut words = String::new();
        for line in compare("Giữ.\nCó 5 nhà.", "Giữ.\nCó 6 nhà.\nMới.") {
            write_line(&mut words, &line);
        }
        assert_eq!(words, "- Có 5 nhà.\n+ Có 6 nhà.\n+ Mới.\n");
    }
}
