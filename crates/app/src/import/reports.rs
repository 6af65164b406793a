//! The file of reports, read and checked on a thread of its own while the store takes in what is ready.

use super::line::{Figure, LINE_BYTES, Line, Next, next_line};
use super::units::Faults;
use super::{Failure, OnProgress, Opened, Prepared, Progress, Refused};
use crate::error::Error;
use crate::reports::bulk::{Submission, prepare};
use domain::campaign::{Section, Writable};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::{AssignmentId, SectionId};
use domain::number::{Amount, MAX_DIGITS};
use domain::text::clean_line;
use jiff::Timestamp;
use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::{Sender, SyncSender, channel, sync_channel};

/// Most bytes of the text of one section.
const SECTION_BYTES: usize = 1024 * 1024;
/// Reports handed over together, and hand-overs that may wait.
const BATCH: usize = 32;
const WAITING: usize = 4;

/// What all reports of the file have in common, told by the first one.
#[derive(Debug)]
pub(super) struct Head {
    pub sections: Vec<Section>,
    /// Ascending.
    pub years: Vec<i16>,
    /// The title without the name of the unit.
    pub title: String,
}

/// A report that can be stored.
#[derive(Debug)]
pub(super) struct ReadyReport {
    pub assignment: AssignmentId,
    /// A title that is not the common one with the unit's name.
    pub own_title: Option<String>,
    pub prepared: crate::reports::bulk::Prepared,
}

pub(super) enum FromReader {
    /// Answered with what has been stored for it.
    Head(Head, Sender<Opened>),
    Reports(Vec<ReadyReport>),
    Refused(Refused),
}

/// Reads the whole file and shows what it holds to `take`, in order, the head first.
pub(super) fn each(
    prepared: &Prepared,
    on_progress: &OnProgress,
    take: &mut dyn FnMut(FromReader) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (found, ready) = sync_channel(WAITING);
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut reader = Reader::new(prepared, on_progress);
            let outcome = reader.run(&found);
            drop(found);
            outcome
        });
        let mut outcome = Ok(());
        for found in ready {
            outcome = take(found);
            if outcome.is_err() {
                break;
            }
        }
        // With the receiver gone a reader that is still at work stops at its next hand-over.
        let read = reader
            .join()
            .map_err(|_| Failure::App(Error::Internal("the reader of reports panicked".into())))?;
        outcome.and(read)
    })
}

/// What the first report has set for all.
struct Common {
    opened: Opened,
    title: String,
}

struct Reader<'a> {
    prepared: &'a Prepared,
    on_progress: &'a OnProgress,
    faults: Faults,
    by_key: HashMap<&'a str, usize>,
    /// The line that brought the report of each unit.
    seen: Vec<Option<u64>>,
    common: Option<Common>,
    progress: Progress,
}

