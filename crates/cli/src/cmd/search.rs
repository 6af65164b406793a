//! `dondoc search`: words in everything that may be read, and which units mention them.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::{indexing, wire};
use app::search::{Ask, Found, FoundJson, Mentions, MentionsJson, mentions, search};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Nội dung cần tìm, có dấu hoặc không dấu; đặt trong ngoặc kép để tìm đúng cụm từ
    #[arg(value_name = "TỪ", required_unless_present = "rebuild")]
    words: Vec<String>,
    /// Chỉ tìm trong đợt này
    #[arg(long, value_name = "MÃ ĐỢT")]
    campaign: Option<String>,
    /// Chỉ tìm trong đơn vị này và cấp dưới
    #[arg(long, value_name = "MÃ")]
    unit: Option<String>,
    /// Chỉ tìm ở cấp này
    #[arg(long, value_name = "CẤP")]
    level: Option<u8>,
    /// Chỉ tìm trong mục này của đề cương, ví dụ II
    #[arg(long, value_name = "SỐ MỤC")]
    section: Option<String>,
    /// Liệt kê đơn vị nào nhắc đến, mỗi đơn vị một câu
    #[arg(long)]
    units: bool,
    /// Số kết quả nhiều nhất
    #[arg(long, value_name = "SỐ", default_value_t = 1_000)]
    limit: usize,
    /// Lập lại chỉ mục từ đầu, rồi tìm nếu có nêu từ
    #[arg(long)]
    rebuild: bool,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    if args.rebuild {
        let reports = app::indexing::begin_anew(&ctx)?;
        eprintln!("Lập lại chỉ mục của {reports} báo cáo");
    }
    indexing::take_in(&app)?;
    if args.words.is_empty() {
        print(
            global,
            serde_json::json!({ "waiting": 0 }),
            "Đã lập xong chỉ mục",
        );
        return Ok(ExitCode::SUCCESS);
    }
    let ask = Ask {
        words: args.words.join(" "),
        campaign: args.campaign,
        unit: args.unit,
        level: args.level,
        section: args.section,
        after: None,
    };
    if args.units {
        let found = all_mentions(&ctx, ask, args.limit)?;
        let words = mentions_as_words(&found);
        print(global, as_json(&MentionsJson::from(found))?, &words);
    } else {
        let found = all_hits(&ctx, ask, args.limit)?;
        let words = hits_as_words(&found);
        print(global, as_json(&FoundJson::from(found))?, &words);
    }
    Ok(ExitCode::SUCCESS)
}

/// Window after window until there are enough.
fn all_hits(ctx: &app::Ctx, mut ask: Ask, limit: usize) -> Result<Found, CmdError> {
    let mut all = search(ctx, &ask)?;
    while all.hits.len() < limit && all.next.is_some() {
        ask.after = all.next.take();
        let more = search(ctx, &ask)?;
        all.hits.extend(more.hits);
        all.next = more.next;
    }
    all.hits.truncate(limit);
    Ok(all)
}

fn all_mentions(ctx: &app::Ctx, mut ask: Ask, limit: usize) -> Result<Mentions, CmdError> {
    let mut all = mentions(ctx, &ask, limit)?;
    while all.units.len() < limit && all.next.is_some() {
        ask.after = all.next.take();
        let more = mentions(ctx, &ask, limit - all.units.len())?;
        all.units.extend(more.units);
        all.next = more.next;
    }
    Ok(all)
}

fn hits_as_words(found: &Found) -> String {
    let lines: Vec<String> = found
        .hits
        .iter()
        .map(|hit| {
            let draft = if hit.is_draft { " (bản thảo)" } else { "" };
            format!(
                "{}\t{}\t{}\tmục {}{draft}\t{}",
                hit.campaign,
                hit.unit_code,
                hit.unit_name,
                hit.section_number,
                hit.excerpt.text()
            )
        })
        .collect();
    or_nothing(lines)
}

fn mentions_as_words(found: &Mentions) -> String {
    let lines: Vec<String> = found
        .units
        .iter()
        .map(|unit| {
            let first = &unit.first;
            format!(
                "{}\t{}\t{}\t{} mục, {} lần\t{}",
                first.campaign,
                first.unit_code,
                first.unit_name,
                unit.sections,
                unit.times,
                first.excerpt.text()
            )
        })
        .collect();
    or_nothing(lines)
}

fn or_nothing(lines: Vec<String>) -> String {
    if lines.is_empty() {
        "Không tìm thấy".to_owned()
    } else {
        lines.join("\n")
    }
}
