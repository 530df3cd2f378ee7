//! Marks that would hide one another are told as one stack.
//!
//! Seeds are taken in order, so the result depends on positions and order
//! alone, not on where a grid begins; the grid only finds neighbours. A stack
//! is drawn larger than a mark, so stacks are formed until none touches.

use std::collections::HashMap;

/// A mark: position and radius in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Position.
    pub x: f64,
    /// Position.
    pub y: f64,
    /// Radius.
    pub r: f64,
}

/// Marks shown as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Where it is shown: the place of its first member.
    pub x: f64,
    /// Where it is shown.
    pub y: f64,
    /// Its members, as positions in the list, ascending.
    pub members: Vec<usize>,
    /// Whether all members are within half a point of each other, so that
    /// zooming in will not tell them apart soon.
    pub same_spot: bool,
}

/// Marks may overlap by this share of their radii before they are stacked.
const OVERLAP: f64 = 0.9;

/// Groups spots; a stack of several has the radius `stack_r`. Every spot is in
/// exactly one cluster; clusters are in the order of their first member.
#[must_use]
pub fn clusters(spots: &[Spot], stack_r: f64) -> Vec<Cluster> {
    let mut groups: Vec<Group> = spots
        .iter()
        .enumerate()
        .map(|(at, s)| Group {
            spot: *s,
            members: vec![at],
        })
        .collect();
    loop {
        let before = groups.len();
        groups = merge(groups, stack_r);
        if groups.len() == before {
            break;
        }
    }
    groups
        .into_iter()
        .map(|mut g| {
            g.members.sort_unstable();
            let same_spot = g.members.iter().all(|m| {
                let s = spots[*m];
                (s.x - g.spot.x).hypot(s.y - g.spot.y) < 0.5
            });
            Cluster {
                x: g.spot.x,
                y: g.spot.y,
                members: g.members,
                same_spot,
            }
        })
        .collect()
}

struct Group {
    spot: Spot,
    members: Vec<usize>,
}

/// One pass: each group in order takes in the later ones that it touches.
fn merge(groups: Vec<Group>, stack_r: f64) -> Vec<Group> {
    let widest = groups.iter().map(|g| g.spot.r).fold(stack_r, f64::max);
    let size = (2.0 * widest).max(1.0);
    #[allow(
        clippy::cast_possible_truncation,
        reason = "screen positions; saturates"
    )]
    let cell = |s: &Spot| ((s.x / size).floor() as i64, (s.y / size).floor() as i64);
    let mut grid: HashMap<(i64, i64), Vec<usize>> = HashMap::new();
    for (at, g) in groups.iter().enumerate() {
        grid.entry(cell(&g.spot)).or_default().push(at);
    }
    let spots: Vec<Spot> = groups.iter().map(|g| g.spot).collect();
    let mut left: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut out = Vec::new();
    for at in 0..left.len() {
        let Some(mut group) = left[at].take() else {
            continue;
        };
        let (column, row) = cell(&spots[at]);
        for y in row - 1..=row + 1 {
            for x in column - 1..=column + 1 {
                for &other in grid.get(&(x, y)).map_or(&[][..], Vec::as_slice) {
                    let (a, b) = (spots[at], spots[other]);
                    let reach = (a.r + b.r) * OVERLAP;
                    if other > at
                        && (a.x - b.x).hypot(a.y - b.y) < reach
                        && let Some(taken) = left[other].take()
                    {
                        group.members.extend(taken.members);
                        group.spot.r = stack_r;
                    }
                }
            }
        }
        out.push(group);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn s(x: f64, y: f64) -> Spot {
        Spot { x, y, r: 8.0 }
    }

    #[test]
    fn neighbours_across_a_cell_edge_are_one_stack() {
        let got = clusters(&[s(15.9, 0.0), s(16.1, 0.0), s(100.0, 0.0)], 12.0);
        let members: Vec<_> = got.iter().map(|c| c.members.clone()).collect();
        assert_eq!(members, [vec![0, 1], vec![2]]);
        assert!(got[0].same_spot);
    }

    #[test]
    fn a_stack_takes_in_what_its_greater_size_would_cover() {
        let got = clusters(&[s(0.0, 0.0), s(1.0, 0.0), s(14.0, 0.0)], 12.0);
        assert_eq!(got.len(), 1);
        assert!(!got[0].same_spot);
    }

    proptest! {
        #[test]
        fn every_row_is_in_exactly_one_cluster_and_no_two_clusters_hide_each_other(
            list in proptest::collection::vec((-200.0..200.0_f64, -200.0..200.0_f64, 5.0..13.0_f64), 0..120)
        ) {
            let spots: Vec<Spot> = list.iter().map(|&(x, y, r)| Spot { x, y, r }).collect();
            let got = clusters(&spots, 12.0);
            let mut seen: Vec<usize> = got.iter().flat_map(|c| c.members.clone()).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..spots.len()).collect::<Vec<_>>());
            let radius = |c: &Cluster| if c.members.len() > 1 { 12.0 } else { spots[c.members[0]].r };
            for (i, a) in got.iter().enumerate() {
                for b in &got[i + 1..] {
                    let gap = (a.x - b.x).hypot(a.y - b.y);
                    prop_assert!(gap >= (radius(a) + radius(b)) * OVERLAP - 1e-9);
                }
            }
            // The order of the answer and the answer itself are fixed.
            prop_assert_eq!(&got, &clusters(&spots, 12.0));
        }

        #[test]
        fn moving_the_view_changes_nothing(
            list in proptest::collection::vec((0.0..200.0_f64, 0.0..200.0_f64), 0..60),
            dx in -50.0..50.0_f64,
        ) {
            let here: Vec<Spot> = list.iter().map(|&(x, y)| s(x, y)).collect();
            let there: Vec<Spot> = list.iter().map(|&(x, y)| s(x + dx.round(), y)).collect();
            let members = |spots: &[Spot]| -> Vec<Vec<usize>> {
                clusters(spots, 12.0).into_iter().map(|c| c.members).collect()
            };
            prop_assert_eq!(members(&here), members(&there));
        }
    }
}
