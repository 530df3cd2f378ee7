//! Opening and what comes of it, by accessible names: files, progress, report,
//! what has changed, other columns.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chronotope::app::{Shell, Start, Storage};
use chronotope::formats::{Problem, RowCounts, Severity};
use chronotope::session::{Command, Prefs, ThemeChoice};
use egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

type Shown = Harness<'static, Shell>;

fn start() -> Start {
    let (dataset, report) = common::bundled();
    Start {
        dataset,
        report,
        later: None,
        prefs: Prefs {
            theme: ThemeChoice::Dark,
            tour_done: true,
            ..Prefs::default()
        },
        recent: Vec::new(),
        storage: Storage::none(),
        window: None,
        filter: None,
        certainly: false,
        documents: Vec::new(),
    }
}

fn shown(start: Start) -> Shown {
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1280.0, 800.0))
        .with_step_dt(0.1)
        .build_eframe(move |cc| Shell::new(&cc.egui_ctx, None, start));
    harness.run_steps(4);
    harness
}

fn send(shown: &mut Shown, command: Command) {
    let ctx = shown.ctx.clone();
    shown.state_mut().send(&ctx, command);
    shown.run_steps(2);
}

fn press(shown: &mut Shown, modifiers: Modifiers, key: Key) {
    shown.key_press_modifiers(modifiers, key);
    shown.run_steps(3);
}

fn click(shown: &mut Shown, label: &str) {
    shown.get_by_label(label).click();
    shown.run_steps(3);
}

/// Steps until something holds.
fn wait(shown: &mut Shown, what: &str, mut done: impl FnMut(&Shown) -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !done(shown) {
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(10));
        shown.step();
    }
    shown.run_steps(2);
}

fn wait_for(shown: &mut Shown, label: &str) {
    wait(shown, label, |s| has(s, label));
}

fn has(shown: &Shown, label: &str) -> bool {
    shown.query_all_by_label_contains(label).next().is_some()
}

fn len(shown: &Shown) -> usize {
    shown.state().bench().dataset().len()
}

const TABLE: &str = "id,lat,lon,date_start,kind,actor,notes\n\
    1,14.5,2.1,2020-01-05,attack,North,First\n\
    2,14.6,2.2,2020-02-06,attack,South,Second\n\
    3,14.7,2.3,2020-03-07,attack,North,Third\n";

fn table(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("table.csv");
    std::fs::write(&path, text).unwrap();
    path
}

fn open_table(text: &str) -> (tempfile::TempDir, Shown) {
    let folder = tempfile::tempdir().unwrap();
    let path = table(folder.path(), text);
    let mut shown = shown(start());
    send(&mut shown, Command::OpenDataset(path));
    wait(&mut shown, "the table", |s| len(s) == 3);
    (folder, shown)
}

#[test]
fn a_file_is_opened_from_the_dialog_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = table(folder.path(), TABLE);
    let mut shown = shown(start());
    press(&mut shown, Modifiers::COMMAND, Key::O);
    assert!(has(&shown, "GeoParquet"));
    shown.get_by_label("Browse files…");
    shown.get_by_label("Browse folders…");
    shown.event(egui::Event::Text(path.display().to_string()));
    shown.run_steps(2);
    shown.key_press(Key::Enter);
    wait_for(&mut shown, "3 events");
    assert_eq!(len(&shown), 3);
    assert!(!has(&shown, "Browse files…"), "the dialog stays");
}

/// A named pipe that nobody writes to: a file that takes for ever to read.
#[cfg(unix)]
#[test]
fn what_takes_long_says_so_and_can_be_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("slow.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let mut shown = shown(start());
    for by_key in [false, true] {
        send(&mut shown, Command::OpenDataset(pipe.clone()));
        wait_for(&mut shown, "Opening slow.csv");
        // The window is alive meanwhile.
        let before = shown.state().bench().session().scope.window;
        press(&mut shown, Modifiers::NONE, Key::ArrowLeft);
        assert_ne!(shown.state().bench().session().scope.window, before);
        if by_key {
            press(&mut shown, Modifiers::NONE, Key::Escape);
        } else {
            click(&mut shown, "Cancel");
        }
        assert!(!has(&shown, "Opening slow.csv"));
        assert!(has(&shown, "Cancelled"));
        assert_eq!(len(&shown), 30);
    }
}

