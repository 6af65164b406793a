//! The live part of a board as server-sent events.

use super::panes::{self, pane};
use super::{Asked, overview};
use crate::extract::{Path, Query};
use crate::feed::Part;
use crate::page::{Answer, run};
use crate::session::Signed;
use crate::state::Web;
use app::boards::{Audience, View};
use app::{App, Ctx};
use axum::extract::State;
use domain::access::Actor;
use serde::Deserialize;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// What is looked at: everybody for whom it is the same shares it.
#[derive(Clone)]
pub struct BoardPart {
    app: App,
    short_id: String,
    what: What,
    /// For whom alone it is made; `None` when everybody who may see it sees the same.
    actor: Option<Arc<Actor>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum What {
    Overview(Asked),
    Pane(View, panes::Asked),
}

impl BoardPart {
    fn key(&self) -> (&str, &What, Option<i64>) {
        let account = self.actor.as_ref().map(|actor| actor.account.0);
        (&self.short_id, &self.what, account)
    }

    fn ctx(&self) -> Ctx {
        match &self.actor {
            Some(actor) => self.app.ctx((**actor).clone()),
            // Each looker was asked for the right to this very part before.
            None => self.app.operator(),
        }
    }
}

impl PartialEq for BoardPart {
    fn eq(&self, other: &BoardPart) -> bool {
        self.key() == other.key()
    }
}

impl Eq for BoardPart {}

impl Hash for BoardPart {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

impl Part for BoardPart {
    fn version(&self) -> app::Result<u64> {
        app::boards::version(&self.ctx(), &self.short_id)
    }

    fn text(&self) -> app::Result<String> {
        let ctx = self.ctx();
        match &self.what {
            What::Overview(asked) => {
                let board = app::boards::node_board(&ctx, &self.short_id, Some(&asked.unit))?;
                overview::html(&ctx, &board, asked.link(&self.short_id), asked.child_page)
            }
            What::Pane(view, asked) => Ok(pane(&ctx, &self.short_id, *view, asked)?.html),
        }
    }
}

/// What may follow the other choices of a view.
#[derive(Deserialize, Default)]
pub struct Once {
    /// Not empty: one event, then the end.
    #[serde(default, rename = "mot-lan")]
    once: String,
}

pub async fn overview_stream(
    State(web): State<Web>,
    Signed(ctx): Signed,
    Path(short_id): Path<String>,
    Query(asked): Query<Asked>,
    Query(once): Query<Once>,
) -> Answer {
    let audience = audience_of(&ctx, &short_id, None, &asked.unit).await?;
    // What is chosen of the list below does not change the overview.
    let what = What::Overview(Asked {
        unit: audience.unit.clone().unwrap_or_default(),
        child_page: asked.child_page,
        ..Asked::default()
    });
    Ok(look(&web, &ctx, short_id, what, &audience, &once))
}

pub async fn pane_stream(
    State(web): State<Web>,
    Signed(ctx): Signed,
    Path((short_id, view)): Path<(String, String)>,
    Query(mut asked): Query<panes::Asked>,
    Query(once): Query<Once>,
) -> Answer {
    let view = View::from_code(&view).ok_or(app::Error::NotFound)?;
    let audience = audience_of(&ctx, &short_id, Some(view), &asked.unit).await?;
    asked.unit = audience.unit.clone().unwrap_or_default();
    let what = What::Pane(view, asked);
    Ok(look(&web, &ctx, short_id, what, &audience, &once))
}

async fn audience_of(
    ctx: &Ctx,
    short_id: &str,
    view: Option<View>,
    unit: &str,
) -> app::Result<Audience> {
    let (ctx, short_id, unit) = (ctx.clone(), short_id.to_owned(), unit.to_owned());
    run(move || app::boards::audience(&ctx, &short_id, view, Some(&unit))).await
}

fn look(
    web: &Web,
    ctx: &Ctx,
    short_id: String,
    what: What,
    audience: &Audience,
    once: &Once,
) -> axum::response::Response {
    let part = BoardPart {
        app: web.app.clone(),
        short_id,
        what,
        actor: (!audience.is_shared).then(|| ctx.actor.clone()),
    };
    web.boards.look(part, !once.once.is_empty())
}
