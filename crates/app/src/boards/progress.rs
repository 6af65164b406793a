//! How the reports of a part came in day by day: against the plan's dues, and against the campaign before.

use super::query::ViewQuery;
use super::scope::{Asked, Scope, scope_of};
use super::table::{BoardTable, Column, title};
use super::view::{Crumb, path};
use super::{Tally, history::MOST_CAMPAIGNS};
use crate::ctx::{Ctx, campaign_subject};
use crate::error::Result;
use crate::live::LiveTree;
use domain::access::Wish;
use domain::campaign::Campaign;
use domain::campaign::pace::{Pace, SameDay};
use domain::deadline::{day_of, vietnamese_date};
use domain::text::fold;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;
use store::Tx;

/// Points of a progress chart: a longer campaign shows its last days.
pub const MAX_DAYS: usize = 400;

/// Days after the last report and the last due that are shown while others are missing.
const DAYS_OF_SILENCE: i32 = 60;

/// Reports due and received until the end of one day, since the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPoint {
    pub day: Date,
    pub due: u32,
    /// `None` for days to come.
    pub received: Option<u32>,
    /// Where the campaign before stood after as many days.
    pub before: Option<SameDay>,
}

/// The days of one part of a campaign.
#[derive(Debug, Clone, Default)]
pub(super) struct Days {
    sent: BTreeMap<Date, u32>,
    due: BTreeMap<Date, u32>,
}

impl Days {
    pub fn of(tree: &LiveTree, scope: Scope) -> Days {
        let mut days = Days::default();
        let tops = scope.tops(tree).into_iter();
        for sums in tops.filter_map(|node| tree.sums(node)) {
            for (day, count) in &sums.sent_by_day {
                *days.sent.entry(*day).or_default() += count;
            }
            for (day, count) in &sums.due_by_day {
                *days.due.entry(*day).or_default() += count;
            }
        }
        days
    }

    /// The first and the last day on which anything came or was due.
    fn bounds(&self) -> Option<(Date, Date)> {
        let bounds = self.sent.keys().chain(self.due.keys()).copied();
        bounds.clone().min().zip(bounds.max())
    }

    /// Cumulative counts from the first day anything came or was due to the last one; while reports are missing, on to
    /// today, but not for ever.
    pub fn points(&self, today: Date, is_complete: bool) -> Vec<DayPoint> {
        let Some((first, mut last)) = self.bounds() else {
            return Vec::new();
        };
        if !is_complete {
            last = last.max(today.min(last.saturating_add(DAYS_OF_SILENCE.days())));
        }
        let mut points = Vec::new();
        let (mut received, mut planned) = (0, 0);
        let mut day = first;
        loop {
            received += self.sent.get(&day).copied().unwrap_or(0);
            planned += self.due.get(&day).copied().unwrap_or(0);
            points.push(DayPoint {
                day,
                due: planned,
                received: (day <= today).then_some(received),
                before: None,
            });
            match day.tomorrow() {
                Ok(next) if next <= last => day = next,
                _ => break,
            }
        }
        points.split_off(points.len().saturating_sub(MAX_DAYS))
    }

    /// The course of a campaign that was issued then; one that was taken in later began with its first report.
    fn pace(&self, campaign: &Campaign, expected: u32) -> Option<Pace> {
        let (first, _) = self.bounds()?;
        let issued = campaign.issued_at.map(day_of);
        Some(Pace {
            start: issued.map_or(first, |issued| issued.min(first)),
            expected,
            sent_by_day: self.sent.clone(),
        })
    }
}

/// A campaign that another may be compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    pub short_id: String,
    pub name: String,
}

impl From<&Campaign> for Earlier {
    fn from(campaign: &Campaign) -> Earlier {
        Earlier {
            short_id: campaign.short_id.clone(),
            name: campaign.name.clone(),
        }
    }
}

/// The days of one part, beside those of a campaign before.
#[derive(Debug, Clone)]
pub struct ProgressBoard {
    pub campaign: Campaign,
    pub path: Vec<Crumb>,
    pub tally: Tally,
    pub points: Vec<DayPoint>,
    /// The campaign compared with; `None` when there is none with this unit whose board the actor may see.
    pub compared: Option<Earlier>,
    /// Those that may be chosen, the latest first.
    pub choices: Vec<Earlier>,
}

/// How the reports of a part came in, against the plan and against a campaign before (the last one, if none is named).
///
/// # Errors
/// `NotFound` and `Forbidden` by the rules of access.
pub fn progress(ctx: &Ctx, short_id: &str, query: &ViewQuery) -> Result<ProgressBoard> {
    let asked = scope_of(ctx, short_id, query.unit.as_deref())?;
    let (part, mut board, pace) =
        ctx.app()
            .live
            .with(ctx.db(), &asked.campaign, ctx.now, |tree| {
                let days = Days::of(tree, asked.scope);
                let tally = Tally::from(&asked.scope.counts(tree));
                let pace = days.pace(&asked.campaign, tally.expected);
                let board = ProgressBoard {
                    campaign: asked.campaign.clone(),
                    path: path(tree, &asked),
                    tally,
                    points: days.points(day_of(ctx.now), tally.missing == 0),
                    compared: None,
                    choices: Vec::new(),
                };
                (Part::of(tree, &asked), board, pace)
            })?;
    let earlier = ctx.db().read(|tx| -> Result<Vec<Campaign>> {
        let mut seen = Vec::new();
        for campaign in store::campaigns::issued_before(tx, asked.campaign.id, MOST_CAMPAIGNS)? {
            if part.may_be_seen(ctx, tx, &campaign)? {
                seen.push(campaign);
            }
        }
        Ok(seen)
    })?;
    board.choices = earlier.iter().map(Earlier::from).collect();
    let wanted = |campaign: &&Campaign| query.than.is_empty() || query.than == campaign.short_id;
    if let (Some(campaign), Some(pace)) = (earlier.iter().find(wanted), pace)
        && let Some(before) = part.pace_in(ctx, campaign)?
    {
        for point in &mut board.points {
            let number = pace.number_of(point.day);
            point.before = Some(before.at(number, pace.expected));
        }
        board.compared = Some(Earlier::from(campaign));
    }
    Ok(board)
}

