//! Putting units in tree order, and every way in which a table of units can fail to be a tree.

use super::unit::UnitSeed;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A preorder interval: `left` of the unit itself, `right` of the last unit below it (both inclusive, from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    pub left: i64,
    pub right: i64,
}

impl Interval {
    /// The unit itself or one below it.
    pub fn contains(self, other: Interval) -> bool {
        self.left <= other.left && other.right <= self.right
    }
}

/// One fault of one row of a table of units. `row` counts lines of the table, the header being line 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeProblem {
    #[error("dòng {row}: thiếu mã đơn vị")]
    NoCode { row: usize },
    #[error("dòng {row}: thiếu tên đơn vị (mã {code})")]
    NoName { row: usize, code: String },
    #[error("dòng {row}: mã {code} đã dùng ở dòng {first}. Mỗi đơn vị phải có một mã riêng")]
    DuplicateCode {
        row: usize,
        code: String,
        first: usize,
    },
    #[error("dòng {row}: không tìm thấy đơn vị cấp trên có mã {parent} của đơn vị {code}")]
    MissingParent {
        row: usize,
        code: String,
        parent: String,
    },
    #[error("dòng {row}: đơn vị {code} nằm trong một vòng cấp trên – cấp dưới khép kín: {path}")]
    Cycle {
        row: usize,
        code: String,
        path: String,
    },
    #[error("dòng {row}: cấp của đơn vị {code} phải là số từ 1 đến 9, đang ghi “{found}”")]
    BadLevel {
        row: usize,
        code: String,
        found: String,
    },
}

/// Where one row of a table of units stands in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// Index of the row in the table given.
    pub row: usize,
    pub interval: Interval,
    /// Index of the parent's row; `None` for a root.
    pub parent: Option<usize>,
}

/// Orders `rows` (line number and unit) into preorder, children in the order given, and numbers them.
///
/// # Errors
/// Every [`TreeProblem`] of the table, by row.
pub fn order_tree(rows: &[(usize, UnitSeed)]) -> Result<Vec<Placed>, Vec<TreeProblem>> {
    let mut problems = Vec::new();
    let mut by_code: HashMap<&str, usize> = HashMap::new();
    for (position, (row, unit)) in rows.iter().enumerate() {
        if unit.code.is_empty() {
            problems.push(TreeProblem::NoCode { row: *row });
            continue;
        }
        if unit.name.is_empty() {
            problems.push(TreeProblem::NoName {
                row: *row,
                code: unit.code.clone(),
            });
        }
        if !(1..=9).contains(&unit.level) {
            problems.push(TreeProblem::BadLevel {
                row: *row,
                code: unit.code.clone(),
                found: unit.level.to_string(),
            });
        }
        if let Some(first) = by_code.get(unit.code.as_str()) {
            problems.push(TreeProblem::DuplicateCode {
                row: *row,
                code: unit.code.clone(),
                first: rows[*first].0,
            });
        } else {
            by_code.insert(&unit.code, position);
        }
    }
    let mut parents = vec![None; rows.len()];
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    let mut roots = Vec::new();
    for (position, (row, unit)) in rows.iter().enumerate() {
        match unit.parent_code.as_deref().filter(|code| !code.is_empty()) {
            None => roots.push(position),
            Some(parent) => match by_code.get(parent) {
                Some(found) => {
                    parents[position] = Some(*found);
                    children[*found].push(position);
                }
                None => problems.push(TreeProblem::MissingParent {
                    row: *row,
                    code: unit.code.clone(),
                    parent: parent.to_string(),
                }),
            },
        }
    }
    problems.extend(cycles(rows, &parents));
    if !problems.is_empty() {
        problems.sort_by_key(TreeProblem::row);
        return Err(problems);
    }
    Ok(number(&roots, &children)
        .into_iter()
        .map(|(row, interval)| Placed {
            row,
            interval,
            parent: parents[row],
        })
        .collect())
}

/// Numbers rows that know their superior's position; siblings keep the order of `parents`.
pub fn number_rows(parents: &[Option<usize>]) -> Vec<Interval> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    let mut roots = Vec::new();
    for (row, parent) in parents.iter().enumerate() {
        match parent.and_then(|parent| children.get_mut(parent)) {
            Some(siblings) => siblings.push(row),
            None => roots.push(row),
        }
    }
    let mut intervals = vec![Interval { left: 0, right: 0 }; parents.len()];
    for (row, interval) in number(&roots, &children) {
        intervals[row] = interval;
    }
    intervals
}

impl TreeProblem {
    pub fn row(&self) -> usize {
        match self {
            TreeProblem::NoCode { row }
            | TreeProblem::NoName { row, .. }
            | TreeProblem::DuplicateCode { row, .. }
            | TreeProblem::MissingParent { row, .. }
            | TreeProblem::Cycle { row, .. }
            | TreeProblem::BadLevel { row, .. } => *row,
        }
    }
}

