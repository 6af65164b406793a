//! Documents that a plan cites: number, date, issuer, title, and which mentions are the same document.

use std::ops::Range;
use std::sync::LazyLock;

use super::bodies::{begins, body_at};
use super::clause::subject;
use super::dates::first_date;
use super::model::Instrument;
use super::passage::{Passage, pattern};
use super::places::Span;
use crate::pattern::Pattern;

/// One mention in a passage.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub instrument: Instrument,
    /// Bytes of the passage's text.
    pub range: Range<usize>,
}

const TYPES: &str = "Nghị quyết|Quyết định|Quy định|Quy chế|Chỉ thị|Kết luận|Kế hoạch|Báo cáo|Hướng dẫn|Thông báo|Công văn|Chương trình|Tờ trình|Đề án|Thông tri|Nghị định|Thông tư liên tịch|Thông tư|Bộ luật|Luật|Pháp lệnh|Hiến pháp|Công điện|Thông báo kết luận|Văn bản|Lệnh";

pattern!(
    NUMBER,
    r"\b(?:\d{1,6} ?[-–] ?[A-ZĐ][A-Za-zĐđ]{0,4} ?/ ?[A-ZĐ0-9][\p{L}0-9.&-]*|\d{1,6}/(?:(?:19|20)\d\d/)?[A-ZĐ][\p{L}0-9]*(?:-[\p{L}0-9&.]+)*)"
);

/// Every document cited with its number in `text`.
pub(super) fn numbered(text: &str) -> Vec<Mention> {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(format!(
            r"(?i)\b(?:{TYPES})(?:[^;.,()]{{0,90}}?)?(?: số:?)? ?$"
        ))
    });
    let mut mentions: Vec<Mention> = Vec::new();
    let found: Vec<Range<usize>> = NUMBER
        .find_iter(text)
        .map(|number| number.range())
        .collect();
    for (index, number) in found.iter().enumerate() {
        let until = found.get(index + 1).map_or(text.len(), |next| next.start);
        let floor = index.checked_sub(1).map_or(0, |last| found[last].end);
        let window = floor_char(text, number.start.saturating_sub(240).max(floor));
        let start = BEFORE
            .find(&text[window..number.start])
            .map_or(number.start, |word| {
                // The last type word before the number begins the citation.
                let words = &text[window + word.start()..number.start];
                window + word.start() + last_type_word(words)
            });
        let name = text[start..number.start]
            .trim_end()
            .trim_end_matches("số:")
            .trim_end_matches("số")
            .trim_end();
        let (mut instrument, end) = describe(text, number.end, until);
        if instrument.issuer.is_none() {
            let before = announced(&text[floor..start]);
            instrument.issuer = before.0;
            instrument.date = instrument.date.or(before.1);
        }
        instrument.number = Some(
            text[number.clone()]
                .trim_end_matches(['.', '-'])
                .replace(' ', "")
                .replace('–', "-"),
        );
        if instrument.title.is_none() && (name.starts_with("Luật ") || name.starts_with("Bộ luật "))
        {
            let about = name
                .trim_start_matches("Bộ luật ")
                .trim_start_matches("Luật ");
            instrument.title = Some(about.to_owned());
        }
        mentions.push(Mention {
            instrument,
            range: start..end,
        });
    }
    share_titles(text, &mut mentions);
    mentions
}

fn floor_char(text: &str, mut at: usize) -> usize {
    while at > 0 && !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn last_type_word(words: &str) -> usize {
    static TYPE: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(format!(r"\b(?:{TYPES})\b")));
    TYPE.find_iter(words)
        .last()
        .map_or(0, |found| found.start())
}

