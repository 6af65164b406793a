//! The outline of a campaign: sections with guidance and indicators, entered by hand or brought as tables.
//!
//! An outline is replaced as a whole, and only before the campaign is issued: afterwards units write to it.

use crate::campaigns::load_preparing;
use crate::ctx::{Ctx, load_campaign};
use crate::error::{Error, Problem, Result};
use crate::tables::{self, ColumnNames, TableCheck, check_columns};
use domain::access::{Subject, Wish};
use domain::campaign::{CampaignState, Grain, Indicator, Rule, Section, Writable};
use domain::event::EventKind;
use domain::ids::{CampaignId, IndicatorId, SectionId};
use domain::text::{clean, clean_line, fold};
use formats::{Sheet, SheetRow};
use std::collections::{HashMap, HashSet};

const NUMBER: ColumnNames = &["number", "số", "số mục"];
const TITLE: ColumnNames = &["title", "tiêu đề", "tên mục"];
const LEVEL: ColumnNames = &["level", "bậc", "cấp"];
const GUIDANCE: ColumnNames = &["guidance", "hướng dẫn"];
const WRITABLE: ColumnNames = &["writable", "viết"];

const CODE: ColumnNames = &["code", "mã"];
const NAME: ColumnNames = &["name", "tên", "tên chỉ tiêu"];
const UNIT: ColumnNames = &["unit", "đơn vị tính"];
const RULE: ColumnNames = &["rule", "quy tắc", "cách tổng hợp"];
const GRAIN: ColumnNames = &["grain", "kỳ"];
const NUMERATOR: ColumnNames = &["numerator", "tử số"];
const DENOMINATOR: ColumnNames = &["denominator", "mẫu số"];
const HINT: ColumnNames = &["hint", "ghi chú", "gợi ý"];
const TOTAL_OF: ColumnNames = &["total_of", "tổng của"];
const REQUIRED: ColumnNames = &["required", "bắt buộc"];

/// Deepest level of a section.
const DEEPEST: u8 = 5;
/// Most sections or indicators of one campaign.
const MOST: usize = 1000;
/// Most characters of guidance or hint.
const LONGEST_GUIDANCE: usize = 4000;

/// The outline of a campaign.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    pub sections: Vec<Section>,
    pub indicators: Vec<Indicator>,
    /// Whether the actor may change it now.
    pub may_edit: bool,
}

/// The outline of a campaign; units see it from its issue on.
pub fn get(ctx: &Ctx, short_id: &str) -> Result<Outline> {
    ctx.db().read(|tx| -> Result<_> {
        let (campaign, subject) = load_campaign(ctx, tx, short_id, None)?;
        let manages = ctx.may(Wish::ManageCampaign, &subject);
        let concerned = ctx.may(Wish::ReadBoard, &subject)
            || matches!(&subject, Subject::Campaign(campaign) if campaign.takes_part);
        let issued = campaign.state != CampaignState::Preparing;
        let may_read = manages || (concerned && issued);
        if !may_read {
            return Err(Error::NotFound);
        }
        Ok(Outline {
            sections: store::campaigns::sections(tx, campaign.id)?,
            indicators: store::campaigns::indicators(tx, campaign.id)?,
            may_edit: manages && !issued,
        })
    })
}

/// Replaces the sections; ids are given anew.
///
/// # Errors
/// [`Error::Invalid`] with each fault at its section.
pub fn replace_sections(ctx: &Ctx, short_id: &str, sections: Vec<Section>) -> Result<()> {
    let sections: Vec<Section> = sections.into_iter().map(cleaned_section).collect();
    let problems = section_problems(&sections, |at| format!("mục {}", at + 1));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<()> {
        let campaign = load_preparing(&ctx, tx, &short_id)?;
        store::campaigns::clear_sections(tx, campaign.id)?;
        for (section, ord) in sections.iter().zip(1..) {
            store::campaigns::add_section(tx, campaign.id, ord, section)?;
        }
        changed(
            &ctx,
            tx,
            campaign.id,
            EventKind::OutlineChanged,
            sections.len(),
        )
    })
}

/// Replaces the indicators; ids are given anew.
///
/// # Errors
/// [`Error::Invalid`] with each fault at its indicator.
pub fn replace_indicators(ctx: &Ctx, short_id: &str, indicators: Vec<Indicator>) -> Result<()> {
    let indicators: Vec<Indicator> = indicators.into_iter().map(cleaned_indicator).collect();
    let problems = indicator_problems(&indicators, |at| format!("chỉ tiêu {}", at + 1));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let (ctx, short_id) = (ctx.clone(), short_id.to_string());
    ctx.app().db.clone().write(move |tx| -> Result<()> {
        let campaign = load_preparing(&ctx, tx, &short_id)?;
        store::campaigns::clear_indicators(tx, campaign.id)?;
        for (indicator, ord) in indicators.iter().zip(1..) {
            store::campaigns::add_indicator(tx, campaign.id, ord, indicator)?;
        }
        changed(
            &ctx,
            tx,
            campaign.id,
            EventKind::IndicatorsChanged,
            indicators.len(),
        )
    })
}

