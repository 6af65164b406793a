//! The plan reader on plans of many pages: the time grows with the length, not with its square.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::doc::{Block, Document, Paragraph};
use std::hint::black_box;

/// About a page of a plan: two sections of duties, in its own words for every page.
fn page(number: usize) -> Vec<String> {
    let mut lines = vec![format!("{number}. Phần việc thứ {number}")];
    for item in 1..=6 {
        lines.push(format!(
            "{number}.{item}. Các phòng, ban số {number} và Ủy ban nhân dân các xã, phường khu vực {item} xây dựng báo cáo kết quả nội dung {number}.{item}, thông qua tập thể lãnh đạo, gửi về Ban Thường vụ Tỉnh ủy (qua Văn phòng Tỉnh ủy) trước ngày {}/9/2022; theo dõi, đôn đốc các đơn vị trực thuộc thực hiện Kế hoạch, kịp thời phản ánh những vấn đề mới phát sinh để điều chỉnh cho phù hợp với tình hình thực tế của từng địa phương.",
            item + 10
        ));
        lines.push(format!(
            "- Báo cáo gửi về Sở Nội vụ chậm nhất ngày {}/10/2022.",
            item + 3
        ));
    }
    lines
}

fn plan(pages: usize) -> Document {
    let head = [
        "ĐẢNG BỘ TỈNH BÌNH MINH",
        "Số 12-KH/TU",
        "KẾ HOẠCH",
        "sơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW",
        "I. TỔ CHỨC THỰC HIỆN",
    ];
    let lines = head
        .into_iter()
        .map(str::to_owned)
        .chain((1..=pages).flat_map(page));
    Document {
        blocks: lines
            .map(|line| Block::Paragraph(Paragraph::plain(line)))
            .collect(),
    }
}

fn read(c: &mut Criterion) {
    let mut group = c.benchmark_group("plan_read");
    group.sample_size(10);
    for pages in [50, 100, 200] {
        let document = plan(pages);
        let chars = document.text().chars().count();
        group.throughput(Throughput::Elements(chars as u64));
        group.bench_with_input(
            BenchmarkId::new("pages", pages),
            &document,
            |b, document| {
                b.iter(|| domain::plan::read(black_box(document)));
            },
        );
    }
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
