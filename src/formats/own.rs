//! An event in named texts, as the flat formats that we write hold it (CSV, the
//! data of KML, the details beside timemap's events), and how it is read back.
//!
//! Lists stand in one text with semicolons between their items. An item is
//! between quotes, with quotes in it doubled, where it holds what parts things.
//!
//! - actors: `role: name`
//! - sources: `title <address>`, or only one of the two
//! - tolls: `killed 1/2/3 of name`; they are written where the figures of their
//!   own do not say all, and hold only while they agree with those
//! - flags: their ids

use std::borrow::Cow;

use crate::dataset::OWN_MEMBERS;
use crate::model::time::When;
use crate::model::{Flag, Kind, Precision, Role, Schema, TollKind, TollSum};

use super::dates;
use super::import::record::{generic, wrong};
use super::import::{Draft, DraftParticipant, DraftSource, DraftTime, DraftToll, Wrong};

/// The names of the texts. Figures come last: low, best and high of each kind
/// of toll.
pub(super) const NAMES: [&str; 36] = [
    "id",
    "title",
    "kind",
    "when",
    "start",
    "end",
    "lat",
    "lon",
    "wkt",
    "precision",
    "radius_m",
    "place",
    "actors",
    "sources",
    "notes",
    "side",
    "flags",
    "tolls",
    "killed_low",
    "killed",
    "killed_high",
    "wounded_low",
    "wounded",
    "wounded_high",
    "captured_low",
    "captured",
    "captured_high",
    "surrendered_low",
    "surrendered",
    "surrendered_high",
    "displaced_low",
    "displaced",
    "displaced_high",
    "joined_low",
    "joined",
    "joined_high",
];
pub(super) const ID: usize = 0;
pub(super) const TITLE: usize = 1;
pub(super) const KIND: usize = 2;
pub(super) const WHEN: usize = 3;
pub(super) const START: usize = 4;
pub(super) const END: usize = 5;
pub(super) const LAT: usize = 6;
pub(super) const LON: usize = 7;
pub(super) const WKT: usize = 8;
pub(super) const PRECISION: usize = 9;
pub(super) const RADIUS: usize = 10;
pub(super) const PLACE: usize = 11;
pub(super) const ACTORS: usize = 12;
pub(super) const SOURCES: usize = 13;
pub(super) const NOTES: usize = 14;
pub(super) const SIDE: usize = 15;
pub(super) const FLAGS: usize = 16;
pub(super) const TOLLS: usize = 17;
pub(super) const FIGURES: usize = 18;

/// What the column of an attribute was called in the file that it is from.
pub(super) fn bare_name(name: &str) -> &str {
    let bare = name.strip_prefix("column:");
    bare.filter(|bare| OWN_MEMBERS.contains(bare))
        .unwrap_or(name)
}

/// Whether a name is one of ours, or could be taken for one with what
/// [`free_name`] put behind it.
fn is_ours(name: &str, more: &[&str]) -> bool {
    let plain = name.to_lowercase().replace([' ', '-', '.'], "_");
    let bare = plain.trim_end_matches('_');
    NAMES.contains(&bare) || more.contains(&bare)
}

