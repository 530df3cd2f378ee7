//! What is written is read by others as it is.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::path::Path;
use std::process::{Command, Output};

fn chronotope(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_chronotope"))
        .current_dir(std::env::temp_dir())
        .args(args)
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The bundled dataset as a folder.
fn folder(at: &Path) -> String {
    let (dataset, _) = chronotope::formats::bundled().unwrap();
    let path = at.join("bundled");
    chronotope::formats::native::save(&dataset, &path).unwrap();
    path.display().to_string()
}

#[test]
fn convert_writes_exactly_the_set_asked_for() {
    let temp = tempfile::tempdir().unwrap();
    let dataset = folder(temp.path());
    let set = ["--window", "2017", "--filter", "kind:attack,clash"];
    let info = chronotope(&[&["info", &dataset, "--json"][..], &set].concat());
    let info: serde_json::Value = serde_json::from_slice(&info.stdout).unwrap();
    let count = info["selected"].as_u64().or(info["possible"].as_u64());
    for ending in [
        "geojson",
        "csv",
        "kml",
        "parquet",
        "ftm.json",
        "timemap.json",
        "zip",
    ] {
        let out = temp
            .path()
            .join(format!("out.{ending}"))
            .display()
            .to_string();
        let args = [&["convert", &dataset, &out][..], &set].concat();
        let written = chronotope(&args);
        assert!(written.status.success(), "{}", stderr(&written));
        let lines = stderr(&written);
        let first = lines.lines().next().unwrap();
        let events: u64 = first
            .split(": ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .and_then(|n| n.parse().ok())
            .unwrap_or_else(|| panic!("{lines}"));
        assert!(events > 0 && events < 30, "{lines}");
        assert!(count.is_none_or(|c| c == events), "{lines}");
        if ["geojson", "csv", "kml"].contains(&ending)
            && let Some(found) = counted_by_gdal(&out)
        {
            assert_eq!(found, events, "{out}");
        }
        let again = chronotope(&args);
        assert!(!again.status.success());
        assert!(stderr(&again).contains("already"), "{}", stderr(&again));
    }
}

/// The features that GDAL finds in a file; none where GDAL is not installed.
fn counted_by_gdal(path: &str) -> Option<u64> {
    let output = Command::new("ogrinfo")
        .args(["-so", "-al", path])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let counts = text
        .lines()
        .filter_map(|l| l.strip_prefix("Feature Count: "));
    Some(counts.map(|n| n.trim().parse::<u64>().unwrap()).sum())
}

#[test]
fn the_format_is_told_or_asked_for() {
    let temp = tempfile::tempdir().unwrap();
    let dataset = folder(temp.path());
    let out = temp.path().join("out.xyz").display().to_string();
    let refused = chronotope(&["convert", &dataset, &out]);
    assert!(!refused.status.success());
    assert!(
        stderr(&refused).contains("--format"),
        "{}",
        stderr(&refused)
    );
    let written = chronotope(&["convert", &dataset, &out, "--format", "csv"]);
    assert!(written.status.success(), "{}", stderr(&written));
    assert!(stderr(&written).contains("claims are left out"));
    let alone = chronotope(&["convert", &dataset]);
    assert!(stderr(&alone).contains("DATASET"), "{}", stderr(&alone));
}

/// Kills the program at moments spread over the time that a whole run takes.
#[test]
fn a_killed_export_leaves_the_old_dataset_or_the_new_one() {
    let temp = tempfile::tempdir().unwrap();
    let dataset = folder(temp.path());
    let out = temp.path().join("out");
    let out_text = out.display().to_string();
    let convert = |set: &[&str]| -> Vec<String> {
        let args = ["convert", &dataset, &out_text, "--replace"];
        let args = args.iter().chain(set);
        args.map(|arg| (*arg).to_owned()).collect()
    };
    let small = convert(&["--filter", "kind:attack"]);
    let count = || {
        let (dataset, report) = chronotope::formats::open(&out).unwrap();
        assert_eq!(report.problems, []);
        dataset.len()
    };
    let run = |args: &[String]| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        assert!(chronotope(&args).status.success());
    };
    let begun = std::time::Instant::now();
    run(&convert(&[]));
    let whole_run = begun.elapsed();
    let all = count();
    std::fs::create_dir(out.join("documents")).unwrap();
    std::fs::write(out.join("documents/a.txt"), "kept").unwrap();
    run(&small);
    let few = count();
    assert!(few < all);
    for round in 0_u32..24 {
        let args = if round % 2 == 0 {
            convert(&[])
        } else {
            small.clone()
        };
        let mut child = Command::new(env!("CARGO_BIN_EXE_chronotope"))
            .args(&args)
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole_run * (round % 12 + 6) / 18);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = count();
        assert!(left == all || left == few, "{left} events");
        let document = std::fs::read_to_string(out.join("documents/a.txt"));
        assert_eq!(document.unwrap(), "kept");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_export_leaves_no_file_behind() {
    use std::fmt::Write as _;
    let temp = tempfile::tempdir().unwrap();
    let table = temp.path().join("table.csv");
    let mut rows = "id,date,lat,lon,title\n".to_owned();
    for n in 0..40_000 {
        writeln!(rows, "{n},2017-01-0{},1,2,Event {n}", n % 9 + 1).unwrap();
    }
    std::fs::write(&table, rows).unwrap();
    for (signal, out) in [
        ("-INT", "out.geojson"),
        ("-TERM", "out"),
        ("-INT", "out.zip"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_chronotope"))
            .arg("convert")
            .args([table.as_path(), &folder.path().join(out)])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let entries = || std::fs::read_dir(folder.path()).unwrap().count();
        while entries() == 0 && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let id = child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status();
        assert!(sent.unwrap().success());
        let done = child.wait_with_output().unwrap();
        assert!(!done.status.success(), "{out} was done before");
        assert!(stderr(&done).contains("cancelled"), "{}", stderr(&done));
        assert_eq!(entries(), 0, "{out}");
    }
}
