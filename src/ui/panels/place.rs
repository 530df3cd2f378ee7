//! One place: how well it is known, and what happened there.

use egui::{Button, Label, RichText, Ui};
use egui_phosphor::regular as icon;
use geo::Geometry;

use crate::dataset::{Filter, geometry_box};
use crate::model::{EventRow, PlaceIx, Subject};
use crate::session::{Command, Focus, MapRequest};
use crate::ui::text::{linked_title, visual};
use crate::ui::widgets::{flow, row, section, small};
use crate::ui::{Ctx, widgets};
use crate::view::claim_value::{Value, value_of};
use crate::view::event_view::Evidence;
use crate::view::linkify::Linker;

use super::actor::filter_button;
use super::aids::Aids;
use super::evidence::{chips, differ};
use super::{strip, words};

/// Zoom at which a single place is shown. Trade-off: the village and its
/// surroundings, not the village alone.
const ZOOM: f64 = 9.0;

/// The events at a place, in order of time.
pub(super) fn events(cx: &Ctx<'_>, place: PlaceIx) -> Vec<EventRow> {
    let filter = Filter {
        places: std::iter::once(place).collect(),
        ..Filter::default()
    };
    cx.dataset().filtered(&filter).iter().collect()
}

/// Shows a place with its events.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Ctx<'_>,
    aids: &Aids,
    linker: &Linker,
    ix: PlaceIx,
    events: &[EventRow],
) {
    let place = cx.dataset().place(ix);
    linked_title(ui, cx, linker, &words::place(cx, ix));
    let others: Vec<String> = place
        .names
        .iter()
        .filter(|(lang, name)| *lang != cx.lang() && *name != place.names.get(cx.lang()))
        .map(|(_, name)| visual(name))
        .collect();
    if !others.is_empty() {
        ui.add(Label::new(small(cx.theme, others.join(words::DOT))).wrap());
    }
    flow(ui, |ui| {
        let on = cx.session().scope.filter.places.contains(&ix);
        filter_button(ui, cx, on, Command::TogglePlace(ix));
        show_on_map(ui, cx, ix);
    });
    ui.add_space(4.0);
    row(ui, cx.theme, &cx.tr.t("panel-precision"), |ui| {
        ui.add(Label::new(words::precision(cx, place.precision, place.radius_m)).wrap());
    });
    coordinates(ui, cx, aids, ix);
    origin(ui, cx, ix);
    section(ui, cx.theme, &cx.tr.n("panel-events", events.len() as u64));
    strip::show(ui, cx, events, Some(cx.session().playhead()));
    let on = cx.session().scope.filter.places.contains(&ix);
    let only = (!on).then_some(Command::TogglePlace(ix));
    strip::list(ui, cx, events, None, only);
}

fn show_on_map(ui: &mut Ui, cx: &Ctx<'_>, ix: PlaceIx) {
    let Some(geometry) = &cx.dataset().place(ix).geometry else {
        return;
    };
    let name = cx.tr.t("panel-show-on-map");
    let text = format!("{} {name}", icon::CROSSHAIR);
    if ui.add(Button::new(text)).accessible_name(name).clicked() {
        cx.send(Command::Map(request(geometry)));
    }
}

/// A point is looked at from some distance, anything larger is fitted.
fn request(geometry: &Geometry<f64>) -> MapRequest {
    match (geometry, geometry_box(geometry)) {
        (Geometry::Point(p), _) => MapRequest::Goto {
            center: (p.x(), p.y()),
            zoom: Some(ZOOM),
        },
        (_, Some(area)) => MapRequest::Fit(area),
        (_, None) => MapRequest::ZoomBy(0.0),
    }
}

fn coordinates(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, ix: PlaceIx) {
    let place = cx.dataset().place(ix);
    let mut evidence = Evidence::default();
    for claim in cx.dataset().claims_about(Subject::Place(ix)).iter() {
        if cx.dataset().claim(*claim).shown {
            evidence.support.push(*claim);
        } else {
            evidence.against.push(*claim);
        }
    }
    row(ui, cx.theme, &cx.tr.t("panel-coordinates"), |ui| {
        let text = match &place.geometry {
            Some(Geometry::Point(p)) => words::position(p.y(), p.x()),
            Some(_) => cx.tr.t("panel-area"),
            None => cx.tr.t("panel-unknown"),
        };
        flow(ui, |ui| {
            ui.add(Label::new(RichText::new(&text)));
            if let Some(Geometry::Point(_)) = &place.geometry
                && widgets::icon_button(ui, icon::COPY, &cx.tr.t("panel-copy")).clicked()
            {
                cx.send(Command::Copy(text.clone()));
            }
            chips(ui, cx, aids, &evidence.support);
        });
        // The same spot to a few metres, from another gazetteer, agrees.
        evidence.against.retain(|c| !agrees(cx, ix, *c));
        differ(ui, cx, aids, "coordinates", &evidence);
    });
}

fn agrees(cx: &Ctx<'_>, ix: PlaceIx, claim: crate::model::ClaimIx) -> bool {
    let claim = cx.dataset().claim(claim);
    match (
        &cx.dataset().place(ix).geometry,
        value_of(cx.dataset(), &claim),
    ) {
        (Some(Geometry::Point(p)), Value::Position { lat, lon }) => {
            (p.y() - lat).abs() < 0.001 && (p.x() - lon).abs() < 0.001
        }
        _ => false,
    }
}

fn origin(ui: &mut Ui, cx: &Ctx<'_>, ix: PlaceIx) {
    let Some(origin) = &cx.dataset().place(ix).origin else {
        return;
    };
    row(ui, cx.theme, &cx.tr.t("attribute-origin"), |ui| {
        if let Some(source) = cx.dataset().source_by_id(&origin.source) {
            let name = words::source(cx, source);
            if ui.add(egui::Link::new(name)).clicked() {
                cx.send(Command::Open(Focus::Source(source)));
            }
        } else {
            ui.label(&origin.source);
        }
        if !origin.reference.is_empty() {
            ui.add(Label::new(small(cx.theme, &origin.reference)).wrap());
        }
        let note = origin.note.get(cx.lang());
        if !note.is_empty() {
            ui.add(Label::new(small(cx.theme, note)).wrap());
        }
    });
}
