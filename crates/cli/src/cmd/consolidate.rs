//! `dondoc consolidate`: what the units below sent, side by side; passages put into the own draft; figures rolled up.

use super::report::{ReportName, section_named};
use super::{as_json, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::wire;
use app::consolidation::{
    self, CellSource, CellSourceJson, CorrectionWish, Edit, FigureDesk, FigureDeskJson, Overview,
    OverviewJson, Pick, SectionDesk, SectionDeskJson, SectionQuery, Trace, TraceJson, UnitQuery,
};
use app::reports::view::view;
use domain::campaign::Period;
use domain::figures::Cell;
use domain::ids::{AssignmentId, RevisionId, SectionId};
use domain::report::merging::Usage;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Báo cáo tổng hợp: MÃ ĐỢT/MÃ ĐƠN VỊ, hoặc số của báo cáo
    #[arg(value_name = "BÁO CÁO")]
    report: ReportName,
    #[command(subcommand)]
    what: Option<What>,
    /// Chỉ những đơn vị có tên hoặc mã chứa chữ này
    #[arg(long, global = true, value_name = "TÊN", default_value = "")]
    units: String,
    /// Trang thứ mấy của danh sách đơn vị
    #[arg(long, global = true, value_name = "SỐ", default_value_t = 1)]
    page: usize,
}

#[derive(clap::Subcommand)]
enum What {
    /// Một mục: bản thảo của đơn vị bên cạnh nội dung các đơn vị đã gửi
    Section {
        /// Số của mục như trong đề cương: II, hoặc II/1 khi có nhiều mục 1, hoặc #12 theo mã
        #[arg(value_name = "MỤC")]
        section: String,
        /// Đưa vào bản thảo: LẦN-GỬI hoặc LẦN-GỬI:ĐOẠN, cách nhau bằng dấu phẩy; số đoạn tính từ 0
        #[arg(long, value_name = "LẦN-GỬI:ĐOẠN", value_delimiter = ',')]
        insert: Vec<String>,
        /// Đưa vào sau đoạn thứ mấy của bản thảo (mặc định: cuối mục)
        #[arg(long, value_name = "SỐ")]
        after: Option<usize>,
    },
    /// Nguồn của một đoạn, theo xuống đến đơn vị đã viết
    Source {
        /// Số của mục như trong đề cương
        #[arg(value_name = "MỤC")]
        section: String,
        /// Số thứ tự đoạn, tính từ 0
        #[arg(value_name = "ĐOẠN")]
        passage: usize,
    },
    /// Số liệu tổng hợp, độ phủ và các hiệu chỉnh
    Figures {
        /// Lấy số liệu tổng hợp hiện có vào bản thảo
        #[arg(long)]
        refresh: bool,
    },
    /// Một số liệu: từ những đơn vị nào, hiệu chỉnh bên cạnh
    Figure {
        /// Mã chỉ tiêu
        #[arg(value_name = "CHỈ TIÊU")]
        indicator: String,
        /// Năm, hoặc whole
        #[arg(value_name = "KỲ")]
        period: String,
        /// Số hiệu chỉnh đặt bên cạnh số tổng hợp, viết như trên trang (1.234,5)
        #[arg(long, value_name = "SỐ", requires = "reason")]
        correct: Option<String>,
        /// Lý do hiệu chỉnh
        #[arg(long, value_name = "LÝ DO")]
        reason: Option<String>,
        /// Bỏ hiệu chỉnh
        #[arg(long, conflicts_with = "correct")]
        remove: bool,
    },
}

pub fn run(global: &Global, args: Args) -> Result<ExitCode, CmdError> {
    let app = wire::open(global)?;
    let ctx = wire::acting(global, &app)?;
    let id = args.report.find(&ctx)?;
    let units = UnitQuery {
        name: args.units,
        page: args.page,
    };
    let (json, words) = match args.what {
        None => {
            let seen = consolidation::overview(&ctx, id, &units)?;
            (as_json(&OverviewJson::from(&seen))?, overview_words(&seen))
        }
        Some(What::Section {
            section,
            insert,
            after,
        }) => {
            let section = find_section(&ctx, id, &section)?;
            let query = SectionQuery {
                units,
                ..SectionQuery::default()
            };
            let mut desk = consolidation::section(&ctx, id, section, &query)?;
            if !insert.is_empty() {
                let edit = Edit {
                    base_version: desk.editor.version(),
                    text: None,
                    picks: insert
                        .iter()
                        .map(|pick| parse(pick))
                        .collect::<Result<_, _>>()?,
                    at: after,
                };
                let done = consolidation::write(&ctx, id, section, edit)?;
                eprintln!("Đã đưa {} đoạn vào bản thảo.", done.inserted);
                desk = consolidation::section(&ctx, id, section, &query)?;
            }
            (
                as_json(&SectionDeskJson::from(&desk))?,
                section_words(&desk),
            )
        }
        Some(What::Source { section, passage }) => {
            let section = find_section(&ctx, id, &section)?;
            let way = consolidation::trace(&ctx, id, section, passage)?;
            (as_json(&TraceJson::from(&way))?, way_words(&way))
        }
        Some(What::Figures { refresh }) => {
            if refresh {
                let changed = consolidation::refresh(&ctx, id)?;
                eprintln!("Đã cập nhật {changed} ô số liệu trong bản thảo.");
            }
            let desk = consolidation::figure_desk(&ctx, id)?;
            (as_json(&FigureDeskJson::from(&desk))?, figure_words(&desk))
        }
        Some(What::Figure {
            indicator,
            period,
            correct,
            reason,
            remove,
        }) => {
            let period = Period::from_key(&period)
                .ok_or_else(|| CmdError::Usage("kỳ là một năm, hoặc whole".into()))?;
            if let Some(value) = correct {
                let wish = CorrectionWish {
                    code: indicator.clone(),
                    period,
                    value: Cell::parse_vietnamese(&value),
                    reason: reason.unwrap_or_default(),
                };
                consolidation::correct(&ctx, id, wish)?;
            } else if remove {
                consolidation::remove_correction(&ctx, id, &indicator, period)?;
            }
            let source = consolidation::figure_source(&ctx, id, &indicator, period)?;
            (
                as_json(&CellSourceJson::from(&source))?,
                source_words(&source),
            )
        }
    };
    print(global, json, words.trim_end());
    Ok(ExitCode::SUCCESS)
}

