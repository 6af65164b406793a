//! What stands beside a section: remarks, and who writes it.

use super::content::Section;
use crate::args::Global;
use crate::cmd::{as_json, print};
use crate::error::CmdError;
use crate::wire;
use app::reports::comments::{self, Remark};
use app::reports::handing;
use domain::deadline::vietnamese_time;
use std::fmt::Write;
use web::api::reports::margin::{CommentsJson, HandsJson};

#[derive(clap::Args)]
pub struct Comment {
    #[command(flatten)]
    place: Section,
    /// Nội dung góp ý; không nêu thì liệt kê các góp ý
    #[arg(value_name = "GÓP Ý")]
    text: Option<String>,
    /// Góp ý về đoạn thứ mấy của mục; không nêu là cả mục
    #[arg(long, value_name = "SỐ", requires = "text")]
    passage: Option<usize>,
    /// Đánh dấu góp ý này là đã xử lý
    #[arg(long, value_name = "SỐ", conflicts_with = "text")]
    resolve: Option<i64>,
}

pub fn comment(global: &Global, args: Comment) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.place.find(&ctx)?;
    if let Some(words) = args.text {
        let remark = Remark {
            words,
            passage: args.passage,
            quote: String::new(),
        };
        comments::add(&ctx, id, section, remark)?;
    }
    if let Some(comment) = args.resolve {
        comments::resolve(&ctx, id, section, comment)?;
    }
    let all = CommentsJson::load(&ctx, id, section)?;
    let mut words = String::new();
    for comment in &all.comments {
        let state = match comment.resolved_at {
            Some(_) => "đã xử lý",
            None => "chưa xử lý",
        };
        let _ = writeln!(
            words,
            "{}\t{state}\t{}, {}\t{}{}",
            comment.id,
            comment.written_by,
            vietnamese_time(comment.written_at),
            match (comment.quote.as_str(), comment.passage) {
                ("", _) => String::new(),
                (quote, Some(passage)) => format!("đoạn {passage}, “{quote}”: "),
                (quote, None) => format!("“{quote}” (đã sửa khác): "),
            },
            comment.text
        );
    }
    print(global, as_json(&all)?, words.trim_end());
    Ok(())
}

#[derive(clap::Args)]
pub struct Hand {
    #[command(flatten)]
    place: Section,
    /// Tên đăng nhập của người soạn; không nêu thì xem ai đang soạn
    #[arg(value_name = "NGƯỜI SOẠN")]
    to: Option<String>,
    /// Lời nhắn cho người soạn
    #[arg(long, value_name = "LỜI NHẮN", default_value = "", requires = "to")]
    note: String,
    /// Không giao riêng cho ai nữa
    #[arg(long, conflicts_with = "to")]
    nobody: bool,
}

pub fn hand(global: &Global, args: Hand) -> Result<(), CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let (id, section) = args.place.find(&ctx)?;
    if args.nobody || args.to.is_some() {
        handing::hand(&ctx, id, section, args.to.as_deref(), &args.note)?;
    }
    let hands = HandsJson::load(&ctx, id, section)?;
    let words = match &hands.holder {
        Some(holder) if holder.note.is_empty() => format!("{} ({})", holder.name, holder.login),
        Some(holder) => format!("{} ({}): {}", holder.name, holder.login, holder.note),
        None => "Chưa giao riêng cho ai".into(),
    };
    print(global, as_json(&hands)?, &words);
    Ok(())
}