/// A name for an attribute that is none of ours, nor of `more`, which a format
/// takes for something else: lower case, underscores for blanks.
pub(super) fn free_name<'a>(name: &'a str, more: &[&str]) -> Cow<'a, str> {
    if is_ours(name, more) {
        Cow::Owned(format!("{name}_"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The name of an attribute that [`free_name`] made free.
pub(super) fn own_name<'a>(name: &'a str, more: &[&str]) -> &'a str {
    match name.strip_suffix('_') {
        Some(own) if is_ours(name, more) => own,
        _ => name,
    }
}

/// One item of a list.
pub(super) fn item(text: &str) -> Cow<'_, str> {
    if text.contains([';', '"', '<', '>']) || text.trim() != text {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// One source; empty if there is nothing to tell of it.
pub(super) fn source(title: &str, url: &str) -> String {
    let title = match title {
        title if title == url => Cow::Borrowed(""),
        // By itself it would be taken for an address.
        title if is_url(title) => Cow::Owned(format!("\"{}\"", title.replace('"', "\"\""))),
        title => item(title),
    };
    match (title.is_empty(), url.is_empty()) {
        (_, true) => title.into_owned(),
        (true, false) => format!("<{}>", item(url)),
        (false, false) => format!("{title} <{}>", item(url)),
    }
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The figures of some tolls of one kind together: those of a single one as
/// they are, else their sums.
pub(super) fn sum(figures: &[[Option<u32>; 3]]) -> [Option<u64>; 3] {
    if let [one] = figures {
        return one.map(|n| n.map(u64::from));
    }
    let mut sum = TollSum::default();
    for [low, best, high] in figures {
        sum.add_figures(*low, *best, *high);
    }
    [sum.low, sum.best, sum.high]
}

/// Where the texts of an event are from.
pub(super) trait Texts<'a> {
    /// The text of a field, empty where there is none.
    fn text(&self, field: usize) -> &'a str;
    /// Says that the text of a field is wrong, and is to be kept as it is.
    fn wrong(&mut self, wrong: &'static Wrong, field: usize, text: &str);
    /// Keeps the text of a field as it is.
    fn keep(&mut self, field: usize);
}

/// Fills a draft with what the texts say; all but the position.
pub(super) fn fill<'a>(draft: &mut Draft<'a>, from: &mut dyn Texts<'a>) {
    draft.id = Cow::Borrowed(from.text(ID));
    draft.title = Cow::Borrowed(from.text(TITLE));
    draft.summary = Cow::Borrowed(from.text(NOTES));
    draft.place = Cow::Borrowed(from.text(PLACE));
    let text = from.text(KIND);
    match (Kind::from_id(text), generic::kind_of(text)) {
        (Some(kind), _) => draft.kind = kind,
        (None, Some(kind)) => {
            draft.kind = kind;
            // The word says more than the kind it was taken for.
            from.keep(KIND);
        }
        (None, None) => from.wrong(&wrong::KIND, KIND, text),
    }
    time(draft, from);
    precision(draft, from);
    actors(draft, from.text(ACTORS));
    tolls(draft, from);
    draft.sources.extend(sources(from.text(SOURCES)));
    for id in items(from.text(FLAGS)) {
        match Flag::from_id(id) {
            Some(flag) => draft.flags.push(flag),
            None => from.wrong(&wrong::CODE, FLAGS, id),
        }
    }
}

/// When: the expression, else from the start to the end.
fn time<'a>(draft: &mut Draft<'a>, from: &mut dyn Texts<'a>) {
    let text = from.text(WHEN).trim();
    if !text.is_empty() {
        match When::parse(text).map(DraftTime::When) {
            Ok(when) => draft.time = when,
            Err(_) => match dates::read(text) {
                Some(told) => draft.time = told.time,
                None => from.wrong(&wrong::DATE, WHEN, text),
            },
        }
    }
    if draft.time != DraftTime::Unknown {
        return;
    }
    let [start, end] = [START, END].map(|field| {
        let text = from.text(field).trim();
        let read = dates::read(text).map(|told| told.time);
        if read.is_none() && !text.is_empty() {
            from.wrong(&wrong::DATE, field, text);
        }
        read
    });
    draft.time = dates::join(start, end, true).unwrap_or_else(|start| {
        let text = from.text(END);
        from.wrong(&wrong::ORDER, END, text);
        start
    });
}

fn precision<'a>(draft: &mut Draft<'a>, from: &mut dyn Texts<'a>) {
    let text = from.text(PRECISION).trim();
    draft.precision = Precision::from_id(text).unwrap_or(Precision::Unknown);
    if Precision::from_id(text).is_none() && !text.is_empty() {
        from.wrong(&wrong::PRECISION, PRECISION, text);
    }
    let text = from.text(RADIUS).trim();
    let radius = text.parse().ok();
    draft.radius_m = radius.filter(|r: &f64| r.is_finite() && *r >= 0.0);
    if draft.radius_m.is_none() && !text.is_empty() {
        from.wrong(&wrong::RADIUS, RADIUS, text);
    }
}

