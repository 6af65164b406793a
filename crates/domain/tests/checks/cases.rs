//! Reads the labelled cases. A case begins with `=== its name`; lines with `@` say what surrounds the text:
//!
//! - `@section NUMBER | TITLE | required | GUIDANCE`: the lines below it are its text; `absent` for one that the file lacks.
//! - `@figure CODE | NAME | UNIT | RULE | 2018=3 2019=4` or `whole=7`; with `| A+B` for a total, `| A / B` for a ratio.
//! - `@siblings CODE | 3 4 5 …`: what like units have, in the first period of the indicator.
//! - `@unit`, `@others`, `@elsewhere`, `@period`, `@years`, `@similar`, `@look`: instead of what every case has.
//! - `@expect CODE "WORDS"`: what must be found, by the words it stands at.
//!
//! In `clean.txt` each line is a case in which nothing must be found.

use domain::campaign::{Grain, Indicator, Period, Rule, Section, Writable};
use domain::checks::{Code, CopyOf, Dossier, Figures, Look, Months, Names, Part, SimilarPassage};
use domain::figures::{Cell, FigureTable, Layout};
use domain::ids::{IndicatorId, SectionId};
use domain::official::profile_named;

pub struct Expected {
    pub code: Code,
    pub quote: String,
}

pub struct Case {
    pub name: String,
    pub dossier: Dossier,
    pub expected: Vec<Expected>,
}

const FILES: [&str; 6] = [
    include_str!("cases/outline.txt"),
    include_str!("cases/figures.txt"),
    include_str!("cases/prose.txt"),
    include_str!("cases/time.txt"),
    include_str!("cases/words.txt"),
    include_str!("cases/reports.txt"),
];

pub fn all() -> Vec<Case> {
    let mut cases: Vec<Case> = FILES
        .iter()
        .flat_map(|file| file.split("\n=== ").skip(1).map(read))
        .collect();
    let clean = include_str!("cases/clean.txt")
        .lines()
        .filter(|line| !line.trim().is_empty());
    cases.extend(clean.map(|line| read(&format!("clean: {line}\n{line}"))));
    cases
}

/// A report of the commune of Tân Thuận for the period of the example, without a word.
pub fn empty() -> Dossier {
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_string()).collect();
    Dossier {
        names: Some(Names {
            own: "Đảng ủy xã Tân Thuận".into(),
            related: names(&["Huyện ủy Hàm Thuận Nam", "Tỉnh ủy Bình Thuận"]),
            others: names(&[
                "Đảng ủy xã Hàm Minh",
                "Đảng ủy xã Tân Lập",
                "Đảng ủy thị trấn Thuận Nam",
                "Đảng ủy xã Mương Mán",
                "Huyện ủy Bắc Bình",
                "Thành ủy Phan Thiết",
            ]),
            elsewhere: names(&[
                "Đảng ủy xã Sông Lũy",
                "Đảng ủy thị trấn Chợ Lầu",
                "Đảng ủy xã Đức Phú",
                "Đảng ủy xã Tân Thành",
            ]),
        }),
        period: Months::parse("2017-07", "2022-07"),
        day: Some(jiff::civil::date(2022, 9, 26)),
        ..Dossier::default()
    }
}

struct Reader {
    case: Case,
    indicators: Vec<Indicator>,
    values: Vec<String>,
    /// Codes of indicators with the figures of like units.
    siblings: Vec<(String, Vec<String>)>,
    years: Vec<i16>,
}

fn read(source: &str) -> Case {
    let (name, body) = source.split_once('\n').unwrap_or((source, ""));
    let mut reader = Reader {
        case: Case {
            name: name.trim().into(),
            dossier: empty(),
            expected: Vec::new(),
        },
        indicators: Vec::new(),
        values: Vec::new(),
        siblings: Vec::new(),
        years: vec![2018, 2019, 2020, 2021, 2022],
    };
    for line in body.lines() {
        match line.strip_prefix('@') {
            Some(directive) => reader.directive(directive),
            None => reader.text(line),
        }
    }
    reader.finish()
}

impl Reader {
    fn text(&mut self, line: &str) {
        let parts = &mut self.case.dossier.parts;
        if parts.is_empty() {
            parts.push(Part::loose(1, "Kết quả đạt được", String::new()));
        }
        let text = &mut parts.last_mut().expect("a part").text;
        text.push_str(line);
        text.push('\n');
    }

