//! What the sentences may say of a unit besides its figures: names, counts of
//! hamlets and cells, families. Invented, fixed by the seed.

use std::collections::BTreeMap;

use super::figures::{FigureTable, percent, vietnamese};
use super::grammar::{Values, Writer};
use super::people::family;
use super::rng::Rng;
use super::tables::{IndicatorSeed, UnitSeed};

/// Text values of one unit by placeholder name.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    texts: BTreeMap<&'static str, String>,
}

impl Facts {
    fn put(&mut self, name: &'static str, text: impl Into<String>) {
        self.texts.insert(name, text.into());
    }

    /// The facts of a unit among `all`; `economy` is the commune's kind of locality.
    /// Counts are the unit's own; examples (hamlets, families, a year) differ by `section`.
    #[must_use]
    pub fn of(unit: &UnitSeed, all: &[UnitSeed], economy: &str, section: &str, seed: u64) -> Self {
        let parent = all
            .iter()
            .find(|u| Some(&u.code) == unit.parent_code.as_ref());
        let mut facts = Self::default();
        let mut rng = Rng::for_labels(seed, &["facts", &unit.code]);
        let mut examples = Rng::for_labels(seed, &["examples", &unit.code, section]);
        facts.put("donvi", unit.name.clone());
        facts.put("capuy", short_committee(unit));
        facts.put("captren_minh", unit.collective.clone());
        facts.put("nam", examples.between(2018, 2021).to_string());
        facts.put("so_chibo", vietnamese(rng.between(4, 14) * 10));
        let area = match unit.kind.as_str() {
            "tinh_uy" => "Tỉnh Bình Thuận".to_owned(),
            "dang_uy_truc_thuoc" => unit.name.replacen("Đảng ủy", "Đảng bộ", 1),
            _ => district_name(&unit.name),
        };
        facts.put("diaban", area);
        if let Some(parent) = parent {
            facts.put("captren", parent.name.clone());
            facts.put("huyen", district_name(&parent.name));
            facts.put("caphuyen", district_word(&parent.name));
        }
        facts.put("ngan", short_name(unit, &facts));
        facts.put(
            "dangbo",
            if unit.kind == "chi_bo_co_so" {
                "Chi bộ"
            } else {
                "Đảng bộ"
            },
        );
        if unit.is_commune() {
            facts.put_commune(unit, economy, &mut rng, &mut examples);
        } else {
            facts.put_neighbours(unit, all, &mut examples);
        }
        facts
    }

    /// Communes named as examples: those around the unit, for a provincial body any.
    fn put_neighbours(&mut self, unit: &UnitSeed, all: &[UnitSeed], rng: &mut Rng) {
        let around = |u: &&UnitSeed| {
            let district = all.iter().find(|d| Some(&d.code) == u.parent_code.as_ref());
            u.is_commune() && (unit.level < 3 || district.is_some_and(|d| d.place == unit.place))
        };
        let mut communes: Vec<&UnitSeed> = all.iter().filter(around).collect();
        rng.shuffle(&mut communes);
        for (slot, commune) in ["xa_a", "xa_b", "xa_c"].into_iter().zip(communes) {
            self.put(slot, commune.name.trim_start_matches("Đảng ủy "));
        }
    }

    fn put_commune(&mut self, unit: &UnitSeed, economy: &str, rng: &mut Rng, examples: &mut Rng) {
        let name = unit.name.trim_start_matches("Đảng ủy ");
        let word = commune_word(name);
        let hamlet = if word == "xã" { "thôn" } else { "khu phố" };
        let hamlets = rng.between(4, 11);
        let mut order: Vec<i64> = (1..=hamlets).collect();
        examples.shuffle(&mut order);
        let households = match economy {
            "mien_nui" => rng.between(480, 1_150),
            "dao" | "cham" => rng.between(1_200, 2_300),
            _ => rng.between(1_450, 4_600),
        };
        self.put("ten", name);
        self.put("loai", word);
        self.put("capuy", format!("Đảng ủy {word}"));
        self.put("dangbo", format!("Đảng bộ {word}"));
        self.put("thon", hamlet);
        self.put("so_thon", vietnamese(hamlets * 10));
        self.put("so_chibo", vietnamese((hamlets + rng.between(3, 6)) * 10));
        self.put("so_ho", vietnamese(households * 10));
        let people = households * rng.between(365, 425) / 100;
        self.put("so_khau", vietnamese(people * 10));
        match economy {
            // Towns are the centre themselves, on the island nothing is far.
            "do_thi" | "dao" => {}
            "mien_nui" => self.put("km", vietnamese(rng.between(18, 42) * 10)),
            _ => self.put("km", vietnamese(rng.between(4, 17) * 10)),
        }
        for (slot, number) in ["thon_a", "thon_b", "thon_c"].into_iter().zip(&order) {
            self.put(slot, format!("{hamlet} {number}"));
        }
        for slot in ["ho_a", "ho_b"] {
            let number = examples.between(1, hamlets);
            self.put(slot, family(examples, &format!("{hamlet} {number}")));
        }
    }

    fn get(&self, name: &str) -> Option<String> {
        self.texts.get(name).cloned()
    }
}

/// Facts and figures together, as the sentences see them.
pub struct Sources<'a> {
    /// Text values.
    pub facts: &'a Facts,
    /// Figures of the unit, or those rolled up for a consolidating level.
    pub figures: &'a FigureTable,
    /// Definitions, for ratios.
    pub indicators: &'a [IndicatorSeed],
}

