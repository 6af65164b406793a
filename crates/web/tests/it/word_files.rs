//! The Word round trip on pages, without JavaScript.

use crate::fixture::{Fixture, outline};
use crate::setup::{Visit, located};
use axum::http::StatusCode;
use domain::ids::SectionId;
use store::Db;

struct World {
    app: app::App,
    folder: tempfile::TempDir,
    /// The page of the commune's report.
    commune: String,
    sections: Vec<SectionId>,
}

impl World {
    fn new() -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let fixture = Fixture::shared();
        let app = fixture.copy(folder.path());
        let db = Db::open_sqlite(folder.path().join("copy.db")).expect("the copy opens");
        World {
            app,
            folder,
            commune: format!("/bao-cao/{}", fixture.report.0 + 2),
            sections: outline(&db).0,
        }
    }

    fn person(&self, login: &str) -> Visit {
        assert!(self.folder.path().exists());
        Visit::on(self.app.clone(), login)
    }

    /// A report as somebody writes it without the template, with a sentence before its first heading.
    fn text(&self, first: &str) -> String {
        format!("Đảng ủy xã báo cáo như sau.\n\nI. TÌNH HÌNH\n\n{first}\n")
    }
}

#[test]
fn a_file_shows_its_differences_and_changes_nothing_before_it_is_taken() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let section = format!("{}/muc/{}", world.commune, world.sections[0]);
    located(&drafter.post(
        &section,
        &[("noi_dung", "Xã có 05 thôn."), ("phien_ban", "0")],
    ));
    let at = format!("{}/nop-tep", world.commune);
    assert!(drafter.page(&world.commune).body.contains("Nộp tệp Word"));
    let file = world.text("Xã có 06 thôn.");
    let sent = drafter.upload(&at, &[], "bao-cao.txt", file.as_bytes());
    let changes = located(&sent);
    let page = drafter.page(&changes);
    assert!(
        page.body.contains("<del>05</del>") && page.body.contains("<ins>06</ins>"),
        "{}",
        page.main()
    );
    assert!(
        page.body.contains("Nội dung chưa xếp mục"),
        "{}",
        page.main()
    );
    assert!(drafter.page(&section).body.contains("Xã có 05 thôn."));
    let taken = [
        (format!("muc-{}", world.sections[0]), "tep".to_owned()),
        ("phan-0".to_owned(), world.sections[1].to_string()),
    ];
    let taken: Vec<(&str, &str)> = taken
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(located(&drafter.post(&changes, &taken)), world.commune);
    assert!(drafter.page(&section).body.contains("Xã có 06 thôn."));
    let second = format!("{}/muc/{}", world.commune, world.sections[1]);
    assert!(
        drafter
            .page(&second)
            .body
            .contains("Đảng ủy xã báo cáo như sau.")
    );
    assert!(
        !drafter.page(&at).body.contains("bao-cao.txt"),
        "nothing waits any more"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_refused_at_the_form() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let at = format!("{}/nop-tep", world.commune);
    let refused = drafter.upload(&at, &[], "bao-cao.docx", b"PK\x03\x04 cut");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Tệp bị hỏng"), "{}", refused.main());
    let mut district = world.person("huyen.drafter");
    let hidden = district.upload(&at, &[], "bao-cao.txt", "Chữ.".as_bytes());
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_refused_file_keeps_what_was_chosen_on_its_page() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let at = format!("{}/nop-tep", world.commune);
    let file = world.text("Xã có **06** thôn.");
    let changes = located(&drafter.upload(&at, &[], "bao-cao.txt", file.as_bytes()));
    assert!(
        drafter
            .page(&changes)
            .body
            .contains("<p>Xã có <b>06</b> thôn.</p>")
    );
    let (first, second) = (world.sections[0], world.sections[1].to_string());
    let (goes, merged) = (format!("muc-{first}"), format!("ghep-{first}"));
    let typed = [
        (goes.as_str(), "ghep"),
        (merged.as_str(), "TUYỆT MẬT\nXã có 06 thôn."),
        ("phan-0", second.as_str()),
    ];
    let refused = drafter.post(&changes, &typed);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let placed = format!(r#"<option value="{second}" selected>"#);
    assert!(refused.body.contains(&placed), "{}", refused.main());
}
