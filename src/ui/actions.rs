//! Every action once: name, shortcut, menu, palette row and help all come
//! from here.

use egui::{Key, KeyboardShortcut, Modifiers};
use egui_phosphor::regular as icon;

use crate::model::time::{Lang, Unit};
use crate::session::{
    ColourBy, Command, Layer, MapRequest, Mode, Panel, Prefs, Session, ThemeChoice,
};

/// A menu of the top bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Files and leaving.
    File,
    /// Undo, selection, filter.
    Edit,
    /// Map, layers, panels, look.
    View,
    /// Window and playback.
    Time,
    /// Help.
    Help,
}

impl Menu {
    /// Every menu, left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::View, Self::Time, Self::Help];

    /// Key of its name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::File => "app-menu-file",
            Self::Edit => "app-menu-edit",
            Self::View => "app-menu-view",
            Self::Time => "app-menu-time",
            Self::Help => "app-menu-help",
        }
    }
}

/// Something the window itself does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UiOp {
    /// Ask for a dataset.
    OpenDialog,
    /// Search everything.
    Palette,
    /// List of shortcuts.
    Help,
    /// What this program is.
    About,
    /// The tour.
    Tour,
    /// What was understood of the files that are open, and what was not.
    Report,
    /// Open the table on the clipboard.
    Paste,
    /// Ask what to write.
    Export,
    /// Read the files that are open again, and see what has changed.
    Reload,
}

/// What an action comes to.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "a few a second, never stored")]
pub enum Act {
    /// A command to the session.
    Send(Command),
    /// Something the window itself does.
    Op(UiOp),
}

macro_rules! actions {
    ($($variant:ident { $key:literal, $menu:ident, $icon:ident, $shortcut:expr, |$s:ident| $act:expr })+) => {
        /// Something the user can do from a menu, the palette or the keyboard.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named by its text")]
        pub enum Action { $($variant),+ }

        impl Action {
            /// Every action, in menu order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Key of its name.
            #[must_use]
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            /// The menu it is in.
            #[must_use]
            pub fn menu(self) -> Menu {
                match self { $(Self::$variant => Menu::$menu),+ }
            }

            /// Its icon.
            #[must_use]
            pub fn icon(self) -> &'static str {
                match self { $(Self::$variant => icon::$icon),+ }
            }

            /// Its shortcut.
            #[must_use]
            pub fn shortcut(self) -> Option<KeyboardShortcut> {
                match self { $(Self::$variant => $shortcut),+ }
            }

            /// What it comes to in a session.
            #[must_use]
            pub fn act(self, session: &Session) -> Act {
                match self { $(Self::$variant => { let $s = session; $act }),+ }
            }
        }
    };
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

#[allow(clippy::unnecessary_wraps, reason = "the table above wants an option")]
const fn key(modifiers: Modifiers, key: Key) -> Option<KeyboardShortcut> {
    Some(KeyboardShortcut::new(modifiers, key))
}

fn send(command: Command) -> Act {
    Act::Send(command)
}

fn prefs(session: &Session, change: impl FnOnce(&mut Prefs)) -> Act {
    let mut prefs = session.prefs;
    change(&mut prefs);
    send(Command::SetPrefs(prefs))
}

fn unit(session: &Session, coarser: bool) -> Act {
    let at = Unit::ALL
        .iter()
        .position(|u| *u == session.playback.unit)
        .unwrap_or(0);
    let next = if coarser {
        (at + 1).min(Unit::ALL.len() - 1)
    } else {
        at.saturating_sub(1)
    };
    send(Command::SetUnit(Unit::ALL[next]))
}

fn scale(session: &Session, factor: f32) -> Act {
    prefs(session, |p| p.scale = (p.scale * factor).clamp(0.6, 2.5))
}

