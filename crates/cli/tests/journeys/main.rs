//! The main job in a real browser: from the plan document to the final report.

mod editing;
mod main_job;
mod setup;
mod steps;
mod writing;

/// The built program.
const DONDOC: &str = env!("CARGO_BIN_EXE_dondoc");
/// Of every account of the demonstration.
const PASSWORD: &str = "dondoc2022";

/// Of the campaign that the journeys set up, beside the one of the demonstration.
const NAME: &str = "Sơ kết 05 năm, đợt thử";

/// A browser in which somebody has signed in.
fn signed_in(server: &e2e::Server, login: &str) -> e2e::Page {
    let page = e2e::Page::at(server.address());
    page.sign_in(login, PASSWORD);
    page
}