fn with_problems() -> Start {
    let mut start = start();
    let report = &mut start.report;
    "UCDP GED".clone_into(&mut report.format);
    report.rows = RowCounts {
        read: 16_570,
        kept: 16_566,
        without_place: 12,
        without_date: 7,
        skipped: 4,
    };
    report.problems = vec![Problem {
        severity: Severity::Error,
        code: "date-unreadable",
        file: "/data/ged.csv".to_owned(),
        place: "line 812, column date_start".to_owned(),
        line: Some(812),
        column: "date_start".to_owned(),
        values: vec!["soon".to_owned(), "later".to_owned()],
        rows: 7,
        what: "this is no date, and the event has none".to_owned(),
        remedy: "write YYYY-MM-DD".to_owned(),
    }];
    start
}

#[test]
fn the_report_tells_what_became_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let mut shown = shown(with_problems());
    click(&mut shown, "File");
    click(&mut shown, "Report on this dataset…");
    let figures = [16_570, 16_566].map(chronotope::view::claim_value::grouped);
    for text in ["UCDP GED", &figures[0], &figures[1], "12", "rows skipped"] {
        shown.get_by_label(text);
    }
    shown.get_by_label("One kind of problem");
    shown.get_by_label("This is no date, and the event has none.");
    let facts = "column date_start · from line 812 · 7 rows · “soon”, “later”";
    shown.get_by_label(facts);
    shown.get_by_label("Write YYYY-MM-DD.");

    click(&mut shown, "Save as JSON…");
    let path = folder.path().join("report.json");
    let field = shown.get_by_label("File to write");
    field.focus();
    shown.run_steps(2);
    press(&mut shown, Modifiers::COMMAND, Key::A);
    shown.event(egui::Event::Text(path.display().to_string()));
    shown.run_steps(3);
    click(&mut shown, "Save");
    wait_for(&mut shown, "Saved:");
    let saved = std::fs::read_to_string(&path).unwrap();
    let saved: serde_json::Value = serde_json::from_str(&saved).unwrap();
    assert_eq!(saved["rows"]["kept"], 16_566);
    assert_eq!(saved["problems"][0]["line"], 812);

    // What is there is only replaced when that is asked for.
    click(&mut shown, "Save as JSON…");
    shown.get_by_label("File to write").focus();
    shown.run_steps(2);
    press(&mut shown, Modifiers::COMMAND, Key::A);
    shown.event(egui::Event::Text(path.display().to_string()));
    shown.run_steps(3);
    assert!(shown.get_by_label("Save").accesskit_node().is_disabled());
    click(&mut shown, "Replace the file that is there");
    assert!(!shown.get_by_label("Save").accesskit_node().is_disabled());
}

#[test]
fn a_changed_file_is_compared_before_it_takes_the_place_of_the_old_one() {
    let (folder, mut shown) = open_table(TABLE);
    let path = folder.path().join("table.csv");
    send(&mut shown, Command::SetText("first".to_owned()));
    let window = shown.state().bench().session().scope.window;
    let revision = shown.state().bench().dataset().revision();

    // Without a change nothing is asked.
    press(&mut shown, Modifiers::NONE, Key::F5);
    wait_for(&mut shown, "Nothing has changed");
    assert_eq!(shown.state().bench().dataset().revision(), revision);

    let new = TABLE
        .replace("2,14.6,2.2,2020-02-06", "2,14.6,2.2,2020-02-09")
        .replace(
            "3,14.7,2.3,2020-03-07,attack,North,Third",
            "4,14,2,2021-01-01,attack,South,Fourth",
        );
    table(folder.path(), &new);
    assert!(path.exists());
    shown.event(egui::Event::WindowFocused(true));
    wait_for(&mut shown, "The files of this dataset have changed");
    click(&mut shown, "Reload: see what changed");
    wait_for(&mut shown, "What has changed");
    shown.get_by_label("1 changed");
    shown.get_by_label("2020-02-06");
    shown.get_by_label("2020-02-09");
    click(&mut shown, "1 removed");
    shown.get_by_label("Third");
    click(&mut shown, "1 added");
    click(&mut shown, "Fourth");
    // Until the user has decided, all is as it was.
    assert_eq!(shown.state().bench().dataset().revision(), revision);
    click(&mut shown, "Take the new one");
    let bench = shown.state().bench();
    let fourth = bench.dataset().event_by_id("4").unwrap();
    assert_eq!(bench.session().primary, Some(fourth));
    assert_eq!(bench.session().scope.filter.text, "first");
    assert_eq!(bench.session().scope.window, window);
}

