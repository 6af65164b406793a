//! A browser window and what a person does in it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::chromium::{self, Command};
use crate::driver::Driver;
use crate::{locate, wait};

/// Where a person signs in, and the words on that page.
const SIGN_IN_PATH: &str = "/dang-nhap";
const LOGIN_LABEL: &str = "Tên đăng nhập";
const PASSWORD_LABEL: &str = "Mật khẩu";
const SIGN_IN_BUTTON: &str = "Đăng nhập";

/// The size of a window in CSS pixels, and whether scripts run in it.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub width: u32,
    pub height: u32,
    pub scripts: bool,
}

impl Window {
    pub const DESK: Self = Self {
        width: 1280,
        height: 900,
        scripts: true,
    };
    pub const PHONE: Self = Self {
        width: 360,
        height: 740,
        scripts: true,
    };

    /// The same window in a browser that runs no scripts.
    #[must_use]
    pub fn without_scripts(self) -> Self {
        Self {
            scripts: false,
            ..self
        }
    }
}

/// A browser of its own at one server; closed when dropped.
pub struct Page {
    window: Window,
    client: Client,
    site: String,
    runtime: Runtime,
    // Last: the session is closed before its driver may end.
    _driver: Arc<Driver>,
    profile: tempfile::TempDir,
}

impl Page {
    /// A new browser on a desk, showing the first page of the server at `site` (`http://HOST:PORT`).
    #[must_use]
    pub fn at(site: &str) -> Self {
        Self::in_window(Window::DESK, site)
    }

    /// A new browser with a window of a given size, showing the first page of the server at `site`.
    ///
    /// # Panics
    /// When Chromium or chromedriver is missing or does not start.
    #[must_use]
    pub fn in_window(window: Window, site: &str) -> Self {
        let driver = Driver::shared();
        let profile =
            tempfile::tempdir().unwrap_or_else(|e| panic!("a folder for the browser: {e}"));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap_or_else(|e| panic!("a runtime for the browser: {e}"));
        let capabilities = chromium::capabilities(window.scripts, profile.path());
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = runtime
            .block_on(builder.capabilities(capabilities).connect(&driver.url()))
            .unwrap_or_else(|e| panic!("Chromium did not start: {e}"));
        let page = Self {
            window,
            client,
            site: site.trim_end_matches('/').to_owned(),
            runtime,
            _driver: driver,
            profile,
        };
        page.resize(window.width, window.height);
        page.open("/");
        page
    }

    /// Goes to a path of the server.
    pub fn open(&self, path: &str) {
        let address = format!("{}{path}", self.site);
        self.do_or_fail(&format!("open {path}"), async || {
            self.client.goto(&address).await.map(Some)
        });
    }

    /// Signs in through the form and waits until it is gone.
    pub fn sign_in(&self, login: &str, password: &str) {
        self.open(SIGN_IN_PATH);
        self.fill(LOGIN_LABEL, login);
        self.fill(PASSWORD_LABEL, password);
        self.click_text(SIGN_IN_BUTTON);
        self.do_or_fail(&format!("sign in as {login}"), async || {
            let path = self.client.current_url().await?.path().to_owned();
            Ok((path != SIGN_IN_PATH).then_some(()))
        });
    }

    /// Clicks the first visible button, link, tab or label with these words.
    pub fn click_text(&self, text: &str) {
        self.click(&format!("click “{text}”"), &locate::clickable(text));
    }

    /// The same, within the smallest row, list item, form or section that shows `place`.
    pub fn click_in(&self, place: &str, text: &str) {
        let candidates = locate::within(place, &locate::clickable(text));
        self.click(&format!("click “{text}” beside “{place}”"), &candidates);
    }

    /// Replaces what is in the field with this label. A date is given as `2022-09-30`.
    pub fn fill(&self, label: &str, text: &str) {
        self.fill_one(&format!("fill “{label}”"), &locate::field(label), text);
    }

