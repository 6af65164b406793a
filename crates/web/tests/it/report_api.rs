//! The life of a report as programs live it: over the API alone, each with the token of its account.

use crate::fixture::{Fixture, outline};
use crate::site::{Browser, Reply};
use app::App;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use store::Db;
use web::Web;

/// Programs of a commune, of its district, and of the body that the district's report goes through.
pub struct Programs {
    pub browser: Browser,
    app: App,
    _folder: tempfile::TempDir,
}

impl Programs {
    pub fn new() -> Programs {
        let folder = tempfile::tempdir().expect("a folder");
        let app = Fixture::shared().copy(folder.path());
        let outlined = Db::open_sqlite(folder.path().join("copy.db")).expect("the copy opens");
        outline(&outlined);
        Programs {
            browser: Browser::at(Web::new(app.clone())),
            app,
            _folder: folder,
        }
    }

    fn send(&mut self, login: &str, method: Method, path: &str, kind: &str, body: &[u8]) -> Reply {
        let ctx = self.app.ctx_of(login).expect("an account");
        let token = app::accounts::issue_token(&ctx, login).expect("one's own token");
        let headers = [
            ("content-type", kind),
            ("authorization", &format!("Bearer {token}")),
        ];
        let path = format!("/api/v1{path}");
        self.browser.send(method, &path, &headers, body.to_vec())
    }

    fn ask(&mut self, login: &str, method: Method, path: &str, body: &Value) -> Reply {
        let body = body.to_string();
        self.send(login, method, path, "application/json", body.as_bytes())
    }

    pub fn get(&mut self, login: &str, path: &str) -> Value {
        let reply = self.ask(login, Method::GET, path, &Value::Null);
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.body);
        reply.json()
    }

    /// A request that is taken.
    pub fn done(&mut self, login: &str, method: Method, path: &str, body: Value) -> Value {
        let reply = self.ask(login, method, path, &body);
        assert!(reply.status.is_success(), "{path}: {}", reply.body);
        reply.json()
    }

    /// A request that is refused: its status and the error.
    pub fn refused(
        &mut self,
        login: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> (u16, Value) {
        let reply = self.ask(login, method, path, &body);
        (reply.status.as_u16(), reply.json()["error"].take())
    }

    /// From a finished draft to the receipt.
    pub fn adopt_and_send(&mut self, unit: &str, path: &str) -> Value {
        let (drafter, leader) = (format!("{unit}.drafter"), format!("{unit}.leader"));
        let step = |name: &str| format!("{path}/{name}");
        self.done(&drafter, Method::POST, &step("propose"), json!({}));
        let vote = self.done(&leader, Method::POST, &step("adopt"), vote(9));
        assert_eq!(vote, json!({"passed": true, "state": "adopted"}));
        let signed = json!({"position": "BÍ THƯ", "signer": "Nguyễn Văn A"});
        self.done(&leader, Method::POST, &step("issue"), signed);
        self.done(&leader, Method::POST, &step("send"), json!({}))
    }
}

fn vote(votes_for: u32) -> Value {
    json!({
        "held_on": "2022-09-25", "incumbents": 11, "present": 10, "absent_excused": 1,
        "votes_for": votes_for, "votes_against": 10 - votes_for, "chair": "Nguyễn Văn A",
    })
}

/// The path of the one report that a unit owes, and the ids of its two sections.
pub fn owed(programs: &mut Programs, drafter: &str) -> (String, [String; 2]) {
    let work = programs.get(drafter, "/work");
    let id = work["owed"][0]["report"].as_i64().expect("one is owed");
    let path = format!("/reports/{id}");
    let report = programs.get(drafter, &path);
    let section = |at: usize| {
        let id = &report["content"]["sections"][at]["id"];
        format!("{path}/sections/{id}")
    };
    let sections = [section(0), section(1)];
    (path, sections)
}