impl<'a> Reader<'a> {
    fn new(prepared: &'a Prepared, on_progress: &'a OnProgress) -> Reader<'a> {
        Reader {
            faults: Faults::new(&prepared.source.reports),
            by_key: prepared
                .units
                .iter()
                .enumerate()
                .map(|(position, unit)| (unit.key.as_str(), position))
                .collect(),
            seen: vec![None; prepared.units.len()],
            common: None,
            progress: Progress::default(),
            prepared,
            on_progress,
        }
    }

    fn run(&mut self, found: &SyncSender<FromReader>) -> Result<(), Failure> {
        let path = &self.prepared.source.reports;
        let unreadable = |error: std::io::Error| {
            let message = format!("không đọc được tệp {}: {error}", path.display());
            Failure::Refused(vec![Faults::new(path).at(0, message)], 1)
        };
        let file = File::open(path).map_err(unreadable)?;
        self.progress.bytes_total = file.metadata().map_err(unreadable)?.len();
        let mut source = BufReader::with_capacity(1 << 20, file);
        let mut bytes = Vec::new();
        let mut number = 0u64;
        let mut batch = Vec::with_capacity(BATCH);
        loop {
            let (next, read) = next_line(&mut source, &mut bytes).map_err(unreadable)?;
            number += 1;
            self.progress.bytes_read += read;
            let ready = match next {
                Next::End => break,
                Next::TooLong => Err(format!("dòng dài quá {} MiB", LINE_BYTES / 1024 / 1024)),
                Next::Line if bytes.trim_ascii().is_empty() => continue,
                Next::Line => self.report(&bytes, number, found),
            };
            match ready {
                Ok(report) => {
                    self.progress.reports += 1;
                    batch.push(report);
                }
                Err(message) => {
                    self.progress.refused += 1;
                    let refused = self.faults.at(number as usize, message);
                    if found.send(FromReader::Refused(refused)).is_err() {
                        return Ok(());
                    }
                }
            }
            if batch.len() == BATCH {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                (self.on_progress)(self.progress);
                if found.send(FromReader::Reports(full)).is_err() {
                    return Ok(());
                }
            }
        }
        if self.progress.reports == 0 && self.progress.refused == 0 {
            let refused = self.faults.at(0, "tệp không có báo cáo nào");
            let _ = found.send(FromReader::Refused(refused));
        }
        let _ = found.send(FromReader::Reports(batch));
        (self.on_progress)(self.progress);
        Ok(())
    }

    /// Checks one line. The first that can be read as a report sets outline and years for all.
    fn report(
        &mut self,
        bytes: &[u8],
        number: u64,
        found: &SyncSender<FromReader>,
    ) -> Result<ReadyReport, String> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| "dòng không phải là văn bản UTF-8".to_owned())?;
        let line: Line<'_> = serde_json::from_str(text).map_err(|error| {
            format!(
                "không đọc được báo cáo dạng JSON, sai ở ký tự thứ {}",
                error.column()
            )
        })?;
        let key = line
            .unit
            .as_ref()
            .ok_or("thiếu số của đơn vị (unit)")?
            .to_string();
        let unit = *self
            .by_key
            .get(key.as_str())
            .ok_or_else(|| format!("không có đơn vị số {key} trong tệp đơn vị"))?;
        let owner = &self.prepared.units[unit];
        if !owner.owes_report() {
            return Err(format!(
                "đơn vị {} không có nhiệm vụ báo cáo",
                owner.seed.code
            ));
        }
        if let Some(first) = self.seen[unit] {
            return Err(format!(
                "đơn vị {} đã có báo cáo ở dòng {first}",
                owner.seed.code
            ));
        }
        let sent_at = sent_at(&line)?;
        let title = clean_line(line.title.as_deref().unwrap_or_default());
        let sections = line
            .sections
            .as_deref()
            .filter(|sections| !sections.is_empty())
            .ok_or("thiếu các mục của báo cáo (sections)")?;
        let figures = line
            .figures
            .as_ref()
            .ok_or("thiếu số liệu của báo cáo (figures)")?;
        if self.common.is_none() {
            let head = head(sections, figures.keys(), &title, &owner.seed.name)?;
            self.common = Some(open(head, found)?);
        }
        let Some(common) = &self.common else {
            return Err("chưa xác định được đề cương".into());
        };
        let Opened {
            campaign,
            outline,
            assignments,
        } = &common.opened;
        let (assignment, owner_id) = assignments[unit].ok_or("đơn vị không có nhiệm vụ báo cáo")?;
        let texts = texts(sections, outline.sections.len())?;
        let submission = Submission {
            assignment,
            campaign: *campaign,
            unit: owner_id,
            sections: outline
                .sections
                .iter()
                .map(|section| section.id)
                .zip(texts)
                .collect(),
            figures: table(figures, &outline.layout)?,
            sent_at,
            sent_by: None,
        };
        let prepared = prepare(outline, submission).map_err(|error| error.to_string())?;
        self.seen[unit] = Some(number);
        let is_common = title.is_empty()
            || title == common.title
            || title
                .strip_prefix(common.title.as_str())
                .is_some_and(|rest| rest.trim_start_matches(" của ") == owner.seed.name);
        Ok(ReadyReport {
            assignment,
            own_title: (!is_common).then_some(title),
            prepared,
        })
    }
}

/// Has the campaign stored and waits for it.
fn open(head: Head, found: &SyncSender<FromReader>) -> Result<Common, String> {
    let (reply, stored) = channel();
    let title = head.title.clone();
    let gone = "phần lưu trữ đã dừng";
    found
        .send(FromReader::Head(head, reply))
        .map_err(|_| gone)?;
    Ok(Common {
        opened: stored.recv().map_err(|_| gone)?,
        title,
    })
}

fn sent_at(line: &Line<'_>) -> Result<Timestamp, String> {
    let written = line
        .submitted_at
        .as_deref()
        .ok_or("thiếu thời điểm gửi (submitted_at)")?;
    written.parse().map_err(|_| {
        let shown: String = written.chars().take(40).collect();
        format!("thời điểm gửi “{shown}” không đúng dạng, ví dụ đúng: 2022-09-30T16:59:00+07:00")
    })
}

