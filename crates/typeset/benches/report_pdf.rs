//! How long a report of 30 pages takes from the document tree to the bytes of a PDF.

#[path = "../tests/samples/mod.rs"]
mod samples;

use criterion::{Criterion, criterion_group, criterion_main};

fn report_30_pages_to_pdf(criterion: &mut Criterion) {
    let document = samples::report(30);
    let mut group = criterion.benchmark_group("typeset");
    group.sample_size(10);
    group.bench_function("report_30_pages_to_pdf", |bencher| {
        bencher.iter(|| typeset::render_pdf(&document))
    });
    group.finish();
}

criterion_group!(benches, report_30_pages_to_pdf);
criterion_main!(benches);
