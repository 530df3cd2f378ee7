//! What is remembered between runs, in the user's configuration folder.
//! Nothing in here may stop the program: what cannot be read is left out, what
//! cannot be written is logged.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::dataset::Dataset;
use crate::formats::import::Mapping;
use crate::formats::write_atomic;
use crate::session::{Prefs, SavedPrefs, SavedWorkspace, Session, WORKSPACE_VERSION};
use crate::view::mapping_view::{of_saved, to_saved};

/// How many recent files are kept.
const MAX_RECENT: usize = 10;

/// The file with what columns mean.
const COLUMNS_FILE: &str = "columns.json";

/// What columns mean, as saved.
#[derive(Serialize, Deserialize)]
struct SavedColumns {
    version: u32,
    tables: BTreeMap<String, SavedTable>,
}

#[derive(Serialize, Deserialize)]
struct SavedTable {
    roles: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dates: Option<String>,
}

/// Where the state is kept; without a folder, nothing is.
#[derive(Clone, Debug, Default)]
pub struct Storage {
    folder: Option<PathBuf>,
    /// What each file holds as far as we know: the same is not written twice.
    written: RefCell<HashMap<String, Vec<u8>>>,
    /// Files that are not ours to write over.
    frozen: RefCell<HashSet<String>>,
}

impl Storage {
    /// The user's configuration folder.
    #[must_use]
    pub fn of_user() -> Self {
        Self {
            folder: directories::ProjectDirs::from("org", "Chronotope", "chronotope")
                .map(|dirs| dirs.config_dir().to_owned()),
            ..Self::default()
        }
    }

    /// Remembers nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A folder of its own, for tests.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            ..Self::default()
        }
    }

    fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(name))
    }

    fn workspace_name(dataset: &Dataset) -> String {
        // Ids come from files: only harmless characters reach a file name.
        let id: String = dataset
            .meta()
            .id
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .take(80)
            .collect();
        format!("workspace-{id}.json")
    }

    /// Preferences and recent files.
    #[must_use]
    pub fn prefs(&self, base: Prefs) -> (Prefs, Vec<String>) {
        self.read::<SavedPrefs>("preferences.json")
            .and_then(|saved| saved.load(base))
            .unwrap_or((base, Vec::new()))
    }

    /// Keeps preferences and recent files.
    pub fn save_prefs(&self, prefs: &Prefs, recent: &[String]) {
        self.write("preferences.json", &SavedPrefs::new(prefs, recent));
    }

    /// What the columns of tables mean that the user has told so far, by what
    /// tables with the same columns are known.
    #[must_use]
    pub fn columns(&self) -> BTreeMap<String, Mapping> {
        let saved: Option<SavedColumns> = self.read(COLUMNS_FILE);
        let tables = saved.map(|s| s.tables).unwrap_or_default();
        let read = |(key, t): (String, SavedTable)| (key, of_saved(&t.roles, t.dates.as_deref()));
        tables.into_iter().map(read).collect()
    }

    /// Keeps what the columns of a table mean.
    pub fn save_columns(&self, columns: &BTreeMap<String, Mapping>) {
        let saved = |(key, mapping): (&String, &Mapping)| {
            let (roles, dates) = to_saved(mapping);
            (key.clone(), SavedTable { roles, dates })
        };
        let saved = SavedColumns {
            version: WORKSPACE_VERSION,
            tables: columns.iter().map(saved).collect(),
        };
        self.write(COLUMNS_FILE, &saved);
    }

    /// The state in which a dataset was left.
    #[must_use]
    pub fn workspace(&self, dataset: &Dataset) -> Option<SavedWorkspace> {
        self.read(&Self::workspace_name(dataset))
    }

    /// Keeps the state of a dataset's window.
    pub fn save_workspace(&self, dataset: &Dataset, session: &Session) {
        let saved = SavedWorkspace::new(dataset, session);
        self.write(&Self::workspace_name(dataset), &saved);
    }

    /// Reads a file of state. One of a newer version is left alone, now and
    /// when the state is saved; a damaged one is put aside.
    fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        #[derive(serde::Deserialize)]
        struct Version {
            version: u32,
        }
        let path = self.path(name)?;
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => return None,
            Err(e) => {
                tracing::warn!("{}: not read ({e})", path.display());
                self.frozen.borrow_mut().insert(name.to_owned());
                return None;
            }
        };
        let version = serde_json::from_str::<Version>(&text).map(|v| v.version);
        if version.is_ok_and(|v| v > WORKSPACE_VERSION) {
            tracing::warn!("{}: of a newer version, left alone", path.display());
            self.frozen.borrow_mut().insert(name.to_owned());
            return None;
        }
        match serde_json::from_str(&text) {
            Ok(value) => Some(value),
            Err(e) => {
                tracing::warn!("{}: damaged, put aside ({e})", path.display());
                if let Err(e) = std::fs::rename(&path, path.with_extension("json.bak")) {
                    tracing::warn!("{}: not put aside ({e})", path.display());
                }
                None
            }
        }
    }

    fn write<T: Serialize>(&self, name: &str, value: &T) {
        let Some(path) = self.path(name) else {
            return;
        };
        if self.frozen.borrow().contains(name) {
            return;
        }
        let bytes = match serde_json::to_vec_pretty(value) {
            Ok(bytes) => bytes,
            Err(e) => {
                tracing::warn!("{}: not saved ({e})", path.display());
                return;
            }
        };
        let mut written = self.written.borrow_mut();
        if written.get(name) == Some(&bytes) {
            return;
        }
        let folder = path.parent().unwrap_or(&path);
        match std::fs::create_dir_all(folder).and_then(|()| write_atomic(&path, &bytes)) {
            Ok(()) => {
                written.insert(name.to_owned(), bytes);
            }
            Err(e) => tracing::warn!("{}: not saved ({e})", path.display()),
        }
    }
}

