//! The life of a report on pages, without JavaScript: written, adopted, issued, sent, returned, mended, accepted.

use crate::fixture::{Fixture, outline};
use crate::setup::{Visit, located};
use axum::http::{Method, StatusCode};
use domain::ids::{IndicatorId, SectionId};
use store::Db;

/// A province whose campaign asks for two sections and two indicators.
pub(crate) struct World {
    app: app::App,
    folder: tempfile::TempDir,
    /// The page of the commune's report, which goes to the district.
    pub(crate) commune: String,
    /// The page of the district's report, which goes through the leading body to the province.
    district: String,
    sections: Vec<SectionId>,
    indicators: Vec<IndicatorId>,
}

impl World {
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let fixture = Fixture::shared();
        let app = fixture.copy(folder.path());
        let db = Db::open_sqlite(folder.path().join("copy.db")).expect("the copy opens");
        let (sections, indicators) = outline(&db);
        World {
            app,
            folder,
            commune: format!("/bao-cao/{}", fixture.report.0 + 2),
            district: format!("/bao-cao/{}", fixture.report),
            sections,
            indicators,
        }
    }

    pub(crate) fn person(&self, login: &str) -> Visit {
        assert!(self.folder.path().exists());
        Visit::on(self.app.clone(), login)
    }

    pub(crate) fn section(&self, at: usize) -> String {
        format!("{}/muc/{}", self.commune, self.sections[at])
    }

    /// Everything the commune must write.
    pub(crate) fn fill_in(&self, drafter: &mut Visit) {
        for (at, text) in [(0, "Xã có 05 thôn."), (1, "Đã xây 05 nhà.")] {
            save(drafter, &self.section(at), text, "0");
        }
        let figures = [("so[CT01][2020]", "5"), ("so[CT01][2021]", "-")];
        located(&drafter.post(&format!("{}/so-lieu", self.commune), &figures));
    }

    /// From the draft to the receipt.
    fn adopt_and_send(&self, number: &str) {
        let mut leader = self.person("xa.leader");
        located(&leader.post(&format!("{}/trinh", self.commune), &[]));
        located(&leader.post(&format!("{}/thong-qua", self.commune), &VOTE));
        let mut clerk = self.person("xa.clerk");
        let issue = [
            ("so", number),
            ("ngay", "2022-09-26"),
            ("chuc_vu", "BÍ THƯ"),
            ("nguoi_ky", "Trần Văn Nam"),
        ];
        located(&clerk.post(&format!("{}/ban-hanh", self.commune), &issue));
        let receipt = located(&clerk.post(&format!("{}/gui", self.commune), &[]));
        assert_eq!(receipt, format!("{}/bien-nhan", self.commune));
    }
}

pub(crate) const VOTE: [(&str, &str); 6] = [
    ("hinh_thuc", "hop"),
    ("ngay", "2022-09-25"),
    ("uy_vien", "11"),
    ("co_mat", "10"),
    ("vang_phep", "1"),
    ("tan_thanh", "10"),
];

/// Saves a section by the button.
pub(crate) fn save(visit: &mut Visit, section: &str, text: &str, base: &str) -> String {
    located(&visit.post(section, &[("noi_dung", text), ("phien_ban", base)]))
}

/// Sends a form as the script of its page does.
fn by_script(visit: &mut Visit, path: &str, fields: &[(&str, &str)]) -> serde_json::Value {
    let mut all = vec![("_token", visit.token.as_str())];
    all.extend(fields);
    let body = serde_html_form::to_string(all).expect("fields of text");
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("accept", "application/json"),
    ];
    let sent = body.into_bytes();
    let reply = visit.browser.send(Method::POST, path, &headers, sent);
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    reply.json()
}

/// Saves a section as the script of the page does.
fn autosave(visit: &mut Visit, section: &str, text: &str, base: &str) -> serde_json::Value {
    by_script(visit, section, &[("noi_dung", text), ("phien_ban", base)])
}

