//! A server under test: the router on a database, without a socket, and a browser that keeps its cookies.

use app::App;
use app::ports::{Clock, PdfRenderer};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use domain::official::OfficialDocument;
use jiff::Timestamp;
use std::sync::Arc;
use store::Db;
use tower::ServiceExt;
use web::Web;

/// 09:00 on 26/9/2022 in Vietnam.
pub fn now() -> Timestamp {
    "2022-09-26T09:00:00+07:00".parse().expect("a fixed moment")
}

struct Standing;

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        now()
    }
}

/// A PDF engine that sets nothing.
pub struct NoPdf;

impl PdfRenderer for NoPdf {
    fn render(&self, _document: &OfficialDocument) -> Result<Vec<u8>, String> {
        Ok(b"%PDF-1.7".to_vec())
    }
}

/// The application on a database, with a standing clock.
pub fn app_on(db: Db) -> App {
    App::new(db, Arc::new(Standing), Arc::new(NoPdf))
}

/// What came back.
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// The same as it came, for files.
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// The page between `<main …>` and `</main>`, without blank lines and without what changes from run to run.
    pub fn main(&self) -> String {
        let from = self.body.find("<main").unwrap_or_default();
        let to = self.body.find("</main>").unwrap_or(self.body.len());
        let lines = self.body[from..to].lines().map(str::trim_end);
        let kept: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let text = kept.join("\n");
        match text.split_once("<code>") {
            Some((before, after)) if before.ends_with("Mã yêu cầu: ") => {
                let rest = after.split_once("</code>").map_or("", |(_, rest)| rest);
                format!("{before}<code>…</code>{rest}")
            }
            _ => text,
        }
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }
}

/// A browser: one cookie jar over the router.
pub struct Browser {
    router: Router,
    runtime: tokio::runtime::Runtime,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub fn at(web: Web) -> Browser {
        Browser {
            router: web::router(web),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
            cookies: Vec::new(),
        }
    }

    /// Forgets all cookies and takes the session that was opened elsewhere, or none.
    pub fn take_session(&mut self, token: Option<&str>) {
        self.cookies.clear();
        if let Some(token) = token {
            self.cookies
                .push((web::session::COOKIE.into(), token.into()));
        }
    }

    pub fn get(&mut self, path: &str) -> Reply {
        self.send(Method::GET, path, &[], Vec::new())
    }

    /// Sends a form as it is.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.post_from("http://dondoc.test", path, fields)
    }

    /// Sends a form that stands on a page of `origin`.
    pub fn post_from(&mut self, origin: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = serde_html_form::to_string(fields).expect("fields of text");
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", origin),
        ];
        self.send(Method::POST, path, &headers, body.into_bytes())
    }

    pub fn sign_in(&mut self, login: &str, password: &str) -> Reply {
        let fields = [("ten_dang_nhap", login), ("mat_khau", password)];
        self.post("/dang-nhap", &fields)
    }

    /// The form token of the session, as a page shows it.
    pub fn token(&mut self) -> String {
        let page = self.get("/tai-khoan").body;
        let (_, after) = page
            .split_once("name=\"_token\" value=\"")
            .expect("a page of a session has forms");
        after.split('"').next().unwrap_or_default().to_owned()
    }

    pub fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Reply {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "dondoc.test");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let router = self.router.clone();
        let reply = self.runtime.block_on(async {
            let response = router.oneshot(request).await.expect("the router answers");
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("a body");
            Reply {
                status: parts.status,
                headers: parts.headers,
                body: String::from_utf8_lossy(&bytes).into_owned(),
                bytes: bytes.to_vec(),
            }
        });
        self.keep_cookies(&reply);
        reply
    }

    fn keep_cookies(&mut self, reply: &Reply) {
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap_or_default();
            let pair = text.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            self.cookies.retain(|(known, _)| known != name);
            if !text.contains("Max-Age=0") {
                self.cookies.push((name.into(), value.into()));
            }
        }
    }
}
