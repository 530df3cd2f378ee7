//! Made-up events for benchmarks and tests: always the same ones for the same
//! number and seed. They are built straight into columns.
//!
//! What makes real tables hard is in them: places heap up in a few towns
//! (a Zipf distribution over 2,000 towns in 40 countries, scattered about each),
//! in each country one side does most of it, busy months follow quiet ones, most dates are days, some months or years,
//! some events last for months, a few have no end, no date or no place, and few
//! actors do most of it.

use rayon::prelude::*;

use crate::model::time::{CivilDateTime, DAY_MS, Extent, OPEN_FUTURE, OPEN_PAST, Unit};
use crate::model::{Actor, ActorIx, Kind, Localised, Precision, Schema};

use super::{Dataset, Meta, Parts, PlainEvent, PlainEvents, PlainId, SideInfo, Stage};

/// Number of towns.
const TOWNS: usize = 2_000;
/// Number of countries, about which the towns lie.
const COUNTRIES: usize = 40;
/// Number of actors.
pub const ACTORS: usize = 2_000;
/// Number of sides; one event in ten has none.
const SIDES: u8 = 6;
/// First and last year.
const YEARS: (i64, i64) = (2000, 2024);
/// Number of different words in the notes.
const WORDS: usize = 4_096;
/// Events made by one task.
const PART: usize = 1 << 17;

/// A generator that is good enough for made-up events.
///
/// Source: Steele, Lea, Flood (2014), "Fast splittable pseudorandom number
/// generators" (`SplitMix64`).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 up to, not including, 1.
    pub fn unit(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `n`, which is small.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of a small number"
    )]
    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// A rank below `n` with a heavy tail: the first ones most often, by about
    /// Zipf's law.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rank below n"
    )]
    pub fn zipf(&mut self, n: usize) -> usize {
        // The inverse of the cumulative 1/x law, which is a power.
        let rank = ((n as f64).powf(self.unit()) - 1.0) as usize;
        rank.min(n - 1)
    }

    /// About normal, with a deviation of 1.
    fn normal(&mut self) -> f64 {
        (0..4).map(|_| self.unit()).sum::<f64>() * 1.732 - 3.464
    }
}

