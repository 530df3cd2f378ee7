//! Values of the model in words of the interface's language.

use egui_phosphor::regular as icon;

use crate::model::time::{Unit, When};
use crate::model::{
    Actor, ActorIx, Certainty, Claim, Locator, PlaceIx, Precision, RelationKind, SourceIx, TollSum,
};
use crate::ui::Ctx;
use crate::ui::text::visual;
use crate::view::actor_view::{Life, Standing};
use crate::view::claim_value::{Member, TollValue, Value, grouped};
use crate::view::source_view::{short_name, shortened};

use super::aids::Aids;

/// Longest fragment reference shown on a chip, in characters.
const FRAGMENT: usize = 22;

/// Between two facts of a line.
pub(super) const DOT: &str = " · ";

/// The name of an actor.
pub(super) fn actor(cx: &Ctx<'_>, ix: ActorIx) -> String {
    visual(cx.dataset().actor(ix).name(cx.lang()))
}

/// The name of a place; its id if it has none.
pub(super) fn place(cx: &Ctx<'_>, ix: PlaceIx) -> String {
    let place = cx.dataset().place(ix);
    match place.names.get(cx.lang()) {
        "" => place.id.clone(),
        name => visual(name),
    }
}

/// The title of a source; its id if it has none.
pub(super) fn source(cx: &Ctx<'_>, ix: SourceIx) -> String {
    let source = cx.dataset().source(ix);
    match source.title.get(cx.lang()) {
        "" => source.id.clone(),
        title => visual(title),
    }
}

/// The label of a side.
pub(super) fn side(cx: &Ctx<'_>, side: Option<u8>) -> String {
    let label = side.and_then(|s| cx.dataset().meta().sides.get(usize::from(s)));
    match label {
        Some(info) if !info.label.is_empty() => info.label.get(cx.lang()).to_owned(),
        Some(info) => info.id.clone(),
        None => cx.tr.t("side-none"),
    }
}

/// How well a place is known: "near, within 5 km".
pub(super) fn precision(cx: &Ctx<'_>, precision: Precision, radius_m: Option<f64>) -> String {
    let word = cx.tr.t(&format!("precision-{}", precision.id()));
    match radius_m {
        Some(r) if r > 0.0 => {
            let km = if r < 1000.0 {
                format!("{:.1}", r / 1000.0)
            } else {
                format!("{:.0}", r / 1000.0)
            };
            format!("{word}, {}", cx.tr.s("panel-within-km", &km))
        }
        _ => word,
    }
}

/// Three figures: "8", "28 (28–33)", "at least 5".
pub(super) fn figures(
    cx: &Ctx<'_>,
    low: Option<u64>,
    best: Option<u64>,
    high: Option<u64>,
) -> String {
    let number = |n: u64| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let same = |a: Option<u64>| a.is_none() || a == best;
    match (low, best, high) {
        (low, Some(b), high) if same(low) && same(high) => number(b),
        (low, Some(b), high) => format!(
            "{} ({}–{})",
            number(b),
            number(low.unwrap_or(b)),
            number(high.unwrap_or(b))
        ),
        (Some(l), None, Some(h)) if l == h => number(l),
        (Some(l), None, Some(h)) => format!("{}–{}", number(l), number(h)),
        (Some(l), None, None) => cx.tr.s("panel-at-least", &number(l)),
        (None, None, Some(h)) => cx.tr.s("panel-at-most", &number(h)),
        (None, None, None) => cx.tr.t("panel-unknown"),
    }
}

/// The figures of a sum.
pub(super) fn sum(cx: &Ctx<'_>, sum: TollSum) -> String {
    figures(cx, sum.low, sum.best, sum.high)
}

/// A toll of a claim: "28 (28–33), all together".
fn toll(cx: &Ctx<'_>, t: TollValue) -> String {
    let n = figures(
        cx,
        t.low.map(u64::from),
        t.best.map(u64::from),
        t.high.map(u64::from),
    );
    let who = match t.who {
        Some(ix) => actor(cx, ix),
        None => cx.tr.t("panel-all-together"),
    };
    format!("{n}{DOT}{who}")
}

/// A date in words.
fn date(cx: &Ctx<'_>, when: &When) -> String {
    cx.when(when)
}

/// The value of a claim.
pub(super) fn value(cx: &Ctx<'_>, value: &Value) -> String {
    match value {
        Value::When(when) => date(cx, when),
        Value::Kind(kind) => cx.tr.t(&format!("kind-{}", kind.id())),
        Value::Place {
            place: ix,
            precision: p,
        } => match p {
            Some(p) => format!("{}{DOT}{}", place(cx, *ix), precision(cx, *p, None)),
            None => place(cx, *ix),
        },
        Value::Position { lat, lon } => position(*lat, *lon),
        Value::Toll(t) => toll(cx, *t),
        Value::Part { actor: ix, role } => {
            let role = cx.tr.t(&format!("role-{}", role.id()));
            format!("{}{DOT}{role}", actor(cx, *ix))
        }
        Value::State { state, when } => {
            let state = cx.tr.t(&format!("state-{}", state.id()));
            join(state, when.as_ref().map(|w| date(cx, w)))
        }
        Value::Relation {
            kind,
            from,
            to,
            when,
        } => {
            let text = format!(
                "{} {} {}",
                actor(cx, *from),
                relation(cx, *kind, true),
                actor(cx, *to)
            );
            join(text, when.as_ref().map(|w| date(cx, w)))
        }
        Value::Text(text) => visual(text),
        Value::Members(members) => members
            .iter()
            .map(|(key, m)| member(cx, key, m))
            .collect::<Vec<_>>()
            .join(DOT),
    }
}

