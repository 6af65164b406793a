//! A district whose communes have all issued their reports and are about to send them.

use app::accounts::SessionKind;
use app::ports::{PdfRenderer, SystemClock};
use app::reports::{adoption, draft, issue};
use app::{App, Ctx, Db, Result};
use domain::access::Role;
use domain::campaign::{Campaign, CampaignKind, CampaignState, Section, Terms, Writable};
use domain::deadline::{DuePolicy, day_of};
use domain::ids::{AssignmentId, CampaignId, SectionId, TreeId, UnitId};
use domain::official::OfficialDocument;
use domain::org::{UnitSeed, order_tree};
use domain::report::adoption::{Adoption, MeetingKind};
use std::collections::HashMap;
use std::sync::Arc;
use store::TxExt;
use tempfile::TempDir;

/// Communes, and so reports.
pub const REPORTS: usize = 120;

pub struct Province {
    pub folder: TempDir,
    pub reports: Vec<i64>,
    /// API token of somebody who may send for every commune.
    pub token: String,
}

/// What is on disk of one report.
pub struct Fate {
    pub state: String,
    pub receipt: Option<String>,
    pub is_frozen: bool,
    pub sent_events: i64,
}

struct NoPdf;

impl PdfRenderer for NoPdf {
    fn render(&self, _: &OfficialDocument) -> std::result::Result<Vec<u8>, String> {
        Err("nobody asks for PDF here".into())
    }
}

impl Province {
    pub fn with_issued_reports() -> Province {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open_sqlite(folder.path().join("dondoc.db")).expect("a new database");
        let app = App::new(db.clone(), Arc::new(SystemClock), Arc::new(NoPdf));
        let (units, section, reports) = fill(&db, &app).expect("the district fits the schema");
        let sender = sender(&db, &app, &units);
        for report in &reports {
            issue_report(&sender, *report, section).expect("a report is issued");
        }
        let session = app
            .open_session(sender.actor.account, SessionKind::ApiToken)
            .expect("a token");
        Province {
            folder,
            reports: reports.iter().map(|id| id.0).collect(),
            token: session.token,
        }
    }

    /// Reads back what the killed server left.
    pub fn fates(&self) -> HashMap<i64, Fate> {
        let db = Db::open_sqlite(self.folder.path().join("dondoc.db"))
            .expect("the database opens after the kill");
        db.read(|tx| -> store::Result<_> {
            tx.rows(
                "SELECT assignment.id, assignment.state, receipt.code, revision.sent_at IS NOT NULL, \
                     (SELECT COUNT(*) FROM event WHERE event.assignment_id = assignment.id AND event.kind = 'sent') \
                 FROM assignment JOIN revision ON revision.assignment_id = assignment.id AND revision.number = assignment.revision \
                 LEFT JOIN receipt ON receipt.revision_id = revision.id",
                &[],
                |row| {
                    let fate = Fate { state: row.get(1)?, receipt: row.get(2)?, is_frozen: row.get(3)?, sent_events: row.get(4)? };
                    Ok((row.get::<i64>(0)?, fate))
                },
            )
        })
        .expect("the reports")
        .into_iter()
        .collect()
    }
}

fn sender(db: &Db, app: &App, units: &[UnitId]) -> Ctx {
    let roles = [Role::Drafter, Role::Leader, Role::Clerk];
    let account = app::accounts::create_unchecked(
        app,
        None,
        "vanthu",
        "Văn thư",
        "mat-khau-thu",
        units[0],
        &roles,
    )
    .expect("an account");
    let others: Vec<UnitId> = units[1..].to_vec();
    db.write(move |tx| -> store::Result<()> {
        for unit in &others {
            for role in roles {
                store::accounts::grant(tx, account, *unit, role)?;
            }
        }
        Ok(())
    })
    .expect("roles in every commune");
    app.ctx_of("vanthu").expect("the account")
}

fn issue_report(sender: &Ctx, report: AssignmentId, section: SectionId) -> Result<()> {
    let text = draft::SectionSave {
        text: format!("Nội dung báo cáo {report}."),
        base_version: 0,
        autosave: false,
    };
    draft::save_section(sender, report, section, text)?;
    adoption::propose(sender, report)?;
    adoption::adopt(sender, report, unanimous(sender))?;
    let input = issue::suggestion(sender, report)?;
    issue::issue(
        sender,
        report,
        issue::IssueInput {
            signer: "Người Ký".into(),
            ..input
        },
    )?;
    Ok(())
}

fn unanimous(ctx: &Ctx) -> Adoption {
    Adoption {
        kind: MeetingKind::Meeting,
        held_on: day_of(ctx.now),
        place: "Trụ sở".into(),
        chair: "Chủ trì".into(),
        secretary: "Thư ký".into(),
        incumbents: 9,
        present: 9,
        absent_excused: 0,
        absent_unexcused: 0,
        votes_for: 9,
        votes_against: 0,
        abstaining: 0,
        minutes: "Nhất trí.".into(),
    }
}

fn fill(db: &Db, app: &App) -> store::Result<(Vec<UnitId>, SectionId, Vec<AssignmentId>)> {
    let now = app.now();
    db.write(move |tx| {
        let mut rows = vec![(2, unit("H", "Huyện ủy", 3, None))];
        rows.extend((0..REPORTS).map(|n| {
            (
                n + 3,
                unit(&format!("X{n}"), &format!("Đảng ủy xã {n}"), 4, Some("H")),
            )
        }));
        let placed = order_tree(&rows).expect("a tree");
        let tree = store::units::create_tree(tx, "Huyện", now)?;
        let mut units = store::units::insert_tree(tx, tree, &rows, &placed)?;
        let district = units.remove(0);
        let campaign = store::campaigns::create(tx, &campaign(tree, district, now))?;
        let section = Section {
            id: SectionId(0),
            number: "I".into(),
            title: "Kết quả".into(),
            level: 1,
            guidance: String::new(),
            writable: Writable::Required,
        };
        let section = store::campaigns::add_section(tx, campaign, 1, &section)?;
        let mut reports = Vec::new();
        for unit in &units {
            reports.push(store::assignments::create(
                tx,
                campaign,
                &terms(*unit, district),
                None,
                now,
            )?);
        }
        Ok((units, section, reports))
    })
}

fn unit(code: &str, name: &str, level: u8, parent: Option<&str>) -> UnitSeed {
    UnitSeed {
        code: code.into(),
        name: name.into(),
        level,
        parent_code: parent.map(String::from),
        symbol: "ĐU".into(),
        ..UnitSeed::default()
    }
}

fn campaign(tree: TreeId, lead: UnitId, now: jiff::Timestamp) -> Campaign {
    Campaign {
        id: CampaignId(0),
        short_id: "kill".into(),
        plan: None,
        tree,
        name: "sơ kết".into(),
        kind: CampaignKind::InterimReview,
        state: CampaignState::Open,
        period: None,
        years: vec![2022],
        due_policy: DuePolicy::Strict,
        profile: "hd36-2018".into(),
        lead: Some(lead),
        coordinating: None,
        days_to_consolidate: 5,
        created_at: now,
        issued_at: Some(now),
    }
}

fn terms(unit: UnitId, addressee: UnitId) -> Terms {
    Terms {
        unit,
        drafted_by: None,
        addressee: Some(addressee),
        addressee_name: "Huyện ủy".into(),
        via: None,
        deliverable: "báo cáo".into(),
        adopted_by: "Đảng ủy".into(),
        due_phrase: String::new(),
        due_date: None,
        due_inclusive: false,
        due_setter: None,
        adds: true,
    }
}
