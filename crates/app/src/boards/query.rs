//! The views of a board and what is asked of them: one question for pages, files, API and command line.

use super::list::MAX_ROWS;

/// One way to look at a campaign beside its overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// Units × steps.
    Steps,
    /// Who is behind, with their history.
    Late,
    /// Who waits for whom.
    Waiting,
    /// Day by day, against the plan and the campaign before.
    Progress,
    /// Who will be late.
    Forecast,
    /// The provinces on a map.
    Provinces,
}

impl View {
    /// In the order in which pages offer them.
    pub const ALL: [View; 6] = [
        View::Steps,
        View::Late,
        View::Waiting,
        View::Progress,
        View::Forecast,
        View::Provinces,
    ];

    /// The word in addresses of pages.
    pub fn code(self) -> &'static str {
        match self {
            View::Steps => "buoc",
            View::Late => "cham",
            View::Waiting => "dang-giu",
            View::Progress => "tien-do",
            View::Forecast => "du-bao",
            View::Provinces => "ban-do",
        }
    }

    /// The word for programs.
    pub fn name(self) -> &'static str {
        match self {
            View::Steps => "steps",
            View::Late => "late",
            View::Waiting => "waiting",
            View::Progress => "progress",
            View::Forecast => "forecast",
            View::Provinces => "provinces",
        }
    }

    /// The words on pages.
    pub fn label(self) -> &'static str {
        match self {
            View::Steps => "Theo bước",
            View::Late => "Chậm hạn",
            View::Waiting => "Ai đang giữ",
            View::Progress => "Tiến độ ngày",
            View::Forecast => "Dự báo chậm",
            View::Provinces => "Bản đồ",
        }
    }

    pub fn from_code(code: &str) -> Option<View> {
        View::ALL.into_iter().find(|view| view.code() == code)
    }

    pub fn from_name(name: &str) -> Option<View> {
        View::ALL.into_iter().find(|view| view.name() == name)
    }
}

/// What is asked of a view. A word that a view does not know is as if it was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ViewQuery {
    /// Code of the unit whose part is asked for.
    pub unit: Option<String>,
    /// What comes first.
    pub sort: String,
    /// Which rows: a word of the view.
    pub filter: String,
    /// Code of the superior that holds the reports.
    pub holder: String,
    /// Short id of the campaign to compare with.
    pub than: String,
    /// What provinces are coloured by: the code of a [`super::Measure`].
    pub measure: String,
    /// `34` for the provinces since 1/7/2025.
    pub division: String,
    pub level: Option<u8>,
    /// `original` counts delays from the dues before extensions.
    pub against: String,
    /// Page, from 1; 0 is taken as 1.
    pub page: u32,
    /// Rows on a page; at most [`MAX_ROWS`], 0 for [`VIEW_ROWS`].
    pub rows: u32,
}

/// Rows on one page of a view.
pub const VIEW_ROWS: u32 = 40;

impl ViewQuery {
    /// All rows at once, for files.
    #[must_use]
    pub fn whole(self) -> ViewQuery {
        ViewQuery {
            page: 1,
            rows: MAX_ROWS,
            ..self
        }
    }

    /// The page asked for among so many rows, and how many pages there are.
    pub(super) fn page_among(&self, rows: usize) -> (u32, u32) {
        let pages = rows.div_ceil(self.page_rows() as usize).max(1);
        let pages = u32::try_from(pages).unwrap_or(u32::MAX);
        (self.page.clamp(1, pages), pages)
    }

    pub(super) fn page_rows(&self) -> u32 {
        match self.rows {
            0 => VIEW_ROWS,
            rows => rows.min(MAX_ROWS),
        }
    }
}

/// The page asked for, how many there are, and its rows.
pub(super) fn page_of<T>(rows: Vec<T>, query: &ViewQuery) -> (u32, u32, Vec<T>) {
    let (page, pages) = query.page_among(rows.len());
    let skip = (page - 1).saturating_mul(query.page_rows());
    let rows = rows.into_iter().skip(skip as usize);
    (page, pages, rows.take(query.page_rows() as usize).collect())
}
