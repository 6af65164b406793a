//! The steps: who takes one says so with `--as`, and why where that matters.

use super::ReportName;
use super::content::text_of;
use super::names;
use crate::args::Global;
use crate::cmd::{as_json, day, print};
use crate::error::CmdError;
use crate::wire;
use app::Ctx;
use app::reports::issue::IssueWish;
use app::reports::returns::{self, ReturnItem, ReturnedPart};
use app::reports::send::Receipt;
use app::reports::{StepDone, adoption, issue as issuing, receive as receiving, send as sending};
use app::reports::{view, waiver};
use domain::deadline::{day_of, vietnamese_date, vietnamese_time};
use domain::ids::AssignmentId;
use domain::report::adoption::{Adoption, MeetingKind};
use jiff::civil::Date;
use serde_json::json;
use std::path::PathBuf;
use web::api::reports::wire::{IssuedJson, ReceiptJson};

/// A step that needs nothing but the report.
#[derive(clap::Args)]
pub struct Only {
    /// MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
}

/// A step that may have a reason.
#[derive(clap::Args)]
pub struct MayReason {
    #[command(flatten)]
    only: Only,
    /// Lý do
    #[arg(long, value_name = "LỜI", default_value = "")]
    reason: String,
}

/// A step that needs one.
#[derive(clap::Args)]
pub struct Reasoned {
    #[command(flatten)]
    only: Only,
    /// Lý do
    #[arg(long, value_name = "LỜI")]
    reason: String,
}

fn take(
    global: &Global,
    only: &Only,
    step: impl FnOnce(&Ctx, AssignmentId) -> app::Result<StepDone>,
) -> Result<(), CmdError> {
    let (ctx, id) = only.open(global)?;
    let done = step(&ctx, id)?;
    let words = format!("{}, lần {}", done.state.label(), done.revision);
    print(global, as_json(&done)?, &words);
    Ok(())
}

impl Only {
    fn open(&self, global: &Global) -> Result<(Ctx, AssignmentId), CmdError> {
        let app = wire::open(global)?;
        let ctx = wire::acting(global, &app)?;
        let id = self.report.find(&ctx)?;
        Ok((ctx, id))
    }
}

pub fn propose(global: &Global, args: Only) -> Result<(), CmdError> {
    take(global, &args, adoption::propose)
}

pub fn take_back(global: &Global, args: MayReason) -> Result<(), CmdError> {
    take(global, &args.only, |ctx, id| {
        adoption::take_back(ctx, id, &args.reason)
    })
}

#[derive(clap::Args)]
pub struct Adopt {
    #[command(flatten)]
    only: Only,
    /// Ngày họp, hoặc ngày tổng hợp phiếu xin ý kiến (mặc định hôm nay)
    #[arg(long, value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    held_on: Option<Date>,
    /// Lấy ý kiến bằng phiếu, không họp
    #[arg(long)]
    written: bool,
    /// Tổng số ủy viên đương nhiệm
    #[arg(long, value_name = "SỐ")]
    incumbents: u32,
    /// Số có mặt
    #[arg(long, value_name = "SỐ")]
    present: u32,
    /// Số vắng có lý do
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    absent_excused: u32,
    /// Số vắng không có lý do
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    absent_unexcused: u32,
    /// Số phiếu tán thành
    #[arg(long = "for", value_name = "SỐ")]
    votes_for: u32,
    /// Số phiếu không tán thành
    #[arg(long = "against", value_name = "SỐ", default_value_t = 0)]
    votes_against: u32,
    /// Số không biểu quyết
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    abstaining: u32,
    /// Nơi họp
    #[arg(long, value_name = "NƠI", default_value = "")]
    place: String,
    /// Chủ trì
    #[arg(long, value_name = "HỌ TÊN", default_value = "")]
    chair: String,
    /// Thư ký
    #[arg(long, value_name = "HỌ TÊN", default_value = "")]
    secretary: String,
    /// Tệp văn bản có nội dung biên bản; - là đầu vào chuẩn
    #[arg(long, value_name = "TỆP")]
    minutes: Option<PathBuf>,
}

