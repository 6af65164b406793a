//! Who leads the carrying out of the plan, and who works with the lead.

use std::collections::BTreeSet;

use super::bodies::key;
use super::duties::{Found, Who};
use super::model::{DutyKind, Plan};
use super::passage::pattern;
use super::places::{Places, Span};
use crate::text::fold;

/// Reads the lead: who is charged with the plan as a whole, or else who drafts the issuer's own report.
pub(super) fn read(found: &[Found], plan: &mut Plan, places: &mut Places) {
    let mut chosen: Vec<&Found> = found.iter().filter(|found| oversees(found)).collect();
    if chosen.iter().any(|found| found.leads) {
        // Who leads stands above who also follows up.
        chosen.retain(|found| found.leads);
    }
    let oversight = !chosen.is_empty();
    if !oversight {
        chosen = drafter(found, plan.issuer.as_deref()).into_iter().collect();
    }
    // Who is to work with somebody else that is charged with the plan, or writes its report, is not the lead.
    let helps = |one: &Found| {
        helped(one).is_some_and(|whom| {
            let meant = |name: &str| key(&whom).starts_with(&key(name));
            let charged = |other: &&Found| {
                !std::ptr::eq(*other, one) && helped(other).is_none() && meant(&other.duty.who[0])
            };
            chosen.iter().any(charged)
                || writers(found).any(|name| meant(name) && key(name) != key(&one.duty.who[0]))
        })
    };
    let (helpers, leaders): (Vec<&Found>, Vec<&Found>) = chosen.iter().partition(|one| helps(one));
    let mut lead: Who = Vec::new();
    let mut with: Who = Vec::new();
    for one in leaders {
        add(&mut lead, named(one));
        if oversight {
            add(&mut with, one.with.iter().cloned());
            add(&mut with, named_beside(one).into_iter());
            // "A là cơ quan chủ trì; B phối hợp": the next duty only says who works with A.
            let after = found.iter().skip_while(|other| !std::ptr::eq(*other, one));
            for helper in after.skip(1).take_while(|other| only_helps(other)) {
                add(&mut with, named(helper));
            }
        }
    }
    for one in helpers {
        add(&mut with, named(one));
        if lead.is_empty() {
            add(&mut lead, one.with.iter().cloned());
        }
    }
    // "B phối hợp với A đôn đốc các xã", where A is the lead.
    for one in found {
        if follows_up(&part(one))
            && helped(one).is_some_and(|whom| {
                lead.iter()
                    .any(|(name, _)| key(&whom).starts_with(&key(name)))
            })
        {
            add(&mut with, named(one));
        }
    }
    with.retain(|(body, _)| lead.iter().all(|(name, _)| key(name) != key(body)));
    (plan.lead, places.lead) = lead.into_iter().unzip();
    (plan.coordinate, places.coordinate) = with.into_iter().unzip();
}

/// Who works with the leader by the words between the two parts: "A chủ trì, B phối hợp theo dõi, đôn đốc".
fn named_beside(found: &Found) -> Option<(String, Span)> {
    pattern!(
        BESIDE,
        r"chủ trì(?: thực hiện)?(?:[,;]| và) (?P<body>\p{Lu}[^,;.:]{3,80}?) (?:cùng )?phối hợp"
    );
    let source = &found.duty.source;
    let captures = BESIDE.captures(&source.text)?;
    let body = captures.name("body")?;
    let start = source.start + source.text[..body.start()].chars().count();
    let end = start + body.as_str().chars().count();
    Some((body.as_str().to_owned(), Span { start, end }))
}

/// Whom a duty is to be done with, where working with somebody is all it says of the body's part.
fn helped(found: &Found) -> Option<String> {
    pattern!(
        WITH,
        r"(?i)^(?:là (?:cơ quan|đơn vị|bộ phận) )?(?:tham gia |có trách nhiệm |chủ động )?(?:phối hợp|cùng)(?: chặt chẽ| thực hiện)?(?: với| cùng)? (\p{L}.*)"
    );
    let work = found.duty.deliverable.as_deref()?;
    let text = found.duty.source.text.replace('\n', " ");
    let begins = |words: &str| WITH.captures(words).map(|found| found[1].to_owned());
    let before = text.find(work).map(|at| &text[..at]).unwrap_or_default();
    pattern!(
        BETWEEN,
        r"(?i)(?:phối hợp|cùng)(?: với| cùng)? ([^;:]+?)[, ]*$"
    );
    pattern!(LEADS, r"(?i)chủ trì[^;:]*$");
    let leads = LEADS.is_match(before);
    begins(work).or_else(|| {
        let found = BETWEEN.captures(before).filter(|_| !leads)?;
        Some(found[1].to_owned())
    })
}