#[test]
fn the_old_one_is_kept_when_the_user_says_so() {
    let (folder, mut shown) = open_table(TABLE);
    table(folder.path(), &TABLE.replace("Second", "Another"));
    press(&mut shown, Modifiers::NONE, Key::F5);
    wait_for(&mut shown, "What has changed");
    click(&mut shown, "Keep the old one");
    let row = shown.state().bench().dataset().event_by_id("2").unwrap();
    assert_eq!(shown.state().bench().dataset().title(row, "en"), "Second");
}

/// A table with many columns of its own.
fn with_columns(count: usize) -> Start {
    use chronotope::formats::import::{Draft, Gather, Watch};
    let mut gather = Gather::default();
    let mut attributes = Vec::new();
    for n in 0..count {
        attributes.push((gather.column(&format!("column_{n}"), false), "plain".into()));
    }
    let link = gather.column("page", false);
    attributes.push((link, "https://example.org/page".into()));
    let nested = gather.column("nested", true);
    attributes.push((nested, "{\"a\": [1, {\"b\": null}]}".into()));
    let draft = Draft {
        id: "one".into(),
        title: "One".into(),
        attributes,
        ..Draft::default()
    };
    gather.add(&draft, 2);
    let meta = chronotope::dataset::Meta::default();
    let (dataset, report) = gather.finish("test", "Table", meta, &Watch::default());
    Start {
        dataset: std::sync::Arc::new(dataset),
        report,
        ..start()
    }
}

#[test]
fn nothing_that_a_file_says_of_an_event_is_hidden() {
    use chronotope::session::Focus;
    for (count, folded) in [(2, false), (12, true)] {
        let mut shown = shown(with_columns(count));
        let row = shown.state().bench().dataset().event_by_id("one").unwrap();
        send(&mut shown, Command::Open(Focus::Event(row)));
        assert_eq!(has(&shown, "column_0"), !folded);
        if folded {
            click(&mut shown, &format!("Other columns ({})", count + 2));
        }
        for text in [
            "column_0",
            "https://example.org/page",
            "{\"a\":[1,{\"b\":null}]}",
        ] {
            assert!(has(&shown, text), "{text}");
        }
        if !folded {
            click(&mut shown, "Copy page");
            wait_for(&mut shown, "Copied");
        }
    }
}

#[test]
fn recent_files_that_are_gone_say_so_and_can_be_forgotten() {
    let mut with = start();
    with.recent = vec!["/gone/away.csv".to_owned()];
    let mut shown = shown(with);
    press(&mut shown, Modifiers::COMMAND, Key::O);
    wait_for(&mut shown, "not there any more");
    click(&mut shown, "Forget /gone/away.csv");
    assert!(!has(&shown, "/gone/away.csv"));
}

#[test]
fn what_is_no_table_is_not_pasted() {
    let mut shown = shown(start());
    shown.event(egui::Event::Paste("just a sentence, no more".to_owned()));
    shown.run_steps(3);
    assert!(has(&shown, "There is no table on the clipboard"));
    assert_eq!(len(&shown), 30);
}

