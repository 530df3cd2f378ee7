//! The row of controls: transport, steps, view and the window's ends.

use egui::{Button, ComboBox, DragValue, FontId, Response, RichText, Ui, vec2};
use egui_phosphor::regular as icon;
use fluent_templates::fluent_bundle::FluentValue;

use crate::model::time::Unit;
use crate::session::{Command, GroupBy, MAX_SPEED, MIN_SPEED, Mode};
use crate::view::axis::TimeAxis;

use super::super::{Ctx, FONT_BODY, FONT_SMALL};
use super::TimelinePanel;
use super::flow::{self, Group};

/// Size of a button with an icon.
const BUTTON: egui::Vec2 = vec2(28.0, flow::LINE);
/// Size of the icons.
const ICON: f32 = 16.0;
/// Between the controls of a group.
const GAP: f32 = 4.0;
/// Width of the speed.
const SPEED: f32 = 64.0;
/// Free room on either side when the axis is fitted to the window.
const FIT_MARGIN: f64 = 48.0;
/// Steps that can be chosen.
const UNITS: [Unit; 10] = [
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Week,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
];
const GROUPINGS: [(GroupBy, &str); 3] = [
    (GroupBy::Kind, "timeline-group-kind"),
    (GroupBy::Side, "timeline-group-side"),
    (GroupBy::Source, "timeline-group-source"),
];

/// Shows the controls.
pub(super) fn show(panel: &mut TimelinePanel, ui: &mut Ui, cx: &Ctx<'_>) {
    let axis = super::canvas::axis(cx, 0.0, panel.axis_width.max(200.0));
    let TimelinePanel { ends, bins, .. } = panel;
    let ends_width = ends.width(ui, cx) + fit_width(ui, cx);
    let groups = vec![
        Group::new(7.0 * BUTTON.x + 6.0 * GAP, |ui| transport(ui, cx)),
        Group::new(pace_width(ui, cx), |ui| pace(ui, cx)),
        Group::new(view_width(ui, cx), |ui| view(ui, cx, bins, &axis)),
        Group::new(ends_width, |ui| {
            ends.show(ui, cx);
            fit(ui, cx, &axis);
        }),
    ];
    flow::show(ui, groups, Some(counts(ui, cx)));
}

/// Width of a text on one line.
pub(super) fn text_width(ui: &Ui, text: &str, size: f32) -> f32 {
    let font = FontId::proportional(size);
    let colour = ui.visuals().text_color();
    ui.painter()
        .layout_no_wrap(text.to_owned(), font, colour)
        .size()
        .x
        .ceil()
}

fn named(ui: &mut Ui, name: &str, button: Button<'_>) -> Response {
    ui.add_sized(BUTTON, button)
        .on_hover_text(name)
        .accessible_name(name)
}

fn glyph(text: &str) -> Button<'_> {
    Button::new(RichText::new(text).size(ICON))
        .frame_when_inactive(false)
        .min_size(BUTTON)
}

/// The name of an action with its shortcut.
fn with_key(cx: &Ctx<'_>, name: &str, key: &str) -> String {
    let values = [
        ("name", FluentValue::from(cx.tr.t(name))),
        ("key", FluentValue::from(key.to_owned())),
    ];
    cx.tr.with("timeline-key", &values)
}

fn transport(ui: &mut Ui, cx: &Ctx<'_>) {
    let shift = cx.tr.t("timeline-key-shift");
    let key = |name: &str| cx.tr.t(name);
    let go = |ui: &mut Ui, sign: &str, name: &str, key: &str, command: Command| {
        let tip = with_key(cx, name, key);
        let response = ui.add_sized(BUTTON, glyph(sign)).on_hover_text(tip);
        if response.accessible_name(cx.tr.t(name)).clicked() {
            cx.send(command);
        }
    };
    let home = key("timeline-key-home");
    go(
        ui,
        icon::CARET_LINE_LEFT,
        "timeline-first",
        &home,
        Command::StepEnd(false),
    );
    let back = format!("{shift} ←");
    go(
        ui,
        icon::CARET_DOUBLE_LEFT,
        "timeline-event-back",
        &back,
        Command::StepEvent(-1),
    );
    go(
        ui,
        icon::CARET_LEFT,
        "timeline-step-back",
        "←",
        Command::Step(-1),
    );
    play(ui, cx);
    go(
        ui,
        icon::CARET_RIGHT,
        "timeline-step",
        "→",
        Command::Step(1),
    );
    let forth = format!("{shift} →");
    go(
        ui,
        icon::CARET_DOUBLE_RIGHT,
        "timeline-event",
        &forth,
        Command::StepEvent(1),
    );
    let end = key("timeline-key-end");
    go(
        ui,
        icon::CARET_LINE_RIGHT,
        "timeline-last",
        &end,
        Command::StepEnd(true),
    );
}

