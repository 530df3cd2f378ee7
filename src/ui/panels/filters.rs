//! The panel at the left: everything but the window that narrows the set.

use std::sync::Arc;

use egui::{Button, Label, ScrollArea, TextEdit, Ui};
use egui_phosphor::regular as icon;

use crate::model::{ActorIx, Flag, PlaceIx, SourceIx, fold};
use crate::session::{Command, Layer};
use crate::ui::text::visual;
use crate::ui::widgets::{Memo, icon_button, section, weak};
use crate::ui::{Ctx, Work};
use crate::view::claim_value::grouped;
use crate::view::search::takes_long;

use super::facet::{Facet, Lead, facet};
use super::long::{Long, Things};
use super::words;

/// The panel at the left.
#[derive(Default)]
pub struct FiltersPanel {
    actors: Long,
    places: Long,
    sources: Long,
    /// Sources by their counts, for a dataset and a current set.
    by_count: Memo<(u64, u64), Vec<(SourceIx, u64)>>,
    /// The text being typed: kept so that a blank at its end is not lost.
    text: String,
    /// The text of the filter when what is typed began to be looked for.
    before: Option<String>,
    /// Looks for what is typed where that takes long, so that it is known when
    /// the filter asks for it.
    search: Work<(u64, String), ()>,
}

