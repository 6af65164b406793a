//! Kinds of organisations as data: what they are called, and the words with which a plan names all units of a kind.
//!
//! A tree may use kinds that are not in this table; they are matched by their own word alone.

/// One kind of organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The word in tables of units, e.g. `huyen_uy`.
    pub code: &'static str,
    /// For people.
    pub label: &'static str,
    /// Normalised phrases (see [`super::bodies::normal`]) that name every unit of the kind.
    pub phrases: &'static [&'static str],
    /// Figures of these units add up; those of others look at the same facts from the side.
    pub adds: bool,
}

const GRASSROOTS: &[&str] = &[
    "cap uy co so",
    "cap uy cap co so",
    "to chuc co so dang",
    "to chuc dang co so",
    "cap uy dang co so",
    "dang uy co so",
    "dang bo co so",
    "dang bo chi bo co so",
    "chi bo co so",
    "dang uy chi bo co so",
    "dang uy chi uy co so",
];
const DISTRICT: &[&str] = &[
    "cap uy cap huyen",
    "cap uy huyen",
    "cap uy cap tren co so",
    "cap uy cap tren truc tiep co so",
    "cap uy cap tren truc tiep cua to chuc co so dang",
    "cap uy truc thuoc tinh",
    "cap uy truc thuoc tinh uy",
    "cap uy truc thuoc",
];

/// The kinds that are known by name.
pub static KINDS: &[Kind] = &[
    kind("ban_bi_thu", "Ban Bí thư", &[], false),
    kind("tinh_uy", "Tỉnh ủy", &["tinh uy"], true),
    kind("huyen_uy", "Huyện ủy", &["huyen uy"], true),
    kind("thi_uy", "Thị ủy", &["thi uy"], true),
    kind("thanh_uy", "Thành ủy", &["thanh uy"], true),
    kind("quan_uy", "Quận ủy", &["quan uy"], true),
    kind(
        "dang_uy_truc_thuoc",
        "Đảng ủy trực thuộc",
        &["dang uy truc thuoc", "dang bo truc thuoc"],
        true,
    ),
    kind("dang_uy_co_so", "Đảng ủy cơ sở", GRASSROOTS, true),
    kind("dang_uy_co_so_khac", "Đảng ủy cơ sở khác", GRASSROOTS, true),
    kind("dang_bo_co_so", "Đảng bộ cơ sở", GRASSROOTS, true),
    kind("chi_bo_co_so", "Chi bộ cơ sở", GRASSROOTS, true),
    kind("dang_doan", "Đảng đoàn", &["dang doan"], false),
    kind("ban_can_su", "Ban cán sự đảng", &["ban can su dang"], false),
    kind("ban_dan_van", "Ban Dân vận", &[], false),
    kind("ban_tuyen_giao", "Ban Tuyên giáo", &[], false),
    kind("ban_to_chuc", "Ban Tổ chức", &[], false),
    kind("van_phong", "Văn phòng", &[], false),
    kind(
        "ban_thuong_vu_doan",
        "Ban Thường vụ Đoàn Thanh niên",
        &["tinh doan"],
        false,
    ),
    kind(
        "mttq",
        "Ủy ban Mặt trận Tổ quốc",
        &["uy ban mat tran to quoc", "mat tran to quoc"],
        false,
    ),
    kind(
        "to_chuc_ct_xh",
        "Tổ chức chính trị - xã hội",
        &[
            "to chuc chinh tri xa hoi",
            "doan the chinh tri xa hoi",
            "doan the",
        ],
        false,
    ),
];

/// Words that a class of bodies may be named with besides the phrases of its kinds.
const FILLING: &[&str] = &[
    "ban", "thuong", "vu", "truc", "chap", "hanh", "uy", "va", "cac", "cung", "cap", "tinh",
    "huyen", "xa", "thuoc", "tiep", "o", "trong", "tren", "dia", "co", "so", "thanh", "nien",
    "dang", "bo", "toan", "don", "vi",
];

/// Kinds of the committees between the province and the grassroots.
const DISTRICT_COMMITTEES: &[&str] = &[
    "huyen_uy",
    "thi_uy",
    "thanh_uy",
    "quan_uy",
    "dang_uy_truc_thuoc",
];

/// How names of socio-political organisations begin, normalised.
pub(super) const SOCIO_POLITICAL: &[&str] = &[
    "lien doan lao dong",
    "hoi nong dan",
    "hoi lien hiep phu nu",
    "hoi cuu chien binh",
    "doan tncs",
    "doan thanh nien",
];

const fn kind(
    code: &'static str,
    label: &'static str,
    phrases: &'static [&'static str],
    adds: bool,
) -> Kind {
    Kind {
        code,
        label,
        phrases,
        adds,
    }
}

/// The kind called `code`.
pub fn kind_named(code: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.code == code)
}

/// What people call the kind `code`; an unknown kind by its own word.
pub fn kind_label(code: &str) -> String {
    kind_named(code).map_or_else(|| code.replace('_', " "), |kind| kind.label.to_string())
}

/// Codes of the kinds of which `phrase` (normalised) names all units. Words that belong to no class, such as the name
/// of a place, make it the name of one body, and then it names no kind.
pub(super) fn named_by(phrase: &str) -> Vec<&'static str> {
    let mut classes: Vec<(&str, Vec<&'static str>)> = KINDS
        .iter()
        .flat_map(|kind| kind.phrases.iter().map(|words| (*words, vec![kind.code])))
        .chain(
            DISTRICT
                .iter()
                .map(|words| (*words, DISTRICT_COMMITTEES.to_vec())),
        )
        .collect();
    classes.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let mut rest = format!(" {phrase} ").replace(" truc thuoc tinh uy ", " truc thuoc ");
    let mut named: Vec<&'static str> = Vec::new();
    for pass in 0..classes.len() {
        // Kinds that share a phrase are all named by it, so a phrase is taken away after its last kind.
        let (words, codes) = &classes[pass];
        let spaced = format!(" {words} ");
        if rest.contains(&spaced) {
            named.extend(codes);
            let is_last = classes
                .get(pass + 1..)
                .is_none_or(|later| later.iter().all(|(other, _)| other != words));
            if is_last {
                rest = rest.replace(&spaced, " ");
            }
        }
    }
    let is_class = rest.split_whitespace().all(|word| FILLING.contains(&word));
    if is_class { named } else { Vec::new() }
}

/// Whether the words stand in the phrase, one after another.
pub(super) fn has_words(phrase: &str, words: &str) -> bool {
    format!(" {phrase} ").contains(&format!(" {words} "))
}
