//! One event with its evidence.

use egui::{Label, Link, RichText, Ui};

use crate::model::{ActorIx, ClaimIx, EventRow, Flag, Role, Schema, Stance, TollKind};
use crate::session::{Command, Focus};
use crate::ui::text::{linked_body, linked_title};
use crate::ui::widgets::{dot, flow, mark, mark_colour, row, section, small, weak};
use crate::ui::{Ctx, FONT_BODY, semibold};
use crate::view::actor_view::{Phase, Standing, rank_at};
use crate::view::claim_value::{Value, value_of};
use crate::view::event_view::{EventView, Part, TollGroup};
use crate::view::linkify::Linker;

use super::aids::Aids;
use super::evidence::{beside, chips, differ, inferred, value};
use super::words::{self, DOT};

/// Shows an event.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, linker: &Linker, view: &EventView) {
    let event = cx.dataset().event(view.row);
    linked_title(ui, cx, linker, event.titles.get(cx.lang()));
    head(ui, cx, aids, view);
    ui.add_space(8.0);
    when(ui, cx, aids, view);
    place(ui, cx, aids, view);
    for group in &view.tolls {
        toll(ui, cx, aids, view.row, group);
    }
    let summary = event.summary.get(cx.lang());
    if !summary.is_empty() {
        ui.add_space(8.0);
        linked_body(ui, cx, linker, summary);
    }
    if !view.parts.is_empty() {
        section(
            ui,
            cx.theme,
            &words::playhead(cx, "panel-actors-date", "panel-actors-end"),
        );
        for part in &view.parts {
            participant(ui, cx, aids, view.row, part);
        }
    }
    if !view.more.is_empty() {
        section(ui, cx.theme, &cx.tr.t("panel-more-claims"));
        for (attribute, claims) in &view.more {
            let key = attribute_name(cx, attribute);
            row(ui, cx.theme, &key, |ui| {
                for claim in claims {
                    beside(ui, cx, aids, *claim);
                }
            });
        }
    }
}

/// The word for an attribute; as written where there is none.
pub(super) fn attribute_name(cx: &Ctx<'_>, attribute: &str) -> String {
    let key = format!("attribute-{attribute}");
    let name = cx.tr.t(&key);
    if name == key {
        attribute.to_owned()
    } else {
        name
    }
}

fn head(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &EventView) {
    let event = cx.dataset().event(view.row);
    flow(ui, |ui| {
        mark(ui, cx.theme, event.kind, mark_colour(cx, view.row));
        ui.label(cx.tr.t(&format!("kind-{}", event.kind.id())));
        if let Some(place) = event.place {
            ui.label(weak(cx.theme, "·"));
            if ui.add(Link::new(words::place(cx, place))).clicked() {
                cx.send(Command::Open(Focus::Place(place)));
            }
        }
        chips(ui, cx, aids, &view.kind.support);
    });
    flow(ui, |ui| {
        let side = cx.dataset().table().side(view.row);
        dot(ui, cx.theme, side);
        ui.label(small(cx.theme, words::side(cx, side)));
    });
    if !event.flags.is_empty() {
        flow(ui, |ui| {
            for flag in &event.flags {
                let text = cx.tr.t(&format!("flag-{}", flag.id()));
                let hint = cx.tr.t(&format!("panel-flag-{}", flag.id()));
                ui.label(
                    RichText::new(text)
                        .small()
                        .font(semibold(crate::ui::FONT_SMALL)),
                )
                .on_hover_text(hint);
            }
        });
    }
    differ(ui, cx, aids, "kind", &view.kind);
    if !cx.current().shown().contains(view.row) {
        out_of_sight(ui, cx, view.row);
    }
}