fn find_section(ctx: &app::Ctx, id: AssignmentId, name: &str) -> Result<SectionId, CmdError> {
    Ok(section_named(&view(ctx, id)?.content.outline, name)?)
}

/// `12` or `12:3`.
fn parse(pick: &str) -> Result<Pick, CmdError> {
    let wrong = || {
        CmdError::Usage(format!(
            "--insert nhận LẦN-GỬI hoặc LẦN-GỬI:ĐOẠN, không phải “{pick}”"
        ))
    };
    let (revision, passage) = match pick.split_once(':') {
        Some((revision, passage)) => (revision, Some(passage.parse().map_err(|_| wrong())?)),
        None => (pick, None),
    };
    Ok(Pick {
        revision: RevisionId(revision.parse().map_err(|_| wrong())?),
        passage,
    })
}

fn overview_words(seen: &Overview) -> String {
    let mut lines = vec![format!(
        "{}: {} trên {} đơn vị đã gửi",
        seen.report.unit_name, seen.sent, seen.expected
    )];
    for line in &seen.sections {
        lines.push(format!(
            "{}\t{}\t{} đơn vị có viết\tbản thảo {} đoạn, {} từ cấp dưới",
            line.section.number,
            line.section.title,
            line.written_by,
            line.passages,
            line.from_below
        ));
    }
    if !seen.silent.is_empty() {
        lines.push(format!("Chưa gửi: {}", seen.silent.join(", ")));
    }
    if !seen.newer.is_empty() {
        lines.push(format!("Đã gửi bản mới: {}", seen.newer.join(", ")));
    }
    lines.join("\n")
}

fn section_words(desk: &SectionDesk) -> String {
    let mut lines = vec![format!(
        "Mục {}. {}\nBản thảo:",
        desk.editor.section.number, desk.editor.section.title
    )];
    for (index, own) in desk.own.iter().enumerate() {
        let from = own
            .unit_name
            .as_ref()
            .map_or_else(String::new, |name| format!(" [{name}]"));
        lines.push(format!("  {index}{from} {}", own.passage.text));
    }
    for unit in &desk.units {
        lines.push(format!(
            "{} (lần gửi {}):",
            unit.report.unit_name, unit.revision
        ));
        for (index, passage, usage) in &unit.passages {
            let mark = match usage {
                Usage::New => "",
                Usage::Edited => " [đã dùng, có sửa]",
                Usage::Used => " [đã dùng]",
            };
            lines.push(format!(
                "  {}:{index}{mark} {}",
                unit.revision, passage.text
            ));
        }
    }
    lines.join("\n")
}

fn way_words(way: &Trace) -> String {
    let mut lines = vec![way.passage.text.clone()];
    for hop in &way.hops {
        let number = hop
            .issued
            .as_ref()
            .map_or_else(String::new, |(symbol, dated)| {
                format!(
                    ", báo cáo số {symbol} ngày {}",
                    domain::deadline::vietnamese_date(*dated)
                )
            });
        lines.push(format!(
            "← {}{number}, lần gửi thứ {}, mục {}: {}",
            hop.unit_name,
            hop.revision_number,
            hop.section,
            hop.words.as_deref().unwrap_or("(đã thu hồi)")
        ));
    }
    lines.join("\n")
}

fn figure_words(desk: &FigureDesk) -> String {
    let mut lines = vec![format!(
        "Số liệu của {} trên {} đơn vị; {} ô của bản thảo khác số tổng hợp hiện có",
        desk.coverage.received, desk.coverage.expected, desk.stale
    )];
    for (position, indicator) in desk.layout.indicators().iter().enumerate() {
        let cells: Vec<String> = desk
            .layout
            .cells(position)
            .map(|(_, cell)| match desk.draft[cell] {
                Cell::Blank => "…".to_owned(),
                value => value.vietnamese(),
            })
            .collect();
        lines.push(format!(
            "{}\t{}\t{}",
            indicator.code,
            indicator.name,
            cells.join("\t")
        ));
    }
    lines.join("\n")
}

fn source_words(source: &CellSource) -> String {
    let written = |value: Option<domain::number::Amount>| {
        value.map_or_else(|| "…".to_owned(), |value| value.vietnamese())
    };
    let mut lines = vec![format!(
        "{} {}: trong báo cáo {}, tổng hợp được {} từ {} trên {} đơn vị",
        source.indicator.code,
        source.period.label(),
        source.stated.vietnamese(),
        written(source.rolled_up),
        source.coverage.received,
        source.coverage.expected
    )];
    if let Some(correction) = &source.correction {
        lines.push(format!(
            "Hiệu chỉnh: {} ({}; {})",
            correction.value, correction.reason, correction.corrected_by
        ));
    }
    for part in &source.parts {
        lines.push(format!(
            "  {}\t{}\t{}",
            part.unit.code,
            part.unit.name,
            written(part.value)
        ));
    }
    for part in &source.beside {
        lines.push(format!(
            "  không cộng: {}\t{}\t{}",
            part.unit.code,
            part.unit.name,
            part.stated.vietnamese()
        ));
    }
    lines.join("\n")
}
