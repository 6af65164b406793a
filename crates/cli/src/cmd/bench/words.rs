//! Text of a wanted length, the same on each run: sentences of common words with a name now and then, so that cleaning,
//! hashing and setting meet the letters and the word lengths of the field, and few runs of words stand twice.

const WORDS: &[&str] = &[
    "công tác",
    "người có công",
    "cấp ủy",
    "chính quyền",
    "Mặt trận Tổ quốc",
    "đoàn thể",
    "nhân dân",
    "tuyên truyền",
    "vận động",
    "Quỹ Đền ơn đáp nghĩa",
    "thăm hỏi",
    "tặng quà",
    "xây dựng",
    "sửa chữa",
    "nhà ở",
    "nghĩa trang liệt sĩ",
    "phụng dưỡng",
    "kiểm tra",
    "giám sát",
    "hồ sơ",
    "xác nhận",
    "trợ cấp",
    "điều dưỡng",
    "kịp thời",
    "đúng đối tượng",
    "phối hợp",
    "triển khai",
    "thường xuyên",
    "hiệu quả",
    "trên địa bàn",
    "các chi bộ",
    "hội viên",
    "gia đình chính sách",
    "đời sống",
    "được nâng lên",
    "kết quả",
    "trong năm",
    "góp phần",
    "niềm tin",
    "truyền thống",
];

/// Syllables of names: of two or three of them each.
const SYLLABLES: &[&str] = &[
    "Bình", "Tân", "Phú", "Hòa", "Long", "Sơn", "Thuận", "Hải", "Đức", "Minh", "Phong", "Lâm",
    "Hàm", "Thạnh", "An", "Mỹ", "Đông", "Giang", "Lợi", "Hưng", "Kim", "Ngọc", "Xuân", "Thành",
];
/// One word in so many is followed by a name.
const NAME_AFTER: u64 = 4;

/// Bytes of one paragraph, about.
const PARAGRAPH: usize = 600;

/// Numbers that look random and are the same each time.
pub struct Sequence(u64);

impl Sequence {
    pub fn new(seed: u64) -> Sequence {
        Sequence(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        // Constants of Knuth's MMIX generator.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

fn one_of(sequence: &mut Sequence, list: &[&'static str]) -> &'static str {
    list[sequence.below(list.len() as u64) as usize]
}

/// A text in which one word of `one_in` was replaced.
pub fn with_changes(sequence: &mut Sequence, text: &str, one_in: u64) -> String {
    let lines = text.lines().map(|line| {
        let words = line.split(' ').map(|word| match sequence.below(one_in) {
            0 => one_of(sequence, SYLLABLES),
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Paragraphs of about `bytes` bytes in all.
pub fn text(sequence: &mut Sequence, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut paragraph = 0;
    while text.len() < bytes {
        let mut sentence = String::from("Đảng ủy đã");
        for _ in 0..10 + sequence.below(12) {
            sentence.push(' ');
            sentence.push_str(one_of(sequence, WORDS));
            if sequence.below(NAME_AFTER) == 0 {
                for _ in 0..2 + sequence.below(2) {
                    sentence.push(' ');
                    sentence.push_str(one_of(sequence, SYLLABLES));
                }
            }
        }
        sentence.push('.');
        paragraph += sentence.len();
        text.push_str(&sentence);
        if paragraph > PARAGRAPH {
            paragraph = 0;
            text.push('\n');
        } else {
            text.push(' ');
        }
    }
    text.truncate(text.trim_end().len());
    text
}
