//! The editor of a section: looks, lists, tables, paste from Word, find and replace, undo, figures, full screen. Served
//! where Node bundled it; without it the plain field does its work, which the other journeys show.

use crate::{DONDOC, signed_in};
use e2e::{Key, Page, Server};

/// A commune of the demonstration that has not begun its report.
const COMMUNE: &str = "bt-23234";
const FIELD: &str = "Nội dung mục I.1";

/// What Word puts on the clipboard: a list of its own kind, a table with merged cells, and its debris.
const FROM_WORD: &str = r#"<html><head><style>p {color:red}</style></head><body lang=VI>
<!--StartFragment--><p class=MsoNormal style='text-align:justify'><b><span style='font-size:14.0pt'>Kết
quả:</span></b><span style='font-size:14.0pt'>&nbsp;<i>tốt</i><o:p></o:p></span></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>-<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Xã thứ nhất</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp;
</span></span>Thôn</p>
<table><tr><td colspan=2><p>Năm</p></td></tr><tr><td><p>2021</p></td><td><p>12</p><p>nhà</p></td></tr></table>
<script>alert(1)</script><!--EndFragment--></body></html>"#;

fn open_editor(page: &Page) -> bool {
    page.click_text("Soạn báo cáo");
    page.wait_for_text("Tập thể thông qua");
    page.click_text("Soạn báo cáo");
    page.wait_for_text("Hướng dẫn");
    page.run("return document.querySelector('script[src*=\"/assets/editor.\"]') !== null") == true
}

fn markup(page: &Page) -> String {
    let value = page.run("return document.querySelector('textarea[name=noi_dung]').value");
    value.as_str().unwrap_or_default().to_owned()
}

fn wait_saved(page: &Page) {
    page.wait_for_text("Đã lưu lúc");
}

fn paste(page: &Page, html: &str) {
    let html = serde_json::Value::from(html);
    page.run(&format!(
        "const data = new DataTransfer();
         data.setData('text/html', {html});
         document.querySelector('.ProseMirror').dispatchEvent(
             new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true, cancelable: true }}));"
    ));
}

/// A key pressed while Ctrl is held.
fn ctrl(page: &Page, letter: &str) {
    page.press(&format!(
        "{}{letter}{}",
        char::from(Key::Control),
        char::from(Key::Null)
    ));
}

#[test]
fn prose_is_written_in_the_editor() {
    let server = Server::demo(DONDOC);
    let page = signed_in(&server, COMMUNE);
    if !open_editor(&page) {
        return;
    }
    let section = page.path();
    prose_is_typed_pasted_and_kept_as_it_looks(&page, &section);
    a_number_in_a_sentence_follows_its_figure(&page, &section);
}

fn prose_is_typed_pasted_and_kept_as_it_looks(page: &Page, section: &str) {
    page.fill(FIELD, "Đạt ");
    ctrl(page, "b");
    page.press("98,5%");
    ctrl(page, "b");
    page.press(" kế hoạch.\na) Một");
    page.press("\nHai");
    page.press(&char::from(Key::Tab).to_string());
    page.press("\n\nHết.");
    let typed = "Đạt **98,5%** kế hoạch.\na) Một\n  b) Hai\nHết.";
    assert_eq!(markup(page), typed);
    wait_saved(page);
    page.wait_for_text("9 từ");

    ctrl(page, "a");
    page.press(&char::from(Key::Right).to_string());
    page.press("\n");
    paste(page, FROM_WORD);
    let pasted = "**Kết quả:** *tốt*\n- Xã thứ nhất\n  + Thôn\n| Năm |  |\n| 2021 | 12<br>nhà |";
    assert_eq!(markup(page), format!("{typed}\n{pasted}"));
    ctrl(page, "z");
    assert_eq!(markup(page), typed);
    ctrl(page, "y");
    wait_saved(page);
    page.open(section);
    assert_eq!(markup(page), format!("{typed}\n{pasted}"));
    page.wait_for_text("Thôn");
    assert_eq!(
        page.run("return document.querySelectorAll('.ProseMirror td').length"),
        4
    );
    page.screenshot("soan-thao");

    page.fill(FIELD, "xã A, xã B");
    page.click_text("Tìm và thay (Ctrl+F)");
    page.fill("Tìm", "xã");
    page.fill("Thay bằng", "phường");
    page.click_text("Thay hết");
    page.wait_for_text("Không thấy");
    assert_eq!(markup(page), "phường A, phường B");
    page.click_text("Đóng");
    page.click_text("Toàn màn hình");
    page.press(&char::from(Key::Escape).to_string());
    assert_eq!(
        page.run("return document.querySelectorAll('.full-screen').length"),
        0
    );
    wait_saved(page);
    page.click_text("Góp ý về chữ đang chọn");
    page.fill("Góp ý", "Nêu tên khu phố.");
    page.click_text("Gửi góp ý");
    page.wait_for_text("1 chưa xử lý");
    a_remark_and_a_finding_lead_to_their_words(page);
}

fn a_remark_and_a_finding_lead_to_their_words(page: &Page) {
    page.fill(FIELD, "Họp ngày 31/9/2021.\nphường A, phường B");
    wait_saved(page);
    let chosen = || page.run("return getSelection().toString()");
    page.click_text("Đoạn 1");
    assert_eq!(chosen(), "phường A, phường B");
    page.click_text("Kiểm tra mục");
    page.wait_for_text("31/9/2021");
    page.click_in("31/9/2021", "đoạn 1");
    assert_eq!(chosen(), "Họp ngày 31/9/2021.");
}

fn a_number_in_a_sentence_follows_its_figure(page: &Page, section: &str) {
    page.open(section);
    page.fill(FIELD, "Có ");
    page.click_text("Chèn số liệu theo bảng");
    page.choose("Năm, kỳ cần chèn", "2018");
    page.click_text("Chèn số liệu");
    page.press(" người.");
    assert_eq!(markup(page), "Có {{LD01, 2018}} người.");
    wait_saved(page);
    page.click_text("Bảng số liệu");
    page.fill("LD01, 2018", "1234");
    page.click_text("Lưu số liệu");
    page.wait_for_text("Đã lưu");
    page.open(section);
    page.wait_for_text("Có 1.234 người.");
    assert_eq!(markup(page), "Có {{LD01, 2018}} người.");
    let report = section.split("/muc/").next().unwrap_or_default();
    page.open(&format!("{report}/toan-van"));
    page.wait_for_text("Có 1.234 người.");
}