fn changed(
    ctx: &Ctx,
    tx: &mut dyn store::Tx,
    campaign: CampaignId,
    kind: EventKind,
    count: usize,
) -> Result<()> {
    let mut event = ctx.campaign_event(kind, campaign);
    event.detail = serde_json::json!({ "count": count }).to_string();
    store::events::append(tx, &event)?;
    Ok(())
}

/// Reads sections from a table: number, title, level, guidance, writable (the last three may be left out).
///
/// # Errors
/// [`Error::Invalid`] when the file is no table; faults of rows are in the check.
pub fn read_sections(file_name: &str, bytes: &[u8]) -> Result<(Vec<Section>, TableCheck)> {
    let sheet = tables::read(file_name, bytes)?;
    let mut check = TableCheck {
        rows: sheet.rows.len(),
        ..TableCheck::default()
    };
    check_columns(
        &sheet,
        &[NUMBER, TITLE, LEVEL, GUIDANCE, WRITABLE],
        &[NUMBER, TITLE],
        &mut check,
    );
    if !check.is_clean() {
        return Ok((Vec::new(), check));
    }
    let mut sections = Vec::new();
    for row in &sheet.rows {
        sections.push(section_of(&sheet, row, &mut check));
    }
    head_over_deeper(&sheet, &mut sections);
    let line = |at: usize| format!("dòng {}", sheet.rows[at].line);
    check.problems.extend(section_problems(&sections, line));
    Ok((sections, check.finish()))
}

fn section_of(sheet: &Sheet, row: &SheetRow, check: &mut TableCheck) -> Section {
    let cell = |names: ColumnNames| row.get(sheet.column(names));
    let number = clean_line(cell(NUMBER));
    let level = match cell(LEVEL) {
        "" => level_of_number(&number),
        written => written.parse().unwrap_or_else(|_| {
            check.problem(
                row,
                format!("bậc của mục phải là số từ 1 đến {DEEPEST}, đang ghi “{written}”"),
            );
            1
        }),
    };
    let writable = match fold(cell(WRITABLE)).as_str() {
        "" | "required" | "bat buoc" | "co" | "1" | "yes" | "true" => Writable::Required,
        "optional" | "tuy chon" => Writable::Optional,
        "heading" | "tieu de" | "khong" | "0" | "no" | "false" => Writable::Heading,
        _ => {
            let written = cell(WRITABLE);
            check.problem(
                row,
                format!("cột viết phải là required, optional hoặc heading, đang ghi “{written}”"),
            );
            Writable::Required
        }
    };
    cleaned_section(Section {
        id: SectionId(0),
        number,
        title: cell(TITLE).to_string(),
        level,
        guidance: cell(GUIDANCE).to_string(),
        writable,
    })
}

/// "I.2.1" and "2.1" by their points; a lone number or letter is of the first level.
fn level_of_number(number: &str) -> u8 {
    let parts = number
        .trim_end_matches('.')
        .split('.')
        .filter(|part| !part.is_empty())
        .count();
    u8::try_from(parts.max(1)).unwrap_or(DEEPEST)
}

/// Where the table does not say, a section over deeper ones is a heading.
fn head_over_deeper(sheet: &Sheet, sections: &mut [Section]) {
    let column = sheet.column(WRITABLE);
    for at in 0..sections.len().saturating_sub(1) {
        let said = !sheet.rows[at].get(column).is_empty();
        if !said && sections[at + 1].level > sections[at].level {
            sections[at].writable = Writable::Heading;
        }
    }
}

fn section_problems(sections: &[Section], place: impl Fn(usize) -> String) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut wrong = |at: usize, message: String| {
        problems.push(Problem {
            place: place(at),
            message,
        });
    };
    if sections.len() > MOST {
        wrong(MOST, format!("đề cương có hơn {MOST} mục"));
    }
    let mut path: Vec<String> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, section) in sections.iter().enumerate() {
        if section.title.is_empty() {
            wrong(at, "chưa ghi tên mục".into());
        }
        if !(1..=DEEPEST).contains(&section.level) {
            wrong(
                at,
                format!(
                    "bậc của mục phải từ 1 đến {DEEPEST}, đang ghi {}",
                    section.level
                ),
            );
            continue;
        }
        let depth = usize::from(section.level);
        if depth > path.len() + 1 {
            wrong(
                at,
                format!(
                    "mục “{}” bậc {depth} không nằm dưới mục nào bậc {}",
                    section.title,
                    depth - 1
                ),
            );
        }
        path.truncate(depth - 1);
        path.push(section.number.clone());
        if section.number.is_empty() {
            continue;
        }
        let full = path.join(" › ");
        match seen.get(&full) {
            Some(first) => {
                let first = place(*first);
                wrong(at, format!("số mục “{}” đã dùng ở {first}", section.number));
            }
            None => {
                seen.insert(full, at);
            }
        }
        if section.guidance.chars().count() > LONGEST_GUIDANCE {
            wrong(at, format!("hướng dẫn dài hơn {LONGEST_GUIDANCE} ký tự"));
        }
    }
    problems
}

