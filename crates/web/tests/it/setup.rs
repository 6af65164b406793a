//! From a plan document to an issued campaign, on pages, without JavaScript.

use crate::fixture::{CAMPAIGN, Fixture, PASSWORD};
use crate::site::{Browser, Reply};
use axum::http::{Method, StatusCode};
use web::Web;

const PLAN: &[u8] = include_bytes!("../../../../fixtures/plan-2022.md");
/// Largest page without attachments.
const PAGE_BYTES: usize = 100 * 1024;

pub struct Visit {
    pub browser: Browser,
    pub token: String,
    /// Where the database stands, unless somebody else keeps it.
    _folder: Option<tempfile::TempDir>,
}

impl Visit {
    /// The coordinator of the body that leads.
    pub fn new(login: &str) -> Visit {
        let folder = tempfile::tempdir().expect("a folder");
        let mut visit = Visit::on(Fixture::shared().copy(folder.path()), login);
        visit._folder = Some(folder);
        visit
    }

    /// Somebody at an application that others use too.
    pub fn on(app: app::App, login: &str) -> Visit {
        let mut browser = Browser::at(Web::new(app));
        browser.sign_in(login, PASSWORD);
        let token = browser.token();
        Visit {
            browser,
            token,
            _folder: None,
        }
    }

    pub fn page(&mut self, path: &str) -> Reply {
        let reply = self.browser.get(path);
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.main());
        assert!(
            reply.body.len() < PAGE_BYTES,
            "{path} has {} bytes",
            reply.body.len()
        );
        reply
    }

    /// The main part of a page without the secret of its forms.
    pub fn shown(&self, reply: &Reply) -> String {
        reply.main().replace(&self.token, "…")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.token.clone();
        let mut all = vec![("_token", token.as_str())];
        all.extend(fields);
        self.browser.post(path, &all)
    }

    /// Sends a form with one file.
    pub fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        name: &str,
        bytes: &[u8],
    ) -> Reply {
        self.multipart(path, fields, Some((name, bytes)))
    }

    /// Sends a form that could have a file, without one.
    pub fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.multipart(path, fields, None)
    }

    fn multipart(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Reply {
        let mut body = Vec::new();
        let token = self.token.clone();
        for (field, value) in [("_token", token.as_str())].iter().chain(fields) {
            body.extend(
                format!(
                    "--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        if let Some((name, bytes)) = file {
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"tep\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let headers = [
            ("content-type", "multipart/form-data; boundary=x"),
            ("origin", "http://dondoc.test"),
        ];
        self.browser.send(Method::POST, path, &headers, body)
    }

    /// The same form as the page shows it, sent with one button.
    pub fn press(&mut self, path: &str, page: &Reply, button: (&str, &str)) -> Reply {
        let fields = inputs(&page.body);
        let mut all: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        all.push(button);
        self.post(path, &all)
    }
}

/// Names and values of text fields, as far as this test needs them.
fn inputs(html: &str) -> Vec<(String, String)> {
    let value = |tag: &str, attribute: &str| {
        let (_, rest) = tag.split_once(&format!(" {attribute}=\""))?;
        rest.split('"').next().map(unescape)
    };
    let mut found = Vec::new();
    for tag in html.split("<input").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        if tag.contains("type=\"checkbox\"") || tag.contains("_token") {
            continue;
        }
        if let Some(name) = value(tag, "name") {
            found.push((name, value(tag, "value").unwrap_or_default()));
        }
    }
    for area in html.split("<textarea").skip(1) {
        let (tag, rest) = area.split_once('>').unwrap_or_default();
        if let Some(name) = value(tag, "name") {
            let text = rest.split("</textarea>").next().unwrap_or_default();
            found.push((name, unescape(text.trim_start_matches('\n'))));
        }
    }
    for select in html.split("<select").skip(1) {
        let (tag, rest) = select.split_once('>').unwrap_or_default();
        let options = rest.split("</select>").next().unwrap_or_default();
        let chosen = options
            .split("<option")
            .skip(1)
            .map(|option| option.split('>').next().unwrap_or_default());
        let chosen = chosen
            .clone()
            .find(|option| option.ends_with(" selected"))
            .or_else(|| chosen.clone().next());
        if let (Some(name), Some(option)) = (value(tag, "name"), chosen) {
            found.push((name, value(option, "value").unwrap_or_default()));
        }
    }
    found
}

fn unescape(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
}

pub fn located(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.main());
    reply.header("location").to_owned()
}

