//! What a tag and its `style` say about the look of its text.

use super::tokens::Tag;
use crate::runs::Look;
use domain::doc::Align;

/// What holds for text at a place of the page.
#[derive(Debug, Clone, Default)]
pub struct Style {
    pub look: Look,
    pub capitals: bool,
    pub hidden: bool,
    pub font: Option<String>,
    pub align: Option<Align>,
    /// Line ends are meant (`pre`).
    pub keeps_lines: bool,
}

impl Style {
    /// What holds within `tag`.
    pub fn within(&self, tag: &Tag) -> Style {
        let mut style = self.clone();
        match tag.name.as_str() {
            "b" | "strong" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                style.look.bold = true
            }
            "i" | "em" => style.look.italic = true,
            "u" => style.look.underline = true,
            "pre" => style.keeps_lines = true,
            "center" => style.align = Some(Align::Center),
            "font" => style.font = tag.get("face").map(str::to_owned).or(style.font),
            "head" | "template" | "svg" | "math" | "iframe" | "object" | "select" | "noscript"
            | "audio" | "video" => style.hidden = true,
            _ => {}
        }
        if let Some(align) = tag.get("align").and_then(align) {
            style.align = Some(align);
        }
        style.hidden |= tag.get("hidden").is_some();
        for declaration in tag.get("style").unwrap_or_default().split(';') {
            if let Some((name, value)) = declaration.split_once(':') {
                style.declare(&name.trim().to_lowercase(), value.trim());
            }
        }
        style
    }

    fn declare(&mut self, name: &str, value: &str) {
        let small = value.to_lowercase();
        match name {
            "font-weight" => {
                self.look.bold = small.starts_with("bold")
                    || small.parse::<u16>().is_ok_and(|weight| weight >= 600)
            }
            "font-style" => {
                self.look.italic = small.starts_with("italic") || small.starts_with("oblique")
            }
            "text-decoration" | "text-decoration-line" => {
                self.look.underline = small.contains("underline")
            }
            "text-transform" => self.capitals = small == "uppercase",
            "display" => self.hidden |= small == "none",
            "mso-hide" => self.hidden |= small == "all",
            "text-align" => self.align = align(&small).or(self.align),
            "font-family" => {
                let first = value.split(',').next().unwrap_or_default();
                self.font = Some(first.trim().trim_matches(['"', '\'']).to_owned());
            }
            "white-space" => self.keeps_lines = small.starts_with("pre"),
            _ => {}
        }
    }
}

fn align(value: &str) -> Option<Align> {
    match value {
        "center" => Some(Align::Center),
        "right" | "end" => Some(Align::Right),
        "left" | "start" => Some(Align::Left),
        "justify" => Some(Align::Justify),
        _ => None,
    }
}
