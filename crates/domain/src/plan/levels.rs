//! Levels of the bodies that report and of those that are reported to.

use super::bodies::{key, level};
use super::model::{DutyKind, Level, Plan};
use super::passage::pattern;
use super::structure::Ladder;
use crate::text::fold;

/// Levels that headings name and levels that report or are reported to.
/// `superior`: the body above the issuer in the head; `addressees`: those of a letter.
pub(super) fn read(
    ladder: &Ladder,
    superior: Option<&str>,
    addressees: &[String],
    plan: &mut Plan,
) {
    let reports = || {
        plan.assignments
            .iter()
            .filter(|duty| duty.duty == DutyKind::Report)
    };
    let mut levels: Vec<Level> = Vec::new();
    if reports().next().is_some() && !is_inside(plan.issuer.as_deref(), superior) {
        for node in &ladder.nodes {
            levels.extend(of_heading(node.words()));
        }
        // "PHÒNG NỘI VỤ" under "ỦY BAN NHÂN DÂN HUYỆN" stands on the level of the district.
        let said_by = |body: &str| match level_of(body) {
            Some(Level::Province) if is_district_city(body, superior, plan) => {
                Some(Level::District)
            }
            said => said,
        };
        let own = plan
            .issuer
            .as_deref()
            .and_then(said_by)
            .or(superior.and_then(said_by));
        // "Phòng GD&ĐT" is one of those that the letter is addressed to: "Trưởng phòng GD&ĐT các huyện".
        let among = |body: &str| {
            let name = key(body);
            let line = addressees.iter().find(|line| fold(line).contains(&name))?;
            said_by(line)
        };
        for duty in reports() {
            // "Các đơn vị" of a letter are those that it is addressed to.
            let meant = addressees
                .iter()
                .filter(|_| !duty.who.is_empty() && duty.who.iter().all(|body| is_anyone(body)));
            let bodies = duty.who.iter().chain(&duty.to).chain(meant);
            for body in bodies {
                levels.extend(said_by(body).or_else(|| among(body)).or(own));
                if body.contains("địa phương") && level_of(body) == Some(Level::Central) {
                    levels.push(Level::Province);
                }
            }
            // Where no addressee is named, reports go to who asks for them.
            if duty.to.is_none() {
                levels.extend(own);
            }
        }
    }
    levels.sort_unstable();
    levels.dedup();
    plan.levels = levels;
}

/// Whether a name says nothing of who it is: "các đơn vị", "quý cơ quan", "các đơn vị có tên trong danh sách".
fn is_anyone(body: &str) -> bool {
    pattern!(
        ANYONE,
        r"^(?:cac|quy|moi|tung|nhung)? ?(?:don vi|co quan|dia phuong|to chuc|noi)(?:, (?:don vi|dia phuong|co quan))*(?: (?:tren|chua gui|co ten|con lai|noi tren|nay|duoc giao|lien quan|co lien quan).*)?$"
    );
    ANYONE.is_match(&fold(body))
}

/// The level that a heading names: "Cấp xã", "Ở huyện", "Đối với cấp tỉnh".
fn of_heading(words: &str) -> Option<Level> {
    pattern!(
        NAMED,
        r"(?i)^(?:đối với |ở |tại |khối )*(?:cấp|tuyến|ở|tại) (cơ sở|xã|phường|đặc khu|huyện|quận|thị xã|tỉnh|trung ương)(?:[\s,.:;)]|$)"
    );
    // The words before the colon, or a line that is no sentence.
    let heading = words.split(':').next().unwrap_or_default();
    let sentence = heading.len() == words.len() && words.ends_with(['.', ';']);
    if sentence || heading.chars().count() > 60 {
        return None;
    }
    Some(match fold(&NAMED.captures(heading)?[1]).as_str() {
        "co so" | "xa" | "phuong" | "dac khu" => Level::Grassroots,
        "huyen" | "quan" | "thi xa" => Level::District,
        "tinh" => Level::Province,
        _ => Level::Central,
    })
}

/// The level that a body's name says; an office within a body ("Bộ phận văn phòng") is no ministry.
fn level_of(body: &str) -> Option<Level> {
    let within = ["bo phan", "bo mon"];
    let name = fold(body);
    level(body).filter(|found| {
        *found != Level::Central || !within.iter().any(|front| name.starts_with(front))
    })
}

