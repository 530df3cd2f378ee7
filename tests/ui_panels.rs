//! The side panels and the table, by accessible name.

#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

mod common;

use std::sync::Arc;

use chronotope::dataset::{Dataset, Parts};
use chronotope::formats::{Report, sha256_hex};
use chronotope::model::time::{Lang, Window};
use chronotope::model::{
    Actor, ActorIx, ActorName, Claim, ClaimIx, Document, EventRow, Kind, Localised, Locator,
    NameType, PlaceIx, Schema, Source, SourceIx, SourceKind, Stance, Subject,
};
use chronotope::session::{Command, Focus, Prefs, Workbench};
use chronotope::ui::panels::{DetailsPanel, FiltersPanel, TablePanel};
use chronotope::ui::{Ctx, Outbox, Theme, Tr, install_fonts};
use egui::{Modifiers, Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

enum Shown {
    Details(Box<DetailsPanel>),
    Filters(Box<FiltersPanel>),
    Table(Box<TablePanel>),
}

struct App {
    bench: Workbench,
    shown: Shown,
    sent: Vec<Command>,
}

fn details() -> Shown {
    Shown::Details(Box::new(DetailsPanel::new()))
}

fn filters() -> Shown {
    Shown::Filters(Box::new(FiltersPanel::new()))
}

fn table() -> Shown {
    Shown::Table(Box::new(TablePanel::new()))
}

fn frame(ui: &mut egui::Ui, app: &mut App) {
    let theme = Theme::new(true);
    let out = Outbox::default();
    let cx = Ctx {
        bench: &app.bench,
        tr: Tr::new(app.bench.session().prefs.lang),
        theme: &theme,
        out: &out,
    };
    egui::CentralPanel::default().show(ui, |ui| match &mut app.shown {
        Shown::Details(panel) => panel.show(ui, &cx),
        Shown::Filters(panel) => panel.show(ui, &cx),
        Shown::Table(panel) => panel.show(ui, &cx),
    });
    for command in out.take() {
        app.sent.push(command.clone());
        app.bench.apply(command);
    }
}

fn open(bench: Workbench, shown: Shown, width: f32, height: f32) -> Harness<'static, App> {
    let app = App {
        bench,
        shown,
        sent: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(vec2(width, height))
        .with_step_dt(0.1)
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::new(true).apply(ctx, 1.0);
        })
        .build_ui_state(frame, app);
    harness.run_steps(4);
    harness
}

/// Looks for the dataset's documents; answers how many were found.
fn find_documents(bench: &mut Workbench, path: &std::path::Path) -> usize {
    let mut documents = bench.documents().clone();
    let found = documents.add(path, bench.dataset()).unwrap();
    bench.set_documents(documents);
    found
}

/// Preferences of somebody who has seen the tour.
fn seasoned() -> Prefs {
    Prefs {
        tour_done: true,
        ..Prefs::default()
    }
}

fn bundled(lang: Lang) -> Workbench {
    let (dataset, report) = common::bundled();
    let prefs = Prefs { lang, ..seasoned() };
    Workbench::new(dataset, report, prefs)
}

fn event(bench: &Workbench, id: &str) -> Focus {
    Focus::Event(bench.dataset().event_by_id(id).unwrap())
}

fn actor(bench: &Workbench, id: &str) -> Focus {
    Focus::Actor(bench.dataset().actor_by_id(id).unwrap())
}

fn claim(bench: &Workbench, id: &str) -> ClaimIx {
    let at = bench.dataset().claims().iter().position(|c| c.id == id);
    ClaimIx::new(at.unwrap())
}

/// Everything that a screen reader would be told.
fn labels(harness: &Harness<'_, App>) -> Vec<String> {
    harness
        .root()
        .children_recursive()
        .filter_map(|n| {
            let node = n.accesskit_node();
            node.label().or_else(|| node.value())
        })
        .collect()
}

fn says(harness: &Harness<'_, App>, text: &str) -> bool {
    labels(harness).iter().any(|l| l.contains(text))
}

fn session<'a>(harness: &'a Harness<'_, App>) -> &'a chronotope::session::Session {
    harness.state().bench.session()
}

// ----- details -----