    /// The same, within the smallest row, list item, form or section that shows `place`.
    pub fn fill_in(&self, place: &str, label: &str, text: &str) {
        let candidates = locate::within(place, &locate::field(label));
        self.fill_one(
            &format!("fill “{label}” beside “{place}”"),
            &candidates,
            text,
        );
    }

    /// What is in the field with this label.
    #[must_use]
    pub fn value(&self, label: &str) -> String {
        let candidates = locate::field(label);
        self.do_or_fail(&format!("read “{label}”"), async || {
            match self.first_visible(&candidates).await? {
                Some(field) => {
                    let value = match field.prop("value").await? {
                        Some(value) => value,
                        // An editor has words instead.
                        None => field.text().await?,
                    };
                    Ok(Some(value))
                }
                None => Ok(None),
            }
        })
    }

    /// Chooses an option, by its words, of the list with this label.
    pub fn choose(&self, label: &str, option: &str) {
        let candidates = locate::field(label);
        self.do_or_fail(
            &format!("choose “{option}” in “{label}”"),
            async || {
                let Some(list) = self.first_visible(&candidates).await? else {
                    return Ok(None);
                };
                for choice in list.find_all(Locator::Css("option")).await? {
                    if plain(&choice.text().await?) == plain(option) {
                        return choice.click().await.map(Some);
                    }
                }
                Ok(None)
            },
        );
    }

    /// Ticks the box or dot with this label, if it is not ticked.
    pub fn tick(&self, label: &str) {
        let candidates = locate::field(label);
        self.do_or_fail(&format!("tick “{label}”"), async || {
            match self.first_visible(&candidates).await? {
                Some(field) if field.is_selected().await? => Ok(Some(())),
                Some(field) => field.click().await.map(Some),
                None => Ok(None),
            }
        });
    }

    /// Puts a file into the file field with this label.
    pub fn attach(&self, label: &str, file: &Path) {
        let file = file
            .canonicalize()
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let candidates = locate::field(label);
        self.do_or_fail(&format!("attach a file to “{label}”"), async || match self
            .first_visible(&candidates)
            .await?
        {
            Some(field) => field.send_keys(&file.to_string_lossy()).await.map(Some),
            None => Ok(None),
        });
    }

    /// Types into whatever has the focus; special keys as `&char::from(Key::Tab).to_string()`.
    pub fn press(&self, keys: &str) {
        self.do_or_fail(&format!("press {keys:?}"), async || {
            self.client
                .active_element()
                .await?
                .send_keys(keys)
                .await
                .map(Some)
        });
    }

    /// Waits until the page shows these words. White space counts as one space; letters as CSS shows them.
    pub fn wait_for_text(&self, text: &str) {
        self.do_or_fail(&format!("see “{text}”"), async || {
            Ok(plain(&self.shown().await?)
                .contains(&plain(text))
                .then_some(()))
        });
    }

    /// Waits until the page no longer shows these words.
    pub fn wait_until_gone(&self, text: &str) {
        self.do_or_fail(&format!("see “{text}” go"), async || {
            Ok((!plain(&self.shown().await?).contains(&plain(text))).then_some(()))
        });
    }

    /// Whether the page shows these words now. To wait for them, see [`Page::wait_for_text`].
    #[must_use]
    pub fn shows(&self, text: &str) -> bool {
        plain(&self.text()).contains(&plain(text))
    }

    /// Everything the page shows.
    #[must_use]
    pub fn text(&self) -> String {
        self.do_or_fail("read the page", async || self.shown().await.map(Some))
    }

    /// Path and query of the address shown.
    #[must_use]
    pub fn path(&self) -> String {
        self.do_or_fail("read the address", async || {
            let url = self.client.current_url().await?;
            Ok(Some(url.query().map_or(url.path().to_owned(), |query| {
                format!("{}?{query}", url.path())
            })))
        })
    }

    /// Whether something sticks out of the window, so that a reader must scroll sideways.
    #[must_use]
    pub fn scrolls_sideways(&self) -> bool {
        let script =
            "const page = document.documentElement; return page.scrollWidth > page.clientWidth;";
        self.run(script) == Value::Bool(true)
    }

