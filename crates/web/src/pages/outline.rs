//! Đề cương: sections and indicators of a campaign, entered one by one or brought as tables.

use crate::extract::{Fields, Path, Query, Upload};
use crate::page::{Answer, Problems, Shell, page_with, redirect, redirect_done, run};
use crate::pages::campaigns::under;
use crate::pages::trial::{Trial, kept_file};
use crate::session::Signed;
use app::campaigns::Overview;
use app::outlines::{self, Outline};
use app::{Ctx, Error, uploads};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::campaign::{Grain, Indicator, Rule, Section, Writable};
use domain::ids::{IndicatorId, SectionId};
use serde::Deserialize;

#[derive(Deserialize, Clone, Copy, Default)]
pub struct Asked {
    /// Position of the section in the form, from 0.
    #[serde(default)]
    muc: Option<usize>,
    /// Position of the indicator in the form, from 0.
    #[serde(default, rename = "chi-tieu")]
    chi_tieu: Option<usize>,
}

#[derive(Template)]
#[template(path = "outline/view.html")]
struct OutlinePage {
    shell: Shell,
    problems: Problems,
    seen: Overview,
    outline: Outline,
    /// The section in the form and its position; the end of the list for a new one.
    section: (usize, Section),
    indicator: (usize, Indicator),
}

impl OutlinePage {
    fn writables(&self) -> [(&'static str, &'static str); 3] {
        [
            (Writable::Required.code(), "phải viết"),
            (Writable::Optional.code(), "viết nếu có"),
            (Writable::Heading.code(), "chỉ là tiêu đề"),
        ]
    }
    fn writable(&self, section: &Section) -> &'static str {
        let code = section.writable.code();
        self.writables()
            .into_iter()
            .find(|(known, _)| *known == code)
            .map_or("", |(_, label)| label)
    }
    fn rules(&self) -> Vec<(&'static str, &'static str)> {
        [
            "flow", "stock", "opening", "ratio", "share", "max", "min", "none",
        ]
        .into_iter()
        .filter_map(|code| Some((code, Rule::from_code(code, "", "")?.label())))
        .collect()
    }
    fn grains(&self) -> [(&'static str, &'static str); 3] {
        [("year", "từng năm"), ("whole", "cả kỳ"), ("end", "cuối kỳ")]
    }
    fn grain(&self, indicator: &Indicator) -> &'static str {
        let code = indicator.grain.code();
        self.grains()
            .into_iter()
            .find(|(known, _)| *known == code)
            .map_or("", |(_, label)| label)
    }
    fn numerator(&self) -> String {
        match &self.indicator.1.rule {
            Rule::Ratio { numerator, .. } => numerator.join("+"),
            _ => String::new(),
        }
    }
    fn denominator(&self) -> String {
        match &self.indicator.1.rule {
            Rule::Ratio { denominator, .. } => denominator.join("+"),
            Rule::Share { weight } => weight.clone(),
            _ => String::new(),
        }
    }
    fn sum(&self, indicator: &Indicator) -> String {
        indicator.total_of.join("+")
    }
    fn is_new_section(&self) -> bool {
        self.section.0 >= self.outline.sections.len()
    }
    fn is_new_indicator(&self) -> bool {
        self.indicator.0 >= self.outline.indicators.len()
    }
}

fn blank_section() -> Section {
    Section {
        id: SectionId(0),
        number: String::new(),
        title: String::new(),
        level: 1,
        guidance: String::new(),
        writable: Writable::Required,
    }
}

fn blank_indicator() -> Indicator {
    Indicator {
        id: IndicatorId(0),
        code: String::new(),
        name: String::new(),
        unit: String::new(),
        rule: Rule::Flow,
        grain: Grain::Year,
        hint: String::new(),
        total_of: Vec::new(),
        required: false,
    }
}

/// What was typed and not taken.
#[derive(Default)]
struct Typed {
    section: Option<(usize, Section)>,
    indicator: Option<(usize, Indicator)>,
}

async fn show(
    ctx: Ctx,
    shell: Shell,
    short_id: String,
    asked: Asked,
    typed: Typed,
    problems: Problems,
) -> Answer {
    let (seen, outline) = run(move || {
        Ok((
            app::campaigns::overview(&ctx, &short_id)?,
            outlines::get(&ctx, &short_id)?,
        ))
    })
    .await?;
    let chosen = |position: Option<usize>, len: usize| {
        position.filter(|position| *position < len).unwrap_or(len)
    };
    let section = typed.section.unwrap_or_else(|| {
        let at = chosen(asked.muc, outline.sections.len());
        (
            at,
            outline
                .sections
                .get(at)
                .cloned()
                .unwrap_or_else(blank_section),
        )
    });
    let indicator = typed.indicator.unwrap_or_else(|| {
        let at = chosen(asked.chi_tieu, outline.indicators.len());
        (
            at,
            outline
                .indicators
                .get(at)
                .cloned()
                .unwrap_or_else(blank_indicator),
        )
    });
    let status = if problems.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shell = under(shell, &seen.campaign).titled("Đề cương và chỉ tiêu");
    page_with(
        status,
        &OutlinePage {
            shell,
            problems,
            seen,
            outline,
            section,
            indicator,
        },
    )
}

pub async fn view(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    show(
        ctx,
        shell,
        short_id,
        asked,
        Typed::default(),
        Problems::default(),
    )
    .await
}

