//! The whole program in a real window: it starts, shows itself, listens to the
//! keyboard and leaves. Needs Xvfb and xdotool, which `./dev test` installs.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]
#![cfg(target_os = "linux")]

mod common;

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(display: &str, program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .env("DISPLAY", display)
        .args(args)
        .output()
        .unwrap_or_else(|e| panic!("{program}: {e}; run ./dev test, which installs it"));
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn wait_for<T>(what: &str, mut poll: impl FnMut() -> Option<T>) -> T {
    // Generous: other tests may have the machine's cores.
    let end = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(found) = poll() {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Starts an X server on a free display.
fn server() -> (Killed, String) {
    let number = 200 + std::process::id() % 700;
    let display = format!(":{number}");
    let child = Command::new("Xvfb")
        .args([&display, "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|e| panic!("Xvfb: {e}; run ./dev test, which installs it"));
    let socket = format!("/tmp/.X11-unix/X{number}");
    wait_for("the X server", || Path::new(&socket).exists().then_some(()));
    (Killed(child), display)
}

#[test]
fn it_starts_shows_the_bundled_dataset_plays_and_quits() {
    let (_server, display) = server();
    let home = tempfile::tempdir().unwrap();
    let program = Command::new(env!("CARGO_BIN_EXE_chronotope"))
        .args(["--lang", "en", "--theme", "dark"])
        .env("DISPLAY", &display)
        .env_remove("WAYLAND_DISPLAY")
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path())
        .env("XDG_RUNTIME_DIR", home.path())
        .spawn()
        .unwrap();
    let mut program = Killed(program);
    let title = "From the Sahel to the Euphrates";
    let window = wait_for("the window", || {
        run(&display, "xdotool", &["search", "--name", title])
            .and_then(|ids| ids.lines().next().map(str::to_owned))
    });
    let press = |key: &str| run(&display, "xdotool", &["key", "--window", &window, key]);
    run(&display, "xdotool", &["windowfocus", &window]);
    // Frames are drawn by the software driver of a busy machine: press a key
    // until the program, which saves its state as it leaves, is gone.
    std::thread::sleep(Duration::from_secs(1));
    press("bracketright");
    let status = wait_for("the program to leave", || {
        press("ctrl+q");
        std::thread::sleep(Duration::from_millis(500));
        program.0.try_wait().unwrap()
    });
    assert!(status.success(), "{status}");
    let saved_prefs = home.path().join("chronotope/preferences.json");
    let saved = std::fs::read_to_string(&saved_prefs).unwrap();
    assert!(saved.contains("\"theme\": \"dark\""), "{saved}");
    let workspace = home
        .path()
        .join("chronotope/workspace-sahel-euphrates.json");
    let saved = std::fs::read_to_string(&workspace).unwrap();
    assert!(saved.contains("\"unit\": \"quarter\""), "{saved}");
}

#[test]
fn without_a_display_it_says_so_in_one_line() {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_chronotope"))
        .arg("--fresh")
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("is a display running"), "{text}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
}

#[test]
fn without_a_graphics_driver_it_names_the_package() {
    let output = Command::new(env!("CARGO_BIN_EXE_chronotope"))
        .args(["render", "-o", "x.png"])
        // No driver file, no library of OpenGL's to be found.
        .env("VK_DRIVER_FILES", "/nonexistent")
        .env("VK_ICD_FILENAMES", "/nonexistent")
        .env("WGPU_BACKEND", "vulkan")
        .env("LIBGL_DRIVERS_PATH", "/nonexistent")
        .env("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("mesa-vulkan-drivers"), "{text}");
}
