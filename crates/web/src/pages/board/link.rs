//! Addresses within the board and the figures of one campaign.

use app::boards::{Filter, View};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Which part of a campaign, and which of its reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Link {
    pub short_id: String,
    /// Code of the unit; empty for the top of what the actor sees.
    pub unit: String,
    pub filter: Filter,
    pub level: Option<u8>,
}

impl Link {
    pub fn to(short_id: &str, unit: &str) -> Link {
        Link {
            short_id: short_id.to_owned(),
            unit: unit.to_owned(),
            ..Link::default()
        }
    }

    /// Everything of another unit.
    pub fn of_unit(&self, unit: &str) -> Link {
        Link::to(&self.short_id, unit)
    }

    /// The page of this name about the unit: `bang`, `so-lieu`.
    pub fn page(&self, name: &str) -> String {
        let query = self.query();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/dot/{}/{name}{mark}{query}", self.short_id)
    }

    pub fn board(&self) -> String {
        self.page("bang")
    }

    /// Another view of the board.
    pub fn pane(&self, view: &View) -> String {
        self.page(&format!("bang/{}", view.code()))
    }

    /// The overview as a stream, with this page of the units below.
    pub fn stream(&self, child_page: Option<usize>) -> String {
        let stream = self.of_unit(&self.unit).page("bang/song");
        match child_page {
            Some(page) => join(&stream, &format!("trang-dv={page}")),
            None => stream,
        }
    }

    /// The list on the board, with what the filter called so lets through.
    pub fn list(&self, filter: &str) -> String {
        let link = Link {
            filter: Filter::from_code(filter),
            ..self.clone()
        };
        link.board() + "#danh-sach"
    }

    /// The same, of one unit.
    pub fn list_of(&self, unit: &str, filter: &str) -> String {
        self.of_unit(unit).list(filter)
    }

    /// The same, of one level.
    pub fn list_at(&self, level: u8, filter: &str) -> String {
        let link = Link {
            level: Some(level),
            ..self.of_unit(&self.unit)
        };
        link.list(filter)
    }

    /// The list as a file.
    pub fn file(&self, format: &str) -> String {
        join(&self.page("bang/tai-ve"), &format!("dang={format}"))
    }

    /// The board with the beginning of one more parameter.
    pub fn with(&self, name: &str) -> String {
        join(&self.board(), &format!("{name}="))
    }

    fn query(&self) -> String {
        let mut parts = Vec::new();
        if !self.unit.is_empty() {
            let code = utf8_percent_encode(&self.unit, NON_ALPHANUMERIC).to_string();
            parts.push(format!("don-vi={}", code.replace("%2D", "-")));
        }
        if self.filter != Filter::All {
            parts.push(format!("loc={}", self.filter.code()));
        }
        if let Some(level) = self.level {
            parts.push(format!("cap={level}"));
        }
        parts.join("&")
    }
}

/// An address with one more parameter.
fn join(address: &str, parameter: &str) -> String {
    let mark = if address.contains('?') { '&' } else { '?' };
    format!("{address}{mark}{parameter}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_only_what_was_chosen() {
        let whole = Link::to("sk1", "");
        assert_eq!(whole.board(), "/dot/sk1/bang");
        assert_eq!(whole.with("trang"), "/dot/sk1/bang?trang=");
        assert_eq!(
            whole.list_of("BT-593", "qua-han"),
            "/dot/sk1/bang?don-vi=BT-593&loc=qua-han#danh-sach"
        );
        assert_eq!(
            whole.of_unit("a&b").file("csv"),
            "/dot/sk1/bang/tai-ve?don-vi=a%26b&dang=csv"
        );
        assert_eq!(
            whole.list_at(3, "cham"),
            "/dot/sk1/bang?loc=cham&cap=3#danh-sach"
        );
    }
}