#[test]
fn a_participant_opens_its_actor_and_back_leads_to_the_event() {
    let mut bench = bundled(Lang::En);
    let ambush = event(&bench, "tongo-tongo-ambush");
    let djibo = actor(&bench, "illiassou-djibo");
    bench.apply(Command::Open(ambush));
    let mut harness = open(bench, details(), 340.0, 1600.0);
    // Once in the summary, once among the participants.
    let links: Vec<_> = harness
        .get_all_by_role_and_label(Role::Link, "Illiassou Djibo")
        .collect();
    assert_eq!(links.len(), 2);
    links[1].click();
    harness.run_steps(2);
    assert_eq!(session(&harness).trail.current(), Some(djibo));
    harness.get_by_label("Back").click();
    harness.run_steps(2);
    assert_eq!(session(&harness).trail.current(), Some(ambush));
    harness.get_by_label("Forward").click();
    harness.run_steps(2);
    assert_eq!(session(&harness).trail.current(), Some(djibo));
}

#[test]
fn the_tolls_of_tongo_tongo_stand_side_by_side() {
    let mut bench = bundled(Lang::En);
    let ambush = event(&bench, "tongo-tongo-ambush");
    bench.apply(Command::Open(ambush));
    let mut harness = open(bench, details(), 340.0, 1600.0);
    harness.get_by_label("8");
    harness.get_by_label("28 (28–33) · all together");
    harness.get_by_label("5 · Nigerien soldiers at Tongo Tongo");
    harness.get_by_label("Sources differ (5)");
    // The rival figure leads to the source that gives it.
    let ucdp = claim(&harness.state().bench, "tongo-tongo-ambush-toll-other");
    harness.get_by_label("28 (28–33)");
    let cited = harness.query_all_by_label_contains("Read in UCDP").next();
    cited.unwrap().click();
    harness.run_steps(2);
    assert_eq!(session(&harness).reader.claim, Some(ucdp));
    assert!(says(&harness, "Uppsala"));
}

#[test]
fn what_held_of_an_actor_follows_the_playhead() {
    for (window, said, unsaid) in [
        ("2012/2019", "alive", "killed · 28"),
        ("2012/2022-10-29", "possibly killed", "alive"),
        (
            "2012/2022-11",
            "killed · 28–29 and 31 October 2022",
            "possibly killed",
        ),
    ] {
        let mut bench = bundled(Lang::En);
        let djibo = actor(&bench, "illiassou-djibo");
        bench.apply(Command::SetWindow(Window::parse(window).unwrap()));
        bench.apply(Command::Open(djibo));
        let harness = open(bench, details(), 340.0, 2400.0);
        // The state of the moment comes first; later ones are listed below.
        let labels = labels(&harness);
        let at = |text: &str| labels.iter().position(|l| l.starts_with(text));
        let first = at(said).unwrap_or_else(|| panic!("{window}: {said} is not said"));
        assert!(at(unsaid).is_none_or(|n| n > first), "{window}: {unsaid}");
        let rank = at("senior lieutenant").is_some_and(|n| n < first + 4);
        assert_eq!(rank, window == "2012/2019", "{window}");
    }
}

#[test]
fn the_network_and_the_strip_lead_on() {
    let mut bench = bundled(Lang::En);
    let djibo = actor(&bench, "illiassou-djibo");
    let leader = actor(&bench, "abou-walid-al-sahraoui");
    bench.apply(Command::Open(djibo));
    let mut harness = open(bench, details(), 340.0, 2400.0);
    let node = "Abou Walid al-Sahraoui in the network";
    harness.get_by_label(node).click();
    harness.run_steps(2);
    assert_eq!(session(&harness).trail.current(), Some(leader));
    let mark = "Drone strike on Abou Walid al-Sahraoui on the strip";
    harness.get_by_label(mark).click();
    harness.run_steps(2);
    let strike = event(&harness.state().bench, "abou-walid-al-sahraoui-killing");
    assert_eq!(session(&harness).trail.current(), Some(strike));
}

#[test]
fn a_place_goes_to_the_map_and_filters() {
    let mut bench = bundled(Lang::En);
    let place = bench.dataset().place_by_id("tongo-tongo").unwrap();
    bench.apply(Command::Open(Focus::Place(place)));
    let mut harness = open(bench, details(), 340.0, 900.0);
    harness.get_by_label("Show on the map").click();
    harness.get_by_label("Filter by this").click();
    harness.run_steps(2);
    assert!(session(&harness).map.request.is_some());
    assert!(session(&harness).scope.filter.places.contains(&place));
    harness.get_by_label("No longer filter by this").click();
    harness.run_steps(2);
    assert!(session(&harness).scope.filter.is_empty());
}

