//! Plans in files of every kind: what is repaired, left out, converted, chosen.

use super::support::World;
use app::plans::{Uploaded, read_file};
use app::ports::{Convert, ConvertError, NoOffice};
use domain::plan::FindingKind;

const PLAN: &str = "KẾ HOẠCH\n\nsơ kết 05 năm thực hiện Chỉ thị số 14-CT/TW\n\nCác cấp ủy cơ sở báo cáo kết quả về Tỉnh ủy trước ngày 30/9/2022.\n";
/// "Các cấp ủy cơ sở báo cáo kết quả về Tỉnh ủy trước ngày 30/9/2022." in TCVN3.
const OLD: &[u8] = b"C\xb8c c\xcap \xf1y c\xac s\xeb b\xb8o c\xb8o k\xd5t qu\xb6 v\xd2 T\xd8nh \xf1y tr\xad\xedc ng\xb5y 30/9/2022.\n";

struct Office(Result<Vec<u8>, ConvertError>);

impl Convert for Office {
    fn to_docx(&self, _: &[u8]) -> Result<Vec<u8>, ConvertError> {
        self.0.clone()
    }
}

fn kinds(plan: &app::plans::ReadPlan) -> Vec<FindingKind> {
    plan.reading
        .plan
        .findings
        .iter()
        .map(|finding| finding.kind)
        .collect()
}

#[test]
fn a_plan_in_an_old_encoding_is_repaired_said_and_stored_only_once_somebody_compared() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let Uploaded::Repaired { kept, read } = app::plans::upload(&ctx, "kh.txt", OLD).unwrap() else {
        panic!("it has to be compared")
    };
    assert!(kinds(&read).contains(&FindingKind::LegacyEncoding));
    let repair = app::incoming::repair(&read.notes).unwrap();
    assert!(
        repair.samples[0].after.starts_with("Các cấp ủy cơ sở"),
        "{repair:?}"
    );
    assert_eq!(world.count("plan"), 0);
    let id = app::plans::confirm_upload(&ctx, "kh.txt", &kept).unwrap();
    let stored = app::plans::get(&ctx, id).unwrap();
    assert_eq!(
        stored.edited.assignments[0].due.unwrap().to_string(),
        "2022-09-30"
    );
    assert!(app::plans::confirm_upload(&ctx, "kh.txt", "0000").is_err());
}

#[test]
fn a_plan_in_unicode_is_stored_at_once() {
    let world = World::new();
    let ctx = world.as_login("tonghop");
    let done = app::plans::upload(&ctx, "kh.md", PLAN.as_bytes()).unwrap();
    assert!(matches!(done, Uploaded::Stored(_)));
}

#[test]
fn decomposed_letters_are_joined_with_a_finding() {
    let apart: String = PLAN.replace('ế', "ê\u{301}");
    let plan = read_file(&NoOffice, "kh.md", apart.as_bytes()).unwrap();
    assert!(kinds(&plan).contains(&FindingKind::DecomposedUnicode));
    assert!(plan.document.text().contains("sơ kết"));
}

#[test]
fn old_word_files_go_through_the_office_program_or_say_how_to_save_them() {
    let ole = [
        &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..],
        &[0; 600],
    ]
    .concat();
    let docx = include_bytes!("../../../../formats/tests/fixtures/plan-2022.docx").to_vec();
    let plan = read_file(&Office(Ok(docx)), "kh.doc", &ole).unwrap();
    assert_eq!(plan.reading.plan.kind.as_deref(), Some("kế hoạch"));
    for (office, said) in [
        (Office(Err(ConvertError::TimedOut)), "quá lâu"),
        (Office(Err(ConvertError::TooLarge)), "quá lớn"),
        (
            Office(Err(ConvertError::Failed("x".into()))),
            "bị hỏng hoặc có mật khẩu",
        ),
        (Office(Err(ConvertError::Missing)), ".docx"),
    ] {
        let error = read_file(&office, "kh.doc", &ole).unwrap_err().to_string();
        assert!(error.contains(said) && error.contains(".docx"), "{error}");
    }
}

fn mail(files: &[(&str, &str)]) -> String {
    let mut mail = String::from(
        "From: a@b.vn\r\nSubject: x\r\nDate: Mon, 26 Sep 2022 08:00:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nKính gửi các đồng chí.\r\n",
    );
    for (name, text) in files {
        mail.push_str(&format!("--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{text}\r\n"));
    }
    mail + "--b--\r\n"
}

#[test]
fn of_a_mail_the_attachment_that_looks_like_a_plan_is_read_and_the_rest_is_named() {
    let bytes = mail(&[
        ("danh-sach.txt", "Một\n\nHai\n\nBa\n\nBốn\n\nNăm"),
        ("ke-hoach.txt", PLAN),
    ]);
    let plan = read_file(&NoOffice, "thu.eml", bytes.as_bytes()).unwrap();
    assert!(plan.document.text().starts_with("KẾ HOẠCH"));
    let said = plan
        .reading
        .plan
        .findings
        .iter()
        .find(|finding| finding.kind == FindingKind::LeftOut)
        .unwrap();
    assert!(
        said.message.contains("ke-hoach.txt") && said.message.contains("danh-sach.txt"),
        "{}",
        said.message
    );
}

#[test]
fn a_secrecy_mark_on_any_part_of_a_mail_refuses_it() {
    let bytes = mail(&[
        ("ke-hoach.txt", PLAN),
        ("khac.txt", "TỐI MẬT\n\nCÔNG VĂN\n\nvề việc"),
    ]);
    let error = read_file(&NoOffice, "thu.eml", bytes.as_bytes()).unwrap_err();
    assert!(error.to_string().contains("TỐI MẬT"), "{error}");
}
