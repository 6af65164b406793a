//! The chart of reports received against reports due, day by day.
//!
//! Widths are percent and heights are pixels, so the letters keep their size on a narrow screen.

use app::boards::{DayPoint, Tally};
use domain::campaign::pace::SameDay;
use domain::deadline::{day_of, vietnamese_date};
use jiff::Timestamp;
use jiff::civil::Date;

/// Pixels from the top of the drawing to its highest line, and to the axis.
const TOP: u32 = 26;
const AXIS: u32 = 206;
/// Most lines across, besides the axis.
const GRID_LINES: u32 = 4;
/// Dates under the axis.
const TICKS: usize = 5;
/// Days in the table beside the chart of the overview.
pub const TABLE_DAYS: usize = 40;

/// A rectangle standing on the axis, or a line; ready to be put into attributes.
pub struct Shape {
    pub x: String,
    pub x_end: String,
    pub width: String,
    pub y: u32,
    pub y_end: u32,
}

/// A label with its place.
pub struct Label {
    pub x: String,
    pub y: u32,
    pub anchor: &'static str,
    pub text: String,
}

/// A day on which something came or was due.
pub struct DayRow {
    pub day: Date,
    pub came: u32,
    pub received: u32,
    pub due: u32,
    /// Where the campaign before stood after as many days.
    pub before: Option<SameDay>,
}

/// The drawing and its numbers.
pub struct ProgressChart {
    pub description: String,
    pub received: Vec<Shape>,
    pub due: Vec<Shape>,
    /// The campaign before, rolled to the reports of this one.
    pub before: Vec<Shape>,
    pub grid: Vec<Label>,
    pub dates: Vec<Label>,
    /// Where today ends.
    pub today: Option<String>,
    /// The latest days, the last one first.
    pub rows: Vec<DayRow>,
    /// Earlier days are left out of the table.
    pub is_cut: bool,
}

/// `part` of `whole` as `12.34%`.
pub fn percent(part: u32, whole: u32) -> String {
    let share = u64::from(part) * 10_000 / u64::from(whole.max(1));
    format!("{}.{:02}%", share / 100, share % 100)
}

impl ProgressChart {
    /// `None` when there is nothing to draw.
    /// `most_rows`: days in the table beside the chart.
    pub fn new(
        days: &[DayPoint],
        tally: Tally,
        now: Timestamp,
        most_rows: usize,
    ) -> Option<ProgressChart> {
        let last = days.last()?;
        let before = last.before.map_or(0, |before| before.rolled);
        let highest = last.due.max(tally.received).max(before).max(1);
        let step = step_of(highest);
        let scale = Scale {
            days: u32::try_from(days.len()).ok()?,
            highest: highest.div_ceil(step) * step,
        };
        let today = day_of(now);
        let passed = days.iter().filter(|point| point.received.is_some());
        let passed = u32::try_from(passed.count()).ok()?;
        let rows = rows(days);
        let due_by_today = days
            .iter()
            .rev()
            .find(|point| point.day <= today)
            .map_or(0, |point| point.due);
        Some(ProgressChart {
            description: format!(
                "Đến hết ngày {} đã gửi {} trên {} báo cáo; theo hạn phải có {}.",
                vietnamese_date(today),
                tally.received,
                tally.expected,
                due_by_today
            ),
            received: runs(days.iter().map_while(|point| point.received))
                .into_iter()
                .filter(|run| run.value > 0)
                .map(|run| scale.shape(&run))
                .collect(),
            due: runs(days.iter().map(|point| point.due))
                .into_iter()
                .map(|run| scale.shape(&run))
                .collect(),
            before: runs(days.iter().map_while(|point| Some(point.before?.rolled)))
                .into_iter()
                .filter(|run| run.value > 0)
                .map(|run| scale.shape(&run))
                .collect(),
            grid: (1..=scale.highest / step)
                .map(|line| Label {
                    x: String::new(),
                    y: scale.y(line * step),
                    anchor: "start",
                    text: (line * step).to_string(),
                })
                .collect(),
            dates: dates(days, scale),
            today: (passed > 0 && passed < scale.days).then(|| percent(passed, scale.days)),
            is_cut: rows.len() > most_rows,
            rows: rows.into_iter().rev().take(most_rows).collect(),
        })
    }
}

#[derive(Clone, Copy)]
struct Scale {
    days: u32,
    highest: u32,
}

