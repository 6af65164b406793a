//! The foot of a document: recipients and the signature block.

use super::model::{Plan, Signer};
use super::passage::{Flow, Item, Passage, pattern};
use super::places::{Places, Span};
use super::structure::is_upper;

pattern!(RECIPIENTS, r"^(?i:nơi nhận)\s*:?");
pattern!(
    AUTHORITY,
    r"^(?:T/M|K/T|T/L|TM\.?|KT\.?|TL\.?|TUQ\.?|Q\.) ?\p{Lu}"
);

/// Reads the foot of the page that begins at or after item `body`.
/// Returns the items it takes up: the body ends where they begin, annexes begin where they end.
pub(super) fn read(
    flow: &Flow,
    body: usize,
    plan: &mut Plan,
    places: &mut Places,
) -> (usize, usize) {
    // "Nơi nhận: Phòng A" between duties tells where one of them goes; the recipients stand last.
    let inline = |at: usize| match flow.items.get(at) {
        Some(Item::Line(line)) => flow.columns(*line).iter().any(|column| {
            RECIPIENTS
                .find(column.text())
                .is_some_and(|found| found.end() < column.text().len())
        }),
        _ => false,
    };
    let starts: Vec<usize> = (body..flow.items.len())
        .filter(|&at| begins(flow, at))
        .collect();
    let start = starts
        .iter()
        .enumerate()
        .find(|(nth, at)| !inline(**at) || *nth + 1 == starts.len())
        .map(|(_, at)| *at);
    let Some(start) = start else {
        return (flow.items.len(), flow.items.len());
    };
    let mut foot = Foot::default();
    let mut at = start;
    while let Some(Item::Line(line)) = flow.items.get(at) {
        if at > start && is_annex(flow.passage(*line).text()) {
            break;
        }
        for column in flow.columns(*line) {
            for part in parts(flow, column) {
                foot.take(&part);
            }
        }
        at += 1;
        if foot.is_full() && !more_recipients(flow, at) {
            break;
        }
    }
    foot.into_plan(plan, places);
    (start, at)
}

pub(super) fn begins(flow: &Flow, at: usize) -> bool {
    let Some(Item::Line(line)) = flow.items.get(at) else {
        return false;
    };
    flow.columns(*line).iter().any(|column| {
        begins_recipients(flow, at, column.text())
            || AUTHORITY.is_match(column.text()) && is_upper(column.text())
    })
}

/// "Nơi nhận: Phòng Nội vụ" among the fields of a report says where that one goes.
fn begins_recipients(flow: &Flow, at: usize, text: &str) -> bool {
    pattern!(ON_LINE, r"(?i)như (?:trên|kính gửi|điều)|\blưu\b|;");
    pattern!(ITEM, r"^(?i:[-–+•*]|như |lưu)");
    let Some(found) = RECIPIENTS.find(text) else {
        return false;
    };
    let rest = text[found.end()..].trim();
    let next = || match flow.items.get(at + 1) {
        Some(Item::Line(line)) => ITEM.is_match(flow.passage(*line).text()),
        _ => false,
    };
    rest.is_empty() || ITEM.is_match(rest) || ON_LINE.is_match(rest) || is_upper(rest) || next()
}

/// The heading of an annex.
pub(super) fn is_annex(text: &str) -> bool {
    pattern!(
        ANNEX,
        r"^(?:ĐỀ CƯƠNG|PHỤ LỤC|BIỂU MẪU|BIỂU|MẪU|DANH SÁCH|Phụ lục|Mẫu số|Biểu số|Đề cương)\b"
    );
    ANNEX.is_match(text)
}

/// After the name, recipients may still follow (the right column was read first).
fn more_recipients(flow: &Flow, from: usize) -> bool {
    (from..flow.items.len().min(from + 30)).any(|at| match flow.items.get(at) {
        Some(Item::Line(line)) => RECIPIENTS.is_match(flow.passage(*line).text()),
        _ => false,
    }) || matches!(flow.items.get(from), Some(Item::Line(line)) if flow.passage(*line).text().starts_with(['-', '–']))
}

