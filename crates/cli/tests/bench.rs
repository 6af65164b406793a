//! The benchmark of the whole program runs, on work too small to say anything about speed.

use std::process::Command;

#[test]
fn the_benchmark_names_each_figure_with_the_size_of_its_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = Command::new(env!("CARGO_BIN_EXE_dondoc"))
        .args(["bench", "--reports", "30", "--units", "40", "--pages", "2"])
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
