//! A facet that may have thousands of rows.

use std::collections::BTreeSet;

use egui::{Button, TextEdit, Ui};

use crate::model::fold;
use crate::ui::Ctx;
use crate::ui::widgets::{Memo, small};

/// Rows of a long facet shown before "show all". Trade-off: enough to see who
/// matters, few enough that all facets are in reach.
const FEW: usize = 8;

/// From this many rows on, a list shown whole gets a search field.
const MANY: usize = 15;

/// Most rows of a list shown whole; beyond it, search.
const MOST: usize = 300;

/// A long facet: whether it is shown whole, and what is searched in it.
#[derive(Default)]
pub(super) struct Long {
    whole: bool,
    query: String,
    /// For each thing there is whether it matches, by dataset, query and
    /// language.
    matching: Memo<(u64, String, &'static str), Vec<bool>>,
}

/// The things that a long facet is of.
pub(super) struct Things<'a, I> {
    /// Names its texts, and tells its rows apart from those of others.
    pub id: &'a str,
    /// How many there are.
    pub all: usize,
    /// Each by its number.
    pub of: fn(usize) -> I,
    /// Its number.
    pub number: fn(I) -> usize,
    /// Those in the current set with their counts.
    pub counts: &'a [(I, u64)],
    /// Those let through.
    pub chosen: &'a BTreeSet<I>,
}

impl Long {
    /// The first rows, those chosen, and on demand all that match a search.
    pub fn show<I: Copy + Ord>(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        things: &Things<'_, I>,
        matches: impl Fn(I, &str) -> bool,
        mut row: impl FnMut(&mut Ui, I, u64, bool),
    ) {
        let (id, counts, chosen) = (things.id, things.counts, things.chosen);
        if !self.whole || counts.len() <= FEW {
            for (ix, n) in counts.iter().take(FEW) {
                row(ui, *ix, *n, chosen.contains(ix));
            }
            // Most of the time none is chosen, and there may be very many.
            let rest = if chosen.is_empty() {
                &[]
            } else {
                counts.get(FEW..).unwrap_or_default()
            };
            for (ix, n) in rest.iter().filter(|(ix, _)| chosen.contains(ix)) {
                row(ui, *ix, *n, true);
            }
        } else {
            if counts.len() >= MANY {
                let hint = cx.tr.t(&format!("filter-find-{id}"));
                ui.add_space(2.0);
                ui.add(
                    TextEdit::singleline(&mut self.query)
                        .hint_text(&hint)
                        .desired_width(f32::INFINITY),
                )
                .accessible_name(&hint);
                ui.add_space(4.0);
            }
            let query = fold(&self.query);
            let key = (cx.dataset().revision(), query.clone(), cx.lang());
            let matching = self.matching.get(key, || {
                if query.is_empty() {
                    return Vec::new();
                }
                (0..things.all)
                    .map(|at| matches((things.of)(at), &query))
                    .collect()
            });
            let found = counts.iter().filter(|(ix, _)| {
                query.is_empty() || matching.get((things.number)(*ix)).is_some_and(|is| *is)
            });
            let mut none = true;
            for (ix, n) in found.take(MOST) {
                none = false;
                row(ui, *ix, *n, chosen.contains(ix));
            }
            if none {
                ui.label(small(cx.theme, cx.tr.t("filter-none-found")));
            }
        }
        if counts.len() > FEW {
            let text = if self.whole {
                cx.tr.t("filter-show-fewer")
            } else {
                cx.tr.n("filter-show-all", counts.len() as u64)
            };
            // Which list it is goes into the name, not into the text.
            let name = format!("{text} – {}", cx.tr.t(&format!("filter-{id}")));
            let button = Button::new(small(cx.theme, text)).frame_when_inactive(false);
            if ui.add(button).accessible_name(name).clicked() {
                self.whole = !self.whole;
                self.query.clear();
            }
        }
    }
}