/// Date, issuer and title as they follow a number at `from`, none of it beyond `until`.
fn describe(text: &str, from: usize, until: usize) -> (Instrument, usize) {
    pattern!(
        DATE,
        r"^,? ?(?:\(?)(?:ban hành )?(?:ngày )(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} tháng \d{1,2} năm \d{4})\)?"
    );
    pattern!(ISSUER, r"^,? ?(?:của|do|giữa) ");
    pattern!(TERM, r"^ ?\([^()]{1,60}\)");
    pattern!(
        TITLE,
        r#"^,? ?(?:["“”]|\()?(?:(?i:về việc|về)|V/v|v/v)\s*:? "#
    );
    // "quy định về …", "phê duyệt …": the verb is part of what the act is about.
    pattern!(
        ACTS,
        r"^,? ?(?:quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|công bố|giao) "
    );
    let mut instrument = Instrument::default();
    let mut at = from;
    if let Some(found) = DATE.find(&text[at..until]) {
        instrument.date = first_date(found.as_str()).map(|(date, _)| date);
        at += found.end();
    }
    if let Some(of) = ISSUER.find(&text[at..until])
        && let Some(body) = issuer_at(&text[..until], at + of.end())
    {
        // What it is about may stand in quotation marks.
        let quoted = text[body.clone()].find(['“', '"']);
        let name = &text[body.start..quoted.map_or(body.end, |quote| body.start + quote)];
        let body = body.start..body.start + name.trim_end().len();
        // "Ban Chấp hành Đảng bộ tỉnh khóa XV": the term belongs to the name, unless it stands in brackets.
        pattern!(
            OF_TERM,
            r"^(?i: (?:khóa|nhiệm kỳ) (?:[IVX]+|\d{1,2}|\d{4} ?[-–] ?\d{4})\b)"
        );
        let term = OF_TERM
            .find(&text[body.end..until])
            .map_or(0, |term| term.end());
        let body = body.start..body.end + term;
        instrument.issuer = Some(text[body.clone()].to_owned());
        at = body.end;
    }
    while let Some(found) = TERM.find(&text[at..until]) {
        at += found.end();
    }
    let title = TITLE
        .find(&text[at..until])
        .map(|about| at + about.end())
        .or_else(|| {
            let act = ACTS.find(&text[at..until])?;
            Some(at + act.as_str().len() - act.as_str().trim_start_matches([',', ' ']).len())
        });
    if let Some(title) = title {
        let quoted = text[at..title].contains(['"', '“']);
        let close = |title: usize| text[title..].find(['"', '”']).map(|close| title + close);
        let end = title_end(
            text,
            title,
            close(title).filter(|_| quoted).unwrap_or(text.len()),
        );
        if end > title {
            instrument.title = Some(text[title..end].to_owned());
            at = end;
        }
    }
    (instrument, at)
}

/// Who issued it and when, as the words before a citation say: "Ngày …, A đã ban hành", "ý kiến của A tại".
fn announced(before: &str) -> (Option<String>, Option<jiff::civil::Date>) {
    pattern!(
        BY,
        r"(?:của|do|được|theo ý kiến) (?P<a>\p{Lu}[^;,.()]{2,80}?)(?: (?:giao|chỉ đạo|yêu cầu|đề nghị|phê duyệt|thông qua|ban hành))? tại $|(?:[Nn]gày (?P<d>[\d/.-]+)[,;] )?(?P<b>\p{Lu}[^;,.():]{2,80}?) (?:đã )?(?:ban hành|có|xây dựng) $"
    );
    let Some(found) = BY.captures(before) else {
        return (None, None);
    };
    let body = found.name("a").or(found.name("b"));
    let named = body
        .filter(|body| begins(body.as_str()))
        .map(|body| body.as_str().to_owned());
    let date = found
        .name("d")
        .and_then(|day| first_date(day.as_str()))
        .map(|(date, _)| date);
    (named, date)
}