#[test]
fn a_coordinator_goes_from_the_plan_to_an_issued_campaign() {
    let mut visit = Visit::new("dan-van.coordinator");
    let uploaded = visit.upload("/ke-hoach/moi", &[], "ke-hoach.md", PLAN);
    let review = located(&uploaded);
    let page = visit.page(&review);
    insta::assert_snapshot!("the_review_of_the_example_plan", visit.shown(&page));
    let confirmed = visit.press(&review, &page, ("lam", "xac-nhan"));
    let frame = located(&confirmed);
    let page = visit.page(&frame);
    assert!(
        page.body.contains("dan-van – Ban Dân vận Tỉnh ủy"),
        "{}",
        page.main()
    );
    let tree = page
        .body
        .split("&amp;cay=")
        .nth(1)
        .or(page.body.split("&#38;cay=").nth(1))
        .expect("the tree is chosen");
    let tree = tree.split('"').next().unwrap_or_default();
    let made = visit.press(&format!("{frame}&cay={tree}"), &page, ("_", ""));
    let campaign = located(&made);
    let hub = visit.page(&campaign);
    assert!(hub.body.contains("Chưa có đề cương"), "{}", hub.main());
    let section = [
        ("vi_tri", "0"),
        ("so", "I"),
        ("ten", "Tình hình"),
        ("bac", "1"),
        ("viet", "required"),
        ("lam", "luu"),
    ];
    located(&visit.post(&format!("{campaign}/de-cuong/muc"), &section));
    let line = [
        ("don_vi", "huyen"),
        ("gui", "tinh"),
        ("han", "2022-10-20"),
        ("tinh_ngay", "khong"),
        ("viec", "báo cáo"),
    ];
    located(&visit.post(&format!("{campaign}/nhiem-vu/moi"), &line));
    let list = visit.page(&format!("{campaign}/nhiem-vu"));
    assert!(
        list.body.contains("trước ngày 20/10/2022") && list.body.contains("23:59, 19/10/2022"),
        "{}",
        list.main()
    );
    let filtered = visit.page(&format!("{campaign}/nhiem-vu?cap=&chua_han=1"));
    assert!(!filtered.body.contains("trước ngày 20/10/2022"));
    let hub = visit.page(&campaign);
    assert!(hub.body.contains("Phát hành đợt"));
    assert!(hub.body.contains("từ tháng 7/2017 đến hết tháng 7/2022"));
    let issued = visit.post(&format!("{campaign}/phat-hanh"), &[("han_da_qua", "1")]);
    if issued.status != StatusCode::SEE_OTHER {
        panic!("{}", issued.main());
    }
    let refused = visit.post(&format!("{campaign}/de-cuong/muc"), &section);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn script_and_markup_in_a_plan_are_shown_as_text() {
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload(
        "/ke-hoach/moi",
        &[],
        "k.txt",
        "KẾ HOẠCH\n\nsơ kết <script>alert(1)</script>\n".as_bytes(),
    ));
    let page = visit.page(&review);
    assert!(!page.body.contains("<script>alert"));
    assert!(page.body.contains("&lt;script&gt;alert"));
}

#[test]
fn a_plan_that_says_nothing_gives_a_page_and_never_an_error() {
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload(
        "/ke-hoach/moi",
        &[],
        "k.txt",
        "Một đoạn văn không có ngày tháng nào.".as_bytes(),
    ));
    let page = visit.page(&review);
    assert!(page.body.contains("Cần xem lại"), "{}", page.main());
}

#[test]
fn a_very_long_plan_is_shown_page_by_page() {
    let mut text = String::from_utf8(PLAN.to_vec()).expect("UTF-8");
    for number in 0..1500 {
        text.push_str(&format!("\n\n{number}. Các cấp ủy cơ sở báo cáo kết quả trước ngày 30/9/2022 về việc số {number}."));
    }
    let mut visit = Visit::new("dan-van.coordinator");
    let review = located(&visit.upload("/ke-hoach/moi", &[], "k.md", text.as_bytes()));
    for page in ["", "?trang=3", "?trang=2&nv=4"] {
        visit.page(&format!("{review}{page}"));
    }
}

#[test]
fn a_damaged_file_is_refused_at_the_form() {
    let mut visit = Visit::new("dan-van.coordinator");
    let reply = visit.upload("/ke-hoach/moi", &[], "k.docx", b"PK\x03\x04 damaged");
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!(visit.shown(&reply));
}

