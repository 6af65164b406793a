//! The codes of all checks: stable names, levels, what they mean, how to mend what they find.

use super::finding::Level;
use serde::{Serialize, Serializer};

/// What a code says about itself; the page of codes in the docs is held against this table.
struct About {
    code: &'static str,
    level: Level,
    meaning_vi: &'static str,
    remedy_vi: &'static str,
    remedy_en: &'static str,
}

macro_rules! codes {
    ($($name:ident $code:literal $level:ident $meaning:literal $remedy_vi:literal $remedy_en:literal;)*) => {
        /// A check; its text never changes, because answers and scripts lean on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($name,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            fn about(self) -> About {
                match self {
                    $(Code::$name => About {
                        code: $code,
                        level: Level::$level,
                        meaning_vi: $meaning,
                        remedy_vi: $remedy_vi,
                        remedy_en: $remedy_en,
                    },)*
                }
            }
        }
    };
}

codes! {
    SectionMissing "outline/section-missing" Error
        "Đề cương có mục này, báo cáo không có"
        "Thêm mục theo đúng đề cương; không có nội dung thì ghi rõ “không phát sinh”."
        "Add the section as the outline has it; say so when there is nothing to report.";
    SectionEmpty "outline/section-empty" Error
        "Mục phải viết còn trống"
        "Viết nội dung của mục; không có thì ghi rõ “không phát sinh”."
        "Write the section; say so when there is nothing to report.";
    Placeholder "text/placeholder" Error
        "Còn chỗ chờ điền"
        "Điền nội dung thật vào chỗ này hoặc bỏ đi."
        "Fill in the real content or remove it.";
    GuidanceCopied "text/guidance-copied" Warning
        "Lời hướng dẫn của đề cương còn nằm trong bài"
        "Bỏ lời hướng dẫn, thay bằng nội dung của đơn vị."
        "Remove the guidance and write the unit's own content.";
    FigureMissing "figures/missing" Error
        "Chỉ tiêu bắt buộc còn trống"
        "Điền số; bằng không thì ghi 0, không áp dụng thì ghi “-”."
        "Enter the figure; 0 for none, “-” for not applicable.";
    FigureImpossible "figures/impossible" Error
        "Số không thể có: số đếm bị âm hoặc có số lẻ"
        "Sửa lại số theo hồ sơ gốc."
        "Correct the figure from the records.";
    PartAboveWhole "figures/part-above-whole" Error
        "Phần lớn hơn tổng"
        "Đối chiếu hai số với hồ sơ gốc rồi sửa số sai."
        "Compare both figures with the records and correct the wrong one.";
    FactorThousand "figures/factor-thousand" Warning
        "Số gấp hoặc kém các năm khác khoảng 1.000 lần, có thể ghi nhầm đơn vị tính"
        "Kiểm tra đơn vị tính (đồng, nghìn đồng, triệu đồng) rồi ghi lại số."
        "Check the unit of measure and enter the figure again.";
    SumMismatch "figures/sum-mismatch" Error
        "Tổng không bằng các thành phần cộng lại"
        "Tìm thành phần thiếu hoặc sửa số tổng."
        "Find the missing part or correct the total.";
    RatioNoDenominator "figures/ratio-without-denominator" Warning
        "Có tử số mà không có mẫu số nên không tính được tỷ lệ"
        "Điền chỉ tiêu làm mẫu số, hoặc xem lại tử số."
        "Enter the denominator, or look at the numerator again.";
    RatioAboveBound "figures/ratio-above-bound" Error
        "Tỷ lệ vượt quá 100%"
        "Kiểm tra tử số và mẫu số; tỷ lệ của một phần so với tổng không quá 100%."
        "Check numerator and denominator; a share of a whole is at most 100%.";
    StockJump "figures/stock-jump" Warning
        "Số hiện có thay đổi đột ngột so với năm trước"
        "Kiểm tra lại số của hai năm; nếu đúng thì giải trình lý do."
        "Check both years; if they are right, answer with the reason.";
    SharesSum "figures/shares-sum" Warning
        "Các tỷ lệ của một tổng cộng lại không bằng 100%"
        "Tính lại từng tỷ lệ; phần còn lại thì ghi rõ."
        "Recompute each share; name the remainder.";
    FigureFarFromSiblings "figures/far-from-siblings" Note
        "Số khác xa các đơn vị cùng cấp"
        "Hỏi lại đơn vị; đúng với thực tế thì tiếp nhận, sai thì trả lại để sửa."
        "Ask the unit; take the figure if it is true, else return it to be mended.";
    ProseFigure "prose/figure-mismatch" Warning
        "Số trong lời văn khác số trong bảng"
        "Sửa số trong lời văn hoặc trong bảng cho khớp."
        "Make the number in the text and the figure in the table agree.";
    ProseSum "prose/sum-mismatch" Warning
        "Các số nêu trong câu cộng lại không bằng tổng nêu trong câu"
        "Cộng lại các thành phần, hoặc dùng “trong đó” nếu chỉ nêu một phần."
        "Add the parts again, or say that only some are listed.";
    ProseRatio "prose/ratio-mismatch" Warning
        "Tỷ lệ phần trăm không khớp với hai số nêu trong câu"
        "Tính lại tỷ lệ phần trăm."
        "Compute the percentage again.";
    ProseChange "prose/change-mismatch" Warning
        "Mức tăng, giảm không khớp với số đầu và số cuối"
        "Tính lại mức tăng, giảm."
        "Compute the change again.";
    DateImpossible "dates/impossible" Error
        "Ngày không có trong lịch"
        "Đối chiếu văn bản gốc rồi ghi lại ngày."
        "Compare with the source and write the right day.";
    DateOutside "dates/outside-period" Warning
        "Kết quả nêu ra nằm ngoài thời gian báo cáo"
        "Bỏ kết quả ngoài kỳ, hoặc ghi lại năm cho đúng."
        "Leave out what lies outside the period, or correct the year.";
    BodyNotThere "dates/body-not-existing" Warning
        "Cơ quan được nêu không tồn tại vào thời điểm đó"
        "Ghi tên cơ quan đúng với thời điểm, hoặc sửa thời điểm."
        "Name the body that existed at the time, or correct the time.";
    OtherUnit "names/other-unit" Warning
        "Tên đơn vị khác ở chỗ phải là tên đơn vị mình"
        "Thay bằng tên đơn vị mình; nếu đoạn được chép lại thì viết lại theo thực tế."
        "Put the own unit's name; if the passage was copied, write what happened here.";
    Legacy "text/legacy-encoding" Error
        "Chữ theo bảng mã cũ (TCVN3, VNI)"
        "Chuyển sang Unicode rồi nộp lại."
        "Convert the text to Unicode and submit it again.";
    Decomposed "text/decomposed" Note
        "Chữ Unicode tổ hợp"
        "Phần mềm tự đổi sang Unicode dựng sẵn khi lưu; nên gõ bằng bộ gõ Unicode dựng sẵn."
        "It is stored precomposed; better type with a precomposed Unicode keyboard.";
    CopyOwn "copies/own-earlier" Warning
        "Đoạn chép lại từ báo cáo trước của chính đơn vị"
        "Viết lại theo kết quả của kỳ này; nếu thực tế không đổi thì giải trình."
        "Write what happened in this period; answer if nothing changed.";
    CopyOther "copies/other-report" Warning
        "Đoạn giống báo cáo của đơn vị khác"
        "Viết lại theo thực tế của đơn vị; nếu là câu chung của cấp trên thì giải trình."
        "Write what happened in the unit; answer if the words are the superior's.";
    SecrecyMark "secrecy/mark" Error
        "Dấu chỉ độ mật"
        "Không đưa tài liệu bí mật nhà nước vào phần mềm này: bỏ tệp, báo cho người phụ trách bảo mật và gửi theo chế độ mật."
        "Keep State secrets out of this program: remove the file, tell the security officer, send it by the secret channel.";
    LayoutFont "layout/font" Note
        "Phông chữ khác quy định về thể thức"
        "Đổi phông chữ theo quy định, hoặc xuất lại từ phần mềm."
        "Change the font to the profile's, or export from the program.";
    LayoutSize "layout/size" Note
        "Cỡ chữ khác quy định về thể thức"
        "Đổi cỡ chữ theo quy định, hoặc xuất lại từ phần mềm."
        "Change the size to the profile's, or export from the program.";
    LayoutMargins "layout/margins" Note
        "Lề trang khác quy định về thể thức"
        "Đặt lại lề trang theo quy định."
        "Set the margins to the profile's.";
    LayoutHead "layout/head" Note
        "Phần đầu văn bản thiếu thành phần thể thức"
        "Bổ sung thành phần còn thiếu khi ban hành."
        "Add the missing part when the document is issued.";
}