fn type_path(shown: &mut Shown, path: &Path) {
    shown.get_by_label("File to write").focus();
    shown.run_steps(2);
    press(shown, Modifiers::COMMAND, Key::A);
    shown.event(egui::Event::Text(path.display().to_string()));
    shown.run_steps(3);
}

#[test]
fn the_current_set_is_exported_and_what_is_lost_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut shown = shown(start());
    let window = chronotope::model::time::Window::parse("2017-10").unwrap();
    send(&mut shown, Command::SetWindow(window));
    let current = shown.state().bench().current().shown().len();
    assert!(current > 0 && current < 30);
    press(&mut shown, Modifiers::COMMAND, Key::E);
    shown.get_by_label(&format!("The {current} events shown now"));
    shown.get_by_label("All 30 events of the dataset");
    let path = folder.path().join("out.geojson");
    type_path(&mut shown, &path);
    click(&mut shown, "Export");
    wait_for(&mut shown, &format!("{current} events written"));
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let features = written["features"].as_array().unwrap();
    assert_eq!(features.len() as u64, current);

    if has(&shown, "All right") {
        click(&mut shown, "All right");
    }

    // What is there is only replaced when that is asked for.
    press(&mut shown, Modifiers::COMMAND, Key::E);
    type_path(&mut shown, &path);
    assert!(shown.get_by_label("Export").accesskit_node().is_disabled());
    click(&mut shown, "Replace the file that is there");
    assert!(!shown.get_by_label("Export").accesskit_node().is_disabled());

    // A table cannot hold everything.
    shown
        .get_by_role_and_label(egui::Role::ComboBox, "Format")
        .click();
    shown.run_steps(3);
    click(&mut shown, "CSV");
    type_path(&mut shown, &folder.path().join("out.csv"));
    click(&mut shown, "All 30 events of the dataset");
    click(&mut shown, "Export");
    wait_for(&mut shown, "What the format could not hold");
    shown.run_steps(4);
    click(&mut shown, "All right");
    assert!(!has(&shown, "What the format could not hold"));
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

fn drop_files(shown: &mut Shown, modifiers: Modifiers, paths: &[PathBuf]) {
    for path in paths {
        let file = std::sync::Arc::new(Dropped(path.clone()));
        shown.input_mut().dropped_files.push(file);
    }
    let held = egui::Event::ModifiersChanged(modifiers);
    shown.input_mut().events.push(held);
    shown.step();
    shown.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    shown.run_steps(2);
}

#[test]
fn several_files_are_layers_and_shift_adds_one_more() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, TABLE.replace("First", name)).unwrap();
        path
    };
    let paths = ["north.csv", "south.csv"].map(named);
    let mut shown = shown(start());
    drop_files(&mut shown, Modifiers::NONE, &paths);
    wait(&mut shown, "both files", |s| len(s) == 6);
    let layers = shown.state().bench().dataset().layers().len();
    assert_eq!(layers, 2);
    // Each is a filter.
    click(&mut shown, "north: 3");
    wait(&mut shown, "the filter", |s| {
        s.state().bench().current().shown().len() == 3
    });

    drop_files(&mut shown, Modifiers::SHIFT, &[named("west.csv")]);
    wait(&mut shown, "the third file", |s| len(s) == 9);
    assert_eq!(shown.state().bench().dataset().layers().len(), 3);
    // Filters stay as they were.
    assert_eq!(shown.state().bench().current().shown().len(), 3);

    // All of them are read again, and compared.
    std::fs::write(&paths[1], TABLE.replace("Second", "Other")).unwrap();
    press(&mut shown, Modifiers::NONE, Key::F5);
    wait_for(&mut shown, "What has changed");
    shown.get_by_label("2 changed");
    click(&mut shown, "Take the new one");
    assert_eq!(len(&shown), 9);

    // Without Shift the new one takes the place of all.
    drop_files(&mut shown, Modifiers::NONE, &[named("east.csv")]);
    wait(&mut shown, "one file", |s| len(s) == 3);
}