/// The issuer, which may be a body the list of duty holders does not know ("Hội nghị Trung ương 6").
fn issuer_at(text: &str, from: usize) -> Option<Range<usize>> {
    pattern!(
        PLAIN,
        r"^\p{Lu}[^,;.()“”]*?(?: về | quy định | ban hành | khóa | khoá |$|[,;.()“”])"
    );
    pattern!(CUT, r" (?:quy định|ban hành|hướng dẫn|phê duyệt) ");
    // "Trung ương Hội | Người cao tuổi Việt Nam về", "Sở Văn hóa | , Thể thao và Du lịch về": what begins with a
    // capital goes on with the name, and so does a field of work after "và".
    pattern!(
        GOES_ON,
        r"^((?:,? \p{Lu}[^,;.()“”]{1,60}?| và \p{L}[^,;.()“”]{1,40}?)+) (?:về|quy định|ban hành|phê duyệt|hướng dẫn|khóa|khoá) "
    );
    if let Some(body) = body_at(text, from) {
        let cut = CUT
            .find(&text[body.clone()])
            .map_or(body.end, |cut| body.start + cut.start());
        let name = &text[body.start..cut];
        let cut = body.start + name.strip_suffix(" về").unwrap_or(name).len();
        let more = GOES_ON
            .captures(&text[cut..])
            .and_then(|more| more.get(1))
            // "…, Sở Nội vụ hướng dẫn" is another body, and what it does.
            .filter(|more| more.as_str().split(", ").skip(1).all(|part| !begins(part)))
            .map_or(cut, |more| cut + more.end());
        return Some(body.start..more);
    }
    let found = PLAIN.find(text.get(from..)?)?;
    let name = found
        .as_str()
        .trim_end_matches([',', ';', '.', '(', ')', '“', '”', ' ']);
    let name = ["về", "quy định", "ban hành", "khóa", "khoá"]
        .iter()
        .fold(name, |name, word| {
            name.strip_suffix(word).map_or(name, str::trim_end)
        });
    (!name.is_empty() && name.chars().count() <= 80).then_some(from..from + name.len())
}

fn title_end(text: &str, from: usize, until: usize) -> usize {
    pattern!(
        END,
        r"[;“”]|\((?:(?:giai đoạn |từ )?(?:năm )?\d{4}|sau đây|dưới đây|gọi|viết|khóa|khoá|có|kèm|trước|nhiệm|theo)|[.] |\.$|\./|, (?:cụ thể|như sau|\p{Lu})|, (?:nhưng|song|mà|còn|tuy|đến hết|đến ngày|tính đến|tuy nhiên|do đó|vì vậy|vậy|để|nhằm|các|theo đó|theo|trong đó|đề nghị|yêu cầu|xét|nhà trường|căn cứ|thực hiện|đã|đến nay|giao (?:cho|các|nhiệm vụ|\p{Lu}\p{Ll}*)|nay|sau|sau khi|trước|khi|nếu|hạn (?:nộp|gửi|chót|cuối|là|báo cáo|hoàn thành)|thời hạn|thời gian|thời điểm|thời hiệu|mốc|chậm nhất|gồm|cùng với|đồng thời|trên cơ sở|do|được|bao gồm|có hiệu lực|ban hành kèm|hiện (?:có|còn|vẫn|mới)|hiện nay|lẽ ra|đáng lẽ|vì|nên|thì|đơn vị|với (?:những|các|nội dung|kế hoạch|một số|mục|yêu cầu))(?: |$)|,? (?:với (?:những|các|một số) (?:nội dung|yêu cầu|việc|bước)|như (?:sau|dưới đây|dưới|bên dưới)|(?:sau|dưới) đây|gồm các nội dung)| và (?:gửi|nộp|báo cáo kết quả|đề nghị|yêu cầu) |, cụ thể|,? (?:và|với) (?:Nghị|Quyết|Quy|Chỉ|Kết|Kế|Báo cáo số|Hướng|Thông|Công|Chương|Tờ)[^,;]{0,40}? số|: "
    );
    let title = &text[from..until];
    // What issuers do.
    pattern!(
        ACTS,
        r"^(?i:(?:đã|sẽ|nay|kính|trân trọng|thống nhất|chính thức) )*(?i:ban hành|xây dựng|đề nghị|yêu cầu|hướng dẫn|quy định|thông báo|tổ chức|triển khai|báo cáo|đề ra|giao|có ý kiến|lập|chỉ đạo|nhận|điều chỉnh|sửa đổi|gia hạn|nhắc|đôn đốc|tiến hành|phát động|tổng kết|sơ kết|quyết định|kết luận)\b"
    );
    // Bodies in a title go on with it ("làm việc của Ban Chấp hành, Ban Thường vụ"), unless they act.
    pattern!(OF, r"\b(?:của|cho|với|giữa|và) ");
    let goes_on = |at: usize| {
        let next = from + at + ", ".len();
        let lists = OF
            .find_iter(&title[..at])
            .last()
            .is_some_and(|of| body_at(&title[..at], of.end()).is_some_and(|body| body.end == at));
        title[at..].starts_with(", ")
            && (lists
                || title[..at].contains(", ")
                    && begins(&title[title[..at].rfind(", ").unwrap_or(0) + 2..at]))
            && begins(&text[next..until])
            && !subject(&text[..until], next).is_some_and(|(_, does)| ACTS.is_match(&text[does..]))
    };
    let end = END
        .find_iter(title)
        .map(|end| end.start())
        .find(|end| !goes_on(*end))
        .unwrap_or(title.len());
    from + title[..end].trim_end_matches([' ', ',', '.', ':']).len()
}

