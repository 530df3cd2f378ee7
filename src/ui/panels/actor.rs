//! One actor at the playhead.

use egui::{Button, Label, RichText, Ui};
use egui_phosphor::regular as icon;

use crate::model::time::When;
use crate::model::{NameType, Subject};
use crate::session::{Command, Focus};
use crate::ui::text::{linked_body, linked_title, visual};
use crate::ui::widgets::{dot, flow, row, section, small, weak};
use crate::ui::{Ctx, FONT_BODY, semibold};
use crate::view::actor_view::{ActorView, NameLine, Phase, StateLine, Tie, persists};
use crate::view::claim_value::{Value, value_of};
use crate::view::linkify::Linker;

use super::aids::Aids;
use super::event::{actor_link, attribute_name, plain};
use super::evidence::{beside, chips, differ, inferred};
use super::words::{self, DOT};
use super::{network, strip};

/// Shows an actor.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, linker: &Linker, view: &ActorView) {
    let actor = cx.dataset().actor(view.actor);
    linked_title(ui, cx, linker, &visual(actor.name(cx.lang())));
    head(ui, cx, view);
    names(ui, cx, aids, view);
    let summary = actor.summary.get(cx.lang());
    if !summary.is_empty() {
        ui.add_space(8.0);
        linked_body(ui, cx, linker, summary);
    }
    section(
        ui,
        cx.theme,
        &words::playhead(cx, "panel-at-date", "panel-at-end"),
    );
    standing(ui, cx, aids, view);
    let now: Vec<&Tie> = view.ties.iter().filter(|t| t.phase.is_now()).collect();
    for tie in &now {
        show_tie(ui, cx, aids, tie);
    }
    if now.is_empty() {
        ui.label(small(cx.theme, cx.tr.t("panel-no-ties")));
    }
    if !view.ties.is_empty() {
        section(ui, cx.theme, &cx.tr.t("panel-network"));
        network::show(ui, cx, view);
    }
    for (phase, key) in [
        (Phase::Past, "panel-before"),
        (Phase::Future, "panel-after"),
    ] {
        let ties: Vec<&Tie> = view.ties.iter().filter(|t| t.phase == phase).collect();
        let states: Vec<&StateLine> = view.states.iter().filter(|s| s.phase == phase).collect();
        if ties.is_empty() && states.is_empty() {
            continue;
        }
        section(ui, cx.theme, &cx.tr.t(key));
        ui.scope(|ui| {
            // What does not hold now steps back.
            ui.visuals_mut().override_text_color = Some(cx.theme.palette.weak);
            for line in states {
                state(ui, cx, aids, view, line);
            }
            for tie in ties {
                show_tie(ui, cx, aids, tie);
            }
        });
    }
    let events = cx.dataset().events_of_actor(view.actor);
    section(ui, cx.theme, &cx.tr.n("panel-events", events.len() as u64));
    strip::show(ui, cx, events, Some(view.at));
    strip::list(ui, cx, events, Some(view.actor), only(cx, view));
    more(ui, cx, aids, view);
}

/// What lets only its events through, unless that is on already.
fn only(cx: &Ctx<'_>, view: &ActorView) -> Option<Command> {
    let on = cx.session().scope.filter.actors.contains(&view.actor);
    (!on).then_some(Command::ToggleActor(view.actor))
}

fn head(ui: &mut Ui, cx: &Ctx<'_>, view: &ActorView) {
    let actor = cx.dataset().actor(view.actor);
    flow(ui, |ui| {
        dot(ui, cx.theme, actor.side);
        let schema = cx.tr.t(&format!("schema-{}", actor.schema.id()));
        let side = words::side(cx, actor.side);
        ui.add(Label::new(weak(cx.theme, format!("{schema}{DOT}{side}"))));
    });
    filter_button(
        ui,
        cx,
        cx.session().scope.filter.actors.contains(&view.actor),
        Command::ToggleActor(view.actor),
    );
}

/// A button that lets only the events of a thing through, or no longer.
pub(super) fn filter_button(ui: &mut Ui, cx: &Ctx<'_>, on: bool, command: Command) {
    let key = if on {
        "panel-filter-off"
    } else {
        "panel-filter-on"
    };
    let text = format!("{} {}", icon::FUNNEL, cx.tr.t(key));
    let name = cx.tr.t(key);
    let response = ui
        .add(Button::new(text).selected(on))
        .on_hover_text(cx.tr.t("panel-filter-hint"))
        .accessible_name(name);
    if response.clicked() {
        cx.send(command);
    }
}

fn names(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &ActorView) {
    ui.add_space(4.0);
    for kind in [NameType::Primary, NameType::Alias, NameType::Spelling] {
        let actor = cx.dataset().actor(view.actor);
        let lines: Vec<&NameLine> = view
            .names
            .iter()
            .filter(|l| actor.names[l.at].kind == kind)
            .collect();
        if lines.is_empty() {
            continue;
        }
        row(
            ui,
            cx.theme,
            &cx.tr.t(&format!("name-{}", kind.id())),
            |ui| {
                for line in lines {
                    name(ui, cx, aids, view, line);
                }
            },
        );
    }
}

fn name(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &ActorView, line: &NameLine) {
    let name = &cx.dataset().actor(view.actor).names[line.at];
    flow(ui, |ui| {
        let mut text = RichText::new(visual(&name.name));
        match line.phase {
            // The name of the time.
            Some(p) if p.is_now() => text = text.font(semibold(FONT_BODY)),
            Some(_) => text = text.color(cx.theme.palette.weak),
            None => {}
        }
        ui.add(Label::new(text));
        if let Some(when) = &name.when {
            ui.label(small(cx.theme, cx.when(when)));
        }
        let about = view.name_claims.iter().filter(|c| {
            let claim = cx.dataset().claim(**c);
            matches!(value_of(cx.dataset(), &claim), Value::Text(t) if t == name.name)
        });
        let claims: Vec<_> = about.copied().collect();
        let outside = claims.iter().all(|c| cx.dataset().claim(*c).inferred);
        inferred(ui, cx, outside && !claims.is_empty());
        chips(ui, cx, aids, &claims);
    });
}

