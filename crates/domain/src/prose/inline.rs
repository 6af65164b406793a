//! Markup inside a line: emphasis, tags, line breaks, escapes.

use crate::doc::{Run, Script};

/// What the marks so far say about the next character.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Look {
    bold: bool,
    italic: bool,
    underline: bool,
    script: Script,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Text(char),
    /// Stars that switch a look, when they find their counterpart; else they are text.
    Stars(Emphasis, Edges),
    Tag(Tag, bool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Emphasis {
    Bold,
    Italic,
}

/// On which sides of the stars a word touches them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edges {
    can_open: bool,
    can_close: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tag {
    Bold,
    Italic,
    Underline,
    Super,
    Sub,
}

const TAGS: [(Tag, &str); 5] = [
    (Tag::Bold, "b"),
    (Tag::Italic, "i"),
    (Tag::Underline, "u"),
    (Tag::Super, "sup"),
    (Tag::Sub, "sub"),
];
pub(super) const BREAK: &str = "<br>";
const ESCAPABLE: [char; 5] = ['*', '<', '|', '\\', '-'];

/// The runs of one line of markup, in normal form: neighbours differ in look, blanks at the edge of an emphasis stand
/// outside it.
pub fn runs_of(line: &str) -> Vec<Run> {
    if !line.contains(['*', '<', '\\']) {
        return normal(std::iter::once(Run::plain(line)));
    }
    let tokens = tokens(line);
    let bold = switches(&tokens, Emphasis::Bold);
    let italic = switches(&tokens, Emphasis::Italic);
    let mut look = Look::default();
    let mut runs: Vec<Run> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match *token {
            Token::Text(c) => push(&mut runs, look, c),
            Token::Stars(Emphasis::Bold, _) if bold[index] => look.bold = !look.bold,
            Token::Stars(Emphasis::Italic, _) if italic[index] => look.italic = !look.italic,
            Token::Stars(Emphasis::Bold, _) => {
                push(&mut runs, look, '*');
                push(&mut runs, look, '*');
            }
            Token::Stars(Emphasis::Italic, _) => push(&mut runs, look, '*'),
            Token::Tag(tag, on) => look = look.with(tag, on),
        }
    }
    normal(runs.into_iter())
}

fn push(runs: &mut Vec<Run>, look: Look, c: char) {
    match runs.last_mut() {
        Some(last) if Look::of(last) == look => last.text.push(c),
        _ => runs.push(look.run(c.to_string())),
    }
}

fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line;
    let mut before: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '\\' => {
                let next = rest[1..]
                    .chars()
                    .next()
                    .filter(|next| ESCAPABLE.contains(next));
                taken += next.map_or(0, char::len_utf8);
                tokens.push(Token::Text(next.unwrap_or('\\')));
            }
            '*' => {
                let count = rest.bytes().take_while(|byte| *byte == b'*').count();
                taken = count;
                stars(count, before, rest[count..].chars().next(), &mut tokens);
            }
            '<' => match tag(rest) {
                Some((token, length)) => {
                    taken = length;
                    tokens.push(token);
                }
                None => tokens.push(Token::Text(c)),
            },
            _ => tokens.push(Token::Text(c)),
        }
        before = rest[..taken].chars().next_back();
        rest = &rest[taken..];
    }
    tokens
}

/// Four stars and more, and stars inside a number (2*3), are text.
fn stars(count: usize, before: Option<char>, after: Option<char>, tokens: &mut Vec<Token>) {
    let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let edges = Edges {
        can_open: touches(after),
        can_close: touches(before),
    };
    if count > 3 || is_digit(before) && is_digit(after) {
        tokens.extend(std::iter::repeat_n(Token::Text('*'), count));
        return;
    }
    if count >= 2 {
        tokens.push(Token::Stars(Emphasis::Bold, edges));
    }
    if count % 2 == 1 {
        tokens.push(Token::Stars(Emphasis::Italic, edges));
    }
}

fn tag(rest: &str) -> Option<(Token, usize)> {
    if rest.starts_with(BREAK) {
        return Some((Token::Text('\n'), BREAK.len()));
    }
    TAGS.iter().find_map(|(tag, name)| {
        let inner = rest.strip_prefix('<')?;
        let (inner, on) = match inner.strip_prefix('/') {
            Some(inner) => (inner, false),
            None => (inner, true),
        };
        inner.strip_prefix(name)?.strip_prefix('>')?;
        Some((Token::Tag(*tag, on), name.len() + 2 + usize::from(!on)))
    })
}

/// Which stars switch the emphasis: each that opens has one after it that closes.
fn switches(tokens: &[Token], emphasis: Emphasis) -> Vec<bool> {
    let edges = |token: &Token| match token {
        Token::Stars(kind, edges) if *kind == emphasis => Some(*edges),
        _ => None,
    };
    let mut switch = vec![false; tokens.len()];
    let mut opened: Option<usize> = None;
    for (index, token) in tokens.iter().enumerate() {
        match (opened, edges(token)) {
            (Some(start), Some(found)) if found.can_close => {
                switch[start] = true;
                switch[index] = true;
                opened = None;
            }
            (None, Some(found)) if found.can_open => opened = Some(index),
            _ => {}
        }
    }
    switch
}

