//! What was measured, for people: a table, and which goals are reached.

use std::fmt::Write as _;

use super::Figures;

/// One of the goals, and what became of it.
struct Goal {
    what: String,
    figure: f64,
    most: f64,
    unit: &'static str,
}

/// A table of all cases beside the naive way, and the goals.
pub fn text(f: &Figures) -> String {
    let mut out = String::new();
    let some = |v: Option<f64>| v.map_or("?".to_owned(), |v| format!("{v:.0}"));
    let _ = writeln!(
        out,
        "{} events, {} cores, {}\nload {:.2} s, index {:.2} s, first frame {} ms, settled {} ms, \
         peak memory {} MB\nnaive scan {:.2} ms, sequential read of its columns {:.2} ms\n",
        f.events,
        f.cores,
        f.adapter,
        f.load_s,
        f.index_s,
        some(f.first_frame_ms),
        some(f.settled_ms),
        some(f.memory_mb),
        f.naive_ms,
        f.floor_ms
    );
    let _ = writeln!(
        out,
        "{:<14} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>8} {:>8}",
        "case",
        "frames",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "cpu p50",
        "cpu p99",
        "- empty",
        "/naive",
        "/floor"
    );
    for c in &f.cases {
        let above = c.above_empty_cpu_p99_ms;
        let _ = writeln!(
            out,
            "{:<14} {:>6} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>9} {:>8.3} {:>8.3}",
            c.name,
            c.frames,
            c.p50_ms,
            c.p95_ms,
            c.p99_ms,
            c.cpu_p50_ms,
            c.cpu_p99_ms,
            above.map_or(String::new(), |a| format!("{a:.3}")),
            c.p50_ms / f.naive_ms,
            c.p50_ms / f.floor_ms,
        );
    }
    out.push_str(
        "\ncpu: of all threads; - empty: cpu p99 less the cpu p50 of the empty window;\n\
         /naive and /floor: p50 in naive scans and in sequential reads\n",
    );
    for goal in goals(f) {
        let _ = write!(out, "\n{}", line(&goal));
    }
    out
}

fn line(goal: &Goal) -> String {
    let reached = if goal.figure <= goal.most {
        "reached:    "
    } else {
        "NOT reached:"
    };
    format!(
        "{reached} {}: {:.2} {} (at most {} {})",
        goal.what, goal.figure, goal.unit, goal.most, goal.unit
    )
}

/// The goals that are set for about so many events, on two cores with a
/// software driver.
fn goals(f: &Figures) -> Vec<Goal> {
    let mut goals = Vec::new();
    let large = f.events > 1_000_000;
    if f.events > 10_000_000 {
        return goals;
    }
    if let Some(figure) = f.case("scrub").and_then(|c| c.above_empty_cpu_p99_ms) {
        goals.push(Goal {
            what: "scrub, p99 of CPU a frame above the empty window".to_owned(),
            figure,
            most: if large { 33.0 } else { 16.0 },
            unit: "ms",
        });
    }
    if !large {
        return goals;
    }
    if let Some(case) = f.case("histogram") {
        goals.push(Goal {
            what: format!(
                "facets and histogram made anew, p99 (p50 {:.2})",
                case.p50_ms
            ),
            figure: case.p99_ms,
            most: 4.0,
            unit: "ms",
        });
    }
    if let Some(figure) = f.memory_mb {
        goals.push(Goal {
            what: "peak memory".to_owned(),
            figure,
            most: 1_200.0,
            unit: "MB",
        });
    }
    goals.push(Goal {
        what: "load and index".to_owned(),
        figure: f.load_s + f.index_s,
        most: 10.0,
        unit: "s",
    });
    goals
}

/// What growth costs, as a table in Markdown: a column a size.
pub fn growth(sizes: &[Figures]) -> String {
    let mut out = String::from("| |");
    for f in sizes {
        let _ = write!(out, " {} |", short(f.events));
    }
    out.push_str("\n|---|");
    out.push_str(&"---:|".repeat(sizes.len()));
    let mut row = |name: &str, figure: &dyn Fn(&Figures) -> Option<String>| {
        let _ = write!(out, "\n| {name} |");
        for f in sizes {
            let _ = write!(out, " {} |", figure(f).unwrap_or_else(|| "–".to_owned()));
        }
    };
    row("made up, into columns (s)", &|f| Some(figure(f.load_s)));
    row("indexed (s)", &|f| Some(figure(f.index_s)));
    row("first frame (ms)", &|f| f.first_frame_ms.map(figure));
    row("nothing pending (ms)", &|f| f.settled_ms.map(figure));
    row("peak memory (MB)", &|f| f.memory_mb.map(figure));
    row("naive scan, one core (ms)", &|f| Some(figure(f.naive_ms)));
    row("sequential read of its columns (ms)", &|f| {
        Some(figure(f.floor_ms))
    });
    let two = |a: f64, b: f64| format!("{} / {}", figure(a), figure(b));
    let names = sizes.first().map_or(&[][..], |f| &f.cases);
    for name in names.iter().map(|c| &c.name) {
        row(&format!("`{name}`: p50 / p99 (ms)"), &|f| {
            f.case(name).map(|c| two(c.p50_ms, c.p99_ms))
        });
    }
    for name in names.iter().map(|c| &c.name) {
        row(&format!("`{name}`: CPU p50 / p99 (ms)"), &|f| {
            f.case(name).map(|c| two(c.cpu_p50_ms, c.cpu_p99_ms))
        });
    }
    row("`scrub`: CPU p99 above `empty` (ms)", &|f| {
        f.case("scrub")?.above_empty_cpu_p99_ms.map(figure)
    });
    out.push_str("\n\n");
    out.push_str(&tenfold(sizes));
    for f in sizes {
        for goal in goals(f) {
            let _ = writeln!(out, "- {}: {}", short(f.events), line(&goal).trim());
        }
    }
    if let Some(f) = sizes.first() {
        let _ = write!(out, "\nDrawn with {} on {} cores.", f.adapter, f.cores);
    }
    out
}

/// What ten times as many events cost.
fn tenfold(sizes: &[Figures]) -> String {
    let of = |n: usize, name: &str| {
        let case = sizes.iter().find(|f| f.events == n)?.case(name)?;
        Some(case.cpu_p50_ms)
    };
    let mut out = String::new();
    for name in ["scrub", "pan"] {
        if let (Some(small), Some(large)) = (of(1_000_000, name), of(10_000_000, name)) {
            let goal = Goal {
                what: "from 1 M to 10 M, CPU p50 a frame".to_owned(),
                figure: large / small,
                most: 2.0,
                unit: "times",
            };
            let _ = writeln!(out, "- `{name}`: {}", line(&goal).trim());
        }
    }
    out
}

/// A figure with as many digits as mean something.
fn figure(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else if value >= 0.1 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

/// A number of events as people say it.
fn short(events: usize) -> String {
    match events {
        n if n >= 1_000_000 && n % 1_000_000 == 0 => format!("{} M", n / 1_000_000),
        n if n >= 1_000 && n % 1_000 == 0 => format!("{} k", n / 1_000),
        n => n.to_string(),
    }
}
