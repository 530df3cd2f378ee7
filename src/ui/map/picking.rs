//! Picking many events at once: a box or a free outline drawn with Shift.

use std::sync::Arc;

use egui::{PointerButton, Pos2, Rect, Response, Shape, Stroke, StrokeKind, Ui};

use crate::dataset::{GeoBox, RowSet};
use crate::session::{Command, Pick};
use crate::ui::{Ctx, Work};
use crate::view::lasso::Lasso;
use crate::view::viewport::Viewport;

/// Corners of an outline are at least this far apart, in points.
const STEP: f32 = 3.0;

/// Datasets with more events are looked through in the background.
const MANY: usize = 200_000;

/// What is being drawn.
enum Drawn {
    /// A box, from here.
    Box(Pos2),
    /// A free outline.
    Outline(Vec<Pos2>),
}

/// What is searched for events.
#[derive(Clone)]
enum Area {
    Box(GeoBox),
    Outline(Arc<Lasso>),
}

/// Drawing and picking.
#[derive(Default)]
pub(super) struct Picking {
    drawn: Option<Drawn>,
    /// Counts what was drawn: the key of what is looked for.
    number: u64,
    /// Revisions of dataset and current set for which it is looked for, and
    /// how it joins the selection.
    asked: Option<(u64, u64, Pick)>,
    found: Work<u64, RowSet>,
}

impl Picking {
    /// Whether something is being drawn.
    pub fn is_drawing(&self) -> bool {
        self.drawn.is_some()
    }

    /// Whether events are being looked for.
    pub fn is_looking(&self) -> bool {
        self.asked.is_some()
    }

    /// Follows the pointer: Shift draws a box, Shift and Alt a free outline.
    pub fn follow(&mut self, ui: &Ui, cx: &Ctx<'_>, map: &Response, view: &Viewport, rect: Rect) {
        let keys = ui.input(|i| i.modifiers);
        if map.drag_started_by(PointerButton::Primary)
            && keys.shift
            && let Some(from) = ui.input(|i| i.pointer.press_origin())
        {
            self.drawn = Some(if keys.alt {
                Drawn::Outline(vec![from])
            } else {
                Drawn::Box(from)
            });
        }
        if let Some(Drawn::Outline(corners)) = &mut self.drawn
            && let Some(at) = map.interact_pointer_pos()
            && corners.last().is_none_or(|last| last.distance(at) >= STEP)
        {
            corners.push(at);
        }
        if map.drag_stopped()
            && let Some(drawn) = self.drawn.take()
        {
            let add = keys.command || keys.ctrl;
            let pick = if add { Pick::Add } else { Pick::Replace };
            let local = |p: Pos2| {
                let at = p - rect.min;
                (f64::from(at.x), f64::from(at.y))
            };
            let area = match drawn {
                Drawn::Box(from) => {
                    let to = map.interact_pointer_pos().unwrap_or(from);
                    let picked = Rect::from_two_pos(from, to).intersect(rect);
                    let area = view.geo_box(local(picked.min), local(picked.max));
                    Some(Area::Box(area))
                }
                Drawn::Outline(corners) => {
                    let corners: Vec<(f64, f64)> = corners.into_iter().map(local).collect();
                    Lasso::new(view, &corners).map(|l| Area::Outline(Arc::new(l)))
                }
            };
            if let Some(area) = area {
                self.look_for(ui.ctx(), cx, &area, pick);
            }
        }
        self.answer(cx);
    }

    /// Looks for the events of the current set in an area.
    fn look_for(&mut self, ctx: &egui::Context, cx: &Ctx<'_>, area: &Area, pick: Pick) {
        self.number += 1;
        let (dataset, current) = (cx.bench.dataset(), cx.current());
        self.asked = Some((dataset.revision(), current.revision, pick));
        if dataset.len() <= MANY {
            let rows = area.pick(dataset, current.shown(), &|| false);
            self.found.put(self.number, rows.unwrap_or_default());
            return;
        }
        let (dataset, shown) = (Arc::clone(dataset), current.shown().clone());
        let area = area.clone();
        self.found.begin(ctx, self.number, move |stop| {
            area.pick(&dataset, &shown, stop)
        });
    }

    /// Picks what was found, unless the dataset is gone by then.
    fn answer(&mut self, cx: &Ctx<'_>) {
        let Some((dataset, set, pick)) = self.asked else {
            return;
        };
        self.found.wants(&self.number);
        let Some((number, rows)) = self.found.made() else {
            self.asked = self.asked.filter(|_| self.found.is_under_way());
            return;
        };
        if *number != self.number {
            return;
        }
        if dataset == cx.dataset().revision() {
            let mut rows = rows.clone();
            if set != cx.current().revision {
                rows.intersect(cx.current().shown());
            }
            cx.send(Command::SelectSet(rows, None, pick));
        }
        self.asked = None;
        self.found.forget();
    }

    /// Paints what is being drawn.
    pub fn paint(&self, ui: &Ui, cx: &Ctx<'_>) {
        let accent = cx.theme.palette.accent;
        let stroke = Stroke::new(1.5, accent);
        match (&self.drawn, ui.input(|i| i.pointer.interact_pos())) {
            (Some(Drawn::Box(from)), Some(to)) => {
                ui.painter().rect(
                    Rect::from_two_pos(*from, to),
                    0.0,
                    accent.gamma_multiply(0.14),
                    stroke,
                    StrokeKind::Inside,
                );
            }
            (Some(Drawn::Outline(corners)), Some(to)) => {
                let mut line = corners.clone();
                line.push(to);
                let ends = [to, line[0]];
                ui.painter().add(Shape::line(line, stroke));
                // How it will be closed.
                let dashes = Shape::dashed_line(&ends, stroke, 4.0, 4.0);
                ui.painter().extend(dashes);
            }
            _ => {}
        }
    }
}

impl Area {
    /// The rows of a set whose mark lies in it.
    fn pick(
        &self,
        dataset: &crate::dataset::Dataset,
        rows: &RowSet,
        stop: &dyn Fn() -> bool,
    ) -> Option<RowSet> {
        match self {
            Self::Box(area) => {
                let mut inside = dataset.in_box(*area);
                inside.intersect(rows);
                Some(inside)
            }
            Self::Outline(lasso) => lasso.pick(dataset, rows, stop),
        }
    }
}
