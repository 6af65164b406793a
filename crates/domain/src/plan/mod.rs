//! What a plan document says, and the parser that reads it.
//!
//! [`read`] is a pure function from the neutral document tree to a [`Reading`]: the plan as it is shown, edited and
//! stored, beside the places in the text that each item was read from. Whatever the text does not say stays empty,
//! and what it says badly becomes a [`Finding`].
//!
//! The reader follows how such documents are built: a head, a title, an introduction that cites the legal basis, a
//! ladder of sections, sentences "body + verb + deliverable + adoption + addressee + channel + due phrase", a foot
//! with recipients and signature, annexes.

mod ahead;
mod amendment;
mod answers;
mod attached;
mod bodies;
mod borrowed;
mod campaign;
mod ceased;
mod cited;
mod clause;
mod columns;
mod complement;
mod continued;
mod counts;
mod dates;
mod deliveries;
mod difference;
mod dueset;
mod duties;
pub mod evaluate;
mod events;
mod evidence;
mod fields;
mod findings;
mod head;
mod indicators;
mod instruments;
mod known;
mod labels;
mod lead;
mod leadin;
mod levels;
mod meant;
mod model;
mod naming;
mod outline;
mod passage;
mod period;
mod piped;
mod places;
mod points;
mod predicate;
mod quoted;
mod reader;
mod regimes;
mod relative;
mod sequence;
mod settle;
mod spelling;
mod steps;
mod structure;
mod subject;
mod tables;
mod tail;
mod upright;
mod verbs;
mod work;

#[cfg(test)]
mod tests;

pub use answers::FindingAnswer;
pub use difference::{Change, ChangedDuty, Difference};
pub use model::{
    Duty, DutyKind, Finding, FindingKind, Indicator, Instrument, Level, Outline, OutlineSection,
    Period, Plan, Signer, Source, YearMonth, YearMonthError,
};
pub use places::{DutyPlaces, Places, Reading, Span};

use crate::doc::Document;
use findings::Findings;
use passage::{Flow, Passage};
use structure::Ladder;

/// Reads a plan out of a document. Never fails: what is not understood is missing from the plan and named in its
/// findings. Offsets count characters of the NFC form of [`Document::text`].
pub fn read(document: &Document) -> Reading {
    let mut flow = Flow::of(document);
    let mut findings = Findings::default();
    let mut plan = Plan::default();
    let mut places = Places::default();
    if findings::about_text(&flow, &mut findings) {
        // Words of a broken encoding say nothing that could be relied on.
        plan.findings = findings.into_list();
        return Reading { plan, places };
    }
    let head = head::read(&flow, &mut plan, &mut places);
    let body = head.body;
    let (foot, annexes) = tail::read(&flow, body, &mut plan, &mut places);
    let foot = foot.max(body);
    let inside = outline::stands_in(&flow, body..foot).unwrap_or(foot..foot);
    let behind = attached::items(&flow, annexes..flow.items.len());
    let around = [
        &flow.items[body..inside.start],
        &flow.items[inside.end..foot],
        &behind,
    ]
    .concat();
    let ladder = Ladder::of(&flow, &around);
    let _names = known::learn(&flow, &ladder, &head.addressees);
    let title = places
        .title
        .map(|span| Passage::collapse(&flow.chars[span.start..span.end], span.start));
    let first = campaign::introduction(&ladder);
    let adopts = |node: &&structure::Node| campaign::adopts(node.words());
    let introduction: Vec<&Passage> = ladder.nodes[..first]
        .iter()
        .chain(ladder.nodes[first..].iter().take(1).filter(adopts))
        .map(|node| &node.passage)
        .collect();
    cited::cited(
        title.as_ref(),
        &introduction,
        &ladder,
        &mut plan,
        &mut places,
    );
    campaign::issuer(&introduction, &mut plan, &mut places);
    campaign::purposes(&ladder, &mut plan, &mut places);
    period::read(&ladder, first, title.as_ref(), &mut plan, &mut places);
    let mut context = duties::Context {
        flow: &flow,
        ladder: &ladder,
        addressees: head
            .addressees
            .iter()
            .map(|to| (to.text().to_owned(), to.whole()))
            .collect(),
        is_letter: plan.kind.as_deref() == Some("công văn"),
        first: duties::introducing(&ladder, first),
        year: plan
            .date
            .map(|date| date.year())
            .or(plan.period.map(|period| period.to.year())),
        issuer: plan.issuer.clone(),
        issued: plan.date,
        reporters: regimes::reporters(&ladder, first),
        bases: relative::Bases::of(plan.date, ladder.nodes.iter().map(|node| &node.passage)),
    };
    let (mut found, mut doubts) = duties_of(&context);
    // A due may be counted from an event that only a table or a list has dated.
    if doubts.counts_from_an_event(&flow) && context.bases.learn(events(&flow, &found)) {
        (found, doubts) = duties_of(&context);
    }
    findings.append(doubts);
    let asides = duties::read_asides(&context);
    let found = settle::settle(found, &asides, &mut plan, &mut findings);
    places.assignments = found.iter().map(|found| found.places.clone()).collect();
    let addressees: Vec<String> = head
        .addressees
        .iter()
        .map(|to| to.text().to_owned())
        .collect();
    levels::read(&ladder, head.superior.as_deref(), &addressees, &mut plan);
    lead::read(&found, &mut plan, &mut places);
    spelling::as_written(&mut flow, &mut plan, &places);
    outline::read(
        &flow,
        &ladder,
        &head.addressees,
        [inside, annexes..flow.items.len()],
        &mut plan,
        &mut places,
        &mut findings,
    );
    ceased::check(&plan, &places, &mut findings);
    sequence::check(&plan, &places, &mut findings);
    campaign::check(
        title.as_ref(),
        &introduction,
        &ladder,
        &plan,
        &places,
        &mut findings,
    );
    plan.findings = findings.into_list();
    Reading { plan, places }
}

/// The duties of fields, prose and tables in the order of the text, and what was found odd about them.
fn duties_of(context: &duties::Context<'_>) -> (Vec<duties::Found>, Findings) {
    let (mut found, mut findings) = (Vec::new(), Findings::default());
    let fields = fields::read(context, &mut findings, &mut found);
    duties::read(context, &fields, &mut findings, &mut found);
    for (after, grid) in &context.ladder.tables {
        tables::read(context, grid, *after, &mut findings, &mut found);
    }
    found.sort_by_key(|found| {
        let first = found.places.who.first().map(|who| who.start);
        (found.duty.source.start, first)
    });
    regimes::complete(context, &fields, &mut found);
    (found, findings)
}

/// The events among the duties that are held on a stated day, not by or within some time.
fn events<'a>(
    flow: &'a Flow,
    found: &'a [duties::Found],
) -> impl Iterator<Item = (&'a str, jiff::civil::Date)> {
    let stated = |found: &duties::Found| {
        let place = found.places.due.unwrap_or_default();
        let words: String = flow.chars[place.start..place.end].iter().collect();
        dates::first_date(&words).is_some() && !relative::is_limit(&words)
    };
    let events = found
        .iter()
        .filter(move |found| found.duty.duty == DutyKind::Event && stated(found));
    events.filter_map(|found| Some((found.duty.deliverable.as_deref()?, found.duty.due?)))
}