actions! {
    Open { "app-open", File, FOLDER_OPEN, key(CTRL, Key::O), |_s| Act::Op(UiOp::OpenDialog) }
    OpenBundled { "app-open-bundled", File, GLOBE_HEMISPHERE_EAST, None, |_s| send(Command::OpenBundled) }
    AddDocuments { "app-add-documents", File, FILES, key(CTRL, Key::D), |_s| send(Command::AskDocuments) }
    Paste { "app-paste", File, CLIPBOARD_TEXT, key(CTRL, Key::V), |_s| Act::Op(UiOp::Paste) }
    Reload { "app-reload", File, ARROW_CLOCKWISE, key(Modifiers::NONE, Key::F5), |_s| Act::Op(UiOp::Reload) }
    Export { "app-export", File, EXPORT, key(CTRL, Key::E), |_s| Act::Op(UiOp::Export) }
    Report { "app-report", File, LIST_CHECKS, None, |_s| Act::Op(UiOp::Report) }
    Quit { "app-quit", File, SIGN_OUT, key(CTRL, Key::Q), |_s| send(Command::Quit) }

    Undo { "app-undo", Edit, ARROW_U_UP_LEFT, key(CTRL, Key::Z), |_s| send(Command::Undo) }
    Redo { "app-redo", Edit, ARROW_U_UP_RIGHT, key(CTRL_SHIFT, Key::Z), |_s| send(Command::Redo) }
    Search { "app-search", Edit, MAGNIFYING_GLASS, key(CTRL, Key::K), |_s| Act::Op(UiOp::Palette) }
    ClearFilter { "app-clear-filter", Edit, FUNNEL_X, key(CTRL, Key::Backspace), |_s| send(Command::ClearFilter) }
    SelectAll { "app-select-all", Edit, SELECTION_ALL, key(CTRL, Key::A), |_s| send(Command::SelectAll) }
    ClearSelection { "app-clear-selection", Edit, X, key(Modifiers::NONE, Key::Escape), |_s| send(Command::ClearSelection) }
    Certainly { "app-certainly", Edit, SEAL_CHECK, key(Modifiers::NONE, Key::C), |s| send(Command::SetCertainly(!s.scope.certainly)) }
    Back { "app-back", Edit, ARROW_LEFT, key(Modifiers::ALT, Key::ArrowLeft), |_s| send(Command::Back) }
    Forward { "app-forward", Edit, ARROW_RIGHT, key(Modifiers::ALT, Key::ArrowRight), |_s| send(Command::Forward) }

    FitAll { "app-fit-all", View, ARROWS_OUT, key(Modifiers::NONE, Key::F), |_s| send(Command::FitAll) }
    FitSelection { "app-fit-selection", View, CROSSHAIR, key(Modifiers::SHIFT, Key::F), |_s| send(Command::FitSelection) }
    ZoomIn { "app-zoom-in", View, PLUS, key(Modifiers::NONE, Key::Plus), |_s| send(Command::Map(MapRequest::ZoomBy(1.0))) }
    ZoomOut { "app-zoom-out", View, MINUS, key(Modifiers::NONE, Key::Minus), |_s| send(Command::Map(MapRequest::ZoomBy(-1.0))) }
    ToggleFilters { "app-toggle-filters", View, FUNNEL, key(CTRL, Key::Num1), |_s| send(Command::TogglePanel(Panel::Filters)) }
    ToggleDetails { "app-toggle-details", View, SIDEBAR_SIMPLE, key(CTRL, Key::Num2), |_s| send(Command::TogglePanel(Panel::Details)) }
    ToggleTimeline { "app-toggle-timeline", View, CHART_BAR, key(CTRL, Key::Num3), |_s| send(Command::TogglePanel(Panel::Timeline)) }
    ToggleTable { "app-toggle-table", View, TABLE, key(CTRL, Key::T), |_s| send(Command::TogglePanel(Panel::Table)) }
    ToggleLegend { "app-toggle-legend", View, LIST_DASHES, key(Modifiers::NONE, Key::L), |_s| send(Command::TogglePanel(Panel::Legend)) }
    ToggleShelf { "app-toggle-shelf", View, TRAY, key(Modifiers::NONE, Key::U), |_s| send(Command::TogglePanel(Panel::Shelf)) }
    Relief { "app-layer-relief", View, MOUNTAINS, None, |_s| send(Command::ToggleLayer(Layer::Relief)) }
    Labels { "app-layer-labels", View, TEXT_T, None, |_s| send(Command::ToggleLayer(Layer::Labels)) }
    Precision { "app-layer-precision", View, CIRCLE_DASHED, None, |_s| send(Command::ToggleLayer(Layer::Precision)) }
    MarkLabels { "app-layer-marks", View, TAG, None, |_s| send(Command::ToggleLayer(Layer::MarkLabels)) }
    Graticule { "app-layer-graticule", View, GRID_FOUR, key(Modifiers::NONE, Key::G), |_s| send(Command::ToggleLayer(Layer::Graticule)) }
    ColourBy { "app-colour-by", View, PALETTE, key(Modifiers::NONE, Key::K), |s| send(Command::SetColourBy(match s.prefs.colour_by {
        ColourBy::Side => ColourBy::Kind,
        ColourBy::Kind | ColourBy::Number => ColourBy::Side,
    })) }
    ThemeLight { "app-theme-light", View, SUN, None, |s| prefs(s, |p| p.theme = ThemeChoice::Light) }
    ThemeDark { "app-theme-dark", View, MOON, None, |s| prefs(s, |p| p.theme = ThemeChoice::Dark) }
    ThemeSystem { "app-theme-system", View, DESKTOP, None, |s| prefs(s, |p| p.theme = ThemeChoice::System) }
    English { "app-lang-en", View, TRANSLATE, None, |s| prefs(s, |p| p.lang = Lang::En) }
    French { "app-lang-fr", View, TRANSLATE, None, |s| prefs(s, |p| p.lang = Lang::Fr) }
    IsoDates { "app-iso-dates", View, CALENDAR, None, |s| prefs(s, |p| p.iso_dates = !p.iso_dates) }
    Larger { "app-larger", View, TEXT_AA, key(CTRL, Key::Plus), |s| scale(s, 1.1) }
    Smaller { "app-smaller", View, TEXT_AA, key(CTRL, Key::Minus), |s| scale(s, 1.0 / 1.1) }
    NormalSize { "app-normal-size", View, TEXT_AA, key(CTRL, Key::Num0), |s| prefs(s, |p| p.scale = 1.0) }

    Play { "app-play", Time, PLAY, key(Modifiers::NONE, Key::Space), |_s| send(Command::TogglePlay) }
    StepForward { "app-step-forward", Time, CARET_RIGHT, key(Modifiers::NONE, Key::ArrowRight), |_s| send(Command::Step(1)) }
    StepBack { "app-step-back", Time, CARET_LEFT, key(Modifiers::NONE, Key::ArrowLeft), |_s| send(Command::Step(-1)) }
    NextEvent { "app-next-event", Time, SKIP_FORWARD, key(Modifiers::SHIFT, Key::ArrowRight), |_s| send(Command::StepEvent(1)) }
    PreviousEvent { "app-previous-event", Time, SKIP_BACK, key(Modifiers::SHIFT, Key::ArrowLeft), |_s| send(Command::StepEvent(-1)) }
    FirstEvent { "app-first-event", Time, CARET_LINE_LEFT, key(Modifiers::NONE, Key::Home), |_s| send(Command::StepEnd(false)) }
    LastEvent { "app-last-event", Time, CARET_LINE_RIGHT, key(Modifiers::NONE, Key::End), |_s| send(Command::StepEnd(true)) }
    WindowAll { "app-window-all", Time, ARROWS_OUT_LINE_HORIZONTAL, key(Modifiers::NONE, Key::A), |_s| send(Command::WindowAll) }
    CoarserStep { "app-coarser-step", Time, CARET_DOUBLE_UP, key(Modifiers::NONE, Key::CloseBracket), |s| unit(s, true) }
    FinerStep { "app-finer-step", Time, CARET_DOUBLE_DOWN, key(Modifiers::NONE, Key::OpenBracket), |s| unit(s, false) }
    Slide { "app-mode-slide", Time, ARROWS_HORIZONTAL, None, |_s| send(Command::SetMode(Mode::Slide)) }
    Cumulative { "app-mode-cumulative", Time, STACK, None, |_s| send(Command::SetMode(Mode::Cumulative)) }
    Trailing { "app-mode-trailing", Time, WIND, None, |_s| send(Command::SetMode(Mode::Trailing)) }
    Loop { "app-loop", Time, REPEAT, None, |s| send(Command::SetLoop(!s.playback.looping)) }

    Help { "app-help", Help, KEYBOARD, key(Modifiers::NONE, Key::F1), |_s| Act::Op(UiOp::Help) }
    Tour { "app-tour", Help, SIGNPOST, None, |_s| Act::Op(UiOp::Tour) }
    About { "app-about", Help, INFO, None, |_s| Act::Op(UiOp::About) }
}

