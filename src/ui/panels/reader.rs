//! The source reader: citation, summary, and the document with its cited
//! passages marked.

use std::ops::Range;
use std::sync::Arc;

use egui::{Button, Label, Link, ScrollArea, TextEdit, Ui};
use egui_phosphor::regular as icon;

use crate::formats::DocumentState;
use crate::model::{Locator, SourceIx};
use crate::session::{Command, Focus};
use crate::ui::text::linked_body;
use crate::ui::widgets::{disclosure, flow, icon_button, icon_button_if, section, small, weak};
use crate::ui::{Ctx, FONT_SMALL};
use crate::view::linkify::Linker;
use crate::view::reader::{DocumentView, find, step};
use crate::view::source_view::{passages, short_name};

use super::aids::Aids;
use super::evidence::beside;
use super::reader_text::{Body, Marks};
use super::source::{document, language};
use super::words::{self, DOT};

/// The reader's own state: what is searched for, and where the text stands.
#[derive(Default)]
pub(super) struct Reader {
    query: String,
    found: Vec<Range<usize>>,
    /// The query and the document that `found` belongs to.
    found_in: Option<(String, usize)>,
    current: Option<usize>,
    /// The request that was last answered, and for which document.
    answered: Option<(u64, usize)>,
    body: Body,
}

impl Reader {
    /// Shows the tab in front.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, linker: &Linker) {
        let Some(source) = cx.session().reader.active else {
            return;
        };
        ui.add_space(4.0);
        tabs(ui, cx);
        citation(ui, cx, source);
        match aids.document(cx, source) {
            Some(view) => self.present(ui, cx, linker, source, &view),
            None => absent(ui, cx, aids, linker, source),
        }
    }

    fn present(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        linker: &Linker,
        source: SourceIx,
        view: &Arc<DocumentView>,
    ) {
        let summary = cx.dataset().source(source).summary.get(cx.lang());
        if !summary.is_empty() {
            let title = cx.tr.t("panel-our-summary");
            disclosure(ui, cx.theme, ("summary", source), &title, false, |ui| {
                linked_body(ui, cx, linker, summary);
            });
        }
        let document = Arc::as_ptr(&view.document) as usize;
        let request = (cx.session().reader.request, document);
        let claim = cx.session().reader.claim;
        let active = claim.and_then(|c| view.citation_of(c));
        let mut goto = None;
        if self.answered != Some(request) {
            self.answered = Some(request);
            goto = active.and_then(|i| view.citations[i].range.clone());
        }
        flow(ui, |ui| {
            citations(ui, cx, view, active);
            if let Some(range) = self.search(ui, cx, view, document) {
                goto = Some(range);
            }
        });
        if let Some(i) = active
            && view.citations[i].range.is_none()
        {
            let text = cx.tr.t("reader-passage-not-found");
            ui.add(Label::new(egui::RichText::new(text).color(cx.theme.palette.danger)).wrap());
        } else if let Some(claim) = claim
            && active.is_none()
            && cx.dataset().claim(claim).source == source
        {
            ui.add(Label::new(small(cx.theme, cx.tr.t("reader-no-position"))).wrap());
        }
        ui.add_space(4.0);
        let marks = Marks {
            active,
            found: &self.found,
            current: self.current,
        };
        self.body.show(ui, cx, view, linker, marks, goto);
    }

    /// The search field. Answers the match to bring into view, if a new one.
    fn search(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        view: &DocumentView,
        document: usize,
    ) -> Option<Range<usize>> {
        let hint = cx.tr.t("reader-find");
        let field = ui
            .add(
                TextEdit::singleline(&mut self.query)
                    .hint_text(cx.tr.t("reader-find-hint"))
                    .desired_width(96.0),
            )
            .accessible_name(&hint);
        let key = (self.query.clone(), document);
        let mut moved = false;
        if self.found_in.as_ref() != Some(&key) {
            self.found = find(&view.document.text, &self.query);
            moved = !self.found.is_empty() && field.has_focus();
            self.current = moved.then_some(0);
            self.found_in = Some(key);
        }
        if self.query.trim().is_empty() {
            return None;
        }
        let n = self.found.len();
        let at = self.current.map_or(0, |i| i + 1);
        ui.label(weak(cx.theme, format!("{at} / {n}")));
        let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        let shift = ui.input(|i| i.modifiers.shift);
        let back = icon_button_if(ui, n > 0, icon::CARET_UP, &cx.tr.t("reader-find-previous"));
        let next = icon_button_if(ui, n > 0, icon::CARET_DOWN, &cx.tr.t("reader-find-next"));
        if enter {
            field.request_focus();
        }
        if back.clicked() || (enter && shift) {
            self.current = step(self.current, n, false);
            moved = true;
        } else if next.clicked() || enter {
            self.current = step(self.current, n, true);
            moved = true;
        }
        moved.then(|| self.current.and_then(|i| self.found.get(i).cloned()))?
    }
}

