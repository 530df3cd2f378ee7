//! The dialog about the columns of a table, by accessible names.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::sync::Arc;

use chronotope::formats::import::{DateOrder, Mapping, Role};
use chronotope::session::Workbench;
use chronotope::ui::{Asked, Columns, Ctx, Dialogs, Outbox, Theme, Tr, install_fonts};
use chronotope::view::mapping_view::{Became, Question, Sheet, Tried, is_unclear};
use egui::{Role as Kind, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

/// Two columns: a date if the mapping says so, and a word.
struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    guess: Mapping,
}

fn table(guess: &str) -> Table {
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    Table {
        name: "reports.csv".to_owned(),
        columns: row(["jour", "notes"]),
        rows: vec![row(["03/04/2020", "first"]), row(["soon", "second"])],
        guess: Mapping::parse(guess).unwrap(),
    }
}

impl Sheet for Table {
    fn name(&self) -> &str {
        &self.name
    }
    fn facts(&self) -> String {
        "semicolons, Windows-1256".to_owned()
    }
    fn key(&self) -> String {
        self.columns.join("|")
    }
    fn columns(&self) -> &[String] {
        &self.columns
    }
    fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }
    fn guess(&self) -> Mapping {
        self.guess.clone()
    }
    fn questions(&self, mapping: &Mapping) -> Vec<Question> {
        let asked = mapping.role("jour") == Role::Date;
        let question = Question {
            column: "jour".to_owned(),
            example: "03/04/2020".to_owned(),
        };
        asked.then_some(question).into_iter().collect()
    }
    fn attempt(&self, mapping: &Mapping) -> Tried {
        let dated = mapping.role("jour") == Role::Date;
        let when = match (dated, mapping.date_order) {
            (false, _) => "",
            (true, Some(DateOrder::MonthFirst)) => "4 March 2020",
            (true, _) => "3 April 2020",
        };
        let first = Became {
            when: when.to_owned(),
            ..Became::default()
        };
        let wrong = if dated { "this is no date" } else { "" };
        let second = Became {
            wrong: wrong.to_owned(),
            ..Became::default()
        };
        Tried {
            rows: vec![first, second],
            read: 2,
            dated: u64::from(dated),
            placed: 0,
            skipped: 0,
            problems: Vec::new(),
        }
    }
}

struct App {
    bench: Workbench,
    dialogs: Dialogs,
    asked: Option<Asked>,
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
    let asked = app.dialogs.show(ui.ctx(), &cx, &[]);
    app.asked = app.asked.take().or(asked);
}

fn open(guess: &str) -> Harness<'static, App> {
    let mut dialogs = Dialogs::default();
    dialogs.columns(Columns::new(Arc::new(table(guess)), None));
    let app = App {
        bench: common::workbench(),
        dialogs,
        asked: None,
    };
    let mut harness = Harness::builder()
        .with_size(vec2(1280.0, 800.0))
        .with_step_dt(0.1)
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::new(true).apply(ctx, 1.0);
        })
        .build_ui_state(frame, app);
    harness.run_steps(4);
    harness
}

fn click(shown: &mut Harness<'static, App>, label: &str) {
    shown.get_by_label(label).click();
    shown.run_steps(3);
}

#[test]
fn a_table_is_asked_about_only_when_it_does_not_tell() {
    assert!(is_unclear(&table("")));
    assert!(is_unclear(&table("jour=date")));
    assert!(!is_unclear(&table("jour=date,dates=day-first")));
}

#[test]
fn a_column_is_given_a_meaning_and_the_rows_follow() {
    let mut shown = open("");
    shown.get_by_label("semicolons, Windows-1256");
    assert!(shown.query_by_label("3 April 2020").is_none());
    let role = "Meaning of jour";
    shown.get_by_role_and_label(Kind::ComboBox, role).click();
    shown.run_steps(3);
    click(&mut shown, "Date");
    shown.get_by_label("3 April 2020");
    // What fails is marked, and says why.
    assert!(shown.query_all_by_label("this is no date").next().is_some());
    shown.get_by_label_contains("Of the first 2 rows, 1 have a date and 0 a place");

    // Until it is said whether the day or the month comes first, nothing opens.
    shown.get_by_label_contains("03/04/2020 can be read both ways");
    assert!(shown.get_by_label("Open").accesskit_node().is_disabled());
    click(&mut shown, "The month (03/04 is March 4)");
    shown.get_by_label("4 March 2020");
    click(&mut shown, "Open");
    let Some(Asked::Mapped { key, mapping }) = shown.state().asked.clone() else {
        panic!("{:?}", shown.state().asked);
    };
    assert_eq!(key, "jour|notes");
    let said = Mapping::parse("jour=date,dates=month-first").unwrap();
    assert_eq!(mapping, said);
    assert!(!shown.state().dialogs.is_open());
}

#[test]
fn cancelling_keeps_what_is_open() {
    let mut shown = open("jour=date");
    click(&mut shown, "Cancel");
    assert_eq!(shown.state().asked, Some(Asked::Keep));
}
