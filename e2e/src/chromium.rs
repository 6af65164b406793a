//! How Chromium is started, and its commands beyond WebDriver.

use std::path::Path;

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use serde_json::{Value, json};

use crate::driver;

/// What a session asks for: no window, nothing that talks to the outside, a profile of its own.
pub fn capabilities(scripts: bool, profile: &Path) -> Capabilities {
    // Chromium's numbers for "allow" and "block".
    let scripts = if scripts { 1 } else { 2 };
    let options = json!({
        "binary": driver::program("chromium", "chromium"),
        "args": [
            "--headless=new",
            // Tests run as root in containers, where Chromium's sandbox cannot start.
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=vi",
            format!("--user-data-dir={}", profile.display()),
        ],
        "prefs": { "profile.managed_default_content_settings.javascript": scripts },
    });
    let mut capabilities = Capabilities::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities
}

/// A command of Chromium's own protocol, sent through chromedriver.
#[derive(Debug)]
pub struct Command {
    pub name: &'static str,
    pub params: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _request: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({ "cmd": self.name, "params": self.params });
        (http::Method::POST, Some(body.to_string()))
    }
}