fn play(ui: &mut Ui, cx: &Ctx<'_>) {
    let (sign, name) = if cx.session().playback.playing {
        (icon::PAUSE, "timeline-pause")
    } else {
        (icon::PLAY, "timeline-play")
    };
    let palette = &cx.theme.palette;
    let text = RichText::new(sign).size(ICON).color(palette.on_accent);
    let button = Button::new(text).fill(palette.accent).min_size(BUTTON);
    let tip = with_key(cx, name, &cx.tr.t("timeline-key-space"));
    let response = ui.add_sized(BUTTON, button).on_hover_text(tip);
    if response.accessible_name(cx.tr.t(name)).clicked() {
        cx.send(Command::TogglePlay);
    }
}

/// A list to choose from: its width fits the longest entry, so that choosing
/// another moves nothing else.
fn combo<T: PartialEq + Copy>(
    ui: &mut Ui,
    name: &str,
    chosen: (T, &str),
    entries: &[(T, String)],
    width: f32,
) -> Option<T> {
    let mut picked = None;
    ComboBox::from_id_salt(name)
        .width(width)
        .selected_text(chosen.1)
        .height(320.0)
        .show_ui(ui, |ui| {
            for (value, text) in entries {
                if ui.selectable_label(*value == chosen.0, text).clicked() {
                    picked = Some(*value);
                }
            }
        })
        .response
        .on_hover_text(name)
        .accessible_name(name);
    picked
}

/// Width of a list with these entries: text, arrow, padding.
fn combo_width<'a>(ui: &Ui, texts: impl IntoIterator<Item = &'a String>) -> f32 {
    let text = texts
        .into_iter()
        .map(|text| text_width(ui, text, FONT_BODY))
        .fold(0.0, f32::max);
    let spacing = ui.spacing();
    text + spacing.icon_width + spacing.icon_spacing + 2.0 * spacing.button_padding.x + 2.0
}

fn unit_key(prefix: &str, unit: Unit) -> String {
    format!("timeline-{prefix}-{}", format!("{unit:?}").to_lowercase())
}

fn units(cx: &Ctx<'_>) -> Vec<(Unit, String)> {
    let text = |unit| cx.tr.t(&unit_key("unit", unit));
    UNITS.iter().map(|unit| (*unit, text(*unit))).collect()
}

fn modes(cx: &Ctx<'_>) -> Vec<(Mode, String)> {
    let key = |mode| match mode {
        Mode::Slide => "timeline-mode-slide",
        Mode::Cumulative => "timeline-mode-cumulative",
        Mode::Trailing => "timeline-mode-trailing",
    };
    Mode::ALL.map(|mode| (mode, cx.tr.t(key(mode)))).to_vec()
}

fn pace_width(ui: &Ui, cx: &Ctx<'_>) -> f32 {
    let units = combo_width(ui, units(cx).iter().map(|(_, text)| text));
    let modes = combo_width(ui, modes(cx).iter().map(|(_, text)| text));
    units + modes + SPEED + BUTTON.x + 3.0 * GAP
}

fn pace(ui: &mut Ui, cx: &Ctx<'_>) {
    let playback = &cx.session().playback;
    let entries = units(cx);
    let width = combo_width(ui, entries.iter().map(|(_, text)| text));
    let text = cx.tr.t(&unit_key("unit", playback.unit));
    let name = cx.tr.t("timeline-unit");
    if let Some(unit) = combo(ui, &name, (playback.unit, &text), &entries, width) {
        cx.send(Command::SetUnit(unit));
    }

    let mut speed = playback.speed;
    let drag = DragValue::new(&mut speed)
        .range(MIN_SPEED..=MAX_SPEED)
        .speed(playback.speed * 0.02)
        .max_decimals(2)
        .custom_formatter(|speed, _| format!("{}", (speed * 100.0).round() / 100.0))
        .update_while_editing(false)
        .suffix(cx.tr.t("timeline-speed-suffix"));
    let name = cx.tr.t("timeline-speed");
    let response = ui
        .add_sized(vec2(SPEED, flow::LINE), drag)
        .on_hover_text(&name);
    if response.accessible_name(name).changed() {
        cx.send(Command::SetSpeed(speed));
    }

    let entries = modes(cx);
    let width = combo_width(ui, entries.iter().map(|(_, text)| text));
    let text = entries.iter().find(|(mode, _)| *mode == playback.mode);
    let text = text.map_or("", |(_, text)| text);
    let name = cx.tr.t("timeline-mode");
    if let Some(mode) = combo(ui, &name, (playback.mode, text), &entries, width) {
        cx.send(Command::SetMode(mode));
    }

    let on = playback.looping;
    let name = cx.tr.t("timeline-loop");
    let button = glyph(icon::REPEAT).selected(on).frame_when_inactive(on);
    if named(ui, &name, button).clicked() {
        cx.send(Command::SetLoop(!on));
    }
}

fn groupings(cx: &Ctx<'_>) -> Vec<(GroupBy, String)> {
    GROUPINGS.map(|(by, key)| (by, cx.tr.t(key))).to_vec()
}

