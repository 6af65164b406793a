//! What the roll-up of a district, a province and the nation costs: 35 indicators over 5 years for each report.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::campaign::{Grain, Indicator, Rule};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::IndicatorId;
use domain::number::Amount;
use domain::rollup::Totals;
use std::hint::black_box;

fn layout() -> Layout {
    let indicators = (1..=35).map(|number| Indicator {
        id: IndicatorId(number),
        code: format!("CT{number:02}"),
        name: format!("Chỉ tiêu số {number}"),
        unit: "người".into(),
        rule: if number % 3 == 0 {
            Rule::Stock
        } else {
            Rule::Flow
        },
        grain: Grain::Year,
        hint: String::new(),
        total_of: Vec::new(),
        required: false,
    });
    Layout::new(indicators.collect(), vec![2018, 2019, 2020, 2021, 2022])
}

fn table(layout: &Layout, seed: i64) -> FigureTable {
    let mut table = FigureTable::blank(layout);
    for (number, cell) in (0..).zip(&mut table.cells) {
        *cell = Cell::Number(Amount::from(seed * 37 + number));
    }
    table
}

fn rollup(criterion: &mut Criterion) {
    let layout = layout();
    let mut group = criterion.benchmark_group("rollup_35_indicators_5_years");
    for units in [55_i64, 750, 54_000] {
        let tables: Vec<FigureTable> = (0..units).map(|unit| table(&layout, unit)).collect();
        group.throughput(Throughput::Elements(units.unsigned_abs()));
        group.sample_size(10);
        group.bench_with_input(
            BenchmarkId::from_parameter(units),
            &tables,
            |bencher, tables| {
                bencher.iter(|| {
                    let mut totals = Totals::empty(&layout);
                    for table in tables {
                        totals
                            .add(&layout, table)
                            .expect("the sums are far from the limit");
                    }
                    black_box(totals)
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, rollup);
criterion_main!(benches);