impl Action {
    /// Whether a switch it flips is on; `None` if it is no switch.
    #[must_use]
    pub fn is_on(self, s: &Session) -> Option<bool> {
        let mut layout = s.layout;
        let layers = s.map.layers;
        Some(match self {
            Self::Certainly => s.scope.certainly,
            Self::ToggleFilters => *layout.switch(Panel::Filters),
            Self::ToggleDetails => *layout.switch(Panel::Details),
            Self::ToggleTimeline => *layout.switch(Panel::Timeline),
            Self::ToggleTable => *layout.switch(Panel::Table),
            Self::ToggleLegend => *layout.switch(Panel::Legend),
            Self::ToggleShelf => *layout.switch(Panel::Shelf),
            Self::Relief => layers.relief,
            Self::Labels => layers.labels,
            Self::Precision => layers.precision,
            Self::MarkLabels => layers.mark_labels,
            Self::Graticule => layers.graticule,
            Self::ThemeLight => s.prefs.theme == ThemeChoice::Light,
            Self::ThemeDark => s.prefs.theme == ThemeChoice::Dark,
            Self::ThemeSystem => s.prefs.theme == ThemeChoice::System,
            Self::English => s.prefs.lang == Lang::En,
            Self::French => s.prefs.lang == Lang::Fr,
            Self::IsoDates => s.prefs.iso_dates,
            Self::Slide => s.playback.mode == Mode::Slide,
            Self::Cumulative => s.playback.mode == Mode::Cumulative,
            Self::Trailing => s.playback.mode == Mode::Trailing,
            Self::Loop => s.playback.looping,
            _ => return None,
        })
    }