#[test]
fn no_panel_shows_a_key_or_english_in_french() {
    let keys: Vec<String> = ["panels", "words"]
        .iter()
        .flat_map(|part| {
            let path = format!("assets/locales/en/{part}.ftl");
            let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(root.join(path)).unwrap();
            let key = |l: &str| l.split_once(" =").map(|(k, _)| k.to_owned());
            text.lines().filter_map(key).collect::<Vec<_>>()
        })
        .collect();
    assert!(keys.len() > 250);
    let check = |harness: &Harness<'_, App>, what: &str| {
        let labels = labels(harness);
        assert!(labels.len() > 3, "{what}: {labels:?}");
        for label in &labels {
            // "certain" is a word and its own key.
            assert!(
                !label.contains('-') || !keys.contains(label),
                "{what}: {label}"
            );
            for word in [
                "Sources differ",
                "cited passage",
                "Our summary",
                "inferred",
                "Filter by",
            ] {
                assert!(!label.contains(word), "{what}: {label}");
            }
        }
    };
    let some = bundled(Lang::Fr);
    let dataset = Arc::clone(some.dataset());
    let all = everything(&dataset);
    let mut harness = open(some, details(), 300.0, 900.0);
    for focus in all {
        let bench = &mut harness.state_mut().bench;
        bench.apply(Command::Open(focus));
        if let Focus::Source(source) = focus {
            bench.apply(Command::OpenSource(source));
        }
        harness.run_steps(1);
        check(&harness, &format!("{focus:?}"));
    }
    check(
        &open(bundled(Lang::Fr), filters(), 240.0, 1600.0),
        "filters",
    );
    check(&open(bundled(Lang::Fr), table(), 1100.0, 500.0), "table");
}

/// Nothing pushes a panel wider than it is, in either language.
#[test]
fn nothing_reaches_over_the_edge_of_a_narrow_panel() {
    for lang in [Lang::En, Lang::Fr] {
        let some = bundled(lang);
        let all = everything(some.dataset());
        let mut harness = open(some, details(), 280.0, 3000.0);
        for focus in all {
            harness.state_mut().bench.apply(Command::Open(focus));
            harness.run_steps(1);
            fits(&harness, 280.0, &format!("{focus:?}"));
        }
        let mut bench = bundled(lang);
        bench.apply(Command::ToggleKind(Kind::Attack));
        fits(&open(bench, filters(), 220.0, 3000.0), 220.0, "filters");
    }
}

fn everything(dataset: &Dataset) -> Vec<Focus> {
    let mut all: Vec<Focus> = dataset.rows().map(Focus::Event).collect();
    all.extend((0..dataset.actors().len()).map(|i| Focus::Actor(ActorIx::new(i))));
    all.extend((0..dataset.places().len()).map(|i| Focus::Place(PlaceIx::new(i))));
    all.extend((0..dataset.sources().len()).map(|i| Focus::Source(SourceIx::new(i))));
    all
}

fn fits(harness: &Harness<'_, App>, width: f32, what: &str) {
    for node in harness.root().children_recursive() {
        let label = node.accesskit_node().label();
        if label.is_some() {
            let right = node.rect().right();
            assert!(right <= width, "{what}: {label:?} ends at {right}");
        }
    }
}

// ----- reader -----

const ARABIC: &str = "قال الشيخ عدنان أبو وليد الصحراوي إن الحرب لم تنته";

