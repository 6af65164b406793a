//! `dondoc report`: every step in the life of a report.

mod check;
mod content;
mod files;
mod margin;
mod names;
mod show;
mod steps;
mod whole;
mod word;

use crate::args::Global;
use crate::error::CmdError;
use std::process::ExitCode;

pub(crate) use names::{ReportName, section as section_named};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($args:path) => $run:path;)*) => {
        #[derive(clap::Subcommand)]
        enum Command {
            $($(#[$doc])* $name($args),)*
        }

        pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
            match args.command {
                $(Command::$name(args) => $run(global, args)?,)*
            }
            Ok(ExitCode::SUCCESS)
        }
    };
}

commands! {
    /// Việc của tôi: báo cáo phải làm, báo cáo chờ mình xử lý
    Work(show::Work) => show::work;
    /// Liệt kê báo cáo của một đợt
    List(show::List) => show::list;
    /// Xem một báo cáo: đang ở bước nào, làm được gì tiếp, nội dung
    Show(show::Show) => show::show;
    /// Xem một mục đang soạn: phiên bản, lý do bị trả lại, các bản chờ ghép
    Section(content::Section) => content::section;
    /// Soạn một mục, từ tệp hoặc đầu vào chuẩn
    Draft(content::Draft) => content::draft;
    /// Chọn hoặc ghép khi một mục có hai bản
    Settle(content::Settle) => content::settle;
    /// Các phiên bản đã lưu của một mục
    Versions(content::Section) => content::versions;
    /// Lấy lại một phiên bản cũ của một mục
    Restore(content::Restore) => content::restore;
    /// Góp ý vào một mục của bản thảo, trong nội bộ đơn vị
    Comment(margin::Comment) => margin::comment;
    /// Giao một mục cho người trong đơn vị soạn
    Hand(margin::Hand) => margin::hand;
    /// Xem hoặc điền số liệu
    Figures(content::Figures) => content::figures;
    /// Mẫu Word của báo cáo để điền ngoài phần mềm
    Template(word::Template) => word::template;
    /// Nhận báo cáo đã viết bằng Word: xem khác biệt, rồi nhận với --yes
    Import(word::Import) => word::import;
    /// Đính kèm tệp
    Attach(files::Attach) => files::attach;
    /// Bỏ một tệp đính kèm
    Detach(files::Detach) => files::detach;
    /// Tải một tệp đính kèm về
    Download(files::Download) => files::download;
    /// Kiểm tra một tệp báo cáo hoặc một báo cáo đang lưu: thiếu mục, số liệu sai, chép lại, dấu mật…
    Check(check::Check) => check::check;
    /// Giải trình một điểm kiểm tra của báo cáo đang soạn
    Answer(check::Answer) => check::answer;
    /// Trình tập thể
    Propose(steps::Only) => steps::propose;
    /// Lấy lại để sửa
    TakeBack(steps::MayReason) => steps::take_back;
    /// Ghi nhận biểu quyết của tập thể
    Adopt(steps::Adopt) => steps::adopt;
    /// Ban hành: số, ký hiệu, ngày, người ký
    Issue(steps::Issue) => steps::issue;
    /// Gửi báo cáo và nhận biên nhận
    Send(steps::Only) => steps::send;
    /// Gửi trọn bộ một báo cáo viết ở hệ thống khác: nội dung, số liệu, biểu quyết, ban hành, trong một tệp JSON
    Whole(whole::Whole) => whole::whole;
    /// Biên nhận lần gửi gần nhất, đối chiếu với nội dung đang lưu
    Receipt(files::Receipt) => files::receipt;
    /// Thu hồi báo cáo chưa ai tiếp nhận
    Withdraw(steps::Reasoned) => steps::withdraw;
    /// Tiếp nhận
    Receive(steps::Only) => steps::receive;
    /// Chuyển nơi nhận (đầu mối)
    Forward(steps::Only) => steps::forward;
    /// Trả lại, yêu cầu bổ sung từng mục, từng chỉ tiêu
    Return(steps::Return) => steps::send_back;
    /// Mở lần chỉnh sửa mới của báo cáo bị trả lại
    Revise(steps::Only) => steps::revise;
    /// Chấp nhận
    Accept(steps::Only) => steps::accept;
    /// Miễn báo cáo
    Waive(steps::Reasoned) => steps::waive;
    /// Bỏ miễn báo cáo
    Reinstate(steps::MayReason) => steps::reinstate;
    /// Gia hạn gửi
    Extend(steps::Extend) => steps::extend;
}