fn cleaned_section(section: Section) -> Section {
    Section {
        number: clean_line(&section.number),
        title: clean_line(&section.title),
        guidance: clean(&section.guidance).trim().to_string(),
        ..section
    }
}

/// Reads indicators from a table: code, name, unit, rule, grain, numerator, denominator, hint, total_of, required.
///
/// # Errors
/// [`Error::Invalid`] when the file is no table; faults of rows are in the check.
pub fn read_indicators(file_name: &str, bytes: &[u8]) -> Result<(Vec<Indicator>, TableCheck)> {
    let sheet = tables::read(file_name, bytes)?;
    let mut check = TableCheck {
        rows: sheet.rows.len(),
        ..TableCheck::default()
    };
    let known = [
        CODE,
        NAME,
        UNIT,
        RULE,
        GRAIN,
        NUMERATOR,
        DENOMINATOR,
        HINT,
        TOTAL_OF,
        REQUIRED,
    ];
    check_columns(&sheet, &known, &[CODE, NAME], &mut check);
    if !check.is_clean() {
        return Ok((Vec::new(), check));
    }
    let mut indicators = Vec::new();
    for row in &sheet.rows {
        indicators.push(indicator_of(&sheet, row, &mut check));
    }
    let line = |at: usize| format!("dòng {}", sheet.rows[at].line);
    check.problems.extend(indicator_problems(&indicators, line));
    Ok((indicators, check.finish()))
}

fn indicator_of(sheet: &Sheet, row: &SheetRow, check: &mut TableCheck) -> Indicator {
    let cell = |names: ColumnNames| row.get(sheet.column(names));
    let written = match cell(RULE) {
        "" => "flow",
        written => written,
    };
    let rule = Rule::from_code(&written.to_lowercase(), cell(NUMERATOR), cell(DENOMINATOR)).unwrap_or_else(|| {
        check.problem(
            row,
            format!("không có cách tổng hợp “{written}”. Hãy dùng: flow, stock, opening, ratio, share, max, min, none"),
        );
        Rule::None
    });
    let grain = match cell(GRAIN) {
        "" => Grain::Year,
        written => Grain::from_code(&written.to_lowercase()).unwrap_or_else(|| {
            check.problem(
                row,
                format!("không có kỳ số liệu “{written}”. Hãy dùng: year, whole, end"),
            );
            Grain::Year
        }),
    };
    let required = match fold(cell(REQUIRED)).as_str() {
        "" | "0" | "no" | "khong" | "false" => false,
        "1" | "yes" | "x" | "co" | "true" | "bat buoc" => true,
        _ => {
            let written = cell(REQUIRED);
            check.problem(
                row,
                format!("cột bắt buộc phải là 1 hoặc 0, đang ghi “{written}”"),
            );
            false
        }
    };
    cleaned_indicator(Indicator {
        id: IndicatorId(0),
        code: cell(CODE).to_string(),
        name: cell(NAME).to_string(),
        unit: cell(UNIT).to_string(),
        rule,
        grain,
        hint: cell(HINT).to_string(),
        total_of: codes(cell(TOTAL_OF)),
        required,
    })
}

/// Codes joined by `+`, as tables and forms write them.
pub fn codes(text: &str) -> Vec<String> {
    text.split('+')
        .map(clean_line)
        .filter(|code| !code.is_empty())
        .collect()
}

