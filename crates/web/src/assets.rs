//! The one stylesheet, the one script, the icon and the editor, under names that change with their content.

use crate::extract::Path;
use crate::page::Answer;
use app::Error;
use axum::http::header;
use axum::response::IntoResponse;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

/// The path that all of them are under.
pub const FOLDER: &str = "/assets/";

struct Asset {
    /// `/assets/app.0123456789abcdef.css`
    path: String,
    media_type: &'static str,
    bytes: &'static [u8],
}

/// In the order of the constants below.
static ASSETS: LazyLock<[Asset; 4]> = LazyLock::new(|| {
    [
        asset(
            "app",
            "css",
            "text/css; charset=utf-8",
            include_bytes!("../assets/app.css"),
        ),
        asset(
            "app",
            "js",
            "text/javascript; charset=utf-8",
            include_bytes!("../assets/app.js"),
        ),
        asset(
            "icon",
            "svg",
            "image/svg+xml",
            include_bytes!("../assets/icon.svg"),
        ),
        asset(
            "editor",
            "js",
            "text/javascript; charset=utf-8",
            include_bytes!(concat!(env!("OUT_DIR"), "/editor.js")),
        ),
    ]
});
const CSS: usize = 0;
const JS: usize = 1;
const ICON: usize = 2;
const EDITOR: usize = 3;

fn asset(name: &str, ending: &str, media_type: &'static str, bytes: &'static [u8]) -> Asset {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Asset {
        path: format!("{FOLDER}{name}.{:016x}.{ending}", hasher.finish()),
        media_type,
        bytes,
    }
}

pub fn css_path() -> &'static str {
    &ASSETS[CSS].path
}

pub fn js_path() -> &'static str {
    &ASSETS[JS].path
}

pub fn icon_path() -> &'static str {
    &ASSETS[ICON].path
}

/// The editor of the section page; `None` when the program was built without it (see `build.rs`).
pub fn editor_path() -> Option<&'static str> {
    let editor = &ASSETS[EDITOR];
    (!editor.bytes.is_empty()).then_some(editor.path.as_str())
}

pub(crate) async fn serve(Path(name): Path<String>) -> Answer {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix(FOLDER) == Some(name.as_str()))
        .ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.bytes).into_response())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_block_of_the_stylesheet_is_closed_before_the_next_part_begins() {
        let mut depth = 0;
        for (number, line) in (1..).zip(include_str!("../assets/app.css").lines()) {
            assert!(
                depth == 0 || !line.starts_with("/*"),
                "line {number}: a part begins inside an open block: {line}"
            );
            for letter in line.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
            }
            assert!(depth >= 0, "line {number} closes more than was opened");
        }
        assert_eq!(depth, 0, "a block stays open");
    }
}