/// "Chỉ thị A và Chỉ thị B về X": both are about X.
fn share_titles(text: &str, mentions: &mut [Mention]) {
    for index in (1..mentions.len()).rev() {
        let between = text[mentions[index - 1]
            .range
            .end
            .min(mentions[index].range.start)
            ..mentions[index].range.start]
            .trim();
        if matches!(between, "và" | "," | ", và") && mentions[index - 1].instrument.title.is_none()
        {
            mentions[index - 1].instrument.title = mentions[index].instrument.title.clone();
        }
    }
}

/// An act that a "Căn cứ" line cites by its name alone: "Luật Tổ chức chính quyền địa phương ngày 19/6/2015".
pub(super) fn named(line: &str) -> Option<Mention> {
    pattern!(
        ACT,
        r"(?:^|\b)(?i:căn cứ|thực hiện|theo)(?: vào)? ((?:Luật|Bộ luật|Pháp lệnh|Hiến pháp|Điều lệ|Nghị quyết Đại hội)\b(?:[^;.,()]|, \p{Ll})*)"
    );
    let found = ACT.captures(line)?;
    let whole = found.get(1)?;
    let date = first_date(whole.as_str());
    // "Luật An toàn, vệ sinh lao động số 84/2015/QH13" has its number.
    let name = date
        .as_ref()
        .map_or(whole.as_str(), |(_, range)| &whole.as_str()[..range.start]);
    let name = name.trim_end_matches([' ', ':', ',']);
    let name = name
        .trim_start_matches("Bộ luật ")
        .trim_start_matches("Luật ");
    let instrument = Instrument {
        title: Some(name.to_owned()),
        date: date.as_ref().map(|(date, _)| *date),
        ..Instrument::default()
    };
    let length = date.map_or(whole.as_str().trim_end().len(), |(_, range)| range.end);
    Some(Mention {
        instrument,
        range: whole.start()..whole.start() + length,
    })
}

/// Documents collected from many mentions: the same number and symbol is one document.
#[derive(Debug, Default)]
pub(super) struct Cited {
    pub items: Vec<(Instrument, Span)>,
}

impl Cited {
    pub fn add(&mut self, passage: &Passage, mention: &Mention) {
        let span = passage.span(mention.range.clone());
        match self
            .items
            .iter_mut()
            .find(|(known, _)| same(known, &mention.instrument))
        {
            Some((known, place)) => {
                // The fullest citation is the one to show.
                if known.date.is_none() && mention.instrument.date.is_some() {
                    *place = span;
                    // What it is about stands there whole, unless more follows it.
                    let more = |title: &String| {
                        let rest = title.strip_prefix(known.title.as_deref().unwrap_or_default());
                        rest.is_some_and(|rest| rest.starts_with([',', ';']))
                    };
                    if mention
                        .instrument
                        .title
                        .as_ref()
                        .is_some_and(|title| !more(title))
                    {
                        known.title.clone_from(&mention.instrument.title);
                    }
                }
                known.date = known.date.or(mention.instrument.date);
                known.issuer = known
                    .issuer
                    .take()
                    .or_else(|| mention.instrument.issuer.clone());
                // A title that says the same and more is the whole one.
                if let Some(title) = &mention.instrument.title
                    && known
                        .title
                        .as_ref()
                        .is_none_or(|short| title.starts_with(&format!("{short}, ngày")))
                {
                    known.title = Some(title.clone());
                }
            }
            None => self.items.push((mention.instrument.clone(), span)),
        }
    }

