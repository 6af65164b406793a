use domain::plan::evaluate::{Score, compare};
use domain::plan::{Finding, Plan};
use std::path::PathBuf;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args[0] == "dump" {
        for f in &args[1..] {
            let bytes = std::fs::read(f).unwrap();
            let inc = formats::read_incoming(f, &bytes).unwrap();
            let plan = domain::plan::read(&inc.document).plan;
            println!(
                "title: {:?}\nnumber: {:?} lead {:?} via",
                plan.title, plan.number, plan.lead
            );
            for d in &plan.assignments {
                println!(
                    "[{:?}] {} :: {}\n      to={:?} via={:?} adopted={:?} due={:?} {:?} set={:?}\n      src={:?}",
                    d.duty,
                    d.who.join(" | "),
                    d.deliverable.as_deref().unwrap_or("-"),
                    d.to,
                    d.via,
                    d.adopted_by,
                    d.due.map(|x| x.to_string()),
                    d.due_inclusive,
                    d.due_set_by,
                    d.source.text
                );
            }
            for f in &plan.findings {
                println!("F {:?} {}", f.kind, f.message);
            }
        }
        return;
    }
    if args[0] == "text" {
        for f in &args[1..] {
            let bytes = std::fs::read(f).unwrap();
            let inc = formats::read_incoming(f, &bytes).unwrap();
            for b in &inc.document.blocks {
                println!("«{}»", b.text());
            }
        }
        return;
    }
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&args[0])
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e != "json"))
        .collect();
    paths.sort();
    if let Some(p) = args.get(1) {
        paths.retain(|x| {
            x.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(p.as_str())
        });
    }
    let one = |path: &PathBuf| -> (String, Score) {
        let label: Plan =
            serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inc = formats::read_incoming(&name, &std::fs::read(path).unwrap()).unwrap();
        let mut plan = domain::plan::read(&inc.document).plan;
        plan.findings.extend(inc.notes.iter().map(|n| Finding {
            kind: n.finding(),
            message: n.message(),
            start: 0,
            end: 0,
        }));
        (name, compare(&plan, &label))
    };
    let n = paths.len().div_ceil(2);
    let mut all = Vec::new();
    std::thread::scope(|s| {
        let hs: Vec<_> = paths
            .chunks(n.max(1))
            .map(|c| s.spawn(move || c.iter().map(one).collect::<Vec<_>>()))
            .collect();
        for h in hs {
            all.extend(h.join().unwrap());
        }
    });
    let mut sum = Score::default();
    for (name, score) in &all {
        println!("{name}");
        for d in &score.differences {
            println!("  {d}");
        }
        sum.add(score);
    }
    for (name, t) in &sum.fields {
        println!(
            "{name:<32} {:>7.3} {:>7.3} {:>7.3} {:>5} {:>5} {:>5}",
            t.precision(),
            t.recall(),
            t.f1(),
            t.right,
            t.read,
            t.labelled
        );
    }
    println!("{:?} {:.4}", sum.dues, sum.dues.exactness());
}
