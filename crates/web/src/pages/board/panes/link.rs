//! Addresses of the views of a board: everything that was chosen stands in them.

use app::boards::View;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What needs no escape in a parameter.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.');

/// A view of a campaign with what was chosen in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaneLink {
    short_id: String,
    view: View,
    chosen: Vec<(&'static str, String)>,
}

impl PaneLink {
    pub fn new(short_id: &str, view: View) -> PaneLink {
        PaneLink {
            short_id: short_id.to_owned(),
            view,
            chosen: Vec::new(),
        }
    }

    /// The same with another choice; an empty value takes it out. Another choice begins at the first page.
    #[must_use]
    pub fn with(&self, name: &'static str, value: &str) -> PaneLink {
        let mut link = self.clone();
        link.chosen
            .retain(|(known, _)| *known != name && *known != "trang");
        if !value.is_empty() {
            link.chosen.push((name, value.to_owned()));
        }
        link
    }

    /// What was chosen under a name; empty when nothing was.
    pub fn chosen(&self, name: &str) -> &str {
        let found = self.chosen.iter().find(|(known, _)| *known == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn href(&self) -> String {
        self.address("")
    }

    /// The same with another choice, as an address.
    pub fn to(&self, name: &'static str, value: &str) -> String {
        self.with(name, value).href()
    }

    /// The page of another unit, with the same choices.
    pub fn unit(&self, code: &str) -> String {
        self.to("don-vi", code)
    }

    /// Another view of the same unit.
    pub fn tab(&self, view: &View) -> String {
        PaneLink::new(&self.short_id, *view)
            .with("don-vi", self.chosen("don-vi"))
            .href()
    }

    /// The delays of the same unit.
    pub fn late(&self) -> String {
        self.tab(&View::Late)
    }

    /// The overview of the same unit.
    pub fn board(&self) -> String {
        let code = self.chosen("don-vi");
        if code.is_empty() {
            return format!("/dot/{}/bang", self.short_id);
        }
        self.board_of(code)
    }

    /// The overview of a unit.
    pub fn board_of(&self, code: &str) -> String {
        let code = utf8_percent_encode(code, ESCAPED);
        format!("/dot/{}/bang?don-vi={code}", self.short_id)
    }

    /// The rows as a file.
    pub fn file(&self, format: &str) -> String {
        self.with("dang", format).address("/tai-ve")
    }

    /// The live part as a stream.
    pub fn stream(&self) -> String {
        self.address("/song")
    }

    /// The address without the number of its page, ready for one.
    pub fn pages(&self) -> String {
        let without = self.with("trang", "").href();
        let mark = if without.contains('?') { '&' } else { '?' };
        format!("{without}{mark}trang=")
    }

    /// The choices that a form on the page hands on, but for those it asks for itself.
    pub fn handed_on(&self, asked: &[&str]) -> Vec<(&'static str, String)> {
        let chosen = self.chosen.iter();
        let others = chosen.filter(|(name, _)| *name != "trang" && !asked.contains(name));
        others.cloned().collect()
    }

    /// Where a form on the page leads.
    pub fn action(&self) -> String {
        PaneLink::new(&self.short_id, self.view).href()
    }

    fn address(&self, below: &str) -> String {
        let view = self.view.code();
        let mut address = format!("/dot/{}/bang/{view}{below}", self.short_id);
        for (at, (name, value)) in self.chosen.iter().enumerate() {
            address.push(if at == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.extend(utf8_percent_encode(value, ESCAPED));
        }
        address
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_stands_in_the_address_and_another_one_begins_at_the_first_page() {
        let link = PaneLink::new("sk1", View::Steps)
            .with("don-vi", "BT 593")
            .with("xep", "sent");
        assert_eq!(link.href(), "/dot/sk1/bang/buoc?don-vi=BT%20593&xep=sent");
        let third = link.with("trang", "3");
        assert_eq!(
            third.unit("BT-595"),
            "/dot/sk1/bang/buoc?xep=sent&don-vi=BT-595"
        );
        assert_eq!(
            third.pages(),
            "/dot/sk1/bang/buoc?don-vi=BT%20593&xep=sent&trang="
        );
        assert_eq!(
            third.file("csv"),
            "/dot/sk1/bang/buoc/tai-ve?don-vi=BT%20593&xep=sent&dang=csv"
        );
        assert_eq!(third.board(), "/dot/sk1/bang?don-vi=BT%20593");
        assert_eq!(third.to("xep", ""), "/dot/sk1/bang/buoc?don-vi=BT%20593");
    }
}
