//! What the pointer and the keys do to the picture.

use egui::{CursorIcon, EventFilter, Key, Modifiers, PointerButton, Pos2, Rect, Response, Ui};

use crate::model::EventRow;
use crate::session::{Command, Pick};
use crate::view::timeline::{Grab, Part, snap_unit, stretch};

use super::canvas::Stage;
use super::handles::Handles;
use super::{Drag, TimelinePanel, bars, cards, paint};

/// Wheel: points of scrolling that zoom by e.
const ZOOM_POINTS: f32 = 240.0;

/// Wheel, pinch and touchpad.
pub(super) fn pan_and_zoom(
    panel: &TimelinePanel,
    ui: &Ui,
    canvas: &Response,
    stage: &Stage<'_, '_>,
) {
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

/// Dragging: the axis, the window, its ends, or a new window.
pub(super) fn drag(
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
pub(super) fn keys(ui: &Ui, canvas: &Response, stage: &Stage<'_, '_>) {
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
pub(super) fn point(
    panel: &mut TimelinePanel,
    ui: &mut Ui,
    canvas: &Response,
    stage: &Stage<'_, '_>,
) {
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
