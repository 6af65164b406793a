//! The figures of a report over the API: exact decimals as texts, `na`, and null for a blank cell.

use super::wire::{Cells, cells};
use crate::error::Failure;
use crate::extract::{Json, Path};
use crate::page::{Answer, json, run};
use crate::session::Signed;
use app::reports::content::FigureSource;
use app::reports::figures::{self, ExactChange, FiguresSaved, FiguresView, place_of};
use app::{Error, Problem};
use domain::campaign::{Indicator, Period};
use domain::figures::Cell;
use domain::ids::AssignmentId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The table as somebody who fills it in sees it.
#[derive(Serialize)]
pub struct TableJson {
    pub version: i64,
    pub source: FigureSource,
    pub figures: Cells,
    /// Values of computed indicators.
    pub computed: Cells,
    pub indicators: Vec<Indicator>,
    /// Codes of the indicators that may be edited now.
    pub open: Vec<String>,
    pub closed_because: Option<String>,
    /// Totals that are not the sum of their parts.
    pub slips: Vec<SlipJson>,
}

#[derive(Serialize)]
pub struct SlipJson {
    pub indicator: String,
    pub period: String,
    pub stated: String,
    pub computed: String,
}

impl From<FiguresView> for TableJson {
    fn from(view: FiguresView) -> TableJson {
        let layout = &view.outline.layout;
        let mut table = cells(layout, &view.table);
        let mut computed = Cells::new();
        for (position, indicator) in layout.indicators().iter().enumerate() {
            if indicator.is_computed() {
                table.remove(&indicator.code);
                let value = |cell: usize| view.computed[cell].map(|amount| amount.to_string());
                let row = layout
                    .cells(position)
                    .map(|(period, cell)| (period.key(), value(cell)));
                computed.insert(indicator.code.clone(), row.collect());
            }
        }
        let open = layout.indicators().iter().zip(&view.open);
        TableJson {
            version: view.version,
            source: view.source,
            figures: table,
            computed,
            open: open
                .filter(|(_, is_open)| **is_open)
                .map(|(indicator, _)| indicator.code.clone())
                .collect(),
            indicators: layout.indicators().to_vec(),
            closed_because: view.closed_because,
            slips: view
                .slips
                .iter()
                .map(|slip| SlipJson {
                    indicator: slip.indicator.clone(),
                    period: slip.period.key(),
                    stated: slip.stated.to_string(),
                    computed: slip.computed.to_string(),
                })
                .collect(),
        }
    }
}

/// What became of a save.
#[derive(Serialize)]
pub struct FiguresSavedJson {
    pub version: i64,
    pub saved_at: Timestamp,
    /// How many cells changed.
    pub changed: usize,
    /// Cells that somebody else filled in meanwhile; theirs stay.
    pub clashes: Vec<ClashJson>,
}

#[derive(Serialize)]
pub struct ClashJson {
    pub indicator: String,
    pub period: String,
    pub yours: Option<String>,
    pub theirs: Option<String>,
}

impl From<FiguresSaved> for FiguresSavedJson {
    fn from(saved: FiguresSaved) -> FiguresSavedJson {
        let clashes = saved.clashes.into_iter().map(|clash| ClashJson {
            indicator: clash.code,
            period: clash.period.key(),
            yours: clash.yours.exact(),
            theirs: clash.theirs.exact(),
        });
        FiguresSavedJson {
            version: saved.version,
            saved_at: saved.saved_at,
            changed: saved.changed,
            clashes: clashes.collect(),
        }
    }
}

/// `GET /api/v1/reports/{id}/figures`
pub async fn table(Signed(ctx): Signed, Path(id): Path<i64>) -> Answer {
    json(&TableJson::from(
        run(move || figures::open(&ctx, AssignmentId(id))).await?,
    ))
}

#[derive(Deserialize)]
pub struct FiguresWish {
    figures: Cells,
    /// What the caller saw in these cells; a cell that is another by now clashes. Left out: written over.
    #[serde(default)]
    was: Cells,
}

const CLASH: &str =
    "Có ô vừa được người khác điền số khác nên giữ số của người đó; các ô còn lại đã lưu";

/// `PUT /api/v1/reports/{id}/figures` with `{"figures": {"CT01": {"2018": "90608", "2019": "na", "2020": null}}}`;
/// cells that are not named stay. 409 when some cells clash: `detail` lists them, the others are saved.
pub async fn save(
    Signed(ctx): Signed,
    Path(id): Path<i64>,
    Json(wish): Json<FiguresWish>,
) -> Answer {
    let changes = wish.changes()?;
    let saved = run(move || figures::save_exact(&ctx, AssignmentId(id), changes)).await?;
    let saved = FiguresSavedJson::from(saved);
    if saved.clashes.is_empty() {
        json(&saved)
    } else {
        Err(Failure::from(Error::Conflict(CLASH.into())).with_detail(&saved))
    }
}

impl FiguresWish {
    /// Cells of which nobody has seen anything before.
    pub(super) fn of(figures: Cells) -> FiguresWish {
        FiguresWish {
            figures,
            was: Cells::new(),
        }
    }

    pub(super) fn changes(self) -> app::Result<Vec<ExactChange>> {
        let mut problems = Vec::new();
        let mut changes = Vec::new();
        for (code, row) in self.figures {
            for (key, value) in row {
                let Some(period) = Period::from_key(&key) else {
                    problems.push(Problem {
                        place: format!("Chỉ tiêu {code}, {key}"),
                        message: "kỳ chỉ nhận năm, ví dụ 2018, hoặc whole (cả kỳ)".into(),
                    });
                    continue;
                };
                match was(self.was.get(&code).and_then(|row| row.get(&key))) {
                    Ok(was) => changes.push(ExactChange {
                        code: code.clone(),
                        period,
                        value,
                        was,
                    }),
                    Err(message) => problems.push(Problem {
                        place: place_of(&code, period),
                        message,
                    }),
                }
            }
        }
        if problems.is_empty() {
            Ok(changes)
        } else {
            Err(Error::Invalid(problems))
        }
    }
}

fn was(written: Option<&Option<String>>) -> Result<Option<Cell>, String> {
    match written {
        None => Ok(None),
        Some(None) => Ok(Some(Cell::Blank)),
        Some(Some(value)) => Cell::parse_exact(value)
            .map(Some)
            .map_err(|_| format!("“was” có “{value}” không phải là số dạng 1234.5 hoặc “na”")),
    }
}