/// A source of three paragraphs with a good citation, a bad one, and one of
/// Arabic; an actor named by its alias in the text.
fn made_up(text: &str) -> (Dataset, tempfile::TempDir) {
    let name = |name: &str, kind| ActorName {
        name: name.to_owned(),
        kind,
        lang: None,
        when: None,
        extra: serde_json::Map::new(),
    };
    let source = Source {
        id: "made-up".to_owned(),
        kind: SourceKind::Report,
        title: Localised::new("en", "A made-up report"),
        author: None,
        publisher: None,
        language: Some("fr".to_owned()),
        published: None,
        published_inferred: false,
        url: None,
        licence: None,
        reliability: None,
        summary: Localised::new("en", "Nothing in it is true."),
        document: Some(Box::new(Document {
            name: "900_made_up.txt".to_owned(),
            sha256: sha256_hex(text.as_bytes()),
            chars: Some(text.chars().count() as u64),
            media_type: "text/plain".to_owned(),
            extra: serde_json::Map::new(),
        })),
        missing: false,
        extra: serde_json::Map::new(),
    };
    let claim = |id: &str, passage: &str, hashed: &str| {
        let start = text[..text.find(passage).unwrap()].chars().count() as u64;
        Claim {
            id: id.to_owned(),
            source: SourceIx::new(0),
            subject: Subject::Actor(ActorIx::new(0)),
            attribute: "remark".to_owned(),
            value: serde_json::Value::String(format!("value of {id}")),
            stance: Stance::Asserts,
            shown: true,
            inferred: false,
            credibility: None,
            note: Localised::default(),
            locator_extra: serde_json::Map::new(),
            subject_extra: serde_json::Map::new(),
            locator: Some(Locator::Position {
                start,
                end: start + passage.chars().count() as u64,
                sha256: sha256_hex(hashed.as_bytes()),
            }),
            extra: serde_json::Map::new(),
        }
    };
    let parts = Parts {
        actors: vec![Actor {
            id: "hero".to_owned(),
            schema: Schema::Person,
            names: vec![
                name("The Hero", NameType::Primary),
                name("Petit Exemple", NameType::Alias),
            ],
            side: None,
            summary: Localised::default(),
            country: Vec::new(),
            states: Vec::new(),
            missing: false,
            extra: serde_json::Map::new(),
        }],
        sources: vec![source],
        claims: vec![
            claim("first", "Petit Exemple", "Petit Exemple"),
            claim("drifted", "deuxième", "second"),
            claim("arabic", "عدنان", "عدنان"),
            claim("last", "La fin", "La fin"),
        ],
        ..Parts::default()
    };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("900_made_up.txt"), text).unwrap();
    (Dataset::new(parts), folder)
}

fn short() -> String {
    format!("On connaît Petit Exemple.\n\nLe deuxième alinéa.\n{ARABIC}\nLa fin, enfin.\n")
}

fn reading(text: &str, with_document: bool) -> Workbench {
    let (dataset, folder) = made_up(text);
    let mut bench = Workbench::new(Arc::new(dataset), Report::default(), seasoned());
    if with_document {
        assert_eq!(find_documents(&mut bench, folder.path()), 1);
    }
    bench.apply(Command::OpenClaim(ClaimIx::new(0)));
    bench
}

#[test]
fn the_text_stands_in_the_reader_and_its_names_are_links() {
    let mut harness = open(reading(&short(), true), details(), 360.0, 800.0);
    harness.get_by_label("Le deuxième alinéa.");
    harness.get_by_label(ARABIC);
    harness.get_by_label("1 / 4");
    let link = harness.get_by_role_and_label(Role::Link, "Petit Exemple");
    link.click();
    harness.run_steps(2);
    let hero = actor(&harness.state().bench, "hero");
    assert_eq!(session(&harness).trail.current(), Some(hero));
}

#[test]
fn a_passage_whose_hash_fails_is_said_not_marked() {
    let mut harness = open(reading(&short(), true), details(), 360.0, 800.0);
    assert!(!says(&harness, "Passage not found"));
    harness.get_by_label("Next cited passage").click();
    harness.run_steps(2);
    harness.get_by_label("2 / 4");
    assert_eq!(session(&harness).reader.claim, Some(ClaimIx::new(1)));
    assert!(says(&harness, "Passage not found"));
    harness.get_by_label("Previous cited passage").click();
    harness.run_steps(2);
    harness.get_by_label("Previous cited passage").click();
    harness.run_steps(2);
    harness.get_by_label("4 / 4");
}

#[test]
fn a_missing_document_says_so_and_asks_for_it() {
    let harness = open(reading(&short(), false), details(), 360.0, 800.0);
    assert!(says(&harness, "900_made_up.txt is not at hand."));
    assert!(says(&harness, "value of first"));
    assert!(says(&harness, "Nothing in it is true."));
    assert!(says(&harness, "characters 11–24"));
    harness.get_by_label("Add documents…").click();
    let mut harness = harness;
    harness.run_steps(2);
    assert_eq!(harness.state().sent, [Command::AskDocuments]);
}

