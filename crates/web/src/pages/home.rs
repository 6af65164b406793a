//! Việc của tôi: the first page after signing in: what the actor's units owe, and what waits for them.

use crate::extract::Query;
use crate::filters;
use crate::page::{Answer, Shell, page, run};
use crate::pages::reports::{due_badge, offers};
use crate::session::Signed;
use app::reports::handing::Held;
use app::reports::work::{MyWork, Owed, Waiting, my_work};
use askama::Template;
use domain::report::lifecycle::Action;
use serde::Deserialize;

/// Reports on one page of each list.
const PER_PAGE: usize = 25;
/// Blockers named for one report; the rest are counted.
const MOST_BLOCKERS: usize = 3;

#[derive(Deserialize, Clone, Copy, Default)]
pub struct Asked {
    #[serde(default)]
    tra_lai: Option<usize>,
    #[serde(default)]
    phai_gui: Option<usize>,
    #[serde(default)]
    cho: Option<usize>,
    #[serde(default)]
    da_gui: Option<usize>,
}

#[derive(Template)]
#[template(path = "home/view.html")]
struct HomePage {
    shell: Shell,
    returned: Paged<Owed>,
    owed: Paged<Owed>,
    waiting: Paged<Waiting>,
    handed: Vec<Held>,
    done: Paged<Owed>,
    is_cut: bool,
}

impl HomePage {
    fn is_empty(&self) -> bool {
        self.returned.items.is_empty()
            && self.owed.items.is_empty()
            && self.waiting.items.is_empty()
            && self.handed.is_empty()
            && self.done.items.is_empty()
    }
    fn due(&self, item: &Owed) -> Option<(String, &'static str)> {
        let state = item.report.assignment.state;
        due_badge(state, item.timeliness, item.days_left)
    }
    fn sent(&self, item: &Waiting) -> Option<(String, &'static str)> {
        due_badge(item.report.assignment.state, item.timeliness, None)
    }
    /// The colour of the edge of a task.
    fn tone(&self, item: &Owed) -> &'static str {
        self.due(item).map_or("", |(_, tone)| tone)
    }
    fn blockers(&self, item: &Owed) -> Vec<String> {
        let named = item.blockers.iter().take(MOST_BLOCKERS);
        named.map(ToString::to_string).collect()
    }
    fn more_blockers(&self, item: &Owed) -> usize {
        item.blockers.len().saturating_sub(MOST_BLOCKERS)
    }
    /// What the actor came for.
    fn next(&self, actions: &[Action]) -> &'static str {
        offers::main(actions).map_or("Xem báo cáo", |action| action.label())
    }
}

/// One page of a list.
struct Paged<T> {
    items: Vec<T>,
    count: usize,
    page: usize,
    pages: usize,
}

impl<T> Paged<T> {
    fn of(all: Vec<T>, wanted: Option<usize>) -> Paged<T> {
        let count = all.len();
        let pages = count.div_ceil(PER_PAGE).max(1);
        let page = wanted.unwrap_or(1).clamp(1, pages);
        let from = (page - 1) * PER_PAGE;
        Paged {
            items: all.into_iter().skip(from).take(PER_PAGE).collect(),
            count,
            page,
            pages,
        }
    }
}

pub async fn view(Signed(ctx): Signed, shell: Shell, Query(asked): Query<Asked>) -> Answer {
    let MyWork {
        returned,
        owed,
        waiting,
        handed,
        done,
        is_cut,
    } = run(move || my_work(&ctx)).await?;
    page(&HomePage {
        shell: shell.titled("Việc của tôi"),
        returned: Paged::of(returned, asked.tra_lai),
        owed: Paged::of(owed, asked.phai_gui),
        waiting: Paged::of(waiting, asked.cho),
        handed,
        done: Paged::of(done, asked.da_gui),
        is_cut,
    })
}
