//! Damaged datasets and dates, made at random for a while: whatever comes in,
//! the readers answer, and never panic. `./dev fuzz SECONDS` runs it longer.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::time::{Duration, Instant};

use chronotope::dataset::Filter;
use chronotope::formats::{Files, OpenError, native};
use chronotope::model::time::{Lang, When, Window, describe};

/// A small random number generator, so that a failure can be repeated.
///
/// Source: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number
/// generators" (`SplitMix64`).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A dataset in memory.
struct Memory(Vec<(String, Vec<u8>)>);

impl Files for Memory {
    fn label(&self, name: &str) -> String {
        name.to_owned()
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        Ok(self
            .0
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, b)| b.clone()))
    }
}

const TOKENS: &[&str] = &[
    "null",
    "[]",
    "{}",
    "\"\"",
    "-1",
    "1e400",
    "true",
    "\"\\ud800\"",
    "[[[[",
    "9007199254740993",
    "\"2017-10-04/..\"",
    "\"\u{202e}\"",
    "\"Y-170000002\"",
    ",",
    ":",
    "}",
    "]",
];

fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(4) {
        if bytes.is_empty() {
            return;
        }
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            2 => {
                bytes.remove(at);
            }
            3 => {
                let token = random.pick(TOKENS).bytes();
                bytes.splice(at..at, token);
            }
            4 => {
                // A whole value is replaced: the text after a colon up to a comma.
                let from = bytes[at..]
                    .iter()
                    .position(|b| *b == b':')
                    .map(|p| at + p + 1);
                let to = bytes[at..].iter().position(|b| *b == b',').map(|p| at + p);
                if let (Some(from), Some(to)) = (from, to)
                    && from < to
                {
                    let token = random.pick(TOKENS).bytes();
                    bytes.splice(from..to, token);
                }
            }
            _ => {
                let end = (at + random.below(200)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
}

fn until() -> Instant {
    let seconds = std::env::var("CHRONOTOPE_FUZZ_SECONDS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(3);
    Instant::now() + Duration::from_secs(seconds)
}

#[test]
fn damaged_datasets_never_panic() {
    let (dataset, _) = common::bundled();
    let files: Vec<(String, Vec<u8>)> = native::to_files(&dataset)
        .unwrap()
        .into_iter()
        .map(|(n, t)| (n.to_owned(), t.into_bytes()))
        .collect();
    let (mut opened, mut refused) = (0, 0);
    let end = until();
    let mut seed = 1;
    while Instant::now() < end || opened == 0 || refused == 0 {
        let mut random = Random(seed);
        let mut damaged = files.clone();
        let at = random.below(damaged.len());
        damage(&mut damaged[at].1, &mut random);
        match native::read(&mut Memory(damaged)) {
            Ok((dataset, _)) => {
                opened += 1;
                let rows = dataset.filtered(&Filter::default());
                let selected = dataset.select(&rows, Window::new(0, 1 << 41));
                assert!(selected.certain.len() <= selected.possible.len());
                native::to_files(&dataset).unwrap();
            }
            Err(e) => {
                refused += 1;
                assert!(e.to_string().contains("; "), "seed {seed}: {e}");
            }
        }
        seed += 1;
    }
    println!("{opened} opened, {refused} refused");
}

#[test]
fn any_text_is_a_date_or_an_error_with_a_remedy() {
    let pieces = [
        "2017",
        "-",
        "10",
        "04",
        "/",
        "..",
        "{",
        "}",
        "[",
        "]",
        ",",
        "X",
        "~",
        "?",
        "%",
        "Y",
        "E",
        "S",
        "T",
        ":",
        "Z",
        "+05:00",
        " ",
        "21",
        "-0999",
        "é",
        "99999999999999999999",
    ];
    let (mut read, mut refused) = (0, 0);
    let end = until();
    let mut seed = 1;
    while Instant::now() < end || read == 0 || refused == 0 {
        let mut random = Random(seed);
        let text: String = (0..=random.below(9))
            .map(|_| *random.pick(&pieces))
            .collect();
        match When::parse(&text) {
            Ok(when) => {
                read += 1;
                let x = when.extent();
                assert!(x.start_earliest <= x.end_latest, "{text}");
                for lang in [Lang::En, Lang::Fr] {
                    assert!(!describe(&when, lang).is_empty(), "{text}");
                }
                assert_eq!(When::parse(when.edtf()).unwrap().extent(), x, "{text}");
            }
            Err(e) => {
                refused += 1;
                assert!(!e.remedy.is_empty(), "{text}");
            }
        }
        seed += 1;
    }
    println!("{read} read, {refused} refused");
}