impl Values for Sources<'_> {
    fn value(&self, name: &str) -> Option<String> {
        if let Some(text) = self.facts.get(name) {
            return Some(text);
        }
        if let Some(code) = name.strip_suffix('%') {
            let ratio = self.indicators.iter().find(|i| i.code == code)?;
            let part = self.figures.overall(ratio.numerator.as_deref()?)?;
            return percent(part, self.figures.overall(ratio.denominator.as_deref()?)?);
        }
        let tenths = if let Some(code) = name.strip_suffix('+') {
            self.figures.sum_of_years(code)?
        } else if let Some((code, year)) = name.split_once('@') {
            self.figures.tenths(code, Some(year.parse().ok()?))?
        } else {
            self.figures
                .tenths(name, None)
                .or_else(|| self.figures.tenths(name, Some(2022)))?
        };
        (tenths > 0).then(|| vietnamese(tenths))
    }

    fn is_nothing(&self, code: &str) -> bool {
        let last = self.figures.tenths(code, None).or_else(|| match code {
            "HS04" => self.figures.tenths(code, Some(2022)),
            _ => self.figures.sum_of_years(code),
        });
        last.is_none_or(|tenths| tenths == 0)
    }
}

/// Class and branch of a unit for the grammar; `economy` is the commune's.
#[must_use]
pub fn writer_of<'a>(unit: &UnitSeed, economy: &'a str) -> Writer<'a> {
    let (class, branch) = match unit.kind.as_str() {
        "dang_uy_co_so" => ('c', economy),
        "dang_uy_co_so_khac" | "chi_bo_co_so" => ('g', office_branch(unit)),
        "mttq" => ('u', "mttq"),
        "to_chuc_ct_xh" => ('u', union_branch(&unit.code)),
        _ if unit.consolidates() => ('d', ""),
        _ => ('p', ""),
    };
    Writer { class, branch }
}

fn office_branch(unit: &UnitSeed) -> &'static str {
    let name = &unit.name;
    if name.contains("Công an") {
        "cong_an"
    } else if name.contains("Y tế") || name.contains("Bệnh viện") {
        "y_te"
    } else if name.contains("Biên phòng") {
        "bien_phong"
    } else if name.contains("Quân sự") {
        "quan_su"
    } else if name.contains("Công ty") {
        "doanh_nghiep"
    } else {
        "co_quan"
    }
}

fn union_branch(code: &str) -> &'static str {
    match code.rsplit('-').next() {
        Some("LDLD") => "ldld",
        Some("ND") => "nd",
        Some("PN") => "pn",
        Some("CCB") => "ccb",
        _ => "dtn",
    }
}

fn short_committee(unit: &UnitSeed) -> String {
    match unit.kind.as_str() {
        "chi_bo_co_so" => "Chi ủy".to_owned(),
        "mttq" => "Ban Thường trực Mặt trận".to_owned(),
        "to_chuc_ct_xh" => "Ban Thường vụ".to_owned(),
        "dang_doan" => "Đảng đoàn".to_owned(),
        "ban_can_su" => "Ban Cán sự đảng".to_owned(),
        "ban_thuong_vu_doan" => "Ban Thường vụ Tỉnh đoàn".to_owned(),
        "ban_tuyen_giao" | "ban_to_chuc" => "lãnh đạo Ban".to_owned(),
        _ => "Đảng ủy".to_owned(),
    }
}

/// How a body calls itself after its full name has been given once.
fn short_name(unit: &UnitSeed, facts: &Facts) -> String {
    let place = facts.get("caphuyen").unwrap_or_default();
    match unit.kind.as_str() {
        "mttq" => format!("Mặt trận {place}"),
        "to_chuc_ct_xh" => match (union_branch(&unit.code), place.as_str()) {
            ("ldld", _) => format!("Liên đoàn Lao động {place}"),
            ("nd", _) => format!("Hội Nông dân {place}"),
            ("pn", _) => format!("Hội Phụ nữ {place}"),
            ("ccb", _) => format!("Hội Cựu chiến binh {place}"),
            (_, "thành phố") => "Thành đoàn".to_owned(),
            (_, "thị xã") => "Thị đoàn".to_owned(),
            _ => "Huyện đoàn".to_owned(),
        },
        "ban_tuyen_giao" | "ban_to_chuc" => "Ban".to_owned(),
        _ => short_committee(unit),
    }
}

fn commune_word(name: &str) -> &'static str {
    if name.starts_with("thị trấn") {
        "thị trấn"
    } else if name.starts_with("phường") {
        "phường"
    } else {
        "xã"
    }
}

fn district_word(committee: &str) -> &'static str {
    if committee.starts_with("Thành ủy") {
        "thành phố"
    } else if committee.starts_with("Thị ủy") {
        "thị xã"
    } else if committee.starts_with("Huyện ủy") {
        "huyện"
    } else {
        "cấp trên"
    }
}

fn district_name(committee: &str) -> String {
    for head in ["Thành ủy ", "Thị ủy ", "Huyện ủy "] {
        if let Some(place) = committee.strip_prefix(head) {
            return format!("{} {place}", district_word(committee));
        }
    }
    "tỉnh Bình Thuận".to_owned()
}
