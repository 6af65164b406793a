//! Reads the demo's tables (`data/*.tsv`): organisations, kinds, outline,
//! indicators, districts' dues. Nothing here invents anything.

use super::ContentError;

/// One organisation of the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSeed {
    /// Code, unique in the demo; those of communes end in the statistical code of 2022.
    pub code: String,
    /// Full name of the organisation.
    pub name: String,
    /// Code of [`KindSeed`].
    pub kind: String,
    /// 1 centre, 2 province, 3 district, 4 grassroots.
    pub level: u8,
    /// Superior organisation; `None` for the root only.
    pub parent_code: Option<String>,
    /// The body that adopts its reports and receives those of its subordinates.
    pub collective: String,
    /// Issuer part of its document symbol, as in "12-BC/ĐU".
    pub symbol: String,
    /// Issuer line of the document head.
    pub head_name: String,
    /// Upper line of the document head, empty when there is none.
    pub parent_head: String,
    /// Place printed before the date.
    pub place: String,
    /// How the organisation is known: `document`, `public` or `inferred`.
    pub basis: String,
}

impl UnitSeed {
    /// Whether it is the committee of a commune, ward or township.
    #[must_use]
    pub fn is_commune(&self) -> bool {
        self.kind == "dang_uy_co_so"
    }

    /// Whether it consolidates reports of subordinates into its own.
    #[must_use]
    pub fn consolidates(&self) -> bool {
        matches!(
            self.kind.as_str(),
            "tinh_uy" | "thanh_uy" | "thi_uy" | "huyen_uy" | "dang_uy_truc_thuoc"
        )
    }

    /// Whether it owes a report in the demo's campaign: all but the centre, the
    /// lead body and the office, which receive, draft and follow up.
    #[must_use]
    pub fn reports(&self) -> bool {
        !matches!(
            self.kind.as_str(),
            "ban_bi_thu" | "ban_dan_van" | "van_phong"
        )
    }

    /// Whether its figures add to the totals of the level above. Bodies that look
    /// at the same facts from the side (the Front, the unions, provincial bodies)
    /// cross-check instead.
    #[must_use]
    pub fn adds_to_totals(&self) -> bool {
        self.level == 4 || (self.consolidates() && self.level == 3)
    }
}

/// A kind of organisation and the levels it occurs at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindSeed {
    /// Code used by [`UnitSeed::kind`].
    pub kind: String,
    /// Vietnamese name.
    pub name: String,
    /// Levels, as in the table (`3`, or `3,4`).
    pub levels: String,
}

/// One line of the outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSeed {
    /// Path number: "III" for a main section, "III.4" below it.
    pub number: String,
    /// 1 or 2.
    pub level: u8,
    /// Heading as printed.
    pub title: String,
    /// Guidance for the drafter; empty for a heading that only groups others.
    pub guidance: String,
}

impl SectionSeed {
    /// Whether text is written under it (a heading with guidance).
    #[must_use]
    pub fn is_writable(&self) -> bool {
        !self.guidance.is_empty()
    }
}

/// One indicator of the figures annex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorSeed {
    /// Code, the project's own.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// Unit of measure.
    pub unit: String,
    /// `flow`, `stock`, `ratio`, `share`, `max`, `min` or `none`.
    pub rule: String,
    /// `year` (one value a year), `whole` (one for the period) or `end` (state at its end).
    pub grain: String,
    /// Numerator of a ratio, a code.
    pub numerator: Option<String>,
    /// Denominator of a ratio, or the weight of a share, a code.
    pub denominator: Option<String>,
    /// The sum it must equal, as signed codes; empty when none is stated.
    pub total_of: Vec<(i8, String)>,
    /// Hint shown beside the field.
    pub hint: String,
    /// Further comparison to warn on, as in `MS02<=MS01`; empty when none.
    pub check: String,
    /// Level that types it in; `None` when the product computes it.
    pub entered_by: Option<u8>,
}

fn rows(file: &'static str, text: &str, columns: usize) -> Result<Vec<Vec<String>>, ContentError> {
    text.lines()
        .enumerate()
        .skip(1)
        .map(|(index, line)| {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if cells.len() == columns {
                Ok(cells)
            } else {
                Err(ContentError::Row {
                    file,
                    line: index + 1,
                    what: format!("{} cells instead of {columns}", cells.len()),
                })
            }
        })
        .collect()
}

fn level(file: &'static str, line: usize, text: &str) -> Result<u8, ContentError> {
    text.parse().map_err(|_| ContentError::Row {
        file,
        line,
        what: format!("level \"{text}\" is not a number"),
    })
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) fn units(text: &str) -> Result<Vec<UnitSeed>, ContentError> {
    rows("units.tsv", text, 11)?
        .into_iter()
        .enumerate()
        .map(|(index, c)| {
            Ok(UnitSeed {
                code: c[0].clone(),
                name: c[1].clone(),
                kind: c[2].clone(),
                level: level("units.tsv", index + 2, &c[3])?,
                parent_code: some(&c[4]),
                collective: c[5].clone(),
                symbol: c[6].clone(),
                head_name: c[7].clone(),
                parent_head: c[8].clone(),
                place: c[9].clone(),
                basis: c[10].clone(),
            })
        })
        .collect()
}

pub(super) fn kinds(text: &str) -> Result<Vec<KindSeed>, ContentError> {
    Ok(rows("kinds.tsv", text, 3)?
        .into_iter()
        .map(|c| KindSeed {
            kind: c[0].clone(),
            name: c[1].clone(),
            levels: c[2].clone(),
        })
        .collect())
}

pub(super) fn outline(text: &str) -> Result<Vec<SectionSeed>, ContentError> {
    rows("outline.tsv", text, 4)?
        .into_iter()
        .enumerate()
        .map(|(index, c)| {
            Ok(SectionSeed {
                number: c[0].clone(),
                level: level("outline.tsv", index + 2, &c[1])?,
                title: c[2].clone(),
                guidance: c[3].clone(),
            })
        })
        .collect()
}

pub(super) fn indicators(text: &str) -> Result<Vec<IndicatorSeed>, ContentError> {
    rows("indicators.tsv", text, 11)?
        .into_iter()
        .enumerate()
        .map(|(index, c)| {
            let entered_by = match c[10].as_str() {
                "" => None,
                number => Some(level("indicators.tsv", index + 2, number)?),
            };
            Ok(IndicatorSeed {
                code: c[0].clone(),
                name: c[1].clone(),
                unit: c[2].clone(),
                rule: c[3].clone(),
                grain: c[4].clone(),
                numerator: some(&c[5]),
                denominator: some(&c[6]),
                total_of: signed_terms(&c[7]),
                hint: c[8].clone(),
                check: c[9].clone(),
                entered_by,
            })
        })
        .collect()
}

/// "HS01+HS02-HS03" as signed codes.
fn signed_terms(text: &str) -> Vec<(i8, String)> {
    text.replace('-', "+-")
        .split('+')
        .filter(|term| !term.is_empty())
        .map(|term| match term.strip_prefix('-') {
            Some(code) => (-1, code.to_owned()),
            None => (1, term.to_owned()),
        })
        .collect()
}

/// Rows of a two-column table.
pub(super) fn pairs(file: &'static str, text: &str) -> Result<Vec<(String, String)>, ContentError> {
    Ok(rows(file, text, 2)?
        .into_iter()
        .map(|c| (c[0].clone(), c[1].clone()))
        .collect())
}
