//! Invented people: names put together from common name parts, initials of
//! families. None is meant to be a real person.

use super::rng::Rng;
use super::tables::UnitSeed;

const FAMILY: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
    "Trương", "Phan", "Mai", "Đinh", "Cao", "Lương", "Tạ",
];
const MIDDLE_MAN: &[&str] = &[
    "Văn", "Hữu", "Đức", "Minh", "Ngọc", "Xuân", "Thanh", "Quốc", "Công", "Đình", "Thế", "Trọng",
];
const MIDDLE_WOMAN: &[&str] = &[
    "Thị",
    "Thị Kim",
    "Thị Thu",
    "Thị Ngọc",
    "Thị Thanh",
    "Thị Hồng",
];
const GIVEN_MAN: &[&str] = &[
    "Hùng", "Sơn", "Dũng", "Bình", "Thắng", "Tuấn", "Long", "Cường", "Phúc", "Khánh", "Lợi", "Đạt",
    "Toàn", "Kiên", "Nam", "Hải", "Thành", "Lâm", "Tài", "Nghĩa",
];
const GIVEN_WOMAN: &[&str] = &[
    "Lan",
    "Hoa",
    "Hương",
    "Nga",
    "Hạnh",
    "Mai",
    "Yến",
    "Thảo",
    "Liên",
    "Vân",
    "Oanh",
    "Hiền",
    "Phượng",
    "Dung",
    "Loan",
    "Tuyết",
];

/// Who signs for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Invented full name.
    pub name: String,
    /// Post, as under the signature: "PHÓ BÍ THƯ".
    pub position: String,
    /// Authority line: "T/M BAN THƯỜNG VỤ"; empty when the head signs without one.
    pub authority: String,
}

/// An invented full name.
pub fn full_name(rng: &mut Rng) -> String {
    let woman = rng.chance(30);
    let (middle, given) = if woman {
        (MIDDLE_WOMAN, GIVEN_WOMAN)
    } else {
        (MIDDLE_MAN, GIVEN_MAN)
    };
    [FAMILY, middle, given]
        .iter()
        .filter_map(|parts| rng.pick(parts).copied())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A family as reports mention it: "gia đình bà N.T.H. (thôn 3)".
pub fn family(rng: &mut Rng, hamlet: &str) -> String {
    let initial =
        |rng: &mut Rng, letters: &[&str]| rng.pick(letters).copied().unwrap_or("N").to_owned();
    let first = initial(rng, &["N", "T", "L", "P", "H", "V", "Đ", "B", "C", "M"]);
    let last = initial(
        rng,
        &[
            "A", "B", "C", "D", "H", "K", "L", "M", "N", "P", "S", "T", "V", "X", "Y",
        ],
    );
    if rng.chance(50) {
        format!("gia đình ông {first}.V.{last}. ({hamlet})")
    } else {
        format!("gia đình bà {first}.T.{last}. ({hamlet})")
    }
}

/// The signer of a unit's report with authority and post after its kind.
#[must_use]
pub fn signer_of(unit: &UnitSeed, seed: u64) -> Signer {
    let mut rng = Rng::for_labels(seed, &["signer", &unit.code]);
    let name = full_name(&mut rng);
    let deputy = rng.chance(45);
    let secretary = if deputy { "PHÓ BÍ THƯ" } else { "BÍ THƯ" };
    let (authority, position) = match unit.kind.as_str() {
        "tinh_uy" => ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        "thanh_uy" | "thi_uy" | "huyen_uy" | "dang_uy_truc_thuoc" => {
            ("T/M BAN THƯỜNG VỤ", secretary)
        }
        "ban_thuong_vu_doan" => ("T/M BAN THƯỜNG VỤ", secretary),
        "dang_doan" => ("T/M ĐẢNG ĐOÀN", secretary),
        "ban_can_su" => ("T/M BAN CÁN SỰ ĐẢNG", secretary),
        "ban_tuyen_giao" | "ban_to_chuc" | "ban_dan_van" if deputy => {
            ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")
        }
        "ban_tuyen_giao" | "ban_to_chuc" | "ban_dan_van" => ("", "TRƯỞNG BAN"),
        "van_phong" => ("", "CHÁNH VĂN PHÒNG"),
        "mttq" if deputy => ("T/M BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"),
        "mttq" => ("T/M BAN THƯỜNG TRỰC", "CHỦ TỊCH"),
        "to_chuc_ct_xh" if unit.code.ends_with("DTN") => ("T/M BAN THƯỜNG VỤ", secretary),
        "to_chuc_ct_xh" if deputy => ("T/M BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"),
        "to_chuc_ct_xh" => ("T/M BAN THƯỜNG VỤ", "CHỦ TỊCH"),
        "chi_bo_co_so" => ("T/M CHI ỦY", secretary),
        _ => ("T/M ĐẢNG ỦY", secretary),
    };
    Signer {
        name,
        position: position.to_owned(),
        authority: authority.to_owned(),
    }
}