const DRAFTER: &str = "xa.drafter";
const LEADER: &str = "xa.leader";
const DISTRICT: &str = "huyen.coordinator";

#[test]
fn a_leader_sends_a_whole_report_in_one_request_and_a_drafter_may_not() {
    let mut programs = Programs::new();
    let (path, [first, _]) = owed(&mut programs, DRAFTER);
    let id: i64 = first
        .rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("an id");
    let report = |text: &str| {
        json!({
            "sections": [{ "section": id, "text": text }, { "section": "II", "text": "Đã sửa 2 nhà." }],
            "figures": { "CT01": { "2020": "1.234", "2021": "na" } },
            "adoption": vote(9),
            "issue": { "position": "BÍ THƯ", "signer": "Nguyễn Văn A" },
        })
    };
    let whole = format!("{path}/whole");
    let once = report("Xã có 5 thôn.");
    let (status, _) = programs.refused(DRAFTER, Method::POST, &whole, once.clone());
    assert_eq!(status, 403);
    let receipt = programs.done(LEADER, Method::POST, &whole, once.clone());
    assert_eq!(programs.done(LEADER, Method::POST, &whole, once), receipt);
    let other = report("Xã có 6 thôn.");
    let (status, error) = programs.refused(LEADER, Method::POST, &whole, other);
    assert_eq!(status, 422);
    let why = error["message"].as_str().expect("a reason");
    assert!(why.contains("nội dung khác"), "{why}");
    let checked = programs.get(DISTRICT, &format!("{path}/receipt"));
    assert_eq!(checked["code"], receipt["code"]);
    assert_eq!(checked["is_unchanged"], true);
}