#[test]
fn a_report_goes_from_the_first_word_through_a_return_to_acceptance() {
    let world = World::new();
    let report = world.commune.clone();
    let mut drafter = world.person("xa.drafter");
    let home = drafter.page("/");
    insta::assert_snapshot!("what_a_commune_owes", drafter.shown(&home));
    let empty = drafter.page(&report);
    insta::assert_snapshot!("a_report_that_nobody_began", drafter.shown(&empty));
    let editor = drafter.page(&world.section(0));
    insta::assert_snapshot!("the_editor_of_an_empty_section", drafter.shown(&editor));
    world.fill_in(&mut drafter);
    assert!(
        !drafter.page(&report).body.contains("chưa trình tập thể"),
        "nothing blocks"
    );
    world.adopt_and_send("7");
    let receipt = drafter.page(&format!("{report}/bien-nhan"));
    assert!(receipt.body.contains("Nội dung đang lưu khớp"));
    assert!(receipt.body.contains("gửi sớm"));

    let mut clerk = world.person("huyen.clerk");
    let waiting = clerk.page("/");
    insta::assert_snapshot!("what_waits_for_a_district", clerk.shown(&waiting));
    located(&clerk.post(&format!("{report}/tiep-nhan"), &[]));
    let form = clerk.page(&format!("{report}/tra-lai"));
    assert!(form.body.contains("Chỉ tiêu CT01"), "{}", form.main());
    let silent = clerk.post(&format!("{report}/tra-lai"), &[("ly_do", " ")]);
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let section = format!("muc[{}]", world.sections[1]);
    let indicator = format!("chi_tieu[{}]", world.indicators[0]);
    let reasons = [
        ("ly_do", "Bổ sung kết quả."),
        (section.as_str(), "Nêu rõ từng năm."),
        (indicator.as_str(), "Kiểm tra lại năm 2021."),
    ];
    located(&clerk.post(&format!("{report}/tra-lai"), &reasons));

    let returned = drafter.page(&report);
    insta::assert_snapshot!(
        "a_returned_report_says_what_to_mend",
        between(&drafter.shown(&returned), "notice error", "Nội dung")
    );
    located(&drafter.post(&format!("{report}/sua-lai"), &[]));
    let mending = drafter.page(&report);
    assert_eq!(mending.body.matches("cần bổ sung</span>").count(), 1);
    let closed = drafter.post(
        &world.section(0),
        &[("noi_dung", "Sửa chui."), ("phien_ban", "1")],
    );
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(closed.body.contains("không được yêu cầu bổ sung"));
    save(&mut drafter, &world.section(1), "Đã xây 07 nhà.", "1");
    world.adopt_and_send("8");

    let mut leader = world.person("huyen.leader");
    assert!(leader.page("/").body.contains("gửi lại sau bổ sung"));
    let changes = leader.page(&format!("{report}/thay-doi"));
    assert!(
        changes.body.contains("<del>05</del>") && changes.body.contains("<ins>07</ins>"),
        "{}",
        changes.main()
    );
    let first = leader.page(&format!("{report}/toan-van?lan=1"));
    assert!(first.body.contains("Đã xây 05 nhà."));
    located(&leader.post(&format!("{report}/tiep-nhan"), &[]));
    located(&leader.post(&format!("{report}/chap-nhan"), &[]));
    let accepted = leader.page(&report);
    let times = leader.shown(&accepted);
    insta::assert_snapshot!("an_accepted_report", without_codes(&times));
}

/// The part of a page from one word to another.
fn between(page: &str, from: &str, to: &str) -> String {
    let (_, after) = page.split_once(from).expect("the first word");
    after.split(to).next().unwrap_or_default().to_owned()
}

/// A page without the random code of its receipt.
fn without_codes(page: &str) -> String {
    match page.split_once("/bien-nhan\">") {
        Some((before, after)) => {
            let (_, rest) = after.split_once('<').unwrap_or_default();
            format!("{before}/bien-nhan\">…<{rest}")
        }
        None => page.to_owned(),
    }
}

