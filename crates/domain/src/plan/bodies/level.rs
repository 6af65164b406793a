//! How two mentions of a body meet, and at which level it stands.

use crate::plan::model::Level;
use crate::plan::passage::pattern;
use crate::text::fold;

/// The key under which two mentions of one body meet: folded, without "các".
pub(in crate::plan) fn key(body: &str) -> String {
    let folded = fold(body);
    for determiner in ["cac ", "nhung ", "tap the "] {
        if let Some(rest) = folded.strip_prefix(determiner) {
            return rest.to_owned();
        }
    }
    folded
}

/// The lowest level that a body's name mentions, if it says any.
pub(in crate::plan) fn level(body: &str) -> Option<Level> {
    pattern!(ABOVE_BASE, r"cấp trên (?:trực tiếp )?cơ sở");
    pattern!(
        BASE,
        r"cơ sở|chi bộ|chi (?:ủy|uỷ)|chi đoàn|chi hội|cấp xã|phường|thị trấn|đặc khu|(?:^|các |trưởng )thôn\b|\bấp\b|khu phố|tổ dân phố|địa bàn xã"
    );
    // "thị xã", "hợp tác xã", "xã hội" are no communes.
    pattern!(
        COMMUNE,
        r"(?P<no>thị |tác |hành chính, )?\bxã\b(?P<not> hội)?"
    );
    pattern!(
        DISTRICT,
        r"huyện|\bquận|thị (?:ủy|uỷ)|thị xã|thị, thành|thị đoàn|chi cục .*khu vực|trường (?:tiểu|trung học cơ)"
    );
    pattern!(
        PROVINCE,
        r"tỉnh|thành (?:ủy|uỷ|đoàn)|thành phố|^(?:các |giám đốc )?sở\b|đảng (?:ủy|uỷ) (?:ủy|uỷ) ban"
    );
    pattern!(
        CENTRAL,
        r"trung ương|tối cao|(?:ban chỉ đạo|(?:ủy|uỷ) ban|hội đồng) quốc gia|ban bí thư|bộ chính trị|chính phủ|quốc hội|thủ tướng|quân (?:ủy|uỷ)|^(?:các |lãnh đạo |ban cán sự đảng )?bộ\b|^tổng (?:cục|liên đoàn|công đoàn)|^cục |^vụ |kiểm toán nhà nước"
    );
    let name = body.to_lowercase();
    let commune = COMMUNE
        .captures_iter(&name)
        .any(|found| found.name("no").is_none() && found.name("not").is_none());
    // "Cục Văn hóa cơ sở, Gia đình và Thư viện": a field of work.
    pattern!(FIELD, r"^(?:cục|vụ|tổng cục|bộ) [^,]*cơ sở");
    if FIELD.is_match(&name) && !commune {
        Some(Level::Central)
    } else if ABOVE_BASE.is_match(&name) {
        Some(Level::District)
    } else if BASE.is_match(&name) && !name.contains("trung học cơ sở") || commune {
        Some(Level::Grassroots)
    } else if DISTRICT.is_match(&name) {
        Some(Level::District)
    } else if name.contains("trực thuộc trung ương") || PROVINCE.is_match(&name) {
        Some(Level::Province)
    } else if CENTRAL.is_match(&name) {
        Some(Level::Central)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_level_a_name_mentions_is_its_level() {
        assert_eq!(
            level("Ban thường vụ huyện, thị, thành ủy, đảng ủy trực thuộc tỉnh"),
            Some(Level::District)
        );
        assert_eq!(
            level("ban thường vụ cấp ủy cấp trên cơ sở"),
            Some(Level::District)
        );
        assert_eq!(level("Ban Bí thư Trung ương Đảng"), Some(Level::Central));
    }
}
