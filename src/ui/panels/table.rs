//! The table of the current set.

mod cells;
mod copying;
mod scroll;

use std::sync::Arc;

use egui::{Align, Button, Layout, RichText, Sense, Ui, UiBuilder};
use egui_extras::{Column as Width, TableBuilder, TableRow};
use egui_phosphor::regular as icon;

use crate::model::EventRow;
use crate::session::{Command, Focus, Pick};
use crate::ui::widgets::{empty, weak};
use crate::ui::{Ctx, FONT_SMALL, Work, semibold};
use crate::view::claim_value::grouped;
use crate::view::table_rows::{Column, Order, sorted};
use crate::view::table_sort::{Rows, sort};

use cells::{cell, width};
use copying::{Copying, From, MOST};
use scroll::{BAR, MANY, Scroll, Sight};

/// Height of a row, in points.
const ROW: f32 = 24.0;

/// Sets up to this size are sorted at once: that takes a few milliseconds.
const AT_ONCE: u64 = 10_000;

/// What the order of rows depends on.
type Key = (u64, u64, Order, &'static str);

/// The table of the current set.
pub struct TablePanel {
    order: Order,
    /// In order of time, last first: shown until another order is there.
    last_first: bool,
    columns: Vec<Column>,
    /// Rows in another order than that of time, made in the background.
    sorted: Work<Key, Arc<Vec<EventRow>>>,
    scroll: Scroll,
    copying: Option<Copying>,
    /// Where a selection by range begins.
    anchor: Option<EventRow>,
    /// The event that was last scrolled to, or clicked here.
    seen: Option<EventRow>,
    /// The event that this table said the pointer was over.
    said: Option<EventRow>,
}

impl Default for TablePanel {
    fn default() -> Self {
        Self::new()
    }
}

impl TablePanel {
    /// The table as it opens: all columns, in order of time.
    #[must_use]
    pub fn new() -> Self {
        Self {
            order: Order::default(),
            last_first: false,
            columns: Column::ALL.to_vec(),
            sorted: Work::default(),
            scroll: Scroll::default(),
            copying: None,
            anchor: None,
            seen: None,
            said: None,
        }
    }

    /// Whether rows are being sorted or copied in the background.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.sorted.is_under_way() || self.copying.is_some()
    }

    /// Drops what is being made for a table that is not shown any more.
    pub fn hide(&mut self) {
        self.sorted.forget();
        self.copying = None;
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let list = self.sort(ui.ctx(), cx);
        let rows = match &list {
            Some(list) => Rows::List(list),
            None => Rows::Time(cx.current().shown(), self.last_first),
        };
        self.bar(ui, cx, list.as_ref());
        if rows.is_empty() {
            empty(ui, cx.theme, &cx.tr.t("table-empty"));
        } else {
            self.table(ui, cx, rows);
        }
    }

    /// The rows in another order than that of time, if one is asked for. Many
    /// are sorted in the background; until then the old order stays.
    fn sort(&mut self, ctx: &egui::Context, cx: &Ctx<'_>) -> Option<Arc<Vec<EventRow>>> {
        if self.order.column == Column::Date {
            self.last_first = self.order.descending;
            self.sorted.forget();
            return None;
        }
        let (order, lang) = (self.order, cx.lang());
        let dataset = cx.bench.dataset();
        let revision = dataset.revision();
        if self.sorted.made().is_some_and(|(key, _)| key.0 != revision) {
            self.sorted.forget();
        }
        let key = (revision, cx.current().revision, order, lang);
        if self.sorted.wants(&key) {
            let certainly = cx.current().certainly;
            let selected = &cx.current().selected;
            if cx.current().shown().len() <= AT_ONCE {
                let list = sorted(dataset, cx.current(), order, lang);
                self.sorted.put(key, Arc::new(list));
            } else {
                let (dataset, selected) = (Arc::clone(dataset), selected.clone());
                self.sorted.begin(ctx, key, move |stop| {
                    sort(&dataset, &selected, certainly, order, lang, stop).map(Arc::new)
                });
            }
        }
        self.sorted.made().map(|(_, list)| Arc::clone(list))
    }

    /// How many events, columns to show, and copying.
    fn bar(&mut self, ui: &mut Ui, cx: &Ctx<'_>, list: Option<&Arc<Vec<EventRow>>>) {
        ui.horizontal(|ui| {
            let n = cx.current().shown().len();
            ui.label(weak(cx.theme, cx.tr.n("table-events", n)));
            if self.sorted.is_under_way() {
                ui.label(weak(cx.theme, cx.tr.t("table-sorting")));
            }
            let right = Layout::right_to_left(Align::Center);
            ui.with_layout(right, |ui| {
                let name = cx.tr.t("table-columns");
                ui.menu_button(format!("{} {name}", icon::COLUMNS), |ui| {
                    self.choose(ui, cx);
                });
                self.copy(ui, cx, list);
            });
        });
    }

    /// The button that copies what is selected, or else everything; up to a
    /// number, which it says.
    fn copy(&mut self, ui: &mut Ui, cx: &Ctx<'_>, list: Option<&Arc<Vec<EventRow>>>) {
        if let Some(copying) = self.copying.take().filter(|c| c.is_of(cx)) {
            let taken = grouped(copying.taken());
            ui.label(weak(cx.theme, cx.tr.s("table-copying", &taken)));
            self.go_on(ui.ctx(), cx, copying);
            return;
        }
        let (shown, picked) = (cx.current().shown(), &cx.session().selection);
        let some = picked.meets(shown);
        let n = if some {
            picked.shared(shown)
        } else {
            shown.len()
        };
        let key = match (some, n > MOST.unsigned_abs()) {
            (false, false) => "table-copy",
            (true, false) => "table-copy-selected",
            (false, true) => "table-copy-first",
            (true, true) => "table-copy-first-selected",
        };
        let name = cx.tr.s(key, &grouped(MOST));
        let text = format!("{} {name}", icon::COPY);
        let button = ui.add_enabled(n > 0, Button::new(text));
        if button.accessible_name(name).clicked() {
            let mut only = shown.clone();
            if some {
                only.intersect(picked);
            }
            let from = match list {
                Some(list) => From::List(Arc::clone(list), only),
                None => From::Time(only, self.last_first),
            };
            let copying = Copying::new(cx, from, &self.columns);
            self.go_on(ui.ctx(), cx, copying);
        }
    }

    fn go_on(&mut self, ctx: &egui::Context, cx: &Ctx<'_>, mut copying: Copying) {
        if let Some(text) = copying.go_on(cx) {
            self.copying = None;
            cx.send(Command::Copy(text));
        } else {
            self.copying = Some(copying);
            ctx.request_repaint();
        }
    }

    fn choose(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        for column in Column::ALL {
            let mut on = self.columns.contains(&column);
            let name = cx.tr.t(&format!("table-{}", column.id()));
            // A table without any column could not be got out of.
            let last = on && self.columns.len() == 1;
            let tick = ui.add_enabled(!last, egui::Checkbox::new(&mut on, name));
            if tick.changed() {
                self.columns = Column::ALL
                    .into_iter()
                    .filter(|c| {
                        if *c == column {
                            on
                        } else {
                            self.columns.contains(c)
                        }
                    })
                    .collect();
            }
        }
    }

    /// The table, scrolled sideways when its columns need more room.
    fn table(&mut self, ui: &mut Ui, cx: &Ctx<'_>, rows: Rows<'_>) {
        let sideways = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
            egui::ScrollArea::horizontal()
                .id_salt("table-sideways")
                .auto_shrink(false)
                .show(ui, |ui| add(ui));
        };
        if rows.len() <= MANY {
            sideways(ui, &mut |ui| self.body(ui, cx, rows, None));
            return;
        }
        let whole = ui.available_rect_before_wrap();
        let pitch = ROW + ui.spacing().item_spacing.y;
        let left = whole.with_max_x(whole.right() - BAR);
        let under_head = whole.with_min_y((whole.top() + pitch).min(whole.bottom()));
        // A bar for scrolling sideways may take some of it.
        let height = under_head.height() - ui.spacing().scroll.allocated_width();
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small number, not negative"
        )]
        let room = (height / pitch).floor().max(1.0) as usize;
        let sight = Sight {
            rows: rows.len(),
            room,
        };
        self.scroll.wheel(ui, left, pitch);
        ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
            sideways(ui, &mut |ui| self.body(ui, cx, rows, Some(sight)));
        });
        let track = under_head.with_min_x(left.right());
        self.scroll.bar(ui, cx, track, sight);
    }

    /// Heads and rows. With `sight` only those in it are laid out, and this
    /// panel scrolls; else the table does.
    fn body(&mut self, ui: &mut Ui, cx: &Ctx<'_>, rows: Rows<'_>, sight: Option<Sight>) {
        let gaps = ui.spacing().item_spacing.x * self.columns.len() as f32 + 8.0;
        let wanted: f32 = self.columns.iter().map(|c| width(*c).0).sum();
        let grow = ((ui.available_width() - gaps) / wanted).clamp(1.0, 2.0);
        let mut builder = TableBuilder::new(ui)
            .id_salt("table")
            .sense(Sense::CLICK)
            .striped(false)
            .resizable(true)
            .auto_shrink(false)
            .vscroll(sight.is_none())
            .cell_layout(Layout::left_to_right(Align::Center));
        for column in &self.columns {
            let (initial, least) = width(*column);
            let column = Width::initial((initial * grow).floor());
            builder = builder.column(column.at_least(least).clip(true));
        }
        // A selection made elsewhere is brought into view, once.
        let primary = cx.session().primary;
        if primary != self.seen {
            let at = primary.and_then(|p| rows.position(p));
            // What is not there yet, because it is being made, is looked for again.
            let coming = cx.bench.is_behind() || self.is_busy();
            if at.is_some() || !coming {
                self.seen = primary;
            }
            if let Some(at) = at {
                match sight {
                    Some(sight) => self.scroll.show(at, sight),
                    None => builder = builder.scroll_to_row(at, None),
                }
            }
        }
        let (first, count) = match sight {
            Some(sight) => (self.scroll.top(sight), sight.room),
            None => (0, rows.len()),
        };
        let columns = self.columns.clone();
        let mut hovered = None;
        builder
            .header(ROW, |mut header| {
                for column in &columns {
                    header.col(|ui| self.head(ui, cx, *column));
                }
            })
            .body(|body| {
                body.rows(ROW, count, |mut line| {
                    if let Some(row) = rows.get(first + line.index()) {
                        self.line(&mut line, cx, rows, row, &columns, &mut hovered);
                    }
                });
            });
        self.hover(cx, hovered);
    }

    fn line(
        &mut self,
        line: &mut TableRow<'_, '_>,
        cx: &Ctx<'_>,
        rows: Rows<'_>,
        row: EventRow,
        columns: &[Column],
        hovered: &mut Option<EventRow>,
    ) {
        line.set_selected(cx.session().selection.contains(row));
        line.set_hovered(cx.session().hover == Some(row));
        // One stop of the Tab key a row.
        let stop = columns.iter().find(|c| **c == Column::Title);
        let stop = stop.or(columns.first()).copied();
        let mut clicked = false;
        for column in columns {
            clicked |= cell(line, cx, row, *column, stop);
        }
        let response = line.response();
        if response.contains_pointer() {
            *hovered = Some(row);
        }
        if clicked || response.clicked() {
            let modifiers = response.ctx.input(|i| i.modifiers);
            self.click(cx, rows, row, modifiers);
        }
        if response.double_clicked() {
            cx.send(Command::FitSelection);
        }
    }

    fn head(&mut self, ui: &mut Ui, cx: &Ctx<'_>, column: Column) {
        let sorted = self.order.column == column;
        let arrow = match (sorted, self.order.descending) {
            (true, false) => icon::CARET_UP,
            (true, true) => icon::CARET_DOWN,
            (false, _) => "",
        };
        let name = cx.tr.t(&format!("table-{}", column.id()));
        let text = RichText::new(format!("{name} {arrow}").trim_end().to_owned())
            .font(semibold(FONT_SMALL))
            .color(cx.theme.palette.weak);
        let button = Button::new(text).frame_when_inactive(false).truncate();
        let layout = if column.is_number() {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        let hint = cx.tr.s("table-sort-by", &name);
        ui.with_layout(layout, |ui| {
            // In line with the cells below.
            ui.spacing_mut().button_padding.x = 0.0;
            if column.is_number() {
                ui.add_space(4.0);
            }
            let response = ui.add(button).on_hover_text(&hint).accessible_name(&hint);
            if response.clicked() {
                self.order = self.order.clicked(column);
            }
        });
    }

    fn click(&mut self, cx: &Ctx<'_>, rows: Rows<'_>, row: EventRow, keys: egui::Modifiers) {
        self.seen = Some(row);
        if keys.shift
            && let Some(from) = self.anchor
        {
            let (range, last) = rows.range(from, row, cx.dataset().len());
            cx.send(Command::SelectSet(range, Some(last), Pick::Replace));
            return;
        }
        self.anchor = Some(row);
        if keys.command {
            cx.send(Command::Select(vec![row], Pick::Toggle));
        } else {
            cx.send(Command::Open(Focus::Event(row)));
        }
    }

    /// Tells the others what the pointer is over; only what this table said
    /// itself is taken back.
    fn hover(&mut self, cx: &Ctx<'_>, now: Option<EventRow>) {
        if now.is_some() && cx.session().hover != now {
            cx.send(Command::Hover(now));
            self.said = now;
        } else if now.is_none() && self.said.is_some() {
            if cx.session().hover == self.said {
                cx.send(Command::Hover(None));
            }
            self.said = None;
        }
    }
}