    /// What a script gives back when run in the page.
    pub fn run(&self, script: &str) -> Value {
        self.do_or_fail("run a script", async || {
            self.client.execute(script, Vec::new()).await.map(Some)
        })
    }

    /// Saves a picture of the whole page, also of what lies below the window, as `target/screenshots/NAME.png`.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        let height = self
            .run("return document.documentElement.scrollHeight;")
            .as_u64()
            .and_then(|h| u32::try_from(h).ok());
        self.resize(
            self.window.width,
            height.unwrap_or_default().max(self.window.height),
        );
        let picture = self
            .runtime
            .block_on(self.client.screenshot())
            .unwrap_or_else(|e| panic!("picture {name}: {e}"));
        self.resize(self.window.width, self.window.height);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .with_file_name("target")
            .join("screenshots");
        let file = folder.join(format!("{name}.png"));
        std::fs::create_dir_all(&folder)
            .and_then(|()| std::fs::write(&file, picture))
            .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        file
    }

    /// The session itself, with a way to wait for its answers, for what the helpers here do not offer.
    pub fn with_client<T>(&self, work: impl AsyncFnOnce(&Client) -> T) -> T {
        self.runtime.block_on(work(&self.client))
    }

    fn click(&self, what: &str, candidates: &[String]) {
        self.do_or_fail(what, async || {
            match self.first_visible(candidates).await? {
                Some(element) => element.click().await.map(Some),
                None => Ok(None),
            }
        });
    }

    fn fill_one(&self, what: &str, candidates: &[String], text: &str) {
        self.do_or_fail(what, async || {
            let Some(field) = self.first_visible(candidates).await? else {
                return Ok(None);
            };
            if field.attr("type").await?.as_deref() == Some("date") {
                // Typing a date depends on the browser's language; setting it does not.
                let set = "arguments[0].value = arguments[1];
                    for (const kind of ['input', 'change'])
                        arguments[0].dispatchEvent(new Event(kind, { bubbles: true }));";
                let element = serde_json::to_value(&field).map_err(CmdError::Json)?;
                self.client.execute(set, vec![element, json!(text)]).await?;
            } else {
                field.clear().await?;
                field.send_keys(text).await?;
            }
            Ok(Some(()))
        });
    }

    async fn first_visible(&self, candidates: &[String]) -> Result<Option<Element>, CmdError> {
        for candidate in candidates {
            for element in self.client.find_all(Locator::XPath(candidate)).await? {
                if element.is_displayed().await? {
                    return Ok(Some(element));
                }
            }
        }
        Ok(None)
    }

    async fn shown(&self) -> Result<String, CmdError> {
        self.client.find(Locator::Css("body")).await?.text().await
    }

    /// Gives the page a size; a real window could not be as narrow as a phone, nor taller than the screen.
    fn resize(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        let command = Command {
            name: "Emulation.setDeviceMetricsOverride",
            params: size,
        };
        self.runtime
            .block_on(self.client.issue_cmd(command))
            .unwrap_or_else(|e| panic!("resize: {e}"));
    }

    /// A name for files that no other page of this run has.
    fn profile_name(&self) -> String {
        self.profile
            .path()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .trim_start_matches('.')
            .to_owned()
    }

    /// Tries until done, or fails the test with what the page shows instead.
    fn do_or_fail<T>(
        &self,
        what: &str,
        attempt: impl AsyncFnMut() -> Result<Option<T>, CmdError>,
    ) -> T {
        self.runtime
            .block_on(wait::until(attempt))
            .unwrap_or_else(|why| {
                let (address, shown) = self.runtime.block_on(async {
                    let address = self
                        .client
                        .current_url()
                        .await
                        .map(|url| url.to_string())
                        .unwrap_or_default();
                    (address, self.shown().await.unwrap_or_default())
                });
                let picture = self.screenshot(&format!("failed-{}", self.profile_name()));
                panic!(
                    "could not {what}: {why}\nat {address}, pictured in {}, which shows:\n{shown}",
                    picture.display()
                )
            })
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

/// Text with each run of white space, also unbreakable, as one space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