#[test]
fn a_report_passes_its_intermediary_before_the_addressee_accepts_it() {
    let world = World::new();
    let report = world.district.clone();
    let mut drafter = world.person("huyen.coordinator");
    for section in &world.sections {
        save(
            &mut drafter,
            &format!("{report}/muc/{section}"),
            "Toàn huyện đã triển khai.",
            "0",
        );
    }
    let figures = drafter.page(&format!("{report}/so-lieu"));
    assert!(figures.body.contains("tổng hợp từ các đơn vị gửi lên"));
    assert!(!figures.body.contains("name=\"so["));
    let hub = drafter.page(&report);
    assert!(hub.body.contains(&format!("{report}/tong-hop")));
    let mut leader = world.person("huyen.leader");
    located(&leader.post(&format!("{report}/trinh"), &[]));
    located(&leader.post(&format!("{report}/thong-qua"), &VOTE));
    let form = leader.page(&format!("{report}/ban-hanh"));
    let issued = leader.press(
        &format!("{report}/ban-hanh"),
        &form,
        ("nguoi_ky", "Lê Văn Bình"),
    );
    assert_eq!(
        issued.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the first box counts, and it is empty"
    );
    let issue = [
        ("ngay", "2022-09-26"),
        ("chuc_vu", "BÍ THƯ"),
        ("nguoi_ky", "Lê Văn Bình"),
    ];
    located(&leader.post(&format!("{report}/ban-hanh"), &issue));
    located(&leader.post(&format!("{report}/gui"), &[]));
    let mut board = world.person("dan-van.clerk");
    located(&board.post(&format!("{report}/tiep-nhan"), &[]));
    let mut province = world.person("tinh.leader");
    let early = province.post(&format!("{report}/chap-nhan"), &[]);
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("đầu mối"), "{}", early.main());
    located(&board.post(&format!("{report}/chuyen"), &[]));
    located(&province.post(&format!("{report}/chap-nhan"), &[]));
}

#[test]
fn two_writers_of_one_section_keep_both_texts_and_settle_them() {
    let world = World::new();
    let section = world.section(0);
    let (mut one, mut two) = (world.person("xa.drafter"), world.person("xa.leader"));
    let first = autosave(&mut one, &section, "Bản một.", "0");
    assert_eq!(first["set"]["phien_ban"], "1");
    assert!(two.page(&section).body.contains("Đang cùng mở mục này"));
    let late = autosave(&mut two, &section, "Bản hai.", "0");
    assert!(
        late["warning"]
            .as_str()
            .is_some_and(|says| says.contains("Ghép hai bản"))
    );
    assert!(
        late["set"].get("phien_ban").is_none(),
        "typing goes on aside"
    );
    autosave(&mut two, &section, "Bản hai, viết tiếp.", "0");
    let to = save(&mut two, &section, "Bản hai, viết xong.", "0");
    assert_eq!(to, format!("{section}/ghep"));
    let page = two.page(&to);
    assert!(page.body.contains("Bản một.") && page.body.contains("Bản hai, viết xong."));
    let merged = [("chon", "ghep"), ("noi_dung", "Bản một. Bản hai.")];
    let page = one.page(&to);
    let settled = one.post(
        &to,
        &[
            merged[0],
            merged[1],
            ("ban", &value_of(&page.body, "ban")),
            ("phien_ban", "1"),
        ],
    );
    assert_eq!(located(&settled), section);
    let history = two.page(&format!("{section}/lich-su"));
    assert!(history.body.contains("giữ riêng do hai người cùng viết"));
    let row = history
        .body
        .rsplit("?ban=")
        .next()
        .and_then(|rest| rest.split('"').next())
        .expect("the oldest version")
        .to_owned();
    let old = two.page(&format!("{section}/lich-su?ban={row}"));
    assert!(old.body.contains("Lấy lại bản này"));
    located(&two.post(&format!("{section}/khoi-phuc"), &[("ban", &row)]));
    assert!(two.page(&section).body.contains("\nBản một.</textarea>"));
}

/// The value of the first field with this name.
fn value_of(html: &str, name: &str) -> String {
    let (_, after) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .expect("the field");
    after.split('"').next().unwrap_or_default().to_owned()
}

