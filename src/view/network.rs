//! Where the actors linked to one actor stand about it: a ring without forces
//! or chance, so that the same links always give the same picture.

use crate::dataset::Dataset;
use crate::model::{ActorIx, RelationIx};

use super::actor_view::{Phase, Tie};

/// Most actors drawn. Trade-off: more would not leave room for their names.
pub const MOST: usize = 8;

/// An actor on the ring.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Which actor.
    pub actor: ActorIx,
    /// The relations that link it to the centre.
    pub relations: Vec<RelationIx>,
    /// The most present of them.
    pub phase: Phase,
    /// Position, in points from the centre.
    pub x: f32,
    /// Position, in points from the centre, downwards.
    pub y: f32,
}

/// The actors linked to one actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// Those on the ring.
    pub nodes: Vec<Node>,
    /// How many more there are.
    pub more: usize,
    /// Links between two actors on the ring, by position in `nodes`.
    pub chords: Vec<(usize, usize, RelationIx)>,
    /// Width in points that a name may take.
    pub label_w: f32,
    /// Height in points that the drawing needs.
    pub height: f32,
    /// Distance in points of the centre from its top.
    pub centre_y: f32,
}

/// Radius of a mark, in points.
pub const MARK_R: f32 = 8.0;

/// Height of a name of two lines, in points.
pub const LABEL_H: f32 = 32.0;

/// Distance from the middle of a mark to the top of its name, in points.
pub const LABEL_TOP: f32 = 12.0;

/// From one row of marks to the next: a mark, its name, and some air.
const PITCH: f32 = MARK_R + LABEL_TOP + LABEL_H + 8.0;

/// Lays the actors of `ties` out about the centre, `width` points wide.
///
/// The ties come in order of presence: those that hold take the places first.
/// No name or mark touches another.
#[must_use]
pub fn layout(dataset: &Dataset, centre: ActorIx, ties: &[Tie], width: f32) -> Network {
    let mut nodes: Vec<Node> = Vec::new();
    for tie in ties.iter().filter(|t| t.other != centre) {
        if let Some(node) = nodes.iter_mut().find(|n| n.actor == tie.other) {
            node.relations.push(tie.relation);
            node.phase = node.phase.min(tie.phase);
        } else {
            nodes.push(Node {
                actor: tie.other,
                relations: vec![tie.relation],
                phase: tie.phase,
                x: 0.0,
                y: 0.0,
            });
        }
    }
    let more = nodes.len().saturating_sub(MOST);
    nodes.truncate(MOST);
    // Three names side by side: those of both sides and the centre's.
    let label_w = (width / 3.0 - 4.0).max(24.0);
    for (i, (x, y)) in places(nodes.len(), width, label_w).into_iter().enumerate() {
        nodes[i].x = x;
        nodes[i].y = y;
    }
    let top = nodes.iter().map(|n| n.y).fold(0.0, f32::min) - MARK_R;
    let bottom = nodes.iter().map(|n| n.y).fold(0.0, f32::max) + LABEL_TOP + LABEL_H;
    Network {
        chords: chords(dataset, &nodes),
        nodes,
        more,
        label_w,
        height: bottom - top,
        centre_y: -top,
    }
}

/// Places of `n` marks in pairs left and right of the centre, row by row; the
/// last of an odd number stands below the centre, an only one beside it.
fn places(n: usize, width: f32, label_w: f32) -> Vec<(f32, f32)> {
    let reach = (width - label_w) / 2.0;
    let pairs = n / 2;
    let middle = pairs.saturating_sub(1) as f32 / 2.0;
    (0..n)
        .map(|i| {
            if n == 1 {
                return (reach, 0.0);
            }
            if n % 2 == 1 && i + 1 == n {
                // Clear of the centre's own name, and of the last pair's.
                return (0.0, ((middle + 1.0) * PITCH).max(PITCH));
            }
            let y = ((i / 2) as f32 - middle) * PITCH;
            // Beside the centre's name the pairs stand as far out as they
            // can; above and below it they close in, as a ring does.
            let x = if y.abs() < PITCH {
                reach
            } else {
                (reach * 0.8).max(label_w / 2.0 + 2.0)
            };
            (if i % 2 == 0 { -x } else { x }, y)
        })
        .collect()
}

fn chords(dataset: &Dataset, nodes: &[Node]) -> Vec<(usize, usize, RelationIx)> {
    let mut out = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        for r in dataset.relations_of(node.actor) {
            let other = dataset.relation(*r).other(node.actor);
            if let Some(j) = nodes.iter().position(|n| n.actor == other)
                && i < j
            {
                out.push((i, j, *r));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;
    use crate::model::time::Window;
    use crate::view::actor_view::ActorView;
    use proptest::prelude::*;

    /// Left, top, right and bottom of a mark with its name.
    fn cell((x, y): (f32, f32), label_w: f32) -> [f32; 4] {
        let half = label_w / 2.0;
        [x - half, y - MARK_R, x + half, y + LABEL_TOP + LABEL_H]
    }

    proptest! {
        #[test]
        fn no_name_touches_another_or_the_edge(n in 0..=MOST, width in 220.0_f32..500.0) {
            let label_w = width / 3.0 - 4.0;
            let mut cells = vec![cell((0.0, 0.0), label_w)];
            cells.extend(places(n, width, label_w).into_iter().map(|p| cell(p, label_w)));
            for (i, a) in cells.iter().enumerate() {
                prop_assert!(a[0] >= -width / 2.0 - 0.01 && a[2] <= width / 2.0 + 0.01);
                for b in &cells[..i] {
                    let apart = a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1];
                    prop_assert!(apart, "{a:?} {b:?}");
                }
            }
        }
    }

    fn of(id: &str, at: &str) -> (Dataset, Network) {
        let (dataset, _) = bundled().unwrap();
        let ix = dataset.actor_by_id(id).unwrap();
        let at = Window::parse(at).unwrap().end - 1;
        let view = ActorView::new(&dataset, ix, at);
        let network = layout(&dataset, ix, &view.ties, 280.0);
        (dataset, network)
    }

    #[test]
    fn an_actor_tied_twice_stands_once_with_both_ties() {
        let (dataset, network) = of("islamic-state-sahel", "2023");
        let is = dataset.actor_by_id("islamic-state").unwrap();
        let nodes: Vec<_> = network.nodes.iter().filter(|n| n.actor == is).collect();
        assert_eq!(nodes.len(), 1);
        assert_eq!(nodes[0].relations.len(), 2);
        assert_eq!(network.nodes.len(), MOST);
        assert!(network.more > 0);
    }

    #[test]
    fn the_ties_of_the_moment_take_the_places_first() {
        let (_, network) = of("islamic-state-sahel", "2019");
        assert!(network.nodes.windows(2).all(|w| w[0].phase <= w[1].phase));
    }

    #[test]
    fn links_between_two_linked_actors_are_drawn() {
        // Djibo belongs to the branch that his leader leads.
        let (dataset, network) = of("illiassou-djibo", "2019");
        let ids: Vec<&str> = network
            .chords
            .iter()
            .map(|(_, _, r)| dataset.relation(*r).id.as_str())
            .collect();
        assert_eq!(ids, ["abou-walid-leader-of-is-sahel"]);
        assert_eq!(network.nodes.len(), 2);
    }
}