/// A vote without a majority is recorded, and found wanting.
pub fn adopt(global: &Global, args: Adopt) -> Result<(), CmdError> {
    let minutes = match &args.minutes {
        Some(path) => text_of(Some(path))?,
        None => String::new(),
    };
    let (ctx, id) = args.only.open(global)?;
    let vote = Adoption {
        kind: if args.written {
            MeetingKind::Written
        } else {
            MeetingKind::Meeting
        },
        held_on: args.held_on.unwrap_or_else(|| day_of(ctx.now)),
        place: args.place,
        chair: args.chair,
        secretary: args.secretary,
        incumbents: args.incumbents,
        present: args.present,
        absent_excused: args.absent_excused,
        absent_unexcused: args.absent_unexcused,
        votes_for: args.votes_for,
        votes_against: args.votes_against,
        abstaining: args.abstaining,
        minutes,
    };
    let voted = adoption::adopt(&ctx, id, vote)?;
    if global.json || voted.passed {
        print(global, as_json(&voted)?, voted.state.label());
    }
    if voted.passed {
        Ok(())
    } else {
        Err(CmdError::Refused(
            "đã ghi nhận biểu quyết, nhưng chưa quá nửa tổng số ủy viên đương nhiệm nên báo cáo chưa được thông qua"
                .into(),
        ))
    }
}

#[derive(clap::Args)]
pub struct Issue {
    #[command(flatten)]
    only: Only,
    /// Chỉ xem số, ngày, thẩm quyền ký sẽ lấy
    #[arg(long)]
    suggest: bool,
    /// Chức vụ người ký
    #[arg(long, value_name = "CHỨC VỤ", default_value = "")]
    position: String,
    /// Họ và tên người ký
    #[arg(long, value_name = "HỌ TÊN", default_value = "")]
    signer: String,
    /// Thẩm quyền ký, ví dụ "T/M BAN THƯỜNG VỤ" (mặc định theo tập thể thông qua)
    #[arg(long, value_name = "LỜI")]
    authority: Option<String>,
    /// Số (mặc định là số tiếp theo chưa dùng trong nhiệm kỳ)
    #[arg(long, value_name = "SỐ")]
    number: Option<i64>,
    /// Nhiệm kỳ (mặc định theo ngày)
    #[arg(long, value_name = "NHIỆM KỲ")]
    term: Option<String>,
    /// Ngày ban hành (mặc định hôm nay)
    #[arg(long, value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    dated: Option<Date>,
    /// Địa danh (mặc định của đơn vị)
    #[arg(long, value_name = "NƠI")]
    place: Option<String>,
}

pub fn issue(global: &Global, args: Issue) -> Result<(), CmdError> {
    let (ctx, id) = args.only.open(global)?;
    if args.suggest {
        let suggested = issuing::suggestion(&ctx, id)?;
        let words = format!(
            "Số {}, nhiệm kỳ {}, ngày {}, {}",
            suggested.number.unwrap_or_default(),
            suggested.term,
            vietnamese_date(suggested.dated),
            suggested.authority
        );
        print(global, as_json(&suggested)?, &words);
        return Ok(());
    }
    let wish = IssueWish {
        number: args.number,
        term: args.term,
        dated: args.dated,
        place: args.place,
        authority: args.authority,
        position: args.position,
        signer: args.signer,
    };
    let issued = issuing::issue(&ctx, id, wish.completed(&ctx, id)?)?;
    let words = format!("Đã ban hành số {}", issued.symbol);
    print(global, as_json(&IssuedJson::from(issued))?, &words);
    Ok(())
}

pub fn send(global: &Global, args: Only) -> Result<(), CmdError> {
    let (ctx, id) = args.open(global)?;
    told(global, sending::send(&ctx, id)?)
}

/// Tells what was sent, and when.
pub(super) fn told(global: &Global, receipt: Receipt) -> Result<(), CmdError> {
    let words = format!(
        "Đã gửi lúc {}. Biên nhận: {}",
        vietnamese_time(receipt.sent_at),
        receipt.code
    );
    print(global, as_json(&ReceiptJson::from(receipt))?, &words);
    Ok(())
}

