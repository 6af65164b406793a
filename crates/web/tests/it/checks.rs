//! The findings of a report, as its unit and its superior see them.

use crate::province::{Province, commune, district};
use crate::reports::{World, save};
use crate::setup::located;

const FAR: &str = "figures/far-from-siblings";

#[test]
fn only_a_superior_is_told_that_a_figure_is_far_from_those_of_the_neighbours() {
    let province = Province::new(2, 10);
    for number in 1..=10 {
        let houses = if number == 1 { 4_500 } else { 40 + 2 * number };
        let code = commune(1, usize::try_from(number).expect("small"));
        province.send(&code, houses, "2022-09-10T08:00:00+07:00");
    }
    let report = province.reports[&commune(1, 1)];
    let page = format!("/bao-cao/{report}/kiem-tra");
    let api = format!("/api/v1/reports/{report}/checks");
    for superior in [district(1), "BDV".into()] {
        let mut browser = province.browser(&superior);
        for address in [&page, &api] {
            let found = browser.get(address).body;
            assert!(found.contains(FAR), "{superior} at {address}");
            assert!(found.contains("44 đến 60"), "{superior} at {address}");
        }
    }
    let mut own = province.browser(&commune(1, 1));
    for address in [&page, &api] {
        let found = own.get(address).body;
        assert!(
            !found.contains(FAR) && !found.contains("44 đến 60"),
            "{address}"
        );
    }
    let mut other = province.browser(&district(2));
    assert_eq!(other.get(&page).status.as_u16(), 404);
}

#[test]
fn a_section_leads_to_its_own_checks_and_runs_none() {
    const WRONG: &str = "31/9/2021";
    let world = World::new();
    let mut drafter = world.person("xa.drafter");
    let (section, other) = (world.section(0), world.section(1));
    let text = format!("Hội nghị ngày {WRONG} có 50 người dự.");
    save(&mut drafter, &section, &text, "0");
    let id = section.rsplit('/').next().expect("its number");
    let checks = format!("{}/kiem-tra?muc={id}", world.commune);
    let page = drafter.page(&section).body;
    assert!(page.contains(&format!(r#"data-load="{checks}""#)));
    assert!(page.contains(&format!(r#"<a href="{checks}">"#)));
    let report = world.commune.rsplit('/').next().expect("its number");
    let api = format!("/api/v1/reports/{report}/checks");
    let found = drafter.browser.get(&api).json();
    let says = found["findings"].as_array().expect("findings").iter();
    let mut says = says.filter_map(|finding| finding["message_vi"].as_str());
    let says = says.find(|says| says.contains(WRONG)).expect("it is found");
    assert!(!page.contains(says), "{page}");

    let own = drafter.page(&checks).body;
    assert!(own.contains(WRONG) && own.contains(&format!("{section}?doan=1")));
    let number = other.rsplit('/').next().expect("its number");
    let others = format!("{}/kiem-tra?muc={number}", world.commune);
    assert!(!drafter.page(&others).body.contains(WRONG));
    let whole = format!("{}/kiem-tra", world.commune);
    assert!(drafter.page(&whole).body.contains(WRONG));

    let key = own.split_once(r#"name="khoa" value=""#).expect("a form").1;
    let key = key.split('"').next().expect("a key").to_owned();
    let answer = [("khoa", key.as_str()), ("giai_trinh", "Ghi theo biên bản.")];
    assert_eq!(located(&drafter.post(&checks, &answer)), checks);
    assert!(drafter.page(&checks).body.contains("Ghi theo biên bản."));
}
