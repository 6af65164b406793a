//! What the review form says about a plan: its fields put into the plan.

use crate::extract::Fields;
use app::{Error, Problem, Result};
use domain::plan::{Duty, DutyKind, Instrument, Period, Plan, Source, YearMonth};
use domain::text::clean_line;
use jiff::civil::Date;

/// The plan with every field of the form in its place; what the form does not hold stays as it was.
///
/// # Errors
/// [`Error::Invalid`] at the field for a date or month that is none.
pub(super) fn apply(mut plan: Plan, fields: &Fields) -> Result<Plan> {
    let mut problems = Vec::new();
    let text = |name: &str| Some(fields.text(name).to_string());
    if fields.get("tieu_de").is_some() {
        plan.title = text("tieu_de");
        plan.kind = text("loai");
        plan.number = text("so");
        plan.date = date(fields.text("ngay"), "Ngày ban hành", &mut problems);
        plan.issuer = text("co_quan");
        plan.period = period(fields, &mut problems);
        plan.purposes = lines(fields.text("muc_dich"));
        plan.lead = lines(fields.text("chu_tri"));
        plan.coordinate = lines(fields.text("phoi_hop"));
        plan.recipients = lines(fields.text("noi_nhan"));
        plan.signer.authority = text("ky_quyen");
        plan.signer.title = text("ky_chuc");
        plan.signer.name = text("ky_ten");
        plan.outline_attached = fields.is_ticked("de_cuong");
        plan.legal_basis = instruments("cc", fields, &mut problems);
        plan.instruments_under_review = instruments("sk", fields, &mut problems);
    }
    for (at, duty) in plan.assignments.iter_mut().enumerate() {
        if fields.get(&format!("nv{at}.viec")).is_some() {
            *duty = changed(duty, at, fields, &mut problems);
        }
    }
    if problems.is_empty() {
        Ok(plan)
    } else {
        Err(Error::Invalid(problems))
    }
}

fn changed(duty: &Duty, at: usize, fields: &Fields, problems: &mut Vec<Problem>) -> Duty {
    let field = |name: &str| fields.text(&format!("nv{at}.{name}")).to_string();
    let due = date(
        &field("han"),
        &format!("Nhiệm vụ {}: hạn", at + 1),
        problems,
    );
    Duty {
        who: lines(&field("ai")),
        duty: DutyKind::from_code(&field("loai")).unwrap_or(duty.duty),
        deliverable: Some(field("viec")),
        to: Some(field("gui")),
        via: Some(field("qua")),
        adopted_by: Some(field("thong_qua")),
        due,
        due_inclusive: due.map(|_| field("tinh_ngay") == "co"),
        due_set_by: Some(field("dat_han")),
        source: duty.source.clone(),
    }
}

/// A duty to be filled in by hand.
pub(super) fn blank_duty() -> Duty {
    Duty {
        who: Vec::new(),
        duty: DutyKind::Report,
        deliverable: None,
        to: None,
        via: None,
        adopted_by: None,
        due: None,
        due_inclusive: None,
        due_set_by: None,
        source: Source::default(),
    }
}

/// Rows `cc0.so`, `cc0.ngay`, …; a row that is wholly empty is left out.
fn instruments(prefix: &str, fields: &Fields, problems: &mut Vec<Problem>) -> Vec<Instrument> {
    let mut found = Vec::new();
    for at in 0.. {
        let name = |part: &str| format!("{prefix}{at}.{part}");
        if fields.get(&name("so")).is_none() {
            break;
        }
        let text =
            |part: &str| Some(clean_line(fields.text(&name(part)))).filter(|text| !text.is_empty());
        let place = format!("Văn bản {}: ngày", at + 1);
        let instrument = Instrument {
            number: text("so"),
            date: date(fields.text(&name("ngay")), &place, problems),
            issuer: text("co_quan"),
            title: text("trich_yeu"),
        };
        if instrument != Instrument::default() {
            found.push(instrument);
        }
    }
    found
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(String::from).collect()
}

/// A day as date fields send it, or as people write it.
pub(crate) fn date(text: &str, place: &str, problems: &mut Vec<Problem>) -> Option<Date> {
    let text = clean_line(text);
    if text.is_empty() {
        return None;
    }
    let day = text.parse().ok().or_else(|| as_people_write(&text));
    if day.is_none() {
        problems.push(Problem {
            place: place.into(),
            message: format!("“{text}” không phải một ngày có thật. Hãy ghi dạng 30/9/2022"),
        });
    }
    day
}

fn as_people_write(text: &str) -> Option<Date> {
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_all = parts.next().is_none();
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .ok()
        .filter(|_| is_all)
}

fn period(fields: &Fields, problems: &mut Vec<Problem>) -> Option<Period> {
    let (from, to) = (
        clean_line(fields.text("tu_thang")),
        clean_line(fields.text("den_thang")),
    );
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let month = |text: &str| text.parse::<YearMonth>().ok();
    match (month(&from), month(&to)) {
        (Some(from), Some(to)) if from <= to => Some(Period { from, to }),
        _ => {
            problems.push(Problem {
                place: "Mốc thời gian".into(),
                message:
                    "hãy ghi tháng đầu và tháng cuối dạng 2017-07, tháng đầu không sau tháng cuối"
                        .into(),
            });
            None
        }
    }
}
