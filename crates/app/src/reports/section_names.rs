//! How people and programs name the sections of an outline.

use super::content::Outline;
use crate::error::{Error, Result};
use domain::campaign::Section;
use domain::ids::SectionId;

/// The section that `words` name: `#12` by its id, `II` by its number, `II/1` by the numbers on the way to it.
///
/// # Errors
/// [`Error::Refused`] when none or several fit.
pub fn section(outline: &Outline, words: &str) -> Result<SectionId> {
    if let Some(id) = words.strip_prefix('#').and_then(|id| id.parse().ok()) {
        return match outline.section(id) {
            Some(section) => Ok(section.id),
            None => Err(Error::Refused(format!("đề cương không có mục {words}"))),
        };
    }
    let paths = paths(&outline.sections);
    let fitting: Vec<&(SectionId, String)> = paths
        .iter()
        .filter(|(_, path)| path == words || path.ends_with(&format!("/{words}")))
        .collect();
    match fitting.as_slice() {
        [(id, _)] => Ok(*id),
        [] => Err(Error::Refused(format!(
            "đề cương không có mục “{words}”. Các mục: {}",
            listed(&paths.iter().collect::<Vec<_>>())
        ))),
        several => Err(Error::Refused(format!(
            "có nhiều mục “{words}”, hãy nêu rõ: {}",
            listed(several)
        ))),
    }
}

fn listed(paths: &[&(SectionId, String)]) -> String {
    let names: Vec<&str> = paths.iter().map(|(_, path)| path.as_str()).collect();
    names.join(", ")
}

/// Each section with the numbers on the way to it.
fn paths(sections: &[Section]) -> Vec<(SectionId, String)> {
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut paths = Vec::new();
    for section in sections {
        above.retain(|(level, _)| *level < section.level);
        above.push((section.level, &section.number));
        let numbers: Vec<&str> = above.iter().map(|(_, number)| *number).collect();
        paths.push((section.id, numbers.join("/")));
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::campaign::Writable;
    use domain::figures::Layout;

    fn outline() -> Outline {
        let section = |id, number: &str, level| Section {
            id: SectionId(id),
            number: number.into(),
            title: String::new(),
            level,
            guidance: String::new(),
            writable: Writable::Required,
        };
        Outline {
            sections: vec![
                section(1, "I", 1),
                section(2, "1", 2),
                section(3, "2", 2),
                section(4, "II", 1),
                section(5, "1", 2),
            ],
            layout: Layout::new(Vec::new(), Vec::new()),
        }
    }

    #[test]
    fn a_section_is_named_by_its_number_as_long_as_that_says_which() {
        let outline = outline();
        let found = |words| {
            section(&outline, words)
                .map(|id| id.0)
                .map_err(|error| error.to_string())
        };
        assert_eq!(found("I"), Ok(1));
        assert_eq!(found("2"), Ok(3));
        assert_eq!(found("II/1"), Ok(5));
        assert_eq!(found("#2"), Ok(2));
        assert_eq!(
            found("1"),
            Err("có nhiều mục “1”, hãy nêu rõ: I/1, II/1".into())
        );
        assert_eq!(
            found("V"),
            Err("đề cương không có mục “V”. Các mục: I, I/1, I/2, II, II/1".into())
        );
        assert!(found("#9").is_err());
    }
}