impl Code {
    pub fn as_str(self) -> &'static str {
        self.about().code
    }
    pub fn from_code(code: &str) -> Option<Code> {
        Code::ALL
            .iter()
            .copied()
            .find(|known| known.as_str() == code)
    }
    pub fn level(self) -> Level {
        self.about().level
    }
    pub fn meaning_vi(self) -> &'static str {
        self.about().meaning_vi
    }
    pub fn remedy_vi(self) -> &'static str {
        self.about().remedy_vi
    }
    pub fn remedy_en(self) -> &'static str {
        self.about().remedy_en
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_codes_lists_each_code_with_its_level_and_nothing_else() {
        let page = include_str!("../../../../docs/checks.md");
        let listed: Vec<(&str, &str)> = page
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .filter_map(|line| {
                let mut cells = line.split('|').map(str::trim);
                Some((cells.next()?.trim_end_matches('`'), cells.next()?))
            })
            .collect();
        let known: Vec<(&str, &str)> = Code::ALL
            .iter()
            .map(|code| (code.as_str(), code.level().code()))
            .collect();
        assert_eq!(listed, known);
    }

    #[test]
    fn a_code_is_found_by_its_text() {
        for code in Code::ALL {
            assert_eq!(Code::from_code(code.as_str()), Some(*code));
        }
        assert_eq!(Code::from_code("figures/nothing"), None);
    }
}
