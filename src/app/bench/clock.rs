//! Times of frames, by the wall and by all threads of the program.

use std::time::Instant;

use serde::{Deserialize, Serialize};

/// The frames of one case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Which one.
    pub name: String,
    /// Frames that were counted.
    pub frames: usize,
    /// By the wall: half of the frames took no longer.
    pub p50_ms: f64,
    /// 95 of 100 took no longer.
    pub p95_ms: f64,
    /// 99 of 100 took no longer.
    pub p99_ms: f64,
    /// CPU time a frame, of all threads, on average.
    pub cpu_ms: f64,
    /// CPU time that half of the frames did not exceed.
    pub cpu_p50_ms: f64,
    /// CPU time that 99 of 100 did not exceed.
    pub cpu_p99_ms: f64,
    /// That, less what half of the empty frames took; of frames that were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above_empty_cpu_p99_ms: Option<f64>,
    /// Frames in which a card came up under the pointer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<usize>,
}

/// What some frames took, in milliseconds.
#[derive(Debug, Default)]
pub struct Times {
    wall: Vec<f64>,
    cpu: Vec<f64>,
}

impl Times {
    /// Measures one frame.
    pub fn take<T>(&mut self, frame: impl FnOnce() -> T) -> T {
        let (cpu, begin) = (cpu_ms(), Instant::now());
        let value = frame();
        self.wall.push(ms(begin));
        self.cpu.push(cpu_ms() - cpu);
        value
    }

    /// The figures of these frames.
    #[must_use]
    pub fn case(mut self, name: &str) -> Case {
        self.wall.sort_by(f64::total_cmp);
        self.cpu.sort_by(f64::total_cmp);
        let frames = self.wall.len();
        Case {
            name: name.to_owned(),
            frames,
            p50_ms: quantile(&self.wall, 50),
            p95_ms: quantile(&self.wall, 95),
            p99_ms: quantile(&self.wall, 99),
            cpu_ms: self.cpu.iter().sum::<f64>() / frames.max(1) as f64,
            cpu_p50_ms: quantile(&self.cpu, 50),
            cpu_p99_ms: quantile(&self.cpu, 99),
            above_empty_cpu_p99_ms: None,
            cards: None,
        }
    }
}

/// Milliseconds since a moment.
#[must_use]
pub fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// The smallest value that so many hundredths do not exceed.
fn quantile(sorted: &[f64], hundredths: usize) -> f64 {
    let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or(0.0)
}

/// CPU time of this process so far, all threads, in milliseconds. What a
/// software driver draws is in it.
#[cfg(unix)]
fn cpu_ms() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
}

/// CPU time of this process: not known here, so that all frames take none.
#[cfg(not(unix))]
fn cpu_ms() -> f64 {
    0.0
}

/// Greatest resident size so far in megabytes (10⁶ bytes), where the system
/// tells.
///
/// Source: proc(5), `VmHWM`.
#[must_use]
pub fn peak_mb() -> Option<f64> {
    proc_mb("/proc/self/status", "VmHWM:")
}

/// Memory that could be taken without swapping, in megabytes.
///
/// Source: proc(5), `MemAvailable`.
#[must_use]
pub fn available_mb() -> Option<f64> {
    proc_mb("/proc/meminfo", "MemAvailable:")
}

/// A line of a file of the kernel's, in units of 1,024 bytes.
fn proc_mb(file: &str, key: &str) -> Option<f64> {
    let text = std::fs::read_to_string(file).ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix(key))?;
    let kib: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let times: Vec<f64> = (1..=200).map(f64::from).collect();
        assert!((quantile(&times, 50) - 100.0).abs() < 1e-9);
        assert!((quantile(&times, 99) - 198.0).abs() < 1e-9);
        assert!((quantile(&[3.0], 99) - 3.0).abs() < 1e-9);
        assert!(quantile(&[], 50).abs() < 1e-9);
    }

    #[cfg(unix)]
    #[test]
    fn the_clock_counts_all_threads_finely() {
        let mut times = Times::default();
        let work = || {
            let begin = Instant::now();
            while ms(begin) < 5.0 {
                std::hint::spin_loop();
            }
        };
        times.take(|| {
            std::thread::scope(|scope| {
                scope.spawn(work);
            });
        });
        let case = times.case("x");
        assert!(case.p50_ms >= 5.0 && case.cpu_p50_ms > 0.0);
        assert!(case.cpu_p50_ms.fract().abs() > 0.0, "{}", case.cpu_p50_ms);
    }
}