/// Who took part. A name without a role had some part in it.
fn actors<'a>(draft: &mut Draft<'a>, text: &'a str) {
    for item in items(text) {
        let told = item.split_once(':');
        let told = told.and_then(|(role, name)| Some((Role::from_id(role.trim())?, name)));
        let (role, name) = told.unwrap_or((Role::Other, item));
        draft.participants.push(DraftParticipant {
            name: unquoted(name.trim()),
            role,
            schema: Schema::LegalEntity,
        });
    }
}

fn tolls<'a>(draft: &mut Draft<'a>, from: &mut dyn Texts<'a>) {
    let mut details = Vec::new();
    for item in items(from.text(TOLLS)) {
        match detail(item) {
            Some(detail) => details.push(detail),
            None => from.wrong(&wrong::TOLL, TOLLS, item),
        }
    }
    let mut told = Vec::new();
    for (at, what) in TollKind::ALL.iter().enumerate() {
        let figures = [0, 1, 2].map(|n| {
            let field = FIGURES + 3 * at + n;
            let text = from.text(field).trim();
            let figure = text.parse::<u32>().ok();
            if figure.is_none() && !text.is_empty() {
                from.wrong(&wrong::TOLL, field, text);
            }
            figure
        });
        let parts = details.iter().filter(|(kind, ..)| kind == what);
        let parts: Vec<_> = parts.map(|(_, figures, _)| *figures).collect();
        let detailed = sum(&parts) == figures.map(|n| n.map(u64::from));
        if !detailed || parts.is_empty() {
            // What was counted has been changed since, or there is no more to it.
            details.retain(|(kind, ..)| kind != what);
            if figures.iter().any(Option::is_some) {
                told.push((*what, figures, None));
            }
        }
    }
    told.extend(details);
    for (what, [low, best, high], who) in told {
        let who: Option<Cow<'_, str>> = who;
        let place = |name: &Cow<'_, str>| draft.participants.iter().position(|p| p.name == *name);
        draft.tolls.push(DraftToll {
            who: who.as_ref().and_then(place),
            what,
            low,
            best,
            high,
        });
    }
}

/// A toll, its figures and whom it counts.
type Detail<'a> = (TollKind, [Option<u32>; 3], Option<Cow<'a, str>>);

/// `killed 1/2/3 of name`.
fn detail(item: &str) -> Option<Detail<'_>> {
    let (kind, rest) = item.split_once(' ')?;
    let (figures, who) = match rest.split_once(" of ") {
        Some((figures, who)) => (figures, Some(unquoted(who.trim()))),
        None => (rest, None),
    };
    let mut parts = figures.trim().split('/');
    let mut next = || match parts.next()?.trim() {
        "" => Some(None),
        number => number.parse().ok().map(Some),
    };
    let figures = [next()?, next()?, next()?];
    Some((TollKind::from_id(kind)?, figures, who))
}

/// The sources in a list of them.
pub(super) fn sources(text: &str) -> impl Iterator<Item = DraftSource<'_>> {
    items(text).map(|item| {
        let (title, url) = match item.strip_suffix('>').and_then(|rest| {
            // The address may be quoted, and so may the title before it.
            let at = position_outside(rest, '<')?;
            Some((rest[..at].trim(), unquoted(&rest[at + 1..])))
        }) {
            Some((title, url)) => (unquoted(title), url),
            None if is_url(item) => (Cow::Borrowed(""), Cow::Borrowed(item)),
            None => (unquoted(item), Cow::Borrowed("")),
        };
        DraftSource {
            title,
            url,
            ..DraftSource::default()
        }
    })
}