#[test]
fn wrong_figures_are_named_and_nothing_typed_is_lost() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let path = format!("{}/so-lieu", world.commune);
    let typed = [
        ("so[CT01][2020]", "1.234,5"),
        ("so[CT01][2021]", "mười hai"),
        ("so[CT02][2020]", "0"),
    ];
    let wrong = drafter.post(&path, &typed);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!("wrong_figures", drafter.shown(&wrong));
    assert!(
        !drafter.page(&path).body.contains("1.234,5"),
        "nothing was saved"
    );
    let right = [typed[0], ("so[CT01][2021]", "-"), typed[2]];
    located(&drafter.post(&path, &right));
    let page = drafter.page(&path);
    for kept in ["value=\"1.234,5\"", "value=\"-\"", "value=\"0\""] {
        assert!(page.body.contains(kept), "{kept}");
    }
    let mut leader = world.person("xa.leader");
    let clash = leader.post(&path, &[("cu[CT01][2020]", ""), ("so[CT01][2020]", "9")]);
    assert!(
        clash.body.contains("người kia ghi 1.234,5") && clash.body.contains("value=\"9\""),
        "{}",
        clash.main()
    );
}

#[test]
fn the_script_saves_the_figures_that_are_right_and_names_the_others() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let path = format!("{}/so-lieu", world.commune);
    let typed = [
        ("so[CT01][2020]", "12"),
        ("cu[CT01][2020]", ""),
        ("so[CT01][2021]", "1,234"),
        ("cu[CT01][2021]", ""),
    ];
    let saved = by_script(&mut drafter, &path, &typed);
    assert_eq!(saved["saved"], "09:00");
    assert_eq!(saved["set"], serde_json::json!({ "cu[CT01][2020]": "12" }));
    assert_eq!(
        saved["warning"],
        "Chưa lưu ô không phải là số: Chỉ tiêu CT01, 2021"
    );
    let mut leader = world.person("xa.leader");
    let other = [("so[CT01][2020]", "13"), ("cu[CT01][2020]", "")];
    let clash = by_script(&mut leader, &path, &other);
    assert_eq!(clash["set"], serde_json::json!({}));
    let says = clash["warning"].as_str().unwrap_or_default();
    assert!(says.contains("Chỉ tiêu CT01, 2020"), "{says}");
}

#[test]
fn a_sent_report_is_asked_back_and_an_unsent_one_waived_and_asked_for_again() {
    let world = World::new();
    let report = &world.commune;
    let mut drafter = world.person("xa.drafter");
    world.fill_in(&mut drafter);
    let mut above = world.person("huyen.leader");
    located(&above.post(&format!("{report}/mien"), &[("ly_do", "Mới sáp nhập.")]));
    assert!(drafter.page(report).body.contains("Mới sáp nhập."));
    located(&above.post(
        &format!("{report}/bo-mien"),
        &[("ly_do", "Vẫn cần số liệu.")],
    ));
    save(
        &mut drafter,
        &world.section(0),
        "Xã có 05 thôn, 02 khu phố.",
        "1",
    );
    world.adopt_and_send("3");
    let mut leader = world.person("xa.leader");
    let silent = leader.post(&format!("{report}/thu-hoi"), &[]);
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        silent.body.contains("Hãy ghi rõ lý do"),
        "{}",
        silent.main()
    );
    let reason = [("ly_do", "Gửi nhầm phụ lục.")];
    located(&leader.post(&format!("{report}/thu-hoi"), &reason));
    let back = leader.page(report);
    assert!(back.body.contains("đã gửi rồi thu hồi"), "{}", back.main());
    let hidden = above.browser.get(&format!("{report}/toan-van"));
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
}

#[test]
fn a_draft_is_invisible_above_and_beside_until_it_is_sent() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    world.fill_in(&mut drafter);
    let report = &world.commune;
    let mut above = world.person("huyen.coordinator");
    let status = above.page(report);
    assert!(status.body.contains("Đơn vị chưa gửi báo cáo"));
    for hidden in ["05 thôn", "Lưu mục", "toan-van"] {
        assert!(!status.body.contains(hidden), "{hidden}");
    }
    assert!(!above.page("/").body.contains("Đảng ủy xã Thử"));
    for end in [
        "toan-van",
        "so-lieu",
        "thay-doi",
        "tep",
        "bien-nhan",
        "tai-ve",
        "thong-qua",
    ] {
        let reply = above.browser.get(&format!("{report}/{end}"));
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{end}");
    }
    let section = above.browser.get(&world.section(0));
    assert_eq!(section.status, StatusCode::NOT_FOUND);
    let mut beside = world.person("huyen-khac.leader");
    assert_eq!(beside.browser.get(report).status, StatusCode::NOT_FOUND);
}