fn join(text: String, more: Option<String>) -> String {
    match more {
        Some(more) => format!("{text}{DOT}{more}"),
        None => text,
    }
}

fn member(cx: &Ctx<'_>, key: &str, member: &Member) -> String {
    match member {
        Member::Actor(ix) => actor(cx, *ix),
        Member::Place(ix) => place(cx, *ix),
        Member::Number(n) if key == "low" => cx.tr.s("panel-at-least", &grouped(*n)),
        Member::Number(n) if key == "high" => cx.tr.s("panel-at-most", &grouped(*n)),
        Member::Number(n) if key == "with" => cx.tr.s("panel-with-people", &grouped(*n)),
        Member::Number(n) => grouped(*n),
        Member::Text(text) => text.clone(),
    }
}

/// Degrees, latitude first, as a gazetteer writes them.
pub(super) fn position(lat: f64, lon: f64) -> String {
    format!("{lat:.4}, {lon:.4}")
}

/// A relation in words, read outward or from its other end.
pub(super) fn relation(cx: &Ctx<'_>, kind: RelationKind, outward: bool) -> String {
    let end = if outward { "from" } else { "to" };
    cx.tr.t(&format!("relation-{}-{end}", kind.id()))
}

/// How sure something is, when there is a doubt to name.
pub(super) fn doubts(cx: &Ctx<'_>, certainty: Certainty, inferred: bool) -> Vec<String> {
    let mut out = Vec::new();
    if certainty != Certainty::Certain {
        out.push(cx.tr.t(&format!("certainty-{}", certainty.id())));
    }
    if inferred {
        out.push(cx.tr.t("inferred"));
    }
    out
}

/// What had become of an actor; `None` when nothing is recorded. The second
/// value is whether it tells of a death.
pub(super) fn standing(cx: &Ctx<'_>, actor: &Actor, at: Standing) -> Option<(String, bool)> {
    let state = at.state.and_then(|i| actor.states.get(i));
    let word = |s: &crate::model::ActorState| cx.tr.t(&format!("state-{}", s.state.id()));
    match (at.life, state) {
        (Life::Ended, Some(s)) => {
            let mut text = format!("{}{DOT}{}", word(s), date(cx, &s.when));
            for doubt in doubts(cx, s.certainty, s.inferred) {
                text.push_str(DOT);
                text.push_str(&doubt);
            }
            Some((text, true))
        }
        (Life::PerhapsEnded, Some(s)) => {
            let text = cx.tr.s("panel-possibly", &word(s));
            Some((format!("{text}{DOT}{}", date(cx, &s.when)), true))
        }
        (Life::NotYet, Some(s)) => Some((cx.tr.s("panel-not-yet", &word(s)), false)),
        (Life::PerhapsNotYet, Some(s)) => Some((cx.tr.s("panel-perhaps-not-yet", &word(s)), false)),
        (Life::Acts, _) if actor.states.iter().any(|s| s.state.ends_actor()) => {
            let person = actor.schema == crate::model::Schema::Person;
            let key = if person {
                "state-alive"
            } else {
                "state-active"
            };
            Some((cx.tr.t(key), false))
        }
        _ => None,
    }
}

/// A heading with the date of the playhead, to the day, put in: the text of
/// `key-date`, or of `key-end` when the window has no end.
pub(super) fn playhead(cx: &Ctx<'_>, key: &str) -> String {
    let window = cx.session().scope.window;
    if window.is_open_end() {
        cx.tr.t(&format!("{key}-end"))
    } else {
        let day = cx.moment(cx.session().playhead(), Unit::Day);
        cx.tr.s(&format!("{key}-date"), &day)
    }
}

/// Where in its source a claim was read: a paragraph when the document is at
/// hand, else a position or a reference.
pub(super) fn locator(cx: &Ctx<'_>, aids: &Aids, claim: &Claim) -> Option<String> {
    match claim.locator.as_ref()? {
        Locator::Fragment(text) => Some(shortened(text, FRAGMENT)),
        l @ Locator::Position { start, .. } => {
            let paragraph = aids.document(cx, claim.source).and_then(|view| {
                let range = view.document.passage(l)?;
                Some(format!("¶{}", view.paragraph_number(range.start)))
            });
            paragraph.or_else(|| Some(cx.tr.s("panel-char", &start.to_string())))
        }
    }
}

/// A short citation: "000 ¶4".
pub(super) fn citation(cx: &Ctx<'_>, aids: &Aids, claim: &Claim) -> String {
    let name = short_name(cx.dataset().source(claim.source), cx.lang());
    match locator(cx, aids, claim) {
        Some(at) => format!("{name} {at}"),
        None => name,
    }
}

/// The icon and key of what the details panel is about.
pub(super) fn focus_icon(focus: crate::session::Focus) -> (&'static str, &'static str) {
    use crate::session::Focus;
    match focus {
        Focus::Event(_) => (icon::CALENDAR_BLANK, "panel-event"),
        Focus::Actor(_) => (icon::USER, "panel-actor"),
        Focus::Place(_) => (icon::MAP_PIN, "panel-place"),
        Focus::Source(_) => (icon::FILE_TEXT, "panel-source"),
    }
}
