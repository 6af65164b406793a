//! Turns the sentence patterns of `data/prose/*.txt` into text. The format is
//! described in `data/README.md`; a pattern with a value that a unit lacks (or
//! that is zero) is skipped, so no sentence speaks of "0 nhà".

use super::ContentError;
use super::rng::Rng;

/// Where the values of placeholders come from.
pub trait Values {
    /// Text for `{name}`; `None` skips the pattern.
    fn value(&self, name: &str) -> Option<String>;
    /// Whether the figure is zero, blank or not applicable (condition `!CODE`).
    fn is_nothing(&self, code: &str) -> bool;
}

/// Patterns of one outline section.
#[derive(Debug, Clone)]
pub struct SectionGrammar {
    /// Section number as in the outline.
    pub number: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    Paragraph,
    Slot {
        percent: i64,
        patterns: Vec<Pattern>,
    },
    List {
        low: i64,
        high: i64,
        patterns: Vec<Pattern>,
    },
}

#[derive(Debug, Clone)]
struct Pattern {
    classes: String,
    branches: Vec<String>,
    zero: Option<String>,
    text: String,
}

/// Class (one letter) and branch (kind of locality or office) of the writer.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// `c` commune, `g` other grassroots, `u` Front and unions, `p` provincial body, `d` consolidating level.
    pub class: char,
    /// Branch within the class.
    pub branch: &'a str,
}

/// Reads the patterns of one file.
///
/// # Errors
/// A line that is none of the forms described in `data/README.md`.
pub fn parse(file: &'static str, text: &str) -> Result<Vec<SectionGrammar>, ContentError> {
    let mut sections: Vec<SectionGrammar> = Vec::new();
    for (index, raw) in text.lines().enumerate() {
        let line = raw.trim();
        let wrong = |what: &str| ContentError::Row {
            file,
            line: index + 1,
            what: what.to_owned(),
        };
        if line.is_empty() {
            continue;
        }
        if let Some(number) = line.strip_prefix("== ") {
            sections.push(SectionGrammar {
                number: number.to_owned(),
                parts: Vec::new(),
            });
            continue;
        }
        let section = sections
            .last_mut()
            .ok_or_else(|| wrong("text before the first section"))?;
        if line == "//" {
            section.parts.push(Part::Paragraph);
        } else if let Some(rest) = line.strip_prefix("--") {
            section
                .parts
                .push(opening(rest.trim()).ok_or_else(|| wrong("unknown slot"))?);
        } else {
            let pattern = pattern(line).ok_or_else(|| wrong("not a pattern"))?;
            match section.parts.last_mut() {
                Some(Part::Slot { patterns, .. } | Part::List { patterns, .. }) => {
                    patterns.push(pattern);
                }
                _ => return Err(wrong("pattern outside a slot")),
            }
        }
    }
    Ok(sections)
}

fn opening(text: &str) -> Option<Part> {
    let patterns = Vec::new();
    if text.is_empty() {
        return Some(Part::Slot {
            percent: 100,
            patterns,
        });
    }
    if let Some(range) = text.strip_prefix("list ") {
        let (low, high) = range.split_once("..")?;
        return Some(Part::List {
            low: low.parse().ok()?,
            high: high.parse().ok()?,
            patterns,
        });
    }
    Some(Part::Slot {
        percent: text.strip_suffix('%')?.parse().ok()?,
        patterns,
    })
}

fn pattern(line: &str) -> Option<Pattern> {
    let (head, text) = line.split_once('|')?;
    let mut words = head.split_whitespace();
    let tag = words.next()?;
    let (classes, branches) = tag.split_once(':').unwrap_or((tag, ""));
    let zero = match words.next() {
        Some(word) => Some(word.strip_prefix('!')?.to_owned()),
        None => None,
    };
    Some(Pattern {
        classes: classes.to_owned(),
        branches: branches
            .split(',')
            .filter(|b| !b.is_empty())
            .map(str::to_owned)
            .collect(),
        zero,
        text: text.trim().to_owned(),
    })
}

