//! Holds the modules to the table in `src/ARCHITECTURE.md`: dependencies point
//! up it only, and some modules never hear of a window.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fs;
use std::path::{Path, PathBuf};

/// A module, what it may use of ours, and what it never hears of.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("model", &[], &["egui", "wgpu", "std::fs"]),
    ("dataset", &["model"], &["egui", "wgpu", "std::fs"]),
    ("formats", &["model", "dataset"], &["egui", "wgpu"]),
    (
        "session",
        &["model", "dataset", "formats"],
        &["egui", "wgpu", "std::fs"],
    ),
    (
        "view",
        &["model", "dataset", "formats", "session"],
        &["egui", "wgpu", "std::fs"],
    ),
    ("render", &["view"], &["std::fs"]),
    (
        "ui",
        &["model", "dataset", "formats", "session", "view", "render"],
        &["std::fs", "formats::native"],
    ),
];

/// The files of a module but for its tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The code of a file without comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
    text.lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Modules of ours that a text uses: `crate::name`.
fn used(text: &str) -> Vec<String> {
    text.match_indices("crate::")
        .map(|(at, prefix)| {
            text[at + prefix.len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .collect()
}

fn breaches(module: &str, may_use: &[&str], never: &[&str], text: &str) -> Vec<String> {
    let modules: Vec<&str> = TABLE.iter().map(|(m, ..)| *m).chain(["app"]).collect();
    let mut found = Vec::new();
    for name in used(text) {
        let ours = modules.contains(&name.as_str());
        if ours && name != module && !may_use.contains(&name.as_str()) {
            found.push(format!("uses crate::{name}"));
        }
    }
    for word in never {
        let uses = text.lines().any(|l| {
            let l = l.trim_start();
            l.contains(&format!("{word}::")) || l.starts_with(&format!("use {word}"))
        });
        if uses {
            found.push(format!("hears of {word}"));
        }
    }
    found
}

#[test]
fn dependencies_point_up_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (module, may_use, never) in TABLE {
        let mut files = Vec::new();
        sources(&root.join(module), &mut files);
        assert!(!files.is_empty(), "no files in {module}");
        for path in files {
            for breach in breaches(module, may_use, never, &code(&path)) {
                wrong.push(format!("{}: {breach}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_breach_would_be_seen() {
    let check = |module: &str, text: &str| {
        let (m, may, never) = TABLE.iter().find(|(m, ..)| *m == module).unwrap();
        breaches(m, may, never, text)
    };
    assert_eq!(check("model", "use crate::ui::Theme;").len(), 1);
    assert_eq!(check("view", "fn f(p: egui::Pos2) {}").len(), 1);
    assert_eq!(check("session", "std::fs::read(path)").len(), 1);
    assert_eq!(check("ui", "use crate::view::axis::TimeAxis;").len(), 0);
}