/// Says that the event is not among those shown, and offers to show it.
fn out_of_sight(ui: &mut Ui, cx: &Ctx<'_>, row: EventRow) {
    let filtered = !cx.current().filtered.contains(row);
    flow(ui, |ui| {
        let (said, offer, command) = if filtered {
            (
                "panel-filtered-out",
                "app-clear-filter",
                Command::ClearFilter,
            )
        } else {
            ("panel-outside", "panel-move-window", Command::GoTo(row))
        };
        ui.label(weak(cx.theme, cx.tr.t(said)));
        if ui.button(cx.tr.t(offer)).clicked() {
            cx.send(command);
        }
    });
}

fn when(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &EventView) {
    let event = cx.dataset().event(view.row);
    row(ui, cx.theme, &cx.tr.t("attribute-when"), |ui| {
        let text = match &event.when {
            Some(when) => RichText::new(cx.when(when)),
            None => weak(cx.theme, cx.tr.t("panel-no-date")),
        };
        flow(ui, |ui| {
            ui.add(Label::new(text));
            let flagged = event.has(Flag::InferredDate);
            inferred(ui, cx, flagged || view.when.is_inferred(cx.dataset()));
            chips(ui, cx, aids, &view.when.support);
        });
        if let Some(when) = &event.when {
            ui.label(small(cx.theme, when.edtf()))
                .on_hover_text(cx.tr.t("panel-edtf"));
        }
        differ(ui, cx, aids, "when", &view.when);
    });
}

fn place(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, view: &EventView) {
    let event = cx.dataset().event(view.row);
    row(ui, cx.theme, &cx.tr.t("attribute-where"), |ui| {
        flow(ui, |ui| {
            match event.place {
                Some(place) => {
                    if ui.add(Link::new(words::place(cx, place))).clicked() {
                        cx.send(Command::Open(Focus::Place(place)));
                    }
                }
                // Files of other programs have a position and no name for it.
                None => match (&event.geometry, cx.dataset().table().lon_lat(view.row)) {
                    (Some(geo::Geometry::Point(_)), Some((lon, lat))) => {
                        ui.label(words::position(lat, lon));
                    }
                    (Some(_), _) => {
                        ui.label(cx.tr.t("panel-area"));
                    }
                    (None, _) => {
                        ui.label(weak(cx.theme, cx.tr.t("panel-no-place")));
                    }
                },
            }
            if event.place.is_some() || event.geometry.is_some() {
                let text = words::precision(cx, event.precision, event.radius_m);
                ui.label(weak(cx.theme, text));
            }
            let flagged = event.has(Flag::InferredPlace);
            inferred(ui, cx, flagged || view.place.is_inferred(cx.dataset()));
            chips(ui, cx, aids, &view.place.support);
        });
        differ(ui, cx, aids, "where", &view.place);
    });
}

fn toll(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, event: EventRow, group: &TollGroup) {
    let key = cx.tr.t(&format!("toll-{}", group.what.id()));
    row(ui, cx.theme, &key, |ui| {
        if group.parts.is_empty() {
            ui.label(weak(cx.theme, cx.tr.t("panel-unknown")));
        } else {
            let text = RichText::new(words::sum(cx, group.sum)).font(semibold(FONT_BODY));
            let text = if group.what == TollKind::Killed {
                text.color(cx.theme.palette.danger)
            } else {
                text
            };
            if let [(at, evidence)] = group.parts.as_slice() {
                let who = cx.dataset().event(event).tolls[*at].who;
                flow(ui, |ui| {
                    ui.add(Label::new(text));
                    if let Some(who) = who {
                        actor_link(ui, cx, who);
                    }
                    inferred(ui, cx, evidence.is_inferred(cx.dataset()));
                    chips(ui, cx, aids, &evidence.support);
                    rival_sums(ui, cx, aids, group);
                });
            } else {
                flow(ui, |ui| {
                    ui.add(Label::new(text));
                    rival_sums(ui, cx, aids, group);
                });
                parts(ui, cx, aids, event, group);
            }
        }
        differ(ui, cx, aids, group.what.id(), &group.evidence);
    });
}