#[test]
fn a_program_takes_a_report_from_the_first_word_through_a_return_to_acceptance() {
    let mut programs = Programs::new();
    let (path, [first, second]) = owed(&mut programs, DRAFTER);
    let step = |name: &str| format!("{path}/{name}");
    let report = programs.get(DRAFTER, &path);
    assert_eq!(report["state"], "assigned");
    assert_eq!(report["offered"], json!(["draft"]));
    assert_eq!(report["content"]["blockers"][0]["kind"], "empty_section");

    let text = |text: &str, version: i64| json!({"text": text, "base_version": version});
    programs.done(DRAFTER, Method::PUT, &first, text("Xã có 5 thôn.", 0));
    programs.done(DRAFTER, Method::PUT, &second, text("Đã sửa 2 nhà.", 0));
    let (status, error) = programs.refused(DRAFTER, Method::POST, &step("propose"), json!({}));
    assert_eq!(status, 422);
    assert_eq!(
        error["problems"][0]["message"],
        "Chỉ tiêu CT01 “Chỉ tiêu CT01” còn trống (2020, 2021)"
    );
    let figures =
        json!({"figures": {"CT01": {"2020": "1.234", "2021": "na"}, "CT02": {"2020": "0"}}});
    let saved = programs.done(DRAFTER, Method::PUT, &step("figures"), figures);
    assert_eq!(saved["changed"], 3);
    let table = programs.get(DRAFTER, &step("figures"));
    assert_eq!(
        table["figures"],
        json!({"CT01": {"2020": "1.234", "2021": "na"}, "CT02": {"2020": "0", "2021": null}})
    );
    let attached = programs.send(
        DRAFTER,
        Method::POST,
        &step("attachments?name=bien-ban.pdf"),
        "application/octet-stream",
        b"%PDF",
    );
    assert_eq!(attached.status, StatusCode::CREATED, "{}", attached.body);
    // Nothing of it is there for the district yet but where it stands.
    let standing = programs.get(DISTRICT, &path);
    assert_eq!(standing["state"], "drafting");
    assert_eq!(standing["content"], Value::Null);

    programs.done(DRAFTER, Method::POST, &step("propose"), json!({}));
    let failed = programs.done(LEADER, Method::POST, &step("adopt"), vote(5));
    assert_eq!(failed, json!({"passed": false, "state": "in_adoption"}));
    programs.done(DRAFTER, Method::POST, &step("take-back"), json!({}));
    let receipt = programs.adopt_and_send("xa", &path);
    let again = programs.done(LEADER, Method::POST, &step("send"), json!({}));
    assert_eq!(again, receipt, "sending twice is sending once");
    let checked = programs.get(DISTRICT, &step("receipt"));
    assert_eq!(checked["code"], receipt["code"]);
    assert_eq!(checked["is_unchanged"], true);

    programs.done(DISTRICT, Method::POST, &step("receive"), json!({}));
    let read = programs.get(DISTRICT, &path);
    let section = read["content"]["sections"][1]["id"].clone();
    let back = json!({
        "reason": "Cần bổ sung",
        "items": [{"section": section, "reason": "Nêu từng nhà"}, {"indicator": "CT02"}],
    });
    let returned = programs.done(DISTRICT, Method::POST, &step("return"), back);
    assert_eq!(returned, json!({"state": "returned", "revision": 1}));
    let report = programs.get(DRAFTER, &path);
    assert_eq!(report["offered"], json!(["revise"]));
    assert_eq!(
        report["content"]["returns"][0]["items"][1]["indicator"],
        "CT02"
    );
    programs.done(DRAFTER, Method::POST, &step("revise"), json!({}));
    let (status, _) = programs.refused(DRAFTER, Method::PUT, &first, text("Xã có 6 thôn.", 1));
    assert_eq!(status, 422, "only what the return names is open");
    let version = programs.get(DRAFTER, &second)["version"].as_i64();
    let mended = text("Đã sửa 2 nhà: ông A, bà B.", version.expect("a version"));
    programs.done(DRAFTER, Method::PUT, &second, mended);
    programs.adopt_and_send("xa", &path);
    programs.done(DISTRICT, Method::POST, &step("receive"), json!({}));
    let accepted = programs.done(DISTRICT, Method::POST, &step("accept"), json!({}));
    assert_eq!(accepted, json!({"state": "accepted", "revision": 2}));
    let report = programs.get(DISTRICT, &path);
    assert_eq!(
        report["content"]["changed_since_last_sent"][0]["name"],
        "II. Kết quả"
    );
    let before = programs.get(DISTRICT, &format!("{path}?revision=1"));
    assert_eq!(before["content"]["sections"][1]["text"], "Đã sửa 2 nhà.");
    for (format, kind) in [
        ("docx", "wordprocessingml"),
        ("xlsx", "spreadsheetml"),
        ("pdf", "pdf"),
    ] {
        let asked = step(&format!("document?format={format}"));
        let file = programs.ask(DISTRICT, Method::GET, &asked, &Value::Null);
        assert_eq!(file.status, StatusCode::OK, "{format}: {}", file.body);
        assert!(file.header("content-type").contains(kind));
    }
}

#[test]
fn two_programs_in_one_section_are_told_and_both_texts_are_kept() {
    let mut programs = Programs::new();
    let (_, [section, _]) = owed(&mut programs, DRAFTER);
    let text = |text: &str| json!({"text": text, "base_version": 0});
    programs.done(DRAFTER, Method::PUT, &section, text("Bản thứ nhất."));
    let (status, error) = programs.refused(LEADER, Method::PUT, &section, text("Bản thứ hai."));
    assert_eq!((status, &error["kind"]), (409, &json!("conflict")));
    let aside = error["detail"]["kept_aside"].as_i64().expect("an id");
    let seen = programs.get(LEADER, &section);
    assert_eq!(seen["text"], "Bản thứ nhất.");
    assert_eq!(seen["conflicts"][0]["text"], "Bản thứ hai.");
    let settled = programs.done(
        LEADER,
        Method::POST,
        &format!("{section}/conflicts/{aside}"),
        json!({"keep": "merged", "text": "Cả hai bản.", "base_version": 1}),
    );
    assert_eq!(settled["open_conflicts"], 0);
    let versions = programs.get(DRAFTER, &format!("{section}/versions"));
    let texts: Vec<&Value> = versions["versions"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|version| &version["text"])
        .collect();
    assert!(texts.contains(&&json!("Bản thứ hai.")), "{texts:?}");
    let restore = format!("{section}/versions/1");
    programs.done(DRAFTER, Method::POST, &restore, json!({}));
    assert_eq!(programs.get(DRAFTER, &section)["text"], "Bản thứ nhất.");
}