/// What the buttons beside a form do with the item at its position.
fn rearrange<T>(items: &mut Vec<T>, at: usize, item: T, wanted: &str) -> app::Result<()> {
    let exists = at < items.len();
    match wanted {
        "bo" if exists => {
            items.remove(at);
        }
        "len" if exists && at > 0 => items.swap(at, at - 1),
        "xuong" if at + 1 < items.len() => items.swap(at, at + 1),
        "len" | "xuong" if exists => {}
        "chen" if exists => items.insert(at, item),
        _ if exists => items[at] = item,
        _ if at == items.len() => items.push(item),
        _ => {
            return Err(Error::Conflict(
                "Đề cương vừa được sửa ở nơi khác. Hãy tải lại trang".into(),
            ));
        }
    }
    Ok(())
}

fn position(fields: &Fields) -> app::Result<usize> {
    fields.text("vi_tri").parse().map_err(|_| Error::NotFound)
}

fn section_of(fields: &Fields) -> Section {
    Section {
        number: fields.text("so").to_string(),
        title: fields.text("ten").to_string(),
        level: fields.text("bac").parse().unwrap_or(0),
        guidance: fields.text("huong_dan").to_string(),
        writable: Writable::from_code(fields.text("viet")).unwrap_or(Writable::Required),
        ..blank_section()
    }
}

fn indicator_of(fields: &Fields) -> Indicator {
    Indicator {
        code: fields.text("ma").to_string(),
        name: fields.text("ten").to_string(),
        unit: fields.text("don_vi").to_string(),
        rule: Rule::from_code(
            fields.text("quy_tac"),
            fields.text("tu_so"),
            fields.text("mau_so"),
        )
        .unwrap_or(Rule::None),
        grain: Grain::from_code(fields.text("ky")).unwrap_or(Grain::Year),
        hint: fields.text("goi_y").to_string(),
        total_of: outlines::codes(fields.text("tong_cua")),
        required: fields.is_ticked("bat_buoc"),
        ..blank_indicator()
    }
}

fn back(short_id: &str, anchor: &str) -> Response {
    redirect(&format!("/dot/{short_id}/de-cuong#{anchor}"))
}

pub async fn edit_section(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    fields: Fields,
) -> Answer {
    let at = position(&fields)?;
    let section = section_of(&fields);
    let (actor, asked, typed) = (ctx.clone(), short_id.clone(), section.clone());
    let saved = run(move || {
        let mut sections = outlines::get(&actor, &asked)?.sections;
        rearrange(&mut sections, at, typed, fields.text("lam"))?;
        outlines::replace_sections(&actor, &asked, sections)
    })
    .await;
    match saved {
        Ok(()) => Ok(back(&short_id, "cac-muc")),
        Err(error) => {
            let typed = Typed {
                section: Some((at, section)),
                ..Typed::default()
            };
            show(
                ctx,
                shell,
                short_id,
                Asked::default(),
                typed,
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

pub async fn edit_indicator(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    fields: Fields,
) -> Answer {
    let at = position(&fields)?;
    let indicator = indicator_of(&fields);
    let (actor, asked, typed) = (ctx.clone(), short_id.clone(), indicator.clone());
    let saved = run(move || {
        let mut indicators = outlines::get(&actor, &asked)?.indicators;
        rearrange(&mut indicators, at, typed, fields.text("lam"))?;
        outlines::replace_indicators(&actor, &asked, indicators)
    })
    .await;
    match saved {
        Ok(()) => Ok(back(&short_id, "chi-tieu")),
        Err(error) => {
            let typed = Typed {
                indicator: Some((at, indicator)),
                ..Typed::default()
            };
            show(
                ctx,
                shell,
                short_id,
                Asked::default(),
                typed,
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

/// The trial run over a table of sections (`loai` = `muc`) or indicators.
pub async fn import_trial(
    Signed(ctx): Signed,
    shell: Shell,
    Path(short_id): Path<String>,
    upload: Upload,
) -> Answer {
    let kind = upload.fields.text("loai").to_string();
    let (actor, asked, of_sections) = (ctx.clone(), short_id.clone(), kind == "muc");
    let tried = run(move || {
        let file = upload.file("tep", "Tệp đề cương")?;
        let import = if of_sections {
            outlines::import_sections
        } else {
            outlines::import_indicators
        };
        let check = import(&actor, &asked, &file.name, &file.bytes, true)?;
        let kept = uploads::keep(&actor, &file.bytes)?;
        let campaign = app::campaigns::overview(&actor, &asked)?.campaign;
        Ok((check, kept, file.name.clone(), campaign))
    })
    .await;
    match tried {
        Ok((check, kept, file_name, campaign)) => Trial {
            shell: under(shell, &campaign).titled("Nhập đề cương"),
            file_name: file_name.clone(),
            found: String::new(),
            check,
            action: format!("/dot/{short_id}/de-cuong/nhap/xac-nhan"),
            button: if of_sections {
                "Thay các mục bằng bảng này"
            } else {
                "Thay các chỉ tiêu bằng bảng này"
            }
            .into(),
            back: format!("/dot/{short_id}/de-cuong"),
            hidden: vec![("loai", kind), ("ten_tep", file_name), ("tep", kept)],
        }
        .answer(),
        Err(error) => {
            show(
                ctx,
                shell,
                short_id,
                Asked::default(),
                Typed::default(),
                Problems::from_error(error)?,
            )
            .await
        }
    }
}

pub async fn import_confirm(
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    fields: Fields,
) -> Answer {
    let asked = short_id.clone();
    let check = run(move || {
        let (file_name, bytes) = kept_file(&ctx, &fields)?;
        let import = if fields.text("loai") == "muc" {
            outlines::import_sections
        } else {
            outlines::import_indicators
        };
        import(&ctx, &asked, &file_name, &bytes, false)
    })
    .await?;
    Ok(redirect_done(
        &format!("/dot/{short_id}/de-cuong"),
        &format!("Đã nhập {} dòng.", check.rows),
    ))
}