#[test]
fn an_altered_document_is_not_shown() {
    let (dataset, folder) = made_up(&short());
    std::fs::write(folder.path().join("900_made_up.txt"), "Tout autre chose.").unwrap();
    let mut bench = Workbench::new(Arc::new(dataset), Report::default(), seasoned());
    assert_eq!(find_documents(&mut bench, folder.path()), 0);
    bench.apply(Command::OpenClaim(ClaimIx::new(0)));
    let harness = open(bench, details(), 360.0, 800.0);
    assert!(says(&harness, "it is not the file that was cited"));
    assert!(!says(&harness, "Tout autre chose."));
}

#[test]
fn words_are_found_and_counted() {
    let mut harness = open(reading(&short(), true), details(), 360.0, 800.0);
    harness.get_by_label("Find in the text").focus();
    harness.run_steps(1);
    harness.get_by_label("Find in the text").type_text("FIN");
    harness.run_steps(3);
    harness.get_by_label("1 / 2");
    harness.get_by_label("Next match").click();
    harness.run_steps(2);
    harness.get_by_label("2 / 2");
    harness.get_by_label("Next match").click();
    harness.run_steps(2);
    harness.get_by_label("1 / 2");
}

#[test]
fn tabs_are_chosen_and_closed() {
    let mut bench = bundled(Lang::En);
    for id in ["djibo-report", "geonames"] {
        let source = bench.dataset().source_by_id(id).unwrap();
        bench.apply(Command::OpenSource(source));
    }
    let mut harness = open(bench, details(), 360.0, 800.0);
    harness.get_by_label("Source 000").click();
    harness.run_steps(2);
    let djibo = harness.state().bench.dataset().source_by_id("djibo-report");
    assert_eq!(session(&harness).reader.active, djibo);
    harness.get_by_label("Close 000").click();
    harness.run_steps(2);
    assert_eq!(session(&harness).reader.tabs.len(), 1);
    harness.get_by_label("Close GeoNames gazetteer").click();
    harness.run_steps(2);
    assert!(harness.query_by_label("Find in the text").is_none());
    assert_eq!(session(&harness).reader.active, None);
}

/// A document of several megabytes: only what is in view exists, and the
/// passage at its end is scrolled to.
#[test]
fn a_long_document_is_drawn_by_what_is_in_view() {
    let body = "Une ligne de texte sans grand intérêt, répétée pour faire masse.\n".repeat(40_000);
    let text = format!("Petit Exemple, deuxième, عدنان\n{body}La fin du texte.\n");
    assert!(text.len() > 2_500_000);
    let mut harness = open(reading(&text, true), details(), 360.0, 800.0);
    assert!(labels(&harness).len() < 200);
    assert!(!says(&harness, "La fin du texte."));
    harness
        .state_mut()
        .bench
        .apply(Command::OpenClaim(ClaimIx::new(3)));
    harness.run_steps(3);
    let end = harness.get_by_label("La fin du texte.");
    let rect = end.rect();
    assert!(rect.top() > 400.0 && rect.bottom() < 800.0, "{rect:?}");
    assert!(labels(&harness).len() < 200);
}

#[test]
fn the_cited_documents_open_at_their_passages() {
    let Some(folder) = common::documents() else {
        return;
    };
    let mut bench = bundled(Lang::En);
    assert_eq!(find_documents(&mut bench, &folder), 5);
    let toll = claim(&bench, "tongo-tongo-ambush-toll-us-soldiers-killed");
    bench.apply(Command::OpenClaim(toll));
    let harness = open(bench, details(), 360.0, 900.0);
    assert!(!says(&harness, "Passage not found"));
    let passage = harness.get_by_label_contains("4 soldats américains");
    let rect = passage.rect();
    assert!(rect.top() < 900.0 && rect.bottom() > 500.0, "{rect:?}");
    // The alias in the French text leads to its bearer.
    assert!(says(&harness, "Illiassou Djibo"));
}

// ----- filters -----