    /// Key of the name of the menu within the menu that it is in, if any.
    #[must_use]
    pub fn group(self) -> Option<&'static str> {
        Some(match self {
            Self::ToggleFilters
            | Self::ToggleDetails
            | Self::ToggleTimeline
            | Self::ToggleTable
            | Self::ToggleLegend
            | Self::ToggleShelf => "app-group-panels",
            Self::Relief | Self::Labels | Self::Precision | Self::MarkLabels | Self::Graticule => {
                "app-group-layers"
            }
            Self::ThemeLight | Self::ThemeDark | Self::ThemeSystem => "app-group-theme",
            Self::English | Self::French => "app-group-language",
            Self::Larger | Self::Smaller | Self::NormalSize => "app-group-text",
            Self::Slide | Self::Cumulative | Self::Trailing => "app-group-mode",
            _ => return None,
        })
    }

    /// The action whose shortcut was pressed, which is used up. Shortcuts that
    /// mean something in a text field never fire while text is being typed,
    /// and those that a focused widget understands go to that widget. `typing`
    /// says that a text field had the focus when the frame began: what was
    /// typed may have ended with Enter, and then it has it no more.
    #[must_use]
    pub fn pressed(ctx: &egui::Context, typing: bool) -> Option<Self> {
        let typing = typing || ctx.text_edit_focused();
        let focused = ctx.egui_wants_keyboard_input();
        let mut by_modifiers: Vec<_> = Self::ALL
            .iter()
            .filter_map(|a| a.shortcut().map(|s| (*a, s)))
            .filter(|(_, s)| {
                let plain = !s.modifiers.command && !s.modifiers.alt;
                let text = typing && (plain || edits_text(s.logical_key));
                let widget = focused && plain && is_widget_key(s.logical_key);
                !(text || widget)
            })
            .collect();
        // Ctrl+Shift+Z before Ctrl+Z: the looser one would match both.
        by_modifiers.sort_by_key(|(_, s)| {
            let m = s.modifiers;
            std::cmp::Reverse(u8::from(m.command) + u8::from(m.shift) + u8::from(m.alt))
        });
        ctx.input_mut(|input| {
            // On many keyboards + is Shift and =, and people leave Shift out.
            for (equals, plus) in [(CTRL, Self::Larger), (Modifiers::NONE, Self::ZoomIn)] {
                let typed = typing && equals == Modifiers::NONE;
                if !typed && input.consume_key(equals, Key::Equals) {
                    return Some(plus);
                }
            }
            by_modifiers
                .into_iter()
                .find(|(_, s)| input.consume_shortcut(s))
                .map(|(a, _)| a)
        })
    }
}

/// A shortcut as the keyboard shows it: "Ctrl+]", not "Ctrl+CloseBracket".
#[must_use]
pub fn shortcut_text(ctx: &egui::Context, shortcut: &KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(shortcut);
    let key = shortcut.logical_key;
    match text.strip_suffix(key.name()) {
        Some(modifiers) => format!("{modifiers}{}", key.symbol_or_name()),
        None => text,
    }
}

/// Whether a text field acts on a key with Ctrl or Alt: undo, all, paste, word by word.
fn edits_text(key: Key) -> bool {
    matches!(
        key,
        Key::A | Key::V | Key::Z | Key::Backspace | Key::ArrowLeft | Key::ArrowRight
    )
}

/// Whether a focused button, slider or canvas acts on a key by itself.
fn is_widget_key(key: Key) -> bool {
    matches!(
        key,
        Key::Space
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::Home
            | Key::End
            | Key::Plus
            | Key::Minus
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn keys_and_shortcuts_are_unique() {
        let mut keys = HashSet::new();
        let mut shortcuts = HashSet::new();
        for action in Action::ALL {
            assert!(keys.insert(action.key()), "{action:?}");
            if let Some(s) = action.shortcut() {
                assert!(shortcuts.insert(format!("{s:?}")), "{action:?}");
            }
        }
    }
}
