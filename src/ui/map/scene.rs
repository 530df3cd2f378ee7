//! The marks of the current set in view: where, how large, how faint, and
//! which of them are told as one stack.

use std::collections::HashMap;

use crate::dataset::{Dataset, RowSet, mercator};
use crate::model::time::{OPEN_FUTURE, OPEN_PAST, Window};
use crate::model::{ActorIx, EventRow, Kind};
use crate::session::{ColourBy, Session};
use crate::ui::{Ctx, Theme, category_of_kind};
use crate::view::ageing::opacity;
use crate::view::clusters::{Cluster, Spot, clusters};
use crate::view::viewport::Viewport;

use super::many::Near;

/// Radius of a mark without a toll, in points.
pub(super) const LEAST_RADIUS: f32 = 7.0;
/// Radius of a mark with a toll of [`GREAT_TOLL`] and over.
const GREATEST_RADIUS: f32 = 13.0;
/// Toll from which on marks grow no more.
const GREAT_TOLL: f32 = 100.0;
/// Radius of a stack.
pub(super) const STACK_RADIUS: f32 = 12.0;
/// Marks so far out of view still count, so that stacks at the edge do not
/// change while the map is dragged.
const MARGIN: f64 = 64.0;

/// Radius of a mark by the number of people killed: its area grows with it.
pub(super) fn radius_of(killed: Option<u64>) -> f32 {
    let share = (killed.unwrap_or(0) as f32 / GREAT_TOLL).min(1.0).sqrt();
    LEAST_RADIUS + (GREATEST_RADIUS - LEAST_RADIUS) * share
}

/// Colour of a mark.
pub(super) fn colour_of(
    theme: &Theme,
    by: ColourBy,
    kind: Kind,
    side: Option<u8>,
) -> egui::Color32 {
    match by {
        ColourBy::Side => theme.category(side.map(usize::from)),
        ColourBy::Kind => theme.category(category_of_kind(kind)),
        ColourBy::Number => theme.one(),
    }
}

/// One event on the map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub row: EventRow,
    pub kind: Kind,
    pub side: Option<u8>,
    /// Position in the Mercator square.
    pub unit: (f64, f64),
    pub radius: f32,
    /// Only possibly in the window.
    pub possible: bool,
    /// Opacity by age.
    pub alpha: f32,
}

#[derive(Clone, PartialEq)]
struct Key {
    dataset: u64,
    current: u64,
    view: Viewport,
    fades: bool,
    /// What changes with the rows that marks are made of.
    near: (u64, Vec<EventRow>),
}

/// The marks and stacks in view, kept while nothing changes.
#[derive(Default)]
pub(super) struct Scene {
    key: Option<Key>,
    pub marks: Vec<Mark>,
    pub clusters: Vec<Cluster>,
    /// Position in `clusters` of each mark.
    pub cluster_of: Vec<usize>,
    /// Position in `marks` of each row.
    pub by_row: HashMap<EventRow, usize>,
    /// Counts changes.
    pub revision: u64,
}

/// Position of a row in the Mercator square.
pub(super) fn unit_of(data: &Dataset, row: EventRow) -> Option<(f64, f64)> {
    data.table().position(row).map(|(x, y)| {
        (
            f64::from(x) / mercator::WORLD,
            f64::from(y) / mercator::WORLD,
        )
    })
}

/// The window with the limits of the data where it has none.
pub(super) fn bounded(session: &Session, data: &Dataset) -> Window {
    let window = session.scope.window;
    let Some(span) = data.time_span() else {
        return window;
    };
    let start = if window.start == OPEN_PAST {
        span.start
    } else {
        window.start
    };
    let end = if window.end == OPEN_FUTURE {
        span.end
    } else {
        window.end
    };
    Window::new(start, end)
}

/// Picked events drawn where all the others are not, at most.
const MOST_PICKED: usize = 200;

/// What is picked or pointed at.
fn picked(cx: &Ctx<'_>) -> Vec<EventRow> {
    let s = cx.session();
    let selection = s.selection.iter().take(MOST_PICKED);
    selection.chain(s.primary).chain(s.hover).collect()
}