    pub fn holds(&self, instrument: &Instrument) -> bool {
        self.items.iter().any(|(known, _)| same(known, instrument))
    }
}

/// The same document: equal numbers, and no two different dates (numbers begin again every term).
fn same(one: &Instrument, other: &Instrument) -> bool {
    let dates_agree = one.date.is_none() || other.date.is_none() || one.date == other.date;
    match (&one.number, &other.number) {
        (Some(a), Some(b)) => a == b && dates_agree,
        (None, None) => one.title == other.title && dates_agree,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn two_directives_about_one_matter_share_its_title() {
        let text = "Chỉ thị số 14-CT/TW, ngày 19/7/2017 của Ban Bí thư (khóa XII) và Chỉ thị số 25-CT/TU, ngày 15/9/2017 của Ban Thường vụ Tỉnh ủy (khóa XIII) về người có công (viết tắt)";
        let found = numbered(text);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].instrument.issuer.as_deref(), Some("Ban Bí thư"));
        assert_eq!(found[0].instrument.date, Some(date(2017, 7, 19)));
        assert_eq!(found[0].instrument.title.as_deref(), Some("người có công"));
        assert_eq!(found[1].instrument.number.as_deref(), Some("25-CT/TU"));
    }

    #[test]
    fn a_title_ends_where_the_sentence_goes_on_with_something_else() {
        for rest in [
            ", với những nội dung chủ yếu sau đây:",
            " với các nội dung sau đây:",
            ", như dưới đây:",
            " như sau:",
            ", sau 5 năm Trường phải rà soát toàn bộ kế hoạch.",
            ", hạn nộp báo cáo là ngày 15/10/2022.",
            ", theo đề nghị của Sở Nội vụ,",
            ", đồng thời rút kinh nghiệm.",
            ", nhưng đến nay còn 23 xã chưa nộp.",
            ", song kết quả chưa cao.",
            " (2018 - 2022)",
            ", đến hết ngày 05/10/2022 mới có 09 xã gửi.",
            ", thời gian gửi trước ngày 05/12/2022.",
            ", chậm nhất ngày 05/12/2022.",
            " và gửi báo cáo kết quả tự kiểm tra, cụ thể:",
        ] {
            let text = format!(
                "Kế hoạch số 12-KH/TU, ngày 02/3/2021 của Tỉnh ủy về phân loại, xử lý rác{rest}"
            );
            assert_eq!(
                numbered(&text)[0].instrument.title.as_deref(),
                Some("phân loại, xử lý rác"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_a_title_lists_may_begin_like_words_that_end_it() {
        for title in [
            "khắc phục tồn tại, hạn chế trong công tác cải cách",
            "ra quân làm thủy lợi, giao thông nông thôn năm 2019",
            "hỗ trợ hợp tác xã, doanh nghiệp nhỏ",
            "bảo vệ môi trường, cảnh quan",
        ] {
            let text = format!(
                "Công văn số 29/UBND-NC ngày 14/8/2017 của UBND tỉnh về việc {title}, UBND huyện yêu cầu:"
            );
            assert_eq!(numbered(&text)[0].instrument.title.as_deref(), Some(title));
        }
    }

    #[test]
    fn bodies_in_a_title_end_it_only_when_they_act() {
        let text = "Quy chế số 02-QC/ĐU, ngày 10/9/2025 của Ban Chấp hành Đảng bộ phường về làm việc của Ban Chấp hành, Ban Thường vụ, Thường trực Đảng ủy phường nhiệm kỳ 2025 - 2030";
        assert_eq!(
            numbered(&format!("{text};"))[0].instrument.title.as_deref(),
            Some(
                "làm việc của Ban Chấp hành, Ban Thường vụ, Thường trực Đảng ủy phường nhiệm kỳ 2025 - 2030"
            )
        );
        assert_eq!(
            numbered(&format!("{text}, Ban Thường vụ yêu cầu các chi bộ:"))[0]
                .instrument
                .title
                .as_deref(),
            Some(
                "làm việc của Ban Chấp hành, Ban Thường vụ, Thường trực Đảng ủy phường nhiệm kỳ 2025 - 2030"
            )
        );
    }

    #[test]
    fn a_title_may_stand_in_quotation_marks() {
        let text = "Nghị quyết số 05-NQ/HU, ngày 18/3/2022 của Ban Chấp hành Đảng bộ huyện \"Về phát triển du lịch\" (sau đây gọi tắt là Nghị quyết)";
        let found = numbered(text);
        assert_eq!(
            found[0].instrument.issuer.as_deref(),
            Some("Ban Chấp hành Đảng bộ huyện")
        );
        assert_eq!(
            found[0].instrument.title.as_deref(),
            Some("phát triển du lịch")
        );
    }

    #[test]
    fn an_issuer_may_have_any_name() {
        for issuer in [
            "Trung ương Hội Người cao tuổi Việt Nam",
            "Ban Chỉ đạo Trung ương các chương trình mục tiêu quốc gia",
            "Hội Luật gia Việt Nam",
            "Chủ tịch nước",
            "Tổng Thanh tra Chính phủ",
            "Hội đồng Đội Trung ương",
            "Giám đốc Đại học vùng",
            "Ban Chấp hành Trung ương Đảng khóa XIII",
            "Sở Văn hóa, Thể thao và Du lịch",
            "Cục Công tác đảng và công tác chính trị",
            "Bộ trưởng Bộ Lao động - Thương binh và Xã hội",
        ] {
            let text = format!(
                "Căn cứ Công văn số 512/HN ngày 14/8/2017 của {issuer} về sơ kết phong trào;"
            );
            let found = &numbered(&text)[0].instrument;
            assert_eq!(found.issuer.as_deref(), Some(issuer));
            assert_eq!(found.title.as_deref(), Some("sơ kết phong trào"));
        }
    }

    #[test]
    fn state_acts_are_cited_by_number_year_and_symbol() {
        let text = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;";
        let found = numbered(text);
        assert_eq!(found[0].instrument.number.as_deref(), Some("30/2020/NĐ-CP"));
        assert_eq!(found[0].instrument.date, Some(date(2020, 3, 5)));
        assert_eq!(found[0].instrument.issuer.as_deref(), Some("Chính phủ"));
        assert_eq!(
            found[0].instrument.title.as_deref(),
            Some("công tác văn thư")
        );
    }

    #[test]
    fn who_gives_an_order_stands_before_the_act_that_holds_it() {
        for text in [
            "Thực hiện nhiệm vụ được Thủ tướng Chính phủ giao tại Quyết định số 428/QĐ-TTg ngày 18/4/2019",
            "theo ý kiến chỉ đạo của Thủ tướng Chính phủ tại Quyết định số 428/QĐ-TTg ngày 18/4/2019",
            "Đề án do Thủ tướng Chính phủ phê duyệt tại Quyết định số 428/QĐ-TTg ngày 18/4/2019",
        ] {
            let found = &numbered(text)[0].instrument;
            assert_eq!(
                found.issuer.as_deref(),
                Some("Thủ tướng Chính phủ"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_date_is_no_number_of_a_document() {
        assert!(numbered("trước ngày 30/9/2022 và 20/10/2022").is_empty());
    }

    #[test]
    fn a_law_may_be_cited_by_name() {
        let found = named("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
            .map(|found| found.instrument);
        let found = found.expect("a law");
        assert_eq!(
            found.title.as_deref(),
            Some("Tổ chức chính quyền địa phương")
        );
        assert_eq!(found.date, Some(date(2015, 6, 19)));
    }
}
