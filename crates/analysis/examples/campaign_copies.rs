//! The copies of a whole campaign, found as its reports arrive: `campaign_copies SUBMISSIONS.jsonl`.
//!
//! Reads the reports one after another as `dondoc import` does, looks each up among those before it, then reads the
//! candidates again and keeps the pairs whose exact similarity is at least 0.8. Prints one JSON document of pairs.
//! `benches/beside_rensa.py` runs it beside rensa on the same file.

use analysis::index::Index;
use analysis::shingles::Shingles;
use analysis::signature::Signature;
use serde::Deserialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

const LEAST: u64 = 8_000;

#[derive(Deserialize)]
struct Report<'t> {
    unit: u64,
    #[serde(borrow)]
    sections: Vec<Section<'t>>,
}

#[derive(Deserialize)]
struct Section<'t> {
    #[serde(borrow)]
    text: Cow<'t, str>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("campaign_copies SUBMISSIONS.jsonl")?;
    let mut lines = BufReader::with_capacity(1 << 20, File::open(&path)?);
    let (mut index, mut places, mut candidates) = (Index::default(), Vec::new(), Vec::new());
    let (mut line, mut offset) = (Vec::new(), 0u64);
    while lines.read_until(b'\n', &mut line)? > 0 {
        let report: Report = serde_json::from_slice(&line)?;
        if let Some(signature) = Signature::of(texts(&report)) {
            let number = index.len();
            let met = index.like(&signature, LEAST);
            candidates.extend(met.into_iter().map(|before| (before, number)));
            index.insert(&signature);
            places.push((report.unit, offset, line.len()));
        }
        offset += line.len() as u64;
        line.clear();
    }
    let mut file = File::open(&path)?;
    let mut shingles = |number: usize| -> Result<Shingles, Box<dyn std::error::Error>> {
        let (_, offset, length) = places[number];
        file.seek(SeekFrom::Start(offset))?;
        let mut line = vec![0; length];
        file.read_exact(&mut line)?;
        Ok(Shingles::of(texts(&serde_json::from_slice(&line)?)))
    };
    let mut pairs = Vec::new();
    for (a, b) in &candidates {
        let likeness = shingles(*a)?.likeness(&shingles(*b)?);
        if likeness.reaches(LEAST) {
            let similarity = likeness.share();
            pairs.push(serde_json::json!({ "a": places[*a].0, "b": places[*b].0, "similarity": similarity }));
        }
    }
    println!(
        "{}",
        serde_json::json!({ "reports": index.len(), "candidates": candidates.len(), "pairs": pairs })
    );
    Ok(())
}

fn texts<'r>(report: &'r Report<'_>) -> impl Iterator<Item = &'r str> {
    report.sections.iter().map(|section| section.text.as_ref())
}