    fn directive(&mut self, directive: &str) {
        let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
        let fields: Vec<&str> = rest.split('|').map(str::trim).collect();
        let field = |index: usize| fields.get(index).copied().unwrap_or_default().to_string();
        let dossier = &mut self.case.dossier;
        let names = || {
            rest.split(';')
                .map(|name| name.trim().to_string())
                .collect::<Vec<_>>()
        };
        match word {
            "section" => {
                let mut part = Part::loose(
                    i64::try_from(dossier.parts.len() + 1).expect("few"),
                    &field(1),
                    String::new(),
                );
                part.section = Section {
                    number: field(0),
                    writable: if field(2) == "required" || field(2) == "absent" {
                        Writable::Required
                    } else {
                        Writable::Optional
                    },
                    guidance: field(3),
                    ..part.section
                };
                part.found = field(2) != "absent";
                dossier.parts.push(part);
            }
            "figure" => self.figure(&fields),
            "siblings" => {
                let values = field(1).split(' ').map(str::to_owned).collect();
                self.siblings.push((field(0), values));
            }
            "years" => {
                self.years = rest
                    .split(' ')
                    .map(|year| year.parse().expect("a year"))
                    .collect()
            }
            "unit" => dossier.names.as_mut().expect("names").own = rest.into(),
            "elsewhere" => dossier.names.as_mut().expect("names").elsewhere = names(),
            "others" => dossier.names.as_mut().expect("names").others = names(),
            "period" => {
                let (from, to) = rest.split_once(' ').expect("two months");
                dossier.period = Months::parse(from, to);
                dossier.day = None;
            }
            "similar" => dossier.similar.push(SimilarPassage {
                section: SectionId(1),
                paragraph: 1,
                copy_of: if field(0) == "own" {
                    CopyOf::OwnEarlier
                } else {
                    CopyOf::OtherReport
                },
                source: field(1),
                text: "Một đoạn khác.".into(),
                similarity: field(2).parse().expect("per mille"),
            }),
            "look" => {
                let margins: Vec<u32> = field(2)
                    .split('/')
                    .filter_map(|mm| mm.parse().ok())
                    .collect();
                dossier.profile = profile_named("hd36-2018").cloned();
                dossier.look = Some(Look {
                    font: Some(field(0)),
                    half_points: field(1).parse().ok(),
                    margins_mm: margins.try_into().ok(),
                    head: field(3),
                });
            }
            "expect" => {
                let (code, quote) = rest.split_once(' ').unwrap_or((rest, ""));
                let code = Code::from_code(code).unwrap_or_else(|| panic!("no code {code}"));
                self.case.expected.push(Expected {
                    code,
                    quote: quote.trim_matches('"').into(),
                });
            }
            other => panic!("no directive @{other}"),
        }
    }

    fn figure(&mut self, fields: &[&str]) {
        let field = |index: usize| fields.get(index).copied().unwrap_or_default();
        let codes = |text: &str| {
            text.split('+')
                .map(|code| code.trim().to_string())
                .filter(|code| !code.is_empty())
                .collect::<Vec<_>>()
        };
        let made_of = field(5);
        let rule = match field(3) {
            "flow" | "flow!" => Rule::Flow,
            "stock" => Rule::Stock,
            "share" => Rule::Share {
                weight: String::new(),
            },
            "ratio" => {
                let (top, bottom) = made_of.split_once('/').expect("A / B");
                Rule::Ratio {
                    numerator: codes(top),
                    denominator: codes(bottom),
                }
            }
            other => panic!("no rule {other}"),
        };
        let is_ratio = matches!(rule, Rule::Ratio { .. });
        self.indicators.push(Indicator {
            id: IndicatorId(i64::try_from(self.indicators.len() + 1).expect("few")),
            code: field(0).into(),
            name: field(1).into(),
            unit: field(2).into(),
            rule,
            grain: if is_ratio || field(4).contains("whole") {
                Grain::End
            } else {
                Grain::Year
            },
            hint: String::new(),
            total_of: if is_ratio { Vec::new() } else { codes(made_of) },
            required: field(3).ends_with('!'),
        });
        self.values.push(field(4).into());
    }

    fn finish(mut self) -> Case {
        if !self.indicators.is_empty() {
            let layout = Layout::new(self.indicators, self.years);
            let mut table = FigureTable::blank(&layout);
            for (index, values) in self.values.iter().enumerate() {
                for value in values.split_whitespace() {
                    let (period, value) = value.split_once('=').expect("period=value");
                    let period = Period::from_key(period).expect("a period");
                    let cell = layout.cell(index, period).expect("a cell");
                    table.cells[cell] = Cell::parse_exact(value).expect("a figure");
                }
            }
            self.case.dossier.siblings = siblings(&layout, &self.siblings);
            self.case.dossier.figures = Some(Figures {
                layout,
                table,
                typed: true,
            });
        }
        self.case
    }
}

fn siblings(layout: &Layout, given: &[(String, Vec<String>)]) -> Vec<FigureTable> {
    let units = given.iter().map(|(_, values)| values.len()).max();
    let mut tables = vec![FigureTable::blank(layout); units.unwrap_or(0)];
    for (code, values) in given {
        let index = layout.indicator(code).expect("an indicator");
        let (_, cell) = layout.cells(index).next().expect("a cell");
        for (table, value) in tables.iter_mut().zip(values) {
            table.cells[cell] = Cell::parse_exact(value).expect("a figure");
        }
    }
    tables
}
