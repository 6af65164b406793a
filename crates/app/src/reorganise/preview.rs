//! What a decision would do, told row by row and by everything that it touches, before anything is changed.

use super::apply::check_counter;
use super::hand_over::Estate;
use super::{Draft, as_problem};
use crate::ctx::Ctx;
use crate::error::{Problem, Result};
use domain::access::{Subject, Wish};
use domain::campaign::hand_over::{Heir, Passing};
use domain::ids::{AssignmentId, CampaignId, DecisionId, TreeId, UnitId};
use domain::org::reorganise::{
    At, Begin, Change, ChangeProblem, ChangeRow, DecisionHead, Extent, Fault, RowPlan, counter,
    plan,
};
use domain::org::{History, Stay};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::Tx;

/// Most faults that are listed.
const LISTED: usize = 200;

/// What a decision would do.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Preview {
    /// Nothing is applied while there is one.
    pub problems: Vec<Problem>,
    pub rows: usize,
    pub ended: usize,
    pub begun: usize,
    pub renamed: usize,
    /// Units that no row names and that go along with their superior.
    pub carried: usize,
    pub changes: Vec<UnitChange>,
    pub touched: Touched,
}

/// What one row does to its unit.
#[derive(Debug, Clone, serde::Serialize)]
pub struct UnitChange {
    /// Line of the table; of new units, of their own table.
    pub line: usize,
    pub change: &'static str,
    pub code: String,
    pub name: String,
    pub becomes: String,
}

/// What hangs on the units that end, and what becomes of it.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Touched {
    /// Duties that go over to a successor with draft, history and due.
    pub passed: usize,
    /// Duties whose draft is merged into that of the successor.
    pub merged: usize,
    /// Duties whose draft stays readable because the successor's report is past writing.
    pub kept_aside: usize,
    /// Duties that each successor of a divided unit takes over.
    pub spread: usize,
    /// Duties that nobody takes over.
    pub ended: usize,
    /// Reports that were sent, or waived: they stay as they are, with their figures.
    pub stay: usize,
    /// Of the duties that go over, those with something written.
    pub drafts: usize,
    /// Duties of other units that are received, forwarded, drafted or given their due elsewhere from now on.
    pub redirected: usize,
    /// Accounts that get their posts at the successor too.
    pub accounts: i64,
    /// Accounts of units without one successor: an administrator gives them their posts.
    pub accounts_left: i64,
    /// Campaigns whose boards change.
    pub campaigns: Vec<String>,
    /// The same in words.
    pub words: Vec<String>,
}

/// Says what a decision would do.
///
/// # Errors
/// [`crate::Error::NotFound`] for a decision to be taken back that is not there; faults of rows are in the preview.
pub fn preview(ctx: &Ctx, draft: &Draft) -> Result<Preview> {
    ctx.require(Wish::Administer, &Subject::System)?;
    ctx.db().read(|tx| {
        if let Some(id) = draft.counters {
            check_counter(&store::decisions::by_id(tx, id)?, draft)?;
        }
        of(tx, draft.tree, &draft.head, draft.counters, &draft.rows)
    })
}

/// Says what taking a decision back by another would do.
///
/// # Errors
/// As [`preview`].
pub fn preview_counter(ctx: &Ctx, id: DecisionId, head: DecisionHead) -> Result<Preview> {
    ctx.require(Wish::Administer, &Subject::System)?;
    let tree = ctx
        .db()
        .read(|tx| -> Result<_> { Ok(store::decisions::by_id(tx, id)?.tree) })?;
    preview(
        ctx,
        &Draft {
            tree,
            head,
            rows: Vec::new(),
            file_name: String::new(),
            counters: Some(id),
        },
    )
}

pub(super) fn of(
    tx: &mut dyn Tx,
    tree: TreeId,
    head: &DecisionHead,
    counters: Option<DecisionId>,
    rows: &[ChangeRow],
) -> Result<Preview> {
    let history = store::unit_history::history(tx, tree)?;
    let mut preview = Preview {
        rows: rows.len(),
        ..Preview::default()
    };
    match planned(tx, &history, head, counters, rows)? {
        Err(problems) => preview.problems = told(&problems, &heads(tx, tree)),
        Ok(plan) => {
            preview.ended = plan.ends.len();
            preview.begun = plan.begins.len();
            preview.renamed = plan.renames.len();
            let carried = |begin: &&Begin| begin.line == 0 && begin.continues.is_some();
            preview.carried = plan.begins.iter().filter(carried).count();
            preview.changes = changes(&history, &plan, rows);
            let estate = match counters {
                Some(taken_back) => Estate::taking_back(tx, &plan, &history, taken_back)?,
                None => Estate::of(tx, &plan)?,
            };
            preview.touched = touched(tx, &estate)?;
        }
    }
    Ok(preview)
}

