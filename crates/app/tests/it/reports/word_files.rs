//! The Word round trip: the template out, the file back, its differences, taking it over.

use super::{adopt_and_send, cell, fill_in, write};
use crate::world::{World, province};
use app::Error;
use app::reports::uploads::{
    self, Applied, Choices, Comparison, Delivered, FigureFate, SectionFate, Take,
};
use app::reports::{draft, figures, returns, template, view};
use domain::event::EventKind;
use domain::figures::Cell;
use std::io::{Cursor, Read, Write};

fn template_of(world: &World, unit: &str) -> Vec<u8> {
    template::file(&world.person(unit), world.report(unit), false)
        .expect("a template")
        .bytes
}

/// The file after somebody typed over words in it.
fn typed_over(bytes: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        let name = entry.name().expect("a name").into_owned();
        if name == "word/document.xml" {
            for (before, after) in changes {
                assert!(text.contains(before), "{before} stands in the file");
                text = text.replacen(before, after, 1);
            }
        }
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).expect("begun");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("a zip").into_inner()
}

/// A value typed into the cell of an indicator; `base` is what the template put there.
fn in_cell(world: &World, bytes: &[u8], indicator: usize, year: i16, typed: &str) -> Vec<u8> {
    let anchor = format!(r#"w:val="so_{}_{year}_"#, world.indicators[indicator]);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    archive
        .by_name("word/document.xml")
        .expect("the text")
        .read_to_string(&mut text)
        .expect("text");
    let at = text.find(&anchor).expect("a control of this cell");
    let open = r#"<w:t xml:space="preserve">"#;
    let from = at + text[at..].find(open).expect("a run") + open.len();
    let to = from + text[from..].find('<').expect("its end");
    let whole = format!("{}{}", &text[at..from], &text[from..to]);
    let new = format!("{}{typed}", &text[at..from]);
    typed_over(bytes, &[(&whole, &new)])
}

fn preview(world: &World, unit: &str, bytes: &[u8]) -> Comparison {
    uploads::preview(
        &world.person(unit),
        world.report(unit),
        "bao-cao.docx",
        bytes,
    )
    .expect("readable")
}

fn take(world: &World, unit: &str, bytes: &[u8], choices: Choices) -> Applied {
    let (person, report) = (world.person(unit), world.report(unit));
    let kept = uploads::keep(&person, report, "bao-cao.docx", bytes.to_vec()).expect("kept");
    uploads::apply(&person, report, kept, choices).expect("applied")
}

fn text(world: &World, unit: &str, section: usize) -> String {
    view::view(&world.person(unit), world.report(unit))
        .expect("seen")
        .content
        .text(world.sections[section])
        .to_owned()
}

#[test]
fn a_template_that_comes_back_untouched_changes_nothing() {
    let world = province();
    fill_in(&world, "X11");
    let seen = preview(&world, "X11", &template_of(&world, "X11"));
    assert!(
        seen.sections.is_empty() && seen.figures.is_empty() && seen.loose.is_empty(),
        "{seen:?}"
    );
    assert!(seen.unchanged >= 2 && seen.is_template);
}

#[test]
fn what_was_typed_in_the_file_comes_into_the_draft_in_one_step() {
    let world = province();
    let file = template_of(&world, "X11");
    let placeholder = "[Viết nội dung mục này tại đây]";
    let file = typed_over(&file, &[(placeholder, "Xã có 05 thôn.")]);
    let file = in_cell(&world, &file, 0, 2021, "1.234");
    let file = in_cell(&world, &file, 0, 2022, "Không phát sinh");
    let before = world.events("X11").len();
    let seen = preview(&world, "X11", &file);
    assert_eq!(seen.sections.len(), 1);
    assert_eq!(seen.sections[0].fate, SectionFate::Taken);
    assert_eq!(seen.figures.len(), 2);
    assert_eq!(world.events("X11").len(), before, "looking changes nothing");
    let applied = take(&world, "X11", &file, Choices::default());
    assert_eq!((applied.sections, applied.figures), (1, 2));
    assert_eq!(text(&world, "X11", 0), "Xã có 05 thôn.");
    let table = figures::open(&world.person("X11"), world.report("X11"))
        .expect("seen")
        .table;
    assert_eq!(table.cells[0].vietnamese(), "1.234");
    assert_eq!(table.cells[1], Cell::NotApplicable);
    assert_eq!(
        world.events("X11")[before..],
        [EventKind::DraftUploaded, EventKind::DraftStarted]
    );
    assert!(
        uploads::waiting(&world.person("X11"), world.report("X11"))
            .expect("seen")
            .is_empty()
    );
}

#[test]
fn a_section_that_both_sides_changed_is_proposed_merged_and_kept_in_two_texts_until_settled() {
    let world = province();
    fill_in(&world, "X11");
    let file = typed_over(
        &template_of(&world, "X11"),
        &[
            ("Đã sửa 02 nhà.", "Đã sửa 03 nhà."),
            ("Xã có 05 thôn.", "Xã có 06 thôn."),
        ],
    );
    write(
        &world,
        "X11",
        1,
        "Đã xây 09 nhà tình nghĩa.\nĐã sửa 02 nhà.",
    );
    let seen = preview(&world, "X11", &file);
    let SectionFate::Conflict(merged) = &seen.sections[1].fate else {
        panic!("both went on: {:?}", seen.sections[1])
    };
    assert!(merged.is_clean);
    assert_eq!(merged.text, "Đã xây 09 nhà tình nghĩa.\nĐã sửa 03 nhà.");
    let applied = take(&world, "X11", &file, Choices::default());
    assert_eq!((applied.sections, applied.beside), (1, 1));
    assert_eq!(text(&world, "X11", 0), "Xã có 06 thôn.");
    let editor = draft::open_section(&world.person("X11"), world.report("X11"), world.sections[1])
        .expect("open");
    assert_eq!(editor.text(), "Đã xây 09 nhà tình nghĩa.\nĐã sửa 02 nhà.");
    assert_eq!(
        editor.conflicts[0].text,
        "Đã xây 05 nhà tình nghĩa.\nĐã sửa 03 nhà."
    );
    let chosen = Choices {
        sections: [(world.sections[1], Take::Merged(merged.text.clone()))].into(),
        ..Choices::default()
    };
    assert_eq!(take(&world, "X11", &file, chosen).beside, 0);
    assert_eq!(text(&world, "X11", 1), merged.text);
}

#[test]
fn files_that_come_one_after_another_wait_beside_each_other_each_once() {
    let world = province();
    fill_in(&world, "X11");
    let template = template_of(&world, "X11");
    write(&world, "X11", 0, "Xã có 07 thôn.");
    let of = |words: &str| typed_over(&template, &[("Xã có 05 thôn.", words)]);
    let first = of("Xã có 06 thôn.");
    let second = of("Xã có 08 thôn.");
    for file in [&first, &second, &first] {
        assert_eq!(take(&world, "X11", file, Choices::default()).beside, 1);
    }
    let editor = draft::open_section(&world.person("X11"), world.report("X11"), world.sections[0]);
    let waiting = editor.expect("open").conflicts;
    let waiting: Vec<&str> = waiting.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(waiting, ["Xã có 06 thôn.", "Xã có 08 thôn."]);
}

#[test]
fn what_went_on_in_the_draft_alone_stays_when_an_old_template_comes_back() {
    let world = province();
    fill_in(&world, "X11");
    let file = template_of(&world, "X11");
    write(&world, "X11", 0, "Xã có 07 thôn.");
    let person = world.person("X11");
    figures::save(&person, world.report("X11"), vec![cell("NO01", 2021, "6")]).expect("saved");
    let seen = preview(&world, "X11", &file);
    assert!(
        seen.sections.is_empty() && seen.figures.is_empty(),
        "{seen:?}"
    );
}

#[test]
fn a_choice_made_before_somebody_saved_drops_neither_text() {
    let world = province();
    fill_in(&world, "X11");
    let file = typed_over(
        &template_of(&world, "X11"),
        &[("Xã có 05 thôn.", "Xã có 06 thôn.")],
    );
    let seen = preview(&world, "X11", &file);
    let shown = seen.sections[0].version;
    write(&world, "X11", 0, "Xã có 08 thôn.");
    let id = world.sections[0];
    let chosen = Choices {
        sections: [(id, Take::File)].into(),
        versions: [(id, shown)].into(),
        ..Choices::default()
    };
    assert_eq!(take(&world, "X11", &file, chosen).beside, 1);
    assert_eq!(text(&world, "X11", 0), "Xã có 08 thôn.");
}

#[test]
fn a_figure_that_both_changed_or_that_is_no_number_stays_as_it_is() {
    let world = province();
    fill_in(&world, "X11");
    let file = in_cell(&world, &template_of(&world, "X11"), 0, 2021, "9");
    let file = in_cell(&world, &file, 1, 2021, "mười hai");
    let file = in_cell(&world, &file, 2, 2021, " ");
    let person = world.person("X11");
    figures::save(&person, world.report("X11"), vec![cell("NO01", 2021, "6")]).expect("saved");
    let seen = preview(&world, "X11", &file);
    assert_eq!(seen.figures[0].fate, FigureFate::Conflict);
    assert!(matches!(seen.figures[1].fate, FigureFate::Refused(_)));
    assert_eq!(seen.figures[2].fate, FigureFate::Taken);
    assert_eq!(take(&world, "X11", &file, Choices::default()).figures, 1);
    let table = figures::open(&person, world.report("X11"))
        .expect("seen")
        .table;
    assert_eq!(table.cells[0].vietnamese(), "6");
    assert_eq!(table.cells[4], Cell::Blank, "it was emptied in the file");
}

#[test]
fn a_report_written_without_the_template_is_split_and_the_rest_waits_for_a_section() {
    let world = province();
    let outline = view::view(&world.person("X11"), world.report("X11"))
        .expect("seen")
        .content
        .outline
        .clone();
    let first = &outline.sections[0];
    let file = format!(
        "Thực hiện kế hoạch, Đảng ủy xã báo cáo như sau.\n\n{}. {}\n\nXã có 05 thôn.\n",
        first.number,
        first.title.to_uppercase()
    );
    let (person, report) = (world.person("X11"), world.report("X11"));
    let kept = uploads::keep(&person, report, "bao-cao.txt", file.into_bytes()).expect("kept");
    let (_, seen) = uploads::view(&person, report, kept).expect("seen");
    assert!(!seen.is_template);
    assert_eq!(seen.sections[0].file, "Xã có 05 thôn.");
    assert_eq!(seen.loose.len(), 1);
    let applied = uploads::apply(&person, report, kept, Choices::default()).expect("applied");
    assert_eq!(applied.loose_left, 1);
    let waiting = uploads::waiting(&person, report).expect("seen");
    assert_eq!(waiting[0].loose_left, 1, "never dropped");
    let placed = Choices {
        loose: [(0, world.sections[0])].into(),
        ..Choices::default()
    };
    assert_eq!(
        uploads::apply(&person, report, kept, placed)
            .expect("placed")
            .placed,
        1
    );
    assert_eq!(
        text(&world, "X11", 0),
        "Xã có 05 thôn.\nThực hiện kế hoạch, Đảng ủy xã báo cáo như sau."
    );
    assert!(uploads::waiting(&person, report).expect("seen").is_empty());
}

#[test]
fn the_template_of_another_report_is_refused_and_not_kept() {
    let world = province();
    let foreign = template_of(&world, "X12");
    let (person, report) = (world.person("X11"), world.report("X11"));
    let refused = uploads::keep(&person, report, "bao-cao.docx", foreign).unwrap_err();
    assert!(
        matches!(&refused, Error::Refused(reason) if reason.contains("không phải của báo cáo này") && !reason.contains("Sông Lũy")),
        "{refused}"
    );
    assert!(uploads::waiting(&person, report).expect("seen").is_empty());
    let superior = world.person("H1");
    let looked = uploads::preview(&superior, report, "a.txt", b"x").unwrap_err();
    assert!(matches!(looked, Error::NotFound), "{looked}");
    let asked = template::file(&superior, report, false).unwrap_err();
    assert!(matches!(asked, Error::NotFound), "{asked}");
}

#[test]
fn files_that_cannot_be_read_and_secrets_leave_nothing_behind() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let secret = "TỈNH ỦY\n\nTỐI MẬT\n\nBáo cáo".as_bytes().to_vec();
    let mut cut = template_of(&world, "X11");
    cut.truncate(cut.len() / 2);
    for (name, bytes) in [("a.txt", secret), ("a.docx", cut), ("a.docx", Vec::new())] {
        assert!(
            uploads::keep(&person, report, name, bytes).is_err(),
            "{name}"
        );
    }
    assert!(uploads::waiting(&person, report).expect("seen").is_empty());
    assert!(world.events("X11").is_empty());
}