/// What has become of it, its rank, and the states that hold.
fn standing(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &ActorView) {
    let actor = cx.dataset().actor(view.actor);
    let shown = view.standing.state;
    if let Some((text, death)) = words::standing(cx, actor, view.standing) {
        row(ui, cx.theme, &cx.tr.t("attribute-state"), |ui| {
            flow(ui, |ui| {
                let text = RichText::new(text).font(semibold(FONT_BODY));
                ui.add(Label::new(if death {
                    text.color(cx.theme.palette.danger)
                } else {
                    text
                }));
                let line = view.states.iter().find(|l| Some(l.at) == shown);
                if let Some(line) = line {
                    chips(ui, cx, aids, &line.evidence.support);
                }
            });
            if let Some(line) = view.states.iter().find(|l| Some(l.at) == shown) {
                differ(ui, cx, aids, "standing", &line.evidence);
            }
            if let Some(state) = shown.and_then(|i| actor.states.get(i)) {
                event_link(ui, cx, state.event.as_deref());
            }
        });
    }
    if view.is_person(cx.dataset())
        && let Some(tie) = view.rank(cx.dataset())
    {
        let relation = cx.dataset().relation(tie.relation);
        row(ui, cx.theme, &cx.tr.t("panel-rank"), |ui| {
            flow(ui, |ui| {
                let role = relation.role.get(cx.lang()).to_owned();
                ui.add(Label::new(RichText::new(role).font(semibold(FONT_BODY))));
                if tie.phase == Phase::MayHold {
                    ui.label(small(cx.theme, cx.tr.t("panel-perhaps")));
                }
                inferred(ui, cx, relation.inferred);
                chips(ui, cx, aids, &tie.claims);
            });
        });
    }
    for line in view.states.iter().filter(|l| l.phase.is_now()) {
        if Some(line.at) != shown {
            state(ui, cx, aids, view, line);
        }
    }
}

fn state(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &ActorView, line: &StateLine) {
    let state = &cx.dataset().actor(view.actor).states[line.at];
    flow(ui, |ui| {
        ui.label(cx.tr.t(&format!("state-{}", state.state.id())));
        dated(ui, cx, &state.when, line.phase);
        if line.phase == Phase::MayHold && persists(state.state) {
            ui.label(small(cx.theme, cx.tr.t("panel-perhaps-already")));
        }
        for doubt in words::doubts(cx, state.certainty, state.inferred) {
            ui.label(small(cx.theme, doubt).italics());
        }
        chips(ui, cx, aids, &line.evidence.support);
    });
    differ(ui, cx, aids, &format!("state-{}", line.at), &line.evidence);
    if !line.phase.is_now() {
        event_link(ui, cx, state.event.as_deref());
    }
}

fn event_link(ui: &mut Ui, cx: &Ctx<'_>, id: Option<&str>) {
    if let Some(row) = id.and_then(|id| cx.dataset().event_by_id(id)) {
        strip::event_link(ui, cx, row);
    }
}

fn dated(ui: &mut Ui, cx: &Ctx<'_>, when: &When, phase: Phase) {
    let mut text = cx.when(when);
    if phase == Phase::MayHold {
        text = format!("{text}{DOT}{}", cx.tr.t("panel-perhaps"));
    }
    ui.add(Label::new(small(cx.theme, text)));
}

fn show_tie(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, tie: &Tie) {
    let relation = cx.dataset().relation(tie.relation);
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, 0.0);
    flow(ui, |ui| {
        ui.add(Label::new(weak(
            cx.theme,
            words::relation(cx, relation.kind, tie.outward),
        )));
        actor_link(ui, cx, tie.other);
    });
    let mut facts = Vec::new();
    let role = relation.role.get(cx.lang());
    if !role.is_empty() {
        facts.push(role.to_owned());
    }
    facts.push(cx.when(&relation.when));
    if tie.phase == Phase::MayHold {
        facts.push(cx.tr.t("panel-perhaps"));
    }
    facts.extend(words::doubts(cx, relation.certainty, relation.inferred));
    flow(ui, |ui| {
        ui.add(Label::new(small(cx.theme, facts.join(DOT))));
        chips(ui, cx, aids, &tie.claims);
    });
    ui.spacing_mut().item_spacing.y = gap;
    ui.add_space(6.0);
}

/// Whatever else is claimed of it.
fn more(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &ActorView) {
    if view.more.is_empty() {
        return;
    }
    section(ui, cx.theme, &cx.tr.t("panel-more-claims"));
    for ix in &view.more {
        let claim = cx.dataset().claim(*ix);
        row(ui, cx.theme, &attribute_name(cx, &claim.attribute), |ui| {
            if claim.shown {
                let text = words::value(cx, &value_of(cx.dataset(), &claim));
                plain(ui, cx, aids, text, vec![*ix]);
            } else {
                beside(ui, cx, aids, *ix);
            }
        });
    }
}

/// What a claim is about, as a thing to open.
pub(super) fn focus_of(cx: &Ctx<'_>, subject: Subject) -> Focus {
    match subject {
        Subject::Event(row) => Focus::Event(row),
        Subject::Actor(ix) => Focus::Actor(ix),
        Subject::Place(ix) => Focus::Place(ix),
        Subject::Source(ix) => Focus::Source(ix),
        Subject::Relation(ix) => Focus::Actor(cx.dataset().relation(ix).from),
    }
}
