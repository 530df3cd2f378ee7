//! Search everything: actions, events, actors, places, sources.

use std::sync::Arc;

use egui::{Align2, Area, Frame, Id, Key, Margin, Modifiers, RichText, ScrollArea, Stroke, vec2};
use egui_phosphor::regular as icon;

use crate::session::{Command, Focus};
use crate::view::search::{Hit, matches, search, takes_long};

use super::{Act, Action, Ctx, Work};

/// Width of the palette in points, if the window has it.
const WIDTH: f32 = 560.0;

enum Row {
    Action(Action),
    Hit(Hit),
}

/// State of the palette.
#[derive(Default)]
pub struct Palette {
    open: bool,
    query: String,
    at: usize,
    /// What was found for a dataset, query and language.
    found: Work<Sought, Vec<Hit>>,
    /// Enter was pressed before it was found.
    entered: bool,
}

/// What a search depends on: revision of the dataset, query and language.
type Sought = (u64, String, &'static str);

impl Palette {
    /// Opens it, empty.
    pub fn open(&mut self) {
        *self = Self {
            open: true,
            ..Self::default()
        };
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether it has yet to find what is looked for.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.open && self.found.is_under_way()
    }

    /// Shows it if it is open; answers with what was chosen.
    pub fn show(&mut self, ctx: &egui::Context, cx: &Ctx<'_>) -> Option<Act> {
        if !self.open {
            return None;
        }
        if ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
            self.open = false;
            return None;
        }
        let rows = self.rows(ctx, cx);
        let moved = self.keys(ctx, rows.len());
        let mut chosen = None;
        // What is chosen is what was looked for, not what was found before.
        self.entered |= ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter));
        let enter = self.entered && !self.found.is_under_way();
        self.entered &= !enter;
        let width = WIDTH.min(ctx.content_rect().width() - 32.0);
        let area = Area::new(Id::unique("palette"))
            .anchor(Align2::CENTER_TOP, vec2(0.0, 48.0))
            .order(egui::Order::Foreground)
            .show(ctx, |ui| {
                let p = cx.theme.palette;
                Frame::new()
                    .fill(p.card)
                    .stroke(Stroke::new(1.0, p.line))
                    .corner_radius(4)
                    .inner_margin(Margin::same(8))
                    .shadow(ui.style().visuals.popup_shadow)
                    .show(ui, |ui| {
                        ui.set_width(width);
                        self.field(ui, cx);
                        let searching = self.found.is_under_way();
                        if rows.is_empty() || searching {
                            let key = if searching {
                                "filter-searching"
                            } else {
                                "app-search-nothing"
                            };
                            ui.add_space(8.0);
                            ui.weak(cx.tr.t(key));
                        }
                        let height = (ctx.content_rect().height() - 160.0).clamp(120.0, 420.0);
                        // Not held to the room that a shorter list had before.
                        let list = ScrollArea::vertical().max_height(height);
                        list.min_scrolled_height(height).show(ui, |ui| {
                            for (at, row) in rows.iter().enumerate() {
                                let response = line(ui, cx, row, at == self.at);
                                if at == self.at && moved {
                                    response.scroll_to_me(None);
                                }
                                if response.clicked() || (enter && at == self.at) {
                                    chosen = Some(at);
                                }
                            }
                        });
                    });
            });
        let outside = ctx.input(|i| {
            i.pointer.any_pressed()
                && i.pointer
                    .interact_pos()
                    .is_some_and(|pos| !area.response.rect.contains(pos))
        });
        if outside {
            self.open = false;
        }
        let row = rows.into_iter().nth(chosen?)?;
        self.open = false;
        Some(match row {
            Row::Action(action) => action.act(cx.session()),
            Row::Hit(hit) => Act::Send(Command::Open(hit.focus)),
        })
    }

    fn field(&mut self, ui: &mut egui::Ui, cx: &Ctx<'_>) {
        let hint = cx.tr.t("app-search-hint");
        let field = ui.add(
            egui::TextEdit::singleline(&mut self.query)
                .hint_text(&hint)
                .desired_width(f32::INFINITY)
                .margin(Margin::symmetric(8, 8)),
        );
        super::name_field(&field, &hint);
        field.request_focus();
        if field.changed() {
            self.at = 0;
        }
    }

    /// What is found, in the background where that takes long: then what was
    /// found before stays meanwhile.
    fn rows(&mut self, ctx: &egui::Context, cx: &Ctx<'_>) -> Vec<Row> {
        let dataset = cx.bench.dataset();
        let key = (dataset.revision(), self.query.clone(), cx.lang());
        if self.found.wants(&key) {
            let (query, lang) = (self.query.clone(), cx.lang());
            if takes_long(dataset) && !query.is_empty() {
                let dataset = Arc::clone(dataset);
                self.found
                    .begin(ctx, key, move |_| Some(search(&dataset, &query, lang)));
            } else {
                self.found.put(key, search(dataset, &query, lang));
            }
        }
        let found = self.found.made();
        let hits = found.filter(|(key, _)| key.0 == dataset.revision());
        let hits = hits.into_iter().flat_map(|(_, hits)| hits.clone());
        let actions = Action::ALL
            .iter()
            .filter(|a| self.query.is_empty() || matches(&self.query, &title(cx, **a)));
        hits.map(Row::Hit)
            .chain(actions.map(|a| Row::Action(*a)))
            .collect()
    }

    fn keys(&mut self, ctx: &egui::Context, n: usize) -> bool {
        let last = n.saturating_sub(1);
        self.at = self.at.min(last);
        let before = self.at;
        ctx.input_mut(|i| {
            if i.consume_key(Modifiers::NONE, Key::ArrowDown) {
                self.at = (self.at + 1).min(last);
            }
            if i.consume_key(Modifiers::NONE, Key::ArrowUp) {
                self.at = self.at.saturating_sub(1);
            }
        });
        self.at != before
    }
}

