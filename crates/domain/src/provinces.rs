//! The provinces of Vietnam: the 63 until 30/6/2025, and the 34 that they went into on 1/7/2025. Codes of the General
//! Statistics Office, as texts.

use crate::text::fold;
use std::collections::BTreeMap;

/// A province of the 63.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Province {
    pub code: &'static str,
    /// Without the word for its kind.
    pub name: &'static str,
    /// The code of the one of the 34 that it went into.
    pub since_2025: &'static str,
}

impl Province {
    /// One of the 34 bears its name, or its code under a new name.
    pub fn is_of_2025(self) -> bool {
        OF_2025.into_iter().any(|(code, name)| {
            let is_new_name = OF_2022.iter().all(|(_, old, _)| *old != name);
            name == self.name || (is_new_name && code == self.code)
        })
    }
}

/// Code and name of each of the 63, and the code of the one of the 34 that it went into.
const OF_2022: [(&str, &str, &str); 63] = [
    ("01", "Hà Nội", "01"),
    ("02", "Hà Giang", "08"),
    ("04", "Cao Bằng", "04"),
    ("06", "Bắc Kạn", "19"),
    ("08", "Tuyên Quang", "08"),
    ("10", "Lào Cai", "15"),
    ("11", "Điện Biên", "11"),
    ("12", "Lai Châu", "12"),
    ("14", "Sơn La", "14"),
    ("15", "Yên Bái", "15"),
    ("17", "Hòa Bình", "25"),
    ("19", "Thái Nguyên", "19"),
    ("20", "Lạng Sơn", "20"),
    ("22", "Quảng Ninh", "22"),
    ("24", "Bắc Giang", "24"),
    ("25", "Phú Thọ", "25"),
    ("26", "Vĩnh Phúc", "25"),
    ("27", "Bắc Ninh", "24"),
    ("30", "Hải Dương", "31"),
    ("31", "Hải Phòng", "31"),
    ("33", "Hưng Yên", "33"),
    ("34", "Thái Bình", "33"),
    ("35", "Hà Nam", "37"),
    ("36", "Nam Định", "37"),
    ("37", "Ninh Bình", "37"),
    ("38", "Thanh Hóa", "38"),
    ("40", "Nghệ An", "40"),
    ("42", "Hà Tĩnh", "42"),
    ("44", "Quảng Bình", "44"),
    ("45", "Quảng Trị", "44"),
    ("46", "Thừa Thiên Huế", "46"),
    ("48", "Đà Nẵng", "48"),
    ("49", "Quảng Nam", "48"),
    ("51", "Quảng Ngãi", "51"),
    ("52", "Bình Định", "52"),
    ("54", "Phú Yên", "66"),
    ("56", "Khánh Hòa", "56"),
    ("58", "Ninh Thuận", "56"),
    ("60", "Bình Thuận", "68"),
    ("62", "Kon Tum", "51"),
    ("64", "Gia Lai", "52"),
    ("66", "Đắk Lắk", "66"),
    ("67", "Đắk Nông", "68"),
    ("68", "Lâm Đồng", "68"),
    ("70", "Bình Phước", "75"),
    ("72", "Tây Ninh", "80"),
    ("74", "Bình Dương", "79"),
    ("75", "Đồng Nai", "75"),
    ("77", "Bà Rịa - Vũng Tàu", "79"),
    ("79", "Hồ Chí Minh", "79"),
    ("80", "Long An", "80"),
    ("82", "Tiền Giang", "82"),
    ("83", "Bến Tre", "86"),
    ("84", "Trà Vinh", "86"),
    ("86", "Vĩnh Long", "86"),
    ("87", "Đồng Tháp", "82"),
    ("89", "An Giang", "91"),
    ("91", "Kiên Giang", "91"),
    ("92", "Cần Thơ", "92"),
    ("93", "Hậu Giang", "92"),
    ("94", "Sóc Trăng", "92"),
    ("95", "Bạc Liêu", "96"),
    ("96", "Cà Mau", "96"),
];

