//! Việc của tôi: the first page after signing in.

use crate::page::{Answer, Shell, page};
use crate::session::Signed;
use askama::Template;

#[derive(Template)]
#[template(path = "home/view.html")]
struct HomePage {
    shell: Shell,
}

pub async fn view(Signed(_ctx): Signed, shell: Shell) -> Answer {
    page(&HomePage {
        shell: shell.titled("Việc của tôi"),
    })
}
