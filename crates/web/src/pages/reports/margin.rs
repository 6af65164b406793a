//! What stands beside a section: remarks on its passages, and who writes it.

use super::path;
use crate::extract::{Form, Path};
use crate::page::{Answer, redirect_done, redirect_warned, run};
use crate::session::Signed;
use app::Error;
use app::reports::comments::{self, Placed, Remark};
use app::reports::handing::{self, Hands};
use domain::ids::{AssignmentId, SectionId};
use domain::prose::plain_line;
use domain::report::passages::paragraphs;
use serde::Deserialize;

/// Paragraphs to choose from; of a longer section the rest are quoted by their words.
const MOST_PASSAGES: usize = 100;
/// Letters of a paragraph in the list.
const OPENING: usize = 60;

/// The margin of a section as its page shows it.
pub(super) struct Margin {
    pub comments: Vec<Placed>,
    pub hands: Hands,
}

impl Margin {
    pub(super) fn load(
        ctx: &app::Ctx,
        id: AssignmentId,
        section: SectionId,
    ) -> app::Result<Margin> {
        Ok(Margin {
            comments: comments::of_section(ctx, id, section)?,
            hands: handing::of_section(ctx, id, section)?,
        })
    }
    pub fn open(&self) -> usize {
        let open = |placed: &&Placed| placed.comment.resolved_at.is_none();
        self.comments.iter().filter(open).count()
    }
    pub fn holds(&self, login: &str) -> bool {
        let holder = self.hands.holder.as_ref();
        holder.is_some_and(|holder| holder.login == login)
    }
}

/// The paragraphs of a text with their numbers, each by its first words.
pub(super) fn openings(text: &str) -> Vec<(usize, String)> {
    let short = |line: &str| {
        let words = plain_line(line);
        match words.char_indices().nth(OPENING) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        }
    };
    (1..)
        .zip(paragraphs(text).map(short))
        .filter(|(_, words)| !words.is_empty())
        .take(MOST_PASSAGES)
        .collect()
}

/// Back to the margin, with what came of it.
fn answer(done: Result<(), Error>, place: (AssignmentId, SectionId), says: &str) -> Answer {
    let margin = format!("{}/muc/{}#ben-le", path(place.0), place.1);
    match done {
        Ok(()) => Ok(redirect_done(&margin, says)),
        Err(error @ (Error::Invalid(_) | Error::TooLarge(_) | Error::Refused(_))) => {
            Ok(redirect_warned(&margin, &format!("{error}.")))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize, Default)]
pub struct Typed {
    #[serde(default)]
    gop_y: String,
    /// The number of a paragraph; empty for the section as a whole.
    #[serde(default)]
    doan: String,
    #[serde(default)]
    trich: String,
}

pub async fn comment(
    Signed(ctx): Signed,
    Path((id, section)): Path<(i64, i64)>,
    Form(typed): Form<Typed>,
) -> Answer {
    let place = (AssignmentId(id), SectionId(section));
    let remark = Remark {
        words: typed.gop_y,
        passage: typed.doan.trim().parse().ok(),
        quote: typed.trich,
    };
    let done = run(move || Ok(comments::add(&ctx, place.0, place.1, remark).map(drop))).await?;
    answer(done, place, "Đã ghi góp ý.")
}

pub async fn resolve(
    Signed(ctx): Signed,
    Path((id, section, comment)): Path<(i64, i64, i64)>,
) -> Answer {
    let place = (AssignmentId(id), SectionId(section));
    let done = run(move || Ok(comments::resolve(&ctx, place.0, place.1, comment))).await?;
    answer(done, place, "Đã đánh dấu góp ý là xử lý xong.")
}

#[derive(Deserialize, Default)]
pub struct To {
    /// A login; empty for nobody in particular.
    #[serde(default)]
    nguoi: String,
    #[serde(default)]
    loi_nhan: String,
}

pub async fn hand(
    Signed(ctx): Signed,
    Path((id, section)): Path<(i64, i64)>,
    Form(to): Form<To>,
) -> Answer {
    let place = (AssignmentId(id), SectionId(section));
    let says = match to.nguoi.is_empty() {
        true => "Mục này không giao riêng cho ai nữa.",
        false => "Đã giao mục. Người được giao thấy ở “Việc của tôi”.",
    };
    let handed = move || {
        Ok(handing::hand(
            &ctx,
            place.0,
            place.1,
            Some(&to.nguoi),
            &to.loi_nhan,
        ))
    };
    answer(run(handed).await?, place, says)
}
