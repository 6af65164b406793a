//! The tree that comes of a plan, as a value.

use super::{At, RowPlan};
use crate::ids::{BodyId, DecisionId, UnitId};
use crate::org::history::{FormerFacts, History, Stay, Succession, Validity};
use std::collections::HashSet;

impl RowPlan {
    /// The tree after `decision`, its new rows and organisations numbered on from the highest; with the successions.
    pub fn applied(&self, history: &History, decision: DecisionId) -> (History, Vec<Succession>) {
        let mut after = history.clone();
        let ends: HashSet<UnitId> = self.ends.iter().copied().collect();
        for stay in &mut after.stays {
            if ends.contains(&stay.id) {
                stay.validity.until = Some(self.effective);
                stay.ended_by = Some(decision);
            }
        }
        for rename in &self.renames {
            let Some(stay) = after.stays.iter_mut().find(|stay| stay.id == rename.unit) else {
                continue;
            };
            let from = after
                .former
                .iter()
                .filter(|former| former.unit == stay.id)
                .filter_map(|former| former.validity.until)
                .max()
                .or(stay.validity.from);
            after.former.push(FormerFacts {
                unit: stay.id,
                validity: Validity {
                    from,
                    until: Some(self.effective),
                },
                ended_by: Some(decision),
                seed: std::mem::replace(&mut stay.seed, rename.seed.clone()),
            });
        }
        let first = history
            .stays
            .iter()
            .map(|stay| stay.id.0)
            .max()
            .unwrap_or(0)
            + 1;
        let id = |at: At| match at {
            At::Standing(unit) => unit,
            At::Begun(index) => UnitId(first + index as i64),
        };
        let mut bodies = history
            .stays
            .iter()
            .map(|stay| stay.body.0)
            .max()
            .unwrap_or(0);
        for (index, begin) in self.begins.iter().enumerate() {
            let body = begin.body.unwrap_or_else(|| {
                bodies += 1;
                BodyId(bodies)
            });
            after.stays.push(Stay {
                id: id(At::Begun(index)),
                body,
                parent: begin.parent.map(id),
                validity: Validity {
                    from: Some(self.effective),
                    until: None,
                },
                began_by: Some(decision),
                ended_by: None,
                seed: begin.seed.clone(),
            });
        }
        let successions = self
            .links
            .iter()
            .map(|link| Succession {
                from: link.from,
                to: link.to.map(id),
                extent: link.extent,
            })
            .collect();
        (after, successions)
    }
}
