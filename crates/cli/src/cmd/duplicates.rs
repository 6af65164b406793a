//! `dondoc duplicates`: reports of a campaign that repeat each other, or have sections of each other.

use super::{acting_or_operator, as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::{indexing, wire};
use app::copies::{
    Duplicates, DuplicatesJson, SectionCopies, SectionCopiesJson, duplicates, section_copies,
};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Mã đợt báo cáo
    #[arg(value_name = "MÃ ĐỢT")]
    campaign: String,
    /// Mức giống nhau ít nhất, từ 0.5 đến 1: tỷ lệ cụm 5 từ liền nhau mà cả hai báo cáo cùng có
    #[arg(long, value_name = "TỶ LỆ", default_value = "0.8", value_parser = share)]
    min: u64,
    /// Liệt kê các mục chép lại giữa những báo cáo không giống nhau đến mức ấy
    #[arg(long)]
    sections: bool,
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = acting_or_operator(global, &app)?;
    indexing::take_in(&app)?;
    if args.sections {
        let found = section_copies(&ctx, &args.campaign, args.min, 0, usize::MAX)?;
        let words = section_words(&found);
        print(global, as_json(&SectionCopiesJson::from(found))?, &words);
        return Ok(ExitCode::SUCCESS);
    }
    let found = duplicates(&ctx, &args.campaign, args.min, 0, usize::MAX)?;
    let words = words(&found);
    print(global, as_json(&DuplicatesJson::from(found))?, &words);
    Ok(ExitCode::SUCCESS)
}

/// A share such as `0.8`, of 10,000.
fn share(words: &str) -> Result<u64, String> {
    let wrong = || "hãy ghi một số từ 0.5 đến 1, ví dụ 0.8".to_owned();
    let share: f64 = words.replace(',', ".").parse().map_err(|_| wrong())?;
    (0.5..=1.0)
        .contains(&share)
        .then_some((share * 10_000.0).round() as u64)
        .ok_or_else(wrong)
}

fn words(found: &Duplicates) -> String {
    if found.pairs.is_empty() {
        return "Không có báo cáo nào giống nhau đến mức này".to_owned();
    }
    let lines: Vec<String> = found
        .pairs
        .iter()
        .map(|pair| {
            let percent = pair.likeness.per_ten_thousand();
            let share = format!("{},{:02}%", percent / 100, percent % 100);
            let (a, b) = (&pair.a, &pair.b);
            format!("{share}\t{}\t{}\t{}\t{}", a.code, a.name, b.code, b.name)
        })
        .collect();
    lines.join("\n")
}

fn section_words(found: &SectionCopies) -> String {
    let mut lines = Vec::new();
    for pair in &found.pairs {
        let (a, b) = (&pair.a, &pair.b);
        for section in &pair.sections {
            lines.push(format!(
                "{} từ\t{}\t{}\tmục {}\t{}\t{}\tmục {}",
                section.words, a.code, a.name, section.a, b.code, b.name, section.b
            ));
        }
    }
    if lines.is_empty() {
        return "Không có mục nào chép lại từ báo cáo khác".to_owned();
    }
    lines.join("\n")
}
