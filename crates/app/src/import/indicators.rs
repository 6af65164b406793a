//! The file of indicators: yearly flows, some of them totals of others.

use super::Refused;
use super::units::{Faults, table};
use domain::campaign::{Grain, Indicator, Rule};
use domain::ids::IndicatorId;
use domain::text::clean_line;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads the indicators in the order of their indexes, which must run from 0 without gaps:
/// figures of a report are given by them.
pub(super) fn read(path: &Path) -> Result<Vec<Indicator>, Vec<Refused>> {
    let file = Faults::new(path);
    let sheet = table(path).map_err(|message| vec![file.at(0, message)])?;
    let column = |name: &'static str| sheet.column(&[name]).ok_or(name);
    let columns = (|| {
        Ok::<_, &str>((
            column("index")?,
            column("code")?,
            column("name")?,
            column("unit")?,
            column("total_of")?,
        ))
    })();
    let (index, code, name, unit, total_of) = columns.map_err(|missing| {
        let message =
            format!("thiếu cột “{missing}”. Các cột cần có: index, code, name, unit, total_of");
        vec![file.at(1, message)]
    })?;
    let mut faults = Vec::new();
    let mut found: BTreeMap<usize, (usize, Indicator, String)> = BTreeMap::new();
    let mut codes = BTreeSet::new();
    for row in &sheet.rows {
        let text = |column: usize| clean_line(row.get(Some(column)));
        let Ok(position) = text(index).parse::<usize>() else {
            let message = format!("cột index phải là số từ 0, đang ghi “{}”", text(index));
            faults.push(file.at(row.line, message));
            continue;
        };
        if text(code).is_empty() || text(name).is_empty() {
            faults.push(file.at(row.line, "thiếu mã hoặc tên chỉ tiêu"));
        }
        if !codes.insert(text(code)) {
            faults.push(file.at(
                row.line,
                format!("mã chỉ tiêu {} đã dùng ở dòng trên", text(code)),
            ));
        }
        let indicator = Indicator {
            id: IndicatorId(0),
            code: text(code),
            name: text(name),
            unit: text(unit),
            rule: Rule::Flow,
            grain: Grain::Year,
            hint: String::new(),
            total_of: Vec::new(),
            required: false,
        };
        if found
            .insert(position, (row.line, indicator, text(total_of)))
            .is_some()
        {
            let message = format!("chỉ số {position} đã dùng ở dòng trên");
            faults.push(file.at(row.line, message));
        }
    }
    if found
        .keys()
        .enumerate()
        .any(|(expected, position)| expected != *position)
    {
        faults.push(file.at(0, "cột index phải đánh số liên tục từ 0"));
    }
    let by_index: BTreeMap<usize, String> = found
        .iter()
        .map(|(position, (_, indicator, _))| (*position, indicator.code.clone()))
        .collect();
    let mut indicators = Vec::with_capacity(found.len());
    for (line, mut indicator, parts) in found.into_values() {
        for part in parts
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            match part
                .parse::<usize>()
                .ok()
                .and_then(|part| by_index.get(&part))
            {
                Some(code) => indicator.total_of.push(code.clone()),
                None => faults.push(file.at(
                    line,
                    format!("không có chỉ tiêu nào mang chỉ số “{part}” (cột total_of)"),
                )),
            }
        }
        indicators.push(indicator);
    }
    if faults.is_empty() {
        Ok(indicators)
    } else {
        Err(faults)
    }
}