/// A path moved to the front of the recent ones.
pub fn remember(recent: &mut Vec<String>, path: &Path) {
    // The next run may start in another folder.
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let path = path.display().to_string();
    recent.retain(|p| *p != path);
    recent.insert(0, path);
    recent.truncate(MAX_RECENT);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::Window;
    use crate::session::{Command, ThemeChoice, Workbench};

    #[test]
    fn a_session_comes_back_as_it_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::in_folder(folder.path());
        let (dataset, report) = crate::formats::bundled().unwrap();
        let dataset = std::sync::Arc::new(dataset);
        let mut left = Workbench::new(dataset.clone(), report.clone(), Prefs::default());
        let djibo = dataset.actor_by_id("illiassou-djibo").unwrap();
        for command in [
            Command::SetWindow(Window::parse("2017-10/2018").unwrap()),
            Command::ToggleActor(djibo),
            Command::SetText("tongo".to_owned()),
            Command::SetCertainly(true),
            Command::SetSpeed(12.5),
            Command::MapMoved((2.0, 15.0), 6.5),
        ] {
            left.apply(command);
        }
        storage.save_workspace(&dataset, left.session());
        let mut back = Workbench::new(dataset.clone(), report, Prefs::default());
        let saved = storage.workspace(&dataset).unwrap();
        back.restore(|d, s| {
            assert!(saved.restore(d, s));
        });
        assert_eq!(back.session().scope, left.session().scope);
        assert_eq!(back.session().map.center, (2.0, 15.0));
        assert_eq!(back.current().shown(), left.current().shown());
        assert_eq!(back.current().shown().len(), 1);
    }

    #[test]
    fn preferences_survive_and_damage_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::in_folder(folder.path());
        let prefs = Prefs {
            theme: ThemeChoice::Dark,
            scale: 1.25,
            tour_done: true,
            ..Prefs::default()
        };
        storage.save_prefs(&prefs, &["a".to_owned()]);
        assert_eq!(
            storage.prefs(Prefs::default()),
            (prefs, vec!["a".to_owned()])
        );
        let path = folder.path().join("preferences.json");
        std::fs::write(&path, "{").unwrap();
        assert_eq!(storage.prefs(Prefs::default()), (Prefs::default(), vec![]));
        assert!(folder.path().join("preferences.json.bak").exists());
    }

    #[test]
    fn what_columns_mean_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::in_folder(folder.path());
        assert!(storage.columns().is_empty());
        let mapping = Mapping::parse("a=date,b=lat,dates=day-first").unwrap();
        let columns = BTreeMap::from([("a|b".to_owned(), mapping)]);
        storage.save_columns(&columns);
        assert_eq!(Storage::in_folder(folder.path()).columns(), columns);
    }

    #[test]
    fn a_newer_version_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("preferences.json");
        let newer = "{\"version\": 99, \"mood\": \"calm\"}";
        std::fs::write(&path, newer).unwrap();
        let storage = Storage::in_folder(folder.path());
        assert_eq!(storage.prefs(Prefs::default()), (Prefs::default(), vec![]));
        storage.save_prefs(&Prefs::default(), &[]);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), newer);
    }
}
