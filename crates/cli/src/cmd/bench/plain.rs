//! The same figures asked for in plain SQL, on the embedded database and, when one is named, on PostgreSQL: what the
//! live totals are held against, and a proof that they are right.

use super::province::{INDICATORS, Province};
use super::{Measures, timed};
use crate::error::CmdError;
use app::figures::{LevelQuery, of_level, of_unit};
use domain::campaign::Period;
use domain::figures::Layout;
use domain::org::Interval;
use domain::rollup::Totals;
use std::collections::HashMap;
use store::Db;
use store::plain_totals::{PlainTotal, of_level as plain_level, of_part};

/// Every unit of a tree stands in it.
const WHOLE: Interval = Interval {
    left: 0,
    right: i64::MAX,
};
const PROVINCES: u8 = 2;

/// Asks for the table of the top and for those of all provinces, live and in plain SQL on `db`, which holds what
/// `province` holds, and refuses answers that differ.
pub fn measure(
    province: &Province,
    db: &Db,
    engine: &str,
    units: usize,
    measures: &mut Measures,
) -> Result<(), CmdError> {
    let (campaign, tree) = (province.campaign.id, province.campaign.tree);
    let ctx = province.app.operator();
    let short_id = &province.campaign.short_id;

    let top = of_unit(&ctx, short_id, None)?;
    let (answer, took) = timed(|| db.read(|tx| of_part(tx, campaign, tree, WHOLE)));
    agree(&top.layout, &answer?, |_| Some(&top.provisional.totals))?;
    measures.ms(
        format!("plain_sql_{engine}_figures_of_the_top_{units}_units_{INDICATORS}_indicators"),
        took,
    );

    let query = LevelQuery {
        level: Some(PROVINCES),
        rows: u32::MAX,
        ..LevelQuery::default()
    };
    let (level, took) = timed(|| of_level(&ctx, short_id, &query));
    let level = level?;
    measures.ms(
        format!("figures_of_{}_provinces_{units}_units", level.rows.len()),
        took,
    );
    let (answer, took) = timed(|| db.read(|tx| plain_level(tx, campaign, tree, PROVINCES)));
    let by_code: HashMap<&str, &Totals> = level
        .rows
        .iter()
        .map(|row| (row.unit.code.as_str(), &row.provisional))
        .collect();
    agree(&level.layout, &answer?, |unit| by_code.get(unit).copied())?;
    measures.ms(
        format!(
            "plain_sql_{engine}_figures_of_{}_provinces_{units}_units",
            level.rows.len()
        ),
        took,
    );
    Ok(())
}

fn agree<'a>(
    layout: &Layout,
    plain: &[PlainTotal],
    live: impl Fn(&str) -> Option<&'a Totals>,
) -> Result<(), CmdError> {
    if plain.is_empty() {
        return Err(CmdError::Refused("câu SQL không thấy số liệu nào".into()));
    }
    for total in plain {
        let kept = live(&total.unit).and_then(|totals| {
            let indicator = layout.indicator(&total.indicator)?;
            let cell = layout.cell(indicator, Period::from_key(&total.year)?)?;
            totals.value(layout, indicator, cell)
        });
        if kept.map(|kept| kept.to_string()).as_deref() != Some(total.sum.as_str()) {
            return Err(CmdError::Refused(format!(
                "số tổng hợp {} {} {} không khớp: SQL cộng được {}",
                total.unit, total.indicator, total.year, total.sum
            )));
        }
    }
    Ok(())
}