/// Code and name of each of the 34.
const OF_2025: [(&str, &str); 34] = [
    ("01", "Hà Nội"),
    ("04", "Cao Bằng"),
    ("08", "Tuyên Quang"),
    ("11", "Điện Biên"),
    ("12", "Lai Châu"),
    ("14", "Sơn La"),
    ("15", "Lào Cai"),
    ("19", "Thái Nguyên"),
    ("20", "Lạng Sơn"),
    ("22", "Quảng Ninh"),
    ("24", "Bắc Ninh"),
    ("25", "Phú Thọ"),
    ("31", "Hải Phòng"),
    ("33", "Hưng Yên"),
    ("37", "Ninh Bình"),
    ("38", "Thanh Hóa"),
    ("40", "Nghệ An"),
    ("42", "Hà Tĩnh"),
    ("44", "Quảng Trị"),
    ("46", "Huế"),
    ("48", "Đà Nẵng"),
    ("51", "Quảng Ngãi"),
    ("52", "Gia Lai"),
    ("56", "Khánh Hòa"),
    ("66", "Đắk Lắk"),
    ("68", "Lâm Đồng"),
    ("75", "Đồng Nai"),
    ("79", "Hồ Chí Minh"),
    ("80", "Tây Ninh"),
    ("82", "Đồng Tháp"),
    ("86", "Vĩnh Long"),
    ("91", "An Giang"),
    ("92", "Cần Thơ"),
    ("96", "Cà Mau"),
];

/// The 63, by their codes.
pub fn of_2022() -> impl Iterator<Item = Province> {
    OF_2022
        .into_iter()
        .map(|(code, name, since_2025)| Province {
            code,
            name,
            since_2025,
        })
}

/// The 34, by their codes: code and name.
pub fn of_2025() -> impl Iterator<Item = (&'static str, &'static str)> {
    OF_2025.into_iter()
}

/// Finds the province that a body leads or belongs to by the end of the body's name.
pub struct Finder {
    by_name: BTreeMap<String, Province>,
}

impl Default for Finder {
    fn default() -> Finder {
        let mut by_name: BTreeMap<String, Province> = of_2022()
            .map(|province| (fold(province.name), province))
            .collect();
        // A name of the 34 that is none of the 63 stands for the one with its code.
        for (code, name) in OF_2025 {
            if let Some(province) = of_2022().find(|province| province.code == code) {
                by_name.entry(fold(name)).or_insert(province);
            }
        }
        Finder { by_name }
    }
}

impl Finder {
    /// The province of a body by its name: `Tỉnh ủy Bình Thuận`, `UBND tỉnh Bình Thuận`. A district that bears the name of
    /// a province is none.
    pub fn of_body(&self, name: &str) -> Option<Province> {
        let folded = fold(name);
        let is_district = ["huyen ", "thi ", "quan "]
            .into_iter()
            .any(|kind| folded.starts_with(kind));
        if is_district {
            return None;
        }
        let words: Vec<&str> = folded.split_whitespace().collect();
        // The longest name that the words end with.
        (0..words.len()).find_map(|first| self.by_name.get(&words[first..].join(" ")).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_63_go_into_the_34_and_each_of_those_has_some() {
        let into: BTreeSet<&str> = of_2022().map(|province| province.since_2025).collect();
        let known: BTreeSet<&str> = of_2025().map(|(code, _)| code).collect();
        assert_eq!(into, known);
        let alone = known.iter().filter(|code| {
            of_2022()
                .filter(|province| province.since_2025 == **code)
                .count()
                == 1
        });
        assert_eq!(alone.count(), 11, "the official number of those that stay");
    }

    #[test]
    fn names_of_the_34_are_told_from_those_that_have_gone() {
        assert_eq!(
            of_2022().filter(|province| province.is_of_2025()).count(),
            34
        );
    }

    #[test]
    fn a_body_is_of_the_province_that_its_name_ends_with() {
        let finder = Finder::default();
        let code = |name: &str| finder.of_body(name).map(|province| province.code);
        assert_eq!(code("Tỉnh ủy Bình Thuận"), Some("60"));
        assert_eq!(code("Thành ủy Thành phố Hồ Chí Minh"), Some("79"));
        assert_eq!(code("Tỉnh ủy Thừa Thiên Huế"), Some("46"));
        assert_eq!(code("Thành ủy Huế"), Some("46"));
        assert_eq!(code("UBND tỉnh Bà Rịa - Vũng Tàu"), Some("77"));
        assert_eq!(code("Đắk Lắk"), Some("66"));
        assert_eq!(code("Huyện ủy Hòa Bình"), None, "a district of Bạc Liêu");
        assert_eq!(code("Đảng ủy Khối Doanh nghiệp Trung ương"), None);
        for province in of_2022() {
            assert_eq!(
                finder.of_body(&format!("Tỉnh ủy {}", province.name)),
                Some(province)
            );
        }
    }
}
