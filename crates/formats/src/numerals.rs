//! The numbers that word processors write before list items: roman ones, letters, Arabic ones.

/// The number as its format writes it; the names are those of WordprocessingML, unknown ones count as decimal.
pub fn render(format: &str, count: u32) -> String {
    match format {
        "upperRoman" => roman(count),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerLetter" => letters(count),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

/// A generated bullet as text. Symbol fonts keep their marks in the private area; U+F02D is the dash there.
pub fn bullet(text: &str) -> String {
    match text.chars().next() {
        Some('\u{f02d}' | '-' | '–' | '—' | '−') => "-".into(),
        Some('\u{e000}'..='\u{f8ff}') | None => "•".into(),
        Some(_) => text.trim().to_owned(),
    }
}

fn roman(count: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count > 3999 {
        return count.to_string();
    }
    let mut left = count;
    let mut text = String::new();
    for (value, sign) in PARTS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

/// Word's letters: a to z, then aa, bb, …
fn letters(count: u32) -> String {
    let index = count.saturating_sub(1);
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (index / 26 + 1).min(10) as usize).collect()
}