impl Scale {
    fn y(self, value: u32) -> u32 {
        let height = u64::from(AXIS - TOP) * u64::from(value) / u64::from(self.highest);
        AXIS.saturating_sub(u32::try_from(height).unwrap_or(AXIS))
    }

    fn shape(self, run: &Run) -> Shape {
        Shape {
            x: percent(run.from, self.days),
            x_end: percent(run.to, self.days),
            width: percent(run.to - run.from, self.days),
            y: self.y(run.value),
            y_end: self.y(run.before),
        }
    }
}

/// Days with one value.
struct Run {
    from: u32,
    /// The day after the last one.
    to: u32,
    value: u32,
    /// The value of the run before; 0 for the first.
    before: u32,
}

fn runs(values: impl Iterator<Item = u32>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (day, value) in (0u32..).zip(values) {
        match runs.last_mut() {
            Some(run) if run.value == value => run.to = day + 1,
            last => {
                let before = last.map_or(0, |run| run.value);
                runs.push(Run {
                    from: day,
                    to: day + 1,
                    value,
                    before,
                });
            }
        }
    }
    runs
}

/// The distance between lines: 1, 2 or 5 with noughts, so that there are at most [`GRID_LINES`].
fn step_of(highest: u32) -> u32 {
    let mut tens = 1;
    loop {
        for factor in [1, 2, 5] {
            if highest.div_ceil(tens * factor) <= GRID_LINES {
                return tens * factor;
            }
        }
        tens *= 10;
    }
}

/// Some days under the axis, the first and the last among them, each below the middle of its day.
fn dates(days: &[DayPoint], scale: Scale) -> Vec<Label> {
    let last = days.len() - 1;
    let ticks = TICKS.min(days.len());
    let mut dates: Vec<Label> = Vec::new();
    for tick in 0..ticks {
        let at = if ticks == 1 {
            0
        } else {
            last * tick / (ticks - 1)
        };
        let day = days[at].day;
        dates.push(Label {
            x: percent(u32::try_from(at).unwrap_or(0) * 2 + 1, scale.days * 2),
            y: AXIS + 18,
            anchor: match tick {
                0 => "start",
                tick if tick + 1 == ticks => "end",
                _ => "middle",
            },
            text: format!("{}/{}", day.day(), day.month()),
        });
    }
    dates
}

/// The days on which something changed.
fn rows(days: &[DayPoint]) -> Vec<DayRow> {
    let (mut received, mut due) = (0, 0);
    let mut rows = Vec::new();
    for point in days {
        let now = point.received.unwrap_or(received);
        if now != received || point.due != due {
            rows.push(DayRow {
                day: point.day,
                came: now.saturating_sub(received),
                received: now,
                due: point.due,
                before: point.before,
            });
        }
        (received, due) = (now, point.due);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn lines_across_stand_at_round_numbers() {
        for (highest, step) in [
            (1, 1),
            (4, 1),
            (5, 2),
            (124, 50),
            (750, 200),
            (54_000, 20_000),
        ] {
            assert_eq!(step_of(highest), step, "{highest}");
        }
    }

    #[test]
    fn days_without_a_change_are_drawn_as_one() {
        let days: Vec<DayPoint> = [
            (1, 0, Some(0)),
            (2, 0, Some(2)),
            (3, 4, Some(2)),
            (4, 4, None),
        ]
        .into_iter()
        .map(|(day, due, received)| DayPoint {
            day: date(2022, 9, day),
            due,
            received,
            before: None,
        })
        .collect();
        let tally = Tally {
            expected: 4,
            received: 2,
            on_time: 2,
            late: 0,
            missing: 2,
        };
        let now = "2022-09-03T09:00:00+07:00".parse().expect("a moment");
        let chart = ProgressChart::new(&days, tally, now, TABLE_DAYS).expect("something to draw");
        assert_eq!(chart.received.len(), 1);
        assert_eq!(
            (
                chart.received[0].x.as_str(),
                chart.received[0].width.as_str()
            ),
            ("25.00%", "50.00%")
        );
        assert_eq!(chart.due.len(), 2);
        assert_eq!(chart.today.as_deref(), Some("75.00%"));
        assert_eq!(chart.rows.len(), 2);
        assert!(
            chart
                .description
                .contains("đã gửi 2 trên 4 báo cáo; theo hạn phải có 4")
        );
    }

    #[test]
    fn nothing_due_and_nothing_sent_is_no_chart() {
        assert!(
            ProgressChart::new(&[], Tally::default(), Timestamp::UNIX_EPOCH, TABLE_DAYS).is_none()
        );
    }
}
