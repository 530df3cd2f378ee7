//! The picture under the controls: where its parts are.

use egui::{Rect, Role, Sense, Ui, WidgetInfo};

use crate::model::time::{CivilDateTime, OPEN_FUTURE, OPEN_PAST, Unit, Window};
use crate::session::Command;
use crate::view::axis::TimeAxis;
use crate::view::timeline::{Zones, bin_unit, reveal};

use super::super::Ctx;
use super::{TimelinePanel, bars, gestures, handles, paint};

/// Height of the two rows of labels.
pub(super) const AXIS: f32 = 34.0;
/// Height of a lane.
pub(super) const LANE: f32 = 16.0;
/// Free room at the right end of the axis, for the handle of a window that
/// ends there.
const MARGIN: f32 = 12.0;
/// Free room on either side of the dataset.
const FIT_MARGIN: f64 = 24.0;
/// Histogram and lanes share the height from here on; less is all the
/// histogram's.
const ROOM_FOR_LANES: f32 = 92.0;
/// Between histogram and lanes.
const SPLIT: f32 = 4.0;

/// Where the parts of the picture are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    /// All of it.
    pub whole: Rect,
    /// The rows of labels.
    pub axis: Rect,
    /// The histogram.
    pub histogram: Rect,
    /// The lanes, if there is room.
    pub lanes: Option<Rect>,
}

impl Parts {
    fn new(whole: Rect) -> Self {
        let gutter = (whole.width() * 0.11).clamp(80.0, 160.0).round();
        let x = (whole.left() + gutter)..=(whole.right() - MARGIN).max(whole.left() + gutter + 1.0);
        let strip = |top: f32, bottom: f32| Rect::from_x_y_ranges(x.clone(), top..=bottom);
        let top = whole.top() + AXIS;
        let rest = (whole.bottom() - top).max(0.0);
        let axis = strip(whole.top(), top);
        if rest < ROOM_FOR_LANES {
            return Self {
                whole,
                axis,
                histogram: strip(top, top + rest),
                lanes: None,
            };
        }
        // Whole lanes; what is left over goes to the histogram.
        let height = (rest * 0.36).clamp(44.0, 120.0);
        let lanes = ((rest - height - SPLIT) / LANE).floor() * LANE;
        let height = rest - SPLIT - lanes;
        Self {
            whole,
            axis,
            histogram: strip(top, top + height),
            lanes: Some(strip(top + height + SPLIT, whole.bottom())),
        }
    }

    /// What lies left of the axis.
    pub(super) fn gutter(&self) -> Rect {
        self.whole.with_max_x(self.axis.left())
    }
}

/// The axis as the session has it, at a place on screen.
pub(super) fn axis(cx: &Ctx<'_>, x0: f64, width: f64) -> TimeAxis {
    match cx.session().timeline.axis {
        Some(window) => TimeAxis::new(window, x0, width),
        None => TimeAxis::fit(bounded(cx, Window::ALL), width, FIT_MARGIN).placed(x0, width),
    }
}

/// A window whose open ends are put where the data ends.
pub(super) fn bounded(cx: &Ctx<'_>, window: Window) -> Window {
    let year = |year| CivilDateTime::date(year, 1, 1).to_millis();
    let span = cx.dataset().time_span();
    let span = span.unwrap_or_else(|| Window::new(year(2000), year(2030)));
    Window::new(
        if window.start == OPEN_PAST {
            span.start.min(window.end.saturating_sub(1))
        } else {
            window.start
        },
        if window.end == OPEN_FUTURE {
            span.end.max(window.start.saturating_add(1))
        } else {
            window.end
        },
    )
}

/// Everything there is to know of the picture in one frame.
pub(super) struct Stage<'a, 'c> {
    pub cx: &'a Ctx<'c>,
    pub parts: Parts,
    pub axis: TimeAxis,
    pub window: Window,
    /// The unit of the histogram's bins.
    pub bins: Unit,
    /// Where the window can be grabbed, if it is in sight.
    pub zones: Option<Zones>,
}

/// Shows the picture and does what is asked of it.
pub(super) fn show(panel: &mut TimelinePanel, ui: &mut Ui, cx: &Ctx<'_>) {
    let whole = ui.available_rect_before_wrap();
    let parts = Parts::new(whole);
    let axis = axis(
        cx,
        f64::from(parts.axis.left()),
        f64::from(parts.axis.width()),
    );
    panel.axis_width = axis.width();
    let window = cx.session().scope.window;
    let stage = Stage {
        cx,
        parts,
        axis,
        window,
        bins: bin_unit(&axis, panel.bins),
        zones: Zones::new(&axis, window),
    };
    follow(panel, &stage);

    let id = ui.make_persistent_id("timeline-canvas");
    let canvas = ui.interact(whole, id, Sense::click_and_drag());
    ui.advance_cursor_after_rect(whole);
    canvas.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, cx.tr.t("timeline-name")));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_description(cx.window(window));
    });
    let help = ui.make_persistent_id("timeline-help");
    ui.interact(parts.axis, help, Sense::hover())
        .on_hover_text(cx.tr.t("timeline-help"));
    let handles = handles::show(ui, &stage);
    gestures::pan_and_zoom(panel, ui, &canvas, &stage);
    gestures::drag(panel, ui, &canvas, &handles, &stage);
    gestures::keys(ui, &canvas, &stage);

    let painter = ui.painter_at(whole);
    let ticks = paint::ticks(&painter, &stage);
    paint::ground(&painter, &stage, &ticks);
    paint::histogram(&painter, &mut panel.view, &stage);
    paint::ends(&painter, &stage);
    if let Some(lanes) = parts.lanes {
        bars::paint(panel, &painter, lanes, &stage);
    }
    paint::window(&painter, &stage, &handles);
    paint::labels(&painter, &stage, &ticks);
    paint::scale(&painter, &mut panel.view, &stage);
    if canvas.has_focus() {
        paint::focus(&painter, &stage);
    }
    gestures::point(panel, ui, &canvas, &stage);
}

/// Brings the playhead back into sight when the window was moved out of it.
fn follow(panel: &mut TimelinePanel, stage: &Stage<'_, '_>) {
    let before = panel.seen.replace(stage.window);
    let moved = before.is_some_and(|before| before != stage.window);
    if !moved || panel.drag.is_some() {
        return;
    }
    // An axis that shows all the data stays, unless nothing of the window is
    // on it.
    let all = stage.cx.session().timeline.axis.is_none();
    if all && stage.zones.is_some() {
        return;
    }
    if let Some(axis) = reveal(&stage.axis, stage.window) {
        stage.cx.send(Command::SetAxis(Some(axis.window())));
    }
}