/// Whether a body of a city stands below a province: a city of a province was a district until July 2025.
fn is_district_city(body: &str, superior: Option<&str>, plan: &Plan) -> bool {
    pattern!(CITY, r"\bthanh (?:uy|pho|doan|hoi)\b");
    pattern!(PROVINCE, r"\btinh\b");
    let name = fold(body);
    let has_ended = plan
        .date
        .is_some_and(|date| date >= jiff::civil::date(2025, 7, 1));
    let names_province = || {
        let bodies = plan.issuer.iter().chain(&plan.recipients);
        let parties = plan
            .assignments
            .iter()
            .flat_map(|duty| duty.to.iter().chain(&duty.who));
        bodies
            .chain(parties)
            .any(|name| PROVINCE.is_match(&fold(name)))
    };
    // The offices of a city that reports to those of the province ("Sở …") are called "Phòng …".
    pattern!(OFFICE, r"^(?:cac |giam doc )?so\b");
    let office = |name: &String| OFFICE.is_match(&fold(name));
    let duties = || plan.assignments.iter();
    let below_offices = || {
        duties().any(|duty| duty.to.iter().any(office))
            && !duties().any(|duty| duty.who.iter().any(office))
    };
    // What has districts below it is a city of the centre.
    pattern!(BELOW, r"(?:^|\b(?:cac|cap) )(?:quan|huyen)\b");
    let holds_districts = plan
        .issuer
        .as_deref()
        .into_iter()
        .chain(superior)
        .any(|issuer| {
            let issuer = fold(issuer);
            CITY.is_match(&issuer) || issuer.starts_with("thanh ")
        })
        && plan
            .assignments
            .iter()
            .flat_map(|duty| &duty.who)
            .any(|who| BELOW.is_match(&fold(who)));
    !has_ended
        && !holds_districts
        && CITY.is_match(&name)
        && !PROVINCE.is_match(&name)
        && !name.contains("trung uong")
        && (names_province() || below_offices())
}

/// Whether the issuer is an enterprise, a school or a hospital, which have no levels of the State.
fn is_inside(issuer: Option<&str>, superior: Option<&str>) -> bool {
    pattern!(
        INSIDE,
        r"^(?:tap doan|(?:tong )?cong ty|benh vien|trung tam (?:y te|kiem soat benh tat)|truong |dai hoc |hoc vien|vien |nha may|ngan hang|hop tac xa|chi nhanh)"
    );
    // "Đoàn Thanh niên Công ty …", "Công đoàn Trường …" are within one, too.
    pattern!(
        WITHIN,
        r"^(?:ban (?:chap hanh|thuong vu) )?(?:doan (?:thanh nien|tncs)|cong doan|hoi|dang (?:uy|bo)|chi bo) .{0,40}?\b(?:tap doan|cong ty|benh vien|truong|hoc vien|nha may|xi nghiep|ngan hang)\b"
    );
    // What stands after "tỉnh", "xã" is the name of a place: "HỘI NÔNG DÂN TỈNH TRƯỜNG KHÊ".
    pattern!(
        PLACE,
        r"\b(?:tinh|huyen|xa|phuong|thi xa|thi tran|quan|thanh pho|dac khu) .*$"
    );
    // Organs of the State all the same.
    pattern!(
        STATE,
        r"^vien kiem sat|ngan hang nha nuoc|ngan hang chinh sach"
    );
    if issuer
        .into_iter()
        .chain(superior)
        .any(|name| STATE.is_match(&fold(name)))
    {
        return false;
    }
    issuer.map(fold).is_some_and(|issuer| {
        let body = PLACE
            .find(&issuer)
            .map_or(issuer.as_str(), |place| &issuer[..place.start()]);
        INSIDE.is_match(&issuer) || WITHIN.is_match(body)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_levels() {
        for (heading, level) in [
            ("Cấp xã", Level::Grassroots),
            ("Ở phường, xã", Level::Grassroots),
            ("Đối với cấp cơ sở", Level::Grassroots),
            ("Ở huyện", Level::District),
            ("Tại cấp tỉnh", Level::Province),
            ("Tuyến huyện", Level::District),
        ] {
            assert_eq!(of_heading(heading), Some(level), "{heading}");
        }
        for heading in ["Hội nghị tổng kết toàn tỉnh", "Phân công", "Xã hội hóa"] {
            assert_eq!(of_heading(heading), None, "{heading}");
        }
    }

    #[test]
    fn a_city_is_a_district_below_a_province_until_districts_ended() {
        let mut plan = Plan {
            issuer: Some("THÀNH ỦY VĨNH TRỤ".to_owned()),
            recipients: vec!["Ban Tuyên giáo Tỉnh ủy".to_owned()],
            date: Some(jiff::civil::date(2023, 10, 2)),
            ..Plan::default()
        };
        assert!(is_district_city("Thành ủy", None, &plan));
        assert!(!is_district_city("Tỉnh ủy", None, &plan));
        plan.recipients.clear();
        assert!(!is_district_city("Thành ủy", None, &plan));
    }

    #[test]
    fn a_society_within_an_enterprise_has_no_level_of_the_state() {
        assert!(is_inside(
            Some("Ban Chấp hành Đoàn Thanh niên Công ty Thủy điện"),
            None
        ));
        assert!(is_inside(Some("CÔNG ĐOÀN TRƯỜNG ĐẠI HỌC SƯ PHẠM"), None));
        for issuer in [
            "ĐOÀN THANH NIÊN TỈNH AN GIAO",
            "HỘI NÔNG DÂN TỈNH TRƯỜNG KHÊ",
        ] {
            assert!(!is_inside(Some(issuer), None), "{issuer}");
        }
        let bank = Some("NGÂN HÀNG NHÀ NƯỚC VIỆT NAM");
        assert!(!is_inside(Some("CHI NHÁNH TỈNH AN GIAO"), bank));
    }
}
