//! The benchmark of the whole program runs, on work too small to say anything about speed.

use std::process::Command;

#[test]
fn the_benchmark_names_each_figure_with_the_size_of_its_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = Command::new(env!("CARGO_BIN_EXE_dondoc"))
        .args([
            "bench",
            "--reports",
            "30",
            "--units",
            "40",
            "--pages",
            "2",
            "--texts",
            "60",
        ])
        .args(["--json", "--data"])
        .arg(folder.path())
        .output()
        .expect("the program starts");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let printed: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("one document");
    let measures = printed["measures"].as_array().expect("a list");
    for name in [
        "sqlite_floor_30_reports_1_thread",
        "submit_30_reports_64_callers",
        "board_40_units_p99",
        "plain_sql_sqlite_figures_of_1_provinces_40_units",
        "report_2_pages_to_docx_p50",
    ] {
        let found = measures.iter().find(|measure| measure["name"] == name);
        let value = found.and_then(|measure| measure["value"].as_f64());
        assert!(
            value.is_some_and(|value| value > 0.0),
            "{name} in {printed}"
        );
    }
    let left = std::fs::read_dir(folder.path()).expect("the folder is there");
    assert_eq!(left.count(), 0, "what was measured on is removed");
}

#[test]
fn the_last_evening_is_played_over_http_and_everything_acknowledged_is_found_after_the_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    for mix in ["evening", "whole"] {
        let ran = Command::new(env!("CARGO_BIN_EXE_dondoc"))
            .args(["bench", "deadline", "--units", "60", "--clients", "4"])
            .args(["--seconds", "2", "--mix", mix, "--json", "--data"])
            .arg(folder.path())
            .output()
            .expect("the program starts");
        let told = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{told}");
        let printed: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("one document");
        let measures = printed["measures"].as_array().expect("a list");
        let of = |what: &str| {
            let name = format!("deadline_{mix}_60_units_4_clients_{what}");
            let found = measures.iter().find(|measure| measure["name"] == *name);
            found.and_then(|measure| measure["value"].as_f64())
        };
        assert_eq!(of("errors"), Some(0.0), "{told}");
        assert_eq!(printed["faults"], serde_json::json!([]));
        let kinds: &[&str] = match mix {
            "evening" => &["save_section", "board_page", "whole"],
            _ => &["whole"],
        };
        for kind in kinds {
            assert!(of(kind).is_some_and(|value| value > 0.0), "{kind}: {told}");
            assert!(of(&format!("{kind}_p99")).is_some(), "{kind}: {told}");
        }
        assert!(of("commits").is_some_and(|value| value > 0.0), "{told}");
    }
    let left = std::fs::read_dir(folder.path()).expect("the folder is there");
    assert_eq!(left.count(), 0, "what was measured on is removed");
}