/// Sums that other sources give, right beside ours.
fn rival_sums(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, group: &TollGroup) {
    for ix in &group.evidence.against {
        let claim = cx.dataset().claim(*ix);
        let Value::Toll(toll) = value_of(cx.dataset(), &claim) else {
            continue;
        };
        if toll.who.is_some() || claim.stance != Stance::Asserts {
            continue;
        }
        let [low, best, high] = [toll.low, toll.best, toll.high].map(|n| n.map(u64::from));
        ui.label(weak(cx.theme, cx.tr.t("panel-or")));
        ui.label(words::figures(cx, low, best, high));
        chips(ui, cx, aids, std::slice::from_ref(ix));
    }
}

/// The parts that a sum is made of.
fn parts(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, event: EventRow, group: &TollGroup) {
    for (at, evidence) in &group.parts {
        let toll = &cx.dataset().event(event).tolls[*at];
        let figures = words::figures(
            cx,
            toll.low.map(u64::from),
            toll.best.map(u64::from),
            toll.high.map(u64::from),
        );
        flow(ui, |ui| {
            ui.label(figures);
            match toll.who {
                Some(who) => actor_link(ui, cx, who),
                None => {
                    ui.label(weak(cx.theme, cx.tr.t("panel-all-together")));
                }
            }
            inferred(ui, cx, evidence.is_inferred(cx.dataset()));
            chips(ui, cx, aids, &evidence.support);
        });
    }
}

/// An actor's name that opens it.
pub(super) fn actor_link(ui: &mut Ui, cx: &Ctx<'_>, actor: ActorIx) {
    if ui.add(Link::new(words::actor(cx, actor))).clicked() {
        cx.send(Command::Open(Focus::Actor(actor)));
    }
}

fn participant(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, event: EventRow, part: &Part) {
    let dataset = cx.dataset();
    let p = &dataset.event(event).participants[part.at];
    let actor = dataset.actor(p.actor);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        dot(ui, cx.theme, actor.side);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            flow(ui, |ui| {
                actor_link(ui, cx, p.actor);
                let role = RichText::new(cx.tr.t(&format!("role-{}", p.role.id())));
                ui.label(role.color(if p.role == Role::Killed {
                    cx.theme.palette.danger
                } else {
                    cx.theme.palette.weak
                }));
                for doubt in words::doubts(cx, p.certainty, p.inferred) {
                    ui.label(small(cx.theme, doubt).italics());
                }
                chips(ui, cx, aids, &part.evidence.support);
            });
            let now = at_playhead(cx, p.actor);
            if !now.is_empty() {
                ui.add(Label::new(small(cx.theme, now.join(DOT))).wrap());
            }
            let id = format!("part-{}", part.at);
            differ(ui, cx, aids, &id, &part.evidence);
        });
    });
    ui.add_space(2.0);
}

/// What held of an actor at the playhead: what had become of it, its rank.
fn at_playhead(cx: &Ctx<'_>, ix: ActorIx) -> Vec<String> {
    let dataset = cx.dataset();
    let actor = dataset.actor(ix);
    let at = cx.session().playhead();
    let mut now = Vec::new();
    if let Some((text, _)) = words::standing(cx, actor, Standing::of(actor, at)) {
        now.push(text);
    }
    if actor.schema == Schema::Person
        && let Some((relation, phase)) = rank_at(dataset, ix, at)
    {
        let role = dataset.relation(relation).role.get(cx.lang()).to_owned();
        now.push(if phase == Phase::Holds {
            role
        } else {
            cx.tr.s("panel-possibly", &role)
        });
    }
    now
}

/// A value without a link, with its evidence; for panels beside this one.
pub(super) fn plain(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, text: String, claims: Vec<ClaimIx>) {
    let evidence = crate::view::event_view::Evidence {
        support: claims,
        against: Vec::new(),
    };
    value(ui, cx, aids, RichText::new(text), &evidence);
}