impl FiltersPanel {
    /// The panel as it opens.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether what is typed has yet to be looked for.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.before.is_some()
    }

    /// Shows the filters with how many events each would let through.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        self.search(ui, cx);
        ScrollArea::vertical()
            .id_salt("filters")
            .auto_shrink(false)
            .show(ui, |ui| {
                ui.set_max_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 0.0;
                files(ui, cx);
                kinds(ui, cx);
                sides(ui, cx);
                self.actors(ui, cx);
                self.sources(ui, cx);
                self.places(ui, cx);
                flags(ui, cx);
                certainty(ui, cx);
                layers(ui, cx);
                ui.add_space(16.0);
            });
    }

    fn search(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let filter = &cx.session().scope.filter;
        // Somebody else changed it: undo, "clear", the palette.
        let own = self.before.as_ref().is_some_and(|b| *b == filter.text);
        if !own && self.text.trim() != filter.text.trim() {
            self.text.clone_from(&filter.text);
            self.before = None;
        }
        let hint = cx.tr.t("filter-search");
        let field = ui
            .add(
                TextEdit::singleline(&mut self.text)
                    .hint_text(&hint)
                    .desired_width(f32::INFINITY),
            )
            .accessible_name(&hint);
        if field.changed() {
            self.before = Some(filter.text.clone());
        }
        self.look_for(ui.ctx(), cx);
        let shown = cx.current().shown().len();
        let all = cx.dataset().len() as u64;
        ui.horizontal(|ui| {
            let text = cx
                .tr
                .with("filter-shown", &[("n", shown.into()), ("all", all.into())]);
            ui.add(Label::new(weak(cx.theme, text)).truncate());
            if self.is_searching() {
                let text = cx.tr.t("filter-searching");
                ui.add(Label::new(weak(cx.theme, text)).truncate());
            }
        });
        if !filter.is_empty() {
            let name = cx.tr.t("filter-clear");
            let text = format!("{} {name}", icon::X);
            if ui.add(Button::new(text)).accessible_name(name).clicked() {
                cx.send(Command::ClearFilter);
            }
        }
        if filter.area.is_some() {
            ui.horizontal(|ui| {
                if icon_button(ui, icon::X, &cx.tr.t("filter-area-clear")).clicked() {
                    cx.send(Command::SetArea(None));
                }
                let text = format!("{} {}", icon::BOUNDING_BOX, cx.tr.t("filter-area"));
                ui.add(Label::new(text).truncate());
            });
        }
    }

    /// Filters by what is typed as soon as it is known what that finds.
    /// To be asked also while the panel is hidden.
    pub fn look_for(&mut self, ctx: &egui::Context, cx: &Ctx<'_>) {
        if self.before.is_none() {
            return;
        }
        let dataset = cx.bench.dataset();
        let key = (dataset.revision(), self.text.clone());
        if takes_long(dataset) && !self.text.trim().is_empty() {
            if self.search.wants(&key) {
                let (dataset, text) = (Arc::clone(dataset), self.text.clone());
                self.search.begin(ctx, key, move |_| {
                    let _ = dataset.search(&text);
                    Some(())
                });
                return;
            }
            if self.search.is_under_way() {
                return;
            }
        }
        self.before = None;
        cx.send(Command::SetText(self.text.clone()));
    }

    fn actors(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let counts = &cx.current().facets.actors;
        let chosen = &cx.session().scope.filter.actors;
        let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
        section(ui, cx.theme, &cx.tr.t("filter-actor"));
        let name = |ix: ActorIx| words::actor(cx, ix);
        let matches = |ix: ActorIx, q: &str| {
            let names = &cx.dataset().actor(ix).names;
            names.iter().any(|n| fold(&n.name).contains(q))
        };
        let things = Things {
            id: "actor",
            all: cx.dataset().actors().len(),
            of: ActorIx::new,
            number: ActorIx::at,
            counts,
            chosen,
        };
        self.actors.show(ui, cx, &things, matches, |ui, ix, n, on| {
            let lead = Lead::Bar(n as f32 / most as f32);
            let row = Facet {
                lead,
                name: &name(ix),
                count: Some(n),
                on,
            };
            if facet(ui, cx, ("actor", ix), &row).clicked() {
                cx.send(Command::ToggleActor(ix));
            }
        });
    }

    fn sources(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let chosen = &cx.session().scope.filter.sources;
        section(ui, cx.theme, &cx.tr.t("filter-source"));
        let key = (cx.dataset().revision(), cx.current().revision);
        let counts = self.by_count.get(key, || {
            let mut counts = cx.current().facets.sources.clone();
            counts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
            counts
        });
        let things = Things {
            id: "source",
            all: cx.dataset().sources().len(),
            of: SourceIx::new,
            number: SourceIx::at,
            counts,
            chosen,
        };
        self.sources.show(
            ui,
            cx,
            &things,
            |ix, q| fold(&words::source(cx, ix)).contains(q),
            |ui, ix, n, on| {
                let row = Facet {
                    lead: Lead::None,
                    name: &words::source(cx, ix),
                    count: Some(n),
                    on,
                };
                if facet(ui, cx, ("source", ix), &row).clicked() {
                    cx.send(Command::ToggleSource(ix));
                }
            },
        );
    }

    fn places(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let chosen = &cx.session().scope.filter.places;
        section(ui, cx.theme, &cx.tr.t("filter-place"));
        let things = Things {
            id: "place",
            all: cx.dataset().places().len(),
            of: PlaceIx::new,
            number: PlaceIx::at,
            counts: &cx.current().facets.places,
            chosen,
        };
        self.places.show(
            ui,
            cx,
            &things,
            |ix: PlaceIx, q| {
                let names = &cx.dataset().place(ix).names;
                names.iter().any(|(_, n)| fold(n).contains(q))
            },
            |ui, ix, n, on| {
                let row = Facet {
                    lead: Lead::None,
                    name: &words::place(cx, ix),
                    count: Some(n),
                    on,
                };
                if facet(ui, cx, ("place", ix), &row).clicked() {
                    cx.send(Command::TogglePlace(ix));
                }
            },
        );
    }
}

/// The files that are shown together, if there are several.
fn files(ui: &mut Ui, cx: &Ctx<'_>) {
    let layers = cx.dataset().layers();
    if layers.len() < 2 {
        return;
    }
    section(ui, cx.theme, &cx.tr.t("filter-file"));
    for (at, n) in &cx.current().facets.layers {
        let Some(layer) = layers.get(usize::from(*at)) else {
            continue;
        };
        let row = Facet {
            lead: Lead::None,
            name: &visual(&layer.name),
            count: Some(*n),
            on: cx.session().scope.filter.layers.contains(at),
        };
        if facet(ui, cx, ("file", *at), &row).clicked() {
            cx.send(Command::ToggleFile(*at));
        }
    }
}

