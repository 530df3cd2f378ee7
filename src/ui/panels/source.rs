//! One source: what it is, what it says, what it supports.

use egui::{Button, Label, Link, RichText, TextEdit, Ui, vec2};
use egui_phosphor::regular as icon;

use crate::formats::DocumentState;
use crate::model::{ClaimIx, SourceIx};
use crate::session::Command;
use crate::ui::Ctx;
use crate::ui::text::{linked_body, linked_title};
use crate::ui::widgets::{flow, icon_button, row, section, small, weak};
use crate::view::claim_value::value_of;
use crate::view::linkify::Linker;
use crate::view::source_view::SourceView;

use super::actor::{filter_button, focus_of};
use super::aids::Aids;
use super::event::attribute_name;
use super::evidence::inferred;
use super::{strip, words};

/// Most passages listed. Trade-off: as for events; the reader shows them all.
const MOST: usize = 200;

/// Shows a source.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, linker: &Linker, view: &SourceView) {
    let source = cx.dataset().source(view.source);
    linked_title(ui, cx, linker, &words::source(cx, view.source));
    ui.label(weak(
        cx.theme,
        cx.tr.t(&format!("source-{}", source.kind.id())),
    ));
    flow(ui, |ui| {
        let on = cx.session().scope.filter.sources.contains(&view.source);
        filter_button(ui, cx, on, Command::ToggleSource(view.source));
        let name = cx.tr.t("panel-read");
        let text = format!("{} {name}", icon::BOOK_OPEN);
        if ui.add(Button::new(text)).accessible_name(name).clicked() {
            cx.send(Command::OpenSource(view.source));
        }
    });
    ui.add_space(4.0);
    facts(ui, cx, view.source);
    document(ui, cx, view.source);
    let summary = source.summary.get(cx.lang());
    if !summary.is_empty() {
        section(ui, cx.theme, &cx.tr.t("panel-our-summary"));
        linked_body(ui, cx, linker, summary);
    }
    section(
        ui,
        cx.theme,
        &cx.tr.n("panel-passages", view.passages.len() as u64),
    );
    for passage in view.passages.iter().take(MOST) {
        let first = cx.dataset().claim(passage.claims[0]);
        let at = words::locator(cx, aids, &first);
        let at = at.unwrap_or_else(|| cx.tr.t("panel-no-position"));
        // On a line of its own: a work of reference may be cited by a phrase.
        ui.label(small(cx.theme, at));
        ui.indent(passage.claims[0], |ui| {
            for claim in &passage.claims {
                claim_line(ui, cx, *claim);
            }
        });
    }
    if view.passages.len() > MOST {
        let more = (view.passages.len() - MOST) as u64;
        ui.label(small(cx.theme, cx.tr.n("panel-more", more)));
    }
    let events = cx.dataset().events_of_source(view.source);
    section(ui, cx.theme, &cx.tr.n("panel-events", events.len() as u64));
    let on = cx.session().scope.filter.sources.contains(&view.source);
    let only = (!on).then_some(Command::ToggleSource(view.source));
    strip::list(ui, cx, events, None, only);
}

/// A claim as a link into the reader, and the thing it is about.
fn claim_line(ui: &mut Ui, cx: &Ctx<'_>, ix: ClaimIx) {
    let claim = cx.dataset().claim(ix);
    let value = words::value(cx, &value_of(cx.dataset(), &claim));
    let name = cx
        .tr
        .s("panel-colon", &attribute_name(cx, &claim.attribute));
    let text = format!("{name} {value}");
    flow(ui, |ui| {
        if ui.add(Link::new(text)).clicked() {
            cx.send(Command::OpenClaim(ix));
        }
        inferred(ui, cx, claim.inferred);
        let focus = focus_of(cx, claim.subject);
        let about = about(cx, focus);
        let response = ui.add(Link::new(small(cx.theme, about)));
        if response.clicked() {
            cx.send(Command::Open(focus));
        }
    });
}

fn about(cx: &Ctx<'_>, focus: crate::session::Focus) -> String {
    use crate::session::Focus;
    match focus {
        Focus::Event(row) => cx.dataset().title(row, cx.lang()).to_owned(),
        Focus::Actor(ix) => words::actor(cx, ix),
        Focus::Place(ix) => words::place(cx, ix),
        Focus::Source(ix) => words::source(cx, ix),
    }
}