/// The changes of rows, or why there are none.
pub(super) fn planned(
    tx: &mut dyn Tx,
    history: &History,
    head: &DecisionHead,
    counters: Option<DecisionId>,
    rows: &[ChangeRow],
) -> Result<Result<RowPlan, Vec<ChangeProblem>>> {
    Ok(match counters {
        Some(taken_back) => {
            let successions = store::unit_history::of_decision(tx, taken_back)?;
            let countered = store::decisions::countered(tx, taken_back)?;
            counter(
                history,
                taken_back,
                &successions,
                &countered,
                head.effective,
            )
        }
        None => plan(history, head.effective, rows),
    })
}

/// How the decisions on a tree are cited.
pub(super) fn heads(tx: &mut dyn Tx, tree: TreeId) -> HashMap<DecisionId, String> {
    store::decisions::of_tree(tx, tree, i64::MAX)
        .unwrap_or_default()
        .into_iter()
        .map(|decision| (decision.id, decision.head.citation()))
        .collect()
}

/// The faults by row, a long list cut short.
pub(super) fn told(
    problems: &[ChangeProblem],
    heads: &HashMap<DecisionId, String>,
) -> Vec<Problem> {
    let mut told: Vec<Problem> = problems
        .iter()
        .take(LISTED)
        .map(|problem| {
            let mut told = as_problem(problem);
            if let Fault::StoodOn { by: Some(by), .. } = &problem.fault
                && let Some(citation) = heads.get(by)
            {
                told.message = format!("{} (số {citation})", told.message);
            }
            told
        })
        .collect();
    if problems.len() > LISTED {
        told.push(Problem {
            place: String::new(),
            message: format!(
                "còn {} lỗi nữa không liệt kê ở đây. Hãy sửa các lỗi trên rồi thử lại",
                problems.len() - LISTED
            ),
        });
    }
    told
}

/// The names of places before and after.
struct Names<'a> {
    stays: HashMap<UnitId, &'a Stay>,
    plan: &'a RowPlan,
}

impl Names<'_> {
    fn at(&self, at: At) -> String {
        let seed = match at {
            At::Standing(unit) => self.stays.get(&unit).map(|stay| &stay.seed),
            At::Begun(index) => self.plan.begins.get(index).map(|begin| &begin.seed),
        };
        seed.map(|seed| format!("{} {}", seed.code, seed.name))
            .unwrap_or_default()
    }
}

/// What each row does; for a counter-decision, what each unit that it brings back does.
fn changes(history: &History, plan: &RowPlan, rows: &[ChangeRow]) -> Vec<UnitChange> {
    let names = Names {
        stays: history.stays.iter().map(|stay| (stay.id, stay)).collect(),
        plan,
    };
    let ends: HashSet<UnitId> = plan.ends.iter().copied().collect();
    let begins: HashMap<&str, &Begin> = plan
        .begins
        .iter()
        .map(|begin| (begin.seed.code.as_str(), begin))
        .collect();
    let continued: HashMap<UnitId, usize> = plan
        .begins
        .iter()
        .enumerate()
        .filter_map(|(index, begin)| Some((begin.continues?, index)))
        .collect();
    let links: HashMap<usize, Option<At>> =
        plan.links.iter().map(|link| (link.line, link.to)).collect();
    let standing: HashMap<&str, &Stay> = history
        .stays
        .iter()
        .filter(|stay| stay.validity.holds(plan.effective))
        .map(|stay| (stay.seed.code.as_str(), stay))
        .collect();
    let mut changes: Vec<UnitChange> = rows
        .iter()
        .map(|row| {
            let code = row.change.code();
            let stay = standing.get(code);
            let own = stay
                .and_then(|stay| continued.get(&stay.id))
                .map(|index| At::Begun(*index));
            let target = links
                .get(&row.line)
                .copied()
                .flatten()
                .map(|at| names.at(at));
            let becomes = match &row.change {
                Change::Create { unit } => match begins.get(unit.code.as_str()) {
                    Some(begin) => match begin.continues {
                        Some(from) => format!("tiếp tục {}", names.at(At::Standing(from))),
                        None => "đơn vị mới".into(),
                    },
                    None => "giữ nguyên, chỉ cập nhật tên gọi nếu khác".into(),
                },
                Change::Abolish { .. } => "kết thúc, không có đơn vị kế thừa".into(),
                Change::Rename { facts, .. } => match own {
                    Some(at) => format!("tiếp tục là {}", names.at(at)),
                    None => format!("đổi tên thành {}", facts.name),
                },
                Change::Move { parent, .. } => match parent {
                    Some(parent) => format!("chuyển về trực thuộc {parent}"),
                    None => "không còn cấp trên".into(),
                },
                Change::Succeed { extent, .. } => match (extent, own, target) {
                    (Extent::Whole, Some(at), _) => format!("tiếp tục là {}", names.at(at)),
                    (Extent::Unresolved, ..) => {
                        "kết thúc, chưa xác định được đơn vị kế thừa".into()
                    }
                    (_, _, None) => "giữ nguyên".into(),
                    (extent, _, Some(target)) => {
                        format!("kết thúc, {} sang {target}", extent.label())
                    }
                },
                Change::Transfer { to, .. } => {
                    format!(
                        "giữ nguyên, một phần sang {}",
                        target.unwrap_or_else(|| to.clone())
                    )
                }
            };
            UnitChange {
                line: super::line_in_table(row),
                change: row.change.label(),
                code: code.to_owned(),
                name: match &row.change {
                    Change::Create { unit } => unit.name.clone(),
                    _ => stay.map(|stay| stay.seed.name.clone()).unwrap_or_default(),
                },
                becomes,
            }
        })
        .collect();
    if rows.is_empty() {
        changes.extend(plan.begins.iter().map(|begin| UnitChange {
            line: 0,
            change: "Khôi phục",
            code: begin.seed.code.clone(),
            name: begin.seed.name.clone(),
            becomes: "đứng lại ở vị trí trước khi sắp xếp".into(),
        }));
        let lost = plan
            .ends
            .iter()
            .filter(|id| ends.contains(id) && !continued.contains_key(id));
        changes.extend(
            lost.filter_map(|id| names.stays.get(id))
                .map(|stay| UnitChange {
                    line: 0,
                    change: "Kết thúc",
                    code: stay.seed.code.clone(),
                    name: stay.seed.name.clone(),
                    becomes: "kết thúc".into(),
                }),
        );
    }
    changes
}

