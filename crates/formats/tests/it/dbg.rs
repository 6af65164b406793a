#[test]
fn dbg() {
    let p = std::env::var("P").unwrap();
    let b = std::fs::read(&p).unwrap();
    let d = formats::read_document(&p, &b).unwrap();
    for x in &d.blocks { println!("{:?}", x); }
    for a in domain::plan::read(&d).plan.assignments { println!("{:?} {:?} {:?}", a.who, a.deliverable, a.due); }
}
