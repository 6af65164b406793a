//! Every route, asked by nobody and by every role at every position, with the status of each answer.
//!
//! The file `tests/access-matrix.txt` is written anew by `INSTA_UPDATE=always cargo test -p web access_matrix`; read
//! the difference before committing it. Changing routes are asked with an empty form or the least body, each on
//! unchanged data, so an allowed request shows as 422 or 303 and a refused one as 403 or 404.

use crate::fixture::{CAMPAIGN, Fixture, POSITIONS};
use crate::site::Browser;
use axum::http::{Method, StatusCode};
use domain::access::Role;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use web::{Area, ROUTES, Route, Web};

const FILE: &str = "tests/access-matrix.txt";

#[test]
fn the_access_matrix_is_as_written_down() {
    let fixture = Fixture::shared();
    let folder = tempfile::tempdir().expect("a folder");
    let mut asker = Asker::new(fixture, folder.path());
    let mut text = String::from(HEAD);
    for route in ROUTES {
        text.push_str(&asker.row(route));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always") {
        std::fs::write(&file, &text).expect("the matrix is written");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    let changed = text
        .lines()
        .zip(written.lines())
        .find(|(new, old)| new != old)
        .map_or("a route was added or removed".to_owned(), |(new, old)| {
            format!("{new:?} was {old:?}")
        });
    assert!(
        text == written,
        "who may ask for what has changed ({changed}): look at it, then write {FILE} anew as its head says"
    );
}

const HEAD: &str = "\
# Written by the test `access_matrix`; regenerate: INSTA_UPDATE=always cargo test -p web access_matrix
# The report asked for is the district's, not yet begun. 303 to the sign-in page or after a change; 404 also for
# what one may not know of.
";

/// A server on a copy of the fixture, made anew after each request that may have changed something.
struct Asker<'a> {
    fixture: &'a Fixture,
    folder: &'a Path,
    browser: Browser,
}

impl<'a> Asker<'a> {
    fn new(fixture: &'a Fixture, folder: &'a Path) -> Asker<'a> {
        Asker {
            fixture,
            folder,
            browser: Browser::at(Web::new(fixture.copy(folder))),
        }
    }

    fn row(&mut self, route: &Route) -> String {
        let mut text = format!("\n{} {}\n", route.method.to_uppercase(), route.path);
        let nobody = self.ask(route, None);
        let _ = writeln!(text, "    {:<14}{nobody}", "anonymous");
        for (position, _) in POSITIONS {
            let mut by_status: BTreeMap<String, Vec<&str>> = BTreeMap::new();
            for actor in &self.fixture.actors {
                if actor.position == position {
                    let status = self.ask(route, Some(&actor.token));
                    by_status.entry(status).or_default().push(actor.role.code());
                }
            }
            let cells: Vec<String> = by_status.into_iter().map(cell).collect();
            let _ = writeln!(text, "    {position:<14}{}", cells.join(", "));
        }
        text
    }

    /// The status of one request; a redirect to the sign-in page says so.
    fn ask(&mut self, route: &Route, token: Option<&str>) -> String {
        let method = Method::from_bytes(route.method.to_uppercase().as_bytes()).expect("a method");
        let path = concrete(self.fixture, route.path) + query(route);
        let form_token = token.map(app::accounts::form_token).unwrap_or_default();
        let (kind, body) = if route.path.starts_with("/api/") {
            ("application/json", sample(route))
        } else {
            ("application/x-www-form-urlencoded", "")
        };
        let headers = [
            ("content-type", kind),
            ("x-form-token", form_token.as_str()),
        ];
        self.browser.take_session(token);
        let changes = method != Method::GET;
        let reply = self
            .browser
            .send(method, &path, &headers, body.as_bytes().to_vec());
        assert_ne!(
            reply.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{} {path} fails",
            route.method
        );
        // Wrong passwords are counted, in memory.
        if changes && (reply.status.as_u16() < 400 || route.area == Area::SignIn) {
            *self = Asker::new(self.fixture, self.folder);
        }
        if reply.header("location").starts_with("/dang-nhap") {
            format!("{} sign in", reply.status.as_u16())
        } else {
            reply.status.as_u16().to_string()
        }
    }
}

/// The body of a changing request of the API: nothing, or what is taken where the input is looked at before the rights.
fn sample(route: &Route) -> &'static str {
    match (route.method, route.path) {
        ("put", "/api/v1/reports/{id}/figures") => r#"{"figures": {}}"#,
        ("put", "/api/v1/reports/{id}/sections/{section}") => r#"{"text": "", "base_version": 0}"#,
        ("post", "/api/v1/reports/{id}/sections/{section}/conflicts/{conflict}") => {
            r#"{"keep": "current", "base_version": 0}"#
        }
        ("post", "/api/v1/reports/{id}/consolidation/sections/{section}") => {
            r#"{"base_version": 0}"#
        }
        ("put", "/api/v1/reports/{id}/consolidation/figures/{indicator}/{period}") => {
            r#"{"value": "1", "reason": "A"}"#
        }
        ("post", "/api/v1/reports/{id}/adopt") => {
            r#"{"held_on": "2022-09-20", "incumbents": 1, "present": 1, "votes_for": 1}"#
        }
        ("post", "/api/v1/reports/{id}/issue") => r#"{"position": "BÍ THƯ", "signer": "A"}"#,
        _ => "{}",
    }
}

/// What follows the path where the input is looked at before the rights.
fn query(route: &Route) -> &'static str {
    match (route.method, route.path) {
        ("get", "/dot/{short}/bang/song" | "/dot/{short}/bang/{view}/song") => "?mot-lan=1",
        ("post", "/api/v1/reports/{id}/attachments") => "?name=a.txt",
        _ => "",
    }
}

/// A status with the roles that got it, unless all did.
fn cell((status, roles): (String, Vec<&str>)) -> String {
    if roles.len() == Role::ALL.len() {
        status
    } else {
        format!("{status} {}", roles.join(" "))
    }
}

/// A path with its parameters filled in from the fixture; what the fixture does not have is number 1.
fn concrete(fixture: &Fixture, path: &str) -> String {
    let steps: Vec<String> = path.split('/').map(str::to_owned).collect();
    let mut filled = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let before = at.checked_sub(1).map_or("", |at| steps[at].as_str());
        filled.push(match (before, step.as_str()) {
            (_, "{short}") => CAMPAIGN.to_owned(),
            ("bao-cao" | "reports" | "nhiem-vu" | "assignments", step) if step.starts_with('{') => {
                fixture.report.to_string()
            }
            ("bang", "{view}") => "buoc".to_owned(),
            ("board", "{view}") => "steps".to_owned(),
            (_, step) if step.starts_with('{') => "1".to_owned(),
            (_, step) => step.to_owned(),
        });
    }
    filled.join("/")
}
