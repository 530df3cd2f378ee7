//! What is written over stays whole, and what lies beside it stays.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::staging::Staging;
use super::*;
use crate::formats::{bundled, native};

fn put(dataset: &Dataset, rows: &RowSet, path: &Path) -> Result<Written, OpenError> {
    let options = WriteOptions {
        replace: true,
        ..WriteOptions::default()
    };
    let watch = Watch::default();
    write(dataset, rows, Target::Folder, path, &options, &watch)
}

/// Every file below a folder, with what is in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            all.extend(files(&path));
        } else {
            all.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
    all
}

#[test]
fn a_folder_is_replaced_and_what_else_is_in_it_stays() {
    let dataset = bundled().unwrap().0;
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("ours");
    put(&dataset, &RowSet::all(dataset.len()), &folder).unwrap();
    let documents = folder.join("documents/deep");
    std::fs::create_dir_all(&documents).unwrap();
    std::fs::write(documents.join("001.txt"), "a document").unwrap();
    std::fs::write(folder.join("notes.md"), "notes").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        symlink("documents/deep/001.txt", folder.join("first")).unwrap();
        let only_mine = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(folder.join(native::CLAIMS_FILE), only_mine).unwrap();
        let ours = std::fs::Permissions::from_mode(0o750);
        std::fs::set_permissions(&folder, ours).unwrap();
    }
    let others = |path: &PathBuf| !native::file_names().any(|n| path.ends_with(n));
    let kept = |all: BTreeMap<PathBuf, Vec<u8>>| -> Vec<_> {
        all.into_iter().filter(|(path, _)| others(path)).collect()
    };
    let before = kept(files(&folder));
    let mut rows = RowSet::default();
    rows.insert_range(0..4);
    put(&dataset, &rows, &folder).unwrap();
    assert_eq!(kept(files(&folder)), before);
    assert_eq!(super::super::open(&folder).unwrap().0.len(), 4);
    assert_eq!(std::fs::read_dir(around.path()).unwrap().count(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert!(folder.join("first").is_symlink());
        assert_eq!(mode(&folder.join(native::CLAIMS_FILE)), 0o600);
        assert_eq!(mode(&folder), 0o750);
        // A link to the folder stays one.
        let link = around.path().join("link");
        std::os::unix::fs::symlink("ours", &link).unwrap();
        put(&dataset, &RowSet::all(dataset.len()), &link).unwrap();
        assert!(link.is_symlink());
        assert_eq!(super::super::open(&folder).unwrap().0.len(), dataset.len());
    }
}

#[test]
fn a_member_that_cannot_be_replaced_leaves_all_as_it_was() {
    let dataset = bundled().unwrap().0;
    let around = tempfile::tempdir().unwrap();
    let folder = around.path().join("ours");
    put(&dataset, &RowSet::all(dataset.len()), &folder).unwrap();
    let member = folder.join(native::SOURCES_FILE);
    std::fs::remove_file(&member).unwrap();
    std::fs::create_dir(&member).unwrap();
    std::fs::write(member.join("in the way"), "x").unwrap();
    let before = files(around.path());
    let error = put(&dataset, &RowSet::all(4), &folder).unwrap_err();
    assert!(error.to_string().contains("sources.json"), "{error}");
    assert_eq!(files(around.path()), before);
}

#[test]
fn files_that_are_moved_in_one_by_one_are_taken_out_again() {
    let around = tempfile::tempdir().unwrap();
    for (missing, wanted) in [(None, "new"), (Some("c"), "old")] {
        let folder = around.path().join(wanted);
        std::fs::create_dir(&folder).unwrap();
        for name in ["a", "c", "foreign"] {
            std::fs::write(folder.join(name), "old").unwrap();
        }
        let before = files(&folder);
        let staging = Staging::within(&folder).unwrap();
        for name in ["a", "b", "c"].into_iter().filter(|n| Some(*n) != missing) {
            std::fs::write(staging.path().join(name), "new").unwrap();
        }
        let done = staging.commit(&["a", "b", "c"]);
        assert_eq!(done.is_ok(), missing.is_none());
        if missing.is_some() {
            assert_eq!(files(&folder), before);
            continue;
        }
        let text = |name| std::fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(
            ["a", "b", "c", "foreign"].map(text),
            ["new", "new", "new", "old"]
        );
        assert_eq!(files(&folder).len(), 4);
    }
}

#[test]
fn parents_are_not_made_and_what_is_no_file_is_refused() {
    let dataset = bundled().unwrap().0;
    let around = tempfile::tempdir().unwrap();
    let rows = RowSet::all(dataset.len());
    let refused = |target, path: &Path| {
        let options = WriteOptions::default();
        let done = write(&dataset, &rows, target, path, &options, &Watch::default());
        done.unwrap_err().to_string()
    };
    for target in Target::ALL {
        let path = around
            .path()
            .join("no/such")
            .join(format!("a.{}", target.ending()));
        let error = refused(*target, &path);
        assert!(error.contains("there is no folder"), "{error}");
        assert!(error.contains("such"), "{error}");
    }
    assert_eq!(std::fs::read_dir(around.path()).unwrap().count(), 0);
    #[cfg(unix)]
    {
        let link = around.path().join("link.csv");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        let error = refused(Target::Csv, &link);
        assert!(error.contains("link to nothing"), "{error}");
        let error = refused(Target::Csv, Path::new("/dev/null"));
        assert!(error.contains("no plain file"), "{error}");
    }
    for (name, target) in [
        (".csv", Target::Csv),
        ("a.CSV", Target::Csv),
        (".geojson", Target::GeoJson),
        (".hidden", Target::Folder),
        ("plain", Target::Folder),
    ] {
        let path = around.path().join(name);
        assert_eq!(Target::of_path(&path), Some(target), "{name}");
    }
    assert_eq!(Target::of_path(Path::new("a.docx")), None);
}
