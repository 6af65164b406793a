//! The views of a board: one click from view to view and from unit to unit, everything chosen in the address.

use crate::province::{CAMPAIGN, PAGE_BYTES, small};
use crate::site::{Browser, Reply};
use axum::http::StatusCode;

fn page(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(&format!("/dot/{CAMPAIGN}/bang/{path}"));
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.main());
    let size = reply.body.len();
    assert!(size < PAGE_BYTES, "{path} has {size} bytes");
    reply
}

#[test]
fn every_view_leads_to_the_others_to_its_files_and_to_the_units_below() {
    let province = small();
    let mut browser = province.browser("BDV");
    for view in app::boards::View::ALL {
        let shown = page(&mut browser, &format!("{}?don-vi=D01", view.code()));
        for other in app::boards::View::ALL {
            let link = format!("/dot/sk-1/bang/{}?don-vi=D01\"", other.code());
            assert!(shown.body.contains(&link), "{link}: {}", shown.main());
        }
        assert!(shown.body.contains("href=\"/dot/sk-1/bang?don-vi=D01\""));
        for format in ["xlsx", "csv"] {
            let path = format!(
                "/dot/sk-1/bang/{}/tai-ve?don-vi=D01&dang={format}",
                view.code()
            );
            assert!(
                shown.body.contains(&path.replace('&', "&#38;")),
                "{path}: {}",
                shown.main()
            );
            let file = browser.get(&path);
            assert_eq!(file.status, StatusCode::OK, "{path}");
            assert!(!file.bytes.is_empty(), "{path}");
        }
        let name = view.name();
        let json = browser.get(&format!("/api/v1/campaigns/sk-1/board/{name}?unit=D01"));
        assert_eq!(json.json()["campaign"], "sk-1", "{name}");
        let other = province
            .browser("D01")
            .get(&format!("/dot/sk-1/bang/{}?don-vi=D02", view.code()));
        assert!(matches!(
            other.status,
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
        ));
    }
    let unknown = browser.get("/dot/sk-1/bang/linh-tinh");
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[test]
fn the_heat_table_leads_down_and_can_be_sorted_by_step() {
    let province = small();
    let mut browser = province.browser("BDV");
    let whole = page(&mut browser, "buoc");
    assert!(
        whole
            .body
            .contains("href=\"/dot/sk-1/bang/buoc?don-vi=D01\"")
    );
    assert!(whole.body.contains("href=\"/dot/sk-1/bang/buoc?xep=sent\""));
    let sorted = page(&mut browser, "buoc?don-vi=D02&xep=sent");
    assert!(
        sorted
            .body
            .contains("href=\"/dot/sk-1/bang/buoc?don-vi=D02\""),
        "sorting can be taken back: {}",
        sorted.main()
    );
}

#[test]
fn the_form_of_the_delays_keeps_the_unit_and_what_was_chosen() {
    let province = small();
    let mut browser = province.browser("BDV");
    let shown = page(&mut browser, "cham?don-vi=D01&loc=cham&theo=original");
    let main = shown.main();
    assert!(main.contains("name=\"don-vi\" value=\"D01\""), "{main}");
    assert!(main.contains("value=\"cham\" selected"), "{main}");
    assert!(main.contains("value=\"original\" selected"), "{main}");
    assert!(main.contains("Chậm 3 ngày"), "{main}");
    assert!(main.contains("<b>1</b> báo cáo"), "{main}");
}

#[test]
fn the_clocks_name_the_superior_that_holds_a_report() {
    let province = small();
    let mut browser = province.browser("BDV");
    let shown = page(&mut browser, "dang-giu").main();
    assert!(shown.contains("<b>2</b> báo cáo, lâu nhất"), "{shown}");
    assert!(shown.contains("giu=D02"), "{shown}");
    let one = page(&mut browser, "dang-giu?giu=D02").main();
    assert!(
        one.contains("Báo cáo ở Huyện ủy Bắc Bình Thượng 2"),
        "{one}"
    );
    assert!(one.contains("<b>1</b> báo cáo"), "{one}");
}

#[test]
fn a_stream_gives_the_part_of_the_page_that_is_kept_live_and_only_to_who_may_see_it() {
    let province = small();
    let mut district = province.browser("D01");
    for path in ["song", "buoc/song", "cham/song", "ban-do/song"] {
        let stream = district.get(&format!("/dot/sk-1/bang/{path}?mot-lan=1"));
        assert_eq!(stream.status, StatusCode::OK, "{path}");
        assert!(
            stream
                .header("content-type")
                .starts_with("text/event-stream"),
            "{path}"
        );
        let lines: Vec<&str> = stream
            .body
            .lines()
            .filter_map(|line| line.strip_prefix("data: "))
            .collect();
        let html = lines.join("\n");
        assert!(html.contains("Tính đến"), "{path}: {}", stream.body);
        assert!(!html.contains("Thượng 2"), "{path}: another district");
        let other = district.get(&format!("/dot/sk-1/bang/{path}?don-vi=D02&mot-lan=1"));
        assert!(matches!(
            other.status,
            StatusCode::FORBIDDEN | StatusCode::NOT_FOUND
        ));
    }
    let page = page(&mut district, "buoc?don-vi=D01");
    assert!(
        page.body
            .contains("data-live=\"/dot/sk-1/bang/buoc/song?don-vi=D01\""),
        "{}",
        page.main()
    );
}

#[test]
fn the_map_has_every_province_both_archipelagos_its_author_and_a_table() {
    let province = small();
    let mut browser = province.browser("BDV");
    for path in ["ban-do", "ban-do?tinh=34&do=overdue"] {
        let shown = page(&mut browser, path);
        assert_eq!(shown.body.matches("<path ").count(), 65, "{path}");
        for words in [
            "Quần đảo Hoàng Sa",
            "Quần đảo Trường Sa",
            "Stephen Truong",
            "CC BY 4.0",
        ] {
            assert!(shown.body.contains(words), "{path}: {words}");
        }
    }
}