/// Outline, years and common title from the first report.
fn head<'y>(
    sections: &[super::line::SectionLine<'_>],
    years: impl Iterator<Item = &'y String>,
    title: &str,
    unit_name: &str,
) -> Result<Head, String> {
    let mut years: Vec<i16> = years
        .map(|year| {
            year.parse()
                .ok()
                .filter(|year| (1900..=2200).contains(year))
                .ok_or_else(|| format!("“{year}” không phải là năm (figures)"))
        })
        .collect::<Result<_, String>>()?;
    years.sort_unstable();
    let mut ordered: Vec<(i64, String)> = sections
        .iter()
        .map(|section| {
            let number = section.n.ok_or("có mục thiếu số thứ tự (n)")?;
            Ok((
                number,
                clean_line(section.heading.as_deref().unwrap_or_default()),
            ))
        })
        .collect::<Result<_, String>>()?;
    ordered.sort();
    let sections = ordered
        .into_iter()
        .map(|(number, heading)| {
            let (printed, title) = match heading.split_once(". ") {
                Some((printed, title)) if printed.len() <= 8 => (printed.to_owned(), title),
                _ => (number.to_string(), heading.as_str()),
            };
            Section {
                id: SectionId(0),
                number: printed,
                title: title.to_owned(),
                level: 1,
                guidance: String::new(),
                writable: Writable::Required,
            }
        })
        .collect();
    let title = title
        .strip_suffix(unit_name)
        .map_or(title, |common| common.trim_end().trim_end_matches(" của"));
    Ok(Head {
        sections,
        years,
        title: if title.is_empty() {
            "Báo cáo".to_owned()
        } else {
            title.to_owned()
        },
    })
}

/// The texts in the order of the outline, whose sections are numbered from 1.
fn texts(sections: &[super::line::SectionLine<'_>], count: usize) -> Result<Vec<String>, String> {
    let mut texts: Vec<Option<String>> = vec![None; count];
    for section in sections {
        let number = section.n.ok_or("có mục thiếu số thứ tự (n)")?;
        let place = usize::try_from(number)
            .ok()
            .and_then(|number| number.checked_sub(1))
            .filter(|place| *place < count)
            .ok_or_else(|| format!("mục {number} không có trong đề cương {count} mục"))?;
        if texts[place].is_some() {
            return Err(format!("mục {number} có hai lần"));
        }
        let text = section
            .text
            .as_deref()
            .ok_or_else(|| format!("mục {number} thiếu nội dung (text)"))?;
        if text.len() > SECTION_BYTES {
            return Err(format!(
                "mục {number} dài {} KiB, vượt quá giới hạn 1.024 KiB của một mục",
                text.len() / 1024
            ));
        }
        texts[place] = Some(text.to_owned());
    }
    texts
        .into_iter()
        .enumerate()
        .map(|(place, text)| text.ok_or_else(|| format!("thiếu mục {}", place + 1)))
        .collect()
}

fn table(
    figures: &std::collections::BTreeMap<String, Vec<Figure>>,
    layout: &Layout,
) -> Result<FigureTable, String> {
    let years = layout.years();
    if let Some(unknown) = figures.keys().find(|key| {
        key.parse::<i16>().is_ok_and(|year| !years.contains(&year)) || key.parse::<i16>().is_err()
    }) {
        return Err(format!(
            "số liệu năm “{unknown}” không thuộc các năm của đợt báo cáo"
        ));
    }
    let mut table = FigureTable::blank(layout);
    let count = layout.indicators().len();
    for (column, year) in years.iter().enumerate() {
        let row = figures
            .get(&year.to_string())
            .ok_or_else(|| format!("thiếu số liệu năm {year}"))?;
        if row.len() != count {
            return Err(format!(
                "số liệu năm {year} có {} giá trị, phải có {count}",
                row.len()
            ));
        }
        for (position, figure) in row.iter().enumerate() {
            let code = &layout.indicators()[position].code;
            let cell = match figure {
                Figure::Blank => Cell::Blank,
                Figure::Whole(value) if value.unsigned_abs() < 10u64.pow(MAX_DIGITS as u32) => {
                    Cell::Number(Amount::from(*value))
                }
                Figure::Whole(_) | Figure::Inexact => {
                    return Err(format!(
                        "số liệu năm {year}, chỉ tiêu {code} phải là số nguyên không quá {MAX_DIGITS} chữ số"
                    ));
                }
                Figure::NotANumber => {
                    return Err(format!(
                        "số liệu năm {year}, chỉ tiêu {code} không phải là số"
                    ));
                }
            };
            // Every indicator of an import is yearly, so its cells follow the years.
            if let Some((_, place)) = layout.cells(position).nth(column) {
                table.cells[place] = cell;
            }
        }
    }
    Ok(table)
}
