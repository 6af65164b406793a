//! A district makes its report from that of its commune: on pages without JavaScript, and over the API.

use crate::fixture::PASSWORD;
use crate::report_api::{Programs, owed};
use crate::site::Reply;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// Largest page without attachments.
const PAGE_BYTES: usize = 100 * 1024;
const DRAFTER: &str = "huyen.drafter";

/// The commune's report was sent; the district's person sits at the browser.
struct Desk {
    programs: Programs,
    /// Path of the district's report, of its page and of the section of results.
    report: String,
    token: String,
}

impl Desk {
    fn new() -> Desk {
        let mut programs = Programs::new();
        let (path, sections) = owed(&mut programs, "xa.drafter");
        let words = ["Xã có 5 thôn.", "Đã xây 05 nhà.\nĐã sửa 02 nhà."];
        for (section, text) in sections.iter().zip(words) {
            let save = json!({"text": text, "base_version": 0});
            programs.done("xa.drafter", Method::PUT, section, save);
        }
        let figures = json!({"figures": {"CT01": {"2020": "5", "2021": "7"}}});
        programs.done(
            "xa.drafter",
            Method::PUT,
            &format!("{path}/figures"),
            figures,
        );
        programs.adopt_and_send("xa", &path);
        let (report, _) = owed(&mut programs, DRAFTER);
        programs.browser.sign_in(DRAFTER, PASSWORD);
        let token = programs.browser.token();
        Desk {
            report: report.trim_start_matches("/reports/").to_owned(),
            programs,
            token,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/bao-cao/{}/{rest}", self.report)
    }

    fn page(&mut self, rest: &str) -> Reply {
        let path = self.path(rest);
        let reply = self.programs.browser.get(&path);
        assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.main());
        assert!(reply.body.len() < PAGE_BYTES, "{path}");
        reply
    }

    /// The main part of a page without the secret of its forms.
    fn shown(&self, reply: &Reply) -> String {
        reply.main().replace(&self.token, "…")
    }

    fn post(&mut self, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let (path, token) = (self.path(rest), self.token.clone());
        let mut all = vec![("_token", token.as_str())];
        all.extend(fields);
        self.programs.browser.post(&path, &all)
    }

    /// The value of the first field or button with this name on a page.
    fn value(reply: &Reply, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let (_, rest) = reply.body.split_once(&mark).expect("the field");
        rest.split('"').next().unwrap_or_default().to_owned()
    }

    /// The section of results as its number, found on the overview.
    fn results(&mut self) -> String {
        let seen = self.api("consolidation");
        seen["sections"][1]["id"].to_string()
    }

    fn api(&mut self, rest: &str) -> Value {
        let path = format!("/reports/{}/{rest}", self.report);
        self.programs.get(DRAFTER, &path)
    }
}

#[test]
fn passages_are_chosen_on_a_page_and_show_where_they_came_from() {
    let mut desk = Desk::new();
    let overview = desk.page("tong-hop");
    insta::assert_snapshot!(desk.shown(&overview));
    let section = format!("tong-hop/{}", desk.results());
    let blank = desk.page(&section);
    let chosen = Desk::value(&blank, "chon");
    let fields = [
        ("phien_ban", "0"),
        ("doan", "Kết quả chung của huyện:"),
        ("vi_tri", ""),
        ("chon", chosen.as_str()),
        ("viec", "dua"),
    ];
    for says in ["Đã đưa 1 đoạn", "đều có sẵn"] {
        let done = desk.post(&section, &fields);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(desk.page(&section).body.contains(says), "{says}");
    }
    let seen = desk.page(&section);
    insta::assert_snapshot!(desk.shown(&seen));
    let source = desk.page(&format!(
        "nguon/{}/1",
        section.trim_start_matches("tong-hop/")
    ));
    for words in [
        "Đảng ủy xã Thử",
        "01-BC",
        "đơn vị viết",
        "Cấp trên giữ nguyên văn",
    ] {
        assert!(source.body.contains(words), "{words}");
    }
    let read = desk.page("toan-van");
    let number = section.trim_start_matches("tong-hop/");
    let link = desk.path(&format!("nguon/{number}/1"));
    assert_eq!(read.body.matches("/nguon/").count(), 1);
    assert!(read.body.contains(&link), "{}", read.main());
    let whole = Desk::value(&seen, "ca_muc");
    let version = Desk::value(&seen, "phien_ban");
    let done = desk.post(&section, &[("phien_ban", &version), ("ca_muc", &whole)]);
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let matrix = desk.api("consolidation");
    assert_eq!(
        matrix["units"][0]["used"],
        json!({"I": "unused", "II": "whole"})
    );
}