#[test]
fn two_programs_in_one_table_clash_only_in_the_same_cell() {
    let mut programs = Programs::new();
    let (path, _) = owed(&mut programs, DRAFTER);
    let figures = format!("{path}/figures");
    let cells = |one: &str, two: &str| {
        json!({"figures": {"CT01": {"2020": one}, "CT02": {"2020": two}},
               "was": {"CT01": {"2020": null}}})
    };
    programs.done(DRAFTER, Method::PUT, &figures, cells("1", "2"));
    let (status, error) = programs.refused(LEADER, Method::PUT, &figures, cells("9", "3"));
    assert_eq!(status, 409);
    assert_eq!(
        error["detail"]["clashes"],
        json!([{"indicator": "CT01", "period": "2020", "yours": "9", "theirs": "1"}])
    );
    let table = programs.get(DRAFTER, &figures);
    assert_eq!(table["figures"]["CT02"]["2020"], "3");
    for (wrong, place) in [
        (
            json!({"figures": {"CT01": {"2020": "1,5"}}}),
            "Chỉ tiêu CT01, 2020",
        ),
        (
            json!({"figures": {"CT01": {"năm": "1"}}}),
            "Chỉ tiêu CT01, năm",
        ),
        (
            json!({"figures": {"CT09": {"2020": "1"}}}),
            "Chỉ tiêu CT09, 2020",
        ),
        (json!({"figures": {"CT01": {"2020": 5}}}), "Nội dung JSON"),
    ] {
        let (status, error) = programs.refused(DRAFTER, Method::PUT, &figures, wrong);
        assert_eq!(
            (status, &error["problems"][0]["place"]),
            (422, &json!(place))
        );
    }
}

