//! The editor's markup in the browser means what `domain::prose` says, word for word. Needs Node where it is bundled.

use domain::doc::{Run, Script};
use domain::prose::{Block, parse, write};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/editor");
const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/editor/test/cases.json");

/// Reads one JSON array of texts, answers with what each of them is to the editor.
const ASK: &str = "
import { parse, write } from './src/markup.js';
import { docOf, textOf } from './src/convert.js';
let asked = '';
for await (const part of process.stdin) asked += part;
const answers = JSON.parse(asked).map((text) => {
    const blocks = parse(text);
    return { text, blocks, written: write(blocks), document: textOf(docOf(text)) };
});
console.log(JSON.stringify(answers));
";

fn runs(runs: &[Run]) -> Value {
    let run = |run: &Run| {
        json!({
            "text": run.text,
            "bold": run.bold,
            "italic": run.italic,
            "underline": run.underline,
            "script": match run.script { Script::Normal => "", Script::Super => "sup", Script::Sub => "sub" },
        })
    };
    runs.iter().map(run).collect()
}

fn block(block: &Block) -> Value {
    match block {
        Block::Line { level, runs: line } => json!({ "level": level, "runs": runs(line) }),
        Block::Table(grid) => json!({
            "hasHead": grid.has_head,
            "rows": grid.rows.iter().map(|row| row.iter().map(|cell| runs(cell)).collect::<Value>()).collect::<Value>(),
        }),
    }
}

fn case(text: &str) -> Value {
    let blocks = parse(text);
    let written = write(&blocks);
    json!({ "text": text, "blocks": blocks.iter().map(block).collect::<Value>(), "written": written })
}

/// Texts that each show one rule of the markup.
const TEXTS: &[&str] = &[
    "",
    "Phường có 12 khu phố.",
    "Một\n\nHai\r\nBa",
    "  thừa chỗ trống  ",
    "Tổng kinh phí 1.234 triệu đồng, đạt 98,5% (2*3 = 6).",
    "* Ghi chú: số liệu (*) do Sở cung cấp; a < b, b <5%",
    "C:\\Bao cao\\2022",
    "* * *",
    "Ông A | bà B",
    "-----",
    "5 ** sao",
    "số (*) và *",
    "**đậm** và *nghiêng* và ***cả hai***",
    "Đã **hoàn *thành* tốt**, m<sup>2</sup> và H<sub>2</sub>O",
    "**đậm *lồng** nhau*",
    "** không đậm **",
    "chữ**đậm**chữ, 1**2**3",
    "1<b>2</b>3 và 4<i>5</i>6",
    "<u>gạch chân</u> <b>b</b> <i>i</i> </u> <p>",
    "một<br>hai<br><br>ba",
    "<br>đầu và cuối<br>",
    "\\*sao\\* \\<u> \\| \\\\ \\a \\",
    "\\- không phải mục",
    "- Huyện\n  + Xã\n    - Thôn\n1. Một\n12) Hai\na) Chữ\nđ) Chữ",
    "– gạch dài\n• chấm",
    "   - lẻ chỗ trống",
    "  không phải mục",
    "                      - quá sâu",
    "-không phải mục\n1234. không phải mục\nab) không phải mục",
    "**- đậm cả dấu**",
    "| Năm | Số hộ |\n| --- | --- |\n| 2021 | **12** |",
    "| không | tiêu đề |\n| một |",
    "| --- | --- |\n| a |\n| b |\n| :---: | ---: |",
    "| a \\| b | c<br>d |",
    "|  |\n||",
    "| a | b \\|",
    "|chưa khép",
    "\\|a|",
    "| \\--- | x |",
    "trước\n| a |\nsau\n| b |",
    "| a |\n<br>\n| b |\n\n| c |\n| --- |\n<br>\n<br>\n| d |",
    "Hỗ trợ {{NH01, 2021}} nhà",
    "không\u{a0}tách\u{2003}được\u{85}dòng\u{feff}",
    "emoji 😀 **đ😀ậm**",
    "*a*b*c* **d**e**f**",
    "***a** b*",
];

#[test]
fn the_shared_cases_say_what_the_domain_says() {
    let cases: Vec<Value> = TEXTS.iter().map(|text| case(text)).collect();
    let lines: Vec<String> = cases.iter().map(Value::to_string).collect();
    let expected = format!("[\n{}\n]\n", lines.join(",\n"));
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        std::fs::write(CASES, &expected).expect("the cases are written");
    }
    let kept = std::fs::read_to_string(CASES).expect("the cases are kept");
    assert_eq!(kept, expected, "run this test with INSTA_UPDATE=always");
}

/// Texts of pieces that matter, put together without end; the same ones every time.
fn many_texts() -> Vec<String> {
    const PIECES: [&str; 30] = [
        "a", "đ", "1", "2", " ", "  ", "*", "**", "***", "<b>", "</b>", "<i>", "</i>", "<u>",
        "</u>", "<sup>", "</sup>", "<sub>", "</sub>", "<br>", "\\", "|", "| ", " |", "---", "- ",
        "1. ", "\n", "\n| ", "<",
    ];
    let mut state: u64 = 20_221_020;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).unwrap_or_default() % below
    };
    (0..4000)
        .map(|_| (0..=next(14)).map(|_| PIECES[next(PIECES.len())]).collect())
        .collect()
}

fn node(args: &[&str], input: &str) -> String {
    let mut child = Command::new("node")
        .args(args)
        .current_dir(FOLDER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node bundled the editor, so it is there");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("node ends");
    let _ = writer.join();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// Whether the editor was bundled; with Node at hand it must have been, unless it was switched off.
fn is_bundled() -> bool {
    let switched_off = std::env::var_os("DONDOC_EDITOR").is_some_and(|switch| switch == "off");
    let node = Command::new("node")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    let bundled = web::assets::editor_path().is_some();
    assert!(
        bundled || switched_off || node.is_err(),
        "Node is there and the editor was not bundled: the build says why; DONDOC_EDITOR=off does without"
    );
    bundled
}

#[test]
fn the_browser_reads_and_writes_random_texts_as_the_server_does() {
    if !is_bundled() {
        return;
    }
    let texts = many_texts();
    let answers = node(
        &["--input-type=module", "--eval", ASK],
        &json!(texts).to_string(),
    );
    let answers: Vec<Value> = serde_json::from_str(&answers).expect("JSON");
    assert_eq!(answers.len(), texts.len());
    for (text, answer) in texts.iter().zip(answers) {
        let mut expected = case(text);
        expected["document"] = expected["written"].clone();
        assert_eq!(answer, expected, "{text:?}");
    }
}

#[test]
fn the_tests_of_the_editor_itself_pass() {
    if is_bundled() {
        node(&["--test", "test/"], "");
    }
}

#[test]
fn the_bundle_stays_small() {
    if !is_bundled() {
        return;
    }
    let script = "
        import { gzipSync } from 'node:zlib';
        let bundle = [];
        for await (const part of process.stdin) bundle.push(part);
        console.log(gzipSync(Buffer.concat(bundle)).length);
    ";
    let bundle = include_str!(concat!(env!("OUT_DIR"), "/editor.js"));
    let size: usize = node(&["--input-type=module", "--eval", script], bundle)
        .trim()
        .parse()
        .expect("a number");
    assert!(size < 150 * 1024, "{size} bytes compressed");
}
