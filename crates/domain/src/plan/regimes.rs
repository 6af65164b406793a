//! What a regime of reports says once for all of them: "Đối tượng báo cáo: …", "Nơi nhận báo cáo: …".

use super::bodies::body_at;
use super::clause::actors_between;
use super::duties::{Context, Found, Who};
use super::model::DutyKind;
use super::passage::pattern;
use super::reader::{Actor, Reader};
use super::structure::Ladder;

/// The bodies that the document says report, for a list of reports that names nobody. `first`: where duties begin.
pub(super) fn reporters(ladder: &Ladder, first: usize) -> Who {
    pattern!(
        WHO,
        r"(?i)(?:^|[.;] )(?:đối tượng|đơn vị|cơ quan|chủ thể|nơi)(?: (?:phải|có trách nhiệm|thực hiện|gửi|nộp|lập))* ?(?:báo cáo|gửi|nộp) ?: "
    );
    let named = ladder.nodes.iter().skip(first).find_map(|node| {
        let text = node.passage.text();
        let label = WHO.find(&text[node.body..])?;
        let start = node.body + label.end();
        let end = text[start..]
            .find(['.', ';'])
            .map_or(text.len(), |end| start + end);
        actors_between(&node.passage, start..end)
    });
    named.unwrap_or_default()
}

impl Reader<'_, '_> {
    /// The bodies that report, where the document names them for all its reports.
    pub fn reporters(&self) -> Option<Actor> {
        let who = &self.context.reporters;
        (!who.is_empty()).then(|| Actor {
            who: who.clone(),
            start: None,
        })
    }
}

/// Gives the reports without an addressee the one that the document names for all of them. `told`: nodes that were read as
/// fields of one duty.
pub(super) fn complete(context: &Context<'_>, told: &[usize], found: &mut [Found]) {
    pattern!(
        RECEIVED,
        r"(?i)(?:^|[.;] )(?:nơi (?:nhận|gửi)|địa chỉ (?:tiếp )?(?:nhận|gửi)|(?:đơn vị|cơ quan|bộ phận|đầu mối|cấp) (?:tiếp )?nhận|gửi về)(?: báo cáo)? ?: "
    );
    pattern!(VIA, r"^(?i:,? ?\(?(?:thông )?qua )");
    let nodes = context.ladder.nodes.iter().enumerate().skip(context.first);
    let mut receivers = nodes
        .filter(|(index, _)| !told.contains(index))
        .filter_map(|(_, node)| {
            let text = node.passage.text();
            let label = RECEIVED.find(&text[node.body..])?;
            let to = body_at(text, node.body + label.end())?;
            let via = VIA
                .find(&text[to.end..])
                .and_then(|via| body_at(text, to.end + via.end()));
            Some((&node.passage, to, via))
        });
    let (Some((passage, to, via)), None) = (receivers.next(), receivers.next()) else {
        return;
    };
    let words = |range: &std::ops::Range<usize>| passage.text()[range.clone()].to_owned();
    let open = |found: &&mut Found| found.duty.duty == DutyKind::Report && found.duty.to.is_none();
    for found in found.iter_mut().filter(open) {
        found.duty.to = Some(words(&to));
        found.places.to = Some(passage.span(to.clone()));
        if let (None, Some(via)) = (&found.duty.via, &via) {
            found.duty.via = Some(words(via));
            found.places.via = Some(passage.span(via.clone()));
        }
    }
}
