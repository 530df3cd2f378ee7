//! The picture under the controls: where its parts are, and what the pointer
//! and the keys do there.

use egui::{
    CursorIcon, EventFilter, Key, Modifiers, PointerButton, Pos2, Rect, Response, Role, Sense, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::model::EventRow;
use crate::model::time::{CivilDateTime, OPEN_FUTURE, OPEN_PAST, Unit, Window};
use crate::session::{Command, Pick};
use crate::view::axis::TimeAxis;
use crate::view::timeline::{Grab, Part, Zones, bin_unit, nudged, reveal, snap_unit, stretch};

use super::super::Ctx;
use super::{Drag, TimelinePanel, bars, cards, paint, px};

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
/// Wheel: points of scrolling that zoom by e.
const ZOOM_POINTS: f32 = 240.0;

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
    let handles = handles(ui, &stage);
    pan_and_zoom(panel, ui, &canvas, &stage);
    drag(panel, ui, &canvas, &handles, &stage);
    keys(ui, &canvas, &stage);

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
    point(panel, ui, &canvas, &stage);
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

/// The handles as widgets of their own: start, end, and the playhead's flag,
/// which moves the whole window.
pub(super) struct Handles {
    pub start: Option<Response>,
    pub end: Option<Response>,
    pub flag: Option<Response>,
}

impl Handles {
    fn each(&self) -> impl Iterator<Item = (Part, &Response)> {
        [
            (Part::Start, &self.start),
            (Part::End, &self.end),
            (Part::Body, &self.flag),
        ]
        .into_iter()
        .filter_map(|(part, response)| Some((part, response.as_ref()?)))
    }
}

/// Where the flag of the playhead is.
pub(super) fn flag_rect(stage: &Stage<'_, '_>) -> Option<Rect> {
    let x = stage.axis.x(stage.window.end);
    let inside = x >= stage.axis.x0() && x <= stage.axis.x1();
    let centre = pos2(px(x), stage.parts.axis.bottom() - 7.0);
    inside.then(|| Rect::from_center_size(centre, vec2(16.0, 14.0)))
}

fn handles(ui: &mut Ui, stage: &Stage<'_, '_>) -> Handles {
    let strip = stage.parts.histogram;
    let zone = |(from, to): (f64, f64)| Rect::from_x_y_ranges(px(from)..=px(to), strip.y_range());
    let start = stage.zones.map(|z| zone(z.start));
    let end = stage.zones.map(|z| zone(z.end));
    let handle = |part: Part, name: &str, rect: Option<Rect>| {
        rect.map(|rect| {
            let id = ui.make_persistent_id(("timeline-handle", name));
            let response = ui.interact(rect, id, Sense::click_and_drag());
            describe(ui, &response, stage, part, name);
            let cursor = match part {
                Part::Body => CursorIcon::Grab,
                Part::Start | Part::End => CursorIcon::ResizeHorizontal,
            };
            handle_keys(ui, &response, stage, part);
            response.on_hover_cursor(cursor)
        })
    };
    Handles {
        start: handle(Part::Start, "timeline-start-handle", start),
        end: handle(Part::End, "timeline-end-handle", end),
        flag: handle(Part::Body, "timeline-playhead", flag_rect(stage)),
    }
}

/// Tells a screen reader what a handle is and where it stands.
fn describe(ui: &Ui, response: &Response, stage: &Stage<'_, '_>, part: Part, name: &str) {
    use egui::accesskit::Action;
    let ms = match part {
        Part::Start => stage.window.start,
        Part::End | Part::Body => stage.window.end.saturating_sub(1),
    };
    let name = stage.cx.tr.t(name);
    #[allow(clippy::cast_precision_loss, reason = "a value to read out")]
    let value = ms as f64;
    response.widget_info(|| WidgetInfo::slider(true, value, &name));
    let words = match (
        part,
        stage.window.is_open_start(),
        stage.window.is_open_end(),
    ) {
        (Part::Start, true, _) | (Part::End | Part::Body, _, true) => "..".to_owned(),
        _ => stage.cx.moment(ms, Unit::Day),
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(words);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}

/// Left and right move a handle that has the focus.
fn handle_keys(ui: &Ui, response: &Response, stage: &Stage<'_, '_>, part: Part) {
    use egui::accesskit::Action;
    let asked = |action| ui.input(|i| i.num_accesskit_action_requests(response.id, action));
    let (mut forth, mut back) = (asked(Action::Increment), asked(Action::Decrement));
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
        ui.input_mut(|i| {
            forth += i.count_and_consume_key(Modifiers::NONE, Key::ArrowRight);
            back += i.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft);
        });
    }
    if forth == back {
        return;
    }
    let unit = stage.cx.session().playback.unit;
    let mut window = stage.window;
    for _ in 0..forth.abs_diff(back) {
        window = nudged(&stage.axis, window, part, forth > back, unit);
    }
    stage.cx.send(Command::SetWindow(window));
}