/// Sources open in tabs.
fn tabs(ui: &mut Ui, cx: &Ctx<'_>) {
    let reader = &cx.session().reader;
    ScrollArea::horizontal()
        .id_salt("reader-tabs")
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                for source in &reader.tabs {
                    let name = short_name(cx.dataset().source(*source), cx.lang());
                    let title = words::source(cx, *source);
                    let on = reader.active == Some(*source);
                    let tab = ui
                        .add(Button::selectable(on, &name))
                        .on_hover_text(&title)
                        .accessible_name(cx.tr.s("reader-tab", &name));
                    if tab.clicked() && !on {
                        cx.send(Command::OpenSource(*source));
                    }
                    let close = cx.tr.s("reader-close", &name);
                    ui.scope(|ui| {
                        ui.spacing_mut().button_padding.x = 2.0;
                        if icon_button(ui, icon::X, &close).clicked() {
                            cx.send(Command::CloseTab(*source));
                        }
                    });
                    ui.add_space(4.0);
                }
            });
        });
}

/// Who wrote what, where and when.
fn citation(ui: &mut Ui, cx: &Ctx<'_>, ix: SourceIx) {
    let source = cx.dataset().source(ix);
    let title = words::source(cx, ix);
    let link = ui.scope(|ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        ui.add(Link::new(&title))
    });
    if link.inner.on_hover_text(&title).clicked() {
        cx.send(Command::Open(Focus::Source(ix)));
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(source.author.clone());
    facts.extend(source.publisher.clone());
    facts.extend(source.language.as_deref().map(|l| language(cx, l)));
    if let Some(when) = &source.published {
        let mut date = cx.when(when);
        if source.published_inferred {
            date = format!("{date} ({})", cx.tr.t("inferred"));
        }
        facts.push(date);
    }
    let written = facts.join(DOT);
    ui.add(Label::new(small(cx.theme, &written)).truncate());
}

/// To the previous and next cited passage: "3 / 9".
fn citations(ui: &mut Ui, cx: &Ctx<'_>, view: &DocumentView, active: Option<usize>) {
    let n = view.citations.len();
    if n == 0 {
        return;
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let go = |forward: bool| {
            if let Some(i) = step(active, n, forward) {
                cx.send(Command::OpenClaim(view.citations[i].passage.claims[0]));
            }
        };
        if icon_button(ui, icon::CARET_LEFT, &cx.tr.t("reader-previous")).clicked() {
            go(false);
        }
        let at = active.map_or_else(|| "–".to_owned(), |i| (i + 1).to_string());
        ui.label(format!("{at} / {n}"))
            .on_hover_text(cx.tr.t("reader-cited-passages"));
        if icon_button(ui, icon::CARET_RIGHT, &cx.tr.t("reader-next")).clicked() {
            go(true);
        }
    });
    ui.add_space(4.0);
}

/// Without the document: its state, the claim, our summary, what is cited.
fn absent(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, linker: &Linker, source: SourceIx) {
    ScrollArea::vertical()
        .id_salt(("reader-absent", source))
        .min_scrolled_height(24.0)
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(4.0);
            if let Some(claim) = cx.session().reader.claim
                && cx.dataset().claim(claim).source == source
            {
                beside(ui, cx, aids, claim);
            }
            let state = cx.bench.documents().state(cx.dataset(), source);
            if state != DocumentState::None {
                document(ui, cx, source);
                ui.add_space(4.0);
            }
            let summary = cx.dataset().source(source).summary.get(cx.lang());
            if !summary.is_empty() {
                section(ui, cx.theme, &cx.tr.t("panel-our-summary"));
                linked_body(ui, cx, linker, summary);
            }
            positions(ui, cx, aids, source);
            ui.add_space(8.0);
        });
}

/// What is cited from a document that is not here.
fn positions(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, source: SourceIx) {
    let passages = passages(cx.dataset(), source);
    if passages.is_empty() {
        return;
    }
    section(
        ui,
        cx.theme,
        &cx.tr.n("panel-passages", passages.len() as u64),
    );
    let font = egui::FontId::proportional(FONT_SMALL);
    let active = cx.session().reader.claim;
    for passage in passages {
        let text = match &passage.locator {
            Some(Locator::Position { start, end, .. }) => cx.tr.with(
                "reader-range",
                &[
                    ("start", start.to_string().into()),
                    ("end", end.to_string().into()),
                ],
            ),
            Some(Locator::Fragment(text)) => text.clone(),
            None => cx.tr.t("panel-no-position"),
        };
        let on = active.is_some_and(|c| passage.claims.contains(&c));
        let first = cx.dataset().claim(passage.claims[0]);
        let name = cx.tr.s("panel-cited", &words::citation(cx, aids, &first));
        let text = egui::RichText::new(text).font(font.clone());
        if ui
            .add(Button::selectable(on, text).wrap())
            .on_hover_text(name)
            .clicked()
        {
            cx.send(Command::OpenClaim(passage.claims[0]));
        }
    }
}
