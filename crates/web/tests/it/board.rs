//! The board and the rolled-up figures, as pages, as files and over the API.

use crate::province::{CAMPAIGN, PAGE_BYTES, Province, small};
use crate::site::{Browser, Reply};
use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

fn page(browser: &mut Browser, path: &str) -> Reply {
    let reply = browser.get(&format!("/dot/{CAMPAIGN}/{path}"));
    assert_eq!(reply.status, StatusCode::OK, "{path}: {}", reply.main());
    let size = reply.body.len();
    assert!(size < PAGE_BYTES, "{path} has {size} bytes");
    reply
}

/// The rows of the first sheet.
fn sheet(reply: &Reply) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(reply.bytes.clone())).expect("the file is a workbook");
    let range = workbook
        .worksheet_range_at(0)
        .expect("a sheet")
        .expect("which can be read");
    range
        .rows()
        .map(|row| row.iter().map(Data::to_string).collect())
        .collect()
}

#[test]
fn the_board_of_a_campaign() {
    let province = small();
    insta::assert_snapshot!(page(&mut province.browser("BDV"), "bang").main());
}

#[test]
fn counts_lead_to_the_list_behind_them_and_names_to_the_board_below() {
    let province = small();
    let mut browser = province.browser("BDV");
    let whole = page(&mut browser, "bang");
    for link in [
        "/dot/sk-1/bang?loc=qua-han#danh-sach",
        "/dot/sk-1/bang?don-vi=D01&#38;loc=cham#danh-sach",
        "/dot/sk-1/bang?don-vi=D02\"",
        "/dot/sk-1/bang/tai-ve?dang=xlsx",
    ] {
        assert!(whole.body.contains(link), "{link}: {}", whole.main());
    }
    let late = page(&mut browser, "bang?loc=cham").main();
    assert!(late.contains("<b>1</b> báo cáo"), "{late}");
    assert!(late.contains("Chậm 3 ngày"), "{late}");
    let district = page(&mut browser, "bang?don-vi=D02");
    assert!(district.body.contains("href=\"/dot/sk-1/bang\">Toàn đợt"));
    assert!(
        district.body.contains("đã gửi <b>1/4</b> báo cáo (25%)"),
        "{}",
        district.main()
    );
    let owing = page(&mut browser, "bang?loc=chua-gui&cap=3").main();
    assert!(owing.contains("<b>2</b> báo cáo"), "{owing}");
    let unknown = browser.get("/dot/sk-1/bang?don-vi=D99");
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[test]
fn those_who_are_latest_stand_first_and_are_taken_along_to_the_reminders() {
    let province = Province::new(2, 3);
    province.send("D02-03", 1, "2022-09-20T10:00:00+07:00");
    let mut browser = province.browser("D02");
    let board = page(&mut browser, "bang").main();
    let at = |name: &str| board.find(name).expect("the unit is listed");
    assert!(at("Trung 2.1") < at("Trung 2.3"), "12 days before 6 days");
    assert!(at("Trung 2.3") < at("Bắc Bình Thượng 2</a>"));
    let chosen = province.reports["D02-01"];
    assert!(board.contains(&format!("name=\"bao_cao\" value=\"{chosen}\"")));
    let own = province.reports["D02"];
    assert!(
        !board.contains(&format!("name=\"bao_cao\" value=\"{own}\"")),
        "nobody reminds himself"
    );
    let reminders = page(&mut browser, &format!("don-doc?bao_cao={chosen}")).main();
    assert!(
        reminders.contains(&format!("value=\"{chosen}\" checked")),
        "{reminders}"
    );
}

#[test]
fn each_sees_their_own_part_and_no_other() {
    let province = small();
    let mut district = province.browser("D01");
    let own = page(&mut district, "bang").main();
    assert!(own.contains("Bảng theo dõi – Huyện ủy Bắc Bình Thượng 1"));
    assert!(!own.contains("Thượng 2"));
    for path in [
        "bang?don-vi=D02",
        "bang?don-vi=TU",
        "bang/tai-ve?don-vi=D02",
        "so-lieu?don-vi=D02",
        "so-lieu/tai-ve?don-vi=D02-01",
    ] {
        let reply = district.get(&format!("/dot/{CAMPAIGN}/{path}"));
        assert!(
            matches!(reply.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN),
            "{path}: {}",
            reply.status
        );
    }
    let report = province.reports["D01-03"];
    assert!(
        own.contains(&format!("href=\"/bao-cao/{report}\"")),
        "{own}"
    );
}

#[test]
fn the_list_leaves_as_it_is_filtered() {
    let province = small();
    let mut browser = province.browser("BDV");
    let file = browser.get("/dot/sk-1/bang/tai-ve?loc=qua-han&don-vi=D02&dang=xlsx");
    assert!(file.header("content-disposition").contains(".xlsx"));
    let rows = sheet(&file);
    let header = rows
        .iter()
        .position(|row| row[0] == "STT")
        .expect("a header");
    let units: Vec<&str> = rows[header + 1..]
        .iter()
        .map(|row| row[1].as_str())
        .collect();
    assert_eq!(units, ["D02-02", "D02-03"]);
    assert_eq!(rows[header + 1][8], "Quá hạn 12 ngày");
    let csv = browser.get("/dot/sk-1/bang/tai-ve?loc=cham&dang=csv").body;
    assert!(
        csv.contains("\"D01-02\"") && csv.contains("\"Chậm 3 ngày\""),
        "{csv}"
    );
    let unknown = browser.get("/dot/sk-1/bang/tai-ve?dang=exe");
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn the_figures_of_the_province() {
    let province = small();
    let mut browser = province.browser("BDV");
    let figures = page(&mut browser, "so-lieu?chi-tieu=NO01&ky=2021");
    let token = browser.token();
    insta::assert_snapshot!(figures.main().replace(&token, "TOKEN"));
    let deeper = page(&mut browser, "so-lieu?don-vi=D01&chi-tieu=NO01&ky=2021").main();
    assert!(deeper.contains("<b class=\"large\">6</b>"), "{deeper}");
    assert!(
        deeper.contains("Trung 1.3"),
        "who has not sent stands there too"
    );
    let over_time = page(&mut browser, "so-lieu?chi-tieu=NO01&ky=whole").main();
    assert!(
        over_time.contains("<b class=\"large\">11</b>"),
        "{over_time}"
    );
    for wrong in ["chi-tieu=XX&ky=2021", "chi-tieu=NO01&ky=1999"] {
        let reply = browser.get(&format!("/dot/sk-1/so-lieu?{wrong}"));
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[test]
fn figures_leave_as_numbers_of_a_workbook() {
    let province = small();
    let file = province
        .browser("BDV")
        .get("/dot/sk-1/so-lieu/tai-ve?don-vi=D01");
    let rows = sheet(&file);
    let houses = rows
        .iter()
        .find(|row| row[0] == "NO01")
        .expect("the indicator");
    assert_eq!(houses[1..], ["Nhà xây mới", "nhà", "", "6", "6"]);
    assert!(rows.iter().any(|row| row[0].contains("2/3 đơn vị")));
}

#[test]
fn programs_get_what_the_command_line_prints() {
    let province = small();
    let mut browser = province.browser("BDV");
    let ctx = province.app.ctx_of("bdv").expect("an account");
    let board = browser.get("/api/v1/campaigns/sk-1/board").json();
    let printed = app::boards::board(&ctx, CAMPAIGN).expect("a board");
    assert_eq!(board, serde_json::to_value(printed).expect("JSON"));
    let tally = |expected, received, on_time, late, missing| {
        serde_json::json!({
            "expected": expected, "received": received, "on_time": on_time, "late": late, "missing": missing,
        })
    };
    assert_eq!(board["all"], tally(8, 3, 2, 1, 5));
    assert_eq!(board["by_level"]["4"], tally(6, 3, 2, 1, 3));
    assert_eq!(board["by_province"]["TU"], tally(8, 3, 2, 1, 5));
    assert_eq!(board["by_district"]["D01"], tally(3, 2, 1, 1, 1));

    let list = browser
        .get("/api/v1/campaigns/sk-1/board/reports?filter=qua-han&rows=2&page=2")
        .json();
    assert_eq!((&list["total"], &list["pages"]), (&3.into(), &2.into()));
    assert_eq!(list["reports"][0]["unit"], "D02-03");
    assert_eq!(list["reports"][0]["timeliness"], "missing");
    assert_eq!(list["reports"][0]["days_over"], 12);
    let wrong = browser.get("/api/v1/campaigns/sk-1/board/reports?filter=qua");
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);

    let figures = browser.get("/api/v1/campaigns/sk-1/figures?unit=TU").json();
    assert_eq!(figures["years"]["2021"]["NO01"], "11");
    assert_eq!(figures["official"]["years"]["2021"]["NO01"], "4");
    assert_eq!(
        figures["coverage"],
        serde_json::json!({ "received": 3, "expected": 6 })
    );
}

#[test]
fn the_list_of_campaigns_and_the_hub_lead_to_board_and_figures() {
    let province = small();
    let mut browser = province.browser("D01");
    let list = browser.get("/dot").main();
    assert!(list.contains("href=\"/dot/sk-1/bang\">2/4</a>"), "{list}");
    let hub = browser.get("/dot/sk-1").main();
    assert!(
        hub.contains("href=\"/dot/sk-1/bang\"") && hub.contains("href=\"/dot/sk-1/so-lieu\""),
        "{hub}"
    );
}

#[test]
fn pages_of_a_province_of_seven_hundred_and_fifty_units_stay_small() {
    let province = Province::new(70, 10);
    for number in 1..=70 {
        let day = 1 + number % 20;
        let commune = crate::province::commune(number, 1);
        province.send(
            &commune,
            1_234_567,
            &format!("2022-09-{day:02}T10:00:00+07:00"),
        );
    }
    let mut browser = province.browser("BDV");
    for path in [
        "bang",
        "bang?trang=2&trang-dv=3",
        "bang?loc=chua-gui&trang=999",
        "bang?don-vi=D07",
        "so-lieu?chi-tieu=NO01&ky=2021",
    ] {
        page(&mut browser, path);
    }
    let last = page(&mut browser, "bang?trang=16").main();
    assert!(last.contains("Trang 16/16"), "{last}");
}

#[test]
fn one_figure_of_all_districts_stands_side_by_side_and_leaves_as_a_table() {
    let province = small();
    let mut browser = province.browser("BDV");
    let districts = page(&mut browser, "so-lieu/cap?cap=3&chi-tieu=NO01").main();
    assert!(
        districts.contains("/dot/sk-1/so-lieu?don-vi=D01"),
        "{districts}"
    );
    assert!(
        !districts.contains("don-vi=D01-01"),
        "only the level asked for"
    );
    let csv = browser
        .get("/dot/sk-1/so-lieu/cap/tai-ve?cap=4&chi-tieu=NO01&dang=csv")
        .body;
    assert!(csv.contains("\"D01-01\""), "{csv}");
    let unknown = browser.get("/dot/sk-1/so-lieu/cap?cap=4&chi-tieu=XX");
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[test]
fn the_lead_body_has_the_totals_counted_again_and_reads_that_they_agree() {
    let province = small();
    let mut browser = province.browser("BDV");
    let token = browser.token();
    let reply = browser.post("/dot/sk-1/so-lieu/kiem-lai", &[("_token", &token)]);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let figures = page(&mut browser, "so-lieu").main();
    assert!(figures.contains("Khớp"), "{figures}");
}