/// One problem for each cycle, at its first row.
fn cycles(rows: &[(usize, UnitSeed)], parents: &[Option<usize>]) -> Vec<TreeProblem> {
    const UNSEEN: usize = usize::MAX;
    let mut seen_by = vec![UNSEEN; rows.len()];
    let mut problems = Vec::new();
    for start in 0..rows.len() {
        let mut at = start;
        while seen_by[at] == UNSEEN {
            seen_by[at] = start;
            match parents[at] {
                Some(parent) => at = parent,
                None => break,
            }
        }
        let closed_here = seen_by[at] == start && parents[at].is_some();
        if !closed_here {
            continue;
        }
        let mut members = vec![at];
        let mut next = parents[at];
        while let Some(position) = next.filter(|position| *position != at) {
            members.push(position);
            next = parents[position];
        }
        let first = members
            .iter()
            .copied()
            .min_by_key(|position| rows[*position].0)
            .unwrap_or(at);
        let mut path: Vec<&str> = members
            .iter()
            .take(6)
            .map(|position| rows[*position].1.code.as_str())
            .collect();
        path.push(&rows[at].1.code);
        problems.push(TreeProblem::Cycle {
            row: rows[first].0,
            code: rows[first].1.code.clone(),
            path: path.join(" → "),
        });
    }
    problems
}

fn number(roots: &[usize], children: &[Vec<usize>]) -> Vec<(usize, Interval)> {
    let mut order: Vec<(usize, Interval)> = Vec::new();
    let mut place = HashMap::new();
    let mut stack: Vec<(usize, bool)> = roots.iter().rev().map(|root| (*root, false)).collect();
    while let Some((position, leaving)) = stack.pop() {
        if leaving {
            let right = order.len() as i64;
            let index: usize = place[&position];
            order[index].1.right = right;
            continue;
        }
        let left = order.len() as i64 + 1;
        place.insert(position, order.len());
        order.push((position, Interval { left, right: left }));
        stack.push((position, true));
        stack.extend(children[position].iter().rev().map(|child| (*child, false)));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unit(code: &str, parent: &str) -> UnitSeed {
        let parent_code = (!parent.is_empty()).then(|| parent.to_string());
        UnitSeed {
            code: code.into(),
            name: code.into(),
            level: 1,
            parent_code,
            ..UnitSeed::default()
        }
    }

    fn table(rows: &[(&str, &str)]) -> Vec<(usize, UnitSeed)> {
        rows.iter()
            .enumerate()
            .map(|(index, (code, parent))| (index + 2, unit(code, parent)))
            .collect()
    }

    #[test]
    fn a_subtree_is_one_interval() {
        let rows = table(&[
            ("TU", ""),
            ("H1", "TU"),
            ("H2", "TU"),
            ("X1", "H1"),
            ("X2", "H2"),
        ]);
        let ordered = order_tree(&rows).expect("a tree");
        let codes: Vec<_> = ordered
            .iter()
            .map(|placed| {
                (
                    rows[placed.row].1.code.as_str(),
                    placed.interval.left,
                    placed.interval.right,
                )
            })
            .collect();
        assert_eq!(
            codes,
            [
                ("TU", 1, 5),
                ("H1", 2, 3),
                ("X1", 3, 3),
                ("H2", 4, 5),
                ("X2", 5, 5)
            ]
        );
    }

    #[test]
    fn a_cycle_is_named_with_its_path_at_its_first_row() {
        let problems = order_tree(&table(&[("A", "C"), ("B", "A"), ("C", "B"), ("D", "A")]))
            .expect_err("a cycle");
        assert_eq!(problems.len(), 1);
        assert!(
            matches!(&problems[0], TreeProblem::Cycle { row: 2, .. }),
            "{problems:?}"
        );
    }

    #[test]
    fn a_unit_that_is_its_own_parent_is_a_cycle() {
        assert!(matches!(
            order_tree(&table(&[("A", "A")])).expect_err("a cycle")[..],
            [TreeProblem::Cycle { .. }]
        ));
    }

    #[test]
    fn every_fault_is_listed_by_row() {
        let problems =
            order_tree(&table(&[("A", ""), ("A", ""), ("B", "Z"), ("", "A")])).expect_err("faults");
        assert_eq!(
            problems.iter().map(TreeProblem::row).collect::<Vec<_>>(),
            [3, 4, 5]
        );
    }

    proptest! {
        #[test]
        fn any_forest_is_ordered_with_children_inside_their_parents(parents in proptest::collection::vec(any::<prop::sample::Index>(), 1..60)) {
            let rows: Vec<_> = parents.iter().enumerate().map(|(index, parent)| {
                let parent = if index == 0 { String::new() } else { format!("u{}", parent.index(index)) };
                (index + 2, unit(&format!("u{index}"), &parent))
            }).collect();
            let ordered = order_tree(&rows).expect("a tree");
            let interval: HashMap<usize, Interval> = ordered.iter().map(|placed| (placed.row, placed.interval)).collect();
            for Placed { row, interval: own, parent } in &ordered {
                prop_assert_eq!(own.right - own.left + 1, ordered.iter().filter(|other| own.contains(other.interval)).count() as i64);
                if let Some(parent) = parent {
                    prop_assert!(interval[parent].contains(*own) && parent != row);
                }
            }
        }

        #[test]
        fn no_table_panics(rows in proptest::collection::vec(("[a-c]{0,1}", "[a-c]{0,1}"), 0..12)) {
            let rows: Vec<_> = rows.iter().enumerate().map(|(index, (code, parent))| (index + 2, unit(code, parent))).collect();
            let _ = order_tree(&rows);
        }
    }
}