fn kinds(ui: &mut Ui, cx: &Ctx<'_>) {
    section(ui, cx.theme, &cx.tr.t("filter-kind"));
    for (kind, n) in &cx.current().facets.kinds {
        let row = Facet {
            lead: Lead::Mark(*kind),
            name: &cx.tr.t(&format!("kind-{}", kind.id())),
            count: Some(*n),
            on: cx.session().scope.filter.kinds.contains(kind),
        };
        if facet(ui, cx, ("kind", *kind), &row).clicked() {
            cx.send(Command::ToggleKind(*kind));
        }
    }
}

fn sides(ui: &mut Ui, cx: &Ctx<'_>) {
    section(ui, cx.theme, &cx.tr.t("filter-side"));
    for (side, n) in &cx.current().facets.sides {
        let row = Facet {
            lead: Lead::Dot(*side),
            name: &words::side(cx, *side),
            count: Some(*n),
            on: cx.session().scope.filter.sides.contains(side),
        };
        if facet(ui, cx, ("side", *side), &row).clicked() {
            cx.send(Command::ToggleSide(*side));
        }
    }
}

fn flags(ui: &mut Ui, cx: &Ctx<'_>) {
    section(ui, cx.theme, &cx.tr.t("filter-evidence"));
    for (flag, n) in &cx.current().facets.flags {
        let id = flag.map_or("none", Flag::id);
        let row = Facet {
            lead: Lead::None,
            name: &cx.tr.t(&format!("flag-{id}")),
            count: Some(*n),
            on: cx.session().scope.filter.flags.contains(flag),
        };
        if facet(ui, cx, ("flag", *flag), &row).clicked() {
            cx.send(Command::ToggleFlag(*flag));
        }
    }
}

/// Two choices, of which one holds, each with its count.
fn certainty(ui: &mut Ui, cx: &Ctx<'_>) {
    section(ui, cx.theme, &cx.tr.t("filter-certainty"));
    let selected = &cx.current().selected;
    ui.spacing_mut().item_spacing.y = 2.0;
    for (certainly, key, n) in [
        (false, "filter-possibly", selected.possible.len()),
        (true, "filter-certainly", selected.certain.len()),
    ] {
        let on = cx.session().scope.certainly == certainly;
        let count = grouped(i64::try_from(n).unwrap_or(i64::MAX));
        let text = cx.tr.t(key);
        let response = ui.horizontal(|ui| {
            let response = ui.radio(on, &text);
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(right, |ui| {
                ui.add_space(4.0);
                ui.label(weak(cx.theme, &count));
            });
            response
        });
        let response = response.inner.accessible_name(format!("{text}: {n}"));
        if response.clicked() && !on {
            cx.send(Command::SetCertainly(certainly));
        }
    }
    ui.spacing_mut().item_spacing.y = 0.0;
}

fn layers(ui: &mut Ui, cx: &Ctx<'_>) {
    section(ui, cx.theme, &cx.tr.t("filter-layers"));
    for (layer, key) in [
        (Layer::Relief, "filter-layer-relief"),
        (Layer::Labels, "filter-layer-labels"),
        (Layer::Precision, "filter-layer-precision"),
        (Layer::MarkLabels, "filter-layer-mark-labels"),
        (Layer::Graticule, "filter-layer-graticule"),
    ] {
        let row = Facet {
            lead: Lead::None,
            name: &cx.tr.t(key),
            count: None,
            on: cx.session().map.layers.has(layer),
        };
        if facet(ui, cx, ("layer", key), &row).clicked() {
            cx.send(Command::ToggleLayer(layer));
        }
    }
}