#[test]
fn rows_of_facets_are_switches() {
    let mut harness = open(bundled(Lang::En), filters(), 260.0, 1700.0);
    let n = harness.state().bench.current().shown().len();
    harness.get_by_label_contains("Clash: ").click();
    harness.run_steps(2);
    assert!(session(&harness).scope.filter.kinds.contains(&Kind::Clash));
    assert!(harness.state().bench.current().shown().len() < n);
    // Its neighbours still say what they would let through.
    assert!(!says(&harness, "Attack: 0"));
    harness.get_by_label("Illiassou Djibo: 1").click();
    harness.run_steps(2);
    assert_eq!(session(&harness).scope.filter.clauses(), 2);
    harness.get_by_label("Clear filters").click();
    harness.run_steps(2);
    assert!(session(&harness).scope.filter.is_empty());
    assert!(harness.query_by_label("Clear filters").is_none());
}

#[test]
fn typing_searches_and_keeps_blanks() {
    let mut harness = open(bundled(Lang::En), filters(), 260.0, 900.0);
    harness.get_by_label("Search events").focus();
    harness.run_steps(1);
    harness.get_by_label("Search events").type_text("petit ");
    harness.run_steps(2);
    harness.get_by_label("Search events").type_text("chapore");
    harness.run_steps(2);
    assert_eq!(session(&harness).scope.filter.text, "petit chapore");
    assert_eq!(harness.state().bench.current().shown().len(), 4);
    assert!(says(&harness, "4 of 30 events"));
}

#[test]
fn certainty_has_two_choices_with_their_counts() {
    let mut bench = bundled(Lang::En);
    bench.apply(Command::SetWindow(Window::parse("2022-10-28").unwrap()));
    let possibly = bench.current().selected.possible.len();
    let certainly = bench.current().selected.certain.len();
    assert!(possibly > certainly && certainly > 0);
    let mut harness = open(bench, filters(), 260.0, 2200.0);
    harness.get_by_label(&format!("Possibly in the window: {possibly}"));
    let name = format!("Certainly in it only: {certainly}");
    harness.get_by_label(&name).click();
    harness.run_steps(2);
    assert!(session(&harness).scope.certainly);
    assert_eq!(harness.state().bench.current().shown().len(), certainly);
}

#[test]
fn a_long_list_opens_and_is_searched() {
    let mut harness = open(bundled(Lang::En), filters(), 260.0, 3000.0);
    assert!(!says(&harness, "Wassim Nasr") || !says(&harness, "David Wyatt"));
    let all = labels(&harness)
        .into_iter()
        .find(|l| l.starts_with("Show all") && l.ends_with("Actor"))
        .unwrap();
    harness.get_by_label(&all).click();
    harness.run_steps(2);
    harness.get_by_label("Find an actor").focus();
    harness.run_steps(1);
    harness.get_by_label("Find an actor").type_text("chapore");
    harness.run_steps(2);
    assert!(says(&harness, "Illiassou Djibo: "));
    assert!(!says(&harness, "French army: "));
}

#[test]
fn layers_are_switched() {
    let mut harness = open(bundled(Lang::En), filters(), 260.0, 2200.0);
    harness.get_by_label("Graticule").click();
    harness.run_steps(2);
    assert!(session(&harness).map.layers.graticule);
}

// ----- table -----

/// Titles in the order in which the rows stand.
fn titles(harness: &Harness<'_, App>) -> Vec<EventRow> {
    let dataset = harness.state().bench.dataset();
    let mut found: Vec<(f32, EventRow)> = dataset
        .rows()
        .filter_map(|row| {
            let title = dataset.title(row, "en");
            let node = harness.query_by_label(title)?;
            Some((node.rect().top(), row))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, row)| row).collect()
}

fn shown_last(harness: &Harness<'_, App>) -> EventRow {
    *titles(harness).last().unwrap()
}

#[test]
fn the_table_holds_the_current_set_and_sorts() {
    let mut harness = open(bundled(Lang::En), table(), 1200.0, 1200.0);
    let shown: Vec<EventRow> = harness.state().bench.current().shown().iter().collect();
    assert_eq!(titles(&harness), shown);
    harness.get_by_label("Sort by Killed").click();
    harness.run_steps(3);
    let dataset = Arc::clone(harness.state().bench.dataset());
    let killed: Vec<_> = titles(&harness)
        .iter()
        .map(|r| dataset.killed(*r).best)
        .collect();
    assert!(
        killed.is_sorted_by(|a, b| a >= b) && killed[0] > Some(5),
        "{killed:?}"
    );
    harness.get_by_label("Sort by Killed").click();
    harness.run_steps(3);
    assert_eq!(titles(&harness).len(), shown.len());
    // Fewest first now, and what is not known still last.
    assert_eq!(dataset.event(titles(&harness)[0]).killed().best, Some(1));
    assert_eq!(dataset.event(shown_last(&harness)).killed().best, None);
}

