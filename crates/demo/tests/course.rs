//! The demo as a visitor finds it, and what happens when its clock is moved.

use app::assignments::{AssignmentLine, LineFilter};
use app::ports::{Clock, PdfRenderer};
use app::{App, Ctx, Db};
use demo::content::{Conduct, Content};
use domain::official::OfficialDocument;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tempfile::TempDir;

/// Stands still at the demo's first morning.
struct Morning;

impl Clock for Morning {
    fn now(&self) -> Timestamp {
        at("2022-09-26T08:00:00+07:00")
    }
}

struct NoPdf;

impl PdfRenderer for NoPdf {
    fn render(&self, _: &OfficialDocument) -> Result<Vec<u8>, String> {
        Err("no PDF engine in these stories".into())
    }
}

fn at(moment: &str) -> Timestamp {
    moment.parse().expect("a test moment")
}

fn prepared() -> (App, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open_sqlite(folder.path().join("demo.db")).expect("a database");
    let app = App::new(db, Arc::new(Morning), Arc::new(NoPdf));
    demo::prepare(&app, &mut |_| {}).expect("the demo is prepared");
    (app, folder)
}

fn lines(app: &App) -> HashMap<String, AssignmentLine> {
    let ctx = app.ctx_of("danvan").expect("the lead body's account");
    let campaign = campaign(&ctx);
    app::assignments::list(&ctx, &campaign, &LineFilter::default(), 1000, 0)
        .expect("the list of assignments")
        .lines
        .into_iter()
        .map(|line| (line.unit_code.clone(), line))
        .collect()
}

fn campaign(ctx: &Ctx) -> String {
    app::campaigns::list(ctx).expect("campaigns")[0]
        .short_id
        .clone()
}

#[test]
fn on_the_first_morning_every_unit_stands_where_the_course_says() {
    let (app, _folder) = prepared();
    let content = Content::load().expect("content");
    let lines = lines(&app);
    let courses = content.schedule();
    assert_eq!(
        lines.len(),
        courses.len(),
        "one assignment for each unit that reports"
    );
    let communes = content.units.iter().filter(|unit| unit.is_commune());
    assert_eq!(
        communes
            .filter(|unit| lines.contains_key(&unit.code))
            .count(),
        124
    );
    let now = Morning.now();
    let mut timeliness: BTreeMap<String, usize> = BTreeMap::new();
    for course in &courses {
        let line = &lines[&course.unit_code];
        let assignment = &line.assignment;
        let sent = assignment.first_sent_at;
        let due = assignment.due_at.expect("every due is set");
        match course.conduct {
            Conduct::Drafting => {
                assert_eq!(assignment.state, State::Drafting, "{}", line.unit_code)
            }
            Conduct::NotStarted | Conduct::Missing => {
                assert_eq!(assignment.state, State::Assigned, "{}", line.unit_code);
            }
            Conduct::Late(_) if sent.is_some() => assert!(sent > Some(due), "{}", line.unit_code),
            Conduct::Early | Conduct::OnTime | Conduct::Returned if sent.is_some() => {
                assert!(sent <= Some(due), "{}", line.unit_code);
            }
            _ => assert!(due > now || assignment.state != State::Accepted),
        }
        let word = format!("{:?}", assignment.state);
        *timeliness.entry(word).or_default() += 1;
    }
    insta::assert_debug_snapshot!("states_on_the_first_morning", timeliness);
}
