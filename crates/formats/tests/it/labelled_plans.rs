//! The plan reader measured on the labelled plans that may be seen while it is being improved.

use domain::plan::evaluate::{Score, compare};
use domain::plan::{Finding, Plan};
use std::path::Path;

/// Every pair of the folder, compared and added up; the differences go to the test's output.
fn measured(folder: &Path) -> Score {
    let mut sum = Score::default();
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the labelled plans")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let is_label = |path: &&std::path::PathBuf| path.extension().is_some_and(|e| e == "json");
    for path in paths.iter().filter(|path| !is_label(path)) {
        let label = std::fs::read(path.with_extension("json")).expect("a label beside the plan");
        let label: Plan = serde_json::from_slice(&label).expect("a label is a plan");
        let name = path.file_name().expect("a name").to_string_lossy();
        let bytes = std::fs::read(path).expect("a plan");
        let incoming = formats::read_incoming(&name, &bytes).expect("a readable plan");
        let mut plan = domain::plan::read(&incoming.document).plan;
        // As the use case does: what the file's reader repaired or left out is a finding, too.
        plan.findings
            .extend(incoming.notes.iter().map(|note| Finding {
                kind: note.finding(),
                message: note.message(),
                start: 0,
                end: 0,
            }));
        let score = compare(&plan, &label);
        println!("{name}");
        for difference in &score.differences {
            println!("    {difference}");
        }
        sum.add(&score);
    }
    sum
}

#[test]
fn the_seen_plans_are_read_as_labelled_and_no_date_is_invented() {
    let sum = measured(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/tests/plans/seen"));
    for (field, tally) in &sum.fields {
        println!("{field:<32} {:.3} {tally:?}", tally.f1());
    }
    println!("{:?}", sum.dues);
    assert_eq!(sum.dues.invented, 0);
    assert!(sum.dues.exactness() >= 0.98);
    assert!(sum.fields["assignments"].f1() >= 0.95);
}