/// Splits "- Như trên; PHÓ BÍ THƯ" and "Nơi nhận: T/M BAN THƯỜNG VỤ" where two columns ran together.
fn parts(flow: &Flow, column: Passage) -> Vec<Passage> {
    pattern!(
        RUN_TOGETHER,
        r"^((?:[-–].*?[;,.]|(?i:nơi nhận)\s*:))\s+((?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)?[\p{Lu}\s./]{6,})$"
    );
    let cut = RUN_TOGETHER
        .captures(column.text())
        .and_then(|found| Some((found.get(1)?.range(), found.get(2)?.range())));
    match cut {
        Some((left, right)) => [left, right]
            .into_iter()
            .map(|range| {
                let span = column.span(range);
                Passage::collapse(&flow.chars[span.start..span.end], span.start)
            })
            .collect(),
        None => vec![column],
    }
}

#[derive(Default)]
struct Foot {
    listing: bool,
    recipients: Vec<Passage>,
    authority: Option<Passage>,
    title: Option<Passage>,
    name: Option<Passage>,
}

impl Foot {
    fn is_full(&self) -> bool {
        self.name.is_some()
    }

    fn take(&mut self, part: &Passage) {
        let text = part.text();
        if RECIPIENTS.is_match(text) {
            self.listing = true;
        } else if AUTHORITY.is_match(text) && is_upper(text) {
            join(
                if self.title.is_none() {
                    &mut self.authority
                } else {
                    &mut self.title
                },
                part,
            );
        } else if self.listing && text.starts_with(['-', '–', '+', '•']) {
            self.recipients.push(part.clone());
        } else if self.listing
            && self.authority.is_none()
            && self.title.is_none()
            && text.ends_with(['.', ';'])
            && self
                .recipients
                .last()
                .is_some_and(|last| last.text().ends_with(','))
            && is_upper(text)
            && let Some(last) = self.recipients.last_mut()
        {
            // The signs of the office after "Lưu: VT," on a line of their own.
            last.append(part);
        } else if is_upper(text) && self.name.is_none() {
            join(&mut self.title, part);
        } else if let Some(length) = self.name_length(text) {
            self.name = Some(part.head(length));
        } else if self.listing
            && text.starts_with(|c: char| c.is_lowercase() || c == '(')
            && self.authority.is_none()
            && self.title.is_none()
            && let Some(last) = self.recipients.last_mut()
        {
            last.append(part);
        }
    }

    /// How much of a line is the name of the signer: all but the page number that ran into it.
    fn name_length(&self, text: &str) -> Option<usize> {
        let name = text.trim_end_matches(|c: char| c.is_numeric() || "-–/ ".contains(c));
        self.is_name(name).then_some(name.len())
    }

    fn is_name(&self, text: &str) -> bool {
        // "Đại tá Đoàn Minh Sơn", "PGS.TS. Trần Văn Bình": rank and degree belong to the name as written.
        pattern!(
            RANK,
            r"^(?:(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|(?:[A-Z]{1,3}[a-z]{0,2}\.? ?)+\.)(?:,? \p{Lu}+ ?\.)? "
        );
        let text = RANK.find(text).map_or(text, |rank| &text[rank.end()..]);
        let words: Vec<&str> = text.split(' ').collect();
        let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase());
        (self.authority.is_some() || self.title.is_some())
            && self.name.is_none()
            && (words.len() <= 7 && (words.len() > 1 || text.contains(['\'', '’'])))
            && words.iter().all(capital)
            && text
                .chars()
                .all(|c| c.is_alphabetic() || " .'’-".contains(c))
    }

    fn into_plan(self, plan: &mut Plan, places: &mut Places) {
        for line in &self.recipients {
            let text = line.text();
            let start = text.len() - text.trim_start_matches(['-', '–', '+', '•', ' ']).len();
            let end = text.trim_end_matches([',', ';', '.', ' ', '/']).len();
            if end > start {
                plan.recipients.push(text[start..end].to_owned());
                places.recipients.push(line.span(start..end));
            }
        }
        let parts = [&self.authority, &self.title, &self.name];
        let spans: Vec<Span> = parts
            .iter()
            .filter_map(|part| part.as_ref().map(Passage::whole))
            .collect();
        if let (Some(start), Some(end)) = (
            spans.iter().map(|span| span.start).min(),
            spans.iter().map(|span| span.end).max(),
        ) {
            places.signer = Some(Span { start, end });
        }
        let text = |part: Option<Passage>| part.map(|part| part.text().to_owned());
        plan.signer = Signer {
            authority: text(self.authority),
            title: text(self.title),
            name: text(self.name),
        };
    }
}

fn join(slot: &mut Option<Passage>, part: &Passage) {
    match slot {
        Some(known) => known.append(part),
        None => *slot = Some(part.clone()),
    }
}
