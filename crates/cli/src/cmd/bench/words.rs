//! Text of a wanted length, the same on each run: sentences of common words, so that cleaning, hashing and setting
//! meet the letters and the word lengths of the field.

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

/// Paragraphs of about `bytes` bytes in all.
pub fn text(sequence: &mut Sequence, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    let mut paragraph = 0;
    while text.len() < bytes {
        let mut sentence = String::from("Đảng ủy đã");
        for _ in 0..10 + sequence.below(12) {
            sentence.push(' ');
            sentence.push_str(WORDS[sequence.below(WORDS.len() as u64) as usize]);
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
