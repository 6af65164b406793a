//! How wide a line of text is, to draw a rule exactly as long and to share out the head.
//! Advance widths of Times Bold in thousandths of the size, from the Adobe Core 14 metrics.

const UPPER: [u32; 26] = [
    722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556,
    667, 722, 722, 1000, 722, 722, 667,
];
const LOWER: [u32; 26] = [
    500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556, 556, 444, 389,
    333, 556, 500, 722, 500, 500, 444,
];

/// Width of `text` in bold Times of `size_pt`, in twentieths of a point. Marks add nothing; regular text is narrower.
pub fn bold_twips(text: &str, size_pt: u32) -> u32 {
    let thousandths: u32 = text.chars().map(width).sum();
    thousandths * size_pt * 20 / 1000
}

fn width(c: char) -> u32 {
    let base = domain::text::fold(&c.to_string())
        .bytes()
        .next()
        .unwrap_or(b' ');
    let table = if c.is_uppercase() { &UPPER } else { &LOWER };
    match base {
        b'a'..=b'z' => table[usize::from(base - b'a')],
        b' ' | b',' | b'.' => 250,
        b'-' => 333,
        _ => 500,
    }
}
