//! What joined datasets say of themselves together.

use crate::dataset::{Meta, SideInfo};
use crate::model::time::{OPEN_FUTURE, OPEN_PAST, Unit, When, Window, iso};
use crate::model::{Extra, Localised};

/// Bounds of the files' events, which are not those of all of them.
const BOX: &str = "bbox";

/// The heads taken in so far.
#[derive(Default)]
pub(super) struct Heads {
    meta: Meta,
    titles: Vec<String>,
    licences: Vec<String>,
    attributions: Vec<String>,
    /// What the windows of all of them hold.
    window: Option<Window>,
    /// Whether one has none.
    unlimited: bool,
}

impl Heads {
    /// Takes in what the file `name` says of itself; answers with what its
    /// sides are.
    pub fn add(&mut self, name: &str, meta: &Meta) -> Vec<Option<u8>> {
        if !name.is_empty() {
            self.titles.push(name.to_owned());
        }
        distinct(&mut self.licences, meta.licence.as_deref());
        distinct(&mut self.attributions, meta.attribution.as_deref());
        let all = &mut self.meta;
        add_texts(&mut all.description, &meta.description);
        for language in &meta.languages {
            if !all.languages.contains(language) {
                all.languages.push(language.clone());
            }
        }
        let viewed = all.center.is_some() || all.zoom.is_some();
        if !viewed {
            (all.center, all.zoom) = (meta.center, meta.zoom);
        }
        let window = meta.window.as_deref().and_then(|w| Window::parse(w).ok());
        self.unlimited |= window.is_none();
        self.window = match (self.window, window) {
            (Some(a), Some(b)) => Some(a.union(b)),
            (a, b) => a.or(b),
        };
        for (known, more) in [
            (&mut all.extra, &meta.extra),
            (&mut all.view_extra, &meta.view_extra),
            (&mut all.events_extra, &meta.events_extra),
        ] {
            add_members(known, more);
        }
        all.events_extra.remove(BOX);
        for (list, members) in &meta.tables_extra {
            add_members(all.tables_extra.entry(list.clone()).or_default(), members);
        }
        let mut sides = Vec::new();
        for side in &meta.sides {
            let known = all.sides.iter().position(|s: &SideInfo| s.id == side.id);
            let at = known.unwrap_or_else(|| {
                all.sides.push(side.clone());
                all.sides.len() - 1
            });
            // The greatest number stands for none.
            sides.push(u8::try_from(at).ok().filter(|at| *at < u8::MAX));
        }
        sides
    }

    /// What is said of all of them.
    pub fn finish(self) -> Meta {
        let joined = |list: Vec<String>| (!list.is_empty()).then(|| list.join("; "));
        Meta {
            title: Localised::new("und", &self.titles.join(" + ")),
            licence: joined(self.licences),
            attribution: joined(self.attributions),
            window: self
                .window
                .filter(|_| !self.unlimited)
                .and_then(window_text),
            ..self.meta
        }
    }
}

/// Adds a text, unless it is among those known.
fn distinct(known: &mut Vec<String>, text: Option<&str>) {
    let Some(text) = text.map(str::trim).filter(|t| !t.is_empty()) else {
        return;
    };
    // One that was joined before is taken apart.
    for part in text.split("; ") {
        if !known.iter().any(|k| k == part) {
            known.push(part.to_owned());
        }
    }
}

/// Adds texts behind those of the same language, each once.
fn add_texts(known: &mut Localised, more: &Localised) {
    let mut texts: std::collections::BTreeMap<String, String> = known
        .iter()
        .map(|(lang, text)| (lang.to_owned(), text.to_owned()))
        .collect();
    for (lang, text) in more.iter() {
        let all = texts.entry(lang.to_owned()).or_default();
        if all.is_empty() {
            text.clone_into(all);
        } else if !all.split("\n\n").any(|part| part == text) && all != text {
            all.push_str("\n\n");
            all.push_str(text);
        }
    }
    *known = Localised::from_map(texts);
}

/// Adds members that are not there yet.
fn add_members(known: &mut Extra, more: &Extra) {
    for (name, value) in more {
        known.entry(name).or_insert_with(|| value.clone());
    }
}

/// An expression for a window, which holds whole days.
fn window_text(window: Window) -> Option<String> {
    let end = |ms, open| match ms {
        ms if ms == open => "..".to_owned(),
        ms => iso(ms, Unit::Day),
    };
    let start = end(window.start, OPEN_PAST);
    let last = match window.end {
        OPEN_FUTURE => OPEN_FUTURE,
        ms => ms.saturating_sub(1),
    };
    let text = format!("{start}/{}", end(last, OPEN_FUTURE));
    When::parse(&text).ok().map(|_| text)
}