/// What all events are drawn from.
struct World {
    /// Places, and the country of each.
    towns: Vec<((f64, f64), usize)>,
    /// Days since 1970 and the cumulative share of events until then.
    months: Vec<(i64, f64)>,
    words: Vec<String>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let countries: Vec<(f64, f64)> = (0..COUNTRIES)
            .map(|_| (random.unit() * 360.0 - 180.0, random.unit() * 100.0 - 40.0))
            .collect();
        let towns = (0..TOWNS)
            .map(|_| {
                let country = random.zipf(COUNTRIES);
                let (lon, lat) = countries[country];
                let at = (lon + random.normal() * 4.0, lat + random.normal() * 3.0);
                (at, country)
            })
            .collect();
        let mut sum = 0.0;
        let months: Vec<(i64, f64)> = (YEARS.0..YEARS.1)
            .flat_map(|year| (1..=12).map(move |month| (year, month)))
            .map(|(year, month)| {
                sum += 0.2 + random.unit().powi(4) * 3.0;
                (first_day(year, month), sum)
            })
            .collect();
        let syllables = [
            "ba", "do", "ga", "in", "ka", "lo", "ma", "ne", "ou", "ra", "sa", "ti", "wa", "ya",
            "zi", "ko",
        ];
        let words = (0..WORDS)
            .map(|n| {
                [n / 256, n / 16 % 16, n % 16]
                    .map(|at| syllables[at])
                    .concat()
            })
            .collect();
        Self {
            months: months.iter().map(|(day, s)| (*day, s / sum)).collect(),
            towns,
            words,
        }
    }

    fn day(&self, random: &mut Random) -> i64 {
        let share = random.unit();
        let at = self.months.partition_point(|(_, s)| *s < share);
        let first = self.months.get(at).map_or(0, |(day, _)| *day);
        first + i64::try_from(random.below(28)).unwrap_or(0)
    }

    fn extent(&self, random: &mut Random) -> Option<Extent> {
        let ms = self.day(random) * DAY_MS;
        let day = |ms: i64| (ms, ms + DAY_MS - 1);
        Some(match random.below(1_000) {
            0..820 => Extent::within(ms, ms + DAY_MS - 1),
            820..900 => Extent::within(Unit::Month.floor(ms), Unit::Month.next(ms) - 1),
            900..910 => Extent::within(Unit::Year.floor(ms), Unit::Year.next(ms) - 1),
            // A stretch of up to about ten months, of which most are short.
            910..995 => {
                let days = 2 + random.zipf(300);
                let end = ms + i64::try_from(days).unwrap_or(0) * DAY_MS;
                Extent::spanning(day(ms), day(end))
            }
            995..998 => Extent::spanning(day(ms), (OPEN_PAST, OPEN_FUTURE)),
            _ => return None,
        })
    }

    /// A place, and the country it is in.
    fn position(&self, random: &mut Random) -> (Option<(f64, f64)>, usize) {
        let ((lon, lat), country) = self.towns[random.zipf(TOWNS)];
        if random.below(100) == 0 {
            return (None, country);
        }
        let scatter = 0.3 * random.unit().powi(3);
        let lon = lon + random.normal() * scatter;
        let at = (
            (lon + 540.0).rem_euclid(360.0) - 180.0,
            (lat + random.normal() * scatter).clamp(-80.0, 80.0),
        );
        (Some(at), country)
    }

    /// The side of an event: in each country one does most of it.
    fn side(random: &mut Random, country: usize) -> Option<u8> {
        let any = random.below(usize::from(SIDES) * 10 / 9 + 1);
        let side = if random.below(10) < 6 {
            country % usize::from(SIDES)
        } else {
            any
        };
        u8::try_from(side).ok().filter(|s| *s < SIDES)
    }

    /// The events from `first`, up to `count` of them.
    fn part(&self, seed: u64, first: usize, count: usize) -> PlainEvents {
        let mut random = Random::new(seed ^ (first as u64).wrapping_mul(0xA5A5_5A5A_1234_5678));
        let mut events = PlainEvents::with_capacity(count, count * 24);
        let mut notes = String::new();
        for number in first..first + count {
            notes.clear();
            for _ in 0..2 {
                if !notes.is_empty() {
                    notes.push(' ');
                }
                notes.push_str(&self.words[random.zipf(WORDS)]);
            }
            let extent = self.extent(&mut random);
            let (lon_lat, country) = self.position(&mut random);
            let side = Self::side(&mut random, country);
            events.push(&PlainEvent {
                id: PlainId::Number(u32::try_from(number).unwrap_or(u32::MAX - 1)),
                extent,
                lon_lat,
                precision: if random.below(4) == 0 {
                    Precision::Admin2
                } else {
                    Precision::Near
                },
                kind: Kind::ALL[random.zipf(Kind::ALL.len())],
                side,
                actor: (random.below(20) > 0).then(|| ActorIx::new(random.zipf(ACTORS))),
                place: None,
                killed: (random.below(3) == 0)
                    .then(|| u32::try_from(random.zipf(200)).unwrap_or(0)),
                title: "",
                notes: &notes,
            });
        }
        events
    }
}

/// Days from 1970 to the first of a month.
fn first_day(year: i64, month: u8) -> i64 {
    CivilDateTime::date(year, month, 1).to_millis() / DAY_MS
}

/// So many made-up events, in columns.
#[must_use]
pub fn events(count: usize, seed: u64) -> PlainEvents {
    let world = World::new(seed);
    let mut all = PlainEvents::with_capacity(count, count * 20);
    let starts: Vec<usize> = (0..count).step_by(PART).collect();
    // As many parts at a time as there are threads, so that little is held twice.
    for starts in starts.chunks(rayon::current_num_threads()) {
        let parts: Vec<PlainEvents> = starts
            .par_iter()
            .map(|&first| world.part(seed, first, PART.min(count - first)))
            .collect();
        for part in parts {
            all.append(part);
        }
    }
    all
}

/// The actors and sides that the events refer to.
#[must_use]
pub fn parts() -> Parts {
    let actor = |n: usize| {
        let (id, name) = (format!("group-{n}"), format!("Group {n}"));
        Actor::named(id, name, Schema::Organization)
    };
    Parts {
        meta: Meta {
            id: "made-up".to_owned(),
            title: Localised::new("en", "Made-up events"),
            description: Localised::new("en", "For benchmarks: nothing in it happened"),
            sides: (0..SIDES)
                .map(|n| SideInfo {
                    id: format!("side-{n}"),
                    label: Localised::new("en", &format!("Side {n}")),
                    ..SideInfo::default()
                })
                .collect(),
            ..Meta::default()
        },
        actors: (0..ACTORS).map(actor).collect(),
        ..Parts::default()
    }
}

/// A dataset of so many made-up events.
#[must_use]
pub fn dataset(count: usize, seed: u64, progress: &(dyn Fn(Stage, f32) + Sync)) -> Dataset {
    Dataset::from_plain(parts(), events(count, seed), progress)
}