/// The rows whose marks are in view or near it.
fn within(data: &Dataset, rows: &RowSet, view: &Viewport) -> RowSet {
    let (width, height) = view.size();
    let inside = |row: &EventRow| {
        unit_of(data, *row).is_some_and(|at| {
            let (x, y) = view.screen(at);
            (-MARGIN..width + MARGIN).contains(&x) && (-MARGIN..height + MARGIN).contains(&y)
        })
    };
    rows.iter().filter(inside).collect()
}

impl Scene {
    /// Brings the scene up to date.
    pub fn update(&mut self, cx: &Ctx<'_>, view: &Viewport, near: Near<'_>) {
        let kept = self.key.as_ref().map(|k| k.dataset);
        let near = match near {
            Near::Before if kept == Some(cx.dataset().revision()) => return,
            Near::Before => Near::Picked,
            other => other,
        };
        let fades = cx.session().playback.mode.fades();
        let key = Key {
            dataset: cx.dataset().revision(),
            current: cx.current().revision,
            view: *view,
            fades,
            near: match near {
                Near::All => (0, Vec::new()),
                Near::These(_, version) => (version, Vec::new()),
                Near::Before | Near::Picked => (0, picked(cx)),
            },
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        self.build(cx, view, near, fades);
        self.key = Some(key);
        self.revision += 1;
    }

    fn build(&mut self, cx: &Ctx<'_>, view: &Viewport, near: Near<'_>, fades: bool) {
        let data = cx.dataset();
        let mut rows: RowSet = match near {
            Near::All => data.in_box(view.bounds(MARGIN)),
            Near::These(rows, _) => within(data, rows, view),
            Near::Before | Near::Picked => picked(cx).into_iter().collect(),
        };
        rows.intersect(cx.current().shown());
        let window = bounded(cx.session(), data);
        let certain = &cx.current().selected.certain;
        let table = data.table();
        self.marks = rows
            .iter()
            .filter_map(|row| {
                Some(Mark {
                    row,
                    kind: table.kind(row),
                    side: table.side(row),
                    unit: unit_of(data, row)?,
                    radius: radius_of(data.killed(row).best),
                    possible: !certain.contains(row),
                    alpha: if fades {
                        opacity(table.extent(row), window)
                    } else {
                        1.0
                    },
                })
            })
            .collect();
        let spots: Vec<Spot> = self
            .marks
            .iter()
            .map(|m| {
                let (x, y) = view.screen(m.unit);
                Spot {
                    x,
                    y,
                    r: f64::from(m.radius),
                }
            })
            .collect();
        self.clusters = clusters(&spots, f64::from(STACK_RADIUS));
        self.cluster_of = vec![0; self.marks.len()];
        for (at, c) in self.clusters.iter().enumerate() {
            for m in &c.members {
                self.cluster_of[*m] = at;
            }
        }
        self.by_row = self
            .marks
            .iter()
            .enumerate()
            .map(|(at, m)| (m.row, at))
            .collect();
    }

    /// The stack that a row is in, if it is in one of several.
    pub fn stack_of(&self, row: EventRow) -> Option<usize> {
        let at = self.cluster_of[*self.by_row.get(&row)?];
        (self.clusters[at].members.len() > 1).then_some(at)
    }
}

/// The picked event, and who takes part in it.
pub(super) struct Linked {
    row: EventRow,
    actors: Vec<ActorIx>,
}

impl Linked {
    /// Of the event picked last.
    pub fn of(cx: &Ctx<'_>) -> Option<Self> {
        let row = cx.session().primary?;
        let actors = cx.dataset().actors_of(row).collect();
        Some(Self { row, actors })
    }

    /// Whether an event shares an actor with the picked one, or is it.
    pub fn holds(&self, data: &Dataset, row: EventRow) -> bool {
        row == self.row || data.actors_of(row).any(|a| self.actors.contains(&a))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radii_grow_with_the_toll_and_are_bounded() {
        let sizes: Vec<f32> = [None, Some(1), Some(8), Some(100), Some(5000)]
            .into_iter()
            .map(radius_of)
            .collect();
        assert!(sizes.windows(2).all(|w| w[0] <= w[1]));
        assert!((sizes[0] - LEAST_RADIUS).abs() < f32::EPSILON);
        assert!((sizes[4] - GREATEST_RADIUS).abs() < f32::EPSILON);
    }
}