/// An action's name, with that of the menu it is in where it needs it.
fn title(cx: &Ctx<'_>, action: Action) -> String {
    let name = cx.tr.t(action.key());
    match action.group() {
        Some(group) => format!("{} · {name}", cx.tr.t(group)),
        None => name,
    }
}

fn line(ui: &mut egui::Ui, cx: &Ctx<'_>, row: &Row, selected: bool) -> egui::Response {
    let (sign, text, kind, extra) = match row {
        Row::Action(a) => {
            let shortcut = a.shortcut().map(|s| super::shortcut_text(ui.ctx(), &s));
            (a.icon(), title(cx, *a), "app-found-action", shortcut)
        }
        Row::Hit(hit) => {
            let (sign, kind) = match hit.focus {
                Focus::Event(_) => (icon::MAP_PIN, "app-found-event"),
                Focus::Actor(_) => (icon::USERS, "app-found-actor"),
                Focus::Place(_) => (icon::MAP_TRIFOLD, "app-found-place"),
                Focus::Source(_) => (icon::FILE_TEXT, "app-found-source"),
            };
            (sign, hit.label.clone(), kind, hit.matched.clone())
        }
    };
    let kind = cx.tr.t(kind);
    let p = cx.theme.palette;
    let response = ui
        .scope(|ui| {
            let fill = if selected { p.hover } else { p.card };
            Frame::new()
                .fill(fill)
                .corner_radius(4)
                .inner_margin(Margin::symmetric(8, 4))
                .show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(sign).color(p.weak));
                        ui.add(egui::Label::new(&text).truncate().selectable(false));
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            ui.add(
                                egui::Label::new(RichText::new(&kind).small().weak())
                                    .selectable(false),
                            );
                            if let Some(extra) = &extra {
                                ui.add(
                                    egui::Label::new(RichText::new(extra).small().weak())
                                        .truncate()
                                        .selectable(false),
                                );
                            }
                        });
                    });
                });
        })
        .response
        .interact(egui::Sense::click());
    super::name(&response, &format!("{text} · {kind}"));
    response
}