pub fn withdraw(global: &Global, args: Reasoned) -> Result<(), CmdError> {
    take(global, &args.only, |ctx, id| {
        sending::withdraw(ctx, id, &args.reason)
    })
}

pub fn receive(global: &Global, args: Only) -> Result<(), CmdError> {
    take(global, &args, receiving::receive)
}

pub fn forward(global: &Global, args: Only) -> Result<(), CmdError> {
    take(global, &args, receiving::forward)
}

pub fn accept(global: &Global, args: Only) -> Result<(), CmdError> {
    take(global, &args, receiving::accept)
}

#[derive(clap::Args)]
pub struct Return {
    #[command(flatten)]
    why: Reasoned,
    /// Mục cần bổ sung và lý do, ví dụ --section "II/1=nêu rõ từng năm"; nêu nhiều lần được; không nêu mục, chỉ tiêu nào thì mở lại toàn bộ
    #[arg(long = "section", value_name = "MỤC=LÝ DO")]
    sections: Vec<String>,
    /// Chỉ tiêu cần bổ sung và lý do, ví dụ --indicator "CT01=thiếu năm 2019"
    #[arg(long = "indicator", value_name = "MÃ=LÝ DO")]
    indicators: Vec<String>,
}

impl Return {
    fn items(&self, ctx: &Ctx, id: AssignmentId) -> Result<Vec<ReturnItem>, CmdError> {
        if self.sections.is_empty() && self.indicators.is_empty() {
            return Ok(Vec::new());
        }
        let outline = view::view(ctx, id)?.content.outline;
        let mut items = Vec::new();
        for words in &self.sections {
            let (name, reason) = words.split_once('=').unwrap_or((words, ""));
            items.push(ReturnItem {
                part: ReturnedPart::Section(names::section(&outline, name.trim())?),
                reason: reason.into(),
            });
        }
        for words in &self.indicators {
            let (code, reason) = words.split_once('=').unwrap_or((words, ""));
            let layout = &outline.layout;
            let at = layout.indicator(code.trim()).ok_or_else(|| {
                CmdError::Refused(format!("đợt báo cáo không có chỉ tiêu “{code}”"))
            })?;
            items.push(ReturnItem {
                part: ReturnedPart::Indicator(layout.indicators()[at].id),
                reason: reason.into(),
            });
        }
        Ok(items)
    }
}

pub fn send_back(global: &Global, args: Return) -> Result<(), CmdError> {
    let (ctx, id) = args.why.only.open(global)?;
    let items = args.items(&ctx, id)?;
    let done = returns::send_back(&ctx, id, &args.why.reason, items)?;
    print(global, as_json(&done)?, done.state.label());
    Ok(())
}

pub fn revise(global: &Global, args: Only) -> Result<(), CmdError> {
    take(global, &args, returns::revise)
}

pub fn waive(global: &Global, args: Reasoned) -> Result<(), CmdError> {
    take(global, &args.only, |ctx, id| {
        waiver::waive(ctx, id, &args.reason)
    })
}

pub fn reinstate(global: &Global, args: MayReason) -> Result<(), CmdError> {
    take(global, &args.only, |ctx, id| {
        waiver::reinstate(ctx, id, &args.reason)
    })
}

#[derive(clap::Args)]
pub struct Extend {
    #[command(flatten)]
    why: Reasoned,
    /// Hạn mới, tính cả ngày đó
    #[arg(long, value_name = "NĂM-THÁNG-NGÀY", value_parser = day)]
    due: Date,
}

pub fn extend(global: &Global, args: Extend) -> Result<(), CmdError> {
    let (ctx, id) = args.why.only.open(global)?;
    app::assignments::extend_due(&ctx, id, args.due, &args.why.reason)?;
    let words = format!("Đã gia hạn đến hết ngày {}", vietnamese_date(args.due));
    print(global, json!({ "id": id, "due": args.due }), &words);
    Ok(())
}