/// The bodies that write a report alone which others send theirs for, or that lead in writing one.
fn writers(found: &[Found]) -> impl Iterator<Item = &str> {
    let ends = ends_of(found);
    found
        .iter()
        .filter(move |other| {
            let duty = &other.duty;
            duty.duty == DutyKind::Report
                && (other.leads || duty.who.len() == 1 && ends.contains(&key(&duty.who[0])))
        })
        .flat_map(|other| other.duty.who.iter().map(String::as_str))
}

/// The bodies of a duty with their places.
fn named(found: &Found) -> impl Iterator<Item = (String, Span)> + '_ {
    let names = found.duty.who.iter().cloned();
    names.zip(found.places.who.iter().copied())
}

/// Whether a duty is to work with somebody, and nothing else.
fn only_helps(found: &Found) -> bool {
    pattern!(
        HELPS,
        r"(?i)^(?:là (?:cơ quan|đơn vị|bộ phận) )?(?:tham gia )?(?:phối hợp|cùng thực hiện|hỗ trợ)(?: thực hiện| cùng thực hiện| chặt chẽ)?$"
    );
    found
        .duty
        .deliverable
        .as_deref()
        .is_some_and(|work| HELPS.is_match(work))
}

/// Whether the duty is the plan as a whole: to be its centre, or to follow up and urge its carrying out.
fn oversees(found: &Found) -> bool {
    found.duty.duty == DutyKind::Task
        && found.duty.who.len() == 1
        && (is_centre(&part(found))
            || found.leads && found.duty.deliverable.as_deref().is_some_and(carries_out))
}

/// The words of a duty out of its sentence, which may hold others between semicolons.
fn part(found: &Found) -> String {
    let text = found.duty.source.text.replace('\n', " ");
    let work = found.duty.deliverable.as_deref().unwrap_or_default();
    let Some(at) = text.find(work) else {
        return text;
    };
    let start = text[..at].rfind(';').map_or(0, |semicolon| semicolon + 1);
    let end = text[at..]
        .find(';')
        .map_or(text.len(), |semicolon| at + semicolon);
    text[start..end].to_owned()
}

/// "là cơ quan thường trực", "làm đầu mối", "giúp … điều hành, nhắc việc", "theo dõi, đôn đốc việc thực hiện Kế hoạch".
fn is_centre(text: &str) -> bool {
    pattern!(
        CENTRE,
        r"(?i)\b(?:là|làm|giữ vai trò|với vai trò|đóng vai trò) (?:cơ quan |đơn vị |bộ phận |phòng |ban |tổ )?(?:thường trực|đầu mối|chủ trì|điều phối|trung tâm)|(?:phụ trách|theo dõi|điều hành|điều phối|đôn đốc|chỉ đạo|chịu trách nhiệm) chung|(?:điều hành|điều phối)(?:,| việc| kế hoạch| chung)|(?:giúp|thay mặt|tham mưu)[^.;]{0,60}\b(?:điều hành|điều phối|đôn đốc|theo dõi|nhắc)|(?:theo dõi|nắm|đôn đốc|cập nhật|kiểm soát)(?:, (?:theo dõi|nắm|đôn đốc|nhắc))? tiến độ|nhắc (?:việc|hạn)\b|nhắc(?: nhở)? (?:các|những) (?:đơn vị|cơ quan|nơi|xã|phường|huyện|chi|đảng|phòng|khoa|sở|tổ|cấp|thôn|ấp|trường|ban|địa phương|ngành|bộ|công đoàn|đoàn|hội|cụm|trạm|đội)\b"
    );
    pattern!(
        FOLLOWS,
        r"(?i)\b(?:theo dõi|đôn đốc|nhắc nhở|giám sát|kiểm tra)[^.;]{0,80}(?:kế hoạch|hướng dẫn này|chương trình|công văn|chỉ thị|việc thực hiện|việc (?:gửi|nộp|báo cáo)|chấp hành|thực hiện)\b"
    );
    pattern!(
        URGES,
        r"(?i)\bđôn đốc(?:,| và)? (?:[^.;]{0,40} )?(?:việc|các|tiến độ|cơ sở|những nơi)\b"
    );
    // "Cử 01 cán bộ làm đầu mối" names somebody of the own house.
    pattern!(
        APPOINTS,
        r"(?i)\b(?:cử|bố trí|chỉ định|phân công)\b[^.;]*\b(?:là|làm) (?:đầu mối|thường trực)"
    );
    pattern!(
        BOTH,
        r"(?i)\btheo dõi(?:,| và) (?:[\p{L} ]{2,20}, )?(?:đôn đốc|nhắc (?:việc|nhở))"
    );
    CENTRE.is_match(text) && !APPOINTS.is_match(text)
        || BOTH.is_match(text)
        || follows_up(text) && FOLLOWS.is_match(text)
        || URGES.is_match(text)
}

