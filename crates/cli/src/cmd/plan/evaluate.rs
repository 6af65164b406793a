//! `dondoc plan evaluate`: how far the reader agrees with a folder of labelled plans.

use super::super::{file, print};
use crate::args::Global;
use crate::error::CmdError;
use crate::office::LibreOffice;
use domain::plan::Plan;
use domain::plan::evaluate::{Score, Tally, compare};
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Compares every `NAME.json` of the folder with what is read from the document of the same name.
pub fn run(global: &Global, folder: &Path, verbose: bool) -> Result<(), CmdError> {
    let office = LibreOffice::find();
    let mut sum = Score::default();
    let mut files = Vec::new();
    for (label, document) in labelled(folder)? {
        let (name, bytes) = file(&label)?;
        let label: Plan = serde_json::from_slice(&bytes)
            .map_err(|error| CmdError::Refused(format!("nhãn {name} không đúng dạng: {error}")))?;
        let (name, bytes) = file(&document)?;
        let reading = app::plans::read_file(&office, &name, &bytes)?.reading;
        let score = compare(&reading.plan, &label);
        sum.add(&score);
        files.push((name, score));
    }
    if files.is_empty() {
        return Err(CmdError::Refused(format!(
            "thư mục {} không có cặp tệp nào: mỗi kế hoạch cần một nhãn TÊN.json",
            folder.display()
        )));
    }
    let fields: serde_json::Map<_, _> = sum.fields.iter().map(field).collect();
    let differences: serde_json::Map<_, _> = files
        .iter()
        .filter(|_| verbose)
        .map(|(name, score)| (name.clone(), json!(score.differences)))
        .collect();
    let document = json!({
        "files": files.len(),
        "fields": fields,
        "dues": {
            "labelled": sum.dues.labelled,
            "exact": sum.dues.exact,
            "invented": sum.dues.invented,
            "missed": sum.dues.missed,
        },
        "differences": differences,
    });
    print(global, document, words(&sum, &files, verbose).trim_end());
    Ok(())
}

/// The pairs of label and document, by name.
fn labelled(folder: &Path) -> Result<Vec<(PathBuf, PathBuf)>, CmdError> {
    let unreadable = |error| CmdError::File {
        what: "không đọc được",
        path: folder.to_owned(),
        error,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    let is_label = |path: &&PathBuf| path.extension().is_some_and(|ending| ending == "json");
    let mut pairs = Vec::new();
    for label in paths.iter().filter(is_label) {
        let document = paths
            .iter()
            .find(|path| !is_label(path) && path.file_stem() == label.file_stem());
        match document {
            Some(document) => pairs.push((label.clone(), document.clone())),
            None => {
                return Err(CmdError::Refused(format!(
                    "nhãn {} không có văn bản cùng tên",
                    label.display()
                )));
            }
        }
    }
    Ok(pairs)
}

fn field((name, tally): (&&'static str, &Tally)) -> (String, serde_json::Value) {
    let rounded = |share: f64| (share * 10_000.0).round() / 10_000.0;
    let value = json!({
        "precision": rounded(tally.precision()),
        "recall": rounded(tally.recall()),
        "f1": rounded(tally.f1()),
        "right": tally.right,
        "read": tally.read,
        "labelled": tally.labelled,
    });
    ((*name).to_owned(), value)
}

fn words(sum: &Score, files: &[(String, Score)], verbose: bool) -> String {
    let mut text = String::new();
    for (name, score) in files.iter().filter(|_| verbose) {
        let _ = writeln!(text, "{name}");
        for difference in &score.differences {
            let _ = writeln!(text, "  {difference}");
        }
    }
    let _ = writeln!(text, "{} kế hoạch có nhãn", files.len());
    let _ = writeln!(
        text,
        "{:<32} {:>9} {:>9} {:>9} {:>6} {:>6} {:>6}",
        "mục", "đúng/đọc", "đúng/nhãn", "F1", "đúng", "đọc", "nhãn"
    );
    for (name, tally) in &sum.fields {
        let _ = writeln!(
            text,
            "{name:<32} {:>9.3} {:>9.3} {:>9.3} {:>6} {:>6} {:>6}",
            tally.precision(),
            tally.recall(),
            tally.f1(),
            tally.right,
            tally.read,
            tally.labelled
        );
    }
    let dues = &sum.dues;
    let _ = writeln!(
        text,
        "hạn: đúng {}/{} ({:.3}), bịa ra {}, bỏ sót {}",
        dues.exact,
        dues.labelled,
        dues.exactness(),
        dues.invented,
        dues.missed
    );
    text
}
