//! The product as a person meets it: a real server process and a real browser, driven step by step.
//!
//! The journeys themselves are tests of the crate `cli`, the only place that knows the built binary:
//!
//! ```no_run
//! # let dondoc = "target/debug/dondoc"; // in the journeys: env!("CARGO_BIN_EXE_dondoc")
//! let server = e2e::Server::demo(dondoc);
//! let page = e2e::Page::at(server.address());
//! page.sign_in("bdv", "mật khẩu");
//! page.click_text("Việc của tôi");
//! page.wait_for_text("Báo cáo tổng kết");
//! page.screenshot("viec-cua-toi");
//! ```
//!
//! Every step waits until it can be done and panics, with what the page shows, when it cannot. Nothing sleeps for a
//! fixed time. Each [`Page`] is a browser of its own, without cookies; all of a test binary share one chromedriver.

mod chromium;
mod driver;
mod locate;
mod page;
mod server;
mod wait;

pub use fantoccini::key::Key;
pub use page::{Page, Window};
pub use server::Server;
