//! Beside a section, without JavaScript: remarks, handing on, numbers bound to figures, older texts brought back.

use crate::reports::{VOTE, World, save};
use crate::setup::located;
use axum::http::StatusCode;

#[test]
fn a_remark_quotes_its_paragraph_and_stays_when_it_was_dealt_with() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let section = world.section(0);
    save(
        &mut drafter,
        &section,
        "Xã có 05 thôn.\nĐường **tốt**.",
        "0",
    );
    let mut leader = world.person("xa.leader");
    let remark = [("gop_y", "Thêm chiều dài."), ("doan", "2")];
    let margin = located(&leader.post(&format!("{section}/gop-y"), &remark));
    assert_eq!(margin, format!("{section}#ben-le"));
    let page = drafter.page(&section);
    assert!(
        page.body
            .contains(r#"<blockquote class="words">Đường tốt.</blockquote>"#)
    );
    assert!(page.body.contains("1 chưa xử lý"));
    assert!(page.body.contains(&format!("{section}?doan=2")));
    assert!(drafter.page(&world.commune).body.contains("1 góp ý"));
    located(&drafter.post(&format!("{section}/gop-y/1/xong"), &[]));
    let page = drafter.page(&section);
    assert!(page.body.contains("Thêm chiều dài.") && !page.body.contains("chưa xử lý"));
}

#[test]
fn a_remark_leads_to_its_passage_wherever_it_stands_now() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let section = world.section(0);
    save(&mut drafter, &section, "Đường liên thôn dài 12 km.", "0");
    let remark = [("gop_y", "Thêm nguồn vốn."), ("doan", "1")];
    located(&drafter.post(&format!("{section}/gop-y"), &remark));
    let moved = "Xã có 05 thôn.\nĐường liên thôn dài 15 km.";
    save(&mut drafter, &section, moved, "1");
    let link = format!("{section}?doan=2");
    assert!(drafter.page(&section).body.contains(&link));
    let asked = drafter.page(&link).body;
    assert!(asked.contains("<b>Đoạn 2:</b> Đường liên thôn dài 15 km."));
    for none in ["0", "9", "x", ""] {
        let page = drafter.page(&format!("{section}?doan={none}")).body;
        assert!(!page.contains("data-asked-passage"), "{none}");
    }
    save(&mut drafter, &section, "Xã có 05 thôn.", "2");
    assert!(
        drafter
            .page(&section)
            .body
            .contains("đã sửa khác hoặc đã bỏ")
    );
}

#[test]
fn remarks_are_for_the_unit_alone() {
    let world = World::new();
    let mut district = world.person("huyen.leader");
    let section = world.section(0);
    let refused = district.post(&format!("{section}/gop-y"), &[("gop_y", "Xem lại.")]);
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let mut observer = world.person("xa.observer");
    let refused = observer.post(&format!("{section}/gop-y"), &[("gop_y", "Xem lại.")]);
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[test]
fn a_section_handed_on_shows_in_the_work_of_the_colleague() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let section = world.section(1);
    let to = [("nguoi", "xa.leader"), ("loi_nhan", "Thêm số nhà.")];
    located(&drafter.post(&format!("{section}/giao"), &to));
    let mut leader = world.person("xa.leader");
    let home = leader.page("/");
    assert!(
        home.body.contains(&format!("href=\"{section}\"")) && home.body.contains("Thêm số nhà.")
    );
    assert!(!drafter.page("/").body.contains("Mục được giao soạn"));
    save(&mut drafter, &section, "Ai cũng vẫn viết được.", "0");

    // Nobody outside those who may draft it: their own clerk, the district.
    for stranger in ["xa.clerk", "huyen.drafter", "khong-co"] {
        located(&drafter.post(&format!("{section}/giao"), &[("nguoi", stranger)]));
        assert!(
            drafter
                .page(&section)
                .body
                .contains("không phải tài khoản soạn được")
        );
    }
    located(&drafter.post(&format!("{section}/giao"), &[("nguoi", "")]));
    assert!(!leader.page("/").body.contains("Mục được giao soạn"));
}

#[test]
fn a_quoted_figure_follows_the_table_until_the_text_is_adopted() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    world.fill_in(&mut drafter);
    let section = world.section(1);
    let chosen = [
        ("noi_dung", "Đã xây"),
        ("phien_ban", "1"),
        ("roi", "chen"),
        ("chi_tieu", "CT01"),
        ("ky", "2020"),
    ];
    located(&drafter.post(&section, &chosen));
    assert!(
        drafter
            .page(&section)
            .body
            .contains("Đã xây {{CT01, 2020}}</textarea>")
    );
    let reading = format!("{}/toan-van", world.commune);
    assert!(drafter.page(&reading).body.contains("Đã xây 5"));
    let figures = [("so[CT01][2020]", "1234")];
    located(&drafter.post(&format!("{}/so-lieu", world.commune), &figures));
    assert!(drafter.page(&reading).body.contains("Đã xây 1.234"));

    let mut leader = world.person("xa.leader");
    located(&leader.post(&format!("{}/trinh", world.commune), &[]));
    located(&leader.post(&format!("{}/thong-qua", world.commune), &VOTE));
    assert!(drafter.page(&section).body.contains("Đã xây 1.234"));
    let hub = leader.page(&world.commune).body;
    assert!(hub.contains("Ban hành") && !hub.contains("trình thông qua lại"));
    located(&leader.post(
        &format!("{}/lay-lai", world.commune),
        &[("ly_do", "Sửa số")],
    ));
    assert!(
        drafter
            .page(&section)
            .body
            .contains("Đã xây 1.234</textarea>")
    );
}

#[test]
fn a_number_bound_to_nothing_keeps_the_draft_from_the_collective() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    world.fill_in(&mut drafter);
    save(
        &mut drafter,
        &world.section(1),
        "Có {{KHAC, 2020}} nhà.",
        "1",
    );
    let refused = drafter.post(&format!("{}/trinh", world.commune), &[]);
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains("{{KHAC, 2020}} không có số trong bảng số liệu")
    );
}

#[test]
fn an_older_text_is_found_and_brought_back() {
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let section = world.section(0);
    save(&mut drafter, &section, "**Bản đầu.**", "0");
    save(&mut drafter, &section, "Bản sau.", "1");
    let page = drafter.page(&section);
    let history = format!("{section}/lich-su");
    assert!(page.body.contains(&format!("href=\"{history}\"")));
    let old = drafter.page(&format!("{history}?ban=1"));
    assert!(old.body.contains("<b>Bản đầu.</b>") && old.body.contains("Lấy lại bản này"));
    located(&drafter.post(&format!("{section}/khoi-phuc"), &[("ban", "1")]));
    assert!(
        drafter
            .page(&section)
            .body
            .contains("**Bản đầu.**</textarea>")
    );
}
