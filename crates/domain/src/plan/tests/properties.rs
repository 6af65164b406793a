//! What holds for any text: no panic, and every place lies in the text on the words it claims.

use super::*;
use crate::plan::Span;
use crate::plan::structure::is_page_number;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// So many cases, unless a long run asks for more: `PROPTEST_CASES=200000 cargo test --release -p domain properties`.
fn cases(usual: u32) -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(usual),
    }
}

/// Words that steer the reader into its corners.
fn scrap() -> impl Strategy<Value = String> {
    let words = [
        "KẾ HOẠCH",
        "I. ",
        "II- ",
        "1. ",
        "3.1. ",
        "a) ",
        "- ",
        "+ ",
        "\n",
        "\n\n",
        "\t",
        "   ",
        ". ",
        "; ",
        ", ",
        ": ",
        "(",
        ")",
        "Các huyện ủy ",
        "huyện, thị, thành ủy, đảng ủy trực thuộc ",
        "Ban Dân vận Tỉnh ủy ",
        "Mặt trận Tổ quốc Việt Nam và các tổ chức ",
        "gửi về ",
        "báo cáo ",
        "xây dựng ",
        "thông qua tập thể ",
        "(qua ",
        "chỉ đạo ",
        "đề nghị ",
        "chủ trì, phối hợp ",
        "tổ chức ",
        "Giao ",
        "trước ngày ",
        "30/9/2022",
        "31/9",
        "trong tháng 9/2022",
        "quý III/2022",
        "sau 10 ngày kể từ ngày ",
        "hằng năm ",
        "từ tháng 7/2017 đến ",
        "Chỉ thị số 14-CT/TW, ngày 19/7/2017 ",
        "của Ban Bí thư ",
        "về ",
        "và ",
        "Căn cứ Luật ",
        "Thời gian: ",
        "Nơi nhận:",
        "T/M BAN THƯỜNG VỤ",
        "PHÓ BÍ THƯ",
        "Nguyễn Văn A",
        "ĐỀ CƯƠNG",
        "Kính gửi: ",
        "V/v ",
        "Số 12-KH/TU",
        "a\u{301}",
        "\u{301}",
        "İ",
        "ǅ",
        "🙂",
        "\u{a0}",
        "MỤC ĐÍCH",
    ];
    prop::collection::vec(prop_oneof![3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,6}"], 0..60)
        .prop_map(|parts| parts.concat())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the page numbers that stand alone on lines within: words go on across them.
fn unpaged(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let last = lines.len() - 1;
    let is_kept = |at: usize| at == 0 || at == last || !is_page_number(&squeezed(lines[at]));
    let kept = (0..lines.len()).filter(|at| is_kept(*at));
    kept.map(|at| lines[at]).collect::<Vec<_>>().join("\n")
}

fn check(document: &Document) {
    let reading = read(document);
    let text: Vec<char> = document.text().nfc().collect();
    let at = |span: &Span| -> String {
        assert!(
            span.start <= span.end && span.end <= text.len(),
            "{span:?} of {}",
            text.len()
        );
        text[span.start..span.end].iter().collect()
    };
    // Words go on across page numbers in the body, and hold every line in a cell.
    let on = |span: &Span, words: &str| {
        let said = squeezed(&at(span));
        if said != squeezed(words) {
            assert_eq!(squeezed(&unpaged(&at(span))), squeezed(words));
        }
    };
    let (plan, places) = (&reading.plan, &reading.places);
    assert_eq!(plan.assignments.len(), places.assignments.len());
    for (duty, place) in plan.assignments.iter().zip(&places.assignments) {
        assert_eq!(
            at(&Span {
                start: duty.source.start,
                end: duty.source.end
            }),
            duty.source.text
        );
        assert_eq!(duty.who.len(), place.who.len());
        duty.who
            .iter()
            .zip(&place.who)
            .for_each(|(words, span)| on(span, words));
        let parts = [
            (&duty.deliverable, &place.deliverable),
            (&duty.to, &place.to),
            (&duty.via, &place.via),
            (&duty.adopted_by, &place.adopted_by),
            (&duty.due_set_by, &place.due_set_by),
        ];
        for (words, span) in parts {
            assert_eq!(words.is_some(), span.is_some());
            words
                .iter()
                .zip(span)
                .for_each(|(words, span)| on(span, words));
        }
        assert_eq!(duty.due.is_some(), duty.due_inclusive.is_some());
        if let Some(due) = duty.due {
            // Never a date whose year the text does not write.
            let year = due.year().to_string();
            let words = place.due.map(|span| at(&span)).unwrap_or_default();
            let counted = [
                "kể từ",
                "từ ngày",
                "sau",
                "trước",
                "cùng thời hạn",
                "cùng hạn",
            ]
            .iter()
            .any(|word| words.to_lowercase().contains(word));
            assert!(
                words.contains(&year) || counted,
                "{due} is invented from {words:?}"
            );
        }
    }
    for (list, spans) in [
        (&plan.purposes, &places.purposes),
        (&plan.lead, &places.lead),
        (&plan.coordinate, &places.coordinate),
    ] {
        assert_eq!(list.len(), spans.len());
        list.iter()
            .zip(spans)
            .for_each(|(words, span)| on(span, words));
    }
    // Where the page is set in two columns, other words stand between the lines of one of them.
    assert_eq!(plan.recipients.len(), places.recipients.len());
    let columns = plan
        .title
        .iter()
        .zip(&places.title)
        .chain(plan.issuer.iter().zip(&places.issuer));
    for (words, span) in columns.chain(plan.recipients.iter().zip(&places.recipients)) {
        let claimed = squeezed(&at(span));
        let edges =
            [words.split(' ').next(), words.split(' ').next_back()].map(Option::unwrap_or_default);
        assert!(
            claimed.starts_with(edges[0]) && claimed.contains(edges[1]),
            "{words:?} is not in {claimed:?}"
        );
    }
    assert_eq!(plan.legal_basis.len(), places.legal_basis.len());
    assert_eq!(
        plan.instruments_under_review.len(),
        places.instruments_under_review.len()
    );
    for span in places
        .legal_basis
        .iter()
        .chain(&places.instruments_under_review)
        .chain(&places.signer)
        .chain(&places.period)
    {
        at(span);
    }
    for finding in &plan.findings {
        at(&Span {
            start: finding.start,
            end: finding.end,
        });
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_text_is_read_without_panic_and_every_place_is_on_its_words(text in scrap()) {
        check(&document(&text));
    }

    #[test]
    fn any_text_in_one_paragraph_is_read_too(text in scrap()) {
        check(&Document { blocks: vec![Block::Paragraph(Paragraph::plain(text))] });
    }

    #[test]
    fn tables_of_any_shape_are_read(cells in prop::collection::vec(prop::collection::vec(scrap(), 0..5), 0..4)) {
        use crate::doc::{Cell, Table};
        let mut rows: Vec<Vec<Cell>> = vec![["STT", "Nội dung", "Đơn vị", "Thời gian"].map(Cell::plain).into()];
        rows.extend(cells.into_iter().map(|row| row.into_iter().map(Cell::plain).collect()));
        check(&Document { blocks: vec![Block::Table(Table { header_rows: 1, widths: Vec::new(), rows })] });
    }
}

/// The labelled plans that are plain text, from which pieces are cut and shuffled.
static PLANS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/plans/seen");
    let entries = std::fs::read_dir(folder).expect("the labelled plans");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let is_text = |path: &PathBuf| {
        path.extension()
            .is_some_and(|end| end == "txt" || end == "md")
    };
    let texts = paths.into_iter().filter(is_text);
    texts
        .map(|path| std::fs::read_to_string(path).expect("a text"))
        .collect()
});

/// Clauses of the plans, which end where a mark stands.
static CLAUSES: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let clauses = PLANS
        .iter()
        .flat_map(|plan| plan.split_inclusive([';', ',', ':', '.', '(', '\n']));
    clauses.filter(|clause| clause.len() > 2).collect()
});