#[test]
fn a_file_that_was_set_aside_comes_in_no_more() {
    let world = province();
    let (person, report) = (world.person("X11"), world.report("X11"));
    let kept = uploads::keep(&person, report, "a.txt", b"Mot hai ba.".to_vec()).expect("kept");
    uploads::discard(&person, report, kept).expect("set aside");
    let refused = uploads::apply(&person, report, kept, Choices::default()).unwrap_err();
    assert!(matches!(refused, Error::Conflict(_)), "{refused}");
    assert!(uploads::waiting(&person, report).expect("seen").is_empty());
}

#[test]
fn a_returned_report_takes_only_the_sections_that_were_asked_for() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    let district = world.person("H1");
    app::reports::receive::receive(&district, world.report("X11")).expect("received");
    let item = returns::ReturnItem {
        part: returns::ReturnedPart::Section(world.sections[1]),
        reason: "thiếu số liệu".into(),
    };
    returns::send_back(&district, world.report("X11"), "bổ sung", vec![item]).expect("returned");
    returns::revise(&world.person("X11"), world.report("X11")).expect("open again");
    let file = typed_over(
        &template_of(&world, "X11"),
        &[
            ("Đã sửa 02 nhà.", "Đã sửa 03 nhà."),
            ("Xã có 05 thôn.", "Xã có 06 thôn."),
        ],
    );
    let seen = preview(&world, "X11", &file);
    assert_eq!(seen.sections[0].fate, SectionFate::Closed);
    assert_eq!(take(&world, "X11", &file, Choices::default()).sections, 1);
    assert_eq!(text(&world, "X11", 0), "Xã có 05 thôn.");
    assert_eq!(
        text(&world, "X11", 1),
        "Đã xây 05 nhà tình nghĩa.\nĐã sửa 03 nhà."
    );
}

