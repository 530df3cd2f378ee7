//! English and French have the same texts with the same parts, and the sources
//! ask for none that does not exist.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chronotope::model::time::Lang;
use chronotope::ui::{Action, Menu, Tr};

/// Key → the variables its text takes, of one language.
fn texts(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/locales")
        .join(lang);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mut key = String::new();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let starts = line.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
            if starts && let Some((name, _)) = line.split_once('=') {
                name.trim().clone_into(&mut key);
                let twice = found.insert(key.clone(), BTreeSet::new());
                assert!(twice.is_none(), "{key} stands twice ({})", path.display());
            }
            let variables = line.split('$').skip(1).map(|rest| {
                let end = |c: char| !c.is_alphanumeric() && c != '_';
                rest.split(end).next().unwrap_or_default().to_owned()
            });
            if let Some(set) = found.get_mut(&key) {
                set.extend(variables);
            }
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_texts() {
    let (en, fr) = (texts("en"), texts("fr"));
    assert!(en.len() > 100);
    let keys = |t: &BTreeMap<String, _>| t.keys().cloned().collect::<BTreeSet<String>>();
    let missing: Vec<_> = keys(&en)
        .symmetric_difference(&keys(&fr))
        .cloned()
        .collect();
    assert!(missing.is_empty(), "in one language only: {missing:?}");
    for (key, variables) in &en {
        assert_eq!(variables, &fr[key], "{key}");
    }
}

#[test]
fn every_action_and_menu_has_a_text() {
    for lang in [Lang::En, Lang::Fr] {
        let tr = Tr::new(lang);
        let keys = Action::ALL
            .iter()
            .map(|a| a.key())
            .chain(Menu::ALL.iter().map(|m| m.key()));
        for key in keys {
            assert_ne!(tr.t(key), key);
        }
    }
    assert_eq!(Tr::new(Lang::En).t("no-such-key"), "no-such-key");
    assert_eq!(
        Tr::new(Lang::Fr).n("app-documents-found", 1),
        "Un document trouvé"
    );
}

fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

/// Keys written out in a call: `tr.t("key")`, and `.n`, `.s`, `.with`.
#[test]
fn the_sources_ask_for_no_text_that_is_missing() {
    let mut code = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    let known = texts("en");
    let mut asked = 0;
    for call in [
        "tr.t(\"",
        "tr.n(\"",
        "tr.s(\"",
        "tr.with(\"",
        "tr().t(\"",
        "tr().n(\"",
    ] {
        for (at, _) in code.match_indices(call) {
            let key = code[at + call.len()..].split('"').next().unwrap();
            assert!(known.contains_key(key), "{key} has no text");
            asked += 1;
        }
    }
    assert!(asked > 40, "only {asked} calls were recognised");
}

/// A text that nothing mentions is left over.
#[test]
fn every_text_is_used() {
    let mut code = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    let left: Vec<_> = texts("en")
        .into_keys()
        .filter(|key| {
            // Keys put together from an id, such as kind-attack, are known by
            // the part before the id.
            let family = |part: &str| code.contains(&format!("\"{part}-{{"));
            let parts = key.match_indices('-').map(|(at, _)| &key[..at]);
            !code.contains(&format!("\"{key}\"")) && !parts.into_iter().any(family)
        })
        .collect();
    assert!(left.is_empty(), "never used: {left:?}");
}
