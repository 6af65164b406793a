//! The text of a plan with what was read from it marked, one page of it at a time.

use domain::plan::{Plan, Reading, Span};

/// Characters of text on one page.
const PAGE_CHARS: usize = 12_000;

/// One marked place: an id for links, the address of the field that it was read into, and whether it is a whole duty
/// around smaller marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub id: String,
    pub field: String,
    pub span: Span,
    pub is_around: bool,
}

/// Every place that was read, under the ids that the fields link to. `field` gives the address of the field of a name.
pub(super) fn marks(reading: &Reading, field: impl Fn(&str) -> String) -> Vec<Mark> {
    let places = &reading.places;
    let mut marks = Vec::new();
    let mut one = |id: String, span: Option<Span>| {
        if let Some(span) = span.filter(|span| span.start < span.end) {
            marks.push(Mark {
                id,
                field: String::new(),
                span,
                is_around: false,
            });
        }
    };
    let singles = [
        ("tieu-de", places.title),
        ("loai", places.kind),
        ("so", places.number),
        ("ngay", places.date),
        ("co-quan", places.issuer),
        ("moc", places.period),
        ("nguoi-ky", places.signer),
        ("de-cuong", places.outline_attached),
    ];
    for (id, span) in singles {
        one(id.into(), span);
    }
    let lists = [
        ("can-cu", &places.legal_basis),
        ("so-ket", &places.instruments_under_review),
        ("muc-dich", &places.purposes),
        ("chu-tri", &places.lead),
        ("phoi-hop", &places.coordinate),
        ("noi-nhan", &places.recipients),
    ];
    for (id, spans) in lists {
        for (at, span) in spans.iter().enumerate() {
            one(format!("{id}-{at}"), Some(*span));
        }
    }
    for (at, duty) in places.assignments.iter().enumerate() {
        for span in &duty.who {
            one(String::new(), Some(*span));
        }
        let parts = [
            duty.deliverable,
            duty.to,
            duty.via,
            duty.adopted_by,
            duty.due,
            duty.due_set_by,
        ];
        for (part, span) in ["viec", "gui", "qua", "thong-qua", "han", "dat-han"]
            .iter()
            .zip(parts)
        {
            one(format!("nv-{at}-{part}"), span);
        }
    }
    for (at, finding) in reading.plan.findings.iter().enumerate() {
        let span = Span {
            start: finding.start,
            end: finding.end,
        };
        one(format!("luu-y-{at}"), Some(span));
    }
    marks.extend(duties(&reading.plan));
    for mark in marks.iter_mut().filter(|mark| !mark.id.is_empty()) {
        mark.field = field(&mark.id);
        mark.id = anchor(&mark.id);
    }
    marks
}

/// The id of a place in the text, apart from the ids of the form's fields.
pub(super) fn anchor(name: &str) -> String {
    format!("vb-{name}")
}

fn duties(plan: &Plan) -> impl Iterator<Item = Mark> + '_ {
    plan.assignments.iter().enumerate().map(|(at, duty)| Mark {
        id: format!("nv-{at}"),
        field: String::new(),
        span: Span {
            start: duty.source.start,
            end: duty.source.end,
        },
        is_around: true,
    })
}

/// The first character of each page; pages end at the end of a line.
pub(super) fn page_starts(text: &[char]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut at = 0;
    while text.len() - at > PAGE_CHARS {
        let rest = &text[at..at + PAGE_CHARS];
        let end = rest
            .iter()
            .rposition(|c| *c == '\n')
            .map_or(PAGE_CHARS, |end| end + 1);
        at += end;
        starts.push(at);
    }
    starts
}

/// The page, from 1, on which a character stands.
pub(super) fn page_of(starts: &[usize], at: usize) -> usize {
    starts.iter().rposition(|start| *start <= at).unwrap_or(0) + 1
}

/// HTML of the characters `from..to`, marks nested one in another. A mark that runs out of the one around it is
/// cut off there.
pub(super) fn html(text: &[char], from: usize, to: usize, marks: &[Mark]) -> String {
    let mut inside: Vec<(usize, usize, &Mark)> = marks
        .iter()
        .map(|mark| (mark.span.start.max(from), mark.span.end.min(to), mark))
        .filter(|(start, end, _)| start < end)
        .collect();
    inside.sort_by_key(|(start, end, mark)| (*start, std::cmp::Reverse(*end), !mark.is_around));
    let mut out = String::new();
    let mut open: Vec<Opened> = Vec::new();
    let mut next = inside.into_iter().peekable();
    for (at, c) in (from..to).zip(&text[from..to]) {
        close_ended(&mut out, &mut open, at);
        while let Some((_, end, mark)) = next.next_if(|(start, _, _)| *start == at) {
            let end = open.last().map_or(end, |around| end.min(around.end));
            let in_link = open.iter().any(|around| around.is_link);
            let is_link = open_mark(&mut out, mark, mark.span.start >= from, in_link);
            open.push(Opened { end, is_link });
        }
        escape(&mut out, *c);
    }
    close_ended(&mut out, &mut open, to);
    out
}

