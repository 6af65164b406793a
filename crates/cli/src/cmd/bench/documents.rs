//! A report to PDF and to DOCX, beside LibreOffice making a PDF of that DOCX.

use super::province::{SECTIONS, make};
use super::{Measures, file, timed};
use crate::error::CmdError;
use app::documents::{FileFormat, render};
use app::reports::{bulk, document};
use std::path::Path;
use std::process::{Command, Stdio};

/// Bytes of text that fill a page, about.
const PAGE_BYTES: usize = 3_900;
const ROUNDS: usize = 5;
/// Names that LibreOffice's program goes by.
const OFFICES: [&str; 2] = ["soffice", "libreoffice"];

pub fn measure(folder: &Path, pages: usize, measures: &mut Measures) -> Result<(), CmdError> {
    let province = make(folder, 4, 1, 200)?;
    let awaited = bulk::awaited(&province.app, province.campaign.id)?;
    let Some(report) = awaited.first() else {
        return Err(CmdError::Refused("không có báo cáo để đo".into()));
    };
    let submission = province.submission(*report, PAGE_BYTES * pages / SECTIONS);
    bulk::submit_whole(&province.app, &province.outline, submission)?;
    let composed = document::document(&province.app.operator(), report.0)?;

    for format in [FileFormat::Docx, FileFormat::Pdf] {
        if format == FileFormat::Pdf && cfg!(not(feature = "pdf")) {
            continue;
        }
        let mut times = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let (made, took) = timed(|| render(&province.app, &composed, format, "bao-cao"));
            let made = made?;
            let path = folder.join(&made.name);
            std::fs::write(&path, &made.bytes).map_err(file("không ghi được", &path))?;
            times.push(took);
        }
        measures.spread(
            &format!("report_{pages}_pages_to_{}", format.extension()),
            times,
        );
    }
    let pdf = folder.join("bao-cao.pdf");
    if let Ok(bytes) = std::fs::read(&pdf)
        && let Ok(counted) = formats::count_pages(&bytes)
    {
        measures.add(
            format!("report_{pages}_pages_as_set"),
            counted as f64,
            "pages",
        );
    }
    office(folder, pages, measures)
}

/// LibreOffice once to warm up, then measured.
fn office(folder: &Path, pages: usize, measures: &mut Measures) -> Result<(), CmdError> {
    let out = folder.join("libreoffice");
    super::make_folder(&out)?;
    let convert = |program: &str| {
        Command::new(program)
            .arg(format!(
                "-env:UserInstallation=file://{}",
                absolute(&out).display()
            ))
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(&out)
            .arg(folder.join("bao-cao.docx"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
    };
    let Some(program) = OFFICES
        .into_iter()
        .find(|program| convert(program).is_ok_and(|status| status.success()))
    else {
        eprintln!("Máy này không có LibreOffice nên không đo để so sánh.");
        return Ok(());
    };
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let (status, took) = timed(|| convert(program));
        status.map_err(|error| CmdError::System {
            what: "không chạy được LibreOffice",
            error,
        })?;
        times.push(took);
    }
    measures.spread(&format!("libreoffice_{pages}_pages_docx_to_pdf"), times);
    Ok(())
}

fn absolute(path: &Path) -> std::path::PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