fn touched(tx: &mut dyn Tx, estate: &Estate) -> Result<Touched> {
    let mut touched = Touched {
        redirected: estate.through.len(),
        ..Touched::default()
    };
    let written: HashMap<AssignmentId, bool> = estate
        .duties
        .iter()
        .map(|duty| (duty.id, duty.revision > 0))
        .collect();
    for (id, passing) in &estate.passings {
        match passing {
            Passing::Pass { .. } => touched.passed += 1,
            Passing::Merge { .. } => touched.merged += 1,
            Passing::KeepAside { .. } => touched.kept_aside += 1,
            Passing::Spread { .. } => touched.spread += 1,
            Passing::End => touched.ended += 1,
            Passing::Stay => touched.stay += 1,
        }
        let goes = !matches!(passing, Passing::Stay);
        touched.drafts += usize::from(goes && written.get(id).copied().unwrap_or_default());
    }
    let (single, left): (Vec<_>, Vec<_>) = estate
        .heirs
        .iter()
        .partition(|(_, heir)| heir.single().is_some());
    let ids = |list: Vec<(&UnitId, &Heir)>| list.into_iter().map(|(id, _)| *id).collect::<Vec<_>>();
    touched.accounts = store::hand_overs::count_accounts(tx, &ids(single))?;
    touched.accounts_left = store::hand_overs::count_accounts(tx, &ids(left))?;
    let campaigns: BTreeSet<CampaignId> = estate
        .duties
        .iter()
        .chain(&estate.through)
        .map(|duty| duty.campaign)
        .collect();
    for campaign in campaigns {
        let campaign = store::campaigns::by_id(tx, campaign)?;
        touched
            .campaigns
            .push(format!("{} – {}", campaign.short_id, campaign.name));
    }
    touched.words = words(&touched);
    Ok(touched)
}

fn words(touched: &Touched) -> Vec<String> {
    let counted = [
        (
            touched.passed,
            "nhiệm vụ báo cáo chuyển cho đơn vị kế thừa cùng bản thảo, lịch sử và hạn gửi",
        ),
        (
            touched.merged,
            "nhiệm vụ nhập vào nhiệm vụ của đơn vị kế thừa; hai bản thảo đều giữ, nội dung gộp theo từng mục",
        ),
        (
            touched.kept_aside,
            "bản thảo giữ lại để tra cứu vì báo cáo của đơn vị kế thừa đã qua bước soạn thảo",
        ),
        (
            touched.spread,
            "nhiệm vụ của đơn vị bị chia: mỗi đơn vị kế thừa nhận một nhiệm vụ riêng, cùng hạn gửi",
        ),
        (
            touched.ended,
            "nhiệm vụ kết thúc vì không có đơn vị kế thừa",
        ),
        (
            touched.stay,
            "báo cáo đã gửi hoặc được miễn giữ nguyên như đã gửi, số liệu giữ nguyên ở đơn vị và cấp trên khi đó",
        ),
        (touched.drafts, "bản thảo đang viết đi theo nhiệm vụ"),
        (
            touched.redirected,
            "nhiệm vụ khác đổi nơi nhận, đầu mối, nơi soạn hoặc nơi đặt hạn sang đơn vị kế thừa",
        ),
    ];
    let mut words: Vec<String> = counted
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if touched.accounts > 0 {
        words.push(format!(
            "{} tài khoản được làm việc cả ở đơn vị kế thừa; vẫn xem được báo cáo cũ của mình",
            touched.accounts
        ));
    }
    if touched.accounts_left > 0 {
        words.push(format!(
            "{} tài khoản của đơn vị không có một đơn vị kế thừa duy nhất: quản trị cần phân công lại",
            touched.accounts_left
        ));
    }
    if !touched.campaigns.is_empty() {
        words.push(format!(
            "bảng theo dõi thay đổi ở {} đợt: {}",
            touched.campaigns.len(),
            touched.campaigns.join("; ")
        ));
    }
    words
}