/// Pieces of up to 200 characters out of the plans, in any order.
fn shuffled() -> impl Strategy<Value = String> {
    let piece = (0..10_000usize, 0..20_000usize, 1..200usize).prop_map(|(plan, from, length)| {
        let plan = &PLANS[plan % PLANS.len()];
        let count = plan.chars().count();
        plan.chars()
            .skip(from % count)
            .take(length)
            .collect::<String>()
    });
    prop::collection::vec(piece, 1..20).prop_map(|pieces| pieces.concat())
}

/// Whole clauses of the plans one after another: sentences that nobody wrote, of words that offices write.
fn reclaused() -> impl Strategy<Value = String> {
    let clause = (0..1_000_000usize).prop_map(|at| CLAUSES[at % CLAUSES.len()]);
    prop::collection::vec(clause, 1..60).prop_map(|clauses| clauses.concat())
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn pieces_of_real_plans_in_any_order_are_read_on_their_words(text in shuffled()) {
        check(&document(&text));
    }

    #[test]
    fn clauses_of_real_plans_in_any_order_are_read_on_their_words(text in reclaused()) {
        check(&document(&text));
    }
}

#[test]
fn the_labelled_plans_are_read_on_their_own_words() {
    PLANS.iter().for_each(|plan| check(&document(plan)));
}

#[test]
fn the_example_is_read_on_its_own_words() {
    check(&document(include_str!(
        "../../../../../fixtures/plan-2022.md"
    )));
}

#[test]
fn a_name_goes_on_across_a_page_number() {
    let lines = "I. TỔ CHỨC\n\n3.3. Cấp tỉnh\n9\n4 | Khảo sát ý kiến người dân | Phòng Tư pháp báo cáo, gửi về Ban Thường vụ Tỉnh ủy trước ngày 30/9/2022.";
    check(&document(lines));
}