/// The part that is looked at, to be found again in the tree of another campaign.
enum Part {
    Whole,
    /// By its code, while it bears the same name.
    Unit {
        code: String,
        folded: String,
    },
}

impl Part {
    fn of(tree: &LiveTree, asked: &Asked) -> Part {
        match asked.scope {
            Scope::Whole => Part::Whole,
            Scope::Part(node) => Part::Unit {
                code: tree.node(node).code.clone(),
                folded: fold(&tree.node(node).name),
            },
        }
    }

    /// Whether it is there in another campaign, and the actor may see it; told without loading that campaign.
    fn may_be_seen(&self, ctx: &Ctx, tx: &mut dyn Tx, campaign: &Campaign) -> Result<bool> {
        let part = match self {
            Part::Whole => None,
            Part::Unit { code, folded } => {
                let unit = store::units::by_code(tx, campaign.tree, code)?;
                match unit.filter(|unit| fold(&unit.seed.name) == *folded) {
                    Some(unit) => Some(unit.id),
                    None => return Ok(false),
                }
            }
        };
        let subject = campaign_subject(ctx, tx, campaign, part)?;
        Ok(ctx.may(Wish::ReadBoard, &subject))
    }

    fn pace_in(&self, ctx: &Ctx, campaign: &Campaign) -> Result<Option<Pace>> {
        let live = &ctx.app().live;
        live.with(ctx.db(), campaign, ctx.now, |tree| {
            let scope = match self {
                Part::Whole => Scope::Whole,
                Part::Unit { code, .. } => Scope::Part(tree.of_code(code)?),
            };
            let expected = scope.counts(tree).expected;
            Days::of(tree, scope).pace(campaign, expected)
        })
    }
}

impl ProgressBoard {
    /// The last day of which it is known what came.
    pub fn today(&self) -> Option<&DayPoint> {
        let mut latest_first = self.points.iter().rev();
        latest_first.find(|point| point.received.is_some())
    }

    /// As rows for a file or a terminal.
    pub fn table(&self) -> BoardTable {
        let mut columns = vec![
            Column::new("Ngày", 14),
            Column::new("Gửi trong ngày", 12),
            Column::new("Đã gửi", 12),
            Column::new("Phải gửi theo hạn", 14),
        ];
        let mut lines = title("Tiến độ gửi báo cáo theo ngày", &self.campaign, &self.path);
        if let Some(earlier) = &self.compared {
            lines.push(format!("So với: {}", earlier.name));
            columns.push(Column::new("Đợt trước: đã gửi sau chừng ấy ngày", 16));
            columns.push(Column::new("Đợt trước: phải gửi", 14));
            columns.push(Column::new("Đợt trước, quy theo số phải gửi đợt này", 18));
        }
        let mut received = 0;
        let rows = self.points.iter().map(|point| {
            let came = point.received.map(|now| now - received);
            received = point.received.unwrap_or(received);
            let mut cells = vec![
                vietnamese_date(point.day).into(),
                came.into(),
                point.received.into(),
                point.due.into(),
            ];
            if self.compared.is_some() {
                cells.push(point.before.map(|before| before.received).into());
                cells.push(point.before.map(|before| before.expected).into());
                cells.push(point.before.map(|before| before.rolled).into());
            }
            cells
        });
        let rows = rows.collect();
        BoardTable {
            name: "tien-do-ngay",
            short_id: self.campaign.short_id.clone(),
            sheet: "Tiến độ ngày",
            title: lines,
            columns,
            rows,
        }
    }
}

/// The days of a part as JSON (see docs/json.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProgressJson {
    campaign: String,
    expected: u32,
    compared_with: Option<String>,
    days: Vec<DayJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct DayJson {
    day: String,
    due: u32,
    received: Option<u32>,
    before: Option<SameDayJson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct SameDayJson {
    received: u32,
    expected: u32,
    rolled: u32,
}

impl From<&ProgressBoard> for ProgressJson {
    fn from(board: &ProgressBoard) -> ProgressJson {
        let days = board.points.iter().map(|point| DayJson {
            day: point.day.to_string(),
            due: point.due,
            received: point.received,
            before: point.before.map(|before| SameDayJson {
                received: before.received,
                expected: before.expected,
                rolled: before.rolled,
            }),
        });
        ProgressJson {
            campaign: board.campaign.short_id.clone(),
            expected: board.tally.expected,
            compared_with: board
                .compared
                .as_ref()
                .map(|earlier| earlier.short_id.clone()),
            days: days.collect(),
        }
    }
}