fn indicator_problems(indicators: &[Indicator], place: impl Fn(usize) -> String) -> Vec<Problem> {
    let mut problems = Vec::new();
    let known: HashSet<&str> = indicators
        .iter()
        .map(|indicator| indicator.code.as_str())
        .collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, indicator) in indicators.iter().enumerate() {
        let mut wrong = |message: String| {
            problems.push(Problem {
                place: place(at),
                message,
            });
        };
        if at == MOST {
            wrong(format!("bảng có hơn {MOST} chỉ tiêu"));
            break;
        }
        if indicator.code.is_empty() {
            wrong("chưa ghi mã chỉ tiêu".into());
        } else if indicator.code.contains(['+', ' ']) {
            wrong(format!(
                "mã “{}” không được có dấu + hoặc khoảng trắng",
                indicator.code
            ));
        } else if let Some(first) = seen.insert(&indicator.code, at) {
            wrong(format!(
                "mã chỉ tiêu {} đã dùng ở {}",
                indicator.code,
                place(first)
            ));
        }
        if indicator.name.is_empty() {
            wrong(format!("chưa ghi tên chỉ tiêu {}", indicator.code));
        }
        for (what, code) in parts(indicator) {
            if code == indicator.code {
                wrong(format!("{what} của {code} lại là chính nó"));
            } else if !known.contains(code) {
                wrong(format!(
                    "{what} của {} là {code}, nhưng không có chỉ tiêu mã {code}; các mã nối với nhau bằng dấu +",
                    indicator.code
                ));
            }
        }
        for missing in missing_parts(indicator) {
            wrong(format!("chỉ tiêu {} thiếu {missing}", indicator.code));
        }
    }
    problems
}

/// Codes that an indicator leans on, each with what it is to it.
fn parts(indicator: &Indicator) -> Vec<(&'static str, &str)> {
    let mut parts: Vec<(&'static str, &str)> = Vec::new();
    match &indicator.rule {
        Rule::Ratio {
            numerator,
            denominator,
        } => {
            parts.extend(numerator.iter().map(|code| ("tử số", code.as_str())));
            parts.extend(denominator.iter().map(|code| ("mẫu số", code.as_str())));
        }
        Rule::Share { weight } if !weight.is_empty() => parts.push(("trọng số", weight)),
        _ => {}
    }
    parts.extend(
        indicator
            .total_of
            .iter()
            .map(|code| ("thành phần", code.as_str())),
    );
    parts
}

fn missing_parts(indicator: &Indicator) -> Vec<&'static str> {
    match &indicator.rule {
        Rule::Ratio {
            numerator,
            denominator,
        } => [
            ("tử số", numerator.is_empty()),
            ("mẫu số", denominator.is_empty()),
        ]
        .into_iter()
        .filter_map(|(what, missing)| missing.then_some(what))
        .collect(),
        Rule::Share { weight } if weight.is_empty() => vec!["trọng số (ghi ở cột mẫu số)"],
        _ => Vec::new(),
    }
}

fn cleaned_indicator(indicator: Indicator) -> Indicator {
    Indicator {
        code: clean_line(&indicator.code),
        name: clean_line(&indicator.name),
        unit: clean_line(&indicator.unit),
        hint: clean(&indicator.hint).trim().to_string(),
        ..indicator
    }
}

/// Brings sections from a table; with `dry_run`, or with any problem, nothing changes.
///
/// # Errors
/// [`Error::Invalid`] with every problem by row; a trial run gives them in its check instead.
pub fn import_sections(
    ctx: &Ctx,
    short_id: &str,
    file_name: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<TableCheck> {
    require_editable(ctx, short_id)?;
    let (sections, check) = read_sections(file_name, bytes)?;
    if dry_run {
        return Ok(check);
    }
    let check = check.into_result()?;
    replace_sections(ctx, short_id, sections)?;
    Ok(check)
}

/// Brings indicators from a table; with `dry_run`, or with any problem, nothing changes.
///
/// # Errors
/// As [`import_sections`].
pub fn import_indicators(
    ctx: &Ctx,
    short_id: &str,
    file_name: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<TableCheck> {
    require_editable(ctx, short_id)?;
    let (indicators, check) = read_indicators(file_name, bytes)?;
    if dry_run {
        return Ok(check);
    }
    let check = check.into_result()?;
    replace_indicators(ctx, short_id, indicators)?;
    Ok(check)
}

fn require_editable(ctx: &Ctx, short_id: &str) -> Result<()> {
    ctx.db().read(|tx| -> Result<_> {
        load_preparing(ctx, tx, short_id)?;
        Ok(())
    })
}

/// The outline that stands in the plan's own file, as sections; empty when it has none.
pub fn sections_of_plan(plan: &domain::plan::Plan) -> Vec<Section> {
    let Some(outline) = &plan.outline else {
        return Vec::new();
    };
    let mut sections: Vec<Section> = outline
        .sections
        .iter()
        .map(|section| Section {
            id: SectionId(0),
            number: section.number.clone().unwrap_or_default(),
            title: section.title.clone(),
            level: section.level,
            guidance: String::new(),
            writable: Writable::Required,
        })
        .collect();
    for at in 0..sections.len().saturating_sub(1) {
        if sections[at + 1].level > sections[at].level {
            sections[at].writable = Writable::Heading;
        }
    }
    sections
}