#[test]
fn a_trial_run_over_faulty_units_lists_each_row() {
    let mut visit = Visit::new("huyen.administrator");
    let table =
        "code\tname\tlevel\tparent_code\nA\tĐơn vị A\t3\tB\nB\tĐơn vị B\tba\tA\nA\t\t4\tKHONG\n";
    let reply = visit.upload(
        "/don-vi/nhap",
        &[("ten", "Cây mới")],
        "don-vi.tsv",
        table.as_bytes(),
    );
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!(visit.shown(&reply));
}

#[test]
fn a_clean_table_of_units_is_imported_after_its_trial_run() {
    let mut visit = Visit::new("huyen.administrator");
    let table = "code\tname\tlevel\tparent_code\nA\tTỉnh ủy A\t2\t\nB\tHuyện ủy B\t3\tA\n";
    let trial = visit.upload(
        "/don-vi/nhap",
        &[("ten", "Cây mới")],
        "don-vi.tsv",
        table.as_bytes(),
    );
    assert_eq!(trial.status, StatusCode::OK, "{}", trial.main());
    let done = visit.press("/don-vi/nhap/xac-nhan", &trial, ("", ""));
    let tree = located(&done);
    assert!(visit.page(&tree).body.contains("Tỉnh ủy A"));
    let found = visit.page(&format!("{tree}&tim=huyen+uy"));
    assert!(found.body.contains("Huyện ủy B"));
}

#[test]
fn pages_of_the_setup_say_so_when_there_is_nothing() {
    let mut visit = Visit::new("dan-van.coordinator");
    for (name, path) in [
        ("no_plan_yet", "/ke-hoach".to_owned()),
        ("an_empty_outline", format!("/dot/{CAMPAIGN}/de-cuong")),
        ("the_hub_of_an_issued_campaign", format!("/dot/{CAMPAIGN}")),
        (
            "the_list_of_assignments",
            format!("/dot/{CAMPAIGN}/nhiem-vu"),
        ),
        ("no_other_tasks", format!("/dot/{CAMPAIGN}/viec")),
    ] {
        let page = visit.page(&path);
        insta::assert_snapshot!(name, visit.shown(&page));
    }
}

#[test]
fn a_program_goes_from_the_plan_to_an_issued_campaign() {
    let mut visit = Visit::new("dan-van.coordinator");
    let token = visit.token.clone();
    let mut ask = |method: Method, path: &str, kind: &str, body: &[u8]| {
        let headers = [("content-type", kind), ("x-form-token", token.as_str())];
        let path = format!("/api/v1{path}");
        let reply = visit.browser.send(method, &path, &headers, body.to_vec());
        assert!(reply.status.is_success(), "{path}: {}", reply.body);
        reply.json()
    };
    let (text, table) = ("application/json", "application/octet-stream");
    let read = ask(Method::POST, "/plans?name=ke-hoach.md", table, PLAN);
    assert_eq!(read["plan"]["period"]["from"], "2017-07");
    let plan = read["id"].as_i64().expect("the number of the plan");
    ask(
        Method::POST,
        &format!("/plans/{plan}/confirmation"),
        text,
        b"{}",
    );
    let trees = ask(Method::GET, "/trees", text, b"");
    let tree = trees["trees"][0]["id"].as_i64().expect("a tree");
    let wish = format!("{{\"plan\": {plan}, \"tree\": {tree}}}");
    let opened = ask(Method::POST, "/campaigns", text, wish.as_bytes());
    let campaign = format!(
        "/campaigns/{}",
        opened["campaign"].as_str().expect("a short id")
    );
    let sections = "number\ttitle\tlevel\nI\tTình hình\t1\n";
    ask(
        Method::PUT,
        &format!("{campaign}/sections?name=d.tsv"),
        table,
        sections.as_bytes(),
    );
    let line = r#"{"unit": "huyen", "to": "tinh", "due": "2022-10-20", "adds": true}"#;
    let added = ask(
        Method::POST,
        &format!("{campaign}/assignments"),
        text,
        line.as_bytes(),
    );
    let listed = ask(Method::GET, &format!("{campaign}/assignments"), text, b"");
    let lines = listed["assignments"].as_array().expect("a list");
    let own = lines
        .iter()
        .find(|line| line["id"] == added["id"])
        .expect("the line added");
    assert_eq!(own["due_at"], "2022-10-19T16:59:59.999999Z");
    let issued = ask(
        Method::POST,
        &format!("{campaign}/issue"),
        text,
        br#"{"accept_past_dues": true}"#,
    );
    assert_eq!(issued["state"], "open");
}
