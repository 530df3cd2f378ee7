//! What has changed in the files of what is open.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::dataset::Dataset;
use crate::model::EventRow;
use crate::model::time::describe;
use crate::ui::Ctx;
use crate::ui::text::visual;
use crate::ui::widgets::{small, weak};
use crate::view::difference::{Difference, Field, FieldChange, fields};

use super::Asked;

/// Height of an added or removed event, in points: title and date.
const ROW: f32 = 40.0;

/// Letters of a value shown.
const LETTERS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Added,
    Removed,
    Changed,
}

/// The difference between what is open and its files as they are now.
pub struct Changes {
    old: Arc<Dataset>,
    new: Arc<Dataset>,
    difference: Difference,
    tab: Tab,
    /// How many of the changed events are unfolded further down.
    pages: usize,
    /// An event of the new one to show once it is taken over.
    chosen: Option<EventRow>,
    /// What changed of those that were looked at.
    told: HashMap<EventRow, Vec<FieldChange>>,
}

/// Changed events shown at once: their heights differ.
const PAGE: usize = 50;

impl Changes {
    /// A difference to look at.
    #[must_use]
    pub fn new(old: Arc<Dataset>, new: Arc<Dataset>, difference: Difference) -> Self {
        let tab = if !difference.changed.is_empty() {
            Tab::Changed
        } else if !difference.added.is_empty() {
            Tab::Added
        } else {
            Tab::Removed
        };
        Self {
            old,
            new,
            difference,
            tab,
            pages: 0,
            chosen: None,
            told: HashMap::new(),
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) -> Option<Asked> {
        ui.add(Label::new(cx.tr.t("app-changes-what")).wrap());
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            let d = &self.difference;
            for (tab, key, n) in [
                (Tab::Changed, "app-changes-changed", d.changed.len()),
                (Tab::Added, "app-changes-added", d.added.len()),
                (Tab::Removed, "app-changes-removed", d.removed.len()),
            ] {
                let text = cx.tr.n(key, n as u64);
                if ui.selectable_label(self.tab == tab, text).clicked() {
                    self.tab = tab;
                    self.pages = 0;
                }
            }
        });
        if !self.difference.tables.is_empty() {
            ui.add(Label::new(small(cx.theme, beside(cx, &self.difference))).wrap());
        }
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(80.0, 460.0);
        match self.tab {
            Tab::Changed => self.changed(ui, cx, height),
            Tab::Added => {
                let (rows, dataset) = (&self.difference.added, &self.new);
                events(ui, cx, dataset, rows, height, &mut Some(&mut self.chosen));
            }
            Tab::Removed => {
                let (rows, dataset) = (&self.difference.removed, &self.old);
                events(ui, cx, dataset, rows, height, &mut None);
            }
        }
        ui.add_space(8.0);
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            if ui.button(cx.tr.t("app-changes-take")).clicked() {
                asked = Some(Asked::TakeOver(self.chosen));
            }
            if ui.button(cx.tr.t("app-changes-keep")).clicked() {
                asked = Some(Asked::Keep);
            }
        });
        asked
    }

    /// The changed events with what changed of each.
    fn changed(&mut self, ui: &mut Ui, cx: &Ctx<'_>, height: f32) {
        let list = ScrollArea::vertical().id_salt("changed").max_height(height);
        list.auto_shrink([false, true]).show(ui, |ui| {
            ui.set_max_width(ui.available_width());
            let shown = PAGE * (self.pages + 1);
            for (a, b) in self.difference.changed.iter().take(shown) {
                let chosen = self.chosen == Some(*b);
                if title(ui, cx, &self.new, *b, chosen) {
                    self.chosen = Some(*b);
                }
                let told = self
                    .told
                    .entry(*b)
                    .or_insert_with(|| fields(&self.old, &self.new, *a, *b));
                for change in told {
                    one(ui, cx, change);
                }
                ui.add_space(8.0);
            }
            let more = self.difference.changed.len().saturating_sub(shown);
            if more > 0
                && ui
                    .button(cx.tr.n("app-changes-more", more as u64))
                    .clicked()
            {
                self.pages += 1;
            }
        });
    }
}

/// What has changed beside the events, in one line.
fn beside(cx: &Ctx<'_>, difference: &Difference) -> String {
    let tables = difference.tables.iter().map(|change| {
        let key = format!("app-changes-table-{}", change.table.id());
        cx.tr.n(&key, change.len() as u64)
    });
    let list: Vec<String> = tables.collect();
    cx.tr.s("app-changes-beside", &list.join(", "))
}

/// Events by title and date; with `chosen`, one of them can be.
fn events(
    ui: &mut Ui,
    cx: &Ctx<'_>,
    dataset: &Dataset,
    rows: &[EventRow],
    height: f32,
    chosen: &mut Option<&mut Option<EventRow>>,
) {
    let list = ScrollArea::vertical().id_salt("events").max_height(height);
    let list = list.auto_shrink([false, true]);
    list.show_rows(ui, ROW, rows.len(), |ui, range| {
        for row in rows.get(range).unwrap_or_default() {
            ui.allocate_ui(egui::vec2(ui.available_width(), ROW), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                if let Some(chosen) = chosen {
                    if title(ui, cx, dataset, *row, **chosen == Some(*row)) {
                        **chosen = Some(*row);
                    }
                } else {
                    ui.add(Label::new(name(cx, dataset, *row)).truncate());
                }
                let event = dataset.event(*row);
                let when = match &event.when {
                    Some(when) => describe(when, cx.session().prefs.lang),
                    None => cx.tr.t("panel-no-date"),
                };
                let place = dataset.place_name(*row, cx.lang());
                let line = if place.is_empty() {
                    when
                } else {
                    format!("{when} · {}", visual(place))
                };
                ui.add(Label::new(small(cx.theme, line)).truncate());
            });
        }
    });
}

/// The title of an event; its id if it has none.
fn name(cx: &Ctx<'_>, dataset: &Dataset, row: EventRow) -> String {
    match dataset.title(row, cx.lang()) {
        "" => dataset.event(row).id.clone(),
        title => visual(title),
    }
}

/// A title that can be chosen.
fn title(ui: &mut Ui, cx: &Ctx<'_>, dataset: &Dataset, row: EventRow, chosen: bool) -> bool {
    ui.scope(|ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        ui.selectable_label(chosen, name(cx, dataset, row))
            .on_hover_text(cx.tr.t("app-changes-choose"))
            .clicked()
    })
    .inner
}

/// A value before and after, one above the other.
fn one(ui: &mut Ui, cx: &Ctx<'_>, change: &FieldChange) {
    let key = match change.field {
        Field::Attributes => change.name.clone(),
        field => cx.tr.t(&format!("field-{}", field.id())),
    };
    crate::ui::widgets::row(ui, cx.theme, &key, |ui| {
        let empty = || cx.tr.t("app-changes-nothing");
        let text = |value: &str| match value {
            "" => empty(),
            value => cut(&visual(value)),
        };
        let old = weak(cx.theme, text(&change.old));
        let old = if change.old.is_empty() {
            old
        } else {
            old.strikethrough()
        };
        ui.add(Label::new(old).wrap());
        ui.add(Label::new(RichText::new(text(&change.new))).wrap());
    });
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