/// Where a letter first stands outside quotes.
fn position_outside(text: &str, letter: char) -> Option<usize> {
    let mut inside = false;
    text.char_indices().find_map(|(at, c)| {
        inside ^= c == '"';
        (c == letter && !inside).then_some(at)
    })
}

/// The items of a list, with their quotes.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let all = std::iter::from_fn(move || {
        let text = rest?;
        let end = position_outside(text, ';');
        rest = end.map(|end| &text[end + 1..]);
        Some(text[..end.unwrap_or(text.len())].trim())
    });
    all.filter(|item| !item.is_empty())
}

/// An item without its quotes.
fn unquoted(item: &str) -> Cow<'_, str> {
    let inner = item.strip_prefix('"').and_then(|i| i.strip_suffix('"'));
    match inner {
        Some(inner) if inner.contains('"') => Cow::Owned(inner.replace("\"\"", "\"")),
        Some(inner) => Cow::Borrowed(inner),
        None => Cow::Borrowed(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn names_are_free_and_come_back(name in "(id|Kind|killed.low|name|x|date_start)?[_ .]{0,3}", more in any::<bool>()) {
            let more: &[&str] = if more { &["name"] } else { &[] };
            let free = free_name(&name, more);
            prop_assert!(!NAMES.contains(&free.as_ref()) && !more.contains(&free.as_ref()));
            prop_assert_eq!(own_name(&free, more), name.as_str());
        }

        #[test]
        fn lists_come_back(names in proptest::collection::vec("[a-c:;\"<>, =]{1,6}|https://x/[;\"<> a]{0,3}", 0..4)) {
            let names: Vec<_> = names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()).collect();
            let roles = Role::ALL.iter().cycle();
            let list: Vec<_> = names.iter().zip(roles).map(|(n, r)| format!("{}: {}", r.id(), item(n))).collect();
            let mut draft = Draft::default();
            let list = list.join("; ");
            actors(&mut draft, &list);
            let back: Vec<_> = draft.participants.iter().map(|p| p.name.as_ref()).collect();
            prop_assert_eq!(&back, &names);
            let pairs = names.iter().zip(names.iter().rev());
            for url in [false, true] {
                let url_of = |n: &str| if url { n.to_owned() } else { String::new() };
                let list: Vec<_> = pairs.clone().map(|(a, b)| source(a, &url_of(b))).collect();
                let list = list.join("; ");
                let back: Vec<_> = sources(&list).map(|s| (s.title.into_owned(), s.url.into_owned())).collect();
                let same = |a: &str, b: &str| if a == b { String::new() } else { a.to_owned() };
                let told: Vec<_> = pairs.clone().map(|(a, b)| (same(a, &url_of(b)), url_of(b))).collect();
                prop_assert_eq!(back, told);
            }
        }
    }

    #[test]
    fn tolls_that_were_changed_since_are_those_of_the_figures() {
        struct Cells(&'static str, &'static str);
        impl Texts<'static> for Cells {
            fn text(&self, field: usize) -> &'static str {
                match field {
                    ACTORS => "target: a; victim: b",
                    TOLLS => self.0,
                    field if NAMES[field] == "killed" => self.1,
                    _ => "",
                }
            }
            fn wrong(&mut self, wrong: &'static Wrong, _: usize, text: &str) {
                panic!("{}: {text}", wrong.id);
            }
            fn keep(&mut self, _: usize) {}
        }
        let read = |mut cells: Cells| {
            let mut draft = Draft::default();
            fill(&mut draft, &mut cells);
            let told = draft.tolls.iter().map(|t| (t.who, t.best));
            told.collect::<Vec<_>>()
        };
        assert_eq!(read(Cells("killed /3/ of b", "3")), [(Some(1), Some(3))]);
        assert_eq!(read(Cells("killed /3/ of b", "4")), [(None, Some(4))]);
        assert_eq!(read(Cells("", "4")), [(None, Some(4))]);
        assert_eq!(read(Cells("killed /3/ of b", "")), []);
    }
}