#[test]
fn rows_are_picked_one_more_and_by_range() {
    let mut harness = open(bundled(Lang::En), table(), 1200.0, 1200.0);
    let rows = titles(&harness);
    let dataset = Arc::clone(harness.state().bench.dataset());
    let title = |n: usize| dataset.title(rows[n], "en").to_owned();
    let picked = |harness: &Harness<'_, App>| -> Vec<EventRow> {
        session(harness).selection.iter().collect()
    };
    harness.get_by_label(&title(2)).click();
    harness.run_steps(2);
    assert_eq!(picked(&harness), [rows[2]]);
    assert_eq!(
        session(&harness).trail.current(),
        Some(Focus::Event(rows[2]))
    );
    harness
        .get_by_label(&title(5))
        .click_modifiers(Modifiers::COMMAND);
    harness.run_steps(2);
    assert_eq!(picked(&harness), [rows[2], rows[5]]);
    harness
        .get_by_label(&title(8))
        .click_modifiers(Modifiers::SHIFT);
    harness.run_steps(2);
    assert_eq!(picked(&harness), rows[5..=8]);
}

#[test]
fn a_row_is_reached_and_picked_by_key() {
    let mut harness = open(bundled(Lang::En), table(), 1200.0, 600.0);
    let rows = titles(&harness);
    let dataset = Arc::clone(harness.state().bench.dataset());
    harness.get_by_label(dataset.title(rows[1], "en")).focus();
    harness.run_steps(2);
    harness.key_press(egui::Key::Enter);
    harness.run_steps(2);
    assert_eq!(session(&harness).primary, Some(rows[1]));
}

#[test]
fn a_row_under_the_pointer_is_told_to_the_others_and_taken_back() {
    let mut harness = open(bundled(Lang::En), table(), 1200.0, 600.0);
    let rows = titles(&harness);
    let dataset = Arc::clone(harness.state().bench.dataset());
    let title = dataset.title(rows[3], "en");
    harness.get_by_label(title).hover();
    harness.run_steps(2);
    assert_eq!(session(&harness).hover, Some(rows[3]));
    harness.remove_cursor();
    harness.run_steps(2);
    assert_eq!(session(&harness).hover, None);
}

#[test]
fn a_selection_from_elsewhere_is_scrolled_to() {
    let mut harness = open(bundled(Lang::En), table(), 1200.0, 300.0);
    let last = harness
        .state()
        .bench
        .current()
        .shown()
        .iter()
        .last()
        .unwrap();
    assert!(!titles(&harness).contains(&last));
    harness
        .state_mut()
        .bench
        .apply(Command::Open(Focus::Event(last)));
    harness.run_steps(6);
    assert!(titles(&harness).contains(&last));
}

#[test]
fn the_selection_or_everything_is_copied_as_tsv() {
    let mut harness = open(bundled(Lang::En), table(), 1200.0, 600.0);
    harness.get_by_label("Copy all").click();
    harness.run_steps(2);
    let copied = |harness: &Harness<'_, App>| match harness.state().sent.last() {
        Some(Command::Copy(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&harness).lines().count(), 31);
    let ambush = event(&harness.state().bench, "tongo-tongo-ambush");
    harness.state_mut().bench.apply(Command::Open(ambush));
    harness.run_steps(2);
    harness.get_by_label("Copy selected").click();
    harness.run_steps(2);
    let text = copied(&harness);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0].split('\t').nth(1), Some("Title"));
    assert!(lines[1].starts_with("4 October 2017\tTongo Tongo ambush\tAttack\t"));
    assert_eq!(lines.len(), 2);
}

#[test]
fn an_empty_set_says_what_to_do() {
    let mut bench = bundled(Lang::En);
    bench.apply(Command::SetText("nowhere to be found".to_owned()));
    let harness = open(bench, table(), 900.0, 300.0);
    assert!(says(&harness, "Widen the window"));
}