/// Wheel, pinch and touchpad.
fn pan_and_zoom(panel: &TimelinePanel, ui: &Ui, canvas: &Response, stage: &Stage<'_, '_>) {
    if panel.drag.is_some() || !canvas.contains_pointer() {
        return;
    }
    let Some(at) = ui.input(|i| i.pointer.hover_pos()) else {
        return;
    };
    let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta(), i.zoom_delta()));
    let factor = pinch * (scroll.y / ZOOM_POINTS).exp();
    let changed = scroll.x.abs() > f32::EPSILON || (factor - 1.0).abs() > f32::EPSILON;
    if !changed {
        return;
    }
    ui.input_mut(|i| i.smooth_scroll_delta = egui::Vec2::ZERO);
    let axis = stage
        .axis
        .zoom_at(f64::from(at.x), f64::from(factor))
        .pan(f64::from(scroll.x));
    stage.cx.send(Command::SetAxis(Some(axis.window())));
}

/// What a press at a position begins to drag.
fn begin(ui: &Ui, stage: &Stage<'_, '_>, at: Pos2) -> Drag {
    let x = f64::from(at.x);
    if stage.parts.lanes.is_some_and(|lanes| at.y >= lanes.top()) {
        return Drag::Pan { lanes: true };
    }
    let middle = ui.input(|i| i.pointer.button_down(PointerButton::Middle));
    if at.y < stage.parts.histogram.top() || at.x < stage.parts.axis.left() || middle {
        return Drag::Pan { lanes: false };
    }
    let body = stage
        .zones
        .and_then(|zones| zones.hit(x))
        .filter(|_| !ui.input(|i| i.modifiers.shift));
    match body {
        Some(part) => Drag::Grab(Grab::new(&stage.axis, stage.window, part, x)),
        None => Drag::New(x),
    }
}

fn drag(
    panel: &mut TimelinePanel,
    ui: &Ui,
    canvas: &Response,
    handles: &Handles,
    stage: &Stage<'_, '_>,
) {
    let origin = ui.input(|i| i.pointer.press_origin());
    if let Some(at) = origin {
        if canvas.drag_started() {
            panel.drag = Some(begin(ui, stage, at));
            canvas.request_focus();
        }
        for (part, handle) in handles.each() {
            if handle.drag_started() {
                let grab = Grab::new(&stage.axis, stage.window, part, f64::from(at.x));
                panel.drag = Some(Drag::Grab(grab));
            }
        }
    }
    let Some(dragged) = panel.drag else { return };
    let held = canvas.dragged() || handles.each().any(|(_, handle)| handle.dragged());
    if !held {
        panel.drag = None;
        if !matches!(dragged, Drag::Pan { .. }) {
            // Another command ends the drag: the next one is its own step of
            // undo.
            stage.cx.send(Command::SetWindow(stage.window));
        }
        return;
    }
    let Some(at) = ui.input(|i| i.pointer.interact_pos()) else {
        return;
    };
    let x = f64::from(at.x);
    let free = ui.input(|i| i.modifiers.alt);
    let unit = (!free).then(|| snap_unit(&stage.axis, stage.cx.session().playback.unit));
    let window = match dragged {
        Drag::Pan { lanes } => {
            let delta = canvas.drag_delta();
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            if delta.x.abs() > 0.0 {
                let axis = stage.axis.pan(f64::from(delta.x));
                stage.cx.send(Command::SetAxis(Some(axis.window())));
            }
            if lanes {
                panel.scroll -= delta.y;
            }
            return;
        }
        Drag::New(from) => stretch(&stage.axis, from, x, unit),
        Drag::Grab(grab) => {
            ui.ctx().set_cursor_icon(match grab.part() {
                Part::Body => CursorIcon::Grabbing,
                Part::Start | Part::End => CursorIcon::ResizeHorizontal,
            });
            grab.drag(&stage.axis, x, unit)
        }
    };
    if window != stage.window {
        stage.cx.send(Command::DragWindow(window));
    }
}