#[test]
fn templates_in_a_mailbox_find_their_reports_and_come_in_only_when_asked() {
    let world = province();
    let file = typed_over(
        &template_of(&world, "X11"),
        &[("[Viết nội dung mục này tại đây]", "Xã có 05 thôn.")],
    );
    let mail = |name: &str, bytes: &[u8]| {
        let body: String = base64(bytes)
            .as_bytes()
            .chunks(76)
            .map(|line| format!("{}\n", String::from_utf8_lossy(line)))
            .collect();
        format!(
            "From xa@example.vn Thu Sep  8 10:00:00 2022\nFrom: xa@example.vn\nSubject: Bao cao\nMIME-Version: 1.0\n\
             Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nKinh gui.\n\n--b\n\
             Content-Type: application/octet-stream; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\
             Content-Transfer-Encoding: base64\n\n{body}\n--b--\n\n"
        )
    };
    let mailbox = [
        mail("bao-cao.docx", &file),
        mail("anh.png", b"\x89PNG"),
        mail("khac.docx", &template_of(&world, "X12")),
    ]
    .concat();
    let person = world.person("X11");
    let look =
        |take| uploads::of_mailbox(&person, "thu.mbox", mailbox.as_bytes(), take).expect("read");
    let seen = look(false);
    assert!(
        matches!(&seen[0].outcome, Delivered::Template { applied: None, .. }),
        "{seen:?}"
    );
    assert!(matches!(&seen[1].outcome, Delivered::Other));
    assert!(matches!(&seen[2].outcome, Delivered::Refused(_)));
    assert_eq!(text(&world, "X11", 0), "");
    let taken = look(true);
    assert!(
        matches!(&taken[0].outcome, Delivered::Template { applied: Some(applied), .. } if applied.sections == 1)
    );
    assert_eq!(text(&world, "X11", 0), "Xã có 05 thôn.");
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let all = [0, 1, 2].map(|at| u32::from(chunk.get(at).copied().unwrap_or(0)));
        let bits = all[0] << 16 | all[1] << 8 | all[2];
        for at in 0..4 {
            let index = (bits >> (18 - 6 * at) & 63) as usize;
            out.push(if at <= chunk.len() {
                char::from(LETTERS[index])
            } else {
                '='
            });
        }
    }
    out
}

