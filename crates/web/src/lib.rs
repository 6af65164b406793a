//! HTTP: routes, sessions, pages, the JSON API. It knows use cases and rules, never SQL.
//!
//! A handler is thin: extract, run the use case on a blocking thread, render.
//!
//! ```text
//! pub async fn view(Signed(ctx): Signed, shell: Shell, Path(id): Path<i64>) -> Answer {
//!     let report = run(move || app::reports::read(&ctx, AssignmentId(id))).await?;
//!     page(&ReportPage { shell: shell.titled("Báo cáo"), report })
//! }
//! ```
//!
//! What goes wrong is returned with `?` and rendered in one place, `error.rs`, as a page or as JSON.

pub mod api;
pub mod assets;
pub mod csrf;
pub mod error;
pub mod extract;
mod feed;
pub mod filters;
pub mod headers;
pub mod page;
pub mod pages;
pub mod prose;
pub mod router;
pub mod serve;
pub mod session;
pub mod state;

pub use router::{Area, ROUTES, Route, router};
pub use serve::serve;
pub use state::{Demo, DemoAccount, Web};