/// The keys of the timeline while it has the focus.
fn keys(ui: &Ui, canvas: &Response, stage: &Stage<'_, '_>) {
    if !canvas.has_focus() {
        return;
    }
    let filter = EventFilter {
        horizontal_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(canvas.id, filter));
    // With Shift first: without it the pattern takes both.
    let actions = [
        (Modifiers::SHIFT, Key::ArrowLeft, Command::StepEvent(-1)),
        (Modifiers::SHIFT, Key::ArrowRight, Command::StepEvent(1)),
        (Modifiers::NONE, Key::ArrowLeft, Command::Step(-1)),
        (Modifiers::NONE, Key::ArrowRight, Command::Step(1)),
        (Modifiers::NONE, Key::Home, Command::StepEnd(false)),
        (Modifiers::NONE, Key::End, Command::StepEnd(true)),
        (Modifiers::NONE, Key::Space, Command::TogglePlay),
    ];
    for (modifiers, key, command) in actions {
        for _ in 0..ui.input_mut(|i| i.count_and_consume_key(modifiers, key)) {
            stage.cx.send(command.clone());
        }
    }
}

/// Clicks, double clicks and hovering.
fn point(panel: &mut TimelinePanel, ui: &mut Ui, canvas: &Response, stage: &Stage<'_, '_>) {
    let at = if panel.drag.is_some() {
        None
    } else {
        canvas.hover_pos()
    };
    let on = |rect: Rect| at.filter(|at| rect.contains(*at));
    let bar = stage
        .parts
        .lanes
        .and_then(on)
        .and_then(|at| bars::bar_at(panel, stage, at));
    hover(panel, stage, bar);
    if let (true, Some(at)) = (canvas.clicked(), canvas.interact_pointer_pos()) {
        canvas.request_focus();
        if let Some(row) = bar.filter(|_| stage.parts.lanes.is_some_and(|l| l.contains(at))) {
            let toggle = ui.input(|i| i.modifiers.command);
            let pick = if toggle { Pick::Toggle } else { Pick::Replace };
            stage.cx.send(Command::Select(vec![row], pick));
        }
    }
    if let (true, Some(at)) = (canvas.double_clicked(), canvas.interact_pointer_pos()) {
        double_click(panel, stage, at);
    }
    let Some(at) = at else { return };
    if let Some(row) = bar {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        cards::event(ui, canvas, stage.cx, row);
    } else if stage.parts.histogram.contains(at) {
        let body = stage.zones.and_then(|z| z.hit(f64::from(at.x)));
        ui.ctx().set_cursor_icon(match body {
            Some(Part::Body) => CursorIcon::Grab,
            Some(_) => CursorIcon::ResizeHorizontal,
            None => CursorIcon::Crosshair,
        });
        cards::bin(panel, ui, canvas, stage, at);
    } else if stage.parts.gutter().contains(at) {
        cards::group(panel, ui, canvas, stage, at);
    } else if let Some(folded) = bars::folded_at(panel, stage, at) {
        cards::folded(ui, canvas, stage.cx, folded);
    }
}

fn hover(panel: &mut TimelinePanel, stage: &Stage<'_, '_>, row: Option<EventRow>) {
    // Another command would end a drag's single step of undo.
    if panel.drag.is_some() || panel.hovered == row {
        return;
    }
    let ours = stage.cx.session().hover == panel.hovered;
    panel.hovered = row;
    if row.is_some() || ours {
        stage.cx.send(Command::Hover(row));
    }
}

fn double_click(panel: &mut TimelinePanel, stage: &Stage<'_, '_>, at: Pos2) {
    if stage.parts.axis.contains(at) {
        stage.cx.send(Command::WindowAll);
        stage.cx.send(Command::SetAxis(None));
    } else if stage.parts.histogram.contains(at)
        && let Some(bin) = paint::bin_at(&mut panel.view, stage, at.x)
    {
        stage.cx.send(Command::SetWindow(bin.span));
    }
}