#[test]
fn markup_in_a_text_is_shown_as_text_everywhere() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let evil = "</textarea><script>alert(1)</script>";
    save(&mut drafter, &world.section(0), evil, "0");
    let report = world.commune.clone();
    for path in [
        report.clone(),
        format!("{report}/toan-van"),
        world.section(0),
        format!("{}/lich-su", world.section(0)),
    ] {
        assert!(
            !drafter.page(&path).body.contains("<script>alert"),
            "{path}"
        );
    }
    let kept = drafter.page(&format!("{report}/toan-van"));
    assert!(kept.body.contains("&lt;script&gt;alert"), "{}", kept.main());
}

#[test]
fn a_very_long_report_is_read_page_by_page() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let long = "Đã thăm hỏi, tặng quà các gia đình chính sách.\n".repeat(4000);
    save(&mut drafter, &world.section(0), &long, "0");
    save(&mut drafter, &world.section(1), "Đoạn cuối cùng.", "0");
    let text = format!("{}/toan-van", world.commune);
    let first = drafter.page(&text);
    assert!(first.body.contains("Trang 1/") && !first.body.contains("Đoạn cuối cùng."));
    let last = drafter.page(&format!("{text}?trang=1000"));
    assert!(last.body.contains("Đoạn cuối cùng."));
    for end in ["", "/thay-doi", "/so-lieu", "/tep"] {
        drafter.page(&format!("{}{end}", world.commune));
    }
    let history = drafter.page(&format!("{}/lich-su", world.section(0)));
    let row = history.body.split("?ban=").nth(1).expect("a version");
    let row = row.split('"').next().unwrap_or_default().to_owned();
    let old = drafter.page(&format!("{}/lich-su?ban={row}", world.section(0)));
    assert!(old.body.contains("không hiện hết"));
}

#[test]
fn files_are_added_read_and_taken_off() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let path = format!("{}/tep", world.commune);
    let none = drafter.upload(&path, &[], "", b"");
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    located(&drafter.upload(&path, &[], "Biên bản.pdf", b"%PDF-1.7"));
    let page = drafter.page(&path);
    assert!(page.body.contains("Biên bản.pdf"));
    let file = page
        .body
        .split(&format!("href=\"{path}/"))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a link to the file")
        .to_owned();
    let bytes = drafter.browser.get(&format!("{path}/{file}"));
    assert_eq!(
        (bytes.status, bytes.body.as_str()),
        (StatusCode::OK, "%PDF-1.7")
    );
    located(&drafter.post(&format!("{path}/{file}/bo"), &[]));
    assert!(drafter.page(&path).body.contains("Chưa có tệp đính kèm"));
    let word = drafter
        .browser
        .get(&format!("{}/tai-ve?dang=docx", world.commune));
    assert_eq!(word.status, StatusCode::OK);
    assert!(word.header("content-disposition").contains(".docx"));
}

#[test]
fn a_vote_that_cannot_be_true_is_refused_at_its_field_and_one_without_majority_is_recorded() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    world.fill_in(&mut drafter);
    let mut leader = world.person("xa.leader");
    located(&leader.post(&format!("{}/trinh", world.commune), &[]));
    let path = format!("{}/thong-qua", world.commune);
    let mut vote = VOTE;
    vote[3].1 = "mười";
    let wrong = leader.post(&path, &vote);
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("không phải số người"),
        "{}",
        wrong.main()
    );
    let mut vote = VOTE;
    vote[5].1 = "5";
    located(&leader.post(&path, &vote));
    let hub = leader.page(&world.commune);
    assert!(hub.body.contains("không thông qua") && hub.body.contains("5/11"));
    located(&leader.post(&format!("{}/lay-lai", world.commune), &[]));
}
