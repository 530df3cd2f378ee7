//! Placing labels: greedy, by priority, none over another.
//!
//! The order is fixed by priority and key alone, and what was placed last time
//! needs less room than what was not, so that labels do not flicker while the
//! map is moved.

use std::collections::HashMap;

use super::PxRect;

/// Side of a cell of the grid in which collisions are looked up.
const CELL: f32 = 64.0;

/// Room that a label must have around itself before it first appears.
const MARGIN: f32 = 4.0;

/// A label that wants to be placed.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// What it names; the same from frame to frame.
    pub key: u64,
    /// Lower is placed first; equal ones by key.
    pub priority: i64,
    /// Where it may stand, best first.
    pub places: Vec<PxRect>,
}

/// A label that found room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Position in the list of candidates.
    pub candidate: usize,
    /// Position in its list of places.
    pub place: usize,
}

/// Keys of the labels placed last time, and where.
pub type Previous = HashMap<u64, usize>;

/// Rectangles by grid cell.
#[derive(Debug, Default)]
pub struct Occupied {
    cells: HashMap<(i32, i32), Vec<PxRect>>,
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "screen positions; saturates"
)]
fn cell(v: f32) -> i32 {
    (v / CELL).floor() as i32
}

fn cells(r: &PxRect) -> impl Iterator<Item = (i32, i32)> + use<> {
    let (x0, x1, y0, y1) = (cell(r.x0), cell(r.x1), cell(r.y0), cell(r.y1));
    (y0..=y1).flat_map(move |y| (x0..=x1).map(move |x| (x, y)))
}

impl Occupied {
    /// Takes the room of a rectangle.
    pub fn take(&mut self, r: PxRect) {
        for at in cells(&r) {
            self.cells.entry(at).or_default().push(r);
        }
    }

    /// Whether a rectangle has its room to itself.
    #[must_use]
    pub fn is_free(&self, r: &PxRect) -> bool {
        cells(r).all(|at| {
            self.cells
                .get(&at)
                .is_none_or(|list| !list.iter().any(|o| o.overlaps(r)))
        })
    }
}

/// Places what has room: inside `bounds`, off what is `occupied`, at most
/// `limit` labels. The room they take is added to `occupied`.
pub fn place(
    candidates: &[Candidate],
    occupied: &mut Occupied,
    bounds: PxRect,
    previous: &Previous,
    limit: usize,
) -> Vec<Placed> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|i| (candidates[*i].priority, candidates[*i].key));
    let mut placed = Vec::new();
    for at in order {
        if placed.len() >= limit {
            break;
        }
        let c = &candidates[at];
        let before = previous.get(&c.key).copied();
        // Where it stood first, then the others in order.
        let tries = before
            .into_iter()
            .chain((0..c.places.len()).filter(|p| Some(*p) != before));
        let found = tries
            .filter_map(|p| c.places.get(p).map(|r| (p, r)))
            .find(|(p, r)| {
                let room = if before == Some(*p) {
                    **r
                } else {
                    r.grown(MARGIN)
                };
                bounds.covers(r) && occupied.is_free(&room)
            });
        if let Some((place, r)) = found {
            occupied.take(*r);
            placed.push(Placed {
                candidate: at,
                place,
            });
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOUNDS: PxRect = PxRect {
        x0: 0.0,
        y0: 0.0,
        x1: 400.0,
        y1: 300.0,
    };

    fn candidate(key: u64, priority: i64, x: f32, y: f32) -> Candidate {
        Candidate {
            key,
            priority,
            places: vec![
                PxRect::at(x + 6.0, y - 7.0, 60.0, 14.0),
                PxRect::at(x - 66.0, y - 7.0, 60.0, 14.0),
            ],
        }
    }

    fn keys(list: &[Candidate], placed: &[Placed]) -> Previous {
        placed
            .iter()
            .map(|p| (list[p.candidate].key, p.place))
            .collect()
    }

    #[test]
    fn the_more_important_label_wins_and_the_other_gives_way_to_its_left() {
        let list = [candidate(1, 5, 200.0, 100.0), candidate(2, 1, 200.0, 100.0)];
        let placed = place(&list, &mut Occupied::default(), BOUNDS, &Previous::new(), 9);
        assert_eq!(
            placed,
            [
                Placed {
                    candidate: 1,
                    place: 0
                },
                Placed {
                    candidate: 0,
                    place: 1
                }
            ]
        );
    }

    #[test]
    fn a_label_that_was_there_stays_where_a_new_one_would_not_come() {
        let list = [candidate(1, 1, 100.0, 100.0)];
        let mut tight = Occupied::default();
        // Two points of room at the right, none at the left.
        tight.take(PxRect::at(168.0, 93.0, 50.0, 14.0));
        tight.take(PxRect::at(0.0, 93.0, 90.0, 14.0));
        let mut again = Occupied::default();
        again.take(PxRect::at(168.0, 93.0, 50.0, 14.0));
        again.take(PxRect::at(0.0, 93.0, 90.0, 14.0));
        assert!(place(&list, &mut tight, BOUNDS, &Previous::new(), 9).is_empty());
        let before = Previous::from([(1, 0)]);
        assert_eq!(place(&list, &mut again, BOUNDS, &before, 9).len(), 1);
    }

    proptest! {
        #[test]
        fn no_two_labels_overlap_nor_an_obstacle(
            spots in proptest::collection::vec((0_i64..5, -20.0..420.0_f32, -20.0..320.0_f32), 0..80),
            walls in proptest::collection::vec((0.0..400.0_f32, 0.0..300.0_f32, 4.0..40.0_f32), 0..8),
        ) {
            let list: Vec<Candidate> = spots
                .iter()
                .enumerate()
                .map(|(i, (p, x, y))| candidate(i as u64, *p, *x, *y))
                .collect();
            let walls: Vec<PxRect> = walls.iter().map(|(x, y, r)| PxRect::about(*x, *y, *r)).collect();
            let fresh = || {
                let mut o = Occupied::default();
                for w in &walls {
                    o.take(*w);
                }
                o
            };
            let placed = place(&list, &mut fresh(), BOUNDS, &Previous::new(), usize::MAX);
            let rects: Vec<PxRect> = placed
                .iter()
                .map(|p| list[p.candidate].places[p.place])
                .collect();
            for (i, a) in rects.iter().enumerate() {
                prop_assert!(BOUNDS.covers(a));
                prop_assert!(!walls.iter().any(|w| w.overlaps(a)));
                prop_assert!(!rects[i + 1..].iter().any(|b| a.overlaps(b)));
            }
            // The next frame shows the same.
            let before = keys(&list, &placed);
            let again = place(&list, &mut fresh(), BOUNDS, &before, usize::MAX);
            prop_assert_eq!(placed, again);
        }
    }
}