#[test]
fn macros_in_a_file_are_left_out_and_named() {
    let world = province();
    let bytes = template_of(&world, "X11");
    let mut writer = zip::ZipWriter::new_append(Cursor::new(bytes)).expect("a zip");
    let options = zip::write::SimpleFileOptions::default();
    writer
        .start_file("word/vbaProject.bin", options)
        .expect("begun");
    writer.write_all(b"Sub AutoOpen()").expect("written");
    let bytes = writer.finish().expect("a zip").into_inner();
    let seen = preview(&world, "X11", &bytes);
    assert!(
        seen.notes.iter().any(|note| note.contains("macro")),
        "{:?}",
        seen.notes
    );
    assert!(seen.sections.is_empty() && seen.loose.is_empty());
}

/// The next campaign asks the same unit again, under another number; gives its report there.
fn next_campaign(world: &World, unit: &str) -> domain::ids::AssignmentId {
    let (campaign, report) = (world.campaign, world.report(unit));
    world
        .db
        .write(move |tx| -> store::Result<domain::ids::AssignmentId> {
            let mut next = store::campaigns::by_id(tx, campaign)?;
            next.short_id = "sk-sau".into();
            let mut first = store::campaigns::sections(tx, campaign)?.remove(0);
            first.number = "IV".into();
            let terms = store::assignments::by_id(tx, report)?.terms;
            let id = store::campaigns::create(tx, &next)?;
            store::campaigns::add_section(tx, id, 1, &first)?;
            store::assignments::create(tx, id, &terms, None, next.created_at)
        })
        .expect("the next campaign")
}

#[test]
fn the_answers_of_the_last_campaign_stand_in_the_template_when_asked_for() {
    let world = province();
    fill_in(&world, "X11");
    adopt_and_send(&world, "X11");
    let next = next_campaign(&world, "X11");
    let person = world.person("X11");
    let fetched = |with_answers| {
        let file = template::file(&person, next, with_answers).expect("a template");
        uploads::preview(&person, next, "mau.docx", &file.bytes).expect("readable")
    };
    assert!(fetched(false).sections.is_empty());
    let seen = fetched(true);
    assert_eq!(seen.sections.len(), 1);
    assert_eq!(seen.sections[0].file, "Xã có 05 thôn.");
    assert_eq!(seen.sections[0].fate, SectionFate::Taken);
}