fn follows_up(text: &str) -> bool {
    pattern!(FOLLOW_UP, r"(?i)theo dõi|đôn đốc|nhắc (?:việc|nhở|hạn)");
    FOLLOW_UP.is_match(text)
}

/// Whether the work of a leader is the plan itself.
fn carries_out(work: &str) -> bool {
    pattern!(
        LEADS,
        r"(?i)\b(?:triển khai|tổ chức)[^.;]{0,40}(?:thực hiện|triển khai)?[^.;]{0,30}kế hoạch|^triển khai$|tham mưu[^.;]{0,60}theo dõi"
    );
    LEADS.is_match(work)
}

/// The bodies that reports go to or through.
fn ends_of(found: &[Found]) -> BTreeSet<String> {
    found
        .iter()
        .filter(|other| other.duty.duty == DutyKind::Report)
        .flat_map(|other| other.duty.via.iter().chain(&other.duty.to))
        .map(|body| key(body))
        .collect()
}

/// The body that writes the issuer's own report: the last single body that gathers, drafts or advises.
fn drafter<'a>(found: &'a [Found], issuer: Option<&str>) -> Option<&'a Found> {
    pattern!(
        GATHERS,
        r"(?i)\b(?:tổng hợp|dự thảo|tham mưu|soạn|giúp|hoàn thiện|thẩm tra)\b"
    );
    pattern!(
        WRITES,
        r"(?i)\b(?:xây dựng|lập|viết|trình|chuẩn bị|hoàn thành)\b[^.;]{0,40}báo cáo|báo cáo (?:chung|toàn|của (?:tỉnh|huyện|xã|trường|ngành|thành phố))"
    );
    // "Báo cáo tổng kết toàn tỉnh", "báo cáo chung của Tổng công ty".
    pattern!(
        WHOLE,
        r"(?i)báo cáo\b[^.;,]{0,60}?\b(?:toàn (?:tỉnh|huyện|xã|phường|ngành|quốc|hệ thống|khối|trường|viện|đảng bộ|thành phố|tập đoàn|tổng công ty|công ty)|chung|của (?:tỉnh|huyện|xã|phường|trường|ngành|thành phố|quận|sở|bộ|khối|tập đoàn|tổng công ty|công ty|bệnh viện|viện|đảng bộ))\b"
    );
    // What several bodies are asked for is none that is made of the others.
    let asked_of_others = |one: &Found| {
        found.iter().any(|other| {
            let (one, other) = (&one.duty, &other.duty);
            other.duty == DutyKind::Report
                && other.who != one.who
                && other.deliverable == one.deliverable
                && other.to == one.to
        })
    };
    let whole = |found: &&Found| {
        let name = found.duty.deliverable.as_deref();
        name.is_some_and(|name| WHOLE.is_match(name))
    };
    let issuer = issuer.map(key);
    let reports = || {
        found.iter().filter(|found| {
            let who = &found.duty.who;
            found.duty.duty == DutyKind::Report
                && who.len() == 1
                && !is_many(&who[0])
                && !asked_of_others(found)
                && issuer.as_deref() != Some(key(&who[0]).as_str())
        })
    };
    // "Phòng Tham mưu" does not advise by its name.
    let text = |found: &&Found| {
        let whole = found.duty.source.text.clone();
        let names = found.duty.who.iter();
        names.fold(whole, |text, name| text.replace(name.as_str(), ""))
    };
    let ends = ends_of(found);
    let channels_of: BTreeSet<String> = found
        .iter()
        .flat_map(|other| &other.duty.via)
        .map(|body| key(body))
        .collect();
    let receives = |candidate: &&Found| ends.contains(&key(&candidate.duty.who[0]));
    let channels = || {
        found.iter().filter(|candidate| {
            let who = &candidate.duty.who;
            who.len() == 1
                && !is_many(&who[0])
                && candidate.duty.duty == DutyKind::Task
                && GATHERS.is_match(&text(candidate))
                && channels_of.iter().any(|via| key(&who[0]).starts_with(via))
        })
    };
    reports()
        .filter(|found| receives(found))
        .rfind(|found| GATHERS.is_match(&text(found)) || WRITES.is_match(&text(found)))
        .or_else(|| reports().rfind(|found| GATHERS.is_match(&text(found))))
        .or_else(|| reports().rfind(|found| WRITES.is_match(&text(found))))
        .or_else(|| reports().rfind(whole))
        .or_else(|| channels().next())
        .or_else(|| collector(found, &ends, issuer.as_deref()))
        .or_else(|| own_report(found, issuer.as_deref()?))
        .or_else(|| reports().rfind(|one| goes_beyond(found, one)))
}