/// A mark whose end was not reached yet.
struct Opened {
    end: usize,
    /// A link within the mark leads to its field; links do not nest.
    is_link: bool,
}

fn close_ended(out: &mut String, open: &mut Vec<Opened>, at: usize) {
    while let Some(last) = open.last().filter(|last| last.end <= at) {
        out.push_str(if last.is_link {
            "</a></mark>"
        } else {
            "</mark>"
        });
        open.pop();
    }
}

/// Opens a mark; whether a link to its field was opened in it.
fn open_mark(out: &mut String, mark: &Mark, is_beginning: bool, in_link: bool) -> bool {
    out.push_str(if mark.is_around {
        "<mark class=\"source\""
    } else {
        "<mark"
    });
    if is_beginning && !mark.id.is_empty() {
        out.push_str(&format!(" id=\"{}\"", mark.id));
    }
    out.push('>');
    if mark.field.is_empty() || in_link {
        return false;
    }
    let href = mark.field.replace('&', "&amp;");
    if mark.is_around {
        // The whole duty holds other links: a sign before it leads to its fields.
        if is_beginning {
            out.push_str(&format!(
                "<a class=\"to-duty\" href=\"{href}\" aria-label=\"Đến ô của nhiệm vụ này\">↦</a>"
            ));
        }
        return false;
    }
    out.push_str(&format!("<a class=\"to-field\" href=\"{href}\">"));
    true
}

fn escape(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        other => out.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(id: &str, start: usize, end: usize, is_around: bool) -> Mark {
        Mark {
            id: id.into(),
            field: String::new(),
            span: Span { start, end },
            is_around,
        }
    }

    fn shown(text: &str, marks: &[Mark]) -> String {
        let text: Vec<char> = text.chars().collect();
        html(&text, 0, text.len(), marks)
    }

    #[test]
    fn smaller_marks_stand_inside_the_duty_around_them() {
        let marks = [mark("nv-0-gui", 3, 6, false), mark("nv-0", 0, 8, true)];
        assert_eq!(
            shown("gửi về Ban", &marks),
            "<mark class=\"source\" id=\"nv-0\">gửi<mark id=\"nv-0-gui\"> về</mark> B</mark>an"
        );
    }

    #[test]
    fn marks_that_cross_are_cut_and_never_break_the_page() {
        let marks = [mark("a", 0, 4, false), mark("b", 2, 6, false)];
        assert_eq!(
            shown("abcdef", &marks),
            "<mark id=\"a\">ab<mark id=\"b\">cd</mark></mark>ef"
        );
    }

    #[test]
    fn words_lead_back_to_their_field_and_links_never_nest() {
        let linked = |id: &str, start, end, is_around| Mark {
            field: format!("#o-{id}"),
            ..mark(id, start, end, is_around)
        };
        let marks = [
            linked("nv-0", 0, 5, true),
            linked("a", 1, 4, false),
            linked("b", 2, 3, false),
        ];
        assert_eq!(
            shown("abcdef", &marks),
            "<mark class=\"source\" id=\"nv-0\"><a class=\"to-duty\" href=\"#o-nv-0\" aria-label=\"Đến ô của nhiệm vụ này\">↦</a>a<mark id=\"a\"><a class=\"to-field\" href=\"#o-a\">b<mark id=\"b\">c</mark>d</a></mark>e</mark>f"
        );
    }

    #[test]
    fn script_in_a_plan_is_text() {
        assert_eq!(shown("<script>", &[]), "&lt;script&gt;");
    }

    #[test]
    fn long_texts_are_paged_at_ends_of_lines_without_losing_a_character() {
        let text: Vec<char> = "một dòng chữ\n".repeat(3000).chars().collect();
        let starts = page_starts(&text);
        assert!(starts.len() > 2);
        assert!(starts[1..].iter().all(|start| text[start - 1] == '\n'));
        assert_eq!(page_of(&starts, starts[1]), 2);
        assert_eq!(page_of(&starts, starts[1] - 1), 1);
    }
}