impl SectionGrammar {
    /// The text of the section for one writer: paragraphs separated by a line
    /// break, list items beginning with "- ".
    #[must_use]
    pub fn render(&self, writer: Writer<'_>, values: &dyn Values, rng: &mut Rng) -> String {
        let mut paragraphs: Vec<String> = vec![String::new()];
        for part in &self.parts {
            match part {
                Part::Paragraph => paragraphs.push(String::new()),
                Part::Slot { percent, patterns } => {
                    if !rng.chance(*percent) {
                        continue;
                    }
                    let sentences = candidates(patterns, writer, values, rng);
                    if let (Some(sentence), Some(last)) =
                        (rng.pick(&sentences), paragraphs.last_mut())
                    {
                        if !last.is_empty() {
                            last.push(' ');
                        }
                        last.push_str(sentence);
                    }
                }
                Part::List {
                    low,
                    high,
                    patterns,
                } => {
                    let mut items = candidates(patterns, writer, values, rng);
                    rng.shuffle(&mut items);
                    let count = usize::try_from(rng.between(*low, *high)).unwrap_or(0);
                    paragraphs.extend(items.into_iter().take(count).map(|i| format!("- {i}")));
                }
            }
        }
        paragraphs.retain(|p| !p.is_empty());
        paragraphs.join("\n")
    }

    /// Adds the parts of another file's section of the same number.
    pub fn extend(&mut self, other: Self) {
        self.parts.extend(other.parts);
    }
}

fn candidates(
    patterns: &[Pattern],
    writer: Writer<'_>,
    values: &dyn Values,
    rng: &mut Rng,
) -> Vec<String> {
    let fits = |p: &&Pattern| {
        p.classes.contains(writer.class)
            && (p.branches.is_empty() || p.branches.iter().any(|b| b == writer.branch))
            && p.zero.as_ref().is_none_or(|code| values.is_nothing(code))
    };
    patterns
        .iter()
        .filter(fits)
        .filter_map(|p| fill(&choose(&p.text, rng), values))
        .map(|sentence| capitalised(&sentence))
        .collect()
}

/// Resolves `[one|other|third]`.
fn choose(text: &str, rng: &mut Rng) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let Some((options, tail)) = after.split_once(']') else {
            rest = after;
            break;
        };
        let options: Vec<&str> = options.split('|').collect();
        out.push_str(rng.pick(&options).copied().unwrap_or_default());
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn fill(text: &str, values: &dyn Values) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        out.push_str(before);
        out.push_str(&values.value(name)?);
        rest = tail;
    }
    out.push_str(rest);
    Some(out.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct OneHouse;
    impl Values for OneHouse {
        fn value(&self, name: &str) -> Option<String> {
            (name == "NO03+").then(|| "07".to_owned())
        }
        fn is_nothing(&self, code: &str) -> bool {
            code != "NO03"
        }
    }

    #[test]
    fn a_pattern_without_its_figure_is_skipped() {
        let text = "== III.4\n--\nc | xây {NO01+} nhà.\nc | đã làm {NO03+} [nhà|căn nhà].\n-- list 1..1\nc !LS10 | không có nghĩa trang.";
        let sections = parse("test", text).expect("a good grammar");
        let writer = Writer {
            class: 'c',
            branch: "",
        };
        let mut rng = Rng::for_labels(1, &[]);
        let out = sections[0].render(writer, &OneHouse, &mut rng);
        assert!(out.starts_with("Đã làm 07 "), "{out}");
        assert!(out.ends_with("\n- Không có nghĩa trang."), "{out}");
    }

    #[test]
    fn a_line_outside_a_slot_is_refused_with_its_number() {
        let error = parse("test", "== I\nc | lạc chỗ").expect_err("no slot yet");
        assert!(error.to_string().contains("line 2"), "{error}");
    }
}