impl Look {
    fn of(run: &Run) -> Self {
        Look {
            bold: run.bold,
            italic: run.italic,
            underline: run.underline,
            script: run.script,
        }
    }

    fn run(self, text: String) -> Run {
        Run {
            text,
            bold: self.bold,
            italic: self.italic,
            underline: self.underline,
            script: self.script,
        }
    }

    fn with(self, tag: Tag, on: bool) -> Self {
        let script = |script| if on { script } else { Script::Normal };
        match tag {
            Tag::Bold => Look { bold: on, ..self },
            Tag::Italic => Look { italic: on, ..self },
            Tag::Underline => Look {
                underline: on,
                ..self
            },
            Tag::Super => Look {
                script: script(Script::Super),
                ..self
            },
            Tag::Sub => Look {
                script: script(Script::Sub),
                ..self
            },
        }
    }

    /// What two looks have in common: the look of a blank between them.
    fn common(self, other: Look) -> Self {
        Look {
            bold: self.bold && other.bold,
            italic: self.italic && other.italic,
            underline: self.underline && other.underline,
            script: if self.script == other.script {
                self.script
            } else {
                Script::Normal
            },
        }
    }
}

/// Runs in normal form: no blanks at the ends, none at the edge of an emphasis, no two neighbours alike, none empty.
pub(super) fn normal(runs: impl Iterator<Item = Run>) -> Vec<Run> {
    let letters: Vec<(char, Look)> = runs
        .flat_map(|run| {
            let look = Look::of(&run);
            run.text.chars().map(move |c| (c, look)).collect::<Vec<_>>()
        })
        .collect();
    let is_word = |at: &usize| !letters[*at].0.is_whitespace();
    let Some(first) = (0..letters.len()).find(is_word) else {
        return Vec::new();
    };
    let last = (0..letters.len()).rev().find(is_word).unwrap_or(first);
    let mut runs = Vec::new();
    let mut before = letters[first].1;
    let mut at = first;
    while at <= last {
        let word = (at..=last).find(is_word).unwrap_or(last);
        let between = before.common(letters[word].1);
        for (c, _) in &letters[at..word] {
            push(&mut runs, between, *c);
        }
        before = letters[word].1;
        push(&mut runs, before, letters[word].0);
        at = word + 1;
    }
    runs
}

/// The markup of runs; [`runs_of`] gives them back in normal form.
pub fn write_runs(runs: &[Run]) -> String {
    let runs = normal(runs.iter().cloned());
    let by_tag = ByTag::of(&runs);
    let mut text = String::new();
    let mut look = Look::default();
    for run in &runs {
        switch(&mut text, look, Look::of(run), by_tag);
        escape(&mut text, &run.text);
        look = Look::of(run);
    }
    switch(&mut text, look, Look::default(), by_tag);
    text
}

/// Which emphases are marked by tags, because stars would stand inside a number.
#[derive(Clone, Copy)]
struct ByTag {
    bold: bool,
    italic: bool,
}

impl ByTag {
    fn of(runs: &[Run]) -> Self {
        let parts_a_number = |is_on: fn(&Run) -> bool| {
            runs.windows(2).any(|pair| {
                let before = pair[0].text.chars().next_back();
                let after = pair[1].text.chars().next();
                is_on(&pair[0]) != is_on(&pair[1]) && is_digit(before) && is_digit(after)
            })
        };
        ByTag {
            bold: parts_a_number(|run| run.bold),
            italic: parts_a_number(|run| run.italic),
        }
    }
}

/// The marks between two looks: what ends, then what begins, so that stars of both kinds stand together.
fn switch(text: &mut String, old: Look, new: Look, by_tag: ByTag) {
    if old.script != new.script {
        text.push_str(match old.script {
            Script::Normal => "",
            Script::Super => "</sup>",
            Script::Sub => "</sub>",
        });
    }
    if old.underline && !new.underline {
        text.push_str("</u>");
    }
    if old.bold != new.bold {
        text.push_str(match (by_tag.bold, new.bold) {
            (false, _) => "**",
            (true, true) => "<b>",
            (true, false) => "</b>",
        });
    }
    if old.italic != new.italic {
        text.push_str(match (by_tag.italic, new.italic) {
            (false, _) => "*",
            (true, true) => "<i>",
            (true, false) => "</i>",
        });
    }
    if new.underline && !old.underline {
        text.push_str("<u>");
    }
    if old.script != new.script {
        text.push_str(match new.script {
            Script::Normal => "",
            Script::Super => "<sup>",
            Script::Sub => "<sub>",
        });
    }
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

fn escape(text: &mut String, words: &str) {
    let mut letters = words.chars().peekable();
    while let Some(c) = letters.next() {
        let next = letters.peek();
        let would_be_a_tag = || next.is_none_or(|next| next.is_ascii_alphabetic() || *next == '/');
        match c {
            '\n' => text.push_str(BREAK),
            '*' => text.push_str("\\*"),
            '\\' if next.is_none_or(|next| *next == '\n' || ESCAPABLE.contains(next)) => {
                text.push_str("\\\\")
            }
            '<' if would_be_a_tag() => text.push_str("\\<"),
            _ => text.push(c),
        }
    }
}
