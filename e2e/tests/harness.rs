//! The harness against a page of its own: what journeys rely on works, and a failed step says what was there.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use e2e::{Page, Server, Window};

const FORM: &str = r#"<!doctype html><html lang="vi"><meta charset="utf-8"><title>Mẫu</title>
<style>main { max-width: 40rem; min-height: 1500px } table { width: 20rem }</style>
<main><h1>Báo cáo tổng kết</h1>
<form method="get" action="/nhan">
<label for="so">Số, ký hiệu</label> <input id="so" name="so" value="cũ">
<label>Thời hạn <input type="date" name="han"></label>
<label>Cấp <select name="cap"><option value="x">Xã</option><option value="h">Huyện</option></select></label>
<label><input type="checkbox" name="gap" value="1"> Gấp</label>
<label>Tệp <input type="file" name="tep"></label>
<p hidden>Chữ ẩn</p>
<button>Gửi đi</button></form>
<table><tr><td>Xã A</td><td><a href="/xem?xa=A">Mở</a></td></tr><tr><td>Xã B</td><td><a href="/xem?xa=B">Mở</a></td></tr></table>
<p id="script">Không có mã lệnh</p>
<script>document.getElementById('script').textContent = 'Có mã lệnh'</script></main></html>"#;

/// Serves the form at `/`, and at any other path a page that shows that path; returns its address.
fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    std::thread::spawn(move || listener.incoming().flatten().for_each(answer));
    address
}

fn answer(mut connection: TcpStream) {
    let mut request = String::new();
    let mut reader = BufReader::new(&connection);
    let _ = reader.read_line(&mut request);
    let headers = reader
        .lines()
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
        .count();
    assert!(headers < 100, "a browser sends fewer headers");
    let path = request.split(' ').nth(1).unwrap_or_default();
    let body = if path == "/" {
        FORM.to_owned()
    } else {
        format!("<meta charset=utf-8><p>Đã nhận</p><p>{path}</p>")
    };
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n",
        body.len()
    );
    let _ = write!(connection, "{head}Connection: close\r\n\r\n{body}");
    let _ = connection.read(&mut [0]);
}

#[test]
fn a_form_is_filled_by_its_labels_and_sent() {
    let page = Page::at(&site());
    assert_eq!(page.value("Số, ký hiệu"), "cũ");
    page.fill("Số, ký hiệu", "01-BC/DU");
    page.fill("Thời hạn", "2022-09-30");
    page.choose("Cấp", "Huyện");
    page.tick("Gấp");
    page.attach("Tệp", Path::new("tests/harness.rs"));
    page.click_text("Gửi đi");
    page.wait_for_text("Đã nhận");
    assert_eq!(
        page.path(),
        "/nhan?so=01-BC%2FDU&han=2022-09-30&cap=h&gap=1&tep=harness.rs"
    );
}

#[test]
fn words_repeated_in_every_row_are_told_apart_by_the_row() {
    let page = Page::at(&site());
    page.click_in("Xã B", "Mở");
    page.wait_for_text("Đã nhận");
    assert_eq!(page.path(), "/xem?xa=B");
}

#[test]
fn only_what_is_visible_counts_as_shown() {
    let page = Page::at(&site());
    assert!(page.shows("Báo cáo  tổng kết"));
    assert!(!page.shows("Chữ ẩn"));
}

#[test]
fn a_phone_without_scripts_still_shows_the_page() {
    let page = Page::in_window(Window::PHONE.without_scripts(), &site());
    page.wait_for_text("Không có mã lệnh");
    assert_eq!(page.run("return window.innerWidth"), 360);
    assert!(!page.scrolls_sideways());
    let with_scripts = Page::in_window(Window::PHONE, &site());
    with_scripts.wait_for_text("Có mã lệnh");
}

#[test]
fn a_picture_shows_the_whole_page() {
    let page = Page::at(&site());
    let png = std::fs::read(page.screenshot("harness")).unwrap();
    // Width and height stand at fixed places at the head of every PNG.
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(&png[1..4], b"PNG");
    assert_eq!(number(16), 1280);
    assert!(number(20) > 1500, "{} pixels high", number(20));
}

#[test]
fn the_server_is_found_by_the_address_it_prints_and_can_be_started_again() {
    let script = r#"echo x >> "$2/starts"
        echo "Đang mở $1 $2"
        echo "Địa chỉ: http://127.0.0.1:4711/ (Ctrl+C để dừng)"
        exec sleep 600"#;
    let mut server = Server::start("sh", &["-c", script, "sh"]);
    assert_eq!(server.address(), "http://127.0.0.1:4711");
    server.restart();
    assert_eq!(
        std::fs::read_to_string(server.data().join("starts")).unwrap(),
        "x\nx\n"
    );
    assert!(
        server
            .output()
            .contains(&format!("Đang mở --data {}", server.data().display()))
    );
}

#[test]
fn a_server_that_ends_at_once_fails_with_what_it_said() {
    let failed = catch_unwind(AssertUnwindSafe(|| {
        Server::start("sh", &["-c", "echo 'cổng bận' >&2; exit 3", "sh"])
    }));
    let message = failed
        .err()
        .and_then(|panic| panic.downcast::<String>().ok())
        .expect("it must fail");
    assert!(
        message.contains("ended without printing an address") && message.contains("cổng bận"),
        "{message}"
    );
}