/// Whether a report goes where no other goes, while the others go elsewhere: the one that is made of them.
fn goes_beyond(found: &[Found], one: &Found) -> bool {
    let reports = || {
        found
            .iter()
            .filter(|other| other.duty.duty == DutyKind::Report)
    };
    let Some(to) = one.duty.to.as_deref().map(key) else {
        return false;
    };
    let others = || reports().filter(|other| other.duty.who != one.duty.who);
    let last = reports()
        .next_back()
        .is_some_and(|last| std::ptr::eq(last, one));
    let there = |other: &Found| {
        other
            .duty
            .to
            .as_deref()
            .is_some_and(|other| key(other) == to)
    };
    last && others().next().is_some()
        && others().all(|other| other.duty.to.is_some() && !there(other))
}

/// The report that an office makes itself of those it collects, for its superior: "Sở Tư pháp sẽ trình UBND tỉnh báo
/// cáo của tỉnh".
fn own_report<'a>(found: &'a [Found], issuer: &str) -> Option<&'a Found> {
    let reports = || {
        found
            .iter()
            .filter(|found| found.duty.duty == DutyKind::Report)
    };
    let own = |found: &&Found| found.duty.who.len() == 1 && key(&found.duty.who[0]) == issuer;
    let upwards = |found: &&Found| found.duty.to.as_deref().is_some_and(|to| key(to) != issuer);
    let gathers = reports().any(|found| !own(&found));
    reports().filter(own).rfind(upwards).filter(|_| gathers)
}

/// A single body to which or through which the reports of others go, and that has a duty of its own with them.
fn collector<'a>(
    found: &'a [Found],
    ends: &BTreeSet<String>,
    issuer: Option<&str>,
) -> Option<&'a Found> {
    pattern!(
        COLLECTS,
        r"(?i)\b(?:báo cáo|lập (?:bảng|danh sách|biểu)|bảng theo dõi|tiếp nhận|thu nhận|nghiệm thu|thẩm định|tổng hợp)\b|(?:kiểm đếm|phúc tra|rà soát|đối chiếu)[^.;]{0,40}(?:báo cáo|số liệu|danh sách|hồ sơ|phiếu|kết quả)"
    );
    found.iter().rfind(|other| {
        let who = &other.duty.who;
        let others = |other: &Found| other.duty.duty == DutyKind::Report;
        who.len() == 1
            && !is_many(&who[0])
            && issuer != Some(key(&who[0]).as_str())
            && ends.contains(&key(&who[0]))
            && COLLECTS.is_match(&other.duty.source.text)
            && found.iter().any(|from| {
                others(from) && from.duty.who.iter().all(|body| key(body) != key(&who[0]))
            })
    })
}

/// Whether a name stands for many bodies.
fn is_many(body: &str) -> bool {
    pattern!(
        MANY,
        r"^(?:cac|moi|tung|nhung|toan the)\b|\bcac\b|^truong (?:cac|thon)|\b(?:huyen|xa|phuong|quan|thi xa|thanh pho|tinh|thi tran|dac khu)(?:,| va) (?:huyen|xa|phuong|quan|thi xa|thanh pho|thanh|tinh|thi tran|dac khu)\b|\b(?:cap (?:huyen|xa)|co so|truc thuoc)$|\d, \d"
    );
    MANY.is_match(&fold(body))
}

fn add(list: &mut Who, more: impl Iterator<Item = (String, Span)>) {
    for (body, span) in more {
        if !list.iter().any(|(known, _)| key(known) == key(&body)) {
            list.push((body, span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_centre_of_a_plan_is_named_in_many_words() {
        for text in [
            "Ban Dân vận là cơ quan thường trực",
            "Văn phòng làm đầu mối",
            "Phòng Nội vụ là đầu mối tiếp nhận, theo dõi, nhắc hạn",
            "Sở Nội vụ giúp UBND tỉnh điều hành, nhắc việc",
            "Ban Tổ chức theo dõi, đôn đốc việc thực hiện Kế hoạch này",
            "Văn phòng nắm tiến độ, nhắc các nơi chậm",
            "Ban Dân vận phụ trách chung",
            "Văn phòng theo dõi, đôn đốc tiến độ",
            "Phòng Tổ chức giữ vai trò điều phối",
            "Văn phòng đôn đốc các đơn vị thực hiện Kế hoạch này",
            "Văn phòng theo dõi, đôn đốc, công khai tỷ lệ của từng đơn vị",
            "Phòng Nội vụ theo dõi, hướng dẫn, đôn đốc các xã",
        ] {
            assert!(is_centre(text), "{text}");
        }
        for text in [
            "Văn phòng bố trí kinh phí",
            "Sở Tài chính hướng dẫn thanh quyết toán",
            "Báo An Giao tuyên truyền các mô hình",
            "Cử 01 lãnh đạo chi cục làm đầu mối, gửi thông tin",
        ] {
            assert!(!is_centre(text), "{text}");
        }
    }
}