#[test]
fn files_come_as_they_are_or_in_a_form_and_go_again() {
    let mut programs = Programs::new();
    let (path, _) = owed(&mut programs, DRAFTER);
    let files = format!("{path}/attachments");
    let form = "--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"a.txt\"\r\n\r\nmột\r\n--x--\r\n";
    let kind = "multipart/form-data; boundary=x";
    let sent = programs.send(DRAFTER, Method::POST, &files, kind, form.as_bytes());
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
    let file = format!("{files}/{}", sent.json()["id"]);
    let got = programs.ask(DRAFTER, Method::GET, &file, &Value::Null);
    assert_eq!(got.body, "một");
    let others = programs.ask(DISTRICT, Method::GET, &file, &Value::Null);
    assert_eq!(others.status, StatusCode::NOT_FOUND);
    programs.done(DRAFTER, Method::DELETE, &file, Value::Null);
    let listed = programs.get(DRAFTER, &files);
    assert_eq!(listed, json!({"attachments": []}));
    let nameless = programs.send(DRAFTER, Method::POST, &files, "text/plain", b"x");
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn a_district_withdraws_and_sends_again_and_its_intermediary_forwards() {
    let mut programs = Programs::new();
    let (path, sections) = owed(&mut programs, "huyen.drafter");
    let step = |name: &str| format!("{path}/{name}");
    let waived = json!({"reason": "Đang sáp nhập"});
    let (leads, above) = ("dan-van.coordinator", "tinh.leader");
    programs.done(leads, Method::POST, &step("waive"), waived);
    programs.done(leads, Method::POST, &step("reinstate"), json!({}));
    for section in &sections {
        let text = json!({"text": "Toàn huyện đã làm.", "base_version": 0});
        programs.done("huyen.drafter", Method::PUT, section, text);
    }
    programs.adopt_and_send("huyen", &path);
    let why = json!({"reason": "Sai phụ lục"});
    programs.done("huyen.clerk", Method::POST, &step("withdraw"), why);
    let suggested = programs.get("huyen.leader", &step("issue"));
    assert_eq!(suggested["dated"], "2022-09-26");
    programs.adopt_and_send("huyen", &path);
    let (status, error) = programs.refused(above, Method::POST, &step("accept"), json!({}));
    assert_eq!((status, &error["kind"]), (422, &json!("refused")));
    programs.done("dan-van.clerk", Method::POST, &step("receive"), json!({}));
    let waiting = programs.get("dan-van.clerk", "/work");
    assert_eq!(
        waiting["waiting"][0]["offered"],
        json!(["forward", "return"])
    );
    programs.done("dan-van.clerk", Method::POST, &step("forward"), json!({}));
    let (status, _) = programs.refused(
        "huyen-khac.leader",
        Method::POST,
        &step("accept"),
        json!({}),
    );
    assert_eq!(status, 404, "a sibling knows of nothing");
    programs.done(above, Method::POST, &step("accept"), json!({}));
}

#[test]
fn a_token_that_is_none_is_told_so_and_one_for_others_is_an_administrators_to_make() {
    let mut programs = Programs::new();
    for headers in [
        vec![],
        vec![("authorization", "Bearer khong-co")],
        vec![("authorization", "Basic eDp5")],
    ] {
        let reply = programs
            .browser
            .send(Method::GET, "/api/v1/work", &headers, Vec::new());
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        assert_eq!(reply.json()["error"]["kind"], "not_signed_in");
    }
    let issued = |by: &str| {
        let ctx = programs.app.ctx_of(by).expect("an account");
        app::accounts::issue_token(&ctx, DRAFTER)
    };
    assert!(issued("xa.administrator").is_ok());
    assert!(matches!(issued(LEADER), Err(app::Error::Forbidden)));
}

#[test]
fn a_template_goes_out_and_a_file_comes_in_as_chosen() {
    let mut programs = Programs::new();
    let (path, sections) = owed(&mut programs, DRAFTER);
    let template = programs.ask(
        DRAFTER,
        Method::GET,
        &format!("{path}/template"),
        &Value::Null,
    );
    assert_eq!(template.status, StatusCode::OK);
    let uploads = format!("{path}/uploads");
    let file = "Đảng ủy xã báo cáo như sau.\n\nI. TÌNH HÌNH\n\nXã có 05 thôn.\n";
    let named = format!("{uploads}?name=bao-cao.txt");
    let sent = programs.send(DRAFTER, Method::POST, &named, "text/plain", file.as_bytes());
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
    let answer = sent.json();
    assert_eq!(answer["changes"]["sections"][0]["fate"], "taken");
    assert_eq!(answer["changes"]["loose"][0]["index"], 0);
    let kept = format!("{uploads}/{}", answer["id"]);
    assert_eq!(programs.get(DRAFTER, &kept), answer["changes"]);
    let hidden = programs.ask(DISTRICT, Method::GET, &kept, &Value::Null);
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    let second = sections[1]
        .rsplit('/')
        .next()
        .and_then(|id| id.parse::<i64>().ok());
    let wish = json!({ "loose": { "0": second } });
    let applied = programs.done(DRAFTER, Method::POST, &format!("{kept}/apply"), wish);
    assert_eq!(
        applied,
        json!({ "sections": 1, "figures": 0, "beside": 0, "placed": 1, "loose_left": 0 })
    );
    assert_eq!(programs.get(DRAFTER, &uploads), json!({ "uploads": [] }));
}
