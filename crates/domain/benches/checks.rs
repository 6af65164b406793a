//! What it costs to check one report: 12 sections of 250 words, 35 indicators over 5 years, 120 other units.

use criterion::{Criterion, criterion_group, criterion_main};
use domain::campaign::{Grain, Indicator, Rule};
use domain::checks::{Dossier, Figures, Months, Names, Part, check};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::IndicatorId;
use domain::number::Amount;
use std::hint::black_box;

const NAMES: [&str; 7] = [
    "Số nhà ở người có công xây mới",
    "Số hồ sơ đề nghị xác nhận tiếp nhận trong kỳ",
    "Số tiền vận động được vào Quỹ “Đền ơn đáp nghĩa”",
    "Số lượt người dự hội nghị quán triệt, tuyên truyền",
    "Số mộ liệt sĩ đang quản lý tại các nghĩa trang",
    "Số cuộc kiểm tra của cấp ủy và ủy ban kiểm tra",
    "Số hộ người có công còn khó khăn về nhà ở",
];

fn figures() -> Figures {
    let indicators = (1..=35)
        .map(|number| Indicator {
            id: IndicatorId(number),
            code: format!("CT{number:02}"),
            name: format!(
                "{} diện {number}",
                NAMES[usize::try_from(number).unwrap_or(0) % NAMES.len()]
            ),
            unit: "người".into(),
            rule: Rule::Flow,
            grain: Grain::Year,
            hint: String::new(),
            total_of: Vec::new(),
            required: true,
        })
        .collect();
    let layout = Layout::new(indicators, vec![2018, 2019, 2020, 2021, 2022]);
    let mut table = FigureTable::blank(&layout);
    for (number, cell) in (0..).zip(&mut table.cells) {
        *cell = Cell::Number(Amount::from(100 + number));
    }
    Figures {
        layout,
        table,
        typed: true,
    }
}

fn report() -> Dossier {
    let paragraph = "Thực hiện Chỉ thị số 14-CT/TW ngày 19/7/2017 của Ban Bí thư, Đảng ủy xã đã tổ chức 05 hội nghị quán triệt với \
        512 lượt người tham gia; trong kỳ tiếp nhận 81 hồ sơ đề nghị xác nhận, đã giải quyết xong 79 hồ sơ, đạt 97,5%. Hộ khá tăng từ \
        120 hộ lên 150 hộ, tăng 25%.";
    // Five paragraphs of 57 words.
    let text = [paragraph; 5].join("\n");
    let sections = (1..=12).map(|id| Part::loose(id, "Kết quả đạt được", text.clone()));
    Dossier {
        parts: sections.collect(),
        figures: Some(figures()),
        names: Some(Names {
            own: "Đảng ủy xã Tân Thuận".into(),
            related: vec!["Huyện ủy Hàm Thuận Nam".into()],
            others: (0..120)
                .map(|number| format!("Đảng ủy xã Số {number}"))
                .collect(),
            elsewhere: (0..120)
                .map(|number| format!("Đảng ủy phường Số {number}"))
                .collect(),
        }),
        period: Months::parse("2017-07", "2022-07"),
        ..Dossier::default()
    }
}

fn checks(criterion: &mut Criterion) {
    let report = report();
    criterion.bench_function(
        "check_a_report_of_12_sections_3400_words_35_indicators",
        |bencher| {
            bencher.iter(|| black_box(check(black_box(&report))));
        },
    );
}

criterion_group!(benches, checks);
criterion_main!(benches);
