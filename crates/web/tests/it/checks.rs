//! The findings of a report, as its unit and its superior see them.

use crate::province::{Province, commune, district};

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
