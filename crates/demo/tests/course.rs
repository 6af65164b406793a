//! The demo as a visitor finds it, and what happens when its clock is moved.

use app::assignments::{AssignmentLine, LineFilter};
use app::ports::{Clock, PdfRenderer};
use app::reports::draft::{SectionSave, save_section};
use app::reports::view::status;
use app::{App, Ctx, Db};
use demo::content::{Conduct, Content};
use domain::campaign::Writable;
use domain::official::OfficialDocument;
use domain::report::lifecycle::State;
use jiff::Timestamp;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tempfile::TempDir;

/// Stands still at the demo's first morning.
struct Morning;

impl Clock for Morning {
    fn now(&self) -> Timestamp {
        at("2022-09-26T08:00:00+07:00")
    }
}

fn at(moment: &str) -> Timestamp {
    moment.parse().expect("a test moment")
}

/// The demo on its first morning: prepared once for all stories, each has a copy of its own.
fn prepared() -> (App, TempDir) {
    static ONCE: OnceLock<TempDir> = OnceLock::new();
    let made = ONCE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        demo::prepare(&open(folder.path()), &mut |_| {}).expect("the demo is prepared");
        folder
    });
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(made.path().join(FILE), folder.path().join(FILE)).expect("a copy");
    (open(folder.path()), folder)
}

const FILE: &str = "demo.db";

fn open(folder: &Path) -> App {
    let db = Db::open_sqlite(folder.join(FILE)).expect("a database");
    App::new(db, Arc::new(Morning), Arc::new(PretendedPdf))
}

/// Stories that look at PDF files belong to the crate that sets them.
struct PretendedPdf;

impl PdfRenderer for PretendedPdf {
    fn render(&self, document: &OfficialDocument) -> Result<Vec<u8>, String> {
        Ok(format!("%PDF of {}", document.subject).into_bytes())
    }
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

#[test]
fn preparing_twice_changes_nothing() {
    let (app, _folder) = prepared();
    let before = lines(&app);
    demo::prepare(&app, &mut |line| {
        panic!("nothing is left to do, yet: {line}")
    })
    .expect("it is there already");
    let after = lines(&app);
    assert_eq!(after.len(), before.len());
    for (code, line) in &before {
        assert_eq!(after[code].assignment, line.assignment);
    }
}

#[test]
fn what_happened_to_a_report_stands_in_order_of_time_and_nothing_lies_ahead() {
    let (app, _folder) = prepared();
    let lead = app.ctx_of("danvan").expect("the lead body's account");
    let mut seen = 0;
    for line in lines(&app).values() {
        let status = status(&lead, line.assignment.id).expect("the lead body follows all reports");
        let moments: Vec<Timestamp> = status
            .timeline
            .iter()
            .map(|entry| entry.event.event.at)
            .collect();
        assert!(moments.is_sorted(), "{}: {moments:?}", line.unit_code);
        assert!(moments.iter().all(|moment| *moment <= Morning.now()));
        seen += moments.len();
    }
    assert!(seen > 1_000, "only {seen} events");
}

/// Two communes that have not begun on the first morning.
fn two_idle_communes() -> (String, String) {
    let content = Content::load().expect("content");
    let mut idle = content
        .schedule()
        .into_iter()
        .filter(|course| course.conduct == Conduct::NotStarted)
        .map(|course| course.unit_code);
    (
        idle.next().expect("one idle unit"),
        idle.next().expect("another idle unit"),
    )
}

#[test]
fn moving_the_clock_on_leaves_a_visitors_report_to_the_visitor() {
    let (app, _folder) = prepared();
    let (mine, other) = two_idle_communes();
    let id = lines(&app)[&mine].assignment.id;
    let visitor = app
        .ctx_of(&mine.to_lowercase())
        .expect("the unit's account");
    let section = app::reports::view::view(&visitor, id)
        .expect("the own report")
        .content
        .outline
        .sections
        .iter()
        .find(|section| section.writable == Writable::Required)
        .expect("a section to write")
        .id;
    let save = SectionSave {
        text: "Tôi tự viết đoạn này.".into(),
        base_version: 0,
        autosave: false,
    };
    save_section(&visitor, id, section, save).expect("saved");

    demo::advance(&app, at("2022-10-12T08:00:00+07:00")).expect("played on");

    let lines = lines(&app);
    assert_eq!(lines[&mine].assignment.state, State::Drafting);
    let report = app::reports::view::view(&visitor, id).expect("the own report");
    assert_eq!(report.content.text(section), "Tôi tự viết đoạn này.");
    assert_eq!(report.content.texts.len(), 1, "nobody wrote on in it");
    let sent = lines[&other].assignment.first_sent_at;
    assert!(sent.is_some(), "the others go on");
}

#[test]
fn a_report_that_a_visitor_received_and_returned_is_not_accepted_by_itself() {
    let (app, _folder) = prepared();
    let before = lines(&app);
    let waiting = before
        .values()
        .find(|line| line.assignment.state == State::Sent && line.level == 4)
        .expect("a commune's report on its way");
    let id = waiting.assignment.id;
    let content = Content::load().expect("content");
    let above = content
        .unit(&waiting.unit_code)
        .and_then(|unit| unit.parent_code.clone())
        .expect("a district");
    let person = demo::login_of(&above);
    let district = app.ctx_of(&person).expect("the district's account");
    app::reports::receive::receive(&district, id).expect("received");
    app::reports::returns::send_back(&district, id, "Chưa rõ số liệu", Vec::new())
        .expect("returned");

    demo::advance(&app, at("2022-10-12T08:00:00+07:00")).expect("played on");

    assert_eq!(
        lines(&app)[&waiting.unit_code].assignment.state,
        State::Returned
    );
}

#[test]
fn the_course_ends_with_every_report_accepted_or_waived_and_the_final_one_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = open(folder.path());
    let files = demo::run_through(&app, &mut |_| {}).expect("played through");
    for (code, line) in lines(&app) {
        let state = line.assignment.state;
        if code == "BT-TU" {
            assert!(state.is_with_superior(), "the final report is {state:?}");
        } else {
            assert!(
                matches!(state, State::Accepted | State::Waived),
                "{code} is {state:?}"
            );
        }
    }
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    insta::assert_debug_snapshot!("files_of_the_run_through", names);
    assert!(files.iter().all(|file| !file.bytes.is_empty()));
}