fn facts(ui: &mut Ui, cx: &Ctx<'_>, ix: SourceIx) {
    let source = cx.dataset().source(ix);
    let mut fact = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            row(ui, cx.theme, &cx.tr.t(key), |ui| {
                ui.add(Label::new(value).wrap());
            });
        }
    };
    fact("attribute-author", source.author.clone());
    fact("attribute-publisher", source.publisher.clone());
    fact(
        "panel-language",
        source.language.as_deref().map(|l| language(cx, l)),
    );
    if let Some(when) = &source.published {
        row(ui, cx.theme, &cx.tr.t("attribute-published"), |ui| {
            flow(ui, |ui| {
                ui.add(Label::new(cx.when(when)));
                inferred(ui, cx, source.published_inferred);
            });
        });
    }
    let mut fact = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            row(ui, cx.theme, &cx.tr.t(key), |ui| {
                ui.add(Label::new(value).wrap());
            });
        }
    };
    fact(
        "panel-reliability",
        source.reliability.map(|r| {
            let words = cx.tr.t(&format!("reliability-{}", r.id()));
            format!("{} – {words}", r.id())
        }),
    );
    fact("panel-licence", source.licence.clone());
    if let Some(url) = &source.url {
        row(ui, cx.theme, &cx.tr.t("panel-url"), |ui| {
            url_line(ui, cx, url);
        });
    }
}

/// The address as text to copy: nothing here opens a connection.
fn url_line(ui: &mut Ui, cx: &Ctx<'_>, url: &str) {
    ui.horizontal(|ui| {
        let name = cx.tr.t("panel-copy-url");
        let mut shown = url;
        // A field of its own would grow with the panel, and the panel with it.
        let field = TextEdit::singleline(&mut shown).clip_text(true);
        let size = vec2((ui.available_width() - 44.0).max(40.0), 24.0);
        ui.add_sized(size, field)
            .accessible_name(cx.tr.t("panel-url"));
        if icon_button(ui, icon::COPY, &name).clicked() {
            cx.send(Command::Copy(url.to_owned()));
        }
    });
}

/// The name of a language; its tag if it has none here.
pub(super) fn language(cx: &Ctx<'_>, tag: &str) -> String {
    let key = format!("lang-{tag}");
    let name = cx.tr.t(&key);
    if name == key { tag.to_owned() } else { name }
}

/// Whether the document is at hand, in words, and what to do if not.
pub(super) fn document(ui: &mut Ui, cx: &Ctx<'_>, ix: SourceIx) {
    let state = cx.bench.documents().state(cx.dataset(), ix);
    let name = cx
        .dataset()
        .source(ix)
        .document
        .as_ref()
        .map(|d| d.name.as_str());
    row(ui, cx.theme, &cx.tr.t("panel-document"), |ui| {
        let key = state_key(&state);
        let text = cx.tr.s(key, name.unwrap_or_default());
        let bad = matches!(
            state,
            DocumentState::Altered(_) | DocumentState::Unreadable(_)
        );
        let text = RichText::new(text);
        ui.add(
            Label::new(if bad {
                text.color(cx.theme.palette.danger)
            } else {
                text
            })
            .wrap(),
        );
        if let DocumentState::Altered(path) | DocumentState::Unreadable(path) = &state {
            ui.add(Label::new(small(cx.theme, path.display().to_string())).wrap());
        }
        if !matches!(state, DocumentState::Present(_) | DocumentState::None) {
            ask(ui, cx);
        }
    });
}

/// The key of the words for a document's state.
pub(super) fn state_key(state: &DocumentState) -> &'static str {
    match state {
        DocumentState::None => "panel-document-none",
        DocumentState::Missing => "panel-document-missing",
        DocumentState::Altered(_) => "panel-document-altered",
        DocumentState::Unreadable(_) => "panel-document-unreadable",
        DocumentState::Present(_) => "panel-document-present",
    }
}

/// A button that asks for documents.
pub(super) fn ask(ui: &mut Ui, cx: &Ctx<'_>) {
    let name = cx.tr.t("panel-add-documents");
    let text = format!("{} {name}", icon::FOLDER_OPEN);
    if ui.add(Button::new(text)).accessible_name(name).clicked() {
        cx.send(Command::AskDocuments);
    }
}