#[test]
fn a_click_without_a_choice_says_so_and_the_script_saves_alone() {
    let mut desk = Desk::new();
    let section = format!("tong-hop/{}", desk.results());
    desk.post(
        &section,
        &[("phien_ban", "0"), ("viec", "dua"), ("doan", "Mở đầu.")],
    );
    assert!(desk.page(&section).body.contains("Chưa chọn đoạn nào"));
    let (path, token) = (desk.path(&section), desk.token.clone());
    let headers = [
        ("accept", "application/json"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("x-form-token", token.as_str()),
    ];
    let body = "phien_ban=1&doan=M%E1%BB%9F+%C4%91%E1%BA%A7u+chung.&doan=".as_bytes();
    let saved = desk
        .programs
        .browser
        .send(Method::POST, &path, &headers, body.to_vec());
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    assert_eq!(saved.json()["set"]["phien_ban"], "2");
    assert!(desk.page(&section).body.contains("Mở đầu chung."));
}

#[test]
fn figures_are_taken_in_corrected_with_a_reason_and_followed_down() {
    let mut desk = Desk::new();
    assert!(
        desk.page("tong-hop/so-lieu")
            .body
            .contains("2 ô của bản thảo khác")
    );
    let taken = desk.post("tong-hop/so-lieu", &[]);
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    let cell = "nguon-so-lieu/CT01/2020";
    let wrong = desk.post(
        cell,
        &[("viec", "hieu_chinh"), ("gia_tri", "6"), ("ly_do", " ")],
    );
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("hãy ghi lý do"), "{}", wrong.main());
    let fields = [
        ("viec", "hieu_chinh"),
        ("gia_tri", "6"),
        ("ly_do", "Một nhà báo sót"),
    ];
    assert_eq!(desk.post(cell, &fields).status, StatusCode::SEE_OTHER);
    desk.page("tong-hop/so-lieu");
    assert!(
        desk.page("so-lieu")
            .body
            .contains("/nguon-so-lieu/CT01/2020")
    );
    let seen = desk.page(cell);
    insta::assert_snapshot!(desk.shown(&seen));
    let known = desk.api("consolidation/figures/CT01/2020");
    assert_eq!(
        (known["stated"].as_str(), known["rolled_up"].as_str()),
        (Some("6"), Some("5"))
    );
    assert_eq!(known["correction"]["reason"], "Một nhà báo sót");
    assert_eq!(
        desk.post(cell, &[("viec", "bo")]).status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        desk.api("consolidation/figures")["draft"]["CT01"]["2020"],
        "5"
    );
}

#[test]
fn a_program_inserts_once_and_is_told_of_a_text_kept_aside() {
    let mut desk = Desk::new();
    let section = desk.results();
    let path = format!("/reports/{}/consolidation/sections/{section}", desk.report);
    let seen = desk.programs.get(DRAFTER, &path);
    let revision = &seen["units"][0]["revision"];
    let wish = json!({"base_version": 0, "insert": [{"revision": revision}]});
    let once = desk
        .programs
        .done(DRAFTER, Method::POST, &path, wish.clone());
    let twice = desk.programs.done(DRAFTER, Method::POST, &path, wish);
    assert_eq!(
        (&once["inserted"], &twice["inserted"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(once["version"], twice["version"]);
    let way = desk.api(&format!("sections/{section}/passages/0/source"));
    assert_eq!(way["way"][0]["unit"], "Đảng ủy xã Thử");
    assert_eq!(way["way"][0]["words"], "Đã xây 05 nhà.");
    let late = json!({"base_version": 0, "text": "Viết trên trang cũ."});
    let (status, error) = desk.programs.refused(DRAFTER, Method::POST, &path, late);
    assert_eq!(status, 409);
    assert!(error["detail"]["kept_aside"].is_i64(), "{error}");
}