/// The automatic bins, with their unit, and all that can be chosen.
fn bin_entries(cx: &Ctx<'_>, axis: &TimeAxis) -> Vec<(Option<Unit>, String)> {
    let word = |unit| cx.tr.t(&unit_key("bin", unit));
    let auto = word(crate::view::timeline::bin_unit(axis, None));
    let mut entries = vec![(None, cx.tr.s("timeline-bins-auto", &auto))];
    entries.extend(UNITS.iter().map(|unit| {
        let text = cx.tr.s("timeline-bins-fixed", &word(*unit));
        (Some(*unit), text)
    }));
    entries
}

/// The longest text that the list of bins can show.
fn bins_width(ui: &Ui, cx: &Ctx<'_>) -> f32 {
    let texts: Vec<String> = UNITS
        .iter()
        .flat_map(|unit| {
            let word = cx.tr.t(&unit_key("bin", *unit));
            ["timeline-bins-auto", "timeline-bins-fixed"].map(|key| cx.tr.s(key, &word))
        })
        .collect();
    combo_width(ui, &texts)
}

fn view_width(ui: &Ui, cx: &Ctx<'_>) -> f32 {
    let groups = combo_width(ui, groupings(cx).iter().map(|(_, text)| text));
    groups + bins_width(ui, cx) + GAP
}

fn view(ui: &mut Ui, cx: &Ctx<'_>, bins: &mut Option<Unit>, axis: &TimeAxis) {
    let entries = groupings(cx);
    let width = combo_width(ui, entries.iter().map(|(_, text)| text));
    let by = cx.session().timeline.group_by;
    let text = entries.iter().find(|(value, _)| *value == by);
    let text = text.map_or("", |(_, text)| text);
    let name = cx.tr.t("timeline-group");
    if let Some(by) = combo(ui, &name, (by, text), &entries, width) {
        cx.send(Command::SetGroupBy(by));
    }

    let entries = bin_entries(cx, axis);
    let text = entries.iter().find(|(value, _)| value == bins);
    let text = text.map_or("", |(_, text)| text);
    let name = cx.tr.t("timeline-bins");
    let width = bins_width(ui, cx);
    if let Some(chosen) = combo(ui, &name, (*bins, text), &entries, width) {
        *bins = chosen;
    }
}

fn all_width(ui: &Ui, cx: &Ctx<'_>) -> f32 {
    let text = text_width(ui, &cx.tr.t("timeline-all"), FONT_BODY);
    text + 2.0 * ui.spacing().button_padding.x + 2.0
}

fn fit_width(ui: &Ui, cx: &Ctx<'_>) -> f32 {
    all_width(ui, cx) + 2.0 * BUTTON.x + 3.0 * GAP
}

/// Buttons beside the fields: the window to all, the axis to all or to the
/// window.
fn fit(ui: &mut Ui, cx: &Ctx<'_>, axis: &TimeAxis) {
    let size = vec2(all_width(ui, cx), flow::LINE);
    let all = ui.add_sized(size, Button::new(cx.tr.t("timeline-all")));
    let name = cx.tr.t("timeline-all-help");
    if all.on_hover_text(&name).accessible_name(name).clicked() {
        cx.send(Command::WindowAll);
    }
    let name = cx.tr.t("timeline-fit-all");
    if named(ui, &name, glyph(icon::ARROWS_OUT_LINE_HORIZONTAL)).clicked() {
        cx.send(Command::SetAxis(None));
    }
    let name = cx.tr.t("timeline-fit-window");
    if named(ui, &name, glyph(icon::ARROWS_IN_LINE_HORIZONTAL)).clicked() {
        let window = super::canvas::bounded(cx, cx.session().scope.window);
        let fitted = TimeAxis::fit(window, axis.width(), FIT_MARGIN);
        cx.send(Command::SetAxis(Some(fitted.window())));
    }
}

/// How many events are in the window, and the choice to show only those that
/// certainly are.
fn counts<'a>(ui: &Ui, cx: &'a Ctx<'_>) -> Group<'a> {
    let selected = &cx.current().selected;
    let number = |n: u64| FluentValue::from(n);
    let all = u64::try_from(cx.dataset().len()).unwrap_or(u64::MAX);
    let values = [
        ("certain", number(selected.certain.len())),
        ("possible", number(selected.possible.len())),
        ("all", number(all)),
    ];
    let text = cx.tr.with("timeline-counts", &values);
    let width = text_width(ui, &text, FONT_SMALL) + GAP + BUTTON.x;
    Group::new(width, move |ui| {
        let on = cx.session().scope.certainly;
        let help = cx.tr.t("timeline-certainly-help");
        let button = glyph(icon::SEAL_CHECK).selected(on);
        let response = ui.add_sized(BUTTON, button).on_hover_text(help);
        if response
            .accessible_name(cx.tr.t("timeline-certainly"))
            .clicked()
        {
            cx.send(Command::SetCertainly(!on));
        }
        ui.label(
            RichText::new(text)
                .size(FONT_SMALL)
                .color(cx.theme.palette.weak),
        );
    })
}
