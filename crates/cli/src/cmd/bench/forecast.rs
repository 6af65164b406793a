//! `dondoc bench --forecast`: the forecast of late reports on simulated campaigns, beside two naive guesses.

use super::print_line;
use crate::args::Global;
use domain::campaign::forecast::trial::{Checkpoint, Score, play};

/// The campaigns that the forecast's table was made from have the seeds 1 to 5; these are others.
const SEEDS: [u64; 5] = [101, 102, 103, 104, 105];

pub fn measure(global: &Global, units: u32) {
    let campaigns: Vec<(u64, Vec<Checkpoint>)> = SEEDS
        .into_iter()
        .map(|seed| (seed, play(seed, units).checkpoints))
        .collect();
    if global.json {
        let rows: Vec<serde_json::Value> = campaigns
            .iter()
            .flat_map(|(seed, checkpoints)| checkpoints.iter().map(|point| json(*seed, point)))
            .collect();
        print_line(&serde_json::json!({ "units": units, "trials": rows }).to_string());
        return;
    }
    print_line(&format!(
        "{:<8} {:>9} {:>8} {:>6}  {:<24} {:>9} {:>9} {:>7} {:>5}",
        "campaign", "days_left", "unsent", "late", "guess", "precision", "recall", "brier", "wrong"
    ));
    for (seed, checkpoints) in &campaigns {
        for point in checkpoints {
            for (name, score) in guesses(point) {
                print_line(&format!(
                    "{seed:<8} {:>9} {:>8} {:>6}  {name:<24} {:>9} {:>9} {:>7} {:>5}",
                    point.days_left,
                    score.reports,
                    score.right + score.missed,
                    thousandths(score.precision()),
                    thousandths(score.recall()),
                    thousandths(score.brier()),
                    score.wrong()
                ));
            }
        }
    }
}

fn guesses(point: &Checkpoint) -> [(&'static str, Score); 3] {
    [
        ("forecast", point.forecast),
        ("as_last_time", point.last_time),
        ("last_share_for_all", point.same_for_all),
    ]
}

fn json(seed: u64, point: &Checkpoint) -> serde_json::Value {
    let scores = guesses(point).map(|(name, score)| {
        serde_json::json!({
            "guess": name,
            "precision": score.precision(),
            "recall": score.recall(),
            "brier": score.brier(),
            "wrong": score.wrong(),
        })
    });
    serde_json::json!({
        "campaign": seed,
        "days_left": point.days_left,
        "unsent": point.forecast.reports,
        "late": point.forecast.right + point.forecast.missed,
        "guesses": scores,
    })
}

fn thousandths(value: Option<u32>) -> String {
    value.map_or("-".to_owned(), |value| {
        format!("0.{value:03}").replace("0.1000", "1.000")
    })
}
